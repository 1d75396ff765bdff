"""What the user names on the command line -> Article, or SourceError for that one item.

    paths -> finding.py -> one reader by suffix -> Article | SourceError
                         .txt .text .md .markdown    _text
                         .jsonl .ndjson              _rows
                         .html .xml .pdf .docx ...   _document, by documents.py
                         .warc .arc                  _archive, likewise
                         .gz .xz                     the same, decompressed on the way
    http(s)://  -> documents.from_url

A new format is one row of index/ingest/formats/registry.py. Nothing here raises
for a bad item: the error is yielded in its place and the run goes on. Text is stored character for character, as decoded.
"""

from __future__ import annotations

import codecs
import gzip
import io
import lzma
import os
import re
import sys
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from index.errors import SourceError
from index.ingest import documents as incoming
from index.ingest.damaged import without_damage
from index.ingest.finding import KNOWN, Found, found, reason, suffix
from index.ingest.formats import archives, email, jsonl, plain_text
from index.ingest.formats.detect import kind
from index.ingest.formats.encoding import HELP as ENCODING_HELP
from index.ingest.formats.encoding import wide
from index.ingest.formats.plain_text import printable
from index.ingest.formats.registry import FORMATS
from index.ingest.http.polite import Web
from index.records import Article

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

TEXT_LIMIT = 16 * 2**20  # bytes of one article or one JSONL row, decompressed: 15 novels; more is a mistake or an attack
FILE_LIMIT = 8 * 2**30  # decompressed bytes of one compressed file; one that is not compressed may be of any size


@dataclass(frozen=True, slots=True)
class _File:
    """One open input."""

    stream: BinaryIO  # decompressed
    where: str  # for messages: as the user wrote it
    id: str  # path below the ingested folder, printable
    name: str = ""  # without .gz or .xz
    markdown: bool = False
    compressed: bool = False


def read(
    paths: Iterable[str | os.PathLike[str]], *, stdin: BinaryIO | None = None, allow_hosts: Collection[str] = ()
) -> Iterator[Article | SourceError]:
    """Read files, folders and URLs, in order; "-" is standard input (a document by its first bytes, else JSONL or one text).

    Folders are read recursively, sorted by name; hidden files and links that lead out of the folder are not followed. Feeds and
    sitemaps named by URL are followed to their pages. `allow_hosts` may be fetched although they are private. Yields an
    Article or a SourceError an item (both for a row that was read without its date), and raises none. One row is in memory at
    a time.
    """
    yield from without_damage(_read(paths, stdin, Web(allow_hosts)))


def _read(paths: Iterable[str | os.PathLike[str]], stdin: BinaryIO | None, web: Web) -> Iterator[Article | SourceError]:
    for one in found(paths):
        yield from read_found(one, web, stdin=stdin) if isinstance(one, Found) else (one,)


def read_found(one: Found, web: Web, *, stdin: BinaryIO | None = None) -> Iterator[Article | SourceError]:
    """`read` for one of what `finding.found` gives, before the last look of `without_damage`."""
    match one.kind:
        case "url":
            yield from incoming.from_url(one.path, web)
        case "stdin":
            yield from _guarded(_sniffed, _File(stdin or sys.stdin.buffer, "-", "-"))
        case "file":
            try:
                with Path(one.path).open("rb") as raw:
                    yield from read_file(raw, one.path, one.id)
            except OSError as error:
                yield SourceError(printable(one.path), reason(error))


# ------------------------------------------------------------------------------------------------------------- opening


def read_file(raw: BinaryIO, path: str, id: str) -> Iterator[Article | SourceError]:
    """Read a file's bytes by the suffix in its name. OSError where they cannot be read."""
    where, ending = printable(path), suffix(path)
    reader = _READERS.get(ending)
    if reader is None:
        yield SourceError(where, f"{ending} files are not read, only {KNOWN}")
        return
    with _unpacked(raw, path, packed=reader is _archive) as stream:
        name = re.sub(r"(?i)\.[gx]z$", "", Path(path).name)
        yield from _guarded(reader, _File(stream, where, id, name, ending in (".md", ".markdown"), name != Path(path).name))


