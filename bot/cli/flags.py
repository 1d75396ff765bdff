"""The flags that commands of `bot.cli.main` share, and how their values are read. Nothing heavy is imported."""

from __future__ import annotations

import argparse
import os
import sys

from bot import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from index.records import Filter, Period


KINDS = ("outlet", "author", "language", "dates")  # of `records.Chip`, written here because --help must import nothing
DONE, FAILED, NO_EVIDENCE, INTERRUPTED, BROKEN_PIPE, TERMINATED = (
    0,
    1,
    3,
    130,
    141,
    143,
)  # exit codes; 2, wrong usage, is argparse's
LEAVE = ("/quit", "/exit", "/q")  # what ends a chat
RETRIEVED = 20  # documents listed in a row of a run, unless -k says otherwise


class Help(argparse.HelpFormatter):
    """As wide as the terminal. argparse would import shutil for that, and with it three compression libraries, in every run."""

    def __init__(self, prog: str, **options: Any) -> None:
        try:
            columns = os.get_terminal_size().columns
        except OSError:
            columns = 80
        super().__init__(prog, **{"max_help_position": 28, "width": min(100, columns or 80) - 2} | options)


def settings() -> argparse.ArgumentParser:
    """Taken before or after the command. SUPPRESS: a default would overwrite what was given in the other place."""
    flags = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS, formatter_class=Help)
    group = flags.add_argument_group("settings")
    library = "folder of the library, or postgresql://HOST/NAME (default: a folder in the platform's data folder)"
    group.add_argument("--library", metavar="DIR", help=library)
    group.add_argument("--chroma", metavar="URL", help="Chroma server that indexes the vectors of a library in PostgreSQL")
    group.add_argument("--config", metavar="FILE", help="settings file (default: dragoman.toml in the configuration folder)")
    return flags


def embedding() -> argparse.ArgumentParser:
    flags = argparse.ArgumentParser(add_help=False, formatter_class=Help)
    group = flags.add_argument_group("embeddings")
    group.add_argument("--embeddings", metavar="PROVIDER:NAME", help="embedding model (default: the embedded multilingual one)")
    group.add_argument("--base-url", metavar="URL", help="OpenAI-compatible server of the models")
    return flags


def model() -> argparse.ArgumentParser:
    flags = argparse.ArgumentParser(add_help=False, formatter_class=Help)
    group = flags.add_argument_group("answers")
    group.add_argument("--model", metavar="PROVIDER:NAME", help="chat model that words the answer (default: none)")
    group.add_argument("--judge", metavar="WHO", help="what confirms its sentences: same, off, PROVIDER:NAME (default: same)")
    group.add_argument("--timeout", type=float, metavar="S", help="seconds a chat model may take (default: 60)")
    group.add_argument("--language", type=_language, metavar="LANG", help="language of our own words (default: the question's)")
    return flags


def filter() -> argparse.ArgumentParser:
    flags = argparse.ArgumentParser(add_help=False, formatter_class=Help)
    group = flags.add_argument_group("filters (repeat a flag for alternatives)")
    group.add_argument("--lang", action="append", default=[], metavar="LANG", help="only this language: en, es, ... (or en,es)")
    group.add_argument("--outlet", action="append", default=[], metavar="NAME", help="only this outlet")
    group.add_argument("--author", action="append", default=[], metavar="NAME", help="only this author")
    period(group)
    as_of(group)
    return flags


def as_of(to: argparse._ActionsContainer) -> None:
    to.add_argument("--as-of", type=_date, metavar="DATE", help="answer as if it were then: nothing later is seen")


def period(to: argparse._ActionsContainer) -> None:
    to.add_argument("--since", type=_date, metavar="DATE", help="published then or later: 2023, 2023-10, 2023-10-18")
    to.add_argument("--until", type=_date, metavar="DATE", help="published then or earlier, the whole period included")


def _language(text: str) -> str:
    from bot.phrases import language_name, languages

    if not language_name(text.lower().partition("-")[0]):
        raise argparse.ArgumentTypeError(f"'{text}' is no language; write one of {', '.join(languages())}")
    return text


def narrow(
    langs: Sequence[str], outlets: Sequence[str], authors: Sequence[str], since: Period | None, until: Period | None
) -> Filter | None:
    """What the filter flags mean together; None if nothing is narrowed. `until` includes the whole of its period."""
    from bot.cli.known_values import code
    from index.records import Filter, Period

    wanted = Filter(
        langs=frozenset(code(lang) for some in langs for lang in some.split(",") if lang.strip()),
        outlets=frozenset(outlets),
        authors=frozenset(authors),
        window=Period.between(since, until),
    )
    return wanted if wanted else None


def disagreement(args: argparse.Namespace) -> str:
    """What is wrong with flags that are right one by one; "" where nothing is."""
    since, until = getattr(args, "since", None), getattr(args, "until", None)
    if since and until and until.end <= since.start:
        return f"--since {str(since)[:10]} lies after --until {str(until)[:10]}: nothing was published then"
    return ""


def fetching(to: argparse.ArgumentParser) -> None:
    what = "fetch from this private host, too (repeat the flag for more)"
    to.add_argument("--allow-host", dest="allow_hosts", action="append", metavar="HOST", help=what)


