"""Reading by many machines: `ingest --queue` puts in line, `worker` reads, `queue` says how far it is."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from typing import TYPE_CHECKING

from bot.cli.commands import shared
from bot.cli.flags import DONE
from index.text.printable import line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.rendering.json_rows import Json
    from index.storage.records import DeadLetter, QueueDepth


def put(args: argparse.Namespace) -> int:
    """`ingest --queue`: write down what is to be read. 1 if nothing was, nor stood there; if strict, if any failed."""
    from bot.opening import open_queue
    from index.errors import SourceError
    from index.ingest.queue.items import batches, items
    from index.storage.records import QueueItem

    settings = shared.settings(args)
    failed = list[str]()
    new = known = 0

    def good() -> Iterator[QueueItem]:
        for item in items(args.paths, stdin=stdin, allow_hosts=settings.allow_hosts):
            if isinstance(item, SourceError):
                failed.append(str(item))
                print(f"failed  {line(str(item))}", file=sys.stderr)
            else:
                yield item

    stdin = sys.stdin.buffer if "-" in args.paths else None
    with shared.going_on_later(), closing(open_queue(settings)) as queue:
        for batch, host in batches(good()):
            count = queue.put(batch, host)
            new, known = new + count, known + len(batch) - count
    row: Json = {"library": str(settings.library), "queued": new, "known": known, "failed": failed}
    shared.print_result(args, row, lambda: f"{new:,} put in line, {known:,} stood there already, {len(failed):,} failed")
    return shared.outcome(args, read=new + known, failed=len(failed))


def worker(args: argparse.Namespace) -> int:
    """Read what stands in line, until SIGTERM or SIGINT, or with --once until nothing is left."""
    from functools import partial

    from bot.monitoring import logs
    from bot.opening import open_index, open_queue
    from index.ingest.http.polite import Web
    from index.ingest.queue.reading import BatchReader
    from index.storage.postgres.worker import run

    settings, tell = shared.settings(args), partial(logs.tell, "worker")
    logs.start(sys.stderr, args.log_format, verbose=args.verbose)
    with closing(open_queue(settings)) as queue, open_index(settings) as index:
        index.catch_up(wait=False)
        reader = BatchReader(queue, index, Web(settings.allow_hosts), tell)
        tell(f"reading for {settings.library}")
        run(queue, lambda numbers, again: reader.batch(numbers, again=again), once=args.once, tell=tell)
    if not args.once:
        tell("ended")
    return DONE


def queue(args: argparse.Namespace) -> int:
    """How much stands in line, and what could not be read and why; `--retry` and `--forget` do something about that."""
    from bot.opening import open_queue

    with closing(open_queue(shared.settings(args))) as queue:
        if which := args.retry or args.forget:
            numbers = None if which == "all" else [int(which)]
            count = queue.retry(numbers) if args.retry else queue.forget(numbers)
            done, words = ("retried", "put in line again") if args.retry else ("forgotten", "thrown away")
            shared.print_result(args, {done: count}, lambda: f"{shared.count(count, 'dead letter')} {words}")
            return DONE if count or numbers is None else shared.complain(f"{which}: no such dead letter; see: dragoman queue")
        depth, letters = queue.depth(), queue.letters(args.limit)
        shared.print_result(args, _row(depth, letters), lambda: _text(depth, letters))
    return DONE


def _row(depth: QueueDepth, letters: list[DeadLetter]) -> Json:
    from bot.rendering.json_rows import iso

    return {
        "waiting": depth.waiting,
        "reading": depth.reading,
        "workers": depth.workers,
        "dead": depth.dead,
        "letters": [
            {"id": one.number, "kind": one.kind, "name": one.name, "why": one.why, "tries": one.tries, "at": iso(one.at)}
            for one in letters
        ],
    }


def _text(depth: QueueDepth, letters: list[DeadLetter]) -> str:
    head = (
        f"{depth.waiting:,} in line, {shared.count(depth.reading, 'job')} being read, {shared.count(depth.workers, 'worker')}"
    )
    lines = [f"{head}, {shared.count(depth.dead, 'dead letter')}"]
    lines += [f"{one.number}  {line(one.name)}  {line(one.why)}" for one in letters]
    if len(letters) < depth.dead:
        lines.append(f"and {depth.dead - len(letters):,} more (--limit)")
    return "\n".join(lines)
