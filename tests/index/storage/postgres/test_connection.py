"""Connections to PostgreSQL: addresses without passwords, one line an error, locks, restarts."""

from __future__ import annotations

import logging
import sys
import threading

import pytest

from index import Busy, LibraryError
from index.address import ServerAddress, library_address
from index.errors import Damaged
from index.storage.postgres.connection import PostgresPool, lock_key
from index.storage.postgres.errors import lost
from tests.support.postgres import PostgresServer, name_of, needed


@pytest.fixture
def connections(postgres_library: str) -> PostgresPool:
    return opened(postgres_library)


def opened(url: str, patience: float = 5.0) -> PostgresPool:
    address = library_address(url)
    assert isinstance(address, ServerAddress)
    return PostgresPool(address, patience=patience)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://desk:hunter2@db.example/news",
        "postgres://desk:hunter2@db.example/news",
        "POSTGRESQL://desk:hunter2@db.example/news",
        "postgresql://db.example/news?password=hunter2",
        "postgresql://db.example/news?sslmode=require&Password=hunter2",
        "postgresql://desk:hunter2@a.example,b.example/news",
    ],
)
def test_a_password_in_the_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(LibraryError, match="PGPASSWORD") as refused:
        library_address(url)
    assert "hunter2" not in str(refused.value) and not refused.value.__cause__


@pytest.mark.parametrize(
    "url", ["postgresql://db.example/news?sslmode", "postgresql://db .example/news", "postgresql://[::1/news"]
)
def test_an_address_that_cannot_be_read_is_one_line(url: str) -> None:
    with pytest.raises(LibraryError) as refused:
        library_address(url)
    assert "\n" not in str(refused.value)


def test_a_folder_is_a_folder() -> None:
    assert str(library_address("news/postgresql")) == "news/postgresql"
    assert isinstance(library_address("postgresql://db.example/news"), ServerAddress)


def test_locks_are_numbered_the_same_everywhere() -> None:
    assert lock_key("library") == lock_key("library") != lock_key("feeds")
    assert -(2**63) <= lock_key("x") < 2**63


UNREACHABLE = {
    "nobody listens": ("postgresql://127.0.0.1:1/news", "cannot be reached"),
    "two hosts": ("postgresql://127.0.0.1:1,127.0.0.1:2/news", "cannot be reached"),
    "no socket": ("postgresql:///news?host=/nowhere", "cannot be reached"),
    "no database named": ("postgresql://127.0.0.1:1/", "names no database"),
    "an unknown parameter": ("postgresql://127.0.0.1:1/news?colour=red", "cannot be read"),
}


@pytest.mark.parametrize(("url", "line"), UNREACHABLE.values(), ids=UNREACHABLE)
def test_a_server_that_is_not_there_is_one_line(url: str, line: str) -> None:
    needed()
    with pytest.raises(LibraryError, match=line) as refused, opened(url).connection():
        pass
    assert "\n" not in str(refused.value) and "postgresql://" in str(refused.value)


