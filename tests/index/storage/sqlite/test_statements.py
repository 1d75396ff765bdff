"""index/storage/sqlite/statements.py and Index.quotes: stored with the article, found by any spelling, gone with the article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest

from index import Article, Filter, Index, Period, Scope
from index.quotes import Statement, statements
from index.quotes.quotation import Quotation
from index.quotes.speakers import alone, speaks
from tests.support.embedding import HashEmbeddings

pytestmark = pytest.mark.slow

PORT = Article(
    id="port", lang="en", outlet="Coast Courier", title="Port to reopen", published=Period.parse("2024-05-14"),
    text="Harbour director Mira Osei said on Monday that the port will reopen in June. “We will not wait for another winter,” she told reporters.\n"
    "The dockers' leader, Tomas Lind, denied that the cranes are safe.",
)  # fmt: skip
PUERTO = Article(
    id="puerto", lang="es", outlet="Diario del Cabo", title="El puerto abrirá", published=Period.parse("2024-05-16"),
    text="La directora Mira Osei aseguró que las grúas están reparadas. «No habrá más retrasos», dijo Osei.",
)  # fmt: skip
VOTE = Article(
    id="vote", lang="en", outlet="Hill Herald", title="Council votes", published=Period.parse("2024-01-09"),
    text="Serguéi Ivanenko warned that the budget is too small. Ivanenko denied that taxes will rise. The council said it would wait.",
)  # fmt: skip


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index(tmp_path / "library", embeddings=HashEmbeddings()) as index:
        index.add([PORT, PUERTO, VOTE])
        yield index


def said(found: list[Quotation]) -> list[str]:
    return [one.text for one in found]


def test_what_is_read_is_what_the_extraction_gave(index: Index) -> None:
    for article in (PORT, PUERTO, VOTE):
        wanted = statements(article.text, lang=article.lang, title=article.title, published=article.published)
        found = sorted(
            index.quotes(scope=Scope(filter=Filter(ids=frozenset({article.id})))), key=lambda one: (one.start, one.end)
        )
        assert [tuple(getattr(one, f.name) for f in fields(Statement)) for one in found] == [
            tuple(getattr(one, f.name) for f in fields(Statement))
            for one in sorted(wanted, key=lambda one: (one.start, one.end))
        ]
        assert wanted
        for one in found:
            assert one.text == article.text[one.start : one.end]
            assert one.passage.article_id == one.article_id == article.id
            assert one.passage.start <= one.start < one.passage.end
            assert (one.outlet, one.published, one.origin) == (article.outlet, article.published, article.id)


def test_a_speaker_is_found_in_both_languages_newest_first(index: Index) -> None:
    found = index.quotes(speaker="Mira Osei")
    assert {one.article_id for one in found} == {"port", "puerto"}
    assert [one.article_id for one in found] == sorted((one.article_id for one in found), reverse=True)
    assert "“We will not wait for another winter,”" in said(found)  # "she"
    assert not any("cranes" in text for text in said(found))


def test_spellings_of_one_name(index: Index) -> None:
    for name in ("Sergey Ivanenko", "Serguéi Ivanenko", "Сергей Иваненко", "Ivanenko"):
        assert len(index.quotes(speaker=name)) == 2, name
    assert index.quotes(speaker="Olga Ivanenko") == []
    assert index.quotes(speaker="Osei Ivanenko") == []
    assert [one.text for one in index.quotes(speaker="the council")] == ["it would wait"]


@pytest.mark.model
def test_a_family_name_in_front_and_hyphens(tmp_path: Path) -> None:
    with Index(tmp_path / "library") as index:
        index.add([Article(id="n", lang="en", text="Park Min-ho left late. “We sail on Monday,” Park said.")])
        assert [[one.text for one in index.quotes(speaker=name)] for name in ("Park", "Park Min-ho", "Park Min Ho")] == [
            ["“We sail on Monday,”"]
        ] * 3


def test_what_narrows(index: Index) -> None:
    assert {one.article_id for one in index.quotes(speaker="Osei", lang="es")} == {"puerto"}
    assert {one.article_id for one in index.quotes(speaker="Osei", outlet="coast courier")} == {"port"}
    assert {one.article_id for one in index.quotes(since=Period.parse("2024-05"))} == {"port", "puerto"}
    assert {one.article_id for one in index.quotes(until=Period.parse("2024-01"))} == {"vote"}
    assert {one.article_id for one in index.quotes(scope=Scope(as_of=Period.parse("2024-02-01")))} == {"vote"}
    assert len(index.quotes(limit=1)) == 1
    assert index.quotes(limit=0) == index.quotes(speaker="  the  ") == []


def test_the_event_counts_where_the_article_tells_it(index: Index) -> None:
    monday = [one for one in index.quotes(speaker="Osei", lang="en") if one.event_from is not None]
    assert [str(one.date) for one in monday] == ["2024-05-13"]
    day = Period.parse("2024-05-13")
    assert [one.text for one in index.quotes(speaker="Osei", since=day, until=day)] == [monday[0].text]


def test_about_a_matter(index: Index) -> None:
    found = index.quotes(speaker="Ivanenko", about="the budget")
    assert found and all(one.article_id == "vote" and one.closeness >= 0.5 for one in found)
    assert {one.article_id for one in index.quotes(about="cranes")} >= {"port"}


def test_a_new_version_and_a_deletion_forget_the_old_words(index: Index) -> None:
    index.add([replace(PORT, text="Mira Osei said that the port stays closed. Everybody went home.")])
    found = index.quotes(speaker="Mira Osei", lang="en")
    assert [(one.version, one.text) for one in found] == [(2, "the port stays closed")]
    index.delete(["port", "puerto"])
    assert index.quotes(speaker="Mira Osei") == []
    assert index.doctor().ok
    assert index.storage.database.db.execute("SELECT count(*) FROM speakers WHERE key = 'osei'").fetchone() == (0,)


def test_doctor_reads_them_anew(index: Index) -> None:
    before = index.quotes()
    index.storage.database.db.executescript("DELETE FROM speakers; DELETE FROM statements")
    assert index.quotes() == []
    assert index.doctor(rebuild=True).ok
    assert index.quotes() == before


def test_doctor_sees_words_outside_the_text(index: Index) -> None:
    index.storage.database.db.execute('UPDATE statements SET "end" = 99999 WHERE n = 1')
    assert any("outside its text" in problem for problem in index.doctor().problems)


def statement(speaker: str, resolved: str = "", confidence: float = 0.9) -> Statement:
    return Statement(start=0, end=1, kind="indirect", speaker=speaker, speaker_resolved=resolved, confidence=confidence)


@pytest.mark.parametrize(
    ("asked", "speaker", "resolved"),
    [
        ("Lind", "Lind", ""),
        ("Lind", "Lind", "Tomas Lind"),
        ("Tomas Lind", "he", "Tomas Lind"),
        ("Park", "Park Min-ho", "Park Min-ho"),
        ("Park Min Ho", "Park", "Park Min-ho"),
        ("Foreign Minister Lind", "Lind", "Tomas Lind"),
        ("Tomás Lind", "Dockers' leader Tomas Lind", "Tomas Lind"),
        ("Ana Ruiz", "Army Capt. Ana Ruiz", "Army Capt. Ana Ruiz"),
        ("the dockers", "the dockers", ""),
        ("Harbour Ministry", "a statement from the Harbour Ministry", ""),
    ],
)
def test_who_speaks(asked: str, speaker: str, resolved: str) -> None:
    assert speaks(asked, statement(speaker, resolved))


@pytest.mark.parametrize(
    ("asked", "speaker", "resolved"),
    [
        ("Anna Lind", "Lind", "Tomas Lind"),
        ("Anna Lind", "Lind", ""),  # whose surname that is cannot be told
        ("Lind", "Lind campaign", ""),
        ("Lind", "Lind's lawyer", ""),
        ("Lind", "he", ""),
        ("Tomas", "Lind", "Tomas Lind"),
        ("the dockers", "the dockers' lawyer Ana Ruiz", "Ana Ruiz"),
        ("Lind campaign", "Tomas Lind", "Tomas Lind"),
    ],
)
def test_who_does_not(asked: str, speaker: str, resolved: str) -> None:
    assert not speaks(asked, statement(speaker, resolved))


def test_an_unclear_speaker_is_nobody() -> None:
    assert not speaks("Lind", statement("Lind", "Tomas Lind", confidence=0.4))


def test_a_surname_stands_for_the_name_where_nobody_else_has_it() -> None:
    assert speaks("Anna Lind", statement("Lind"), surname=True)
    assert alone("Anna Lind", [statement("Lind"), statement("she", "Anna Lind"), statement("x", "Tomas Berg")])
    assert not alone("Anna Lind", [statement("Lind"), statement("he", "Tomas Lind")])


@pytest.mark.model
def test_a_russian_name_is_found_in_any_case(tmp_path: Path) -> None:
    text = "По словам Сергея Вострова, порт открыт. Ларина заявила, что краны отремонтированы."
    with Index(tmp_path / "library") as index:
        index.add([Article(id="порт", text=text, lang="ru")])
        for asked in ("Востров", "Вострова", "Сергей Востров", "Vostrov"):
            assert [one.text for one in index.quotes(speaker=asked)] == ["порт открыт"]
        for asked in ("Ларина", "Лариной"):
            assert [one.text for one in index.quotes(speaker=asked)] == ["краны отремонтированы"]
