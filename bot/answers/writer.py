"""What drafts answers: anything with `generate`. The extractive generator quotes, this one lets a chat model write.

Neither is trusted: what is shown went through `Writing.add` (`writing.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

from bot.answers.begun import Begun
from bot.answers.writing import PASSAGES
from bot.llm import prompts
from bot.llm.json_reply import SCHEMA
from bot.llm.models import Chat
from bot.llm.reply_parser import REFUSAL, drafts
from bot.phrases import language_name
from bot.questions.question import Question
from bot.records import Draft, Turn
from bot.retrieval import plan
from bot.retrieval.evidence import Evidence
from bot.verification.evidence import Likeness
from bot.verification.judge import Judge
from index.errors import ModelError
from index.records import Passage
from index.text import quotation_marks
from index.text.names import holds_name, names_in
from index.text.printable import one_line

if TYPE_CHECKING:
    import threading

SENTENCES = 5  # asked of it
FORMS: tuple[prompts.Form, prompts.Form] = ("json", "lines")


class Generator(Protocol):
    """What drafts answers. Called by `Bot.ask` once a question; safe in threads."""

    name: str  # shown as Answer.generator

    @property
    def prompt(self) -> str:
        """The prompt in use, "name@hash", or ""."""
        ...

    def rewrite(self, question: Question, history: Sequence[Turn], *, stop: threading.Event | None = None) -> str:
        """What has to be searched for a question with turns before it: by rule `question.text`, for `question.asked`."""
        ...

    def generate(self, evidence: Evidence, lang: str, *, stop: threading.Event | None = None) -> Iterator[Draft]:
        """Sentences in `lang` on `evidence.passages`, cited by number from 1. None at all: the evidence does not answer.

        Raises ModelError when a server fails, also in the middle, and Stopped when `stop` is set while it waits for one.
        """
        ...


# A chat model ----------------------------------------------------------------------------------------------------------------


class ChatGenerator:
    """Lets a chat model write from numbered passages, and cuts its stream into sentences."""

    def __init__(self, model: Chat, *, timeout: float = 60.0, judge: Judge | None = None, strict: bool = False) -> None:
        """`judge`: what confirms its sentences; None: nothing does. `strict`: what is not confirmed is not shown."""
        self._model = model
        self._writing = model.in_json("answer", SCHEMA)
        self._planning = model.in_json("plan", plan.SCHEMA)
        self.judge, self.strict = judge, strict
        self._timeout = timeout
        self._rewriting = prompts.load("rewrite")
        self.name = model.name
        for name in ("answer", "briefing"):  # a prompt that is not as it should be is told when the program starts
            for form in FORMS:
                prompts.in_form(name, form)

    @property
    def prompt(self) -> str:
        """The prompt of an answer, in the form that the server takes."""
        return prompts.in_form("answer", self._form).version

    @property
    def briefing_prompt(self) -> str:
        """The prompt of a briefing's event."""
        return prompts.in_form("briefing", self._form).version

    @property
    def _form(self) -> prompts.Form:
        return "json" if self._writing.asks_json else "lines"

    def rewrite(self, question: Question, history: Sequence[Turn], *, stop: threading.Event | None = None) -> str:
        """The model's wording of a question that leans on the conversation, if it brings in nobody new; else the rule's."""
        asked, by_rule, lang = question.asked, question.text, question.lang
        if by_rule == asked:
            return asked
        said = "\n".join(f"{turn.role}: {one_line(turn.content)[:500]}" for turn in history[-6:])
        prompt = self._rewriting.fill(history=said, question=one_line(asked))
        try:
            reply = one_line("".join(self._model.stream(prompt, seconds=self._timeout / 3, stop=stop)))
        except ModelError:
            return by_rule
        known = f"{said} {asked}"
        new = [name for name in names_in(reply, lang) if not holds_name(name, known, same_lang=True)]
        lost = [name for name in names_in(asked, lang) if not holds_name(name, reply, same_lang=True)]
        return by_rule if new or lost or not 3 <= len(reply) <= 300 else reply

    def searches(self, question: Question, stop: threading.Event) -> tuple[str, ...]:
        """What has to be searched for a question of several parts; none where the model sees one. ModelError, Stopped."""
        asked = prompts.load("plan").fill(question=one_line(question.text))
        return plan.searches("".join(self._planning.stream(asked, seconds=self._timeout, stop=stop)), question.text)

    def begin(self, question: Question, passages: Sequence[Passage], lang: str) -> Begun:
        """Have the model write on passages that are not weighed yet; `generate` goes on with it, if it is given the same."""
        asked = self._asked("answer", passages, lang, SENTENCES, question=one_line(question.text))
        return Begun(asked, partial(self._pieces, asked))

    def generate(
        self, evidence: Evidence, lang: str, *, stop: threading.Event | None = None, begun: Begun | None = None
    ) -> Iterator[Draft]:
        """The model's sentences, as they come. ModelError also when it does not finish in time.

        `begun`: what it may be writing already; of other passages, or to another question, that is cut.
        """
        asked = self._asked("answer", evidence.passages, lang, SENTENCES, question=one_line(evidence.question.text))
        if begun and begun.asked != asked:
            begun.end()
            begun = None
        yield from drafts(begun.pieces(stop) if begun else self._pieces(asked, stop), 2 * (SENTENCES + 1))

    def event(self, evidence: Evidence, lang: str, sentences: int) -> Iterator[Draft]:
        """One event of a briefing from the openings of its reports: what happened, then so many sentences more. ModelError."""
        yield from drafts(self._pieces(self._asked("briefing", evidence.passages, lang, sentences)), 2 * (sentences + 1))

    def _asked(self, name: str, passages: Sequence[Passage], lang: str, sentences: int, **more: str) -> tuple[str, str]:
        """What the model is asked: for JSON where its server has that, for lines elsewhere."""
        in_json, in_lines = (
            prompts.in_form(name, form).fill(
                language=language_name(lang) or "the language of the question",
                sentences=str(sentences),
                refusal=REFUSAL,
                passages="\n\n".join(prompts.fenced(n, passage) for n, passage in enumerate(passages[:PASSAGES], 1)),
                **more,
            )
            for form in FORMS
        )
        return in_json, in_lines

    def _pieces(self, asked: tuple[str, str], stop: threading.Event | None = None) -> Iterator[str]:
        in_json, in_lines = asked
        return self._writing.stream(in_json, seconds=self._timeout, stop=stop, shorter=prompts.fewer, plain=in_lines)

    def translate(self, text: str, lang: str, *, stop: threading.Event | None = None) -> str:
        """The model's translation of an article's words, without quotation marks: they are nobody's own now. ModelError."""
        fenced = one_line(text).replace("<<<", "‹‹‹").replace(">>>", "›››")
        prompt = prompts.load("translate").fill(language=language_name(lang) or lang, text=fenced)
        reply = one_line("".join(self._model.stream(prompt, seconds=self._timeout, stop=stop)))
        return " ".join(quotation_marks.DOUBLE.sub("", reply).split())[: 3 * len(text) + 200]


def likeness(embed: Callable[[Sequence[str]], Sequence[Sequence[float]]]) -> Likeness:
    """A Likeness made of vectors: cosine stretched so that unrelated sentences are near 0 and translations near 1."""

    def compare(text: str, others: Sequence[str]) -> list[float]:
        import numpy as np

        vectors = np.asarray(embed([text, *others]), np.float32)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return [float(min(1.0, max(0.0, (x - 0.76) / 0.18))) for x in vectors[1:] @ vectors[0]]

    return compare
