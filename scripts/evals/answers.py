"""Are the answers right, cited and verbatim, and is what cannot be answered refused? Through `Bot.ask`, with no chat model.

The scorer is `eval/score.py` of the shared folder, which knows nothing of us. The figures that are fitted
(`scripts/calibrate.py`) are reported on other questions: XQuAD's odd articles, MultiHop-RAG's odd questions.

    XQuAD       one language over another; each question again with its paragraph hidden ("removed")
    exchanged   an XQuAD question with one name out of another question: nothing answers it
    seeds       the two sample articles alone, and hidden among 1,837 others
RAMDocs, MTRAG-UN, German and exchanged names have no floor.
"""

from __future__ import annotations

import importlib.util
import json
import math
import random
import re
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot import Bot
from bot.answers.extractive import Extractive
from bot.questions.question import read as read_question
from bot.records import Answer
from bot.rendering.json_rows import run_row
from bot.retrieval.evidence import Evidence
from bot.retrieval.retrieve import FOUND, retrieve
from evals.retrieval import Json, Remembered, Row, _article, _corpus, _read
from index import Article, Index, read
from index.embedding.e5 import E5, TokenVectors
from index.records import Filter, Scope
from index.text.names import holds_name, names_in, same_name

PAIRS = ("en-en", "es-es", "en-es", "es-en", "de-de", "de-en", "en-de")
FALSE = 0.15  # answerable questions that may be refused, where refusals are compared; null queries: .10


@dataclass(frozen=True, slots=True)
class Case:
    """A question over part of a library."""

    set: str  # XQuAD: the languages of question and library, "en-es"; else a name
    key: str  # the same for the same question in other languages and over other parts
    question: str
    lang: str
    ids: frozenset[str]  # articles there are
    gold: tuple[tuple[str, int, int], ...]  # article, first and last code point
    answerable: bool


class Tokens(Remembered):
    """The default model, remembering what it has embedded, its tokens too."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self._tokens: dict[tuple[str, bool], TokenVectors] = {}

    def embed_tokens(self, texts: Sequence[str], *, query: bool = False) -> list[TokenVectors]:
        new = [text for text in dict.fromkeys(texts) if (text, query) not in self._tokens]
        self._tokens |= {
            (text, query): found for text, found in zip(new, self._model.embed_tokens(new, query=query), strict=True)
        }
        return [self._tokens[text, query] for text in texts]

    def read_sentences(self, question: str, passages: Sequence[tuple[str, Sequence[str]]]) -> list[NDArray[np.float32]]:
        return self._model.read_sentences(question, passages)

    def instruction_odds(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        return self._model.instruction_odds(sentences)


def model() -> Tokens:
    from platformdirs import user_cache_dir

    return Tokens(Path(user_cache_dir("dragoman")) / f"eval-{E5.name}.npz")


def run(shared: Path, sample: bool) -> Iterator[Row]:
    """`sample`: the seeds alone, 15 questions of XQuAD for two pairs of languages, a tenth of MultiHop-RAG."""
    return _rows(shared, sample)


def _rows(shared: Path, sample: bool) -> Iterator[Row]:
    import tomllib

    floors = tomllib.loads((Path(__file__).parent.parent / "floors.toml").read_text(encoding="utf-8"))["answers"]
    asked = Run(scorer(shared), model(), sample)

    def row(name: str, measure: str, value: float, count: int) -> Row:
        floor = floors.get(name, {}).get(measure)
        if sample and floor is not None and floor < 1:  # a sample may miss a floor by chance: allow for two standard errors
            floor = round(max(0.0, floor - 2 * math.sqrt(floor * (1 - floor) / count)), 3)
        return name, measure, value, floor

    parts = [asked.seeds, asked.multihop, asked.xquad]
    for part in parts if sample else [*parts, asked.hidden, asked.ramdocs, asked.mtrag]:
        for name, measure, value, count in part(shared / "data"):
            yield row(name, measure, value, count)
    for measure, value in asked.invariants():
        yield row("all answers", measure, value, len(asked.rows))
    asked.model.save()


def scorer(shared: Path) -> ModuleType:
    """The shared folder's scorer."""
    spec = importlib.util.spec_from_file_location("score", shared / "eval" / "score.py")
    assert spec and spec.loader
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    return score


