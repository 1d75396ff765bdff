"""bot/retrieval/plain_refusals.py: why or when an act was done is not answered by an article that tells of no such act."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.questions.question import read
from bot.retrieval.candidates import sentences_of
from bot.retrieval.plain_refusals import no_words, untold
from bot.retrieval.word_coverage import compare
from index.embedding.e5 import E5
from index.records import Passage


def told(text: str, question: str, lang: str, title: str = "") -> bool:
    passage = Passage(id="", article_id="a", version=1, start=0, end=len(text), text=text, title=title, lang="en")
    return not untold(read(question, lang=lang), sentences_of(passage, 0))


TRIAL = "The trial of Mara Lind began on Tuesday in Norwick. Her lawyer said that she had meant no harm."


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("Why was Mara Lind acquitted?", "en"),
        ("When was Mara Lind convicted?", "en"),
        ("Who was acquitted in Norwick?", "en"),
        ("Wer wurde in Norwick verurteilt?", "de"),
        ("¿Por qué dimitió Mara Lind?", "es"),
        ("Warum wurde Mara Lind verurteilt?", "de"),
        ("Pourquoi Mara Lind a-t-elle été acquittée ?", "fr"),
    ],
)
def test_an_act_that_no_sentence_tells_is_not_explained(question: str, lang: str) -> None:
    assert not told(TRIAL, question, lang)


@pytest.mark.parametrize(
    ("text", "question", "lang", "title"),
    [
        ("The jury found Mara Lind not guilty on Tuesday.", "Why was Mara Lind acquitted?", "en", ""),  # in other words
        ("The court convicted Mara Lind on Tuesday.", "Why was Mara Lind acquitted?", "en", ""),  # the opposite is told instead
        ("She said that she had meant no harm.", "Warum wurde Mara Lind verurteilt?", "de", "Mara Lind convicted in Norwick"),
        (TRIAL, "When will Mara Lind be sentenced?", "en", ""),  # nobody can tell yet, and a date may stand there
        (TRIAL, "Was Mara Lind acquitted?", "en", ""),
        (TRIAL, "Who is on trial in Norwick?", "en", ""),
        (TRIAL, "Why did the trial of Mara Lind begin?", "en", ""),
        (TRIAL, "Pourquoi le procès a-t-il failli s'arrêter ?", "fr", ""),
    ],
)
def test_what_may_be_answered_is_not_refused(text: str, question: str, lang: str, title: str) -> None:
    assert told(text, question, lang, title)


@pytest.mark.parametrize(
    ("question", "none"),
    [
        ("asdfgh qwerty", True),
        ("hjkl", True),
        ("jklö asdf", True),
        ("Lind", False),
        ("Urteil", False),
        ("ferry", False),
        ("UNO", False),
    ],
)
def test_rows_of_keys_are_no_words(question: str, none: bool, model: E5) -> None:
    passage = Passage(id="", article_id="a", version=1, start=0, end=len(TRIAL), text=TRIAL, title="", lang="en")
    asked, candidates = read(question, lang="en"), sentences_of(passage, 0)
    cover = compare(asked, [c.text for c in candidates], ["en"] * len(candidates), model)[1]
    assert no_words(asked, [replace(c, cover=tuple(row)) for c, row in zip(candidates, cover, strict=True)], model) == none
