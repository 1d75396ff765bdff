"""Briefings on schedule: nothing twice, nothing silently lost, whatever fails or dies in between."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import feedparser
import pytest

from bot.bot import Bot
from bot.delivery import scheduler
from bot.delivery.scheduler import Post
from bot.records import Beat, Briefing
from bot.settings.mail import MailSettings
from bot.settings.slack import SlackSettings
from bot.slack.briefing_blocks import messages
from bot.state import deliveries
from bot.state.deliveries import DIED
from bot.state.opening import open_state
from bot.state.records import ConversationPlace, Slot
from index import Index
from index.errors import Busy, LibraryError
from index.records import Filter, Period
from tests.support.desk import Mailbox
from tests.support.fake_slack import BOT_TOKEN, TEAM, FakeSlack, Fault, serving


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


SLOT = at("2025-05-19T07:00+02:00")
BEAT = Beat(
    name="strait", topics=("Amber Strait",), window=14 * 86_400, schedule="0 7 * * *", timezone="Europe/Berlin", grace=6 * 3600
)  # fmt: skip


class Desk:
    """A library of its own with the means to send, and a clock that tests set."""

    def __init__(self, folder: Path, beat: Beat, post: Post) -> None:
        self.folder, self.beat, self.post = folder, beat, post
        self.now = float(SLOT + 5)
        self.index = Index(folder, create=False)
        self.bot = Bot(self.index)
        self.state = open_state(folder)

    def run(self, **options: bool) -> list[Slot]:
        return scheduler.run(self.bot, self.state, [self.beat], self.post, now=lambda: self.now, **options)

    def stages(self) -> dict[str, str]:
        return {row.target.partition(":")[0]: row.stage for row in self.state.deliveries.rows("strait", SLOT)}

    def row(self, kind: str) -> Slot:
        return next(row for row in self.state.deliveries.rows("strait", SLOT) if row.target.startswith(kind))

    def kept(self) -> list[Briefing]:
        return [briefing for briefing, _ in self.state.briefings.latest("strait", last=9)]

    def close(self) -> None:
        self.state.close()
        self.index.close()


@pytest.fixture(scope="module")
def slack() -> Iterator[FakeSlack]:
    with serving() as fake:
        yield fake


@pytest.fixture
def desk(shelf: Path, tmp_path: Path, box: Mailbox, slack: FakeSlack) -> Iterator[Desk]:
    slack.reset()
    targets = (f"folder:{tmp_path / 'out'}", f"feed:{tmp_path / 'www/strait.atom'}", "mail:desk@example.org", "slack:C0NEWS")
    mail = MailSettings(host="127.0.0.1", port=box.port, security="none", sender="Dragoman <briefings@example.org>", timeout=20)
    pauses: list[float] = []
    made = Desk(
        shelf, replace(BEAT, targets=targets), Post(mail, SlackSettings(api_url=slack.url, bot_token=BOT_TOKEN), pauses.append)
    )
    yield made
    made.close()


def posted(slack: FakeSlack) -> list[str]:
    return [message.text for message in slack.from_bot("C0NEWS")]


def test_a_slot_reaches_every_target_once(desk: Desk, box: Mailbox, slack: FakeSlack, tmp_path: Path) -> None:
    assert [row.stage for row in desk.run()] == ["sent"] * 4
    (briefing,) = desk.kept()
    assert briefing.events and briefing.timezone == "Europe/Berlin" and briefing.until == SLOT + 5
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        f"strait-2025-05-19-0700.{ending}" for ending in ("html", "json", "md")
    ]  # fmt: skip
    row = json.loads((tmp_path / "out/strait-2025-05-19-0700.json").read_text())
    assert row["id"] == briefing.id and len(row["events"]) == len(briefing.events)
    assert len(feedparser.parse(str(tmp_path / "www/strait.atom")).entries) == 1
    assert [mail["To"] for mail in box.mails] == ["desk@example.org"]
    assert len(posted(slack)) == len(messages(briefing)) and len({m.thread for m in slack.from_bot("C0NEWS")}) == 1
    assert desk.run() == [] and len(box.mails) == 1 and len(desk.kept()) == 1
    desk.now += 3600
    assert desk.run() == [] and len(posted(slack)) == len(messages(briefing))


def test_the_next_day_tells_only_what_is_new(desk: Desk, box: Mailbox) -> None:
    desk.run()
    desk.now = float(SLOT + 86_400)
    assert [row.stage for row in desk.run()] == ["sent"] * 4
    second, first = desk.kept()
    assert second.previous == first.id and second.since == first.until
    assert {e.id for e in second.events}.isdisjoint(e.id for e in first.events if e.label == "new")
    assert len({mail["Message-ID"] for mail in box.mails}) == 2


def test_missed_days_become_one_briefing(desk: Desk, box: Mailbox) -> None:
    desk.run()
    desk.now = float(SLOT + 4 * 86_400 + 3600)
    desk.run()
    assert len(box.mails) == 2 and len(desk.kept()) == 2
    stages = {row.slot: row.stage for row in desk.state.deliveries.rows("strait") if row.target.startswith("mail")}
    assert stages == {SLOT: "sent", **{SLOT + day * 86_400: "missed" for day in (1, 2, 3)}, SLOT + 4 * 86_400: "sent"}


def test_too_late_is_missed_and_says_so(desk: Desk, box: Mailbox) -> None:
    desk.run()
    desk.now = float(SLOT + 86_400 + desk.beat.grace + 1)
    assert desk.run() == [] and len(box.mails) == 1
    assert {row.stage for row in desk.state.deliveries.rows("strait", SLOT + 86_400)} == {"missed"}


# One target that fails -------------------------------------------------------------------------------------------------------


def test_a_dead_target_does_not_hold_up_the_others_and_is_tried_again(desk: Desk, box: Mailbox) -> None:
    box.refuse = "451 4.3.0 try later"
    desk.run()
    assert desk.stages() == {"folder": "sent", "feed": "sent", "mail": "failed", "slack": "sent"}
    assert "451" in desk.row("mail").error
    tries = []
    while desk.now < SLOT + desk.beat.grace:
        pause = scheduler.following(desk.state, [desk.beat], int(desk.now))
        assert pause > desk.now
        desk.now = float(pause)
        tries += [round((desk.now - SLOT) / 60) for _ in desk.run()]
    assert tries[:5] == [5, 10, 20, 41, 81] and len(tries) < 9, "the pauses grow"
    box.refuse = ""
    desk.now = float(SLOT + desk.beat.grace + 60)
    assert desk.run() == [] and desk.stages()["mail"] == "failed", "the grace time is over"
    assert [row.stage for row in desk.run(again=True)] == ["sent"] and len(box.mails) == 1, "but a person may say so"
    assert len(desk.kept()) == 1


def test_a_target_that_comes_back_gets_the_same_briefing(desk: Desk, box: Mailbox) -> None:
    box.refuse_rcpt = "450 busy"
    desk.run()
    box.refuse_rcpt = ""
    desk.now += 400
    assert [row.stage for row in desk.run()] == ["sent"]
    (briefing,) = desk.kept()
    assert desk.row("mail").briefing == briefing.id and len(box.mails) == 1


def test_what_nobody_knows_is_shown_and_not_sent_again(desk: Desk, box: Mailbox) -> None:
    box.drop = True
    desk.run()
    assert desk.row("mail").unknown and len(box.mails) == 1
    box.drop = False
    desk.now += 3600
    assert desk.run() == [] and len(box.mails) == 1
    assert [row.stage for row in desk.run(again=True)] == ["sent"] and len(box.mails) == 2
    assert box.mails[0]["Message-ID"] == box.mails[1]["Message-ID"]


def test_a_folder_that_cannot_be_written(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    desk.run()
    assert desk.stages() == {"folder": "failed", "feed": "sent", "mail": "sent", "slack": "sent"}
    assert "cannot be written" in desk.row("folder").error


def test_a_briefing_that_cannot_be_made_fails_and_is_made_later(
    desk: Desk, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> Briefing:
        raise LibraryError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(desk.bot, "brief", broken)
        assert {row.error for row in desk.run()} == {"The disk is full."}
    desk.now += 400
    assert {row.stage for row in desk.run()} == {"sent"} and len(box.mails) == 1


# Slack -----------------------------------------------------------------------------------------------------------------------


def whole(desk: Desk, slack: FakeSlack) -> None:
    """The channel holds each message of the briefing once, in order, in one thread."""
    (briefing,) = desk.kept()
    shown = slack.from_bot("C0NEWS")
    expected = [next((str(b["text"]) for b in p["blocks"] if b["type"] == "markdown"), "") for p in messages(briefing)]  # type: ignore[attr-defined]
    assert [message.text for message in shown] == expected
    assert {message.thread for message in shown} == {shown[0].ts}


def test_slack_asks_to_wait(desk: Desk, slack: FakeSlack) -> None:
    slack.fail("chat.postMessage", Fault(429, retry_after=7), Fault(429, retry_after=3))
    desk.run()
    assert desk.stages()["slack"] == "sent"
    assert desk.post.wait.__self__ == [7.0, 3.0]  # type: ignore[attr-defined]
    whole(desk, slack)


@contextmanager
def second_post(slack: FakeSlack, fault: Fault) -> Iterator[None]:
    """The second message fails so; the first and all later ones do not."""
    original, first = slack._chat_postMessage, [True]

    def post(arguments: dict[str, object]) -> dict[str, object]:
        if first:
            first.clear()
            slack.fail("chat.postMessage", fault)
        return original(arguments)

    slack._chat_postMessage = post  # type: ignore[method-assign]
    try:
        yield
    finally:
        slack._chat_postMessage = original  # type: ignore[method-assign]


def test_slack_refuses_in_the_middle_and_the_rest_comes_later(desk: Desk, slack: FakeSlack) -> None:
    with second_post(slack, Fault("not_in_channel")):
        desk.run()
    assert desk.stages()["slack"] == "failed" and "not_in_channel" in desk.row("slack").error and len(posted(slack)) == 1
    desk.now += 400
    desk.run()
    whole(desk, slack)


@pytest.mark.parametrize("done", [True, False])
@pytest.mark.parametrize("what", [500, "drop"])
def test_a_lost_reply_in_the_thread_is_looked_up(desk: Desk, slack: FakeSlack, what: int | str, done: bool) -> None:
    with second_post(slack, Fault(what, done=done)):
        desk.run()
    assert desk.stages()["slack"] == ("sent" if done else "failed")
    desk.now += 400
    desk.run()
    assert desk.stages()["slack"] == "sent"
    whole(desk, slack)


def test_the_thread_can_be_asked_about_the_briefing(desk: Desk, slack: FakeSlack) -> None:
    desk.run()
    place = ConversationPlace(TEAM, "C0NEWS", slack.from_bot("C0NEWS")[0].ts)
    assert desk.state.briefings.told_in(place)
    assert desk.state.briefings.told_in(place) == desk.kept()[0]


@pytest.mark.parametrize(
    ("allow", "stage", "why"),
    [
        ({}, "failed", "C0NEWS is not listed"),
        ({"C0NEWS": Filter(outlets=frozenset({"AFP"}))}, "failed", "may not see every article"),
        ({"C0NEWS": Filter()}, "sent", ""),
        ({TEAM: Filter()}, "sent", ""),
    ],
)
def test_a_channel_gets_only_what_it_may_see(
    desk: Desk, slack: FakeSlack, allow: dict[str, Filter], stage: str, why: str
) -> None:
    desk.post = replace(desk.post, slack=replace(desk.post.slack, allow=allow))
    desk.run()
    assert desk.row("slack").stage == stage and why in desk.row("slack").error
    assert bool(posted(slack)) == (stage == "sent")


def test_a_lost_reply_to_the_first_message_is_unknown(desk: Desk, slack: FakeSlack) -> None:
    slack.fail("chat.postMessage", Fault("drop", done=True))
    desk.run()
    assert desk.row("slack").unknown and len(posted(slack)) == 1
    desk.now += 400
    assert desk.run() == [] and len(posted(slack)) == 1


def test_a_thread_that_may_not_be_looked_at_is_unknown(desk: Desk, slack: FakeSlack) -> None:
    desk.run()
    slack.scopes = "chat:write"
    halfway = f"{slack.from_bot('C0NEWS')[0].ts} 1.1 1"
    desk.state.deliveries.note(replace(desk.row("slack"), stage="claimed", message=halfway))
    desk.run()
    assert desk.row("slack").unknown and "missing_scope" in desk.row("slack").error


def test_a_server_that_is_not_there_has_taken_nothing(desk: Desk, slack: FakeSlack) -> None:
    desk.post = replace(desk.post, slack=replace(desk.post.slack, api_url="http://127.0.0.1:9/api/"))
    desk.run()
    assert desk.row("slack").stage == "failed" and "cannot be reached" in desk.row("slack").error


# Processes that die or race ----------------------------------------------------------------------------------------------------


def test_killed_between_claim_and_send(desk: Desk, box: Mailbox) -> None:
    assert desk.state.deliveries.claim("strait", SLOT, desk.beat.targets, (), SLOT)
    desk.now += 60
    assert {row.stage for row in desk.run()} == {"sent"} and len(box.mails) == 1


def test_killed_after_its_briefing_was_kept(desk: Desk, box: Mailbox) -> None:
    """The news of that briefing are known to the next one; so that one has to be sent."""
    desk.state.deliveries.claim("strait", SLOT, desk.beat.targets, (), SLOT)
    made = scheduler._briefing(desk.bot, desk.state, desk.beat, desk.state.deliveries.rows("strait", SLOT), SLOT + 5)
    desk.now += 60
    desk.run()
    (briefing,) = desk.kept()
    assert briefing == made and len(box.mails) == 1


def test_killed_after_its_briefing_was_named_and_before_it_was_kept(desk: Desk) -> None:
    desk.state.deliveries.claim("strait", SLOT, desk.beat.targets, (), SLOT)
    for row in desk.state.deliveries.rows("strait", SLOT):
        desk.state.deliveries.note(replace(row, briefing="never kept"))
    desk.run()
    (briefing,) = desk.kept()
    assert set(desk.stages().values()) == {"sent"} and desk.row("mail").briefing == briefing.id


def test_killed_while_sending(desk: Desk, box: Mailbox, slack: FakeSlack, tmp_path: Path) -> None:
    """Files are written again, a thread is looked at, a mail is unknown."""
    desk.run()
    for row in desk.state.deliveries.rows("strait", SLOT):
        halfway = " ".join([slack.from_bot("C0NEWS")[0].ts] * 2 + ["1"]) if row.target.startswith("slack") else ""
        desk.state.deliveries.note(replace(row, stage="sending", message=halfway))
    (tmp_path / "out/strait-2025-05-19-0700.html").unlink()
    desk.now += 60
    assert sorted(row.stage for row in desk.run()) == ["sending", "sent", "sent", "sent"], "the unknown one is reported"
    assert desk.stages() == {"folder": "sent", "feed": "sent", "mail": "sending", "slack": "sent"}
    assert desk.row("mail").unknown and desk.row("mail").error == DIED and len(box.mails) == 1
    assert (tmp_path / "out/strait-2025-05-19-0700.html").exists()
    whole(desk, slack)


class Died(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("written", [True, False])
def test_killed_at_every_step(
    desk: Desk, box: Mailbox, slack: FakeSlack, monkeypatch: pytest.MonkeyPatch, written: bool
) -> None:
    """Before or after each write of a row: the next run sends what is missing once, and calls unknown what it cannot know."""
    made = desk.bot.brief(desk.beat, until=Period(SLOT, SLOT + 5), keep=False)
    monkeypatch.setattr(desk.bot, "brief", lambda *_, **__: made)
    real, begun, step, unknown = deliveries.Deliveries.note, deliveries.Deliveries.begin, 0, 0
    while step >= 0:
        slack.reset()
        box.mails.clear()
        with desk.state.deliveries.db.writing() as db:
            for table in ("slots", "briefings", "answers"):
                db.execute(f"DELETE FROM {table}")
        left = [step]

        def note(self: deliveries.Deliveries, row: Slot, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] >= 0:
                return real(self, row)
            if written:
                real(self, row)
            raise Died

        def begin(self: deliveries.Deliveries, before: Slot, now: Slot, left: list[int] = left) -> bool:
            left[0] -= 1
            if left[0] >= 0:
                return begun(self, before, now)
            if written:
                begun(self, before, now)
            raise Died

        with monkeypatch.context() as patch:
            patch.setattr(deliveries.Deliveries, "note", note)
            patch.setattr(deliveries.Deliveries, "begin", begin)
            try:
                desk.run()
                step = -1  # it came to its end: every step was tried
            except Died:
                step += 1
        desk.run()
        assert desk.run() == [] and desk.kept() == [made]
        states = desk.stages()
        assert states["folder"] == states["feed"] == "sent"
        for kind, count, whole_count in (("mail", len(box.mails), 1), ("slack", len(posted(slack)), len(messages(made)))):
            if desk.row(kind).unknown:
                unknown += 1
                assert count <= 1, f"{kind} before its first message, step {step}"
            else:
                assert states[kind] == "sent" and count == whole_count, (kind, step)
        if states["slack"] == "sent":
            whole(desk, slack)
    assert unknown == 2, "a mail and a first message, each between being sent and being written down"


def test_nobody_came_in_time(desk: Desk) -> None:
    desk.state.deliveries.claim("strait", SLOT, desk.beat.targets, (), SLOT)
    desk.now = float(SLOT + desk.beat.grace + 1)
    assert desk.run() == []
    assert set(desk.stages().values()) == {"missed"}


def test_one_delivers_at_a_time(desk: Desk) -> None:
    with desk.state.deliveries.delivering():
        assert desk.state.deliveries.held()
        with pytest.raises(Busy, match="Another process delivers"):
            desk.run()
    assert not desk.state.deliveries.held()
    assert desk.run()


def test_one_of_many_claims(tmp_path: Path) -> None:
    state, won, start = open_state(tmp_path), list[bool](), threading.Barrier(8)

    def claim() -> None:
        start.wait()
        won.append(state.deliveries.claim("strait", SLOT, ("a", "b"), (SLOT - 1,), SLOT))

    threads = [threading.Thread(target=claim) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False] * 7 + [True] and len(state.deliveries.rows("strait")) == 4
    state.close()


# Looking ---------------------------------------------------------------------------------------------------------------------


def test_a_dry_run_changes_nothing(desk: Desk) -> None:
    found = scheduler.due(desk.state, [desk.beat], int(desk.now))
    assert [(row.slot, row.stage) for row in found] == [(SLOT, "claimed")] * 4
    assert desk.state.deliveries.rows("strait") == []
    assert scheduler.due(None, [desk.beat], int(desk.now)) == found
    desk.run()
    assert scheduler.due(desk.state, [desk.beat], int(desk.now)) == []


def test_a_beat_without_targets_is_kept(desk: Desk) -> None:
    desk.beat = replace(desk.beat, targets=())
    (row,) = desk.run()
    assert (row.target, row.stage, row.message) == ("library", "sent", desk.kept()[0].id)


def test_old_rows_are_forgotten(desk: Desk) -> None:
    desk.run()
    desk.state.deliveries.settle(SLOT + deliveries.KEPT + 10)
    assert desk.state.deliveries.rows("strait") == []
