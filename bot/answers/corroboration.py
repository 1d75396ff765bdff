"""Whether other outlets' reports bear out what an answer shows: which of them tell of the same event, and which are silent.

    sentences of other outlets -> of reports on the event, none later -> does any, that is no rewriting of ours, say it?
    (`other_report.py`) -> those that are silent; none where one says it; None where nobody else is on the event

What it matters who says is here, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bot.answers.other_report import HeldSentence, held
from bot.questions.sentence_kind import explains
from bot.retrieval.candidates import Candidate, sentences_in
from bot.retrieval.deciding import outcomes
from bot.verification.evidence import Likeness
from bot.verification.quantities import said_in
from bot.verification.same_matter import shared_names
from bot.verification.vocabulary import deeds, says_no
from index.records import Article, Passage
from index.text.names import content_stems
from index.text.numbers import numbers_in
from index.text.publishers import independent
from index.text.quotation_marks import quotations

DAY = 86_400
# (days between two reports, how alike their beginnings are at least) where they may be on one event: those of two events of one
# day have .31 at most in our stream, two of one running story, a week apart, .55.
APART = ((4, 0.4), (14, 0.6))
UNDATED = 0.5  # the same where ours has no date
SAME_THING = 0.85  # likeness of two sentences from which reports of the same days are on one event, however they begin
HEAD = 300  # characters of a beginning
STEMS = 3  # words that two beginnings share at least in a language where names are not told by a capital
REWRITTEN = 0.5  # share of the words of the shorter of two texts in the other: two reports of one event have .36 at most
LONG = 15  # words that both have at least: of two short reports the event's own are half
OTHERS = 2  # outlets whose silence tells something: that one report lacks what another has is how reports are
COMPARED = 8  # sentences of other outlets that are held against one that is shown
FEWEST = 2


def silent(
    ours: Passage,
    claim: HeldSentence,
    theirs: Iterable[Candidate],
    likeness: Likeness,
    article: Callable[[str, int], Article | None],
    labels: Callable[[Passage], frozenset[str]],
) -> list[Passage] | None:
    """The reports of others, none later, that do not say what a sentence of ours does; none if any report says it. `theirs`:
    sentences that were found of other outlets, `labels`: whose a report is. None: fewer than OTHERS other outlets, each
    independent of the others, reported on the event before, or on the same day.
    """
    by_article: dict[tuple[str, int], list[Candidate]] = {}
    for sentence in theirs:
        by_article.setdefault((sentence.passage.article_id, sentence.passage.version), []).append(sentence)
    own = {id: found for id, found in by_article.items() if not rewritten(ours, found[0].passage)}
    if sum(bool(labels(found[0].passage)) for found in own.values() if not_later(found[0].passage, ours)) < OTHERS:
        return None  # whatever they are on
    on_it = {id: found for id, found in own.items() if on_the_event(ours, claim.text, found, likeness)}
    before = [found[0].passage for found in on_it.values() if not_later(found[0].passage, ours)]
    if independent([whose for passage in before if (whose := labels(passage))]) < OTHERS:
        return None
    texts = (text for id in on_it if (text := article(*id)))
    told = (held(claim, sentences_in(text), f"{text.title}\n{text.text}", likeness) for text in texts)
    return [] if any(bearing.verdict == "says" for bearing in told) else before


def worth_a_word(said: str, lang: str) -> bool:
    """Whether a claim is one of which it matters who makes it: a figure, somebody's words, an accusation or what else became of
    somebody, a "not" or a reason. Who leads an inquiry is none.
    """
    told = bool(outcomes(said, lang)) or says_no(said, lang) or explains(said, lang) or bool(deeds(said, lang))
    return told or bool(_figures(said, lang)) or bool(quotations(said)) or any(said_in(said, lang))


def rewritten(ours: Passage, other: Passage) -> bool:
    """Whether two reports are one text in other words: most of what the shorter one says, the other says in its words."""
    if ours.lang != other.lang:
        return False
    mine, theirs = content_stems(ours.text, ours.lang), content_stems(other.text, other.lang)
    shorter = min(len(mine), len(theirs))
    return shorter >= LONG and len(mine & theirs) >= REWRITTEN * shorter


def not_later(other: Passage, ours: Passage) -> bool:
    """Whether another report may have come first: later ones need not repeat what the first one says."""
    return other.published is not None and (ours.published is None or other.published.start <= ours.published.start)


def on_the_event(ours: Passage, said: str, theirs: Sequence[Candidate], likeness: Likeness) -> bool:
    """Whether another report may be on the event of ours, by days, names and likeness. `theirs`: its sentences."""
    other = theirs[0].passage
    beginnings = beginning(ours), beginning(other)
    days = abs(ours.published.start - other.published.start) / DAY if ours.published and other.published else None
    needed = UNDATED if days is None else next((least for most, least in APART if days <= most), None)
    if needed is None:
        return False
    if share(*beginnings, ours.lang, other.lang) and likeness(beginnings[0], [beginnings[1]])[0] >= needed:
        return True
    if days is None or days > APART[0][0]:
        return False
    near = [one.text for one in theirs if share(said, one.text, ours.lang, other.lang)][:COMPARED]
    return bool(near) and max(likeness(said, near)) >= SAME_THING


def share(text: str, other: str, lang: str, other_lang: str) -> bool:
    """Whether two texts name one thing, or have words in common in a language where names have no capitals."""
    if shared_names(text, other):
        return True
    caseless = lang == other_lang and text.lower() == text.upper()
    return caseless and len(content_stems(text, lang) & content_stems(other, lang)) >= STEMS


def beginning(passage: Passage) -> str:
    """What a report is known by: its title and first lines."""
    return f"{passage.title}. {passage.text[:HEAD]}"


def _figures(text: str, lang: str) -> frozenset[float]:
    """The numbers but those that any sentence may have: one and two."""
    return frozenset(number for number in numbers_in(text, lang) if number > FEWEST)
