"""/Title "untitled", "Microsoft Word - x.doc", a UTF-16 title "Документ1", /Author "user"."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile.files import write
from tests.support.hostile.pdf_file import at, pdf


def u16(text: str) -> bytes:
    return b"<FEFF" + text.encode("utf-16-be").hex().encode() + b">"


FILES = {
    "es.pdf": (
        b"/Title (Microsoft Word - borrador_v7.doc) /Author (user) /Producer (GPL Ghostscript) /CreationDate (D:20240102030405+01'00')",
        [
            "El túnel abrirá en otoño",
            "Sanvara, 14 de marzo de 2026",
            "La alcaldesa Inés Peña anunció que el túnel de Sanvara abrirá en otoño.",
        ],
    ),
    "fr.pdf": (
        b"/Title (untitled) /CreationDate (D:19700101000000Z) /ModDate (D:20991231235959Z)",
        ["Le bac reste à quai", "Le capitaine Luc Falque a dit que le bac restera à quai jusqu’à vendredi."],
    ),
    "pt.pdf": (
        b"/Title " + u16("Документ1") + b" /Author " + u16("Администратор") + b" /CreationDate (20230229)",
        ["Porto fechado até sexta", "A capitã Inês Falcão disse que o porto fica fechado até sexta-feira."],
    ),
    "da.pdf": (
        b"/Title (\xfe\xff) /Subject (Layout 1) /CreationDate (D:)",
        ["Havnen lukker", "Havnechef Bo Østergård sagde mandag, at havnen lukker til fredag."],
    ),
    "en.pdf": (
        b"/Title (PowerPoint Presentation) /Author (Owner) /CreationDate (D:20250631250000)",
        ["Harbour stays shut", "Harbour master Ines Falk said the port of Norby will stay shut until Friday."],
    ),
}


def make(folder: Path) -> None:
    for name, (info, text) in FILES.items():
        write(
            folder,
            "input/" + name,
            pdf([b"".join(at(60, 780 - 26 * i, t, 18 if i == 0 else 11) for i, t in enumerate(text))], info=info),
        )
