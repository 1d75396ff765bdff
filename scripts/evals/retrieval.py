"""Does `Index.search` find the right article, whatever its language? Public sets, one configuration, floors in floors.toml.

Every row goes through the public `Index`: articles in, ids of articles out. Only the vectors are remembered between libraries
and runs (in the user's cache folder), because the same texts are indexed in many combinations.

    mixed     every second XQuAD paragraph in one language, the others in another, and the reverse
    pooled    every paragraph in both: the question's language should come first, its translation soon after
    headlines NTREX: a headline must find its article in another language; half and half; 20 articles to 1, padded with others
    asked for MultiHop-RAG and headlines that name an outlet or a window, all among articles of three other sets
    seeds     the two sample articles among 1,837 others
German questions over XQuAD have no floor: they show what a language does that nothing was chosen on.
"""

from __future__ import annotations

import gzip
import json
import math
import os
import random
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import Article, Index
from index.embedding.e5 import E5, load
from index.records import Period
from index.text.language import identify

Row = tuple[str, str, float, float | None]
Floats = NDArray[np.float32]
Json = dict[str, Any]  # a row of a set
K = 10
DAY = 86_400  # seconds


@dataclass(frozen=True)
class Asked:
    """A question, the articles that answer it, and the rows its result counts in."""

    text: str
    gold: tuple[str, ...]
    tags: tuple[str, ...]
    copy: str = ""  # its translation, which should not be far


@dataclass(frozen=True)
class Found:
    """Where the gold articles came in the first ten; 0: not there."""

    ranks: tuple[int, ...]
    copy: int

    @property
    def first(self) -> int:
        return min((rank for rank in self.ranks if rank), default=0)


class Remembered:
    """The default model, remembering what it has embedded."""

    window, dimension = E5.window, E5.dimension

    def __init__(self, file: Path) -> None:
        self._model = load()
        self.name = self._model.name
        self._file = file
        self._known: dict[str, Floats] = {}
        self._saved = 0
        if file.is_file():
            with np.load(file) as kept:
                self._known = dict(zip(kept["texts"].tolist(), kept["vectors"].astype(np.float32), strict=True))
            self._saved = len(self._known)

    def embed_documents(self, texts: Sequence[str]) -> Floats:
        new = [text for text in dict.fromkeys(texts) if f"p{text}" not in self._known]
        for text, vector in zip(new, self._model.embed_documents(new), strict=True):
            self._known[f"p{text}"] = vector
        return np.stack([self._known[f"p{text}"] for text in texts]) if texts else np.zeros((0, self.dimension), np.float32)

    def embed_query(self, text: str) -> Floats:
        if f"q{text}" not in self._known:
            self._known[f"q{text}"] = self._model.embed_query(text)
        return self._known[f"q{text}"]

    def count(self, texts: Sequence[str]) -> list[int]:
        return self._model.count(texts)

    def save(self) -> None:
        if len(self._known) == self._saved:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        part = self._file.with_suffix(f".{os.getpid()}.npz")  # another run may be reading the file
        np.savez(part, texts=np.array(list(self._known)), vectors=np.stack(list(self._known.values())))
        part.replace(self._file)
        self._saved = len(self._known)


def run(shared: Path | None, sample: bool) -> list[Row]:
    """`sample`: every paragraph and article, but a tenth of the questions, one direction of each pair, fewer distractors."""
    if shared is None:
        return []
    from platformdirs import user_cache_dir

    model = Remembered(Path(user_cache_dir("dragoman")) / f"eval-{E5.name}.npz")
    results: dict[str, list[Found]] = defaultdict(list)
    for articles, questions in _libraries(shared / "data", sample):
        for asked, found in searched(articles, questions, model):
            for tag in asked.tags:
                results[tag].append(found)
        model.save()
    return list(_rows(results, sample))


@contextmanager
def in_a_folder() -> Iterator[str]:
    """Where a library of SQLite and Chroma may be for as long as it is asked."""
    with tempfile.TemporaryDirectory() as folder:
        yield folder


kept: Callable[[], AbstractContextManager[str]] = in_a_folder  # eval.py --postgres puts another in its place


def searched(articles: Iterable[Article], questions: Sequence[Asked], model: Remembered) -> Iterator[tuple[Asked, Found]]:
    with kept() as place, Index(place, embeddings=model) as index:
        index.add(articles)
        for asked in questions:
            place = {hit.passage.article_id: i for i, hit in enumerate(index.search(asked.text, k=K), 1)}
            yield asked, Found(tuple(place.get(id, 0) for id in asked.gold), place.get(asked.copy, 0))


# Libraries and questions


def _libraries(data: Path, sample: bool) -> Iterator[tuple[list[Article], list[Asked]]]:
    yield from _xquad(data / "xquad", sample)
    yield from _headlines(data, sample)
    articles, questions = _corpus(data / "multihop_rag"), _read(data / "multihop_rag/queries.jsonl.gz")
    wanted = [Asked(q["question"], tuple(q["gold_doc_ids"]), ("MultiHop-RAG",)) for q in questions if q["gold_doc_ids"]]
    yield articles, wanted[:: 3 if sample else 1]
    yield _asked_for(data, articles, wanted, sample)
    yield _seeds(data, sample)


