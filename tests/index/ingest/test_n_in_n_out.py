"""n distinct items in, n articles out: as a feed, as rows, as a table, as files in folders; n feeds of a list are n feeds."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index import Index
from index.ingest import sources
from index.ingest.feeds import feed_list
from index.ingest.http.urls import canonical
from tests.support.embedding import HashEmbeddings
from tests.support.wild import item, page, rss, save

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Item:
    """What somebody publishes; no two of a run have the same text."""

    text: str
    title: str = ""
    link: str = ""
    guid: str = ""
    date: str = ""


SITE = "https://tidings.example"
TEXTS = [
    f"{what} {n}." for n in (1, 2, 11) for what in ("The score at Orvik is", "the score at Orvik is", "Le score à Orvik est de")
]
LINKS = [
    "", "/live", "/live#1", "/live#2", "/live/", "/live?id=1", "/live?id=2", "/live?src=1", "/live?ref=2", "/#!/1", "/#!/2",
    "/live?utm_source=a", "/LIVE", "/live%20b", "/live b", "/лайв", "/live.html", "/live.html?print=1", "/", "?p=1", "?p=2",
]  # fmt: skip
DATES = ["", "Tue, 17 Jun 2025 08:00:00 GMT", "Wed, 18 Jun 2025 08:00:00 GMT", "2025-06", "soon"]
texts = st.lists(st.sampled_from(TEXTS), min_size=1, max_size=6, unique=True)
few = settings(max_examples=10, deadline=None, derandomize=True)


@st.composite
def entries(draw: st.DrawFn) -> list[Item]:
    """Entries of a feed: links and guids of their own, shared or none."""
    links = st.sampled_from(LINKS).map(lambda link: SITE + link if link else "")
    return [
        Item(
            text,
            draw(st.sampled_from(["", "Live", f"On {number}"])),
            draw(links),
            draw(st.sampled_from(["", "1", f"guid-{number}", f"{SITE}/live"])),
            draw(st.sampled_from(DATES)),
        )
        for number, text in enumerate(draw(texts))
    ]


@st.composite
def rows(draw: st.DrawFn) -> list[Item]:
    """Rows: an id or an address that others have is the same article anew, so each has its own, or none."""
    found = draw(texts)
    links = draw(st.lists(st.sampled_from([SITE + link for link in LINKS[1:]]), min_size=6, max_size=6, unique_by=canonical))
    kinds = draw(st.lists(st.sampled_from(["id", "link", "none"]), min_size=6, max_size=6))
    return [
        Item(
            text,
            draw(st.sampled_from(["", "Live"])),
            link if kind == "link" else "",
            f"{number}" if kind == "id" else "",
            draw(st.sampled_from(DATES[:4])),
        )
        for number, (text, link, kind) in enumerate(zip(found, links, kinds, strict=False))
    ]


def as_feed(items: Sequence[Item], folder: Path) -> None:
    save(
        folder,
        "feed.xml",
        rss("Tidings", f"{SITE}/", *(item(one.title, one.text, one.link, one.guid, one.date) for one in items)),
    )


def named(one: Item) -> dict[str, str]:
    values = {"id": one.guid, "title": one.title, "text": one.text, "url": one.link, "date": one.date}
    return {name: value for name, value in values.items() if value}


def as_jsonl(items: Sequence[Item], folder: Path) -> None:
    save(folder, "rows.jsonl", "".join(json.dumps(named(one)) + "\n" for one in items))


def as_csv(items: Sequence[Item], folder: Path) -> None:
    table = io.StringIO()
    writer = csv.DictWriter(table, ["id", "title", "text", "url", "date"])
    writer.writeheader()
    writer.writerows(named(one) for one in items)
    save(folder, "rows.csv", table.getvalue())


def kept(write: Callable[[Sequence[Item], Path], None], items: Sequence[Item]) -> tuple[list[str], int, int]:
    """(texts in the library, how many were new, how many changed when the same was read again)."""
    with tempfile.TemporaryDirectory() as name, Index(Path(name) / "L", embeddings=HashEmbeddings()) as index:
        folder = Path(name) / "in"
        folder.mkdir()
        write(items, folder)
        first, second = (index.add(sources.read([folder])) for _ in range(2))
        return sorted(one.text for one in index.articles()), first.new, second.new + second.changed


def distinct(items: Sequence[Item]) -> list[str]:
    return sorted(one.text for one in items)


@few
@given(entries())
@example([Item(TEXTS[0], link=f"{SITE}/live", guid="1"), Item(TEXTS[1], link=f"{SITE}/live", guid="1")])
def test_entries_of_a_feed(items: list[Item]) -> None:
    assert kept(as_feed, items) == (distinct(items), len(items), 0)


@few
@given(rows())
def test_rows_of_json(items: list[Item]) -> None:
    assert kept(as_jsonl, items) == (distinct(items), len(items), 0)


@few
@given(rows())
def test_rows_of_a_table(items: list[Item]) -> None:
    assert kept(as_csv, items) == (distinct(items), len(items), 0)


NAMES = [
    "report.txt",
    "jan/report.txt",
    "feb/report.txt",
    "report.md",
    "report.html",
    "jan/report.html",
    "Report.txt",
    "a/b/report",
]


@few
@given(texts, st.permutations(NAMES))
def test_files_in_folders(found: list[str], names: list[str]) -> None:
    def write(items: Sequence[Item], folder: Path) -> None:
        for one, name in zip(items, names, strict=False):
            name = name if "." in name else f"{name}.txt"
            save(folder, name, page("Live", f"<article><p>{one.text}</p></article>") if name.endswith("html") else one.text)

    items = [Item(text) for text in found]
    in_library, new, again = kept(write, items)
    assert [text.removeprefix("Live\n") for text in in_library] == distinct(items) and (new, again) == (len(items), 0)


@few
@given(st.lists(st.sampled_from([link for link in LINKS if " " not in link and "#" not in link]), unique=True, min_size=1))
def test_feeds_of_a_list(links: list[str]) -> None:
    outlines = "".join(f"<outline type='rss' text='Live' xmlUrl={quoteattr(SITE + link)}/>" for link in links)
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "feeds.opml"
        path.write_text(f"<opml version='2.0'><body><outline text='All'>{outlines}</outline></body></opml>", encoding="utf-8")
        found = [feed.url for feed in feed_list.read_feeds(path)]
    assert len(found) == len(set(found)) == len(links)


def test_rows_of_two_files_under_the_same_ids(tmp_path: Path) -> None:
    """Two programs number their rows from one; a corrected row is still a new version."""
    towns = [
        ("Orvik", "opened a school for thirty pupils"),
        ("Лозинск", "закрыл мост через реку Вель"),
        ("临川", "化工厂发生爆炸"),
    ]
    other = ["A factory shut its doors in May.", "Горела старая мельница на окраине.", "港口恢复运营渡轮今晨出发"]
    save(tmp_path, "in/a.jsonl", "".join(json.dumps({"id": n, "text": f"{a} {b}."}) + "\n" for n, (a, b) in enumerate(towns)))
    save(tmp_path, "in/b.jsonl", "".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(other)))
    with Index(tmp_path / "L", embeddings=HashEmbeddings()) as index:
        first, second = (index.add(sources.read([tmp_path / "in"])) for _ in range(2))
        assert (first.new, first.changed, second.new, second.changed) == (6, 0, 0, 0)
        save(tmp_path, "c.jsonl", json.dumps({"id": 0, "text": "Orvik opened a school for forty pupils."}))
        assert index.add(sources.read([tmp_path / "c.jsonl"])).changed == 1
        assert len(list(index.articles())) == 6
