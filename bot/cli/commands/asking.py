"""Questions and briefings: `ask`, `chat`, `brief`."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.cli.commands import shared
from bot.cli.flags import DONE, LEAVE, NO_EVIDENCE, narrow

if TYPE_CHECKING:
    from bot.cli.batch import BatchRow
    from bot.cli.chat import ChatSession
    from bot.rendering.json_rows import Json


def ask(args: argparse.Namespace) -> int:
    from bot.records import AskRequest
    from bot.rendering import answer_text, json_rows

    question, scope = shared.question(args), shared.scope(args)
    bot = shared.open_bot(args)
    shared.check_filter(scope.filter, bot.index)
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
    from functools import partial

    load = partial(_session, args)
    if not sys.stdin.isatty():
        session = load()
        if shared.is_empty(session.bot.index):
            return NO_EVIDENCE
        print(session.introduction, end="\n" if session.introduction else "")
        return session.run(raw.decode("utf-8", "replace") for raw in sys.stdin.buffer)
    from bot.cli.prompt import InputPrompt

    prompt = InputPrompt(load)
    first = prompt.first()
    if first is None or first.strip() in LEAVE:
        return DONE
    session = prompt.session()
    return NO_EVIDENCE if shared.is_empty(session.bot.index) else session.run(prompt.lines(first))


def _session(args: argparse.Namespace) -> ChatSession:
    from bot.cli import brief_command
    from bot.cli.chat import ChatSession
    from bot.cli.history import last_conversation
    from bot.rendering.terminal import wrapped

    bot = shared.open_bot(args)
    shared.check_filter(narrow(args.lang, args.outlet, (), None, None), bot.index)
    filters = (tuple(args.lang), tuple(args.outlet), tuple(args.author), args.since, args.until, args.as_of)
    session = ChatSession(bot, lambda: shared.screen(sys.stdout), *filters)
    if args.resume:
        session.turns = last_conversation()
    if args.briefing and not bot.index.empty:
        session.talk = brief_command.talk(bot, args.briefing)
        session.introduction = wrapped(brief_command.shown(session.talk.briefing, None), session.screen)
    return session


def brief(args: argparse.Namespace) -> int:
    from bot.cli import brief_command
    from bot.rendering.terminal import wrapped

    bot = shared.open_bot(args)
    if shared.is_empty(bot.index):
        return NO_EVIDENCE
    briefing = brief_command.run(args, bot)
    text = brief_command.shown(briefing, args.format).rstrip("\n")
    print(text if args.format else wrapped(text, shared.screen(sys.stdout)))
    if taken := brief_command.taken_as(args, briefing):
        print(taken, file=sys.stderr)
    if further := brief_command.further_back(args, briefing, bot):
        print(further, file=sys.stderr)
    return DONE
