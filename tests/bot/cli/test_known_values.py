"""bot/cli/known_values.py: languages by name, and what was meant by what no article has."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.flags import narrow
from bot.cli.known_values import check, code
from index.errors import SettingsError
from index.index import Index
from index.records import Article
from tests.support.embedding import HashEmbeddings


@pytest.mark.parametrize(
    ("said", "meant"),
    [("en", "en"), (" EN ", "en"), ("English", "en"), ("inglés", "en"), ("Deutsch", "de"), ("français", "fr"), ("portugués", "pt"),
     ("Niemiecki", "de"), ("pt-BR", "pt-br"), ("klingonese", "klingonese"), ("xx", "xx")],
)  # fmt: skip
def test_a_language_is_known_by_its_name(said: str, meant: str) -> None:
    assert code(said) == meant


def test_filters_take_names_of_languages() -> None:
    wanted = narrow(["English,es"], [], [], None, None)
    assert wanted is not None and wanted.langs == {"en", "es"}


@pytest.mark.slow
def test_what_was_meant(tmp_path: Path) -> None:
    with Index(tmp_path / "library", embeddings=HashEmbeddings()) as index:
        check(index, ["xx"], ["Nobody"])  # nothing is known of an empty one
        index.add([Article(id="a", text="The harbour reopened.", outlet="Coast Courier", lang="en")])
        check(index, ["English"], ["coast courier"])
        for langs, outlets, says in (
            (["xx"], [], "no article is in 'xx'; there are: en"),
            (["englsh"], [], "did you mean 'en'"),
            ([], ["Coast Courrier"], "did you mean 'Coast Courier'"),
            ([], ["cour"], "did you mean 'Coast Courier'"),
            ([], ["zz"], "there are: Coast Courier"),
        ):
            with pytest.raises(SettingsError, match=says):
                check(index, langs, outlets)
