"""A damaged SQLite file -> a new one with all that can still be read, and lines that say what is in it and what is not.

    rows that can be read (`_rows`: ranges of row numbers, halved around what fails) -> articles with a text that is whole ->
    their passages and vectors -> what is derived from texts, made anew

The damaged file is kept beside the new one. Articles whose passages or vectors were among the losses have none afterwards;
`Index.doctor` embeds them again. Raises LibraryError if nothing can be read at all.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from index.errors import Busy, LibraryError
from index.storage.sqlite.database import DATABASE, LOCK, Database
from index.storage.sqlite.reader import SqliteReader
from index.storage.sqlite.writer import SqliteWriter
from index.storage.tables.database import WAIT, set_meta

PAGE = 4096  # bytes of a page, SQLite's own choice
STEP = 1_000  # rows read at a time
FARTHEST = 100_000_000  # a damaged page may say any number
PATIENCE = 20_000  # look-ups in vain, .1 ms each, before what cannot be read in one go is given up
SHOWN = 20  # ids named in a line
BY_ROW = ("articles", "texts", "passages", "vectors")  # in the order of what refers to what
# LIMIT keeps SQLite from replacing the scan of an index by a look at the table's end.
LAST = {
    "articles": "SELECT max(n) FROM (SELECT n FROM articles ORDER BY id LIMIT -1)",
    "texts": "SELECT max(n) FROM (SELECT rowid AS n FROM texts ORDER BY article, version LIMIT -1)",
    "passages": "SELECT seq FROM sqlite_sequence WHERE name = 'passages'",
    "vectors": "SELECT seq FROM sqlite_sequence WHERE name = 'passages'",
}
BY_KEY = {"meta": "key", "versions": "article, version"}  # tables without row numbers, and their order


def salvage(folder: Path) -> list[str]:
    """Put a new database in the place of the damaged one in a library's folder. What was done, one line each."""
    from filelock import FileLock, Timeout

    try:
        with FileLock(folder / LOCK, timeout=WAIT):
            return _salvage(folder)
    except Timeout:
        raise Busy(f"{folder} is being written by another process. Try again when it is done.") from None
    except OSError as error:
        raise LibraryError(
            f"{folder} cannot be written: {error.strerror or error}. Nothing is lost: check the disk and the permissions."
        ) from error


def _salvage(folder: Path) -> list[str]:
    made = folder / "salvaged"
    shutil.rmtree(made, ignore_errors=True)
    new = Database(made)
    try:
        reader = SqliteReader(new)
        writer = SqliteWriter(new, reader)
        with closing(_opened(folder / DATABASE, made)) as old, new.writing():
            with new.transaction() as db:
                db.execute("PRAGMA defer_foreign_keys = ON")
                lost = _copy(old, db)
                messages = [*_whole_articles(reader, db), *_whole_passages(db, lost)]
                _number(db)
            articles = reader.counts()["articles"]
            if not articles:
                raise LibraryError(
                    f"Nothing can be read from {folder / DATABASE}. Move it away and ingest the articles again, or use a copy."
                )
            writer.rebuild_derived()
            new.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except BaseException:
        new.close()
        shutil.rmtree(made, ignore_errors=True)
        raise
    new.close()
    kept = _exchange(folder, made / DATABASE)
    shutil.rmtree(made, ignore_errors=True)
    return [f"brought {articles:,} articles into a new library.db; the damaged file is kept as {kept.name}", *messages]


def _copy(old: sqlite3.Connection, db: sqlite3.Connection) -> set[int]:
    """Every row that can be read. Returns the passage rows that may have been there and cannot."""
    lost: set[int] = set()
    for table in (*BY_KEY, *BY_ROW):
        there = _columns(old, table)  # an earlier version's has not all of ours
        columns = [name for name in _columns(db, table) if name in there or not there]
        names = ", ".join(f'"{name}"' for name in columns)
        insert = f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"
        if table in BY_KEY:
            db.executemany(insert, _ordered(old, table, names))
            continue
        for row in _rows(old, table, names):
            if isinstance(row, int):
                lost.update([row] if table in ("passages", "vectors") else [])
            else:
                db.execute(insert, row)
        if table == "articles":
            _by_indexes(old, db)
    return lost


