"""bot/retrieval/deciding.py: the sentence that decides stands before the lead of its article."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.questions.question import read
from bot.retrieval.candidates import Candidate
from bot.retrieval.deciding import OPPOSITES, contradicts, decisive_first, holding_first, none_of, outcomes
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


def test_where_nothing_answers_nobody_is_told_in_place_of_it() -> None:
    ((lang, question, lead, nobody), *_) = NOBODY
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
        ("en", "How many people were hurt?", "A crane fell. Twelve people were hurt. Nobody was hurt in the mill."),
        ("en", "How many people were hurt?", "A crane fell. Twelve people were hurt. No firefighters were hurt."),
        ("es", "¿Cuántas personas murieron?", "Cayó una grúa. Murieron doce personas. En el molino nadie murió."),
        ("de", "Wie viele Menschen starben?", "Ein Kran fiel um. Zwölf Menschen starben. Im Werk starb niemand."),
        ("fr", "Combien de morts ?", "Une grue est tombée. Douze personnes sont mortes. Au moulin, personne n'est mort."),
    ],
)
def test_where_the_article_tells_of_some_nobody_is_not_first(lang: str, question: str, text: str) -> None:
    ranked = candidates(text, lang, 3.0, 1.5, 0.0)
    assert list(decisive_first(read(question, lang=lang), ranked)) == ranked


ASKED = {
    "en": ("How many people were hurt?", "How many people died?"),
    "es": ("¿Cuántas personas resultaron heridas?", "¿Cuántas personas murieron?"),
    "fr": ("Combien de personnes ont été blessées ?", "Combien de personnes sont mortes ?"),
    "de": ("Wie viele Menschen wurden verletzt?", "Wie viele Menschen starben?"),
    "pt": ("Quantas pessoas ficaram feridas?", "Quantas pessoas morreram?"),
}  # how many were hurt, and died


@pytest.mark.parametrize(
    ("lang", "died", "text"),
    [
        ("en", 0, "The roof came down at night but there were no injuries."),
        ("en", 1, "There were no deaths or injuries."),
        ("en", 1, "Firefighters said that no people were killed."),
        ("en", 0, "Nobody was killed or hurt."),
        ("en", 1, "Nobody was hurt or killed."),
        ("en", 1, "Nobody died and many were hurt."),
        ("es", 0, "No hubo muertos ni heridos."),
        ("es", 0, "Nadie murió o resultó herido."),
        ("fr", 0, "Il n'y a eu ni mort ni blessé."),
        ("de", 0, "Es gab keine Toten oder Verletzten."),
        ("es", 0, "El derrumbe no causó heridos."),
        ("es", 1, "Nadie murió en el incendio."),
        ("fr", 0, "Il n'y a pas eu de blessés."),
        ("fr", 1, "Il n'y a ni mort ni blessé."),
        ("de", 0, "Bei dem Brand ist kein Mensch verletzt worden."),
        ("de", 1, "Niemand kam ums Leben."),
        ("pt", 0, "Ninguém ficou ferido."),
        ("pt", 1, "Não houve mortos nem feridos."),
    ],
)
def test_nobody_and_no_before_what_befell_say_that_it_was_nobody(lang: str, died: int, text: str) -> None:
    assert none_of(read(ASKED[lang][died], lang=lang), candidates(text, lang, 1.0)[0])


@pytest.mark.parametrize(
    ("lang", "died", "text"),
    [
        ("en", 0, "Not all of those hurt were taken to hospital."),
        ("en", 1, "Police did not say how many people died."),
        ("en", 1, "It is not known how many people were killed."),
        ("en", 1, "Officials could not confirm reports of dead."),
        ("en", 0, "No firefighters were hurt."),
        ("en", 0, "None of the firefighters was hurt."),
        ("en", 0, "Nobody else was hurt."),
        ("en", 0, "There were no serious injuries."),
        ("en", 1, "Nobody knows how many people died."),
        ("en", 1, "Nobody was arrested over the deaths of two people."),
        ("en", 0, "The company promised that nobody would be hurt."),
        ("en", 0, "Twelve were hurt and no one died."),
        ("en", 0, "Nobody died and many were hurt in the fire."),
        ("en", 0, "Nobody was killed but people were hurt."),
        ("en", 0, "There were no deaths and some injured."),
        ("en", 0, "No one was killed and 12 were injured."),
        ("en", 1, "Nobody was hurt and all who died were soldiers."),
        ("en", 0, "Nobody died and injured people filled the square."),
        ("es", 0, "Nadie murió y muchos resultaron heridos en el incendio."),
        ("es", 1, "Nadie resultó herido y todos los que murieron eran guardas."),
        ("de", 1, "Niemand wurde verletzt und alle die starben waren Soldaten."),
        ("es", 0, "No hubo muertos pero sí heridos."),
        ("fr", 0, "Personne n'est mort et plusieurs ont été blessés."),
        ("fr", 0, "Il n'y a pas eu de morts mais des blessés."),
        ("de", 0, "Niemand starb und viele wurden verletzt."),
        ("de", 0, "Es gab keine Toten aber Verletzte."),
        ("pt", 0, "Ninguém morreu e muitos ficaram feridos."),
        ("en", 0, "He was not hurt."),
        ("en", 0, "Twelve were hurt, and no car was left whole."),
        ("es", 0, "No se sabe cuántos heridos hubo."),
        ("es", 0, "Ningún bombero resultó herido."),
        ("es", 0, "Los socorristas no resultaron heridos."),
        ("es", 0, "No hubo más heridos."),
        ("es", 1, "Nadie fue detenido por la muerte de los guardas."),
        ("fr", 0, "On ne sait pas combien de personnes ont été blessées."),
        ("fr", 0, "Aucun pompier n'a été blessé."),
        ("fr", 0, "Le chauffeur n'a pas été blessé."),
        ("fr", 0, "Personne d'autre n'a été blessé."),
        ("fr", 1, "Personne ne sait combien de gens sont morts."),
        ("de", 0, "Nicht alle Verletzten kamen ins Krankenhaus."),
        ("de", 0, "Kein Feuerwehrmann wurde verletzt."),
        ("de", 0, "Sonst wurde niemand verletzt."),
        ("de", 1, "Niemand weiß wie viele Menschen starben."),
        ("pt", 0, "Não se sabe quantos feridos houve."),
        ("pt", 0, "Mais ninguém ficou ferido."),
    ],
)
def test_of_some_or_of_what_is_not_known_it_is_not_said(lang: str, died: int, text: str) -> None:
    assert not none_of(read(ASKED[lang][died], lang=lang), candidates(text, lang, 1.0)[0])


@pytest.mark.parametrize(
    ("question", "lang", "text"),
    [
        ("Who was hurt in Terlow?", "en", "Nobody was hurt."),
        ("Wer wurde in Terlow getötet?", "de", "Niemand wurde verletzt."),
        ("¿Quién murió en Terlow?", "es", "No hubo heridos."),
        ("Qui a été arrêté à Terlow ?", "fr", "Aucune interpellation n'a eu lieu."),
        ("Quem ficou ferido em Terlow?", "pt", "Não houve feridos."),
    ],
)
def test_nobody_answers_whom_it_befell(question: str, lang: str, text: str) -> None:
    assert none_of(read(question, lang=lang), candidates(text, lang, 1.0)[0])


def test_that_one_of_them_was_answers_before_nobody() -> None:
    ranked = candidates("Osk was hurt in the mill. Nobody was hurt in the yard.", "en", 1.0, 0.0)
    assert decisive_first(read("Who was hurt in Terlow?", lang="en"), ranked)[0] is ranked[0]


@pytest.mark.parametrize("question", ["How many trees fell in Terlow?", "Who owns the mill in Terlow?"])
def test_nobody_answers_only_what_befell(question: str) -> None:
    assert not none_of(read(question, lang="en"), candidates("Nobody was hurt.", "en", 1.0)[0])


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


@pytest.mark.parametrize(
    ("lang", "question", "text", "first"),
    [
        ("en", "What was Osk's time in Terlow?", "Osk ran in Terlow. It rained. She needed 31 minutes.", "She needed 31 minutes."),
        ("en", "How much did the mill of Terlow cost?", "Terlow has a mill. It rained. It cost 90 euros.", "It cost 90 euros."),
        ("es", "¿Cuánto tardó Osk en Terlow?", "Osk nadó en Terlow. Llovía. Tardó 42 minutos.", "Tardó 42 minutos."),
        ("de", "Wie lange brauchte Osk in Terlow?", "Osk lief in Terlow. Es regnete. Sie brauchte 31 Minuten.", "Sie brauchte 31 Minuten."),
        ("fr", "Combien de temps a mis Osk ?", "Osk a couru à Terlow. Il pleuvait. Elle a mis 31 minutes.", "Elle a mis 31 minutes."),
        ("en", "What was Osk's time in Terlow?", "Osk ran 3 hours in Terlow. It rained. Lind 2 hours.", "Osk ran 3 hours in Terlow."),
        ("en", "What did Osk do in Terlow?", "Osk ran in Terlow. It rained. She needed 31 minutes.", "Osk ran in Terlow."),
    ],
)  # fmt: skip
def test_where_a_figure_is_asked_for_a_sentence_with_it_stands_first(lang: str, question: str, text: str, first: str) -> None:
    ranked = candidates(text, lang, 3.0, 2.5, 1.5)
    assert holding_first(read(question, lang=lang), ranked)[0].text == first


def test_what_is_far_below_or_in_an_article_of_another_matter_does_not_stand_first() -> None:
    asked, far = (
        read("What was Osk's time in Terlow?", lang="en"),
        candidates("Osk ran in Terlow. She needed 31 minutes.", "en", 6.0, 1.0),
    )
    assert list(holding_first(asked, far)) == far
    ran, other = candidates("Osk ran in Terlow.", "en", 3.0)[0], candidates("Lind needed 31 minutes.", "en", 2.5)[0]
    both = [ran, replace(other, passage=replace(other.passage, id="q", article_id="b"))]
    assert list(holding_first(asked, both)) == both
    hers = replace(other, passage=replace(other.passage, id="q", article_id="b", title="Osk is fast in Terlow"))
    assert holding_first(asked, [ran, hers])[0].text == hers.text
