"""docs/grafana.json names what there is: every metric of it exists, with the labels it asks for, and none is forgotten."""

from __future__ import annotations

import json
import re
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from bot.bot import Bot
from bot.monitoring.health import ServiceHealth, add_gauges
from bot.monitoring.monitor import Monitor
from bot.records import Answer, Citation, Note, Sentence
from bot.state.opening import open_state
from bot.state.records import Slot
from index.index import Index
from index.ingest.feeds.feed_list import Feed
from index.ingest.feeds.watcher import Told
from index.records import AddReport
from tests.support import ROOT

BOARD = json.loads((ROOT / "docs" / "grafana.json").read_text(encoding="utf-8"))
ENDINGS = re.compile(r"_(?:total|bucket|sum|count|created)$")


def served(folder: Path) -> dict[str, set[str]]:
    """The samples of a service to which everything happened once: name -> labels."""
    monitor = Monitor("http")
    metrics = monitor.count()
    state = open_state(folder)
    with Index(folder, create=False) as index:
        add_gauges(metrics, ServiceHealth(Bot(index), state))
        monitor.jobs(lambda: 0)
        citation = Citation(number=1, article_id="a", version=1, start=0, end=1, quote="a")
        answer = Answer(
            id="1", question="q", searched="q", lang="en", outcome="answered", sentences=(Sentence(text="a", citations=(citation,)),),
            notes=(Note(kind="reply", text="a"),), timings={"search": 0.1}, withheld={"number": 1},
        )  # fmt: skip
        monitor.answered(answer, 0.2)
        monitor.failed("429")
        monitor.visited(Told(Feed("https://a.example"), AddReport(), False, "", 0))
        monitor.delivered(Slot("news", 0, "mail:a@example.org", "sent"))
        metrics.requested("/v1/ask", 200)
        text = metrics.text().decode()
    state.close()
    samples = (sample for family in text_string_to_metric_families(text) for sample in family.samples)
    return {sample.name: set(sample.labels) for sample in samples}


def expressions() -> list[str]:
    return [target["expr"] for panel in BOARD["panels"] for target in panel.get("targets", ())]


def test_every_metric_and_label_that_the_board_names_exists(folder: Path) -> None:
    known, named = served(folder), set[str]()
    assert len(expressions()) >= 25
    for expression in expressions():
        (name,) = re.findall(r"\b(?:dragoman|process)_\w+", expression)
        assert name in known, name
        labels = {label for group in re.findall(r"by \(([^)]*)\)", expression) for label in re.split(r",\s*", group)}
        assert labels <= known[name], expression
        assert expression.count("(") == expression.count(")") and '{job=~"$job"}' in expression
        named.add(ENDINGS.sub("", name))
    told = set(re.findall(r"\b(?:dragoman|process)_\w+", (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")))
    assert len(told) >= 20 and told <= known.keys() | {ENDINGS.sub("", name) for name in known}
    ours = {ENDINGS.sub("", name) for name in known if name.startswith("dragoman_")}
    assert ours - named == set()  # nothing that is counted is missing on it


def test_the_board_can_be_imported() -> None:
    ids = [panel["id"] for panel in BOARD["panels"]]
    assert len(ids) == len(set(ids)) and BOARD["uid"] and BOARD["schemaVersion"] >= 39
    assert [variable["name"] for variable in BOARD["templating"]["list"]] == ["datasource", "job"]
    taken = set[tuple[int, int]]()
    for panel in BOARD["panels"]:
        place = panel["gridPos"]
        cells = {(place["x"] + dx, place["y"] + dy) for dx in range(place["w"]) for dy in range(place["h"])}
        assert not cells & taken and place["x"] + place["w"] <= 24, panel["title"]
        taken |= cells
