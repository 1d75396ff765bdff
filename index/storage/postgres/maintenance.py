"""Looking a library in PostgreSQL over, and mending what can be mended from its articles."""

from __future__ import annotations

import numpy as np

from index.storage.postgres.database import PostgresDatabase
from index.storage.postgres.nearest import EXACT, PostgresNearest
from index.storage.postgres.writer import PostgresWriter
from index.storage.records import Health
from index.storage.tables import statements
from index.storage.tables.examination import problems


def examine(database: PostgresDatabase, writer: PostgresWriter, nearest: PostgresNearest, *, rebuild: bool = False) -> Health:
    """Check everything and mend it; with `rebuild`, make the derived indexes anew. Waits for the writer's lock.

    What the server itself finds damaged is Damaged: a backup has to be restored.
    """
    health = Health(ok=True)
    with database.writing():
        if rebuild:
            nearest.forget()
            nearest.centre_anew()
            writer.rebuild_lexical()
            nearest.sync()
            health.done.append("made the index of vectors and the lexical index anew")
        if rebuild or (database.meta("statements", "") != statements.VERSION and not writer.reader.empty):
            writer.reread_statements()
            health.done.append("read anew who said what")
        health.problems = list(problems(writer.reader, lexical="lexical"))
        if any("lexical" in problem for problem in health.problems) or _miscounted(database):
            writer.rebuild_lexical()
            health.done.append("made the lexical index anew")
            health.problems = list(problems(writer.reader, lexical="lexical"))
        if unlike := _unlike(writer):
            nearest.centre_anew()
            health.done.append(f"centred the vectors of {unlike} passages anew")
            if _unlike(writer):
                health.problems.append("the centred vectors are not those of the library, even after a rebuild")
        if nearest.lacking:
            nearest.sync()
            owner = "the vectors have no index, so that all are compared: let the owner of the tables run dragoman doctor"
            health.done.append("made the index of vectors") if not nearest.lacking else health.problems.append(owner)
        health.passages, health.waiting = writer.reader.size(), writer.reader.waiting()
        health.vectors = int(database.rows("SELECT count(*) FROM vectors")[0][0])
        if nearest.shared:
            nearest.shared.examine(health, rebuild=rebuild)
    health.ok = not health.problems
    return health


def _miscounted(database: PostgresDatabase) -> bool:
    """Whether the vocabulary counts other passages than the lexical index has."""
    counted = "SELECT id, count(*) AS passages FROM lexical, unnest(keys) AS id GROUP BY id"
    differing = (
        f"SELECT 1 FROM ({counted}) c FULL JOIN vocabulary v USING (id) WHERE c.passages IS DISTINCT FROM v.passages LIMIT 1"
    )
    return bool(database.rows(differing))


def _unlike(writer: PostgresWriter) -> int:
    """How many centred vectors are not those that follow from the vectors. Reads everything once."""
    rows = [n for (n,) in writer.database.rows("SELECT n FROM vectors ORDER BY n")]
    wrong = 0
    for at in range(0, len(rows), EXACT):
        _, langs, matrix = writer.reader.vectors(rows[at : at + EXACT])
        _, _, held = writer.reader.vectors(rows[at : at + EXACT], centred=True)
        wrong += int(np.count_nonzero(np.einsum("ij,ij->i", held, writer.means.centred(matrix, langs)) < 0.999))
    return wrong
