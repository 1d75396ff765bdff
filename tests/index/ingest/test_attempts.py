"""A text that ends the process that embeds it is set aside after three attempts, and all others are embedded."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from index import AddReport, Article, Index, LibraryError
from index.ingest import embedding
from tests.support import ROOT
from tests.support.embedding import HashEmbeddings
from tests.support.postgres import PostgresServer

pytestmark = pytest.mark.slow

KILLED = -signal.SIGKILL
NUMBERS = "one two three four five six seven eight".split()
TEXTS = {f"a{i}": f"The ferry to Norby takes {number} hours, the harbour master said." for i, number in enumerate(NUMBERS)}
DEADLY = {"a3": "The ferry Seahorse to Norby: kill me, the harbour master said."}


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a library may be made."""
    if request.param == "sqlite":
        yield str(tmp_path / "library")
        return
    postgres: PostgresServer = request.getfixturevalue("postgres")
    url = postgres.fresh()
    yield url
    postgres.drop(url)


def ingest(place: str, texts: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """An ingestion that may end before it is done."""
    given = [f"{id}={text}" for id, text in (texts or {}).items()]
    command = [sys.executable, "-m", "tests.support.killed", place, *given]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)


def opened(place: str) -> Index:
    return Index(place, embeddings=HashEmbeddings())


def bare(index: Index) -> set[str]:
    """The articles without vectors."""
    sql = "SELECT DISTINCT a.id FROM passages p JOIN articles a ON a.n = p.article WHERE p.generation = 0"
    return {id for (id,) in index.storage.database.rows(sql)}  # type: ignore[attr-defined]


def _told(report: AddReport) -> list[str]:
    return report.failed + report.set_aside


def left(place: str, texts: dict[str, str]) -> None:
    """Articles in a library, as a process has left them that could not embed them."""

    class Away(HashEmbeddings):
        def embed_documents(self, texts):  # type: ignore[no-untyped-def]
            raise MemoryError

    with Index(place, embeddings=Away()) as index, pytest.raises(MemoryError):
        index.add([Article(id=id, text=text, lang="en") for id, text in texts.items()])


def test_what_ends_the_process_three_times_is_set_aside_and_the_others_are_embedded(place: str) -> None:
    assert ingest(place, TEXTS | DEADLY).returncode == KILLED  # its own articles are not counted
    for _ in range(3):  # together with others, then alone, then alone
        assert ingest(place).returncode == KILLED
    done = ingest(place)
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    assert line.startswith("a3: set aside, ") and "3 times" in line
    assert "dragoman doctor --retry" in line and "dragoman delete a3" in line
    assert ingest(place).stdout == ""  # said once
    with opened(place) as index:
        assert bare(index) == {"a3"} and index.waiting == 0
        assert index.stats().set_aside == ["a3"]
        health = index.doctor()
        assert health.ok and health.set_aside == [line] and (health.passages, health.vectors, health.waiting) == (8, 7, 0)
        assert index.search("Where is the ferry Seahorse?", k=1)[0].passage.article_id == "a3"  # found by its words


def test_two_of_them_cost_no_innocent(place: str) -> None:
    runs = [ingest(place, TEXTS | DEADLY | {"a6": "kill me too"})]
    while runs[-1].returncode == KILLED:
        assert len(runs) < 8
        runs.append(ingest(place))
    assert len(runs) == 1 + 1 + 2 + 2 + 1  # its own, together, each twice alone, and the one that went on
    with opened(place) as index:
        assert bare(index) == {"a3", "a6"} == set(index.storage.attempts.set_aside())
        assert index.storage.attempts.of(list(TEXTS)) == {"a3": 3, "a6": 3}


def test_another_text_or_doctor_tries_it_again(place: str) -> None:
    left(place, TEXTS)
    with opened(place) as index:
        for _ in range(3):
            index.storage.attempts.count(["a3", "a4"])
        report = index.add([Article(id="a3", text=TEXTS["a3"], lang="en")])  # the same text is not tried again
        report.include(index.catch_up())
        assert (report.same, report.failed, [line[:2] for line in report.set_aside]) == (1, [], ["a3", "a4"])
        assert bare(index) == {"a3", "a4"}
        index.add([Article(id="a4", text="The ferry to Norby takes an hour again.", lang="en")])
        assert bare(index) == {"a3"} == set(index.stats().set_aside)
        health = index.doctor(retry=True)
        assert health.ok and not health.set_aside and "tried again what was set aside (1)" in health.done
        assert bare(index) == set() and index.storage.attempts.of(list(TEXTS)) == {}


