"""The [http] table and the tokens: what is read, and what is refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings.http import HttpSettings, load_http
from index.errors import SettingsError
from index.records import Filter

TOKEN, OTHER = "a-secret-of-twenty-four", "another-secret-of-more"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "dragoman.toml"


def written(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


def test_without_a_word_it_serves_on_loopback(file: Path) -> None:
    assert load_http(written(file, ""), environ={}) == HttpSettings()


def test_flags_win_over_the_file(file: Path) -> None:
    text = '[http]\nport = 8000\nhosts = ["News.example.org"]\nworkers = 2\nroot_path = "/news/"\n'
    settings = load_http(written(file, text), environ={}, port=9000, hosts=None, host=None)
    assert (settings.port, settings.hosts, settings.workers, settings.root_path) == (9000, ("news.example.org",), 2, "/news")
    assert settings.host == "127.0.0.1"


def test_tokens_have_names_and_filters(file: Path) -> None:
    text = '[http.allow.press]\noutlets = ["Coast Courier"]\n[http.allow.gone]\nlangs = ["en"]\n'
    environ = {"DRAGOMAN_HTTP_TOKEN": TOKEN, "DRAGOMAN_HTTP_TOKEN_PRESS": OTHER}
    settings = load_http(written(file, text), environ=environ, host="0.0.0.0")
    assert settings.tokens == {"": TOKEN, "press": OTHER}
    assert settings.allow == {"press": Filter(outlets=frozenset({"Coast Courier"}))}
    assert TOKEN not in repr(settings)


@pytest.mark.parametrize(
    ("text", "environ", "flags", "words"),
    [
        ("", {}, {"host": "0.0.0.0"}, "set DRAGOMAN_HTTP_TOKEN"),
        ("", {"DRAGOMAN_HTTP_TOKEN": "short"}, {}, "expected 16 or more"),
        ("", {"DRAGOMAN_HTTP_TOKEN": TOKEN, "DRAGOMAN_HTTP_TOKEN_A": TOKEN}, {}, "two names have one token"),
        ("[http.allow.a]\n", {"DRAGOMAN_HTTP_TOKEN_B": TOKEN}, {}, r"write \[http.allow.b\]"),
        ('[http.allow.a]\noutlet = "X"\n', {}, {}, "'outlet' does not exist"),
        ('[http]\ntoken = "x"\n', {}, {}, "in the environment"),
        ("[http]\nspeed = 1\n", {}, {}, "'speed' does not belong there"),
        ("[http]\nport = 70000\n", {}, {}, "from 0 to 65535"),
        ('[http]\nhosts = "a.example"\n', {}, {}, "expected a list of names"),
        ('[http]\nroot_path = "news"\n', {}, {}, "such as /news"),
        ("[http]\nkeep = 1\n", {}, {}, "true or false"),
        ("http = 1\n", {}, {}, "expected a table"),
    ],
)
def test_what_is_wrong_is_said(file: Path, text: str, environ: dict[str, str], flags: dict[str, object], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        load_http(written(file, text), environ=environ, **flags)
