"""The command line as a stranger uses it: real processes, a real library, exit codes, streams."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import warnings
from contextlib import closing
from pathlib import Path

import pexpect
import pytest

from bot.cli import main
from bot.cli.commands import library as commands
from index import Article, Index
from index.ingest.preparation import prepared
from tests.support.library import ARTICLES, BACKGROUND, COMMAND, Run, environment

pytestmark = pytest.mark.model

PORT = "When will the port of Sarvella reopen?"
STOPPED = "stopped. What was written is kept; the same command goes on from there."
NOWHERE = "How many submarines did Atlantis buy from Wakanda?"


def test_what_numpy_says_of_lanes_beyond_the_numbers_is_not_printed(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def warned(*args: object) -> int:
        for function in ("matmul", "log"):
            warnings.warn(f"invalid value encountered in {function}", RuntimeWarning, stacklevel=1)
        return 0

    monkeypatch.setattr(commands, "stats", warned)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        assert main.main(["--library", str(library), "stats"]) == 0
    assert [str(one.message) for one in told] == ["invalid value encountered in log"]


# ingest


def test_ingesting_again_changes_nothing_and_says_so(dragoman: Run, library: Path, articles: Path) -> None:
    done = dragoman("--library", library, "ingest", articles)
    assert done.returncode == 0
    assert done.stdout == f"0 new, 0 changed, {len(ARTICLES + BACKGROUND)} same, 0 failed: nothing changed\n"


def test_what_fails_costs_a_line_and_the_rest_is_done(dragoman: Run, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.jsonl"
    good.write_text("The lighthouse keeper retired on Friday.", encoding="utf-8")
    bad.write_text('{"id": "a", "text": "One row is fine."}\n{"id": "b", "text": \n', encoding="utf-8")
    done = dragoman("ingest", good, bad, tmp_path / "missing.txt", "--library", tmp_path / "L", "--json")
    row = json.loads(done.stdout)
    assert done.returncode == 0
    assert (row["schema"], row["new"], len(row["failed"])) == (1, 2, 2)
    failed = [line for line in done.stderr.splitlines() if line.startswith("failed  ")]
    assert any(f"{bad}:2" in line for line in failed) and any("missing.txt" in line for line in failed)


def test_a_terminal_gets_a_bar_that_leaves_nothing_behind(home: Path, library: Path, articles: Path) -> None:
    command = [*COMMAND, "ingest", str(articles), "--library", str(library)]
    child = pexpect.spawn(command[0], command[1:], env=environment(home), cwd=home, timeout=60, encoding="utf-8")
    child.expect("─ +[0-9]+%  [0-9]+ read")
    child.expect("finishing\r\x1b\\[K")
    child.expect("0 new, .* same, 0 failed: nothing changed\r\n")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_nothing_read_is_an_error(dragoman: Run, tmp_path: Path) -> None:
    done = dragoman("ingest", tmp_path / "missing.txt", "--library", tmp_path / "L")
    assert done.returncode == 1
    assert "missing.txt" in done.stderr and "Traceback" not in done.stderr


# ask


def test_a_piped_answer_is_plain_and_cited(dragoman: Run, library: Path) -> None:
    done = dragoman("ask", PORT, "--library", library)
    assert done.returncode == 0, done.stderr
    assert "3 June" in done.stdout and "[1]" in done.stdout
    source = "[1] Port of Sarvella to reopen in June, Coast Courier, 2024-05-14, en, https://courier.example/news/port-reopens"
    assert f"\n\n{source}" in done.stdout
    assert done.stderr == ""


def test_json_is_one_versioned_object(dragoman: Run, library: Path) -> None:
    done = dragoman("ask", "--json", "-", "--library", library, stdin=f"{PORT}\n")
    row = json.loads(done.stdout)
    assert done.returncode == 0
    assert row["schema"] == 1 and row["question"] == PORT and row["outcome"] == "answered"
    stored = {article["id"]: article["text"] for article in ARTICLES}
    citations = [citation for sentence in row["sentences"] for citation in sentence["citations"]]
    assert citations
    for citation in citations:
        assert stored[citation["article_id"]][citation["start"] : citation["end"]] == citation["quote"]


def test_no_evidence_is_exit_code_3(dragoman: Run, library: Path) -> None:
    done = dragoman("ask", NOWHERE, "--library", library)
    assert done.returncode == 3, done.stdout
    assert done.stdout.strip()


def test_escape_codes_of_an_article_do_not_get_out(dragoman: Run, library: Path) -> None:
    commands = (
        ["ask", "When does the ferry Aldona sail to Quay Nine?"],
        ["show", "evil-1"],
        ["search", "ferry Aldona"],
        ["stats"],
    )
    for args in commands:
        done = dragoman(*args, "--library", library)
        assert done.returncode == 0, done.stderr
        assert args[0] == "stats" or "Quay Nine" in done.stdout
        assert not set(done.stdout) & {chr(n) for n in (*range(10), *range(11, 32), *range(127, 160), 0x202E, 0x202C)}


def test_a_model_that_is_down_still_gives_an_answer_and_the_key_stays_secret(dragoman: Run, library: Path) -> None:
    remote = ["--model", "openai:none", "--base-url", "http://127.0.0.1:9/v1"]
    done = dragoman("ask", PORT, "--library", library, *remote, OPENAI_API_KEY="sk-test-never-print-me")
    assert done.returncode == 0, done.stderr
    assert "3 June" in done.stdout
    assert "never-print-me" not in done.stdout + done.stderr


# batches


def test_a_run_has_a_row_a_question_in_order_and_broken_rows_cost_a_line(dragoman: Run, library: Path, tmp_path: Path) -> None:
    rows = [
        json.dumps({"id": 7, "question": PORT, "unknown": "field"}),
        '{"id": "broken"',
        "",
        json.dumps({"id": "b", "question": NOWHERE, "as_of": "2024-06"}),
        json.dumps({"id": "c", "question": PORT, "as_of": "soon"}),
        json.dumps({"id": "d", "question": "And who said it?", "history": [{"role": "user", "content": PORT}]}),
        json.dumps({"id": "e", "question": PORT, "history": [{"role": "king", "content": "hm"}]}),
    ]
    file = tmp_path / "q.jsonl"
    file.write_text("\ufeff" + "\n".join(rows), encoding="utf-8")
    done = dragoman("ask", "--batch", file, "--format", "run", "--library", library)
    got = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["id"] for row in got] == [7, "b", "d"]
    assert done.returncode == 1
    assert [f"{file}:{n}" in done.stderr for n in (2, 4, 5, 7)] == [True, False, True, True]
    assert all(set(row) == {"id", "retrieved", "answer", "abstained", "citations"} for row in got)
    assert got[0]["retrieved"][0] == "port-1" and not got[0]["abstained"]
    assert got[0]["citations"][0].keys() == {"doc_id", "quote"}
    assert got[1]["abstained"] and got[1]["retrieved"]


def test_rows_of_a_run_come_one_by_one(home: Path, library: Path) -> None:
    command = [*COMMAND, "search", "--batch", "-", "--library", str(library)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(home), cwd=home) as process:
        assert process.stdin and process.stdout
        for id in ("first", "second"):  # the second is asked only after the first was answered
            process.stdin.write(json.dumps({"id": id, "question": PORT}).encode() + b"\n")
            process.stdin.flush()
            row = json.loads(process.stdout.readline())
            assert row["id"] == id and row["retrieved"][:1] == ["port-1"]
            assert len(row["retrieved"]) == len(set(row["retrieved"]))
        process.stdin.close()
    assert process.returncode == 0


# search and filters


def test_filters_narrow_the_search(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def found(*args: str) -> list[str]:
        main.main(["search", "port of Sarvella", "--json", "--library", str(library), *args])
        return [hit["article_id"] for hit in json.loads(capsys.readouterr().out)["hits"]]

    assert set(found("--lang", "es,zh")) == {"port-2", "rail-zh"}
    assert found("--outlet", "coast courier") == ["port-1"]
    # --until includes its whole month; a month overlaps a window that begins inside it
    assert set(found("--since", "2024-05-20", "--until", "2024-05")) == {"port-2"}
    assert found("--since", "2030") == []
    assert len(found("-k", "2")) == 2


def test_nothing_found_is_exit_code_3(dragoman: Run, library: Path) -> None:
    done = dragoman("search", "port", "--since", "2030", "--library", library)
    assert (done.returncode, done.stdout) == (3, "Nothing found.\n")


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--outlet", "Coast Courrier"], "did you mean 'Coast Courier'?"),
        (["--outlet", "courrier"], "did you mean 'Coast Courier'?"),
        (["--lang", "Englsh"], "did you mean 'en'?"),
        (["--lang", "klingon"], "there are: "),
        (["--outlet", "Zzyzx"], "there are: "),
    ],
)
def test_what_no_article_has_is_said_with_what_was_meant(dragoman: Run, library: Path, flags: list[str], said: str) -> None:
    for command in (["search", "port"], ["ask", "port"], ["chat"]):
        done = dragoman(*command, *flags, "--library", library)
        assert done.returncode == 1 and said in done.stderr and flags[1].lower() in done.stderr.lower()


@pytest.mark.parametrize("name", ["English", "Englisch"])
def test_a_language_may_be_named_in_words(dragoman: Run, library: Path, name: str) -> None:
    by_code, by_name = (dragoman("search", "port", "--lang", lang, "--library", library) for lang in ("en", name))
    assert by_name.returncode == 0 and by_name.stdout == by_code.stdout


def test_an_answer_is_worded_in_a_language_that_exists(dragoman: Run, library: Path) -> None:
    done = dragoman("ask", "--language", "xx", "port", "--library", library)
    assert done.returncode == 2 and "'xx' is no language" in done.stderr


# looking after the library


def test_show_gives_the_text_character_for_character(dragoman: Run, library: Path) -> None:
    rows = [json.loads(dragoman("show", id, "--json", "--library", library).stdout) for id in ("port-1", "port-1@1", "evil-1")]
    assert [row["text"] for row in rows] == [ARTICLES[0]["text"], ARTICLES[0]["text"], ARTICLES[4]["text"]]
    assert rows[0]["published_from"] == "2024-05-14T00:00:00Z" and rows[0]["published_to"] == "2024-05-15T00:00:00Z"
    missing = dragoman("show", "port-1@9", "--library", library)
    assert missing.returncode == 1 and "port-1@9" in missing.stderr


def test_export_is_every_article_as_jsonl(dragoman: Run, library: Path) -> None:
    done = dragoman("export", "--library", library)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    names = "id version title text published_from published_to date_source outlet agency authors lang url origin"
    assert done.returncode == 0 and len(rows) == len(ARTICLES + BACKGROUND)
    assert all(list(row) == ["schema", *names.split()] or list(row) == names.split() for row in rows)
    assert {row["id"]: row["text"] for row in rows} == {row["id"]: row["text"] for row in ARTICLES + BACKGROUND}
    assert "\x1b" not in done.stdout and "\x9b" not in done.stdout and "\u202e" not in done.stdout


def test_delete_then_stats_then_doctor(dragoman: Run, library: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(library, copy)
    refused = dragoman("delete", "port-1", "nowhere", "--library", copy, "--json")
    assert refused.returncode == 1 and "--yes" in refused.stderr and "\n  port-1  " in refused.stderr and not refused.stdout
    done = dragoman("delete", "port-1", "nowhere", "--library", copy, "--json", "--yes")
    assert done.returncode == 1 and "nowhere" in done.stderr
    assert json.loads(done.stdout) == {"schema": 1, "deleted": 1, "missing": ["nowhere"]}
    assert "port-1" not in dragoman("search", "port of Sarvella", "--library", copy).stdout
    stats = json.loads(dragoman("stats", "--json", "--library", copy).stdout)
    assert (stats["articles"], stats["deleted"]) == (len(ARTICLES + BACKGROUND) - 1, 1)
    health = dragoman("doctor", "--rebuild", "--json", "--library", copy)
    row = json.loads(health.stdout)
    assert health.returncode == 0 and row["ok"] is True and row["passages"] == row["vectors"] > 0


def test_show_diff_says_what_a_new_version_changed(dragoman: Run, tmp_path: Path) -> None:
    for text in ("Nine are hurt. The road is closed.", "Ten are hurt. The road is closed."):
        row = json.dumps({"id": "road", "text": text, "lang": "en"})
        assert dragoman("ingest", "-", "--library", tmp_path / "L", stdin=row + "\n").returncode == 0
    shown = dragoman("show", "road", "--diff", "--library", tmp_path / "L")
    assert shown.stdout.splitlines()[1:] == ["- Nine are hurt.", "+ Ten are hurt."]
    row = json.loads(dragoman("show", "road@2", "--diff", "--json", "--library", tmp_path / "L").stdout)
    assert (row["from"], row["to"], row["changes"][0]["new"]) == (1, 2, "Ten are hurt.")
    first = dragoman("show", "road@1", "--diff", "--library", tmp_path / "L")
    assert first.returncode == 1 and "no version before" in first.stderr


def test_ingesting_nothing_that_is_there_makes_no_library(dragoman: Run, tmp_path: Path) -> None:
    done = dragoman("ingest", tmp_path / "no.txt", tmp_path / "none", "--library", tmp_path / "L", "--json")
    assert done.returncode == 1 and done.stderr.count("no such file") == 2
    assert len(json.loads(done.stdout)["failed"]) == 2 and not (tmp_path / "L").exists()
    (tmp_path / "a.txt").write_text("The bridge at Elmby was opened on Tuesday by the mayor.", encoding="utf-8")
    done = dragoman("ingest", tmp_path / "no.txt", tmp_path / "a.txt", "--library", tmp_path / "L", "--json")
    assert done.returncode == 0 and done.stderr.count("no such file") == 1
    assert (json.loads(done.stdout)["new"], len(json.loads(done.stdout)["failed"])) == (1, 1)


def test_delete_asks_first_on_a_terminal(home: Path, library: Path) -> None:
    command = [*COMMAND, "delete", "port-1", "--library", str(library)]
    child = pexpect.spawn(command[0], command[1:], env=environment(home), cwd=home, timeout=60, encoding="utf-8")
    child.expect_exact("Delete 1 article for good? [y/N]")
    child.send("\r")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 1
    with Index(library) as index:
        assert index.article("port-1")


def test_no_library_and_an_empty_one_say_what_to_do(dragoman: Run, tmp_path: Path) -> None:
    missing = dragoman("ask", "Anything?", "--library", tmp_path / "none")
    assert missing.returncode == 1 and "dragoman ingest" in missing.stderr and not (tmp_path / "none").exists()
    Index(tmp_path / "L").close()
    empty = dragoman("ask", "Anything?", "--library", tmp_path / "L")
    assert empty.returncode == 3
    assert "No articles yet" in empty.stderr and f"dragoman ingest --library {tmp_path / 'L'} PATH" in empty.stderr


# usage, settings, signals


@pytest.mark.parametrize(
    "args",
    [
        ["ask"],
        ["ask", "Q", "--batch", "f"],
        ["ask", "--batch", "f", "--json"],
        ["search", "Q", "-k", "0"],
        ["ask", "Q", "--since", "tomorrow"],
        ["ask", "Q", "--format", "xml"],
        ["nonsense"],
        [],
    ],
)
def test_wrong_usage_is_exit_code_2(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main.main(args)
    assert stop.value.code == 2
    assert re.search("^usage: dragoman|--help has more", capsys.readouterr().err)


def test_a_wrong_setting_is_one_line_that_names_file_and_key(dragoman: Run, tmp_path: Path) -> None:
    config = tmp_path / "my.toml"
    config.write_text('modle = "openai:x"\n', encoding="utf-8")
    done = dragoman("stats", "--config", config)
    assert done.returncode == 1
    assert done.stderr == f"dragoman: {config}: setting 'modle' does not exist; did you mean 'model'?\n"


def test_a_mistyped_variable_is_one_line_that_names_what_was_meant(dragoman: Run, library: Path) -> None:
    done = dragoman("stats", "--library", library, DRAGOMAN_MODLE="openai:x")
    assert done.returncode == 1
    assert done.stderr == "dragoman: the variable DRAGOMAN_MODLE is no setting; did you mean DRAGOMAN_MODEL?\n"
    others = {"DRAGOMAN_PORT": "tcp://10.0.0.1:80", "DRAGOMAN_SERVICE_HOST": "10.0.0.1", "DRAGOMAN_HTTP_TOKEN_PRESS": "secret"}
    assert dragoman("stats", "--library", library, **others).returncode == 0


def test_stats_say_the_first_and_the_last_day(dragoman: Run, library: Path) -> None:
    assert "\npublished  2024-02-02 to 2024-05-31\n" in dragoman("stats", "--library", library).stdout


def test_one_passage_is_one(dragoman: Run, tmp_path: Path) -> None:
    row = json.dumps({"id": "a", "text": "The tunnel at Elmby reopened on Monday.", "lang": "en"})
    done = dragoman("ingest", "-", "--library", tmp_path / "L", stdin=f'{row}\n{{"id": "b", "text": "a\x01b"}}\n')
    assert done.stdout == "1 new, 0 changed, 0 same, 1 failed (1 passage written)\n"
    assert "Invalid control character at column " in done.stderr


def test_what_is_set_aside_is_named_and_tried_again_when_asked_to(dragoman: Run, tmp_path: Path) -> None:
    at = ("--library", tmp_path / "L")
    with Index(tmp_path / "L") as index:  # as three processes have left it that ended there
        index.storage.put(
            prepared([Article(id="minutes", text="The tunnel at Elmby reopened on Monday.", lang="en")], index.embeddings)
        )
        for _ in range(3):
            index.storage.attempts.count(["minutes"])
    done = dragoman("ingest", "-", *at, stdin='{"id": "b", "text": "The bridge at Elmby is closed.", "lang": "en"}\n')
    assert (
        done.stdout.startswith("1 new, 0 changed, 0 same, 0 failed") and done.stderr.count("aside   minutes: set aside, ") == 1
    )
    assert "\nset aside  minutes: " in dragoman("stats", *at).stdout
    assert json.loads(dragoman("stats", "--json", *at).stdout)["set_aside"] == ["minutes"]
    checked = dragoman("doctor", *at)
    assert checked.returncode == 0 and "\naside    minutes: set aside, " in "\n" + checked.stdout
    assert "2 passages and titles, 1 of them in Chroma" in checked.stdout
    again = dragoman("doctor", "--retry", *at).stdout
    assert "aside    " not in again and "2 passages and titles, 2 of them in Chroma" in again


def test_what_was_deleted_stays_so_and_it_is_said_how_to_have_it_back(dragoman: Run, tmp_path: Path) -> None:
    file, at = tmp_path / "tunnel.txt", ("--library", tmp_path / "L")
    file.write_text("The tunnel at Elmby reopened on Monday.", encoding="utf-8")
    assert dragoman("ingest", file, *at).returncode == 0
    with Index(tmp_path / "L") as index:
        (article,) = index.articles()
    assert dragoman("delete", article.id, "--yes", *at).returncode == 0
    again = dragoman("ingest", file, *at).stdout
    assert (
        again.startswith("0 new, 0 changed, 0 same, 1 deleted before, 0 failed: nothing changed. ")
        and "give it another" in again
    )
    file = file.rename(tmp_path / "elmby.txt")
    assert dragoman("ingest", file, *at).stdout.startswith("1 new, ")


def test_where_no_article_may_be_seen_nothing_is_counted(dragoman: Run, tmp_path: Path) -> None:
    row = json.dumps({"id": "a", "text": "The tunnel at Elmby reopened on Monday.", "lang": "en", "date": "2024-05-14"})
    assert dragoman("ingest", "-", "--library", tmp_path / "L", stdin=f"{row}\n").returncode == 0
    done = dragoman("ask", "Is the tunnel at Elmby open?", "--as-of", "1950", "--library", tmp_path / "L")
    assert (done.returncode, done.stdout) == (3, "No evidence found in what may be seen here.\n")


def test_settings_reach_commands_from_everywhere(dragoman: Run, library: Path, tmp_path: Path) -> None:
    config = tmp_path / "my.toml"
    config.write_text(f"library = '{library}'\n", encoding="utf-8")
    runs = [
        dragoman("stats", "--config", config),
        dragoman("--config", config, "stats"),
        dragoman("stats", DRAGOMAN_LIBRARY=str(library)),
        dragoman("stats", "--library", library, DRAGOMAN_LIBRARY=str(tmp_path / "none")),
    ]
    assert [run.returncode for run in runs] == [0, 0, 0, 0]
    assert len({run.stdout for run in runs}) == 1


def test_an_unexpected_exception_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(_: object) -> int:
        raise RuntimeError("the \x1b[1msky fell")

    monkeypatch.delenv("DRAGOMAN_DEBUG", raising=False)
    monkeypatch.setattr(commands, "stats", broken)
    broken.__name__ = "stats"
    assert main.main(["stats"]) == 1
    assert capsys.readouterr().err == "dragoman: RuntimeError: the \ufffd[1msky fell (DRAGOMAN_DEBUG=1 shows where)\n"
    monkeypatch.setenv("DRAGOMAN_DEBUG", "1")
    with pytest.raises(RuntimeError):
        main.main(["stats"])


def test_a_reader_that_goes_away_gets_no_traceback(home: Path, library: Path) -> None:
    command = [*COMMAND, "export", "--library", str(library)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(home), cwd=home) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        errors = process.stderr.read()
    assert (process.returncode, errors) == (141, b"")


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_ingestion_that_is_stopped_says_so_and_doctor_goes_on_with_it_in_sight(
    home: Path, tmp_path: Path, sent: signal.Signals, code: int
) -> None:
    rows, folder = tmp_path / "many.jsonl", tmp_path / "L"
    text = "The council of district {0} met about bridge {0} and its toll. " * 2
    rows.write_text("".join(json.dumps({"id": f"{n}", "text": text.format(n)}) + "\n" for n in range(4_000)), encoding="utf-8")
    command = [*COMMAND, "ingest", "--library", str(folder), str(rows)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(home), cwd=home) as process:
        while process.poll() is None and not written(folder):
            threading.Event().wait(0.05)
        process.send_signal(sent)
        _, errors = process.communicate(timeout=120)
    assert process.returncode == code, errors.decode()
    *progress, last = errors.decode().splitlines()
    assert last == f"dragoman: {STOPPED}"
    assert all(re.fullmatch("[0-9]+ read", line) for line in progress)
    assert 0 < written(folder) < 4_000

    command = [*COMMAND, "doctor", "--library", str(folder)]
    child = pexpect.spawn(command[0], command[1:], env=environment(home), cwd=home, timeout=60, encoding="utf-8")
    child.expect("[0-9,]+ passages to embed")
    child.kill(sent)
    child.expect_exact(STOPPED)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == code


def test_an_interrupt_while_a_module_is_loaded_is_exit_code_130(home: Path, tmp_path: Path) -> None:
    (tmp_path / "interrupted.py").write_text(
        "import sys\n"
        "from bot.cli import main\n"
        "from bot.cli.commands import library\n"
        "def stats(_):\n"
        "    exec('raise KeyboardInterrupt')  # as where a dataclass is made\n"
        "library.stats = stats\n"
        "sys.exit(main.main(['stats']))\n"
    )
    env = environment(home)
    env["PYTHONPATH"] = os.pathsep.join((str(tmp_path), env["PYTHONPATH"]))
    done = subprocess.run([sys.executable, "-m", "interrupted"], capture_output=True, env=env, cwd=home, check=False)
    assert (done.returncode, done.stderr) == (130, b"")


def written(folder: Path) -> int:
    """Articles that are in a library on disk, whoever writes it."""
    try:
        with closing(sqlite3.connect(f"file:{folder / 'library.db'}?mode=ro", uri=True)) as db:
            (count,) = db.execute("SELECT count(*) FROM articles").fetchone()
            return int(count)
    except sqlite3.Error:  # not made yet
        return 0


def test_interrupted_is_exit_code_130_and_no_traceback(home: Path, library: Path) -> None:
    command = [*COMMAND, "search", "--batch", "-", "--library", str(library)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, env=environment(home), cwd=home) as process:  # type: ignore[call-overload]
        process.stdin.write(b'{"id": "a", "question": "port"}\n')
        process.stdin.flush()
        assert b'"id": "a"' in process.stdout.readline()  # it runs, and waits for the next row
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate()
    assert (process.returncode, errors) == (130, b"")


def test_a_mistyped_beat_is_an_error_that_lists_the_beats(tmp_path: Path) -> None:
    from argparse import Namespace

    from bot.cli.brief_command import beat
    from index.errors import SettingsError

    config = tmp_path / "dragoman.toml"
    config.write_text('[beats.strait]\ntopics = ["Amber Strait"]\n[beats.ports]\ntopics = ["ports"]\n', encoding="utf-8")
    given = Namespace(
        beat="starit", config=str(config), topic=[], person=[], place=[], outlet=[], lang=[], length=None, language=None
    )
    with pytest.raises(SettingsError, match=r"no beat 'starit'\. Beats: strait, ports"):
        beat(given)
    given.topic = ["grain"]
    assert beat(given).topics == ("grain",)
    config.write_text("", encoding="utf-8")
    given.topic = []
    assert beat(given).topics == ("starit",)  # no beats at all: a topic
