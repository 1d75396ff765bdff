"""What every Storage does, whatever is behind it: the tests of `index/storage/protocol.py`. Ids in, ids out.

Another implementation is another Place: how its storage is opened, here and in a process of its own.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from index import Article, Busy, Filter, LibraryError, Period, Scope, WrongModel
from index.address import chroma_address, library_address
from index.quotes import statements
from index.quotes.speakers import asked_keys
from index.records import passage_id
from index.storage.opening import open_storage
from index.storage.protocol import Storage
from index.storage.records import Model, Prepared, Query, StatementQuery
from index.text.near_duplicates import fingerprint
from index.text.terms import question_keys
from tests.support import ROOT
from tests.support.postgres import PostgresServer
from tests.support.storage import Placed, stock

pytestmark = pytest.mark.slow

WIDE = 8  # numbers of a vector
MODEL = Model("made by hand", WIDE)
DAY = 86_400
EVERYTHING = Scope()
MAY, JUNE = Period.parse("2024-05"), Period.parse("2024-06")


@dataclass(frozen=True)
class Place:
    """Where one storage is kept: `open` may be called several times, as by several processes."""

    open: Callable[[], Storage]
    code: str  # Python that makes `storage` of it, in a process of its own


def sqlite(folder: Path) -> Place:
    return Place(
        lambda: open_storage(folder),
        f"from pathlib import Path; from index.storage.opening import open_storage; storage = open_storage(Path({str(folder)!r}))",
    )


def server(url: str, chroma: str = "") -> Place:
    return Place(
        lambda: open_storage(library_address(url), chroma=chroma_address(chroma) if chroma else None),
        "from index.address import chroma_address, library_address; from index.storage.opening import open_storage;"
        f"storage = open_storage(library_address({url!r}), chroma={f'chroma_address({chroma!r})' if chroma else None})",
    )


@pytest.fixture(params=["sqlite", "postgres", "postgres and chroma"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param == "sqlite":
        yield sqlite(tmp_path / "library")
        return
    postgres: PostgresServer = request.getfixturevalue("postgres")
    url = postgres.fresh()
    yield server(url, request.getfixturevalue("chroma_server").url if "chroma" in request.param else "")
    postgres.drop(url)


@pytest.fixture
def storage(place: Place) -> Iterator[Storage]:
    opened = place.open()
    yield opened
    opened.close()


def axis(n: int, towards: float = 1.0) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """A unit vector along axis `n`, or between that and the last axis."""
    vector = np.zeros(WIDE, np.float32)
    vector[n], vector[-1] = towards, np.sqrt(1 - towards**2)
    return vector


def prepared(article: Article, *vectors: np.ndarray[tuple[int], np.dtype[np.float32]]) -> Placed:
    """A passage a paragraph, after one for the title; all with the last vector where there are fewer."""
    spans, at = [(0, 0)] * bool(article.title), 0
    for paragraph in article.text.split("\n\n"):
        spans.append((at, at + len(paragraph)))
        at += len(paragraph) + 2
    given = [*vectors, *[vectors[-1] if vectors else axis(0)] * len(spans)][: len(spans)]
    said = statements(article.text, lang=article.lang, title=article.title, published=article.published)
    return Placed(Prepared(article, spans, fingerprint(article.text), said), np.array(given, np.float16))


def put(storage: Storage, *batch: Placed | Article) -> None:
    stock(storage, [one if isinstance(one, Placed) else prepared(one) for one in batch], MODEL)


def query(text: str, vector: np.ndarray[tuple[int], np.dtype[np.float32]] | None = None, lang: str = "en") -> Query:
    return Query(axis(0) if vector is None else vector, lang, question_keys(text, [lang]))


def ids(storage: Storage, scope: Scope = EVERYTHING, text: str = "harbour bridge tea puerto") -> set[str]:
    """The articles that may be found in a scope."""
    return {article.id for article in storage.candidates(query(text), scope, 50).articles}


HARBOUR = Article(
    id="harbour", title="Harbour opens", lang="en", outlet="The Quay", agency="NPA", authors=("Ann Roe",), date_source="row",
    text="The harbour of Sarvella opened on Friday.\n\n“We waited long enough,” Mira Osei said. Cranes were repaired.",
    published=Period.parse("2024-05-03"), url="https://quay.example/harbour",
)  # fmt: skip
PUERTO = Article(
    id="puerto", title="Abre el puerto", lang="es", outlet="Diario del Cabo", authors=("Luis Paz", "Ana Gil"), date_source="row",
    text="El puerto de Sarvella abrió el viernes.\n\n«Esperamos mucho», dijo Mira Osei.", published=Period.parse("2024-05-04"),
)  # fmt: skip
BRIDGE = Article(
    id="bridge", title="", lang="en", outlet="Coast Courier", agency="NPA", date_source="row",
    text="The bridge at Norwick is closed. “It will take a year,” Olga Ivanenko said.", published=Period.parse("2024-06-10"),
)  # fmt: skip
TEA = Article(id="tea", text="Tea was dear in the old harbour.", lang="en", outlet="The Quay")  # undated
ALL = (HARBOUR, PUERTO, BRIDGE, TEA)


@pytest.fixture
def stocked(storage: Storage) -> Storage:
    put(
        storage,
        prepared(HARBOUR, axis(5), axis(0), axis(1)),
        prepared(PUERTO, axis(6), axis(0, 0.9), axis(1, 0.9)),
        prepared(BRIDGE, axis(2)),
        prepared(TEA, axis(3)),
    )
    return storage


# What is written is what is read -----------------------------------------------------------------------------------------------


def test_a_new_storage_is_empty(storage: Storage) -> None:
    assert storage.empty and storage.model is None
    assert list(storage.articles()) == [] and storage.article("harbour") is None and storage.known(["harbour"]) == {}
    assert storage.extent(Scope()).articles == storage.stats().articles == 0
    names = storage.names()
    assert (list(names.outlets), list(names.agencies), list(names.authors), dict(storage.language_sums())) == ([], [], [], {})
    assert storage.statements(StatementQuery(), Scope()) == [] and storage.versions(MAY, Scope()) == []
    assert storage.undated(5) == []


def test_articles_come_back_as_they_went_in(stocked: Storage) -> None:
    assert stocked.model == MODEL and not stocked.empty
    assert list(stocked.articles()) == [replace(article, origin=article.id) for article in ALL]
    assert stocked.article("puerto") == stocked.article("puerto", 1) == replace(PUERTO, origin="puerto")
    assert stocked.article("puerto", 2) is stocked.article("nobody") is None
    wanted = stocked.articles([("tea", 1), ("tea", 2), ("harbour", 1), ("nobody", 1)])
    assert {article.id for article in wanted} == {"tea", "harbour"}


def test_putting_counts_and_putting_again_changes_nothing(storage: Storage) -> None:
    first = stock(storage, [prepared(article) for article in ALL], MODEL)
    assert (first.new, first.changed, first.same, first.passages) == (4, 0, 0, 6)
    again = stock(storage, [prepared(article) for article in ALL], MODEL)
    assert (again.new, again.changed, again.same, again.passages) == (0, 0, 4, 0)
    assert len(ids(storage)) == 4 and storage.check().ok


def test_known_tells_what_changed(stocked: Storage) -> None:
    known = stocked.known(["harbour", "nobody", "tea"])
    assert set(known) == {"harbour", "tea"}
    assert (known["harbour"].version, known["harbour"].deleted) == (1, None)
    assert (known["harbour"].hash, known["harbour"].details) == (HARBOUR.hash, HARBOUR.details_hash)


def test_another_text_is_another_version_and_other_metadata_is_not(stocked: Storage) -> None:
    changed = replace(HARBOUR, text="The harbour closed again on Sunday.")
    report = stock(stocked, [prepared(changed), prepared(replace(TEA, outlet="Leaf"))], MODEL)
    assert (report.new, report.changed) == (0, 2)
    newest, first = stocked.article("harbour"), stocked.article("harbour", 1)
    assert newest and first and (newest.version, newest.text, first.text) == (2, changed.text, HARBOUR.text)
    tea = stocked.article("tea")
    assert tea and (tea.version, tea.outlet) == (1, "Leaf")
    found = stocked.candidates(query("harbour cranes"), Scope(), 50)
    assert {passage.version for passage in stocked.passages(found.ids).values() if passage.article_id == "harbour"} == {2}
    assert not any(row.passage == passage_id("harbour", 1, 43, 99) for row in stocked.statements(StatementQuery(), Scope()))


def test_any_text_comes_back_character_for_character(storage: Storage) -> None:
    odd = Article(
        id="odd\0id", text="a NUL \0, a lone \ud800, an é and a 🚢 in one line.", title="t\0", lang="en", outlet="O\ud801"
    )
    put(storage, odd)
    (kept,) = storage.articles()
    assert kept.text == odd.text and list(storage.known([odd.id])) == [odd.id]
    (passage,) = storage.passages(storage.candidates(query("line"), Scope(), 5).ids).values()
    assert passage.text == odd.text


def test_what_is_deleted_is_gone_everywhere_and_stays_so(stocked: Storage) -> None:
    assert stocked.delete(["harbour", "nobody", "harbour"]) == 1
    assert stocked.article("harbour") is None and ids(stocked) == {"puerto", "bridge", "tea"}
    assert stocked.known(["harbour"])["harbour"].deleted
    assert stock(stocked, [prepared(HARBOUR)], MODEL).deleted == 1 and stocked.article("harbour") is None
    assert stocked.statements(StatementQuery(keys=asked_keys("Mira Osei"), lang="en"), Scope()) == []
    assert "Ann Roe" not in stocked.names().authors and stocked.stats().deleted == 1
    assert stocked.delete(["puerto", "bridge", "tea"]) == 3
    assert stocked.empty and dict(stocked.language_sums()) == {}
    health = stocked.check()
    assert health.ok and not health.done and health.passages == health.vectors == 0


def test_a_copy_gets_the_origin_of_its_story(storage: Storage) -> None:
    text = " ".join(f"The committee of {word} voted on clause {n} after a long debate." for n, word in enumerate("abcdefghij"))
    put(storage, Article(id="first", text=text, lang="en", outlet="A"), Article(id="other", text="Rain fell.", lang="en"))
    put(storage, Article(id="second", text=f"{text} More follows.", lang="en", outlet="B"))
    assert {article.id: article.origin for article in storage.articles()} == {
        "first": "first", "other": "other", "second": "first",
    }  # fmt: skip
    copies = storage.copies(["first", "other"])
    assert {origin: list(of) for origin, of in copies.items()} == {"first": ["first", "second"], "other": ["other"]}


def test_vectors_of_another_model_are_refused(stocked: Storage) -> None:
    for other in (Model("another", WIDE), replace(MODEL, dimension=WIDE + 1)):
        with pytest.raises(WrongModel):
            stock(stocked, [prepared(replace(TEA, id="new"))], other)
    assert stocked.model == MODEL and stocked.waiting(["new"]) == 1


def test_what_waits_for_a_vector_is_found_by_words_and_by_who_said_what(storage: Storage) -> None:
    put(storage, prepared(BRIDGE, axis(0)))
    storage.put([prepared(HARBOUR).prepared, prepared(PUERTO).prepared])
    assert (storage.waiting(), storage.waiting(["puerto", "bridge"]), storage.stats().waiting) == (6, 3, 6)
    assert set(storage.languages()) == {"en", "es"} and set(storage.language_sums()) == {"en"}
    for scope in (Scope(), Scope(filter=Filter(langs=frozenset({"en"})))):
        found = storage.candidates(query("harbour cranes bridge"), scope, 50)
        of = {found.articles[i].id: (near, words, vector.any()) for i, near, words, vector in zip(
            found.article, found.near, found.lexical, found.vectors, strict=True
        )}  # fmt: skip
        assert set(of) == {"bridge", "harbour"} and of["bridge"][0] == 1
        assert of["harbour"][0] == 0 < of["harbour"][1] and not of["harbour"][2]
        assert not found.titles.any()
    (row,) = storage.statements(StatementQuery(keys=asked_keys("Mira Osei"), lang="en"), Scope())
    read = storage.vectors([row.passage], question_keys("waited", ["en"]))
    assert read.ids == [row.passage] and read.langs == ["en"] and read.words.held.any() and not read.vectors.any()
    assert all(weight > 0 for weight in found.words.weights)
    health = storage.check()
    assert health.ok and not health.done and (health.passages, health.vectors, health.waiting) == (7, 1, 6)
    assert storage.delete(["puerto"]) == 1 and storage.waiting() == 3 and set(storage.languages()) == {"en"}
    with storage.to_embed(50) as waiting:
        storage.embed([one.id for one in waiting], np.tile(axis(0), (3, 1)).astype(np.float16), MODEL)
    assert storage.waiting() == 0 and ids(storage) == {"bridge", "harbour"}
    found = storage.candidates(query("nothing of the kind"), Scope(), 50)
    assert {found.articles[i].id for i, near in zip(found.article, found.near, strict=True) if near} == {"bridge", "harbour"}
    health = storage.check()
    assert health.ok and health.passages == health.vectors == 4


def test_what_waits_is_in_one_pair_of_hands_the_last_to_come_in_first(place: Place, storage: Storage) -> None:
    other = place.open()
    storage.put([prepared(one).prepared for one in (TEA, HARBOUR)])
    with storage.to_embed(2) as first, other.to_embed(50) as second:
        assert {one.article_id for one in first} == {"harbour"} and first[0].start > first[1].start
        assert not {one.id for one in first} & {one.id for one in second}
    with other.to_embed(50) as every, storage.to_embed(50) as none:
        assert [one.article_id for one in every] == ["harbour", "harbour", "harbour", "tea"] and none == []
        assert every[2].text == "" and every[2].title == HARBOUR.title
    with storage.to_embed(50, ["harbour"]) as rest:
        (tea,) = rest
        storage.embed([tea.id, "gone"], np.stack([axis(1)] * 2).astype(np.float16), MODEL)
    storage.embed([tea.id], axis(2)[None].astype(np.float16), MODEL)  # has one
    assert storage.vectors([tea.id], {}).vectors.tolist() == [axis(1).tolist()]
    other.close()


def test_the_generation_moves_with_every_write(stocked: Storage) -> None:
    before = stocked.generation
    put(stocked, replace(TEA, id="more"))
    between = stocked.generation
    stocked.delete(["more"])
    assert before < between < stocked.generation


# Searching ----------------------------------------------------------------------------------------------------------------------


def test_candidates_are_the_nearest_and_those_with_the_words(stocked: Storage) -> None:
    found = stocked.candidates(query("bridge Norwick", axis(0)), Scope(), 3)
    place = {id: i for i, id in enumerate(found.ids)}
    opening = place[passage_id("harbour", 1, 0, 41)]
    assert found.near[opening] == 1 and found.lexical[opening] == 0
    bridge = place[passage_id("bridge", 1, 0, len(BRIDGE.text))]
    assert found.lexical[bridge] == 1
    assert found.words.held[bridge].sum() > found.words.held[opening].sum()
    assert [found.articles[n].id for n in found.article[[opening, bridge]]] == ["harbour", "bridge"]


def test_candidates_stand_side_by_side(stocked: Storage) -> None:
    found = stocked.candidates(query("the harbour of Sarvella"), Scope(), 50)
    n, m, t = len(found.ids), len(found.articles), len(found.words.langs)
    assert (n, m) == (6, 4) and t > 0
    assert found.article.shape == found.near.shape == found.lexical.shape == found.length.shape == found.captioned.shape == (n,)
    assert found.vectors.shape == (n, WIDE) and found.titles.shape == (m, WIDE) and found.words.held.shape == (n, t)
    assert np.allclose(np.linalg.norm(found.vectors, axis=1), 1, atol=1e-3)
    passages = stocked.passages(found.ids)
    assert [passages[id].article_id for id in found.ids] == [found.articles[i].id for i in found.article]
    titled = {article.id: bool(title.any()) for article, title in zip(found.articles, found.titles, strict=True)}
    assert titled == {"harbour": True, "puerto": True, "bridge": False, "tea": False}
    (harbour,) = (article for article in found.articles if article.id == "harbour")
    assert harbour == ("harbour", "harbour", "en", "Harbour opens", "The Quay", "NPA", HARBOUR.published)


def test_in_the_place_of_a_title_stands_its_first_passage(stocked: Storage) -> None:
    found = stocked.candidates(query("", axis(5)), Scope(), 1)
    assert list(found.ids) == [passage_id("harbour", 1, 0, 41)] and found.near.tolist() == [0]


def test_a_passage_has_all_that_a_citation_shows(stocked: Storage) -> None:
    id = passage_id("harbour", 1, 0, 41)
    passages = stocked.passages([id, "nothing"])
    assert set(passages) == {id}
    shown = passages[id]
    assert (shown.text, shown.start, shown.end, shown.version) == (HARBOUR.text[:41], 0, 41, 1)
    for name in ("title", "outlet", "agency", "lang", "url", "published"):
        assert getattr(shown, name) == getattr(HARBOUR, name)


SCOPES = {
    "language": (Filter(langs=frozenset({"es"})), {"puerto"}),
    "two languages": (Filter(langs=frozenset({"es", "en"})), {"harbour", "puerto", "bridge", "tea"}),
    "outlet, folded": (Filter(outlets=frozenset({"the QUAY"})), {"harbour", "tea"}),
    "author, folded": (Filter(authors=frozenset({"ana gil"})), {"puerto"}),
    "source: outlet": (Filter(sources=frozenset({"Diario del Cabo"})), {"puerto"}),
    "source: agency": (Filter(sources=frozenset({"NPA"})), {"harbour", "bridge"}),
    "ids": (Filter(ids=frozenset({"tea", "bridge", "nobody"})), {"tea", "bridge"}),
    "dates, undated out": (Filter(window=MAY), {"harbour", "puerto"}),
    "a moment": (Filter(window=Period.parse("2024-05-04T10:00")), {"puerto"}),
    "two fields": (Filter(window=MAY, langs=frozenset({"en"})), {"harbour"}),
    "nothing": (Filter(langs=frozenset({"pl"})), set()),
}


@pytest.mark.parametrize(("filter", "expected"), SCOPES.values(), ids=SCOPES)
def test_a_filter_narrows_every_way_in(stocked: Storage, filter: Filter, expected: set[str]) -> None:
    scope = Scope(filter=filter)
    assert ids(stocked, scope) == expected
    assert stocked.extent(scope).articles == len(expected)
    keys = question_keys("harbour Sarvella bridge puerto", ["en", "es"])
    shared = {passage.article_id for passage in stocked.passages(stocked.sharing(keys, scope, 50)).values()}
    assert shared == expected
    rows = stocked.statements(StatementQuery(), scope)
    said = {passage.article_id for passage in stocked.passages([row.passage for row in rows]).values()}
    assert said == expected - {"tea"}


def test_as_of_hides_what_came_out_later_and_keeps_the_undated(stocked: Storage) -> None:
    assert ids(stocked, Scope(as_of=Period.parse("2024-05-03"))) == {"harbour", "tea"}
    assert ids(stocked, Scope(as_of=JUNE)) == {"harbour", "puerto", "bridge", "tea"}
    assert ids(stocked, Scope(as_of=MAY, filter=Filter(langs=frozenset({"es"})))) == {"puerto"}


def test_no_more_than_k_of_each_way(storage: Storage) -> None:
    put(storage, *(Article(id=f"a{n}", text=f"Harbour report number {n}.", lang="en") for n in range(30)))
    found = storage.candidates(query("harbour report"), Scope(), 7)
    assert np.count_nonzero(found.near) == 7 and 0 < np.count_nonzero(found.lexical) <= 7
    assert sorted(found.near[found.near > 0]) == list(range(1, 8))
    assert len(storage.sharing(question_keys("harbour", ["en"]), Scope(), 4)) == 4


def test_more_than_there_is_may_be_asked_for(stocked: Storage) -> None:
    found = stocked.candidates(query("harbour bridge tea puerto"), Scope(), 10_000)
    assert len(found.ids) == 6 and len(found.articles) == 4


def test_texts_without_a_word_are_no_copies_of_one_another(storage: Storage) -> None:
    assert not fingerprint("?!").keys
    put(storage, Article(id="no", text="?!", lang="en"), Article(id="nor", text="?!", lang="en"))
    assert {article.id for article in storage.articles()} == {"no", "nor"}


def test_names_and_words_of_any_length(storage: Storage) -> None:
    """An index of a database takes some 2,700 bytes; what is longer comes in with data in a text, or an address of an attack."""
    long = "".join(chr(ord("a") + n * n % 26) for n in range(9_000))
    article = Article(
        id=f"https://quay.example/{long}", title=long, text=f"Harbour {long}. “We wait,” Mira {long.title()} said.", lang="en",
        outlet=long, agency=long, authors=(long,), url=f"https://quay.example/{long}", date_source="row",
    )  # fmt: skip
    put(storage, article)
    assert storage.article(article.id) == replace(article, origin=article.id)
    assert ids(storage, Scope(filter=Filter(outlets=frozenset({long}), authors=frozenset({long})))) == {article.id}
    assert storage.matching(urls=[article.url]) == [article.id] == storage.copies([article.id])[article.id]
    assert len(storage.sharing(question_keys(long, ["en"]), Scope(), 4)) == 1
    assert storage.check(rebuild=True).ok and storage.delete([article.id]) == 1


def test_what_shares_most_words_comes_first(stocked: Storage) -> None:
    keys = question_keys("the cranes of Mira Osei were repaired", ["en"])
    assert stocked.sharing(keys, Scope(), 9)[0] == passage_id("harbour", 1, 43, len(HARBOUR.text))
    assert stocked.sharing({}, Scope(), 9) == [] == stocked.sharing(question_keys("zebra", ["en"]), Scope(), 9)


def test_vectors_of_passages_with_the_words_in_them(stocked: Storage) -> None:
    harbour, bridge = passage_id("harbour", 1, 0, 41), passage_id("bridge", 1, 0, len(BRIDGE.text))
    found = stocked.vectors([harbour, bridge, "nothing", harbour], question_keys("bridge", ["en"]))
    assert sorted(found.ids) == sorted([harbour, bridge]) and list(found.langs) == ["en", "en"]
    rows = {id: i for i, id in enumerate(found.ids)}
    assert np.allclose(found.vectors[rows[harbour]], axis(0)) and np.allclose(found.vectors[rows[bridge]], axis(2))
    assert found.words.held[rows[bridge]].all() and not found.words.held[rows[harbour]].any()


def test_what_is_written_elsewhere_is_found_here(place: Place, stocked: Storage) -> None:
    assert "late" not in ids(stocked)
    other = place.open()
    put(other, Article(id="late", text="A harbour came late.", lang="en"))
    assert "late" in ids(stocked)
    other.delete(["late"])
    assert "late" not in ids(stocked)
    other.close()


# What there is ------------------------------------------------------------------------------------------------------------------


def test_names_are_as_they_were_given(stocked: Storage) -> None:
    names = stocked.names()
    assert names.outlets[0] == "The Quay" and set(names.outlets) == {"The Quay", "Diario del Cabo", "Coast Courier"}
    assert set(names.agencies) == {"NPA"} and sorted(names.authors) == ["Ana Gil", "Ann Roe", "Luis Paz"]


def test_sums_are_those_of_the_passages_without_titles(stocked: Storage) -> None:
    sums = stocked.language_sums()
    assert {lang: n for lang, (_, n) in sums.items()} == {"en": 4, "es": 2}
    assert np.allclose(sums["en"][0], axis(0) + axis(1) + axis(2) + axis(3), atol=1e-3)
    assert np.allclose(sums["es"][0], axis(0, 0.9) + axis(1, 0.9), atol=1e-3)


def test_extent_and_stats(stocked: Storage) -> None:
    assert HARBOUR.published and BRIDGE.published
    extent = stocked.extent(Scope())
    whole = Period(HARBOUR.published.start, BRIDGE.published.end)
    assert (extent.articles, extent.dates, extent.languages) == (4, whole, ("en", "es"))
    assert stocked.extent(Scope(as_of=MAY)).articles == 3
    stats = stocked.stats()
    assert (stats.articles, stats.versions, stats.passages, stats.undated, stats.dates) == (4, 4, 6, 1, whole)
    assert stats.languages == {"en": 4, "es": 2} and stats.outlets["The Quay"] == 2 and stats.embedder == MODEL.name


def test_articles_are_looked_up_by_address_outlet_and_age(stocked: Storage) -> None:
    assert HARBOUR.published
    assert stocked.matching(urls=["https://quay.example/harbour", "tea"]) == ["harbour", "tea"]
    assert stocked.matching(outlet="the quay") == ["harbour", "tea"]
    assert stocked.matching(before=JUNE.start) == ["harbour", "puerto"]
    assert stocked.matching(outlet="The Quay", before=HARBOUR.published.end) == ["harbour"]


# Reports of a time --------------------------------------------------------------------------------------------------------------


def test_versions_of_what_came_out_in_a_window(stocked: Storage) -> None:
    def found(window: Period, scope: Scope = EVERYTHING) -> list[tuple[str, int]]:
        return [(row.article_id, row.version) for row in stocked.versions(window, scope)]

    assert found(MAY) == [("harbour", 1), ("puerto", 1)] and found(JUNE) == [("bridge", 1)]
    now = int(time.time())
    today = Period(now - DAY, now + DAY)
    assert found(today) == [("tea", 1)]  # undated: when it was taken in
    put(stocked, replace(HARBOUR, text="The harbour closed again."))
    assert found(today) == [("harbour", 1), ("harbour", 2), ("tea", 1)]
    assert found(Period(0, now + DAY), Scope(filter=Filter(ids=frozenset({"bridge", "nobody"})))) == [("bridge", 1)]
    assert found(MAY, Scope(filter=Filter(ids=frozenset({"bridge"})))) == []
    (row,) = stocked.versions(JUNE, Scope())
    assert BRIDGE.published and (row.start, row.end) == (BRIDGE.published.start, BRIDGE.published.end)
    assert abs(row.added - now) < DAY


def test_openings_are_titles_and_first_passages(stocked: Storage) -> None:
    found = stocked.openings(["harbour", "tea", "nobody"], 1)
    rows = list(zip(found.article_ids, found.headings.tolist(), found.vectors.argmax(axis=1).tolist(), strict=True))
    assert sorted(rows) == [("harbour", False, 0), ("harbour", True, 5), ("tea", False, 3)]
    assert list(found.langs) == ["en"] * 3
    assert len(stocked.openings(["harbour"], 9).article_ids) == 3


# Statements ---------------------------------------------------------------------------------------------------------------------


def said(storage: Storage, scope: Scope = EVERYTHING, **wanted: object) -> list[str]:
    rows = storage.statements(StatementQuery(**wanted), scope)  # type: ignore[arg-type]
    return [quotation.article_id for quotation in storage.quotations(rows)]


def test_statements_newest_first_by_speaker_time_and_language(stocked: Storage) -> None:
    assert said(stocked) == ["bridge", "puerto", "harbour"]
    osei = asked_keys("Mira Osei")
    assert said(stocked, keys=osei) == ["puerto", "harbour"] and said(stocked, keys=asked_keys("Nobody")) == []
    assert said(stocked, keys=osei, lang="es") == ["puerto"]
    assert said(stocked, since=JUNE.start) == ["bridge"] and said(stocked, until=JUNE.start) == ["puerto", "harbour"]
    assert said(stocked, passages=[passage_id("harbour", 1, 43, len(HARBOUR.text)), "nothing"]) == ["harbour"]
    assert said(stocked, passages=[]) == []
    assert said(stocked, Scope(filter=Filter(outlets=frozenset({"Coast Courier"})))) == ["bridge"]


def test_a_quotation_has_its_article_s_words(stocked: Storage) -> None:
    rows = stocked.statements(StatementQuery(keys=asked_keys("Osei"), lang="en"), Scope())
    (quotation,) = stocked.quotations(rows)
    assert quotation.text == HARBOUR.text[quotation.start : quotation.end] and "waited long enough" in quotation.text
    assert (quotation.speaker, quotation.outlet, quotation.published) == ("Mira Osei", "The Quay", HARBOUR.published)
    assert quotation.passage.id == rows[0].passage == passage_id("harbour", 1, 43, len(HARBOUR.text))
    stocked.delete(["harbour"])
    assert stocked.quotations(rows) == []


# Looking after it ---------------------------------------------------------------------------------------------------------------


def test_what_is_whole_is_left_alone_and_a_rebuild_changes_nothing(stocked: Storage) -> None:
    health = stocked.check()
    assert health.ok and not health.problems and not health.done and health.passages == health.vectors == 8
    before = [stocked.candidates(query("harbour bridge"), Scope(), 50), said(stocked), list(stocked.articles())]
    assert stocked.check(rebuild=True).ok and stocked.unembedded() == []
    after = [stocked.candidates(query("harbour bridge"), Scope(), 50), said(stocked), list(stocked.articles())]
    assert list(before[0].ids) == list(after[0].ids) and before[1:] == after[1:]
    assert (before[0].near == after[0].near).all() and (before[0].lexical == after[0].lexical).all()


def test_two_writers_take_turns_and_the_second_names_the_first(place: Place, storage: Storage) -> None:
    other = place.open()
    told: list[str] = []

    def second() -> None:
        try:
            with other.writing(wait=0.05):
                told.append("")
        except Busy as error:
            told.append(str(error))

    with storage.writing():
        put(storage, TEA)  # the same thread may write within it
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert len(told) == 1 and "process" in told[0]
    with other.writing(wait=5):
        pass
    other.close()


def test_two_processes_write_and_nothing_is_lost(place: Place, storage: Storage) -> None:
    writers = [_writer(place, name, 10) for name in ("a", "b")]
    for writer in writers:
        out, error = writer.communicate(timeout=300)
        assert writer.returncode == 0, error
        assert out.count("put") == 10
    storage.catch_up()
    assert {article.id for article in storage.articles()} == {f"{name}{n}" for name in "ab" for n in range(10)}
    health = storage.check()
    assert health.ok and not health.done and health.passages == health.vectors == 20


@pytest.mark.parametrize("after", [1, 4])
def test_killed_anywhere_the_next_one_finishes(place: Place, after: int) -> None:
    writer = _writer(place, "a", 400)
    assert writer.stdout
    for _ in range(after):
        assert "put" in writer.stdout.readline()
    writer.kill()
    acknowledged = after + writer.communicate()[0].count("put")
    assert acknowledged < 400
    storage = place.open()
    storage.catch_up()
    there = [article.id for article in storage.articles()]
    assert there == [f"a{n}" for n in range(len(there))] and len(there) >= acknowledged
    assert ids(storage, text="number") == set(there[:50]) or len(there) > 50
    health = storage.check()
    assert health.ok and health.passages == health.vectors + health.waiting == len(there) and health.waiting <= 1
    assert not [line for line in health.done if "interrupted" not in line]
    put(storage, Article(id="then", text="And then.", lang="en"))
    assert storage.article("then")
    storage.close()


WRITER = """
import sys
import numpy as np
from index import Article
from index.storage.records import Model, Prepared
from tests.support.storage import Placed, stock
from index.text.near_duplicates import fingerprint
{code}
vector = np.eye(1, {wide}, dtype=np.float16)
for n in range({many}):
    article = Article(id=f"{name}{{n}}", text=f"Report {{n}} of {name} has the number {{n * 7919}}.", lang="en")
    mark = fingerprint(article.text)
    stock(storage, [Placed(Prepared(article, [(0, len(article.text))], mark), vector)], Model("made by hand", {wide}))
    print("put", flush=True)
storage.close()
"""


def _writer(place: Place, name: str, many: int) -> subprocess.Popen[str]:
    """A process that puts articles one by one, and says so after each."""
    code = WRITER.format(code=place.code, wide=WIDE, many=many, name=name)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)


def test_searching_goes_on_while_somebody_writes(place: Place, stocked: Storage) -> None:
    errors: list[Exception] = []
    over = threading.Event()

    def search() -> None:
        try:
            while not over.is_set():
                assert "harbour" in ids(stocked)
        except (AssertionError, LibraryError) as error:
            errors.append(error)

    threads: Sequence[threading.Thread] = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for n in range(20):
            put(stocked, Article(id=f"more{n}", text=f"Timber and wool, lot {n}.", lang="en"))
            stocked.delete([f"more{n - 1}"])
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert not errors
