"""Pure: where an article has lost a space, as pages do whose links were cut out: "Lavrovhas opened", "Kim Jong-unand".

The text is never altered. What is found are offsets at which a space is missing, so that search can index the words apart:

    >>> spaced("Lavrov spoke. Then Lavrovhas left.", [25])
    'Lavrov spoke. Then Lavrov has left.'

Evidence comes from the article itself: the first half is a name that stands in it elsewhere, and the second half is a function
word, or long enough to be no ending. A wrong guess adds a word to the index and changes nothing a reader sees.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from index.text.language import function_words
from index.text.lexicon import Lexicon, every_row

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# Those with a capital, and some parts of others: found in a tenth of the time.
_CAPITAL = re.compile(rf"[A-ZÀ-ÞĀ-ɏΆ-ΫЀ-ЯԱ-Ֆ]{_WORD.pattern}")
_LONGEST = 40  # letters of two words


def splits(text: str, lang: str = "") -> list[int]:
    """Offsets, ascending, before which a space is missing. `lang` is the text's primary tag: "en"."""
    names = Counter(_CAPITAL.findall(text))
    if not any(_cut(word, names, lang) for word in names):
        return []  # as in nearly all articles
    count = Counter(_WORD.findall(text))
    glued = {word: cut for word in count if (cut := _cut(word, count, lang))}
    return [match.start() + glued[match[0]] for match in _WORD.finditer(text) if match[0] in glued]


def _cut(word: str, count: Counter[str], lang: str) -> int:
    """After how many letters a space is missing; 0 where none is. `count`: the words of the text."""
    # Only names, which are written small nowhere: "some|where" and "Sun|day" have lost no space.
    if not 6 <= len(word) <= _LONGEST or count[word] > 2 or not word[0].isupper() or not word[-2:].islower():
        return 0
    small_nouns = not Lexicon(lang).capital_nouns  # where every noun has a capital, a capital does not make a name
    for cut in range(len(word) - 2, 2, -1):  # the longest first half that is a word
        first, second = word[:cut], word[cut:]
        if first not in count or first[-1] in "-'’" or count[first.lower()]:
            continue
        if not second.islower() or not second[0].isalpha():
            continue
        if second in _function_words(lang) or (
            small_nouns and len(first) > 4 and len(second) > 4 and count[first] > 1 and not _endings().match(second)
        ):
            return cut
    return 0


def spaced(text: str, missing: Iterable[int]) -> str:
    """The text with a space put in at each of the offsets: for matching, never for showing."""
    places = [0, *missing, len(text)]
    return " ".join(text[start:end] for start, end in pairwise(places))


@functools.cache
def _endings() -> re.Pattern[str]:
    """What makes a word of a name: "Iran|ian", "London|ers". Such a word has lost no space."""
    return re.compile(f"(?:{every_row('demonym_endings')})$")


@functools.cache
def _function_words(lang: str) -> frozenset[str]:
    return frozenset(word for word in function_words(lang) if len(word) > 2)
