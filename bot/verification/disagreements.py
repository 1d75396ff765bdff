"""Pure: where reports differ. Figures that disagree, a denial beside a claim, a plan and what came of it.

    sentences of several articles -> pairs from different stories -> the same matter? -> Difference

Precision comes first: a pair that is not surely about one thing is left alone, because a false conflict misleads more than a
missed one. Works on anything with a passage, a span and a text (`evidence.Candidate`, a briefing's sentences); across languages
by the tables of `vocabulary.py` and `places.py`, and by vectors where `likeness` is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, Protocol

from bot.verification import vocabulary
from bot.verification.evidence import Likeness
from bot.verification.quantities import Figure, agree, attributed, clash, figures, said_in
from index.records import Passage, Period
from index.text import places
from index.text.dates import mentions
from index.text.fold import Folded, fold
from index.text.lexicon import Lexicon
from index.text.names import WORD, content_stems, holds_name, names_in
from index.text.numbers import numbers_in, numeral_spans

# Likeness (`verify.Likeness`) from which two sentences in different languages may be about one matter: where one thing befell
# in both ("fire"), where both tell the same of people ("dead"), and else.
ALIKE_EVENT, ALIKE, ALIKE_ELSE = 0.55, 0.65, 0.75
CLAIMED = 0.7  # share of a denial's words that the claim it denies has
FEW = 2  # words of what is denied, up to which a claim that names somebody else may be about that one
REFUSED = 0.75  # the same where it is told with "not", which is not always said of a claim
ALIKE_DENIED = 0.6  # likeness of what is denied and a claim in another language
LATE = 120 * 86_400  # seconds after which an event is no longer what a plan was about
YEAR = 365 * 86_400
CLOSE = 60  # characters between a word for what happens and who does it
NEAR = 45 * 86_400  # and how far from the time that the plan names


class ReportedSentence(Protocol):
    """A sentence of an article. `evidence.Candidate` is one."""

    @property
    def passage(self) -> Passage: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Difference:
    """Two reports that do not agree, the newer one first; an undated one counts as the older."""

    kind: Literal["conflict", "superseded"]
    about: Literal["figure", "denial", "plan"]
    newer: ReportedSentence
    older: ReportedSentence
    figures: tuple[str, str] = ("", "")  # of the newer and the older, in their words


def differences(
    shown: Iterable[ReportedSentence],
    others: Sequence[ReportedSentence],
    likeness: Likeness | None = None,
    *,
    one_event: bool = False,
) -> list[Difference]:
    """How sentences that are shown differ from other sentences that were found, and from one another.

    Each shown sentence is named once a kind and a figure at most. Superseded reports come first. `one_event`: see `compare`.
    """
    mine = list(shown)
    pairs = [(first, second) for first in mine for second in others if apart(first, second)]
    pairs += [(first, second) for first, second in combinations(mine, 2) if apart(first, second)]
    differing: list[Difference] = []
    for first, second in pairs:
        difference = compare(first, second, likeness, one_event=one_event)
        if difference and not any(_told(difference, earlier) for earlier in differing):
            differing.append(difference)
    return sorted(differing, key=lambda difference: difference.kind != "superseded")


def _told(difference: Difference, other: Difference) -> bool:
    """Whether the same has been said: of the same two, or of one of them beside another that comes to the same figure."""
    if difference.about != other.about:
        return False
    mine, theirs = ({_key(d.newer), _key(d.older)} for d in (difference, other))
    numbers, others = (
        {frozenset(numbers_in(words, side.passage.lang)) for words, side in zip(d.figures, (d.newer, d.older), strict=True)}
        for d in (difference, other)
    )
    return bool(mine & theirs) and (mine == theirs or numbers == others)


def _key(report: ReportedSentence) -> tuple[str, str]:
    return report.passage.origin or report.passage.article_id, " ".join(report.text.split())


def apart(first: ReportedSentence, second: ReportedSentence) -> bool:
    """Whether two sentences come from different stories: neither one article nor copies of one."""
    a, b = first.passage, second.passage
    return a.article_id != b.article_id and (a.origin or a.article_id) != (b.origin or b.article_id)


def compare(
    first: ReportedSentence, second: ReportedSentence, likeness: Likeness | None = None, *, one_event: bool = False
) -> Difference | None:
    """How two sentences of different stories differ; None where they do not,
    or where it is not sure that they are about one thing.

    `one_event`: their reports are known to tell of one, so that they need not name it: "the Red Cross counted 72 dead".
    """
    new, old = (first, second) if _time(first) >= _time(second) else (second, first)
    if plan := fulfilled(first, second):
        return Difference("superseded", "plan", plan[0], plan[1])
    told = differing_figures(new, old, fates=True) if one_event and same_matter(new, old, one_event=True) else None
    if told is None and (told := differing_figures(new, old)) and not same_matter(new, old, likeness):
        told = None
    if told:
        kind: Literal["conflict", "superseded"] = "superseded" if corrects(new, old) else "conflict"
        return Difference(kind, "figure", new, old, (told[0].words, told[1].words))
    if denies(first, second, likeness) or denies(second, first, likeness):
        return Difference("conflict", "denial", new, old)
    return None


def _time(report: ReportedSentence) -> int:
    return report.passage.published.start if report.passage.published else -(10**18)


# Figures --------------------------------------------------------------------------------------------------------------------


def differing_figures(
    first: ReportedSentence, second: ReportedSentence, *, fates: bool = False
) -> tuple[Figure, Figure] | None:
    """The figures by which two sentences count the same and come to numbers that cannot both be right; None where none do.

    `fates`: only of what became of people, and known to be of one event.
    """
    pairs = [(a, b) for a in figures(first.text, first.passage.lang) for b in figures(second.text, second.passage.lang)]
    if any(a.unit == b.unit and agree(a, b) for a, b in pairs):
        return None
    if any(_tells_both(a, b, first, second) for a, b in pairs) and not (corrects(first, second) or corrects(second, first)):
        return None
    same = first.passage.lang == second.passage.lang
    event = fates or bool(_both(vocabulary.causes, first, second))
    pairs = [(a, b) for a, b in pairs if not fates or a.unit in vocabulary.FATES]
    clashing = (pair for pair in pairs if clash(*pair, same_lang=same, one_event=event))
    return next(((a, b) for a, b in clashing if not (_strange(a, second) and _strange(b, first))), None)


def _tells_both(figure: Figure, other: Figure, its: ReportedSentence, others: ReportedSentence) -> bool:
    """Whether one of two sentences that count the same has the number of the other, too: "three are missing, the fourth was
    found" beside "four were stolen"."""
    numbers, more = (numbers_in(report.text, report.passage.lang) for report in (its, others))
    return figure.unit == other.unit and figure.low != other.low and (other.low in numbers or figure.low in more)


