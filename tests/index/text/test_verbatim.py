"""index/text/verbatim.py: words are found where they stand exactly, whatever kind their marks, dashes and spaces are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.verbatim import Verbatim, alike, locate

WORDS = st.lists(
    st.sampled_from(["harbour", "reopened", "“We", "never”", "said,", "on", "6", "May.", "oﬃce", "e\u0301te\u0301", "«yes»", "”", "–", "a\u00adb"]),
    min_size=1,
    max_size=12,
)  # fmt: skip


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ("“the office” - now", 'In the end "the oﬃce" – now', '"the oﬃce" – now'),
        ("two   spaces", "no, two\n\u00a0spaces here", "two\n\u00a0spaces"),
        ("it's", "Well, it’s so", "it’s"),
        ("été", "un e\u0301te\u0301 chaud", "e\u0301te\u0301"),
        ("art", "the party of art", "art"),
        ("学校", "他在学校里", "学校"),
        ("لن نتراجـــع أبدًا", "قال: لن نتراجع أبدا.", "لن نتراجع أبدا"),
        ("כתב", "הוא כָּתַב מכתב", "כָּתַב"),
        ("قلت", "قال قلب", None),
        ("The", "then the end", None),
        ("part", "the party", None),
        ("1,200", "1.200", None),
        ("resume", "résumé", None),
        ("", "anything", None),
        ("“”", "«»", "«»"),
    ],
)
def test_what_is_the_same_and_what_is_not(words: str, text: str, expected: str | None) -> None:
    span = locate(words, text)
    assert (text[slice(*span)] if span else None) == expected


def test_parts_are_found_in_their_order() -> None:
    text = "first the one, then the other, then the one again"
    assert [text[slice(*s)] for s in Verbatim(text).find_parts("the other … the one")] == ["the other", "the one"]
    assert Verbatim(text).find_parts("again … first") == []


@given(st.lists(WORDS, min_size=1, max_size=4), st.data())
def test_any_words_of_a_text_are_found_in_it(lines: list[list[str]], data: st.DataObject) -> None:
    words = [word for line in lines for word in line]
    text = "\n".join(" ".join(line) for line in lines)
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    piece = " ".join(words[first : last + 1])
    span = locate(piece, text)
    assert span is not None and alike(text[slice(*span)]) == alike(piece)


@given(st.text(max_size=60), st.text(max_size=200))
def test_it_never_points_at_other_words(words: str, text: str) -> None:
    if span := locate(words, text):
        assert alike(text[slice(*span)]) == alike(words)