class Run:
    """Asks, and keeps every answer for the measures that hold of all of them."""

    def __init__(self, score: ModuleType, model: Tokens, sample: bool) -> None:
        self.score = score
        self.model = model
        self.sample = sample
        self.rows: list[tuple[Json, Json]] = []  # question, row of a run
        self.texts: dict[str, str] = {}

    def ask(self, bot: Bot, question: Json, *, filter: Filter | None = None) -> tuple[Answer, Json]:
        """The answer, and its row of a run."""
        answer = bot.ask(question["question"], question.get("history") or (), filter=filter)
        row = run_row(len(self.rows), answer)
        self.rows.append((question | {"id": len(self.rows)}, row))
        return answer, row

    def library(self, folder: str, articles: Sequence[Article]) -> Index:
        index = Index(Path(folder), embeddings=self.model)
        index.add(articles)
        self.texts |= {article.id: article.text for article in articles}
        return index

    def invariants(self) -> Iterator[tuple[str, float]]:
        """What has to hold of every answer that was given."""
        corpus = [{"id": id, "text": text} for id, text in self.texts.items()]
        found = self.score.score([q for q, _ in self.rows], [r for _, r in self.rows], corpus)
        yield from ((name, found[name]) for name in ("cited", "citation_verbatim", "answer_quotes_verbatim"))
        yield "at most 900 characters quoted, in the mean", float(found["quoted_chars"] <= 900)
        yield "characters quoted", found["quoted_chars"]

    def seeds(self, data: Path) -> Iterator[tuple[str, str, float, int]]:
        files = sorted(str(path) for path in (data / "seeds").glob("*.txt"))
        yield from self._golden("seeds", data, [found for found in read(files) if isinstance(found, Article)])

    def hidden(self, data: Path) -> Iterator[tuple[str, str, float, int]]:
        files = sorted(str(path) for path in (data / "seeds").glob("*.txt"))
        seeds = [found for found in read(files) if isinstance(found, Article)]
        yield from self._golden("seeds, hidden", data, seeds + _corpus(data / "wikinews") + _corpus(data / "fakenews_es"))

    def _golden(self, name: str, data: Path, articles: Sequence[Article]) -> Iterator[tuple[str, str, float, int]]:
        golden = [json.loads(line) for line in (data / "seeds/golden.jsonl").read_text(encoding="utf-8").splitlines()]
        with tempfile.TemporaryDirectory() as folder, self.library(folder, articles) as index:
            bot = Bot(index)
            rows = [self.ask(bot, question)[1] | {"id": question["id"]} for question in golden]
        found = self.score.score(golden, rows)
        yield name, "refused", found["abstain_recall"], 3
        yield name, "answered", 1 - found["false_abstain"], 12
        yield name, "keys", found["keys"], 12
        for cross in (False, True) if "hidden" in name else (None,):
            some = [q for q in golden if cross is None or q["cross_lingual"] is cross]
            where = "" if cross is None else ", cross language" if cross else ", same language"
            yield name, f"span_recall{where}", self.score.score(some, rows)["span_recall"], len(some)

    def xquad(self, data: Path) -> Iterator[tuple[str, str, float, int]]:
        pairs = ("en-en", "en-es") if self.sample else PAIRS
        keys = parallel_keys(data, dev=False)[: 15 if self.sample else 150]
        with tempfile.TemporaryDirectory() as folder, self.library(folder, _corpus(data / "xquad")) as index:
            found = self._measured(index, [*xquad(data, keys, pairs), *exchanged(data, keys, pairs[:4])])
        for pair in pairs:
            there, gone = found[pair, True], found[pair, False]
            yield f"XQuAD {pair}", "answer in the two best sentences", np.mean([one.two for one in there]), len(there)
            yield f"XQuAD {pair}", "refused when removed, at .15", _refused(there, gone, FALSE), len(gone)
            yield f"XQuAD {pair}", "refused when removed, as shipped", np.mean([one.refused for one in gone]), len(gone)
            yield f"XQuAD {pair}", "answered", np.mean([not one.refused for one in there]), len(there)
            yield f"XQuAD {pair}", "answer cited", np.mean([one.cited for one in there]), len(there)
            if swapped := found[f"exchanged {pair}", False]:
                yield f"XQuAD {pair}", "refused with a name exchanged", np.mean([one.refused for one in swapped]), len(swapped)

    def multihop(self, data: Path) -> Iterator[tuple[str, str, float, int]]:
        with tempfile.TemporaryDirectory() as folder, self.library(folder, _corpus(data / "multihop_rag")) as index:
            found = self._measured(index, list(multihop(data, 1, 10 if self.sample else 2)))
        there, gone, null = found["MultiHop-RAG", True], found["MultiHop-RAG", False], found["null", False]
        yield "MultiHop-RAG", "null queries refused", np.mean([one.refused for one in null]), len(null)
        yield "MultiHop-RAG", "answered", np.mean([not one.refused for one in there]), len(there)
        yield "MultiHop-RAG", "refused when removed, at .15", _refused(there, gone, FALSE), len(gone)
        yield "MultiHop-RAG", "refused when removed, as shipped", np.mean([one.refused for one in gone]), len(gone)

    def _measured(self, index: Index, cases: Sequence[Case]) -> dict[tuple[str, bool], list[Measured]]:
        bot, quoting = Bot(index), Extractive(index.article)
        found: dict[tuple[str, bool], list[Measured]] = defaultdict(list)
        for case in cases:
            filter = Filter(ids=case.ids)
            answer, row = self.ask(bot, {"question": case.question}, filter=filter)
            asked = read_question(case.question)
            evidence = retrieve(index, asked, index.article, scope=Scope(filter=filter), embeddings=self.model).evidence
            cited = any(
                c.article_id == id and c.start < end and c.end > start
                for sentence in answer.sentences
                for c in sentence.citations
                for id, start, end in case.gold
            )
            found[case.set, case.answerable].append(
                Measured(evidence.probability, bool(row["abstained"]), _in_two(quoting, evidence, case), cited)
            )
        return found

    def ramdocs(self, data: Path) -> Iterator[tuple[str, str, float, int]]:
        """Each question over its own documents, which contradict each other."""
        questions, every, alone = _read(data / "ramdocs/queries.jsonl.gz"), [], []
        with tempfile.TemporaryDirectory() as folder, self.library(folder, _plain(data / "ramdocs")) as index:
            bot = Bot(index)
            for question in questions:
                _, row = self.ask(bot, question, filter=Filter(ids=frozenset(question["context_doc_ids"])))
                quoted = " ".join(c["quote"] for c in row["citations"])
                right = [self.score.holds(answer, quoted) for answer in question["answers"]]
                every.append(all(right))
                alone.append(any(self.score.holds(w, quoted) for w in question["wrong_answers"]) and not any(right))
        yield "RAMDocs", "every correct answer cited", statistics.mean(every), len(every)
        yield "RAMDocs", "a wrong answer without a correct one", statistics.mean(alone), len(alone)

    def mtrag(self, data: Path) -> Iterator[tuple[str, str, float, int]]:
        """Conversations: the passages for the last question, found with and without what was said before."""
        questions, rows, plain = _read(data / "mtrag_un/queries.jsonl.gz"), [], []
        with tempfile.TemporaryDirectory() as folder, self.library(folder, _plain(data / "mtrag_un")) as index:
            bot = Bot(index)
            for question in questions:
                rows.append(self.ask(bot, question)[1] | {"id": question["id"]})
                found = [hit.passage.article_id for hit in index.search(question["question"], k=FOUND)]
                plain.append({"id": question["id"], "retrieved": found, "citations": []})
        answerable = [question for question in questions if question["answerability"] == "ANSWERABLE"]
        for name, of in (("with the history", rows), ("without it", plain)):
            yield "MTRAG-UN", f"hit@5 {name}", self.score.score(answerable, of)["hit@5"], len(answerable)
        yield "MTRAG-UN", "unanswerable refused", self.score.score(questions, rows)["abstain_recall"], 47
        yield "MTRAG-UN", "answered", 1 - self.score.score(answerable, rows)["false_abstain"], len(answerable)


