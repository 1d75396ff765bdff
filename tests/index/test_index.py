"""The library on disk: what is written is what is read, one writer at a time, and Chroma never knows better than SQLite."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import index.storage.sqlite.vector_index as nearest
from index import Article, Busy, Filter, Index, LibraryError, ModelError, Period, Scope, SourceError, WrongModel
from index.storage.sqlite.database import Database
from index.storage.sqlite.schema import MIGRATIONS
from scripts.crash import WORDS, differences
from tests.support import ROOT, permissions
from tests.support.embedding import HashEmbeddings

pytestmark = pytest.mark.slow

DAY = Period.parse("2024-05-03")


def article(id: str, text: str = "", **more: object) -> Article:
    if not text:  # every id its own story: nobody's copy
        words = random.Random(id).choices(WORDS, k=24)
        text = f"The harbour council met on Friday. It agreed on a new bridge. {' '.join(words)}."
    return replace(Article(id=id, text=text, lang="en", outlet="The Quay", published=DAY), **more)  # type: ignore[arg-type]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Index]:
    with Index(tmp_path / "library", embeddings=HashEmbeddings()) as index:
        yield index


def test_what_is_written_is_what_is_read(library: Index) -> None:
    report = library.add([article("a"), article("b", authors=("Ann Roe",), agency="EFE", url="https://quay.example/b")])
    assert (report.new, report.changed, report.same, report.failed) == (2, 0, 0, [])
    assert library.article("b") == article("b", authors=("Ann Roe",), agency="EFE", url="https://quay.example/b", origin="b")
    assert library.article("c") is None
    assert [a.id for a in library.articles()] == ["a", "b"]
    stats = library.stats()
    assert (stats.articles, stats.languages, stats.dates, stats.undated) == (2, {"en": stats.passages}, DAY, 0)


def test_adding_the_same_again_changes_nothing(library: Index) -> None:
    library.add([article("a"), article("b")])
    before = library.storage.generation
    report = library.add([article("a"), article("b")])
    assert (report.same, report.new, report.passages) == (2, 0, 0)
    assert library.storage.generation == before


def test_a_changed_text_is_a_new_version_and_the_old_one_stays_citable(library: Index) -> None:
    library.add([article("a")])
    report = library.add([article("a", "The council met again. It withdrew the plan for the bridge.")])
    assert (report.changed, report.new) == (1, 0)
    newest, first = library.article("a"), library.article("a", 1)
    assert newest and newest.version == 2 and "withdrew" in newest.text
    assert first and "agreed on a new bridge" in first.text
    assert all(hit.passage.version == 2 for hit in library.search("bridge"))
    assert library.doctor().ok


def test_changed_metadata_is_no_new_version(library: Index) -> None:
    library.add([article("a")])
    assert library.add([article("a", outlet="The Pier")]).changed == 1
    stored = library.article("a")
    assert stored and (stored.version, stored.outlet) == (1, "The Pier")
    assert library.doctor().ok


def test_deleting_leaves_a_tombstone(library: Index) -> None:
    library.add([article("a"), article("b")])
    assert library.delete(["a", "never there"]) == 1
    assert library.article("a") is None
    assert library.storage.known(["a"])["a"].deleted
    assert library.add([article("a")]).deleted == 1
    assert {hit.passage.article_id for hit in library.search("harbour council")} == {"b"}
    health = library.doctor()
    assert health.ok and not health.done and health.vectors == health.passages


def test_what_another_process_deletes_is_found_no_more(library: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "SCAN", 0)
    library.add([article(f"a{i}") for i in range(30)])
    (vector,) = HashEmbeddings().embed_documents(["harbour"])
    vector /= float((vector @ vector) ** 0.5)
    assert len(library.storage.nearest.find(vector, None, 10)) == 10
    gone = "from index import Index; import sys; Index(sys.argv[1]).delete([f'a{i}' for i in range(25)])"
    subprocess.run([sys.executable, "-c", gone, str(library.folder)], check=True)
    assert library.storage.database.indexed == library.storage.generation  # gone from Chroma, too, which this process has open
    assert {hit.passage.article_id for hit in library.search("harbour council", k=30)} == {f"a{i}" for i in range(25, 30)}
    assert sorted(library.storage.nearest.find(vector, None, 10)) == library.storage.reader.rows().tolist()
    assert len(library.storage.nearest.chroma.ids()) == 5
    health = library.doctor()
    assert health.ok and not health.done


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=()), min_size=1, max_size=300), min_size=1, max_size=4, unique=True))
def test_any_text_survives_character_for_character(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    with Index(tmp_path_factory.mktemp("any"), embeddings=HashEmbeddings()) as index:
        index.add([Article(id=f"t{i}", text=text, title=text[:20]) for i, text in enumerate(texts)])
        for i, text in enumerate(texts):
            stored = index.article(f"t{i}")
            assert (stored.text if stored else None) == (text if text.strip() else None)
        ids = [id for id, *_ in index.storage.reader.all_passages()]
        for passage in index.storage.passages(ids).values():
            stored = index.article(passage.article_id)
            assert stored and stored.text[passage.start : passage.end] == passage.text
        index.delete([f"t{i}" for i in range(len(texts))])
        assert index.storage.database.db.execute("SELECT count(*) FROM vocabulary").fetchone() == (0,)  # no word is left behind
        health = index.doctor()
        assert health.ok and health.passages == health.vectors == 0


def test_failures_are_reported_and_the_rest_goes_on(library: Index) -> None:
    report = library.add([SourceError("x.txt", "no such file"), article("a"), article("empty", "  \n")])
    assert report.new == 1
    assert [line.split(":")[0] for line in report.failed] == ["x.txt", "empty"]


def test_filters_narrow(library: Index) -> None:
    library.add(
        [
            article("en", authors=("Zoë Müller",)),
            article("es", "El consejo del puerto se reunió el viernes.", lang="es", outlet="La Ría"),
            article("old", published=Period.parse("2019")),
            article("undated", published=None),
        ]
    )

    def found(**fields: object) -> set[str]:
        return {hit.passage.article_id for hit in library.search("harbour council", scope=Scope(filter=Filter(**fields)))}  # type: ignore[arg-type]

    assert found() == {"en", "es", "old", "undated"}
    assert found(langs=frozenset({"es"})) == {"es"}
    assert found(outlets=frozenset({"la ria"})) == {"es"}
    assert found(authors=frozenset({"zoe muller"})) == {"en"}
    assert found(window=Period.parse("2024-05")) == {"en", "es"}
    assert found(ids=frozenset({"old", "en"}), window=Period.parse("2019-03")) == {"old"}
    before = library.search("harbour council", scope=Scope(as_of=Period.parse("2020")))
    assert {hit.passage.article_id for hit in before} == {"old", "undated"}


def test_chroma_and_the_exact_scan_find_the_same(library: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    library.add([article(f"a{i}", f"Report number {i} of the grain board.") for i in range(60)])
    vector = library._query("Report number 7 of the grain board.")
    exact = library.storage.nearest.find(vector, None, 10)
    monkeypatch.setattr(nearest, "SCAN", 0)
    assert library.storage.nearest.find(vector, None, 10) == exact
    monkeypatch.setattr(nearest, "WIDE", 0)
    wide = library.storage.reader.allowed(Scope(filter=Filter(langs=frozenset({"en"}))))
    assert library.storage.nearest.find(vector, wide, 10) == exact


def test_a_reader_sees_what_another_process_wrote(library: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "SCAN", 0)
    library.add([article(f"a{i}", f"Report number {i} of the grain board.") for i in range(30)])
    assert library.search("grain")
    source = tmp_path / "more.jsonl"
    source.write_text(json.dumps({"id": "new", "text": "A comet was seen over the estuary.", "lang": "en"}), "utf-8")
    script = ROOT / "scripts" / "crash.py"
    subprocess.run([sys.executable, script, "--child", library.folder, source, "--model", "hash"], check=True)
    assert library.search("A comet was seen over the estuary.")[0].passage.article_id == "new"
    library.delete(["new"])
    assert "new" not in {hit.passage.article_id for hit in library.search("A comet was seen over the estuary.")}


def test_two_indexes_of_one_folder_in_one_process_agree(library: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "SCAN", 0)
    with Index(library.folder, embeddings=HashEmbeddings()) as other:
        library.add([article("a")])
        assert [hit.passage.article_id for hit in other.search("harbour")] == ["a"]
        other.add([article("b")])
        assert {hit.passage.article_id for hit in library.search("harbour")} == {"a", "b"}


def test_threads_search_while_another_writes(library: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "SCAN", 0)
    library.add([article("first")])
    failures: list[BaseException] = []
    done = threading.Event()

    def search() -> None:
        try:
            while not done.is_set():
                assert library.search("harbour council")
        except BaseException as error:  # noqa: BLE001  carried to the main thread
            failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for i in range(10):
        library.add([article(f"more-{i}")])
    done.set()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(library.search("harbour council", k=50)) == 11


def test_two_processes_write_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    script = ROOT / "scripts" / "crash.py"
    processes = []
    for name in "ab":
        source = tmp_path / f"{name}.jsonl"
        text = "The council met on Friday. " * 300
        source.write_text("\n".join(json.dumps({"id": f"{name}{i}", "text": f"{name}{i}. {text}"}) for i in range(20)), "utf-8")
        processes.append(subprocess.Popen([sys.executable, script, "--child", folder, source, "--model", "hash"]))
    assert [process.wait() for process in processes] == [0, 0]
    with Index(folder, embeddings=HashEmbeddings()) as index:
        assert index.stats().articles == 40
        health = index.doctor()
        assert health.ok and not health.done and health.vectors == health.passages > 0


def test_two_processes_that_make_a_library_at_once_both_open_it(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from index.storage.sqlite.database import Database\n"
        "print('ready', flush=True)\n"
        "for folder in sys.stdin: Database(Path(folder.strip())).close(); print('open', flush=True)"
    )
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "cwd": ROOT}
    with ExitStack() as stack:
        both = [stack.enter_context(subprocess.Popen([sys.executable, "-c", code], **pipes)) for _ in "ab"]  # type: ignore[call-overload]
        assert [process.stdout.readline() for process in both] == ["ready\n"] * 2
        for number in range(10):
            for process in both:
                process.stdin.write(f"{tmp_path / str(number)}\n")
                process.stdin.flush()
            assert [process.stdout.readline() for process in both] == ["open\n"] * 2
        for process in both:
            process.stdin.close()


def test_a_second_writer_waits_and_then_names_the_first(library: Index) -> None:
    with library.storage.writing():
        other = Database(library.folder)
        held: list[str] = []

        def write() -> None:
            try:
                with other.writing(wait=0.05):
                    held.append("got it")
            except Busy as error:
                held.append(str(error))

        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
        other.close()
    assert f"process {os.getpid()}" in held[0]


def test_another_model_is_refused_with_the_way_out(library: Index) -> None:
    library.add([article("a")])

    class Other(HashEmbeddings):
        name = "other"

    with Index(library.folder, embeddings=Other()) as index:
        with pytest.raises(WrongModel, match=r"hash-64.*other.*export"):
            index.search("harbour")
        with pytest.raises(WrongModel):
            index.add([article("b")])
        assert index.article("a")  # reading needs no model


def test_a_model_that_returns_nonsense_is_one_line(tmp_path: Path) -> None:
    class Broken(HashEmbeddings):
        def embed_documents(self, texts):  # type: ignore[no-untyped-def]
            return super().embed_documents(texts)[:-1]

    with Index(tmp_path / "library", embeddings=Broken()) as index, pytest.raises(ModelError, match="hash-64"):
        index.add([article("a")])


def test_an_article_is_found_by_words_and_by_who_said_what_before_it_is_embedded(tmp_path: Path) -> None:
    told: list[object] = []

    class Slow(HashEmbeddings):
        def embed_documents(self, texts):  # type: ignore[no-untyped-def]
            if not told:  # nothing is embedded yet
                told.append(None)
                (hit,) = index.search("Which pelicans returned?")
                (said,) = index.quotes(speaker="Ann Roe")
                (on_it,) = index.quotes(speaker="Ann Roe", about="pelicans")
                told[:] = [hit.passage.article_id, hit.cosine, said.text, on_it.text, index.waiting, index.stats().waiting]
            return super().embed_documents(texts)

    with Index(tmp_path / "library", embeddings=Slow()) as index:
        index.add([article("a", "The pelicans returned to Norwick on Friday. “They are early,” Ann Roe said of the pelicans.")])
        assert told[:2] == ["a", None] and told[2] == told[3] and told[4:] == [1, 1]
        assert index.waiting == 0 and index.search("Which pelicans returned?")[0].cosine is not None


class Failing(HashEmbeddings):
    """Fails on texts with a word in them."""

    word = ""

    def embed_documents(self, texts):  # type: ignore[no-untyped-def]
        if any(self.word in text for text in texts):
            raise RuntimeError("the model is out of order")
        return super().embed_documents(texts)


def test_one_text_that_the_model_fails_on_costs_itself_alone(tmp_path: Path) -> None:
    model = Failing()
    model.word = "pelicans"
    given = [article(f"a{i}", f"Report {i} of the {'pelicans' if i == 3 else 'council'} number {i * 7919}.") for i in range(6)]
    with Index(tmp_path / "library", embeddings=model) as index:
        with pytest.raises(RuntimeError, match="out of order"):
            index.add(given)
        assert index.storage.waiting(["a3"]) == index.waiting == 1 and len(list(index.articles())) == 6
        assert index.sharing("pelicans")[0].article_id == "a3"
        model.word = "\0"
        assert index.add(given).same == 6 and index.waiting == 0


def test_a_run_that_could_not_embed_goes_on_at_the_next_opening(tmp_path: Path) -> None:
    model = Failing()
    given = [article(f"a{i}", f"Report {i} of the council number {i * 7919}.") for i in range(6)]
    with Index(tmp_path / "library", embeddings=model) as index:
        with pytest.raises(RuntimeError, match="out of order"):
            index.add(given)
        assert index.waiting == 6
        model.word = "\0"
    with Index(tmp_path / "library", embeddings=model) as index:
        index.add([article("b")])  # what others left waiting is not waited for
        index.catch_up()
        health = index.doctor()
        assert index.waiting == 0 and health.ok and not health.done and health.passages == health.vectors == 7
    with Index(tmp_path / "again", embeddings=model) as index:
        model.word = ""
        assert index.add(given, wait=False).waiting
        index.close()
    model.word = "\0"
    with Index(tmp_path / "again", embeddings=model) as index:
        assert index.waiting == 6
        health = index.doctor()
        assert index.waiting == 0 and health.ok and health.done == ["embedded 6 passages and titles that waited for it"]


def test_adding_to_what_was_closed_meanwhile_waits_for_nobody(library: Index) -> None:
    library.close()
    with pytest.raises(LibraryError, match="was closed"):
        library.add([article("a")])


def test_whatever_a_model_raises_reaches_who_waits(tmp_path: Path) -> None:
    class Panic(BaseException):
        """As extensions written in Rust raise it."""

    class Panicking(HashEmbeddings):
        def embed_documents(self, texts):  # type: ignore[no-untyped-def]
            raise Panic

    with Index(tmp_path / "library", embeddings=Panicking()) as index:
        with pytest.raises(Panic):
            index.add([article("a")])
        with pytest.raises(Panic):
            index.catch_up()


def test_what_a_quick_model_embeds_while_more_is_read_is_written_in_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.ingest.deciding.BATCH", 1)  # each article is written by itself
    monkeypatch.setattr("index.ingest.embedding.WRITE", 600.0)
    with Index(tmp_path / "library", embeddings=HashEmbeddings()) as index:
        written: list[int] = []
        embed = index.storage.embed
        monkeypatch.setattr(index.storage, "embed", lambda ids, *rest: (written.append(len(ids)), embed(ids, *rest)))
        index.add(article(f"a{i}", f"Report {i} of the council number {i * 7919}.") for i in range(40))
        assert index.waiting == 0 and len(written) <= 2  # what is there at first, and the rest when it is waited for


def test_doctor_mends_chroma(library: Index) -> None:
    library.add([article(f"a{i}") for i in range(5)])
    library.storage.nearest.chroma.forget([next(id for id, *_ in library.storage.reader.all_passages())])
    health = library.doctor()
    assert health.ok and "lacked 1" in health.done[0]
    assert not library.doctor().done


def test_doctor_rebuilds_a_destroyed_chroma_folder(library: Index) -> None:
    library.add([article(f"a{i}") for i in range(5)])
    library.close()
    for path in (library.folder / "chroma").rglob("*"):
        if path.is_file():
            path.write_bytes(b"garbage")
    with Index(library.folder, embeddings=HashEmbeddings()) as index:
        health = index.doctor()
        assert health.ok and health.vectors == health.passages == 5
        assert index.add([article("more")]).new == 1


def test_a_removed_chroma_folder_comes_back_by_itself(library: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil

    monkeypatch.setattr(nearest, "SCAN", 0)
    library.add([article("a")])
    library.close()
    shutil.rmtree(library.folder / "chroma")
    with Index(library.folder, embeddings=HashEmbeddings()) as index:
        assert index.search("harbour")
        assert index.doctor().vectors == 1


def test_a_foreign_chroma_folder_runs_no_code(library: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "SCAN", 0)
    library.add([article("a")])
    library.close()
    db = sqlite3.connect(library.folder / "chroma" / "chroma.sqlite3")
    was, put = '"type":"legacy"', '"type":"known","name":"evil"'
    db.execute("UPDATE collections SET schema_str = replace(schema_str, ?, ?)", (was, put))
    db.commit()
    db.close()
    with Index(library.folder, embeddings=HashEmbeddings()) as index, pytest.raises(LibraryError, match="evil"):
        index.search("harbour")


@pytest.mark.parametrize("said", range(len(MIGRATIONS)))
def test_a_schema_number_that_is_too_low_says_what_to_do(library: Index, said: int) -> None:
    library.add([article("a")])
    library.close()
    file = library.folder / "library.db"
    with closing(sqlite3.connect(file)) as db:
        db.execute(f"PRAGMA user_version = {said}")
    with pytest.raises(LibraryError, match=rf"schema {said}, .*PRAGMA user_version = {len(MIGRATIONS)}"):
        Index(library.folder, embeddings=HashEmbeddings())
    with closing(sqlite3.connect(file)) as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    with Index(library.folder, embeddings=HashEmbeddings()) as index:
        assert [a.id for a in index.articles()] == ["a"]


def test_a_library_that_may_only_be_read_is_searched(library: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a file system that is mounted for reading, where the system says so to root, too."""
    library.add([article("a"), *(article(f"b{i}") for i in range(3))])
    question = "the harbour"
    found = [hit.passage.id for hit in library.results(question, k=4).hits]
    library.close()
    before = {path: path.read_bytes() for path in library.folder.rglob("*") if path.is_file()}
    monkeypatch.setattr("index.storage.sqlite.database.writable", lambda file: False)
    with Index(library.folder, embeddings=HashEmbeddings(), create=False) as index:
        assert found and [hit.passage.id for hit in index.results(question, k=4).hits] == found
        assert index.stats().articles == 4 and index.article("a")
        with pytest.raises(LibraryError, match="cannot be written"):
            index.add([article("c")])
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            index.storage.database.db.execute("DELETE FROM articles")  # type: ignore[attr-defined]
    after = {path: path.read_bytes() for path in library.folder.rglob("*") if path.is_file() and path.suffix != ".db-shm"}
    assert {path: data for path, data in after.items() if data} == {path: data for path, data in before.items() if data}


