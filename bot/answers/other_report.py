"""Pure: whether one report on an event bears out a sentence of another: it says so too, says otherwise, or is silent.

    "312 people were killed" + a report that counts 39 dead            otherwise
    "He was drunk, said Moganedi" + a report without such words        silent
    "The station is on air again" + a report in another language       unclear, where nothing in common decides

Likeness alone does not tell across languages (translations of one claim have .35 to .9, of two different ones as much). What
decides is what both languages say alike: figures, whether there is a "not", somebody's words, and what became of somebody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.retrieval.candidates import Candidate
from bot.retrieval.deciding import CLAUSE, OPPOSITES, outcomes
from bot.verification.evidence import Likeness
from bot.verification.quantities import Figure, agree, clash, figures
from bot.verification.same_matter import shared_names
from bot.verification.vocabulary import COUNTED, FATES, fates, says_no
from index.quotes import is_pronoun, statements
from index.records import Period
from index.text.dates import mentions
from index.text.fold import Folded
from index.text.lexicon import Lexicon
from index.text.names import WORD, content_stems, names_in
from index.text.numbers import numeral_spans
from index.text.quotation_marks import quotations

Verdict = Literal["says", "otherwise", "silent", "unclear"]

FEWEST = 2  # a figure up to it any sentence may have
RARE = 12  # above it two sentences on one event seldom have a figure in common by chance
YEARS = range(1000, 2100)
# Likeness of two sentences on one event: from which a figure in common makes them one (a rare one, any), from which a "not"
# more or less turns one into the other, and from which one says what the other does, in another language and in the same.
RARE_ALIKE, ALIKE, TURNED, TRANSLATED, SAME = 0.3, 0.45, 0.6, 0.8, 0.55
UNSPACED = 1.4  # times as much of pairs of characters, which names are among
SAID = 0.7  # likeness of somebody's words to their translation
HEARD = 0.7  # share of their words but names and those of the question, in the same language
LARGE, NEARLY = 1000, 0.12  # from which a round number may stand for one that is nearly it
MOST = 0.5  # of a sentence's figures, more than which a report has that says the same
PART, FIGURE_PART = 0.5, 0.25  # of the words that the question lacks, which the other sentence has; with a figure in common
WORDS, DENIED = 3, 0.4  # words, and share of those of the shorter sentence, from which one says what the other denies
FEW = 3  # stems of a quotation that is more than a name

ANYBODY = frozenset(("people",))  # a unit that says nothing of who is counted, or why
# What became of somebody: of a report that tells none of it in any sentence, or only that it is not so, it is no translation.
BECAME = frozenset("died survived arrested freed convicted acquitted found missing".split())
# What became of somebody, where the opposite is no later development: who is dead does not live again.
DEAD, ALIVE = frozenset(("died",)), frozenset(("survived",))


@dataclass(frozen=True, slots=True)
class HeldSentence:
    """A sentence that is held against other reports."""

    text: str
    lang: str
    published: Period | None  # its article
    asked: frozenset[str]  # stems of the question
    when: bool = False  # the question asks for a time


@dataclass(frozen=True, slots=True)
class Bearing:
    """How a report stands to a sentence, and which sentence of it shows that best."""

    verdict: Verdict
    theirs: Candidate | None = None


def held(claim: HeldSentence, report: Sequence[Candidate], text: str, likeness: Likeness) -> Bearing:
    """How a report on the same event stands to a sentence. `report`: its sentences, `text`: its title and all of its text."""
    if not report:
        return Bearing("unclear")
    said, lang, other_lang = claim.text, claim.lang, report[0].passage.lang
    alike = list(likeness(said, [one.text for one in report]))
    near = sorted(zip(alike, report, strict=True), key=lambda pair: -pair[0])
    numbers = _once(counts(said, lang))
    if other := _other_figure(said, lang, near, counts(text, other_lang)):
        return Bearing("otherwise", other)
    if words := [words for words in quotations(said) if len(content_stems(words, lang)) >= FEW]:
        if other := next((other for one in words if (other := _of_somebody_else(one, claim, report))), None):
            return Bearing("otherwise", other)
        heard = all(_heard(one, lang, report, claim.asked, likeness) for one in words)
        return Bearing("says" if heard else "silent", near[0][1])
    if other := _other_fate(said, lang, near):
        return Bearing("otherwise", other)
    common = _borne(numbers, counts(text, other_lang))
    if (numbers and len(common) <= MOST * len(numbers)) or _other_time(claim, report):
        return Bearing("silent", near[0][1])
    rare = bool(numbers) and min(numbers) > RARE and common == numbers  # they may stand in a sentence of their own
    for told in (numbers, frozenset[float]()) if rare else (numbers,):
        if says := next((one for like, one in near if _says(claim, one, like, told)), None):
            return Bearing("says", says)
    if says := _same_figure(said, lang, near):
        return Bearing("says", says)
    if says_no(said, lang) and (turned := _turned(said, lang, near)):
        return Bearing("otherwise", turned)
    plain = other_lang == lang or says_no(said, lang) or _untold(said, lang, near)
    return Bearing("silent" if plain else "unclear", near[0][1])


def counts(text: str, lang: str) -> frozenset[float]:
    """The numbers of a text but one and two, wholes of which there is a part ("365 of 650"), those of dates, and years."""
    dated = [(m.start, m.end) for m in mentions(text, Period(0, 1), lang) if m.kind != "relative"]  # "for 17 years" counts
    found: set[float] = set()
    last = -1
    for start, end, values in numeral_spans(text, lang):
        between, last = Folded(text[last:start]).text.strip() if last >= 0 else "", end
        if (between and Lexicon(lang).part_of.fullmatch(between)) or any(a < end and start < b for a, b in dated):
            continue
        found |= {value for value in values if value > FEWEST and not (value in YEARS and text[start:end].isdigit())}
    return frozenset(found)


def _once(numbers: frozenset[float]) -> frozenset[float]:
    """Without those that another one is in a thousand times smaller units: "40,000 litres, or 40 tonnes"."""
    return frozenset(number for number in numbers if number / 1000 not in numbers)


def _borne(numbers: frozenset[float], theirs: frozenset[float]) -> frozenset[float]:
    """Which of some numbers others are, too; a large round one also where it is a little more or less: "almost two million"."""
    return frozenset(
        number
        for number in numbers
        if number in theirs
        or (number >= LARGE and any(abs(number - other) <= NEARLY * other for other in theirs) and _round(number))
    )


def _round(number: float) -> bool:
    """Whether a number has no more than two digits that count."""
    return len(f"{number:.0f}".rstrip("0")) <= 2


# Otherwise -------------------------------------------------------------------------------------------------------------------


def _other_figure(said: str, lang: str, near: Sequence[tuple[float, Candidate]], known: Collection[float]) -> Candidate | None:
    """A sentence that counts the same people or things as `said` and comes to another number, where none of its report
    comes to the same. `known`: all numbers of the report: "from five to six" has both.
    """
    same_lang = near[0][1].passage.lang == lang
    mine = [figure for figure in figures(said, lang) if figure.unit in (FATES | COUNTED - ANYBODY if same_lang else FATES)]
    for figure in mine:
        if figure.low in known or sum(other.unit == figure.unit for other in mine) > 1:  # of whom is unclear
            continue
        theirs = [(one, other) for _, one in near for other in _of_unit(figure, one)]
        differing = [one for one, other in theirs if clash(figure, other, same_lang=same_lang, one_event=True)]
        if differing and not any(agree(figure, other) for _, other in theirs):
            return differing[0]
    return None


def _same_figure(said: str, lang: str, near: Sequence[tuple[float, Candidate]]) -> Candidate | None:
    """A sentence that counts as many dead or hurt as `said`, as it counts no more of anybody else."""
    mine = [figure for figure in figures(said, lang) if figure.unit in FATES]
    alike = (one for _, one in near for figure in mine for other in _of_unit(figure, one) if agree(figure, other))
    return next(alike, None) if len(mine) == 1 else None


def _of_unit(figure: Figure, sentence: Candidate) -> Iterator[Figure]:
    return (other for other in figures(sentence.text, sentence.passage.lang) if other.unit == figure.unit)


def _other_fate(said: str, lang: str, near: Sequence[tuple[float, Candidate]]) -> Candidate | None:
    """A sentence by which somebody is dead who lives by `said`, where its report tells of nobody who lives."""
    if not outcomes(said, lang) & ALIVE or outcomes(said, lang) & DEAD:
        return None
    about = [one for like, one in near if shared_names(said, one.text) or like >= TURNED]
    told = [(one, outcomes(one.text, one.passage.lang)) for one in about]
    if any(kinds & ALIVE for _, kinds in told):
        return None
    return next((one for one, kinds in told if kinds & DEAD), None)


def _turned(said: str, lang: str, near: Sequence[tuple[float, Candidate]]) -> Candidate | None:
    """A sentence that says as a fact what `said` denies: the one that has most of its words, or is most like it."""
    facts = [(like, one) for like, one in near if like >= SAME and not says_no(one.text, one.passage.lang)]
    if near[0][1].passage.lang != lang:
        return next((one for like, one in facts if like >= TURNED and shared_names(said, one.text)), None)
    mine = _denied(said, lang)
    shared = [(len(mine & (theirs := _words(one.text, lang))), len(theirs), one) for _, one in facts]
    count, size, best = max(shared, key=lambda found: found[0], default=(0, 0, None))
    return best if count >= WORDS and count >= DENIED * min(len(mine), size) else None


def _other_time(claim: HeldSentence, report: Sequence[Candidate]) -> bool:
    """Whether a sentence names a day, or any time where one is asked for, that no sentence of a report names."""
    mine = [
        m.period for m in mentions(claim.text, claim.published or Period(0, 1), claim.lang) if claim.when or m.kind == "day"
    ]
    if not mine or not claim.published:
        return False
    passage = report[0].passage
    told = [m.period for one in report for m in mentions(one.text, passage.published or Period(0, 1), passage.lang)]
    return not any(period.overlaps(other) for period in mine for other in told)


def _of_somebody_else(words: str, claim: HeldSentence, report: Sequence[Candidate]) -> Candidate | None:
    """The sentence of a report in which somebody else says the same words."""
    mine = _speaker(words, claim.text, claim.lang)
    own = content_stems(words, claim.lang)
    for one in report:
        lang = one.passage.lang
        theirs = [said for said in quotations(one.text) if len(own & content_stems(said, lang)) >= HEARD * len(own)]
        other = _speaker(theirs[0], one.text, lang) if theirs and mine and lang == claim.lang else ""
        if other and mine != other and _strangers(mine, other, lang):
            return one
    return None


def _speaker(words: str, text: str, lang: str) -> str:
    """Who says these words by a text; "" if that is not clear, or a pronoun."""
    for one in statements(text, lang=lang):
        said = text[one.start : one.end]
        if (words in said or said.strip('"“”„«»「」 ') in words) and one.speaker and not is_pronoun(one.speaker, lang):
            return one.speaker_resolved or one.speaker
    return ""


def _strangers(name: str, other: str, lang: str) -> bool:
    """Whether two speakers have no word in common, and both are named."""
    words, others = content_stems(name, lang), content_stems(other, lang)
    if name.upper() == name.lower():  # no capitals, and in some scripts no spaces
        return not any(one in two or two in one for one in words for two in others)
    return not words & others and all(any(word[0].isupper() for word in WORD.findall(one)) for one in (name, other))


def _denied(said: str, lang: str) -> frozenset[str]:
    """The words of the clauses of a sentence that have a "not"."""
    return frozenset().union(*(_words(clause, lang) for clause in _clauses(said, lang) if says_no(clause, lang)))


def _clauses(text: str, lang: str) -> Iterator[str]:
    """The clauses of a sentence, cut at its marks and conjunctions."""
    borders = Lexicon(lang).clause_breaks | Lexicon(lang).conjunctions
    for part in CLAUSE.split(text):
        at = 0
        for word in WORD.finditer(part):
            if word.group().lower() in borders:
                yield part[at : word.start()]
                at = word.start()
        yield part[at:]


# The same --------------------------------------------------------------------------------------------------------------------


def _heard(words: str, lang: str, report: Sequence[Candidate], asked: Collection[str], likeness: Likeness) -> bool:
    """Whether a report has somebody's words, too, in whatever language."""
    if report[0].passage.lang == lang:
        names = frozenset(stem for name in names_in(words, lang) for stem in content_stems(name, lang))
        mine = content_stems(words, lang) - names - frozenset(asked) or content_stems(words, lang)
        return any(len(mine & content_stems(one.text, lang)) >= HEARD * len(mine) for one in report)
    texts = [text for one in report for text in (*quotations(one.text), one.text)]
    return max(likeness(words, texts)) >= SAID


