"""The command line: parse, call, print. `dragoman --help` lists the commands.

Results go to standard output, everything else (progress, notices, errors) to standard error. Imports are made by the command
that needs them: `--help` costs little more than Python itself.
"""

from __future__ import annotations

import argparse
import os
import sys

from bot import cli_brief, flags

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TextIO

    from bot.batch import Question
    from bot.bot import Bot
    from bot.render import Json
    from bot.screen import Screen
    from bot.settings import Settings
    from index.index import Index
    from index.records import Filter

    Command = Callable[[argparse.Namespace], int]

DONE, FAILED, USAGE, NO_EVIDENCE, INTERRUPTED, BROKEN_PIPE = 0, 1, 2, 3, 130, 141
EXIT_CODES = "exit codes: 0 done or answered, 1 error, 2 wrong usage, 3 no evidence found, 130 interrupted"
RETRIEVED = 20  # documents listed in a row of a run, unless -k says otherwise


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code. The only place where an unexpected exception ends."""
    _utf8_pipes()
    try:
        args = parser().parse_args(argv)
        code: int = args.run(args)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # `| head` has seen enough; nothing more may be written, not even at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except Exception as error:
        from bot.settings import debug
        from index.errors import DragomanError

        if debug():
            raise
        known = isinstance(error, DragomanError)
        return _complain(str(error) if known else f"{type(error).__name__}: {error} (DRAGOMAN_DEBUG=1 shows where)")


# Commands --------------------------------------------------------------------------------------------------------------------


def ingest(args: argparse.Namespace) -> int:
    from bot.bot import open_index
    from bot.progress import Progress, summary
    from index.sources import read

    settings = _settings(args)
    with open_index(settings) as index, Progress(sys.stderr, args.paths) as progress:
        stdin = sys.stdin.buffer if "-" in args.paths else None
        articles = progress.items(read(args.paths, stdin=stdin, allow_hosts=settings.allow_hosts))
        report = index.add(articles, on_progress=progress.show)
        progress.show(report)
    counts = {name: getattr(report, name) for name in ("new", "changed", "same", "deleted", "passages", "failed")}
    _print(args, {"library": str(settings.library), **counts}, lambda: summary(report))
    return DONE if report.new or report.changed or report.same or report.deleted else FAILED


def watch(args: argparse.Namespace) -> int:
    import signal
    from pathlib import Path

    from bot.bot import open_index
    from bot.progress import summary
    from index.watch import Told, Watch, read_feeds

    def told(visit: Told) -> None:
        url = visit.feed.url
        for failure in [*visit.report.failed, *([f"{url}: {visit.error}"] if visit.error else [])]:
            _complain(failure)
        if not visit.error:
            print(f"{url}: {'not modified' if visit.unchanged else summary(visit.report)}", flush=True)

    settings, feeds = _settings(args), read_feeds(Path(args.feeds))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(DONE))  # an exception: what is under way is rolled back, not cut off
    with open_index(settings) as index, Watch(index, feeds, allow_hosts=settings.allow_hosts) as watch:
        if args.once:
            return DONE if watch.round(on_feed=told) else FAILED
        watch.forever(on_feed=told)
        return DONE


def ask(args: argparse.Namespace) -> int:
    from bot import render

    question, filter = _question(args), _filter(args)
    bot = _open_bot(args)
    if args.format == "run":

        def answered(row: Question) -> Json:
            as_of = row.as_of or args.as_of
            found = bot.ask(row.question, row.history, filter=filter, as_of=as_of, without=args.without)
            return render.run_row(row.id, found)

        return _run(args, question, answered)
    if _is_empty(bot.index):
        return NO_EVIDENCE
    if not args.format and sys.stdout.isatty():
        from bot.chat import ask_and_show

        answer = ask_and_show(bot, question, _screen(sys.stdout), filter=filter, as_of=args.as_of)
    else:
        answer = bot.ask(question, filter=filter, as_of=args.as_of, without=args.without)
        forms = {"json": lambda found: render.dumps(render.as_json(found)), "markdown": render.markdown}
        print(forms.get(args.format, render.plain)(answer).rstrip("\n"))
    return NO_EVIDENCE if answer.outcome == "no_evidence" else DONE


def chat(args: argparse.Namespace) -> int:
    from bot.chat import Chat

    bot = _open_bot(args)
    if _is_empty(bot.index):
        return NO_EVIDENCE
    filters = (tuple(args.lang), tuple(args.outlet), tuple(args.author), args.since, args.until)
    talk = cli_brief.talk(bot, args.briefing) if args.briefing else None
    if talk:
        print(cli_brief.shown(talk.briefing, None))
    return Chat(bot, lambda: _screen(sys.stdout), *filters, args.as_of, talk).run(resume=args.resume)


def brief(args: argparse.Namespace) -> int:
    bot = _open_bot(args)
    if _is_empty(bot.index):
        return NO_EVIDENCE
    print(cli_brief.shown(cli_brief.run(args, bot), args.format).rstrip("\n"))
    return DONE


def slack(args: argparse.Namespace) -> int:
    from pathlib import Path

    from bot.settings import load_slack

    if args.manifest:
        import json

        from bot.manifest import manifest

        print(json.dumps(manifest(request_url=args.request_url), indent=2))
        return DONE
    settings = load_slack(Path(args.config) if getattr(args, "config", None) else None, api_url=args.api_url)
    try:
        from bot import slack as door
    except ImportError as error:
        return _complain(f"{error.name} is not installed: pip install 'dragoman[slack]'")
    if args.check:
        findings = door.check(settings, signed=bool(args.http))
        print("\n".join(map(str, findings)))
        return FAILED if any(finding.ok is False for finding in findings) else DONE
    return door.run(_open_bot(args), settings, http=args.http)


def run(args: argparse.Namespace) -> int:
    from bot import cli_desk

    return cli_desk.run(args, _settings(args))


def run_due(args: argparse.Namespace) -> int:
    from bot import cli_desk

    return cli_desk.run_due(args, _settings(args))


def beats(args: argparse.Namespace) -> int:
    from bot import cli_desk

    return cli_desk.beats(args, _settings(args))


def search(args: argparse.Namespace) -> int:
    from bot import render, screen

    question, filter = _question(args), _filter(args)
    with _open_index(args) as index:
        if args.format == "run":

            def found(row: Question) -> Json:
                found = index.results(
                    row.question,
                    k=args.k or RETRIEVED,
                    filter=filter,
                    as_of=row.as_of or args.as_of,
                    without=args.without,
                )
                return render.found_row(row.id, found.hits)

            return _run(args, question, found)
        if _is_empty(index):
            return NO_EVIDENCE
        results = index.results(question, k=args.k or 10, filter=filter, as_of=args.as_of, without=args.without)
        hits, only, relaxed = results.hits, *(results.words(question, relaxed=which) for which in (False, True))
        row: Json = {"question": question, "only": only, "relaxed": relaxed, "hits": [render.hit_row(hit) for hit in hits]}
        _print(args, row, lambda: screen.show_hits(hits, _screen(sys.stdout), only=only, relaxed=relaxed))
        return DONE if hits else NO_EVIDENCE


def quotes(args: argparse.Namespace) -> int:
    from bot import quoted

    with _open_index(args) as index:
        found = index.quotes(
            speaker=args.speaker,
            about=args.about,
            since=args.since,
            until=args.until,
            lang=args.lang,
            outlet=args.outlet,
            limit=args.limit,
        )
    rows = [quoted.quotation_row(one) for one in found]
    if args.format == "csv":
        import csv

        table = csv.writer(sys.stdout, lineterminator="\n")
        table.writerow(quoted.COLUMNS)
        table.writerows([quoted.csv_cell(row[name]) for name in quoted.COLUMNS] for row in rows)
    else:
        _print(args, {"quotes": rows}, lambda: "\n\n".join(map(quoted.quotation_lines, found)) or "No statements found.")
    return DONE if rows else NO_EVIDENCE


def verify(args: argparse.Namespace) -> int:
    from pathlib import Path

    from bot import proof, quoted

    data = sys.stdin.buffer.read() if args.file == "-" else Path(args.file).read_bytes()
    with _open_index(args) as index:
        found = proof.proofs(data.decode("utf-8", "replace"), index)
    counts = {verdict: sum(one.verdict == verdict for one in found) for verdict in proof.VERDICTS}
    row: Json = {"file": args.file, "counts": counts, "quotations": [quoted.proof_row(one) for one in found]}
    total = ", ".join(f"{number} {verdict}" for verdict, number in counts.items())
    _print(args, row, lambda: "\n".join([*map(quoted.proof_lines, found), f"{_count(len(found), 'quotation')}: {total}"]))
    return NO_EVIDENCE if counts["altered"] or counts["nowhere"] else DONE


def show(args: argparse.Namespace) -> int:
    from bot import render, screen

    with _open_index(args) as index:
        article = index.article(args.id)
        name, at, version = args.id.rpartition("@")
        if article is None and at and version.isdigit():
            article = index.article(name, int(version))
        if article is None:
            return _complain(f"{args.id}: no such article or version in {index.folder}")
        _print(args, render.article_row(article), lambda: screen.show_article(article, _screen(sys.stdout)))
        return DONE


def delete(args: argparse.Namespace) -> int:
    if not (args.ids or args.url or args.outlet or args.older_than):
        args.usage_error("say what to delete: ids, --url, --outlet or --older-than")
    with _open_index(args) as index:
        missing = [id for id in args.ids if index.article(id) is None]
        for id in missing:
            _complain(f"{id}: no such article in {index.folder}")
        found = [id for id in args.ids if id not in missing]
        if args.url or args.outlet or args.older_than:
            before = args.older_than.start if args.older_than else None
            found += index.library.matching(url=args.url, outlet=args.outlet, before=before)
            found = list(dict.fromkeys(found))
        if found and not args.yes and sys.stdin.isatty():
            print(f"Delete {_count(len(found), 'article')} for good? [y/N] ", end="", file=sys.stderr, flush=True)
            if sys.stdin.readline().strip().lower() not in ("y", "yes"):
                return FAILED
        deleted = index.delete(found) if found else 0
        _print(args, {"deleted": deleted, "missing": missing}, lambda: f"{_count(deleted, 'article')} deleted")
        return FAILED if missing else DONE


def stats(args: argparse.Namespace) -> int:
    from bot import render, screen

    with _open_index(args) as index:
        found = index.stats()
        feeds = _feeds(index)
        _print(
            args,
            {**render.stats_row(found), "feeds": feeds},
            lambda: "\n".join([screen.show_stats(found).rstrip("\n"), *map(_feed_line, feeds)]),
        )
        return DONE


def doctor(args: argparse.Namespace) -> int:
    with _open_index(args) as index:
        health = index.doctor(rebuild=args.rebuild)
    row: Json = {name: getattr(health, name) for name in ("ok", "passages", "vectors", "problems", "done")}
    lines = [*(f"done     {text}" for text in health.done), *(f"problem  {text}" for text in health.problems)]
    verdict = "The library is sound" if health.ok else "The library is damaged"
    lines.append(f"{verdict}: {health.passages:,} passages, {health.vectors:,} of them in Chroma.")
    _print(args, row, lambda: "\n".join(lines))
    return DONE if health.ok else FAILED


def export(args: argparse.Namespace) -> int:
    from bot import render

    with _open_index(args) as index:
        for article in index.articles():
            print(render.dumps(render.article_row(article)))
    return DONE


def _feeds(index: Index) -> list[Json]:
    """A row for each feed that was ever watched; `age` is in seconds since it last answered."""
    import time

    from index.watch import states

    now = int(time.time())
    return [
        {
            "url": feed.url,
            "outlet": feed.outlet,
            "last_success": _moment(feed.succeeded),
            "age": now - feed.succeeded if feed.succeeded else None,
            "items": feed.items,
            "errors": feed.errors,
            "error": feed.error,
            "next": _moment(feed.due),
        }
        for feed in states(index.folder)
    ]


def _moment(seconds: int) -> str | None:
    from index.records import Period

    return str(Period(seconds, seconds + 1)) if seconds else None


def _feed_line(feed: Json) -> str:
    from bot.render import line

    age = f"{_age(feed['age'])} ago" if isinstance(feed["age"], int) else "never"
    counts = f"{feed['items']:,} items, {feed['errors']:,} errors"
    error = f"; failing: {line(str(feed['error']))}" if feed["error"] else ""
    return f"feed       {line(str(feed['url']))}  last success {feed['last_success'] or 'none'} ({age}), {counts}{error}"


def _age(seconds: int) -> str:
    for size, name in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds // size} {name}"
    return f"{seconds} s"


# What commands share ---------------------------------------------------------------------------------------------------------


def _settings(args: argparse.Namespace) -> Settings:
    from pathlib import Path

    from bot.settings import KEYS, load

    config = getattr(args, "config", None)
    return load(Path(config) if config else None, **{key: getattr(args, key) for key in KEYS if hasattr(args, key)})


def _open_bot(args: argparse.Namespace) -> Bot:
    from bot.bot import Bot

    return Bot.open(_settings(args))


def _open_index(args: argparse.Namespace) -> Index:
    from bot.bot import open_index

    return open_index(_settings(args), create=False)


def _is_empty(index: Index) -> bool:
    """Whether there is nothing to ask; then it says what to do."""
    if index.library.size():
        return False
    print(f"No articles yet in {index.folder}. Add some:\n  dragoman ingest --library {index.folder} PATH...", file=sys.stderr)
    return True


def _filter(args: argparse.Namespace) -> Filter | None:
    return flags.narrow(args.lang, args.outlet, args.author, args.since, args.until)


def _question(args: argparse.Namespace) -> str:
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


def _run(args: argparse.Namespace, question: str, answer: Callable[[Question], Json]) -> int:
    """A run: every good row is answered and written at once, every bad one costs a line on standard error and exit code 1."""
    from bot.batch import Question, rows
    from bot.render import dumps
    from index.errors import ModelError, SourceError

    code = DONE
    for row in rows(args.batch) if args.batch else [Question("1", question)]:
        try:
            if isinstance(row, SourceError):
                raise row
            print(dumps(answer(row)), flush=True)
        except (SourceError, ModelError) as error:
            code = _complain(str(error))
    return code


def _print(args: argparse.Namespace, row: Json, text: Callable[[], str]) -> None:
    """The result as one JSON object of a versioned schema, or as text."""
    from bot.render import SCHEMA, dumps

    print(dumps({"schema": SCHEMA, **row}) if args.format == "json" else text())


def _complain(message: str) -> int:
    from bot.render import line

    print(f"dragoman: {line(message)}", file=sys.stderr)
    return FAILED


def _screen(out: TextIO) -> Screen:
    from bot.screen import Screen
    from bot.settings import terminal_wishes

    if not out.isatty():
        return Screen()
    codes, color = terminal_wishes()
    try:
        columns = os.get_terminal_size(out.fileno()).columns  # not shutil's: an inherited COLUMNS would win over the terminal
    except OSError:
        columns = 80
    return Screen(width=min(100, columns or 80), codes=codes, color=color)


def _utf8_pipes() -> None:
    """Files and pipes get UTF-8 on every platform; a terminal keeps its encoding, and a character it lacks becomes "?"."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


