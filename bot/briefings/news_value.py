"""Pure: what an article is worth as news, by what editors rank by and articles show; and which articles are no news at all.

The concepts stand in words in index/text/data/news_concepts.toml and are compared by meaning, in any language; their weights
are a pairwise logistic regression on labelled days of order (tests/data/briefings, the half called dev).
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from bot.retrieval.story_clusters import Story
from index.records import Article
from index.text.fold import Folded, fold
from index.text.lexicon import Lexicon
from index.text.names import content_stems
from index.text.outlets import satirical
from index.text.terms import names

Floats = NDArray[np.float32]
Kind = Literal["news", "service", "newsletter", "satire"]
FEATURE = "feature"  # what tells no news by its title: an interview, a review, a question; see `titles.tell_news`
KINDS = {"news", "service", "newsletter", "satire", FEATURE}

OF_TITLE = 0.3  # share of the title, beside that of the text, in what an article is compared by
LEAD = 300  # characters
OPENING = 400  # characters in which a newsletter says that it is one


@cache
def _concepts() -> Mapping[str, Mapping[str, str | float]]:
    """Name -> its words and its weight."""
    return tomllib.loads((files("index.text") / "data" / "news_concepts.toml").read_text(encoding="utf-8"))


def direction(vector: Callable[[str], Floats]) -> Floats:
    """The way in the space of vectors in which news matters more: the sum of the concepts, each by its weight.

    `vector`: of a topic in words, centred, of unit length (`Index.topic`). ModelError.
    """
    parts = [np.float32(concept["weight"]) * vector(str(concept["words"])) for concept in _concepts().values()]
    total: Floats = np.sum(parts, axis=0)
    return total


def consequence(story: Story, way: Floats) -> float:
    """How much what a story tells matters, some -2 to 2: wars, attacks, epidemics; against it what is soft.

    `way`: of `direction`.
    """
    text, title = float(story.vector @ way), float(story.title @ way)
    return OF_TITLE * title + (1 - OF_TITLE) * text if story.title.any() else text


def kind(article: Article) -> Kind:
    """What sort of text it is: odds, deals and tips are service; a newsletter repeats others' news; satire is invented."""
    words, opening = Lexicon(article.lang), Folded(f"{article.title}\n{article.text[:OPENING]}").text
    if satirical(article.outlet, article.url):
        return "satire"
    if words.newsletter_openings.search(opening):
        return "newsletter"
    return "service" if words.service_titles.search(Folded(article.title).text) else "news"


def shut_out(article: Article, exclude: Sequence[str], sections: Sequence[str]) -> bool:
    """Whether a beat leaves an article out: by what it excludes, by its sections, or as no news that it did not ask for."""
    of = kind(article)
    if of != "news" and of not in sections:
        return True
    wanted = {fold(section) for section in sections} - KINDS
    if wanted and not (of in sections or wanted & _sections(article.url)):
        return True
    head = content_stems(f"{article.title}\n{article.text[:LEAD]}", article.lang)
    spelt = frozenset(names(f"{article.title}\n{article.text[:LEAD]}", article.lang))
    return any(_stands(words, article.lang, head, spelt) for words in exclude)


def _stands(words: str, lang: str, head: frozenset[str], spelt: frozenset[str]) -> bool:
    """Whether all words of an exclusion stand at the head of an article: as words, or as names in any spelling."""
    stems, keys = content_stems(words, lang), frozenset(names(words))
    return (bool(stems) and stems <= head) or (words != words.lower() and bool(keys) and keys <= spelt)


def _sections(url: str) -> set[str]:
    """The parts of an address: /world/europe/..."""
    return {fold(part) for part in urlsplit(url).path.split("/")[1:-1]}
