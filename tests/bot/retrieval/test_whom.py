"""bot/retrieval/whom.py: a pronoun in a follow-up stands for the one person of that gender who was asked about or told of."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.questions.follow_up_persons import with_name
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


MIXED = [  # a pronoun that is not hers stands before hers
    ("en", "When they stopped the race, where was she?", "When they stopped the race, where was Lind?"),
    ("en", "Why did they let her run and when did she start?", "Why did they let her run and when did Lind start?"),
    ("es", "Cuando ellos pararon la carrera, ¿dónde estaba ella?", "Cuando ellos pararon la carrera, ¿dónde estaba Lind?"),
    ("fr", "Quand ils ont arrêté la course, où était-elle ?", "Quand ils ont arrêté la course, où était Lind ?"),
]


@pytest.mark.parametrize(("lang", "question", "expected"), MIXED)
def test_the_name_stands_for_the_pronoun_of_its_gender_and_for_no_other(lang: str, question: str, expected: str) -> None:
    assert with_name(question, "Lind", lang, "f") == expected


def asked(lang: str, articles: str | Sequence[str], before: str, reply: str, question: str) -> str:
    texts = [articles] if isinstance(articles, str) else articles
    stored = {str(n): Article(id=str(n), text=text, title="", lang=lang) for n, text in enumerate(texts)}
    turns = [Turn("user", before), Turn("assistant", reply)]
    hits = [Hit(passage=passage_of(article), score=1.0) for article in stored.values()]
    return of_whom(read(question, turns, lang=lang), hits, lambda id, version: stored[id]).text


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


APART = [  # an article with two of the gender told of, and the next with one of them
    ("en", [TWO, "Anna Kerr is a nurse in Selwyn."], "Who won the Selwyn open?", TWO, "How old is she?"),
    ("es", ["Irene Vidal sustituye a Ana Costa.", "Raúl Lago sustituye a Irene Vidal."], "¿Quién sustituye a Ana Costa?",
     "Irene Vidal sustituye a Ana Costa.", "¿Adónde va ella?"),
    ("fr", ["Sarah Keller succède à Anne Aubin.", "Anne Aubin est infirmière."], "Qui succède à Anne Aubin ?",
     "Sarah Keller succède à Anne Aubin.", "Où a-t-elle étudié ?"),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "articles", "before", "reply", "question"), APART)
def test_where_one_article_has_two_another_does_not_decide(
    lang: str, articles: list[str], before: str, reply: str, question: str
) -> None:
    assert asked(lang, articles, before, reply, question).startswith(question)
    assert not asked(lang, articles[1], before, reply, question).startswith(question)


def test_where_one_article_has_nobody_another_does() -> None:
    articles = ["The Selwyn open was cut short by rain.", OPEN]
    assert asked("en", articles, "Who won the Selwyn open?", OPEN, "How old is she?") == "How old is Lind?"


def test_the_one_asked_about_goes_before_another_told_of() -> None:
    article = "Andrea Testa was found in Selwyn. Testa is 33. Manager John Osk said he had called him for days."
    reply = "Manager John Osk said he had called him for days."
    assert asked("en", article, "Where was Andrea Testa found?", reply, "How old was he?") == "How old was Testa?"
