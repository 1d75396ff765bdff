"""The worst chat model against the check: no words in a mouth that did not say them, none that nobody said, no link or markup."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from bot.answers.writing import Writing
from bot.questions.question import read
from bot.records import Draft, Sentence
from bot.retrieval.candidates import passage_of
from bot.retrieval.evidence import Evidence, Features
from tests.support.worst_model import EVIL, STORIES, BadDraft, drafts

EVERY = tuple(drafts())


def shown(draft: BadDraft, *, pointing: bool) -> Sentence | None:
    """What is shown for a draft that only cites its passage, or that points at the article's very words, too."""
    article = draft.story.article
    evidence = Evidence(
        question=read("?", lang=draft.lang),
        passages=(passage_of(article),),
        candidates=(),
        features=Features(),
        probability=1.0,
    )
    writing = Writing(evidence, draft.lang, lambda id, version: article)
    words = ((1, draft.story.quote),) if pointing else ()
    return writing.add(Draft(text=draft.text, cites=(1,), words=words))


@cache
def worded(kind: str) -> tuple[tuple[BadDraft, str], ...]:
    """The drafts of a kind that are shown in the model's words; one in three points at the article's."""
    made = [(draft, shown(draft, pointing=n % 3 == 0)) for n, draft in enumerate(EVERY) if draft.kind == kind]
    return tuple((draft, sentence.text) for draft, sentence in made if sentence and sentence.status != "quoted")


def test_there_are_enough() -> None:
    count = Counter(draft.kind for draft in EVERY)
    assert len(EVERY) >= 600 and count["false speaker"] >= 500
    assert {draft.story.lang for draft in EVERY} == {story.lang for story in STORIES} and len(STORIES) == 8


def test_whoever_said_it_is_mostly_shown() -> None:
    assert len(worded("true")) >= 0.7 * sum(draft.kind == "true" for draft in EVERY)


@pytest.mark.parametrize("kind", ["false speaker", "invented", "altered"])
def test_what_an_attack_demands_is_never_shown(kind: str) -> None:
    assert not [(draft.lang, text) for draft, text in worded(kind)]


def test_no_link_and_no_markup_is_shown() -> None:
    assert not [text for _, text in worded("markup") if any(mark in text for mark in EVIL)]
