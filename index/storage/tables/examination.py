"""What may be wrong with the tables, whatever database they lie in: nothing is, unless a disk or a person changed them."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

from index.records import Article
from index.storage.tables.reader import SOME, Reader
from index.storage.tables.rows import CURRENT, unpacked


def problems(reader: Reader, *, lexical: str) -> Iterator[str]:
    """One line each. Reads everything once. `lexical`: the table that has a row for each passage of the lexical index."""
    rows = reader.database.rows
    passages = reader.size()
    embedded = passages - reader.bare_rows()
    if (vectors := rows("SELECT count(*) FROM vectors")[0][0]) != embedded:
        yield f"{vectors} vectors for {embedded} passages"
    worded = rows('SELECT count(*) FROM passages WHERE "end" > 0')[0][0]
    if (entries := rows(f"SELECT count(*) FROM {lexical}")[0][0]) != worded:
        yield f"{entries} entries in the lexical index for {worded} passages"
    if bare := len(reader.bare()):
        yield f"{bare} articles without a passage"
    numbers = [n for (n,) in rows(f"SELECT a.n FROM {CURRENT} ORDER BY a.n")]
    for at in range(0, len(numbers), SOME):
        yield from _of_articles(reader, numbers[at : at + SOME])


def _of_articles(reader: Reader, some: Sequence[int]) -> Iterator[str]:
    """What is wrong with the texts of some articles, or points outside them."""
    among = reader.database.among
    places: dict[int, list[tuple[int, int]]] = {}
    for article, start, end in among('SELECT article, start, "end" FROM passages WHERE article IN ({})', some):
        places.setdefault(article, []).append((start, end))
    said = 'SELECT p.article, max(s."end") FROM statements s JOIN passages p ON p.n = s.passage'
    last: dict[int, int] = dict(among(f"{said} WHERE p.article IN ({{}}) GROUP BY p.article", some))
    texts = f"FROM {CURRENT} LEFT JOIN texts t ON t.article = a.n AND t.version = v.version"
    for n, id, title, hash, data in among(
        f"SELECT a.n, a.id, v.title, v.hash, t.text {texts} WHERE a.n IN ({{}}) ORDER BY a.n", some
    ):
        length = _length(title, data, hash)
        if length is None:
            yield f"the text of {id!r} is not the one that was stored"
            continue
        if any(not (0 <= start < end <= length or start == end == 0) for start, end in places.get(n, ())):
            yield f"a passage of {id!r} lies outside its text"
        if last.get(n, 0) > length:
            yield f"statements of {id!r} lie outside its text"


def _length(title: str, data: bytes | None, hash: str) -> int | None:
    """The length of a text; None if it is not whole."""
    try:
        text = unpacked(data or b"")
    except (zlib.error, ValueError):
        return None
    return len(text) if Article(id="", text=text, title=title).hash == hash else None
