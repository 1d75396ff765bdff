"""What the user names on the command line -> Article, or SourceError for that one item.

    paths -> _files -> one reader by suffix -> Article | SourceError
                         .txt .text .md .markdown    _text
                         .jsonl .ndjson              _rows
                         .gz .xz                     the same, decompressed on the way

A new format is one generator `(_File) -> Iterator[Article | SourceError]` and its suffixes in `_READERS`. Nothing here raises
for a bad item: the error is yielded in its place and the run goes on. Text is stored character for character, as decoded.
"""

from __future__ import annotations

import codecs
import gzip
import io
import json
import lzma
import os
import re
import stat
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from index import published
from index.credits import agency
from index.errors import SourceError
from index.language import identify
from index.plaintext import ENCODING_HELP, dateline, decode, headline
from index.records import Article, Period

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

TEXT_LIMIT = 64 * 2**20  # bytes of one article or one JSONL row, decompressed: 60 novels; more is a mistake or an attack
FILE_LIMIT = 8 * 2**30  # decompressed bytes of one compressed file; one that is not compressed may be of any size


@dataclass(frozen=True, slots=True)
class _File:
    """One open input."""

    stream: BinaryIO  # decompressed
    where: str  # for messages: as the user wrote it
    id: str  # path below the ingested folder, printable
    markdown: bool = False
    compressed: bool = False


def read(paths: Iterable[str], *, stdin: BinaryIO | None = None) -> Iterator[Article | SourceError]:
    """Read files and folders, in order; "-" is standard input (JSONL if its first character is "{", else one article).

    Folders are read recursively, sorted by name; hidden files and links that lead out of the folder are not followed. Yields an
    Article or a SourceError an item (both for a row that was read without its date), and raises none. One row is in memory at
    a time.
    """
    for path in paths:
        if path == "-":
            yield from _guarded(_sniffed, _File(stdin or sys.stdin.buffer, "-", "-"))
            continue
        if not path:
            yield SourceError('""', "an empty path: name a file or a folder")
            continue
        try:
            mode = Path(path).stat().st_mode
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            yield SourceError(printable(path), _reason(error))
            continue
        if stat.S_ISDIR(mode):
            yield from _folder(path)
        elif stat.S_ISREG(mode) or stat.S_ISFIFO(mode):
            yield from _one_file(path, printable(Path(path).name))
        else:
            yield SourceError(printable(path), "is not a file or a folder")


def printable(name: str) -> str:
    """The name with everything escaped that is not printable: control characters, undecodable bytes, direction marks.

    >>> printable("a\\nb")
    'a\\\\nb'
    """
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in name)


# ------------------------------------------------------------------------------------------------------------- finding


def _folder(top: str) -> Iterator[Article | SourceError]:
    """Every readable file below the folder, in the order of their ids."""
    found = False
    for path, error in _walk(top, os.path.realpath(top)):
        if error:
            yield SourceError(printable(path), error)
        elif _suffix(path) and _suffix(path) in _READERS:
            found = True
            yield from _one_file(path, printable(os.path.relpath(path, top).replace(os.sep, "/")))
    if not found:
        yield SourceError(printable(top), f"nothing to read in this folder: wanted are {_KNOWN}")


def _walk(folder: str, top: str) -> Iterator[tuple[str, str]]:
    """(path, "") of each file below, sorted; (path, reason) of what is not followed."""
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        yield folder, _reason(error)
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_symlink():
            target = Path(os.path.realpath(entry.path))
            if not target.is_relative_to(top):
                yield entry.path, "a link that leads out of the folder is not followed: name its target instead"
            elif target.is_file():
                yield entry.path, ""
            elif not target.is_dir():  # a folder inside is read where it is
                yield entry.path, "a link to nothing"
        elif entry.is_dir():
            yield from _walk(entry.path, top)
        elif entry.is_file():
            yield entry.path, ""


def _one_file(path: str, id: str) -> Iterator[Article | SourceError]:
    """Read one file by its suffix."""
    where, suffix = printable(path), _suffix(path)
    reader = _READERS.get(suffix)
    if reader is None:
        yield SourceError(where, f"{suffix} files are not read, only {_KNOWN}")
        return
    try:
        with _opened(path) as stream:
            compressed = path.lower().endswith((".gz", ".xz"))
            yield from _guarded(reader, _File(stream, where, id, suffix in (".md", ".markdown"), compressed))
    except OSError as error:
        yield SourceError(where, _reason(error))


