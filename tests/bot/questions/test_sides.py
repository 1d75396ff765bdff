"""bot/questions/sides.py: a comparison is two questions, anything else is none."""

from __future__ import annotations

import pytest

from bot.questions.question import read


@pytest.mark.parametrize(
    ("lang", "question", "first", "second"),
    [
        ("en", "Which killed more people, Hurricane Osk or Typhoon Tavi?", "Osk", "Tavi"),
        ("en", "Compare the deaths in the fires in Norwick and Selwyn", "Norwick", "Selwyn"),
        ("en", "Who was older when they died, Mira Osei or Tomas Lind?", "Mira Osei", "Tomas Lind"),
        ("es", "Compara los muertos en los accidentes de Sarvella y de Karsund", "Sarvella", "Karsund"),
        ("fr", "Qui était le plus âgé, Mira Osei ou Tomas Lind ?", "Mira Osei", "Tomas Lind"),
        ("fr", "Qui a obtenu le plus de voix à Port Selwyn, Osei ou Lind ?", "Osei", "Lind"),
        ("de", "Wurden Osei und Lind beide gewählt?", "Osei", "Lind"),
        ("en", "How old were Mira Osei and Tomas Lind?", "Mira Osei", "Tomas Lind"),
        ("en", "Osei in Norwick, Lind in Selwyn: what were their times?", "Osei in Norwick", "Lind in Selwyn"),
    ],
)
def test_each_side_is_a_question_without_the_other(lang: str, question: str, first: str, second: str) -> None:
    one, other = read(question, lang=lang).sides
    assert first in one and second not in one
    assert second in other and first not in other


@pytest.mark.parametrize(
    ("lang", "question", "sides"),
    [
        ("en", "Which killed more, the collapse in Norwick or the fire in Selwyn?",
         ("Which killed more, the collapse in Norwick?", "Which killed more, the fire in Selwyn?")),
        ("en", "How many were arrested over the seal and how many over the swan?",
         ("How many were arrested over the seal?", "How many were arrested over the swan?")),
        ("en", "Which quake was stronger, July 2031 or October 2031?",
         ("Which quake was stronger, July 2031?", "Which quake was stronger, October 2031?")),
        ("en", "How did the 2031 harvest in Terlow compare with 2030?",
         ("How did the 2031 harvest in Terlow?", "How did the 2030 harvest in Terlow?")),
        ("es", "¿En qué revistas salieron el estudio de Osei y el de los moluscos?",
         ("¿En qué revistas salieron el estudio de Osei?", "¿En qué revistas salieron el estudio de los moluscos?")),
        ("en", "Compare what Osei and the ministers in Norwick said about the tunnel",
         ("What did Osei say about the tunnel?", "What did the ministers in Norwick say about the tunnel?")),
        ("de", "Vergleiche, was Osei und Lind zu Karsund gesagt haben", ("Was sagte Osei zu Karsund?", "Was sagte Lind zu Karsund?")),
    ],
)  # fmt: skip
def test_the_second_side_takes_the_place_of_the_first(lang: str, question: str, sides: tuple[str, str]) -> None:
    assert read(question, lang=lang).sides == sides


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Who was older, Mira Osei or Tomas Lind?", "age"),
        ("Which was faster, Osei's run in Norwick or in Selwyn?", "duration"),
        ("Did Hurricane Osk or Typhoon Tavi have the stronger winds?", "figure"),
        ("Who was elected, Mira Osei or Tomas Lind?", "who"),
    ],
)
def test_a_side_asks_for_the_figure_by_which_two_are_compared(question: str, asked: str) -> None:
    whole = read(question, lang="en")
    assert [whole.side(side).answer for side in whole.sides] == [asked, asked]


@pytest.mark.parametrize(
    "question",
    [
        "Who owns the port of Selwyn or its cranes?",
        "Where did the talks between Norwick and Selwyn take place?",
        "Is the strike longer than last year's?",
        "When and where was the treaty signed?",
        "How long was the drilling to take in Karsund and how long did it take?",
    ],
)
def test_other_questions_have_no_sides(question: str) -> None:
    assert read(question, lang="en").sides == ()
