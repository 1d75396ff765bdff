"""What the bot can see in a channel and what to ask there: its home tab, its first message, the suggested prompts.

library and beats -> questions -> those that are answered, asked of the library first -> prompts
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.bot import Bot
from bot.phrases import DEFAULT, languages, say
from bot.records import Beat
from bot.slack import blocks
from bot.slack.blocks import Json
from index.errors import DragomanError
from index.quotes.quotation import speaker
from index.records import Filter, Scope
from index.text.printable import one_line

REMEMBERED = 3600.0  # seconds
SHOWN, TRIED, SPEAKERS = 4, 9, 4  # prompts, questions asked to find them, speakers asked about
COMMANDS: Mapping[str, Mapping[str, str]] = {  # a phrase -> the commands in it
    "slack_command_ask": {"command": "/dragoman ask QUESTION"},
    "slack_command_quotes": {"command": "/dragoman quotes NAME about WORDS"},
    "slack_command_brief": {
        "command": "/dragoman brief BEAT", "beats": "/dragoman beats", "subscribe": "/dragoman subscribe BEAT",
    },
    "slack_command_verify": {"command": "/dragoman verify TEXT"},
    "slack_command_settings": {"command": "/dragoman settings"},
}  # fmt: skip


@dataclass(slots=True)
class Suggestions:
    """Questions that this library answers, made once an hour for each part of it that may be seen."""

    bot: Bot
    clock: Callable[[], float] = time.monotonic
    _made: dict[Filter, tuple[float, tuple[str, ...]]] = field(default_factory=dict)
    _making: threading.Lock = field(default_factory=threading.Lock)

    def of(self, allowed: Filter, beats: Mapping[str, Beat]) -> tuple[str, ...]:
        """At most SHOWN questions, each of which is answered. While others are being made, those of before. LibraryError."""
        at, questions = self._made.get(allowed, (self.clock() - 2 * REMEMBERED, ()))
        if self.clock() - at > REMEMBERED and self._making.acquire(blocking=False):  # a worker that waits answers nobody
            try:
                questions = tuple(self._answered(allowed, beats))
                self._made[allowed] = self.clock(), questions
            finally:
                self._making.release()
        return questions

    def _answered(self, allowed: Filter, beats: Mapping[str, Beat]) -> Iterator[str]:
        quoting, found = Bot(self.bot.index, language=self.bot.language), 0
        for tried, question in enumerate(self._candidates(allowed, beats)):
            if found >= SHOWN or tried >= TRIED:
                return
            if quoting.ask(question, filter=allowed or None).outcome == "answered":
                found += 1
                yield question

    def _candidates(self, allowed: Filter, beats: Mapping[str, Beat]) -> Iterator[str]:
        stats = self.bot.index.stats()
        often = sorted(stats.languages, key=lambda lang: -stats.languages[lang])
        own = next((lang for lang in often if lang in languages() and (not allowed.langs or lang in allowed.langs)), "en")
        yield say("ask_news", own)
        quotations = self.bot.index.quotes(limit=60, scope=Scope(filter=allowed or None))
        named = [(name, q.passage.lang) for q in quotations if (name := speaker(q))]
        for name, lang in [*dict.fromkeys(named)][:SPEAKERS]:
            yield say("ask_said", lang if lang in languages() else "en", name=one_line(name))
        for beat in beats.values():
            for words in (*beat.people, *beat.places, *beat.topics)[:1]:
                yield say("ask_about", beat.language, words=words)


def commands(lang: str) -> str:
    """What can be written behind /dragoman, a line each."""
    return "\n".join(say(phrase, lang, **named) for phrase, named in COMMANDS.items())


def visible(allowed: Filter, lang: str) -> str:
    """What may be seen, in words."""
    listed = {"slack_outlets": allowed.outlets, "slack_langs": allowed.langs, "slack_authors": allowed.authors}
    parts = [say(phrase, lang, names=", ".join(sorted(names))) for phrase, names in listed.items() if names]
    if window := allowed.window:
        parts.append(say("slack_window", lang, since=_day(window.start), until=_day(window.end - 1)))
    return "; ".join(parts) or say("slack_every_article", lang)


def welcome(bot: Bot, allowed: Filter, questions: tuple[str, ...], where: str) -> list[Json]:
    """Blocks: what can be seen there, and what to ask. `where`: "here", "in direct messages"."""
    extent = bot.index.extent(scope=Scope(filter=allowed or None))
    dates = f", {_day(extent.dates.start)} to {_day(extent.dates.end - 1)}" if extent.dates else ""
    seen = f"{where[:1].upper()}{where[1:]} I can see {visible(allowed, DEFAULT)} ({extent.articles:,} articles{dates})."
    lines = [
        *blocks.said("I answer questions from news articles; every sentence names the article it stands on."),
        *blocks.said(blocks.literal(seen)),
    ]
    if questions:
        lines += blocks.said("\n".join(["For example:", *(f"•  {blocks.literal(question)}" for question in questions)]))
    return lines


def home(bot: Bot, allowed: Filter | None, questions: tuple[str, ...], refused: str) -> Json:
    """The home tab."""
    body = blocks.said(refused) if allowed is None else welcome(bot, allowed, questions, "in direct messages")
    header: Json = {"type": "header", "text": {"type": "plain_text", "text": "Dragoman"}}
    return {"type": "home", "blocks": [header, *body, {"type": "divider"}, *blocks.said(commands(DEFAULT))]}


def suggested(suggestions: Suggestions, allowed: Filter, beats: Mapping[str, Beat]) -> tuple[str, ...]:
    """The questions, or none where the library cannot be read."""
    try:
        return suggestions.of(allowed, beats)
    except DragomanError:
        return ()


def _day(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"
