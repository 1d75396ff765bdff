"""Pure: whether a sentence is of the sort that a question asks for: a date, a reason, somebody's words."""

from __future__ import annotations

import re

from index.text.fold import Folded, fold
from index.text.lexicon import Lexicon


def explains(text: str, lang: str) -> bool:
    """Whether a sentence gives a reason in so many words."""
    return bool(Lexicon(lang).gives_reason.search(Folded(text).text))


def is_saying(word: str, lang: str) -> bool:
    """Whether a word is one that reports speech: "said", "according"."""
    return bool(Lexicon(lang).saying.fullmatch(fold(word)))


def says(text: str, lang: str) -> bool:
    """Whether a sentence reports speech: a verb of saying, "according to", or a quotation."""
    return bool(Lexicon(lang).saying.search(Folded(text).text) or re.search('[“”«»„"]', text))
