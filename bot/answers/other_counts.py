"""Other reports on the event that count the dead, the hurt or the arrested, and come to another number than the answer.

    "31 were hurt" + reports of these days with 9 and 23 hurt  ->  a difference for each, with both figures

Of each report its greatest number of that kind counts: "four of them seriously" is a part. Figures of two events are never set
against each other: `corroboration.on_the_event` decides, by days, names and how the reports begin.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from bot.answers.corroboration import on_the_event
from bot.retrieval.candidates import Candidate, moment, sentences_in
from bot.verification import vocabulary
from bot.verification.disagreements import Difference, apart
from bot.verification.quantities import Figure, clash, figures
from index.text.numbers import numbers_in

if TYPE_CHECKING:
    from bot.answers.writing import Writing
    from index.records import Hit

READ = 8  # hits that are read
DAYS = 3 * 86_400  # seconds between two reports, after which a count has gone on, and does not differ


def counted_otherwise(shown: Sequence[Candidate], hits: Sequence[Hit], writing: Writing) -> Iterator[Difference]:
    """How other reports differ from the first sentence shown that counts those whose number is asked for; a number once."""
    question, likeness = writing.evidence.question, writing.likeness
    asked = vocabulary.fates(question.text, question.lang) if question.answer == "count" else frozenset[str]()
    ours = next(((c, f) for c in shown for f in _counted(c) if f.unit in asked), None)
    if ours is None or likeness is None:
        return
    (mine, figure), told = ours, set[float]()
    own = writing.article(mine.passage.article_id, mine.passage.version)
    most = _greatest(sentences_in(own), figure.unit) if own else None
    if most is None or most[1].low > figure.low:
        return
    for hit in hits[:READ]:
        article = writing.article(hit.passage.article_id, hit.passage.version)
        sentences = sentences_in(article) if article else []
        other = _greatest(sentences, figure.unit)
        if article is None or other is None or not apart(mine, other[0]) or other[1].low in told:
            continue
        if not min(moment(mine), moment(other[0])) or abs(moment(mine) - moment(other[0])) > DAYS:
            continue
        if figure.low in numbers_in(f"{article.title}\n{article.text}", article.lang):
            continue
        same_lang = article.lang == mine.passage.lang
        if clash(figure, other[1], same_lang=same_lang, one_event=True) and on_the_event(
            mine.passage, mine.text, sentences, likeness
        ):
            told.add(other[1].low)
            new, old = sorted((ours, other), key=lambda pair: -moment(pair[0]))
            yield Difference("conflict", "figure", new[0], old[0], (new[1].words, old[1].words))


def _counted(sentence: Candidate) -> list[Figure]:
    return [figure for figure in figures(sentence.text, sentence.passage.lang) if not figure.ahead]


def _greatest(sentences: Sequence[Candidate], unit: str) -> tuple[Candidate, Figure] | None:
    """The greatest number of a kind that a report has, with its sentence."""
    told = ((c, figure) for c in sentences for figure in _counted(c) if figure.unit == unit)
    return max(told, key=lambda pair: pair[1].low, default=None)
