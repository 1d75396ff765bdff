"""The sentences of an event's reports as claims, and which of them tell it.

reports -> the first sentences of each origin -> vectors, one batch -> Claims
Claims -> the headline (what all reports agree on, early, in the reader's language) -> a few more that add to it
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.index import Index
from index.records import Article, Period
from index.search.recent_reports import Report
from index.text import quotation_marks
from index.text.credits import agencies_in, furniture
from index.text.dates import mentions
from index.text.fold import Folded
from index.text.lexicon import Lexicon
from index.text.names import WORD, content_stems, names_in
from index.text.numbers import numbers_in
from index.text.passages import sentences as split_sentences
from index.text.quotation_cuts import cut

Floats = NDArray[np.float32]

STORIES = 6  # origins of an event that are read
SENTENCES = 8  # of each
SHORT, LONG = 25, 420  # characters of a sentence that can be shown
FIRST = 600  # and of the first one
REPEATS = 0.50  # centred cosine with a sentence already chosen from which one adds nothing: two of one article have .36 or less

OPENING = 4  # sentences of a report of which one is its lead
LATER = 0.2  # a later sentence has to be so much better than the one before, as a cosine, to be it
TITLED = 1.5  # weight of a lead's cosine with the title above it: what tells the news says what the title says
OURS = 0.3  # preference for the reader's language
FRESH = 0.25  # and for what is new
EXCERPT = 0.3  # against a text's first sentence that points back: "It was 24 September"; news hardly begins so, an excerpt may
BEGUN = 90  # characters of a text behind which a sentence is no first one, whatever was left out
TOP = 2  # sentences of a report that captions of its picture stand among
INQUIT = 3  # words beside a quotation that only say that somebody speaks: "he said"
INTRODUCED = 4  # words before a comma that only lead in
LONG_AGO = 60 * 86_400  # seconds before its report, of a day that an old picture's caption names and news does not begin with
BEFORE = 10 * 86_400  # and of the times that a statement names which is not about the event
OWN = 0.25  # against one in which the author speaks of herself or to the reader
ASKS = 0.6  # against a first sentence that asks, is somebody's words alone, or needs the one before it


@dataclass(frozen=True, slots=True)
class KeySentence:
    """One sentence of a report."""

    report: Report
    start: int  # code points of the article's text
    end: int
    place: int  # of the sentence in its text, from 0
    vector: Floats  # centred by language, of unit length

    @property
    def text(self) -> str:
        return self.report.article.text[self.start : self.end]

    @property
    def lang(self) -> str:
        return self.report.article.lang

    @property
    def spoken(self) -> bool:
        """Whether it is a part of what somebody said, and so not the outlet's own words."""
        return bool(cut(self.report.article.text, self.start, self.end, self.lang))


def claims(reports: Sequence[Report], index: Index, *, sentences: int = SENTENCES) -> list[list[KeySentence]]:
    """The claims of each report, in its order. Their sentences are embedded in one batch. ModelError."""
    spans = [sentence_spans(report)[:sentences] for report in reports]
    texts = [report.article.text[a:b] for report, report_spans in zip(reports, spans, strict=True) for a, b in report_spans]
    if not texts:
        return [[] for _ in reports]
    langs = [report.article.lang for report, report_spans in zip(reports, spans, strict=True) for _ in report_spans]
    vectors = index.sentences(texts, langs)
    made, at = [], 0
    for report, report_spans in zip(reports, spans, strict=True):
        made.append([KeySentence(report, a, b, place, vectors[at + place]) for place, (a, b) in enumerate(report_spans)])
        at += len(report_spans)
    return made


_YEAR = re.compile(r"\d{4}")
_QUOTED = re.compile(r"[“«„\"][^“”«»„\"]*[”»“\"]")
_CAPITAL = "A-ZÁÉÍÓÚÑÄÖÜ"
# As in: "SELWYN (Meridian Press) - ", "Karsund, 3 may (EFE).- ", "KARSUND-ON-SEA, Vt. — "
_DATELINE = re.compile(
    rf"\A\s*(?:(?:[{_CAPITAL}][\w’'.-]*(?:[ ,/]+[\w’'.-]+){{0,6}}\s*)?"
    rf"(?:\([^()\n]{{2,60}}\)|[{_CAPITAL},. ]{{4,40}})"
    rf"|[{_CAPITAL}’'.-]{{3,}}(?: [{_CAPITAL}’'.-]+){{0,4}}(?:, [\w. ]{{1,25}}){{0,2}})"
    r"\s*\.?\s*[-–—]+\s+"
)


