"""The schema `dragoman_state`: migrations that exclude one another, a newer one refused, a lock that is lost with its connection."""

from __future__ import annotations

import threading
from contextlib import closing

import pytest

from bot.state.opening import has_state, open_state
from bot.state.records import ConversationPlace
from index.errors import LibraryError
from tests.support.postgres import PostgresServer, name_of

HERE = ConversationPlace("T", "C", "1.1")


@pytest.fixture
def address(server_library: str, postgres: PostgresServer) -> str:
    postgres.sql("DROP SCHEMA IF EXISTS dragoman_state CASCADE", name_of(server_library))
    return server_library


def test_of_many_that_come_at_once_one_makes_it(address: str) -> None:
    assert not has_state(address)
    start, failed = threading.Barrier(6), list[BaseException]()

    def come() -> None:
        start.wait()
        try:
            open_state(address).close()
        except BaseException as error:  # noqa: BLE001  told below
            failed.append(error)

    threads = [threading.Thread(target=come) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == [] and has_state(address)


def test_a_newer_one_is_refused_and_left_as_it_is(address: str, postgres: PostgresServer) -> None:
    open_state(address).close()
    postgres.sql("UPDATE dragoman_state.version SET version = 99", name_of(address))
    with pytest.raises(LibraryError, match="newer"):
        open_state(address)
    assert postgres.sql("SELECT version FROM dragoman_state.version", name_of(address)) == [(99,)]


def test_a_lock_says_that_it_was_lost_with_its_connection(address: str, postgres: PostgresServer) -> None:
    with closing(open_state(address)) as state, state.deliveries.delivering() as held:
        assert held()
        postgres.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
                     "AND pid <> pg_backend_pid()", name_of(address))  # fmt: skip
        assert not held()
        with closing(open_state(address)) as other, other.deliveries.delivering() as theirs:
            assert theirs()
    with closing(open_state(address)) as state, state.deliveries.delivering() as again:
        assert again(), "and the pool goes on with new connections"


def test_what_postgresql_cannot_hold_is_held_as_near_as_can_be(address: str) -> None:
    with closing(open_state(address)) as state:
        state.channels.set("T", "C", "language", "e\0s 100% ?")
        assert state.channels.settings("T", "C") == {"language": "e\ufffds 100% ?"}
        assert state.conversations.claim("a%?", HERE, "U") and not state.conversations.claim("a%?", HERE, "U")


def test_a_server_that_is_not_there_is_one_clear_line() -> None:
    with pytest.raises(LibraryError, match="cannot be reached") as told:
        open_state("postgresql://127.0.0.1:1/news")
    assert "\n" not in str(told.value)
