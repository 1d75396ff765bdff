"""Briefings on schedule: what is due is claimed, written once, and sent to every target on its own.

    schedule.due -> slots.claim -> Bot.brief -> kept -> for each target: "sending" -> send -> "sent"

Every step is in the state (`bot.state`) before the next begins. Killed anywhere, the next run goes on: what was surely not
sent is sent, what may have been sent is shown as unknown. One target that fails costs one line, and is tried again while the
grace time lasts.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from bot.bot import Bot
from bot.delivery.outcomes import NotSent, Unknown
from bot.delivery.targets import files
from bot.delivery.targets import mail as deliver_mail
from bot.delivery.targets import slack as deliver_slack
from bot.records import Beat, Briefing
from bot.rendering import briefing_text
from bot.rendering.atom_feed import ENTRIES
from bot.settings import cron
from bot.settings.mail import MailSettings
from bot.settings.slack import SlackSettings
from bot.state.deliveries import DIED
from bot.state.opening import State
from bot.state.records import LIBRARY, Kept, Slot, SlotStage
from index.errors import DragomanError, LibraryError
from index.records import Period

FAR = 600  # seconds after which one looks again, whatever the schedule says: clocks are set, another process may have died


@dataclass(frozen=True, slots=True)
class Post:
    """What it takes to send: the settings of each way, and how to wait when a server asks for it."""

    mail: MailSettings = field(default_factory=MailSettings)
    slack: SlackSettings = field(default_factory=SlackSettings)
    wait: Callable[[float], object] = time.sleep


def targets(beat: Beat) -> tuple[str, ...]:
    """Where a beat's briefings go; one that names nothing is kept in the library, to be asked about."""
    return beat.targets or (LIBRARY,)


def subscribed(state: State | None, beats: Iterable[Beat]) -> list[Beat]:
    """The beats with the channels beside their targets that are subscribed to them in Slack."""
    if state is None:
        return list(beats)
    added = ((beat, (f"slack:{channel}" for channel in state.channels.subscribers(beat.name))) for beat in beats)
    return [replace(beat, targets=tuple(dict.fromkeys((*targets(beat), *channels)))) for beat, channels in added]


# Looking ---------------------------------------------------------------------------------------------------------------------


def due(state: State | None, beats: Iterable[Beat], now: int, *, again: bool = False) -> list[Slot]:
    """What `run` would send at `now`, one row a target: new slots, and what was left of earlier ones. Changes nothing.

    `state` is None where there is no state.db yet.
    """
    slots = []
    for beat in subscribed(state, beats):
        last = None
        if state:
            slots += [row for row in state.deliveries.rows(beat.name) if _open(row, beat, now, again)]
            last = state.deliveries.last(beat.name, now)
        slot = cron.due(beat, last, now).run
        if slot is not None:
            slots += [Slot(beat.name, slot, target, "claimed", at=now) for target in targets(beat)]
    return slots


def _open(row: Slot, beat: Beat, now: int, again: bool) -> bool:
    """Whether a row has to be sent now. `again`: also what nobody knows of, and what failed for good."""
    if row.target not in targets(beat) or row.slot > now:
        return False
    if again:
        return row.stage in ("claimed", "failed") or row.unknown
    in_grace = now - row.slot <= beat.grace
    return in_grace and (row.stage == "claimed" or (row.stage == "failed" and row.again <= now))


def following(state: State, beats: Iterable[Beat], now: int) -> int:
    """When to look again: the next slot, or the next try of what failed, FAR seconds from now at the latest."""
    moments = [now + FAR]
    for beat in beats:
        following = cron.following(beat.schedule, beat.timezone, now)
        moments += [following] if following else []
        moments += [
            row.again for row in state.deliveries.rows(beat.name) if row.stage == "failed" and now - row.slot <= beat.grace
        ]
    return max(now + 1, min(moments))


# Doing -----------------------------------------------------------------------------------------------------------------------


