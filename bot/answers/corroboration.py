"""Whether other outlets' reports bear out what an answer shows: which of them tell of the same event, which say the same.

    sentences of other outlets -> of reports on the event, none later -> has any report, no rewriting of ours, a sentence that
    says it? -> True, False; None where nobody else is on the event

Likeness alone does not tell what was said: "the exit was locked" and "the exit was not locked" are as like as two sentences
are. So a sentence says the same only if it has our figures, says yes or no as ours does, and has words that the question lacks.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from bot.questions.sentence_kind import explains
from bot.retrieval.candidates import Candidate, sentences_in
from bot.retrieval.deciding import outcomes
from bot.verification.disagreements import shared_names
from bot.verification.evidence import Likeness
from bot.verification.quantities import said_in
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
NEAR = 0.55  # likeness from which a sentence may say the same, in whatever words
TRANSLATED = 0.75  # the same in another language
FEWEST = 2
COUNTED, SAME_COUNT = 12, 0.3  # a figure above which two sentences seldom have it by chance, and their likeness from there
# Share of the words that ours has and the question has not, from which another sentence says the same; with a small figure in
# both.
PART, FIGURE_PART = 0.4, 0.2


def borne_out(
    ours: Passage,
    said: str,
    theirs: Iterable[Candidate],
    asked: Collection[str],
    likeness: Likeness,
    article: Callable[[str, int], Article | None],
    labels: Callable[[Passage], frozenset[str]],
) -> bool | None:
    """Whether another outlet says what `said`, a sentence of ours, does. `theirs`: sentences that were found of other outlets,
    `asked`: the stems of the question, `labels`: whose a report is. None: fewer than OTHERS other outlets, each independent of
    the others, reported on the event before, or on the same day.
    """
    by_article: dict[tuple[str, int], list[Candidate]] = {}
    for sentence in theirs:
        by_article.setdefault((sentence.passage.article_id, sentence.passage.version), []).append(sentence)
    own = {id: found for id, found in by_article.items() if not rewritten(ours, found[0].passage)}
    on_it = {id: found for id, found in own.items() if on_the_event(ours, said, found, likeness)}
    before = [found[0].passage for found in on_it.values() if _not_later(found[0].passage, ours)]
    if independent([whose for passage in before if (whose := labels(passage))]) < OTHERS:
        return None
    whole = [one for id in on_it if (text := article(*id)) for one in sentences_in(text)]
    return _confirmed(said, ours.lang, whole, asked, likeness)


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


def _not_later(other: Passage, ours: Passage) -> bool:
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
    if _share(*beginnings, ours.lang, other.lang) and likeness(beginnings[0], [beginnings[1]])[0] >= needed:
        return True
    if days is None or days > APART[0][0]:
        return False
    near = [one.text for one in theirs if _share(said, one.text, ours.lang, other.lang)][:COMPARED]
    return bool(near) and max(likeness(said, near)) >= SAME_THING


def _share(text: str, other: str, lang: str, other_lang: str) -> bool:
    """Whether two texts name one thing, or have words in common in a language where names have no capitals."""
    if shared_names(text, other):
        return True
    caseless = lang == other_lang and text.lower() == text.upper()
    return caseless and len(content_stems(text, lang) & content_stems(other, lang)) >= STEMS


def beginning(passage: Passage) -> str:
    """What a report is known by: its title and first lines."""
    return f"{passage.title}. {passage.text[:HEAD]}"


def _confirmed(said: str, lang: str, theirs: Sequence[Candidate], asked: Collection[str], likeness: Likeness) -> bool:
    words = content_stems(said, lang)

    def common(other: Candidate) -> int:
        return len(words & content_stems(other.text, other.passage.lang)) + len(shared_names(said, other.text))

    ranked = sorted(((common(one), one) for one in theirs), key=lambda pair: -pair[0])
    near = [one for count, one in ranked if count][:COMPARED]
    alike = likeness(said, [one.text for one in near]) if near else []
    return any(_says(said, lang, one, like, asked) for like, one in zip(alike, near, strict=True))


def _says(said: str, lang: str, other: Candidate, like: float, asked: Collection[str]) -> bool:
    their_lang = other.passage.lang
    mine, theirs = _figures(said, lang), _figures(other.text, their_lang)
    if any(number > COUNTED for number in mine & theirs) and like >= SAME_COUNT:
        return True
    if like < (NEAR if lang == their_lang else TRANSLATED) or says_no(said, lang) != says_no(other.text, their_lang):
        return False
    if mine and not mine & theirs and (theirs or lang != their_lang):
        return False
    if lang != their_lang:
        return True
    new, told = (_words(text, lang) - frozenset(asked) for text in (said, other.text))
    part = FIGURE_PART if mine & theirs else PART
    return len(new & told) >= part * min(len(new), max(1, len(told)))


def _figures(text: str, lang: str) -> frozenset[float]:
    """The numbers but those that any sentence may have: one and two."""
    return frozenset(number for number in numbers_in(text, lang) if number > FEWEST)


def _words(text: str, lang: str) -> frozenset[str]:
    return frozenset(stem for stem in content_stems(text, lang) if not stem[0].isdigit())