def test_a_newer_schema_is_refused(library: Index) -> None:
    library.close()
    db = sqlite3.connect(library.folder / "library.db")
    db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    db.close()
    with pytest.raises(LibraryError, match="newer Dragoman"):
        Index(library.folder)


@pytest.mark.parametrize("step", range(len(MIGRATIONS)))
def test_every_earlier_schema_migrates(tmp_path: Path, step: int) -> None:
    tmp_path.joinpath("library.db").touch()
    db = sqlite3.connect(tmp_path / "library.db")
    for migration in MIGRATIONS[:step]:
        db.executescript(migration)
    db.execute(f"PRAGMA user_version = {step}")
    db.close()
    database = Database(tmp_path)
    assert database.db.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
    database.close()


@pytest.mark.parametrize("step", [2, 3])
def test_captions_are_found_again_in_a_library_of_an_earlier_schema(library: Index, step: int) -> None:
    text = "The council met on Monday and agreed on nothing.\nThe council hall at dusk (Ana Roe/AP)\nWith information from AP"
    library.add([article("a", text)])
    before = library.search("council")[0].passage
    assert [(kind, text[start:end][:9]) for start, end, kind in before.aside] == [
        ("caption", "The counc"),
        ("closing", "With info"),
    ]
    db = library.storage.database.db
    db.execute("DROP TABLE attempts")
    db.execute("ALTER TABLE means DROP COLUMN waiting")
    db.execute("ALTER TABLE passages DROP COLUMN aside")
    if step == 2:
        db.executescript("DROP TABLE speakers; DROP TABLE statements;")
    db.execute(f"PRAGMA user_version = {step}")
    library.close()
    with Index(library.folder, embeddings=HashEmbeddings()) as index:
        assert index.search("council")[0].passage == before
        assert index.doctor().ok


