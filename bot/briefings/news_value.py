"""Pure: what an article is worth as news, by what editors rank by and articles show; and which articles are no news at all.

The concepts are words of each language (`consequence` in index/text/data); their weights are from half of the labelled days of
order of tests/data/briefings, rounded; what those days are silent about (money) has a small one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal
from urllib.parse import urlsplit

from index.records import Article
from index.text.fold import Folded, fold
from index.text.lexicon import Lexicon
from index.text.names import content_stems
from index.text.outlets import satirical
from index.text.terms import names

Kind = Literal["news", "service", "newsletter", "satire"]
KINDS = {"news", "service", "newsletter", "satire"}

WEIGHTS = {
    "deaths": 0.3, "war": 0.7, "disaster": 0.5, "election": 0.7, "power": 0.8, "court": 0.4, "money": 0.3, "health": 1.1,
    "world": 1.0, "soft": -1.7,
}  # fmt: skip
IN_LEAD = 0.4  # of its weight that a concept has which stands in the lead, and not in the title
LEAD = 300  # characters
OPENING = 400  # characters in which a newsletter says that it is one
_DATE_LINE = re.compile(r"\A\s*[^\n.]{0,40}\d{4}\s*\n")  # a line that is only a date


@lru_cache(maxsize=20_000)
def _concepts(text: str, lang: str) -> frozenset[str]:
    return frozenset(str(match.lastgroup) for match in Lexicon(lang).consequence.finditer(Folded(text).text))


def consequence(article: Article) -> float:
    """How much what an article tells matters, some -2 to 4: deaths, wars, elections, courts; against it what is soft."""
    title = _concepts(article.title, article.lang)
    lead = _concepts(_DATE_LINE.sub("", article.text[: LEAD + 60])[:LEAD], article.lang) - title
    return sum(WEIGHTS[concept] for concept in title) + IN_LEAD * sum(WEIGHTS[concept] for concept in lead)


def kind(article: Article) -> Kind:
    """What sort of text it is: odds, deals and tips are service; a newsletter repeats others' news; satire is invented."""
    words, opening = Lexicon(article.lang), Folded(f"{article.title}\n{article.text[:OPENING]}").text
    if satirical(article.outlet):
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
