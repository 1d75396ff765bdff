"""Pure: how many things a sentence sets in a row: "Osk, Lind and Marsh" has three.

Items stand between commas, the last one behind a word that joins: "and", "y", "oder". An aside between commas has no such word.
"""

from __future__ import annotations

import re
from functools import lru_cache

from index.text.fold import fold
from index.text.lexicon import Lexicon
from index.text.names import WORD

LEAST = 3  # items of an enumeration
LONGEST = 7  # words of an item: "tech entrepreneur Tasha Lind of the Georgetown Center"
_QUOTED = re.compile('[“«„][^“”«»„]*[”»“]|"[^"]*"')
_CLAUSE = re.compile(r"[.!?:()]\s| [–—-] ")
_APART = re.compile(r"[,;]\s")


@lru_cache(maxsize=5_000)
def items(text: str, lang: str) -> int:
    """How many items the longest enumeration of a text has; 0 where it has none of three and more.

    >>> items("He won in Sele, Norwick, and Halden.", "en"), items("Ann Lee, the mayor of Sele, left.", "en")
    (3, 0)
    """
    lexicon = Lexicon(lang)
    joins = lexicon.and_words | lexicon.or_words
    return max((_in_clause(clause, joins) for clause in _CLAUSE.split(_QUOTED.sub(" ", text))), default=0)


def _in_clause(clause: str, joins: frozenset[str]) -> int:
    pieces = [[fold(word) for word in WORD.findall(piece)] for piece in _APART.split(clause)]
    most = 0
    for at, piece in enumerate(pieces[1:], 1):
        before = next((i for i, word in enumerate(piece) if word in joins), None)
        if before is None or before > LONGEST:
            continue
        begun = at
        while begun > 1 and 0 < len(pieces[begun - 1]) <= LONGEST:
            begun -= 1
        most = max(most, at - begun + (3 if before else 2))  # the piece before them ends in the first
    return most if most >= LEAST else 0
