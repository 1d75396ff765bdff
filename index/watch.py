"""Feeds on a schedule: what is new since the last time, followed to the full article, into the library.

    feeds.toml | feeds.opml -> read_feeds -> [Feed, ...]
    Watch.round: due feeds -> visit (threads: conditional fetch -> entries not seen -> their pages) -> Index.add -> Ledger

The Ledger is `feeds.db` in the library's folder: validators (ETag, Last-Modified) and state a feed, and what was seen of it. An
entry is noted as seen only after its article is in the library, so that a killed run fetches it again and loses nothing.
"""

from __future__ import annotations

import hashlib
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index import extract, incoming
from index.errors import LibraryError, SettingsError, SourceError
from index.fetch import FetchError
from index.records import AddReport, Article
from index.urls import canonical, show
from index.web import Web

if TYPE_CHECKING:
    from index.index import Index

EVERY = 30 * 60  # seconds between visits of a feed, where the file says nothing
LEAST = 60  # seconds: no feed is visited more often
LONGEST = 24 * 3600  # seconds that a failing feed is left alone at most
WORKERS = 8  # feeds visited at a time; requests to one host wait for each other all the same
TRIES = 5  # visits in which a page may fail before it is given up


@dataclass(frozen=True, slots=True)
class Feed:
    """One line of the feeds file."""

    url: str
    every: int = EVERY  # seconds
    outlet: str = ""  # overrides what feed and page call themselves
    lang: str = ""  # overrides what was recognised


@dataclass(frozen=True, slots=True)
class State:
    """What the Ledger knows of a feed. Times are seconds since 1970, 0 for never."""

    url: str
    outlet: str = ""  # its name, as far as known
    tried: int = 0
    succeeded: int = 0  # the last time that it answered, also with "not modified"
    items: int = 0  # articles taken from it
    errors: int = 0  # pages and visits that failed, all told
    failures: int = 0  # visits that failed in a row
    error: str = ""  # why the last visit failed; "" if it did not
    due: int = 0  # when it is visited next
    closed: int = 0  # until when its server asked to be left alone (Retry-After)
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one entry of a feed."""

    mark: str = ""  # hash of the entry; "" if its page has to be tried again
    etag: str = ""  # of its page
    modified: str = ""
    tries: int = 0  # visits in which its page failed


@dataclass(slots=True)
class Visit:
    """What one visit of a feed brought. `error` set: the feed did not answer."""

    feed: Feed
    items: list[Article | SourceError] = field(default_factory=list)
    seen: dict[str, Seen] = field(default_factory=dict)  # changes only
    outlet: str = ""
    etag: str = ""
    modified: str = ""
    unchanged: bool = False  # 304
    asked: int = 0  # seconds: the longest Retry-After that came with it
    error: SourceError | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One feed's line of a round, for the door to show."""

    feed: Feed
    report: AddReport
    unchanged: bool
    error: str
    due: int


# --- the walk ----------------------------------------------------------------------------------------------------------------


