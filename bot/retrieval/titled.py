"""An article whose answer stands in its title alone: the title, marked as one, above the sentence that the article begins with.

"Who died in Ostrania?"  ->  Title: “Former president of Ostrania dies at 81”   "He led the country for nine years …"

A title is weighed as a sentence of an article would be, where no sentence answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.phrases import say
from bot.questions.question import Question
from bot.retrieval.asked_thing import held
from bot.retrieval.candidates import BELOW, Candidate, sentences_of
from bot.retrieval.evidence import Evidence, weigh
from bot.retrieval.sentence_standing import is_prose
from index.records import Embeddings, Hit
from index.text.names import WORD, content_stems, holds_name

READ = 8  # hits whose titles are read
LEAST = 4  # words of a title that tells something
SHOWN = 300  # characters of a title that are shown
# Probability from which one does, and its least cover of a word of the question that it has not: by the probability alone 8 of
# 21 questions near what titles tell were answered, by a title without "coaches" or "earthquake", which is .76 like others.
ANSWERS, COVERED = 0.5, 0.87


def by_title(evidence: Evidence, hits: Sequence[Hit], embeddings: Embeddings) -> Evidence:
    """The evidence with the first sentence of the article whose title answers before all others, under that title.

    The same evidence where none does, or where a title is no answer: to what somebody said, to what happened as a whole.
    """
    question = evidence.question
    titles = [_title(hit) for hit in hits[:READ] if len(WORD.findall(hit.passage.title)) >= LEAST]
    if question.who_said is not None or question.kind == "said" or question.overview or not titles:
        return evidence
    weighed = weigh(question, titles, embeddings)
    if not weighed.candidates or weighed.probability < ANSWERS:
        return evidence
    best = weighed.candidates[0]
    if not is_prose(best) or not _tells(question, best):
        return evidence
    lead = _lead(next(hit for hit in hits if hit.passage.article_id == best.passage.article_id), question)
    if lead is None:
        return evidence
    rest = (replace(c, score=lead.score - BELOW) for c in evidence.candidates)
    return replace(
        evidence, passages=tuple(dict.fromkeys((lead.passage, *evidence.passages))), candidates=(lead, *rest),
        probability=weighed.probability, absent=(), most=1,
    )  # fmt: skip


def _title(hit: Hit) -> Hit:
    """A hit with its title for its passage, ended like a sentence: what has no end is taken for a heading."""
    title = hit.passage.title.strip()
    text = title if not title[-1:].isalnum() else f"{title}."
    passage = replace(hit.passage, id=f"title of {hit.passage.id}", start=0, end=len(text), text=text, title="", aside=())
    return replace(hit, passage=passage, more=())


def _tells(question: Question, title: Candidate) -> bool:
    """Whether a title has all that is asked about; and a day, a figure, a reason or a place where one is asked for."""
    lang, same = title.passage.lang, title.passage.lang == question.lang
    stems = content_stems(title.text, lang) if same else frozenset[str]()
    for word, cover in zip(question.words, title.cover, strict=True):
        there = holds_name(word.text, title.text, same_lang=same) if word.name else content_stems(word.text, lang) & stems
        if word.content and cover < COVERED and not there:
            return False
    return question.answer in ("who", "name") or held(question, title.text, lang) in (None, 1.0)


def _lead(hit: Hit, question: Question) -> Candidate | None:
    """The first sentence of an article that tells something, under its title; none where its beginning was not found, since
    only what was found has been read for instructions."""
    opening = next((passage for passage in hit.passages if passage.start == 0), None)
    lead = next((c for c in sentences_of(opening, 0) if is_prose(c)), None) if opening else None
    return replace(lead, score=0.0, heading=say("by_title", question.lang, title=_cut(hit.passage.title))) if lead else None


def _cut(title: str) -> str:
    title = title.strip()
    return title if len(title) <= SHOWN else f"{title[:SHOWN].rsplit(' ', 1)[0].rstrip()} …"
