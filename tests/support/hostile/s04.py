"""Settings saved by Notepad (BOM)."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.hostile.files import write


def make(folder: Path) -> None:
    write(
        folder,
        "input/seed.jsonl",
        json.dumps(
            {
                "id": "s",
                "title": "Port",
                "text": "Harbour master Ines Falk said the port of Norby will stay closed until Friday.",
                "date": "2025-06-12",
            }
        )
        + "\n",
    )
    toml = "# Einstellungen – für Köln\n"
    write(folder, "bom.toml", b"\xef\xbb\xbf" + toml.encode())
    write(folder, "utf16.toml", toml.encode("utf-16"))
    write(folder, "bom-first-table.toml", b"\xef\xbb\xbf[nothing]\r\n")
    write(folder, "curly.toml", "titel = “Norby”\n")
    write(folder, "latin1.toml", "# für Köln\n".encode("latin-1"))
    write(
        folder,
        "subs.opml",
        '\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<opml version="1.0"><head><title>Zeitungen & mehr</title></head><body>\n'
        '<outline text="Nord"><outline text="A" type="rss" xmlUrl="http://127.0.0.1:9/a.xml"/><outline text="B &amp; C" XMLURL="http://127.0.0.1:9/b.xml"/></outline>\n'
        '<outline text="ohne Adresse" type="rss"/>\n<outline text="D" xmlUrl="feed://127.0.0.1:9/d.xml"/>\n<outline text="E" xmlUrl="  http://127.0.0.1:9/e.xml?x=1&y=2  "/>\n'
        '<outline text="F" xmlUrl="mailto:f@desk.example"/>\n<outline text="A noch einmal" xmlUrl="http://127.0.0.1:9/a.xml"/>\n-- Ende der Liste --\n</body></opml>\n',
    )