def _xquad(folder: Path, sample: bool) -> Iterator[tuple[list[Article], list[Asked]]]:
    rows, questions = _read(folder / "corpus.jsonl.gz"), _read(folder / "queries.jsonl.gz")[:: 10 if sample else 1]
    of: dict[str, list[Article]] = defaultdict(list)
    for row in rows:
        of[row["lang"]].append(_article(row))
    key = {row["id"]: row["parallel_key"] for row in rows}

    def asked(articles: Sequence[Article], langs: Sequence[str], name: str) -> list[Asked]:
        there: dict[str, dict[str, str]] = defaultdict(dict)
        for article in articles:
            there[key[article.id]][article.lang] = article.id
        found = []
        for q in questions:
            if q["lang"] not in langs:
                continue
            ids, lang = there[key[q["gold_doc_ids"][0]]], q["lang"]
            where = "same" if lang in ids else "cross"
            if name == "pooled":
                other = next(id for at, id in ids.items() if at != lang)
                found.append(Asked(q["question"], (ids[lang],), (f"XQuAD pooled, from {lang}",), copy=other))
            elif name == "mixed":
                pair = "" if "es" in langs else "en-de "
                tags = (f"XQuAD {pair}mixed, from {lang}", f"XQuAD {pair}mixed, from {lang}, {where}-language half")
                found.append(Asked(q["question"], tuple(ids.values()), tags))
            else:
                found.append(Asked(q["question"], tuple(ids.values()), (f"XQuAD {lang}->{name}",)))
        return found

    for lang in ("en", "es", "de"):
        yield of[lang], asked(of[lang], ("en", "es", "de"), lang)
    for other in ("es", "de"):
        for turn in (0,) if sample else (0, 1):
            mixed = [of["en" if i % 2 == turn else other][i] for i in range(len(of["en"]))]
            yield mixed, asked(mixed, ("en", other), "mixed")
    yield of["en"] + of["es"], asked(of["en"] + of["es"], ("en", "es"), "pooled")


def _headlines(data: Path, sample: bool) -> Iterator[tuple[list[Article], list[Asked]]]:
    articles = {article.id: article for article in _corpus(data / "ntrex")}
    headline = {(q["lang"], q["gold_doc_ids"][0].split(":")[-1]): q["question"] for q in _read(data / "ntrex/queries.jsonl.gz")}
    keys = [id.split(":")[-1] for id in articles if id.startswith("ntrex:en:")]

    def asked(lang_of: dict[str, str], langs: Sequence[str], name: str) -> list[Asked]:
        found = []
        for lang in langs:
            for key in keys:
                where = "same" if lang_of[key] == lang else "cross"
                tags = (f"NTREX {name}, {where}-language, from {lang}",)
                found.append(Asked(headline[lang, key], (f"ntrex:{lang_of[key]}:{key}",), tags))
        return found

    for lang in ("en", "es") if sample else ("en", "es", "fr", "de", "pt"):
        froms = ("es", "fr", "de", "pt") if lang == "en" else ("en",)
        questions = [
            Asked(headline[of, key], (f"ntrex:{lang}:{key}",), (f"NTREX headlines {of}->{lang}",))
            for of in froms
            for key in keys
        ]
        yield [articles[f"ntrex:{lang}:{key}"] for key in keys], questions
    for turn in (0, 1):
        lang_of = {key: "en" if i % 2 == turn else "es" for i, key in enumerate(keys)}
        yield (
            [articles[f"ntrex:{lang}:{key}"] for key, lang in lang_of.items()],
            asked(lang_of, ("en", "es"), "half en, half es"),
        )
    rng = random.Random(20231018)
    for many, few, others in (("en", "es", "wikinews"), ("es", "en", "fakenews_es")):
        padding, shuffled = _corpus(data / others), rng.sample(keys, len(keys))
        for start in range(0, len(keys), 18) if not sample else (0,):
            rare = set(shuffled[start : start + 18])
            lang_of = {key: few if key in rare else many for key in keys}
            more = rng.sample(padding, min(len(padding), max(0, 20 * len(rare) - (len(keys) - len(rare)))))
            library = [articles[f"ntrex:{lang}:{key}"] for key, lang in lang_of.items()] + more
            yield library, asked(lang_of, ("en", "es"), f"20 {many} to 1 {few}")


