"""U+2011, U+2010, soft hyphens, hyphen-minus in one text; a lost minus sign and a lost true hyphen must be noticed."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile.files import write


def make(folder: Path) -> None:
    write(
        folder,
        "input/fi.txt",
        "Lautta\n\nKaupunginjohtaja Aino Kivi\u2011Lahti sanoi: ”Linja\u2011auto kulkee EU\u2010tuella, mutta yö\u2011juna ei.” Päätös tehtiin maanan\u00adtaina.\n",
    )
    write(
        folder,
        "input/hu.html",
        '<html lang="hu"><head><meta charset="utf-8"><title>Kikötő</title></head><body><article><p>A ki\u00adkö\u00adtő&shy;mes&shy;ter sze\u00adrint '
        "„a vi\u00adhar mi\u00adatt pén\u00adte\u00adkig sen\u00adki nem hajóz\u00adhat ki”. A hír Buda\u2011pestre is el\u00adjutott.</p></article></body></html>",
    )
    write(
        folder,
        "input/sv.txt",
        "Kyla\n\nMeteorologen Åsa Ek sade: ”Det blir \u221212 grader i Norby i natt.” Klubben vill re\u2011signera avtalet, sade Ek\u2011Lund.\n",
    )
    write(
        folder,
        "input/en.txt",
        "Coach\n\nCoach Mia Holt said: “I will re-sign on Friday.” Her deputy said the co\u2011op would recover its costs.\n",
    )
    write(
        folder,
        "draft-right.txt",
        'Kivi-Lahti: "Linja-auto kulkee EU-tuella, mutta yö-juna ei."\n\nA kikötőmester: "a vihar miatt péntekig senki nem hajózhat ki".\n\n'
        'Åsa Ek: "Det blir -12 grader i Norby i natt."\n\nHolt: "I will re-sign on Friday."\n',
    )
    write(folder, "draft-wrong.txt", 'Åsa Ek: "Det blir 12 grader i Norby i natt."\n\nHolt: "I will resign on Friday."\n')
