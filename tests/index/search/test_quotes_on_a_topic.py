"""Statements on a matter: what is most on it first, and none that only stands in the same article."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index import Article, Index, Period
from index.quotes.quotation import said_once

ARTICLES = [
    Article(
        id="ferry",
        lang="en",
        published=Period.parse("2024-05-10"),
        text="The ferry strike in Arden began on Monday. “The ferry strike will last until June,” Ann Lee said. "
        "“We want safer ferries before the strike ends,” Tom Hale said.",
    ),
    Article(
        id="budget",
        lang="en",
        published=Period.parse("2024-05-20"),
        text="The council of Arden met about its budget. “The school roof costs two million,” Ann Lee said. "
        "“The library will open on Sundays,” said Mark Reed, who also spoke of the ferry.",
    ),
    Article(
        id="huelga",
        lang="es",
        published=Period.parse("2024-05-12"),
        text="La huelga de los transbordadores de Arden empezó el lunes. «La huelga durará hasta junio», dijo Ana Ruiz.",
    ),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index(tmp_path_factory.mktemp("library")) as library:
        library.add(ARTICLES)
        yield library


def test_what_is_most_on_a_matter_comes_first_and_not_the_newest(index: Index) -> None:
    found = index.quotes(about="the ferry strike", best_first=True)
    assert found[0].text.startswith("“The ferry strike")
    assert "The school roof" not in " ".join(one.text for one in found)


def test_what_is_in_another_language_is_kept_behind_it(index: Index) -> None:
    assert {one.article_id for one in index.quotes(about="la huelga de Arden", best_first=True)} == {
        "huelga",
        "ferry",
        "budget",
    }
    assert index.quotes(about="la huelga de Arden", best_first=True)[0].article_id == "huelga"


def test_without_a_matter_the_newest_comes_first(index: Index) -> None:
    assert [one.article_id for one in index.quotes(speaker="Ann Lee", best_first=True)] == ["budget", "ferry"]


def test_a_word_or_two_that_say_nothing_alone_are_not_listed(tmp_path: Path) -> None:
    text = (
        "The council met. “However,” Ann Lee said, “the bridge stays closed until May.” Tom Hale declined to comment. "
        "“Never,” said Mark Reed.\n\nBo Rann refused to resign. Eva Lund said that she left."
    )
    with Index(tmp_path / "library") as library:
        library.add([Article(id="bridge", lang="en", text=text)])
        found = [one.text for one in library.quotes()]
    assert any(words.endswith("she left") for words in found)
    assert "“Never,”" in found and "“the bridge stays closed until May.”" in found
    assert not {"“However,”", "to comment", "to resign"}.intersection(found)


def test_short_quotations_that_nothing_announces_are_whole(tmp_path: Path) -> None:
    text = "Mark Reed was asked by the council whether he would resign. “Never.” And would he sell the bridge? “No.”"
    with Index(tmp_path / "library") as library:
        library.add([Article(id="bridge", lang="en", text=text)])
        assert [one.text for one in library.quotes()] == ["“Never.”", "“No.”"]


@pytest.fixture(scope="module")
def gas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    russian = "Переговоры о газе начались в понедельник. «Газ будет дешевле зимой», — заявил Сергей Лавров."
    english = (
        "Talks on the gas pipeline began on Monday. “The gas pipeline stays shut until June,” Hale said. Hale said that the gas "
        "pipeline was old."
    )
    with Index(tmp_path_factory.mktemp("gas")) as library:
        library.add([Article(id="gaz", lang="ru", text=russian), Article(id="pipe", lang="en", text=english)])
        yield library


@pytest.mark.parametrize(("speaker", "about", "id"), [("Лаврова", "газ", "gaz"), ("Tom Hale", "the gas pipeline", "pipe")])
def test_who_is_asked_for_in_another_case_or_in_full_is_found_on_a_matter_too(
    gas: Index, speaker: str, about: str, id: str
) -> None:
    newest = gas.quotes(speaker=speaker, about=about)
    best = gas.quotes(speaker=speaker, about=about, best_first=True)
    assert {one.article_id for one in best} == {id}
    assert {one.text for one in best} == {one.text for one in newest}


def test_own_words_alone_are_listed_on_a_matter_too(gas: Index) -> None:
    kinds = {one.kind for one in gas.quotes(about="the gas pipeline", best_first=True)}
    assert kinds == {"direct", "indirect"}
    assert {one.kind for one in gas.quotes(about="the gas pipeline", best_first=True, original=True)} == {"direct"}


def test_what_a_copy_repeats_further_down_keeps_its_place(tmp_path: Path) -> None:
    ferry = "The strike went on. “The ferry strike in Arden will last until the end of June,” Ann Lee said."
    days = ("2024-05-10", "2024-05-11", "2024-05-12")
    texts = (ferry, "“The school roof in Arden costs two million crowns,” Tom Hale said.", f"It rained. {ferry}")
    with Index(tmp_path) as library:
        library.add(
            [
                Article(id=f"a{n}", lang="en", outlet=f"Paper {n}", text=text, published=Period.parse(day))
                for n, (text, day) in enumerate(zip(texts, days, strict=True))
            ]
        )
        copy, roof, first = library.quotes()
    ranked = [copy, roof, first]
    assert [one.article_id for one in ranked] == ["a2", "a1", "a0"]
    assert [(one.quotation.article_id, one.outlets) for one in said_once(ranked, best_first=True)] == [
        ("a0", ("Paper 2",)),
        ("a1", ()),
    ]
    assert [one.quotation.article_id for one in said_once(ranked)] == ["a1", "a0"]
