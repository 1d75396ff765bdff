"""HTML pages without any charset: KOI8-U, EUC-JP, EUC-KR, ISO-8859-2."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile.files import write


def page(lang: str, title: str, text: str, fill: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><title>{title}</title>{fill}</head><body><article><h1>{title}</h1>'
        f"<p>{text}</p></article></body></html>"
    )


def make(folder: Path) -> None:
    write(
        folder,
        "input/uk.html",
        page(
            "uk",
            "Порт",
            "Начальниця порту Інеса Єрмак повідомила, що порт Норбі залишиться зачиненим до п'ятниці. "
            "Мер міста Ґалаґан назвав це рішення правильним, бо шторм триває третю добу.",
        ).encode("koi8-u"),
    )
    write(
        folder,
        "input/ja.html",
        page(
            "ja",
            "港は閉鎖",
            "ノルビ港の港長、石田光は、嵐のため港を金曜日まで閉鎖すると発表した。市長の高田は、この決定は正しいと述べた。",
        ).encode("euc-jp"),
    )
    write(
        folder,
        "input/ko.html",
        page(
            "ko",
            "항구 폐쇄",
            "노르비 항만장 김하늘은 폭풍 때문에 항구를 금요일까지 폐쇄한다고 발표했다. 시장은 옳은 결정이라고 말했다.",
        ).encode("euc-kr"),
    )
    write(
        folder,
        "input/pl.html",
        page(
            "pl",
            "Port zamknięty",
            "Kapitan portu Święcisława Żądło ogłosiła, że port w Łącku pozostanie zamknięty do piątku. "
            "Źródłem kłopotów jest sztorm, powiedziała dziennikarzom.",
        ).encode("iso-8859-2"),
    )
    late = "<script>/*" + "x" * 70000 + "*/</script>"
    write(
        folder,
        "input/is-utf8.html",
        page(
            "is",
            "Hofn lokud",
            "Hafnarstjórinn Þórdís Æsa Öxndal sagði að höfnin í Norðbý yrði lokuð fram á föstudag vegna óveðursins.",
            late,
        ),
    )
