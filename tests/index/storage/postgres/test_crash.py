"""PostgreSQL is killed with -9, or lost for a while: what was acknowledged is there, and whoever used it goes on."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from index import AddReport, Article, Index, LibraryError
from index.address import library_address
from index.search import ranking
from index.storage.opening import open_storage
from index.storage.postgres import connection, reader
from index.storage.postgres.store import PostgresStorage
from tests.index.storage.test_storage_contract import ids, prepared, put
from tests.support.embedding import HashEmbeddings
from tests.support.postgres import PostgresServer, create_template, cut_off_before, name_of, needed

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """A server of these tests' own. It does not flush to the disk (see SETTINGS): that is for power cuts, which are not tried here."""
    needed()
    server = PostgresServer.start()
    create_template(server)
    yield server
    server.stop()


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some ten articles, written one after the other."""
    monkeypatch.setattr("index.ingest.deciding.BATCH", 600)
    monkeypatch.setattr("index.ingest.embedding.TAKEN", 10)


def articles(many: int) -> list[Article]:
    return [Article(id=f"a{n}", text=f"Report {n} of the harbour has the number {n * 7919}.", lang="en") for n in range(many)]


def agreed(url: str, *, waiting: bool = False) -> int:
    """How many articles there are, after everything was compared with everything; `waiting`: some may have no vector yet."""
    storage = open_storage(library_address(url), create=False)
    assert isinstance(storage, PostgresStorage)
    health = storage.check()
    assert health.ok and not health.done, health
    count = storage.stats().articles
    assert health.vectors == count - health.waiting and (waiting or not health.waiting)
    for table in ("passages", "lexical", "texts"):
        assert storage.database.rows(f"SELECT count(*) FROM {table}") == [(count,)], table
    storage.close()
    return count


def test_what_was_acknowledged_survives_a_kill_at_once(server: PostgresServer) -> None:
    url = server.fresh()
    storage = open_storage(library_address(url))
    for article in articles(20):
        put(storage, article)
    server.kill()  # right after the commit
    server.up()
    assert agreed(url) == 20
    assert len(ids(storage)) == 20  # its connections are made again without a word
    storage.close()


@pytest.mark.usefixtures("small_batches")
def test_a_run_goes_on_by_itself_when_the_server_comes_back(server: PostgresServer) -> None:
    url = server.fresh()
    back: list[threading.Thread] = []

    def on_progress(report: AddReport) -> None:
        if not back:
            server.kill()
            back.append(threading.Thread(target=server.up))
            back[0].start()

    with Index(url, embeddings=HashEmbeddings()) as index:
        report = index.add(articles(120), on_progress=on_progress)
    back[0].join()
    assert not report.failed and report.new + report.same == 120
    assert agreed(url) == 120


@pytest.mark.usefixtures("small_batches")
def test_a_server_lost_in_the_middle_costs_one_line_and_nothing_else(
    server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 0.5)
    url = server.fresh()
    acknowledged: list[int] = []

    def on_progress(report: AddReport) -> None:
        acknowledged.append(report.new)
        if len(acknowledged) == 2:
            server.kill()

    with Index(url, embeddings=HashEmbeddings()) as index, pytest.raises(LibraryError) as lost:
        index.add(articles(120), on_progress=on_progress)
    assert "Nothing is lost: run the same command again" in str(lost.value) and "\n" not in str(lost.value)
    server.up()
    assert acknowledged[-1] <= agreed(url, waiting=True) < 120
    with Index(url, embeddings=HashEmbeddings()) as index:
        report = index.add(articles(120))
        assert report.new + report.same == 120 and report.same >= acknowledged[-1]
    assert agreed(url) == 120


def test_a_search_that_loses_its_connection_in_the_middle_is_done_again(
    server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.fresh()
    rank, ranked = ranking.rank, 0

    def cut_off(*given: object) -> object:
        nonlocal ranked
        ranked += 1
        if ranked == 1:
            server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
                       "pg_backend_pid()", name_of(url))  # fmt: skip
        return rank(*given)  # type: ignore[arg-type]

    with Index(url, embeddings=HashEmbeddings()) as index:
        index.add(articles(3))
        monkeypatch.setattr(ranking, "rank", cut_off)
        assert len(index.search("report of the harbour")) == 3
        assert ranked == 2 and len(index.search("report of the harbour")) == 3
    server.drop(url)


def test_a_connection_lost_before_it_locks_what_it_embeds_is_replaced(
    server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.fresh()
    storage, other = open_storage(library_address(url)), open_storage(library_address(url))
    storage.put([prepared(article).prepared for article in articles(3)])
    ended = cut_off_before(str(reader.EMBEDDING), server, monkeypatch)
    with storage.to_embed(50) as taken, other.to_embed(50) as nothing:
        assert ended and len(taken) == 3 and not nothing
    with other.to_embed(50) as taken:
        assert len(taken) == 3, "they were given back"
    storage.close()
    other.close()
    server.drop(url)


def test_attempts_are_counted_though_the_connection_is_lost(server: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> None:
    url = server.fresh()
    storage = open_storage(library_address(url))
    put(storage, *articles(1))
    changes = [
        (lambda: storage.attempts.count(["a0"]), {"a0": 1}, []),
        (lambda: storage.attempts.put_aside(["a0"]), {"a0": 1}, ["a0"]),
        (storage.attempts.again, {"a0": 1}, []),
        (lambda: storage.attempts.count([], ["a0"]), {}, []),
    ]
    for change, tries, aside in changes:
        with monkeypatch.context() as patched:
            ended = cut_off_before("pg_try_advisory_lock(", server, patched)
            change()
            assert ended and (storage.attempts.of(["a0"]), storage.attempts.set_aside()) == (tries, aside)
    storage.close()
    server.drop(url)


@pytest.mark.parametrize("statement", ["READ ONLY", "SELECT key, value FROM meta", "count(*)"])
def test_a_thread_that_lost_its_connection_while_reading_reads_again(
    server: PostgresServer, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    url = server.fresh()
    storage = open_storage(library_address(url))
    put(storage, *articles(3))
    ended = cut_off_before(statement, server, monkeypatch)
    for _ in range(2):
        assert storage.in_one_moment(lambda: storage.stats().articles) == 3 and ended
    storage.close()
    server.drop(url)


def test_what_was_written_before_its_lock_was_lost_is_told_as_written(
    server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.fresh()
    storage, other = open_storage(library_address(url)), open_storage(library_address(url))
    ended = cut_off_before("pg_advisory_unlock(", server, monkeypatch)
    report = storage.put([prepared(article).prepared for article in articles(3)])
    assert ended and (report.new, report.same) == (3, 0)
    ended.clear()
    assert storage.delete(["a0"]) == 1 and ended
    with other.writing(wait=0):
        pass
    storage.close()
    other.close()
    server.drop(url)


def test_what_older_rules_derived_is_made_anew_though_the_connection_is_lost(
    server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.fresh()
    storage = open_storage(library_address(url))
    assert isinstance(storage, PostgresStorage)
    for article in articles(3):
        put(storage, article)
    with storage.writing():
        storage.database.set_meta("terms", "older")
    ended = cut_off_before("pg_try_advisory_lock(", server, monkeypatch)
    storage.catch_up()
    assert ended and storage.database.meta("terms", "") != "older"
    storage.close()
    server.drop(url)


def test_a_connection_to_what_is_the_primary_no_more_is_given_up(
    server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "PATIENCE", 3.0)
    url = server.fresh()
    several = f"postgresql://postgres@/{name_of(url)}?host={server.folder},{server.folder}&port={server.port},{server.port}"
    storage = open_storage(library_address(several))
    assert isinstance(storage, PostgresStorage)
    put(storage, *articles(1))
    for _ in range(3):  # all that the pool has
        with storage.database.pool.connection() as db:
            db.execute("SET default_transaction_read_only = on")  # as on a server that was made a standby
    put(storage, *articles(2))
    assert storage.stats().articles == 2
    storage.close()
    server.drop(url)
