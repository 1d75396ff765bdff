"""Every row of every language's file: it is read, its example matches, its counter-example does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import pytest

from index.text import credits, numbers, places, relative_dates
from index.text.fold import Folded, fold
from index.text.lexicon import Lexicon, every_row, languages
from index.text.lexicon_tables import Named, Pattern, PatternList, Table, folded_pattern, listed_rows, pattern_rows
from tests.support import reads_without_an_error

TABLES = {name: table for name, table in vars(Lexicon).items() if isinstance(table, Table)}


def _pattern_rows() -> Iterator[tuple[str, str, str, str, str]]:
    for lang in languages():
        lexicon = Lexicon(lang)
        for name, table in TABLES.items():
            if isinstance(table, (Pattern, PatternList)):
                single = table if isinstance(table, Pattern) else table.single
                value = lexicon.rows(name)
                named = table.made_of(value) if isinstance(table, Named) else {"": value}
                for row in (row for rows in named.values() for row in listed_rows(rows)):
                    if isinstance(row, Mapping):
                        pattern = single.row(lexicon, row)
                        whole = rf"(?<!\w)(?:{pattern})(?!\w)" if single.whole and not lexicon.unspaced else pattern
                        yield lang, name, whole, row.get("example", ""), row.get("counter", "")


@pytest.mark.parametrize("lang", languages())
def test_every_table_of_a_language_can_be_read(lang: str) -> None:
    lexicon = Lexicon(lang)
    for name in TABLES:
        reads_without_an_error(getattr, lexicon, name)


@pytest.mark.parametrize("lang", languages())
def test_a_file_holds_only_tables_that_are_known(lang: str) -> None:
    from index.text.lexicon import _file

    assert set(_file(lang)) <= set(TABLES)


def test_examples_match_and_counter_examples_do_not() -> None:
    wrong = []
    for lang, name, pattern, example, counter in _pattern_rows():
        cased = getattr(TABLES[name], "cased", False) or getattr(getattr(TABLES[name], "single", None), "cased", False)
        compiled = re.compile(pattern)
        if example and not compiled.search(example if cased else Folded(example).text):
            wrong.append((lang, name, pattern, example))
        if counter and compiled.search(counter if cased else Folded(counter).text):
            wrong.append((lang, name, pattern, counter))
    assert not wrong


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("schließ", "schließen"), (r"äuß\w+", "äußerte"), ("d’après", "D'après"), (r"\bŁódź\b", "łódź"), ("ﬁnal", "final")],
)
def test_a_folded_pattern_matches_what_it_stands_for(pattern: str, text: str) -> None:
    assert re.search(folded_pattern(pattern), Folded(text).text)


@pytest.mark.parametrize(
    "text",
    ["Was äußerte Olsen?", "Straße … ﬁn", "Straße So\u00adnne da", "e\u0301te\u0301", "İstanbul’da", "한국 말", "हिन्दी", ""],
)
def test_offsets_lead_back_into_the_text(text: str) -> None:
    folded = Folded(text)
    for match in re.finditer(r"\w+", folded.text):
        start, end = folded.span(match)
        assert 0 <= start <= end <= len(text)
        assert fold(text[start:end]).strip() == match[0].strip()


def test_places_of_a_language_are_its_own() -> None:
    assert places.codes("minister rosyjski w Warszawie", "pl") == {"RU", "PL", "PL/warsaw"}
    assert places.codes("the Danish Daniel", "en") == {"DK"}


def test_the_files_of_all_languages_can_be_read() -> None:
    for agency in credits._agencies()["agencies"]:
        assert credits._compiled(agency)
    for name in ("credit_closing", "picture_words", "byline"):
        assert re.compile(every_row(name)).pattern
    assert credits.agencies_in("Europa Press and EFE") == ["EFE", "Europa Press"]
    assert credits.agency("Sejm przyjął ustawę.\n\nŹródło: PAP") == "PAP"


LITERAL = re.compile(r"[\w'’ -]+")


@pytest.mark.parametrize("lang", languages())
def test_a_literal_row_matches_what_it_stands_for(lang: str) -> None:
    """Whatever its accents, capitals and ligatures: "schließen", "d’après"."""
    lexicon = Lexicon(lang)
    wrong = []
    for name, table in TABLES.items():
        if isinstance(table, Pattern) and not table.cased:
            words = [word for row in pattern_rows(lexicon.rows(name)) for word in row.split("|") if "(" not in row]
            pattern = getattr(lexicon, name)
            wrong += [(name, word) for word in words if LITERAL.fullmatch(word) and not pattern.search(Folded(word).text)]
    assert not wrong


@pytest.mark.parametrize("lang", languages())
def test_tables_of_dates_name_what_the_code_knows(lang: str) -> None:
    lexicon = Lexicon(lang)
    names = {
        name: set(Named.made_of(lexicon.rows(name))) for name in ("relative_dates", "time_units", "month_parts", "year_parts")
    }
    for name in names["relative_dates"]:
        assert relative_dates._relative(name, datetime(2024, 2, 29, tzinfo=UTC)).start
    assert names["time_units"] <= {"hour", "day", "week", "fortnight", "month", "year"}
    assert names["month_parts"] <= {"early", "mid", "late", "first", "second"}
    assert names["year_parts"] <= {"q1", "q2", "q3", "q4", "h1", "h2"}
    for table, first, last in (("months", 1, 12), ("months_short", 1, 12), ("weekdays", 0, 6)):
        assert not lexicon.rows(table) or set(getattr(lexicon, table).values()) == set(range(first, last + 1))


@pytest.mark.parametrize("lang", languages())
def test_numbers_in_words_are_read_by_themselves(lang: str) -> None:
    """Every numeral that is no article and no count of dozens."""
    wrong = []
    for word, value in Lexicon(lang).numerals.items():
        read = numbers.numbers_in(f"x {word} x", lang)
        if value != 1 and word.isalpha() and read != {value}:
            wrong.append((word, value, read))
    assert not wrong