# The grammar -----------------------------------------------------------------------------------------------------------------


def parser() -> argparse.ArgumentParser:
    """All commands and flags. The README's command help is made from it."""
    everywhere, embedding, model, filters = flags.settings(), flags.embedding(), flags.model(), flags.filter()
    top = argparse.ArgumentParser(
        "dragoman",
        description="Ask the news in your language; every sentence of the answer names the passage it stands on.",
        epilog=EXIT_CODES,
        parents=[everywhere],
        formatter_class=flags.Help,
    )
    top.add_argument("--version", action=flags.Version, help="print the version and exit")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(run: Command, help: str, *parents: argparse.ArgumentParser) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = commands.add_parser(
            run.__name__.replace("_", "-"),
            help=help,
            description=help,
            epilog=EXIT_CODES,
            parents=[everywhere, *parents],
            formatter_class=flags.Help,
        )
        made.set_defaults(run=run)
        return made

    one = command(ingest, "Read articles into the library. Reading the same again changes nothing.", embedding)
    formats = "text, Markdown, JSONL, CSV, HTML, feed, sitemap, PDF, DOCX, e-mail, WARC, also with gzip or xz"
    one.add_argument("paths", nargs="+", metavar="PATH", help=f"file, folder, URL, or - for standard input: {formats}")
    flags.fetching(one)
    flags.json(one)

    one = command(watch, "Read feeds on their schedule, each new entry with its full article, until stopped.", embedding)
    one.add_argument("feeds", metavar="FEEDS", help="OPML file, or feeds.toml: [[feed]] with url, every, outlet, lang")
    one.add_argument("--once", action="store_true", help="visit every feed once and exit (for cron)")
    flags.fetching(one)

    one = command(ask, "Ask one question.", embedding, model, filters)
    flags.question(one)
    flags.form(one, ("text", "markdown", "json", "run"))

    one = command(chat, "Ask and follow up, in the terminal.", embedding, model, filters)
    one.add_argument("-c", "--continue", dest="resume", action="store_true", help="go on with the last conversation")
    one.add_argument("--briefing", metavar="WHICH", help="about a briefing: latest, latest:BEAT or an id")

    one = command(
        brief, "Write the briefing of a beat: what is new since the last one, every sentence cited.", embedding, model
    )
    cli_brief.arguments(one)

    one = command(slack, "Answer in Slack until stopped. Tokens: SLACK_BOT_TOKEN, SLACK_APP_TOKEN.", embedding, model)
    one.add_argument("--check", action="store_true", help="say which token, scope or event is missing, and exit")
    one.add_argument("--manifest", action="store_true", help="print the manifest to make the Slack app from, and exit")
    one.add_argument("--request-url", default="", metavar="URL", help="with --manifest: for signed HTTP at this address")
    one.add_argument("--http", default="", metavar="PORT", help="signed HTTP on [HOST:]PORT instead of Socket Mode")
    one.add_argument(
        "--api-url", metavar="URL", help="any server that speaks Slack's Web API (default: https://slack.com/api/)"
    )

    flags.desk(command(run, "All of a desk in one process: feeds, Slack, briefings on schedule.", embedding, model))
    flags.due(command(run_due, "Send the briefings that are due, and exit (for cron and systemd).", embedding, model))
    flags.json(command(beats, "List the beats: when each is due, and what became of its last briefings."))

    one = command(search, "List the passages that fit a question best.", embedding, filters)
    flags.question(one)
    one.add_argument("-k", type=flags.positive, metavar="N", help=f"how many articles (default: 10; in a run {RETRIEVED})")
    flags.form(one, ("text", "json", "run"))

    one = command(quotes, "List who said what, newest first.", embedding)
    one.add_argument("--speaker", default="", metavar="NAME", help="said by this person or body, in any spelling")
    one.add_argument("--about", default="", metavar="WORDS", help="on this matter, in any language")
    flags.period(one)
    one.add_argument("--lang", default="", metavar="LANG", help="only in this language: en, es, ...")
    one.add_argument("--outlet", default="", metavar="NAME", help="only in this outlet")
    one.add_argument("--limit", type=flags.positive, default=50, metavar="N", help="at most so many (default: 50)")
    flags.json(one)
    one.add_argument("--csv", dest="format", action="store_const", const="csv", help="a table for spreadsheets")

    one = command(verify, "Check every quotation of a text against the library.", embedding)
    one.add_argument(
        "file", metavar="FILE", help="the text, or - for standard input; 3 is returned if a quotation is altered or missing"
    )
    flags.json(one)

    one = command(show, "Print one article.")
    one.add_argument("id", metavar="ID[@VERSION]", help="id of the article, as citations give it (default: newest version)")
    flags.json(one)

    one = command(delete, "Delete articles: every version, from every index.")
    one.add_argument("ids", nargs="*", metavar="ID", help="id of an article, as citations give it")
    one.add_argument("--url", default="", metavar="URL", help="the article of this address")
    one.add_argument("--outlet", default="", metavar="NAME", help="all articles of this outlet (with the other flags: of both)")
    one.add_argument("--older-than", type=flags.age, metavar="AGE", help="published before: a date, or an age: 90d, 12w, 2y")
    one.set_defaults(usage_error=one.error)
    one.add_argument("--yes", action="store_true", help="do not ask first")
    flags.json(one)

    flags.json(command(stats, "Count what is in the library."))

    one = command(doctor, "Check the library and repair what can be repaired.")
    one.add_argument("--rebuild", action="store_true", help="make the derived indexes anew; nothing is embedded again")
    flags.json(one)

    command(export, "Write every article as JSONL: id, version, title, text, dates, outlet, agency, lang, url, origin.")
    return top


if __name__ == "__main__":
    sys.exit(main())