def _guarded(reader: _Reader, file: _File) -> Iterator[Article | SourceError]:
    """What the reader yields; a stream that breaks off becomes the last item."""
    try:
        yield from reader(file)
    except (OSError, EOFError, zlib.error, lzma.LZMAError) as error:
        yield SourceError(file.where, _reason(error))


@contextmanager
def _opened(path: str) -> Iterator[BinaryIO]:
    """The file as bytes, decompressed if its name ends in .gz or .xz."""
    lower = path.lower()
    with Path(path).open("rb") as raw:
        if lower.endswith(".gz"):
            with gzip.open(raw, "rb") as stream:
                yield cast(BinaryIO, stream)
        elif lower.endswith(".xz"):
            with lzma.open(raw, "rb") as stream:
                yield cast(BinaryIO, stream)
        else:
            yield raw


def _suffix(path: str) -> str:
    """The suffix that names the format: ".jsonl" of "a.jsonl.gz"."""
    return Path(Path(path).name.lower().removesuffix(".gz").removesuffix(".xz")).suffix


def _sniffed(file: _File) -> Iterator[Article | SourceError]:
    """Rows if the first thing in it is a JSON object, else one text: for standard input and files without a suffix."""
    head = b""
    while len(head) < TEXT_LIMIT and (block := file.stream.read(4096)):
        head += block
        if _start_of(head):
            break
    whole = io.BufferedReader(_Chained(head, file.stream))
    yield from (_rows if _start_of(head) == "{" else _text)(replace(file, stream=whole))


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


# --------------------------------------------------------------------------------------------------------------- JSONL


def _rows(file: _File) -> Iterator[Article | SourceError]:
    """JSON Lines: one article a line. Blank lines are skipped."""
    for number, line in enumerate(_lines(file), 1):
        if isinstance(line, SourceError):
            yield line
        elif line.strip():
            yield from _row(file, number, line)


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


def _row(file: _File, number: int, line: str | bytes) -> Iterator[Article | SourceError]:
    """The article of one row, or why there is none; both when only its date could not be read."""
    where = f"{file.where}:{number}"
    if len(line) > TEXT_LIMIT:
        yield SourceError(where, f"a row of more than {TEXT_LIMIT >> 20} MB is not read")
        return
    try:
        row = json.loads(line if isinstance(line, str) else line.decode("utf-8"))
        if not isinstance(row, dict):
            raise ValueError('not a JSON object: a row looks like {"text": "..."}')
        article = _row_article(row, f"{file.id}#{number}")
        yield article
    except UnicodeDecodeError:
        yield SourceError(where, ENCODING_HELP)
    except json.JSONDecodeError as error:
        yield SourceError(where, f"not a JSON object on one line: {error.msg} at column {error.colno}")
    except RecursionError:
        yield SourceError(where, "not a JSON object on one line: nested too deeply")
    except ValueError as error:
        yield SourceError(where, str(error))
    else:
        if row.get("date") and not article.published:
            example = "write it like 2023-10-18, 2023-10 or 2023-10-18T07:30Z"
            yield SourceError(where, f"read, but without its date {printable(str(row['date'])[:40])!r}: {example}")


def _date_of(row: dict[str, object]) -> Period | None:
    """The date in ISO 8601, else in any form that pages and feeds write it in; None if absent or unreadable."""
    text = _string(row, "date").strip()
    try:
        return Period.parse(text)
    except (ValueError, OverflowError):
        return published.parse(text, _lang(row)) if text else None