def _guarded(reader: _Reader, file: _File) -> Iterator[Article | SourceError]:
    """What the reader yields; a stream that breaks off becomes the last item, and one without any item its only one."""
    nothing = True
    try:
        for item in reader(file):
            nothing = False
            placed = isinstance(item, Article) and (item.id == file.id or item.id.startswith(f"{file.id}#"))
            yield replace(item, placed=True) if placed and isinstance(item, Article) else item
    except (OSError, EOFError, zlib.error, lzma.LZMAError) as error:
        yield SourceError(file.where, reason(error))
    else:
        if nothing:
            yield SourceError(file.where, "there is no article in it")


@contextmanager
def _unpacked(raw: BinaryIO, path: str, *, packed: bool = False) -> Iterator[BinaryIO]:
    """A file's bytes, decompressed if its name ends in .gz or .xz; `packed`: a gzip file as it is."""
    lower = path.lower()
    if lower.endswith(".gz") and not packed:
        with gzip.open(raw, "rb") as stream:
            yield io.BufferedReader(archives.Unpacking(cast(BinaryIO, stream), raw), 2**16)
    elif lower.endswith(".xz"):
        with lzma.open(raw, "rb") as stream:
            yield io.BufferedReader(archives.Unpacking(cast(BinaryIO, stream), raw), 2**16)
    else:
        yield raw


def _sniffed(file: _File) -> Iterator[Article | SourceError]:
    """For standard input and files without a suffix: rows if the first thing in it is a JSON object, a document if its first
    bytes leave no doubt, else one text."""
    head = b""
    while len(head) < TEXT_LIMIT and (block := file.stream.read(4096)):
        head += block
        if _start_of(head):
            break
    whole = io.BufferedReader(_Chained(head, file.stream))
    found = kind(head)
    if found == "html" and not re.match(rb"(?i)\s*<(?:!doctype html|html|\?xml)", head.removeprefix(codecs.BOM_UTF8)):
        found = "text"  # a text may begin with a tag
    readers: dict[str, _Reader] = dict.fromkeys(("html", "feed", "sitemap", "pdf", "docx", "packed"), _document)
    by_start = _rows if _start_of(head) == "{" else _text
    yield from (_archive if found == "warc" else readers.get(found, by_start))(replace(file, stream=whole))


def _start_of(head: bytes) -> str:
    """The first character that is not blank, "" if there is none yet."""
    utf16 = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return head.decode("utf-16" if utf16 else "utf-8-sig", "ignore").lstrip()[:1]


