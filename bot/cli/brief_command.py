"""The body of `dragoman brief`: its flags, the beat that they name, the briefing as text or JSON."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Literal

from bot.cli import flags
from index.text.printable import line

if TYPE_CHECKING:
    from bot.bot import Bot
    from bot.briefings.conversation import Talk
    from bot.records import Beat, Briefing

MONTH = 31 * 86_400  # seconds


def arguments(to: argparse.ArgumentParser) -> None:
    to.add_argument(
        "beat", metavar="BEAT", help="a beat of the settings file, or a name: of the topic, where no flag says more"
    )
    group = to.add_argument_group("beat (repeat a flag for more)")
    group.add_argument("--topic", action="append", default=[], metavar="WORDS", help="about this, in any language")
    group.add_argument("--person", action="append", default=[], metavar="NAME", help="about this person, in any spelling")
    group.add_argument("--place", action="append", default=[], metavar="NAME", help="about this place, in any spelling")
    group.add_argument("--outlet", action="append", default=[], metavar="NAME", help="only this outlet")
    group.add_argument("--lang", action="append", default=[], metavar="LANG", help="only this language: en, es, ...")
    group.add_argument("--length", type=flags.positive, metavar="N", help="at most so many events (default: 8)")
    flags.period(to)
    flags.as_of(to)
    to.add_argument("--told", action="store_true", help="count it as told: the next one goes on from here")
    flags.form(to, ("text", "markdown", "html", "json"))
    to.set_defaults(usage_error=to.error)


def run(args: argparse.Namespace, bot: Bot) -> Briefing:
    """The briefing that the command line asks for. SettingsError for an outlet or a language that no article has.

    It is kept where it can be, to be talked about; as told, it has to be: LibraryError.
    """
    from bot.cli import known_values
    from bot.state.opening import is_read_only
    from index.records import Scope

    known_values.check(bot.index, _langs(args), args.outlet)
    keep: Literal["told", "asked", False] = "told" if args.told else "asked"
    if keep == "asked" and is_read_only(bot.index.folder):
        print(f"not kept: {line(str(bot.index.folder))} may only be read", file=sys.stderr)
        keep = False
    return bot.brief(beat(args), since=args.since, until=args.until, scope=Scope(as_of=args.as_of), keep=keep)


def further_back(args: argparse.Namespace, briefing: Briefing, bot: Bot) -> str:
    """How to look back to what lies before an empty window, a month from the latest article; that nothing is there, either.

    "" where there is no need. The month is read for it: what is advised finds something.
    """
    from datetime import UTC, datetime

    from bot.briefings.briefing import brief
    from bot.phrases import say
    from index.records import Period, Scope

    scope = Scope(as_of=args.as_of)
    dates = bot.index.extent(scope=scope).dates
    first = not (args.since or briefing.previous or briefing.looked_at)
    if not first or dates is None or dates.start >= briefing.since:
        return ""
    since = max(dates.start, min(dates.end, briefing.since) - MONTH)
    day = f"{datetime.fromtimestamp(since, UTC):%Y-%m-%d}"
    found = brief(bot.index, beat(args), Period(Period.parse(day).start, briefing.until), scope=scope)  # no model is asked
    return say("look_back" if found.events else "nothing_back", briefing.lang, date=day)


def taken_as(args: argparse.Namespace, briefing: Briefing) -> str:
    """How a name was taken that is no beat, where nothing came of it; "" for any other briefing."""
    from pathlib import Path

    from bot.settings.settings import load_beats

    said = args.topic or args.person or args.place or args.outlet or args.lang
    config = getattr(args, "config", None)
    if briefing.events or said or args.beat in load_beats(Path(config) if config else None):
        return ""
    name = line(args.beat)
    return (
        f'There is no beat "{name}": it was taken as a topic. A beat stands in dragoman.toml: [beats.NAME] topics = ["WORDS"]'
    )


def beat(args: argparse.Namespace) -> Beat:
    """The beat of the settings file, with what the flags put in its place; without one, a beat of the flags alone.

    SettingsError where there are beats, and neither one of this name nor flags: it is mistyped.
    """
    from dataclasses import replace
    from pathlib import Path

    from bot.records import Beat
    from bot.settings.settings import load_beats
    from index.errors import SettingsError

    if not args.beat.strip() or not all(map(str.strip, args.topic)):
        args.usage_error("a beat or a topic is needed: brief NAME, or brief --topic WORDS NAME")
    config = getattr(args, "config", None)
    beats = load_beats(Path(config) if config else None)
    known = beats.get(args.beat)
    given = {
        "topics": args.topic,
        "people": args.person,
        "places": args.place,
        "outlets": args.outlet,
        "languages": _langs(args),
    }
    said: dict[str, tuple[str, ...]] = {name: tuple(of) for name, of in given.items() if of}
    if beats and not known and not said:
        raise SettingsError(f"There is no beat '{args.beat}'. Beats: {', '.join(beats)}. For a topic: --topic '{args.beat}'")
    made = known or Beat(name=args.beat, topics=() if said else (args.beat,))
    made = replace(made, **said)  # type: ignore[arg-type]
    return replace(made, length=args.length or made.length, language=getattr(args, "language", None) or made.language)


def _langs(args: argparse.Namespace) -> list[str]:
    from bot.cli.known_values import code

    return [code(lang) for some in args.lang for lang in some.split(",") if lang.strip()]


def talk(bot: Bot, which: str) -> Talk:
    """The conversation about a kept briefing, LibraryError if there is none."""
    from bot.briefings.conversation import Talk
    from bot.records import asked
    from bot.state.opening import open_state
    from index.errors import LibraryError

    name, _, beat = which.partition(":")
    state = open_state(bot.index.folder, write=False)
    try:
        names = (beat, asked(beat)) if beat else ("",)
        latest = [found for one in names for found in state.briefings.latest(one)] if name == "latest" else []
        latest.sort(key=lambda found: found[1], reverse=True)
        briefing = latest[0][0] if latest else state.briefings.find(which)
    finally:
        state.close()
    if briefing is None:
        raise LibraryError(f'No briefing "{which}" is kept in {bot.index.folder}. Make one with "dragoman brief BEAT".')
    return Talk(bot, briefing)


def shown(briefing: Briefing, format: str | None) -> str:
    """The briefing as the command prints it."""
    from bot.rendering import briefing_text
    from bot.rendering.json_rows import dumps

    if format == "html":
        from bot.rendering.briefing_html import html

        return html(briefing)
    if format == "json":
        return dumps(briefing_text.as_json(briefing))
    return (briefing_text.markdown if format == "markdown" else briefing_text.plain)(briefing)
