"""The tables of a library in SQLite, and how they came to be: `MIGRATIONS` leads from any older schema to this one."""

from __future__ import annotations

import sqlite3
from contextlib import closing

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL,            -- the newest
  origin TEXT NOT NULL,                -- id of the story it is a copy of; its own id when it is the first
  deleted INTEGER                      -- when, in seconds since 1970: a tombstone
);
CREATE INDEX articles_origin ON articles (origin);
CREATE TABLE versions (
  article INTEGER NOT NULL REFERENCES articles, version INTEGER NOT NULL,
  title TEXT NOT NULL, outlet TEXT NOT NULL, outlet_key TEXT NOT NULL, agency TEXT NOT NULL,
  authors TEXT NOT NULL, authors_key TEXT NOT NULL,     -- a JSON list; "|folded|names|"
  published_from INTEGER, published_to INTEGER, date_source TEXT NOT NULL,
  lang TEXT NOT NULL, url TEXT NOT NULL,
  hash TEXT NOT NULL,                  -- of title and text
  about TEXT NOT NULL,                 -- of everything else
  added INTEGER NOT NULL,
  PRIMARY KEY (article, version)
) WITHOUT ROWID;
CREATE TABLE texts (
  article INTEGER NOT NULL, version INTEGER NOT NULL,
  text BLOB NOT NULL,                  -- zlib(UTF-8, lone surrogates passed)
  PRIMARY KEY (article, version),
  FOREIGN KEY (article, version) REFERENCES versions
);
CREATE TABLE shingles (                -- of the newest version: what copies are found by
  key INTEGER NOT NULL, article INTEGER NOT NULL REFERENCES articles,
  PRIMARY KEY (key, article)
) WITHOUT ROWID;
CREATE INDEX shingles_article ON shingles (article);
CREATE TABLE passages (
  n INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice: the row of the lexical index
  id TEXT NOT NULL UNIQUE,
  article INTEGER NOT NULL REFERENCES articles,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL,      -- 0, 0: the title alone, which has a vector but no words
  generation INTEGER NOT NULL
);
CREATE INDEX passages_article ON passages (article);
CREATE INDEX passages_generation ON passages (generation);
CREATE TABLE vectors (
  n INTEGER PRIMARY KEY REFERENCES passages,
  lang TEXT NOT NULL,
  vector BLOB NOT NULL                 -- float16, of unit length
);
CREATE TABLE means (lang TEXT PRIMARY KEY, n INTEGER NOT NULL, sum BLOB NOT NULL) WITHOUT ROWID;  -- float64 sums of vectors
CREATE TABLE removed (id TEXT NOT NULL, generation INTEGER NOT NULL);  -- passages that Chroma may still hold
CREATE VIRTUAL TABLE lexical USING fts5 (terms, names, content='', tokenize='ascii');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (lexical, 'col');
"""
KEYS = """
DROP TABLE vocabulary;
DROP TABLE lexical;
CREATE VIRTUAL TABLE lexical USING fts5 (keys, content='', tokenize='ascii', detail=none);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (lexical, 'row');
DELETE FROM meta WHERE key = 'terms';  -- so that the lexical index is made anew
ALTER TABLE passages ADD COLUMN keys INTEGER NOT NULL DEFAULT 0;     -- how many the lexical index has of it
ALTER TABLE versions ADD COLUMN current INTEGER NOT NULL DEFAULT 1;  -- whether it is the newest
ALTER TABLE versions ADD COLUMN opening INTEGER NOT NULL DEFAULT 0;  -- the row of its first passage; the others follow
ALTER TABLE versions ADD COLUMN titled INTEGER NOT NULL DEFAULT 0;   -- whether that is the title alone
UPDATE versions SET current = 0 WHERE version < (SELECT version FROM articles WHERE n = article);
UPDATE versions SET opening = (SELECT min(n) FROM passages p WHERE p.article = versions.article) WHERE current
  AND article IN (SELECT article FROM passages);
UPDATE versions SET titled = (SELECT "end" = 0 FROM passages WHERE n = opening) WHERE current AND opening;
CREATE INDEX versions_current ON versions (current, published_from, published_to, lang, outlet_key, article);
ALTER TABLE removed ADD COLUMN n INTEGER NOT NULL DEFAULT 0;         -- the passage's row
"""
STATEMENTS = """
CREATE TABLE statements (              -- of the newest version, see quotes.Statement; text that the article has is left empty
  n INTEGER PRIMARY KEY,
  passage INTEGER NOT NULL REFERENCES passages,        -- that it begins in
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, kind TEXT NOT NULL,
  cue_start INTEGER, cue_end INTEGER,
  speaker TEXT NOT NULL, speaker_start INTEGER, speaker_end INTEGER, speaker_resolved TEXT NOT NULL,
  role TEXT NOT NULL, verb TEXT NOT NULL, sense TEXT NOT NULL, confidence REAL NOT NULL, addressee TEXT NOT NULL,
  event TEXT NOT NULL, event_start INTEGER, event_end INTEGER, event_from INTEGER, event_to INTEGER,
  chain TEXT NOT NULL,                 -- a JSON list, or empty
  lang TEXT NOT NULL, words TEXT NOT NULL
);
CREATE INDEX statements_passage ON statements (passage);
CREATE TABLE speakers (                -- what a speaker is looked up by
  key TEXT NOT NULL, statement INTEGER NOT NULL REFERENCES statements,
  PRIMARY KEY (key, statement)
) WITHOUT ROWID;
CREATE INDEX speakers_statement ON speakers (statement);
"""
ASIDE = """
ALTER TABLE passages ADD COLUMN aside TEXT NOT NULL DEFAULT '';      -- its captions and closing line: JSON of credits.Furniture
DELETE FROM meta WHERE key = 'terms';  -- so that they are looked for
"""
WAITING = """
ALTER TABLE means ADD COLUMN waiting INTEGER NOT NULL DEFAULT 0;     -- passages that have no vector yet: their generation is 0
"""
ATTEMPTS = """
CREATE TABLE attempts (                -- at embedding articles that somebody else left: see index/storage/tables/attempts.py
  article INTEGER PRIMARY KEY REFERENCES articles,
  tries INTEGER NOT NULL,
  aside INTEGER                        -- when it was set aside, in seconds since 1970
);
"""
# MIGRATIONS[i] leads from schema i to i + 1; PRAGMA user_version says where a library is
MIGRATIONS = (SCHEMA, KEYS, STATEMENTS, ASIDE, WAITING, ATTEMPTS)


def begun(db: sqlite3.Connection, version: int) -> int:
    """The schema that a library's tables are of, where it is later than the number in the file, `version`; else that number.

    A program that copies or repairs a database may lose the number. Migrating by it would fail on what is there already.
    """
    there = _columns(db)
    if version >= len(MIGRATIONS) or not there:
        return version
    with closing(sqlite3.connect(":memory:")) as made:
        for step, script in enumerate(MIGRATIONS, 1):
            made.executescript(script)
            if step > version and _columns(made) <= there:
                version = step
    return version


def _columns(db: sqlite3.Connection) -> set[tuple[str, str]]:
    """(table, column) of all that a database has."""
    sql = "SELECT m.name, c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c WHERE m.type = 'table'"
    return {(str(table), str(column)) for table, column in db.execute(sql)}