def test_a_damaged_database_is_one_clear_line(library: Index) -> None:
    library.add([article("a")])
    library.close()
    (library.folder / "library.db").write_bytes(b"not a database at all, only noise" * 400)
    for leftover in library.folder.glob("library.db-*"):
        leftover.unlink()
    with pytest.raises(LibraryError, match="damaged"):
        Index(library.folder)


def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LibraryError, match="--library"):
        Index(tmp_path / "file" / "library")
    with pytest.raises(LibraryError, match="no library"):
        Index(tmp_path / "none", create=False)


def test_the_folder_is_private(library: Index) -> None:
    assert library.folder.stat().st_mode & 0o077 == 0


def test_killed_at_random_moments_the_library_is_equal_in_the_end() -> None:
    script = ROOT / "scripts" / "crash.py"
    run = subprocess.run([sys.executable, script, "--kills", "10"], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def test_differences_are_seen(tmp_path: Path) -> None:
    for name, extra in (("one", []), ("two", [article("b")])):
        with Index(tmp_path / name, embeddings=HashEmbeddings()) as index:
            index.add([article("a"), *extra])
    assert differences(tmp_path / "one", tmp_path / "one") == []
    assert len(differences(tmp_path / "one", tmp_path / "two")) == 2


def test_copies_of_one_story_count_once(library: Index) -> None:
    wire = " ".join(
        f"The {word} ministry said on day {i} that the {word} levy would rise by {i} crowns." for i, word in enumerate(WORDS)
    )
    library.add(
        [article("first", wire), article("other", "The estuary froze over for the first time in forty years, skippers said.")]
    )
    library.add([article("copy", wire.replace("said", "announced", 2) + "\n\nWith agencies.", outlet="The Pier")])
    hits = library.search("What did the ministry say about the levy?")
    assert [hit.passage.article_id for hit in hits if hit.passage.article_id != "other"] in (["first"], ["copy"])
    story = next(hit for hit in hits if hit.passage.article_id != "other")
    assert {story.passage.article_id, *story.copies} == {"first", "copy"}
    assert library.article("copy").origin == "first"  # type: ignore[union-attr]
    library.delete(["first"])
    left = library.search("What did the ministry say about the levy?")
    assert [(hit.passage.article_id, hit.copies) for hit in left if hit.passage.article_id != "other"] == [("copy", ())]


def test_a_narrow_filter_finds_what_lies_far_from_the_question(library: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "SCAN", 0)
    monkeypatch.setattr(nearest, "WIDE", 0)
    monkeypatch.setattr(nearest, "MOST", 10)  # Chroma is asked for ten: none of them may be Spanish
    library.add([article(f"en{i}", f"Report number {i} of the grain board.") for i in range(80)])
    library.add([article(f"es{i}", f"Informe {i} de la junta del puerto.", lang="es") for i in range(12)])
    hits = library.search("Report number 7 of the grain board.", k=20, scope=Scope(filter=Filter(langs=frozenset({"es"}))))
    assert {hit.passage.article_id for hit in hits} == {f"es{i}" for i in range(12)}


def test_as_of_is_looked_for_among_what_was_there_then(library: Index) -> None:
    library.add([article(f"new{i}", f"Report number {i} of the grain board.") for i in range(300)])
    library.add([article("old", "The estuary froze over.", published=Period.parse("2019"))])
    hits = library.search("Report number 7 of the grain board.", scope=Scope(as_of=Period.parse("2020")))
    assert [hit.passage.article_id for hit in hits] == ["old"]


def test_deleting_leaves_no_vector_in_the_flat_files(library: Index) -> None:
    library.add([article("a"), article("b")])
    row = library.storage.reader.rows_of([id for id, *_ in library.storage.reader.all_passages()])
    library.delete(["a", "b"])
    for path in (library.folder / "flat").iterdir():
        assert path.stat().st_size > max(row.values())
        assert not any(path.read_bytes())
    assert library.doctor().ok


@pytest.mark.parametrize("damage", ["overwritten", "cut", "removed"])
def test_doctor_mends_the_flat_files(library: Index, damage: str) -> None:
    library.add([article(f"a{i}") for i in range(5)])
    for path in sorted((library.folder / "flat").iterdir()):
        if damage == "overwritten":
            path.write_bytes(bytes(reversed(path.read_bytes())))
        elif damage == "cut":
            path.write_bytes(path.read_bytes()[:-20])
        else:
            path.unlink()
    health = library.doctor()
    assert health.ok and health.done
    assert not library.doctor().done
    assert len(library.search("harbour council", k=50)) == 5


def test_a_full_disk_is_one_clear_line_and_loses_nothing(library: Index) -> None:
    library.add([article("a")])
    db = library.storage.database.db
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages + 2}")  # SQLite then answers as it does when the disk is full
    more = [article(f"b{i}") for i in range(200)]
    with pytest.raises(LibraryError, match=r"full\. Nothing is lost: free some space"):
        library.add(more)
    assert [a.id for a in library.articles()] == ["a"]
    db.execute("PRAGMA max_page_count = 1000000")
    assert library.add(more).new == 200
    assert library.doctor().done == []


