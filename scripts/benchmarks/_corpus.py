"""A made-up news library of any size, for measuring: articles of generated words, and vectors placed without a model.

Word frequencies follow Zipf and Mandelbrot, as in news without its stop words (the commonest word stands in a third of the
passages). Vectors lie in clusters around the shipped means of their language, as those of the default model do, and carry its
name, so that centring and all that follows runs as it does in use.
"""

from __future__ import annotations

import random
import re
import resource
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index.embedding.e5 import E5
from index.embedding.language_means import shipped
from index.index import Index
from index.records import Article, Period, passage_id
from index.storage.lexical import passage_keys
from index.storage.records import Model, Prepared
from index.storage.sqlite.database import DATABASE
from index.text import token_count
from index.text.near_duplicates import Fingerprint

if TYPE_CHECKING:
    from numpy.typing import NDArray

DIMENSION = 384
PASSAGES = 5  # an article, and its title
WORDS = 110  # a passage: about 800 characters
LANGS = {"en": 0.50, "es": 0.35, "fr": 0.10, "it": 0.05}
OUTLETS = 50  # the first three publish 6 %
FIRST, DAYS = 1_672_531_200, 375  # articles are spread evenly over so many days: 30 of them are 8 %, 3 are .8 %
CLUSTERS = 2_000


class Placed:
    """Embeddings whose next question vector is set by hand: `search` without the model's own time."""

    name = E5.name

    def __init__(self) -> None:
        self.next: NDArray[np.float32] = np.zeros(DIMENSION, np.float32)

    def embed_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(len(texts), 384), all the vector that was set: the corpus comes with its own."""
        return np.tile(self.next, (len(texts), 1))

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """The vector that was set."""
        return self.next


@cache
def vocabulary(lang: str, size: int = 30_000) -> list[str]:
    """Words, other ones in each language: nine tenths from tiktoken's vocabulary: as many tokens as news has."""
    rng = random.Random(f"words {lang}")
    known = re.findall(
        rb"(?<=\n)[a-z]{3,12}(?=\n)", b"\n\n".join(sorted(token.strip() for token in token_count._load().token_byte_values()))
    )
    syllables = [a + b for a in "b c d f g l m n p r s t v".split() for b in "a e i o u an er ol us".split()]
    real = [word.decode() for word in dict.fromkeys(known)]
    made = ["".join(rng.choices(syllables, k=rng.randint(2, 4))) for _ in range(size)]
    rng.shuffle(real)
    mixed = [made[i] if i % 10 == 0 else f"{real[i % len(real)]}{'' if i < len(real) else made[i][:2]}" for i in range(size)]
    return list(dict.fromkeys(mixed))


@cache
def _weights(size: int) -> NDArray[np.float64]:
    weights = 1 / (np.arange(size) + 20)
    cumulative: NDArray[np.float64] = np.cumsum(weights / weights.sum())
    return cumulative


def words(rng: np.random.Generator, lang: str, n: int) -> list[str]:
    """n words by their frequency."""
    known = vocabulary(lang)
    return [known[min(i, len(known) - 1)] for i in np.searchsorted(_weights(len(known)), rng.random(n)).tolist()]


@cache
def _centres() -> NDArray[np.float32]:
    centres = np.random.default_rng(11).standard_normal((CLUSTERS, DIMENSION)).astype(np.float32)
    unit: NDArray[np.float32] = centres / np.linalg.norm(centres, axis=1, keepdims=True)
    return unit


def vectors(rng: np.random.Generator, lang: str, cluster: int, n: int) -> NDArray[np.float32]:
    """n unit vectors of one cluster."""
    means = shipped(E5.name, DIMENSION).passages
    noise = rng.standard_normal((n, DIMENSION)).astype(np.float32) / np.sqrt(DIMENSION)
    found = means.get(lang, means[""]) + 0.4 * (_centres()[cluster] + 0.9 * noise)
    unit: NDArray[np.float32] = found / np.linalg.norm(found, axis=1, keepdims=True)
    return unit


class Given(NamedTuple):
    """An article ready to be written, and what its passages are to have for vectors."""

    prepared: Prepared
    vectors: NDArray[np.float16]  # (PASSAGES + 1, DIMENSION)


def articles(n: int, seed: int = 0) -> Iterator[Given]:
    """n articles, ready to be written, with their vectors."""
    rng = np.random.default_rng(seed)
    langs, shares = list(LANGS), list(LANGS.values())
    for i in range(n):
        lang = langs[int(rng.choice(len(langs), p=shares))]
        paragraphs = [" ".join(words(rng, lang, WORDS)).capitalize() + "." for _ in range(PASSAGES)]
        spans, at = [(0, 0)], 0
        for paragraph in paragraphs:
            spans.append((at, at + len(paragraph)))
            at += len(paragraph) + 2
        start = FIRST + int(rng.integers(DAYS)) * 86_400
        article = Article(
            id=f"made-up-{seed}-{i}", text="\n\n".join(paragraphs), title=" ".join(words(rng, lang, 8)).capitalize(), lang=lang,
            outlet=f"Outlet {int(rng.integers(OUTLETS))}", published=Period(start, start + 86_400), date_source="row",
        )  # fmt: skip
        placed = vectors(rng, lang, int(rng.integers(CLUSTERS)), PASSAGES + 1).astype(np.float16)
        yield Given(Prepared(article, spans, Fingerprint(b"", ())), placed)


