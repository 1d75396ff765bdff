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
    assert isinstance(found, Article) and found.text.endswith(f"{BODY[lang]}\n")
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
    assert found.text == f"{BODY[lang]}\n"  # they are no text


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


@pytest.mark.parametrize(
    ("lang", "head"),
    [
        (
            "en",
            "From: Harbour Brief <b@port.example>\nSent: Monday, October 12, 2026 7:15 AM\nTo: Desk\nSubject: Calder: aground",
        ),
        (
            "de",
            "Von: Harbour Brief [mailto:b@port.example]\nGesendet: Montag, 12. Oktober 2026 07:15\nAn: x\nBetreff: Calder: aground",
        ),
        ("es", "De: Harbour Brief <b@port.example>\nFecha: lunes, 12 de octubre de 2026\nPara: x\nAsunto: Calder: aground"),
        ("fr", "De : Harbour Brief <b@port.example>\nEnvoyé : lundi 12 octobre 2026 07:15\nÀ : x\nObjet : Calder: aground"),
        (
            "pl",
            "Od: Harbour Brief <b@port.example>\nWysłano: poniedziałek, 12 października 2026\nDo: x\nTemat: Calder: aground",
        ),
    ],
)
def test_an_exported_message_has_its_subject_sender_and_day(lang: str, head: str) -> None:
    found = read(head, lang)
    assert (found.title, found.outlet, str(found.published)[:10]) == ("Calder: aground", "Harbour Brief", "2026-10-12")
    assert found.text == f"{BODY[lang]}\n"


def test_front_matter_goes_with_all_its_keys() -> None:
    found = read("---\ntitle: 'Calder''s ferry'\ntags:\n  - port\n  - ferries\ndraft: false\n---")
    assert (found.title, found.text) == ("Calder's ferry", f"{BODY['en']}\n")


@pytest.mark.parametrize(
    "lines",
    [
        "Police: no foul play at Calder\nOwner: the ship was 40 years old",  # names no column
        "Warning: the pier is slippery.\nDate: the palm fruit is back in shops, traders say.",  # no day
        "Source: the valve, engineers say, was the source of all trouble.\nTitle: a word that nobody likes.",  # no outlet
        "Jane Poole: Good evening.\nMarc Lee: Good evening, Jane.\nJane Poole: What happened?",
    ],
)
def test_lines_that_only_look_like_labels_are_text(lines: str) -> None:
    assert read(lines).text == f"{lines}\n\n{BODY['en']}\n"


def test_what_follows_the_labels_without_a_blank_line_is_text() -> None:
    found = plain_text.article(f"Title: A ferry\nDate: 2026-10-12\nMayor: we are sad.\n{BODY['en']}".encode(), "a.txt", "a")
    assert isinstance(found, Article) and (found.title, found.text) == ("A ferry", f"Mayor: we are sad.\n{BODY['en']}")