def _asked_for(
    data: Path, articles: list[Article], questions: Sequence[Asked], sample: bool
) -> tuple[list[Article], list[Asked]]:
    """What questions say of outlets and dates, where there are articles enough to be misled by."""
    wikinews, rng = _corpus(data / "wikinews")[:: 6 if sample else 1], random.Random(20231018)
    found = [Asked(asked.text, asked.gold, ("MultiHop-RAG among others",)) for asked in questions]
    for article in rng.sample(articles, 100) + rng.sample(wikinews, min(100, len(wikinews))):
        title, published = " ".join(article.title.split()[:9]), article.published
        assert published
        for name, early, late in (("its", (0, 10), (1, 10)), ("a wrong", (-60, -30), (10, 20))):  # days before, days of it
            first = published.start - rng.randint(*early) * DAY
            last = first + rng.randint(*late) * DAY if name == "a wrong" else published.start + rng.randint(*late) * DAY
            window = f"{title}, between {_day(first)} and {_day(last)}"
            found.append(Asked(window, (article.id,), (f"headlines with {name} window",)))
        outlet = article.outlet.split(" - ")[0].split(" | ")[0]
        found.append(Asked(f"{title}, according to {outlet}", (article.id,), ("headlines with their outlet",)))
    others = _corpus(data / "fakenews_es")[::6] if sample else _corpus(data / "fakenews_es") + _corpus(data / "ntrex")
    return articles + wikinews + others, found[:: 4 if sample else 1]  # 4: every kind of question


def _day(seconds: int) -> str:
    day = datetime.fromtimestamp(seconds, UTC)
    return f"{day.day} {day:%B %Y}"


def _seeds(data: Path, sample: bool) -> tuple[list[Article], list[Asked]]:
    from index.ingest import sources

    golden = [json.loads(line) for line in (data / "seeds/golden.jsonl").read_text(encoding="utf-8").splitlines()]
    seeds = [found for found in sources.read([str(data / "seeds")]) if isinstance(found, Article) and found.id.endswith(".txt")]
    lang = {seed.id: seed.lang for seed in seeds}
    questions = []
    for q in golden:
        if q["answerable"]:
            where = "same" if q["lang"] in {lang[id] for id in q["gold_doc_ids"]} else "cross"
            questions.append(Asked(q["question"], tuple(q["gold_doc_ids"]), ("seeds", f"seeds, {where}-language")))
    others = _corpus(data / "wikinews") + _corpus(data / "fakenews_es")
    return seeds + others[:: 6 if sample else 1], questions


# Rows of the table


def _rows(results: dict[str, list[Found]], sample: bool) -> Iterator[Row]:
    import tomllib

    floors = tomllib.loads((Path(__file__).parent.parent / "floors.toml").read_text(encoding="utf-8"))["retrieval"]

    def row(name: str, measure: str, values: Sequence[float], of: Sequence[float] = ()) -> Row:
        """The mean of the values. `of`: the questions behind them, when the values are means already."""
        value, floor = sum(values) / len(values), floors.get(name, {}).get(measure)
        if sample and floor is not None:  # a sample may miss a floor by chance: allow for two standard errors
            floor -= round(2 * statistics.pstdev(of or values) / math.sqrt(len(of or values)), 3)
        return name, measure, value, floor

    pairs: dict[str, list[float]] = {}
    for name, found in results.items():
        if name.startswith("NTREX headlines"):
            pairs[name] = [float(one.first == 1) for one in found]
        elif name.startswith("NTREX"):
            yield row(name, "Hit@1", [one.first == 1 for one in found])
        elif name.startswith("seeds"):
            measure = "Hit@5" if "language" in name else "Hit@1"
            yield row(name, measure, [0 < one.first <= int(measure[-1]) for one in found])
        elif name.startswith("headlines with"):
            yield row(name, "Hit@1", [one.first == 1 for one in found])
        elif name.startswith("MultiHop-RAG"):
            yield row(name, "recall@10", [sum(map(bool, one.ranks)) / len(one.ranks) for one in found])
            yield row(name, "all@10", [all(one.ranks) for one in found])
        elif "half" in name:
            yield row(name, "R@1", [one.first == 1 for one in found])
        else:
            yield row(name, "MRR@10", [1 / one.first if one.first else 0.0 for one in found])
            if "pooled" in name:
                yield row(name, "translation in the top 5", [0 < one.copy <= 5 for one in found])
    means = [sum(values) / len(values) for values in pairs.values()]
    one_pair, every = next(iter(pairs.values())), [value for values in pairs.values() for value in values]
    yield row("NTREX headlines en<->es, fr, de, pt", "Hit@1, mean", means, every)
    yield row("NTREX headlines en<->es, fr, de, pt", "Hit@1, worst", [min(means)], one_pair)


def _corpus(folder: Path) -> list[Article]:
    return [_article(row) for row in _read(folder / "corpus.jsonl.gz")]


def _article(row: Json) -> Article:
    return Article(
        id=row["id"],
        title=row["title"] or "",
        text=row["text"],
        outlet=row["source"] or "",
        lang=row.get("lang") or identify(row["text"]),
        published=Period.parse(row["date"]) if row.get("date") else None,
    )


def _read(file: Path) -> list[Json]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]
