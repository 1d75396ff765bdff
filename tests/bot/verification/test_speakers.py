"""Whom an article gives its words to, by the names that a draft has."""

from __future__ import annotations

import pytest

from bot.retrieval.candidates import passage_of
from bot.verification.evidence import CitedPassage
from bot.verification.speakers import is_given_to
from index.records import Article, Period

ARTICLES = {
    "en": "Amara Nwosu, the union's secretary, left. “They offered us a fruit basket,” Ms Nwosu said. Greg Hallam stayed.",
    "es": "Andrés Palomar prometió contratos. «Todo volverá a la normalidad», aseguró Palomar.",
    "de": "Die Unternehmerin Svea Lindqvist kam. „Ohne Bahn kommt keiner in die Altstadt“, klagte Lindqvist.",
    "fr": "Aïcha Bensalem veut rouvrir. « Je vendrai du pain sous une tente », a promis Mme Bensalem.",
    "pt": "Rogério Brandão recusou negociar. «Não se negoceia com o cais bloqueado», disse Brandão no domingo.",
}  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "name", "given"),
    [
        ("en", "Nwosu", True),
        ("en", "Union secretary Nwosu", True),
        ("en", "Hallam", False),
        ("en", "Tom Nwosu", False),
        ("en", "Torvald Nwosu", False),
        ("en", "the wife of Nwosu", False),
        ("es", "El consejero Palomar", True),
        ("es", "la mujer de Palomar", False),
        ("de", "Die Unternehmerin Lindqvist", True),
        ("de", "Svea Lindqvist", True),
        ("de", "Der Anwalt von Lindqvist", False),
        ("fr", "La boulangère Bensalem", True),
        ("fr", "Karim Bensalem", False),
        ("pt", "o ministro Brandão", True),
    ],
)
def test_a_surname_behind_an_office_is_somebodys(lang: str, name: str, given: bool) -> None:
    text = ARTICLES[lang]
    article = Article(id="a", lang=lang, title="", outlet="Vale Post", text=text, published=Period.parse("2025-05-14"))
    start = next(n for n, char in enumerate(text) if char in "“«„") + 1
    span = (start, next(n for n, char in enumerate(text) if n > start and char in "”»“"))
    assert is_given_to([name], CitedPassage(1, passage_of(article), text), span) is given
