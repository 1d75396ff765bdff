"""Pure: is an article new, changed, the same, or another outlet's copy of a story we have?

    fingerprint(text) -> Fingerprint         its `keys` go into an indexed table (key, article)
    articles that share keys -> candidates   one SQL query: at least SHARED keys in common, the most first, MOST of them
    decide(...) -> Decision                  same | changed | copy (with the origin it joins) | new

A text is the list of its word shingles. The smallest of their hashes are a fair sample of the set (Broder, On the resemblance
and containment of documents, 1997): texts with a Jaccard index of .15 share two of 32 with 97 % certainty. Candidates are then
compared exactly, by how much of the shorter text is found in the longer, and how evenly. Banded MinHash (rensa, datasketch)
estimates the Jaccard index alone, which does not separate the two: a wire copy with a fifth of its words changed and a third
cut away has .2, and so have two reports of one election night that share their background paragraphs. What tells them apart is
that a copy matches everywhere, and recycled paragraphs or a questionnaire match here fully and there not at all.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WORDS = 3  # words of a shingle: .8 ** 3 = half of them survive when every fifth word is changed
CHARACTERS = 5  # of a shingle in scripts without spaces: about as much text
KEYS = 32  # numbers to look an article up by
SHARED = 2  # keys that two articles share before they are compared
MOST = 16  # candidates worth comparing
STRETCH = 12  # shingles in a row that are not found: longer than an editor's change, shorter than a sentence
JOIN = 0.35  # likeness from which an article may join two stories into one: a wrong join costs more than a wrong copy
COPY = 0.25  # likeness from which a text is a copy; scripts/evals/dedupe.py prints what it costs and gains


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a text is compared by. Cheap to make again (.3 ms for 3,000 characters), so only the keys need storing."""

    shingles: bytes  # little-endian uint32, one a shingle, in the order of the text
    keys: tuple[int, ...]  # the smallest distinct ones, at most KEYS; each fits 32 bits


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownStory:
    """An article of the library that may be the same story."""

    id: str
    origin: str  # the story it belongs to; its own id when it was the first
    fingerprint: Fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an incoming article is."""

    kind: Literal["new", "changed", "same", "copy"]
    origin: str  # the story's id: its own for "new"; unchanged for "same" and "changed"
    joins: tuple[str, ...] = ()  # other stories that turn out to be this one: their articles move to `origin`
    likeness: float = 0.0  # to the article it copies; see `same_story`


def decide(
    id: str, hash: str, mark: Fingerprint, *, stored: tuple[str, str] | None, candidates: Iterable[KnownStory]
) -> Decision:
    """What the article `id` is, given what the library has.

    `hash` is Article.hash and `stored` the (hash, origin) of the version the library holds under this id, or None. `candidates`
    share at least SHARED keys with `mark`. A changed article keeps its origin: copies of it point there.

    Two copies, each with a fifth of its words changed, are too far apart to be known as one story; the original, when it comes,
    is near to both and joins them.
    """
    if stored:
        return Decision(kind="same" if stored[0] == hash else "changed", origin=stored[1])
    scored = [(same_story(mark, known.fingerprint), known) for known in candidates if known.id != id]
    copies = sorted((pair for pair in scored if pair[0] >= COPY), key=lambda pair: (-pair[0], pair[1].id))
    if not copies:
        return Decision(kind="new", origin=id)
    likeness, best = copies[0]
    others = dict.fromkeys(known.origin for score, known in copies if score >= JOIN and known.origin != best.origin)
    return Decision(kind="copy", origin=best.origin, joins=tuple(others) if likeness >= JOIN else (), likeness=likeness)


def same_story(first: Fingerprint, second: Fingerprint) -> float:
    """How far the shorter text is a copy of the longer, about -1..1; from COPY on, it is one.

    The share of its shingles found in the longer, less the share that stands in long stretches with nothing found. An editor's
    changes are short: at 20 % of words changed, 2 % of a text is in such stretches; where reports share a template, 27 to 56 %.
    Stretches at the very start and end count half: that is where an outlet puts its own lines.
    """
    import numpy as np

    if first.shingles == second.shingles:
        return 1.0 if first.shingles else 0.0
    shorter, longer = sorted((np.frombuffer(mark.shingles, dtype="<u4") for mark in (first, second)), key=len)
    if not len(shorter):
        return 0.0
    shared = np.isin(shorter, longer)
    edges = np.flatnonzero(np.diff(np.concatenate(([True], shared, [True]))))
    starts, ends = edges[::2], edges[1::2]
    lengths = (ends - starts).astype(float)
    lengths[lengths < STRETCH] = 0
    lengths[(starts == 0) | (ends == len(shared))] /= 2
    share = float(shared.mean()) * len(shared) / (len(shared) + 12)  # in a sentence or two, a few words in common prove nothing
    return share - float(lengths.sum()) / len(shared)


def fingerprint(text: str) -> Fingerprint:
    """The shingles of a text. Case, accents, punctuation and white space do not count. The same on every platform."""
    import numpy as np

    plain = _plain(text[:LONGEST])
    tokens = plain.translate(_BLANKED).split() if plain.isascii() else _TOKEN.findall(plain)
    if not tokens:
        return Fingerprint(b"", ())
    unspaced = 0 if plain.isascii() else sum(1 for token in tokens if len(token) == 1 and token >= "\u0e00")
    length = min(CHARACTERS if unspaced * 2 > len(tokens) else WORDS, len(tokens))
    words = np.array(list(map(_NUMBERS.__getitem__, tokens)), dtype=np.uint64)
    count = len(words) - length + 1
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(length):
        mixed = _mix(mixed * np.uint64(0x9E3779B97F4A7C15) + words[place : place + count])
    shingles = (mixed >> np.uint64(32)).astype("<u4")
    keys = np.unique(shingles)[:KEYS]
    return Fingerprint(shingles.tobytes(), tuple(int(key) for key in keys))


class _Numbers(dict[str, int]):
    """Token -> its CRC, made at the first look."""

    def __missing__(self, token: str) -> int:
        if len(self) >= 50_000:
            self.clear()
        number = self[token] = zlib.crc32(token.encode("utf-8", "replace"))
        return number


_NUMBERS = _Numbers()


LONGEST = 100_000  # characters that are looked at: the story is told by then


def _mix(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spreads every bit over all others (the finalizer of splitmix64, Steele et al. 2014): CRC alone keeps like words alike."""
    import numpy as np

    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


_BLANKED = {code: " " for code in range(128) if not chr(code).isalnum()}  # a fifth of the time of a pattern
# Thai, Lao, Khmer, Burmese, kana, Han: written without spaces, so that a character is the token. Korean has spaces.
_TOKEN = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|[^\W_]+"
)


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", re.sub(r"[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640]", "", decomposed))
