"""Missing spaces are found beside the text, and searched; the text stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Article, Index
from index.text.missing_spaces import spaced, splits
from tests.support.embedding import HashEmbeddings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dahl came. Later Dahlhas left.", "Dahl came. Later Dahl has left."),
        ("Kim Dong-un spoke. Then Kim Dong-unand she left.", "Kim Dong-un spoke. Then Kim Dong-un and she left."),
        ("Ms Dahlberg won. Dahlberg left. Dahlbergattacked again.", "Ms Dahlberg won. Dahlberg left. Dahlberg attacked again."),
        ("The talks in Iran. The Iranian side and Iranians.", None),
        ("From London. The Londoners of London.", None),
        ("The border is a borderline case.", None),
        ("Meanwhile they mean it.", None),
    ],
)
def test_missing_spaces(text: str, expected: str | None) -> None:
    assert spaced(text, splits(text, "en")) == (expected or text)


@pytest.mark.parametrize("unit", ["A", "Aa", "Ab-", "Ab’c", "Aa Aab "])
def test_one_endless_word_takes_linear_time(unit: str) -> None:
    """Quadratic time would be hours here."""
    assert splits(unit * (1_000_000 // len(unit)), "en") == []


@given(st.text(alphabet="abAB -'’éß.", max_size=120))
def test_nothing_but_spaces_is_put_in(text: str) -> None:
    missing = splits(text, "en")
    matched = spaced(text, missing)
    assert len(matched) == len(text) + len(missing)
    assert [matched[offset + n] for n, offset in enumerate(missing)] == [" "] * len(missing)
    assert matched.replace(" ", "") == text.replace(" ", "")


def test_the_dirt_of_the_sample_articles(shared: Path) -> None:
    (file,) = (shared / "data" / "seeds").glob("000_*.txt")
    text = file.read_text(encoding="utf-8")
    found = spaced(text, splits(text, "en"))
    for words in ("Lavrov has", "Blinken attacked", "Jong-un and"):
        assert words.replace(" ", "") in text
        assert words in found


@pytest.mark.slow
def test_a_name_is_found_where_only_its_space_is_lost(tmp_path: Path) -> None:
    names = "Dahlberg came by train, and the mayor met her."
    glued = "At noon Dahlberghas opened the line to the coast."
    filler = "\n\n".join(f"Stop {n} of the line has a new roof, a bench and a clock that works." for n in range(30))
    with Index(tmp_path / "library", embeddings=HashEmbeddings()) as index:
        index.add([Article(id="a", text=f"{names}\n\n{filler}\n\n{glued}", lang="en")])
        found = index.sharing("Dahlberg", k=9)
        assert len(found) == 2 and found[1].text.endswith(glued)
        assert index.sharing("What has Dahlberg opened?", k=1)[0].text.endswith(glued)
        index.add([Article(id="a", text=names, lang="en")])  # what was written is forgotten by the same keys
        assert index.sharing("opened", k=9) == [] and index.doctor().ok
