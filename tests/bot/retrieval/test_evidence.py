"""bot/retrieval/evidence.py and bot/retrieval/weights.py: what is read of the hits, what tells an answer from a near miss, in several languages."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import fields, replace
from pathlib import Path

import pytest

from bot.questions.question import read
from bot.retrieval.answerability import lost
from bot.retrieval.candidates import Candidate
from bot.retrieval.evidence import Evidence, shortlist, weigh
from bot.retrieval.plain_refusals import absent_names
from bot.retrieval.premise import instead
from bot.retrieval.sentence_standing import kind_of
from bot.retrieval.weights import NAMES, PLAIN, SCORE, TIES, WEIGHTS, Closeness, Features, Ties, total
from bot.retrieval.word_coverage import Remembering
from index import Article, Index

pytestmark = pytest.mark.model

SHIP = "The ferry Aldona ran aground off Cape Merrow on Sunday. Captain Ruben Achterberg blamed a broken chart plotter."
BRIDGE = "La ministra Lucía Ferrán inauguró el puente de Valdeorra el martes. La obra costó 40 millones de euros."
MILL = "The paper mill in Ostrava Dolna will close in March. Its owner, Hedvika Prazak, said that 210 people lose their jobs."
ORCHARD = "Frost destroyed most of the apple harvest in the Lenz valley. Growers expect prices to double by the autumn."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index(tmp_path_factory.mktemp("evidence")) as index:
        index.add(
            Article(id=id, title=title, text=text, lang=lang)
            for id, title, text, lang in (
                ("ship", "Ferry aground", SHIP, "en"),
                ("bridge", "Un puente para Valdeorra", BRIDGE, "es"),
                ("mill", "Mill to close", MILL, "en"),
                ("orchard", "No apples", ORCHARD, "en"),
            )
        )
        yield index


def found(library: Index, question: str, lang: str) -> Evidence:
    return weigh(read(question, lang=lang), library.search(question, k=20), library.embeddings, library.article)


def test_every_feature_has_its_weight() -> None:
    assert set(SCORE) == {field.name for field in fields(Closeness)}
    assert set(WEIGHTS) == set(PLAIN) == {field.name for field in fields(Features)} | {"bias"}
    assert set(TIES) == {field.name for field in fields(Ties)} | {"bias"}
    assert set(NAMES) <= set(WEIGHTS)
    assert total(Features(lead=2.0), WEIGHTS) == pytest.approx(WEIGHTS["bias"] + 2 * WEIGHTS["lead"])


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("How much did the bridge of Kellmark cost?", "en"),
        ("¿Por qué encalló el transbordador Sarvella?", "es"),
        ("Combien de personnes perdent leur emploi à la papeterie de Tornstad ?", "fr"),
        ("Wie viel kostete die Brücke von Ludo Brackwell?", "de"),
        ("Quanto custou a ponte de Quillmere?", "pt"),
        ("What did Torben Quillmere blame?", "en"),
    ],
)
def test_a_name_that_no_article_has_is_refused(library: Index, question: str, lang: str) -> None:
    assert found(library, question, lang).probability < 0.5


def test_a_place_is_there_under_the_name_that_another_language_gives_it(tmp_path: Path) -> None:
    """No spelling leads from "Pâques" to "Easter", nor from "Mailand" to "Milan"."""
    with Index(tmp_path) as index:
        index.add(
            Article(id=id, text=text, title=title, lang="en")
            for id, title, text in (
                (
                    "statues",
                    "Statues and springs",
                    "The study looked at 93 statues of Easter Island and at where its springs are.",
                ),
                (
                    "opera",
                    "A night without music",
                    "The opera house in Milan stayed dark on Friday, because 40 singers had the flu.",
                ),
            )
        )
        for question, lang in (
            ("Combien de statues de l'île de Pâques l'étude a-t-elle examinées ?", "fr"),
            ("¿Por qué no abrió la ópera de Milán?", "es"),
            ("Combien de chanteurs de l'opéra de Milan avaient la grippe ?", "fr"),
        ):
            hits, asked = index.search(question, k=20), read(question, lang=lang)
            unlike = replace(shortlist(asked, hits)[0], cover=(0.0,) * len(asked.words))
            assert absent_names(asked, [unlike], hits) == ()


@pytest.mark.parametrize(
    ("question", "lang", "answer"),
    [
        ("What did the captain of the Aldona blame?", "en", "chart plotter"),
        ("¿Dónde encalló el transbordador Aldona?", "es", "Cape Merrow"),
        ("Wer hat die Brücke von Valdeorra eingeweiht?", "de", "Lucía Ferrán"),
        ("Combien de personnes perdent leur emploi à la papeterie d'Ostrava Dolna ?", "fr", "210"),
        ("Что уничтожило урожай яблок в долине Ленц?", "ru", "Frost"),
        ("苹果歉收的原因是什么？", "zh", "Frost"),
        ("ما الذي دمر محصول التفاح في وادي لينز؟", "ar", "Frost"),
    ],
)
def test_the_sentence_that_answers_is_among_the_two_best(library: Index, question: str, lang: str, answer: str) -> None:
    assert any(answer in candidate.text for candidate in found(library, question, lang).candidates[:2])


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("How much did the ferry Aldona cost?", "en"),
        ("¿Qué edad tiene la ministra Lucía Ferrán?", "es"),
    ],
)
def test_what_the_articles_on_it_do_not_say_is_refused(library: Index, question: str, lang: str) -> None:
    assert found(library, question, lang).probability < 0.5


def test_an_exchanged_name_is_less_likely_to_be_answered(library: Index) -> None:
    right = found(library, "What did Captain Achterberg blame?", "en")
    wrong = found(library, "What did Captain Villanova blame?", "en")
    assert wrong.probability < 0.5 < right.probability
    assert wrong.absent == ("Villanova",)


def test_a_name_that_is_there_in_another_form_is_not_lost(library: Index) -> None:
    import numpy as np

    question = read("Was geschah vor Kap Merrow?", lang="de")
    covered = np.full(5, 0.9, np.float32)
    assert lost(question, covered, ("Kap",), 0.8) == []
    assert [word.text for word in lost(question, covered * 0.8, ("Kap",), 0.8)] == ["Kap"]


def test_what_is_read_is_bounded_and_holds_the_best_passage_whole(library: Index) -> None:
    hits = library.search("When did the ferry run aground?", k=20)
    pool = shortlist(read("When did the ferry run aground?", lang="en"), hits, size=3)
    assert len(pool) == 3
    assert sum(candidate.hit == 0 for candidate in pool) == 2


def test_candidates_that_were_found_by_their_speaker_have_no_premise_to_offer(library: Index) -> None:
    evidence = found(library, "When did the ferry Aldona run aground?", "en")
    bare: list[Candidate] = [replace(candidate, cover=()) for candidate in evidence.candidates]
    assert instead(replace(evidence, candidates=tuple(bare))) is None


def test_a_library_of_one_article_can_answer(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Index(tmp_path_factory.mktemp("one")) as index:
        index.add([Article(id="mill", title="Mill to close", text=MILL, lang="en")])
        assert found(index, "When will the paper mill in Ostrava Dolna close?", "en").probability > 0.5


def test_a_sentence_that_was_read_is_kept_and_gives_the_same_numbers(library: Index) -> None:
    model = Remembering(library.embeddings, sentences=2)
    first = [read.tokens.tolist() for read in model.embed_tokens([SHIP, MILL])]
    again = [read.tokens.tolist() for read in model.embed_tokens([MILL, ORCHARD, SHIP])]
    assert [again[2], again[0]] == first
    assert sorted(model._kept) == sorted([ORCHARD, SHIP])
    question = read("When did the ferry run aground?", lang="en")
    hits = library.search(question.text, k=20)
    told = [weigh(question, hits, model, library.article) for _ in range(2)]
    assert told[0] == told[1]


def test_a_passage_that_was_read_for_a_question_is_not_read_for_it_again(library: Index) -> None:
    asked: list[tuple[str, int]] = []

    class Counting(type(library.embeddings)):  # type: ignore[misc]
        def read_sentences(self, question, passages):  # type: ignore[no-untyped-def]
            asked.append((question, len(passages)))
            return super().read_sentences(question, passages)

    counting = copy(library.embeddings)
    counting.__class__ = Counting
    model = Remembering(counting)
    ship, mill = ("", [SHIP]), ("", [MILL])
    first = [of.tolist() for of in model.read_sentences("When?", [ship])]
    both = [of.tolist() for of in model.read_sentences("When?", [mill, ship, mill])]
    other = [of.tolist() for of in model.read_sentences("Who?", [ship])]
    assert both == [both[0], first[0], both[0]] and other != first
    assert asked == [("When?", 1), ("When?", 1), ("Who?", 1)]


PICTURES = {
    "both": (
        "The bridge over the Orla opened in the rain.\n"
        "Mayor Tomas Reval opens the bridge over the Orla with his daughter. Photo: Ana Roe/AP\n"
        "Mayor Tomas Reval opened the bridge over the Orla with his daughter, and the band played.\n"
        "With information from AP and EFE"
    ),
    "caption": (
        "The harvest in the Vell hills was the best for years, growers said.\n"
        "Agnes Moor carries the first basket of pears to the press. Photo: Ana Roe/AP\n"
        "Prices are expected to fall by a third before winter."
    ),
    "prose": "Duna, a red heifer, took the first prize of the county on Sunday. Her owner had not expected it, and will not sell.",
    "picture": "The red heifer Duna after winning the first prize of the county. Photo: Ana Roe/AP",
}


@pytest.fixture(scope="module")
def illustrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index(tmp_path_factory.mktemp("pictures")) as index:
        index.add(Article(id=id, title=f"Notes {n}", text=text, lang="en") for n, (id, text) in enumerate(PICTURES.items()))
        yield index


def test_prose_comes_before_a_caption_that_says_the_same(illustrated: Index) -> None:
    best = found(illustrated, "Who opened the bridge over the Orla with his daughter?", "en").candidates[0]
    assert best.text.startswith("Mayor Tomas Reval opened") and kind_of(best) == ""
    for question in ("Who won the county prize?", "¿Qué novilla ganó el primer premio?"):
        hits = illustrated.search(question)
        assert hits[0].passage.article_id == "prose"
        assert "picture" in {hit.passage.article_id for hit in hits}


HEADED = {
    "en": ("Moor praises index", "Moor praises index\nCentral banker Agnes Moor praised the new index of the exchange on Tuesday.",
           "What did Moor do?"),
    "de": ("Brandt lobt Wertpapierindex", "Brandt lobt Wertpapierindex\nDer Bankpräsident Ole Brandt lobte am Dienstag den neuen "
           "Index der Börse.\nDie Verbraucherzentrale hält dagegen: Der Index nütze nur Großanlegern.", "Was tat Brandt?"),
    "es": ("", "¿Por qué se hundió el muelle de Lirio?\nEl muelle de Lirio se hundió porque la sal había comido sus pilares.",
           "¿Por qué se hundió el muelle de Lirio?"),
    "fr": ("", "La grève en chiffres\nLa grève des pilotes de Nacre a coûté 3 millions d'euros à la compagnie.",
           "Combien la grève des pilotes de Nacre a-t-elle coûté ?"),
    "pt": ("", "Incêndio na fábrica de Marlo\nO incêndio na fábrica de Marlo começou num armazém de tintas, disseram os bombeiros.",
           "Onde começou o incêndio na fábrica de Marlo?"),
}  # fmt: skip


@pytest.mark.parametrize("lang", HEADED)
def test_a_full_sentence_comes_before_the_heading_or_the_question_that_says_less(tmp_path: Path, lang: str) -> None:
    title, text, question = HEADED[lang]
    with Index(tmp_path) as index:
        index.add([Article(id="a", title=title, text=text, lang=lang)])
        evidence = weigh(read(question, lang=lang), index.search(question, k=20), index.embeddings, index.article)
        assert evidence.candidates[0].text == text.split("\n")[1]


def test_what_only_a_caption_says_is_found(illustrated: Index) -> None:
    best = found(illustrated, "Who carries the first basket of pears to the press?", "en").candidates[0]
    assert best.text.startswith("Agnes Moor carries") and kind_of(best) == "caption"


def test_a_closing_line_is_evidence_only_of_whose_report_it_is(illustrated: Index) -> None:
    closing = "With information from AP and EFE"
    pool = found(illustrated, "What information is there from the bridge over the Orla?", "en").candidates
    assert pool and not any(closing in candidate.text for candidate in pool)
    asked = found(illustrated, "Which agencies reported on the bridge over the Orla?", "en").candidates
    assert any(closing in candidate.text for candidate in asked)


def test_a_heading_is_no_answer_in_place_of_another(tmp_path: Path) -> None:
    text = "Title: Tram line 4 to close for nine weeks\nOutlet: Merrow Gazette\nDate: 2026-11-24\n\nTram line 4 of Merrow will close."
    with Index(tmp_path) as index:
        index.add([Article(id="tram", title="Tram line 4 to close for nine weeks", text=text, lang="en")])
        evidence = found(index, "why does tram line 4 close", "en")
        near = instead(evidence)
        assert any(c.text.startswith("Title:") for c in evidence.candidates) and (near is None or near.text[:4] == "Tram")
