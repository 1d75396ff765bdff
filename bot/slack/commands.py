"""What /dragoman shows one person beside answers: beats, subscriptions, checked quotations, the settings of a channel."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import get_args
from zoneinfo import ZoneInfo

from bot.phrases import languages
from bot.records import Beat
from bot.settings.cron import following
from bot.settings.slack import FollowUps, SlackSettings
from bot.slack import blocks
from bot.slack.blocks import Json, literal
from bot.slack.private_views import Aside
from bot.slack.welcome import visible
from bot.state.opening import State
from index.records import Filter

FOLLOW_UPS: Mapping[FollowUps, str] = {
    "mention": "only when I am mentioned",
    "asked": "when I am mentioned or plainly asked",
    "all": "to everything but small talk",
}
SET = "Set one: /dragoman settings follow-ups mention|asked|all, /dragoman settings language CODE (auto: the question's)."


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
                return self.aside.proofs(rest, allowed)
        return self._settings(rest, team, channel, allowed)

    def follow_ups(self, team: str, channel: str) -> FollowUps:
        """When it speaks in the threads of a channel without a mention: as set there, else as set for all."""
        own = self.state.channels.settings(team, channel).get("follow_ups", "")
        return next((one for one in get_args(FollowUps) if one == own), self.settings().follow_ups)

    def language(self, team: str, channel: str) -> str:
        """The language of our own words in a channel; "" is the question's."""
        return self.state.channels.settings(team, channel).get("language", "")

    # What they do

    def _beats(self, team: str, channel: str) -> list[Json]:
        beats = self.settings().beats
        if not beats:
            return blocks.said("No beats are set. Whoever runs me writes [beats.NAME] tables into dragoman.toml.")
        here = self.state.channels.beats(team, channel)
        return blocks.said("\n".join(self._beat(beat, subscribed=name in here) for name, beat in beats.items()))

    def _beat(self, beat: Beat, *, subscribed: bool) -> str:
        about = literal(", ".join((*beat.topics, *beat.people, *beat.places)) or "everything")
        when = _next(beat) if beat.schedule else "when asked for"
        return f"•  {literal(beat.name)}: {about}; {when}{'; this channel is subscribed' if subscribed else ''}"

    def _subscribe(self, name: str, team: str, channel: str, allowed: Filter, *, on: bool) -> str:
        beats = self.settings().beats
        beat = beats.get(name)
        if not on:
            known = name in self.state.channels.beats(team, channel)
            self.state.channels.subscribe(team, channel, name, on=False)
            return f"This channel gets {literal(name)} no longer." if known else f"This channel did not get {literal(name)}."
        if beat is None:
            return f"There is no beat {literal(name)}. There are: {', '.join(map(literal, beats)) or 'none'}."
        if not beat.schedule:
            return f"{literal(name)} has no schedule, so nothing of it comes by itself: /dragoman brief {literal(name)}."
        if allowed:
            return f"This channel may not see every article ({literal(visible(allowed))}), and a briefing is made from all."
        self.state.channels.subscribe(team, channel, name)
        ends = f"/dragoman unsubscribe {literal(name)} ends that."
        return f"This channel gets {literal(name)} from now on, {_next(beat)}. {ends}"

    def _settings(self, rest: str, team: str, channel: str, allowed: Filter) -> list[Json]:
        name, _, value = rest.partition(" ")
        name, value = name.strip().lower().replace("_", "-"), value.strip().lower()
        problem = self._set(name, value, team, channel) if name else ""
        language = self.language(team, channel)
        beats = ", ".join(map(literal, self.state.channels.beats(team, channel))) or "none"
        lines = [
            f"What I see here: {literal(visible(allowed))}.",
            f"In threads I answer {FOLLOW_UPS[self.follow_ups(team, channel)]} (follow-ups).",
            f"My own words are in {language or 'the language of the question'} (language).",
            f"Addresses are {'read' if self.settings().links else 'not read'} when they are sent to me.",
            f"Beats that come by themselves: {beats}.",
            SET,
        ]
        return blocks.said("\n".join([problem, *lines] if problem else lines))

    def _set(self, name: str, value: str, team: str, channel: str) -> str:
        """Set one; why not, in words."""
        channels = self.state.channels
        if name == "follow-ups" and value in get_args(FollowUps):
            channels.set(team, channel, "follow_ups", value)
        elif name == "language" and (value in languages() or value == "auto"):
            channels.set(team, channel, "language", "" if value == "auto" else value)
        elif name == "language":
            return f"I write {', '.join(languages())}, not {literal(value) or 'that'}."
        else:
            return f"“{literal(f'{name} {value}'.strip())}” cannot be set."
        return ""


def _next(beat: Beat) -> str:
    """When a beat with a schedule is due next, in words that need no cron."""
    slot = following(beat.schedule, beat.timezone, int(time.time()))
    local = datetime.fromtimestamp(slot, ZoneInfo(beat.timezone)) if slot else None
    return f"next on {local:%Y-%m-%d at %H:%M} ({beat.timezone})" if local else "never due"
