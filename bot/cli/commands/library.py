"""Looking after the library: `show`, `delete`, `stats`, `copy`, `doctor`, `export`."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from bot.cli.commands import shared
from bot.cli.flags import DONE, FAILED
from index.text.printable import line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.cli.progress import Progress
    from bot.rendering.json_rows import Json
    from bot.settings.settings import Settings
    from index.address import ServerAddress
    from index.index import Index
    from index.storage.records import Health

LISTED = 20  # articles named before they are deleted


def show(args: argparse.Namespace) -> int:
    from bot.rendering import json_rows, terminal

    with shared.open_index(args) as index:
        article = index.article(args.id)
        name, at, version = args.id.rpartition("@")
        if article is None and at and version.isdigit():
            article = index.article(name, int(version))
        if article is None:
            return shared.complain(f"{args.id}: no such article or version in {index.folder}")
        if args.diff:
            before = index.article(article.id, article.version - 1)
            if before is None:
                return shared.complain(f"{args.id}: there is no version before this one")
            shared.print_result(
                args,
                json_rows.changes_row(before, article),
                lambda: terminal.show_changes(before, article, shared.screen(sys.stdout)),
            )
            return DONE
        shared.print_result(
            args, json_rows.article_row(article), lambda: terminal.show_article(article, shared.screen(sys.stdout))
        )
        return DONE


def delete(args: argparse.Namespace) -> int:
    if not (args.ids or args.url or args.outlet or args.older_than):
        args.usage_error("say what to delete: ids, --url, --outlet or --older-than")
    with shared.open_index(args) as index:
        missing = [id for id in args.ids if index.article(id) is None]
        for id in missing:
            shared.complain(f"{id}: no such article in {index.folder}")
        ids = [id for id in args.ids if id not in missing]
        if args.url or args.outlet or args.older_than:
            before = args.older_than.start if args.older_than else None
            ids += index.matching(url=args.url, outlet=args.outlet, before=before)
            ids = list(dict.fromkeys(ids))
        if ids and not args.yes and not _agreed(index, ids):
            return FAILED
        deleted = index.delete(ids) if ids else 0
        shared.print_result(
            args, {"deleted": deleted, "missing": missing}, lambda: f"{shared.count(deleted, 'article')} deleted"
        )
        return FAILED if missing else DONE


def _agreed(index: Index, ids: Sequence[str]) -> bool:
    """Whether somebody at a terminal says yes to what would go; where there is none, nobody does."""
    for id in ids[:LISTED]:
        article = index.article(id)
        print(f"  {line(id)}  {line(article.title) if article else ''}".rstrip(), file=sys.stderr)
    if len(ids) > LISTED:
        print(f"  and {len(ids) - LISTED:,} more", file=sys.stderr)
    what = f"Delete {shared.count(len(ids), 'article')} for good?"
    if not sys.stdin.isatty():
        shared.complain(f"{what} Nobody can be asked here, so nothing was deleted: say --yes.")
        return False
    print(f"{what} [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def stats(args: argparse.Namespace) -> int:
    from bot.cli import feed_status
    from bot.rendering import json_rows, terminal

    with shared.open_index(args) as index:
        counts = index.stats()
        feeds = feed_status.rows(index)
        shared.print_result(
            args,
            {**json_rows.stats_row(counts), "feeds": feeds},
            lambda: "\n".join([terminal.show_stats(counts).rstrip("\n"), *map(feed_status.text, feeds)]),
        )
        return DONE


def doctor(args: argparse.Namespace) -> int:
    from bot.cli.progress import Progress
    from index.address import ServerAddress
    from index.storage.records import Health

    settings = shared.settings(args)
    server = settings.library if isinstance(settings.library, ServerAddress) else None
    done, missing = _required(server, create=args.create) if server else ([], [])
    if missing:
        health = Health(ok=False, problems=missing)
    else:
        with shared.going_on_later(), Progress(sys.stderr) as progress:
            health = _health(settings, progress, args)
    health.done[:0] = done
    names = ("ok", "passages", "vectors", "waiting", "set_aside", "problems", "done")
    row: Json = {name: getattr(health, name) for name in names}
    lines = [*(f"done     {text}" for text in health.done), *(f"problem  {text}" for text in health.problems)]
    lines += [f"aside    {line(text)}" for text in health.set_aside]
    verdict = "The library is sound" if health.ok else "The library is damaged"
    where = "the index of vectors" if server and not settings.chroma else "Chroma"
    counted = f"{health.passages:,} passages and titles, {health.vectors:,} of them in {where}."
    if health.waiting:
        counted = f"{counted[:-1]}, {health.waiting:,} wait to be embedded."
    lines.append(f"{verdict}: {counted}" if not missing else f"{server} is not ready.")
    shared.print_result(args, row, lambda: "\n".join(lines))
    return DONE if health.ok else FAILED


def _health(settings: Settings, progress: Progress, args: argparse.Namespace) -> Health:
    """What is found and mended; a folder whose file cannot be read gets a new one with all that can be."""
    from pathlib import Path

    from bot.opening import open_index
    from index.errors import Damaged

    try:
        with open_index(settings, create=args.create) as index:
            return index.doctor(rebuild=args.rebuild, retry=args.retry, on_progress=progress.show)
    except Damaged as error:
        from index.storage.opening import salvage

        if not isinstance(settings.library, Path):
            raise
        saved = [str(error).partition(" Run: ")[0], *salvage(settings.library)]
        with open_index(settings, create=False) as index:
            health = index.doctor(rebuild=True, on_progress=progress.show)
        health.done[:0] = saved
        return health


def _required(server: ServerAddress, *, create: bool) -> tuple[list[str], list[str]]:
    """What was made in a database, and what a library needs there that is missing, one line each."""
    from index.storage.postgres import opening

    done = ["made the library's tables"] if create and opening.create(server) else []
    return done, [f"{what}: {missing}" for what, missing in opening.required(server) if missing]


def copy(args: argparse.Namespace) -> int:
    from bot.state.copying import copy_state
    from index.address import library_address
    from index.storage import copying

    def tell(done: int, of: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{done:,} of {of:,} articles", end="\n" if done == of else "", file=sys.stderr, flush=True)

    copied = copying.copy(library_address(args.source), library_address(args.target), tell=tell)
    rows = copy_state(args.source, args.target)
    row: Json = {"articles": copied.articles, "passages": copied.passages, "state": rows, "differences": copied.differences}
    equal = f"{shared.count(copied.articles, 'article')} with {copied.passages:,} passages copied; the two are equal."
    state = (
        "Its state was left out: there is one already." if rows is None else f"{shared.count(rows, 'row')} of its state, too."
    )
    shared.print_result(
        args, row, lambda: "\n".join([f"problem  {line}" for line in copied.differences] or [f"{equal} {state}"])
    )
    return FAILED if copied.differences else DONE


def export(args: argparse.Namespace) -> int:
    from bot.rendering import json_rows

    with shared.open_index(args) as index:
        for article in index.articles():
            print(json_rows.dumps(json_rows.article_row(article)))
    return DONE
