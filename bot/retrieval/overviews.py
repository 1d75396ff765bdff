"""Pure: what happened in a matter as a whole: the sentence that each report of it begins with, the newest first, under its day.

"What's the latest on the strike?"  ->  2026-04-20: "The strike has ended …"   2026-04-13: "Dockers began a strike …"
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.phrases import say
from bot.questions.question import Question
from bot.retrieval.candidates import BELOW, Candidate, moment, sentences_in, sentences_of
from bot.retrieval.sentence_standing import is_prose
from index.records import Article, Hit, Period
from index.text.dates import mentions
from index.text.lexicon import Lexicon
from index.text.names import WORD, holds_name

MOST = 6  # reports that are told
LOOKED_AT = 10  # hits that may be reports of the matter
NEAR = 0.6  # score of another report's hit, as a share of the best one's
# Cover of the words that a question is about, in its language and in another: the mean of those that are no names in its
# language, else the least, where the names are there; the least of all where there are none. Of 12 overviews of deskqa and ours
# nearly all reports have it and NEAR, of some 40 other articles three. In another language a common noun is like few words of
# its translation: there a hit whose score is nearly the best is of the matter with LEAST_COVERED.
WITH_NAMES, WITHOUT = (0.82, 0.76), (0.83, 0.80)
NEARLY_BEST, LEAST_COVERED = 0.85, 0.74
SEVERAL = 2  # reports that make an overview
OPENING = 4  # sentences among which a report's first is
LEAST = 8  # words of it: a dateline is none
DAY = 86_400  # seconds


@dataclass(frozen=True, slots=True)
class Reports:
    """What the reports of a matter tell."""

    leads: tuple[Candidate, ...]  # the first sentence of each, the newest first
    nothing: bool  # no article is about it
    certain: bool  # it is an answer whatever the score: several reports, or one of the time asked for, begin with its names


def overview(
    question: Question,
    ranked: Sequence[Candidate],
    hits: Sequence[Hit],
    article: Callable[[str, int], Article | None] | None,
) -> Reports | None:
    """The overview that a question asks for; None where it asks for none, or only later reports tell of its time.

    `ranked`: the sentences that were read, best first; one at least. `article`: finds a hit's article by its id and version.
    """
    if not question.overview or article is None:
        return None
    top = ranked[0].passage.article_id
    least = NEAR * max(hit.score for hit in hits)
    near = [hit for hit in hits[:LOOKED_AT] if hit.score >= least or hit.passage.article_id == top]
    reports = [(hit, text) for hit in near if (text := article(hit.passage.article_id, hit.passage.version))]
    timely = [(hit, text) for hit, text in reports if of_the_time(question, text.published)]
    if not timely and any(_tells_of_the_time(question, candidate) for candidate in ranked):  # "in 1997", of later reports
        return None
    best = least / NEAR * NEARLY_BEST
    of_it = [(hit, text) for hit, text in timely if _of_the_matter(question, text, ranked, nearest=hit.score >= best)]
    told = sorted((lead for one in of_it if (lead := first_sentence(*one))), key=lambda lead: -moment(lead))
    foremost = [lead for lead in told if _names(question) and _has_all(question, f"{lead.passage.title} {lead.text}", lead)]
    if not _plain_words(question):  # what names it in passing is not about it
        told = foremost
    rest = [lead for lead in told if lead.passage.article_id != top][MOST - 1 :]  # the best is always among them
    leads = tuple(replace(lead, heading=_heading(lead, question.lang)) for lead in told if lead not in rest)
    return Reports(leads, nothing=not of_it, certain=len(foremost) >= (1 if question.dates else SEVERAL))


def with_leads(found: Reports, ranked: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The reports' first sentences before the others, which are not shown beside them (`BELOW`).

    Of a single report its sentences as they are ranked; of none all. Where there is room, the best sentence of the best report
    stands behind its first.
    """
    if not found.leads:
        return tuple(ranked)
    if len(found.leads) < SEVERAL:
        only = found.leads[0].passage.article_id
        outside = (replace(c, score=c.score - BELOW) for c in ranked if c.passage.article_id != only)
        return (*(c for c in ranked if c.passage.article_id == only), *outside)
    top, told = ranked[0], list[Candidate]()
    for lead in found.leads:
        told.append(lead)
        if lead.passage.article_id == top.passage.article_id and len(found.leads) < MOST and top.start >= lead.end:
            told.append(replace(top, heading=lead.heading))
    first = (replace(one, score=top.score + 1 - n / 100) for n, one in enumerate(told))
    return (*first, *(replace(c, score=c.score - BELOW) for c in ranked))


def _names(question: Question) -> tuple[str, ...]:
    """The names of a question, where capitals tell them."""
    return () if Lexicon(question.lang).capital_nouns else question.names


def _has_all(question: Question, text: str, of: Article | Candidate) -> bool:
    """Whether a text has all names of a question, in any spelling."""
    lang = of.lang if isinstance(of, Article) else of.passage.lang
    return all(holds_name(name, text, same_lang=lang == question.lang) for name in _names(question))


def _plain_words(question: Question) -> list[int]:
    """Places of the words that an overview is wanted of and that are neither names nor years; all, where capitals tell none."""
    names = _names(question)
    return [i for i in question.overview if not (names and (question.words[i].name or question.words[i].text.isdecimal()))]


def of_the_time(question: Question, out: Period | None) -> bool:
    """Whether what came out then did so in the time that a question names, or on the day after; undated it may have."""
    asked = [date.period for date in question.dates]
    return not asked or out is None or any(out.overlaps(Period(period.start, period.end + DAY)) for period in asked)


def _tells_of_the_time(question: Question, candidate: Candidate) -> bool:
    """Whether a sentence names the time that a question names."""
    if not candidate.passage.published:
        return False
    told = mentions(candidate.text, candidate.passage.published, candidate.passage.lang)
    return any(one.period.overlaps(date.period) for one in told for date in question.dates)


def _of_the_matter(question: Question, article: Article, ranked: Sequence[Candidate], *, nearest: bool) -> bool:
    """Whether an article is about what the question is about: it has its names, and covers its other words."""
    names, other = _names(question), article.lang != question.lang
    if not _has_all(question, f"{article.title} {article.text}", article):
        return False
    covers = [c.cover for c in ranked if c.passage.article_id == article.id and c.cover]
    words = [max((cover[i] for cover in covers), default=0.0) for i in _plain_words(question)]
    if not words:
        return True
    least, mean = min(words), sum(words) / len(words)
    enough = LEAST_COVERED if other and nearest else (WITH_NAMES if names else WITHOUT)[other]
    return (mean if names and not other else least) >= enough


def first_sentence(hit: Hit, article: Article) -> Candidate | None:
    """The first sentence of an article that tells something."""
    passage = next((one for one in hit.passages if one.start == 0), None)
    opening = (sentences_of(passage, 0) if passage else sentences_in(article))[:OPENING]
    return next((c for c in opening if len(WORD.findall(c.text)) >= LEAST and is_prose(c)), None)


def _heading(lead: Candidate, lang: str) -> str:
    day = str(lead.passage.published or "")[:10]
    return day or say("undated", lang).capitalize()