_BRACES = re.compile(r"\{\{|\}\}")  # of a page's template, not filled in
_SMALL = re.compile(r"\W*[a-zà-ÿ][a-zà-ÿ\s]")  # a note without capitals, copied from somewhere; not "iPhone", "eBay"


def sentence_spans(report: Report) -> list[tuple[int, int]]:
    """The sentences of a report that can be shown, without its dateline, the captions of its pictures and its closing line."""
    article = report.article
    aside = furniture(article.text)
    spans: list[tuple[int, int]] = []
    for a, b in split_sentences(article.text, article.lang):
        if not spans and (match := _DATELINE.match(article.text[a:b])):
            a += match.end()
        text = article.text[a:b]
        if (
            SHORT <= b - a <= (LONG if spans else FIRST)
            and len(WORD.findall(text)) >= 4
            and re.search(r"[.!?…。！？؟।][”\"»’')\]]*\s*\Z", text)
            and not page_words(text, article.lang)
            and not _BRACES.search(text)
            and not _SMALL.match(text)
            and not _credited(text)
            and not any(start < b and a < end for start, end, _ in aside)
        ):
            spans.append((a, b))
    return spans


def _credited(text: str) -> bool:
    """Whether a sentence has the credit of a picture glued to its beginning: "Credit: Getty However, …"."""
    first = " ".join(text.split(maxsplit=2)[:2])
    return ":" in first and any(kind == "credit" for _, _, kind in furniture(first))


def dateline(article: Article) -> str:
    """From where an article reports, as its dateline has it: "SELWYN"; "" where it has none, or only an agency's name."""
    match = _DATELINE.match(article.text[:200])
    place = re.split(r"[,/(]", match[0])[0].strip(" .-–—\n") if match else ""
    return place if 2 < len(place) <= 40 and not agencies_in(place) else ""


def page_words(text: str, lang: str) -> bool:
    """Whether a sentence is the page's and not the article's: a greeting, "sign up for our newsletter", "click here"."""
    return Lexicon(lang).page_words.search(Folded(text).text) is not None


def headline(
    by_report: Sequence[Sequence[KeySentence]], lang: str, fresh: frozenset[tuple[str, int]] | None = None
) -> KeySentence | None:
    """The sentence that says best what happened: among the first of each report, the one that its title and most reports say.

    One in the reader's language is preferred, and one that is fresh: (article id, place) pairs, None for all.
    """
    best, top = None, -np.inf
    for i, own in enumerate(by_report):
        telling = [claim for claim in own if not tells_nothing(claim) and not _of_old(claim)]
        for claim in (telling or own)[:OPENING]:
            others = [
                max(float(claim.vector @ c.vector) for c in other) for j, other in enumerate(by_report) if j != i and other
            ]
            score = (float(np.mean(others)) if others else 0.3) - LATER * claim.place + OURS * (claim.lang == lang)
            score += TITLED * float(claim.report.title @ claim.vector)
            score += FRESH * (fresh is None or (claim.report.article.id, claim.place) in fresh)
            score -= ASKS * (tells_nothing(claim) or _leans(claim)) + OWN * _of_the_author(claim)
            score -= EXCERPT * (not claim.place and not whole_by_itself(claim))
            score -= 0.001 * max(0, len(claim.text) - 220)
            if score > top:
                best, top = claim, score
    return best


def more(
    by_report: Sequence[Sequence[KeySentence]],
    chosen: Sequence[KeySentence],
    lang: str,
    fresh: frozenset[tuple[str, int]] | None,
    count: int,
) -> list[KeySentence]:
    """At most `count` further sentences that add to those chosen, the most telling first."""
    pool = [
        claim
        for own in by_report
        for claim in own
        if not (tells_nothing(claim) or _leans(claim) or quotation_marks.quotations(claim.text))
        if not (claim.place < TOP and _of_old(claim))
    ]
    if any(claim.lang == lang for claim in chosen):  # a reader who is told in one language is not handed another in between
        pool = [claim for claim in pool if claim.lang == lang]
    kept: list[KeySentence] = []
    while pool and len(kept) < count:
        best, top = None, 0.1
        for claim in pool:
            near = max((float(claim.vector @ c.vector) for c in (*chosen, *kept)), default=0.0)
            if near > REPEATS or _same_words(claim, (*chosen, *kept)):
                continue
            about = float(claim.vector @ chosen[0].vector) if chosen else 0.5
            score = 0.6 * about - 0.4 * near + OURS * (claim.lang == lang) - 0.04 * claim.place
            score += FRESH * (fresh is None or (claim.report.article.id, claim.place) in fresh)
            score += 0.05 * bool(numbers_in(claim.text, claim.lang)) - OWN * _of_the_author(claim)
            if score > top:
                best, top = claim, score
        if best is None:
            break
        kept.append(best)
        pool.remove(best)
    return kept


