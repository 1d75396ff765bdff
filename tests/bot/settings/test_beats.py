"""[beats.NAME] and [mail] of dragoman.toml: what is written there, and one clear line where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.records import Beat
from bot.settings.mail import MailSettings, load_mail
from bot.settings.settings import load, load_beats
from index.errors import SettingsError

BEATS = """
library = "shelf"
feeds = "feeds.toml"

[beats.strait]
topics = ["Amber Strait", "estrecho de Ámbar"]
people = ["Elena Robledo"]
places = ["Karsund"]
outlets = ["Karsund Courier"]
languages = ["EN", "es"]
window = "2d"
schedule = "0 7 * * 1-5"
timezone = "Europe/Berlin"
grace = "90m"
length = 5
language = "de"
targets = ["folder:out/strait", "feed:/srv/strait.atom", "mail:desk@example.org", "slack:C0123NEWS"]

[beats.all]
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "dragoman.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_table_becomes_a_beat(tmp_path: Path) -> None:
    file = written(tmp_path, BEATS)
    assert load_beats(file) == {
        "strait": Beat(
            name="strait", topics=("Amber Strait", "estrecho de Ámbar"), people=("Elena Robledo",), places=("Karsund",),
            outlets=("Karsund Courier",), languages=("en", "es"), window=2 * 86_400, schedule="0 7 * * 1-5",
            timezone="Europe/Berlin", grace=90 * 60, length=5, language="de",
            targets=(f"folder:{tmp_path / 'out/strait'}", "feed:/srv/strait.atom", "mail:desk@example.org", "slack:C0123NEWS"),
        ),
        "all": Beat(name="all"),
    }  # fmt: skip
    assert load(file, environ={}).feeds == tmp_path / "feeds.toml"
    assert load_beats(written(tmp_path, "")) == {}


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('topic = ["x"]', "beats.strait: setting 'topic' does not exist; known: topics, people"),
        ('topics = "x"', r"beats.strait.topics: expected a list of words, as in \[\"Amber Strait\""),
        ("topics = [1]", "beats.strait.topics: expected a list of words"),
        ('window = "soon"', "beats.strait.window: expected a time such as"),
        ("window = 0", "beats.strait.window: expected a time such as"),
        ('language = "xx"', "our own words are written in en, de, es"),
        ("length = 0", "beats.strait.length: expected a number of events from 1 to 50"),
        ('schedule = "daily"', "beats.strait: 'daily' is no cron expression; five fields are needed"),
        ('schedule = "0 7 * * 8"', r"beats.strait: '0 7 \* \* 8' is no cron expression \(bad day-of-week\)"),
        ('timezone = "Berlin"', "beats.strait: 'Berlin' is no time zone; write an IANA name"),
        ('targets = ["ftp:x"]', "beats.strait.targets: 'ftp:x' is no target; write \"folder:PATH\""),
        ('targets = ["mail:desk"]', "'desk' is no mail address"),
        ('targets = ["mail:a@b.example\\nBcc: c@d.example"]', "is no mail address"),
        ('targets = ["slack:#news"]', "'#news' is no channel id"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(tmp_path: Path, line: str, complaint: str) -> None:
    with pytest.raises(SettingsError, match=complaint) as raised:
        load_beats(written(tmp_path, f"[beats.strait]\n{line}\n"))
    assert str(tmp_path / "dragoman.toml") in str(raised.value)


def test_a_feed_belongs_to_one_beat(tmp_path: Path) -> None:
    table = 'targets = ["feed:news.atom", "folder:out"]\n'
    with pytest.raises(SettingsError, match="two beats cannot write one feed"):
        load_beats(written(tmp_path, f"[beats.a]\n{table}[beats.b]\n{table}"))


def test_a_name_becomes_part_of_paths(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="name has letters"):
        load_beats(written(tmp_path, '[beats."../etc"]\n'))
    with pytest.raises(SettingsError, match="expected tables"):
        load_beats(written(tmp_path, 'beats = "strait"\n'))


MAIL = '[mail]\nhost = "smtp.example.org"\nsender = "Dragoman <briefings@example.org>"\n'


def test_mail(tmp_path: Path) -> None:
    found = load_mail(written(tmp_path, MAIL), environ={"DRAGOMAN_MAIL_PASSWORD": "s3cret"})
    assert (found.port, found.security, found.password) == (587, "starttls", "s3cret")
    assert "s3cret" not in repr(found)
    assert load_mail(written(tmp_path, MAIL + "port = 465\n"), environ={}).security == "ssl"
    assert load_mail(written(tmp_path, MAIL + 'security = "ssl"\n'), environ={}).port == 465
    assert load_mail(written(tmp_path, ""), environ={}) == MailSettings()


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('password = "x"', "mail: setting 'password' does not belong there; set DRAGOMAN_MAIL_PASSWORD"),
        ('server = "x"', "mail: setting 'server' does not belong there; known: host, port"),
        ('port = "25"', "mail.port: expected a number"),
        ('security = "tls"', "mail.security: expected starttls, ssl or none"),
        ('security = "none"', "a password is not sent in the clear"),
        ("timeout = 0", "mail.timeout: expected a number of seconds"),
    ],
)
def test_what_is_wrong_with_mail_is_said(tmp_path: Path, line: str, complaint: str) -> None:
    with pytest.raises(SettingsError, match=complaint):
        load_mail(written(tmp_path, MAIL + line), environ={"DRAGOMAN_MAIL_PASSWORD": "x"})
    with pytest.raises(SettingsError, match="sender: expected an address"):
        load_mail(written(tmp_path, '[mail]\nhost = "smtp.example.org"\nsender = "Dragoman"\n'), environ={})
