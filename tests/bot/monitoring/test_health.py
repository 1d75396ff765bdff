"""/healthz, /readyz and /metrics: what is behind is told, and what cannot be read."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from bot.bot import Bot
from bot.monitoring.health import GONE, LATE, Facts, ServiceHealth
from bot.monitoring.monitor import Monitor, watched
from bot.records import Beat
from bot.settings.http import VARIABLE
from bot.settings.monitoring import MonitoringSettings, load_monitoring
from bot.state.opening import open_state
from bot.state.records import Slot
from index import Article
from index.errors import LibraryError, SettingsError
from index.index import Index
from index.ingest.feeds.feed_state import FeedState
from index.ingest.feeds.ledger import open_ledger
from index.storage.records import QueueItem
from tests.support.chroma import ChromaProcess
from tests.support.embedding import HashEmbeddings
from tests.support.programs import free_port

NOW = 1_764_000_000
HOURLY = Beat(name="news", schedule="0 * * * *", targets=("mail:desk@example.org", "folder:out"))
SLOT = NOW - NOW % 3600
TOKEN = "a-secret-of-twenty-four"


@pytest.fixture
def health(folder: Path) -> Iterator[ServiceHealth]:
    """The checks of a library of articles, without feeds, at NOW."""
    state = open_state(folder)
    with Index(folder, create=False) as index:
        yield ServiceHealth(Bot(index), state, (HOURLY,), clock=lambda: NOW)
    state.close()


def feed(name: str, **known: object) -> FeedState:
    base = FeedState(f"https://{name}.example/feed", tried=NOW - 60, succeeded=NOW - 60, due=NOW + 600)
    return replace(base, **known)  # type: ignore[arg-type]


def test_feeds_are_behind_where_none_answers_or_nobody_reads_them(health: ServiceHealth) -> None:
    assert health.feeds() == {}
    ledger = open_ledger(health.bot.index.folder)
    ledger.note(feed("good"), {})
    ledger.note(feed("old", tried=NOW - GONE - 60, error="gone", due=NOW - GONE), {})  # nobody lists it any more
    ledger.note(feed("bad", error="HTTP 500", succeeded=0), {})
    assert health.feeds() == {"status": "ok", "watched": 2, "failing": 1, "late": 0, "last": "2025-11-24T15:59:00Z", "age": 60}
    ledger.note(feed("good", error="timeout", succeeded=NOW - 7200), {})
    assert (health.feeds()["status"], health.feeds()["age"]) == ("degraded", 7200)
    ledger.note(feed("good", due=NOW - LATE - 1), {})
    assert (health.feeds()["status"], health.feeds()["late"]) == ("ok", 1)  # one of two may have left the list
    health.clock = lambda: NOW + 3 * GONE
    assert (health.feeds()["status"], health.feeds()["late"]) == ("degraded", 2)  # nobody reads, however long ago
    assert health.report()[0] == "degraded"
    ledger.close()


def test_a_slot_that_nobody_takes_is_late_and_a_target_that_failed_is_told(health: ServiceHealth) -> None:
    deliveries = health.state.deliveries
    health.clock = lambda: SLOT + 60
    assert health.briefings() == {"status": "ok", "due": 1, "late": 0, "failed": 0, "unknown": 0}
    health.clock = lambda: SLOT + LATE + 1
    assert health.briefings() == {"status": "degraded", "due": 1, "late": 1, "failed": 0, "unknown": 0}
    deliveries.claim("news", SLOT, HOURLY.targets, [], SLOT)
    assert health.briefings()["late"] == 2  # taken up for two targets, and not made
    deliveries.note(Slot("news", SLOT, HOURLY.targets[0], "sent", at=SLOT))
    deliveries.note(Slot("news", SLOT, HOURLY.targets[1], "failed", error="no room", at=SLOT))
    assert health.briefings() == {"status": "degraded", "due": 0, "late": 0, "failed": 1, "unknown": 0}
    deliveries.note(Slot("news", SLOT, HOURLY.targets[1], "sent", at=SLOT))
    assert health.briefings()["status"] == "ok"
    health.beats = ()
    assert health.briefings() == {}


def test_an_empty_library_is_empty_and_what_no_answer_needs_is_only_behind(health: ServiceHealth, tmp_path: Path) -> None:
    ledger = health.bot.index.folder / "feeds.db"
    ledger.write_bytes(b"no database at all, and long enough to be looked at as one" * 20)
    status, checks = health.report()
    assert status == "degraded" and checks["feeds"] == {"status": "failing", "error": "LibraryError"}
    assert checks["library"]["status"] == "ok" and checks["model"]["loaded"] is True
    with Index(tmp_path / "empty") as index:
        assert ServiceHealth(Bot(index), health.state).report()[0] == "empty"


def test_a_process_without_a_server_shows_how_it_is(health: ServiceHealth) -> None:
    settings = MonitoringSettings(port=free_port(), tokens={"": TOKEN})
    monitor = Monitor("run", settings)
    bot, url = health.bot, f"http://127.0.0.1:{settings.port}"
    with watched(monitor, bot, (HOURLY,)) as port, httpx.Client(base_url=url, timeout=60) as client:
        assert port == settings.port
        assert client.get("/healthz").json() == {"status": "ok"}
        may = {"Authorization": f"Bearer {TOKEN}"}
        assert client.get("/readyz").json().keys() == {"status"}
        ready = client.get("/readyz?full", headers=may).json()
        assert ready["library"] == {"status": "ok", "articles": 11} and ready["briefings"].keys() >= {"due", "late"}
        assert (
            client.get("/metrics").status_code
            == client.get("/metrics", headers={"Authorization": "Bearer x"}).status_code
            == 401
        )
        text = client.get("/metrics", headers=may).text
        assert "dragoman_library_articles 11.0" in text and "dragoman_feeds_age_seconds NaN" in text
        assert client.get("/").status_code == 404 and client.post("/metrics").status_code == 501
        assert client.get("/healthz", headers={"Host": "evil.example"}).status_code == 421
        with (
            pytest.raises(SettingsError, match=r"cannot listen there .*choose another port"),
            watched(Monitor("run", settings), bot),
        ):
            pass
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/healthz")


def test_the_settings_say_where_and_off_loopback_a_token_is_needed(tmp_path: Path) -> None:
    file = tmp_path / "dragoman.toml"

    def load(text: str, **environ: str) -> MonitoringSettings:
        file.write_text(f"[monitoring]\n{text}")
        return load_monitoring(file, environ=environ)

    assert load("") == MonitoringSettings()
    assert load("port = 9464\nquestions = true") == MonitoringSettings(port=9464, questions=True)
    assert load('host = "0.0.0.0"', **{VARIABLE: TOKEN}).tokens == {"": TOKEN}
    for text, why in (
        ('host = "0.0.0.0"', f"others could reach the library; set {VARIABLE}"),
        ("port = 70000", "monitoring.port: expected a whole number from 0 to 65535"),
        ('token = "x"', f"set {VARIABLE} in the environment"),
        ("prot = 1", "known: port, host, questions"),
        ("questions = 3", "expected true or false"),
    ):
        with pytest.raises(SettingsError, match=why):
            load(text)


def test_of_a_library_in_postgresql_the_queue_is_told_too(health: ServiceHealth, postgres_library: str) -> None:
    assert health.queue() == {}  # a folder has none
    with Index(postgres_library) as index, closing(open_state(postgres_library)) as state:
        shared = ServiceHealth(Bot(index), state, (HOURLY,), clock=lambda: NOW)
        try:
            status, checks = shared.report()
            nothing = {"waiting": 0, "reading": 0, "workers": 0, "dead": 0}
            assert status == "empty" and checks["queue"] == {"status": "ok", **nothing} and "feeds" not in checks
            assert shared.line is not None and shared.answers()
            shared.line.put([QueueItem("url", "https://a.example/1"), QueueItem("url", "https://a.example/2")])
            assert shared.queue() == {"status": "degraded", **nothing, "waiting": 2}  # and nobody reads
        finally:
            shared.close()


def test_a_chroma_server_that_is_away_is_behind_and_questions_are_answered(
    health: ServiceHealth, postgres_library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.storage.postgres.shared_chroma.PAUSE", 0.0)
    assert health.chroma() == {} and "chroma" not in health.report()[1]  # a folder has its own
    server = ChromaProcess.start()
    try:
        with (
            Index(postgres_library, chroma=server.url, embeddings=HashEmbeddings()) as index,
            closing(open_state(postgres_library)) as state,
            closing(ServiceHealth(Bot(index), state, clock=lambda: NOW)) as shared,
        ):
            assert shared.chroma() == {"status": "ok"}  # nothing to hold yet
            index.add([Article(id="a", text="The harbour of Sarvella is open.", lang="en")])
            assert shared.chroma() == {"status": "ok"}
            server.kill()
            status, checks = shared.report()
            assert (status, checks["chroma"]) == ("degraded", {"status": "degraded"})
            assert checks["model"] == {"status": "ok", "loaded": True}
            server.up()
            assert shared.report()[0] == "ok"
            httpx.delete(f"{server.collections}/{index.storage.shared.server.name}").raise_for_status()
            assert shared.chroma() == {"status": "degraded"}, "its vectors are gone"
    finally:
        server.stop()


class Hanging(ServiceHealth):
    """A library whose disk stands still until the test lets it go."""

    gate, begun = threading.Event(), list[str]()

    def library(self) -> Facts:
        self.begun.append("library")
        assert self.gate.wait(60)
        return super().library()

    def model(self) -> Facts:
        raise LibraryError("of postgresql://desk@db.example/news")


def test_what_hangs_or_cannot_be_read_is_failing_and_holds_nobody_up(
    health: ServiceHealth, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging = Hanging(health.bot, health.state)
    with monkeypatch.context() as patch:
        patch.setattr("bot.monitoring.health.PATIENCE", 0.1)
        status, checks = hanging.report()
        assert hanging.report()[0] == status == "failing" and hanging.begun == ["library"]  # it is not begun again
    assert checks["library"] == {"status": "failing", "error": "Timeout"}
    assert hanging.look("model")["model"] == {"status": "failing", "error": "LibraryError"}
    hanging.gate.set()
    assert hanging.look("library")["library"] == {"status": "ok", "articles": 11}
