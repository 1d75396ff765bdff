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
    ],
)
def test_each_side_is_a_question_without_the_other(lang: str, question: str, first: str, second: str) -> None:
    one, other = read(question, lang=lang).sides
    assert first in one and second not in one
    assert second in other and first not in other


@pytest.mark.parametrize(
    "question",
    [
        "What did Osei and Lind say about the port?",
        "Who owns the port of Selwyn or its cranes?",
        "Where did the talks between Norwick and Selwyn take place?",
        "Is the strike longer than last year's?",
    ],
)
def test_other_questions_have_no_sides(question: str) -> None:
    assert read(question, lang="en").sides == ()
