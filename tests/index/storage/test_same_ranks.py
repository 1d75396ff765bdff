"""One ranking: the same articles in SQLite and in PostgreSQL are found in the same order, by vectors and by words."""

from __future__ import annotations

import random
from collections.abc import Iterator

import numpy as np
import pytest

from index import Article, Filter, Period, Scope
from index.address import chroma_address, library_address
from index.storage.opening import open_storage
from index.storage.postgres import nearest
from index.storage.postgres.store import PostgresStorage
from index.storage.protocol import Storage
from index.storage.records import Candidates, Model, Prepared, Query
from index.text.near_duplicates import fingerprint
from index.text.terms import question_keys
from tests.support.chroma import ChromaProcess
from tests.support.postgres import PostgresServer
from tests.support.storage import Placed, stock

pytestmark = pytest.mark.slow

WIDE = 24
MODEL = Model("made by hand", WIDE)
WORDS = (
    "harbour bridge minister crane strike tariff harvest river council treaty lantern grain ferry copper museum border verdict"
    " orchard reactor pension quarry academy railway festival"
).split()
NAMES = "Osei Marwick Ivanenko Robledo Haddad Achterberg".split()
SCOPES = {
    "everything": Scope(),
    "a language": Scope(filter=Filter(langs=frozenset({"es"}))),
    "an outlet": Scope(filter=Filter(outlets=frozenset({"outlet 3"}))),
    "a window": Scope(filter=Filter(window=Period.parse("2024-03"))),
    "as of": Scope(as_of=Period.parse("2024-02-10")),
}


def batches() -> Iterator[list[Placed]]:
    chance, numbers = random.Random(7), np.random.default_rng(7)
    for batch in range(12):
        prepared = []
        for n in range(batch * 25, batch * 25 + 25):
            paragraphs = [" ".join(chance.choices(WORDS, k=30) + chance.choices(NAMES, k=2)) + "." for _ in range(2)]
            text, lang = "\n\n".join(paragraphs), chance.choice(["en", "en", "es"])
            article = Article(
                id=f"a{n}", title=" ".join(chance.choices(WORDS, k=4)), text=text, lang=lang, outlet=f"Outlet {n % 9}",
                published=Period.parse(f"2024-0{1 + n % 4}-{1 + n % 28:02}") if n % 7 else None,
            )  # fmt: skip
            spans = [(0, 0), (0, len(paragraphs[0])), (len(paragraphs[0]) + 2, len(text))]
            vectors = numbers.normal(size=(3, WIDE))
            unit = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16)
            prepared.append(Placed(Prepared(article, spans, fingerprint(text)), unit))
        yield prepared


def queries() -> list[Query]:
    chance, numbers = random.Random(8), np.random.default_rng(8)
    made = []
    for _ in range(8):
        vector = numbers.normal(size=WIDE).astype(np.float32)
        asked = " ".join([*chance.choices(WORDS, k=4), *chance.choices(NAMES, k=1)])
        made.append(Query(vector / np.linalg.norm(vector), "en", question_keys(asked, ["en", "es"])))
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Storage]:
    storage = open_storage(tmp_path_factory.mktemp("one") / "library")
    for batch in batches():
        stock(storage, batch, MODEL)
    yield storage
    storage.close()


@pytest.fixture(scope="module")
def server(postgres: PostgresServer) -> Iterator[PostgresStorage]:
    storage = open_storage(library_address(postgres.fresh()))
    assert isinstance(storage, PostgresStorage)
    for batch in batches():
        stock(storage, batch, MODEL)
    yield storage
    storage.close()


@pytest.mark.parametrize("scope", SCOPES.values(), ids=SCOPES)
def test_the_same_is_found_in_the_same_order(folder: Storage, server: PostgresStorage, scope: Scope) -> None:
    for query in queries():
        # So many that none is cut off: which of the last get in depends on a cosine that SQLite's bytes have to about .001.
        ours, theirs = (storage.candidates(query, scope, 1_000) for storage in (folder, server))
        assert list(ours.words.langs) == list(theirs.words.langs)
        assert np.allclose(ours.words.weights, theirs.words.weights)
        assert by_rank(ours, ours.lexical)[:10] == by_rank(theirs, theirs.lexical)[:10] != []
        assert by_rank(ours, ours.near)[:10] == by_rank(theirs, theirs.near)[:10] != []
        assert set(ours.ids) == set(theirs.ids)
        theirs_at = {id: i for i, id in enumerate(theirs.ids)}
        order = [theirs_at[id] for id in ours.ids]
        for name in ("vectors", "length", "captioned"):
            assert np.allclose(getattr(ours, name), getattr(theirs, name)[order])
        assert (ours.words.held == theirs.words.held[order]).all()
        assert folder.sharing(query.keys, scope, 10) == server.sharing(query.keys, scope, 10)


def test_a_chroma_server_finds_what_comparing_all_finds(server: PostgresStorage, chroma_server: ChromaProcess) -> None:
    storage = open_storage(server.address, chroma=chroma_address(chroma_server.url))
    storage.catch_up()
    for name, scope in SCOPES.items():
        exact = [near(server, query, scope) for query in queries()]
        found = [near(storage, query, scope) for query in queries()]
        shared = [len(one & other) / len(one) for one, other in zip(exact, found, strict=True)]
        assert np.mean(shared) >= 0.99 and min(shared) >= 0.9, name
    storage.close()


def test_the_index_of_vectors_finds_what_comparing_all_finds(server: PostgresStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = {(name, i): near(server, query, scope) for name, scope in SCOPES.items() for i, query in enumerate(queries())}
    monkeypatch.setattr(nearest, "EXACT", 20)
    assert not server.nearest.indexed
    server.embed([], np.zeros((0, WIDE), np.float16), MODEL)  # any write makes the index, once it is needed
    assert server.nearest.indexed == WIDE
    plan = "\n".join(explained(server, SCOPES["a language"]))
    assert "Index Scan using vectors_nearest" in plan, plan
    shared = [
        len(exact[name, i] & near(server, query, scope)) / len(exact[name, i])
        for name, scope in SCOPES.items()
        for i, query in enumerate(queries())
    ]
    assert np.mean(shared) >= 0.99 and min(shared) >= 0.9
    assert server.check(rebuild=True).ok and server.nearest.indexed == WIDE


def near(storage: Storage, query: Query, scope: Scope) -> set[str]:
    found = storage.candidates(query, scope, 10)
    return {id for id, rank in zip(found.ids, found.near.tolist(), strict=True) if rank}


def by_rank(found: Candidates, ranks: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[str]:
    return [id for rank, id in sorted(zip(ranks.tolist(), found.ids, strict=True)) if rank]


def explained(storage: PostgresStorage, scope: Scope) -> list[str]:
    """How the server goes about the query of a filter that is too wide for comparing all."""
    statements: list[tuple[str, object]] = []
    rows = storage.database.rows
    storage.database.rows = lambda sql, values=(): statements.append((sql, values)) or rows(sql, values)  # type: ignore[method-assign]
    try:
        storage.candidates(queries()[0], scope, 10)
    finally:
        storage.database.rows = rows  # type: ignore[method-assign]
    (searched,) = [(sql, values) for sql, values in statements if "MATERIALIZED" in sql]
    return [line for (line,) in rows(f"EXPLAIN {searched[0]}", searched[1])]  # type: ignore[arg-type]
