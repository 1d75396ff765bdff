"""What is new about an event, sentence by sentence. Vectors are given: what counts here is dates, notices and denials."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bot.briefings.key_sentences import KeySentence
from bot.briefings.novelty import change, denied, due
from index.records import Article, Period
from index.search.recent_reports import Report

ALIKE = np.array([1.0, 0.0], np.float32)
NEAR = np.array([0.5, np.sqrt(0.75)], np.float32)
OTHER = np.array([0.0, 1.0], np.float32)


def claim(text: str, day: str, vector: np.ndarray = ALIKE, *, lang: str = "en", title: str = "", id: str = "") -> KeySentence:
    moment = Period.parse(f"{day}T09:00:00Z")
    article = Article(id=id or text, origin=id or text, title=title, text=text, lang=lang, published=moment)
    report = Report(article=article, moment=moment.start, added=moment.start, vector=vector, title=vector)
    return KeySentence(report, 0, len(text), 0, vector)


PLAN = claim("The minister plans to travel to Castrel on Thursday, her office said.", "2026-03-02", NEAR)


@pytest.mark.parametrize(
    ("text", "day", "lang", "label"),
    [
        ("The minister arrived in Castrel on Thursday.", "2026-03-05", "en", "superseded"),
        ("La ministra llegó este jueves a Castrel.", "2026-03-05", "es", "superseded"),
        ("Die Ministerin ist am Donnerstag in Castrel eingetroffen.", "2026-03-05", "de", "superseded"),
        ("The minister's office published her programme.", "2026-03-03", "en", "developed"),  # the day has not come
        ("The talks in Castrel ended without a deal.", "2026-03-07", "en", "developed"),  # it is past
        ("The minister put off her journey to Castrel.", "2026-03-03", "en", "superseded"),
        ("La ministra aplazó su viaje a Castrel.", "2026-03-03", "es", "superseded"),
    ],
)
def test_a_plan_and_what_came_of_it(text: str, day: str, lang: str, label: str) -> None:
    found = change([claim(text, day, lang=lang)], [PLAN])
    assert (found.label, found.before) == (label, (PLAN,))


def test_background_shows_no_development() -> None:
    founded = claim("The minister founded the party of Castrel in 2017, she said.", "2026-03-02", NEAR, id="a")
    news = claim("The minister met the head of the party of Castrel.", "2026-03-05")
    assert change([news], [founded]).label == "new"
    other = claim("The minister called the head of the party of Castrel.", "2026-03-02", NEAR, id="a")
    assert change([news], [founded, other]).before == (other,)


def test_what_nothing_before_is_about_is_new() -> None:
    assert change([claim("A comet was found.", "2026-03-05", OTHER * -1)], [PLAN]).label == "new"
    assert change([claim("A comet was found.", "2026-03-05")], []).label == "new"


@pytest.mark.parametrize(
    ("text", "title", "lang", "label"),
    [
        ("An earlier version of this report gave the wrong figure.", "", "en", "corrected"),
        ("Los depósitos ascienden a 2.400 millones.", "Corrección: los depósitos del banco", "es", "corrected"),
        ("Le bilan est de cinq morts.", "Rectificatif : le bilan", "fr", "corrected"),
        ("Die Zahl war falsch.", "Korrektur: Zahl der Toten", "de", "corrected"),
        ("The Courier on Monday retracted its report that the president was ill.", "", "en", "withdrawn"),
        ("El Diario retira la noticia publicada el martes.", "", "es", "withdrawn"),
        ("The army withdrew its troops from the valley, a report said.", "", "en", "new"),
    ],
)
def test_notices(text: str, title: str, lang: str, label: str) -> None:
    assert change([claim(text, "2026-03-05", NEAR, lang=lang, title=title)], []).label == label


def test_other_figures_are_fresh() -> None:
    before = claim("Three people died in the flood.", "2026-03-03")
    assert change([claim("Three people died in the flood.", "2026-03-04")], [before]).fresh == frozenset()
    assert change([claim("Five people died in the flood.", "2026-03-04")], [before]).fresh == {0}


def test_a_denial_is_beside_what_it_denies() -> None:
    threat = claim("Hardemark habría amenazado con cerrar el gasoducto.", "2026-03-09", NEAR, lang="es", id="voz")
    denial = claim("Hardemark denied that it had threatened to shut the pipeline.", "2026-03-10", id="times")
    assert denied(denial, [threat, denial]) is threat
    assert denied(threat, [threat, denial]) is None


def test_days_to_come() -> None:
    assert due(PLAN) == [(Period.parse("2026-03-05").start, Period.parse("2026-03-05").end)]
    assert due(claim("The launch was put off to March 15.", "2026-03-07")) == [
        (Period.parse("2026-03-15").start, Period.parse("2026-03-15").end)
    ]
    assert due(claim("The minister arrived on Monday.", "2026-03-05")) == []


@pytest.mark.parametrize(
    ("text", "lang", "label"),
    [
        ("El reporte de la ministra sobre Castrel llegó ayer.", "es", "developed"),  # a report; French "reporte": postpones
        ("La ministre reporte sa visite à Castrel.", "fr", "superseded"),
        ("The delegates in Castrel filled in a report.", "en", "developed"),
        ("Die Ministerin sagt ihren Besuch in Castrel ab.", "de", "superseded"),
        ("O ministro adia a visita a Castrel.", "pt", "superseded"),
        ("Una adiada tarde en Castrel, dijo la oficina.", "es", "developed"),  # Portuguese "adiada": postponed
        ("Minister odwołała wizytę w Castrel.", "pl", "superseded"),
    ],
)
def test_a_word_calls_off_in_its_own_language_alone(text: str, lang: str, label: str) -> None:
    assert change([claim(text, "2026-03-03", ALIKE, lang=lang)], [PLAN]).label == label


UNDATED = KeySentence(
    Report(
        article=Article(id="plan", title="The minister may visit Peru", lang="en", text="Olsen hopes to travel to Peru in October."),
        moment=Period.parse("2026-05-01").start, added=0, vector=NEAR, title=NEAR,
    ),
    0, 41, 0, NEAR,
)  # fmt: skip


def october(text: str, month: str = "2023-10") -> KeySentence:
    made = claim(text, "2023-10-02", lang="es")
    period = Period.parse(month)
    article = replace(made.report.article, published=period)
    return replace(made, report=replace(made.report, article=article, moment=period.start))


def test_an_undated_plan_that_came_true_is_superseded_and_nothing_else() -> None:
    arrived = october("El ministro Olsen llegó este miércoles al Perú, donde el jueves se reunirá con su homóloga.")
    assert change([arrived], [UNDATED]).label == "superseded" and change([arrived], [UNDATED]).before == (UNDATED,)
    assert change([october("Olsen llegó este miércoles al Perú.", "2023-12")], [UNDATED]).label == "new"  # not in October
    assert change([october("El ministro Olsen llegó este miércoles a Chile.")], [UNDATED]).label == "new"  # somewhere else
    assert change([october("Olsen dijo que el Perú es un socio.")], [UNDATED]).label == "new"  # what has no date may be later


def test_only_the_same_story_is_developed() -> None:
    before, now = (
        claim("The bridge at Karsund closed.", "2026-03-03", id="a"),
        claim("The bridge at Karsund opened.", "2026-03-05"),
    )
    assert change([now], [before], same={"a": 9.0}).label == "developed"
    assert change([now], [before], same={}).label == "new" and change([now], [before], same={}).before == ()


@pytest.mark.parametrize(
    ("text", "lang", "fresh"),
    [
        ("The minister cancelled her journey to Castrel because of the strike there.", "en", True),
        ("The minister will travel to Castrel on Thursday, so her office.", "en", False),
        ("Die Ministerin reist nach Castrel.", "de", False),  # across languages the likeness alone tells
    ],
)
def test_what_reads_alike_is_fresh_by_its_words(text: str, lang: str, fresh: bool) -> None:
    before = replace(PLAN, vector=ALIKE)
    found = change([claim(text, "2026-03-03", lang=lang)], [before])
    assert bool(found.fresh) == fresh and (found.label == "new") != fresh  # nothing develops by being told again


def test_numbers_of_the_whole_report_are_known_unless_they_count_the_same() -> None:
    told = "Three people died in the flood at Karsund. Five fire engines came."
    article = claim(told, "2026-03-03")
    before = replace(article, end=told.index(".") + 1)
    for text, fresh in (
        ("Three people died in the flood at Karsund, where five fire engines came.", False),
        ("Five people died in the flood at Karsund.", True),
    ):
        assert bool(change([claim(text, "2026-03-04")], [before]).fresh) == fresh


@pytest.mark.parametrize(
    ("plan", "text", "lang", "label"),
    [
        ("O presidente irá a Castrel em abril para assinar o acordo.", "O presidente cancelou a viagem a Castrel.", "pt", "superseded"),
        ("The bank will cut its rate in April.", "The bank put off the cut of its rate.", "en", "superseded"),
        ("The bank cut its rate in February.", "The bank put off the next cut of its rate.", "en", "developed"),
    ],
)  # fmt: skip
def test_a_plan_for_a_month_is_called_off(plan: str, text: str, lang: str, label: str) -> None:
    assert change([claim(text, "2026-03-03", NEAR, lang=lang)], [claim(plan, "2026-03-01", lang=lang)]).label == label
