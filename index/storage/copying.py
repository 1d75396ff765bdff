"""One library's tables into another's, whatever databases they lie in: SQLite to PostgreSQL and back, without embedding again.

    source, in one moment of it -> some articles at a time, with all that belongs to them -> target, in one transaction
    the target's own indexes (Chroma and flat files, HNSW) are made from its tables, as after any interrupted run

Row numbers are kept, so that the order in which articles came in is, too. What the lexical index holds is read from the texts.
State (conversations, briefings) and what is remembered of feeds stay where they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from index.address import Address
from index.errors import LibraryError
from index.storage.lexical import passage_keys
from index.storage.opening import open_storage
from index.storage.tables.database import Row, Statements, set_meta
from index.storage.tables.rows import VersionRow
from index.storage.tables.statements import COLUMNS
from index.storage.tables.storage import TableStorage
from index.storage.tables.writer import KeysRow, VectorRow

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = tuple[NDArray[np.int64], list[str], NDArray[np.float32]]  # rows, languages, (n, dimension)

SOME = 200  # articles copied at a time
ALIKE = 0.999  # cosine of a vector with its copy: both are rounded to float16 once


class _Table(NamedTuple):
    """A table whose rows are copied as they are."""

    name: str
    columns: Sequence[str]
    of: str  # the condition for the rows of some articles, with IN ({}) for their numbers


_PASSAGES = "SELECT n FROM passages WHERE article IN ({})"
TABLES = (  # in the order of what refers to what
    _Table("articles", ("n", "id", "version", "origin", "deleted"), "n IN ({})"),
    _Table("versions", VersionRow._fields, "article IN ({})"),
    _Table("texts", ("article", "version", "text"), "article IN ({})"),
    _Table("shingles", ("key", "article"), "article IN ({})"),
    _Table("passages", ("n", "id", "article", "start", "end", "generation", "keys", "aside"), "article IN ({})"),
    _Table("attempts", ("article", "tries", "aside"), "article IN ({})"),
    _Table("statements", ("n", "passage", *COLUMNS), f"passage IN ({_PASSAGES})"),
    _Table("speakers", ("key", "statement"), f"statement IN (SELECT n FROM statements WHERE passage IN ({_PASSAGES}))"),
)
META = ("embedder", "dimension", "generation", "statements")


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What was copied, and what of it is not as it was: nothing, unless something is wrong."""

    articles: int
    passages: int
    differences: list[str]


def copy(source: Address, target: Address, *, tell: Callable[[int, int], None] = lambda done, of: None) -> Copied:
    """Copy a library into a new one, and compare the two. `tell`: so many articles of so many are copied.

    All or nothing. LibraryError if the target holds articles already, or one of the two cannot be used.
    """
    old = _opened(source, create=False)
    try:
        new = _opened(target, create=True)
        try:
            with old.database.reading():
                with new.writing():
                    if new.reader.counts()["versions"] or new.reader.counts()["deleted"]:
                        raise LibraryError(f"{target} holds articles already. Copy into a new library.")
                    _copy(old, new, tell)
                new.catch_up()
                found = list(differences(old, new))
                counts = new.reader.counts()
            return Copied(articles=counts["articles"], passages=counts["passages"], differences=found)
        finally:
            new.close()
    finally:
        old.close()


def _opened(address: Address, *, create: bool) -> TableStorage:
    storage = open_storage(address, create=create)
    assert isinstance(storage, TableStorage)
    return storage


def _copy(old: TableStorage, new: TableStorage, tell: Callable[[int, int], None]) -> None:
    numbers = _numbers(old)
    with new.database.transaction() as db:
        for key in META:
            if value := old.database.meta(key, ""):
                set_meta(db, key, value)
        done = 0
        for some in _portions(numbers):
            for table in TABLES:
                names = ", ".join(f'"{name}"' for name in table.columns)
                sql = f"INSERT INTO {table.name} ({names}) VALUES ({', '.join('?' * len(table.columns))})"
                db.executemany(sql, _rows(old, table, some))
            _copy_passages(old, new, db, some)
            done += len(some)
            tell(done, len(numbers))
        means = old.database.rows("SELECT lang, n, sum, waiting FROM means")
        db.executemany("INSERT INTO means (lang, n, sum, waiting) VALUES (?, ?, ?, ?)", means)
        new.writer.number_on(db)


def _copy_passages(old: TableStorage, new: TableStorage, db: Statements, some: Sequence[int]) -> None:
    """The vectors and keys of the passages of some articles."""
    import numpy as np

    by_article: dict[int, list[Row]] = {}
    for row in old.database.among('SELECT article, n, start, "end" FROM passages WHERE article IN ({}) ORDER BY n', some):
        by_article.setdefault(row[0], []).append(row[1:])
    owner = {n: article for article, passages in by_article.items() for n, _, _ in passages}
    found, langs, matrix = old.reader.vectors(list(owner))
    vectors = zip(found.tolist(), langs, matrix.astype(np.float16), strict=True)
    new.writer.add_vectors(db, [VectorRow(n, owner[n], lang, vector) for n, lang, vector in vectors])
    keys: list[KeysRow] = []
    for n, passages in by_article.items():
        article = old.reader.version(n)
        if article is not None:
            held = passage_keys(article, [span for _, *span in passages])
            keys += [KeysRow(row, n, of) for (row, _, end), of in zip(passages, held, strict=True) if end]
    new.writer.add_keys(db, keys)


def differences(one: TableStorage, other: TableStorage) -> Iterator[str]:
    """How a copy differs from its original, one line each: in its tables, its vectors, or what its own indexes hold of them."""
    for key in META[:2]:
        if one.database.meta(key, "") != other.database.meta(key, ""):
            yield f"another {key}"
    numbers = _numbers(one)
    if numbers != _numbers(other):
        yield "other articles"
        return
    for some in _portions(numbers):
        for table in TABLES:
            if sorted(map(repr, _rows(one, table, some))) != sorted(map(repr, _rows(other, table, some))):
                yield f"other {table.name} among the articles {some[0]} to {some[-1]}"
        rows = [n for (n,) in one.database.among("SELECT n FROM passages WHERE article IN ({})", some)]
        if unlike := _unlike(one.reader.vectors(rows), other.reader.vectors(rows)):
            yield f"other vectors of {unlike} passages among the articles {some[0]} to {some[-1]}"
    yield from (f"{other.place}: {problem}" for problem in other.check().problems)


def _unlike(one: Vectors, other: Vectors) -> int:
    """How many vectors are not those of the other; all, where it has others."""
    import numpy as np

    if one[0].tolist() != other[0].tolist() or one[1] != other[1]:
        return max(len(one[0]), 1)
    if not len(one[0]):
        return 0
    return int(np.count_nonzero(np.einsum("ij,ij->i", one[2], other[2]) < ALIKE * np.linalg.norm(one[2], axis=1) ** 2))


def _numbers(library: TableStorage) -> list[int]:
    """The rows of all articles, deleted ones included."""
    return [n for (n,) in library.database.rows("SELECT n FROM articles ORDER BY n")]


def _portions(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    return (numbers[at : at + SOME] for at in range(0, len(numbers), SOME))


def _rows(library: TableStorage, table: _Table, some: Sequence[int]) -> list[Row]:
    names = ", ".join(f'"{name}"' for name in table.columns)
    return [tuple(row) for row in library.database.among(f"SELECT {names} FROM {table.name} WHERE {table.of}", some)]
