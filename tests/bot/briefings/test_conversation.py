"""A briefing's numbering is understood, in several languages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot import Bot
from bot.briefings.conversation import Talk, _alone, understood
from bot.phrases import languages, say
from bot.records import AskRequest, Beat, Briefing, BriefingEvent, Sentence
from index import Article, Index
from index.records import Period


def event(number: int) -> BriefingEvent:
    return BriefingEvent(number=number, id=str(number), label="new", headline=Sentence(text="x", citations=()))


BRIEFING = Briefing(id="b", beat="strait", lang="en", since=0, until=1, events=tuple(map(event, (1, 2, 3))))


@pytest.mark.parametrize(
    ("question", "last", "kind", "number"),
    [
        ("more on 2", 0, "more", 2),
        ("Tell me more about the second one", 0, "more", 2),
        ("2", 0, "more", 2),
        ("#3?", 0, "more", 3),
        ("more", 1, "more", 1),
        ("más sobre el 2", 0, "more", 2),
        ("plus sur le 3", 0, "more", 3),
        ("mehr zu 1", 0, "more", 1),
        ("who else reports this?", 2, "reports", 2),
        ("Who reported number 3?", 0, "reports", 3),
        ("¿Quién más informa de esto?", 1, "reports", 1),
        ("what did Moscow answer?", 2, "ask", 2),
        ("what did Moscow answer?", 0, "ask", 0),
        ("more than 2 dead?", 1, "ask", 1),  # no number of the briefing
        ("who has died?", 1, "ask", 1),
        ("more on 9", 0, "absent", 0),  # there is none
        ("number 9?", 2, "absent", 2),
        ("¿y el número 12?", 0, "absent", 0),
        ("Nummer 9?", 0, "absent", 0),
        ("what happened on May 9?", 0, "ask", 0),
        ("and number 3?", 2, "more", 3),
        ("tell me about the first", 0, "more", 1),
        ("what about the second one?", 1, "more", 2),
        ("¿y el 3?", 1, "more", 3),
        ("cuéntame del segundo", 0, "more", 2),
        ("et le 2 ?", 1, "more", 2),
        ("parle-moi du premier", 0, "more", 1),
        ("und Nummer 2?", 1, "more", 2),
        ("erzähl mir was zum dritten", 0, "more", 3),
        ("fala-me do terceiro", 0, "more", 3),
        ("a numer 2?", 1, "more", 2),
        ("who said what about 1?", 2, "ask", 1),
    ],
)
def test_understood(question: str, last: int, kind: str, number: int) -> None:
    found = understood(question, BRIEFING, last)
    assert (found.kind, found.number) == (kind, number)


def test_the_number_is_no_part_of_what_is_asked() -> None:
    assert understood("What did Lerín say about 2?", BRIEFING).question == "What did Lerín say"


@pytest.mark.parametrize("lang", languages())
def test_an_event_of_one_outlet_is_said_to_be_that_outlet_s(lang: str) -> None:
    (note,) = _alone(replace(event(1), outlets=("Karsund Courier",)), lang)
    assert "Karsund Courier" in note.text and "$" not in note.text and "[" not in note.text
    assert _alone(replace(event(1), outlets=("Karsund Courier", "El Faro")), lang) == ()


@pytest.mark.model
def test_more_of_what_was_told_wholly_says_that_there_is_no_more(tmp_path: Path) -> None:
    text = "The old tram depot in Selwyn was sold to a brewery for two million crowns, the city said."
    day = Period.parse("2025-05-06")
    with Index(tmp_path / "library") as index:
        index.add([Article(id="a", title="City sells tram depot to brewery", text=text, lang="en", published=day)])
        bot = Bot(index)
        made = bot.brief(Beat(name="all"), since=day, until=day, keep=False)
        answer = Talk(bot, made).stream(AskRequest("more on 1")).answer()
    assert answer.outcome == "answered" and [note.text for note in answer.notes] == [say("nothing_more", "en")]
