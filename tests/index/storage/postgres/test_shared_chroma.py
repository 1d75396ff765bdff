"""A Chroma server as the index of vectors of a library in PostgreSQL: a real one, also killed, lost, and meddled with."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import httpx
import pytest

from index import Article, Filter, LibraryError, Scope
from index.address import ChromaAddress, chroma_address, library_address
from index.records import passage_id
from index.storage.opening import open_storage
from index.storage.postgres import nearest, shared_chroma
from index.storage.postgres.shared_chroma import SharedChroma
from index.storage.postgres.store import PostgresStorage
from index.storage.vectors.chroma_server import ChromaServer, Unavailable
from tests.index.storage.test_storage_contract import ALL, HARBOUR, WIDE, axis, ids, prepared, put, query
from tests.support import ROOT
from tests.support.chroma import ChromaProcess
from tests.support.postgres import PostgresServer, cut_off_before, name_of


@pytest.fixture
def own() -> Iterator[ChromaProcess]:
    """A Chroma server of the test's own."""
    server = ChromaProcess.start()
    yield server
    server.stop()


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[str]:
    url = postgres.fresh()
    yield url
    postgres.drop(url)


@pytest.fixture(autouse=True)
def asked_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_chroma, "PAUSE", 0.0)


def opened(url: str, chroma: ChromaProcess | str) -> PostgresStorage:
    address = chroma_address(chroma if isinstance(chroma, str) else chroma.url)
    storage = open_storage(library_address(url), chroma=address)
    assert isinstance(storage, PostgresStorage) and storage.shared
    return storage


def held(storage: PostgresStorage) -> set[str]:
    """What the server has of a library."""
    assert storage.shared
    collection = storage.shared.server.look()
    return set(storage.shared.server.ids(collection.id)) if collection else set()


def passages(storage: PostgresStorage) -> set[str]:
    return {id for (id,) in storage.database.rows("SELECT id FROM passages")}


