"""One reading of a question: what was found for it, without the articles that attack, and what that is worth.

question, filter -> Index.results -> separate -> who said what, or single sentences -> Retrieved
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.questions.capitals import cased
from bot.questions.question import Question
from bot.retrieval import statements
from bot.retrieval.evidence import Evidence, passages_of, weigh
from bot.retrieval.instructions_left_out import LeftOut, separate, that_would_answer, without_instructions
from bot.retrieval.later_outcome import later_first
from bot.retrieval.premise import of_the_named
from bot.retrieval.titled import by_title
from bot.retrieval.whom import of_whom
from index.index import Index
from index.records import Article, Embeddings, Hit, Passage, Period, Results, Scope
from index.text.lexicon import Lexicon
from index.text.names import holds_name

FOUND = 20  # passages asked of the index
THRESHOLD = 0.5  # probability that the evidence holds the answer, below which we refuse
READABLE = 0.05  # the same where a chat model reads the passages, which can refuse by itself and reads better than our score


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieved:
    """What one reading of a question led to."""

    searched: str
    scope: Scope  # that the search was given; `results.filter` is what the question narrowed it to
    results: Results
    hits: tuple[Hit, ...]  # that may be evidence
    left_out: LeftOut  # what gives a machine instructions, where it would have answered
    spoken: bool  # the evidence is what somebody is on record with
    evidence: Evidence
    plan: tuple[str, ...] = ()  # what was searched beside it, for a question of several parts (`plan.py`)
    unfound: tuple[str, ...] = ()  # of two things asked (`both_sides.py`), the one that nothing was found on

    @property
    def holds(self) -> bool:
        """Whether it holds an answer."""
        return bool(self.evidence.candidates) and self.evidence.probability >= THRESHOLD

    @property
    def readable(self) -> bool:
        """Whether it may hold an answer, for a reader better than the score."""
        return bool(self.evidence.candidates) and self.evidence.probability >= READABLE

    @property
    def of_another(self) -> bool:
        """Whether somebody's words are asked for and the best sentence is not theirs."""
        asked, candidates = self.evidence.question, self.evidence.candidates
        if self.spoken or not asked.speakers or not candidates:
            return False
        best = candidates[0]
        return not best.close.spoken and not holds_name(
            asked.speakers[-1], best.text, same_lang=best.passage.lang == asked.lang
        )

    @property
    def articles(self) -> tuple[str, ...]:
        """Ids of up to 20 articles, best first."""
        passages = [*(self.evidence.passages if self.spoken else ()), *(hit.passage for hit in self.results.hits)]
        return tuple(dict.fromkeys(passage.article_id for passage in passages))[:FOUND]


def retrieve(
    index: Index,
    question: Question,
    article: Callable[[str, int], Article | None],
    *,
    scope: Scope = Scope(),
    results: Results | None = None,
    embeddings: Embeddings | None = None,
    lap: Callable[[str], None] = lambda stage: None,
    found: Callable[[Question, Sequence[Passage]], None] = lambda question, passages: None,
    whole: bool = True,
) -> Retrieved:
    """What the library has on a question. LibraryError when it cannot be read.

    `results`: what the index has on its words, where that is known. `embeddings`: what reads its sentences, by default the
    library's own model. `lap` is told "search" and "evidence", each when it is done; `found`, before they are weighed, the
    passages that most likely will be read. `whole`: a chat model reads all that is found, not the sentences shown alone.
    """
    if results is None:
        results = index.results(question.text, k=FOUND, scope=scope)
    if question.hurried:
        known = [hit.passage for hit in results.hits if not Lexicon(hit.passage.lang).capital_nouns]
        written = cased(question.text, (*(passage.text for passage in known), *(passage.title for passage in known)))
        if written != question.text:
            question, results = question.reworded(written), index.results(written, k=FOUND, scope=scope)
    lap("search")
    hits, left_out = separate(results.hits, embeddings or index.embeddings, None if whole else question)
    within = replace(scope, filter=results.filter)

    def weighed(asked: Question) -> Retrieved:
        spoken = statements.look(asked, index, scope=within)
        if spoken is None and not asked.overview:  # of that the reports' first sentences are read before the rest
            found(asked, passages_of(hits))
        model = embeddings or index.embeddings
        of = without_instructions(article, model) if asked.overview or asked.several else article
        evidence = spoken or weigh(asked, hits, model, of, index.statements)
        if spoken is None:
            told, overtaken = later_first(asked, evidence.candidates, hits)
            evidence = replace(evidence, candidates=told, overtaken=overtaken)
        return Retrieved(
            searched=question.text, scope=scope, results=results, hits=tuple(hits), left_out=LeftOut(),
            spoken=spoken is not None, evidence=evidence,
        )  # fmt: skip

    first = weighed(of_whom(question.reworded(results.matter), hits, article))
    if not first.holds and (bare := _undated(question.reworded(results.bare), hits, scope.as_of)).text != results.matter:
        again = weighed(bare)  # no article says "in the French press"
        first = again if again.holds else first
    if not first.holds:
        first = replace(first, evidence=of_the_named(first.evidence))
    if not first.holds:
        first = replace(first, evidence=by_title(first.evidence, hits, embeddings or index.embeddings))
    lap("evidence")
    told = that_would_answer(first.evidence.question, hits, left_out, embeddings or index.embeddings)
    return replace(first, left_out=told)


def _undated(question: Question, hits: Iterable[Hit], as_of: Period | None) -> Question:
    """A who-said question without the day that the article found for it came out on: its text need not name that."""
    published = next((hit.passage.published for hit in hits), None)
    if published is None or question.kind != "said":
        return question
    return question.without_dates(published, now=as_of or published)
