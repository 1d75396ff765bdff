"""Pure: whose report an article retells: "…, the Tarby Herald reported on Tuesday". Retellings of one are not independent.

Only what the first sentences credit counts: a detail further down that is another's makes no report a retelling.
"""

from __future__ import annotations

import re
from functools import lru_cache

from index.quotes import statements
from index.records import Article
from index.text import outlets
from index.text.fold import fold
from index.text.publishers import SHIPPED

LEAD = 350  # characters in which a retelling says whose report it is


def retold(article: Article) -> frozenset[str]:
    """Labels of the outlets that an article credits with what it begins with, as `Report.labels` has them."""
    return _retold(article.text[:LEAD], article.lang)


@lru_cache(maxsize=4_000)
def _retold(text: str, lang: str) -> frozenset[str]:
    speakers = {statement.speaker_resolved or statement.speaker for statement in statements(text, lang=lang)}
    return frozenset(label for name in speakers if name and _outlet(name) for label in SHIPPED.labels(name))


def _outlet(name: str) -> bool:
    """Whether a name is an outlet's: a known one, or one with a word for the press beside another; no "newspaper" alone."""
    words = set(re.findall(r"\w+", fold(name))) - outlets.words("articles")
    return SHIPPED.called(name) is not None or (len(words) > 1 and not outlets.words("press").isdisjoint(words))
