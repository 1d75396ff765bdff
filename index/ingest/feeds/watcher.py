"""Feeds on a schedule: what is new since the last time, followed to the full article, into the library.

    Watch.round: due feeds -> visit (threads: conditional fetch -> entries not seen -> their pages) -> Index.add -> Ledger
                                     (and pages of recent entries once more: a correction need not be in the feed)

An entry is noted as seen (`feed_state.py`) only after its article is in the library: a killed run fetches it again.
"""

from __future__ import annotations

import hashlib
import json
import queue
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from index.errors import SourceError
from index.ingest import documents
from index.ingest.feeds.feed_list import Feed
from index.ingest.feeds.feed_state import FeedState, Seen
from index.ingest.feeds.ledger import open_ledger
from index.ingest.formats import feed as feed_format
from index.ingest.formats.extracted import Entry
from index.ingest.http.fetch import FetchError
from index.ingest.http.polite import Web
from index.ingest.http.urls import canonical, show
from index.records import AddReport, Article, Period

if TYPE_CHECKING:
    from index.protocols import ArticleSink

LONGEST = 24 * 3600  # seconds that a failing feed is left alone at most
WORKERS = 8  # feeds visited at a time; requests to one host wait for each other all the same
TRIES = 5  # visits in which a page may fail before it is given up
# When a page is looked at again, in seconds after it was read, at a visit of its feed: stories are written on for hours and
# corrected for days, and each look asks one request of a site, which most answer by "not modified".
LOOKS = tuple(3600 * hours for hours in (1, 6, 24, 72))
LOOKED = 100  # pages looked at again in one visit of a feed, the longest due first; with a second between two of them


@dataclass(slots=True)
class Visit:
    """What one visit of a feed brought. `error` set: the feed did not answer."""

    feed: Feed
    items: list[Article | SourceError] = field(default_factory=list)
    seen: dict[str, Seen] = field(default_factory=dict)  # changes only
    outlet: str = ""
    etag: str = ""
    modified: str = ""
    unchanged: bool = False  # 304, and so were the pages that were due
    asked: int = 0  # seconds: the longest Retry-After that came with it
    error: SourceError | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a round did with one feed, for the caller to show."""

    feed: Feed
    report: AddReport
    unchanged: bool
    error: str
    due: int


# --- a round -----------------------------------------------------------------------------------------------------------------


class Watch:
    """Feeds and the library that they fill."""

    def __init__(
        self,
        index: ArticleSink,
        feeds: Iterable[Feed],
        *,
        allow_hosts: Collection[str] = (),
        wait: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`allow_hosts` may be fetched although they are private. `wait` and `clock` are in seconds.

        Raises LibraryError if what is remembered cannot be used.
        """
        self._wait, self._clock = wait, clock
        self.index = index
        self.feeds = list({feed.url: feed for feed in feeds}.values())
        self.allow_hosts = tuple(allow_hosts)
        self.ledger = open_ledger(index.folder)

    def round(self, *, all: bool = True, on_feed: Callable[[Told], None] | None = None) -> int:
        """Visit every feed once (`all`), or those that are due; the others are left alone. Returns how many answered.

        A feed whose server asked for a pause (Retry-After) is left alone until it is over in any case. Raises LibraryError
        and its kind from `Index.add`; what was taken before stays.
        """
        now = int(self._clock())
        states = {feed.url: self.ledger.state(feed.url) for feed in self.feeds}
        answered = 0
        visited: list[tuple[Feed, FeedState, Mapping[str, Seen]]] = []
        for feed in self.feeds:
            state = states[feed.url]
            if not all and state.due > now:
                continue
            if state.closed > now:
                answered += self._tell(Visit(feed, error=_closed(feed.url, state.closed - now)), AddReport(), state, on_feed)
            else:
                visited.append((feed, state, self.ledger.seen(feed.url)))
        for visit in _visits(visited, Web(self.allow_hosts, wait=self._wait), now):
            report = self.index.add(visit.items) if visit.items else AddReport()
            state = after(states[visit.feed.url], visit, report, now)
            self.ledger.note(state, visit.seen)
            answered += self._tell(visit, report, state, on_feed)
        return answered

    def _tell(self, visit: Visit, report: AddReport, state: FeedState, on_feed: Callable[[Told], None] | None) -> bool:
        if on_feed:
            on_feed(Told(visit.feed, report, visit.unchanged, visit.error.why if visit.error else "", state.due))
        return visit.error is None

    def forever(self, *, on_feed: Callable[[Told], None] | None = None) -> None:
        """Rounds, each feed on its own schedule, until the caller's signal handler or an exception out of `wait` ends them."""
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


