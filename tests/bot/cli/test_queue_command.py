"""`ingest --queue`, `worker` and `queue`: what is put in line is read, and what cannot be is listed with its reason."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.support.feed_server import item, serving
from tests.support.library import ARTICLES, Run

pytestmark = [pytest.mark.slow, pytest.mark.model]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, ARTICLES[:2])))
    (tmp_path / "note.txt").write_text("The council of Norby met on Tuesday, mayor Ida Brandt said.")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    return tmp_path


class TestQueue:
    def test_from_the_line_into_the_library(self, dragoman: Run, postgres_library: str, folder: Path) -> None:
        at = ("--library", postgres_library)
        put = dragoman("ingest", "--queue", folder, folder / "none.txt", *at)
        assert put.returncode == 0 and put.stdout == "4 put in line, 0 stood there already, 1 failed\n"
        assert "none.txt: no such file" in put.stderr
        again = json.loads(dragoman("ingest", "--queue", folder, "--json", *at).stdout)
        assert (again["queued"], again["known"], again["failed"]) == (0, 4, [])
        assert dragoman("queue", *at).stdout == "4 in line, 0 jobs being read, 0 workers, 0 dead letters\n"

        read = dragoman("worker", "--once", *at)
        assert read.returncode == 0 and "worker: 4 read: 3 new" in read.stderr, read.stderr
        assert read.stderr.endswith("read: 3 new\n")
        found = dragoman("ask", "When will the port of Sarvella reopen?", *at)
        assert found.returncode == 0 and "3 June" in found.stdout

        listed = json.loads(dragoman("queue", "--json", *at).stdout)
        (letter,) = listed["letters"]
        assert (listed["waiting"], listed["dead"]) == (0, 1) and letter["name"].endswith("broken.pdf") and letter["why"]
        assert dragoman("queue", "--retry", "999", *at).returncode == 1
        assert dragoman("queue", "--retry", str(letter["id"]), *at).stdout == "1 dead letter put in line again\n"
        broken = dragoman("worker", "--once", *at)
        assert broken.returncode == 0 and re.search(r"(?m)Z warning worker: .*broken\.pdf: ", broken.stderr)
        assert json.loads(dragoman("queue", "--json", *at).stdout)["dead"] == 1
        assert dragoman("queue", "--retry", "all", "--json", *at).stdout == '{"schema": 1, "retried": 1}\n'
        assert dragoman("worker", "--once", *at).returncode == 0
        assert dragoman("queue", "--forget", "all", *at).stdout == "1 dead letter thrown away\n"
        assert json.loads(dragoman("queue", "--json", *at).stdout)["letters"] == []

    def test_what_feeds_bring_is_read_by_workers(self, dragoman: Run, postgres_library: str, tmp_path: Path) -> None:
        at = ("--library", postgres_library)
        with serving() as site:
            page = site.article("/a", "Rail bridge opens", "The rail bridge at Norwick opened on Monday, its engineer said.")
            feeds = tmp_path / "feeds.toml"
            feeds.write_text(f'[[feed]]\nurl = "{site.feed("/feed", "The Quay", item(page, "Rail bridge opens"))}"\n')
            watch = ("watch", feeds, "--once", "--queue", "--allow-host", "127.0.0.1", *at)
            assert "1 put in line, 0 failed" in dragoman(*watch).stderr
            assert dragoman(*watch).returncode == 0 and [path for path, _ in site.log].count("/a") == 1
        read = dragoman("worker", "--once", "--log-format", "json", *at)
        logged = [json.loads(row) for row in read.stderr.splitlines()]
        assert {(row["level"], row["logger"]) for row in logged} == {("info", "worker")} and read.stdout == ""
        assert logged[-1]["message"] == "1 read: 1 new"
        assert "The rail bridge at Norwick opened" in dragoman("ask", "When did the rail bridge at Norwick open?", *at).stdout

    def test_without_anything_to_read_nothing_is_put_in_line(
        self, dragoman: Run, postgres_library: str, tmp_path: Path
    ) -> None:
        done = dragoman("ingest", "--queue", tmp_path / "none.txt", "--library", postgres_library)
        assert done.returncode == 1 and "0 put in line" in done.stdout


def test_a_server_that_is_not_there_is_one_line(dragoman: Run, folder: Path) -> None:
    for command in (("ingest", "--queue", folder), ("worker",), ("queue",)):
        done = dragoman(*command, "--library", "postgresql://127.0.0.1:1/news")
        assert done.returncode == 1 and done.stderr.count("\n") == 1 and "cannot be reached" in done.stderr


@pytest.mark.parametrize("command", [("ingest", "--queue", "a.txt"), ("worker", "--once"), ("queue",)])
def test_a_folder_has_no_queue(dragoman: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    done = dragoman(*command, "--library", tmp_path / "library")
    assert done.returncode == 1 and "several machines share: --library postgresql://HOST/NAME" in done.stderr
    assert not (tmp_path / "library").exists()


def test_what_is_no_dead_letter_is_wrong_usage(dragoman: Run) -> None:
    assert dragoman("queue", "--retry", "some").returncode == 2
    assert dragoman("queue", "--retry", "all", "--forget", "1").returncode == 2
