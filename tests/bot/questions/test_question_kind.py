"""bot/questions/question_kind.py and bot/questions/sentence_kind.py: what sort of answer a question asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.questions.question_kind import answer, asked_speakers, asks_for_everything, asks_who_reports, counted, kind
from bot.questions.sentence_kind import explains, says
from index.search.question_filters import asks_of_a_picture
from index.text.language import identify
from tests.support import reads_without_an_error


@pytest.mark.parametrize(
    ("question", "lang", "expected"),
    [
        ("What time did she run?", "en", "duration"),
        ("What was her winning time?", "en", "duration"),
        ("What time did the train leave?", "en", "when"),
        ("At what time did she run?", "en", "when"),
        ("What was the time of the attack?", "en", "any"),
        ("¿En cuánto tiempo nadó?", "es", "duration"),
        ("¿Qué tiempo hizo en Olmar?", "es", "any"),  # the weather
        ("In welcher Zeit schwamm sie?", "de", "duration"),
        ("In welcher Stadt schwamm sie?", "de", "any"),
        ("Quel temps a réalisé Osk ?", "fr", "duration"),
        ("Quel temps fait-il à Lorme ?", "fr", "any"),
    ],
)
def test_a_time_that_somebody_needed_is_a_duration(question: str, lang: str, expected: str) -> None:
    assert answer(question, lang) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many containers were waiting?", "count"),
        ("¿Cuántas dosis se compraron?", "count"),
        ("Wie viele Schiffe warten?", "count"),
        ("When did it open?", "when"),
        ("¿En qué fecha abrió?", "when"),
        ("Quand a-t-il ouvert ?", "when"),
        ("What did Olsen say?", "said"),
        ("¿Qué dijo Olsen?", "said"),
        ("Was sagte Olsen?", "said"),
        ("Who closed the tunnel?", "who"),
        ("¿Quién cerró el túnel?", "who"),
        ("Where is the tunnel?", "where"),
        ("Wo ist der Tunnel?", "where"),
        ("Why is it closed?", "why"),
        ("¿Por qué está cerrado?", "why"),
        ("Is the tunnel safe?", "other"),
        ("Ile statków czeka na redzie?", "count"),
        ("Kiedy otwarto nowy most w Gdyni?", "when"),
        ("Co powiedziała Halicka o tunelu?", "said"),
    ],
)
def test_kind(question: str, expected: str) -> None:
    assert kind(question, identify(question, default="en")) == expected


@pytest.mark.parametrize(
    ("question", "lang", "expected"),
    [
        ("What did Olsen say in Norwick?", "en", ("Olsen",)),
        ("What did President Olsen say?", "en", ("President", "Olsen")),
        ("According to Olsen, what is closed?", "en", ("Olsen",)),
        ("¿Qué dijo la ministra Lucía Ferrer en Sarvella?", "es", ("Lucía", "Ferrer")),
        ("Was sagte Brandt dazu?", "de", ("Brandt",)),
        ("Qu'a dit Olsen ?", "fr", ("Olsen",)),
        ("What did the dockers say in the statement of the Norwick Union?", "en", ()),
        ("When did Olsen arrive?", "en", ()),
    ],
)
def test_asked_speakers(question: str, lang: str, expected: tuple[str, ...]) -> None:
    assert asked_speakers(question, lang) == expected


def test_a_question_without_a_topic_asks_for_everything() -> None:
    assert asks_for_everything("What did Olsen say in Norwick?", "en")
    assert asks_for_everything("¿Qué dijo Ferrer?", "es")
    assert not asks_for_everything("What did Olsen say about the cranes?", "en")
    assert not asks_for_everything("When did Olsen arrive in Norwick?", "en")


def test_the_thing_counted() -> None:
    question = "How many empty containers were waiting in Norwick?"
    assert {question[i:].split()[0] for i in counted(question, "en")} == {"empty", "containers"}
    assert not {"times"} & {
        "How many times has Olsen warned?"[i:].split()[0] for i in counted("How many times has Olsen warned?", "en")
    }
    assert [*counted("How many people drowned?", "en")] == [16]  # sailors are people, too
    assert not counted("How many people were on the ferry?", "en") and not counted("How much did the ferry cost?", "en")
    assert not counted("¿Cuánto duró la huelga?", "es") and not counted("Combien a coûté le pont ?", "fr")
    assert counted("Combien de navires attendaient ?", "fr") == {11, 19}
    assert counted("Where are the containers?", "en") == frozenset()


@pytest.mark.parametrize(
    ("question", "lang", "expected"),
    [
        ("Who reported the strike?", "en", True), ("¿Qué agencia lo informó?", "es", True), ("Quelle agence ?", "fr", True),
        ("Wer berichtete darüber?", "de", True), ("¿Quién publicó la noticia?", "es", True), ("Que jornal noticiou?", "pt", True),
        ("Who reopened the harbour?", "en", False), ("What did the report say?", "en", False),
    ],
)  # fmt: skip
def test_whose_report_it_is(question: str, lang: str, expected: bool) -> None:
    assert asks_who_reports(question, lang) is expected


def test_reasons_and_reports() -> None:
    assert explains("It closed because of cracks.", "en") and explains("Cerró debido a las grietas.", "es")
    assert not explains("It closed.", "en")
    assert says("Olsen warned of delays.", "en") and says("Según la ministra, empieza.", "es")
    assert not says("The harbour reopened.", "en")


@pytest.mark.parametrize(
    ("text", "lang", "other"),
    [
        ("La crise dit tout de la ville.", "fr", "en"),  # "dit" is no English word of saying
        ("Laut war es im Hafen.", "de", "fr"),
        ("Dito isso, o porto abriu.", "pt", "de"),
        ("The car stopped at the harbour.", "fr", "en"),  # French "car" gives a reason
        ("A causa chegou ao fim.", "es", "pt"),
        ("Der Chauffeur sagt ab.", "de", "es"),
    ],
)
def test_words_count_in_their_own_language_alone(text: str, lang: str, other: str) -> None:
    assert (says(text, lang), explains(text, lang)) != (says(text, other), explains(text, other))


@given(st.text(max_size=80), st.sampled_from(["", "en", "es", "fr", "de", "pt", "zh"]))
def test_any_question_is_read_without_an_error(text: str, lang: str) -> None:
    for read in (kind, counted, asked_speakers, asks_for_everything, explains, says):
        reads_without_an_error(read, text, lang)


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("¿Dónde se encontraron, según el pie de foto?", True), ("Who is in the picture?", True), ("Was zeigt das Bild?", False),
        ("Wer ist auf dem Foto zu sehen?", True), ("Quelle est la légende de la photo ?", True), ("O que diz a legenda?", True),
        ("Who tells the legend of Norwick?", False),
    ],
)  # fmt: skip
def test_a_question_about_a_picture_is_known(question: str, asks: bool) -> None:
    assert asks_of_a_picture(question, identify(question, default="en")) is asks
