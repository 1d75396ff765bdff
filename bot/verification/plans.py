"""Pure: a plan and what came of it: whether one sentence tells that what another looks forward to has happened."""

from __future__ import annotations

import re

from bot.verification import vocabulary
from bot.verification.same_matter import LATE, NEAR, ReportedSentence, shared_names
from index.records import Period
from index.text import places
from index.text.dates import mentions
from index.text.fold import Folded, fold
from index.text.lexicon import Lexicon
from index.text.names import WORD, names_in

YEAR = 365 * 86_400
CLOSE = 60  # characters between a word for what happens and who does it


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
