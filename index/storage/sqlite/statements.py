"""The table of statements: who said what, in the newest version of every article. Functions over an open connection.

Written with the passages of its article in one transaction, forgotten with them, read by `Index.quotes`. What a speaker is
found by (`speaker_keys`) is loose on purpose: one spelling-blind word in common. `speaks` then decides, and is not.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

from index.quotes import PRONOUNS, UNCLEAR, Statement, same_person
from index.quotes.job_titles import OFFICES
from index.quotes.people import BODIES, RUN
from index.records import Article, Passage, Period
from index.text.person_names import FAMILY_FIRST, PARTICLES, TITLES, parts, skeleton

VERSION = "7"  # of the rules that read the statements: `doctor` reads them again when it has changed
SCAN = 3000  # statements of one speaker that are looked at, the newest
COLUMNS = [
    "start", "end", "kind", "cue_start", "cue_end", "speaker", "speaker_start", "speaker_end", "speaker_resolved", "role",
    "verb", "sense", "confidence", "addressee", "event", "event_start", "event_end",
    "event_from", "event_to", "chain", "lang", "words",
]  # fmt: skip
_SELECT = ", ".join(f's."{name}"' for name in COLUMNS)
_EMPTY = frozenset("the a an el la los las un una its their his her de del of y and".split())
CAMPAIGNS = frozenset("campaign camp administration regime team staff aides campaña administración régimen equipo".split())
SPEAKS_FOR = re.compile(r"\b(?:spokes\w+|press secretary|official|statement|portavoz|vocer[oa]|comunicado)\b", re.I)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation(Statement):
    """A statement and where it stands."""

    article_id: str
    version: int
    outlet: str = ""
    published: Period | None = None
    origin: str = ""  # id of the story that the article is a copy of
    text: str = ""  # article.text[start:end]
    passage: Passage  # the one that it begins in
    closeness: float = 0.0  # of its passage to what was asked about, 0..1; 0 where nothing was

    @property
    def date(self) -> Period | None:
        """When it was said as far as is known: the date beside the verb, else the article's."""
        if self.event_from is not None and self.event_to is not None:
            return Period(self.event_from, self.event_to)
        return self.published


@dataclass(frozen=True, slots=True)
class Row:
    """A statement as it is stored: of `passage`, said at `moment` (seconds; None: not known)."""

    passage: int
    statement: Statement
    moment: int | None


# Writing ---------------------------------------------------------------------------------------------------------------------


Said = tuple[
    Sequence[tuple[int, int]], str, Sequence[Statement]
]  # (row, start) of an article's passages, its text, its statements


def write(db: sqlite3.Connection, articles: Iterable[Said]) -> None:
    """Store the statements of articles, each of which has a passage."""
    number = int(db.execute("SELECT coalesce(max(n), 0) FROM statements").fetchone()[0])
    rows: list[tuple[object, ...]] = []
    keys: list[tuple[str, int]] = []
    for passages, text, said in articles:
        for number, statement in enumerate(said, number + 1):  # noqa: B020  it goes on from article to article
            row = next((row for row, start in reversed(passages) if start <= statement.start), passages[0][0])
            rows.append((number, row, *_stored(statement, text)))
            of = speaker_keys(statement.speaker_resolved) | speaker_keys(statement.speaker)
            keys += [(key, number) for key in of]
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


def forget(db: sqlite3.Connection, article: int) -> None:
    """Remove the statements of article row `article`; its passages are still there."""
    there = "SELECT n FROM passages WHERE article = ?"
    db.execute(f"DELETE FROM speakers WHERE statement IN (SELECT n FROM statements WHERE passage IN ({there}))", (article,))
    db.execute(f"DELETE FROM statements WHERE passage IN ({there})", (article,))


def _sql(value: object) -> object:
    """Text that SQLite takes: see `library._sql`. No offset depends on it."""
    return value.encode("utf-8", "replace").decode().replace("\0", "\N{SYMBOL FOR NULL}") if isinstance(value, str) else value


