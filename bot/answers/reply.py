"""A line of our own to what articles cannot answer: small talk, and a question that names nothing to look for."""

from __future__ import annotations

import uuid

from bot.phrases import say
from bot.questions.question import Question
from bot.records import Answer, AskRequest, Note, Outcome
from bot.retrieval.question_domain import none_for_news
from bot.retrieval.talk_classifier import likely, talk
from index.records import Embeddings


def to_small_talk(request: AskRequest, question: Question, lang: str, embeddings: Embeddings) -> Answer | None:
    """The reply to what is no question; None to a question."""
    said = question.small_talk or talk(question, embeddings)
    return _reply(request, "small_talk", f"reply_{said.kind}", lang) if said else None


def asking_back(request: AskRequest, question: Question, lang: str) -> Answer | None:
    """A question back, where a question names nothing, or nobody that "him" could be; None where it does."""
    if question.follow_up.whom:
        return _reply(request, "unclear", "whom", lang)
    return _reply(request, "unclear", "unclear_question", lang) if question.vague else None


def not_for_news(request: AskRequest, question: Question, lang: str, embeddings: Embeddings) -> Answer | None:
    """A line in place of a refusal, where what nothing answers is hardly a question for news: "remind me to call mum".

    None where it names somebody or something, or asks on.
    """
    if question.names_something or (question.history and question.plainly_asked):
        return None
    idle = likely(question, embeddings) or none_for_news(question.text, embeddings)
    return _reply(request, "unclear", "reply_colleagues", lang) if idle else None


def _reply(request: AskRequest, outcome: Outcome, phrase: str, lang: str) -> Answer:
    return Answer(
        id=uuid.uuid4().hex, question=request.question, searched="", lang=lang, outcome=outcome,
        notes=(Note(kind="reply", text=say(phrase, lang)),), as_of=request.scope.as_of,
    )  # fmt: skip