def _visits(todo: Sequence[tuple[Feed, FeedState, Mapping[str, Seen]]], web: Web, now: int) -> Iterator[Visit]:
    """Visits in threads, each yielded when it is done. Daemon threads: a stop does not wait for a slow server."""
    jobs: queue.SimpleQueue[tuple[Feed, FeedState, Mapping[str, Seen]]] = queue.SimpleQueue()
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
                done.put(visit(feed, state, seen, web, now))
            except Exception as error:  # noqa: BLE001  the outermost frame of a thread: the round gets an answer whatever fails
                done.put(Visit(feed, error=SourceError(show(feed.url), f"{type(error).__name__}: {show(str(error))}")))

    for _ in range(min(WORKERS, len(todo))):
        threading.Thread(target=work, name="feed", daemon=True).start()
    for _ in todo:
        yield done.get()


def visit(feed: Feed, state: FeedState, seen: Mapping[str, Seen], web: Web, now: int) -> Visit:
    """Fetch a feed if it changed, the pages of its entries that are new or changed, and those that are due. Writes nothing."""
    where = show(feed.url)
    found = Visit(feed, outlet=state.outlet, etag=state.etag, modified=state.modified)
    try:
        got = web.get(feed.url, etag=state.etag, modified=state.modified, named=True)
        if got.status == 304:
            look_again(found, seen, web, now)
            found.unchanged = not found.items
            return found
        entries = documents.entries(got, where, web)
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
        if not entry.url:  # feeds give such entries new ids, or the ids of others: their words are known as well
            if f"={mark}" in seen or f"={mark}" in found.seen:
                continue
            found.seen[f"={mark}"] = Seen(mark)
        try:
            wanted = documents.page_wanted(entry)
            page = web.get(entry.url, etag=old.etag, modified=old.modified) if wanted else None
        except SourceError as error:
            again = isinstance(error, FetchError) and error.transient and old.tries + 1 < TRIES
            pending |= again
            found.asked = max(found.asked, error.retry_after or 0 if isinstance(error, FetchError) else 0)
            found.items += _named(documents.of_entry(entry, where, error, feed.url), feed)
            found.seen[name] = replace(old, mark="" if again else mark, tries=old.tries + 1)
            continue
        if page and page.status == 304:
            found.seen[name] = replace(
                old, mark=mark, tries=0, etag=page.etag or old.etag, modified=page.modified or old.modified
            )
            continue
        items = list(documents.of_entry(entry, where, page, feed.url))
        found.items += _named(items, feed)
        recent = entry.published is None or entry.published.end > now - LOOKS[-1]
        again = recent and page is not None and not any(isinstance(one, Article) and one.text == entry.text for one in items)
        found.seen[name] = Seen(
            mark, page.etag if page else "", page.modified if page else "", taken=now,
            look=now + LOOKS[0] if again else 0, entry=_kept(entry) if again else "",
        )  # fmt: skip
    look_again(found, seen, web, now)
    found.outlet = feed.outlet or next((entry.outlet for entry in entries if entry.outlet), state.outlet)
    # With a page still to be had, the feed must not answer "not modified" next time.
    found.etag, found.modified = ("", "") if pending else (got.etag, got.modified)
    return found


