"""Several searches for a question of several parts: planned by a chat model, what they find merged under one budget.

    question -> is it long enough to have parts? -> the model's plan, beside the plain search -> more hits -> one Evidence

A plan only chooses what is searched: what is found is read, written and verified as ever. Where it fails, is late or there is
none, the plain search is what is read.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import replace
from typing import TypeVar

from bot.llm.json_reply import Objects, list_of, strict_object
from bot.questions.question import Question
from bot.retrieval.instructions_left_out import LeftOut, separate, that_would_answer
from bot.retrieval.retrieve import FOUND, READABLE, Retrieved
from index.errors import ModelError, Stopped
from index.index import Index
from index.records import Hit, Passage
from index.text import token_count
from index.text.printable import one_line

MOST = 4  # searches of a plan
LATE = 2.0  # seconds from the question's beginning, after which a plan is not waited for
WORDS, NAMES, DATES = 16, 3, 2  # of a question that may have parts, at least one of them
BUDGET = 2048  # tokens of the passages that come first, which a chat model reads
READ = 8  # of them at most
GLANCE = 0.05  # seconds between two looks at whether the answer was stopped

SCHEMA = strict_object(searches=list_of({"type": "string"}))

T = TypeVar("T")
Planner = Callable[[Question, threading.Event], tuple[str, ...]]  # it ends with Stopped when the event is set


def may_have_parts(question: Question) -> bool:
    """Whether a question may compare, list or ask for several things: it is long, or names several things or times.

    In whatever language: a model says which of these have parts, and most of the others need not ask it.
    """
    return len(question.words) >= WORDS or _names(question) >= NAMES or len(question.dates) >= DATES


def _names(question: Question) -> int:
    """The names of a question; words of a name that stand side by side are one."""
    places = [place for place, word in enumerate(question.words) if word.name]
    return sum(place - 1 not in places for place in places)


def searches(reply: str, question: str) -> tuple[str, ...]:
    """The searches that a model's reply names, without those that are empty, endless, or the question itself."""
    plan = next(iter(Objects("searches").feed(reply)), {}).get("searches")
    named = (one_line(search) for search in (plan if isinstance(plan, list) else ()) if isinstance(search, str))
    kept = dict.fromkeys(search for search in named if 3 <= len(search) <= 300 and search.casefold() != question.casefold())
    return tuple(kept)[:MOST]


@contextmanager
def planned(planner: Planner | None, question: Question, stop: threading.Event) -> Iterator[Planned | None]:
    """A plan in the making for as long as it is of use; None where nobody plans, or the question has no parts."""
    if planner is None or not may_have_parts(question):
        yield None
        return
    plan = Planned(planner, question, stop)
    try:
        yield plan
    finally:
        plan.end()


class Planned:
    """A plan in the making, in a thread of its own, while the plain search runs."""

    def __init__(self, planner: Planner, question: Question, stop: threading.Event) -> None:
        """`stop`: the answer is no longer wanted."""
        self._stop, self._end = stop, threading.Event()
        self._until = time.monotonic() + LATE
        self._plan: queue.Queue[tuple[str, ...]] = queue.Queue()
        run = copy_context().run  # whoever traces sees its call as a part of the question
        threading.Thread(target=run, args=(self._run, planner, question), name="plan", daemon=True).start()

    def _run(self, planner: Planner, question: Question) -> None:
        try:
            self._plan.put(planner(question, self._end))
        except (ModelError, Stopped):
            self._plan.put(())

    def searches(self) -> tuple[str, ...]:
        """The plan; none where it failed or is late. Stopped when the answer is no longer wanted."""
        while not self._stop.is_set():
            try:
                return self._plan.get(timeout=min(GLANCE, max(0.001, self._until - time.monotonic())))
            except queue.Empty:
                if time.monotonic() >= self._until:
                    return ()
        raise Stopped("stopped")

    def end(self) -> None:
        """A plan that is not there by now is not wanted any more: its call is cut."""
        self._end.set()


def carried_out(index: Index, plain: Retrieved, plan: Sequence[str]) -> Retrieved:
    """What the searches of a plan and the plain one found, as one; without a plan, the plain one read more widely.

    The passages that a model reads come first: the best of each search in turn, as many as the budget holds. What can be quoted
    without a model, and whether anything can, stays as the plain search has it; the model refuses by itself.
    """
    scope = replace(plain.scope, filter=plain.results.filter)
    found = [separate(index.results(search, k=FOUND, scope=scope).hits, index.embeddings) for search in plan]
    hits = [*(hits for hits, _ in found), plain.hits]
    left = [plain.left_out, *(left_out for _, left_out in found)]
    left_out = LeftOut(tuple(_articles([one.articles for one in left])), tuple(_articles([one.sentences for one in left])))
    evidence = plain.evidence
    weighed = tuple(dict.fromkeys((*(candidate.passage for candidate in evidence.candidates), *evidence.passages)))
    passages = merged([weighed, *([hit.passage for hit in each] for each in hits)])
    return replace(
        plain,
        plan=tuple(plan),
        hits=tuple(_articles([plain.hits, *hits])),
        left_out=that_would_answer(evidence.question, plain.hits, left_out, index.embeddings),
        results=replace(plain.results, hits=list(_articles([plain.results.hits, *hits]))),
        evidence=replace(
            evidence,
            passages=tuple(passages),
            probability=max(evidence.probability, READABLE) if plan else evidence.probability,
        ),
    )


def merged(rankings: Sequence[Sequence[Passage]]) -> list[Passage]:
    """All passages once: first those that are read, the best of each ranking in turn, within BUDGET tokens; then the others."""
    turn = list(_in_turn(rankings, key=lambda passage: passage.id))
    first = within_budget(turn)
    return [*first, *(passage for passage in turn if passage not in first)]


def within_budget(passages: Sequence[Passage]) -> list[Passage]:
    """The first READ passages that fit into BUDGET tokens; one that is too long for what is left is passed over."""
    left, first = BUDGET, list[Passage]()
    for passage, tokens in zip(passages, token_count.count([passage.text for passage in passages]), strict=True):
        if len(first) == READ:
            break
        if tokens <= left:
            first.append(passage)
            left -= tokens
    return first


def _articles(found: Sequence[Iterable[Hit]]) -> Iterator[Hit]:
    """Hits of several searches, each article once, the best of each search in turn."""
    return _in_turn([list(hits) for hits in found], key=lambda hit: hit.passage.article_id)


def _in_turn(rankings: Sequence[Sequence[T]], key: Callable[[T], str]) -> Iterator[T]:
    """The first of each ranking, then the second of each, and so on; each key once."""
    seen: set[str] = set()
    for rank in range(max(map(len, rankings), default=0)):
        for ranking in rankings:
            if rank < len(ranking) and key(ranking[rank]) not in seen:
                seen.add(key(ranking[rank]))
                yield ranking[rank]
