"""The table of statements: who said what, in the newest version of every article. Functions over an open connection.

Written with the passages of its article in one transaction, forgotten with them, read by `Index.quotes`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from index.quotes import Statement
from index.quotes.speakers import speaker_keys
from index.storage.records import StatementQuery, StatementRow
from index.storage.tables.database import Statements, Tables
from index.storage.tables.rows import ITS_VERSION, sql_text

VERSION = "17"  # of the rules that read the statements: `doctor` reads them again when it has changed
SCAN = 3000  # statements of one speaker that are looked at, the newest
COLUMNS = [
    "start", "end", "kind", "cue_start", "cue_end", "speaker", "speaker_start", "speaker_end", "speaker_resolved", "role",
    "verb", "sense", "confidence", "addressee", "event", "event_start", "event_end",
    "event_from", "event_to", "chain", "lang", "words",
]  # fmt: skip
_SELECT = ", ".join(f's."{name}"' for name in COLUMNS)


# Writing ---------------------------------------------------------------------------------------------------------------------


Said = tuple[
    Sequence[tuple[int, int]], str, Sequence[Statement]
]  # (row, start) of an article's passages, its text, its statements


def write(db: Statements, articles: Iterable[Said]) -> None:
    """Store the statements of articles, each of which has a passage."""
    number = int(db.execute("SELECT coalesce(max(n), 0) FROM statements").fetchone()[0])
    rows: list[tuple[object, ...]] = []
    keys: list[tuple[str, int]] = []
    for passages, text, statements in articles:
        for number, statement in enumerate(statements, number + 1):  # noqa: B020  it goes on from article to article
            row = next((row for row, start in reversed(passages) if start <= statement.start), passages[0][0])
            rows.append((number, row, *_stored(statement, text)))
            named = (statement.speaker_resolved, statement.speaker, statement.role)
            keys += [(key, number) for key in {key for name in named for key in speaker_keys(name, statement.lang)}]
    db.executemany(f"INSERT INTO statements VALUES (?, ?{', ?' * len(COLUMNS)})", rows)
    db.executemany("INSERT INTO speakers VALUES (?, ?)", sorted(keys))


def _stored(statement: Statement, text: str) -> Iterator[object]:
    """The COLUMNS of a statement; what the article's text has is not stored twice."""
    written = statement.speaker_start is not None and statement.speaker_end is not None
    same = written and text[statement.speaker_start : statement.speaker_end] == statement.speaker
    stored = {name: getattr(statement, name) for name in COLUMNS}
    stored["speaker"] = "" if same else statement.speaker
    stored["event"] = "" if statement.event_start is not None else statement.event
    stored["chain"] = json.dumps(statement.chain, ensure_ascii=False) if statement.chain else ""
    return map(_sql, stored.values())


def forget(db: Statements, article: int) -> None:
    """Remove the statements of article row `article`; its passages are still there."""
    there = "SELECT n FROM passages WHERE article = ?"
    db.execute(f"DELETE FROM speakers WHERE statement IN (SELECT n FROM statements WHERE passage IN ({there}))", (article,))
    db.execute(f"DELETE FROM statements WHERE passage IN ({there})", (article,))


def _sql(value: object) -> object:
    """No offset depends on what becomes of a text here."""
    return sql_text(value) if isinstance(value, str) else value


# Reading ---------------------------------------------------------------------------------------------------------------------


def find(database: Tables, query: StatementQuery, where: str, values: Sequence[object]) -> list[StatementRow]:
    """At most SCAN statements, newest first. `where` with its `values` narrows the articles (over `versions v`)."""
    conditions, given = [where or "TRUE"], list(values)
    if query.keys:
        conditions.append(f"s.n IN (SELECT statement FROM speakers WHERE key IN ({','.join('?' * len(query.keys))}))")
        given += sorted(query.keys)
    if query.passages is not None:
        conditions.append(f"s.passage IN (SELECT n FROM passages WHERE id IN ({database.LISTED}))")
        given.append(database.listed(query.passages))
    for sql, value in (
        ("coalesce(s.event_to, v.published_to) > ?", query.since),
        ("coalesce(s.event_from, v.published_from) < ?", query.until),
        ("s.lang = ?", query.lang or None),
    ):
        if value is not None:
            conditions.append(sql)
            given.append(value)
    moment = "coalesce(s.event_from, v.published_from)"
    rows = database.rows(
        f"SELECT p.id, {moment}, {_SELECT} FROM statements s"
        f" JOIN passages p ON p.n = s.passage {ITS_VERSION}"
        f" WHERE {' AND '.join(conditions)} ORDER BY {moment} IS NULL, {moment} DESC, s.n LIMIT {SCAN}",
        given,
    )
    return [StatementRow(row[0], _statement(row[2:]), row[1]) for row in rows]


def _statement(row: Sequence[object]) -> Statement:
    stored = dict(zip(COLUMNS, row, strict=True))
    stored["chain"] = tuple(json.loads(str(stored["chain"]))) if stored["chain"] else ()
    return Statement(**stored)  # type: ignore[arg-type]
