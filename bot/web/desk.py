"""What every interface of the server shares: the Bot, what is kept, who waits. Records in, records out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from bot.async_events import relayed
from bot.bot import Bot
from bot.monitoring.health import ServiceHealth, add_gauges
from bot.monitoring.metrics import Metrics
from bot.monitoring.monitor import Monitor
from bot.phrases import say
from bot.records import Answer, AskRequest, Event, Turn
from bot.rendering.answer_text import words
from bot.settings.http import HttpSettings
from bot.state.opening import State
from bot.state.protocols import AnswerStore
from bot.visibility import discreet
from bot.web.access import GUESSES, Caller, Rate
from bot.web.problems import Refused
from bot.web.workers import Workers
from index.errors import DragomanError
from index.records import Article, Filter, Scope

T = TypeVar("T")
TURNS = 8  # of a conversation that are its history
TOO_LATE = "This took longer than {seconds:g} seconds and was ended. Ask for less, or ask the people who run this server."


@dataclass(slots=True)
class WebDesk:
    """One server over one library."""

    bot: Bot
    state: State
    settings: HttpSettings
    monitor: Monitor = field(default_factory=lambda: Monitor("http"))
    metrics: Metrics = field(init=False)
    health: ServiceHealth = field(init=False)
    workers: Workers = field(init=False)
    rate: Rate = field(init=False)
    guesses: Rate = field(default_factory=lambda: Rate(GUESSES))  # wrong tokens, by address

    def __post_init__(self) -> None:
        self.workers = Workers(self.settings.workers, self.settings.waiting)
        self.rate = Rate(self.settings.rate)
        self.metrics = self.monitor.count()
        self.monitor.jobs(lambda: self.workers.jobs)
        self.health = ServiceHealth(self.bot, self.state, tuple(self.settings.beats.values()))
        add_gauges(self.metrics, self.health)

    @property
    def answers(self) -> AnswerStore:
        return self.state.answers

    async def ask(
        self, request: AskRequest, caller: Caller, *, parent: str = "", keep: bool = False, id: str = ""
    ) -> AsyncGenerator[Event, None]:
        """The events of one answer. Refused (404, 429, 504) where it cannot be made; closing it frees its worker.

        `parent`: the answer it follows, whose conversation is the history. `keep`: its address will hold. `id`: the answer's,
        where it has to be known before.
        """
        history = self.history(parent, caller) if parent else request.history
        scope = self.within(caller, request.scope)
        asked = AskRequest(request.question, history, scope=scope, language=request.language)
        begun = time.monotonic()
        events = relayed(self.bot.stream(asked), self.workers.run)
        try:
            while event := await self._next(events, begun + self.settings.timeout):
                if isinstance(event.data, Answer):
                    self.monitor.answered(event.data, time.monotonic() - begun)
                    made = replace(event.data, id=id or event.data.id)
                    event = Event("done", await self._finished(made, caller, parent, keep))
                yield event
        except (Refused, DragomanError) as error:
            self.monitor.failed(str(error.status) if isinstance(error, Refused) else type(error).__name__)
            raise
        finally:
            await events.aclose()

    async def _next(self, events: AsyncGenerator[Event, None], until: float) -> Event | None:
        """The next event; None after the last. Refused with 504 where it does not come in time."""
        try:
            return await asyncio.wait_for(anext(events, None), until - time.monotonic())
        except TimeoutError:
            raise Refused(504, TOO_LATE.format(seconds=self.settings.timeout)) from None

    async def _finished(self, answer: Answer, caller: Caller, parent: str, keep: bool) -> Answer:
        shown = discreet(answer, say("nothing_visible", answer.lang)) if caller.allowed else answer
        if keep and self.settings.keep:
            store = self.answers
            await asyncio.to_thread(lambda: store.keep(shown, owner=caller.name, parent=parent, at=time.time()))
        return shown

    async def answer(
        self, request: AskRequest, caller: Caller, *, parent: str = "", keep: bool = False, id: str = ""
    ) -> Answer:
        """The Answer of `ask`."""
        async for event in self.ask(request, caller, parent=parent, keep=keep, id=id):
            if isinstance(event.data, Answer):
                return event.data
        raise Refused(503, "The server is being stopped. Try again in a moment.")

    async def run(self, job: Callable[[], T]) -> T:
        """Something else that reads the library, by a worker, in the time that a request may take."""
        try:
            return await asyncio.wait_for(self.workers.run(job), self.settings.timeout)
        except TimeoutError:
            raise Refused(504, TOO_LATE.format(seconds=self.settings.timeout)) from None

    # What a caller may see

    def within(self, caller: Caller, scope: Scope) -> Scope:
        """A scope as far as the caller may see it; Refused if that is nothing."""
        within = caller.scope(scope)
        if within is None:
            raise Refused(403, "This token may not see what the filter asks for. Leave the filter out to see what it may.")
        return within

    def article(self, id: str, version: int | None, caller: Caller) -> Article:
        """An article that the caller may see; Refused with 404, also for one that there is and it may not see."""
        possible = version is None or 1 <= version < 1 << 31  # SQLite takes no number of any length
        found = self.bot.index.article(id, version) if possible else None
        scope = caller.scope(Scope(filter=Filter(ids=frozenset({id}))))
        visible = caller.allowed is None or (scope is not None and self.bot.index.extent(scope=scope).articles > 0)
        if found is None or not visible:
            raise Refused(404, "There is no such article or version in the library.")
        return found

    def whole(self, caller: Caller) -> None:
        """Refused with 403 unless the caller may see everything: a briefing tells of the whole library."""
        if caller.allowed is not None:
            raise Refused(403, "Briefings tell of the whole library, and this token may see a part of it.")

    # Conversations

    def history(self, parent: str, caller: Caller) -> tuple[Turn, ...]:
        """The turns of a kept conversation, the last of which is an answer; Refused with 404 if there is none."""
        thread = self.thread(parent, caller)
        return tuple(turn for made in thread[-TURNS:] for turn in (Turn("user", made.question), Turn("assistant", words(made))))

    def thread(self, id: str, caller: Caller) -> list[Answer]:
        """A kept answer and those it follows, oldest first; Refused with 404 if there is none of this caller's."""
        thread = self.answers.thread(id, owner=caller.name)
        if not thread:
            raise Refused(404, "This answer is no longer kept, or not yours. Please ask again.")
        return thread
