"""What of the articles found may be evidence: nothing of one that gives a machine instructions, no sentence that may be one.

    passages -> instructions in each (`instruction_classifier`) -> sure: the whole article loses its standing
                                                                -> doubtful: that sentence alone, blank in its passage

What was left out is told where it would have answered, and nowhere else.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.questions.question import Question
from bot.retrieval.candidates import has_name, passage_of
from bot.retrieval.evidence import shortlist, weigh
from bot.retrieval.instruction_classifier import instructions_in, read_alone
from bot.retrieval.prompt_injection import shown_letters
from index.records import Article, Embeddings, Hit, Passage
from index.text.passages import sentences

LEAST = 0.1  # probability that what was found answers, with what was left out, from which that is told
# Log-odds below the best sentence of all, down to which one that was left out would have answered: where its article has every
# name of the question; and where it has not, if the article's vector is nearly as close to the question as the closest. Of 16
# questions in eight languages on the matter of an attack beside two honest articles, they are 17 below at most; of 168 on
# another matter the vector is .08 farther at least, though a sentence may be only 7.5 below.
NAMED, NEAR, CLOSE = 17.0, 12.0, 0.075
BEGINNING = 2_000  # characters of an article in which an overview finds its first sentence
WHOLE = 2  # hits of which all that was found is read

Span = tuple[int, int]  # [start, end), code points of an article's text


@dataclass(frozen=True, slots=True)
class Barred:
    """What may be no evidence."""

    articles: frozenset[str]  # their ids
    sentences: Mapping[str, tuple[Span, ...]]  # of other articles, by id

    def allows(self, article_id: str, start: int, end: int) -> bool:
        """Whether a stretch of an article may be evidence."""
        spans = self.sentences.get(article_id, ())
        return article_id not in self.articles and not any(a < end and start < b for a, b in spans)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What was found and is no evidence."""

    articles: tuple[Hit, ...] = ()  # that give a machine instructions
    sentences: tuple[Hit, ...] = ()  # that may be such instructions, each alone in its passage

    def __bool__(self) -> bool:
        return bool(self.articles or self.sentences)


def barred_in(
    items: Sequence[Article | Passage], embeddings: Embeddings, likely: Callable[[str], bool] = lambda sentence: True
) -> Barred:
    """What of these gives a machine instructions, read with their titles and their outlets; by the trained reader, which takes
    a millisecond a sentence, those sentences alone that are `likely` to be shown.

    A doubtful sentence that is not found in the text itself, of a title or in a guise, costs the article its standing.
    """
    texts = [(f"{one.title}\n{one.outlet}\n{one.text}", one.lang) for one in items]
    found = instructions_in(texts, embeddings, likely)
    barred: set[str] = set()
    doubtful: dict[str, list[Span]] = {}
    for one, what in zip(items, found, strict=True):
        id, at = (one.article_id, one.start) if isinstance(one, Passage) else (one.id, 0)
        spans = [places(one.text, text, one.lang) for text in what.doubtful]
        if what.sure or not all(spans):
            barred.add(id)
        doubtful.setdefault(id, []).extend((at + a, at + b) for of in spans for a, b in of)
    return Barred(frozenset(barred), {id: tuple(of) for id, of in doubtful.items() if of})


def places(text: str, sentence: str, lang: str) -> list[Span]:
    """Where a sentence, as it was read, stands in a text."""
    at, made = 0, []
    for line in text.splitlines(keepends=True):
        spans = sentences(line, lang)
        made += [(at + a, at + b) for a, b in spans if " ".join(shown_letters(line[a:b]).split()).startswith(sentence)]
        at += len(line)
    return made


