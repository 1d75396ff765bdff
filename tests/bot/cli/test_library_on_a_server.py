"""A library in PostgreSQL behind the same commands: what they print is what they print over a folder."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import open_bot
from index import LibraryError
from tests.support import ROOT
from tests.support.chroma import ChromaProcess
from tests.support.feed_server import item, serving
from tests.support.library import ARTICLES, BACKGROUND, Run
from tests.support.postgres import BARE, PostgresServer, name_of

pytestmark = [pytest.mark.slow, pytest.mark.model]

QUESTIONS = ["When will the port of Sarvella reopen?", "¿Cuántos empleos habrá en el puerto?", "What did Mira Osei say?"]
COMMANDS = {
    "ask": ["ask", QUESTIONS[0]],
    "ask in Spanish": ["ask", QUESTIONS[1]],
    "ask as JSON": ["ask", "--json", QUESTIONS[2]],
    "ask under a filter": ["ask", "--lang", "es", QUESTIONS[0]],
    "search": ["search", QUESTIONS[0]],
    "quotes": ["quotes", "--speaker", "Mira Osei"],
    "export": ["export"],
    "show": ["show", "port-1"],
}


@pytest.fixture(scope="class")
def server(dragoman: Run, articles: Path, postgres_library: str) -> str:
    """The address of a library of the same articles as `library` has."""
    done = dragoman("ingest", articles, "--library", postgres_library)
    assert done.returncode == 0, done.stderr
    return postgres_library


class TestCommands:
    @pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
    def test_a_command_prints_what_it_prints_over_a_folder(
        self, dragoman: Run, library: Path, server: str, command: list[str]
    ) -> None:
        ours, theirs = (dragoman(*command, "--library", place) for place in (library, server))
        assert (ours.returncode, clean(ours)) == (theirs.returncode, clean(theirs)) and ours.stdout
        assert ours.stderr == theirs.stderr

    def test_it_is_named_by_the_environment_and_the_file_too(self, dragoman: Run, server: str, tmp_path: Path) -> None:
        config = tmp_path / "dragoman.toml"
        config.write_text(f"library = {json.dumps(server)}\n")
        by_file = json.loads(dragoman("stats", "--json", "--config", config).stdout)
        by_variable = json.loads(dragoman("stats", "--json", DRAGOMAN_LIBRARY=server).stdout)
        assert by_file == by_variable and by_file["library"] == server and by_file["bytes"] > 10_000
        assert by_file["articles"] == len(ARTICLES) + len(BACKGROUND)

    def test_reading_the_same_again_changes_nothing(self, dragoman: Run, server: str, articles: Path) -> None:
        again = json.loads(dragoman("ingest", articles, "--json", "--library", server).stdout)
        assert (again["new"], again["changed"], again["same"]) == (0, 0, len(ARTICLES) + len(BACKGROUND))

    def test_drafts_are_verified_and_briefings_told(self, dragoman: Run, server: str, tmp_path: Path) -> None:
        draft = tmp_path / "draft.txt"
        draft.write_text("“We will not wait for another winter,” Mira Osei said.")
        assert dragoman("verify", draft, "--library", server).returncode == 0
        config = tmp_path / "dragoman.toml"
        config.write_text('[beats.port]\ntopics = ["port of Sarvella"]\n')
        told = dragoman(
            "brief", "port", "--since", "2024-05-01", "--until", "2024-05-31", "--config", config, "--library", server
        )
        assert told.returncode == 0 and "Sarvella" in told.stdout, told.stderr

    def test_the_doctor_finds_it_sound(self, dragoman: Run, server: str) -> None:
        for command in (["doctor"], ["doctor", "--rebuild"], ["doctor", "--create"]):
            done = dragoman(*command, "--library", server)
            assert done.returncode == 0 and "The library is sound" in done.stdout, done.stdout + done.stderr
            assert "in the index of vectors" in done.stdout

    def test_from_python(self, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("XDG_CONFIG_HOME", "/nonexistent")
        with open_bot(server).index as index:
            assert index.search(QUESTIONS[0])[0].passage.article_id == "port-1"
            assert str(index.folder) == server

    def test_feeds_are_remembered_there(self, dragoman: Run, server: str, tmp_path: Path) -> None:
        with serving() as site:
            page = site.article("/a", "Rail bridge opens", "The rail bridge at Norwick opened on Monday, its engineer said.")
            feeds = tmp_path / "feeds.toml"
            feeds.write_text(f'[[feed]]\nurl = "{site.feed("/feed", "The Quay", item(page, "Rail bridge opens"))}"\n')
            watch = ["watch", feeds, "--once", "--allow-host", "127.0.0.1", "--library", server]
            first, second = dragoman(*watch), dragoman(*watch)
            assert first.returncode == second.returncode == 0, first.stderr + second.stderr
            assert [path for path, _ in site.log].count("/a") == 1
        (feed,) = json.loads(dragoman("stats", "--json", "--library", server).stdout)["feeds"]
        assert feed["items"] == 1 and feed["errors"] == 0 and feed["last_success"]

    def test_what_is_deleted_is_gone(self, dragoman: Run, server: str) -> None:
        assert dragoman("delete", "fish-note", "--yes", "--library", server).returncode == 0
        assert dragoman("show", "fish-note", "--library", server).returncode != 0


@pytest.fixture
def chroma() -> Iterator[ChromaProcess]:
    """A Chroma server of the test's own."""
    server = ChromaProcess.start()
    yield server
    server.stop()


