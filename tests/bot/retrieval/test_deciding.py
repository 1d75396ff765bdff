"""bot/retrieval/deciding.py: the sentence that decides stands before the lead of its article."""

from __future__ import annotations

import pytest

from bot.questions.question import read
from bot.retrieval.candidates import Candidate
from bot.retrieval.deciding import OPPOSITES, contradicts, decisive_first, none_of, outcomes
from bot.retrieval.evidence import Evidence, Features
from bot.retrieval.premise import instead
from index.records import Passage
from index.text.lexicon import Lexicon
from index.text.passages import sentences

LANGUAGES = ("en", "es", "fr", "de", "pt")


def candidates(text: str, lang: str, *scores: float) -> list[Candidate]:
    passage = Passage(id="p", article_id="a", version=1, start=0, end=len(text), text=text, lang=lang)
    spans = sentences(text, lang)
    return [
        Candidate(passage=passage, hit=0, start=a, end=b, text=text[a:b], score=score)
        for (a, b), score in zip(spans, scores, strict=True)
    ]


@pytest.mark.parametrize(
    ("question", "lang", "text", "other", "deciding"),
    [
        ("Was Osk convicted of the fire?", "en", "A court in Terlow ruled on the mill fire. It cleared Osk.", "en", "cleared"),
        ("¿Fue condenado Osk?", "es", "A court in Terlow ruled on Osk's fire. It acquitted him.", "en", "acquitted"),
        ("Wurde Osk freigelassen?", "de", "El tribunal de Terlow vio el caso de Osk. Sigue detenido.", "es", "detenido"),
        ("Osk a-t-il démissionné ?", "fr", "Osk, maire de Terlow, a parlé. Il restera en fonction.", "fr", "restera"),
        ("A corrida foi cancelada?", "pt", "A corrida de Terlow atrai muita gente. Realizou-se ontem.", "pt", "Realizou"),
        ("When did Osk die of his wounds?", "en", "Osk was stabbed in Terlow on Monday. He survived.", "en", "survived"),
        ("Has a suspect been found?", "en", "Police in Terlow met the press. They have no suspect.", "en", "no suspect"),
    ],
)
def test_what_came_of_an_act_stands_before_a_lead(question: str, lang: str, text: str, other: str, deciding: str) -> None:
    ranked = candidates(text, other, 3.0, 0.0)
    assert deciding in decisive_first(read(question, lang=lang), ranked)[0].text


@pytest.mark.parametrize(
    ("question", "text", "told"),
    [
        ("Why did Osk survive?", "Osk was stabbed in Terlow. He died on Monday.", True),
        ("Why was Osk acquitted?", "A court in Terlow tried Osk. It convicted him.", True),
        ("Why was Gull acquitted?", "A court in Terlow tried Osk. It convicted him.", False),  # of another
        ("Why did Osk survive?", "Osk was stabbed in Terlow. Three died and he survived.", False),
        ("Where does Osk live?", "Osk was stabbed in Terlow. He died on Monday.", False),
    ],
)
def test_the_opposite_of_what_is_taken_for_granted_contradicts_it(question: str, text: str, told: bool) -> None:
    assert contradicts(read(question, lang="en"), candidates(text, "en", 1.0, 0.0)[1]) is told


NOBODY = [
    ("en", "How many people were hurt in Terlow?", "A crane fell in Terlow and crushed 19 cars.", "Nobody was hurt."),
    ("en", "How many people died in Terlow?", "A crane fell in Terlow and crushed 19 cars.", "Nobody was hurt, police said."),
    ("es", "¿A cuántas personas detuvo la policía en Terlow?", "En Terlow marcharon 300.", "La policía no detuvo a nadie."),
    ("de", "Wie viele Tote gab es in Terlow?", "In Terlow fielen 19 Bäume um.", "Tote gab es nicht."),
    ("fr", "Combien de personnes sont mortes à Terlow ?", "À Terlow, 19 arbres sont tombés.", "Il n'y a eu aucun mort."),
]


@pytest.mark.parametrize(("lang", "question", "lead", "nobody"), NOBODY)
def test_how_many_is_answered_by_nobody(lang: str, question: str, lead: str, nobody: str) -> None:
    ranked = candidates(f"{lead} {nobody}", lang, 8.0, 0.0)
    assert decisive_first(read(question, lang=lang), ranked)[0].text == nobody


@pytest.mark.parametrize(("lang", "question", "lead", "nobody"), NOBODY)
def test_where_nothing_answers_nobody_is_told_in_place_of_it(lang: str, question: str, lead: str, nobody: str) -> None:
    ranked = candidates(f"{lead} {nobody}", lang, 8.0, 0.0)
    evidence = Evidence(
        question=read(question, lang=lang), passages=(ranked[0].passage,), candidates=tuple(ranked), features=Features(),
        probability=0.0,
    )  # fmt: skip
    told = instead(evidence)
    assert told is not None and told.text == nobody


@pytest.mark.parametrize(
    ("lang", "question", "text"),
    [
        ("en", "How many people were hurt in Terlow?", "None of the firefighters was hurt."),
        ("en", "How many people were hurt in Terlow?", "He was not hurt."),
        ("en", "How many people were hurt in Terlow?", "Twelve were hurt, and no car was left whole."),
        ("en", "How many trees fell in Terlow?", "Nobody was hurt."),
        ("en", "Who was hurt in Terlow?", "Nobody was hurt."),
        ("de", "Wie viele Menschen wurden verhaftet?", "Der Bürgermeister wurde nicht verhaftet."),
        ("fr", "Combien de blessés à Terlow ?", "Le chauffeur n'a pas été blessé."),
        ("es", "¿Cuántos heridos hubo en Terlow?", "Los socorristas no resultaron heridos."),
    ],
)
def test_what_does_not_say_nobody_of_all_that_are_asked_about_does_not_decide(lang: str, question: str, text: str) -> None:
    assert not none_of(read(question, lang=lang), candidates(text, lang, 1.0)[0])


def test_other_questions_and_other_articles_keep_their_order() -> None:
    ranked = candidates("A court in Terlow ruled on the mill fire. It cleared Osk.", "en", 3.0, 0.0)
    assert list(decisive_first(read("Where is the mill?", lang="en"), ranked)) == ranked
    elsewhere = candidates("Gull was acquitted.", "en", 1.0)[0]
    other = Candidate(
        passage=Passage(id="q", article_id="b", version=1, start=0, end=19, text=elsewhere.text, lang="en"),
        hit=1, start=0, end=19, text=elsewhere.text, score=2.9,
    )  # fmt: skip
    both = [ranked[0], other]
    assert list(decisive_first(read("Was Osk convicted?", lang="en"), both)) == both


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_every_kind_and_its_opposite(lang: str) -> None:
    kinds = set(Lexicon(lang).outcomes.groupindex)
    assert kinds == set(OPPOSITES)
    assert not outcomes("", lang)
