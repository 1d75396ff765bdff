"""bot/retrieval/latest_figure.py: the newest report's figure answers; the older one is named, and not shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.bot import Bot
from bot.questions.question import read
from bot.retrieval.candidates import Candidate, sentences_of
from bot.retrieval.latest_figure import newest_figure_first
from index import Article, Index, Period
from index.records import Hit, Passage

REPORTS = [  # day, language, title, text
    ("2024-09-03", "en", "Velda grows", "Velda, now Hurricane Velda, is a category 1 hurricane. No warning is in force."),
    ("2024-09-06", "en", "Velda nears Sund", "A warning was given on Friday. Hurricane Velda, a category 4 hurricane, nears Sund."),
    ("2024-04-03", "en", "Dellen shuts schools", "The fever outbreak in Dellen has killed at least 12 people, the ministry said."),
    (
        "2024-05-20", "en", "Dellen ends its fever measures",
        "The emergency in Dellen ended on Sunday. 611 cases of fever were known during the outbreak. Of these, 203 were taken to "
        "hospital, while 34 lost their lives.",
    ),
    ("2024-02-01", "en", "Bus crash near Terlow", "Eleven people were killed when a bus left the road near Terlow on Thursday."),
    ("2024-06-11", "en", "Factory fire in Terlow", "A fire in a factory in Terlow killed 30 people on Tuesday."),
]  # fmt: skip


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder: Path = tmp_path_factory.mktemp("figures")
    articles = [
        Article(id=day, lang=lang, title=title, text=text, outlet="Norwick Post", published=Period.parse(day))
        for day, lang, title, text in REPORTS
    ]
    with Index(folder) as opened:
        opened.add(articles)
        yield opened


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "told", "overtaken", "named"),
    [
        ("What category is Hurricane Velda?", "category 4", "category 1", "2024-09-03"),
        ("How many people have died in the Dellen fever outbreak?", "34 lost their lives", "12", "2024-04-03"),
        ("¿Cuántos muertos ha dejado el brote de fiebre en Dellen?", "34 lost their lives", "12", "2024-04-03"),
        ("How many people were killed in the Terlow bus crash?", "Eleven people", "30", ""),  # another event
    ],
)
def test_the_newest_figure_of_one_matter_is_told(index: Index, question: str, told: str, overtaken: str, named: str) -> None:
    answer = Bot(index).ask(question)
    words = " ".join(sentence.text for sentence in answer.sentences)
    assert told in answer.sentences[0].text and overtaken not in words
    notes = [note for note in answer.notes if note.kind == "superseded"]
    assert [named in note.text and overtaken not in note.text for note in notes] == [True] * bool(notes)
    assert not notes or {c.article_id for c in notes[0].citations} == {named}
    assert bool(notes) <= bool(named)


def ranked(lang: str, *reports: tuple[str, str]) -> tuple[list[Candidate], list[Hit]]:
    """The sentences of reports, of (day, text), in that order; each as good as the others."""
    passages = [
        Passage(id=day, article_id=day, version=1, start=0, end=len(text), text=text, lang=lang, published=Period.parse(day))
        for day, text in reports
    ]
    return [c for one in passages for c in sentences_of(one, 0)], [Hit(passage=one, score=1.0) for one in passages]


LEVELS = [  # language, question, the older report, the newer one
    ("en", "What is the alert level for Horn?", "Horn is at level 2.", "Horn is at level 4."),
    ("de", "Welche Warnstufe gilt in Tarn?", "In Tarn gilt Warnstufe 1.", "In Tarn gilt die Warnstufe 3."),
    ("es", "¿En qué fase está la vacuna de Norvax?", "La vacuna de Norvax está en fase 1.", "Norvax está en la fase 3."),
    ("fr", "À quel niveau d'alerte est Montrevel ?", "Montrevel est au niveau 1.", "Montrevel passe au niveau 3."),
]


@pytest.mark.parametrize(("lang", "question", "older", "newer"), LEVELS)
def test_of_two_levels_the_newest_stands_first(lang: str, question: str, older: str, newer: str) -> None:
    sentences, hits = ranked(lang, ("2024-03-02", older), ("2024-03-09", newer))
    for order in (sentences, sentences[::-1]):
        told, overtaken = newest_figure_first(read(question, lang=lang), order, hits)
        assert [c.text for c in told] == [newer, older] and told[1].score < -50
        assert [c.text for c in overtaken] == [older]


UNCHANGED = [  # question, a report, a later one that does not overtake it
    ("What is the alert level for Horn?", "Horn is at level 2.", "Horn counted 40 tremors."),
    ("What was the alert level for Horn in March 2024?", "Horn is at level 2.", "Horn is at level 4."),
    ("Who set Horn to level 2?", "The observatory set Horn to level 2.", "The observatory set Horn to level 4."),
    ("Which towns near Tarn have level 2?", "Tarn is at level 2.", "Tarn is at level 4."),
]


@pytest.mark.parametrize(("question", "older", "newer"), UNCHANGED)
def test_what_does_not_overtake_a_figure_changes_nothing(question: str, older: str, newer: str) -> None:
    sentences, hits = ranked("en", ("2024-03-02", older), ("2024-03-09", newer))
    assert newest_figure_first(read(question, lang="en"), sentences, hits) == (tuple(sentences), ())


def test_what_has_the_same_figure_is_shown_beside_the_newest() -> None:
    sentences, hits = ranked(
        "en", ("2024-03-02", "Horn is at level 2."), ("2024-03-09", "Horn stays at level 2, Tarn at level 3.")
    )
    told, overtaken = newest_figure_first(read("What is the alert level for Horn?", lang="en"), sentences, hits)
    assert not overtaken and min(c.score for c in told) == 0.0


@pytest.mark.parametrize(("later", "first"), [("3 people died in Tarn.", 0), ("15 people died in Tarn.", 1)])
def test_the_dead_of_one_matter_are_never_fewer(later: str, first: int) -> None:
    """In a sentence that did not look like an answer, more dead are the newer count; fewer are a part of them."""
    sentences, hits = ranked("en", ("2024-03-02", "At least 12 people died in Tarn."), ("2024-03-09", later))
    far = [sentences[0], replace(sentences[1], score=-9.0)]
    told, _ = newest_figure_first(read("How many people died in Tarn?", lang="en"), far, hits)
    assert told[0].text == sentences[first].text


@pytest.mark.parametrize(
    "entries",
    [
        ["21:40 Gusts of 151 km/h at Pell Light.", "18:05 Gusts reach 118 km/h at Pell Light."],
        ["9h20 Gusts reach 118 km/h at Pell Light.", "14h45 Gusts of 151 km/h at Pell Light."],
    ],
)
def test_of_a_live_report_the_latest_entry_answers(entries: list[str]) -> None:
    told, hits = ranked("en", ("2024-09-06", "Storm Edda, live.\n\n" + "\n\n".join(entries)))
    question = read("How strong were the gusts at Pell Light? How many km/h?", lang="en")
    for order in (told[1:], told[:0:-1]):
        first, named = newest_figure_first(question, order, hits)
        assert "151" in first[0].text and not named
        assert next(c for c in first if "118" in c.text).score < first[0].score - 50


def test_one_clock_time_makes_no_live_report() -> None:
    told, hits = ranked("en", ("2024-09-06", "21:40 was when 151 people left Pell Light.\n\nIn Pell Light 118 people stayed."))
    assert newest_figure_first(read("How many people stayed in Pell Light?", lang="en"), told, hits) == (tuple(told), ())