class TestChroma:
    def test_a_chroma_server_indexes_it_and_may_go_away(
        self, dragoman: Run, library: Path, server: str, chroma: ChromaProcess, tmp_path: Path
    ) -> None:
        config = tmp_path / "dragoman.toml"
        config.write_text(f"library = {json.dumps(server)}\nchroma = {json.dumps(chroma.url)}\n")
        at = ("--config", config)
        done = dragoman("doctor", *at)
        assert done.returncode == 0 and "of them in Chroma" in done.stdout, done.stdout + done.stderr
        for question in QUESTIONS:
            ours, theirs = dragoman("ask", question, "--library", library), dragoman("ask", question, *at)
            assert clean(ours) == clean(theirs) and ours.stderr == theirs.stderr
        chroma.kill()
        ask = [
            sys.executable,
            "-m",
            "bot.cli",
            "ask",
            QUESTIONS[0],
            *map(str, at),
        ]  # a process of its own: its log is on stderr
        away = subprocess.run(ask, capture_output=True, text=True, cwd=ROOT)
        assert away.returncode == 0 and clean(away) == clean(dragoman("ask", QUESTIONS[0], "--library", library))
        assert chroma.url in away.stderr and "Nothing is lost" in away.stderr and away.stderr.count("\n") == 1
        done = dragoman("doctor", *at)
        assert done.returncode == 1 and "cannot be reached" in done.stdout and "problem" in done.stdout

    def test_with_a_folder_it_is_refused(self, dragoman: Run, library: Path) -> None:
        done = dragoman("ask", QUESTIONS[0], "--library", library, "--chroma", "http://127.0.0.1:1")
        assert done.returncode == 1 and "goes with a library in PostgreSQL" in done.stderr and done.stderr.count("\n") == 1


