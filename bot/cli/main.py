"""The command line: its grammar, and where an error ends. `dragoman --help` lists the commands; `commands.py` has their bodies.

Nothing is imported that the grammar does not need: `--help` costs little more than argparse.
"""

from __future__ import annotations

import argparse
import os
import sys

from bot.cli import flags

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Command = Callable[[argparse.Namespace], int]

EXIT_CODES = "exit codes: 0 done or answered, 1 error, 2 wrong usage, 3 no evidence found, 130 interrupted"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code. The only place where an unexpected exception ends."""
    _utf8_pipes()
    try:
        args = parser(sys.argv[1:] if argv is None else argv).parse_args(argv)
        from bot.cli import commands

        run: Command = getattr(commands, args.command.replace("-", "_"))
        code = run(args)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return flags.INTERRUPTED
    except BrokenPipeError:  # `| head` has seen enough; nothing more may be written, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return flags.BROKEN_PIPE
    except Exception as error:
        from bot.cli.commands import complain
        from bot.settings.settings import debug
        from index.errors import DragomanError

        if debug():
            raise
        known = isinstance(error, DragomanError)
        return complain(str(error) if known else f"{type(error).__name__}: {error} (DRAGOMAN_DEBUG=1 shows where)")


def _utf8_pipes() -> None:
    """Files and pipes get UTF-8 on every platform; a terminal keeps its encoding, and a character it lacks becomes "?"."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def parser(words: Sequence[str] | None = None) -> argparse.ArgumentParser:
    """The commands and their flags; with `words`, flags only of the commands named among these (None: all, for the README).

    To give every command its flags took a third of `--help`'s time.
    """
    everywhere, embedding, model, filters = flags.settings(), flags.embedding, flags.model, flags.filter
    top = argparse.ArgumentParser(
        "dragoman",
        description="Ask the news in your language; every sentence of the answer names the passage it stands on.",
        epilog=EXIT_CODES,
        parents=[everywhere],
        formatter_class=flags.Help,
    )
    top.add_argument("--version", action=flags.Version, help="print the version and exit")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(name: str, help: str, *shared: Callable[[], argparse.ArgumentParser]) -> argparse.ArgumentParser | None:
        if words is not None and name not in words:
            commands.add_parser(name, help=help)
            return None
        made: argparse.ArgumentParser = commands.add_parser(
            name,
            help=help,
            description=help,
            epilog=EXIT_CODES,
            parents=[everywhere, *(make() for make in shared)],
            formatter_class=flags.Help,
        )
        made.set_defaults(command=name)
        return made

    if one := command("ingest", "Read articles into the library. Reading the same again changes nothing.", embedding):
        formats = "text, Markdown, JSONL, CSV, HTML, feed, sitemap, PDF, DOCX, e-mail, WARC, also with gzip or xz"
        one.add_argument("paths", nargs="+", metavar="PATH", help=f"file, folder, URL, or - for standard input: {formats}")
        flags.fetching(one)
        flags.json(one)

    if one := command("watch", "Read feeds on their schedule, each new entry with its full article, until stopped.", embedding):
        one.add_argument("feeds", metavar="FEEDS", help="OPML file, or feeds.toml: [[feed]] with url, every, outlet, lang")
        one.add_argument("--once", action="store_true", help="visit every feed once and exit (for cron)")
        flags.fetching(one)

    if one := command("ask", "Ask one question.", embedding, model, filters):
        flags.question(one)
        flags.form(one, ("text", "markdown", "json", "run"))

    if one := command("chat", "Ask and follow up, in the terminal.", embedding, model, filters):
        one.add_argument("-c", "--continue", dest="resume", action="store_true", help="go on with the last conversation")
        one.add_argument("--briefing", metavar="WHICH", help="about a briefing: latest, latest:BEAT or an id")

    if one := command(
        "brief", "Write the briefing of a beat: what is new since the last one, all of it cited.", embedding, model
    ):
        from bot.cli import brief_command

        brief_command.arguments(one)

    if one := command("slack", "Answer in Slack until stopped. Tokens: SLACK_BOT_TOKEN, SLACK_APP_TOKEN.", embedding, model):
        one.add_argument("--check", action="store_true", help="say which token, scope or event is missing, and exit")
        one.add_argument("--manifest", action="store_true", help="print the manifest to make the Slack app from, and exit")
        one.add_argument("--request-url", default="", metavar="URL", help="with --manifest: for signed HTTP at this address")
        one.add_argument("--http", default="", metavar="PORT", help="signed HTTP on [HOST:]PORT instead of Socket Mode")
        one.add_argument(
            "--api-url", metavar="URL", help="any server that speaks Slack's Web API (default: https://slack.com/api/)"
        )

    if one := command("run", "All of a desk in one process: feeds, Slack, briefings on schedule.", embedding, model):
        flags.desk(one)
    if one := command("run-due", "Send the briefings that are due, and exit (for cron and systemd).", embedding, model):
        flags.due(one)
    if one := command("beats", "List the beats: when each is due, and what became of its last briefings."):
        flags.json(one)

    if one := command("search", "List the passages that fit a question best.", embedding, filters):
        flags.question(one)
        one.add_argument(
            "-k", type=flags.positive, metavar="N", help=f"articles listed (default: 10; in a run {flags.RETRIEVED})"
        )
        flags.form(one, ("text", "json", "run"))

    if one := command("quotes", "List who said what, newest first.", embedding):
        one.add_argument("--speaker", default="", metavar="NAME", help="said by this person or body, in any spelling")
        one.add_argument("--about", default="", metavar="WORDS", help="on this matter, in any language")
        flags.period(one)
        one.add_argument("--lang", default="", metavar="LANG", help="only in this language: en, es, ...")
        one.add_argument("--outlet", default="", metavar="NAME", help="only in this outlet")
        one.add_argument(
            "--original", action="store_true", help="own words only, without those that their article calls a translation"
        )
        one.add_argument("--limit", type=flags.positive, default=50, metavar="N", help="at most so many (default: 50)")
        flags.json(one)
        one.add_argument("--csv", dest="format", action="store_const", const="csv", help="a table for spreadsheets")

    if one := command("verify", "Check every quotation of a text against the library.", embedding):
        one.add_argument(
            "file",
            metavar="FILE",
            help="the text, or - for standard input; 3 is returned if a quotation is altered or missing, not if it only stands"
            " in another article than the text names",
        )
        flags.json(one)

    if one := command("show", "Print one article."):
        one.add_argument("id", metavar="ID[@VERSION]", help="id of the article, as citations give it (default: newest version)")
        one.add_argument("--diff", action="store_true", help="what changed since the version before, sentence by sentence")
        flags.json(one)

    if one := command("delete", "Delete articles: every version, from every index."):
        one.add_argument("ids", nargs="*", metavar="ID", help="id of an article, as citations give it")
        one.add_argument("--url", default="", metavar="URL", help="the article of this address")
        one.add_argument("--outlet", default="", metavar="NAME", help="all of this outlet (with the other flags: of both)")
        one.add_argument("--older-than", type=flags.age, metavar="AGE", help="published before a date, or an age: 90d, 12w, 2y")
        one.set_defaults(usage_error=one.error)
        one.add_argument("--yes", action="store_true", help="do not ask first")
        flags.json(one)

    if one := command("stats", "Count what is in the library."):
        flags.json(one)

    if one := command("doctor", "Check the library and repair what can be repaired."):
        one.add_argument("--rebuild", action="store_true", help="make the derived indexes anew; nothing is embedded again")
        flags.json(one)

    command("export", "Write every article as JSONL: id, version, title, text, dates, outlet, agency, lang, url, origin.")
    return top


if __name__ == "__main__":
    sys.exit(main())
