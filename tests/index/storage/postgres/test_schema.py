"""Earlier schemas become this one; and of two processes that make a library at once the one that waited finds what the other made."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from bot.state.opening import open_state
from index import Article, Index
from index.address import ServerAddress
from index.storage.postgres import schema
from index.storage.postgres.connection import PostgresPool, lock_key
from index.storage.postgres.queue import Queue
from index.storage.postgres.schema import MIGRATIONS, create, made
from tests.support.embedding import HashEmbeddings
from tests.support.postgres import PostgresServer, name_of

WAITS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


def library(url: str) -> None:
    pool = PostgresPool(ServerAddress(url))
    with pool.connect() as db:
        assert not made(db)
        assert not create(pool, db)


def queue(url: str) -> None:
    with closing(Queue(ServerAddress(url))) as queue:
        assert queue.depth().waiting == 0


def state(url: str) -> None:
    with closing(open_state(url)) as state:
        assert state.deliveries.rows("strait") == []


@pytest.mark.parametrize("step", range(1, len(MIGRATIONS)))
def test_every_earlier_schema_migrates(postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    url = postgres.fresh()
    postgres.sql("DROP SCHEMA IF EXISTS dragoman CASCADE", name_of(url))
    with monkeypatch.context() as earlier:
        earlier.setattr(schema, "MIGRATIONS", MIGRATIONS[:step])
        pool = PostgresPool(ServerAddress(url))
        with pool.connect() as db:
            assert create(pool, db) and made(db) == step
    with Index(url, embeddings=HashEmbeddings()) as index:
        assert index.add([Article(id="a", text="The ferry runs again.", lang="en")]).new == 1 and index.doctor().ok
    assert postgres.sql("SELECT value FROM dragoman.meta WHERE key = 'schema'", name_of(url)) == [(str(len(MIGRATIONS)),)]
    postgres.drop(url)


LIBRARY = f"""CREATE SCHEMA dragoman;
CREATE TABLE dragoman.meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
INSERT INTO dragoman.meta VALUES ('schema', '{len(MIGRATIONS)}')"""


@pytest.mark.parametrize(
    ("make", "lock", "meanwhile"),
    [
        (library, "schema", LIBRARY),
        (queue, "queue.migration", "CREATE SCHEMA dragoman_queue"),
        (state, "state.migration", "CREATE SCHEMA dragoman_state"),
    ],
    ids=["library", "queue", "state"],
)
def test_what_another_process_made_meanwhile_is_found(
    postgres: PostgresServer, make: Callable[[str], None], lock: str, meanwhile: str
) -> None:
    """A server's session may go on not finding by name what it did not find before, as long as its transaction lasts."""
    url = postgres.fresh()
    postgres.sql("DROP SCHEMA IF EXISTS dragoman CASCADE", name_of(url))
    with ThreadPoolExecutor(1) as threads:
        with PostgresPool(ServerAddress(url)).connect() as db, db.transaction():
            db.execute("SELECT pg_advisory_xact_lock(%s)", (lock_key(lock),))
            waiting = threads.submit(make, url)
            while postgres.sql(WAITS, name_of(url)) != [(1,)]:
                assert not waiting.done(), waiting.result()
                time.sleep(0.01)
            db.execute(meanwhile.encode())
        waiting.result(30)
    postgres.drop(url)
