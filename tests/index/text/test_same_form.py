"""Words in another form of their letters, or with characters inside that are not seen: compared as a reader compares them."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.ingest.sources import read
from index.records import Article
from index.text.fold import fold, same_form
from index.text.quotation_marks import quotes
from index.text.terms import keys, question_keys
from index.text.verbatim import locate
from tests.support.hostile import made


def texts(name: str, folder: Path) -> list[str]:
    found = [item for item in read([str(made(name, folder))]) if isinstance(item, Article)]
    return [article.text for article in found]


def quoted(path: Path) -> list[str]:
    text = path.read_text("utf-8")
    return [text[quote.start : quote.end].strip('"“”«»「」„ .') for quote in quotes(text)]


@pytest.mark.parametrize("name", ["d01", "d02", "d03", "d04", "d05"])
def test_quotations_are_found_whatever_form_their_letters_have(name: str, tmp_path: Path) -> None:
    articles = texts(name, tmp_path)
    right = quoted(tmp_path / "draft-right.txt")
    assert len(right) >= 3
    assert [quote for quote in right if not any(locate(quote, text) for text in articles)] == []


@pytest.mark.parametrize("name", ["d01", "d02", "d03", "d04"])
def test_other_words_are_not(name: str, tmp_path: Path) -> None:
    articles = texts(name, tmp_path)
    wrong = quoted(tmp_path / "draft-wrong.txt")
    assert len(wrong) >= 2
    assert [quote for quote in wrong if any(locate(quote, text) for text in articles)] == []


def test_a_minus_belongs_to_its_number() -> None:
    assert locate("12 degrees", "It was −12 degrees.") is None
    assert locate("-12 degrees", "It was −12 degrees.") == (7, 18)
    assert locate("12 degrees", "It was 10–12 degrees.") == (10, 20)


def test_a_text_may_begin_with_what_is_not_seen() -> None:
    assert locate("the port", "\u2067\u200bthe port is shut") == (2, 10)


@pytest.mark.parametrize(
    ("lang", "question", "text"),
    [
        ("ar", "الميناء الجمعة", "ﺍﻟﻤﻴﻨﺎﺀ ﻣﻐﻠﻖ ﺣﺘﻰ ﻳﻮﻡ ﺍﻟﺠﻤﻌﺔ"),
        ("en", "Nellie Voss", "N\u200be\u200bl\u200bl\u200bi\u200be V\u200bo\u200bs\u200bs spoke."),
        ("en", "Vossberg", "The Voss\u00adberg pier"),
        ("fa", "مهتاب نیک پور", "مهتاب نیک\u200cپور گفت"),
        ("ko", "김하늘", "\u1100\u1175\u11b7\u1112\u1161\u1102\u1173\u11af"),
        ("ja", "トイレ", "ﾄｲﾚの改修"),
        ("nl", "officieel Dijk", "oﬃcieel Dĳk"),
        ("zh", "2025", "２０２５年"),
    ],
)
def test_they_are_found_by_a_question(lang: str, question: str, text: str) -> None:
    assert set(question_keys(question, [lang])) <= set(keys(text, lang)) | {f"{lang}·{question}"}


def test_a_power_is_no_number() -> None:
    assert same_form("2⁵ H₂O ½ ①") == "2⁵ H₂O ½ ①"
    assert fold("Mun\u2060tea\ufeffnu") == "munteanu"
