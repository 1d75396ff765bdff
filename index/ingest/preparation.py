"""Articles -> what is written of them: passages, a fingerprint, who says what in them. Vectors come later (`embedding`)."""

from __future__ import annotations

from collections.abc import Sequence

from index.quotes import Statement, statements
from index.records import Article, Embeddings, Furniture
from index.storage.records import Prepared
from index.text.credits import furniture
from index.text.near_duplicates import fingerprint

LONGEST = 500_000  # characters of a text whose statements are looked for


def prepared(articles: Sequence[Article], model: Embeddings) -> list[Prepared]:
    """Articles, ready to be written; no lock is held here. `model` says how long a passage may be."""
    return [_prepared(article, furniture(article.text), model) for article in articles]


def _prepared(article: Article, aside: list[Furniture], model: Embeddings) -> Prepared:
    return Prepared(article, _spans(article, aside, model), fingerprint(article.text), _said(article), aside)


def _spans(article: Article, aside: list[Furniture], model: Embeddings) -> list[tuple[int, int]]:
    """The spans of its passages, (0, 0) first for its title alone."""
    from index.text.passages import split

    count, window = getattr(model, "count", None), getattr(model, "window", 512)
    return [(0, 0)] * bool(article.title) + split(article.text, lang=article.lang, count=count, window=window, aside=aside)


def _said(article: Article) -> list[Statement]:
    # Longer than any article: a dump, of which the statements would take a gigabyte of memory to find.
    whole = article.text if len(article.text) <= LONGEST else ""
    return statements(whole, lang=article.lang, title=article.title, published=article.published)
