"""The feeds file: OPML, as feed readers export it, or feeds.toml -> the feeds to be watched."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from index.errors import SettingsError
from index.ingest.http.urls import show

EVERY = 30 * 60  # seconds between visits of a feed, where the file says nothing
LEAST = 60  # seconds: no feed is visited more often


@dataclass(frozen=True, slots=True)
class Feed:
    """One line of the feeds file."""

    url: str
    every: int = EVERY  # seconds
    outlet: str = ""  # overrides what feed and page call themselves
    lang: str = ""  # overrides what was recognised


def read_feeds(path: Path, on_problem: Callable[[str], object] = lambda problem: None) -> list[Feed]:
    """The feeds of an OPML or TOML file. SettingsError says what is wrong and where.

    An entry of an OPML file that is no feed's address is told to `on_problem` in one line, and the others are read.

    >>> example = '[[feed]]\\nurl = "https://news.example/feed.xml"\\nevery = "15m"\\noutlet = "Norby Herald"\\nlang = "en"'
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path}: the feeds file cannot be read: {error.strerror}") from None
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    feeds, problems = _opml(data, path) if start.startswith(b"<") else (_toml(data, path), [])
    if not feeds and problems:
        raise SettingsError(problems[0])
    for problem in problems:
        on_problem(f"{problem}; the other feeds are read")
    if not feeds:
        raise SettingsError(f"{path}: names no feed; a feeds.toml looks like {_EXAMPLE}")
    return feeds


_EXAMPLE = '[[feed]] url = "https://news.example/feed.xml" every = "15m" (one entry a line)'


def _toml(data: bytes, path: Path) -> list[Feed]:
    import tomllib

    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: is neither OPML nor valid TOML: {error}") from None
    unknown = table.keys() - {"feed"}
    rows = table.get("feed", [])
    if unknown or not isinstance(rows, list):
        raise SettingsError(f"{path}: expected only [[feed]] tables, found {', '.join(sorted(unknown)) or 'feed'}")
    return [_feed(row, f"{path}: feed {number}") for number, row in enumerate(rows, 1)]


def _feed(row: object, where: str) -> Feed:
    fields = ("url", "every", "outlet", "lang")
    if not isinstance(row, dict) or not all(isinstance(value, str) for value in row.values()):
        raise SettingsError(f"{where}: every value must be text in quotation marks")
    if wrong := sorted(row.keys() - set(fields)):
        raise SettingsError(f"{where}: '{wrong[0]}' is not known; known are {', '.join(fields)}")
    url = row.get("url", "")
    if not _is_web(url):
        raise SettingsError(f"{where}: url must be an http or https address, not '{show(url)}'")
    return Feed(url, _seconds(row.get("every", ""), where), row.get("outlet", "").strip(), row.get("lang", "").strip().lower())


def _seconds(text: str, where: str) -> int:
    """ "90s", "15m", "2h", "1d" in seconds."""
    unit = {"s": 1, "m": 60, "h": 3600, "d": 86400}.get(text[-1:], 0)
    number = text[:-1].strip()
    if not text:
        return EVERY
    if not unit or not number.isdecimal() or not LEAST <= int(number[:9]) * unit <= 366 * 86400:
        raise SettingsError(
            f'{where}: every must be a time of a minute or more, like "15m", "2h" or "1d", not "{show(text, 40)}"'
        )
    return int(number) * unit


def _opml(data: bytes, path: Path) -> tuple[list[Feed], list[str]]:
    """Every outline with an xmlUrl, at any depth: what feed readers export. And those that name no feed's address."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        raise SettingsError(f"{path}: is not readable as OPML")
    feeds, problems = [], []
    for outline in root.iter("{*}outline"):
        written = next((str(value).strip() for key, value in outline.attrib.items() if key.lower() == "xmlurl"), "")
        url = _FEED_SCHEME.sub(lambda match: "" if match[1] else "https://", written)
        if _is_web(url):
            feeds.append(Feed(url, lang=str(outline.get("language") or "").split("-")[0].lower()))
        elif url:
            problems.append(f"{path}: '{show(url)}' is no http or https address")
    return feeds, problems


_FEED_SCHEME = re.compile(r"(?i)^feed:(?:(?=(https?://))|//)")  # feed://host/path and feed:https://host/path


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
