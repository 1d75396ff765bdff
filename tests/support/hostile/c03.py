"""WHATWG labels that no Python codec has: iso-8859-8-i, x-gbk, windows-874, x-sjis, x-mac-cyrillic, dos-874, x-euc-jp."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile.files import write

PAGES = [
    (
        "he-8859-8-i.html",
        "iso-8859-8-i",
        "iso8859-8",
        "he",
        "הנמל סגור",
        "מנהלת הנמל רות אלון אמרה כי הנמל יישאר סגור עד יום שישי בגלל הסערה.",
    ),
    (
        "zh-x-gbk.html",
        "x-gbk",
        "gbk",
        "zh",
        "港口关闭",
        "诺比港港务局长林晓芳宣布，因风暴影响，港口将关闭至星期五。市长表示支持这一决定。",
    ),
    (
        "th-windows-874.html",
        "windows-874",
        "cp874",
        "th",
        "ท่าเรือปิด",
        "นายท่าเรือนอร์บี สมหญิง ใจกล้า กล่าวว่าท่าเรือจะปิดจนถึงวันศุกร์เพราะพายุ",
    ),
    ("ja-x-sjis.html", "x-sjis", "cp932", "ja", "港は閉鎖", "港長の森川恵は、嵐のためノルビ港を金曜日まで閉鎖すると発表した。"),
    (
        "bg-x-mac-cyrillic.html",
        "x-mac-cyrillic",
        "mac_cyrillic",
        "bg",
        "Пристанището",
        "Капитанът на пристанището Яна Щерева съобщи, че то остава затворено до петък заради бурята.",
    ),
    (
        "th-dos-874.html",
        "dos-874",
        "cp874",
        "th",
        "รถรางสายใหม่",
        "สภาเมืองลีริโอลงมติสร้างรถรางสายใหม่ริมแม่น้ำเมื่อเย็นวันจันทร์ นายกเทศมนตรีกล่าว",
    ),
    (
        "ja-x-euc-jp.html",
        "x-euc-jp",
        "euc-jp",
        "ja",
        "路面電車",
        "リリオ市議会は月曜の夜、川沿いの新しい路面電車の建設を決めたと、市長の大塚が語った。",
    ),
    (
        "sr-unicode.html",
        "unicode-1-1-utf-8",
        "utf-8",
        "sr",
        "Лука",
        "Капетан луке Љиљана Ђокић саопштила је да ће лука остати затворена до петка.",
    ),
    (
        "es-typo.html",
        "iso-8559-1",
        "iso8859-1",
        "es",
        "El túnel",
        "La alcaldesa Begoña Núñez anunció que el túnel abrirá en otoño, según señaló ayer.",
    ),
]


def make(folder: Path) -> None:
    for name, label, enc, lang, title, text in PAGES:
        html = (
            f'<html lang="{lang}"><head><meta http-equiv="Content-Type" content="text/html; charset={label}"><title>{title}</title></head>'
            f"<body><article><h1>{title}</h1><p>{text}</p><p>{text}</p></article></body></html>"
        )
        write(folder, "input/" + name, html.encode(enc))