def test_an_orderly_end_counts_as_no_attempt(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Closed, or failed on by the model, in the midst of what others left: nobody is a suspect for it."""
    left(place, TEXTS)

    class Failing(HashEmbeddings):
        def embed_documents(self, texts):  # type: ignore[no-untyped-def]
            raise MemoryError

    with Index(place, embeddings=Failing()) as index:
        with pytest.raises(MemoryError):
            index.catch_up()
        assert index.waiting == len(TEXTS) and index.storage.attempts.suspects() == []
    monkeypatch.setattr(embedding, "PART", 2)

    class Closing(HashEmbeddings):
        def embed_documents(self, texts):  # type: ignore[no-untyped-def]
            seen.append(index.storage.attempts.suspects())
            index._embedder._stopped = True
            return super().embed_documents(texts)

    seen: list[list[str]] = []
    index = Index(place, embeddings=Closing())
    with suppress(LibraryError):  # raised where somebody still waits
        index.catch_up()
    index.close()
    assert [sorted(one) for one in seen] == [["a6", "a7"]]
    with opened(place) as index:
        assert index.storage.attempts.suspects() == [] and index.waiting == len(TEXTS) - 2


def test_suspects_are_tried_before_a_service_begins_anything_else(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the backlog is left to what goes on behind it."""
    left(place, TEXTS)
    monkeypatch.setattr(embedding, "WRITE", 0.0)
    begun, tried = threading.Event(), list[str]()

    class Blocking(HashEmbeddings):
        def embed_documents(self, texts):  # type: ignore[no-untyped-def]
            tried.extend(id for text in texts for id in TEXTS if TEXTS[id] in text)
            if tried[-1] not in ("a0", "a5"):
                begun.wait(10)
            return super().embed_documents(texts)

    with Index(place, embeddings=Blocking()) as index:
        index.storage.attempts.count(["a0", "a5"])
        index.storage.attempts.count(["a0"])
        index.catch_up(wait=False)
        assert bare(index) == TEXTS.keys() - {"a0", "a5"} and not {"a0", "a5"} & set(index.storage.attempts.suspects())
        begun.set()
        index.catch_up()
        assert tried[:2] == ["a5", "a0"] and bare(index) == set() and index.storage.attempts.suspects() == []


def test_suspects_are_tried_first_however_much_came_in_after_them(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    left(place, TEXTS)
    monkeypatch.setattr(embedding, "TAKEN", 3)
    tried: list[str] = []

    class Noting(HashEmbeddings):
        def embed_documents(self, texts):  # type: ignore[no-untyped-def]
            tried.extend(id for text in texts for id in TEXTS if TEXTS[id] in text)
            return super().embed_documents(texts)

    with Index(place, embeddings=Noting()) as index:
        index.storage.attempts.count(["a0", "a1"])
        index.catch_up(wait=False)
        index.catch_up()
        assert tried[:2] == ["a0", "a1"] and sorted(tried) == list(TEXTS) and bare(index) == set()


def test_a_third_attempt_that_goes_on_sets_nothing_aside(place: str) -> None:
    left(place, {"a0": TEXTS["a0"]})

    class Asking(HashEmbeddings):
        def embed_documents(self, texts):  # type: ignore[no-untyped-def]
            told.append((index.waiting, index.stats().set_aside, _told(index.add([], wait=False))))
            return super().embed_documents(texts)

    told: list[tuple[int, Sequence[str], list[str]]] = []
    with Index(place, embeddings=Asking()) as index:
        for _ in range(2):
            index.storage.attempts.count(["a0"])
        index.catch_up(wait=False)
        assert told == [(1, [], [])] and bare(index) == set() and index.storage.attempts.of(["a0"]) == {}
        assert _told(index.add([])) == [] == index.stats().set_aside


def test_a_long_article_is_tried_by_one_machine_at_a_time(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "TAKEN", 2)
    left(place, {"x": "\n\n".join(f"{'The ferry to Norby, the harbour master said, is late. ' * 12}{i}" for i in range(8))})
    begun, go = threading.Event(), threading.Event()

    class Slow(HashEmbeddings):
        def embed_documents(self, texts):  # type: ignore[no-untyped-def]
            begun.set()
            go.wait(10)
            return super().embed_documents(texts)

    with Index(place, embeddings=Slow()) as one, opened(place) as other:
        waiting = one.waiting
        assert waiting > 4
        one._embedder.start()
        assert begun.wait(10)
        other.catch_up()  # nothing is left to it
        assert (other.waiting, other.storage.attempts.of(["x"])) == (waiting, {"x": 1})
        go.set()
        one.catch_up()
        assert (one.waiting, one.storage.attempts.of(["x"])) == (0, {})


def test_what_got_its_vectors_is_no_suspect_whoever_counted_it(place: str) -> None:
    class Counted(HashEmbeddings):
        def embed_documents(self, texts):  # type: ignore[no-untyped-def]
            index.storage.attempts.count(["a0"])  # as by a process that met it, too, and ended
            return super().embed_documents(texts)

    with Index(place, embeddings=Counted()) as index:
        index.add([Article(id="a0", text=TEXTS["a0"], lang="en")])
        assert bare(index) == set() and index.storage.attempts.of(["a0"]) == {}
