"""Excel's sep line with a BOM, in quotation marks, in capitals, with a tab, with a bar, in UTF-16."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile.files import write

TEXT = "Havnechef Bo Østergård sagde mandag, at havnen i Norby holder lukket til fredag"


def make(folder: Path) -> None:
    for name, first, sep, enc in (
        ("bom.csv", "sep=;", ";", "utf-8-sig"),
        ("quoted.csv", '"sep=;"', ";", "utf-8"),
        ("capitals.csv", "SEP=,", ",", "utf-8"),
        ("tab.csv", "sep=\t", "\t", "utf-8"),
        ("bar.csv", "sep=|", "|", "utf-8"),
        ("utf16.csv", "sep=;", ";", "utf-16"),
        ("trailing.csv", "sep=;;;", ";", "utf-8"),
    ):
        text = TEXT.replace(",", "") if sep == "," else TEXT
        write(
            folder,
            "input/" + name,
            "\r\n".join(
                [
                    first,
                    sep.join(["title", "text", "date"]),
                    sep.join(["Havn " + name[:-4], text + f" ({name[:-4]}).", "2025-06-10"]),
                    "",
                ]
            ).encode(enc),
        )