def _strange(figure: Figure, other: ReportedSentence) -> bool:
    """Whether a name beside the figure is not in the other report: twelve in Selwyn,
    thirty in Karsund is no contradiction.
    """
    about = f"{other.passage.title} {other.text}"
    return any(
        not holds_name(name, about, same_lang=False) and not places.codes(name) & places.codes(about) for name in figure.names
    )


def _both(tells: Callable[[str, str], frozenset[str]], first: ReportedSentence, second: ReportedSentence) -> frozenset[str]:
    """What two sentences both tell."""
    return tells(first.text, first.passage.lang) & tells(second.text, second.passage.lang)


def _only_one(tells: Callable[[str, str], frozenset[str]], first: ReportedSentence, second: ReportedSentence) -> bool:
    """Whether one of two sentences tells of something of the kind, and the other of nothing."""
    return bool(tells(first.text, first.passage.lang)) != bool(tells(second.text, second.passage.lang))


def corrects(new: ReportedSentence, old: ReportedSentence) -> bool:
    """Whether the newer sentence names the older one's figure in order to take it back: "fourteen, not seventeen"."""
    lang = new.passage.lang
    stale = {f.low for f in figures(old.text, old.passage.lang)}
    return any(
        values & stale and _taken_back(new.text[max(0, start - 30) : start], lang)
        for start, _, values in numeral_spans(new.text, lang)
    )


def _taken_back(before: str, lang: str) -> bool:
    """Whether the words before a figure take it back, if need be with one more word between: "not the 17"."""
    flat = Folded(before).text.rstrip()
    return any(re.fullmatch(r"(?:\s+\w+)?", flat[m.end() :]) for m in Lexicon(lang).instead_of.finditer(flat))


