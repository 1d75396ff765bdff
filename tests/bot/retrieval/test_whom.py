"""bot/retrieval/whom.py: a pronoun in a follow-up stands for the one person of that gender who was asked about or told of."""

from __future__ import annotations

import pytest

from bot.questions.question import read
from bot.records import Turn
from bot.retrieval.candidates import passage_of
from bot.retrieval.whom import of_whom
from index.records import Article, Hit

OPEN = "Marta Lind beat Piotr Osk in the Selwyn open. Paul Kerr came third. Osk is 41, Lind 23."
MEANT = [  # language, the article, the question before, the reply, the follow-up, what it asks
    ("en", OPEN, "Who won the Selwyn open?", "Marta Lind beat Piotr Osk in the Selwyn open.", "How old is she?", "How old is Lind?"),
    ("en", OPEN, "Who won the Selwyn open?", "Marta Lind beat Piotr Osk in the Selwyn open.", "How old is he?", "How old is Osk?"),
    ("en", OPEN, "Whom did Lind beat?", "Osk is 41, Lind 23.", "And where does he live?", "And where does Osk live?"),
    ("es", "Raúl Costa sustituye a Irene Vidal en el puerto.", "¿A quién sustituye Raúl Costa?", "Raúl Costa sustituye a Irene Vidal.",
     "¿Adónde va ella?", "¿Adónde va Vidal?"),
    ("de", "Das Museum leitet Katrin Brandt. Sie folgt auf Heinz Morath.", "Wer leitet das Museum in Sele?", "Das Museum leitet Katrin Brandt.",
     "Wie alt ist sie?", "Wie alt ist Brandt?"),
    ("fr", "Sarah Keller succède au chef Paul Aubin.", "Qui succède à Paul Aubin ?", "Sarah Keller succède au chef Paul Aubin.",
     "Où a-t-elle étudié ?", "Où a étudié Keller ?"),
    ("en", "Marta Lind lost to President Xi Jinlong in Selwyn.", "Who won in Selwyn?", "Marta Lind lost to President Xi Jinlong in Selwyn.", "How old is he?",
     "How old is Xi Jinlong?"),
    ("pt", "Ana Souza venceu Caio Brandão na corrida.", "Quem venceu a corrida?", "Ana Souza venceu Caio Brandão na corrida.",
     "Onde mora ela?", "Onde mora Souza?"),
]  # fmt: skip


def asked(lang: str, article: str, before: str, reply: str, question: str) -> str:
    stored = Article(id="a", text=article, title="", lang=lang)
    turns = [Turn("user", before), Turn("assistant", reply)]
    return of_whom(
        read(question, turns, lang=lang), [Hit(passage=passage_of(stored), score=1.0)], lambda id, version: stored
    ).text


@pytest.mark.parametrize(("lang", "article", "before", "reply", "question", "expected"), MEANT)
def test_a_pronoun_stands_for_the_one_of_its_gender(
    lang: str, article: str, before: str, reply: str, question: str, expected: str
) -> None:
    assert asked(lang, article, before, reply, question) == expected


TWO = "Marta Lind beat Anna Kerr in the Selwyn open."
NOBODY = [  # likewise; the follow-up stays as it is
    ("en", TWO, "Who won the Selwyn open?", TWO, "How old is she?"),  # one of two
    ("en", TWO, "Who won the Selwyn open?", TWO, "How old is he?"),  # nobody
    ("en", OPEN, "Who won the Selwyn open?", "Marta Lind beat Piotr Osk in the Selwyn open.", "How old are they?"),
    ("en", "Marta Lind won. Piotr Osk is ill.", "Who won the open?", "Marta Lind won.", "How old is he?"),  # not told of
    ("de", "Das Museum leitet Katrin Brandt.", "Wer leitet das Museum in Sele?", "Das Museum leitet Katrin Brandt.", "Wie viele waren sie?"),
    ("fr", "Paul Aubin quitte l'opéra.", "Qui quitte l'opéra ?", "Paul Aubin quitte l'opéra.", "Combien de morts y a-t-il ?"),
    ("es", "Raúl Costa dirige el puerto.", "¿Quién dirige el puerto?", "Raúl Costa dirige el puerto.", "¿Dónde está el barco?"),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "article", "before", "reply", "question"), NOBODY)
def test_where_it_may_be_another_the_question_stays(lang: str, article: str, before: str, reply: str, question: str) -> None:
    told = asked(lang, article, before, reply, question)
    assert told.startswith(question) and told in (question, read(question, [Turn("user", before)], lang=lang).text)
