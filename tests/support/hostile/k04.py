"""Ragged rows: commas in an unquoted text, cells missing at the end, spare delimiters, empty rows."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile.files import write


def make(folder: Path) -> None:
    write(
        folder,
        "input/ragged.csv",
        "title,date,text\r\nPort,2025-06-10,Kapteinis Mari Õun ütles, et sadam, mis suleti esmaspäeval, jääb kinni.\r\n"
        "Tramm,2025-06-11\r\n\r\n,,\r\nSild,2025-06-12,Linnapea Rein Tamm lubas silla avada reedel.,,,,\r\ntitle,date,text\r\nKool,2025-06-13,Kool saab sügisel uue katuse ütles direktor Liis Saar.\r\nTotal,,4\r\n",
    )
    write(
        folder,
        "input/preamble.csv",
        "Exported from NewsDesk 4.2;;\r\n12.06.2025 10:00;;\r\n;;\r\nTitle;Text;Date\r\nOsta;Ostas kapteine Ilze Bērziņa teica, ka osta būs slēgta līdz piektdienai.;2025-06-10\r\n",
    )
    write(
        folder,
        "input/semicolons-in-comma-file.csv",
        'title,text,date\r\nTilts,"Mērs Jānis Kļava teica: ""Tilts; ceļš; osta – viss slēgts.""",2025-06-10\r\nTirgus,"Tirgus; kiosks; pasts strādā kā parasti; saka dome.",2025-06-11\r\n',
    )
