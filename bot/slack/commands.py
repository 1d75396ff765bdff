"""What /dragoman shows one person beside answers: beats, subscriptions, checked quotations, the settings of a channel."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import get_args
from zoneinfo import ZoneInfo

from bot.phrases import DEFAULT, languages, say
from bot.records import Beat
from bot.settings.cron import following
from bot.settings.slack import FollowUps, SlackSettings
from bot.slack import blocks
from bot.slack.blocks import Json, literal
from bot.slack.private_views import Aside
from bot.slack.welcome import visible
from bot.state.opening import State
from index.records import Filter

FOLLOW_UPS: Mapping[FollowUps, str] = {"mention": "slack_mentioned", "asked": "slack_asked", "all": "slack_all"}  # phrases
SET = {"follow_ups": "/dragoman settings follow-ups mention|asked|all", "language": "/dragoman settings language CODE"}


@dataclass(slots=True)
class Commands:
    """Looks up and sets. Every method returns blocks for the person who asked."""

    state: State
    settings: Callable[[], SlackSettings]
    aside: Aside

    def known(self, verb: str, rest: str) -> bool:
        """Whether it is a command of this room."""
        return verb in ("beats", "settings") or (verb in ("subscribe", "unsubscribe", "verify") and bool(rest))

    def run(self, verb: str, rest: str, team: str, channel: str, allowed: Filter) -> list[Json]:
        """Do it. LibraryError."""
        match verb:
            case "beats":
                return self._beats(team, channel)
            case "subscribe" | "unsubscribe":
                return blocks.said(self._subscribe(rest, team, channel, allowed, on=verb == "subscribe"))
            case "verify":
                return self.aside.proofs(rest, allowed, self.ours(team, channel))
        return self._settings(rest, team, channel, allowed)

    def follow_ups(self, team: str, channel: str) -> FollowUps:
        """When it speaks in the threads of a channel without a mention: as set there, else as set for all."""
        own = self.state.channels.settings(team, channel).get("follow_ups", "")
        return next((one for one in get_args(FollowUps) if one == own), self.settings().follow_ups)

    def language(self, team: str, channel: str) -> str:
        """The language of our own words in a channel; "" is the question's."""
        return self.state.channels.settings(team, channel).get("language", "")

    def ours(self, team: str, channel: str) -> str:
        """The language in which a channel is told what no question asked for: its own, else the one set for all."""
        return self.language(team, channel) or self.aside.bot.language or DEFAULT

    # What they do

    def _beats(self, team: str, channel: str) -> list[Json]:
        beats, lang = self.settings().beats, self.ours(team, channel)
        if not beats:
            return blocks.said(say("slack_no_beats", lang))
        here = self.state.channels.beats(team, channel)
        return blocks.said("\n".join(self._beat(beat, lang, subscribed=name in here) for name, beat in beats.items()))

    def _beat(self, beat: Beat, lang: str, *, subscribed: bool) -> str:
        about = literal(", ".join((*beat.topics, *beat.people, *beat.places)) or say("slack_everything", lang))
        when = _next(beat, lang) if beat.schedule else say("slack_on_request", lang)
        return f"•  {literal(beat.name)}: {'; '.join([about, when, *([say('slack_subscribed', lang)] if subscribed else [])])}"

    def _subscribe(self, name: str, team: str, channel: str, allowed: Filter, *, on: bool) -> str:
        beats, lang, shown = self.settings().beats, self.ours(team, channel), literal(name)
        beat = beats.get(name)
        if not on:
            known = name in self.state.channels.beats(team, channel)
            self.state.channels.subscribe(team, channel, name, on=False)
            return say("slack_no_longer" if known else "slack_did_not", lang, beat=shown)
        if beat is None:
            return say("slack_no_beat", lang, beat=shown, beats=", ".join(map(literal, beats)) or say("slack_none", lang))
        if not beat.schedule:
            return say("slack_no_schedule", lang, beat=shown, command=f"/dragoman brief {shown}")
        if allowed:
            return say("slack_not_all", lang, what=literal(visible(allowed, lang)))
        self.state.channels.subscribe(team, channel, name)
        return say("slack_gets", lang, beat=shown, next=_next(beat, lang), command=f"/dragoman unsubscribe {shown}")

    def _settings(self, rest: str, team: str, channel: str, allowed: Filter) -> list[Json]:
        name, _, value = rest.partition(" ")
        name, value = name.strip().lower().replace("_", "-"), value.strip().lower()
        problem = self._set(name, value, team, channel) if name else ""
        lang, language = self.ours(team, channel), self.language(team, channel)
        beats = ", ".join(map(literal, self.state.channels.beats(team, channel))) or say("slack_none", lang)
        lines = [
            say("slack_sees", lang, what=literal(visible(allowed, lang))),
            say("slack_follow_ups", lang, when=say(FOLLOW_UPS[self.follow_ups(team, channel)], lang)),
            say("slack_language", lang, language=language or say("slack_question_language", lang)),
            say("slack_links" if self.settings().links else "slack_no_links", lang),
            say("slack_own_beats", lang, beats=beats),
            say("slack_set", lang, **SET),
        ]
        return blocks.said("\n".join([problem, *lines] if problem else lines))

    def _set(self, name: str, value: str, team: str, channel: str) -> str:
        """Set one; why not, in words."""
        channels, lang = self.state.channels, self.ours(team, channel)
        if name == "follow-ups" and value in get_args(FollowUps):
            channels.set(team, channel, "follow_ups", value)
        elif name == "language" and (value in languages() or value == "auto"):
            channels.set(team, channel, "language", "" if value == "auto" else value)
        elif name == "language":
            return say("slack_writes", lang, languages=", ".join(languages()), value=literal(value) or "?")
        else:
            return say("slack_cannot_set", lang, words=literal(f"{name} {value}".strip()))
        return ""


def _next(beat: Beat, lang: str) -> str:
    """When a beat with a schedule is due next, in words that need no cron."""
    slot = following(beat.schedule, beat.timezone, int(time.time()))
    local = datetime.fromtimestamp(slot, ZoneInfo(beat.timezone)) if slot else None
    if local is None:
        return say("slack_never", lang)
    return say("slack_next", lang, day=f"{local:%Y-%m-%d}", time=f"{local:%H:%M}", zone=beat.timezone)
