"""Talk that nobody prepared, in six languages, over real articles: it gets a line of our own, not an article's."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bot import Bot
from bot.phrases import say
from bot.questions.small_talk import small_talk
from index import Index
from index.ingest.sources import read
from tests.support import ROOT

LINES = [
    line.split("\t")
    for line in (ROOT / "tests/data/small_talk_unprepared.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def test_none_of_the_questions_is_small_talk() -> None:
    questions = [text for kind, _, text in LINES if kind == "question"]
    assert len(questions) == 20 and [text for text in questions if small_talk(text, "en")] == []


@pytest.mark.slow
@pytest.mark.model
def test_talk_is_answered_in_our_own_words(tmp_path: Path) -> None:
    talk = [text for kind, _, text in LINES if kind != "question"]
    with Index(tmp_path / "library") as index:
        index.add(read([str(ROOT / "scripts/samples")]))
        outcomes = [Bot(index).ask(text).outcome for text in talk]
    ours = sum(outcome in ("small_talk", "unclear") for outcome in outcomes)
    assert len(talk) == 72 and ours >= 60 and outcomes.count("answered") <= 4


@pytest.mark.model
def test_the_courtesy_before_it_belongs_to_what_is_said(library: Path) -> None:
    with Index(library, create=False) as index:
        bot = Bot(index)
        for talk in ("Mil gracias, crack", "Merci infiniment, c'est top", "Kann jemand die Überschrift gegenlesen?"):
            assert bot.ask(talk).outcome == "small_talk"
        thanks = bot.ask("Merci bien, tu assures").notes[0].text  # its language is told by two words, or not
        assert thanks in (say("reply_thanks", "fr"), say("reply_thanks", "en"))
        assert bot.ask("Thanks! Who won the Nobel Prize in chemistry?").outcome == "no_evidence"


@pytest.mark.model
def test_only_what_names_nobody_and_nothing_answers_is_taken_for_talk(library: Path) -> None:
    with Index(library, create=False) as index:
        bot = Bot(index)
        assert bot.ask("how do you fold a fitted sheet").outcome == "unclear"
        assert bot.ask("Who won the Nobel Prize in chemistry?").outcome == "no_evidence"
        history = (
            {"role": "user", "content": "What did the union ask for?"},
            {"role": "assistant", "content": "A safety report."},
        )
        assert bot.ask("how many stops does it have?", history).outcome == "no_evidence"