# One matter ------------------------------------------------------------------------------------------------------------------


def same_matter(
    first: ReportedSentence, second: ReportedSentence, likeness: Likeness | None = None, *, one_event: bool = False
) -> bool:
    """Whether two sentences are surely about one matter: somebody or something named in both, the same time, nothing that
    befell one alone, and shared words. Of `one_event` what tells them apart is enough.
    """
    if not _same_time(first, second):
        return False
    for tells in (vocabulary.causes, vocabulary.deeds):
        mine, theirs = tells(first.text, first.passage.lang), tells(second.text, second.passage.lang)
        if mine and theirs and not mine & theirs:
            return False
    mine, theirs = (vocabulary.outcomes(r.text, r.passage.lang) for r in (first, second))
    if not mine & theirs and {vocabulary.OPPOSITES[kind] for kind in mine if kind in vocabulary.OPPOSITES} & theirs:
        return False  # won 31 seats, lost 12
    plans, events = (
        [tells(r.text, r.passage.lang) for r in (first, second)] for tells in (vocabulary.planned, vocabulary.happened)
    )
    if (plans[0] and events[1]) or (plans[1] and events[0]):
        return False
    if one_event:
        return True
    here, wide = len(shared_names(first.text, second.text)), len(shared_names(_about(first), _about(second)))
    if not here and wide < 2:
        return False
    if first.passage.lang == second.passage.lang:
        lang = first.passage.lang
        words_of, of_other = (_matter(r.text, lang) for r in (first, second))
        own, others = (_particular(r.text, words, lang) for r, words in ((first, words_of), (second, of_other)))
        if own and others and not own & others:
            return False  # the fire in a hostel, the fire in a warehouse
        return len(words_of & of_other) >= (1 if here else 2)
    if likeness is None:
        return False
    event, fate = _both(vocabulary.causes, first, second), _both(vocabulary.fates, first, second)
    if not event and not fate and (_only_one(vocabulary.causes, first, second) or _only_one(vocabulary.deeds, first, second)):
        return False
    needed = ALIKE_EVENT if event else ALIKE if fate else ALIKE_ELSE
    return here > 0 and likeness(first.text, [second.text])[0] >= needed


def _matter(text: str, lang: str) -> frozenset[str]:
    """The stems of a sentence without numbers, names of those who say it, and words of saying."""
    attribution = attributed(text, lang)
    stems = content_stems(" ".join(w for w in WORD.findall(text) if w not in attribution), lang)
    return frozenset(s for s in stems if not s[0].isdigit() and len(s) > 2 and s not in Lexicon(lang).numerals)


def _particular(text: str, matter: frozenset[str], lang: str) -> frozenset[str]:
    """Of the stems of a sentence those that tell this matter from others: no names, nor who is counted and what befell them."""
    flat, lexicon = Folded(text), Lexicon(lang)
    told = [text[slice(*flat.span(m))] for table in (lexicon.counted, lexicon.fates) for m in table.finditer(flat.text)]
    named = () if lexicon.capital_nouns else names_in(text, lang)
    return matter - content_stems(" ".join((*told, *named)), lang)


def _about(report: ReportedSentence) -> str:
    return f"{report.passage.title}\n{report.text}\n{report.passage.text}"


def shared_names(text: str, other: str) -> frozenset[str]:
    """What two texts both name, in any spelling, folded; places as their codes, a capital as its country."""
    common: set[str] = set()
    for mine, theirs in ((text, other), (other, text)):
        named = names_in(places.without(mine))
        common |= {fold(n) for n in named if len(n) > 2 and holds_name(n, theirs, same_lang=False)}
    return frozenset((common - {"the"}) | {code for code in places.codes(text) & places.codes(other) if "/" not in code})


def _same_time(first: ReportedSentence, second: ReportedSentence) -> bool:
    """Not where two sentences name times that have nothing in common: Monday's dead are not Tuesday's, nor those of 1987.

    Nor where months lie between two reports.
    """
    published = [report.passage.published for report in (first, second)]
    if all(published) and abs(_time(first) - _time(second)) > NEAR:
        return False
    times, others = _times(first), _times(second)
    if not times or not others:
        return not (of_long_ago(first) or of_long_ago(second))
    return any(p.overlaps(q) for p in times for q in others)


