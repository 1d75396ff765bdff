"""The label names the small set, the bytes are of the bigger one that browsers use: gb2312 with GBK, euc-kr with UHC."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile.files import write

PAGES = [
    ("zh.html", "gb2312", "gbk", "发言人陶喆镕说：“渡轮停运至周五。”她补充说，港口的堃记码头也将关闭，市民须改乘巴士。"),
    (
        "ko.html",
        "euc-kr",
        "cp949",
        "햏 가게 주인 똠방각하 씨는 “펲시 트럭이 금요일까지 못 온다”고 말했다. 항구는 폭풍으로 폐쇄됐다.",
    ),
    ("ja.html", "shift_jis", "cp932", "髙橋﨑子市長は「①港の閉鎖、②渡し船の運休を決めた」と述べた。期間は金曜日までである。"),
    (
        "yue.html",
        "big5",
        "big5hkscs",
        "船長話：「佢哋嘅渡輪停咗，喺禮拜五之前唔會開。」碼頭外面有成百人等緊，好多人話唔知點算。",
    ),
    (
        "fr.html",
        "iso-8859-1",
        "cp1252",
        "La mairesse Zoé Lebœuf l’a dit : “Le bac coûtera 5 € dès vendredi – pas avant.” Les pêcheurs ont protesté…",
    ),
    (
        "tr.html",
        "iso-8859-9",
        "cp1254",
        "Başkan Işıl Ağırdağ “Köprü cuma gününe kadar kapalı” dedi; geçiş ücreti 5 € olacak – sonra değişecek.",
    ),
]


def make(folder: Path) -> None:
    for name, label, enc, text in PAGES:
        html = f'<!DOCTYPE html><html><head><meta charset="{label}"><title>{text[:9]}</title></head><body><article><p>{text}</p></article></body></html>'
        write(folder, "input/" + name, html.encode(enc))
    write(
        folder,
        "draft.txt",
        'La mairesse a dit : "Le bac coûtera 5 € dès vendredi – pas avant." Başkan "Köprü cuma gününe kadar kapalı" dedi.\n',
    )