# Reading ---------------------------------------------------------------------------------------------------------------------


def find(
    db: sqlite3.Connection,
    where: str,
    values: Sequence[str | int],
    *,
    keys: frozenset[str] = frozenset(),
    passages: Sequence[int] | None = None,
    since: int | None = None,
    until: int | None = None,
    lang: str = "",
) -> list[Row]:
    """At most SCAN statements, newest first.

    `where` with its `values` narrows the articles (over `versions v`). `keys`: one of them is a key of its speaker. `passages`:
    rows that it begins in. `since`, `until`: seconds; it was said in between, or published where it is not known when.
    """
    conditions, given = [where or "1"], list(values)
    if keys:
        conditions.append(f"s.n IN (SELECT statement FROM speakers WHERE key IN ({','.join('?' * len(keys))}))")
        given += sorted(keys)
    if passages is not None:
        conditions.append("s.passage IN (SELECT value FROM json_each(?))")
        given.append(json.dumps(list(passages)))
    for sql, value in (
        ("coalesce(s.event_to, v.published_to) > ?", since),
        ("coalesce(s.event_from, v.published_from) < ?", until),
        ("s.lang = ?", lang or None),
    ):
        if value is not None:
            conditions.append(sql)
            given.append(value)
    rows = db.execute(
        f"SELECT s.passage, coalesce(s.event_from, v.published_from) AS moment, {_SELECT} FROM statements s"
        " JOIN passages p ON p.n = s.passage JOIN versions v ON v.article = p.article AND v.current"
        f" WHERE {' AND '.join(conditions)} ORDER BY moment IS NULL, moment DESC, s.n LIMIT {SCAN}",
        given,
    )
    return [Row(row[0], _statement(row[2:]), row[1]) for row in rows]


def _statement(row: Sequence[object]) -> Statement:
    stored = dict(zip(COLUMNS, row, strict=True))
    stored["chain"] = tuple(json.loads(str(stored["chain"]))) if stored["chain"] else ()
    return Statement(**stored)  # type: ignore[arg-type]


def whole(statement: Statement, text: str) -> Statement:
    """With the speaker and the occasion as `text`, the article's, has them: they are not stored twice."""
    from dataclasses import replace

    speaker, event = statement.speaker, statement.event
    if not speaker and statement.speaker_start is not None and statement.speaker_end is not None:
        speaker = text[statement.speaker_start : statement.speaker_end]
    if not event and statement.event_start is not None and statement.event_end is not None:
        event = text[statement.event_start : statement.event_end]
    return replace(statement, speaker=speaker, event=event)


def read(article: Article) -> list[Statement]:
    """Who says what in an article, read now: for a text that is in no library, or an older version of it."""
    from index.quotes import statements

    return statements(article.text, lang=article.lang, title=article.title, published=article.published)


def quotation(statement: Statement, text: str, passage: Passage, closeness: float) -> Quotation:
    """A stored statement with what its article tells. `text` is the article's."""
    of = {field.name: getattr(statement, field.name) for field in fields(Statement)}
    return Quotation(
        **of, article_id=passage.article_id, version=passage.version, outlet=passage.outlet, published=passage.published,
        origin=passage.origin, text=text[statement.start : statement.end], passage=passage, closeness=closeness,
    )  # fmt: skip


def distinct(found: Sequence[Quotation]) -> Iterator[Quotation]:
    """Without what several articles of one story repeat word for word: the first of each."""
    seen: set[tuple[str, str]] = set()
    for one in found:
        key = (one.origin, " ".join(_WORD.findall(one.text.lower())))
        if key not in seen:
            seen.add(key)
            yield one


# Who speaks ------------------------------------------------------------------------------------------------------------------


