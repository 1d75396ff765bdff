"""bot/answers/date_notes.py: relative dates are resolved from the day of publication, in the direction that the clause speaks of, or not at all."""

from __future__ import annotations

import pytest

from bot.answers.date_notes import asides, inserted
from index.records import Period
from index.text import quotation_marks

FRIDAY = Period.parse("2025-05-16")


@pytest.mark.parametrize(
    ("text", "lang", "shown"),
    [
        ("Olsen arrived this Wednesday.", "en", ["2025-05-14"]),
        ("Olsen arrived on Friday.", "en", ["2025-05-16"]),
        ("A source told Harbour Tonight that the fair was off.", "en", []),
        ("Una fuente dijo a Diario Hoy que no habrá feria.", "es", []),
        ("The storm was expected to pass Karsund late Thursday night.", "en", []),  # published on Friday
        ("The storm was expected to pass Karsund on Monday.", "en", ["2025-05-19"]),
        ("Der Sturm sollte am Donnerstag vorbeiziehen.", "de", []),
        ("Olsen will arrive on Wednesday.", "en", ["2025-05-21"]),
        ("The fund, Olsen said on Tuesday, will open on Monday.", "en", ["2025-05-13", "2025-05-19"]),
        ("The conference ends on Wednesday.", "en", []),
        ("The Sunday trade ban, introduced in 2018, cost them sales.", "en", []),
        ("It was a Tuesday when he called.", "en", []),
        ("The Thursday edition printed it on Wednesday.", "en", ["2025-05-14"]),
        ("Every Sunday he called her, she said.", "en", []),
        ("The Saturday of the fair drew crowds.", "en", []),
        ("Ogni domenica la incontrava, ha detto.", "it", []),
        ("Cada domingo la visitaba, dijo.", "es", []),
        ("Jeden Sonntag traf er sie, sagte er.", "de", []),
        ("It was closed yesterday.", "en", ["2025-05-15"]),
        ("It was closed last week.", "en", ["2025-05-05 – 2025-05-11"]),
        ("Three ships sank 3 days ago.", "en", ["2025-05-13"]),
        ("La ministra llegó este miércoles, y este lunes se reunirá con Adler.", "es", ["2025-05-14", "2025-05-19"]),
        ("Llegó ayer a Karsund.", "es", ["2025-05-15"]),
        ("Hoy en día nadie pesca allí.", "es", []),
        ("La commission a annoncé jeudi une règle.", "fr", ["2025-05-15"]),
        ("Elle est arrivée hier.", "fr", ["2025-05-15"]),
        ("Das sagte Kessler am Mittwoch.", "de", ["2025-05-14"]),
        ("Das Schiff kam gestern an.", "de", ["2025-05-15"]),
        ("Das Schiff wird am Montag ankommen.", "de", ["2025-05-19"]),
        ("O navio chegou ontem.", "pt", ["2025-05-15"]),
        ("The harbour opened on 6 May 2024.", "en", []),
        ("The composer died at his home on Monday.", "en", ["2025-05-12"]),
        ("On Saturday evening in a park, Leeds, shortly before 19:00 (1800 UTC), a man killed two.", "en", ["2025-05-10"]),
        ("On Tuesday night in Lima, fans tore down the gates.", "en", ["2025-05-13"]),
        ("A fire Saturday night left twelve without a home.", "en", ["2025-05-10"]),
        ("The shops were closed on Mondays.", "en", []),
        ("El sábado por la noche hubo un tiroteo.", "es", ["2025-05-10"]),
        ("La policía detuvo al hombre el martes.", "es", ["2025-05-13"]),
        ("Los lunes cerraron los museos.", "es", []),
        ("Am Montagabend starb der Dichter.", "de", ["2025-05-12"]),
        ("Die Polizei nahm den Mann am Mittwoch fest.", "de", ["2025-05-14"]),
        ("Das Museum wird am Montagabend öffnen.", "de", ["2025-05-19"]),
        ("Das Museum war montags geschlossen.", "de", []),
        ("El lunes comienza la feria que propuso el alcalde.", "es", []),  # a verb that tells more of the fair
        ("Le vote a lieu dimanche.", "fr", []),
        ("Le poète est mort lundi soir.", "fr", ["2025-05-12"]),
        ("Dix personnes sont mortes dimanche après-midi.", "fr", ["2025-05-11"]),
        ("Le musée est fermé le lundi.", "fr", []),
    ],
)
def test_the_day_is_found(text: str, lang: str, shown: list[str]) -> None:
    found = asides(text, FRIDAY, lang, "en")
    assert [day for _, day in found] == shown
    plain = inserted(text, found)
    for _, day in found:
        plain = plain.replace(f" [{day}]", "")
    assert plain == text


@pytest.mark.parametrize(
    ("text", "lang", "shown"),
    [
        ("A man died on Saturday evening in Leeds.", "en", "A man died on Saturday evening [2025-05-10] in Leeds."),
        ("A fire Saturday night left ashes.", "en", "A fire Saturday night [2025-05-10] left ashes."),
        ("Murió el lunes por la noche.", "es", "Murió el lunes por la noche [2025-05-12]."),
        ("Il est mort lundi soir.", "fr", "Il est mort lundi soir [2025-05-12]."),
        ("Am Montagabend starb er.", "de", "Am Montagabend [2025-05-12] starb er."),
        ("O navio chegou ontem à noite.", "pt", "O navio chegou ontem à noite [2025-05-15]."),
    ],
)
def test_the_day_stands_behind_the_part_of_the_day(text: str, lang: str, shown: str) -> None:
    assert inserted(text, asides(text, FRIDAY, lang, "en")) == shown


def test_a_month_places_no_day_and_an_undated_article_nothing() -> None:
    text = "Lavrov llegó este miércoles a Pionyang."
    assert asides(text, Period.parse("2023-10"), "es", "en") == ((27, "published 2023-10"),)
    assert asides(text, None, "es", "en") == ()


def test_nothing_is_put_inside_a_quotation() -> None:
    text = "“We met on Tuesday and will meet again,” Olsen said on Thursday."
    shown = quotation_marks.shown(inserted(text, asides(text, FRIDAY, "en", "en")))
    assert shown == "“We met on Tuesday and will meet again,” Olsen said on Thursday [2025-05-15]."


@pytest.mark.parametrize(
    ("text", "title", "lang", "shown"),
    [
        ("The trial of Olsen started Tuesday.", "Olsen’s trial starts soon, but how did he get here?", "en", []),
        ("El juicio de Olsen comenzó el martes.", "El juicio de Olsen comenzará pronto", "es", []),
        ("Le procès a commencé mardi.", "Le procès va bientôt commencer", "fr", []),
        ("Der Prozess startete am Dienstag.", "Der Prozess startet bald", "de", []),
        ("O julgamento começou na terça-feira.", "O julgamento vai começar em breve", "pt", []),
        ("The trial of Olsen started Tuesday.", "Olsen’s trial starts", "en", ["2025-05-13"]),
        ("Le procès a commencé mardi.", "Le procès commence", "fr", ["2025-05-13"]),
        ("Sanvara will release the ship, Robledo said on Thursday.", "Sanvara to release the ship soon", "en", ["2025-05-15"]),
    ],
)
def test_what_its_title_looks_ahead_to_was_written_later(text: str, title: str, lang: str, shown: list[str]) -> None:
    assert [day for _, day in asides(text, FRIDAY, lang, "en", title=title)] == shown