def of_long_ago(report: ReportedSentence) -> bool:
    """Whether a sentence names a time, and none that is not long before its report."""
    times = _times(report)
    return bool(times) and all(time.end < _time(report) - LATE for time in times)


def _times(report: ReportedSentence) -> list[Period]:
    """The times that a sentence names, but for the day on which somebody said what it tells."""
    text, lang, published = report.text, report.passage.lang, report.passage.published
    if published is None:
        return []
    told = [(s.start, s.end) for s in said_in(text, lang) if s.kind != "direct"]
    named = mentions(text, published, lang)
    inside = [m for m in named if any(start <= m.start and m.end <= end for start, end in told)]
    return [m.period for m in (inside if told else named)]


# Denials ---------------------------------------------------------------------------------------------------------------------


def denies(denial: ReportedSentence, claim: ReportedSentence, likeness: Likeness | None = None) -> bool:
    """Whether one sentence denies what the other says as a fact or as somebody's claim."""
    claimed, words = Folded(claim.text).text, Lexicon(claim.passage.lang)
    if words.claim_denials.search(claimed) or words.negation.search(claimed):
        return False
    return any(_says(content, needed, denial, claim, likeness) for content, needed in denied(denial.text, denial.passage.lang))


def denied(text: str, lang: str) -> Iterator[tuple[str, float]]:
    """What a sentence says is not so, each with the share of its words that a claim of it has at least.

    >>> list(denied("Vale Lines denied that it bribed officials.", "en"))
    [('it bribed officials', 0.7)]
    """
    folded, words = Folded(text), Lexicon(lang)
    denies_something = False
    for match in words.claim_denials.finditer(folded.text):
        rest = folded.text[match.end() :]
        if not words.denied_favour.match(rest.lstrip()):
            denies_something = True
            yield _until_stop(text[folded.at(match.end()) :].lstrip(" ,:"), words), CLAIMED
    for statement in said_in(text, lang) if not denies_something else ():
        content = Folded(text[statement.start : statement.end]).text
        if statement.kind == "indirect" and statement.sense != "denies" and words.negation.search(content):
            yield words.negation.sub(" ", content), REFUSED


def _until_stop(text: str, words: Lexicon) -> str:
    """The words up to the next stop, or to a comma behind which another clause begins."""
    end = 0
    for match in re.finditer(r"[.;:“”«»\"]|, ", text):
        end = match.start()
        if match.group() != ", " or words.clause_openers.match(Folded(text[match.end() :]).text):
            return text[:end].strip()
    return text.strip()


def _says(content: str, needed: float, denial: ReportedSentence, claim: ReportedSentence, likeness: Likeness | None) -> bool:
    """Whether a claim says what a denial is about: the same names, most of the words."""
    if not shared_names(content, claim.text) and not shared_names(denial.text, claim.text):
        return False
    lang = denial.passage.lang
    if lang != claim.passage.lang:
        about = names_in(f"x {places.without(content)}", lang) if not Lexicon(lang).capital_nouns else ()
        if not all(holds_name(name, claim.text, same_lang=False) for name in about):
            return False
        return needed == CLAIMED and likeness is not None and likeness(content, [claim.text])[0] >= ALIKE_DENIED
    named = frozenset(s for n in names_in(content, lang) if not Lexicon(lang).capital_nouns for s in content_stems(n, lang))
    plain = " ".join(w for w in WORD.findall(content) if not Lexicon(lang).auxiliary_forms.fullmatch(fold(w)))
    wanted = _matter(plain, lang) - named
    there = _matter(claim.text, lang)
    held = {stem for stem in wanted if stem in there or _participle(stem) in {_participle(other) for other in there}}
    strangers = [name for name in names_in(f"x {claim.text}", lang) if not holds_name(name, _about(denial), same_lang=True)]
    if len(wanted) <= FEW and strangers:
        return False  # "stepping down" is said of her deputy as well
    enough = len(wanted) >= (2 if needed == CLAIMED else 3) or (wanted and len(shared_names(content, claim.text)) >= 2)
    return bool(enough) and len(held) >= needed * len(wanted)


