"""Quotation marks that open and never close, inch marks, MySQL's \" escapes, a Tab file with one."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile.files import write


def rows(sep: str, spoil: dict) -> str:
    names = ["Inés Peña", "Rosa Tena", "Luis Falcó", "Marta Gil", "Óscar Ruiz", "Nuria Sanz"]
    out = [sep.join(["id", "titulo", "text", "date"])]
    for i, n in enumerate(names, 1):
        out.append(
            sep.join(
                [
                    str(i),
                    spoil.get((i, 1), f"Nota {i}"),
                    spoil.get((i, 2), f"La portavoz {n} dijo el lunes que el puerto número {i} sigue cerrado por la tormenta."),
                    f"2025-06-{9 + i:02d}",
                ]
            )
        )
    return "\r\n".join(out) + "\r\n"


def make(folder: Path) -> None:
    write(
        folder,
        "input/never-closed.csv",
        rows(",", {(2, 2): '"No abriremos el puerto; dijo Rosa Tena a los periodistas en Norby.'}),
    )
    write(folder, "input/closed-by-chance.csv", rows(";", {(2, 1): '"Ahora no', (5, 1): 'Nunca"'}))
    write(
        folder,
        "input/inches.csv",
        rows(
            ",",
            {
                (3, 2): 'El tubo de 55" del puerto se rompió; Luis Falcó pidió otro de 40".',
                (4, 2): '"El tubo de 55"" llegó, dijo Marta Gil."',
            },
        ),
    )
    write(
        folder,
        "input/mysql.csv",
        rows(
            ",",
            {
                (2, 2): '"Rosa Tena dijo: \\"El puerto, cerrado hoy, abrirá mañana\\", según la radio."',
                (6, 2): '"Nuria Sanz calló\\, y se fue."',
            },
        ),
    )
    write(
        folder,
        "input/tab.tsv",
        rows("\t", {(1, 1): '"Cerrado', (3, 2): '"Luis Falcó dijo que el puerto sigue cerrado por la tormenta'}),
    )