def look_again(found: Visit, seen: Mapping[str, Seen], web: Web, now: int) -> None:
    """Add to a visit the pages of earlier entries that are due, if they changed. A page that is gone stays as it was taken."""
    due = sorted((old.look, name) for name, old in seen.items() if 0 < old.look <= now and name not in found.seen)
    for _, name in due[:LOOKED]:
        old = seen[name]
        entry = _entry(old.entry)
        following = next((old.taken + after for after in LOOKS if old.taken + after > now), 0)
        old = replace(old, look=following, entry=old.entry if following else "")
        try:
            page = web.get(entry.url, etag=old.etag, modified=old.modified)
        except SourceError as error:
            found.asked = max(found.asked, error.retry_after or 0 if isinstance(error, FetchError) else 0)
            if not (isinstance(error, FetchError) and error.transient):
                found.items.append(SourceError(error.where, f"{error.why}: it stays as it was read"))
                old = replace(old, look=0, entry="")
        else:
            if page.status != 304:
                found.items += _named(documents.of_entry(entry, show(found.feed.url), page, found.feed.url), found.feed)
                old = replace(old, etag=page.etag, modified=page.modified)
        found.seen[name] = old


def _kept(entry: Entry) -> str:
    """An entry without its text, as JSON."""
    period = (entry.published.start, entry.published.end) if entry.published else None
    return json.dumps(
        [
            entry.id,
            entry.url,
            entry.title[:1000],
            entry.outlet[:1000],
            entry.authors[:50],
            entry.agency,
            period,
            entry.lang,
            entry.key,
            entry.alone,
            entry.foreign,
            entry.speaker,
        ]
    )


def _entry(kept: str) -> Entry:
    id, url, title, outlet, authors, agency, period, lang, *more = json.loads(kept)
    key, alone, foreign, speaker = more or ("", True, False, "")
    return Entry(
        id=id, url=url, title=title, outlet=outlet, authors=tuple(authors), agency=agency,
        published=Period(*period) if period else None, lang=lang,
        key=key, alone=alone, foreign=foreign, speaker=speaker,
    )  # fmt: skip


def _named(items: Iterable[Article | SourceError], feed: Feed) -> Iterator[Article | SourceError]:
    """With what the feeds file says of outlet and language."""
    for item in items:
        if isinstance(item, Article):
            item = replace(item, outlet=feed.outlet or item.outlet, lang=feed.lang or item.lang)
        yield item


def _name(entry: Entry) -> str:
    """What an entry is known by: feeds give many entries one link, or one id."""
    return f"{entry.key or entry.id} {canonical(entry.url)}".strip() or _mark(entry)


def _mark(entry: Entry) -> str:
    """A hash of what an entry says. Its date is not in it: it moves where nothing else does."""
    said = "\0".join((entry.url, feed_format.words_key(entry)))
    return hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _closed(url: str, seconds: int) -> SourceError:
    return SourceError(show(url), f"its server asked to be left alone for another {seconds} s")


def after(state: FeedState, visit: Visit, report: AddReport, now: int) -> FeedState:
    """Pure: the state of a feed after a visit; a failing feed waits twice as long every time, up to a day."""
    state = replace(
        state,
        tried=now,
        outlet=visit.outlet or visit.feed.outlet or state.outlet,
        items=state.items + report.new + report.queued,
        errors=state.errors + len(report.failed) + bool(visit.error),
        closed=now + visit.asked if visit.asked else 0,
    )
    if visit.error is None:
        due = now + max(visit.feed.every, visit.asked)
        return replace(state, succeeded=now, failures=0, error="", due=due, etag=visit.etag, modified=visit.modified)
    pause = min(LONGEST, visit.feed.every * 2 ** min(state.failures + 1, 20))
    return replace(state, failures=state.failures + 1, error=visit.error.why, due=now + max(pause, visit.asked))
