"""Pages that stand where an article should are named and never read; articles about such pages are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from index.errors import SourceError
from index.ingest.formats import walls
from index.ingest.formats.html import html

DATA = Path(__file__).parent / "data"
MISSED = {
    "w52": "offers of a subscription, and not a word that it is needed",
    "wfa": "two of four sentences are prices and buttons that the table of Czech has not",
    "x04": "one of two sentences names no page, and Finnish inflects the word",
    "x15": "the second sentence is longer than the first, and no pattern has it",
    "x25": '"votre connexion" is no word of a wall: it is in articles on the internet',
    "r98": "a title that is three fifths a wall's, and a text that says so again",
}


def pages(name: str) -> list[tuple[str, str]]:
    """(what it is, its HTML), written for this test: "=== name language what", then the page."""
    blocks = re.split(r"^=== ", (DATA / name).read_text("utf-8"), flags=re.MULTILINE)[1:]
    return [(head, body) for head, _, body in (block.partition("\n") for block in blocks)]


def refusal(page: str) -> str:
    """Why a page is no article; "" if it is one."""
    try:
        html(page.encode(), "https://www.halvesund.example/news/1")
    except SourceError as error:
        return error.why
    return ""


def cases(name: str) -> list[pytest.ParameterSet]:
    """The pages, of which those that are known to be missed have to be missed: what is read now is struck off MISSED."""
    marked = []
    for what, page in pages(name):
        why = MISSED.get(what[:3])
        marks = [pytest.mark.xfail(strict=True, reason=why)] if why else []
        marked.append(pytest.param(what, page, id=what, marks=marks))
    return marked


@pytest.mark.parametrize(("what", "page"), cases("walls.txt"))
def test_a_wall_is_no_article(what: str, page: str) -> None:
    assert "no article" in refusal(page)


@pytest.mark.parametrize(("what", "page"), cases("articles_like_walls.txt"))
def test_an_article_about_walls_is_read(what: str, page: str) -> None:
    assert not refusal(page)


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("w01", "robot"),
        ("w30", "javascript"),
        ("w06", "refused"),
        ("w10", "consent"),
        ("w14", "paid"),
        ("w16", "login"),
        ("w19", "region"),
        ("w21", "missing"),
        ("w24", "upkeep"),
        ("w32", "adblock"),
        ("w34", "moved"),
    ],
)
def test_it_is_said_what_the_page_is(what: str, why: str) -> None:
    [page] = [page for head, page in pages("walls.txt") if head.startswith(what)]
    assert refusal(page) == walls.WHY[why]


@pytest.mark.parametrize(
    ("kept", "note", "lang"),
    [
        ("The dam leaks, the mayor of Dray said on Monday.", "Subscribe to read the full story. Already a subscriber? Log in.", "en"),
        ("Der Damm ist undicht, sagte Ines Falk am Montag.", "Dieser Artikel ist nur für Abonnenten lesbar. Jetzt abonnieren.", "de"),
        ("La digue fuit, a dit lundi la maire de Corvanne.", "Il vous reste 82 % de cet article à lire.", "fr"),
        ("La presa pierde agua, dijo el lunes la alcaldesa.", "¿Ya eres suscriptor? Inicia sesión para seguir leyendo.", "es"),
        ("北浜町の堤防に亀裂が見つかったと町が十日に発表した。", "この記事は有料会員限定です。残り812文字", "ja"),
    ],
)  # fmt: skip
def test_what_can_be_read_above_a_paywall_is_kept_and_the_note_goes(kept: str, note: str, lang: str) -> None:
    page = f'<html lang="{lang}"><head><title>Dam</title></head><body><article><h1>Dam</h1><p>{kept}</p><p>{note}</p></article></body></html>'
    assert html(page.encode()).text.splitlines() == ["Dam", kept]


def test_a_quotation_in_the_midst_of_an_article_stays() -> None:
    said = "“Subscribe to continue reading is the last thing you want to see,” editor Signe Roth said."
    text = f"The Tidings dropped its paywall on Sunday.\n{said}\nIt returns on Thursday, the paper said."
    assert walls.without_notes(text, "en") == text


def test_a_wall_that_gives_machines_its_text_is_read() -> None:
    body = "The council of Halvesund voted nine to four on Monday to flood the old quarry."
    data = (
        f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Quarry", "articleBody": "{body}"}}</script>'
    )
    page = f"<html lang='en'><head><title>Quarry</title>{data}</head><body><main><h1>Quarry</h1><p>Please enable JavaScript to read this page.</p></main></body></html>"
    assert html(page.encode()).text == body


def test_a_long_text_is_an_article_whatever_it_says() -> None:
    assert walls.kind("Please enable JavaScript. " * 400, ["Just a moment..."], "", "en") == ""


def test_the_language_of_the_text_counts_and_not_only_the_one_declared() -> None:
    assert (
        walls.kind("Die gewünschte Seite wurde leider nicht gefunden. Bitte nutzen Sie unsere Suche.", [], "", "en")
        == "missing"
    )
