"""The body of `dragoman brief`: its flags, the beat that they name, the briefing as text or JSON."""

from __future__ import annotations

import argparse

from bot import flags

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bot.bot import Bot
    from bot.records import Beat, Briefing, BriefingEvent, Citation, Sentence
    from bot.render import Json


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
    to.add_argument("--forget", dest="keep", action="store_false", help="do not remember it: the next one tells the same again")
    flags.form(to, ("text", "json"))


def run(args: argparse.Namespace, bot: Bot) -> Briefing:
    """The briefing that the command line asks for."""
    return bot.brief(beat(args), since=args.since, until=args.until, as_of=args.as_of, keep=args.keep)


def beat(args: argparse.Namespace) -> Beat:
    """The beat of the settings file, with what the flags put in its place; without one, a beat of the flags alone."""
    from dataclasses import replace
    from pathlib import Path

    from bot.records import Beat
    from bot.settings import load_beats

    config = getattr(args, "config", None)
    known = load_beats(Path(config) if config else None).get(args.beat)
    langs = [lang.strip().lower() for some in args.lang for lang in some.split(",") if lang.strip()]
    given = {"topics": args.topic, "people": args.person, "places": args.place, "outlets": args.outlet, "languages": langs}
    said: dict[str, tuple[str, ...]] = {name: tuple(of) for name, of in given.items() if of}
    made = known or Beat(name=args.beat, topics=() if said else (args.beat,))
    made = replace(made, **said)  # type: ignore[arg-type]
    return replace(made, length=args.length or made.length, language=getattr(args, "language", None) or made.language)


def text(briefing: Briefing) -> str:
    """One line a sentence, its sources by number behind it."""
    from bot.render import line, marks, source_line

    blocks = []
    for event in briefing.events:
        told = [event.headline, *event.sentences, *event.statements, *event.disputed]
        lines = [f"{event.number}. [{event.label}] {line(event.headline.text)} {marks(event.headline.citations)}"]
        lines += [f"   {line(one.text)} {marks(one.citations)}" for one in told[1:]]
        lines += [f"   Before: {line(one.text)} {marks(one.citations)}" for one in event.before]
        blocks.append("\n".join(lines))
    blocks += (
        ["\n".join(f"No news: {line(one.text)} {marks(one.citations)}" for one in briefing.quiet)] if briefing.quiet else []
    )
    blocks += ["\n".join(map(source_line, briefing.sources))] if briefing.sources else []
    return "\n\n".join(blocks) or "Nothing new."


def row(briefing: Briefing) -> Json:
    """The briefing as JSON has it."""
    from index.records import Period

    def moment(seconds: int) -> str:
        return str(Period(seconds, seconds + 1))

    return {
        "id": briefing.id,
        "beat": briefing.beat,
        "since": moment(briefing.since),
        "until": moment(briefing.until),
        "previous": briefing.previous or None,
        "articles": briefing.articles,
        "events": [_event(event) for event in briefing.events],
        "quiet": [_sentence(one, "quiet") for one in briefing.quiet],
    }


def _event(event: BriefingEvent) -> Json:
    roles = {"what": event.sentences, "said": event.statements, "disputed": event.disputed}
    told = [_sentence(event.headline, "headline")]
    told += [_sentence(one, role) for role, some in roles.items() for one in some]
    return {
        "number": event.number,
        "id": event.id,
        "label": event.label,
        "origins": event.origins,
        "outlets": list(event.outlets),
        "languages": list(event.languages),
        "published": str(event.published) if event.published else None,
        "article_ids": list(event.article_ids),
        "sentences": told,
        "before": [_sentence(one, "before") for one in event.before],
    }


def _sentence(sentence: Sentence, role: str) -> Json:
    return {"role": role, "text": sentence.text, "lang": sentence.lang, "citations": [_citation(c) for c in sentence.citations]}


def _citation(citation: Citation) -> Json:
    return {
        "doc_id": citation.article_id,
        "version": citation.version,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
    }
