"""Running heads that differ on odd and even pages, page numbers in words."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile.files import write
from tests.support.hostile.pdf_file import at, pdf


def page(n: int, body: list) -> bytes:
    head = f"Norbyer Tageblatt · Seite {n} von 4" if n % 2 else f"{n} · Donnerstag, 12. Juni 2025"
    out = (
        at(60, 810, head, 8)
        + at(260, 30, f"- {n} -", 8)
        + at(60, 18, "© Verlag Falk & Söhne – Nachdruck nur mit Genehmigung", 7)
    )
    return out + b"".join(at(60, 760 - 15 * i, t) for i, t in enumerate(body))


def make(folder: Path) -> None:
    refrain = "„Wir bleiben hier“, riefen die Leute."
    pages = [
        [
            "Die Fähre fährt nicht mehr",
            "Die Eigner der Tanker verlangen, dass die Stadt",
            "den Hafen sofort öffnet.",
            refrain,
            "Die Sprecherin Petra Lund sagte am Dienstag, der Verkehrs-",
        ],
        ["minister habe die Brücke nie besucht.", refrain, "Der Rat von Lirio stimmte am Montagabend mit sieben"],
        ["zu vier Stimmen für die neue Straßenbahn am Fluss.", refrain, "Rosa Teng sagte: „Der Preis bleibt bei neun Kronen,"],
        ["und wer mehr verlangt, der lügt.“", refrain, "Ende des Berichts."],
    ]
    write(folder, "input/tageblatt.pdf", pdf([page(i, b) for i, b in enumerate(pages, 1)]))
    write(
        folder,
        "draft.txt",
        'Rosa Teng sagte: "Der Preis bleibt bei neun Kronen, und wer mehr verlangt, der lügt."\n\nPetra Lund sagte, "der Verkehrsminister habe die Brücke nie besucht".\n\n'
        'Der Rat stimmte "mit sieben zu vier Stimmen für die neue Straßenbahn".\n',
    )
