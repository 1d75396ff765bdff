"""The queue's tables: an item is in line once, a try counts before it is made, dead letters keep their reason and come back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from index.address import ServerAddress
from index.errors import LibraryError
from index.storage.postgres.queue import Queue
from index.storage.records import QueueDepth, QueueItem
from tests.support.postgres import PostgresServer, name_of

ONE, TWO = QueueItem("file", "a.txt", "a.txt", b"One.\0"), QueueItem("url", "https://a.example/2")


@pytest.fixture
def address(postgres_library: str, postgres: PostgresServer) -> ServerAddress:
    postgres.sql("DROP SCHEMA IF EXISTS dragoman_queue CASCADE", name_of(postgres_library))
    return ServerAddress(postgres_library)


@pytest.fixture
def queue(address: ServerAddress) -> Iterator[Queue]:
    with closing(Queue(address)) as queue:
        yield queue


class TestQueue:
    def test_an_item_is_in_line_once(self, queue: Queue) -> None:
        assert queue.put([ONE, TWO, ONE]) == 2 and queue.put([TWO]) == 0
        assert queue.depth() == QueueDepth(waiting=2, reading=0, workers=0, dead=0)
        first, second = queue.take([1, 2, 3])
        assert (first.kind, first.name, first.id, first.body, first.tries) == ("file", "a.txt", "a.txt", b"One.\0", 1)
        assert (second.kind, second.name, second.body) == ("url", "https://a.example/2", b"")

    def test_what_came_last_counts(self, queue: Queue) -> None:
        queue.put([ONE])
        (taken,) = queue.take([1])
        assert queue.put([replace(ONE, body=b"Two.")]) == 1
        queue.done([taken.number])  # by the worker that has the old one
        assert [item.body for item in queue.take(range(9))] == [b"Two."]

    def test_a_try_counts_and_what_is_done_is_gone(self, queue: Queue) -> None:
        queue.put([ONE, TWO])
        queue.take([1])
        assert [item.tries for item in queue.take([1, 2])] == [2, 1]
        queue.done([1])
        assert [item.number for item in queue.take([1, 2])] == [2] and queue.put([ONE]) == 1

    def test_a_dead_letter_has_its_reason_and_comes_back(self, queue: Queue) -> None:
        queue.put([ONE, TWO])
        queue.take([1, 2])
        queue.bury(1, "no text\0")
        queue.bury(2, "no answer")
        letters = {letter.number: letter for letter in queue.letters()}
        assert (letters[1].name, letters[1].why, letters[1].tries) == ("a.txt", "no text\ufffd", 1)
        assert queue.depth() == QueueDepth(waiting=0, reading=0, workers=0, dead=2)
        assert queue.retry([1, 77]) == 1 and [item.tries for item in queue.take([1, 2])] == [1]
        assert queue.retry() == 1 == queue.depth().waiting - 1 and queue.retry() == 0

    def test_a_dead_letter_can_be_thrown_away(self, queue: Queue) -> None:
        queue.put([ONE, TWO])
        queue.bury(1, "no text")
        queue.bury(2, "no answer")
        assert queue.forget([1, 77]) == 1 and [letter.number for letter in queue.letters()] == [2]
        assert queue.forget() == 1 == queue.put([ONE]) and queue.letters() == []

    def test_what_is_put_in_line_anew_is_no_dead_letter(self, queue: Queue) -> None:
        queue.put([ONE])
        queue.bury(1, "no text")
        assert queue.put([ONE]) == 1 and queue.letters() == []

    def test_items_and_their_job_are_written_together(
        self, queue: Queue, address: ServerAddress, postgres: PostgresServer
    ) -> None:
        queue.put([ONE, TWO], "a.example")
        jobs = "SELECT args, lock FROM dragoman_queue.procrastinate_jobs ORDER BY id"
        assert postgres.sql(jobs, name_of(address.url)) == [({"numbers": [1, 2]}, "a.example")]
        assert queue.put([ONE]) == 0 and len(postgres.sql(jobs, name_of(address.url))) == 1

    def test_a_newer_one_is_refused_and_an_older_one_is_led_on(self, address: ServerAddress, postgres: PostgresServer) -> None:
        Queue(address).close()
        version = "UPDATE dragoman_queue.version SET procrastinate = '99.00.00_01_x.sql'"
        postgres.sql(version, name_of(address.url))
        with pytest.raises(LibraryError, match="newer"):
            Queue(address)
        for statement in (  # before the first migration of Procrastinate's
            "DROP SCHEMA dragoman_queue CASCADE",
            "CREATE SCHEMA dragoman_queue",
            "CREATE TABLE dragoman_queue.version (version INTEGER NOT NULL, procrastinate TEXT NOT NULL)",
            "INSERT INTO dragoman_queue.version VALUES (0, '0')",
        ):
            postgres.sql(statement, name_of(address.url))
        with closing(Queue(address)) as queue:
            assert queue.put([ONE]) == 1 and queue.depth().waiting == 1
        Queue(address).close()
