"""A beat and a window -> a Briefing, on the repository's sample articles, through the public Bot and the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from bot import Bot, open_bot
from bot.briefings.key_sentences import sentence_spans
from bot.records import Beat, Briefing
from bot.state.opening import open_state
from index.index import Index
from index.records import Article, Period, Scope
from index.search.recent_reports import Report
from tests.support import ROOT
from tests.support.library import Run
from tests.support.model_server import Server, serving

pytestmark = pytest.mark.model

SAMPLES = ROOT / "scripts" / "samples"
STRAIT = Beat(name="strait", topics=("shipping dispute in the Amber Strait",), window=8 * 86_400)


@pytest.fixture(scope="module")
def folder(dragoman: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples") / "library"
    assert dragoman("ingest", SAMPLES, "--library", folder).returncode == 0
    return folder


@pytest.fixture(scope="module")
def bot(folder: Path) -> Iterator[Bot]:
    bot = open_bot(folder)
    yield bot
    bot.index.close()


@pytest.fixture(scope="module")
def briefings(bot: Bot) -> list[Briefing]:
    """Three briefings, each going on where the last one ended."""
    return [bot.brief(STRAIT, until=Period.parse(day)) for day in ("2025-05-09", "2025-05-16", "2025-05-23")]


def test_each_goes_on_where_the_last_one_ended(briefings: list[Briefing]) -> None:
    assert [b.since for b in briefings[1:]] == [b.until for b in briefings[:-1]]
    assert [b.previous for b in briefings[1:]] == [b.id for b in briefings[:-1]]
    assert all(b.events for b in briefings)


def test_every_sentence_stands_in_its_article(bot: Bot, briefings: list[Briefing]) -> None:
    for briefing in briefings:
        numbers = {source.number: source for source in briefing.sources}
        told = [s for e in briefing.events for s in (e.headline, *e.sentences, *e.statements, *e.disputed, *e.before)]
        for sentence in [*told, *briefing.quiet]:
            assert sentence.citations
            for c in sentence.citations:
                article = bot.index.article(c.article_id, c.version)
                assert article and article.text[c.start : c.end] == c.quote
                assert numbers[c.number].article_id == c.article_id


def test_copies_are_one_origin_and_one_event(bot: Bot) -> None:
    day = Period.parse("2025-05-06")
    found = bot.brief(STRAIT, since=day, until=day, keep=False)
    events = [e for e in found.events if "courier-astrid-vale" in e.article_ids]
    assert len(events) == 1
    assert {"post-astrid-vale", "ledger-astrid-vale"} <= set(events[0].article_ids)
    assert events[0].origins == 1


def test_no_article_is_in_two_events(briefings: list[Briefing]) -> None:
    for briefing in briefings:
        ids = [id for event in briefing.events for id in event.article_ids]
        assert ids
        assert len(ids) == len(set(ids))


def test_as_of_hides_what_came_later(bot: Bot) -> None:
    found = bot.brief(STRAIT, since=Period.parse("2025-05-01"), scope=Scope(as_of=Period.parse("2025-05-06")), keep=False)
    assert {id for event in found.events for id in event.article_ids} >= {"courier-astrid-vale"}
    assert "faro-niega" not in {id for event in found.events for id in event.article_ids}


def test_a_figure_that_a_correction_in_the_window_takes_back_is_told_corrected(bot: Bot) -> None:
    def told(**window: Period | Scope) -> str:
        found = bot.brief(STRAIT, since=Period.parse("2025-05-05"), keep=False, **window)  # type: ignore[arg-type]
        event = next(event for event in found.events if "courier-astrid-vale" in event.article_ids)
        return " ".join(sentence.text for sentence in (event.headline, *event.sentences))

    later = told(until=Period.parse("2025-05-09"))
    assert "Fourteen sailors were on board, not seventeen." in later and "31,000 tonnes" in later
    assert "Seventeen" not in later
    assert "Seventeen" in told(scope=Scope(as_of=Period.parse("2025-05-06")))  # before it came out


def test_the_command(dragoman: Run, folder: Path) -> None:
    given = ("brief", "strait", "--topic", "Amber Strait", "--since", "2025-05-05", "--until", "2025-05-09")
    found = json.loads(dragoman(*given, "--library", folder, "--json").stdout)
    first = found["events"][0]
    assert {"number", "id", "label", "article_ids", "sentences"} <= set(first)
    assert first["sentences"][0]["role"] == "headline"
    without_asides = re.sub(r" \[[^\]]*\]", "", first["sentences"][0]["text"])  # "on Tuesday [2025-05-06]"
    assert first["sentences"][0]["citations"][0]["quote"] in without_asides
    for form in ("text", "markdown", "html"):
        shown = dragoman(*given, "--library", folder, "--format", form)
        assert shown.returncode == 0 and "Astrid Vale" in shown.stdout


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.mark.parametrize(
    ("reply", "shown"),
    [
        ("Sanvara's coast guard stopped the grain carrier Astrid Vale in the Amber Strait on Tuesday [1].", True),
        ("Sanvara's coast guard sank the grain carrier Astrid Vale near Oslo, 900 sailors drowned [1].", False),
        ("NO EVIDENCE", False),
    ],
)
def test_a_model_words_what_is_verified(folder: Path, server: Server, reply: str, shown: bool) -> None:
    server.mode, server.text = "reply", reply
    model = open_bot(folder, model="openai:any", base_url=server.url)
    day = Period.parse("2025-05-06")
    found = model.brief(STRAIT, since=day, until=day, keep=False)
    first = next(event for event in found.events if "courier-astrid-vale" in event.article_ids).headline
    assert (reply.startswith(first.text.rstrip(".").split(" [")[0][:60])) == shown
    assert first.citations and "900" not in first.text
    model.index.close()


def test_a_model_that_fails_costs_a_note(folder: Path, server: Server) -> None:
    server.mode = 500
    model = open_bot(folder, model="openai:any", base_url=server.url)
    day = Period.parse("2025-05-06")
    found = model.brief(STRAIT, since=day, until=day, keep=False)
    assert [note.kind for note in found.notes] == ["generator"]
    assert found.events and found.generator == "extractive"
    model.index.close()


def test_a_picture_tells_no_event() -> None:
    text = (
        "The minister opens the bridge with her daughter. Photo: Ana Roe/AP\n"
        "The bridge over the Orla was opened by the minister on Sunday.\nWith information from AP and EFE."
    )
    report = Report(article=Article(id="a", text=text, lang="en"), moment=0, added=0, vector=np.zeros(1), title=np.zeros(1))
    assert [text[a:b] for a, b in sentence_spans(report)] == ["The bridge over the Orla was opened by the minister on Sunday."]


QUAY = [
    Article(
        id="rally", title="Thousands march on the old quay of Terlow", outlet="Terlow Post", lang="en",
        published=Period.parse("2025-05-06"),
        text="Thousands of people marched on the old quay of Terlow on Tuesday against the sale of the harbour.\n\n"
        'Mayor Sigrun Dahl wrote on her page: "Wow! Crowds of people are forming on the quay of Terlow. I will be there, too!"\n\n'
        "What is going on at the sleepiest harbour of all the coast?!\n\n"
        "The harbour council of Terlow had agreed to sell the quay to a brewery in April.\n\n"
        "“Whenever there are signs of a peace offering,” wrote docker Jon Fell. “They come with a far tighter grip on all of us. "
        "They have conceded nothing.”\n\n"
        "Tora Lind described the council as “timid” in a letter about ferries, trams, roads, lamps and the price of herring.\n\n"
        "On 2 February, the court of Selwyn said: “The sale of the quay is lawful in every respect, and so it stands.”\n\n"
        "“The price is fair,” Dahl said.",
    )
]  # fmt: skip


def test_quotations_are_whole_and_nobodys_words_are_the_outlets(tmp_path: Path) -> None:
    with Index(tmp_path / "library") as index:
        index.add(QUAY)
        found = Bot(index).brief(Beat(name="quay", topics=("harbour of Terlow",)), since=Period.parse("2025-05-01"), keep=False)
    (event,) = found.events
    told = [sentence.text for sentence in (event.headline, *event.sentences)]
    said = " ".join(sentence.text for sentence in event.statements)
    assert "brewery" in " ".join(told) and not any("Crowds" in text or "?" in text for text in told)
    assert "timid" not in said and "lawful" not in said  # one word of hers, and the words of a court months ago
    assert "Fell. “They come with a far tighter grip on all of us. They have conceded nothing.”" in said
    assert {source.number for source in found.sources} == {
        c.number for s in (event.headline, *event.sentences) for c in s.citations
    }


def test_an_empty_first_window_says_what_lies_outside_it(bot: Bot, dragoman: Run, folder: Path) -> None:
    found = bot.brief(Beat(name="first", topics=("Amber Strait",), language="de"), keep=False)
    assert found.notes[0].text == "Außerhalb dieses Zeitraums: 20 Artikel (2025-05-01 – 2025-06-10)."
    done = dragoman("brief", "--topic", "Amber Strait", "first", "--library", folder)
    assert "Outside this window: 20 articles" in done.stdout and "Write --since 2025-05-11 to look back further." in done.stderr
    asked = dragoman("brief", "--since", "2025-05-01", "--topic", "Amber Strait", "first", "--library", folder)
    assert "Astrid Vale" in asked.stdout and "--since" not in asked.stderr and "Outside" not in asked.stdout


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (("--topic", "chess championship"), "Nothing on it since 2025-05-11, either."),
        (("--person", "Nobody Known", "--language", "es"), "Desde 2025-05-11 tampoco hay nada sobre esto."),
        (("--topic", "Amber Strait", "--as-of", "2025-04-01"), ""),  # nothing was there yet
        (("--topic", "Amber Strait", "--until", "2025-04-01"), ""),
    ],
)
def test_no_advice_is_given_that_finds_nothing(dragoman: Run, folder: Path, flags: tuple[str, ...], said: str) -> None:
    done = dragoman("brief", *flags, "first", "--library", folder)
    assert done.stderr.strip() == said


def test_a_trial_that_found_nothing_is_not_kept(bot: Bot, folder: Path) -> None:
    beat = Beat(name="trial", topics=("Amber Strait",))
    assert not bot.brief(beat, keep="asked").events
    assert bot.brief(beat, since=Period.parse("2025-05-01"), keep="asked").events
    with closing(open_state(folder)) as state:
        (kept,) = state.briefings.latest("trial (asked)", last=5)
    assert kept[0].events
