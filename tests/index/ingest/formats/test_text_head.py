"""index/ingest/formats/text_head.py: a plain text says its title, outlet, author and date in lines above it, and only there."""

from __future__ import annotations

import pytest

from index.ingest.formats import plain_text
from index.records import Article

BODY = {
    "en": "The ferry ran aground late on Monday, the coast guard said. Two people died and 31 were taken to hospital.",
    "es": "El transbordador encalló el lunes por la noche, dijo la guardia costera. Dos personas murieron en el hospital.",
    "de": "Die Fähre lief am späten Montagabend auf Grund, sagte die Küstenwache. Zwei Menschen starben, 31 kamen ins Krankenhaus.",
    "fr": "Le ferry s'est échoué lundi soir, a indiqué la garde côtière. Deux personnes sont mortes et 31 ont été hospitalisées.",
    "pt": "O ferry encalhou na noite de segunda-feira, disse a guarda costeira. Duas pessoas morreram e 31 foram hospitalizadas.",
    "pl": "Prom osiadł na mieliźnie w poniedziałek wieczorem, podała straż przybrzeżna. Dwie osoby zginęły, a 31 trafiło do szpitala.",
    "it": "Il traghetto si è incagliato lunedì sera, ha detto la guardia costiera. Due persone sono morte e 31 sono in ospedale.",
}


def read(head: str, lang: str = "en") -> Article:
    found = plain_text.article(f"{head}\n\n{BODY[lang]}\n".encode(), "a.txt", "a")
    assert isinstance(found, Article) and found.text == f"{head}\n\n{BODY[lang]}\n"  # character for character
    return found


@pytest.mark.parametrize(
    ("lang", "head"),
    [
        ("en", "Title: Ferry aground off Calder Point\nOutlet: Norby Herald\nDate: 2026-10-12\nBy: Ruth Almond"),
        (
            "en",
            "Headline: Ferry aground off Calder Point\nSource: Norby Herald\nPublished: 12 October 2026\nAuthor: Ruth Almond",
        ),
        (
            "en",
            "---\ntitle: 'Ferry aground off Calder Point'\nauthor: Ruth Almond\npublisher: Norby Herald\ndate: 2026-10-12\n---",
        ),
        ("en", "Ferry aground off Calder Point\nSource: Norby Herald\nDate: 2026-10-12\nByline: Ruth Almond"),
        (
            "es",
            "Título: Ferry aground off Calder Point\nMedio: Norby Herald\nFecha: 12 de octubre de 2026\nAutora: Ruth Almond",
        ),
        ("de", "Titel: Ferry aground off Calder Point\nQuelle: Norby Herald\nDatum: 12. Oktober 2026\nVon: Ruth Almond"),
        ("fr", "Titre : Ferry aground off Calder Point\nSource : Norby Herald\nDate : 12 octobre 2026\nPar : Ruth Almond"),
        ("pt", "Título: Ferry aground off Calder Point\nFonte: Norby Herald\nData: 12 de outubro de 2026\nPor: Ruth Almond"),
        ("pl", "Tytuł: Ferry aground off Calder Point\nŹródło: Norby Herald\nData: 12 października 2026\nAutor: Ruth Almond"),
        ("it", "Titolo: Ferry aground off Calder Point\nFonte: Norby Herald\nData: 12 ottobre 2026\nDi: Ruth Almond"),
    ],
)
def test_labelled_lines_say_all_that_they_name(lang: str, head: str) -> None:
    found = read(head, lang)
    assert (found.title, found.outlet, found.authors) == ("Ferry aground off Calder Point", "Norby Herald", ("Ruth Almond",))
    assert str(found.published) == "2026-10-12" and found.date_source == "text"


@pytest.mark.parametrize(
    ("lang", "head", "authors"),
    [
        ("en", "Ferry Marisol runs aground\nHarbour Gazette\n2026-10-12\nBy Ruth Almond", ("Ruth Almond",)),
        (
            "en",
            "Ferry Marisol runs aground\nBy Ruth Almond and Peter J. Gray\n12 October 2026",
            ("Ruth Almond", "Peter J. Gray"),
        ),
        ("es", "El ferry Marisol encalla\nPor Ruth Almond\n12 de octubre de 2026", ("Ruth Almond",)),
        (
            "de",
            "Die Fähre Marisol auf Grund\nVon Ruth Almond und Ida von Bart\n12. Oktober 2026",
            ("Ruth Almond", "Ida von Bart"),
        ),
        ("fr", "Le ferry Marisol échoué\nPar Ruth Almond\n12 octobre 2026", ("Ruth Almond",)),
        ("en", "Ferry Marisol runs aground\nBy Reuters\n2026-10-12", ()),
    ],
)
def test_a_title_above_its_date_and_byline_needs_no_label(lang: str, head: str, authors: tuple[str, ...]) -> None:
    found = read(head, lang)
    assert (found.title, found.outlet, found.authors) == (head.split("\n")[0], "", authors)
    assert str(found.published) == "2026-10-12"


@pytest.mark.parametrize(
    "head",
    [
        "The ferry ran aground on Monday.\nBy Tuesday it was afloat again.",
        "Byron Bay is closed\nBy noon nobody was there",
        "Date: 2026-10-12\nThe ferry ran aground.",
        "Note: this is a draft\nMinister: she will resign",
        "Q: Who was at the wheel?\nA: The second officer.",
        "2026-10-12\nBy Ruth Almond",
    ],
)
def test_other_lines_say_nothing(head: str) -> None:
    found = read(head)
    assert (found.title, found.outlet, found.authors) == ("", "", ())
