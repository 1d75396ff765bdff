"""What may be wrong with the tables, whatever database they lie in: nothing is, unless a disk or a person changed them."""

from __future__ import annotations

from collections.abc import Iterator

from index.storage.tables.reader import Reader
from index.storage.tables.rows import CURRENT


def problems(reader: Reader, *, lexical: str) -> Iterator[str]:
    """One line each. Reads everything once. `lexical`: the table that has a row for each passage of the lexical index."""
    rows = reader.database.rows
    passages = reader.size()
    if (vectors := rows("SELECT count(*) FROM vectors")[0][0]) != passages:
        yield f"{vectors} vectors for {passages} passages"
    worded = rows('SELECT count(*) FROM passages WHERE "end" > 0')[0][0]
    if (entries := rows(f"SELECT count(*) FROM {lexical}")[0][0]) != worded:
        yield f"{entries} entries in the lexical index for {worded} passages"
    if bare := len(reader.bare()):
        yield f"{bare} articles without a passage"
    for n, id, version in rows(f"SELECT a.n, a.id, a.version FROM {CURRENT}"):
        if not reader.is_whole(n, version):
            yield f"the text of {id!r} is not the one that was stored"
            continue
        article = reader.version(n, version)
        length = len(article.text) if article else 0
        for start, end in rows('SELECT start, "end" FROM passages WHERE article = ?', (n,)):
            if not (0 <= start < end <= length or start == end == 0):
                yield f"a passage of {id!r} lies outside its text"
        sql = 'SELECT count(*) FROM statements s JOIN passages p ON p.n = s.passage WHERE p.article = ? AND s."end" > ?'
        if rows(sql, (n, length))[0][0]:
            yield f"statements of {id!r} lie outside its text"
