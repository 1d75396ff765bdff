"""A newsroom folder: Word's ~$ owner files (also of a short name), LibreOffice's .~lock, .DS_Store."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile.docx_file import docx, p
from tests.support.hostile.files import write


def make(folder: Path) -> None:
    good = docx(p("Prístav") + p("Primátorka Žofia Ďuríková povedala, že prístav zostane zatvorený do piatka."))
    d = "input/stôl/"
    write(folder, d + "správa o prístave.docx", good)
    write(folder, d + "~$ráva o prístave.docx", b"\x0bRedaktorka" + b"\0" * 43 + "Redaktorka".encode("utf-16-le") + b"\0" * 80)
    write(folder, d + "~$a.docx", b"\x02AB" + b"\0" * 159)
    write(folder, d + ".~lock.správa o prístave.docx#", ",redaktorka,pc1,12.06.2025 10:00,file:///home/redaktorka;")
    write(folder, d + ".DS_Store", b"\0\0\0\x01Bud1" + bytes(200))
    for n in ("._správa o prístave.docx", "._noviny.html", "._riadky.csv", "._list.eml"):
        write(folder, d + n, b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        " + bytes(120))
    write(folder, d + "__MACOSX/._noviny.html", b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        " + bytes(90))
    write(folder, d + "Thumbs.db", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500))
    write(folder, d + "desktop.ini", "[.ShellClassInfo]\r\nIconResource=x.dll,1\r\n".encode("utf-16"))
    write(folder, d + "nahráva sa.docx", b"")
    write(folder, d + "starý.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    write(folder, d + "noviny.html.crdownload", "<html><body><p>Nedokončené sťahovanie")
    write(folder, d + "~poznámka.txt", "Poznámka\n\nStarosta Selwynu Ján Horák povedal, že trh bude v utorok.\n")
