"""What the bot does beside answering: its home tab and welcome, opinions and the weekly line about them, a human called."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.bot import Bot
from bot.phrases import DEFAULT, say
from bot.rendering import briefing_text
from bot.settings.slack import SlackSettings
from bot.slack import blocks, opinions
from bot.slack.blocks import Json
from bot.slack.private_views import private
from bot.slack.streaming import Call, SlackRefused, Unsure
from bot.slack.welcome import Suggestions, commands, home, suggested, welcome
from bot.slack.workers import log
from bot.state.opening import State
from bot.state.records import ConversationPlace, Kept

REFUSED = "I am not set up for this channel. Ask the people who run me to list it."


def how_to_ask(lang: str) -> str:
    """What /dragoman help says."""
    return f"{say('slack_mention_me', lang)}\n{commands(lang)}"


@dataclass(slots=True)
class Reception:
    """Called by the workers of the desk. What Slack refuses here is logged and costs nothing else."""

    bot: Bot
    state: State
    settings: Callable[[], SlackSettings]
    call: Call
    respond: Callable[[str, Json], None]  # (response_url, message)
    workspace: str  # its id
    _suggestions: Suggestions = field(init=False)

    def __post_init__(self) -> None:
        self._suggestions = Suggestions(self.bot)

    def suggest(self, tab: str, channel: str, user: str) -> None:
        """Show somebody who opened a tab what to ask in direct messages."""
        settings = self.settings()
        allowed = settings.allowed(self.workspace, channel or "D")
        asked = suggested(self._suggestions, allowed, settings.beats) if allowed is not None else ()
        prompts = [{"title": blocks.literal(one)[:75], "message": one} for one in asked]
        try:
            if tab == "home":
                self.call("views.publish", user_id=user, view=home(self.bot, allowed, asked, REFUSED))
            elif prompts:
                self.call("assistant.threads.setSuggestedPrompts", channel_id=channel, prompts=prompts)
        except (SlackRefused, Unsure) as error:
            log.info("nothing could be suggested: %s", error)

    def welcome(self, key: str, place: ConversationPlace) -> None:
        """Say in a channel what we see there. Nothing where we may see nothing."""
        settings = self.settings()
        allowed = settings.allowed(place.team, place.channel)
        try:
            if allowed is not None:
                asked = suggested(self._suggestions, allowed, settings.beats)
                content = (*welcome(self.bot, allowed, asked, "here"), *blocks.said(how_to_ask(DEFAULT)))
                self.call("chat.postMessage", channel=place.channel, **blocks.MessagePart("", content).payload())
        except (SlackRefused, Unsure) as error:
            log.info("no welcome in %s: %s", place.channel, error)
        finally:
            self.state.conversations.note(key, "done")

    def rate(self, answer: str, user: str, value: int, why: str = "") -> bool:
        """Keep an opinion with what it is about; False where nothing is known of that."""
        kept, briefing = self.state.conversations.kept(answer), self.state.briefings.find(answer.removeprefix("briefing:"))
        if kept is None and briefing is None and not re.fullmatch(r"briefing:\w+", answer):
            return False
        about: dict[str, str] = {} if kept else {"question": "a briefing"}  # one made from a part of the library is not kept
        about |= {"question": f"briefing {briefing.beat}", "reply": briefing_text.plain(briefing)} if briefing else {}
        self.state.conversations.rate(answer, user, value, why, **about)
        return True

    def call_for_help(self, kept: Kept, user: str, url: str) -> None:
        """Mention the group of those who help, where the answer stands."""
        group = self.settings().helpers
        thread = {"thread_ts": kept.place.thread} if kept.place.thread else {}
        try:
            if group:
                message = opinions.call_for_help(user, group, kept.question)
                self.call("chat.postMessage", channel=kept.place.channel, **thread, **message)
                self.respond(url, private("I have asked for a human, here in the channel."))
        except (SlackRefused, Unsure) as error:
            log.info("nobody could be called in %s: %s", kept.place.channel, error)

    def weekly(self, now: float) -> None:
        """Tell the owner what people thought, once a week, whichever process comes first."""
        owner = self.settings().owner
        key, place = f"{self.workspace}/weekly/{opinions.week_of(now)}", ConversationPlace(self.workspace, owner, "")
        text = opinions.weekly(self.state.conversations.opinions(now - opinions.WEEK), now)
        if not text or not self.state.conversations.claim(key, place, owner, private=True):
            return
        self.state.conversations.note(key, "done")
        try:
            self.call("chat.postMessage", channel=owner, text=text)
        except (SlackRefused, Unsure) as error:
            log.info("the owner could not be told: %s", error)