class TestServer:
    def test_what_the_server_refuses_is_one_line_that_says_what_to_do(self, postgres: PostgresServer) -> None:
        for url, line in (
            (postgres.url("nothing"), "createdb"),
            (postgres.url(user="nobody_such"), "another user"),
        ):
            with pytest.raises(LibraryError, match=line) as refused, opened(url).connection():
                pass
            assert "\n" not in str(refused.value)

    def test_the_password_is_the_environments_or_the_files(
        self, postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        postgres.sql("CREATE ROLE guarded LOGIN PASSWORD 'hunter2'")
        url = postgres.url(user="guarded", tcp=True)
        file = tmp_path_factory.mktemp("home") / ".pgpass"
        monkeypatch.setenv("PGPASSFILE", str(file))
        monkeypatch.delenv("PGPASSWORD", raising=False)
        with pytest.raises(LibraryError, match="PGPASSWORD or the file"), opened(url).connection():
            pass
        monkeypatch.setenv("PGPASSWORD", "wrong-secret")
        with pytest.raises(LibraryError, match="PGPASSWORD or the file") as refused, opened(url).connection():
            pass
        assert "wrong-secret" not in str(refused.value) and "wrong-secret" not in str(refused.value.__cause__)
        monkeypatch.delenv("PGPASSWORD")
        file.write_text(f"127.0.0.1:{postgres.port}:*:guarded:hunter2\n")
        file.chmod(0o600)
        with opened(url).connection() as db:
            assert db.execute("SELECT current_user").fetchone() == ("guarded",)

    def test_a_transaction_is_all_or_nothing(self, connections: PostgresPool) -> None:
        with connections.transaction() as db:
            db.execute("CREATE TABLE notes (n int)")
        with pytest.raises(ZeroDivisionError), connections.transaction() as db:
            db.execute("INSERT INTO notes VALUES (1)")
            raise ZeroDivisionError
        with connections.connection() as db:
            assert db.execute("SELECT count(*) FROM notes").fetchone() == (0,)
        connections.close()

    def test_a_lock_has_one_holder_who_is_named(self, postgres_library: str, connections: PostgresPool) -> None:
        other = opened(postgres_library)

        def refuse(holder: str) -> str:
            return f"held by {holder}"

        with connections.lock("desk", busy=refuse):
            with pytest.raises(Busy, match=r"held by process \d+ \(.+\) on .+"), other.lock("desk", busy=refuse):
                pass
            with other.lock("another desk", busy=refuse):
                pass
        with pytest.raises(ZeroDivisionError), other.lock("desk", busy=refuse):
            raise ZeroDivisionError
        with connections.lock("desk", busy=refuse):
            pass
        connections.close()
        other.close()

    def test_a_lock_ends_with_its_connection(self, postgres: PostgresServer, postgres_library: str) -> None:
        first, second = opened(postgres_library), opened(postgres_library)
        with pytest.raises(LibraryError), first.lock("desk", busy=str) as db:
            postgres.sql(f"SELECT pg_terminate_backend({db.info.backend_pid})")
            with second.lock("desk", wait=10, busy=str):
                pass
            db.execute("SELECT 1")
        first.close()
        second.close()

    def test_threads_share_the_pool(self, connections: PostgresPool) -> None:
        done: list[object] = []

        def ask() -> None:
            with connections.connection() as db:
                done.append(db.execute("SELECT 1").fetchone())

        threads = [threading.Thread(target=ask) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert done == [(1,)] * 20
        connections.close()

    def test_a_pool_that_was_closed_says_so_and_one_that_is_used_up_too(self, postgres_library: str) -> None:
        connections = PostgresPool(ServerAddress(postgres_library), size=1, patience=0.1)
        with connections.connection(), pytest.raises(Busy, match="All 1 connections"), connections.connection():
            pass
        connections.close()
        with pytest.raises(LibraryError, match="was closed") as closed, connections.connection():
            pass
        assert not lost(closed.value, connections.address), "and is not waited for"

    def test_what_may_only_be_read_says_so(self, postgres: PostgresServer) -> None:
        url = postgres.fresh()
        postgres.sql(f"ALTER DATABASE {name_of(url)} SET default_transaction_read_only = on")
        connections = opened(url)
        with pytest.raises(LibraryError, match="may only be read"), connections.connection() as db:
            db.execute("CREATE TABLE notes (n int)")
        connections.close()
        with (
            pytest.raises(LibraryError, match="may only be read"),
            opened(f"{url}&target_session_attrs=read-write").connection(),
        ):
            pass
        postgres.drop(url)


def test_killed_and_started_again_it_is_found_again(caplog: pytest.LogCaptureFixture) -> None:
    needed()
    server = PostgresServer.start()
    try:
        connections = opened(server.url(tcp=True), patience=0.5)
        with connections.connection() as db:
            db.execute("SELECT 1")
        server.kill()
        with pytest.raises(LibraryError, match="Nothing is lost") as lost, connections.connection() as db:
            db.execute("SELECT 1")
        assert "\n" not in str(lost.value)
        server.up()
        with connections.connection() as db:
            assert db.execute("SELECT 1").fetchone() == (1,)
        connections.close()
        assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
    finally:
        server.stop()


def test_a_server_that_came_back_at_the_last_moment_is_not_said_to_be_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    needed()
    server = PostgresServer.start()
    try:
        connections = opened(server.url(tcp=True), patience=0.3)
        with connections.connection() as db:
            db.execute("SELECT 1")
        server.kill()
        new = connections._new

        def back() -> object:  # the pool has given up, and is about to be asked why
            server.up()
            return new()

        monkeypatch.setattr(connections, "_new", back)
        with connections.connection() as db:
            assert db.execute("SELECT 1").fetchone() == (1,)
        connections.close()
    finally:
        server.stop()


TOLD = {
    "53100": ("could not extend file", "The disk of .* is full. Nothing is lost: run the same command again"),
    "25006": ("cannot execute INSERT in a read-only transaction", "may only be read"),
    "53300": ("sorry, too many clients already", "takes no more connections"),
    "42501": ("permission denied for table meta", "a right is missing .*dragoman doctor"),
    "42P01": ('relation "meta" does not exist', "dragoman doctor --create"),
    "57014": ("canceling statement due to user request", "was cancelled"),
    "40P01": ("deadlock detected", "written by somebody else"),
    "XX001": ("invalid page in block 7 of relation base/1/2", "is damaged"),
    "22003": ("two\nlines", "two$"),
}


@pytest.mark.parametrize(("state", "said", "line"), [(state, *row) for state, row in TOLD.items()], ids=TOLD)
def test_each_kind_of_error_says_what_to_do(postgres: PostgresServer, state: str, said: str, line: str) -> None:
    connections = opened(postgres.url())
    with pytest.raises(LibraryError, match=line) as told, connections.connection() as db:
        db.execute(f"DO $$ BEGIN RAISE EXCEPTION $m${said}$m$ USING ERRCODE = '{state}'; END $$")
    assert "\n" not in str(told.value) and str(connections.address) in str(told.value)
    assert isinstance(told.value, Damaged) is (state == "XX001") and isinstance(told.value, Busy) is (state == "40P01")
    connections.close()


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(LibraryError, match=r"pip install '\.\[postgres\]'"):
        opened("postgresql://127.0.0.1/news")