@dataclass(frozen=True, slots=True)
class Measured:
    probability: float
    refused: bool
    two: bool  # the answer is in the two best sentences, were they shown
    cited: bool  # and it is in the answer


def _in_two(quoting: Extractive, evidence: Evidence, case: Case) -> bool:
    best = sorted(quoting.choose(evidence), key=lambda c: -c.score)[:2]
    return any(c.passage.article_id == id and c.start < end and c.end > start for c in best for id, start, end in case.gold)


def _refused(there: Sequence[Measured], gone: Sequence[Measured], false: float) -> float:
    """Share of unanswerable questions below the probability under which `false` of the answerable ones are."""
    return float(np.mean([one.probability for one in gone] < np.quantile([one.probability for one in there], false)))


# Questions


def parallel_keys(data: Path, *, dev: bool) -> list[str]:
    """XQuAD questions that all languages have, shuffled: those on even articles to fit on (`dev`), on odd ones to report."""
    articles = {
        q["parallel_key"]: int(q["gold_doc_ids"][0].split(":")[2].split("-")[0]) for q in _read(data / "xquad/queries.jsonl.gz")
    }
    keys = sorted(key for key, article in articles.items() if article % 2 != dev)
    random.Random(11).shuffle(keys)
    return keys


def xquad(data: Path, keys: Sequence[str], pairs: Sequence[str]) -> Iterator[Case]:
    """Each question over the paragraphs of each pair's second language, with its own there and without it."""
    by, ids = _parallel(data)
    for key in keys:
        for pair in pairs:
            asked, there = pair.split("-")
            question, answer = by[asked, key], by[there, key]
            span = answer["gold_spans"][0]
            gold = ((span["doc_id"], span["start"], span["start"] + len(span["text"])),)
            whole = Case(pair, key, question["question"], asked, ids[there], gold, True)
            yield whole
            yield replace(whole, ids=whole.ids - {span["doc_id"]}, answerable=False)


