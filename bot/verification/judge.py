"""A chat model as judge: does what a sentence's passages say support it? Verdicts are read as they stream.

    cases (sentence, words) -> prompts/judge.md -> strict JSON -> supported | contradicted | unsupported, by id

The judge comes after the blockers. What one of the less sure ones stops (`verify.HINTS`) it is told, and may overrule by naming
words of the passage. Its reply is data: an id it was not given, a verdict it was not offered, a contradiction or an overruling
that names no words of a passage count for nothing, and what it does not judge stays unconfirmed. Ids are made from the
sentences, so that they tell nothing of their order.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Protocol

from bot.llm import prompts
from bot.llm.json_reply import Objects, list_of, strict_object
from bot.verification import canary
from bot.verification.evidence import CitedPassage
from bot.verification.judge_case import Case, Verdict, case
from index.errors import ModelError
from index.text.verbatim import locate

if TYPE_CHECKING:
    import threading

    from bot.llm.decisions import Decisions
    from bot.llm.models import Chat

CONFIRMED = 0.9  # probability from which a decision endpoint confirms
VERDICTS: tuple[Verdict, ...] = ("supported", "contradicted", "unsupported")  # those that a model may give
SCHEMA = strict_object(
    verdicts=list_of(
        strict_object(
            id={"type": "string"},
            verdict={"type": "string", "enum": VERDICTS},
            words={"type": "string"},
        )
    )
)


class Judge(Protocol):
    """What confirms sentences. Called twice an answer, for the first sentence and for the others; safe in threads."""

    name: str
    prompt: str  # "judge@1f3a…", or "" where it is asked in another way

    @property
    def unreliable(self) -> bool:
        """It could not tell a known false sentence from a known true one, and confirms nothing."""
        ...

    def verdicts(
        self, cases: Sequence[Case], sources: Sequence[CitedPassage], *, stop: threading.Event | None = None
    ) -> Iterator[tuple[str, Verdict]]:
        """(id of a case, verdict), as they come; those it does not know are left out. ModelError, Stopped."""
        ...


def prompt(cases: Sequence[Case], sources: Sequence[CitedPassage]) -> str:
    """What the judge is asked: the rules first, always the same, then each passage once, then the sentences."""
    cited = {number for case in cases for number in case.passages}
    passages = [prompts.fenced(source.number, source.passage) for source in sources if source.number in cited]
    rows = [
        {"id": c.id, "sentence": c.text, "passages": c.passages, "words": c.words} | ({"doubts": c.doubts} if c.doubts else {})
        for c in cases
    ]
    return prompts.load("judge").fill(
        passages="\n\n".join(passages), sentences="\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    )


def read(pieces: Iterator[str], cases: Sequence[Case], sources: Sequence[CitedPassage]) -> Iterator[tuple[str, Verdict]]:
    """The verdicts of a reply, as it streams, each id once. Whatever else it holds is passed over."""
    open_cases = {case.id: case for case in cases}
    objects = Objects("id")
    for piece in pieces:
        for entry in objects.feed(piece):
            known = open_cases.pop(str(entry["id"]), None)
            if known and (verdict := _verdict(entry, known, sources)):
                yield known.id, verdict
        if not open_cases:
            return


def _verdict(entry: Mapping[str, object], known: Case, sources: Sequence[CitedPassage]) -> Verdict | None:
    """What an entry says of a sentence. A contradiction, and support of what a rule doubts, name words that stand with it."""
    verdict, words = entry.get("verdict"), entry.get("words")
    if verdict == "contradicted" or (verdict == "supported" and known.doubts):
        cited = [source for source in sources if source.number in known.passages]
        if not (isinstance(words, str) and words.strip() and any(_has(source, words) for source in cited)):
            return "likely" if verdict == "supported" else "unsupported"
    return next((one for one in VERDICTS if one == verdict), None)


def _has(source: CitedPassage, words: str) -> bool:
    """Whether a passage, or what stands above it, has words."""
    return any(locate(words, text) for text in (source.passage.text, source.heading))


class DecisionJudge:
    """Asks a decision endpoint, one condition a sentence. It confirms or leaves open, and contradicts nothing."""

    unreliable = False

    def __init__(self, model: Decisions) -> None:
        self._model = model
        self.name, self.prompt = model.name, ""

    def verdicts(
        self, cases: Sequence[Case], sources: Sequence[CitedPassage], *, stop: threading.Event | None = None
    ) -> Iterator[tuple[str, Verdict]]:
        """See `Judge`. What it refuses to decide, or is not sure of, stays unjudged."""
        text = "\n\n".join(prompts.fenced(source.number, source.passage) for source in sources)
        conditions = {
            case.id: f"Passage {' and '.join(map(str, case.passages))} says this, in these or other words, with the same "
            f"people, roles, numbers, times, order, causes and certainty: {json.dumps(case.text, ensure_ascii=False)}"
            for case in cases
            if not case.doubts  # it names no words
        }
        try:
            likely = self._model.probabilities(text, conditions)
        except ModelError:
            return
        yield from ((id, "supported") for id, probability in likely.items() if probability >= CONFIRMED)


class ChatJudge:
    """Asks a chat model, and believes it once it has told a known false sentence from a known true one (`canary.py`)."""

    def __init__(self, model: Chat, *, timeout: float = 60.0) -> None:
        self._model = model.in_json("verdicts", SCHEMA)
        self._timeout = timeout
        self._believed: bool | None = None  # None: not known yet
        self.name = model.name
        self.prompt = prompts.load("judge").version

    @property
    def unreliable(self) -> bool:
        """It could not tell the two apart: its verdicts count for nothing."""
        return self._believed is False

    def verdicts(
        self, cases: Sequence[Case], sources: Sequence[CitedPassage], *, stop: threading.Event | None = None
    ) -> Iterator[tuple[str, Verdict]]:
        """See `Judge`. A judge that fails, refuses, takes too long or is not believed leaves the rest unjudged."""
        if self._believed:
            yield from self._asked(cases, sources, stop)
        elif self._believed is None:
            yield from self._tested(cases, sources, stop)

    def _tested(
        self, cases: Sequence[Case], sources: Sequence[CitedPassage], stop: threading.Event | None
    ) -> Iterator[tuple[str, Verdict]]:
        """The verdicts, from where on it has told the known sentences apart."""
        extra = canary.source(max((source.number for source in sources), default=0) + 1)
        shown = [*sources, extra]
        true, false = (case(one, shown) for one in canary.checked(extra.number))
        known: dict[str, Verdict] = {}
        waiting: list[tuple[str, Verdict]] = []
        for id, verdict in self._asked(list(canary.in_turn(true, false, cases)), shown, stop):
            if id in (true.id, false.id):
                known[id] = verdict
                self._believed = canary.believed(known, true, false)
            else:
                waiting.append((id, verdict))
            if self._believed is False:
                return
            if self._believed:
                yield from waiting
                waiting = []

    def _asked(
        self, cases: Sequence[Case], sources: Sequence[CitedPassage], stop: threading.Event | None
    ) -> Iterator[tuple[str, Verdict]]:
        with closing(self._model.stream(prompt(cases, sources), seconds=self._timeout, stop=stop)) as pieces:
            try:
                yield from read(pieces, cases, sources)
            except ModelError:
                return
