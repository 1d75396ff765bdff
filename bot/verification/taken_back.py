"""Pure: what takes back the words before it: "She slept through the vote. That is wrong. She voted against it."

A sentence that the next one takes back is never shown without it, and where that one says no more than so, not without the one
behind it, which says what is true. Words that take back are a table of each language (`takes_back`); a claim is taken back
also by a short "She did not.".
"""

from __future__ import annotations

import re

from bot.verification.vocabulary import says_no
from index.text.fold import Folded
from index.text.lexicon import Lexicon
from index.text.names import WORD
from index.text.passages import sentences

BARE = 9  # words of a sentence that takes back and tells nothing else
BRIEF = 5  # words of "She did not."
REACH = 700  # characters behind a span in which what takes it back begins
LONGEST = 640  # characters of a span with what is true behind it


def with_what_takes_it_back(text: str, start: int, end: int, lang: str) -> tuple[int, int]:
    """A span of a text with the sentences behind it that take it back; the same span where none does.

    >>> text = "The Post wrote that Olsen slept. That is wrong. She voted. It rains."
    >>> text[slice(*with_what_takes_it_back(text, 0, 32, "en"))]
    'The Post wrote that Olsen slept. That is wrong. She voted.'
    """
    first = text.rfind("\n", 0, start) + 1
    near = text[first : end + REACH]
    spans = [(first + a, first + b) for a, b in sentences(near, lang)]
    of = [i for i, (a, b) in enumerate(spans) if a < end and start < b]
    if not of:
        return start, end
    last, back = of[-1], of[-1]
    while back + 1 < len(spans) and takes_back(text[slice(*spans[back])], text[slice(*spans[back + 1])], lang):
        back += 1
    if back == last:
        return start, end
    bare = len(WORD.findall(text[slice(*spans[back])])) <= BARE
    if bare and back + 1 < len(spans) and "\n" not in text[spans[back][1] : spans[back + 1][0]]:
        back += spans[back + 1][1] - start <= LONGEST
    return start, max(end, spans[back][1])


def takes_back(before: str, sentence: str, lang: str) -> bool:
    """Whether a sentence takes back the one before it."""
    words, flat = Lexicon(lang), Folded(sentence.strip(" \t\n\"'“”„«»‘’")).text
    if words.takes_back.match(flat):
        return True
    if len(WORD.findall(flat)) > BRIEF or not words.saying.search(Folded(before).text) or not says_no(sentence, lang):
        return False
    final = max(match.end() for match in words.negation.finditer(flat))
    return not re.search(r"\w", flat[final:])  # not "Nobody has died.", which tells something of its own