def run(
    bot: Bot,
    state: State,
    beats: Sequence[Beat],
    post: Post,
    *,
    now: Callable[[], float] = time.time,
    again: bool = False,
    tell: Callable[[Slot], None] | None = None,
) -> list[Slot]:
    """Send what is due; each row as it ended, and what a dead process left unknown, also given to `tell`.

    Busy if another process delivers, LibraryError.
    """
    ended: list[Slot] = []

    def show(row: Slot) -> None:
        ended.append(row)
        if tell:
            tell(row)

    def end(row: Slot) -> None:
        state.deliveries.note(row)
        show(row)

    with state.deliveries.delivering() as held:
        for row in state.deliveries.settle(int(now())):
            show(row)
        for beat in subscribed(state, beats):
            moment = int(now())
            _claim(state, beat, moment)
            rows = [row for row in state.deliveries.rows(beat.name) if _open(row, beat, moment, again)]
            for slot in sorted({row.slot for row in rows}):
                if not held():
                    raise LibraryError("the connection that held the right to deliver was lost; what is left is sent later")
                _deliver(bot, state, beat, [row for row in rows if row.slot == slot], post, now, end)
    return ended


def _claim(state: State, beat: Beat, now: int) -> None:
    """Take the slot that is due, and write down what was missed."""
    slot = cron.due(beat, state.deliveries.last(beat.name, now), now)
    if slot.run is not None:
        state.deliveries.claim(beat.name, slot.run, targets(beat), slot.missed, now)
    elif slot.missed:
        state.deliveries.miss(beat.name, slot.missed, targets(beat), now)
    for row in state.deliveries.rows(beat.name):
        if row.stage == "claimed" and now - row.slot > beat.grace:  # its process died, and nobody came in time
            stage: SlotStage = "failed" if row.message else "missed"  # of a thread, something is there
            state.deliveries.note(replace(row, stage=stage, error=DIED, at=now))


def _deliver(
    bot: Bot,
    state: State,
    beat: Beat,
    rows: Sequence[Slot],
    post: Post,
    now: Callable[[], float],
    end: Callable[[Slot], None],
) -> None:
    """One slot: its briefing, then every target by itself."""
    try:
        briefing = _briefing(bot, state, beat, rows, int(now()))
    except DragomanError as error:
        for row in rows:
            end(replace(row, stage="failed", error=str(error), at=int(now())))
        return
    for row in rows:
        before, row = row, replace(row, stage="sending", briefing=briefing.id, error="", at=int(now()))
        if not state.deliveries.begin(before, row):
            continue  # another process, which holds the right to deliver by now
        came = row

        def note(message: str) -> None:
            nonlocal came
            came = replace(came, message=message)
            state.deliveries.note(came)

        try:
            message = _send(state, beat, briefing, row, post, note)
            end(replace(row, stage="sent", message=message, at=int(now())))
        except NotSent as error:
            message = error.message or came.message
            end(replace(row, stage="failed", message=message, error=str(error), at=int(now())))
        except Unknown as error:
            end(replace(came, error=str(error), at=int(now())))


def _briefing(bot: Bot, state: State, beat: Beat, rows: Sequence[Slot], now: int) -> Briefing:
    """The slot's briefing: the one already made for it, else a new one.

    Its id is noted before it is kept: of a process that dies between the two nothing was told, and the next makes it anew.
    """
    made = next((id for row in state.deliveries.rows(beat.name, rows[0].slot) if (id := row.briefing)), "")
    if made and (kept := state.briefings.find(made)):
        return kept
    read = time.time()
    briefing = bot.brief(beat, until=Period(now - 1, now), keep=False)
    for row in state.deliveries.rows(beat.name, rows[0].slot):
        state.deliveries.note(replace(row, briefing=briefing.id))
    state.briefings.keep(briefing, at=read)
    return briefing


def _send(state: State, beat: Beat, briefing: Briefing, row: Slot, post: Post, note: Callable[[str], None]) -> str:
    """Send it one way; where it went. NotSent or Unknown."""
    kind, _, where = row.target.partition(":")
    if kind == "folder":
        return files.folder(briefing, where)
    if kind == "feed":
        return files.feed(beat.name, [kept for kept, _ in state.briefings.latest(beat.name, last=ENTRIES)], where)
    if kind == "mail":
        return deliver_mail.send(briefing, where, post.mail)
    if kind == "slack":
        place = deliver_slack.send(briefing, where, post.slack, so_far=row.message, note=note, wait=post.wait)
        # The thread is a conversation from now on: it can be asked about the briefing.
        state.conversations.keep(
            Kept(
                f"{briefing.id}@{place.thread}",
                place,
                f"/dragoman brief {beat.name}",
                briefing_text.plain(briefing),
                None,
                (),
                (),
            )
        )
        return f"{place.channel} {place.thread}"  # as State.briefing looks for it
    return briefing.id
