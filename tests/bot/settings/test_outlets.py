"""[outlets."NAME"] of dragoman.toml: what is written there, and one clear line where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings.settings import load
from index.errors import SettingsError
from index.text.publishers import SHIPPED, Publishers

OUTLETS = """
[outlets."Harrow Post"]
aliases = ["HP", "Harrow Post Online"]
hosts = ["www.Harrow-Post.example"]
owner = "Harrow Group"
tier = "trusted"

[outlets.Reuters]
hosts = ["reuters-mirror.example"]

[outlets."Spin Daily"]
tier = "doubtful"
"""


def read(tmp_path: Path, text: str) -> Publishers:
    file = tmp_path / "dragoman.toml"
    file.write_text(text, encoding="utf-8")
    return load(file, environ={}).outlets


def test_tables_add_to_what_is_known_of_outlets(tmp_path: Path) -> None:
    outlets = read(tmp_path, OUTLETS)
    assert outlets.shown("hp") == outlets.shown("", "https://harrow-post.example/1") == "Harrow Post"
    assert outlets.labels("HP") & outlets.labels("Post of Dale", "") == frozenset()
    assert "owner harrow group" in outlets.labels("HP")
    assert outlets.claim("Harrow Post", "https://liar.example/1") == ("Harrow Post", "liar.example")
    assert (
        outlets.claim("Reuters", "https://reuters-mirror.example/1") is outlets.claim("Reuters", "https://reuters.com/") is None
    )
    assert outlets.shown("路透社") == "Reuters"  # its names stay
    assert (outlets.tier("HP"), outlets.tier("Spin Daily"), outlets.tier("Dale News")) == ("trusted", "doubtful", "")
    assert read(tmp_path, "") == SHIPPED


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('outlets = ["Harrow Post"]', 'outlets: expected a table an outlet, as in [outlets."Harrow Post"]'),
        ('[outlets]\nReuters = "agency"', 'outlets: expected a table an outlet, as in [outlets."Harrow Post"]'),
        ('[outlets.A]\nhost = "a.example"', "outlets.\"A\": setting 'host' does not exist; known: aliases, hosts, owner, tier"),
        ('[outlets.A]\nhosts = "a.example"', 'outlets."A".hosts: expected a list of names, as in ["a", "b"]'),
        ('[outlets.A]\nhosts = ["https://a.example/"]', "'https://a.example/' is not the name of a host; write it as"),
        ('[outlets.A]\nhosts = ["news.google.com"]', "news.google.com only carries what others publish"),
        ('[outlets.A]\ntier = "1"', "outlets.\"A\".tier: expected trusted or doubtful, found '1'"),
        ('[outlets.A]\nowner = 3', 'outlets."A".owner: expected text in quotation marks, found 3'),
        ('[outlets.A]\naliases = ["X"]\n[outlets.B]\naliases = ["x"]', "outlets: 'x' is of both 'A' and 'B'; drop one"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_one_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SettingsError) as error:
        read(tmp_path, text)
    assert message in str(error.value) and "\n" not in str(error.value)
