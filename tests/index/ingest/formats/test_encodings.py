"""Bytes that say nothing, or something else, about their encoding: the right letters, or one line; never wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.ingest.damaged import without_damage
from index.ingest.formats import code_pages
from index.ingest.formats.encoding import codec, decode
from index.records import Article
from tests.support.hostile import articles

CASES = {
    "c01": (("Şirin Ağırtaş", "Rūta Šalčiūnė", "Ηλίας Φαλκίδης", "Žofie Říhová"), ("he-1255.csv",)),
    "c02": (("Þórdís Æsa Öxndal", "石田光", "김하늘", "Święcisława Żądło"), ("uk.html",)),
    "c03": (
        ("רות אלון", "林晓芳", "สมหญิง ใจกล้า", "森川恵", "Яна Щерева", "สภาเมืองลีริโอ", "大塚", "Љиљана Ђокић", "Begoña Núñez"),
        (),
    ),
    "c04": (
        (
            "陶喆镕",
            "堃记码头",
            "똠방각하",
            "펲시",
            "髙橋﨑子",
            "①",
            "佢哋嘅渡輪停咗",
            "Lebœuf l’a dit",
            "5 €",
            "Işıl Ağırdağ “Köprü",
        ),
        (),
    ),
    "c05": (
        ("Nguyễn Thị Ánh Tuyết", "Ѓурѓица Ќосева", "Ουρανία Ψαρρά", "Řehoř Žďárský", "Őszi Tünde"),
        ("zh-utf16le-nobom.txt",),
    ),
}


@pytest.mark.parametrize(("name", "expected"), CASES.items(), ids=CASES)
def test_the_right_letters_or_one_line(name: str, expected: tuple[tuple[str, ...], tuple[str, ...]], tmp_path: Path) -> None:
    found, lines = articles(name, tmp_path)
    words, untold = expected
    text = "\n".join(f"{article.title}\n{article.text}" for one in found.values() for article in one)
    assert [word for word in words if word not in text] == []
    assert "\ufffd" not in text
    assert not any("\x80" <= char <= "\x9f" for char in text)
    assert sorted(line.partition(":")[0] for line in lines) == sorted(untold)
    assert all("encoding" in line for line in lines)


SENTENCES = {
    "ru": ("Капитан порта сказала, что порт закрыт до пятницы и что паром не пойдёт.", ("cp1251", "koi8-r", "cp866")),
    "pl": (
        "Rada miasta zagłosowała w poniedziałek za nową linią tramwajową, choć część była przeciw.",
        ("cp1250", "iso8859-2"),
    ),
    "es": ("La alcaldesa anunció que el túnel abrirá en otoño, según señaló ayer.", ("cp1252", "cp850")),
    "tr": ("Başkan, köprünün cuma gününe kadar kapalı kalacağını ve bunun için özür dilediğini söyledi.", ("cp1254",)),
}


@pytest.mark.parametrize(("text", "page"), [(text, page) for text, pages in SENTENCES.values() for page in pages])
def test_a_code_page_is_told_by_the_language_that_it_makes(text: str, page: str) -> None:
    assert code_pages.decoded(text.encode(page)) == text


SHORT = [
    ("Le marché a fermé, et la mairie dit pourquoi.", "cp1252"),  # "fermÈ" in another
    ("Il est né à Lirio, et il y est resté.", "cp1252"),
    ("Il est né à Lirio, et il y est resté.", "cp850"),
    ("Rada przyjęła budżet, choć część radnych była przeciw.", "iso8859-2"),  # "czę¶ć" in another
    (
        "Tytuł: Most zamknięty\nData: 3 maja\n\nMost jest zamknięty, powiedziała Łucja Ćwik. Prom kursuje w święta.\n",
        "iso8859-2",
    ),
]


@pytest.mark.parametrize(("text", "page"), SHORT)
def test_one_sentence_is_enough_where_another_page_makes_no_words(text: str, page: str) -> None:
    assert code_pages.decoded(text.encode(page)) == text


@pytest.mark.parametrize("data", ["Café".encode("cp1252"), bytes(range(128, 256)), "Ý þ ð".encode("cp1252")])
def test_too_few_letters_tell_nothing(data: bytes) -> None:
    with pytest.raises(UnicodeError, match="save it as UTF-8"):
        decode(data)


def test_labels_are_those_of_the_web() -> None:
    assert [codec(label) for label in ("iso-8859-1", "gb2312", "cp-850", "x-sjis", "hex", "none")] == [
        "cp1252", "gb18030", "cp850", "cp932", "", "",
    ]  # fmt: skip


def test_utf_16_and_utf_32_are_known() -> None:
    assert [decode("Der Rat.".encode(name)) for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32")] == ["Der Rat."] * 4


def test_one_broken_byte_costs_its_sentence_only() -> None:
    data = "Der Rat tagte in Köln. Die Bürgermeisterin sprach über Brücken und Züge. Das dauerte länger als üblich.".encode()
    text = decode(("Früher war es schöner. " * 20).encode() + data.replace("Brü".encode(), b"Br\xfc"))
    assert text.count("\ufffd") == 1
    kept, line = without_damage([Article(id="a", text=text, title="Br\ufffdcken", lang="de")])
    assert isinstance(kept, Article)
    assert "Köln. Das dauerte" in kept.text and kept.title == ""
    assert "without 1 sentence with broken letters" in str(line)
    (lost,) = without_damage([Article(id="a", text="Die Br\ufffdcke ist zu.", lang="de")])
    assert "letters cannot be read" in str(lost)