def _columns(db: sqlite3.Connection, table: str) -> list[str]:
    """Their names; none if the schema cannot be read."""
    try:
        return [str(row[1]) for row in db.execute(f"PRAGMA table_info({table})")]
    except sqlite3.DatabaseError:
        return []


def _by_indexes(old: sqlite3.Connection, db: sqlite3.Connection) -> None:
    """Rows of `articles` that only its indexes still know, and of `versions` that a look-up finds and no scan reaches."""
    origins = {row[0]: row[1] for row in _ordered(old, "articles", "n, origin", by="origin")}
    for n, id in _ordered(old, "articles", "n, id", by="id"):
        sql = "INSERT OR IGNORE INTO articles (n, id, version, origin) VALUES (?, ?, 0, ?)"
        db.execute(sql, (n, id, origins.get(n, id)))
    names = ", ".join(f'"{row[1]}"' for row in db.execute("PRAGMA table_info(versions)"))
    for (n,) in db.execute("SELECT n FROM articles WHERE n NOT IN (SELECT article FROM versions)").fetchall():
        try:
            rows = old.execute(f"SELECT {names} FROM versions WHERE article = ?", (n,)).fetchall()
        except sqlite3.DatabaseError:
            continue
        for row in rows:
            db.execute(f"INSERT OR IGNORE INTO versions VALUES ({', '.join('?' * len(row))})", row)


def _opened(path: Path, made: Path) -> sqlite3.Connection:
    """The damaged file; where its first page is no SQLite, a copy with the first page of a new library.

    That page says where each table begins, and all libraries of one schema were laid out by the same statements.
    """
    old = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        old.execute("SELECT count(*) FROM articles WHERE n < 0").fetchone()
    except sqlite3.DatabaseError:
        old.close()
        with closing(sqlite3.connect(made / DATABASE)) as new:
            new.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        page = bytearray((made / DATABASE).read_bytes()[:PAGE])
        page[32:40], page[92:96] = bytes(8), bytes(4)  # no free pages; the length of the file counts, not the one noted here
        shutil.copyfile(path, made / "first page.db")
        with (made / "first page.db").open("r+b") as file:
            file.write(page)
        old = sqlite3.connect(made / "first page.db")
    return old


def _rows(old: sqlite3.Connection, table: str, names: str) -> Iterator[tuple[object, ...] | int]:
    """The rows of a table with row numbers, and the numbers of those that cannot be read."""
    last, failed = min(_last(old, table), FARTHEST), 0
    for start in range(1, last + 1, STEP):
        waiting = [(start, min(start + STEP - 1, last))]
        while waiting:
            first, end = waiting.pop()
            try:
                yield from old.execute(f"SELECT {names} FROM {table} WHERE rowid BETWEEN ? AND ?", (first, end)).fetchall()
            except sqlite3.DatabaseError:
                failed += 1
                if first == end or failed > PATIENCE:
                    yield from range(first, end + 1)
                else:
                    middle = (first + end) // 2
                    waiting += [(middle + 1, end), (first, middle)]


def _last(old: sqlite3.Connection, table: str) -> int:
    """The last row number of a table; from elsewhere where its own end cannot be read."""
    # At the worst as many as fit into the file: every row that is looked for in vain costs .1 ms.
    guess = f"SELECT min({20 * STEP}, 50 * page_count) FROM pragma_page_count"
    for sql in (f"SELECT max(rowid) FROM {table}", LAST[table], guess):
        try:
            return int(old.execute(sql).fetchone()[0] or 0)
        except (sqlite3.DatabaseError, TypeError):
            continue
    return 0


