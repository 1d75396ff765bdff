"""Two columns whose lines are drawn row by row across the page; a heading over both; a table in three columns below."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile.files import write
from tests.support.hostile.pdf_file import at, pdf

LEFT = [
    "La mairesse Zoé Lebœuf a dit",
    "lundi que le bac ne partira",
    "pas avant vendredi à cause",
    "de la tempête. Elle a refusé",
    "de payer les pêcheurs, qui",
    "demandent une aide.",
]
RIGHT = [
    "Le patron du chantier Norby,",
    "Luc Falque, a promis que son",
    "entreprise paiera tous les",
    "salaires de juin. Il accuse",
    "la banque de Lirio d’avoir",
    "bloqué les comptes.",
]

_HELV = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz ,.ABDJKM",
        (
            556,
            556,
            500,
            556,
            556,
            278,
            556,
            556,
            222,
            222,
            500,
            222,
            833,
            556,
            556,
            556,
            556,
            333,
            500,
            278,
            556,
            500,
            722,
            500,
            500,
            500,
            278,
            278,
            278,
            667,
            667,
            722,
            500,
            667,
            833,
        ),
        strict=False,
    )
)


def width(text: str) -> float:
    """Width in points of 11-point Helvetica."""
    return sum(_HELV[c] for c in text) * 11 / 1000


def make(folder: Path) -> None:
    c = at(60, 790, "Le port fermé, le chantier menacé : deux voix de Norby", 16)
    for i, (a, b) in enumerate(zip(LEFT, RIGHT, strict=False)):
        c += at(60, 750 - 14 * i, a) + at(310, 750 - 14 * i, b)
    for i, row in enumerate([("Ville", "Votes pour", "Votes contre"), ("Norby", "41", "17"), ("Lirio", "12", "33")]):
        c += b"".join(at(60 + 160 * j, 600 - 14 * i, t) for j, t in enumerate(row))
    write(folder, "input/deux-colonnes.pdf", pdf([c]))
    left, right = (
        ["Burmistrz Anna Kot powiedziala", "ze most pozostanie zamkniety", "do piatku z powodu sztormu."],
        ["Minister Jan Bug zaprzeczyl,", "ze wydal na prom dziewiec", "milionow koron w tym roku."],
    )
    gutter = 60 + max(width(t) for t in left) + 7  # seven points between the columns, one Tj for each word
    tight = at(60, 790, "Dwie kolumny", 14)
    for i, (a, b) in enumerate(zip(left, right, strict=False)):
        for x, t in ((60, a), (gutter, b)):
            for w in t.split():
                tight += at(x, 750 - 13 * i, w)
                x += width(w) + width(" ")
    write(folder, "input/tight.pdf", pdf([tight]))
    write(
        folder,
        "draft-right.txt",
        'La mairesse a dit que "le bac ne partira pas avant vendredi à cause de la tempête".\n\nLuc Falque a promis que "son entreprise paiera tous les salaires de juin".\n',
    )
    write(
        folder,
        "draft-wrong.txt",
        'La mairesse "a refusé salaires de juin". Le patron: "de payer les pêcheurs, qui la banque de Lirio".\n',
    )
