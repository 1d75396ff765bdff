"""Articles in: `ingest` once, `watch` for as long as it runs."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import closing, contextmanager
from itertools import chain
from typing import TYPE_CHECKING

from bot.cli.commands import shared
from bot.cli.flags import DONE, FAILED, INTERRUPTED
from index.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.settings.settings import Settings
    from index.protocols import ArticleSink
    from index.records import Article


def ingest(args: argparse.Namespace) -> int:
    if args.queue:
        from bot.cli.commands import queue

        return queue.put(args)
    from bot.cli.progress import Progress
    from bot.opening import open_index
    from bot.rendering.ingest_report import summary
    from index.ingest.sources import read
    from index.records import AddReport
    from index.storage.opening import is_library

    settings = shared.settings(args)
    with shared.going_on_later(), Progress(sys.stderr, args.paths) as progress:
        stdin = sys.stdin.buffer if "-" in args.paths else None
        articles = progress.items(read(args.paths, stdin=stdin, allow_hosts=settings.allow_hosts))
        failed: list[SourceError] = []
        if not is_library(settings.library):
            failed, articles = _until_an_article(articles)
        report = AddReport(failed=[*map(str, failed)], failed_more=sum(one.items - 1 for one in failed))
        if (first := next(articles, None)) is not None or not failed:
            with open_index(settings) as index:
                rest = chain(failed, () if first is None else (first,), articles)
                report = index.add(rest, on_progress=progress.show)
                report.include(index.catch_up(on_progress=progress.show))
        progress.show(report)
    names = ("new", "changed", "same", "deleted", "passages", "failed", "failed_more", "set_aside")
    counts = {name: getattr(report, name) for name in names}
    shared.print_result(args, {"library": str(settings.library), **counts}, lambda: summary(report))
    return shared.outcome(args, read=report.new + report.changed + report.same + report.deleted, failed=len(report.failed))


def _until_an_article(
    items: Iterator[Article | SourceError],
) -> tuple[list[SourceError], Iterator[Article | SourceError]]:
    """What failed before the first article, and the rest: no library is made of nothing but failures."""
    failed: list[SourceError] = []
    for item in items:
        if not isinstance(item, SourceError):
            return failed, chain((item,), items)
        failed.append(item)
    return failed, iter(())


def watch(args: argparse.Namespace) -> int:
    import signal
    import time
    from pathlib import Path

    from bot.monitoring import logs
    from bot.monitoring.monitor import tell_of
    from index.ingest.feeds.feed_list import read_feeds
    from index.ingest.feeds.watcher import Watch

    def stop(number: int, _: object) -> None:
        """At once: a kill leaves the library whole (scripts/crash.py), and what closing it waits for need not come."""
        try:
            logs.tell("watch", "stopped. What was written is kept; the next start goes on from there.")
        finally:
            os._exit(INTERRUPTED if number == signal.SIGINT else DONE)

    def wait(seconds: float) -> None:
        """Asleep, and up every second: a signal that another thread of the process got is heard then."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            time.sleep(min(left, 1.0))

    settings = shared.settings(args)
    logs.start(sys.stderr, args.log_format, verbose=args.verbose)
    feeds = read_feeds(Path(args.feeds), lambda problem: logs.tell("feeds", problem, trouble=True))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    with _sink(settings, args.queue) as sink, Watch(sink, feeds, allow_hosts=settings.allow_hosts, wait=wait) as watch:
        if args.once:
            return DONE if watch.round(on_feed=tell_of) else FAILED
        watch.forever(on_feed=tell_of)
        return DONE


@contextmanager
def _sink(settings: Settings, queue: bool) -> Iterator[ArticleSink]:
    """Where watched feeds go: the library, or what waits for workers."""
    from bot.opening import open_index, open_queue
    from index.ingest.queue.sink import QueueSink

    if queue:
        with closing(open_queue(settings)) as line:
            yield QueueSink(line)
    else:
        with open_index(settings) as index:
            index.catch_up(wait=False)
            yield index
            index.catch_up()
