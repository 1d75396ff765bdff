"""A library moved between a folder and a server: equal, and searched alike, without embedding again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index import Article, LibraryError, Scope
from index.address import library_address
from index.storage.copying import copy
from index.storage.opening import open_storage
from index.storage.protocol import Storage
from index.storage.records import StatementQuery
from tests.index.storage.test_storage_contract import ALL, HARBOUR, MODEL, TEA, axis, prepared, put, query
from tests.support.library import Run
from tests.support.postgres import PostgresServer

pytestmark = pytest.mark.slow

COPIED = Article(
    id="wire", text=" ".join(f"Clause {n} of the treaty was read aloud and debated." for n in range(12)), lang="en"
)


def stock(storage: Storage) -> None:
    """Everything that a library may hold: versions, a copy of a story, a tombstone, statements, text that is no SQL text."""
    put(storage, *(prepared(article, axis(n), axis(n + 1)) for n, article in enumerate(ALL)))
    put(storage, COPIED, replace(COPIED, id="paper", outlet="Paper", text=f"{COPIED.text} More."))
    put(storage, replace(HARBOUR, text="The harbour closed again.\n\n“It will open,” Mira Osei said."))
    put(storage, replace(TEA, id="odd", text="Tea \0 and \ud83d alone."))
    storage.delete(["bridge"])


def content(storage: Storage) -> list[object]:
    """All that can be seen of a library by those who search it."""
    rows = storage.statements(StatementQuery(), Scope())
    found = storage.candidates(query("the harbour of Sarvella"), Scope(), 50)
    stats = storage.stats()
    return [
        list(storage.articles()), storage.article("harbour", 1), storage.known(["bridge", "harbour"]), rows,
        [quotation.text for quotation in storage.quotations(rows)], list(found.ids), found.near.tolist(), found.lexical.tolist(),
        found.words.held.tolist(), found.articles, storage.copies(["wire"]), storage.names(), storage.model,
        replace(stats, folder="", bytes=0), storage.generation, storage.undated(9),
    ]  # fmt: skip


@pytest.mark.parametrize("there_and_back", [False, True], ids=["to a server", "and back"])
def test_a_copy_is_equal(postgres: PostgresServer, tmp_path: Path, there_and_back: bool) -> None:
    first, url, last = tmp_path / "first", postgres.fresh(), tmp_path / "last"
    with_articles = open_storage(first)
    stock(with_articles)
    original = content(with_articles)
    with_articles.close()
    copied = copy(first, library_address(url))
    assert (copied.articles, copied.differences) == (6, [])
    place = library_address(url)
    if there_and_back:
        assert copy(place, last).differences == []
        place = last
    storage = open_storage(place, create=False)
    assert content(storage) == original
    vectors = storage.vectors(storage.candidates(query("tea"), Scope(), 50).ids, {})
    assert np.allclose(np.linalg.norm(vectors.vectors, axis=1), 1, atol=1e-3)
    put(storage, replace(TEA, id="later", text="A later tea."))  # the numbers of what comes next are free
    assert storage.article("later") and storage.check().ok and not storage.check().done
    storage.close()
    postgres.drop(url)


def test_a_copy_that_is_stopped_leaves_nothing_and_may_be_begun_again(postgres: PostgresServer, tmp_path: Path) -> None:
    url = library_address(postgres.fresh())
    storage = open_storage(tmp_path / "first")
    put(storage, *ALL)
    storage.close()

    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy(tmp_path / "first", url, tell=stop)
    target = open_storage(url)
    assert target.empty and target.model is None and not list(target.articles())
    assert copy(tmp_path / "first", url).articles == len(ALL)
    with pytest.raises(LibraryError, match="holds articles already"):
        copy(tmp_path / "first", url)
    assert target.stats().articles == len(ALL) and target.model == MODEL
    target.close()
    postgres.drop(str(url))


@pytest.mark.model
def test_the_command_says_that_they_are_equal(dragoman: Run, library: Path, postgres: PostgresServer) -> None:
    url = postgres.fresh()
    done = dragoman("copy", library, url)
    assert done.returncode == 0 and "the two are equal" in done.stdout, done.stderr
    question = "When will the port of Sarvella reopen?"
    ours, theirs = (dragoman("ask", question, "--library", place) for place in (library, url))
    assert ours.stdout == theirs.stdout and ours.stdout
    again = dragoman("copy", library, url)
    assert again.returncode == 1 and "holds articles already" in again.stderr
    assert dragoman("copy", library.with_name("nothing"), url).returncode == 1
    postgres.drop(url)