class _Chained(io.RawIOBase):
    """Bytes already read, then the rest of the stream they came from."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = io.BytesIO(head), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        block = self._head.read(len(view)) or self._rest.read(len(view))
        view[: len(block)] = block
        return len(block)


# ------------------------------------------------------------------------------------------------------------- formats


def _rows(file: _File) -> Iterator[Article | SourceError]:
    """JSON Lines: one article a line. Blank lines are skipped; JSON in another layout is read whole."""
    yield from jsonl.counted(_each_row(file), file.where)


def _each_row(file: _File) -> Iterator[Article | SourceError]:
    lines, first = _lines(file), True
    for number, line in enumerate(lines, 1):
        where = f"{file.where}:{number}"
        if isinstance(line, SourceError):
            yield line
        elif len(line) > TEXT_LIMIT:
            yield SourceError(where, f"a row of more than {TEXT_LIMIT >> 20} MB is not read")
        elif first and line.strip() and not _is_row(line):
            yield from _whole(file, chain([line], lines), number)
            return
        elif line.strip():
            first = False
            yield from jsonl.of_line(line, where, f"{file.id}#{number}")


def _is_row(line: str | bytes) -> bool:
    """Whether a line is a JSON object and nothing else, as every line of JSON Lines is."""
    text = line if isinstance(line, str) else line.decode("utf-8", "replace")
    text = text.strip(" \t\r\n")  # a record separator, U+001E, is white space to Python
    return text[:1] == "{" and text[-1:] == "}"


def _whole(file: _File, lines: Iterable[str | bytes | SourceError], line: int) -> Iterator[Article | SourceError]:
    """JSON that is not in lines: an array, objects over several lines, a text sequence."""
    parts: list[bytes] = []
    size = 0
    for part in lines:
        if isinstance(part, SourceError):
            yield part
            continue
        parts.append(part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass"))
        size += len(part)
        if size > archives.LIMIT:
            yield SourceError(file.where, f"JSON larger than {archives.LIMIT // 10**6} MB is read only with one row a line")
            return
    data = b"".join(parts)
    try:
        text = data.decode(wide(data) or "utf-8")
    except UnicodeError:
        yield SourceError(file.where, ENCODING_HELP)
        return
    yield from jsonl.rows(text, file.where, file.id, line=line)


def _lines(file: _File) -> Iterator[str | bytes | SourceError]:
    """The lines, cut at line feeds only (U+2028 may stand inside a JSON string); at most TEXT_LIMIT + 1 of each is kept."""
    head = file.stream.read(2)
    if head in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        encoding = "utf-16-le" if head == codecs.BOM_UTF16_LE else "utf-16-be"
        decoded = io.TextIOWrapper(file.stream, encoding, newline="\n")
        try:
            yield from iter(lambda: decoded.readline(TEXT_LIMIT), "")
        except UnicodeError:
            yield SourceError(file.where, ENCODING_HELP)
        finally:
            decoded.detach()  # or it would close a stream that is not ours
        return
    total = 0
    while line := head + (b"" if head.endswith(b"\n") else file.stream.readline(TEXT_LIMIT + 1)):
        head = b""
        total += len(line)
        yield line if total > len(line) else line.removeprefix(codecs.BOM_UTF8)
        while len(line) > TEXT_LIMIT and not line.endswith(b"\n"):  # the row was refused: pass over its rest
            line = file.stream.readline(TEXT_LIMIT + 1)
            total += len(line)
        if file.compressed and total > FILE_LIMIT:
            yield SourceError(
                file.where, f"more than {FILE_LIMIT >> 30} GB when decompressed: the rest is not read; split the file"
            )
            return


def _text(file: _File) -> Iterator[Article | SourceError]:
    """One article a file."""
    data = file.stream.read(TEXT_LIMIT + 1)
    if len(data) > TEXT_LIMIT:
        yield SourceError(file.where, f"more than {TEXT_LIMIT >> 20} MB of text in one article is not read: split it")
    elif email.is_message(data):
        yield from incoming.document(data, file.where, id=file.id, name="message.eml")
    else:
        yield plain_text.article(data, file.where, file.id, markdown=file.markdown)


def _document(file: _File) -> Iterator[Article | SourceError]:
    """A page, feed, PDF, Word file, message or table. No link in it is followed: a feed in a file gives the text it carries."""
    data = file.stream.read(archives.LIMIT + 1)
    if len(data) > archives.LIMIT:
        yield SourceError(file.where, f"a document larger than {archives.LIMIT // 10**6} MB is not read")
    else:
        yield from incoming.document(data, file.where, id=file.id, name=file.name)


def _archive(file: _File) -> Iterator[Article | SourceError]:
    """The pages of a web archive, one in memory at a time."""
    yield from incoming.archive(file.stream, file.where, id=file.id)


_Reader = Callable[[_File], Iterator[Article | SourceError]]

_BY_SHAPE: dict[str, _Reader] = {"text": _text, "rows": _rows, "document": _document, "archive": _archive}
_READERS = {f".{suffix}": _BY_SHAPE[row.shape] for row in FORMATS for suffix in row.suffixes.split()}
_READERS[""] = _sniffed  # only when named directly: /dev/fd/63, a file without a suffix
