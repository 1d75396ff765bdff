"""Dates in questions: the right interval, the right precision, and nothing made up."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.records import Period
from index.text.dates import FIRST, LAST, mentions, window, without_weekdays_of_days
from index.text.lexicon import languages

ASKED = Period.parse("2023-10-20")  # a Friday

CASES = [
    ("en", "What happened in mid-September?", "2023-09-11T00:00:00Z/2023-09-21T00:00:00Z"),
    ("en", "What was decided on October 18, 2023?", "2023-10-18"),
    ("en", "What was said on Oct. 7, 2023?", "2023-10-07"),
    ("en", "Who spoke yesterday?", "2023-10-19"),
    ("en", "Who spoke last week?", "2023-10-09T00:00:00Z/2023-10-16T00:00:00Z"),
    ("en", "Who spoke 3 days ago?", "2023-10-17"),
    ("en", "Who spoke 3 months ago?", "2023-07"),
    ("es", "¿Quién fundó el puerto hace 114 años?", "1909"),
    ("en", "Who spoke on Tuesday?", "2023-10-17"),
    ("en", "What changed in December?", "2022-12"),
    ("en", "What was agreed in 2021?", "2021"),
    ("es", "¿Qué dijo el miércoles pasado?", "2023-10-18"),
    ("es", "¿Qué pasó a mediados de septiembre?", "2023-09-11T00:00:00Z/2023-09-21T00:00:00Z"),
    ("es", "¿Qué pasó el 3 de marzo de 2022?", "2022-03-03"),
    ("es", "¿Qué pasó hace 2 semanas?", "2023-10-03T00:00:00Z/2023-10-10T00:00:00Z"),  # a week ago names no day
    ("es", "¿Qué pasó el 5/4/2022?", "2022-04-05"),
    ("fr", "Que s'est-il passé le 1er février 2023 ?", "2023-02-01"),
    ("fr", "Que s'est-il passé la semaine dernière ?", "2023-10-09T00:00:00Z/2023-10-16T00:00:00Z"),
    ("de", "Was geschah am 3. Oktober?", "2023-10-03"),
    ("de", "Was geschah gestern?", "2023-10-19"),
    ("pt", "O que aconteceu em março de 2021?", "2021-03"),
    ("it", "Che cosa è successo il 4 luglio 2022?", "2022-07-04"),
    ("ru", "Что произошло 5 мая 2021 года?", "2021-05-05"),
    ("ar", "ماذا حدث في 18 أكتوبر 2023؟", "2023-10-18"),
    ("zh", "2023年10月18日发生了什么？", "2023-10-18"),
    ("", "2023-10-18", "2023-10-18"),
    ("ko", "9월 13일에 무슨 일이 있었나?", "2023-09-13"),
    ("ja", "9月13日に何があった？", "2023-09-13"),
    ("ar", "ماذا حدث يوم الاثنين؟", "2023-10-16"),
    ("de", "Was ist hier am Montag passiert?", "2023-10-16"),  # "hier" is yesterday in French only
    ("en", "Who resigned the week before last?", "2023-10-02T00:00:00Z/2023-10-09T00:00:00Z"),
    ("en", "What happened in Derna a fortnight ago?", "2023-10-03T00:00:00Z/2023-10-10T00:00:00Z"),
    ("en", "What happened over the weekend?", "2023-10-14T00:00:00Z/2023-10-16T00:00:00Z"),
    ("en", "Any news on the strike in the past few days?", "2023-10-13T00:00:00Z/2023-10-21T00:00:00Z"),
    ("en", "Who was dismissed in the first half of July?", "2023-07-01T00:00:00Z/2023-07-16T00:00:00Z"),
    ("en", "Who spoke last night?", "2023-10-19"),
    ("en", "What passed in the last week of September?", "2023-09-21T00:00:00Z/2023-10-01T00:00:00Z"),
    ("es", "¿Qué decidió a finales del mes pasado?", "2023-09-21T00:00:00Z/2023-10-01T00:00:00Z"),
    ("es", "¿Qué anunció el banco hace quince días?", "2023-10-03T00:00:00Z/2023-10-10T00:00:00Z"),
    ("es", "¿Quién dimitió la semana antepasada?", "2023-10-02T00:00:00Z/2023-10-09T00:00:00Z"),
    ("fr", "Quelles mesures ont été prises au début du mois ?", "2023-10-01T00:00:00Z/2023-10-11T00:00:00Z"),
    ("fr", "Qui a démissionné il y a trois jours ?", "2023-10-17"),
    ("de", "Was sagte die Ministerin vorletzte Woche?", "2023-10-02T00:00:00Z/2023-10-09T00:00:00Z"),
    ("de", "Was wurde am Wochenende beschlossen?", "2023-10-14T00:00:00Z/2023-10-16T00:00:00Z"),
    ("de", "Was passierte vor zwei Wochen in Derna?", "2023-10-03T00:00:00Z/2023-10-10T00:00:00Z"),
    ("pt", "O que aconteceu há duas semanas?", "2023-10-03T00:00:00Z/2023-10-10T00:00:00Z"),
    ("it", "Che cosa è successo tre giorni fa?", "2023-10-17"),
    ("ru", "Кто ушёл в отставку на позапрошлой неделе?", "2023-10-02T00:00:00Z/2023-10-09T00:00:00Z"),
    ("ru", "Что решили на прошлой неделе?", "2023-10-09T00:00:00Z/2023-10-16T00:00:00Z"),
    ("ru", "Что заявил министр 3 дня назад?", "2023-10-17"),
    ("ru", "Что случилось неделю назад?", "2023-10-10T00:00:00Z/2023-10-17T00:00:00Z"),
    ("ar", "ماذا حدث في منتصف سبتمبر؟", "2023-09-11T00:00:00Z/2023-09-21T00:00:00Z"),
    ("ar", "ماذا حدث قبل أسبوعين؟", "2023-10-03T00:00:00Z/2023-10-10T00:00:00Z"),
    ("ar", "ماذا حدث قبل ثلاثة أيام؟", "2023-10-17"),
    ("ar", "ماذا حدث أول أمس؟", "2023-10-18"),
    ("ar", "ماذا حدث في 18 تشرين الأول؟", "2023-10-18"),
    ("zh", "上周三部长说了什么？", "2023-10-11"),  # Wednesday of last week
    ("zh", "这周三部长说了什么？", "2023-10-18"),
    ("zh", "前天加沙发生了什么？", "2023-10-18"),
    ("zh", "九月中旬发生了什么？", "2023-09-11T00:00:00Z/2023-09-21T00:00:00Z"),
    ("zh", "去年九月十三日发生了什么？", "2022-09-13"),
    ("zh", "两周前谁辞职了？", "2023-10-03T00:00:00Z/2023-10-10T00:00:00Z"),
    ("ja", "先週の水曜日に何があった？", "2023-10-11"),
    ("ja", "3日前に何があった？", "2023-10-17"),
    ("ko", "지난주 수요일에 무슨 일이 있었나?", "2023-10-11"),
    ("ko", "지난주에 장관이 뭐라고 했나?", "2023-10-09T00:00:00Z/2023-10-16T00:00:00Z"),
    ("en", "What did she say a couple of days ago?", "2023-10-18"),
    ("de", "Was passierte am Montagabend?", "2023-10-16"),
    ("nl", "Wat gebeurde er op 13 september?", "2023-09-13"),  # from here on by dateparser
    ("pl", "Co powiedział minister 13 września 2022?", "2022-09-13"),
    ("tr", "Haziran ayında ne oldu?", "2023-06"),
    ("el", "Τι είπε ο υπουργός στις 13 Σεπτεμβρίου;", "2023-09-13"),
]


@pytest.mark.parametrize(("lang", "question", "expected"), CASES)
def test_a_date_and_its_precision(lang: str, question: str, expected: str) -> None:
    assert [str(m.period) for m in mentions(question, ASKED, lang)] == [expected]
    assert window(question, ASKED, lang)[1] is False


@pytest.mark.parametrize(
    "question",
    [
        *("What may happen next?", "Agenda 2030 and the march of time", "He was 45 in the end", "v. 10.11.12"),
        *("Who reads the Sunday Times?", "Who made Black Friday popular?", "Was the last week of the campaign calm?"),
        *("What did Mark say to May?", "How many are in the March family?", "Is there life on Mars?"),
        *("Qui est mort à Mars ?", "三月革命是什么？", "会议每周三举行吗？", "为什么两周一次？", "海上周边有什么？"),
    ],
)
def test_no_date_is_made_up(question: str) -> None:
    assert mentions(question, ASKED, "en") == []
    assert window(question, ASKED, "en") == (None, False)


@pytest.mark.parametrize(("lang", "question"), [("id", "Siapa yang bekerja 13 tahun?"), ("pl", "Co się stało?")])
def test_a_duration_is_no_date(lang: str, question: str) -> None:
    assert mentions(question, ASKED, lang) == []


def test_since_and_before_insist() -> None:
    assert window("What has she said since Monday?", ASKED, "en") == (
        Period(Period.parse("2023-10-16").start, ASKED.end),
        True,
    )
    assert window("¿Qué dijo antes de 2020?", ASKED, "es") == (Period(FIRST, Period.parse("2020").start), True)
    both, insists = window("After 1 March 2021 and before 5 March 2021", ASKED, "en")
    assert insists and both == Period(Period.parse("2021-03-02").start, Period.parse("2021-03-05").start)


def test_a_range_spans_both_ends() -> None:
    period, _ = window("Between 7 September and 1 October, what was shipped?", ASKED, "en")
    assert period == Period(Period.parse("2023-09-07").start, Period.parse("2023-10-01").end)


@pytest.mark.parametrize(
    ("lang", "question", "expected"),
    [
        ("en", "Who resigned from May to July?", "2023-05-01T00:00:00Z/2023-08-01T00:00:00Z"),
        ("fr", "Qu'a-t-on appris au cours des dernières 48 heures ?", "2023-10-18T00:00:00Z/2023-10-21T00:00:00Z"),
        ("de", "Was ist seit letztem Dienstag passiert?", "2023-10-17T00:00:00Z/2023-10-21T00:00:00Z"),
        ("ru", "Что изменилось с прошлой недели?", "2023-10-09T00:00:00Z/2023-10-21T00:00:00Z"),
        ("ar", "ماذا حدث بين 19 و21 سبتمبر؟", "2023-09-19T00:00:00Z/2023-09-22T00:00:00Z"),
        ("ar", "ماذا حدث منذ يوم الاثنين؟", "2023-10-16T00:00:00Z/2023-10-21T00:00:00Z"),
        ("es", "¿Qué ocurrió durante la última semana?", "2023-10-13T00:00:00Z/2023-10-21T00:00:00Z"),
        ("ar", "ماذا حدث بعد 7 أكتوبر؟", "2023-10-08T00:00:00Z/2023-10-21T00:00:00Z"),
        ("en", "Who ran the port from 1977 to 1995?", "1977-01-01T00:00:00Z/1996-01-01T00:00:00Z"),
        ("en", "Who was mayor between 2010 and 2014?", "2010-01-01T00:00:00Z/2015-01-01T00:00:00Z"),
        ("de", "Wer leitete den Hafen von 1977 bis 1995?", "1977-01-01T00:00:00Z/1996-01-01T00:00:00Z"),
        ("fr", "Qui dirigea le port entre 1977 et 1995 ?", "1977-01-01T00:00:00Z/1996-01-01T00:00:00Z"),
        ("pl", "Kto rządził od 1977 do 1995 roku?", "1977-01-01T00:00:00Z/1996-01-01T00:00:00Z"),
        ("ru", "Кто руководил портом с 1977 по 1995?", "1977-01-01T00:00:00Z/1996-01-01T00:00:00Z"),
        ("zh", "9月19日至21日发生了什么？", "2023-09-19T00:00:00Z/2023-09-22T00:00:00Z"),
        ("zh", "过去三天发生了什么？", "2023-10-17T00:00:00Z/2023-10-21T00:00:00Z"),
    ],
)
def test_a_range_insists(lang: str, question: str, expected: str) -> None:
    period, insists = window(question, ASKED, lang)
    assert insists and str(period) == expected


def test_numbers_that_fall_are_no_years() -> None:
    assert mentions("Cases fell from 2019 to 1995 in a month.", ASKED, "en") == []


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "The boat burned earlier this week.", "2023-10-16T00:00:00Z/2023-10-21T00:00:00Z"),
        ("de", "Anfang dieser Woche brannte es.", "2023-10-16T00:00:00Z/2023-10-21T00:00:00Z"),
        ("es", "Ardió a principios de esta semana.", "2023-10-16T00:00:00Z/2023-10-21T00:00:00Z"),
        ("fr", "Il a brûlé plus tôt dans l'année.", "2023-01-01T00:00:00Z/2023-10-21T00:00:00Z"),
        ("pl", "Spłonęła na początku tygodnia.", "2023-10-16T00:00:00Z/2023-10-21T00:00:00Z"),
    ],
)
def test_what_was_earlier_this_week_was_no_later_than_the_report(lang: str, text: str, expected: str) -> None:
    assert [str(m.period) for m in mentions(text, ASKED, lang)] == [expected]


@pytest.mark.parametrize(("lang", "text"), [("de", "Das war zu Beginn des Jahres 2018."), ("es", "a principios del año 2018")])
def test_the_beginning_of_another_year_is_not_this_one(lang: str, text: str) -> None:
    assert "2023" not in str([m.period for m in mentions(text, ASKED, lang)])


def test_a_range_begins_at_its_first_day() -> None:
    question = "Combien de personnes sont mortes dans la nuit de mardi à mercredi ?"
    assert [(question[m.start : m.end], str(m.period)) for m in mentions(question, ASKED, "fr")] == [
        ("de mardi à mercredi", "2023-10-17T00:00:00Z/2023-10-19T00:00:00Z")
    ]


def test_what_says_only_about_when_is_not_stated_as_a_day() -> None:
    assert [m.kind for m in mentions("It rained over the weekend.", ASKED, "en")] == ["about"]


def test_a_weekday_cannot_be_placed_by_a_month() -> None:
    assert mentions("He arrived this Wednesday.", Period.parse("2023-10"), "en") == []


@settings(deadline=None)  # the first text of a language compiles its patterns
@given(st.text(), st.sampled_from([*languages(), "nl"]))
def test_any_text_gives_ordered_spans_inside_it(text: str, lang: str) -> None:
    end = 0
    for mention in mentions(text, ASKED, lang):
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.end > end
        end = mention.end
        assert FIRST <= mention.period.start < mention.period.end <= LAST


ROWS = [
    (file.stem.removeprefix("dates_"), json.loads(line))
    for file in sorted((Path(__file__).parent / "data").glob("dates_*.jsonl"))
    for line in file.read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("lang", "row"), ROWS)
def test_dates_of_articles(lang: str, row: dict[str, str]) -> None:
    found = mentions(row["text"], Period.parse(row["reference"]), lang)
    days = [[f"{datetime.fromtimestamp(t, UTC):%Y-%m-%d}" for t in (m.period.start, m.period.end - 1)] for m in found]
    assert days == ([[row["start"], row["end"]]] if row["phrase"] else [])


@pytest.mark.parametrize(
    ("lang", "text", "day"),
    [
        ("en", "It opens on Sunday, October 25.", "October 25"),
        ("en", "They vote on Sunday the 25th of October.", "25th of October"),
        ("es", "Votan el domingo 25 de octubre.", "25 de octubre"),
        ("de", "Am Sonntag, dem 25. Oktober, wird gewählt.", "25. Oktober"),
        ("fr", "Le dimanche 25 octobre, on vote.", "25 octobre"),
        ("pt", "No domingo, 25 de outubro, votam.", "25 de outubro"),
        ("pl", "W niedzielę, 25 października, głosują.", "25 października"),
    ],
)
def test_a_weekday_before_its_day_names_no_other_day(lang: str, text: str, day: str) -> None:
    named = mentions(text, Period.parse("2021-03-09"), lang)
    assert [mention.kind for mention in named] == ["relative", "day"]
    [mention] = without_weekdays_of_days(text, named, lang)
    assert text[mention.start : mention.end].rstrip(".") == day and mention.kind == "day"


def test_a_weekday_and_another_day_are_two() -> None:
    for text in ("They vote on Sunday and 25 October.", "He came on Sunday. 25 October is too late."):
        named = mentions(text, Period.parse("2021-03-09"), "en")
        assert without_weekdays_of_days(text, named, "en") == named and len(named) == 2
