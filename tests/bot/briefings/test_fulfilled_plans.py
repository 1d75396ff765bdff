"""A plan and its arrival in one briefing: the newer supersedes, where both are of the same people and the same place."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import Bot
from bot.briefings.fulfilled_plans import came_about
from bot.records import Beat, Briefing
from index import Article, Index, Period
from tests.bot.briefings.test_novelty import claim

PLANS = {
    "en": "President Mara Velt will travel to Berlin on Friday for talks on grain, her office said on Tuesday.",
    "es": "La presidenta Mara Velt viajará a Berlín el viernes para hablar del trigo, informó su oficina.",
    "de": "Präsidentin Mara Velt wird am Freitag zu Gesprächen über Weizen nach Berlin reisen, teilte ihr Büro mit.",
    "fr": "La présidente Mara Velt se rendra vendredi à Berlin pour parler du blé, a annoncé son cabinet.",
    "pt": "A presidente Mara Velt viajará a Berlim na sexta-feira para falar do trigo, informou o seu gabinete.",
}
ARRIVALS = {
    "en": "President Mara Velt arrived in Berlin on Friday for talks on grain with the mayor, Jonas Adler.",
    "es": "La presidenta Mara Velt llegó el viernes a Berlín para hablar del trigo.",
    "de": "Präsidentin Mara Velt ist am Freitag in Berlin eingetroffen.",
    "fr": "La présidente Mara Velt est arrivée vendredi à Berlin pour parler du blé.",
    "pt": "A presidente Mara Velt chegou na sexta-feira a Berlim para falar do trigo.",
}
REST = {
    "en": "She was met at the airport by a band of forty.",
    "es": "La recibió en el aeropuerto una banda de cuarenta músicos.",
    "de": "Am Flughafen empfing sie eine Kapelle mit vierzig Musikern.",
}


@pytest.mark.parametrize("planned", PLANS)
@pytest.mark.parametrize("arrived", ARRIVALS)
def test_the_same_people_at_the_same_place(planned: str, arrived: str) -> None:
    plan = claim(PLANS[planned], "2026-03-03", lang=planned)
    assert came_about(plan, claim(ARRIVALS[arrived], "2026-03-06", lang=arrived))


def test_an_office_before_the_name_is_nobody_else() -> None:
    plan = claim("The foreign minister of Sanvara, Elena Robledo, plans to travel to Karsund on Friday.", "2026-03-03")
    done = "La ministra de Asuntos Exteriores de Sanvara, Elena Robledo, llegó este viernes a Karsund."
    assert came_about(plan, claim(done, "2026-03-06", lang="es"))
    assert not came_about(plan, claim(done.replace("Elena", "Carmen"), "2026-03-06", lang="es"))
    assert not came_about(plan, claim(done.replace("a Karsund", "a Terlow"), "2026-03-06", lang="es"))


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("President Mara Velt arrived in Warsaw on Friday.", "en"),
        ("President Mara Velt arrived in Munich on Friday.", "en"),
        ("President Mara Velt arrived in Warsaw on Friday, after a visit to Berlin.", "en"),
        ("Ines Velt arrived in Berlin on Friday.", "en"),
        ("Mara Velt and Jonas Adler arrived in Berlin on Friday.", "en"),
        ("Mara Velt's envoy Jonas Adler arrived in Berlin on Friday.", "en"),
        ("The president arrived in Berlin on Friday.", "en"),
        ("Mara Velt arrived in Berlin last week.", "en"),
        ("Mara Velt has not arrived in Berlin.", "en"),
        ("Mara Velt met Jonas Adler in Berlin on Friday.", "en"),
        ("Jonas Adler llegó el viernes a Berlín.", "es"),
        ("Mara Velt llegó el viernes a Madrid.", "es"),
        ("Mara Velt ist am Freitag in Wien eingetroffen.", "de"),
        ("Die Ministerin ist am Freitag in Berlin eingetroffen.", "de"),
    ],
)
def test_others_or_another_place_or_another_day(text: str, lang: str) -> None:
    assert not came_about(claim(PLANS["en"], "2026-03-03"), claim(text, "2026-03-06", lang=lang))


def test_a_day_that_has_not_come() -> None:
    assert not came_about(claim(PLANS["en"], "2026-03-02"), claim(ARRIVALS["en"], "2026-03-04"))


def briefed(folder: Path, lang: str, *articles: tuple[str, str, str], minimum_outlets: int = 1) -> Briefing:
    with Index(folder) as index:
        index.add(
            Article(id=id, text=text, lang=lang, outlet=f"Outlet {id}", published=Period.parse(day))
            for id, day, text in articles
        )
        since, until = Period.parse("2026-03-01"), Period.parse("2026-03-08")
        beat = Beat(name="all", language=lang, minimum_outlets=minimum_outlets)
        return Bot(index).brief(beat, since=since, until=until, keep=False)


@pytest.mark.model
@pytest.mark.parametrize("lang", REST)
def test_both_in_one_briefing(tmp_path: Path, lang: str) -> None:
    made = briefed(
        tmp_path, lang, ("plan", "2026-03-03", PLANS[lang]), ("done", "2026-03-06", f"{ARRIVALS[lang]} {REST[lang]}")
    )
    (event,) = made.events
    assert event.label == "superseded" and event.headline.citations[0].article_id == "done"
    assert [sentence.citations[0].article_id for sentence in event.before] == ["plan"]
    assert event.outlets == ("Outlet done",) and event.origins == 1


@pytest.mark.model
def test_the_plan_of_somebody_else_stays(tmp_path: Path) -> None:
    other = "Minister Jonas Adler arrived in Berlin on Friday for talks on grain. He was met by a band of forty."
    made = briefed(tmp_path, "en", ("plan", "2026-03-03", PLANS["en"]), ("done", "2026-03-06", other))
    assert all(event.label == "new" for event in made.events)
    assert {id for event in made.events for id in event.article_ids} == {"plan", "done"}


NEWS = [
    "The cabinet of Karsund fell on Monday, after the grain party left it over the price of bread.",
    "The striking dockers of Karsund went back to work on Monday, after eleven weeks without a ship.",
]


@pytest.mark.model
@pytest.mark.parametrize("news", NEWS)
@pytest.mark.parametrize("place", [1, 2])
def test_a_report_that_only_ends_with_the_plan_is_told(tmp_path: Path, news: str, place: int) -> None:
    text = " ".join([news, "Votes are counted again in the spring."][:place]) + f" {PLANS['en']}"
    made = briefed(tmp_path, "en", ("news", "2026-03-03", text), ("done", "2026-03-06", f"{ARRIVALS['en']} {REST['en']}"))
    assert {id for event in made.events for id in event.article_ids} == {"news", "done"}


@pytest.mark.model
def test_plan_and_arrival_are_told_by_so_many_outlets(tmp_path: Path) -> None:
    talks = (
        "She and Adler signed the contract on grain, which forty farmers had asked for. Grain costs a third more than in May."
    )
    both = ("plan", "2026-03-05", PLANS["en"]), ("done", "2026-03-06", f"{ARRIVALS['en']} {talks}")
    assert [event.label for event in briefed(tmp_path / "one", "en", *both).events] == ["superseded"]
    (event,) = briefed(tmp_path / "two", "en", *both, minimum_outlets=2).events  # who told the plan, and who the arrival
    assert event.label == "superseded" and event.origins == 1
    assert not briefed(tmp_path / "three", "en", *both, minimum_outlets=3).events
