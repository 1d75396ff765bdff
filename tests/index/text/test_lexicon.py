"""Every row of every language's file: it is read, its example matches, its counter-example does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest

from index.text import credits, places
from index.text.fold import Folded, fold
from index.text.lexicon import Lexicon, Named, Pattern, PatternList, Table, every_row, folded_pattern, languages, listed_rows

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
                        whole = rf"(?<!\w)(?:{pattern})(?!\w)" if single.whole else pattern
                        yield lang, name, whole, row.get("example", ""), row.get("counter", "")


@pytest.mark.parametrize("lang", languages())
def test_every_table_of_a_language_can_be_read(lang: str) -> None:
    lexicon = Lexicon(lang)
    for name in TABLES:
        getattr(lexicon, name)


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
    "text", ["Was äußerte Olsen?", "Straße … ﬁn", "e\u0301te\u0301", "İstanbul’da", "한국 말", "हिन्दी", ""]
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
