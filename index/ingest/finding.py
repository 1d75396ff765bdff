"""What the user names on the command line -> the files and addresses that are to be read, in order. None is opened."""

from __future__ import annotations

import glob
import gzip
import lzma
import os
import re
import stat
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Literal

from index.errors import SourceError
from index.ingest.formats.plain_text import printable
from index.ingest.formats.registry import FORMATS

SHAPES = {f".{ending}": row.shape for row in FORMATS for ending in row.suffixes.split()}
KNOWN = f"{' '.join(SHAPES)}, also with .gz or .xz"
_OF_THE_SYSTEM = frozenset(("__MACOSX", "Thumbs.db", "desktop.ini"))


@dataclass(frozen=True, slots=True)
class Found:
    """One thing to be read."""

    kind: Literal["file", "url", "stdin"]
    path: str  # or URL, or "-", as the user wrote it
    id: str = ""  # of a file: its path below the ingested folder, printable


def found(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Found | SourceError]:
    """What the paths name, folders opened up; a SourceError in the place of what cannot be read."""
    for path in chain.from_iterable(_expanded(os.fspath(path)) for path in paths):
        if path == "-":
            yield Found("stdin", "-", "-")
            continue
        if not path:
            yield SourceError('""', "an empty path: name a file or a folder")
            continue
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", path):
            yield Found("url", path)
            continue
        try:
            mode = Path(path).stat().st_mode
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            yield SourceError(printable(path), reason(error))
            continue
        if stat.S_ISDIR(mode):
            yield from _folder(path)
        elif stat.S_ISREG(mode) or stat.S_ISFIFO(mode):
            yield Found("file", path, printable(Path(path).name))
        else:
            yield SourceError(printable(path), "is not a file or a folder")


def _expanded(path: str) -> list[str]:
    """The files that a pattern such as "news/**/*.html" stands for, where no shell has expanded it."""
    if re.search(r"[*?\[]", path) and "://" not in path and not os.path.lexists(path):
        return sorted(glob.glob(path, recursive=True)) or [path]  # noqa: PTH207  Path.glob takes no absolute pattern
    return [path]


def _folder(top: str) -> Iterator[Found | SourceError]:
    """Every readable file below the folder, in the order of their ids."""
    some = False
    for path, error in _walk(top, os.path.realpath(top)):
        if error:
            some = some or path == top
            yield SourceError(printable(path), error)
        elif suffix(path) in SHAPES:
            some = True
            yield Found("file", path, printable(os.path.relpath(path, top).replace(os.sep, "/")))
    if not some:
        yield SourceError(printable(top), f"nothing to read in this folder: wanted are {KNOWN}")


def _walk(folder: str, top: str) -> Iterator[tuple[str, str]]:
    """(path, "") of each file below, sorted; (path, reason) of what is not followed."""
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        yield folder, reason(error)
        return
    for entry in entries:
        if entry.name.startswith((".", "~$")) or entry.name in _OF_THE_SYSTEM:  # "~$": a lock file of Word
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


def suffix(path: str) -> str:
    """The suffix that names the format: ".jsonl" of "a.jsonl.gz"."""
    return Path(Path(path).name.lower().removesuffix(".gz").removesuffix(".xz")).suffix


def reason(error: Exception) -> str:
    """One line for a person."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder: check the path"
    if isinstance(error, PermissionError):
        return "permission denied: make it readable for your user"
    if isinstance(error, EOFError | zlib.error | lzma.LZMAError | gzip.BadGzipFile):
        return f"the compressed file is damaged or cut short ({error})"
    return getattr(error, "strerror", None) or str(error)
