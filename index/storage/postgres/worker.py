"""A worker: takes jobs from the queue until it is told to stop, and goes on by itself when the database was away.

jobs        one at a time, by Procrastinate; one that fails is done again after a pause that grows
heartbeat   every Pulse.beat seconds
sweep       jobs of workers that were not heard of for Pulse.stalled seconds are put back in line, by any worker, and those
            of our own that ended while the database was away, so that nobody could write down that they had
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.errors import Busy, DragomanError, LibraryError
from index.protocols import WorkerLog
from index.storage.postgres.queue import PLACE, QUEUE, TASK, Queue

if TYPE_CHECKING:
    from procrastinate import App
    from procrastinate.jobs import Job
    from psycopg import AsyncConnection

PAUSE, LONGEST = 60, 3600  # seconds before a job that failed is done again: twice as long each time
AWAY = 5.0  # seconds before a database that was away is tried again


@dataclass(slots=True)
class _Shift:
    """What this worker is doing."""

    worker: int | None = None  # the number that Procrastinate gave it, known from its first job on
    job: int | None = None
    ended: frozenset[int] = frozenset()  # jobs that it is said to do and did not at the last sweep


Work = Callable[[list[int], bool], None]  # (numbers of items, whether they were taken up before and not finished)


@dataclass(frozen=True, slots=True)
class Pulse:
    """How soon a dead worker is found out, in seconds."""

    beat: float = 10.0
    stalled: float = 60.0  # several beats: a machine that is short of time is not dead
    sweep: float = 15.0  # 0: never


def run(queue: Queue, work: Work, *, once: bool = False, tell: WorkerLog, pulse: Pulse = Pulse()) -> None:
    """Do jobs until SIGTERM or SIGINT (a running one is finished first), or with `once` until none is left.

    `work` may raise any DragomanError: the job is done again later. LibraryError, with `once`, where the database is away.
    """
    logging.getLogger("procrastinate").setLevel(logging.CRITICAL)  # what matters of it is told
    while True:
        try:
            if asyncio.run(_run(queue, work, once, tell, pulse)) or once:
                return
            raise LibraryError(f"The connection to {queue.address} was lost.")
        except LibraryError as error:
            if once:
                raise
            tell(f"{error} Tried again in {AWAY:g} s.", trouble=True)
        asyncio.run(asyncio.sleep(AWAY))


async def _run(queue: Queue, work: Work, once: bool, tell: WorkerLog, pulse: Pulse) -> bool:
    """Do jobs; whether it ended because it was told to."""
    from procrastinate.exceptions import ProcrastinateException

    shift = _Shift()
    app = _app(queue, work, tell, shift)
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(
        lambda _, context: tell(f"{queue.address}: {_line(context.get('exception') or context['message'])}", trouble=True)
    )
    try:
        async with app.open_async():
            worker = asyncio.create_task(
                app.run_worker_async(
                    queues=[QUEUE], wait=not once, concurrency=1, delete_jobs="successful", install_signal_handlers=False,
                    update_heartbeat_interval=pulse.beat, stalled_worker_timeout=pulse.stalled,
                )
            )  # fmt: skip
            sweeping = asyncio.create_task(_sweep(app, queue, pulse, shift))
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, worker.cancel)  # it finishes its job, then ends
            try:
                await worker
            except asyncio.CancelledError:
                return True
            finally:
                sweeping.cancel()
    except ProcrastinateException as error:
        raise LibraryError(f"{queue.address} cannot be reached ({_line(error)}).") from error
    return False


def _line(error: object) -> str:
    """What went wrong below Procrastinate, on one line."""
    cause = error.__cause__ or error if isinstance(error, BaseException) else error
    return next(iter(str(cause).strip().splitlines()), type(cause).__name__)


def _app(queue: Queue, work: Work, tell: WorkerLog, shift: _Shift) -> App:
    """Procrastinate over the queue's tables, with the one task there is."""
    from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision

    async def prepare(db: AsyncConnection) -> None:
        await db.execute(PLACE)
        await db.commit()

    class Again(BaseRetryStrategy):
        def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision:
            return RetryDecision(retry_in={"seconds": min(LONGEST, PAUSE * 2 ** min(job.attempts, 10))})

    app = App(connector=PsycopgConnector(conninfo=queue.pool.conninfo, configure=prepare, min_size=1, max_size=4))

    @app.task(name=TASK, queue=QUEUE, retry=Again(), pass_context=True)
    def read(context: JobContext, numbers: list[int]) -> None:
        shift.worker, shift.job = context.job.worker_id, context.job.id
        try:
            work(numbers, context.job.attempts > 0)
        except DragomanError as error:
            tell(str(error), trouble=True)
            raise
        except Exception as error:
            tell(f"{type(error).__name__}: {error}", trouble=True)
            raise
        finally:
            shift.job = None

    return app


async def _sweep(app: App, queue: Queue, pulse: Pulse, shift: _Shift) -> None:
    """Put the jobs of dead workers back in line, and our own that have ended, one sweeper at a time."""
    from procrastinate.exceptions import ProcrastinateException

    while pulse.sweep:
        await asyncio.sleep(pulse.sweep)
        with (
            contextlib.suppress(Busy, LibraryError, ProcrastinateException),
            queue.pool.lock("queue.sweep", busy=lambda _: "another worker sweeps"),
        ):
            stalled: Any = await app.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=pulse.stalled)
            failed = await app.job_manager.list_jobs_async(queue=QUEUE, status="failed")
            ended = await _ended(app, shift)
            for job in (*stalled, *failed, *ended):
                await app.job_manager.retry_job(job)


async def _ended(app: App, shift: _Shift) -> list[Job]:
    """The jobs that we are said to do and did not at the last sweep either: at one it may be about to begin, or to end."""
    if shift.worker is None:
        return []
    doing = await app.job_manager.list_jobs_async(queue=QUEUE, status="doing", worker_id=shift.worker)
    idle = {job.id: job for job in doing if job.id and job.id != shift.job}
    ended = [job for id, job in idle.items() if id in shift.ended]
    shift.ended = frozenset(idle)
    return ended
