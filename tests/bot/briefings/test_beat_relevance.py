"""Whether a story is on a beat. Vectors are given: what counts here is names and words."""

from __future__ import annotations

import numpy as np
import pytest

from bot.briefings.beat_relevance import BeatTopic, relevances
from bot.records import Beat
from bot.retrieval.story_clusters import Story, named
from index.records import Article
from index.search.recent_reports import Report

HARBOUR = np.array([1.0, 0.0, 0.0], np.float32)
OTHER = np.array([0.0, 1.0, 0.0], np.float32)


def story(title: str, text: str, vector: np.ndarray = OTHER, lang: str = "en") -> Story:
    report = Report(
        article=Article(id=title, title=title, text=text, lang=lang), moment=0, added=0, vector=vector, title=vector
    )
    return Story(reports=(report,), vector=vector, title=vector, names=named(report))


def on(beat: Beat, *stories: Story, topics: tuple[BeatTopic, ...] = ()) -> list[bool]:
    return [bool(value >= 0.5) for value in relevances(stories, beat, topics)]


FILLER = "The council met for two hours and heard what the engineers had to say about the pipes. " * 4


@pytest.mark.parametrize("place", ["US", "U.S.", "USA", "United States", "Estados Unidos", "Vereinigte Staaten", "états-unis"])
@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("US bans grain from Sanvara", FILLER, True),
        ("Fire in Nevada kills two", FILLER, True),
        ("Estados Unidos veta el grano de Sanvara", FILLER, True),
        (
            "Grain ban begins",
            "The White House said the ban began at noon. Ships turned back. The United States buys most, and Texas half.",
            True,
        ),
        (
            "Karsund opens a bridge",
            f"The bridge at Karsund opened on Monday. {FILLER} An American engineer had drawn it.",
            False,
        ),
        ("Karsund opens a bridge", "The bridge was drawn by an American. It opened on Monday, and the mayor was there.", False),
    ],
)
def test_a_country_by_any_name_and_not_in_passing(place: str, title: str, text: str, expected: bool) -> None:
    assert on(Beat(name="p", places=(place,)), story(title, text)) == [expected]


def test_a_place_that_no_table_knows() -> None:
    beat = Beat(name="p", places=("Velmora",))
    assert on(beat, story("Velmoran ships turn back", FILLER), story("Ships turn back", FILLER)) == [True, False]


def test_a_city_is_not_its_country() -> None:
    assert on(Beat(name="p", places=("Paris",)), story("Lyon closes its port", f"In France, {FILLER}")) == [False]


def test_a_person_is_who_it_is_about() -> None:
    beat = Beat(name="p", people=("Elena Robledo",))
    about = "Elena Robledo flew to Karsund. Robledo met the mayor. Later Robledo left."
    assert on(
        beat,
        story("Robledo flies to Karsund", about),
        story("Minister in Karsund", about),
        story("Mayor opens bridge", f"The mayor opened the bridge. {FILLER} Elena Robledo sent a telegram."),
        story("Ana Robledo wins the race", "Ana Robledo won the race in Selwyn. Robledo ran it in an hour. Robledo is 19."),
    ) == [True, True, False, False]


def test_initials_in_a_title_are_the_person() -> None:
    beat = Beat(name="p", people=("Juan Pablo Montes",))
    assert on(beat, story("JPM goes to court", FILLER), story("JPMX goes to court", FILLER)) == [True, False]


def test_a_topic_by_its_words_and_by_what_is_like_those() -> None:
    beat, topic = Beat(name="p", topics=("harbour strike",)), BeatTopic("harbour strike", HARBOUR)
    near = np.array([0.75, 0.0, 0.66], np.float32)
    worded = story("Harbour strike goes on", f"The harbour strike went on. {FILLER}", near)
    unworded = story("Pilots stay at home", f"No pilot came to the quay. {FILLER}", near)
    other = story("Mayor opens bridge", FILLER)
    assert on(beat, worded, unworded, other, topics=(topic,)) == [True, True, False]


def test_a_beat_of_nothing_wants_everything_and_no_story_is_no_fault() -> None:
    assert on(Beat(name="p"), story("Mayor opens bridge", FILLER)) == [True]
    assert on(Beat(name="p", topics=("x",)), topics=(BeatTopic("x", HARBOUR),)) == []
