"""An answer on its way into a Slack thread: streamed by sentence, paced, and complete in the end whatever Slack does meanwhile.

A message is in one of four modes:

    new ── startStream ──> stream ── stopStream(rest, blocks) ──> complete
     │                       │ refused (expired), or unsure
     │ no stream to be had   v
     └──> post             edit: stopStream until it is certainly over, then chat.update with the whole message
          chat.postMessage, once

Two kinds of failure differ in what may be repeated. `SlackRefused`: Slack refused, so nothing happened. `Unsure`: a 5xx or a
lost connection, so it may have happened. A call that adds something (startStream, appendStream, postMessage) is never repeated
when unsure: the thread is read for a message that did arrive, and chat.update, which can be repeated, makes it whole.
Streams expire after about five minutes (python-slack-sdk issue 1859); append and stop then say message_not_in_streaming_state.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from bot.slack.blocks import Json, MessagePart, fits, pack
from bot.state.records import ConversationPlace, PendingQuestion, Stage

PATIENCE = 90.0  # seconds a finished answer waits, all in all, to be let in
TRIES = 6
APPEND_GAP = 1.0  # seconds between two appends of one stream: Slack's pages ask for no more than that


class SlackRefused(Exception):
    """Slack said no, so nothing was done. `code` is Slack's word for why, `retry_after` in seconds if it asks to wait."""

    def __init__(self, code: str, retry_after: float | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after


class Unsure(Exception):
    """The connection was lost or the server failed: it may have been done or not."""


class Call(Protocol):
    """One call of the Web API. Raises Refused or Unsure; anything else is a mistake of ours."""

    def __call__(self, method: str, /, **arguments: object) -> Mapping[str, object]: ...


@dataclass(slots=True)
class Bucket:
    """At most `limit` of something in any `seconds`, counted for the whole workspace. Safe in threads; never waits."""

    limit: int
    seconds: float = 60.0
    clock: Callable[[], float] = time.monotonic
    _taken: deque[float] = field(default_factory=deque)
    _closed_until: float = 0.0
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def take(self) -> bool:
        """Whether one may be done now; if so, it counts."""
        with self._guard:
            now = self.clock()
            while self._taken and self._taken[0] <= now - self.seconds:
                self._taken.popleft()
            if now < self._closed_until or len(self._taken) >= self.limit:
                return False
            self._taken.append(now)
            return True

    def close_for(self, seconds: float) -> None:
        """Slack asked everybody to wait."""
        with self._guard:
            self._closed_until = max(self._closed_until, self.clock() + seconds)


@dataclass(slots=True)
class Pace:
    """What all answers of one workspace share: Slack's tiers per method and minute, kept a little below."""

    starts: Bucket = field(default_factory=lambda: Bucket(18))  # tier 2: 20 a minute; each start is a stop later
    appends: Bucket = field(default_factory=lambda: Bucket(90))  # tier 4: 100 a minute
    clock: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Thread:
    """Where an answer goes, and the calls to get it there."""

    place: ConversationPlace
    user: str  # who asked
    call: Call
    pace: Pace
    note: Callable[[Stage, str, Json], None]  # called before and after every step that Slack sees: stage, ts, payload
    after: str = ""  # ts of the question, or of our last message in the thread: the one being written is younger
    bot_user: str = ""

    def find(self) -> str | None:
        """The ts of our newest message after `after`; "" if there is none, None if we may not look.

        Certain because one answer at a time is written in a thread, and every finished message has been noted.
        """
        if not self.place.thread:
            return None
        try:
            oldest = self.after or self.place.thread
            reply = self.call(
                "conversations.replies", channel=self.place.channel, ts=self.place.thread, oldest=oldest, limit=200
            )
        except (SlackRefused, Unsure):
            return None
        messages = reply.get("messages")
        ours = [
            str(m.get("ts"))
            for m in (messages if isinstance(messages, list) else [])
            if isinstance(m, dict) and m.get("user") == self.bot_user and str(m.get("ts")) > oldest
        ]
        return max(ours, default="")

    def insist(self, method: str, *, again: bool, **arguments: object) -> Mapping[str, object]:
        """A call that waits when asked to, and, if it can be repeated (`again`), is repeated when unsure."""
        waited, delay = 0.0, 1.0
        for attempt in range(1, TRIES + 1):
            try:
                return self.call(method, **arguments)
            except SlackRefused as no:
                if no.retry_after is None or waited + no.retry_after > PATIENCE or attempt == TRIES:
                    raise
                wait = no.retry_after
            except Unsure:
                if not again or attempt == TRIES:
                    raise
                wait, delay = delay, delay * 2
            waited += wait
            self.pace.pause(wait)
        raise AssertionError("unreachable")


Mode = Literal["new", "stream", "edit", "post"]


@dataclass(slots=True)
class Message:
    """One message. `add` whole sentences, then `finish` once."""

    thread: Thread
    text: str = ""
    ts: str = ""
    mode: Mode = "new"
    before: str = ""  # ts of the message before it in the same answer: `find` must not take that one
    _sent: int = 0  # characters of `text` that Slack has for certain
    _appended: float = 0.0

    def add(self, piece: str) -> None:
        """Show one more sentence: now, if the pace allows it, else together with the next, or at the end."""
        self.text += piece
        if self.mode == "new":
            self._start()
        elif self.mode == "stream":
            self._append()

    def finish(self, blocks: Sequence[Json] = ()) -> None:
        """Make it complete. Refused or Unsure only when all ways have failed."""
        whole = MessagePart(self.text, tuple(blocks)).payload()
        if self.mode == "stream":
            self.thread.note("finishing", self.ts, whole)
            self._stop(blocks)
        if self.mode == "edit":
            self.thread.note("finishing", self.ts, whole)
            settle(self.thread, self.ts, whole)
        elif self.mode in ("new", "post"):
            self.thread.note("finishing", "", whole)
            self._post(whole)

    # Streaming

    def _start(self) -> None:
        thread = self.thread
        if not thread.place.thread or not thread.pace.starts.take():
            self.mode = "post"  # too many at once: this answer is shown whole, which costs one call instead of three
            return
        thread.note("starting", "", {})
        try:
            reply = thread.call(
                "chat.startStream",
                channel=thread.place.channel,
                thread_ts=thread.place.thread,
                recipient_team_id=thread.place.team,
                recipient_user_id=thread.user,
                markdown_text=self.text,
            )
        except SlackRefused as no:
            if no.retry_after is not None:
                thread.pace.starts.close_for(no.retry_after)
            self.mode = "post"
            thread.note("claimed", "", {})
            return
        except Unsure:
            message = thread.find()
            self.ts = message if message and message > self.before else ""
            self.mode = "edit" if self.ts else "post"
        else:
            self.ts, self.mode, self._sent = str(reply["ts"]), "stream", len(self.text)
            self._appended = thread.pace.clock()
        thread.note("streaming" if self.ts else "starting", self.ts, {})

    def _append(self) -> None:
        pace = self.thread.pace
        if pace.clock() - self._appended < APPEND_GAP or not pace.appends.take():
            return
        self._appended = pace.clock()
        try:
            self.thread.call(
                "chat.appendStream", channel=self.thread.place.channel, ts=self.ts, markdown_text=self.text[self._sent :]
            )
        except SlackRefused as no:
            if no.retry_after is None:
                self.mode = "edit"
            else:
                pace.appends.close_for(no.retry_after)
        except Unsure:
            self.mode = "edit"
        else:
            self._sent = len(self.text)

    def _stop(self, blocks: Sequence[Json]) -> None:
        rest = self.text[self._sent :]
        arguments: Json = {"channel": self.thread.place.channel, "ts": self.ts}
        arguments |= ({"markdown_text": rest} if rest else {}) | ({"blocks": list(blocks)} if blocks else {})
        try:
            self.thread.insist("chat.stopStream", again=False, **arguments)
        except (SlackRefused, Unsure):
            self.mode = "edit"

    # Without a stream

    def _post(self, whole: Json) -> None:
        thread = self.thread
        place = {"channel": thread.place.channel} | ({"thread_ts": thread.place.thread} if thread.place.thread else {})
        for attempt in range(1, TRIES + 1):
            try:
                reply = thread.insist("chat.postMessage", again=False, **place, **whole)
            except Unsure:
                if (message := thread.find()) and message > self.before:
                    self.ts = message
                    return settle(thread, self.ts, whole)
                if attempt == TRIES:
                    raise
                thread.pace.pause(2.0 ** (attempt - 1))
            else:
                self.ts = str(reply.get("ts", ""))
                return


def settle(thread: Thread, ts: str, whole: Json) -> None:
    """Make the message `ts` exactly `whole`, be it streaming or not. Both steps can be repeated, so both are when unsure."""
    try:
        thread.insist("chat.stopStream", again=True, channel=thread.place.channel, ts=ts)
    except SlackRefused as no:
        if no.retry_after is not None:
            raise
    thread.insist("chat.update", again=True, channel=thread.place.channel, ts=ts, **whole)


def resume(thread: Thread, claim: PendingQuestion, interrupted: Json) -> None:
    """End what an earlier process began: whole if only its last step was missing, else `interrupted` stands in its place."""
    whole = claim.payload if claim.stage == "finishing" else interrupted
    looked = claim.message or (thread.find() if claim.stage in ("starting", "finishing") else "")
    if looked:
        return settle(thread, looked, whole)
    # Where we may not look, the answer itself may be there: then it must not come twice.
    place = {"thread_ts": claim.place.thread} if claim.place.thread else {}
    whole = whole if looked == "" else interrupted
    thread.insist("chat.postMessage", again=False, channel=claim.place.channel, **place, **whole)


@dataclass(slots=True)
class Reply:
    """An answer of one or more messages, which break between sentences: none is parted from its citations."""

    thread: Thread
    sent: list[MessagePart] = field(default_factory=list)  # messages complete in Slack
    last: str = ""  # ts of the last of them
    _message: Message | None = None

    def say(self, piece: str) -> None:
        """One more sentence, as Markdown."""
        if self._message and self._message.text and not fits(self._message.text + piece):
            self._finish(())
        self._current().add(piece)

    def end(self, tail: Sequence[Json] = (), closing: Sequence[str] = ()) -> None:
        """The last words, then the blocks below them; what does not fit goes into further messages."""
        open_text = self._message.text if self._message else ""
        parts = pack([*([open_text] if open_text else []), *closing], tail)
        for number, part in enumerate(parts):
            message = self._current()
            if number == 0 and open_text:
                message.text = part.text
            else:
                message.text, message.mode = part.text, "post" if message.mode == "new" else message.mode
            self._finish(part.blocks, last=number == len(parts) - 1)

    @property
    def begun(self) -> bool:
        """Whether anything of it may be in Slack."""
        return bool(self.sent or self._message)

    def _current(self) -> Message:
        if self._message is None:
            self._message = Message(self.thread, before=self.last)
        return self._message

    def _finish(self, blocks: Sequence[Json], *, last: bool = False) -> None:
        message = self._current()
        message.finish(blocks)
        self.sent.append(MessagePart(message.text, tuple(blocks)))
        self.last, self._message = max(self.last, message.ts), None
        if last:
            self.thread.note("done", self.last, {})
        else:
            self.thread.note("claimed", "", {})
