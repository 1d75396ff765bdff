"""Questions and briefings: `ask`, `chat`, `brief`."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.cli.commands import shared
from bot.cli.flags import DONE, NO_EVIDENCE

if TYPE_CHECKING:
    from bot.cli.batch import BatchRow
    from bot.rendering.json_rows import Json


def ask(args: argparse.Namespace) -> int:
    from bot.records import AskRequest
    from bot.rendering import answer_text, json_rows

    question, scope = shared.question(args), shared.scope(args)
    bot = shared.open_bot(args)
    if args.format == "run":

        def answered(row: BatchRow) -> Json:
            asked = AskRequest(row.question, row.history, scope=replace(scope, as_of=row.as_of or scope.as_of))
            return json_rows.run_row(row.id, bot.ask(asked))

        return shared.answer_rows(args, question, answered)
    if shared.is_empty(bot.index):
        return NO_EVIDENCE
    if not args.format and sys.stdout.isatty():
        from bot.cli.answer_printer import Printed, print_answer

        answer = print_answer(bot.stream(AskRequest(question, scope=scope)), Printed(shared.screen(sys.stdout)))
    else:
        answer = bot.ask(AskRequest(question, scope=scope))
        forms = {"json": lambda found: json_rows.dumps(json_rows.as_json(found)), "markdown": answer_text.markdown}
        print(forms.get(args.format, answer_text.plain)(answer).rstrip("\n"))
    return NO_EVIDENCE if answer.outcome == "no_evidence" else DONE


def chat(args: argparse.Namespace) -> int:
    from bot.cli import brief_command
    from bot.cli.chat import ChatSession
    from bot.rendering.terminal import wrapped

    bot = shared.open_bot(args)
    if shared.is_empty(bot.index):
        return NO_EVIDENCE
    filters = (tuple(args.lang), tuple(args.outlet), tuple(args.author), args.since, args.until)
    talk = brief_command.talk(bot, args.briefing) if args.briefing else None
    if talk:
        print(wrapped(brief_command.shown(talk.briefing, None), shared.screen(sys.stdout)))
    return ChatSession(bot, lambda: shared.screen(sys.stdout), *filters, args.as_of, talk).run(resume=args.resume)


def brief(args: argparse.Namespace) -> int:
    from bot.cli import brief_command
    from bot.rendering.terminal import wrapped

    bot = shared.open_bot(args)
    if shared.is_empty(bot.index):
        return NO_EVIDENCE
    text = brief_command.shown(brief_command.run(args, bot), args.format).rstrip("\n")
    print(text if args.format else wrapped(text, shared.screen(sys.stdout)))
    return DONE