def only_chroma(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on PostgreSQL compares no vectors by itself."""

    def asked(*_: object) -> list[int]:
        raise AssertionError("PostgreSQL was asked")

    monkeypatch.setattr(nearest.PostgresNearest, "_scanned", asked)
    monkeypatch.setattr(nearest.PostgresNearest, "_from_index", asked)


def test_chroma_is_asked_and_no_index_is_made_beside_it(
    url: str, chroma_server: ChromaProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearest, "EXACT", 2)
    with closing(opened(url, chroma_server)) as storage:
        put(storage, *ALL)
        only_chroma(monkeypatch)
        assert ids(storage) == {"harbour", "puerto", "bridge", "tea"}
        assert held(storage) == passages(storage)
        assert not storage.nearest.indexed and not storage.nearest.lacking
    with closing(open_storage(library_address(url))) as alone:
        put(alone, Article(id="more", text="One more.", lang="en"))
        assert isinstance(alone, PostgresStorage) and alone.nearest.indexed == WIDE, "without it, pgvector is the index"


def test_a_wide_filter_is_applied_to_what_chroma_finds(
    url: str, chroma_server: ChromaProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nearest, "EXACT", 2)
    monkeypatch.setattr(nearest, "RANKED", 4)
    with closing(opened(url, chroma_server)) as storage:
        put(storage, *ALL)
        put(storage, *(Article(id=f"en{n}", text=f"Timber and wool, lot {n}.", lang="en") for n in range(5)))
        only_chroma(monkeypatch)
        found = storage.candidates(query("", axis(0)), Scope(filter=Filter(langs=frozenset({"en"}))), 4)
        assert {article.lang for article in found.articles} == {"en"} and (found.near > 0).sum() >= 3


def test_what_another_process_writes_and_deletes_is_seen_at_once(
    url: str, chroma_server: ChromaProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_chroma(monkeypatch)
    with closing(opened(url, chroma_server)) as here, closing(opened(url, chroma_server)) as there:
        put(here, *ALL[:2])
        assert ids(there) == {"harbour", "puerto"}
        put(there, *ALL[2:])
        assert ids(here) == {article.id for article in ALL}
        there.delete(["harbour"])
        assert "harbour" not in ids(here) and held(here) == passages(here)


def test_a_process_without_it_writes_and_deletes_and_chroma_follows(url: str, chroma_server: ChromaProcess) -> None:
    with closing(opened(url, chroma_server)) as storage:
        put(storage, *ALL[:2])
        with closing(open_storage(library_address(url))) as alone:
            put(alone, *ALL[2:])
            alone.delete(["harbour"])
            assert ids(storage) == {"puerto", "bridge", "tea"}, "what is newer than Chroma is compared in PostgreSQL"
        assert held(storage) != passages(storage)
        storage.catch_up()
        assert held(storage) == passages(storage)
        assert storage.database.rows("SELECT count(*) FROM removed") == [(0,)]
        health = storage.check()
        assert health.ok and not health.done


@pytest.mark.parametrize(
    "statement", ["pg_try_advisory_lock(%s)", "READ ONLY", "UPDATE meta SET value = %s", "pg_advisory_unlock("]
)
def test_filling_goes_on_when_the_connection_to_postgresql_is_lost(
    url: str, chroma_server: ChromaProcess, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    with closing(opened(url, chroma_server)) as storage, closing(open_storage(library_address(url))) as alone:
        put(storage, HARBOUR)
        put(alone, *ALL)
        ended = cut_off_before(statement, postgres, monkeypatch)
        storage.catch_up()
        assert ended and held(storage) == passages(storage)


def test_a_server_that_is_away_is_told_once_and_questions_are_answered(
    url: str, own: ChromaProcess, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(opened(url, own)) as storage, caplog.at_level(logging.WARNING):
        put(storage, *ALL[:3])
        own.kill()
        put(storage, *ALL[3:])
        assert storage.delete(["harbour"]) == 1
        for _ in range(3):
            assert ids(storage) == {"puerto", "bridge", "tea"}
        (line,) = [record.getMessage() for record in caplog.records]
        assert own.url in line and "cannot be reached" in line and "Nothing is lost" in line and "\n" not in line
        assert own.url in storage.check().problems[0] and not storage.check().ok
        own.up()
        put(storage, Article(id="then", text="And then.", lang="en"))
        assert held(storage) == passages(storage), "the next one who writes brings it up to date"
        health = storage.check()
        assert health.ok and not health.done and health.vectors == health.passages


def test_while_a_server_is_away_a_large_library_answers_by_words(
    url: str, own: ChromaProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(opened(url, own)) as storage:
        put(storage, *ALL)
        own.kill()
        monkeypatch.setattr(nearest, "COMPARED", 3)
        assert ids(storage, text="bridge Norwick") == {"bridge"}


WRITER = """
import sys
import numpy as np
from index import Article
from index.address import chroma_address, library_address
from index.storage.opening import open_storage
from index.storage.postgres import shared_chroma
from index.storage.records import Model, Prepared
from tests.support.storage import Placed, stock
from index.text.near_duplicates import fingerprint
shared_chroma.PAUSE = 0.0
storage = open_storage(library_address({url!r}), chroma=chroma_address({chroma!r}))
for n in range({many}):
    article = Article(id=f"a{{n}}", text=f"Report {{n}} has the number {{n * 7919}}.", lang="en")
    vector = np.eye(1, {wide}, k=n % {wide}, dtype=np.float16)
    stock(storage, [Placed(Prepared(article, [(0, len(article.text))], fingerprint(article.text)), vector)], Model("made by hand", {wide}))
    if n == 90:
        sys.stdin.readline()  # until Chroma is back
    if n == 60:
        storage.delete([f"a{{i}}" for i in range(0, n, 5)])
    print("put", flush=True)
storage.close()
"""


def test_chroma_killed_in_the_middle_of_writing_loses_nothing(url: str, own: ChromaProcess) -> None:
    many = 120
    code = WRITER.format(url=url, chroma=own.url, many=many, wide=WIDE)
    writer = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert writer.stdin and writer.stdout
    for n in range(90):
        assert writer.stdout.readline() == "put\n"
        if n == 30:
            own.kill()
    own.up()
    writer.communicate("go on\n", timeout=60)
    assert writer.returncode == 0
    with closing(opened(url, own)) as storage:
        assert {article.id for article in storage.articles()} == {f"a{n}" for n in range(many) if n >= 60 or n % 5}
        assert held(storage) == passages(storage), "the writer went on by itself"
        health = storage.check()
        assert health.ok and not health.done, "what was acknowledged before the kill was there, too"


def test_a_server_that_lost_its_disk_is_filled_again(
    url: str, own: ChromaProcess, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(shared_chroma, "BLOCK", 3)
    with closing(opened(url, own)) as storage:
        put(storage, *ALL)
        own.lose()
        own.up()
        assert ids(storage) == {article.id for article in ALL} and held(storage) == set()
        assert "lacks" in caplog.text
        storage.catch_up()
        assert held(storage) == passages(storage)


def test_a_fill_that_was_cut_off_goes_on_from_where_it_was(
    url: str, chroma_server: ChromaProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_chroma, "BLOCK", 2)
    with closing(open_storage(library_address(url))) as alone:
        for n in range(12):
            put(alone, Article(id=f"a{n}", text=f"Timber, lot {n}.", lang="en"))
    put_to = ChromaServer.put
    sent: list[int] = []

    def cut_off(self: ChromaServer, collection: str, some: list[str], vectors: Any) -> None:
        sent.append(len(some))
        if sum(sent) > 6:
            raise KeyboardInterrupt
        put_to(self, collection, some, vectors)

    monkeypatch.setattr(ChromaServer, "put", cut_off)
    with closing(opened(url, chroma_server)) as storage:
        with pytest.raises(KeyboardInterrupt):
            storage.catch_up()
        assert 0 < len(held(storage)) < 8
        assert {article.id for article in storage.candidates(query("", axis(0)), Scope(), 50).articles} == {
            f"a{n}" for n in range(12)
        }, "a question meanwhile sees all"
        done = len(held(storage))
        sent.clear()
        storage.catch_up()
        assert held(storage) == passages(storage) and sum(sent) == 12 - done, "and nothing twice"


def test_doctor_finds_and_mends_what_others_did_to_the_vectors(url: str, chroma_server: ChromaProcess) -> None:
    with closing(opened(url, chroma_server)) as storage:
        put(storage, *ALL)
        assert storage.shared
        server = storage.shared.server
        collection = server.open().id
        some = sorted(passages(storage))
        server.forget(collection, some[:2])
        server.put(collection, [some[3], "theirs"], axis(7)[None, :].repeat(2, 0))
        health = storage.check()
        assert health.ok and "lacked 2" in " ".join(health.done) and "1 passages too many" in " ".join(health.done)
        assert "other vectors of 1" in " ".join(health.done) and health.vectors == health.passages == len(some)
        again = storage.check()
        assert again.ok and not again.done and held(storage) == passages(storage)


FOREIGN = {
    "code": (
        {"embedding_function": {"type": "known", "name": "default", "config": {}}, "hnsw": {"space": "cosine"}},
        "'default'",
    ),
    "a distance": ({"hnsw": {"space": "l2"}}, "distance l2"),
}


@pytest.mark.parametrize(("configuration", "named"), FOREIGN.values(), ids=FOREIGN)
def test_somebody_else_s_collection_is_refused_in_one_line(
    url: str, chroma_server: ChromaProcess, configuration: dict[str, Any], named: str
) -> None:
    with closing(open_storage(library_address(url))) as alone:
        put(alone, *ALL)
    with closing(opened(url, chroma_server)) as storage:
        assert storage.shared
        made = {"name": storage.shared.server.name, "configuration": configuration}
        assert httpx.post(chroma_server.collections, json=made).is_success
        for use in (lambda: put(storage, Article(id="new", text="New.", lang="en")), storage.catch_up):
            with pytest.raises(LibraryError, match="made by somebody else") as refused:
                use()
            assert named in str(refused.value) and "doctor --rebuild" in str(refused.value) and "\n" not in str(refused.value)
        assert storage.article("new") is None, "nothing was written"
        assert "made by somebody else" in " ".join(storage.check().problems)
        health = storage.check(rebuild=True)
        assert health.ok and held(storage) == passages(storage)
        assert ids(storage) == {article.id for article in ALL}


def test_somebody_else_s_collection_is_refused_by_a_question(url: str, chroma_server: ChromaProcess) -> None:
    with closing(opened(url, chroma_server)) as storage:
        put(storage, *ALL)
        assert storage.shared
        storage.shared.server.drop()
        assert httpx.post(chroma_server.collections, json={"name": storage.shared.server.name}).is_success
    with closing(opened(url, chroma_server)) as storage, pytest.raises(LibraryError, match="made by somebody else"):
        ids(storage)


def test_vectors_of_another_length_are_refused(url: str, chroma_server: ChromaProcess) -> None:
    with closing(opened(url, chroma_server)) as storage:
        put(storage, *ALL)
        assert storage.shared
        server = storage.shared.server
        server.drop()
        server.put(server.open().id, ["theirs"], axis(0)[None, :3])
    with closing(opened(url, chroma_server)) as storage:
        with pytest.raises(LibraryError, match=f"vectors of 3 numbers, .* have {WIDE}"):
            put(storage, Article(id="new", text="New.", lang="en"))
        assert storage.article("new") is None and storage.check(rebuild=True).ok


def test_a_copy_of_the_database_has_a_collection_of_its_own(
    postgres: PostgresServer, url: str, chroma_server: ChromaProcess
) -> None:
    with closing(opened(url, chroma_server)) as storage:
        put(storage, *ALL)
    copy = postgres.fresh(template=name_of(url))
    with closing(opened(copy, chroma_server)) as other, closing(opened(url, chroma_server)) as storage:
        assert ids(other) == {article.id for article in ALL}
        other.delete(["harbour"])
        assert held(other) == passages(other) and held(storage) == passages(storage)
    postgres.drop(copy)


def test_one_fills_at_a_time_and_the_others_write_on(
    url: str, chroma_server: ChromaProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered, go_on = threading.Event(), threading.Event()
    put_to = ChromaServer.put

    def slowly(self: ChromaServer, collection: str, some: list[str], vectors: Any) -> None:
        entered.set()
        assert go_on.wait(60)
        put_to(self, collection, some, vectors)

    with closing(opened(url, chroma_server)) as storage, closing(opened(url, chroma_server)) as other:
        monkeypatch.setattr(ChromaServer, "put", slowly)
        thread = threading.Thread(target=lambda: put(storage, *ALL))
        thread.start()
        assert entered.wait(60)
        put(other, Article(id="more", text="One more in the harbour.", lang="en"))
        assert "more" in ids(other)
        go_on.set()
        thread.join()
        assert held(storage) == passages(storage), "who fills goes on until there is nothing left"


def test_a_folder_has_its_own_chroma(tmp_path: Any) -> None:
    with pytest.raises(LibraryError, match="goes with a library in PostgreSQL"):
        open_storage(tmp_path / "library", chroma=chroma_address("http://127.0.0.1:1"))


# The address, and what is sent ----------------------------------------------------------------------------------------------------

REFUSED = {
    "a password": ("https://desk:hunter2@vectors.example", "", "password"),
    "a token": ("https://vectors.example?token=hunter2", "", "DRAGOMAN_CHROMA_TOKEN"),
    "no server": ("vectors.example:8000", "", "Write it as http://HOST:PORT"),
    "a port": ("http://vectors.example:hunter2", "", "Write it as http://HOST:PORT"),
    "a path for a name": ("http://vectors.example?tenant=../hunter2", "", "Write it as http://HOST:PORT"),
    "in the clear": ("http://vectors.example:8000", "hunter2", "not sent in the clear"),
    "no token": ("https://vectors.example", "hunter2\nX: y", "blanks"),
}


@pytest.mark.parametrize(("url", "token", "line"), REFUSED.values(), ids=REFUSED)
def test_an_address_that_is_refused_says_why_and_no_secret(url: str, token: str, line: str) -> None:
    with pytest.raises(LibraryError, match=line) as refused:
        chroma_address(url, token)
    assert "hunter2" not in str(refused.value) and "\n" not in str(refused.value) and not refused.value.__cause__


@contextmanager
def stand_in(status: int, answer: bytes) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """What answers everything the same, and the headers it was sent: Chroma's own server asks for no token."""
    sent: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            sent.append({"path": self.path, **dict(self.headers)})
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_POST = do_GET

        def log_message(self, *_: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", sent
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_the_token_is_sent_as_both_know_it_and_is_in_no_message() -> None:
    with stand_in(403, json.dumps({"error": "x", "message": "Permission denied."}).encode()) as (url, sent):
        address = chroma_address(f"{url}?tenant=desk&database=news", "hunter2")
        with (
            closing(ChromaServer(address, "name")) as server,
            pytest.raises(Unavailable, match="DRAGOMAN_CHROMA_TOKEN") as refused,
        ):
            server.open()
    assert sent[0]["X-Chroma-Token"] == "hunter2" and sent[0]["Authorization"] == "Bearer hunter2"
    assert sent[0]["path"].startswith("/api/v2/tenants/desk/databases/news/collections")
    assert "hunter2" not in str(refused.value) + repr(address) + str(address)


ODD = {
    "no JSON": (200, b"<html>hello</html>", "no Chroma server"),
    "another API": (200, b'{"ids": 5}', "no Chroma server"),
    "a path for an id": (200, json.dumps({"id": "../../etc"}).encode(), "no Chroma server"),
    "moved": (302, b"", "answers 302"),
    "ill": (500, b'{"message": "first line\\nsecond line"}', "answers 500 .first line"),
}


@pytest.mark.parametrize(("status", "answer", "line"), ODD.values(), ids=ODD)
def test_what_is_no_chroma_server_is_one_line(status: int, answer: bytes, line: str) -> None:
    with stand_in(status, answer) as (url, _), closing(ChromaServer(ChromaAddress(url), "name")) as server:
        for ask in (server.open, lambda: server.nearest("c", axis(0), 3)):
            with pytest.raises(Unavailable, match=line) as refused:
                ask()
            assert "\n" not in str(refused.value)


def test_a_passage_is_called_the_same_on_both_sides(url: str, chroma_server: ChromaProcess) -> None:
    with closing(opened(url, chroma_server)) as storage:
        put(storage, prepared(HARBOUR, axis(5), axis(0), axis(1)))
        shared = storage.shared
        assert isinstance(shared, SharedChroma)
        (first, *_) = shared.server.nearest(shared.server.open().id, axis(0), 3)
        assert first == passage_id("harbour", 1, 0, 41)
