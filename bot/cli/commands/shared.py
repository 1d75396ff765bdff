"""What commands share: the parts they open, the question they are given, how a result is printed."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.cli import flags
from bot.cli.flags import DONE, FAILED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from typing import TextIO

    from bot.bot import Bot
    from bot.cli.batch import BatchRow
    from bot.rendering.json_rows import Json
    from bot.rendering.terminal import Screen
    from bot.settings.settings import Settings
    from index.index import Index
    from index.records import Filter, Scope


def config(args: argparse.Namespace) -> Path | None:
    """The settings file that was named."""
    from pathlib import Path

    named = getattr(args, "config", None)
    return Path(named) if named else None


def settings(args: argparse.Namespace) -> Settings:
    from bot.settings.settings import KEYS, load

    return load(config(args), **{key: getattr(args, key) for key in KEYS if hasattr(args, key)})


def open_bot(args: argparse.Namespace) -> Bot:
    from bot.opening import bot_from

    return bot_from(settings(args))


def open_index(args: argparse.Namespace) -> Index:
    from bot.opening import open_index

    return open_index(settings(args), create=False)


def is_empty(index: Index) -> bool:
    """Whether there is nothing to ask; then it says what to do."""
    if not index.empty:
        return False
    print(f"No articles yet in {index.folder}. Add some:\n  dragoman ingest --library {index.folder} PATH...", file=sys.stderr)
    return True


def scope(args: argparse.Namespace) -> Scope:
    from index.records import Scope

    filter = flags.narrow(args.lang, args.outlet, args.author, args.since, args.until)
    return Scope(filter=filter, as_of=args.as_of, without=frozenset(args.without))


def check_filter(filter: Filter | None, index: Index) -> None:
    """Raises SettingsError for a language or an outlet that the flags name and no article has."""
    from bot.cli import known_values

    if filter:
        known_values.check(index, filter.langs, filter.outlets)


def question(args: argparse.Namespace) -> str:
    """The question of the command line or of standard input; "" with --batch. Anything else is wrong usage."""
    text = " ".join(args.words).strip()
    if args.batch:
        if text or args.format not in (None, "run"):
            args.usage_error("--batch takes no question beside it, and no other format than run")
        args.format = "run"
    elif text == "-":
        text = sys.stdin.buffer.read().decode("utf-8", "replace").strip()
    if not text and not args.batch:
        args.usage_error("a question is needed: on the command line, on standard input (-), or rows of them (--batch)")
    return text


def answer_rows(args: argparse.Namespace, question: str, answer: Callable[[BatchRow], Json]) -> int:
    """A run: every good row is answered and written at once, every bad one costs a line on standard error and exit code 1."""
    from bot.cli.batch import BatchRow, rows
    from bot.rendering.json_rows import dumps
    from index.errors import ModelError, SourceError

    code = None
    for row in rows(args.batch) if args.batch else [BatchRow("1", question)]:
        code = code or DONE
        try:
            if isinstance(row, SourceError):
                raise row
            print(dumps(answer(row)), flush=True)
        except (SourceError, ModelError) as error:
            code = complain(str(error))
    return complain(f"{args.batch}: there is no question in it") if code is None else code


def print_result(args: argparse.Namespace, row: Mapping[str, object], text: Callable[[], str]) -> None:
    """The result as one JSON object of a versioned schema, or as text."""
    from bot.rendering.json_rows import SCHEMA, dumps

    print(dumps({"schema": SCHEMA, **row}) if args.format == "json" else text())


@contextmanager
def going_on_later() -> Iterator[None]:
    """A command that is stopped says that it loses nothing."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit):  # Ctrl-C, SIGTERM
        complain("stopped. What was written is kept; the same command goes on from there.")
        raise


def complain(message: str) -> int:
    from index.text.printable import line

    print(f"dragoman: {line(message)}", file=sys.stderr)
    return FAILED


def screen(out: TextIO) -> Screen:
    from bot.rendering.terminal import Screen
    from bot.settings.settings import terminal_wishes

    if not out.isatty():
        return Screen()
    codes, color = terminal_wishes()
    try:
        columns = os.get_terminal_size(out.fileno()).columns  # not shutil's: an inherited COLUMNS would win over the terminal
    except OSError:
        columns = 80
    return Screen(width=min(100, columns or 80), codes=codes, color=color)


def count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def outcome(args: argparse.Namespace, *, read: int, failed: int) -> int:
    """Whether it is done: where anything was read, or all of it, if that is asked for."""
    return FAILED if not read or (args.strict and failed) else DONE