def question(to: argparse.ArgumentParser) -> None:
    to.add_argument("words", nargs="*", metavar="QUESTION", help="the question; - reads it from standard input")
    whole = "take no outlet, author, language or date in the question for a filter"
    to.add_argument("--as-is", action="store_const", dest="without", const=KINDS, default=(), help=whole)
    to.add_argument("--batch", metavar="FILE", help="JSONL rows with id, question, history, as_of (-: standard input)")
    to.set_defaults(usage_error=to.error)


def form(to: argparse.ArgumentParser, choices: tuple[str, ...]) -> None:
    batch = " (with --batch: run, one JSON row a question)" if "run" in choices else ""
    to.add_argument("--format", choices=choices, help=f"form of the result{batch}")
    json(to)


def json(to: argparse.ArgumentParser) -> None:
    to.add_argument("--json", dest="format", action="store_const", const="json", help="one JSON object, schema 1")


class Version(argparse.Action):
    """`--version`, looked up only when asked for: importlib.metadata costs as much as argparse."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str | None = None) -> None:
        super().__init__(option_strings, argparse.SUPPRESS, nargs=0, default=argparse.SUPPRESS, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        sys.stdout.write(f"dragoman {version('dragoman')}\n")
        parser.exit()


def _date(text: str) -> Period:
    from index.records import Period

    try:
        return Period.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date; write 2023, 2023-10 or 2023-10-18") from None


def age(text: str) -> Period:
    """A date, or the moment that lies "90d", "12w" or "2y" in the past."""
    import time

    from index.records import Period

    days = {"d": 1, "w": 7, "y": 365}.get(text[-1:], 0)
    if not days or not text[:-1].isdecimal():
        try:
            return Period.parse(text)
        except ValueError:
            message = f"'{text}' is neither an age nor a date; write 90d, 12w, 2y or 2023-10-18"
            raise argparse.ArgumentTypeError(message) from None
    moment = int(time.time()) - min(int(text[:-1]), 100_000) * days * 86400
    return Period(moment, moment + 1)


def due(to: argparse.ArgumentParser) -> None:
    """Of `run-due`."""
    to.add_argument("--now", type=_moment, metavar="TIME", help="as if it were then: 2026-03-29T03:30+02:00")
    to.add_argument("--dry-run", action="store_true", help="list what would be sent; nothing is written or sent")
    to.add_argument("--again", action="store_true", help="also send once more what failed or ended as unknown")
    json(to)


def feedback(to: argparse.ArgumentParser) -> None:
    """Of `feedback`."""
    to.add_argument("--since", type=age, metavar="DATE", help="given then or later: 2023-10-18, or 7d")
    json(to)
    to.add_argument("--csv", dest="format", action="store_const", const="csv", help="rows for a spreadsheet")


def desk(to: argparse.ArgumentParser) -> None:
    """Of `run`."""
    to.add_argument("--feeds", metavar="FILE", help="feeds to read, OPML or feeds.toml (default: the setting feeds)")
    fetching(to)
    to.add_argument("--api-url", metavar="URL", help="of Slack, or of any server that speaks its Web API")


def serving(to: argparse.ArgumentParser) -> None:
    """Of `serve`. What is not given comes from the table [http] of the settings file."""
    to.add_argument("--host", metavar="ADDRESS", help="listen there (default: 127.0.0.1; others need DRAGOMAN_HTTP_TOKEN)")
    to.add_argument("--port", type=_port, metavar="N", help="port (default: 8391)")
    what = "it is reached by this name, too (repeat the flag for more)"
    to.add_argument("--name", dest="hosts", action="append", metavar="HOST", help=what)
    to.add_argument("--root-path", metavar="PATH", help="path under which a proxy shows it: /news")
    proxy = "believe X-Forwarded-For and -Proto of a proxy at this address (repeat the flag for more)"
    to.add_argument("--forwarded-from", action="append", metavar="ADDRESS", help=proxy)
    to.add_argument("--workers", type=positive, metavar="N", help="answers made at the same time (default: 4)")


def logs() -> argparse.ArgumentParser:
    """Of what runs until it is stopped. Where it shows how it is comes from the table [monitoring] of the settings file."""
    flags = argparse.ArgumentParser(add_help=False, formatter_class=Help)
    group = flags.add_argument_group("logs")
    group.add_argument("--log-format", choices=("text", "json"), default="text", help="form of the log's lines")
    group.add_argument("--verbose", action="store_true", help="log every request and each feed visited, without their words")
    return flags


def _moment(text: str) -> int:
    """Seconds since 1970; a time without an offset is this machine's."""
    from datetime import datetime

    try:
        return int(datetime.fromisoformat(text).timestamp())
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"'{text}' is not a time; write 2026-03-29T03:30+02:00") from None


def _port(text: str) -> int:
    if text.isdecimal() and int(text) <= 65_535:
        return int(text)
    raise argparse.ArgumentTypeError(f"'{text}' is not a port; write a number up to 65535")


def positive(text: str) -> int:
    if text.isdecimal() and int(text):
        return int(text)
    raise argparse.ArgumentTypeError(f"'{text}' is not a number above 0")


def letter(text: str) -> str:
    if text == "all" or text.isdecimal():
        return text
    raise argparse.ArgumentTypeError(f"'{text}' is neither the number of a dead letter nor all")
