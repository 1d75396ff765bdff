"""Pure but for the articles' texts: whole sentences that hold statements, and the occasions that they were said on.

Statements of one occasion are told together, whichever outlet and language reports them: the institution is the same
(`index.quotes.venues`) and so is the day. A heading says only what the sentence itself says of its statements: the occasion,
never the medium, and the day they were made; where it gives no day, the heading says that its date is the publication's. What
is asked for by its occasion is found more widely: a statement without one may be of the one that its article named last.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from bot.phrases import say
from bot.retrieval.candidates import Candidate
from bot.retrieval.context import widen
from index.quotes.quotation import Quotation
from index.quotes.venues import is_gathering, same_place, venues
from index.records import Article, Period
from index.text.passages import sentences as split_sentences

REACH = 600  # characters from a statement to its cue and speaker
LATER = 7 * 86_400  # seconds: words whose day is not told stand below those of the week before, so below their own article's
NO_VENUE: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Whole sentences of an article and the statements in them."""

    candidate: Candidate
    statements: tuple[Quotation, ...]

    @property
    def place(self) -> tuple[str, int]:
        """Where they stand: article and code point."""
        return self.candidate.passage.article_id, self.candidate.start

    @property
    def rank(self) -> int:
        """0: somebody's own words; 1: partly; 2: reported; 3: an attitude ("he believes"); 4: only a mention."""
        return min(
            (3 if statement.sense in ATTITUDES else KINDS.index(statement.kind) for statement in self.statements), default=4
        )

    @property
    def denies(self) -> bool:
        """Whether something is denied."""
        return any(statement.sense == "denies" for statement in self.statements)


LONGEST = 500  # characters of one speech
KINDS = ("direct", "mixed", "indirect")
ATTITUDES = frozenset(("believes", "intends", "finds", "praises", "criticizes"))


def sentences(quotations: Sequence[Quotation], article: Callable[[str, int], Article | None]) -> list[Excerpt]:
    """The whole sentences of each statement, with its cue and its speaker; those that overlap are one."""
    excerpts: list[Excerpt] = []
    texts: dict[tuple[str, int], str] = {}
    for quotation in quotations:
        key = (quotation.article_id, quotation.version)
        if key not in texts:
            read = article(*key)
            texts[key] = read.text if read else ""
        text = texts[key]
        if not text:
            continue
        beside = (quotation.cue_start, quotation.speaker_start, quotation.cue_end, quotation.speaker_end)
        near = [
            place
            for place in beside
            if place is not None and -REACH < place - quotation.start < quotation.end - quotation.start + REACH
        ]
        start, end = shortened(
            text, widen(text, min([quotation.start, *near]), max([quotation.end, *near]), quotation.lang), quotation
        )
        excerpts.append(
            Excerpt(Candidate(passage=quotation.passage, hit=0, start=start, end=end, text=text[start:end]), (quotation,))
        )
    return merged(excerpts)


def shortened(text: str, span: tuple[int, int], quotation: Quotation) -> tuple[int, int]:
    """Of a speech as long as a paragraph so many of its sentences as may be shown, on the side where its speaker stands."""
    start, end = span
    if end - start <= LONGEST:
        return span
    cuts = [(start + a, start + b) for a, b in split_sentences(text[start:end], quotation.lang)] or [span]
    if quotation.cue_start is not None and quotation.cue_start - start > (end - start) / 2:
        return next((a for a, _ in cuts if end - a <= LONGEST), cuts[-1][0]), end
    return start, next((b for _, b in reversed(cuts) if b - start <= LONGEST), cuts[0][1])


def merged(excerpts: Sequence[Excerpt]) -> list[Excerpt]:
    """Without overlaps: two statements of one sentence are shown once. The order of the first of each stays."""
    kept: list[Excerpt] = []
    for excerpt in excerpts:
        for place, other in enumerate(kept):
            a, b = excerpt.candidate, other.candidate
            same = (a.passage.article_id, a.passage.version) == (b.passage.article_id, b.passage.version)
            if same and a.start < b.end and b.start < a.end:
                outer = a if a.start <= b.start and b.end <= a.end else b
                kept[place] = Excerpt(outer, (*other.statements, *excerpt.statements))
                break
        else:
            kept.append(excerpt)
    return kept


def one_of_each(excerpts: Sequence[Excerpt]) -> list[Excerpt]:
    """The first of each outlet: what "which outlets quote X" asks for."""
    first: dict[str, Excerpt] = {}
    for excerpt in excerpts:
        first.setdefault(excerpt.candidate.passage.outlet, excerpt)
    return list(first.values())


# Occasions -------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spot:
    """When and on what occasion a sentence's statements were made, as far as the article tells."""

    phrase: str = ""  # as written; "" where no occasion is told
    lang: str = ""  # of the phrase
    venue: tuple[frozenset[str], frozenset[str]] = NO_VENUE
    date: Period | None = None
    stated: bool = False  # the sentence says when; otherwise `date` is the publication's


