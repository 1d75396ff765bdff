"""Input that means harm: each item costs one clear line, the rest is read, memory stays bounded."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import SourceError
from index.ingest.sources import read
from index.records import Article
from tests.index.ingest.formats.test_files import make_pdf
from tests.support.feed_server import item, serving
from tests.support.library import COMMAND, environment

MB = 2**20
STORY = "The council of Norby met on Monday and voted for the second pier."
LAUGHS = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
)
BOMB = gzip.compress(b"\0" * 10**7) * 40  # 400 MB in 400 KB


def line(start: bytes) -> Callable[[Path], object]:
    """A file of 100 MB with no line feed in it (sparse: it takes no disk)."""

    def write(file: Path) -> None:
        with file.open("wb") as stream:
            stream.write(start + b"word " * 2000)
            stream.truncate(100 * MB)

    return write


def holds(data: bytes | str) -> Callable[[Path], object]:
    return lambda file: file.write_bytes(data.encode() if isinstance(data, str) else data)


def word_bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * (70 * 10**6) + b"</a>")
    return file.getvalue()


def feed(text: str, prolog: str = "") -> str:
    entry = f"<item><title>T</title><description>{text}</description></item>"
    return f'{prolog}<rss version="2.0"><channel><title>N</title>{entry}</channel></rss>'


def word(*members: tuple[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


def paragraphs(inside: str, depth: int) -> tuple[str, str]:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return "word/document.xml", f"<w:document {space}>{'<w:p>' * depth}{inside}{'</w:p>' * depth}</w:document>"


def nested_message(levels: int) -> str:
    parts = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(levels))
    return f"Subject: s\nMIME-Version: 1.0\n{parts}Content-Type: text/plain\n\n{STORY}\n"


def archived(length: str) -> str:
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: {length}\r\n\r\n"
    return f"{head}HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>{STORY}</p>\r\n\r\n"


RUN = f"<w:r><w:t>{STORY}</w:t></w:r>"
LOOP = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"]

# name -> (what to write, part of the one line that it costs)
REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "bomb.txt.gz": (holds(BOMB), "16 MB"),
    "bomb.html.gz": (holds(BOMB), "attack"),
    "bomb.csv.xz": (holds(lzma.compress(b"x" * (70 * MB))), "attack"),
    "bomb.warc.gz": (holds(BOMB), "damaged"),
    "bomb.docx": (holds(word_bomb()), "unpacked"),
    "nested.html.gz": (
        holds(gzip.compress(gzip.compress(gzip.compress(gzip.compress(gzip.compress(STORY.encode())))))),
        "packed",
    ),
    "line.txt": (line(b""), "16 MB"),
    "line.jsonl": (line(b'{"text": "'), "16 MB"),
    "line.html": (line(b"<html><p>"), "60 MB"),
    "line.csv": (line(b"text\n"), "60 MB"),
    "line.eml": (line(b"Subject: x\n\n"), "60 MB"),
    "line.rss": (line(b"<rss><channel><title>"), "60 MB"),
    "line.pdf": (line(b"%PDF-1.7 "), "60 MB"),
    "line.warc": (line(b"WARC/1.0 "), "no page"),
    "laughs.docx": (holds(b"PK\x03\x04" + LAUGHS.encode()), "damaged"),
    "deep.html": (holds("<html><body>" + "<div>" * 10_000 + STORY), "no article text"),
    "deep.rss": (holds("<rss><channel>" + "<item>" * 10_000), "10,000 empty entries"),
    "deep.jsonl": (holds('{"text": ' + "[" * 100_000), "nested too deeply"),
    "tags.html": (holds("<html><body>" + "<p>a</p>" * 300_000), "tags"),
    "latin.txt": (holds("Café".encode("latin-1")), "not UTF-8"),
    "nul.txt": (holds(b"The mayor\0spoke."), "not UTF-8"),
    "latin.jsonl": (holds(b'{"text": "caf\xe9"}'), "not UTF-8"),
    "loop.pdf": (holds(make_pdf([], LOOP)), "PDF"),
    "prev.pdf": (holds(b"%PDF-1.4\nxref\n0 1\n0 65535 f \ntrailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF"), "PDF"),
    "entries.rss": (holds(feed(f"{STORY}</description></item><item><description>" * 200_000)), "larger than 20,000,000"),
    "attributes.rss": (holds("<rss " + " ".join(f'a{n}="1"' for n in range(1_000_000)) + ">"), "one tag"),
    "multipart.eml": (holds(nested_message(5_000)), "could not be read"),
    "forwarded.eml": (holds("Content-Type: message/rfc822\n\n" * 5_000 + STORY), "could not be read"),
    "negative.warc": (holds(archived("-5") + archived("9" * 20)), "damaged"),
    "cell.csv": (holds("text\n" + "word " * 4_000_000), "16 MB"),
    "digits.jsonl": (holds('{"text": "x", "n": ' + "9" * 5_000_000 + "}"), "4,300 digits"),
    "deep.docx": (holds(word(paragraphs(RUN, 100_000))), "damaged"),
    "empty.pdf": (holds(b""), "empty"),
    "empty.warc.gz": (holds(b""), "no page"),
}
TAKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "attributes.html": (holds("<html><body " + " ".join(f"a{n}=1" for n in range(50_000)) + f"><p>{STORY}</p>"), STORY),
    "encoding.html": (holds(b'<html><meta charset="utf-9"><p>' + STORY.encode() + b" Caf\xe9 \xff\x00</p>"), STORY),
    "utf16.jsonl": (holds(json.dumps({"text": STORY}).encode("utf-16-le")), STORY),
    "utf16.txt": (holds(STORY.encode("utf-16-le")), STORY),
    "encoding.eml": (holds(b"Subject: =?utf-99?q?=ff?=\nContent-Type: text/plain; charset=x\n\n\xff " + STORY.encode()), STORY),
    "nul.csv": (holds(f"title,text\nT\0,{STORY}\0\n"), STORY),
    "outside.docx": (holds(word(("../../../etc/passwd", "x"), ("/etc/passwd", "x"), paragraphs(RUN, 1))), STORY),
    "files.docx": (holds(word(*((str(n), "") for n in range(50_000)), paragraphs(RUN, 1))), STORY),
    "subject.eml": (holds("Subject: " + "=?utf-8?q?a?= " * 200_000 + f"\n\n{STORY}"), STORY),
    "nested.rss": (holds(feed(f"<![CDATA[{'<b>' * 500_000}{STORY}]]>")), STORY),
    "id.jsonl": (holds(json.dumps({"id": "a\0\ud800\x1b[31m\n" + "b" * 10_000, "text": STORY})), STORY),
    "control\n\x1b[31m.txt": (holds(STORY), STORY),
    "entity.rss": (
        holds(feed(f"{STORY} &x;", '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hosts">]>')), STORY
    ),
    "laughs.rss": (holds(feed(f"{STORY} &a11;", f"{LAUGHS}]>")), STORY),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("hostile") / "in"
    top.mkdir()
    for name, (write, _) in (REFUSED | TAKEN).items():
        write(top / name)
    (top / "out.txt").symlink_to("/etc/hosts")
    (top / "round").symlink_to(top)
    return top


@pytest.mark.parametrize("name", REFUSED)
def test_it_costs_one_line(folder: Path, name: str) -> None:
    (error,) = read([str(folder / name)])
    assert isinstance(error, SourceError) and REFUSED[name][1] in error.why
    assert str(error).isprintable() and len(error.why) < 250 and error.where.startswith(str(folder / name))


@pytest.mark.parametrize("name", TAKEN)
def test_what_is_readable_is_read(folder: Path, name: str) -> None:
    (found,) = read([str(folder / name)])
    assert isinstance(found, Article) and TAKEN[name][1] in found.text and found.id.isprintable()
    assert len(found.text) < 2000 and "localhost" not in found.text  # nothing grew, no file was included


def test_a_packed_row_without_an_end_is_given_up(folder: Path) -> None:
    (folder.parent / "bomb.jsonl.gz").write_bytes(gzip.compress(b'{"text": "One good row."}\n') + BOMB)
    good, row, rest = read([str(folder.parent / "bomb.jsonl.gz")])
    assert isinstance(good, Article) and isinstance(row, SourceError) and isinstance(rest, SourceError)
    assert "a row of more than" in row.why and "attack" in rest.why


@pytest.mark.parametrize(
    "date", ["99999-01-01", "-1", "9999-12-31", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00+14:00", "9999"]
)
def test_dates_at_the_end_of_time(tmp_path: Path, date: str) -> None:
    (tmp_path / "row.jsonl").write_text(json.dumps({"text": STORY, "date": date}))
    found = [one for one in read([str(tmp_path / "row.jsonl")]) if isinstance(one, Article)]
    assert len(found) == 1 and len(str(found[0].published)) < 40


def test_pipes_and_devices_in_a_folder_are_passed_over(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "self.txt").symlink_to("self.txt")
    (tmp_path / "good.txt").write_text(STORY)
    found = list(read([str(tmp_path)]))
    assert [isinstance(one, Article) for one in found] == [True, False, False]
    (device,) = read(["/dev/zero"])
    assert isinstance(device, SourceError)


MEASURED = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stderr=subprocess.DEVNULL).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is in other units")
def test_one_run_over_all_of_it(folder: Path, home: Path, tmp_path: Path) -> None:
    command = [*COMMAND, "ingest", "--library", str(tmp_path / "L"), "--json", str(folder)]
    # Linux counts the memory that a process had before `exec` as its own: a small one starts it, and not the tests' big one.
    measured = [sys.executable, "-c", MEASURED, *command]
    run = subprocess.run(measured, capture_output=True, text=True, env=environment(home), cwd=home)
    report, kilobytes = json.loads(run.stdout), int(run.stderr.splitlines()[-1])
    assert run.returncode == 0 and report["new"] == len(TAKEN)
    assert len(report["failed"]) == len(REFUSED) + 1  # and the link that leads out
    assert kilobytes < MB  # 1 GiB


def test_what_a_server_may_send(tmp_path: Path) -> None:
    with serving() as site:
        site.put("/bomb.html", gzip.compress(b"\0" * (70 * 10**6)), headers={"Content-Encoding": "gzip"})
        site.put("/packed.gz", BOMB, "application/gzip")
        site.put("/loop.html", "", status=302, headers={"Location": "/loop.html"}, validated=False)
        site.put("/away.html", "", status=302, headers={"Location": "http://169.254.169.254/"}, validated=False)
        site.put("/file.html", "", status=302, headers={"Location": "file:///etc/hosts"}, validated=False)
        site.article("/good.html", "A good page", STORY, STORY.replace("Monday", "Tuesday"))
        paths = ["/bomb.html", "/packed.gz", "/loop.html", "/away.html", "/file.html", "/good.html"]
        url = site.feed("/feed.xml", "N\x1b[31m", *(item(path) for path in paths), item("javascript:alert(1)", "T\u202e"))
        found = list(read([url], allow_hosts=["127.0.0.1"]))
    assert [isinstance(one, Article) for one in found] == [False] * 5 + [True, False]
    lines = [str(one) for one in found if isinstance(one, SourceError)]
    assert all(line.isprintable() for line in lines)
    words = ["unpacked", "(packed)", "redirects", "link-local", "http"]
    assert all(word in line for word, line in zip(words, lines, strict=False))
