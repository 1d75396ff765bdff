"""Excel "CSV" saved on Turkish, Lithuanian, Greek, Czech and Hebrew Windows (cp1254, 1257, 1253, 1250."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile.files import write

ROWS = {
    "tr-1254.csv": (
        "cp1254",
        "Köprü;Belediye Başkanı Şirin Ağırtaş, İğdeli köprüsünün cuma gününe kadar kapalı kalacağını açıkladı.;12.06.2025",
    ),
    "lt-1257.csv": (
        "cp1257",
        "Keltas;Žvejų uosto vadovė Rūta Šalčiūnė pranešė, kad keltas į Ąžuolynę neplauks iki penktadienio.;12.06.2025",
    ),
    "el-1253.csv": (
        "cp1253",
        "Λιμάνι;Ο λιμενάρχης Ηλίας Φαλκίδης δήλωσε ότι το λιμάνι της Νορβίας θα μείνει κλειστό έως την Παρασκευή.;12.06.2025",
    ),
    "cs-1250.csv": (
        "cp1250",
        "Přístav;Starostka Žofie Říhová oznámila, že přístav Děčínek zůstane uzavřen až do pátku šestého června.;12.06.2025",
    ),
    "he-1255.csv": (
        "cp1255",
        "נמל;מנהלת הנמל אורית פלק הודיעה כי נמל נורבי יישאר סגור עד יום שישי בבוקר בגלל הסערה.;12.06.2025",
    ),
}


def make(folder: Path) -> None:
    for name, (enc, row) in ROWS.items():
        write(folder, "input/" + name, ("title;text;date\r\n" + row + "\r\n").encode(enc))
