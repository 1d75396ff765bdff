"""One answer into one thread, through every failure: in the end one complete message, nothing twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings.slack import SlackSettings
from bot.slack import app as door
from bot.slack.blocks import Json
from bot.slack.streaming import Bucket, Pace, Reply, SlackRefused, Thread
from bot.state.records import ConversationPlace, Stage
from tests.support.fake_slack import BOT, BOT_TOKEN, TEAM, FakeSlack, Fault, serving

PIECES = ["The bridge is open. [1]\n\n", "The mayor thanked the crews. [2]\n\n", "Trains run again on Monday. [1]\n\n"]
WHOLE = "".join(PIECES).strip()
BELOW: list[Json] = [{"type": "context_actions", "elements": []}]


class Desk:
    """A thread in the fake, time that only a test moves, and what was noted on the way."""

    def __init__(self, slack: FakeSlack, channel: str = "C0NEWS") -> None:
        self.slack, self.now = slack, 0.0
        self.pauses: list[float] = []
        self.notes: list[tuple[Stage, str, Json]] = []
        ts = slack.post(channel, "a question")
        call = door.caller(door.web_client(SlackSettings(api_url=slack.url, bot_token=BOT_TOKEN)))
        self.pace = Pace(Bucket(18, clock=self.clock), Bucket(90, clock=self.clock), self.clock, self.pause)
        self.thread = Thread(ConversationPlace(TEAM, channel, ts), "U0ANN", call, self.pace, self.note, ts, BOT)

    def clock(self) -> float:
        return self.now

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds

    def note(self, stage: Stage, ts: str, payload: Json) -> None:
        self.notes.append((stage, ts, payload))

    def answer(self, pieces: list[str] = PIECES) -> Reply:
        reply = Reply(self.thread)
        for piece in pieces:
            reply.say(piece)
            self.now += 5.0
        reply.end(BELOW)
        return reply

    def only_message(self) -> str:
        (message,) = self.slack.from_bot()
        assert not message.streaming and message.blocks == BELOW
        assert self.notes[-1] == ("done", message.ts, {})
        return message.text.strip()


@pytest.fixture(scope="module")
def server() -> Iterator[FakeSlack]:
    with serving() as fake:
        yield fake


@pytest.fixture
def slack(server: FakeSlack) -> FakeSlack:
    server.reset()
    return server


@pytest.fixture
def desk(slack: FakeSlack) -> Desk:
    return Desk(slack)


def methods(slack: FakeSlack) -> list[str]:
    return [name.removeprefix("chat.") for name, _ in slack.calls if name.startswith("chat.")]


def test_a_sentence_is_an_append_and_the_blocks_come_with_the_stop(desk: Desk) -> None:
    desk.answer()
    assert desk.only_message() == WHOLE
    assert methods(desk.slack) == ["startStream", "appendStream", "appendStream", "stopStream"]
    assert [stage for stage, _, _ in desk.notes] == ["starting", "streaming", "finishing", "done"]


FAULTS = {
    "429": Fault(429, retry_after=7),
    "500 before": Fault(500),
    "500 after": Fault(500, done=True),
    "503": Fault(503),
    "lost before": Fault("drop"),
    "lost after": Fault("drop", done=True),
    "expired": Fault("message_not_in_streaming_state"),
    "internal_error": Fault("internal_error"),
    "fatal_error after": Fault("fatal_error", done=True),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("method", ["chat.startStream", "chat.appendStream", "chat.stopStream"])
def test_any_failure_of_streaming_ends_in_one_complete_message(desk: Desk, method: str, fault: str) -> None:
    desk.slack.fail(method, FAULTS[fault])
    desk.answer()
    assert desk.only_message() == WHOLE
    assert not desk.slack.faults[method]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("method", ["chat.stopStream", "chat.update"])
def test_any_failure_while_repairing_does_too(desk: Desk, method: str, fault: str) -> None:
    desk.slack.fail("chat.appendStream", Fault(500, done=True))
    desk.slack.fail(method, *([FAULTS[fault]] * 2 if fault != "expired" else []))
    desk.answer()
    assert desk.only_message() == WHOLE


@pytest.mark.parametrize("fault", [name for name in FAULTS if name != "expired"])
def test_any_failure_of_posting_ends_in_one_complete_message(desk: Desk, fault: str) -> None:
    desk.slack.fail("chat.startStream", Fault("method_not_supported_for_channel_type"))
    desk.slack.fail("chat.postMessage", FAULTS[fault])
    desk.answer()
    assert desk.only_message() == WHOLE


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_stream_that_expires_is_finished_as_an_edit(desk: Desk, after: int) -> None:
    reply = Reply(desk.thread)
    for number, piece in enumerate(PIECES):
        reply.say(piece)
        desk.now += 400.0
        if number == after:
            desk.slack.expire_streams()
    reply.end(BELOW)
    assert desk.only_message() == WHOLE
    assert methods(desk.slack)[-1] == "update"


def test_a_lost_start_is_found_beside_our_earlier_messages(desk: Desk) -> None:
    """What the thread held before the question, or we said after it, is not taken for the message that may have got lost."""
    first = desk.answer(["An earlier answer. [1]\n\n"])
    after = Thread(desk.thread.place, "U0ANN", desk.thread.call, desk.pace, desk.note, first.last, BOT)
    desk.slack.fail("chat.startStream", Fault("drop"))
    second = Reply(after)
    second.say("The next answer. [1]\n\n")
    second.end(BELOW)
    texts = [message.text.strip() for message in desk.slack.from_bot()]
    assert texts == ["An earlier answer. [1]", "The next answer. [1]"]


def test_a_hopeless_call_ends(desk: Desk) -> None:
    """Slack that always says "later" is believed for a minute and a half, not for ever."""
    desk.slack.fail("chat.startStream", Fault("not_allowed"))
    desk.slack.fail("chat.postMessage", *[Fault(429, retry_after=40)] * 10)
    with pytest.raises(SlackRefused):
        desk.answer()
    assert sum(desk.pauses) <= 90
    assert desk.slack.from_bot() == []


# Long answers


@pytest.mark.parametrize("letter", ["a", "报", "م"])
@pytest.mark.parametrize("over", [-1, 0, 1])
def test_a_long_answer_rolls_over_at_a_sentence(desk: Desk, letter: str, over: int) -> None:
    first, second = f"{letter * 5998}\n\n", f"{letter * (5998 + over)}\n\n"
    reply = Reply(desk.thread)
    reply.say(first)
    reply.say(second)
    reply.end()
    shown = [message.text.strip() for message in desk.slack.from_bot()]
    assert shown == ([(first + second).strip()] if over <= 0 else [first.strip(), second.strip()])


def test_blocks_that_do_not_fit_below_the_text_come_in_the_next_message(desk: Desk) -> None:
    reply = Reply(desk.thread)
    reply.say("x" * 11_990 + "\n\n")
    block: Json = {"type": "section", "text": {"type": "plain_text", "text": "source" * 10}}
    reply.end([block])
    text, sources = desk.slack.from_bot()
    assert (text.blocks, sources.blocks) == ([], [block])
    assert text.thread == sources.thread


# Pace


def test_appends_of_one_stream_are_a_second_apart_and_nothing_is_lost(desk: Desk) -> None:
    reply = Reply(desk.thread)
    for number in range(20):
        reply.say(f"Sentence {number}. [1]\n\n")
        desk.now += 0.3
    reply.end(BELOW)
    assert desk.only_message() == "".join(f"Sentence {number}. [1]\n\n" for number in range(20)).strip()
    assert desk.slack.count("chat.appendStream") <= 6


def test_when_starts_run_out_answers_are_posted_whole(desk: Desk) -> None:
    for _ in range(25):
        reply = Reply(desk.thread)
        reply.say(PIECES[0])
        reply.end(BELOW)
    assert desk.slack.count("chat.startStream") == 18
    assert desk.slack.count("chat.postMessage") == 7
    assert [m.text.strip() for m in desk.slack.from_bot()] == [PIECES[0].strip()] * 25


def test_an_append_that_has_to_wait_comes_with_the_next_one(desk: Desk) -> None:
    desk.slack.fail("chat.appendStream", Fault(429, retry_after=3))
    desk.answer()
    assert desk.only_message() == WHOLE
    assert desk.slack.count("chat.appendStream") == 2
    assert desk.pauses == []


@given(st.lists(st.floats(0, 30), min_size=1, max_size=200), st.integers(1, 20))
def test_no_minute_holds_more_than_the_limit(gaps: list[float], limit: int) -> None:
    now, taken = 0.0, list[float]()
    bucket = Bucket(limit, 60.0, lambda: now)
    for gap in gaps:
        now += gap
        if bucket.take():
            taken.append(now)
    assert taken[0] == gaps[0]
    assert all(sum(start < at <= start + 59.99 for at in taken) <= limit - 1 for start in taken)
