"""Names with zero-width space, word joiner, BOM, joiners, bidi marks inside; Persian ZWNJ, Khmer word breaks."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile.files import write


def make(folder: Path) -> None:
    write(
        folder,
        "input/ro.html",
        '<html lang="ro"><head><meta charset="utf-8"><title>Portul</title></head><body><article><p>Căpitanul Ili\u200binca Mun\u2060tea\ufeffnu a spus: '
        "„Por\u200btul rămâne în\u200bchis până vineri.” Decizia a fost luată luni seara.</p></article></body></html>",
    )
    write(folder, "input/fa.txt", "بندر\n\nرئیس بندر، مهتاب نیک‌پور، گفت: «ما نمی‌توانیم بندر را تا جمعه باز کنیم.»\n")
    write(
        folder,
        "input/km.txt",
        "កំពង់ផែ\n\nនាយក\u200bកំពង់ផែ\u200b សុខ\u200bម៉ាលី\u200b បាន\u200bនិយាយ\u200bថា «កំពង់ផែ\u200bនឹង\u200bបិទ\u200bរហូត\u200bដល់\u200bថ្ងៃ\u200bសុក្រ»។\n",
    )
    write(
        folder,
        "input/he.jsonl",
        '{"id":"he1","title":"הנמל","text":"\u2067מנהלת הנמל \u200fרות\u200f אל\u200bון\u2069 אמרה: \u202b״הנמל יישאר סגור עד יום שישי״\u202c. ההחלטה התקבלה ביום שני.","date":"2025-06-12"}\n',
    )
    write(
        folder,
        "input/en.txt",
        "Ferry\n\nSpokeswoman N\u200be\u200bl\u200bl\u200bi\u200be V\u200bo\u200bs\u200bs said: “The ferry \U0001f468\u200d\U0001f469\u200d\U0001f467 family ticket costs nine crowns.” The Voss\u00adberg pier opens on Friday.\n",
    )
    write(
        folder,
        "draft-right.txt",
        'Ilinca Munteanu: "Portul rămâne închis până vineri."\n\nمهتاب نیک‌پور: «ما نمیتوانیم بندر را تا جمعه باز کنیم»\n\n'
        'សុខម៉ាលី: «កំពង់ផែនឹងបិទរហូតដល់ថ្ងៃសុក្រ»\n\nרות אלון: "הנמל יישאר סגור עד יום שישי"\n',
    )