def _says(claim: HeldSentence, other: Candidate, like: float, numbers: frozenset[float]) -> bool:
    """Whether a sentence says what another does: yes or no as it does, and what the question lacks and no name is."""
    said, lang, their_lang = claim.text, claim.lang, other.passage.lang
    if says_no(said, lang) != says_no(other.text, their_lang) or _opposed(said, lang, other):
        return False
    common = _borne(numbers, counts(other.text, their_lang))
    if numbers and not common:
        return False
    if lang != their_lang:
        if any(number > RARE for number in common) and like >= RARE_ALIKE:
            return True
        return like >= (ALIKE if common or _same_fate(said, lang, other) else TRANSLATED)
    names = frozenset(stem for name in names_in(said, lang) for stem in content_stems(name, lang))
    new = _words(said, lang) - claim.asked - names
    part = (FIGURE_PART if common else PART) * (1 if " " in said else UNSPACED)
    return like >= SAME and len(new & _words(other.text, lang)) >= part * len(new)


def _opposed(said: str, lang: str, other: Candidate) -> bool:
    """Whether of two sentences one tells the opposite of what the other does: convicted, acquitted."""
    mine, theirs = outcomes(said, lang) & BECAME, outcomes(other.text, other.passage.lang) & BECAME
    return not mine & theirs and bool({OPPOSITES[kind] for kind in mine} & theirs)


def _same_fate(said: str, lang: str, other: Candidate) -> bool:
    """Whether two sentences name somebody of whom both tell the same."""
    mine = outcomes(said, lang) | fates(said, lang)
    theirs = outcomes(other.text, other.passage.lang) | fates(other.text, other.passage.lang)
    return bool(mine) and mine <= theirs and bool(shared_names(said, other.text))


def _untold(said: str, lang: str, near: Sequence[tuple[float, Candidate]]) -> bool:
    """Whether a sentence tells what became of somebody, and the nearest one of a report that tells of it has the opposite, says
    that it did not, or there is none.
    """
    told = (outcomes(said, lang) & BECAME) - ALIVE
    against = {OPPOSITES[kind] for kind in told - DEAD}  # in one disaster some die and some live
    for _, one in near:
        kinds = outcomes(one.text, one.passage.lang)
        if kinds & (told | against):
            return not kinds & told or says_no(one.text, one.passage.lang)
    return bool(told)


def _words(text: str, lang: str) -> frozenset[str]:
    return frozenset(stem for stem in content_stems(text, lang) if not stem[0].isdigit())
