"""What is wrong with files, folders, ports and flags is said in one line that says what to do, with the right exit code."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest

from bot.cli.flags import disagreement
from bot.cli.grammar import parser
from bot.cli.main import main
from bot.web.server import try_to_listen
from index.errors import SettingsError
from index.index import Index
from index.records import Article
from tests.support import permissions
from tests.support.embedding import HashEmbeddings


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """With one article, and with what vectors leave beside it."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    with Index(tmp_path / "library", embeddings=HashEmbeddings()) as index:
        index.add([Article(id="a", text="The harbour reopened on Monday.")])
    (tmp_path / "library" / "chroma").mkdir(exist_ok=True)
    (tmp_path / "library" / "chroma" / "chroma.sqlite3").touch()
    return tmp_path / "library"


def said(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str]:
    """The exit code, and the one line on standard error; of wrong usage, with which argparse shows the usage, the last."""
    capsys.readouterr()
    try:
        code = main(list(map(str, words)))
    except SystemExit as end:  # argparse's
        assert isinstance(end.code, int)
        code = end.code
    *before, line = capsys.readouterr().err.strip().splitlines()
    assert not before or (code == 2 and before[0].startswith("usage: "))
    assert "Traceback" not in line and "Errno" not in line
    return code, line


@pytest.mark.parametrize("command", [("ask", "Where?"), ("doctor",), ("stats",), ("quotes",), ("ingest", "x.txt")])
def test_an_empty_file_beside_vectors_is_a_lost_library(
    library: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.txt").write_text("The tunnel is closed.", encoding="utf-8")
    (library / "library.db").write_bytes(b"")
    for suffix in ("-wal", "-shm"):
        (library / f"library.db{suffix}").unlink(missing_ok=True)
    code, line = said(capsys, *command, "--library", library)
    assert code == 1 and "library.db is empty: the articles that chroma/ beside it was made of are lost" in line
    assert "Put a copy" in line and (library / "library.db").stat().st_size == 0


def test_a_missing_file_beside_vectors_is_said_and_ingest_begins_anew(
    library: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for file in library.glob("library.db*"):
        file.unlink()
    code, line = said(capsys, "doctor", "--library", library)
    assert code == 1 and "library.db is missing" in line
    with Index(library, embeddings=HashEmbeddings()) as index:
        index.add([Article(id="b", text="The tunnel is closed.")])
    (library / "library.db").rename(tmp_path / "kept")
    (library / "library.db").mkdir()
    assert "library.db is a folder" in said(capsys, "stats", "--library", library)[1]
    assert "kept is a file: a library is a folder" in said(capsys, "stats", "--library", tmp_path / "kept")[1]


def test_a_draft_that_cannot_be_read(library: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "half.pdf").write_bytes(b"%PDF-1.4\n1 0 obj")
    for name, why in (("nosuch.txt", "no such file"), ("", "is a directory"), ("empty.txt", "there is no text in it")):
        code, line = said(capsys, "verify", tmp_path / name, "--library", library)
        assert code == 1 and str(tmp_path) in line and why in line
    assert said(capsys, "verify", tmp_path / "half.pdf", "--library", library)[0] == 1


def test_a_draft_in_another_encoding_is_read(library: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    text = "La alcaldesa señaló el miércoles en la reunión: “El puerto reabrirá mañana, después de once años de obras.” "
    draft.write_bytes((text * 3).encode("windows-1252"))
    Index(tmp_path / "empty").close()
    main(["verify", str(draft), "--library", str(tmp_path / "empty")])
    assert "3 quotations:" in capsys.readouterr().out


@pytest.mark.skipif(os.name == "nt", reason="permissions are other ones")
def test_a_library_without_permission(
    library: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if not permissions.hold(tmp_path):
        return permissions.again(request)
    library.chmod(0)
    code, line = said(capsys, "ask", "Where?", "--library", library)
    library.chmod(0o700)
    assert code == 1 and "Check its permissions" in line
    (tmp_path / "news").mkdir(mode=0)
    main(["ingest", str(tmp_path / "news"), "--library", str(tmp_path / "new")])
    (tmp_path / "news").chmod(0o700)
    told = capsys.readouterr()
    assert told.err.count("failed  ") == 1 and "permission denied" in told.err and "1 failed" in told.out


@pytest.mark.parametrize(
    ("name", "text"), [("a.jsonl", ""), ("b.jsonl", "\n\n"), ("c.csv", "id,title,text\n"), ("d.xml", "<rss><channel/></rss>")]
)
def test_a_file_without_an_article_says_so(
    library: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    code, line = said(capsys, "ingest", tmp_path / name, "--library", tmp_path / "new")
    assert code == 1 and name in line and "there is no article in it" in line


def test_a_batch_without_a_question_says_so(library: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").touch()
    code, line = said(capsys, "search", "--batch", tmp_path / "none.jsonl", "--library", library)
    assert code == 1 and "there is no question in it" in line


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("ask", "Where?", "--since", "2021", "--until", "2020"), "--since 2021 lies after --until 2020"),
        (("delete", "--older-than", "5x"), "90d, 12w, 2y"),
        (("serve", "--port", "99999"), "'99999' is not a port"),
        (("brief", " "), "a beat or a topic is needed"),
        (("brief", "x", "--topic", ""), "a beat or a topic is needed"),
    ],
)
def test_wrong_usage_returns_2(library: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], why: str) -> None:
    code, line = said(capsys, *words, "--library", library)
    assert code == 2 and why in line


@pytest.mark.parametrize(
    ("words", "said_so"),
    [
        (("serach", "x"), "dragoman: error: there is no command 'serach'; did you mean search? (dragoman --help has more)"),
        (("aks", "x"), "there is no command 'aks'; did you mean ask?"),
        (("xyzzy",), "there is no command 'xyzzy'; there are: ingest, watch,"),
        (("Who won the vote?",), 'to ask: dragoman ask "Who won the vote?"'),
        (("--libary", "x", "ask", "y"), "dragoman: error: there is no flag --libary; did you mean --library?"),
        (("ask", "x", "--outlte", "y"), "dragoman ask: error: there is no flag --outlte; did you mean --outlet?"),
        (("brief", "--topc=x", "y"), "there is no flag --topc=x; did you mean --topic?"),
        (("stats", "--jsno"), "there is no flag --jsno; did you mean --json?"),
        (("stats", "--qqqq"), "there is no flag --qqqq (dragoman stats --help has more)"),
        (("ask", "x", "--format", "jsn"), "there is no --format 'jsn'; did you mean json?"),
        (("--json", "ask", "x"), "dragoman: error: --json stands behind the command: dragoman ask --json (dragoman --help has"),
        (("--limit=3", "quotes"), "error: --limit stands behind the command: dragoman quotes --limit"),
        (("--outlet", "Gazette", "search", "x"), "error: --outlet stands behind the command: dragoman search --outlet"),
        (("--json", "serve"), "error: there is no flag --json; did you mean"),
        (("show", "a", "b"), "there is a word too many: 'b'"),
    ],
)
def test_what_was_meant_is_asked_in_one_line(capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said_so: str) -> None:
    with pytest.raises(SystemExit) as end:
        main(list(words))
    told = capsys.readouterr().err
    assert end.value.code == 2 and told.count("\n") == 1 and said_so in told


def test_rows_that_failed_without_a_line_of_their_own_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = '{"text": "The tunnel is closed until Friday."}\n', '{"body": ""}\n'
    (tmp_path / "some.jsonl").write_text(good + bad * 500, encoding="utf-8")
    (tmp_path / "none.jsonl").write_text(bad * 7, encoding="utf-8")
    at = ("--library", str(tmp_path / "new"))
    assert main(["ingest", str(tmp_path / "none.jsonl"), *at]) == 1
    assert capsys.readouterr().out == "0 new, 0 changed, 0 same, 7 failed: nothing was read\n"
    assert main(["ingest", str(tmp_path / "some.jsonl"), *at]) == 0
    assert capsys.readouterr().out == "1 new, 0 changed, 0 same, 500 failed (1 passage written)\n"
    assert main(["ingest", str(tmp_path / "some.jsonl"), str(tmp_path / "none.jsonl"), "--json", *at]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (len(told["failed"]), told["failed_more"]) == (4, 503)


def test_the_exit_code_where_some_failed_and_where_all_did(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    good.write_text('{"text": "The tunnel is closed until Friday."}', encoding="utf-8")
    bad.write_text('{"text": ""}', encoding="utf-8")
    at = ("--library", str(tmp_path / "new"))
    assert main(["ingest", str(bad), *at]) == 1
    assert capsys.readouterr().out == "0 new, 0 changed, 0 same, 1 failed: nothing was read\n"
    assert main(["ingest", str(good), str(bad), *at]) == 0
    assert main(["ingest", "--strict", str(good), str(bad), *at]) == 1
    assert main(["ingest", "--strict", str(good), *at]) == 0


def test_a_batch_row_under_other_names_says_which(library: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text('{"id": 1, "query": "Where?"}', encoding="utf-8")
    assert (
        'a "question" that is not empty; there is: id, query'
        in said(capsys, "search", "--batch", tmp_path / "rows.jsonl", "--library", library)[1]
    )


def test_a_day_in_the_month_that_ends_a_time_is_no_disagreement() -> None:
    words = ["quotes", "--since", "2021-02-03", "--until", "2021-02"]
    assert disagreement(parser(words).parse_args(words)) == ""


def test_a_port_in_use_and_an_address_of_nobody() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"127.0.0.1:{port}: cannot listen there .*; choose another with --port"):
            try_to_listen("127.0.0.1", port)
    try_to_listen("127.0.0.1", port)
    with pytest.raises(SettingsError, match="check --host"):
        try_to_listen("999.1.1.1", 0)


def test_a_provider_that_does_not_exist(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, line = said(capsys, "ask", "Where?", "--model", "foo:bar", "--library", library)
    assert code == 1 and "there is no provider 'foo'" in line


def test_a_check_that_reaches_nothing_fails_and_says_so_once(
    library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}/"
    assert main(["slack", "--check", "--api-url", nobody, "--library", str(library)]) == 1
    told = capsys.readouterr()
    assert told.out.count(f"{nobody} cannot be reached") == 2 and "urlopen" not in told.out + told.err
