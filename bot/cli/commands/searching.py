"""Looking things up: `search`, `quotes`, `verify`."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.cli import flags, known_values
from bot.cli.commands import shared
from bot.cli.flags import DONE, NO_EVIDENCE

if TYPE_CHECKING:
    from bot.cli.batch import BatchRow
    from bot.rendering.json_rows import Json

PRINTED = 4  # times as many statements are read as are printed: an agency's words stand in many outlets, and once there


def search(args: argparse.Namespace) -> int:
    from bot.rendering import json_rows, terminal

    question, scope = shared.question(args), shared.scope(args)
    with shared.open_index(args) as index:
        shared.check_filter(scope.filter, index)
        if args.format == "run":

            def results_row(row: BatchRow) -> Json:
                results = index.results(
                    row.question,
                    k=args.k or flags.RETRIEVED,
                    scope=replace(scope, as_of=row.as_of or args.as_of),
                )
                return json_rows.found_row(row.id, results.hits)

            return shared.answer_rows(args, question, results_row)
        if shared.is_empty(index):
            return NO_EVIDENCE
        results = index.results(question, k=args.k or 10, scope=scope)
        hits, row = results.hits, json_rows.search_row(question, results)
        only, relaxed = row["only"], row["relaxed"]
        shared.print_result(args, row, lambda: terminal.show_hits(hits, shared.screen(sys.stdout), only=only, relaxed=relaxed))
        return DONE if hits else NO_EVIDENCE


def quotes(args: argparse.Namespace) -> int:
    from bot.rendering import quotes as quoted
    from index.quotes.quotation import said_once
    from index.text.language import identify

    with shared.open_index(args) as index:
        known_values.check(index, [args.lang] if args.lang else (), [args.outlet] if args.outlet else ())
        quotations = index.quotes(
            speaker=args.speaker,
            about=args.about,
            since=args.since,
            until=args.until,
            lang=known_values.code(args.lang),
            outlet=args.outlet,
            limit=args.limit if args.format else args.limit * PRINTED,
            original=args.original,
            best_first=True,
        )
        meant = known_values.speaker_meant(index, args.speaker) if args.speaker and not quotations else ""
    rows = [quoted.quotation_row(quotation) for quotation in quotations]
    lang = identify(args.about, default="en") if args.about else "en"
    if args.format == "csv":
        import csv

        table = csv.writer(sys.stdout, lineterminator="\n")
        table.writerow(quoted.COLUMNS)
        table.writerows([quoted.csv_cell(cells[name]) for name in quoted.COLUMNS] for cells in map(dict, rows))
    else:
        shared.print_result(
            args,
            {"quotes": rows},
            lambda: (
                "\n\n".join(
                    quoted.quotation_lines(one.quotation, lang, one.outlets)
                    for one in said_once(quotations, best_first=bool(args.about.strip()))[: args.limit]
                )
                or f"No statements found{meant or '.'}"
            ),
        )
    return DONE if rows else NO_EVIDENCE


def verify(args: argparse.Namespace) -> int:
    from bot.rendering import quotes as quoted
    from bot.verification import document_check

    texts = {file: _draft(file) for file in args.files}
    with shared.open_index(args) as index:
        checked = {file: document_check.proofs(text, index) for file, text in texts.items()}
    row, found = quoted.proofs_row(checked), [proof for own in checked.values() for proof in own]
    counts = row["counts"]

    def told() -> str:
        several = len(checked) > 1
        lines = [quoted.proof_lines(proof, file if several else "") for file, own in checked.items() for proof in own]
        where = f" in {len(checked)} files" if several else ""
        return "\n".join([*lines, f"{shared.count(len(found), 'quotation')}{where}: {quoted.proof_totals(found)}"])

    shared.print_result(args, row, told)
    return NO_EVIDENCE if counts["altered"] or counts["nowhere"] or counts["misattributed"] else DONE


def _draft(file: str) -> str:
    """What a file or standard input ("-") says: a text or a document. OSError, SourceError where it says nothing."""
    import io
    from pathlib import Path

    from index.errors import SourceError
    from index.ingest.sources import read

    data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    items = list(read(["-"], stdin=io.BytesIO(data)))
    for item in items:
        if isinstance(item, SourceError):
            raise SourceError(file, item.why)
    return "\n\n".join(item.text for item in items if not isinstance(item, SourceError))
