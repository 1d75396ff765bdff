"""Briefings to a Slack channel: the headlines, then the events in the thread of that message.

How far it came is noted after every message, so that what was cut off goes on where it stopped. Slack has no means against
posting twice: where a reply is lost, the thread is looked at, if the history scopes allow that; else nobody knows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.delivery.outcomes import NotSent, Unknown
from bot.records import Briefing
from bot.settings.slack import SlackSettings
from bot.slack.briefing_blocks import messages
from bot.slack.streaming import Call, SlackRefused, Unsure
from bot.state.records import ConversationPlace

TRIES = 5  # of one message, while Slack asks to wait
LONGEST = 60.0  # seconds that Slack may ask to wait; beyond that the slot is tried again later


@dataclass(frozen=True, slots=True)
class Came:
    """How far a briefing came: ts of its first and of its newest message, and how many there are."""

    thread: str = ""
    newest: str = ""
    count: int = 0

    @classmethod
    def read(cls, text: str) -> Came:
        thread, _, rest = text.partition(" ")
        newest, _, count = rest.partition(" ")
        return cls(thread, newest, int(count)) if count.isdecimal() else cls()

    def __str__(self) -> str:
        return f"{self.thread} {self.newest} {self.count}" if self.thread else ""


def send(
    briefing: Briefing,
    channel: str,
    settings: SlackSettings,
    *,
    so_far: str,
    note: Callable[[str], None],
    wait: Callable[[float], object],
) -> ConversationPlace:
    """Post what is not there yet; where the thread is. NotSent (with how far it came), or Unknown.

    `note` is told how far it came after every message; the last of that is `so_far` when it is tried again.
    """
    call, came = open_call(settings), Came.read(so_far)
    team, bot = _who(call, so_far)
    _allowed(settings, team, channel)
    if came.count:  # the process before may have died between posting and noting
        came = _looked(call, bot, channel, came, f"of the thread in {channel} nobody knows whether it is whole")
    for payload in messages(briefing)[came.count :]:
        thread = {"thread_ts": came.thread} if came.thread else {}
        try:
            reply = _post(call, wait, channel=channel, **payload, **thread)
            ts = str(reply.get("ts", ""))
            came = Came(came.thread or ts, ts, came.count + 1)
        except SlackRefused as error:
            raise NotSent(f"Slack refused the message for {channel}: {error.code}", message=str(came)) from None
        except Unsure as error:
            if not came.thread:
                raise _lost(error, channel) from None
            seen = _looked(call, bot, channel, came, f"{channel}: {error}")
            if seen == came:
                raise NotSent(f"{channel}: {error}", message=str(came)) from None
            came = seen
        note(str(came))
    return ConversationPlace(team, channel, came.thread)


def open_call(settings: SlackSettings) -> Call:
    """The Web API. NotSent says what is missing for it."""
    if not settings.bot_token:
        raise NotSent("no bot token: set SLACK_BOT_TOKEN")
    try:
        from slack_sdk import WebClient

        from bot.slack.app import TIMEOUT, caller
    except ImportError as error:
        raise NotSent(f"{error.name} is not installed: pip install '.[slack]' in Dragoman's folder") from None
    return caller(WebClient(settings.bot_token, base_url=settings.api_url, timeout=TIMEOUT, retry_handlers=[]))


def _who(call: Call, so_far: str) -> tuple[str, str]:
    """(workspace, user id of the bot)."""
    try:
        reply = call("auth.test")
    except SlackRefused as error:
        raise NotSent(f"Slack refused SLACK_BOT_TOKEN: {error.code}", message=so_far) from None
    except Unsure as error:
        raise NotSent(f"Slack cannot be reached ({error})", message=so_far) from None
    return str(reply.get("team_id", "")), str(reply.get("user_id", ""))


def _allowed(settings: SlackSettings, team: str, channel: str) -> None:
    """A briefing is written from all articles of its beat: who may not see all of them gets none."""
    allowed = settings.allowed(team, channel)
    if allowed is None:
        raise NotSent(f"{channel} is not listed in [slack.allow]")
    if allowed:
        raise NotSent(f"{channel} may not see every article ([slack.allow]), and so gets no briefings")


def _post(call: Call, wait: Callable[[float], object], **arguments: object) -> Mapping[str, object]:
    for _ in range(TRIES - 1):
        try:
            return call("chat.postMessage", **arguments)
        except SlackRefused as error:
            if error.retry_after is None or error.retry_after > LONGEST:
                raise
            wait(error.retry_after)
    return call("chat.postMessage", **arguments)


def _lost(error: Unsure, channel: str) -> NotSent | Unknown:
    """A server that nobody could talk to has taken nothing."""
    refused = "connection refused" in str(error)
    return NotSent(f"Slack cannot be reached ({error})") if refused else Unknown(f"{channel}: {error}")


def _looked(call: Call, bot: str, channel: str, came: Came, doubt: str) -> Came:
    """How far it came, by what stands in the thread. Unknown if that may not be looked at."""
    try:
        reply = call("conversations.replies", channel=channel, ts=came.thread, oldest=came.newest, limit=200)
    except (SlackRefused, Unsure) as error:
        raise Unknown(f"{doubt}, and the thread cannot be looked at ({error})") from None
    messages = reply.get("messages")
    ours = [
        str(message.get("ts"))
        for message in (messages if isinstance(messages, list) else [])
        if isinstance(message, dict) and message.get("user") == bot and str(message.get("ts")) > came.newest
    ]
    return Came(came.thread, max(ours, default=came.newest), came.count + len(ours))
