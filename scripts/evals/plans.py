"""Do several searches find what a question of several parts needs, where one does not? The passages a chat model would read.

The plans were written from the real prompt (`prompts/plan.md`) by a strong reader who saw neither articles nor answers, and are
recorded. Each question has one budget of tokens: the first passages as the plain search has them; the plain search read more
widely (the best passage of each article in turn); and with its plan. MultiHop-RAG's questions are among its own articles,
deskqa's among Wikinews.

    all articles    questions of which every gold article is among them
    all sentences   questions of which every gold sentence is
    sentences       gold sentences that are, in the mean over questions
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import mean

from bot.questions.question import read
from bot.retrieval import plan
from bot.retrieval.retrieve import retrieve
from bot.retrieval.word_coverage import remembering
from evals.answers import model
from evals.desk import _deskqa
from evals.retrieval import Json, Row, _corpus, _read
from index import Article, Index
from index.records import Passage

PLANS = Path(__file__).resolve().parents[2] / "tests" / "bot" / "retrieval" / "data" / "plans.jsonl"


def run(shared: Path, sample: bool) -> Iterator[Row]:
    """`sample`: MultiHop-RAG alone."""
    data = shared / "data"
    searches = {row["id"]: row["searches"] for row in map(json.loads, PLANS.read_text(encoding="utf-8").splitlines())}
    sets = [("MultiHop-RAG", _corpus(data / "multihop_rag"), _read(data / "multihop_rag" / "queries.jsonl.gz"))]
    if not sample:
        sets.append(("deskqa", _corpus(data / "wikinews"), _deskqa(data)))
    for name, articles, questions in sets:
        known = {article.id for article in articles}
        asked = [q for q in questions if searches.get(q["id"]) and known.issuperset(q["gold_doc_ids"])]
        yield from _measured(name, articles, [q for q in asked if plan.may_have_parts(read(q["question"]))], searches)
        left = sum(not plan.may_have_parts(read(q["question"])) for q in asked)
        yield name, f"of {len(asked)} with a plan, not asked for one", float(left), None


def _measured(name: str, articles: Sequence[Article], asked: Sequence[Json], searches: dict[str, list[str]]) -> Iterator[Row]:
    embeddings = model()
    found: dict[str, list[tuple[Json, list[Passage]]]] = {"plain": [], "read widely": [], "planned": []}
    with tempfile.TemporaryDirectory() as folder, Index(Path(folder), embeddings=embeddings) as index:
        index.add(articles)
        read_by = remembering(embeddings)
        for question in asked:
            plain = retrieve(index, read(question["question"]), index.article, embeddings=read_by)
            found["plain"].append((question, plan.within_budget(plain.evidence.passages)))
            for way, own in (("read widely", []), ("planned", searches[question["id"]])):
                retrieved = plan.carried_out(index, plain, own)
                found[way].append((question, plan.within_budget(retrieved.evidence.passages)))
    embeddings.save()
    for way, pairs in found.items():
        n = len(pairs)
        articles_held = [share(q["gold_doc_ids"], [p.article_id for p in passages]) for q, passages in pairs]
        held = [spans(q, passages) for q, passages in pairs]
        yield name, f"{way}, all articles of {n}", mean(value == 1 for value in articles_held), None
        yield name, f"{way}, all sentences of {n}", mean(value == 1 for value in held), None
        yield name, f"{way}, sentences", mean(held), None


def share(wanted: Sequence[str], among: Sequence[str]) -> float:
    return len(set(wanted) & set(among)) / len(set(wanted))


def spans(question: Json, passages: Sequence[Passage]) -> float:
    """The share of a question's gold sentences that a passage has, by how they begin."""
    texts = [" ".join(passage.text.split()) for passage in passages]
    begins = [" ".join(span["text"].split())[:60] for span in question["gold_spans"]]
    return mean(any(begin in text for text in texts) for begin in begins) if begins else 1.0
