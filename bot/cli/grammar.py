"""The grammar of the commands: the name of each, what it is for, and its flags. `commands/` has what each does.

Nothing heavy is imported, and a command's flags are made only where it is named: all of them took a third of `--help`'s time.
"""

from __future__ import annotations

import argparse

from bot import TYPE_CHECKING
from bot.cli import flags
from bot.cli.mistyped import Parser

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    Shared = Callable[[], argparse.ArgumentParser]
    Flags = Callable[[argparse.ArgumentParser], None]

EXIT_CODES = "exit codes: 0 done or answered, 1 error, 2 wrong usage, 3 no evidence found, 130 interrupted, 143 terminated"
FORMATS = "text, Markdown, JSONL, CSV, HTML, feed, sitemap, PDF, DOCX, e-mail, WARC, also with gzip or xz"


class CommandParser(Parser):
    """The parser of a command; one that is only `listed` is not set up: seventeen took a quarter of `--help`'s time."""

    def __init__(self, *, listed: bool = False, **options: Any) -> None:
        if not listed:
            super().__init__(**options)


def parser(words: Sequence[str] | None = None) -> Parser:
    """The commands and their flags; with `words`, flags only of the commands named among these (None: all, for the docs)."""
    everywhere = flags.settings()
    top = Parser(
        "dragoman",
        description="Ask the news in your language; every sentence of the answer names the passage it stands on.",
        epilog=EXIT_CODES,
        parents=[everywhere],
        formatter_class=flags.Help,
    )
    top.add_argument("--version", action=flags.Version, help="print the version and exit")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=CommandParser)
    for name, module, purpose, shared, own in _commands():
        if words is not None and name not in words:
            commands.add_parser(name, help=purpose, listed=True)
            continue
        parents: list[Any] = [everywhere, *(make() for make in shared)]
        made = commands.add_parser(
            name,
            help=purpose,
            description=purpose,
            epilog=EXIT_CODES,
            parents=parents,
            formatter_class=flags.Help,
        )
        made.set_defaults(command=name, module=module, unknown=made.unknown)
        own(made)
    return top


def _commands() -> list[tuple[str, str, str, tuple[Shared, ...], Flags]]:
    """(name, its module in `commands`, purpose, flags shared with other commands, flags of its own), as `--help` has them."""
    library, model, filters = (flags.embedding,), (flags.embedding, flags.model), flags.filter
    service = (*model, flags.logs)
    return [
        ("ingest", "reading", "Read articles into the library. Reading the same again changes nothing.", library, _ingest),
        (
            "watch",
            "reading",
            "Read feeds on their schedule, each new entry with its full article, until stopped.",
            (*library, flags.logs),
            _watch,
        ),
        (
            "worker",
            "queue",
            "Read what ingest --queue put in line, beside any number of other workers.",
            (*library, flags.logs),
            _worker,
        ),
        ("queue", "queue", "Say how much stands in line, and what could not be read and why.", (), _queue),
        ("ask", "asking", "Ask one question.", (*model, filters), _ask),
        ("chat", "asking", "Ask and follow up, in the terminal.", (*model, filters), _chat),
        ("brief", "asking", "Write the briefing of a beat: what is new since the last one, all of it cited.", model, _brief),
        ("slack", "services", "Answer in Slack until stopped. Tokens: SLACK_BOT_TOKEN, SLACK_APP_TOKEN.", service, _slack),
        ("serve", "services", "Answer over HTTP until stopped: an API, a page, OpenAI's protocol.", service, flags.serving),
        (
            "mcp",
            "services",
            "Serve an agent over standard input and output (Model Context Protocol).",
            model,
            lambda to: None,
        ),
        ("run", "services", "All services in one process: feeds, Slack, briefings on schedule.", service, flags.desk),
        ("run-due", "services", "Send the briefings that are due, and exit (for cron and systemd).", model, flags.due),
        ("beats", "services", "List the beats: when each is due, and what became of its last briefings.", (), flags.json),
        ("feedback", "services", "List what people thought of answers and briefings in Slack, and why.", (), flags.feedback),
        ("search", "searching", "List the passages that fit a question best.", (*library, filters), _search),
        ("quotes", "searching", "List who said what, newest first; on a matter, what is most on it first.", library, _quotes),
        ("verify", "searching", "Check every quotation of texts against the library.", library, _verify),
        ("show", "library", "Print one article.", (), _show),
        ("delete", "library", "Delete articles: every version, from every index.", (), _delete),
        ("stats", "library", "Count what is in the library.", (), flags.json),
        ("copy", "library", "Copy a library into a new one, in a folder or a database. Nothing is embedded again.", (), _copy),
        ("doctor", "library", "Check the library and repair what can be repaired.", (), _doctor),
        (
            "export",
            "library",
            "Write every article as JSONL: id, version, title, text, dates, outlet, agency, authors, lang, url, origin.",
            (),
            lambda to: None,
        ),
    ]


# Reading in ------------------------------------------------------------------------------------------------------------------


def _ingest(to: argparse.ArgumentParser) -> None:
    to.add_argument("paths", nargs="+", metavar="PATH", help=f"file, folder, URL, or - for standard input: {FORMATS}")
    to.add_argument("--queue", action="store_true", help="write down what is to be read, for workers (PostgreSQL)")
    strict = "return 1 if anything could not be read; else 0 is returned where anything was, and 1 where nothing was"
    to.add_argument("--strict", action="store_true", help=strict)
    flags.fetching(to)
    flags.json(to)


