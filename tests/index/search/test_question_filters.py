"""What a question asks for beside its matter: read only where it stands as a source, applied, and relaxed where it fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Article, Filter, Index
from index.records import Chip, Period, Scope
from index.search.question_filters import Asked, Names, names, narrowed, read, without
from index.text.dates import mentions
from index.text.language import identify

ASKED = Period.parse("2023-10-20")  # a Friday
KNOWN = names(
    [
        *("EFE", "EFE, Europa Press", "The Guardian", "El País", "BBC News", "Reuters", "Le Monde", "Der Spiegel", "The Age"),
        *(
            "TechCrunch",
            "The Verge",
            "Fortune",
            "Cnbc | World Business",
            "The Independent - Life",
            "新华社",
            "TASS",
            "Folha de S.Paulo",
            "dpa",
            "Time",
        ),
    ],
    ["Jane Smith", "María López"],
)


def chips(question: str, known: Names = KNOWN) -> list[tuple[str, str]]:
    """(words of the question, what they let through) of each chip."""
    found = asked(question, known).chips
    return [(question[chip.start : chip.end], said(chip)) for chip in found]


def asked(question: str, known: Names = KNOWN) -> Asked:
    lang = identify(question, "en")
    return read(question, known, mentions(question, ASKED, lang), lang)


def said(chip: Chip) -> str:
    kept = chip.filter
    return str(kept.window) if kept.window else ", ".join(sorted(kept.sources | kept.authors | kept.langs))


@pytest.mark.parametrize(
    ("question", "words", "source"),
    [
        ("What did Lavrov say according to EFE?", "according to EFE", "EFE, EFE, Europa Press"),
        ("What happened in Gaza in the Guardian?", "in the Guardian", "The Guardian"),
        ("what did the guardian report about climate?", "the guardian", "The Guardian"),
        ("What did the Independent report on skincare?", "the Independent", "The Independent - Life"),
        ("Is it true, as CNBC reported, that rates fell?", "CNBC", "Cnbc | World Business"),
        ("according to the bbc who died?", "according to the bbc", "BBC News"),
        ("Según El País, ¿qué dijo la ministra?", "Según El País", "El País"),
        ("¿Qué publicó El País sobre la inflación?", "publicó El País", "El País"),
        ("¿Qué dijo Lavrov según la agencia EFE?", "según la agencia EFE", "EFE, EFE, Europa Press"),
        ("Qu'écrit Le Monde sur la réforme ?", "écrit Le Monde", "Le Monde"),
        ("Was schreibt der Spiegel über die Wahl?", "schreibt der Spiegel", "Der Spiegel"),
        ("Segundo a Folha de S.Paulo, o que disse o ministro?", "Segundo a Folha de S.Paulo", "Folha de S.Paulo"),
        ("По данным ТАСС, что сказал министр?", "По данным ТАСС", "TASS"),
        ("ماذا قال الوزير وفقا لرويترز؟", "وفقا لرويترز", "Reuters"),
        ("据新华社报道，部长说了什么？", "据新华社报道", "新华社"),
        ("Was meldete die dpa über den Streik?", "meldete die dpa", "dpa"),
    ],
)
def test_an_outlet_that_is_the_source(question: str, words: str, source: str) -> None:
    assert chips(question) == [(words, source)]


@pytest.mark.parametrize(
    "question",
    [
        "What did the BBC say about its budget?",
        "Why did Reuters strike?",
        "Who owns the Guardian?",
        "Which journalist from Reuters was killed?",
        "What did the minister tell the BBC?",
        "Who was hired by Reuters?",
        "Who made a fortune at the age of 40?",
        "Who is in the Fortune 500?",
        "Who was he compared to, but not by TechCrunch?",
        "What did Chinese state media report?",
        "What was said on 13 September?",
        "Who was named in Time's list?",
        "Who are the francophone leaders?",
        "What did Jane Smith write to the king?",
        "Who was president before 2017?",
    ],
)
def test_what_the_question_is_about_is_no_filter(question: str) -> None:
    assert chips(question) == []


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("de", "Was wurde berichtet, außer laut Spiegel?"),
        ("en", "What was reported, except according to the Guardian?"),
        ("es", "¿Qué se publicó, salvo según El País?"),
        ("fr", "Qu'a-t-on publié, sauf selon Le Monde ?"),
        ("pt", "O que foi publicado, exceto segundo a Folha de S.Paulo?"),
        ("ru", "Что сообщали, кроме как по данным ТАСС?"),
        ("pl", "Co podano, z wyjątkiem informacji według PAP?"),
    ],
)
def test_an_outlet_that_is_refused_is_no_filter(lang: str, question: str) -> None:
    known = names(["Der Spiegel", "The Guardian", "El País", "Le Monde", "Folha de S.Paulo", "TASS", "PAP"], [])
    assert read(question, known, (), lang) == Asked()


def test_several_outlets_are_alternatives() -> None:
    assert [source for _, source in chips("What, as reported by Fortune, The Verge, and TechCrunch, was lost?")] == [
        *("Fortune", "The Verge", "TechCrunch")
    ]
    beside = chips("Does the Fortune article say what TechCrunch alleges?")  # a name beside a source may be one, too
    assert [source for _, source in beside] == ["Fortune", "TechCrunch"]


def test_outlets_of_one_clause_among_many_weigh() -> None:
    long = (
        "Which company, reported by TechCrunch to have bought three chip makers in a year, opened an office in the north and was "
        "fined for hiding its losses?"
    )
    found = asked(long)
    assert not found.chips and found.sources == {"TechCrunch"}


def test_authors_are_whole_names_that_wrote() -> None:
    assert chips("What does Jane Smith's article say about apples?") == [("Jane Smith", "Jane Smith")]
    assert chips("¿Qué dice la columna de María López?") == [("columna de María López", "María López")]
    assert chips("What did Jane Smith write about apples?") == [("Jane Smith", "Jane Smith")]
    assert chips("¿Qué escribió María López sobre el aborto?") == [("María López", "María López")]
    assert chips("What did Jane Smith buy?") == []


@pytest.mark.parametrize(
    ("question", "words", "lang"),
    [
        ("What is said on taxes in Spanish-language press?", "in Spanish-language press", "es"),
        ("How was the vote received in the French press?", "in the French press", "fr"),
        ("¿Qué se dice en la prensa francesa sobre la reforma?", "en la prensa francesa", "fr"),
        ("Que dit-on dans la presse espagnole ?", "dans la presse espagnole", "es"),
        ("Was steht in der russischen Presse über die Wahl?", "in der russischen Presse", "ru"),
        ("Что пишут в испаноязычной прессе о выборах?", "в испаноязычной прессе", "es"),
        ("Que disait la presse germanophone ?", "la presse germanophone", "de"),
        ("¿Qué dice la prensa anglófona?", "la prensa anglófona", "en"),
        ("O que diz a imprensa lusófona?", "a imprensa lusófona", "pt"),
    ],
)
def test_languages(question: str, words: str, lang: str) -> None:
    assert chips(question) == [(words, lang)]


@pytest.mark.parametrize(
    ("question", "window"),
    [
        ("What happened between 1 and 5 March?", "2023-03-01T00:00:00Z/2023-03-06T00:00:00Z"),
        ("What was sunk from 28 December to 3 January?", "2022-12-28T00:00:00Z/2023-01-04T00:00:00Z"),
        ("What happened since Monday?", "2023-10-16T00:00:00Z/2023-10-21T00:00:00Z"),
        ("Who won in the last 7 days?", "2023-10-13T00:00:00Z/2023-10-21T00:00:00Z"),
        ("What did articles published on 13 September say?", "2023-09-13"),
        ("¿Qué dijo la ministra desde el lunes?", "2023-10-16T00:00:00Z/2023-10-21T00:00:00Z"),
        ("¿Qué pasó entre el 1 y el 5 de marzo?", "2023-03-01T00:00:00Z/2023-03-06T00:00:00Z"),
        ("Que s'est-il passé du 1er au 5 mars 2021 ?", "2021-03-01T00:00:00Z/2021-03-06T00:00:00Z"),
        ("Was geschah zwischen dem 1. und 5. März?", "2023-03-01T00:00:00Z/2023-03-06T00:00:00Z"),
        ("Что произошло с 1 по 5 марта?", "2023-03-01T00:00:00Z/2023-03-06T00:00:00Z"),
        ("Wat zei de minister sinds maandag?", "2023-10-16T00:00:00Z/2023-10-21T00:00:00Z"),  # by dateparser
        ("自周一以来部长说了什么？", "2023-10-16T00:00:00Z/2023-10-21T00:00:00Z"),
    ],
)
def test_windows(question: str, window: str) -> None:
    assert [value for _, value in chips(question)] == [window]


def test_a_callers_filter_is_narrowed_never_widened() -> None:
    window = Filter(window=Period.parse("2023-09"))
    efe = Chip(kind="outlet", start=0, end=1, filter=Filter(sources=frozenset({"EFE"})))
    autumn = Chip(kind="dates", start=0, end=1, filter=Filter(window=Period.parse("2023-10")))
    both = narrowed(Filter(outlets=frozenset({"Infobae"})), [efe])
    assert both == Filter(outlets=frozenset({"Infobae"}), sources=frozenset({"EFE"}))
    assert narrowed(window, [autumn]) is None
    assert (
        narrowed(
            Filter(langs=frozenset({"es"})), [Chip(kind="language", start=0, end=1, filter=Filter(langs=frozenset({"fr"})))]
        )
        is None
    )


def test_what_is_left_of_a_question() -> None:
    question = "According to EFE, what did Lavrov say since Monday?"
    assert without(question, asked(question).chips) == "what did Lavrov say?"
    assert without("according to EFE", asked("according to EFE").chips) == "according to EFE"


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """One story by three outlets, on three days and undated, and something else."""

    def article(id: str, text: str, outlet: str, day: str, *, agency: str = "", lang: str = "en") -> Article:
        published = Period.parse(day) if day else None
        return Article(id=id, text=text, outlet=outlet, agency=agency, published=published, lang=lang)

    folder: Path = tmp_path_factory.mktemp("harbour")
    with Index(folder) as index:
        index.add(
            [
                article("courier", "The harbour of Sarvella lost two cranes in the storm.", "Coast Courier", "2024-03-02"),
                article("echo", "Storm damage in Sarvella: the harbour master counts broken cranes.", "Echo", "2024-03-09"),
                article("agency", "In Sarvella reißt der Sturm zwei Kräne um.", "Bote", "2024-03-04", agency="NPA", lang="de"),
                article("undated", "The cranes of Sarvella harbour fell in a storm at night.", "Pamphlet", ""),
                article("cakes", "Bakers of the valley sell plum cakes in autumn.", "Echo", "2023-10-10"),
            ]
        )
        yield index


NOW = Period.parse("2024-03-10")


@pytest.mark.model
def test_only_what_was_asked_for_is_found(harbour: Index) -> None:
    def ids(question: str) -> set[str]:
        return {hit.passage.article_id for hit in harbour.search(question, scope=Scope(as_of=NOW))}

    assert ids("What did the storm break in Sarvella, according to the Echo?") == {"echo", "cakes"}
    assert ids("What did the storm break in Sarvella, according to NPA?") == {"agency"}
    assert ids("What did the storm break in Sarvella between 1 and 5 March?") == {"courier", "agency"}
    assert ids("What did the storm break in Sarvella, in German-language media?") == {"agency"}
    assert ids("What did the storm break in Sarvella?") >= {"courier", "echo", "agency", "undated"}


@pytest.mark.model
def test_what_leaves_nothing_on_the_matter_is_relaxed(harbour: Index) -> None:
    question = "What did the storm break in Sarvella between 1 and 20 October 2023?"
    found = harbour.results(question, scope=Scope(as_of=NOW))
    assert found.words(question, relaxed=True) == ["between 1 and 20 October 2023"]
    assert found.words(question, relaxed=False) == []
    assert "undated" in {hit.passage.article_id for hit in found.hits}  # undated articles come back with the others
    question = "What did the storm break in Sarvella between 1 and 20 October 2023, according to NPA?"
    found = harbour.results(question, scope=Scope(as_of=NOW))
    assert found.words(question, relaxed=True) == ["between 1 and 20 October 2023"]
    assert [hit.passage.article_id for hit in found.hits] == ["agency"]


@pytest.mark.model
def test_a_chip_can_be_removed(harbour: Index) -> None:
    question = "What did the storm break in Sarvella, according to NPA?"
    assert len(harbour.results(question, scope=Scope(as_of=NOW, without=frozenset(["according to NPA"]))).hits) > 1
    assert len(harbour.results(question, scope=Scope(as_of=NOW, without=frozenset(["outlet"]))).hits) > 1


@pytest.mark.model
def test_the_callers_filter_holds_when_chips_are_relaxed(harbour: Index) -> None:
    question = "What did the storm break in Sarvella, according to NPA?"
    found = harbour.results(question, scope=Scope(as_of=NOW, filter=Filter(langs=frozenset({"en"}))))
    assert found.words(question, relaxed=True) == ["according to NPA"]
    assert {hit.passage.lang for hit in found.hits} == {"en"}
