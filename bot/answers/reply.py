"""A line of our own to what articles cannot answer: small talk, and a question that names nothing to look for."""

from __future__ import annotations

import uuid

from bot.phrases import say
from bot.questions.question import Question
from bot.records import Answer, AskRequest, Note, Outcome


def to_small_talk(request: AskRequest, question: Question, lang: str) -> Answer | None:
    """The reply to what is no question; None to a question."""
    talk = question.small_talk
    return _reply(request, "small_talk", f"reply_{talk.kind}", lang) if talk else None


def asking_back(request: AskRequest, question: Question, lang: str) -> Answer | None:
    """A question back, where a question names nothing, or nobody that "him" could be; None where it does."""
    if question.follow_up.whom:
        return _reply(request, "unclear", "whom", lang)
    return _reply(request, "unclear", "unclear_question", lang) if question.vague else None


def _reply(request: AskRequest, outcome: Outcome, phrase: str, lang: str) -> Answer:
    return Answer(
        id=uuid.uuid4().hex, question=request.question, searched="", lang=lang, outcome=outcome,
        notes=(Note(kind="reply", text=say(phrase, lang)),), as_of=request.scope.as_of,
    )  # fmt: skip
