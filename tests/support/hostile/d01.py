"""Quotations typed in plain letters, the source in ligatures (ﬁ ﬄ), Dutch ĳ, Croatian ǆ ǉ ǌ."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from tests.support.hostile.files import write

_FORMS: dict = {}
for _c in list(range(0xFB50, 0xFDFC)) + list(range(0xFE80, 0xFEF5)):
    _d = unicodedata.decomposition(chr(_c)).split()
    if len(_d) == 2 and _d[0] in ("<isolated>", "<final>", "<initial>", "<medial>"):
        _FORMS[chr(int(_d[1], 16)), _d[0][1:-1]] = chr(_c)


def shape(text: str) -> str:
    """Arabic letters as a PDF printer leaves them: one presentation form for each."""
    out = []
    for i, c in enumerate(text):
        before = i > 0 and (text[i - 1], "initial") in _FORMS
        after = i + 1 < len(text) and (c, "initial") in _FORMS and (text[i + 1], "final") in _FORMS
        kind = (
            "medial"
            if before and after
            else "final"
            if before and (c, "final") in _FORMS
            else "initial"
            if after
            else "isolated"
        )
        out.append(_FORMS.get((c, kind), c))
    return "".join(out)


AR = "قالت مديرة الميناء سلمى الحداد إن ميناء نوربي سيبقى مغلقا حتى يوم الجمعة بسبب العاصفة"


def make(folder: Path) -> None:
    write(
        folder,
        "input/nl.txt",
        "Ĳs te dun\n\nHet ĳs is oﬃcieel ﬂink te dun, zei voorzitter Joris van Dĳk van de ĳsclub. De eﬀecten van de dooi zĳn ﬁks, voegde hĳ toe.\n",
    )
    write(
        folder,
        "input/hr.txt",
        "Luka\n\nLučka kapetanica ǈiǉana Oreǆ rekla je da će luka ostati zatvorena do petka jer je ǌihov ǆep prazan.\n",
    )
    write(folder, "input/ar.txt", "ميناء نوربي\n\n" + shape(AR) + ".\n")
    write(
        folder,
        "input/de.txt",
        "Labor\n\nDie Probe enthielt 2⁵ Keime je Liter, sagte die Laborleiterin Ines Falk. Der Grenzwert liegt bei 10³ Keimen.\n",
    )
    write(
        folder,
        "draft-right.txt",
        'De voorzitter zei: "Het ijs is officieel flink te dun". "De effecten van de dooi zijn fiks", zei Joris van Dijk.\n\n'
        'Ljiljana Oredž: "luka ostati zatvorena do petka jer je njihov džep prazan".\n\n«ميناء نوربي سيبقى مغلقا حتى يوم الجمعة»\n',
    )
    write(
        folder,
        "draft-wrong.txt",
        'Die Laborleiterin sagte: "Die Probe enthielt 25 Keime je Liter". "Der Grenzwert liegt bei 103 Keimen".\n',
    )