FULL = """
import resource, signal, sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from index import Index, LibraryError
from tests.support.embedding import HashEmbeddings
from tests.index.test_index import article
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # then writing beyond the limit is an error, as on a full disk
with Index(Path(sys.argv[1]), embeddings=HashEmbeddings()) as index:
    index.add([article("a")])
    size = max(path.stat().st_size for path in index.folder.rglob("*") if path.is_file())
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 4096, resource.RLIM_INFINITY))
    try:
        index.add([article(f"b{i}") for i in range(800)])
    except LibraryError as error:
        print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limits of file sizes")
def test_files_that_cannot_grow_are_one_clear_line_and_lose_nothing(tmp_path: Path) -> None:
    root = str(ROOT)
    run = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path / "library"), root], capture_output=True, text=True, timeout=300
    )
    assert "Nothing is lost" in run.stdout, (run.stdout, run.stderr)
    with Index(tmp_path / "library", embeddings=HashEmbeddings()) as index:
        report = index.add([article("a"), *(article(f"b{i}") for i in range(800))])
        assert report.same + report.new == 801
        assert report.same >= 1
        assert index.doctor().ok


@pytest.mark.skipif(os.name == "nt", reason="permissions are other ones")
def test_a_read_only_folder_is_one_clear_line_and_loses_nothing(
    library: Index, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if not permissions.hold(tmp_path):
        return permissions.again(request)
    library.add([article("a")])
    library.close()
    paths = [library.folder, *library.folder.rglob("*")]
    for path in paths:
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        with (
            pytest.raises(LibraryError, match="cannot be written"),
            Index(library.folder, embeddings=HashEmbeddings()) as index,
        ):
            index.add([article("b")])
    finally:
        for path in paths:
            path.chmod(0o700)
    with Index(library.folder, embeddings=HashEmbeddings()) as index:
        assert [a.id for a in index.articles()] == ["a"]
        assert index.doctor().done == []
