"""Looking a library over, and mending what can be mended from SQLite."""

from __future__ import annotations

from index.errors import LibraryError
from index.storage.records import Health
from index.storage.sqlite.database import Database, damaged
from index.storage.sqlite.reader import SqliteReader
from index.storage.sqlite.vector_index import Nearest
from index.storage.sqlite.writer import SqliteWriter
from index.storage.tables import statements
from index.storage.tables.examination import problems as found


def examine(database: Database, writer: SqliteWriter, nearest: Nearest, *, rebuild: bool = False) -> Health:
    """Check everything and mend it; with `rebuild`, make the derived indexes anew. Waits for the writer's lock.

    Raises Damaged when SQLite itself cannot be read: `salvage` then makes a new file of what can.
    """
    health = Health(ok=True)
    with database.writing():
        if rebuild:
            _rebuild(writer, nearest, health)
        elif database.indexed != database.generation:
            interrupted = bool(writer.reader.pending()[2])  # else only deletions wait for Chroma, as they may
            try:
                nearest.sync()
            except LibraryError as error:
                health.done.append(_without_advice(error))
                _rebuild(writer, nearest, health)
            if interrupted:
                health.done.append("finished what an interrupted run had left undone")
        if rebuild or database.meta("statements", "") != statements.VERSION:
            writer.reread_statements()
            health.done.append("read anew who said what")
        health.problems = _problems(writer.reader)
        if broken := [problem for problem in health.problems if problem.startswith("SQLite")]:
            raise damaged(database.path, broken[0])
        if any("lexical" in problem for problem in health.problems):
            writer.rebuild_lexical()
            health.done.append("made the lexical index anew")
            health.problems = _problems(writer.reader)
        wanted = writer.reader.embedded()
        held = _held(nearest, health)
        flat = nearest.misplaced()
        if held != wanted:
            health.done.append(f"Chroma lacked {len(wanted - held)} passages and had {len(held - wanted)} too many")
        if flat:
            health.done.append(f"the flat files were wrong about {flat} passages")
        unlike = _unlike(nearest, health) if held == wanted else 0
        if held != wanted or flat or unlike:
            _rebuild(writer, nearest, health)
            held = _held(nearest, health)
            if held != wanted or nearest.misplaced() or _unlike(nearest, health):
                health.problems.append("Chroma and the flat files do not hold the library's passages, even after a rebuild")
        health.waiting = writer.reader.waiting()
        health.passages, health.vectors = writer.reader.size(), len(held)
    health.ok = not health.problems
    return health


def _problems(reader: SqliteReader) -> list[str]:
    """What is wrong inside SQLite, one line each; [] when all is well. Reads everything once."""
    problems: list[str] = []
    with reader.database.errors():
        execute = reader.database.db.execute
        problems += [f"SQLite: {line}" for (line,) in execute("PRAGMA quick_check") if line != "ok"]
        if broken := len(execute("PRAGMA foreign_key_check").fetchall()):
            problems.append(f"{broken} rows point at rows that are not there")
    problems += found(reader, lexical="lexical_docsize")
    return problems


def _held(nearest: Nearest, health: Health) -> set[str]:
    """What Chroma holds; nothing if it cannot be read."""
    try:
        nearest.open()
        return nearest.chroma.ids()
    except LibraryError as error:
        health.done.append(_without_advice(error))
        return set()


def _unlike(nearest: Nearest, health: Health) -> int:
    """How many vectors in Chroma are not the library's; all of them if they cannot be read."""
    try:
        if unlike := nearest.unlike():
            health.done.append(f"Chroma held other vectors of {unlike} passages")
        return unlike
    except LibraryError as error:
        health.done.append(_without_advice(error))
        return nearest.reader.size()


def _without_advice(error: LibraryError) -> str:
    """What it says, without what to run: this is it."""
    return str(error).partition(" Run: ")[0]


def _rebuild(writer: SqliteWriter, nearest: Nearest, health: Health) -> None:
    nearest.rebuild()
    writer.rebuild_lexical()
    health.done.append("made Chroma, the flat files and the lexical index anew")
