"""The bodies of the commands: arguments in, one call, the result printed; the exit code. `main.py` has their grammar.

Results go to standard output, everything else (progress, notices, errors) to standard error. A command imports what it needs.
"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.cli import flags
from bot.cli.flags import DONE, FAILED, NO_EVIDENCE

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from bot.bot import Bot
    from bot.cli.batch import BatchRow
    from bot.rendering.answer_text import Json
    from bot.rendering.terminal import Screen
    from bot.settings.settings import Settings
    from index.index import Index
    from index.records import Scope


def ingest(args: argparse.Namespace) -> int:
    from bot.cli.progress import Progress
    from bot.opening import open_index
    from bot.rendering.ingest_report import summary
    from index.ingest.sources import read

    settings = _settings(args)
    try:
        with open_index(settings) as index, Progress(sys.stderr, args.paths) as progress:
            stdin = sys.stdin.buffer if "-" in args.paths else None
            articles = progress.items(read(args.paths, stdin=stdin, allow_hosts=settings.allow_hosts))
            report = index.add(articles, on_progress=progress.show)
            progress.show(report)
    except KeyboardInterrupt:
        complain("stopped. What was written is kept; the same command goes on from there.")
        raise
    counts = {name: getattr(report, name) for name in ("new", "changed", "same", "deleted", "passages", "failed")}
    _print(args, {"library": str(settings.library), **counts}, lambda: summary(report))
    return DONE if report.new or report.changed or report.same or report.deleted else FAILED


def watch(args: argparse.Namespace) -> int:
    import signal
    from pathlib import Path

    from bot.opening import open_index
    from bot.rendering.ingest_report import summary
    from index.ingest.feeds.feed_list import read_feeds
    from index.ingest.feeds.watcher import Told, Watch

    def told(visit: Told) -> None:
        url = visit.feed.url
        for failure in [*visit.report.failed, *([f"{url}: {visit.error}"] if visit.error else [])]:
            complain(failure)
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
    from bot.records import AskRequest
    from bot.rendering import answer_text

    question, scope = _question(args), _scope(args)
    bot = _open_bot(args)
    if args.format == "run":

        def answered(row: BatchRow) -> Json:
            asked = AskRequest(row.question, row.history, scope=replace(scope, as_of=row.as_of or scope.as_of))
            return answer_text.run_row(row.id, bot.ask(asked))

        return _run(args, question, answered)
    if _is_empty(bot.index):
        return NO_EVIDENCE
    if not args.format and sys.stdout.isatty():
        from bot.cli.answer_printer import Printed, print_answer

        answer = print_answer(bot.stream(AskRequest(question, scope=scope)), Printed(_screen(sys.stdout)))
    else:
        answer = bot.ask(AskRequest(question, scope=scope))
        forms = {"json": lambda found: answer_text.dumps(answer_text.as_json(found)), "markdown": answer_text.markdown}
        print(forms.get(args.format, answer_text.plain)(answer).rstrip("\n"))
    return NO_EVIDENCE if answer.outcome == "no_evidence" else DONE


def chat(args: argparse.Namespace) -> int:
    from bot.cli import brief_command
    from bot.cli.chat import ChatSession
    from bot.rendering.terminal import wrapped

    bot = _open_bot(args)
    if _is_empty(bot.index):
        return NO_EVIDENCE
    filters = (tuple(args.lang), tuple(args.outlet), tuple(args.author), args.since, args.until)
    talk = brief_command.talk(bot, args.briefing) if args.briefing else None
    if talk:
        print(wrapped(brief_command.shown(talk.briefing, None), _screen(sys.stdout)))
    return ChatSession(bot, lambda: _screen(sys.stdout), *filters, args.as_of, talk).run(resume=args.resume)


def brief(args: argparse.Namespace) -> int:
    from bot.cli import brief_command
    from bot.rendering.terminal import wrapped

    bot = _open_bot(args)
    if _is_empty(bot.index):
        return NO_EVIDENCE
    text = brief_command.shown(brief_command.run(args, bot), args.format).rstrip("\n")
    print(text if args.format else wrapped(text, _screen(sys.stdout)))
    return DONE


def slack(args: argparse.Namespace) -> int:
    from pathlib import Path

    from bot.settings.settings import load_slack

    if args.manifest:
        import json

        from bot.slack.manifest import manifest

        print(json.dumps(manifest(request_url=args.request_url), indent=2))
        return DONE
    settings = load_slack(Path(args.config) if getattr(args, "config", None) else None, api_url=args.api_url)
    try:
        from bot.slack import app as door
        from bot.slack.setup_check import check
    except ImportError as error:
        return complain(f"{error.name} is not installed: pip install 'dragoman[slack]'")
    if args.check:
        findings = check(settings, signed=bool(args.http))
        print("\n".join(map(str, findings)))
        return FAILED if any(finding.ok is False for finding in findings) else DONE
    return door.run(_open_bot(args), settings, http=args.http)


def run(args: argparse.Namespace) -> int:
    from bot.cli import service_commands

    return service_commands.run(args, _settings(args))


def run_due(args: argparse.Namespace) -> int:
    from bot.cli import service_commands

    return service_commands.run_due(args, _settings(args))


def beats(args: argparse.Namespace) -> int:
    from bot.cli import service_commands

    return service_commands.beats(args, _settings(args))


def search(args: argparse.Namespace) -> int:
    from bot.rendering import answer_text, terminal

    question, scope = _question(args), _scope(args)
    with _open_index(args) as index:
        if args.format == "run":

            def found(row: BatchRow) -> Json:
                found = index.results(
                    row.question,
                    k=args.k or flags.RETRIEVED,
                    scope=replace(scope, as_of=row.as_of or args.as_of),
                )
                return answer_text.found_row(row.id, found.hits)

            return _run(args, question, found)
        if _is_empty(index):
            return NO_EVIDENCE
        results = index.results(question, k=args.k or 10, scope=scope)
        hits, only, relaxed = results.hits, *(results.words(question, relaxed=which) for which in (False, True))
        row: Json = {"question": question, "only": only, "relaxed": relaxed, "hits": [answer_text.hit_row(hit) for hit in hits]}
        _print(args, row, lambda: terminal.show_hits(hits, _screen(sys.stdout), only=only, relaxed=relaxed))
        return DONE if hits else NO_EVIDENCE


def quotes(args: argparse.Namespace) -> int:
    from bot.rendering import quotes as quoted
    from index.text.language import identify

    with _open_index(args) as index:
        found = index.quotes(
            speaker=args.speaker,
            about=args.about,
            since=args.since,
            until=args.until,
            lang=args.lang,
            outlet=args.outlet,
            limit=args.limit,
            original=args.original,
        )
    rows = [quoted.quotation_row(one) for one in found]
    lang = identify(args.about, default="en") if args.about else "en"
    if args.format == "csv":
        import csv

        table = csv.writer(sys.stdout, lineterminator="\n")
        table.writerow(quoted.COLUMNS)
        table.writerows([quoted.csv_cell(row[name]) for name in quoted.COLUMNS] for row in rows)
    else:
        _print(
            args,
            {"quotes": rows},
            lambda: "\n\n".join(quoted.quotation_lines(one, lang) for one in found) or "No statements found.",
        )
    return DONE if rows else NO_EVIDENCE


def verify(args: argparse.Namespace) -> int:
    from pathlib import Path

    from bot.rendering import quotes as quoted
    from bot.verification import document_check

    data = sys.stdin.buffer.read() if args.file == "-" else Path(args.file).read_bytes()
    with _open_index(args) as index:
        found = document_check.proofs(data.decode("utf-8", "replace"), index)
    counts = {verdict: sum(one.verdict == verdict for one in found) for verdict in document_check.VERDICTS}
    row: Json = {"file": args.file, "counts": counts, "quotations": [quoted.proof_row(one) for one in found]}
    total = ", ".join(f"{number} {verdict}" for verdict, number in counts.items())
    _print(args, row, lambda: "\n".join([*map(quoted.proof_lines, found), f"{_count(len(found), 'quotation')}: {total}"]))
    return NO_EVIDENCE if counts["altered"] or counts["nowhere"] else DONE


def show(args: argparse.Namespace) -> int:
    from bot.rendering import answer_text, terminal

    with _open_index(args) as index:
        article = index.article(args.id)
        name, at, version = args.id.rpartition("@")
        if article is None and at and version.isdigit():
            article = index.article(name, int(version))
        if article is None:
            return complain(f"{args.id}: no such article or version in {index.folder}")
        if args.diff:
            before = index.article(article.id, article.version - 1)
            if before is None:
                return complain(f"{args.id}: there is no version before this one")
            _print(
                args,
                answer_text.changes_row(before, article),
                lambda: terminal.show_changes(before, article, _screen(sys.stdout)),
            )
            return DONE
        _print(args, answer_text.article_row(article), lambda: terminal.show_article(article, _screen(sys.stdout)))
        return DONE


def delete(args: argparse.Namespace) -> int:
    if not (args.ids or args.url or args.outlet or args.older_than):
        args.usage_error("say what to delete: ids, --url, --outlet or --older-than")
    with _open_index(args) as index:
        missing = [id for id in args.ids if index.article(id) is None]
        for id in missing:
            complain(f"{id}: no such article in {index.folder}")
        found = [id for id in args.ids if id not in missing]
        if args.url or args.outlet or args.older_than:
            before = args.older_than.start if args.older_than else None
            found += index.matching(url=args.url, outlet=args.outlet, before=before)
            found = list(dict.fromkeys(found))
        if found and not args.yes and sys.stdin.isatty():
            print(f"Delete {_count(len(found), 'article')} for good? [y/N] ", end="", file=sys.stderr, flush=True)
            if sys.stdin.readline().strip().lower() not in ("y", "yes"):
                return FAILED
        deleted = index.delete(found) if found else 0
        _print(args, {"deleted": deleted, "missing": missing}, lambda: f"{_count(deleted, 'article')} deleted")
        return FAILED if missing else DONE


def stats(args: argparse.Namespace) -> int:
    from bot.cli import feed_status
    from bot.rendering import answer_text, terminal

    with _open_index(args) as index:
        found = index.stats()
        feeds = feed_status.rows(index)
        _print(
            args,
            {**answer_text.stats_row(found), "feeds": feeds},
            lambda: "\n".join([terminal.show_stats(found).rstrip("\n"), *map(feed_status.text, feeds)]),
        )
        return DONE


def doctor(args: argparse.Namespace) -> int:
    from index.errors import Damaged

    try:
        with _open_index(args) as index:
            health = index.doctor(rebuild=args.rebuild)
    except Damaged as error:
        from index.storage.opening import salvage

        saved = [str(error).partition(" Run: ")[0], *salvage(_settings(args).library)]
        with _open_index(args) as index:
            health = index.doctor(rebuild=True)
        health.done[:0] = saved
    row: Json = {name: getattr(health, name) for name in ("ok", "passages", "vectors", "problems", "done")}
    lines = [*(f"done     {text}" for text in health.done), *(f"problem  {text}" for text in health.problems)]
    verdict = "The library is sound" if health.ok else "The library is damaged"
    lines.append(f"{verdict}: {health.passages:,} passages, {health.vectors:,} of them in Chroma.")
    _print(args, row, lambda: "\n".join(lines))
    return DONE if health.ok else FAILED


def export(args: argparse.Namespace) -> int:
    from bot.rendering import answer_text

    with _open_index(args) as index:
        for article in index.articles():
            print(answer_text.dumps(answer_text.article_row(article)))
    return DONE


# What commands share ---------------------------------------------------------------------------------------------------------


def _settings(args: argparse.Namespace) -> Settings:
    from pathlib import Path

    from bot.settings.settings import KEYS, load

    config = getattr(args, "config", None)
    return load(Path(config) if config else None, **{key: getattr(args, key) for key in KEYS if hasattr(args, key)})


def _open_bot(args: argparse.Namespace) -> Bot:
    from bot.opening import bot_from

    return bot_from(_settings(args))


def _open_index(args: argparse.Namespace) -> Index:
    from bot.opening import open_index

    return open_index(_settings(args), create=False)


def _is_empty(index: Index) -> bool:
    """Whether there is nothing to ask; then it says what to do."""
    if not index.empty:
        return False
    print(f"No articles yet in {index.folder}. Add some:\n  dragoman ingest --library {index.folder} PATH...", file=sys.stderr)
    return True


def _scope(args: argparse.Namespace) -> Scope:
    from index.records import Scope

    filter = flags.narrow(args.lang, args.outlet, args.author, args.since, args.until)
    return Scope(filter=filter, as_of=args.as_of, without=frozenset(args.without))


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


def _run(args: argparse.Namespace, question: str, answer: Callable[[BatchRow], Json]) -> int:
    """A run: every good row is answered and written at once, every bad one costs a line on standard error and exit code 1."""
    from bot.cli.batch import BatchRow, rows
    from bot.rendering.answer_text import dumps
    from index.errors import ModelError, SourceError

    code = DONE
    for row in rows(args.batch) if args.batch else [BatchRow("1", question)]:
        try:
            if isinstance(row, SourceError):
                raise row
            print(dumps(answer(row)), flush=True)
        except (SourceError, ModelError) as error:
            code = complain(str(error))
    return code


def _print(args: argparse.Namespace, row: Json, text: Callable[[], str]) -> None:
    """The result as one JSON object of a versioned schema, or as text."""
    from bot.rendering.answer_text import SCHEMA, dumps

    print(dumps({"schema": SCHEMA, **row}) if args.format == "json" else text())


def complain(message: str) -> int:
    from index.text.printable import line

    print(f"dragoman: {line(message)}", file=sys.stderr)
    return FAILED


def _screen(out: TextIO) -> Screen:
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


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
