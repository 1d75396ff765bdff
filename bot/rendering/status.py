"""How far a sentence is verified, in words: what stands behind it and what stands beneath it. Pure.

verified     nothing: plain
unconfirmed  "(in the model's words, unconfirmed)", and beneath it the article's own words
stands in    "(in the article's words)", where a model wrote the sentences beside it
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.phrases import say

if TYPE_CHECKING:
    from bot.records import Citation, Sentence


def status_label(sentence: Sentence) -> str:
    """What is said behind a sentence; "" where it is plain. In its own language, which is the answer's but for quotations."""
    if sentence.status == "unconfirmed":
        return f"({say('unconfirmed', sentence.lang)})"
    return f"({say('in_articles_words', sentence.lang)})" if sentence.stands_in else ""


def words_beneath(sentence: Sentence) -> tuple[Citation, ...]:
    """The article's words that are shown beneath a sentence, so that the reader may judge."""
    return sentence.citations if sentence.status == "unconfirmed" else ()