def _participle(stem: str) -> str:
    """A German verb's stem without what only some of its forms have: "geliefert" and "lieferte" are one."""
    return re.sub(r"^(?:ge)(?=\w{4})|(?:e?t|et|en)$", "", stem)


# Plans and what came of them -------------------------------------------------------------------------------------------------


def fulfilled(first: ReportedSentence, second: ReportedSentence) -> tuple[ReportedSentence, ReportedSentence] | None:
    """(what happened, the plan it makes stale) where one of two sentences tells that the other's plan came true."""
    for done, plan in ((first, second), (second, first)):
        for event in vocabulary.happened(done.text, done.passage.lang):
            for meant in vocabulary.planned(plan.text, plan.passage.lang):
                if event.kind == meant.kind and _in_order(done, plan) and _same_event(done, event, plan, meant):
                    return done, plan
    return None


def _in_order(done: ReportedSentence, plan: ReportedSentence) -> bool:
    """Not an event before the plan was made, nor long after, nor far from the time that the plan names."""
    after, before = done.passage.published, plan.passage.published
    dated = [m for m in mentions(done.text, after, done.passage.lang) if m.kind in ("relative", "day")] if after else []
    happened = dated[0].period if dated else after
    if after and before:
        if after.end <= before.start or after.start - before.end > LATE or (happened and happened.end <= before.start):
            return False
        aims = [m.period for m in mentions(plan.text, before, plan.passage.lang) if m.kind in ("month", "day")]
        later = [p if p.end > before.start else Period(p.start + YEAR, p.end + YEAR) for p in aims]
        return not later or any(p.start - NEAR <= after.start <= p.end + NEAR for p in later)
    # With a date missing only news can tell: "this Wednesday" is said of what has just happened.
    return bool(Lexicon(done.passage.lang).just_now.search(Folded(done.text).text))


def _same_event(
    done: ReportedSentence, event: vocabulary.Happening, plan: ReportedSentence, meant: vocabulary.Happening
) -> bool:
    """Whether somebody named in both does it, and to the same place where both say one."""
    common = shared_names(done.text, plan.text) | _same_first(done.text, plan.text)
    here, there = _goals(done.text, event, done.passage.lang), _goals(plan.text, meant, plan.passage.lang)
    langs = done.passage.lang, plan.passage.lang
    people = {name for name in common - here - there if name.islower() and _somebody(name, *langs)}
    if event.kind == "visit":
        return bool(people and here & there)
    near = [r.text[max(0, w.start - CLOSE) : w.end + CLOSE] for r, w in ((done, event), (plan, meant))]
    return bool(people) and len({name for name in shared_names(*near) if _somebody(name, *langs)}) >= 2


def _somebody(name: str, *langs: str) -> bool:
    """Whether it may be a name: no title, no office, no word for those who are counted, as German nouns are."""
    titled = any(name in Lexicon(lang).titles or name in Lexicon(lang).stopwords for lang in langs)
    return not titled and not any(Lexicon(lang).office_nouns.match(name) or vocabulary.unit(name, lang) for lang in langs)


def _same_first(start_of: str, other_text: str) -> frozenset[str]:
    """The word that two sentences begin with: where both tell of one happening, it is who does it."""
    first = [fold(match.group()) if (match := WORD.search(text)) else "" for text in (start_of, other_text)]
    return frozenset(first[:1]) if first[0] == first[1] and len(first[0]) >= 4 else frozenset()


def _goals(text: str, event: vocabulary.Happening, lang: str) -> frozenset[str]:
    """Where a journey goes: the names behind a preposition, after its verb or, as German has it,
    before. A capital is its country.
    """
    for stretch in (text[event.start : event.end + 90], text[event.end :], text[max(0, event.start - CLOSE) : event.start]):
        begins = [m.end() for m in Lexicon(lang).towards.finditer(stretch)]
        begins += [0] if stretch[:1].isspace() else []  # right behind the verb
        for begin in sorted(begins):
            if not re.match(r"\s+[A-ZÀ-Þ]", stretch[begin:]):
                continue
            piece = " ".join(stretch[begin:].split()[:3])
            known, other = places.codes(piece), names_in(f"x {piece}")
            if goals := {c for c in known if "/" not in c} or {fold(n) for n in other[:1]}:
                return frozenset(goals)
    return frozenset()
