"""Is a question that is none for news refused, whatever the articles are like? Through `Bot.ask`, with no chat model.

Held rows of `scripts/questions.tsv`: how-to, recipes, grammar, trivia, … in eight languages, over our own invented articles.
"""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from bot import Bot
from evals.answers import Run, model, scorer
from evals.desk import own_articles
from evals.retrieval import Row

HERE = Path(__file__).parent.parent


def run(shared: Path, sample: bool) -> Iterator[Row]:
    """`sample`: every fifth question."""
    floors = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))["domain"]
    rows = [line.split("\t") for line in (HERE / "questions.tsv").read_text(encoding="utf-8").splitlines()]
    questions = [text for half, domain, _, text in rows if half == "held" and domain == "other"][:: 5 if sample else 1]
    asked = Run(scorer(shared), model(), sample)
    with tempfile.TemporaryDirectory() as folder, asked.library(folder, own_articles()) as index:
        bot = Bot(index)
        refused = sum(bot.ask(question).outcome != "answered" for question in questions)
    asked.model.save()
    yield "other than news", f"refused ({len(questions)})", refused / len(questions), None if sample else floors["refused"]