def _ordered(old: sqlite3.Connection, table: str, names: str, *, by: str = "") -> Iterator[tuple[object, ...]]:
    """The rows of a table in the order of a key, from both ends up to what cannot be read."""
    by = by or BY_KEY[table]
    for order in (by, ", ".join(f"{name} DESC" for name in by.split(", "))):
        try:
            yield from old.execute(f"SELECT {names} FROM {table} ORDER BY {order}")
        except sqlite3.DatabaseError:
            continue
        return


def _whole_articles(reader: SqliteReader, db: sqlite3.Connection) -> Iterator[str]:
    """Keep the versions whose text is the one that was stored, and articles that have one."""
    gone: list[str] = []
    older: list[str] = []
    for n, id, newest in db.execute("SELECT n, id, version FROM articles WHERE deleted IS NULL").fetchall():
        versions = [version for (version,) in db.execute("SELECT version FROM versions WHERE article = ? ORDER BY 1", (n,))]
        good = [version for version in versions if reader.is_whole(n, version)]
        for version in set(versions) - set(good):
            db.execute("DELETE FROM texts WHERE article = ? AND version = ?", (n, version))
            db.execute("DELETE FROM versions WHERE article = ? AND version = ?", (n, version))
        if not good:
            gone.append(str(id))
            db.execute("DELETE FROM articles WHERE n = ?", (n,))
        elif good[-1] != newest or good != versions:
            older.append(f"{id}@{', '.join(map(str, sorted({newest, *versions} - set(good))))}")
            if good[-1] != newest:
                db.execute("UPDATE articles SET version = ? WHERE n = ?", (good[-1], n))
                db.execute("DELETE FROM passages WHERE article = ?", (n,))
    db.execute("UPDATE versions SET current = version = (SELECT version FROM articles WHERE n = article)")
    for table in ("versions", "texts", "passages"):
        db.execute(f"DELETE FROM {table} WHERE article NOT IN (SELECT n FROM articles)")
    if gone:
        yield f"{len(gone)} articles cannot be read, ingest them again: {_some(gone)}"
    if older:
        yield f"of {len(older)} articles a version cannot be read: {_some(older)}"


def _whole_passages(db: sqlite3.Connection, lost: set[int]) -> Iterator[str]:
    """Keep the passages of articles that have all of theirs, each with its vector."""
    starts = sorted(db.execute("SELECT opening, article FROM versions WHERE current AND opening").fetchall())
    openings = [opening for opening, _ in starts]
    broken = {starts[at - 1][1] for row in lost if (at := bisect_right(openings, row))}
    for sql in (
        "SELECT article FROM passages WHERE n NOT IN (SELECT n FROM vectors)",
        "SELECT article FROM versions WHERE current AND opening NOT IN (SELECT n FROM passages)",
    ):
        broken |= {n for (n,) in db.execute(sql)}
    db.executemany("DELETE FROM passages WHERE article = ?", [(n,) for n in broken])
    db.execute("DELETE FROM vectors WHERE n NOT IN (SELECT n FROM passages)")
    if broken:
        yield f"the passages of {len(broken)} articles were not all there: they have to be embedded again"


def _number(db: sqlite3.Connection) -> None:
    """A generation above all that was written, and row numbers that were never used; Chroma holds nothing of it yet."""
    last = db.execute("SELECT max(generation) FROM passages").fetchone()[0] or 0
    known = db.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
    set_meta(db, "generation", str(1 + max(last, int(known[0]) if known else 0)))
    set_meta(db, "indexed", "0")


def _exchange(folder: Path, new: Path) -> Path:
    """Put the new file in the place of the damaged one, which is there under one name or the other at every moment."""
    damaged = folder / f"library.damaged-{time.strftime('%Y%m%d-%H%M%S')}.db"
    for suffix in ("", "-wal", "-shm"):
        part = folder / f"{DATABASE}{suffix}"
        if part.exists():
            os.link(part, f"{damaged}{suffix}")
            if suffix:  # it would be replayed into the new file
                part.unlink()
    new.replace(folder / DATABASE)
    return damaged


def _some(ids: list[str]) -> str:
    return ", ".join(ids[:SHOWN]) + (f" and {len(ids) - SHOWN} more" if len(ids) > SHOWN else "")
