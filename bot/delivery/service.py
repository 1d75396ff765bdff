"""`dragoman run`: everything a newsroom runs in one process, and so one owner of the library.

    feeds      Watch.round, each feed on its own schedule
    briefings  deliver.run, each beat on its own schedule
    slack      questions in Slack, where its tokens are set

Each part has a thread. One that fails says so, is started again after a pause, and does not stop the others.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.bot import Bot
from bot.delivery import scheduler
from bot.monitoring import systemd
from bot.monitoring.logs import Tell
from bot.monitoring.monitor import Monitor, tell_of, watched
from bot.opening import bot_from, open_index
from bot.records import Beat
from bot.settings.settings import Settings
from bot.settings.slack import SlackSettings
from bot.state.opening import State, open_state
from bot.state.records import Slot
from index.address import Address, ServerAddress
from index.errors import Busy, DragomanError, LibraryError, SettingsError, Stopped
from index.ingest.feeds.feed_list import Feed, read_feeds
from index.ingest.feeds.watcher import Told, Watch

LOCK = "run.lock"
PAUSE, LONGEST = 15.0, 900.0  # seconds before a part that failed is started again: twice as long each time
STANDBY = 5.0  # seconds after which a part that another process does is tried
ENDING = 5.0  # seconds beyond the grace time of running answers

Pause = Callable[[float], object]  # wait so many seconds, or until all is over


@dataclass(frozen=True, slots=True)
class Desk:
    """What one process does."""

    settings: Settings
    beats: Sequence[Beat] = ()  # those with a schedule
    post: scheduler.Post = field(default_factory=scheduler.Post)
    slack: SlackSettings = field(default_factory=SlackSettings)  # answered if it holds both tokens
    monitor: Monitor = field(default_factory=lambda: Monitor("run"))


@dataclass(frozen=True, slots=True)
class ServicePart:
    """Something that goes on until all is over."""

    name: str
    work: Callable[[], None]


def run(
    desk: Desk, over: threading.Event, *, tell: Tell, clock: Callable[[], float] = time.time, pause: Pause | None = None
) -> bool:
    """Do it all until `over` is set, then end with grace. False if every part ended by itself before.

    `clock` is in seconds since 1970; `pause` waits (default: until `over`). Raises SettingsError, Busy or LibraryError before
    anything begins.
    """
    open_index(desk.settings).close()  # made if there is none: the feeds will fill it
    gone, idle = list[str](), threading.Event()
    with _alone(desk.settings.library), _opened(desk) as (bot, state), watched(desk.monitor, bot, desk.beats):
        parts = _parts(desk, bot, state, over, tell, clock, pause or over.wait)
        if not parts:
            raise SettingsError("nothing to run: give --feeds FILE, beats with a schedule, or Slack's two tokens")

        def keep(part: ServicePart) -> None:
            _keep(part, over, tell, pause or over.wait)
            gone.append(part.name)
            if len(gone) == len(parts) and not over.is_set():
                idle.set()
                over.set()

        threads = [threading.Thread(target=keep, args=(part,), name=part.name, daemon=True) for part in parts]
        tell("run", f"running {', '.join(part.name for part in parts)}")
        for thread in threads:
            thread.start()
        systemd.notify("READY=1", f"STATUS=running {', '.join(part.name for part in parts)}")
        over.wait()
        systemd.notify("STOPPING=1")
        deadline = time.monotonic() + desk.slack.grace + ENDING
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
            if thread.is_alive():
                tell(thread.name, "is cut off; the next start takes up what was under way", trouble=True)
    tell("run", "ended")
    return not idle.is_set()


def _keep(part: ServicePart, over: threading.Event, tell: Tell, pause: Pause) -> None:
    """Let a part work, and start it again when it failed. A mistake in the settings does not go away by itself.

    Where another process does it, this one stands by, and takes over when that one ends.
    """
    wait, busy = PAUSE, ""
    while not over.is_set():
        try:
            return part.work()
        except Stopped:
            return
        except Busy as error:
            if str(error) != busy:
                tell(part.name, f"{error} Standing by.")
            busy = str(error)
            pause(STANDBY)
            continue
        except SettingsError as error:
            return tell(part.name, f"{error}; this part is not run", trouble=True)
        except DragomanError as error:
            tell(part.name, f"{error}; tried again in {wait:g} s", trouble=True)
        except Exception as error:  # noqa: BLE001  the outermost frame of a thread: the other parts go on
            tell(part.name, f"{type(error).__name__}: {error}; tried again in {wait:g} s", trouble=True)
        busy = ""
        pause(wait)
        wait = min(LONGEST, 2 * wait)


# The parts -------------------------------------------------------------------------------------------------------------------


def _parts(
    desk: Desk, bot: Bot, state: State, over: threading.Event, tell: Tell, clock: Callable[[], float], pause: Pause
) -> list[ServicePart]:
    """What there is to do by the settings. SettingsError if the feeds file cannot be read."""
    parts = []
    if desk.settings.feeds:
        feeds = read_feeds(desk.settings.feeds, lambda problem: tell("feeds", problem, trouble=True))
        parts.append(ServicePart("feeds", lambda: _feeds(desk, bot, state, feeds, over, tell, clock, pause)))
    if desk.beats:
        parts.append(ServicePart("briefings", lambda: _briefings(desk, bot, state, over, tell, clock, pause)))
    if desk.slack.bot_token and desk.slack.app_token:
        parts.append(ServicePart("slack", lambda: _slack(desk, bot, over)))
    return parts


def _feeds(
    desk: Desk,
    bot: Bot,
    state: State,
    feeds: Sequence[Feed],
    over: threading.Event,
    tell: Tell,
    clock: Callable[[], float],
    pause: Pause,
) -> None:
    def told(visit: Told) -> None:
        desk.monitor.visited(visit)
        tell_of(visit, tell)
        if over.is_set():
            raise Stopped("stopped")

    with (
        state.watching() as held,
        Watch(bot.index, feeds, allow_hosts=desk.settings.allow_hosts, clock=clock) as watch,
    ):
        bot.index.catch_up(wait=False)
        while not over.is_set():
            if not held():
                raise LibraryError("the connection that held the right to read the feeds was lost")
            watch.round(all=False, on_feed=told)
            pause(watch.left())


def _briefings(
    desk: Desk, bot: Bot, state: State, over: threading.Event, tell: Tell, clock: Callable[[], float], pause: Pause
) -> None:
    def told(row: Slot) -> None:
        desk.monitor.delivered(row)
        about = row.error if row.stage != "sent" else row.message
        came = "unknown" if row.unknown else row.stage
        tell("briefings", f"{row.beat} to {row.target}: {came} {about}", trouble=row.stage != "sent")
        if over.is_set():
            raise Stopped("stopped")

    while not over.is_set():
        scheduler.run(bot, state, desk.beats, desk.post, now=clock, tell=told)
        now = clock()
        pause(scheduler.following(state, desk.beats, int(now)) - now)


def _slack(desk: Desk, bot: Bot, over: threading.Event) -> None:
    try:
        from bot.slack.app import serve
    except ImportError as error:
        raise SettingsError(f"{error.name} is not installed: pip install '.[slack]' in Dragoman's folder") from None
    serve(bot, desk.slack, over, monitor=desk.monitor)


# What they share -------------------------------------------------------------------------------------------------------------


@contextmanager
def _alone(library: Address) -> Iterator[None]:
    """Keep a second `dragoman run` away from the same folder. Busy if there is one. A server's library may have several."""
    from filelock import FileLock, Timeout

    if isinstance(library, ServerAddress):
        yield
        return
    lock = FileLock(library / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise Busy(f"Another dragoman run works on {library}. Stop it first, or choose another --library.") from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _opened(desk: Desk) -> Iterator[tuple[Bot, State]]:
    """The library and its state, closed in the end."""
    bot, state = bot_from(desk.settings), open_state(desk.settings.library)
    try:
        yield bot, state
    finally:
        state.close()
        bot.index.close()