@dataclass(slots=True)
class _Group:
    spots: list[Spot] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)
    said: list[Excerpt] = field(default_factory=list)


def own_spot(excerpt: Excerpt) -> Spot:
    """What the sentence itself says of its statements; nothing where it names two occasions, or two days."""
    passage = excerpt.candidate.passage
    events = {s.event for s in excerpt.statements if s.event}
    days = {str(s.date): s.date for s in excerpt.statements if s.event_from is not None}
    stated = len(days) == 1
    phrase = events.pop() if len(events) == 1 else ""
    date = next(iter(days.values())) if stated else passage.published
    return Spot(phrase, passage.lang, venues(phrase, passage.lang), date, stated)


def likely_spots(excerpts: Sequence[Excerpt]) -> list[Spot]:
    """The spot of each, its own or that of the sentence before it in the same article."""
    by_excerpt: dict[int, Spot] = {}
    last: dict[str, Spot] = {}
    for excerpt in sorted(excerpts, key=lambda excerpt: excerpt.candidate.start):
        article = excerpt.candidate.passage.article_id
        spot, before = own_spot(excerpt), last.get(article)
        if not spot.phrase and before is not None and (not spot.stated or spot.date == before.date):
            spot = before
        if spot.phrase:
            last[article] = spot
        by_excerpt[id(excerpt)] = spot
    return [by_excerpt[id(excerpt)] for excerpt in excerpts]


def grouped(excerpts: Sequence[Excerpt], lang: str, denials_first: bool) -> list[Excerpt]:
    """By occasion, the newest first; within one own words before reports of them, or denials first. Each with its heading.

    `lang`: of the question: an occasion is named where an article of that language names it, and otherwise only dated.
    """
    groups: list[_Group] = []
    for excerpt in excerpts:
        spot = own_spot(excerpt)
        spot = spot if is_gathering(spot.venue) else replace(spot, phrase="", venue=NO_VENUE)
        article = excerpt.candidate.passage.article_id
        group = next((group for group in groups if _belongs(spot, article, group)), None)
        if group is None:
            group = _Group()
            groups.append(group)
        group.spots.append(spot)
        group.articles.add(article)
        group.said.append(excerpt)
    groups.sort(key=lambda group: -max((_when(spot.date, spot.stated) for spot in group.spots if spot.date), default=0))
    headed = len(groups) > 1 or any(spot.phrase and spot.lang == lang for spot in groups[0].spots) if groups else False
    headed_excerpts = []
    for group in groups:
        title = _heading(group, lang) if headed else ""
        ranked = sorted(group.said, key=lambda excerpt: (not (denials_first and excerpt.denies), excerpt.rank))
        headed_excerpts += [replace(excerpt, candidate=replace(excerpt.candidate, heading=title)) for excerpt in ranked]
    return headed_excerpts


def _when(date: Period, stated: bool) -> int:
    """When something was said, for the order of telling: seconds since 1970."""
    return date.start if stated else date.start - LATER


def _belongs(spot: Spot, article: str, group: _Group) -> bool:
    """Whether what was said here was said on the group's occasion, or on its day where neither has an occasion."""
    first = group.spots[0]
    one_day = spot.date == first.date and spot.stated == first.stated
    if not spot.phrase or not first.phrase:
        return one_day and not spot.phrase and not first.phrase
    if spot.phrase.lower() == first.phrase.lower():
        return one_day or (article in group.articles and not (spot.stated and first.stated))
    return one_day and same_place(spot.venue, first.venue)


def _heading(group: _Group, lang: str) -> str:
    """The occasion as written in the question's language, and the day; where no article of that language names it the day."""
    own = next((spot for spot in group.spots if spot.phrase and spot.lang == lang), None)
    phrase = " ".join(own.phrase.split()) if own else ""
    spot = next((spot for spot in group.spots if spot.stated), group.spots[0])
    dated = "" if spot.date is None else str(spot.date) if spot.stated else say("published", lang, date=str(spot.date)[:10])
    heading = ", ".join(part for part in (phrase, dated) if part)
    return heading[:1].upper() + heading[1:]


def at_the_place(topic: str, lang: str, excerpts: Sequence[Excerpt]) -> list[Excerpt]:
    """What was said on the occasion that the words name; none where they name none, or nothing was said there."""
    wanted = venues(topic, lang)
    placed = zip(excerpts, likely_spots(excerpts), strict=True)
    return [excerpt for excerpt, spot in placed if spot.phrase and _answers(wanted, spot.venue)]


def _answers(wanted: tuple[frozenset[str], frozenset[str]], have: tuple[frozenset[str], frozenset[str]]) -> bool:
    other_kind = bool(wanted[1] and have[1] and not wanted[1] & have[1])
    inside = wanted[0] <= have[0] if wanted[0] else bool(wanted[1] & have[1])
    return bool(wanted[0] or wanted[1]) and inside and not other_kind