def speaker_keys(name: str) -> frozenset[str]:
    """What a speaker is stored and looked up by: the spelling-blind form of each word of a name, of the words otherwise.

    >>> sorted(speaker_keys("Foreign Minister Serguéi Lavrov")), sorted(speaker_keys("the parties"))
    (['lavrov', 'sergei'], ['parties'])
    """
    return frozenset(key for word in _words(name) for part in (word, *word.split("-")) if (key := skeleton(part)))


def asked_keys(name: str) -> frozenset[str]:
    """What somebody who is asked about is looked up by: without the given name, which too many share."""
    words = _words(name)
    return frozenset(key for word in (words[1:] or words) if (key := skeleton(word)))


def speaks(asked: str, statement: Statement, *, surname: bool = False) -> bool:
    """Whether a statement is of the one who is asked about: "Blinken", "Serguéi Lavrov", "the State Department".

    A full name is the speaker's only where `same_person` has no doubt; with `surname` also where the article has no more than
    that (see `alone`). A surname may be that of several people: whoever asks so gets them all, each under the full name.
    """
    name = statement.speaker_resolved or statement.speaker
    if statement.confidence < UNCLEAR or not name or name.lower() in PRONOUNS:
        return False
    wanted = [skeleton(word) for word in _words(asked)]
    if not wanted:
        return False
    if not _personal(asked):
        if _personal(name) and not SPEAKS_FOR.search(f"{statement.speaker} {statement.role}"):
            return False
        return set(wanted) <= {skeleton(word) for word in (*_words(name), *_words(statement.speaker))}
    bare = _name_of(name)
    have_words = [skeleton(word) for word in _words(bare)] if bare else []
    if not have_words:
        return False
    if len(wanted) == 1:
        family = have_words[:1] if have_words[0] in FAMILY_FIRST else []
        return wanted[0] in (*family, have_words[-1], *have_words[1:])
    if same_person(asked, bare) or have_words[-len(wanted) :] == wanted:  # "Army Capt. Ann Lee"
        return True
    return surname and len(have_words) == 1 and have_words[0] == wanted[-1]


def alone(asked: str, said: Iterable[Statement]) -> bool:
    """Whether nobody else among the speakers has the surname of the one who is asked about: then it may stand for the name."""
    others = {statement.speaker_resolved for statement in said} - {""}
    surname = skeleton((_words(asked) or [""])[-1])
    shared = [name for name in others if len(words := _words(name)) > 1 and skeleton(words[-1]) == surname]
    return all(same_person(asked, name) is not False for name in shared)


def _words(name: str) -> list[str]:
    """The words that tell whom a name means: those of the name, or all of a description."""
    named = [word for word in parts(name) if word not in PARTICLES]
    if _personal(name) and named:
        return named
    bare = (word.lower().removesuffix("'s").removesuffix("’s") for word in _WORD.findall(name))
    return [word for word in bare if word not in _EMPTY]


def _personal(name: str) -> bool:
    """Whether the words are a name, with titles or without, and no description: "Secretary Blinken", not "the White House"."""
    words = _WORD.findall(name)
    proper = [word for word in words if word.lower() not in TITLES | OFFICES | PARTICLES]
    article = bool(words) and words[0].lower() in _EMPTY
    body = any(word.lower() in BODIES | CAMPAIGNS for word in words)
    return bool(proper) and not body and all(not word[0].islower() for word in proper) and not (article and len(proper) < 2)


def _name_of(phrase: str) -> str:
    """The name at the head of a speaker as written: none in "Clinton campaign", where the name only tells whose."""
    for match in RUN.finditer(phrase):
        words = [word for word in parts(match.group()) if word not in PARTICLES]
        after = phrase[match.end() : match.end() + 24]
        if words and not re.match(r"['’]s\b|\. [A-ZÁÉÍÓÚÑ]| [^\W\d_A-ZÁÉÍÓÚÑ]+", after):
            return match.group()
        if words and re.match(r" (?:and|y|e|who|que|himself|herself|in|on|of|at|from|en|de)\b", after):
            return match.group()
    return phrase if not re.search("[A-Za-z]", phrase) else ""
