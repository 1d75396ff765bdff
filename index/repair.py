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

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# What makes a word of a name: "Iran|ian", "London|ers". Such a word has lost no space.
_SUFFIX = re.compile(
    r"(?:ians?|ism[eo]?s?|ist[ae]?[sn]?|ists?|ers?|er[ns]|ish|ese|ese[ns]|ans?|town|i?stan|istani|ional|olog\w+|ischen?|ische[rsmn]?|isch|eños?|eñas?)$"
)


def splits(text: str, lang: str = "") -> list[int]:
    """Offsets, ascending, before which a space is missing. `lang` is the text's primary tag: "en"."""
    places = [match.span() for match in _WORD.finditer(text)]
    count = Counter(text[start:end] for start, end in places)
    known = _function_words(lang)
    small_nouns = lang not in ("de", "lb")  # where every noun has a capital, a capital does not make a name
    found: list[int] = []
    for start, end in places:
        word = text[start:end]
        if len(word) < 6 or count[word] > 2 or not word[-2:].islower():
            continue
        for cut in range(len(word) - 2, 2, -1):  # the longest first half that is a word
            first, second = word[:cut], word[cut:]
            if first[-1] in "-'’" or not second.islower() or not count[first]:
                continue
            # Only names, which are written small nowhere: "some|where" and "Sun|day" have lost no space.
            if not first[0].isupper() or count[first.lower()] or not second[0].isalpha():
                continue
            if second in known or (
                small_nouns and len(first) > 4 and len(second) > 4 and count[first] > 1 and not _SUFFIX.match(second)
            ):
                found.append(start + cut)
                break
    return found


def spaced(text: str, missing: Iterable[int]) -> str:
    """The text with a space put in at each of the offsets: for matching, never for showing."""
    places = [0, *missing, len(text)]
    return " ".join(text[start:end] for start, end in pairwise(places))


def original(offset: int, missing: Iterable[int]) -> int:
    """The offset in the text that an offset in `spaced` of it stands for."""
    return offset - sum(1 for number, place in enumerate(missing) if place + number < offset)


@functools.cache
def _function_words(lang: str) -> frozenset[str]:
    from index.language import WORDS

    return frozenset(word for word in WORDS.get(lang, ()) if len(word) > 2)
