"""The tokenizer of multilingual-e5-small: SentencePiece's Unigram model over XLM-RoBERTa's 250,002 pieces (Kudo 2018).

Written here and not taken from the package `tokenizers`, whose vocabulary takes .55 s and 270 MB to build, against .1 s and
40 MB; most words of a text were seen before, so it is as fast. The ids are the same: tests compare them in many languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

# SentencePiece's rules "nmt_nfkc": what is dropped (NUL and lone surrogates are ours), and what counts as white space.
_DROPPED = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f\x8f\x9f\ud800-\udfff]")
_SPACE = re.compile("[ \t\n\x0c\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]+")
_WORD = re.compile("▁?[^▁]+|▁")

_MARKS = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
_CACHED_WORDS = 100_000  # about 20 MB; then forgotten all at once
_LONGEST_CACHED = 32  # characters; longer ones are sentences of a script without spaces, and do not come twice


class Tokens(NamedTuple):
    ids: list[int]  # without the marks of start and end
    ends: list[int]  # where each token ends in `normalised(text)`, in characters


class Unigram:
    """Finds the most probable split of each word into pieces. Safe in threads."""

    def __init__(self, pieces: Sequence[str], scores: Sequence[float]) -> None:
        """`pieces` are in the order of their ids, `scores` their log probabilities."""
        self._ids = {piece: id for id, piece in enumerate(pieces)}
        self.start, self.end, self._unknown = (self._ids[mark] for mark in ("<s>", "</s>", "<unk>"))
        for mark in _MARKS:  # a text that spells a mark is not given its id
            self._ids.pop(mark)
        self._scores = scores
        self._longest = max(map(len, pieces))
        self._unknown_score = min(scores) - 10.0  # SentencePiece's penalty
        self._cache: dict[str, tuple[list[int], list[int]]] = {}

    def encode(self, text: str) -> Tokens:
        """The tokens of a text, of its normal form to be exact."""
        ids: list[int] = []
        lengths: list[int] = []
        for word in _WORD.findall(normalised(text)):
            known = self._cache.get(word)
            if known is None:
                known = self._split(word)
                if len(word) <= _LONGEST_CACHED:
                    if len(self._cache) >= _CACHED_WORDS:
                        self._cache = {}
                    self._cache[word] = known
            ids += known[0]
            lengths += known[1]
        return Tokens(ids, list(accumulate(lengths)))

    def _split(self, word: str) -> tuple[list[int], list[int]]:
        """Viterbi: `best[i]` is the score of the best split of `word[:i]`, whose last piece is `word[start[i]:i]`."""
        size = len(word)
        best = [0.0] + [float("-inf")] * size
        start = [0] * (size + 1)
        piece = [self._unknown] * (size + 1)
        ids, scores, longest = self._ids, self._scores, self._longest
        for i in range(size):
            here = best[i]
            for j in range(i + 1, min(i + longest, size) + 1):
                id = ids.get(word[i:j])
                if id is not None and here + scores[id] > best[j]:
                    best[j], start[j], piece[j] = here + scores[id], i, id
            if word[i] not in ids and here + self._unknown_score > best[i + 1]:
                best[i + 1], start[i + 1], piece[i + 1] = here + self._unknown_score, i, self._unknown
        pieces: list[int] = []
        lengths: list[int] = []
        i = size
        while i:
            if pieces and pieces[-1] == piece[i] == self._unknown:  # neighbouring unknown characters are one token
                lengths[-1] += i - start[i]
            else:
                pieces.append(piece[i])
                lengths.append(i - start[i])
            i = start[i]
        return pieces[::-1], lengths[::-1]


def normalised(text: str) -> str:
    """NFKC, control characters dropped, each run of white space, and the start, one "▁".

    >>> normalised("ﬁve\\u00a0 km²\\n")
    '▁five▁km2'
    """
    return "▁" + _SPACE.sub("▁", unicodedata.normalize("NFKC", _DROPPED.sub("", text))).strip("▁")