def _row_article(row: dict[str, object], fallback_id: str) -> Article:
    """Check the fields. ValueError says which one is wrong."""
    text = _string(row, "text")
    if not text.strip():
        raise ValueError('"text" is missing or empty')
    id = row.get("id")
    if isinstance(id, bool) or not isinstance(id, str | int | float | None):
        raise ValueError(f'"id" must be a string or a number, not {_kind(id)}')
    url = _string(row, "url").strip()
    title = _string(row, "title")
    date = _date_of(row)
    return Article(
        id=printable("" if id is None else str(id).strip()) or printable(canonical_url(url)) or fallback_id,
        text=text,
        title=title.strip(),
        outlet=(_string(row, "source") or _string(row, "outlet")).strip(),
        agency=_string(row, "agency").strip() or agency(text),
        authors=_strings(row, "authors"),
        published=date,
        date_source="row" if date else "",
        lang=_lang(row) or identify(f"{title}\n{text[:4000]}"),
        url=url,
    )


def _lang(row: dict[str, object]) -> str:
    """The primary tag of "en-GB" or "en_GB"; "" for what is no tag, such as "English"."""
    tag = re.split("[-_]", _string(row, "lang").strip().lower())[0]
    return tag if re.fullmatch("[a-z]{2,3}", tag) else ""


def _string(row: dict[str, object], field: str) -> str:
    """The field, "" if absent or null. ValueError for another type, and for a lone surrogate, which no file could store."""
    value = row.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f'"{field}" must be a string, not {_kind(value)}')
    return _clean(field, value)


def _strings(row: dict[str, object], field: str) -> tuple[str, ...]:
    """A list of strings, or one string."""
    value = row.get(field)
    if value is None or isinstance(value, str):
        return (_string(row, field).strip(),) if value else ()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f'"{field}" must be a list of strings, not {_kind(value)}')
    return tuple(name for item in value if (name := _clean(field, item).strip()))


def _clean(field: str, value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError(
            f'"{field}" holds half of a character (a lone surrogate \\ud800-\\udfff): correct the export'
        ) from None
    return value


def _kind(value: object) -> str:
    """JSON's name of a value's type."""
    names = {bool: "true/false", int: "a number", float: "a number", str: "a string", list: "a list", dict: "an object"}
    return names.get(type(value), "null")


def canonical_url(url: str) -> str:
    """The address without what does not name the page: fragment, default port, case of scheme and host."""
    match = re.fullmatch(r"(?i)(https?)://([^/?#\s]+)([^#\s]*)(?:#.*)?", url.strip())
    if not match:
        return url.strip()
    scheme, host, rest = match[1].lower(), match[2].lower(), match[3]
    host = host.removesuffix(":443" if scheme == "https" else ":80")
    return f"{scheme}://{host}{rest if rest.startswith('/') else '/' + rest}"


# ---------------------------------------------------------------------------------------------------------------- text


def _text(file: _File) -> Iterator[Article | SourceError]:
    """One article a file."""
    yield _article_of(file, file.stream.read(TEXT_LIMIT + 1))


def _article_of(file: _File, data: bytes) -> Article | SourceError:
    if len(data) > TEXT_LIMIT:
        return SourceError(file.where, f"more than {TEXT_LIMIT >> 20} MB of text in one article is not read: split it")
    try:
        text = decode(data)
    except UnicodeError:
        return SourceError(file.where, ENCODING_HELP)
    if not text.strip():
        return SourceError(file.where, "empty: there is no text in it")
    date = dateline(text)
    return Article(
        id=file.id,
        text=text,
        title=headline(text, markdown=file.markdown),
        agency=agency(text),
        published=date,
        date_source="text" if date else "",
        lang=identify(text[:4000]),
    )


def _reason(error: Exception) -> str:
    """One line for a person."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder: check the path"
    if isinstance(error, PermissionError):
        return "permission denied: make it readable for your user"
    if isinstance(error, EOFError | zlib.error | lzma.LZMAError | gzip.BadGzipFile):
        return f"the compressed file is damaged or cut short ({error})"
    return getattr(error, "strerror", None) or str(error)


_Reader = Callable[[_File], Iterator[Article | SourceError]]

_READERS: dict[str, _Reader] = {
    ".txt": _text,
    ".text": _text,
    ".md": _text,
    ".markdown": _text,
    ".jsonl": _rows,
    ".ndjson": _rows,
    "": _sniffed,  # only when named directly: /dev/fd/63, a file without a suffix
}
_KNOWN = f"{' '.join(filter(None, _READERS))}, also with .gz or .xz"