def write(index: Index, batch: Sequence[Given]) -> None:
    """Put new articles and give their passages their vectors."""
    index.storage.put([one.prepared for one in batch])
    ids = [passage_id(one.prepared.article.id, 1, *span) for one in batch for span in one.prepared.spans]
    index.storage.embed(ids, np.concatenate([one.vectors for one in batch]), Model(index.embedder, DIMENSION))


def fill(folder: Path, n: int, *, batch: int = 800) -> None:
    """A library of n articles in `folder`, through the library's own way in (without splitting and embedding)."""
    with Index(folder, embeddings=Placed()) as index:
        have = index.storage.stats().articles
        if have == n:
            return
        pending: list[Given] = []
        for i, one in enumerate(articles(n)):
            if i >= have:
                pending.append(one)
            if len(pending) == batch or i == n - 1:
                write(index, pending)
                pending = []


def amplify(folder: Path, source: Path, times: int) -> None:
    """A library in `folder` that has the articles of `source` `times` over, under other ids and with vectors of their own.

    Written table by table: the library's way in would take an hour for a million vectors. Words and dates are those of the
    source, so that a word is in `times` as many passages, and a filter lets the same share through.
    """
    if folder.exists():
        return
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    with closing(sqlite3.connect(source / DATABASE)) as db:
        db.execute("VACUUM INTO ?", (str(part / DATABASE),))
    with Index(part, embeddings=Placed()) as index, index.storage.database.writing():
        with index.storage.database.transaction() as db:
            _copy(db, index, times)
        index.storage.nearest.sync()
    part.rename(folder)


def _copy(db: sqlite3.Connection, index: Index, times: int) -> None:
    """Every row `times` over: what `amplify` does to the tables."""
    rng = np.random.default_rng(times)
    (articles,), (passages,) = (db.execute(f"SELECT max(n) FROM {table}").fetchone() for table in ("articles", "passages"))
    of = dict(db.execute("SELECT n, article FROM passages"))
    langs = dict(db.execute("SELECT n, lang FROM vectors"))
    keys: list[tuple[int, str]] = []
    for n in dict.fromkeys(of.values()):
        article = index.storage.reader.version(n)
        assert article is not None
        spans = db.execute('SELECT n, start, "end" FROM passages WHERE article = ? ORDER BY n', (n,)).fetchall()
        held = passage_keys(article, [span for _, *span in spans])
        keys += [(row, " ".join(words)) for (row, _, end), words in zip(spans, held, strict=True) if end]
    columns = [row[1] for row in db.execute("PRAGMA table_info(versions)")]
    moved = ", ".join(f"{name} + ?" if name in ("article", "opening") else name for name in columns)
    assert columns.index("article") < columns.index("opening")
    for k in range(1, times):
        a, p = k * articles, k * passages
        db.execute(
            "INSERT INTO articles SELECT n + ?, id || ?, version, origin || ?, deleted FROM articles WHERE n <= ?",
            (a, f"/{k}", f"/{k}", articles),
        )
        db.execute(f"INSERT INTO versions SELECT {moved} FROM versions WHERE article <= ?", (a, p, articles))
        db.execute("INSERT INTO texts SELECT article + ?, version, text FROM texts WHERE article <= ?", (a, articles))
        db.execute(
            'INSERT INTO passages (n, id, article, start, "end", keys, generation)'
            ' SELECT n + ?, lower(hex(randomblob(16))), article + ?, start, "end", keys, generation FROM passages WHERE n <= ?',
            (p, a, passages),
        )
        clusters = rng.integers(CLUSTERS, size=articles + 1)
        drawn = ((n, langs[n], vectors(rng, langs[n], int(clusters[of[n]]), 1).astype(np.float16).tobytes()) for n in langs)
        db.executemany("INSERT INTO vectors VALUES (?, ?, ?)", ((n + p, lang, vector) for n, lang, vector in drawn))
        db.executemany("INSERT INTO lexical (rowid, keys) VALUES (?, ?)", ((n + p, words) for n, words in keys))
    for lang, n, total in db.execute("SELECT lang, n, sum FROM means").fetchall():
        summed = (np.frombuffer(total, np.float64) * times).tobytes()
        db.execute("UPDATE means SET n = ?, sum = ? WHERE lang = ?", (n * times, summed, lang))


def questions(n: int, seed: int = 1) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """n questions in English and Spanish, with their vectors: two rare words, two middling ones, two frequent ones."""
    rng = np.random.default_rng(seed)
    for i in range(n):
        lang, before = (("en", "What did the"), ("es", "¿Qué dijo el"))[i % 2]
        known = vocabulary(lang)
        ranks = [*rng.integers(3_000, 30_000, 2), *rng.integers(100, 3_000, 2), *rng.integers(0, 100, 2)]
        chosen = [known[int(rank) % len(known)] for rank in ranks]
        text = f"{before} {chosen[0].capitalize()} {' '.join(chosen[1:])}?"
        means = shipped(E5.name, DIMENSION)
        noise = rng.standard_normal(DIMENSION).astype(np.float32) / np.sqrt(DIMENSION)
        asked = means.questions.get(lang, means.questions[""]) + 0.4 * (_centres()[int(rng.integers(CLUSTERS))] + 0.9 * noise)
        yield text, (asked / np.linalg.norm(asked)).astype(np.float32)


def own() -> int:
    """Bytes of this process's own memory; mapped files, which the system takes back, not counted. The peak where unknown."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"RssAnon:\s*(\d+)", status.read_text())[1]) * 1024  # type: ignore[index]
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
