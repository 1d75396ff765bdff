"""Verification as a whole, measured: of sentences that say what their source says few are withheld, of others hardly one is shown."""

from __future__ import annotations

import pytest

from bot.answers.writer import lacking, likeness
from bot.verification import verify
from index.embedding.e5 import load
from index.records import Embeddings, Passage, Period
from tests.support import verification_pairs as pairs


@pytest.fixture(scope="module")
def embeddings() -> Embeddings:
    return load()


@pytest.mark.parametrize(
    ("passages", "good", "bad", "most_withheld", "most_shown"),  # shares of the good ones, of the bad ones
    [
        (pairs.PASSAGES, pairs.GOOD, pairs.BAD, 0.10, 0.02),
        (pairs.UNSEEN_PASSAGES, pairs.UNSEEN_GOOD, pairs.UNSEEN_BAD, 0.10, 0.02),
        (pairs.FRESH_PASSAGES, pairs.FRESH_GOOD, pairs.FRESH_BAD, 0.10, 0.06),
        (pairs.FINAL_PASSAGES, pairs.FINAL_GOOD, pairs.FINAL_BAD, 0.10, 0.11),
    ],
    ids=["known", "unseen", "fresh", "final"],
)
def test_few_true_sentences_are_withheld_and_hardly_a_false_one_shown(
    embeddings: Embeddings,
    passages: dict[str, tuple[str, str, str]],
    good: list[tuple[str, str, str]],
    bad: list[tuple[str, str, str, str]],
    most_withheld: float,
    most_shown: float,
) -> None:
    sources = [source(n, key, *passages[key]) for n, key in enumerate(passages, 1)]
    numbers = {key: n for n, key in enumerate(passages, 1)}
    like, missing = likeness(lambda texts: embeddings.embed_documents(list(texts))), lacking(embeddings)  # type: ignore[arg-type, return-value]

    def reasons(key: str, lang: str, text: str) -> tuple[str, ...]:
        return verify.check(text, (numbers[key],), sources, lang, likeness=like, lacking=missing).reasons

    withheld = [(text, why) for key, lang, text in good if (why := reasons(key, lang, text))]
    shown = [(text, what) for key, lang, text, what in bad if not reasons(key, lang, text)]
    assert len(withheld) <= most_withheld * len(good), withheld
    assert len(shown) <= most_shown * len(bad), shown


def source(number: int, key: str, lang: str, day: str, text: str) -> verify.Source:
    passage = Passage(
        id=key, article_id=key, version=1, start=0, end=len(text), text=text, lang=lang, published=Period.parse(day)
    )
    return verify.Source(number, passage, text)