def _worker(to: argparse.ArgumentParser) -> None:
    to.add_argument("--once", action="store_true", help="end when nothing stands in line (for cron)")
    flags.fetching(to)


def _queue(to: argparse.ArgumentParser) -> None:
    what = to.add_mutually_exclusive_group()
    what.add_argument("--retry", type=flags.letter, metavar="ID", help="put a dead letter, or all, in line again")
    what.add_argument("--forget", type=flags.letter, metavar="ID", help="throw a dead letter, or all, away")
    to.add_argument("--limit", type=flags.positive, default=20, metavar="N", help="dead letters listed (default: 20)")
    flags.json(to)


def _watch(to: argparse.ArgumentParser) -> None:
    to.add_argument("feeds", metavar="FEEDS", help="OPML file, or feeds.toml: [[feed]] with url, every, outlet, lang")
    to.add_argument("--once", action="store_true", help="visit every feed once and exit (for cron)")
    to.add_argument("--queue", action="store_true", help="put what they bring in line for workers (PostgreSQL)")
    flags.fetching(to)


# Asking ----------------------------------------------------------------------------------------------------------------------


def _ask(to: argparse.ArgumentParser) -> None:
    flags.question(to)
    flags.form(to, ("text", "markdown", "json", "run"))


def _chat(to: argparse.ArgumentParser) -> None:
    to.add_argument("-c", "--continue", dest="resume", action="store_true", help="go on with the last conversation")
    to.add_argument("--briefing", metavar="WHICH", help="about a briefing: latest, latest:BEAT or an id")


def _brief(to: argparse.ArgumentParser) -> None:
    from bot.cli import brief_command

    brief_command.arguments(to)


def _slack(to: argparse.ArgumentParser) -> None:
    to.add_argument("--check", action="store_true", help="say which token, scope or event is missing, and exit")
    to.add_argument("--manifest", action="store_true", help="print the manifest to make the Slack app from, and exit")
    to.add_argument("--request-url", default="", metavar="URL", help="with --manifest: for signed HTTP at this address")
    to.add_argument("--http", default="", metavar="PORT", help="signed HTTP on [HOST:]PORT instead of Socket Mode")
    to.add_argument("--api-url", metavar="URL", help="any server that speaks Slack's Web API (default: https://slack.com/api/)")


# Looking things up -----------------------------------------------------------------------------------------------------------


def _search(to: argparse.ArgumentParser) -> None:
    flags.question(to)
    to.add_argument("-k", type=flags.positive, metavar="N", help=f"articles listed (default: 10; in a run {flags.RETRIEVED})")
    flags.form(to, ("text", "json", "run"))


def _quotes(to: argparse.ArgumentParser) -> None:
    to.add_argument("--speaker", default="", metavar="NAME", help="said by this person or body, in any spelling")
    to.add_argument("--about", default="", metavar="WORDS", help="on this matter, in any language")
    flags.period(to)
    to.add_argument("--lang", default="", metavar="LANG", help="only in this language: en, es, ...")
    to.add_argument("--outlet", default="", metavar="NAME", help="only in this outlet")
    own = "own words only, without those that their article calls a translation"
    to.add_argument("--original", action="store_true", help=own)
    to.add_argument("--limit", type=flags.positive, default=50, metavar="N", help="at most so many (default: 50)")
    flags.json(to)
    to.add_argument("--csv", dest="format", action="store_const", const="csv", help="a table for spreadsheets")


def _verify(to: argparse.ArgumentParser) -> None:
    text = (
        "a text or a document, or - for standard input; 3 is returned if a quotation is altered, missing or given to somebody"
        " else, not if it only stands in another article than the text names, or the article does not plainly say who said it"
    )
    to.add_argument("files", nargs="+", metavar="FILE", help=text)
    flags.json(to)


# Looking after the library ---------------------------------------------------------------------------------------------------


def _show(to: argparse.ArgumentParser) -> None:
    to.add_argument("id", metavar="ID[@VERSION]", help="id of the article, as citations give it (default: newest version)")
    to.add_argument("--diff", action="store_true", help="what changed since the version before, sentence by sentence")
    flags.json(to)


def _delete(to: argparse.ArgumentParser) -> None:
    to.add_argument("ids", nargs="*", metavar="ID", help="id of an article, as citations give it")
    to.add_argument("--url", default="", metavar="URL", help="the article of this address")
    to.add_argument("--outlet", default="", metavar="NAME", help="all of this outlet (with the other flags: of both)")
    to.add_argument("--older-than", type=flags.age, metavar="AGE", help="published before a date, or an age: 90d, 12w, 2y")
    to.set_defaults(usage_error=to.error)
    to.add_argument("--yes", action="store_true", help="do not ask first; needed where there is no terminal")
    flags.json(to)


def _copy(to: argparse.ArgumentParser) -> None:
    to.add_argument("source", metavar="FROM", help="the library: a folder, or postgresql://HOST/NAME")
    to.add_argument("target", metavar="TO", help="where it is copied to; there may be no articles yet")
    flags.json(to)


def _doctor(to: argparse.ArgumentParser) -> None:
    to.add_argument("--rebuild", action="store_true", help="make the derived indexes anew; nothing is embedded again")
    to.add_argument(
        "--retry", action="store_true", help="embed again what was set aside because it ended the process each time"
    )
    create = "make the library, if there is none: in a database its tables, or bring them up to date"
    to.add_argument("--create", action="store_true", help=create)
    flags.json(to)
