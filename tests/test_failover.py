"""A primary with a streaming standby is killed and the standby promoted: clients go on, and what was acknowledged is there."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from bot.state.opening import open_state
from bot.state.records import ConversationPlace
from index.address import ServerAddress
from index.index import Index
from index.storage.postgres.queue import Queue
from tests.index.storage.postgres.test_worker import Workers, ids, put, texts
from tests.support.embedding import HashEmbeddings
from tests.support.postgres import SETTINGS, PostgresServer, needed

HERE = ConversationPlace("T", "C", "1.1")


@pytest.fixture
def primary() -> Iterator[PostgresServer]:
    needed()
    server = PostgresServer.start(synchronous_commit="remote_apply")
    with ExitStack() as stack:
        stack.callback(server.stop)
        server.sql("CREATE DATABASE news")
        server.sql("CREATE EXTENSION vector", "news")
        yield server


@pytest.fixture
def standby(primary: PostgresServer) -> Iterator[PostgresServer]:
    """A copy of the primary that follows it; from now on the primary acknowledges what stands in both."""
    source = f"'host={primary.folder} port={primary.port} user=postgres application_name=standby'"
    server = PostgresServer(
        Path(tempfile.mkdtemp(prefix="dragoman-pg-")), primary.bin, {**SETTINGS, "primary_conninfo": source}
    )
    with ExitStack() as stack:
        stack.callback(server.stop)
        server._give(server.folder)
        from_primary = ["-h", primary.folder, "-p", primary.port, "-U", "postgres"]
        server.run("pg_basebackup", "-D", server.folder / "data", *from_primary, "-c", "fast", "-X", "stream", "--no-sync")
        signal = server.folder / "data" / "standby.signal"
        signal.touch()
        server._give(signal)
        server.up()
        primary.sql("ALTER SYSTEM SET synchronous_standby_names = '*'")
        primary.sql("SELECT pg_reload_conf()")
        yield server


def test_clients_go_on_and_nothing_acknowledged_is_lost(primary: PostgresServer, standby: PostgresServer) -> None:
    url = f"postgresql://postgres@127.0.0.1:{primary.port},127.0.0.1:{standby.port}/news"
    with ExitStack() as stack:
        index = stack.enter_context(Index(url, embeddings=HashEmbeddings()))
        state = stack.enter_context(closing(open_state(url)))
        queue = stack.enter_context(closing(Queue(ServerAddress(url))))
        workers = stack.enter_context(closing(Workers(queue, url)))
        put(queue, texts(200))
        worker: subprocess.Popen[str] = workers.start()
        assert state.conversations.claim("T/C/1.1", HERE, "U")
        workers.until(lambda: 20 < queue.depth().waiting < 150)
        primary.kill()
        standby.sql("SELECT pg_promote()")
        assert not state.conversations.claim("T/C/1.1", HERE, "U"), "what was claimed stays claimed"
        workers.until(workers.empty)
        assert worker.poll() is None, "the worker went on by itself"
        assert ids(workers) == sorted(f"{n}.txt" for n in range(200)) == sorted(a.id for a in index.articles())
        assert queue.depth().dead == 0