def separate(hits: Iterable[Hit], embeddings: Embeddings, question: Question | None = None) -> tuple[list[Hit], LeftOut]:
    """(evidence, what was left out of it). With a question, of what cannot be shown for it the patterns alone are told."""
    separated = list(hits)
    likely = shown_for(question, separated).__contains__ if question else lambda sentence: True
    found = barred_in([passage for hit in separated for passage in hit.passages], embeddings, likely)
    rest = [hit for hit in separated if hit.passage.article_id not in found.articles]
    barred = tuple(hit for hit in separated if hit.passage.article_id in found.articles)
    spans = {id: found.sentences[id] for id in found.sentences if id not in found.articles}
    doubtful = [hit for hit in rest if hit.passage.article_id in spans]

    def without(passage: Passage) -> Passage:
        return _without(passage, spans.get(passage.article_id, ()))

    def only(passage: Passage) -> Passage:
        return _only(passage, spans[passage.article_id])

    evidence = [_each(hit, without) if hit in doubtful else hit for hit in rest]
    return evidence, LeftOut(barred, tuple(_each(hit, only) for hit in doubtful))


def shown_for(question: Question, hits: Sequence[Hit]) -> frozenset[str]:
    """The sentences that may be shown for a question, as they are read alone: those that are weighed, all that was found of the
    first articles, and titles."""
    weighed = shortlist(question, hits)
    first = [passage for hit in hits[:WHOLE] for passage in hit.passages]
    parts = {(c.text, c.passage.lang) for c in weighed} | {(passage.text, passage.lang) for passage in first}
    parts |= {(f"{one.title}\n{one.outlet}", one.lang) for one in [*first, *(c.passage for c in weighed)]}
    return frozenset(sentence for text, lang in parts for sentence in read_alone(text, lang))


def without_instructions(
    article: Callable[[str, int], Article | None], embeddings: Embeddings
) -> Callable[[str, int], Article | None]:
    """Articles as `article` finds them, without instructions at their beginning, which an overview tells and a search may miss.

    A doubtful sentence there is blank, and an article that surely gives instructions is none.
    """

    def found(id: str, version: int) -> Article | None:
        whole = article(id, version)
        if whole is None:
            return None
        opening = passage_of(whole, 0, BEGINNING)
        barred = barred_in([opening], embeddings)
        if id in barred.articles:
            return None
        spans = barred.sentences.get(id, ())
        return replace(whole, text=_without(opening, spans).text + whole.text[opening.end :]) if spans else whole

    return found


def _each(hit: Hit, change: Callable[[Passage], Passage]) -> Hit:
    return replace(hit, passage=change(hit.passage), more=tuple(map(change, hit.more)))


def _without(passage: Passage, spans: Iterable[Span]) -> Passage:
    """With these blank: every other place stays where it is."""
    text = passage.text
    for a, b in _inside(passage, spans):
        text = text[:a] + " " * (b - a) + text[b:]
    return passage if text == passage.text else replace(passage, text=text)


def _only(passage: Passage, spans: Iterable[Span]) -> Passage:
    """With all else blank."""
    text = " " * len(passage.text)
    for a, b in _inside(passage, spans):
        text = text[:a] + passage.text[a:b] + text[b:]
    return replace(passage, text=text)


def _inside(passage: Passage, spans: Iterable[Span]) -> Iterator[Span]:
    """The spans as places of a passage's text."""
    for start, end in spans:
        a, b = max(start, passage.start) - passage.start, min(end, passage.end) - passage.start
        if a < b:
            yield a, b


def that_would_answer(question: Question, hits: Sequence[Hit], left_out: LeftOut, embeddings: Embeddings) -> LeftOut:
    """What of that was left out is on the question's matter and has a sentence among those nearest to it, where they answer it
    at all."""
    if not left_out:
        return left_out
    every = sorted([*hits, *left_out.articles, *left_out.sentences], key=lambda hit: -hit.score)
    evidence = weigh(question, every, embeddings, reading=False)  # to the reader an instruction is no answer
    if evidence.probability < LEAST:
        return LeftOut()
    best = evidence.candidates[0].score
    nearest = max((hit.cosine for hit in every if hit.cosine is not None), default=0.0)

    def near(hit: Hit) -> bool:
        below = best - max((c.score for c in evidence.candidates if every[c.hit] is hit), default=-math.inf)
        named = bool(question.names) and all(has_name(hit.passage, name, question.lang) for name in question.names)
        close = hit.cosine is None or hit.cosine >= nearest - CLOSE
        return below <= NAMED if named else below <= NEAR and close

    return LeftOut(tuple(filter(near, left_out.articles)), tuple(filter(near, left_out.sentences)))
