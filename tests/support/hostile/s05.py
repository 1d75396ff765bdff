"""DOCX packed with bzip2, LZMA, stored."""

from __future__ import annotations

import json
import struct
import zipfile
from pathlib import Path

from tests.support.hostile.docx_file import docx, p
from tests.support.hostile.files import write


def make(folder: Path) -> None:
    def text(n: int) -> str:
        return p("Satama") + p(f"Satamakapteeni Aino Kivi sanoi, että laituri numero {n} pysyy suljettuna perjantaihin asti.")

    write(folder, "input/bzip2.docx", docx(text(1), compression=zipfile.ZIP_BZIP2))
    write(folder, "input/lzma.docx", docx(text(2), compression=zipfile.ZIP_LZMA))
    write(folder, "input/stored.docx", docx(text(3), compression=zipfile.ZIP_STORED))
    odd = bytearray(docx(text(4)))  # method 9 (Deflate64) written into every header: Windows Explorer packs so beyond 2 GB
    for mark, off in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = odd.find(mark)
        while at >= 0:
            odd[at + off : at + off + 2] = struct.pack("<H", 9)
            at = odd.find(mark, at + 4)
    write(folder, "input/deflate64.docx", bytes(odd))
    long = "Satama kiinni ja avoinna taas " * 1667
    write(
        folder,
        "input/long.html",
        f'<html lang="fi"><head><meta charset="utf-8"><title>{long}</title></head><body><article><h1>{long}</h1><p>Aino Kivi sanoi, että lautta numero viisi lähtee lauantaina.</p></article></body></html>',
    )
    write(
        folder,
        "input/long.jsonl",
        json.dumps(
            {
                "id": "L",
                "title": "港" * 50000,
                "text": "港長の森川恵は、港を金曜日まで閉鎖すると述べた。",
                "date": "2025-06-12",
            },
            ensure_ascii=False,
        )
        + "\n",
    )
    write(
        folder,
        "input/long.eml",
        "From: a@desk.example\r\nTo: b@desk.example\r\nSubject: "
        + "\r\n ".join(["Silta"] * 10000)
        + "\r\nDate: Thu, 12 Jun 2025 10:00:00 +0200\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nSilta avataan syksyllä, sanoi Rein Tamm.\r\n",
    )
    write(
        folder,
        "input/long.xml",
        f"<rss version='2.0'><channel><title>Pitkä</title><item><title>{long}</title><link>https://p.example/1</link><description>Tori on auki tiistaina, sanoi Ole Brandt.</description></item></channel></rss>",
    )
    write(folder, "input/long.txt", "x" * 50000 + "\n\nKoulu saa uuden katon, sanoi Liis Saar maanantaina.\n")
