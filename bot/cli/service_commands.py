"""The bodies of `dragoman run`, `run-due` and `beats`: briefings that come by themselves."""

from __future__ import annotations

import argparse
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.delivery import scheduler
from bot.records import Beat
from bot.rendering.json_rows import SCHEMA, dumps, iso
from bot.settings import cron
from bot.settings.mail import load_mail
from bot.settings.settings import Settings, load_beats
from bot.settings.slack import load_slack
from bot.state.opening import State, has_state, open_state
from bot.state.records import Slot
from index.address import Address
from index.text.printable import line

if TYPE_CHECKING:
    from bot.monitoring.monitor import Monitor
    from bot.rendering.json_rows import Json

DONE, FAILED = 0, 1
WORDS = {"claimed": "due", "sending": "being sent", "sent": "sent", "failed": "failed", "missed": "missed"}
SHOWN = 5  # rows a target that `beats` prints at most, where something went wrong


def run(args: argparse.Namespace, settings: Settings, monitor: Monitor) -> int:
    """Feeds, Slack and briefings until SIGTERM. 0, or 1 if there was nothing to do or nothing went on."""
    import signal

    from bot.delivery import service
    from bot.monitoring import logs

    over = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: over.set())
    slack = load_slack(_config(args), api_url=args.api_url)
    desk = service.Desk(settings, tuple(_beats(args)), _post(args, over), slack, monitor)
    return DONE if service.run(desk, over, tell=logs.tell) else FAILED


def run_due(args: argparse.Namespace, settings: Settings) -> int:
    """0 if all that was due was sent, also if nothing was; 1 if something failed or ended as unknown."""
    beats, now = _beats(args), time.time() if args.now is None else args.now
    with _state(settings.library) as state:
        slots = scheduler.due(state, beats, int(now), again=args.again)
        if args.dry_run:
            _print(args, {"due": [_due(slot, beats) for slot in _by_slot(slots)]}, _dry(slots, beats))
            return DONE
    ended: list[Slot] = []
    if slots:
        from bot.opening import bot_from

        over = threading.Event()
        with _state(settings.library, create=True) as state:
            assert state is not None
            post = _post(args, over)
            ended = scheduler.run(bot_from(settings), state, beats, post, now=lambda: now, again=args.again)
    text = "\n".join(_row_line(row, _zone(row, beats)) for row in ended) or "Nothing is due."
    _print(args, {"sent": [_row(row) for row in ended]}, text)
    return DONE if all(row.stage == "sent" for row in ended) else FAILED


def beats(args: argparse.Namespace, settings: Settings) -> int:
    """Every beat of the settings with its next and its last slot, and what became of each target."""
    beats, now = list(load_beats(_config(args)).values()), int(time.time())
    rows: dict[str, list[Slot]] = {beat.name: [] for beat in beats}
    held = False
    with _state(settings.library) as state:
        if state:
            held = state.deliveries.held()
            rows = {beat.name: state.deliveries.rows(beat.name) for beat in beats}
    listed = [_beat(beat, rows[beat.name], now, held) for beat in beats]
    text = "\n\n".join(_beat_lines(beat, rows[beat.name], now, held) for beat in beats)
    _print(args, {"beats": listed}, text or "No beats: write [beats.NAME] tables into dragoman.toml.")
    return DONE


# What they need --------------------------------------------------------------------------------------------------------------


def _config(args: argparse.Namespace) -> Path | None:
    config = getattr(args, "config", None)
    return Path(config) if config else None


def _beats(args: argparse.Namespace) -> list[Beat]:
    return [beat for beat in load_beats(_config(args)).values() if beat.schedule]


def _post(args: argparse.Namespace, over: threading.Event) -> scheduler.Post:
    config = _config(args)
    return scheduler.Post(load_mail(config), load_slack(config, api_url=getattr(args, "api_url", None)), over.wait)


@contextmanager
def _state(library: Address, *, create: bool = False) -> Iterator[State | None]:
    """The state; None where there is none and none is to be made."""
    if not create and not has_state(library):
        yield None
        return
    state = open_state(library)
    try:
        yield state
    finally:
        state.close()


# What they print -------------------------------------------------------------------------------------------------------------


def _print(args: argparse.Namespace, row: Json, text: str) -> None:
    print(dumps({"schema": SCHEMA, **row}) if args.format == "json" else text)


def _by_slot(rows: Sequence[Slot]) -> list[list[Slot]]:
    keys = dict.fromkeys((row.beat, row.slot) for row in rows)
    return [[row for row in rows if (row.beat, row.slot) == key] for key in keys]


def _dry(rows: Sequence[Slot], beats: Sequence[Beat]) -> str:
    lines = []
    for some in _by_slot(rows):
        name = cron.named(some[0].slot, _zone(some[0], beats))
        lines.append(f"{some[0].beat} {name} {' '.join(line(row.target) for row in some)}")
    return "\n".join(lines) or "Nothing is due."


def _due(rows: Sequence[Slot], beats: Sequence[Beat]) -> Json:
    first = rows[0]
    return {
        "beat": first.beat,
        "slot": cron.named(first.slot, _zone(first, beats)),
        "targets": [row.target for row in rows],
    }


def _zone(row: Slot, beats: Sequence[Beat]) -> str:
    return next(beat.timezone for beat in beats if beat.name == row.beat)


def _row(row: Slot, held: bool = False) -> Json:
    return {
        "beat": row.beat,
        "slot": iso(row.slot),
        "target": row.target,
        "state": _word(row, held),
        "briefing": row.briefing or None,
        "message": row.message or None,
        "error": row.error or None,
        "at": iso(row.at),
    }


def _word(row: Slot, held: bool) -> str:
    return "unknown" if row.unknown or (row.stage == "sending" and not held) else WORDS[row.stage]


def _row_line(row: Slot, timezone: str, held: bool = False) -> str:
    about = row.error if row.error and row.stage != "sent" else row.message
    return f"{row.beat} {cron.named(row.slot, timezone)} {line(row.target)} {_word(row, held)} {line(about)}".rstrip()


def _beat(beat: Beat, rows: Sequence[Slot], now: int, held: bool) -> Json:
    following = cron.following(beat.schedule, beat.timezone, now)
    done = [row.slot for row in rows if row.stage != "missed"]
    return {
        "name": beat.name,
        "schedule": beat.schedule or None,
        "timezone": beat.timezone,
        "next": iso(following) if following else None,
        "last": iso(max(done)) if done else None,
        "targets": list(scheduler.targets(beat)),
        "slots": [_row(row, held) for row in rows],
    }


def _beat_lines(beat: Beat, rows: Sequence[Slot], now: int, held: bool) -> str:
    """A line for the beat, then one for the newest row of each target, and for each that did not go well."""
    following = cron.following(beat.schedule, beat.timezone, now)
    done = [row.slot for row in rows if row.stage != "missed"]
    when = f"{beat.schedule} {beat.timezone}" if beat.schedule else "only by command"
    upcoming = cron.named(following, beat.timezone) if following else "none"
    before = cron.named(max(done), beat.timezone) if done else "none"
    lines = [f"{beat.name}: {when}; next {upcoming}; last {before}"]
    for target in scheduler.targets(beat):
        own = [row for row in rows if row.target == target]
        bad = [row for row in own[1:] if row.stage not in ("sent", "missed")][: SHOWN - 1]
        for row in [*own[:1], *bad]:
            lines.append(f"  {_row_line(row, beat.timezone, held).removeprefix(beat.name).strip()}")
        if not own:
            lines.append(f"  {line(target)} nothing yet")
    return "\n".join(lines)
