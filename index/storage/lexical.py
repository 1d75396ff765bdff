"""What every lexical index of ours holds and how its keys weigh: the same, whatever database the postings lie in."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from index.records import Article
from index.text.missing_spaces import spaced, splits
from index.text.terms import key_set


def passage_keys(article: Article, spans: Iterable[Sequence[int]]) -> list[list[str]]:
    """What the lexical index holds of each passage, title and outlet among it: questions name outlets ("reported by …").

    Nothing of the title alone. Where a space was lost ("Lavrovhas"), the words that it parted too. Deleting repeats it: same
    input, same output.
    """
    head = key_set(f"{article.title}\n{article.outlet}", article.lang)
    missing = splits(article.text, article.lang)
    held = []
    for start, end in spans:
        text = article.text[start:end]
        keys = head | key_set(text, article.lang) if end else set()
        if inside := [offset - start for offset in missing if start < offset < end]:
            keys |= key_set(spaced(text, inside), article.lang)
        held.append(sorted(keys))
    return held


def weight(passages: int, holders: int) -> float:
    """Of a key that so many of so many passages have: Okapi's inverse document frequency, never negative."""
    return math.log(1 + (max(passages, holders) - holders + 0.5) / (holders + 0.5))