class TestMissing:
    def test_the_doctor_names_what_is_missing_and_makes_it(self, dragoman: Run, postgres: PostgresServer) -> None:
        url = postgres.fresh(template=BARE)
        done = dragoman("doctor", "--library", url)
        assert done.returncode == 1 and "dragoman doctor --create" in done.stdout and "not ready" in done.stdout
        done = dragoman("ask", QUESTIONS[0], "--library", url)
        assert done.returncode != 0 and "no library" in done.stderr and done.stderr.count("\n") == 1
        done = dragoman("doctor", "--create", "--library", url)
        assert done.returncode == 0 and "made the library's tables" in done.stdout, done.stdout + done.stderr
        assert "No articles yet" in dragoman("ask", QUESTIONS[0], "--library", url).stderr
        postgres.drop(url)

    def test_rights_are_named_with_the_statement_that_grants_them(self, dragoman: Run, postgres: PostgresServer) -> None:
        url = postgres.fresh(template=BARE)
        postgres.sql("CREATE ROLE clerk LOGIN")
        clerk = url.replace("postgres@", "clerk@")
        done = dragoman("doctor", "--create", "--library", clerk)
        grant = re.search(r"GRANT CREATE ON DATABASE \S+ TO \S+", done.stdout + done.stderr)
        assert done.returncode != 0 and grant
        postgres.sql(grant[0], name_of(url))
        done = dragoman("doctor", "--create", "--library", clerk)
        extend = re.search(r"CREATE EXTENSION vector", done.stdout + done.stderr)
        assert done.returncode != 0 and extend
        postgres.sql(extend[0], name_of(url))
        done = dragoman("doctor", "--create", "--library", clerk)
        assert done.returncode == 0, done.stdout + done.stderr
        postgres.sql("CREATE ROLE reader LOGIN")
        postgres.sql("GRANT USAGE ON SCHEMA dragoman TO reader", name_of(url))
        done = dragoman("doctor", "--library", url.replace("postgres@", "reader@"))
        assert done.returncode != 0 and "GRANT ALL ON" in done.stdout + done.stderr
        postgres.drop(url)

    def test_one_that_may_only_be_read_answers_and_takes_nothing_in(
        self, dragoman: Run, postgres: PostgresServer, library: Path, articles: Path
    ) -> None:
        url = postgres.fresh()
        assert dragoman("copy", library, url).returncode == 0
        postgres.sql(f"ALTER DATABASE {name_of(url)} SET default_transaction_read_only = on")
        assert "3 June" in dragoman("ask", QUESTIONS[0], "--library", url).stdout
        assert "nothing changed" in dragoman("ingest", articles, "--library", url).stdout
        brief = dragoman("brief", "Sarvella port", "--since", "2024-05-01", "--until", "2024-06-01", "--library", url)
        assert "3 June" in brief.stdout and brief.stderr == f"not kept: {url} may only be read\n"
        for command in (["ingest", articles.with_name("more.jsonl")], ["delete", "port-1", "--yes"], ["doctor"]):
            articles.with_name("more.jsonl").write_text(json.dumps({"id": "new", "text": "A new lighthouse.", "lang": "en"}))
            done = dragoman(*command, "--library", url)
            assert done.returncode == 1 and "may only be read" in done.stderr and done.stderr.count("\n") == 1, done.stderr
        postgres.drop(url)

    def test_an_old_extension_is_refused(self, dragoman: Run, postgres: PostgresServer, articles: Path) -> None:
        url = postgres.fresh()
        postgres.sql("UPDATE pg_extension SET extversion = '0.8.3' WHERE extname = 'vector'", name_of(url))
        for command in (["doctor"], ["ingest", articles], ["ask", QUESTIONS[0]]):
            done = dragoman(*command, "--library", url)
            assert done.returncode != 0 and "ALTER EXTENSION vector UPDATE" in done.stdout + done.stderr, command
        postgres.drop(url)

    def test_a_newer_schema_is_refused(self, postgres: PostgresServer) -> None:
        url = postgres.fresh()
        postgres.sql("UPDATE dragoman.meta SET value = '99' WHERE key = 'schema'", name_of(url))
        with pytest.raises(LibraryError, match="newer Dragoman"):
            open_bot(url)
        postgres.drop(url)

    def test_a_password_in_the_address_is_refused_wherever_it_stands(self, dragoman: Run, tmp_path: Path) -> None:
        url = "postgresql://desk:hunter2@127.0.0.1:1/news"
        config = tmp_path / "dragoman.toml"
        config.write_text(f"library = {json.dumps(url)}\n")
        for args, env in ((["--library", url], {}), ([], {"DRAGOMAN_LIBRARY": url}), (["--config", config], {})):
            done = dragoman("stats", *args, **env)
            assert done.returncode == 1 and "PGPASSWORD" in done.stderr
            assert "hunter2" not in done.stdout + done.stderr and done.stderr.count("\n") == 1


def clean(done: subprocess.CompletedProcess[str]) -> str:
    """What was printed, without what differs from run to run."""
    return re.sub(r'"(id": "[0-9a-f-]+"|timings": {[^}]*})', "", done.stdout)
