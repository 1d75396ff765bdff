"""No statement of a search, or of an article's way in, looks at every article: what it costs would grow with the library."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from index import Article, Index
from index.index import Embedder
from tests.support.embedding import HashEmbeddings

pytestmark = pytest.mark.slow

TABLES = "articles|versions|texts|passages|vectors|statements|speakers|shingles|[avtps]"
WHOLE = re.compile(rf"SCAN ({TABLES})\b|USING (COVERING )?INDEX versions_current \(current=\?\)$")


def article(name: str, text: str = "") -> Article:
    said = f"“The {name} is open,” Ann Roe said of the harbour."
    return Article(id=name, title=f"On {name}", text=text or said, lang="en", outlet="The Quay")


def test_what_is_asked_for_by_number_is_looked_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Embedder, "start", Embedder._run)  # in this thread, whose statements are seen
    with Index(tmp_path / "library", embeddings=HashEmbeddings()) as index:
        index.add([article("bridge"), article("ferry")])
        assert index.search("harbour bridge") and index.quotes(speaker="Ann Roe")  # what is kept of the library is read
        statements: list[str] = []
        index.storage.database.db.set_trace_callback(statements.append)
        assert index.search("harbour bridge") and index.quotes(speaker="Ann Roe") and index.quotes(about="harbour")
        index.add([article("bridge", "It is closed."), article("tunnel")])
        index.storage.database.db.set_trace_callback(None)
        assert index.waiting == 0 and any("INSERT INTO vectors" in sql for sql in statements)
        found = [
            f"{sql}: {step}"
            for sql in dict.fromkeys(statements)
            if re.match("SELECT|UPDATE|DELETE|INSERT", sql) and not sql.endswith("LIMIT 1")
            for *_, step in index.storage.database.db.execute(f"EXPLAIN QUERY PLAN {sql}")
            if WHOLE.search(step)
        ]
        assert not found, "\n".join(found)