def tells_nothing(claim: KeySentence) -> bool:
    """Whether a sentence asks, or is only a quotation or a part of one, or one of nobody who is named: no news by itself."""
    bare = claim.text.strip().rstrip("»”\"'’)! ")
    asks = bare.endswith(("?", "？", "؟"))
    return asks or _of_nobody(claim) or not quotation_marks.DOUBLE.sub("", claim.text).strip(" .,–—-\n") or claim.spoken


def _of_nobody(claim: KeySentence) -> bool:
    """Whether a sentence is a quotation and hardly more, without a name beside it: "“We can hire the top people,” he said."."""
    beside = _QUOTED.sub(" ", claim.text)
    return beside != claim.text and len(WORD.findall(beside)) <= INQUIT and not names_in(f"x {beside}", claim.lang)


def whole_by_itself(claim: KeySentence) -> bool:
    """Whether a sentence can be shown far from its text: nothing at its beginning points back, wherever it stands there.

    "It was her decision", "Unfortunately, she did".
    """
    first, comma, rest = claim.text.lower().lstrip('“"«„(').partition(",")
    openings = [first + comma + rest, *([rest.strip()] if comma and first.count(" ") < INTRODUCED else [])]
    points_back = any(Lexicon(claim.lang).leaning_openings.match(opening) for opening in openings)
    return not (tells_nothing(claim) or points_back)


def _of_old(claim: KeySentence) -> bool:
    """Whether a sentence names a day long before its report, with its year: news has today's, and so has its recent past."""
    published = claim.report.article.published
    return published is not None and _since(claim.text, claim.lang, published) > LONG_AGO


def old(text: str, lang: str, published: Period | None, above: str = "") -> bool:
    """Whether some words tell of a time some weeks before their report, and of none nearer: what led to it.

    Where they name none, it is the last one that is named `above` them.
    """
    if published is None:
        return False
    if not mentions(text, published, lang) and (named := mentions(above, published, lang)):
        text = above[named[-1].start :]
    return _since(text, lang, published, coarse=True) > BEFORE


def _since(text: str, lang: str, published: Period, *, coarse: bool = False) -> int:
    """Seconds from the nearest time that some words name to their report; 0 where they name none, or one that may be now.

    A day without its year may be of this one: "on August 9". `coarse`: months and years, too.
    """
    named = mentions(text, published, lang)
    if not coarse and any(m.kind == "relative" for m in named):
        return 0
    kept = [m for m in named if coarse or (m.kind == "day" and m.period.end - m.period.start <= 86_400)]
    nearest = min((published.start - m.period.end for m in kept), default=0)
    dated = any(_YEAR.search(text[m.start : m.end]) for m in kept)
    return nearest if coarse or dated else 0


def _of_the_author(claim: KeySentence) -> bool:
    """Whether an author speaks of herself or to the reader: "Here is what we found", "You may be feeling …"."""
    words = Lexicon(claim.lang).author_words
    bare = _QUOTED.sub(" ", claim.text)
    return any(match.group() in words for match in WORD.finditer(bare[:1].lower() + bare[1:]))


def _leans(claim: KeySentence) -> bool:
    """Whether a sentence needs the one before it, or is only a quotation."""
    later = claim.place or claim.start > BEGUN
    return bool(later and Lexicon(claim.lang).leaning_openings.match(claim.text.lower().lstrip('“"«„(')))


def _same_words(claim: KeySentence, others: Sequence[KeySentence]) -> bool:
    mine = content_stems(claim.text, claim.lang)
    return any(
        len(mine & content_stems(c.text, c.lang)) >= 0.7 * max(1, min(len(mine), len(content_stems(c.text, c.lang))))
        for c in others
        if c.lang == claim.lang
    )
