"""Labels over the shared sets: people and places of beats, what is no news. No model: topics, order and labels are in
scripts/eval.py.

They were made before the rules by somebody who had read the program they replaced. The rules saw the half that is called dev.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.briefings.beat_relevance import relevances
from bot.briefings.briefing import ON_BEAT
from bot.briefings.news_value import kind
from bot.records import Beat
from bot.retrieval.story_clusters import Story
from index.records import Article
from index.search.recent_reports import Report
from tests.support import ROOT

LABELS = [json.loads(line) for line in (ROOT / "tests/data/briefings/labels.jsonl").read_text(encoding="utf-8").splitlines()]
NOWHERE = np.zeros(1, np.float32)


@cache
def corpus(shared: Path, name: str) -> Mapping[str, Article]:
    """The articles that were looked at, in their order."""
    with gzip.open(shared / f"data/{name}/corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = list(map(json.loads, lines))
    rows = rows[::6][:167] if name == "fakenews_es" else sorted(rows, key=lambda row: (row["date"], row["id"]))
    unread = range(147, 191) if name == "multihop_rag" else ()
    looked_at = [row for n, row in enumerate(rows) if n not in unread]
    return {row["id"]: Article(id=row["id"], title=row["title"] or "", text=row["text"], lang=row["lang"]) for row in looked_at}


def labelled(what: str, half: str) -> Sequence[Mapping[str, Any]]:
    return [label for label in LABELS if label["set"] == what and label["half"] == half]


def told_as_on(label: Mapping[str, Any], shared: Path) -> tuple[set[str], set[str]]:
    """(the articles that the rules call on the beat, those that are)."""
    articles = corpus(shared, label["corpus"])
    ids = list(articles)
    ids = ids[: ids.index(label["last"]) + 1] if label["last"] else ids
    ids = [id for id in ids if id not in label["unclear"]]
    reports = [Report(article=articles[id], moment=0, added=0, vector=NOWHERE, title=NOWHERE) for id in ids]
    stories = [Story(reports=(report,), vector=NOWHERE, title=NOWHERE, names=frozenset()) for report in reports]
    values = relevances(stories, Beat(name="beat", **{label["kind"]: (label["name"],)}), ())
    return {id for id, value in zip(ids, values, strict=True) if value >= ON_BEAT}, set(label["on"]) & set(ids)


@pytest.mark.slow
@pytest.mark.parametrize("half", ["dev", "held"])
def test_people_and_places(half: str, shared: Path) -> None:
    found = [told_as_on(label, shared) for label in labelled("beat", half) if label["kind"] != "topics"]
    right = sum(len(got & on) for got, on in found)
    assert right / sum(len(got) for got, _ in found) >= 0.92  # precision
    assert right / sum(len(on) for _, on in found) >= 0.80  # recall


@pytest.mark.parametrize("half", ["dev", "held"])
def test_what_is_no_news(half: str, shared: Path) -> None:
    articles = corpus(shared, "multihop_rag")
    pairs = [
        (kind(articles[x["article"]]) != "news", x["kind"] == "service")
        for x in labelled("kind", half)
        if x["article"] in articles
    ]
    both = sum(found and is_so for found, is_so in pairs)
    assert both / sum(found for found, _ in pairs) >= 0.95
    assert both / sum(is_so for _, is_so in pairs) >= 0.85