def exchanged(data: Path, keys: Sequence[str], pairs: Sequence[str]) -> Iterator[Case]:
    """Questions with one of their names out of another question, which its paragraph does not have."""
    by, ids = _parallel(data)
    text = {row["id"]: row["text"] for row in _read(data / "xquad/corpus.jsonl.gz")}
    rng = random.Random(3)
    long = {lang: [n for key in keys for n in _names(by[lang, key]["question"], lang)] for lang in {p[:2] for p in pairs}}
    for key in keys:
        for pair in pairs:
            asked, there = pair.split("-")
            question, gold = by[asked, key]["question"], by[there, key]["gold_doc_ids"][0]
            if not (own := _names(question, asked)):
                continue
            old = rng.choice(own)
            others = [
                n
                for n in long[asked]
                if not same_name(n, old, same_lang=False) and not holds_name(n, text[gold], same_lang=False)
            ]
            if not others:
                continue
            wrong = re.sub(rf"\b{re.escape(old)}\b", rng.choice(others), question, count=1)
            yield Case(f"exchanged {pair}", key, wrong, asked, ids[there], (), False)


def _names(question: str, lang: str) -> list[str]:
    return [name for name in names_in(question, lang) if len(name) > 3]


def multihop(data: Path, start: int, step: int) -> Iterator[Case]:
    """Every `step`th question, with its evidence there and without it; a null query as it is."""
    texts = {row["id"]: row["text"] for row in _read(data / "multihop_rag/corpus.jsonl.gz")}
    whole = frozenset(texts)
    for q in _read(data / "multihop_rag/queries.jsonl.gz")[start::step]:
        if q["type"] == "null_query":
            yield Case("null", q["id"], q["question"], "en", whole, (), False)
        else:
            found = [(span["doc_id"], texts[span["doc_id"]].find(span["text"]), len(span["text"])) for span in q["gold_spans"]]
            gold = tuple((id, at, at + length) for id, at, length in found if at >= 0)
            yield Case("MultiHop-RAG", q["id"], q["question"], "en", whole, gold, True)
            yield Case("MultiHop-RAG", q["id"], q["question"], "en", whole - set(q["gold_doc_ids"]), gold, False)


def _parallel(data: Path) -> tuple[dict[tuple[str, str], Json], dict[str, frozenset[str]]]:
    by = {(q["lang"], q["parallel_key"]): q for q in _read(data / "xquad/queries.jsonl.gz")}
    ids: dict[str, set[str]] = defaultdict(set)
    for row in _read(data / "xquad/corpus.jsonl.gz"):
        ids[row["lang"]].add(row["id"])
    return by, {lang: frozenset(of) for lang, of in ids.items()}


def _plain(folder: Path) -> list[Article]:
    """Documents without a title, a source or a date."""
    rows: list[dict[str, Any]] = _read(folder / "corpus.jsonl.gz")
    return [_article(row | {"title": "", "source": "", "date": None}) for row in rows]
