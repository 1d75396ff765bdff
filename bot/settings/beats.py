"""The `[beats.NAME]` tables of dragoman.toml, read into Beats. Pure; `bot.settings.settings` reads the file.

[beats.strait]
topics = ["Amber Strait", "grain ships"]
people = ["Elena Robledo"]
schedule = "0 7 * * 1-5"
timezone = "Europe/Berlin"
targets = ["folder:briefings", "mail:desk@example.org", "slack:C0123NEWS"]
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

from bot.phrases import languages
from bot.records import Beat
from bot.settings import cron
from bot.settings.values import string
from index.errors import SettingsError

KINDS = {"folder": "PATH", "feed": "PATH", "mail": "ADDRESS", "slack": "CHANNEL"}  # of targets, and what follows the colon
KEYS = tuple(field.name for field in fields(Beat) if field.name != "name")
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}


def read(tables: object, file: Path) -> dict[str, Beat]:
    """The beats of a file by name, in its order. SettingsError names the key and what to write there."""
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise SettingsError(f"{file}: beats: expected tables, as in [beats.strait]")
    beats = {str(name): _beat(str(name), table, file) for name, table in tables.items()}
    feeds = [target for beat in beats.values() for target in beat.targets if target.startswith("feed:")]
    if shared := [target for target in feeds if feeds.count(target) > 1]:
        raise SettingsError(f"{file}: two beats cannot write one feed; choose another path than '{shared[0]}' for one of them")
    return beats


def _beat(name: str, table: Mapping[str, object], file: Path) -> Beat:
    where = f"{file}: beats.{name}"
    if not re.fullmatch(r"[\w-]{1,40}", name):  # it becomes part of file names, addresses and commands
        raise SettingsError(f"{where}: a beat's name has letters, digits, - and _ only, 40 of them at most")
    if unknown := [key for key in table if key not in KEYS]:
        raise SettingsError(f"{where}: setting '{unknown[0]}' does not exist; known: {', '.join(KEYS)}")
    bare = Beat(name=name)

    def words(key: str) -> tuple[str, ...]:
        return _words(table.get(key, []), f"{where}.{key}")

    def text(key: str, default: str) -> str:
        return string(table[key], f"{where}.{key}") if key in table else default

    def duration(key: str, default: int) -> int:
        return _duration(table[key], f"{where}.{key}") if key in table else default

    beat = Beat(
        name=name,
        topics=words("topics"),
        people=words("people"),
        places=words("places"),
        outlets=words("outlets"),
        languages=tuple(word.lower() for word in words("languages")),
        exclude=words("exclude"),
        sections=tuple(word.lower() for word in words("sections")),
        minimum_outlets=_count(table.get("minimum_outlets", bare.minimum_outlets), f"{where}.minimum_outlets"),
        window=duration("window", bare.window),
        schedule=text("schedule", bare.schedule),
        timezone=text("timezone", bare.timezone),
        grace=duration("grace", bare.grace),
        length=_count(table.get("length", bare.length), f"{where}.length"),
        language=_language(text("language", bare.language).lower(), f"{where}.language"),
        targets=tuple(_target(target, f"{where}.targets", file) for target in words("targets")),
    )
    try:
        if beat.schedule and cron.following(beat.schedule, beat.timezone, 0) is None:
            raise ValueError(f"'{beat.schedule}' never comes")
        cron.named(0, beat.timezone)
    except ValueError as error:
        raise SettingsError(f"{where}: {error}") from None
    return beat


def _words(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
        raise SettingsError(f'{where}: expected a list of words, as in ["Amber Strait", "grain"]')
    return tuple(dict.fromkeys(word.strip() for word in value))


def _language(text: str, where: str) -> str:
    if text not in languages():
        raise SettingsError(f"{where}: our own words are written in {', '.join(languages())}, not in '{text}'")
    return text


def _count(value: object, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 50:
        raise SettingsError(f"{where}: expected a number of events from 1 to 50, found {value!r}")
    return value


def _duration(value: object, where: str) -> int:
    """Seconds of 3600, "90m", "6h", "7d" or "2w"."""
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    match = re.fullmatch(r"(\d{1,9})\s*([smhdw]?)", text)
    seconds = int(match[1]) * SECONDS.get(match[2], 1) if match else 0
    if not 0 < seconds <= 366 * 86_400:
        raise SettingsError(f'{where}: expected a time such as "90m", "6h", "7d", at most a year; found {value!r}')
    return seconds


def _target(text: str, where: str, file: Path) -> str:
    """A target as it is written, its path made absolute: a relative one counts from the file that names it."""
    kind, colon, rest = text.partition(":")
    kind, rest = kind.strip().lower(), rest.strip()
    if not colon or kind not in KINDS or not rest:
        forms = ", ".join(f'"{known}:{what}"' for known, what in KINDS.items())
        raise SettingsError(f"{where}: '{text}' is no target; write {forms}")
    if kind == "mail" and not re.fullmatch(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+", rest):
        raise SettingsError(f"{where}: '{rest}' is no mail address; write one as name@example.org")
    if kind == "slack" and not re.fullmatch(r"[CDG][A-Z0-9]{2,}", rest):
        raise SettingsError(f"{where}: '{rest}' is no channel id; copy it from the channel's details in Slack, as C0123NEWS")
    if kind in ("folder", "feed"):
        rest = str(file.parent.absolute() / Path(rest).expanduser())
    return f"{kind}:{rest}"
