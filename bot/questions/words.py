"""The words of a text that sentences are held against: which are names, which carry meaning, and how much each weighs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from index.text.fold import fold
from index.text.lexicon import Lexicon
from index.text.names import JOINED, WORD, names_in
from index.text.terms import UNSPACED

_UNSPACED = re.compile(f"[{UNSPACED}]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word that sentences are held against."""

    start: int
    end: int
    text: str  # without a possessive ending, as `names_in` gives it
    weight: float  # in the mean over all words
    name: bool
    content: bool  # it carries meaning


@dataclass(frozen=True, kw_only=True)
class QueryText:
    """A text that sentences are held against, word by word: a question, or what one is about."""

    text: str
    lang: str

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Its words. Where a script has no spaces every character stands alone."""
        stop, named, words = Lexicon(self.lang).stopwords, names_in(self.text, self.lang), list[Word]()
        for match in WORD.finditer(self.text):
            start, end, word = match.start(), match.end(), match.group()
            if _UNSPACED.match(word):
                words += [Word(start + i, start + i + 1, word[i], 1.0, False, True) for i in range(len(word))]
                continue
            bare = re.sub(r"['’]s?$", "", word)
            name, pieces = bare in named, JOINED.split(fold(word))  # "qu'a", "est-elle"
            function = fold(word) in stop or (len(pieces) > 1 and all(len(piece) < 2 or piece in stop for piece in pieces))
            words.append(Word(start, end, bare, 0.15 if function else 1.3 if name else 1.0, name, not function))
        return tuple(words)
