"""Does an answer hold what was asked? Questions of a desk, through `Bot.ask`, with no chat model.

    deskqa    the shared folder's 140 questions over 930 real articles, by kind of question
    near      rows of our own over 144 of these articles, a third of them near misses: the asked thing is not in the article
    reader    rows of our own over invented articles (tests/data/desk), by people who saw neither the program nor deskqa; half
              of them (`held`) is not looked at while anything is changed

`keys`: the answer holds every group of words that a right one must. `words`: median length of an answer, in words.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot import Bot
from evals.answers import Run, model, scorer
from evals.retrieval import Json, Row, _corpus
from index import Article, Period, read

ROOT = Path(__file__).resolve().parents[2]
OWN = ROOT / "tests" / "data" / "desk"
CROSS = "cross-language"


def run(shared: Path, sample: bool) -> Iterator[Row]:
    """`sample`: every sixth question of deskqa, and none of ours."""
    import tomllib

    floors = tomllib.loads((Path(__file__).parent.parent / "floors.toml").read_text(encoding="utf-8")).get("desk", {})
    asked = Run(scorer(shared), model(), sample)
    sets = [("deskqa", _deskqa_articles(shared / "data"), _deskqa(shared / "data"))]
    if not sample:
        own = own_articles()
        sets += [(f"near {half}", sets[0][1], _near(half)) for half in ("dev", "held")]
        sets += [(f"reader {half}", own, _own(half)) for half in ("dev", "held")]
    for name, articles, questions in sets:
        rows = _ask(asked, articles, questions[::6] if sample else questions)
        for measure, value in _measures(asked, questions, rows):
            yield name, measure, value, None if sample else floors.get(name, {}).get(measure)
    asked.model.save()


def _ask(asked: Run, articles: Sequence[Article], questions: Sequence[Json]) -> dict[str, Json]:
    """Question id -> row of a run, with the CPU seconds that it took; kept in $DESK_RUN if that names a file."""
    rows = {}
    with tempfile.TemporaryDirectory() as folder, asked.library(folder, articles) as index:
        bot = Bot(index)
        bot.ask(questions[0]["question"])  # the model is loaded
        for question in questions:
            before = resource.getrusage(resource.RUSAGE_SELF)
            _, row = asked.ask(bot, question)
            after = resource.getrusage(resource.RUSAGE_SELF)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            rows[question["id"]] = row | {"id": question["id"], "cpu": cpu}
    if file := os.environ.get("DESK_RUN"):
        with Path(file).open("a", encoding="utf-8") as out:
            out.writelines(json.dumps(question | rows[question["id"]], ensure_ascii=False) + "\n" for question in questions)
    return rows


def _measures(asked: Run, questions: Sequence[Json], rows: dict[str, Json]) -> Iterator[tuple[str, float]]:
    done = [question for question in questions if question["id"] in rows]
    found = asked.score.score(done, rows.values())
    for measure in ("keys", "span_recall", "hit@10", "false_abstain", "abstain_recall", "wrong_answer_rate"):
        if measure in found:
            yield measure, found[measure]
    groups: dict[str, list[Json]] = defaultdict(list)
    for question in done:
        if question.get("answerable", True):
            groups[question["type"]].append(question)
            groups[question.get("pair", "")].append(question)
            if question.get("history"):
                groups["follow-up"].append(question)
    for group, some in sorted(groups.items()):
        scored = asked.score.score(some, [rows[question["id"]] for question in some])
        if group and "keys" in scored:
            yield f"keys, {group} ({len(some)})", scored["keys"]
    shown = [row["answer"] for row in rows.values() if not row["abstained"]]
    yield "words", float(statistics.median(len(text.split()) for text in shown)) if shown else 0.0
    yield "CPU seconds, median", round(statistics.median(row["cpu"] for row in rows.values()), 3)


def _deskqa_articles(data: Path) -> list[Article]:
    seeds = [article for article in read([data / "seeds"]) if isinstance(article, Article)]
    return [*seeds, *_corpus(data / "wikinews"), *_corpus(data / "multihop_rag"), *_corpus(data / "fakenews_es")[:300]]


def _deskqa(data: Path) -> list[Json]:
    return [
        json.loads(line)
        for name in ("a-dev", "b-dev")
        for line in (data / "deskqa" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def own_articles() -> list[Article]:
    rows = map(json.loads, (OWN / "articles.jsonl").read_text(encoding="utf-8").splitlines())
    return [
        Article(
            id=row["id"],
            title=row["title"],
            text=row["text"],
            outlet=row["outlet"],
            lang=row["lang"],
            url=row["url"],
            published=Period.parse(row["published"]),
        )
        for row in rows
    ]


def _own(half: str) -> list[Json]:
    """Our rows in the form of the scorer's questions."""
    langs = {article.id: article.lang for article in own_articles()}
    return [_scored(row, langs) for row in own_rows(half)]


def _near(half: str) -> list[Json]:
    """Our rows over news in the form of the scorer's questions."""
    rows = map(json.loads, (OWN / f"near-{half}.jsonl").read_text(encoding="utf-8").splitlines())
    return [_scored(row, defaultdict(lambda: "en")) for row in rows]


def own_rows(half: str) -> list[Json]:
    """Our rows as they are kept, with the sentences that answer."""
    return [json.loads(line) for line in (OWN / f"rows-{half}.jsonl").read_text(encoding="utf-8").splitlines()]


def _scored(row: Json, langs: dict[str, str]) -> Json:
    history = [{"role": "user", "content": question} for question in row["history"]]
    same = langs[row["article_ids"][0]] == row["lang"]
    answerable = row["kind"] != "unanswerable"
    return {
        "id": row["id"], "question": row["question"], "type": row["kind"], "lang": row["lang"], "history": history,
        "answerable": answerable, "gold_doc_ids": row["article_ids"], "answer_keys": row["keys"] if answerable else [],
        "pair": "same language" if same else CROSS,
    }  # fmt: skip
