"""Slots: one row a scheduled briefing and target, written before anything is sent.

    claimed -> sending -> sent
                       -> failed    surely not sent: tried again while the slot's grace time lasts
                       -> sending   with an error: nobody knows. Shown as "unknown", never sent again by itself
    missed                          a slot that was not made up for

A process that delivers holds the lock `deliver`; so a row found "sending" by the one that holds it was left by one that died.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager

from bot.state.database import Held, StateDatabase
from bot.state.records import Slot
from index.errors import Busy

LOCK = "deliver"
KEPT = 90 * 86_400  # seconds that rows are kept
NEW = "INSERT INTO slots VALUES (?, ?, ?, ?, '', '', '', ?) ON CONFLICT (beat, slot, target) DO NOTHING"
NOW = "UPDATE slots SET stage = ?, briefing = ?, message = ?, error = ?, at = ? WHERE beat = ? AND slot = ? AND target = ?"
COLUMNS = "beat, slot, target, stage, briefing, message, error, at"  # as Slot has them
DIED = "the process ended while it was sending"
REPEATABLE = ("library", "folder", "feed")  # kinds of targets that may be written twice: the second time changes nothing


class Deliveries:
    """See `DeliveryStore`."""

    def __init__(self, db: StateDatabase) -> None:
        self.db = db

    def delivering(self) -> AbstractContextManager[Held]:
        """Hold the right to deliver. Busy if another process has it."""
        return self.db.lock(LOCK, f"Another process delivers the briefings of {self.db.place}; nothing was done here.")

    def held(self) -> bool:
        """Whether a process delivers now: then "sending" means that it is being sent."""
        try:
            with self.delivering():
                return False
        except Busy:
            return True

    def claim(self, beat: str, slot: int, targets: Sequence[str], missed: Iterable[int], now: int) -> bool:
        """Take a slot for all its targets, and write down the missed ones before it; False if somebody took it before."""
        with self.db.writing() as db:
            for old in missed:
                rows = [(beat, old, target, "missed", now) for target in targets]
                db.executemany(NEW, rows)
            rows = [(beat, slot, target, "claimed", now) for target in targets]
            return db.executemany(NEW, rows).rowcount > 0

    def miss(self, beat: str, missed: Iterable[int], targets: Sequence[str], now: int) -> None:
        """Write down slots that nothing will be made for."""
        with self.db.writing() as db:
            rows = [(beat, old, target, "missed", now) for old in missed for target in targets]
            db.executemany(NEW, rows)

    def note(self, row: Slot) -> None:
        """Write a row as it is now."""
        with self.db.writing() as db:
            db.execute(NOW, _values(row))

    def begin(self, before: Slot, now: Slot) -> bool:
        """Write a row that stood as `before`; False if it does not any more: another process has taken it up."""
        with self.db.writing() as db:
            return db.execute(f"{NOW} AND stage = ? AND at = ?", (*_values(now), before.stage, before.at)).rowcount == 1

    def settle(self, now: int) -> list[Slot]:
        """What a dead process left: to be done again where that does no harm, else unknown. Only while `delivering`.

        Returns what became unknown now.
        """
        with self.db.writing() as db:
            for kind in REPEATABLE:
                db.execute("UPDATE slots SET stage = 'claimed' WHERE stage = 'sending' AND target LIKE ?", (f"{kind}%",))
            # What stands in a thread can be looked up by `deliver_slack`.
            db.execute("UPDATE slots SET stage = 'claimed' WHERE stage = 'sending' AND error = '' AND message != ''")
            db.execute("DELETE FROM slots WHERE at < ?", (now - KEPT,))
            lost = db.execute(
                f"UPDATE slots SET error = ?, at = ? WHERE stage = 'sending' AND error = '' RETURNING {COLUMNS}", (DIED, now)
            )
            return [Slot(*row) for row in lost.fetchall()]

    def last(self, beat: str, until: int) -> int | None:
        """The newest slot of a beat that is not later than `until`."""
        slot: int | None = self.db.read("SELECT max(slot) FROM slots WHERE beat = ? AND slot <= ?", (beat, until))[0][0]
        return slot

    def rows(self, beat: str, slot: int | None = None) -> list[Slot]:
        """The rows of a beat, or of one of its slots, newest slot first."""
        rows = self.db.read(
            f"SELECT {COLUMNS} FROM slots WHERE beat = ? AND slot = coalesce(?, slot) ORDER BY slot DESC, target",
            (beat, slot),
        )
        return [Slot(*row) for row in rows]


def _values(row: Slot) -> tuple[str | int, ...]:
    """A row as NOW takes it."""
    return row.stage, row.briefing, row.message, row.error, row.at, row.beat, row.slot, row.target