class Watch:
    """Feeds and the library that they fill."""

    def __init__(
        self,
        index: Index,
        feeds: Iterable[Feed],
        *,
        allow_hosts: Collection[str] = (),
        wait: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`allow_hosts` may be fetched although they are private. `wait` and `clock` are in seconds.

        Raises LibraryError if feeds.db cannot be used.
        """
        self._wait, self._clock = wait, clock
        self.index = index
        self.feeds = list({feed.url: feed for feed in feeds}.values())
        self.allow_hosts = tuple(allow_hosts)
        self.ledger = Ledger(index.folder)

    def round(self, *, all: bool = True, on_feed: Callable[[Told], None] | None = None) -> int:
        """Visit every feed once (`all`), or those that are due; the others are left alone. Returns how many answered.

        A feed whose server asked for a pause (Retry-After) is left alone until it is over in any case. Raises LibraryError
        and its kind from `Index.add`; what was taken before stays.
        """
        now = int(self._clock())
        states = {feed.url: self.ledger.state(feed.url) for feed in self.feeds}
        answered = 0
        visited: list[tuple[Feed, State, Mapping[str, Seen]]] = []
        for feed in self.feeds:
            state = states[feed.url]
            if not all and state.due > now:
                continue
            if state.closed > now:
                answered += self._tell(Visit(feed, error=_closed(feed.url, state.closed - now)), AddReport(), state, on_feed)
            else:
                visited.append((feed, state, self.ledger.seen(feed.url)))
        for visit in _visits(visited, Web(self.allow_hosts, wait=self._wait)):
            report = self.index.add(visit.items) if visit.items else AddReport()
            state = after(states[visit.feed.url], visit, report, now)
            self.ledger.note(state, visit.seen)
            answered += self._tell(visit, report, state, on_feed)
        return answered

    def _tell(self, visit: Visit, report: AddReport, state: State, on_feed: Callable[[Told], None] | None) -> bool:
        if on_feed:
            on_feed(Told(visit.feed, report, visit.unchanged, visit.error.why if visit.error else "", state.due))
        return visit.error is None

    def forever(self, *, on_feed: Callable[[Told], None] | None = None) -> None:
        """Rounds, each feed on its own schedule, until an exception ends it: KeyboardInterrupt, or a signal handler's."""
        while True:
            if left := self.left():
                self._wait(left)
            self.round(all=False, on_feed=on_feed)

    def left(self) -> float:
        """Seconds until a feed is due, an hour at most: clocks are set, machines sleep."""
        due = min((self.ledger.state(feed.url).due for feed in self.feeds), default=0)
        return min(max(0.0, due - self._clock()), 3600.0)

    def close(self) -> None:
        self.ledger.close()

    def __enter__(self) -> Watch:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _visits(todo: Sequence[tuple[Feed, State, Mapping[str, Seen]]], web: Web) -> Iterator[Visit]:
    """Visits in threads, each yielded when it is done. Daemon threads: a stop does not wait for a slow server."""
    jobs: queue.SimpleQueue[tuple[Feed, State, Mapping[str, Seen]]] = queue.SimpleQueue()
    done: queue.Queue[Visit] = queue.Queue(WORKERS)  # no more of them in memory: fetching waits for embedding
    for job in todo:
        jobs.put(job)

    def work() -> None:
        while True:
            try:
                feed, state, seen = jobs.get_nowait()
            except queue.Empty:
                return
            try:
                done.put(visit(feed, state, seen, web))
            except Exception as error:  # noqa: BLE001  the door of a thread: whatever it was, the round gets its answer
                done.put(Visit(feed, error=SourceError(show(feed.url), f"{type(error).__name__}: {show(str(error))}")))

    for _ in range(min(WORKERS, len(todo))):
        threading.Thread(target=work, name="feed", daemon=True).start()
    for _ in todo:
        yield done.get()


def visit(feed: Feed, state: State, seen: Mapping[str, Seen], web: Web) -> Visit:
    """Fetch a feed if it changed, and the pages of its entries that are new or changed. Writes nothing."""
    where = show(feed.url)
    found = Visit(feed, outlet=state.outlet, etag=state.etag, modified=state.modified)
    try:
        got = web.get(feed.url, etag=state.etag, modified=state.modified, named=True)
        if got.status == 304:
            found.unchanged = True
            return found
        entries = incoming.entries(got, where, web)
    except SourceError as error:
        found.error = error
        found.asked = error.retry_after or 0 if isinstance(error, FetchError) else 0
        return found
    pending, found.asked = False, got.retry_after or 0
    for entry in entries:
        name, mark = _name(entry), _mark(entry)
        old = seen.get(name, Seen())
        if old.mark == mark or name in found.seen:
            continue
        try:
            page = web.get(entry.url, etag=old.etag, modified=old.modified) if entry.url else None
        except SourceError as error:
            again = isinstance(error, FetchError) and error.transient and old.tries + 1 < TRIES
            pending |= again
            found.asked = max(found.asked, error.retry_after or 0 if isinstance(error, FetchError) else 0)
            found.items += _named(incoming.of_entry(entry, where, error), feed)
            found.seen[name] = replace(old, mark="" if again else mark, tries=old.tries + 1)
            continue
        if page is None or page.status != 304:
            found.items += _named(incoming.of_entry(entry, where, page), feed)
        found.seen[name] = Seen(mark, page.etag if page else "", page.modified if page else "")
    found.outlet = feed.outlet or next((entry.outlet for entry in entries if entry.outlet), state.outlet)
    # With a page still to be had, the feed must not answer "not modified" next time.
    found.etag, found.modified = ("", "") if pending else (got.etag, got.modified)
    return found


def _named(items: Iterable[Article | SourceError], feed: Feed) -> Iterator[Article | SourceError]:
    """With what the feeds file says of outlet and language."""
    for item in items:
        if isinstance(item, Article):
            item = replace(item, outlet=feed.outlet or item.outlet, lang=feed.lang or item.lang)
        yield item


def _name(entry: extract.Entry) -> str:
    """What an entry is known by: feeds give many entries one link, or one id."""
    return f"{entry.id} {canonical(entry.url)}".strip() or _mark(entry)


def _mark(entry: extract.Entry) -> str:
    said = "\0".join((entry.url, entry.title, entry.text, str(entry.published or "")))
    return hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _closed(url: str, seconds: int) -> SourceError:
    return SourceError(show(url), f"its server asked to be left alone for another {seconds} s")


def after(state: State, visit: Visit, report: AddReport, now: int) -> State:
    """Pure: the state of a feed after a visit; a failing feed waits twice as long every time, up to a day."""
    state = replace(
        state,
        tried=now,
        outlet=visit.outlet or visit.feed.outlet or state.outlet,
        items=state.items + report.new,
        errors=state.errors + len(report.failed) + bool(visit.error),
        closed=now + visit.asked if visit.asked else 0,
    )
    if visit.error is None:
        due = now + max(visit.feed.every, visit.asked)
        return replace(state, succeeded=now, failures=0, error="", due=due, etag=visit.etag, modified=visit.modified)
    pause = min(LONGEST, visit.feed.every * 2 ** min(state.failures + 1, 20))
    return replace(state, failures=state.failures + 1, error=visit.error.why, due=now + max(pause, visit.asked))


# --- what is remembered ------------------------------------------------------------------------------------------------------

_SCHEMA = """
CREATE TABLE IF NOT EXISTS feeds (
  url TEXT PRIMARY KEY, outlet TEXT, tried INTEGER, succeeded INTEGER, items INTEGER, errors INTEGER, failures INTEGER,
  error TEXT, due INTEGER, closed INTEGER, etag TEXT, modified TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS seen (
  feed TEXT, entry TEXT, mark TEXT, etag TEXT, modified TEXT, tries INTEGER, PRIMARY KEY (feed, entry)
) STRICT, WITHOUT ROWID;
PRAGMA user_version = 1;
"""
_FILE = "feeds.db"


class Ledger:
    """feeds.db. For one thread; several processes may use it."""

    def __init__(self, folder: Path) -> None:
        with _errors(folder):
            self._db = sqlite3.connect(folder / _FILE, timeout=30, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            if version > 1:
                raise LibraryError(f"{folder / _FILE} was made by a newer version of this program: update it")
            if not version:
                self._db.executescript(_SCHEMA)
        self._folder = folder

    def state(self, url: str) -> State:
        """Of one feed; a blank one if it is new."""
        with _errors(self._folder):
            row = self._db.execute("SELECT * FROM feeds WHERE url = ?", (url,)).fetchone()
        return State(*row) if row else State(url)

    def states(self) -> list[State]:
        """Of all feeds that were ever visited, by URL."""
        with _errors(self._folder):
            return [State(*row) for row in self._db.execute("SELECT * FROM feeds ORDER BY url")]

    def seen(self, url: str) -> dict[str, Seen]:
        """What was seen of a feed, by entry."""
        with _errors(self._folder):
            rows = self._db.execute("SELECT entry, mark, etag, modified, tries FROM seen WHERE feed = ?", (url,))
            return {entry: Seen(*rest) for entry, *rest in rows}

    def note(self, state: State, seen: Mapping[str, Seen]) -> None:
        """What a visit changed, in one transaction."""
        row = tuple(_plain(getattr(state, name)) for name in State.__slots__)
        with _errors(self._folder):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                self._db.execute(f"INSERT OR REPLACE INTO feeds VALUES ({', '.join('?' * len(row))})", row)
                self._db.executemany(
                    "INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?, ?, ?)",
                    [
                        (state.url, _plain(entry), s.mark, _plain(s.etag), _plain(s.modified), s.tries)
                        for entry, s in seen.items()
                    ],
                )
                self._db.execute("COMMIT")
            except BaseException:
                self._db.execute("ROLLBACK")
                raise

    def close(self) -> None:
        self._db.close()


def states(folder: Path) -> list[State]:
    """What is known of the feeds of a library; [] if none was ever watched."""
    if not (folder / _FILE).exists():
        return []
    with closing(Ledger(folder)) as ledger:
        return ledger.states()


def _plain(value: object) -> object:
    """Strangers' text as SQLite takes it: without NUL and lone surrogates."""
    return value.encode("utf-8", "replace").decode().replace("\0", "") if isinstance(value, str) else value


@contextmanager
def _errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise LibraryError(
            f"{folder / _FILE} cannot be used ({error}). It only remembers what feeds were read: delete it to start anew."
        ) from error


# --- the feeds file ----------------------------------------------------------------------------------------------------------


def read_feeds(path: Path) -> list[Feed]:
    """The feeds of an OPML or TOML file. SettingsError says what is wrong and where.

    >>> example = '[[feed]]\\nurl = "https://news.example/feed.xml"\\nevery = "15m"\\noutlet = "Norby Herald"\\nlang = "en"'
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path}: the feeds file cannot be read: {error.strerror}") from None
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    feeds = _opml(data, path) if start.startswith(b"<") else _toml(data, path)
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


def _opml(data: bytes, path: Path) -> list[Feed]:
    """Every outline with an xmlUrl, at any depth: what feed readers export."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:
        raise SettingsError(f"{path}: is not readable as OPML")
    feeds = []
    for outline in root.iter("{*}outline"):
        url = next((str(value).strip() for key, value in outline.attrib.items() if key.lower() == "xmlurl"), "")
        if _is_web(url):
            feeds.append(Feed(url, lang=str(outline.get("language") or "").split("-")[0].lower()))
        elif url:
            raise SettingsError(f"{path}: '{show(url)}' is no http or https address")
    return feeds


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
