"""A follow-up asked of the one article that the reply before it told of, before it is asked of the whole library.

"What did Marn plead guilty to?"   told by one article   "Who was the first victim?"   ->   read in that article alone

Of the whole library, what names nothing is answered by any article that has a first victim. In the one article the words of
the follow-up are enough, and those of the question before only pull to what is told already.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.questions.question import Question
from bot.retrieval.asked_thing import held
from bot.retrieval.both_sides import ScopedSearch
from bot.retrieval.candidates import has_name
from bot.retrieval.retrieve import FOUND, Retrieved
from bot.retrieval.whom import of_whom
from index.index import Index
from index.records import Article, Scope
from index.text import quotation_marks
from index.text.names import WORD
from index.text.passages import sentences

# Probability that the article holds the answer, from which it is asked alone: 64 of 75 follow-ups over real articles that it
# answers have it, and one of 16 that it does not.
SURE = 0.9
SHARING = 5  # passages that share most words with a reply: of one of them it was cut
WORDS = 5  # of a sentence by which an article is known again
BEGINNING = 400  # characters of a reply in other words that its article is searched by
_ASIDE = re.compile(r"\s*\[[^\]]*\]")  # "on Thursday [2019-09-26]"


def in_the_same(
    question: Question,
    id: str,
    search: ScopedSearch,
    index: Index,
    scope: Scope,
    article: Callable[[str, int], Article | None],
) -> Retrieved | None:
    """What the article told of before (`told_of`) has on a follow-up; None where it is not surely in there.

    `search`: one search for one question in one scope.
    """
    within, own = scope.only(ids={id}), question.own_words
    hits = index.results(own, k=1, scope=within).hits
    named = of_whom(question, hits, article)
    text = named.text if named.text != question.text else own if question.says_what else question.text
    found = search(question.reworded(text), scope=within)
    if found.evidence.probability < SURE or not _holds_what_is_asked(found):
        return None
    everywhere = replace(index.results(question.text, k=FOUND, scope=scope), chips=())
    beside = [hit for hit in everywhere.hits if hit.passage.article_id != id]  # what they say differently is still told
    return replace(found, searched=question.text, scope=scope, results=everywhere, hits=(*found.hits, *beside))


def _holds_what_is_asked(found: Retrieved) -> bool:
    """Whether the best sentence has the sum, the day or the name that is asked for; a reason may stand beside it."""
    asked, best = found.evidence.question, found.evidence.candidates[:1]
    return bool(best) and (asked.answer == "why" or held(asked, best[0].text, best[0].passage.lang) != 0)


def astray(question: Question, id: str, found: Retrieved) -> Retrieved:
    """The same as holding no answer, where a follow-up was answered by another article without any name of what it leans on."""
    names = question.names_carried
    if not id or not names or found.spoken or not found.evidence.candidates:
        return found
    best = found.evidence.candidates[0].passage
    if best.article_id == id or any(has_name(best, name, question.lang) for name in names):
        return found
    return replace(found, evidence=replace(found.evidence, probability=0.0))


def told_of(question: Question, index: Index, scope: Scope) -> str:
    """The id of the article that the reply before a follow-up told of first; "" where none is found, or it is no follow-up.

    One with a sentence of the reply; where it was in other words, the nearest to the question before and it.
    """
    if not question.goes_on:
        return ""
    last = next((n for n in reversed(range(len(question.history))) if question.history[n].role == "user"), None)
    if last is None:
        return ""
    reply = " ".join(turn.content for turn in question.history[last + 1 :])
    told = _sentences(reply, question.lang)
    passages = index.sharing(told[0], k=SHARING, scope=scope) if told else []
    for id, version in dict.fromkeys((passage.article_id, passage.version) for passage in passages):
        text = index.article(id, version)
        if text is not None and _plain(told[0]) in _plain(text.text):
            return id
    before = question.history[last].content
    hits = index.results(f"{before} ({question.follow_up.carried}) {reply[:BEGINNING]}", k=1, scope=scope).hits
    return hits[0].passage.article_id if hits else ""


def _sentences(reply: str, lang: str) -> Sequence[str]:
    """The sentences of a reply that are long enough to be known again, without what was put into them."""
    bare = _ASIDE.sub("", reply)
    pieces = [bare[start:end] for start, end in sentences(bare, lang)]
    return [piece for piece in pieces if len(WORD.findall(piece)) >= WORDS]


def _plain(text: str) -> str:
    return " ".join(quotation_marks.plain(_ASIDE.sub("", text)).casefold().split())
