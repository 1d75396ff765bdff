"""index/text/version_diff.py: what a new version of an article took out and added, at exact offsets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.records import Article
from index.text.version_diff import changes


def article(text: str) -> Article:
    return Article(id="a", text=text, lang="en")


def test_a_correction_shows_both_sentences() -> None:
    old = article("Fourteen sailors were on board. The ship is in port.")
    new = article("Seventeen sailors were on board. The ship is in port.\n\nAn earlier version gave a wrong number.")
    first, second = changes(old, new)
    assert (first.old, first.new) == ("Fourteen sailors were on board.", "Seventeen sailors were on board.")
    assert (second.old, second.new) == ("", "An earlier version gave a wrong number.")


def test_white_space_is_no_change() -> None:
    assert changes(article("One is here.  Two\nis there."), article("One is here. Two is there.")) == []


SENTENCE = st.sampled_from(["Ana left.", "Ben stayed.", "The port is open.", "Nobody spoke."])


@given(st.lists(SENTENCE, max_size=6), st.lists(SENTENCE, max_size=6))
def test_the_changes_lead_from_the_old_text_to_the_new(before: list[str], after: list[str]) -> None:
    old, new = article(" ".join(before)), article(" ".join(after))
    text, shift = old.text, 0
    for change in changes(old, new):
        assert old.text[change.old_start : change.old_end] == change.old
        assert new.text[change.new_start : change.new_end] == change.new
        start, end = change.old_start + shift, change.old_end + shift
        text = f"{text[:start]} {change.new} {text[end:]}"
        shift = len(text) - len(old.text)
    assert text.split() == new.text.split()
