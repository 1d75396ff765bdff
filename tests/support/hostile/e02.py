"""Text boxes stored twice (DrawingML and VML), in a table cell, in a header row, with only a fallback that we can read."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile.docx_file import docx, p
from tests.support.hostile.files import write


def box(text: str, fallback: str | None = None, requires: str = "wps", choice: bool = True) -> str:
    inner = (
        f'<wp:anchor><a:graphic><a:graphicData uri="x"><wps:wsp><wps:txbx><w:txbxContent>{p(text)}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>'
        if choice
        else ""
    )
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="{requires}"><w:drawing>{inner}</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>'
        f"{p(fallback or text)}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def make(folder: Path) -> None:
    quote = "„Nie oddamy promu nikomu”, powiedziała burmistrz Żaneta Śliwa."
    body = (
        p("Prom w Łącku")
        + p("Rada miasta głosowała w poniedziałek wieczorem.", box(quote))
        + "<w:tbl><w:tr><w:tc>"
        + p("Tabela", box("Bilet kosztuje dziewięć koron od piątku."))
        + "</w:tc></w:tr></w:tbl>"
        + p("Model statku.", box("", "Statek zbudowano w stoczni Norby w 1968 roku.", "am3d", choice=False))
        + p("Koniec relacji z rady.", box("Reklama: prom Norby."))
        + p("Stopka.", box("Reklama: prom Norby."))
    )
    write(folder, "input/boxes.docx", docx(body))
    write(folder, "draft.txt", 'Burmistrz powiedziała: "Nie oddamy promu nikomu".\n')
