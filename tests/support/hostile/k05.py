"""No heading row: the first row is news already. Comma, tab, one column only, a number first."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile.files import write


def make(folder: Path) -> None:
    a = ("El puerto cierra", "La alcaldesa Inés Peña anunció que el puerto de Norby cierra hasta el viernes.", "2025-06-10")
    b = ("El tranvía gana", "El concejo de Lirio votó el lunes por una nueva línea de tranvía junto al río.", "2025-06-11")
    write(folder, "input/comma.csv", "".join(",".join(r) + "\n" for r in (a, b)))
    write(folder, "input/number-first.tsv", "".join(f"{i}\t{r[2]}\t{r[1]}\n" for i, r in enumerate((a, b), 1)))
    write(
        folder,
        "input/one-column.csv",
        "".join(r[1] + "\n" for r in (a, b)) + "Luis Falcó, capitán, dijo: nadie, nunca, pagará.\n",
    )
    write(
        folder,
        "input/headline-like-headings.csv",
        'Text,Date\nThe council banned the text message tax.,2025-06-10\n"Date, time and title agreed",2025-06-11\n',
    )
