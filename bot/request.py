"""What a request asks for, and the ways to search for it. Pure, but for a chat model's wording of a follow-up.

AskRequest -> understood by rule -> one Attempt, or several to be tried in order
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answers.extractive import Extractive
from bot.answers.writer import Generator
from bot.phrases import languages
from bot.questions.question import Context, Question, read
from bot.records import AskRequest
from bot.retrieval.retrieve import READABLE, THRESHOLD
from index.records import Period, Scope
from index.text.language import identify

if TYPE_CHECKING:
    import threading


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderstoodRequest:
    """A request as the Bot takes it."""

    request: AskRequest
    question: Question  # understood by rule, after those before it
    lang: str  # of our own words


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One way to search for what is asked."""

    question: Question
    scope: Scope
    below: float = THRESHOLD  # only where those before it hold the answer with a lower probability


def understand(
    request: AskRequest,
    language: str,
    outlets: Callable[[], Iterable[str]],
    articles: Callable[[], Sequence[str]],
    *,
    worded: bool = False,
) -> UnderstoodRequest:
    """What a request asks for, by rule. `language`: of our own words, where it names none. `worded`: by a chat model.

    `outlets` of the library, and the languages of its `articles`: where there is one alone, a question that may be of several
    ("Was tat Nagelberg?") is read in it.
    """
    context = Context(request.scope.as_of or Period.now(), outlets)
    default = language or identify(request.question) or _alone(articles()) or "en"
    question = read(request.question, request.history, default=default, context=context)
    question = question.left_to_a_model() if worded else question
    narrowed = question.follow_up.narrowed
    if narrowed and ", " not in narrowed and request.scope.without:  # that was what is dropped
        question = question.reworded(question.text.replace(f", {narrowed}?", "?"))
    own = question.follow_up.lang or request.language or language
    return UnderstoodRequest(
        request=request, question=question, lang=own or (question.lang if question.lang in languages() else "en")
    )


def _alone(languages: Sequence[str]) -> str:
    return languages[0] if len(languages) == 1 else ""


def ways_to_search(asked: UnderstoodRequest, generator: Generator, stop: threading.Event) -> list[Attempt]:
    """The ways to search, to be tried in this order until one holds an answer."""
    question, scope, follow_up = asked.question, asked.request.scope, asked.question.follow_up
    if question.history and not (follow_up.again or follow_up.news):
        question = question.reworded(generator.rewrite(question, question.history, stop=stop))
    attempts = [Attempt(question=question, scope=scope)]
    if follow_up.lang and isinstance(generator, Extractive) and not (scope.filter and scope.filter.langs):
        quotable = scope.only(langs={follow_up.lang})
        attempts.insert(0, Attempt(question=question, scope=quotable))
    told = follow_up.hanging and isinstance(generator, Extractive) and question.replies  # any article has some dead
    if follow_up.alone and not told:
        below = READABLE if follow_up.hanging else THRESHOLD
        attempts.append(Attempt(question=question.reworded(follow_up.alone), scope=scope, below=below))
    return attempts
