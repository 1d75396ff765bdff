"""Pure: what an article is whose id the library has already, with another title or text.

    same      the same words: a moved date, other spaces
    less      a summary of what is there, or a copy of an older version
    changed   a new version
    another   something else under the same id: a feed counts its places, files of two folders have one name, or another outlet
              took the id

What people give by hand (rows and files without an address) is taken at its word: there the newest text is the version, unless
one run gives two texts that have little in common under one id.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from itertools import dropwhile
from typing import Literal

from index.records import Article
from index.text.fold import Folded, fold
from index.text.lexicon import Lexicon
from index.text.sites import same_site

Reread = Literal["same", "less", "changed", "another"]
ALIKE = 0.5  # share of the words of the shorter text in the longer; a correction leaves more, another story of one outlet less
SUMMARY = 0.6  # of the length of a text: a page that is cut to less is a teaser, one that loses less was edited

TAIL = 100  # characters behind the first sentences of a page that was cut, which are no news


def reread(article: Article, stored: Article, older: Sequence[Article] = (), *, again: bool = False) -> Reread:
    """What `article` is beside the newest version and the older ones of the same id. `again`: this run gave the id before."""
    published = bool(article.url) or article.told_by_feed
    if same_words(article, stored):
        return "same" if published else "changed"
    counted = article.told_by_feed or article.placed or again
    if _of_another_outlet(article, stored) or (counted and alike(article, stored) < ALIKE):
        return "another"
    if not published:
        return "changed"
    if _is_summary(article, stored):
        return "less"
    stale = any(same_words(article, one) or _is_summary(article, one) for one in older)
    return "less" if stale else "changed"


def renamed(article: Article) -> Article:
    """The article under an id of its own, made of its words."""
    digest = hashlib.blake2b(" ".join(_words(article)).encode("utf-8", "replace"), digest_size=4).hexdigest()
    return replace(article, id=f"{article.id}~{digest}")


def kept(article: Article, stored: Article) -> Article:
    """The article with the words, address and language that the library has; and its date, where the new one is a feed's."""
    of_feed = article.told_by_feed or article.date_source == "feed" or not article.published
    dated = stored if of_feed and stored.published else article
    return replace(
        article,
        title=stored.title,
        text=stored.text,
        url=stored.url or article.url,
        lang=stored.lang or article.lang,
        outlet=article.outlet or stored.outlet,
        agency=article.agency or stored.agency,
        authors=article.authors or stored.authors,
        published=dated.published,
        date_source=dated.date_source,
    )


def completed(article: Article, stored: Article) -> Article:
    """A new version with what it does not say about itself and the one before said."""
    dated = article if article.published else stored
    return replace(
        article,
        title=article.title or stored.title,
        outlet=article.outlet or stored.outlet,
        agency=article.agency or stored.agency,
        authors=article.authors or stored.authors,
        published=dated.published,
        date_source=dated.date_source,
    )


def same_words(one: Article, other: Article) -> bool:
    """Whether two articles differ in white space at most."""
    return " ".join(f"{one.title}\n{one.text}".split()) == " ".join(f"{other.title}\n{other.text}".split())


def alike(one: Article, other: Article) -> float:
    """The share of the words of the one with fewer words that the other has, 0..1."""
    shorter, longer = sorted((set(_words(one)), set(_words(other))), key=len)
    return len(shorter & longer) / len(shorter) if shorter else 1.0


def _words(article: Article) -> list[str]:
    return words(f"{article.title} {article.text}")


def words(text: str) -> list[str]:
    """The words of a text; where words are not parted by spaces, each two characters."""
    found: list[str] = []
    for word in re.findall(r"[^\W_]+", fold(unicodedata.normalize("NFKC", text))):
        pairs = len(word) > 1 and re.match(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff]", word)
        found += [word[at : at + 2] for at in range(len(word) - 1)] if pairs else [word]
    return found


def _of_another_outlet(article: Article, stored: Article) -> bool:
    """Whether two outlets stand behind one id: their names differ, and so do their sites."""
    if not article.outlet or not stored.outlet or fold(article.outlet) == fold(stored.outlet):
        return False
    return bool(article.url and stored.url) and not same_site(article.url, stored.url)


_ELLIPSIS = re.compile(r"\s*[\[(]?(?:…|\.\.\.)[\])]?\s*$")


def _is_summary(article: Article, stored: Article) -> bool:
    """Whether every sentence of a text stands in the stored one, and it is the words of a feed, cut off, or much shorter.

    Where a page is cut to its first sentences, what stands behind them may be the site's ("Read on with a subscription").
    """
    text = _ELLIPSIS.sub("", _body(article))
    shorter = len(text) < SUMMARY * len(_body(stored))
    if not (article.told_by_feed or shorter or text != _body(article)):
        return False
    whole = _plain(f"{stored.title}\n{stored.text}")
    parts = [_plain(part) for part in re.split(r"\n+|(?<=[.!?。！？؟])\s*", text)]
    strange = list(dropwhile(lambda part: part.rstrip(" .…!?。！？؟") in whole, parts))
    tail = Folded(" ".join(strange)).text
    return not strange or (shorter and len(strange) < len(parts) and len(tail) <= TAIL and not _takes_back(tail, article.lang))


def _takes_back(text: str, lang: str) -> bool:
    """Whether words correct or withdraw what was published."""
    words = Lexicon(lang)
    return bool(words.corrects.search(text) or words.withdraws.search(text))


def _body(article: Article) -> str:
    """The text without a first line that is the title once more."""
    first, _, rest = article.text.strip().partition("\n")
    return rest.strip() if rest and _plain(first) == _plain(article.title) else article.text.strip()


def _plain(text: str) -> str:
    return " ".join(text.split())
