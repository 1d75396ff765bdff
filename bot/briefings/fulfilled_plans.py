"""Pure: where one briefing has a plan and its arrival, the arrival supersedes the plan. Rather missed than wrong.

"Mara Olsen will travel to Kyiv" (4 May)  +  "Mara Olsen llegó a Kiev" (6 May)  ->  the arrival, and beneath it what was planned

They are one only if the two clauses name the same people and the same place, and nobody and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product

from bot.briefings.event_writer import Item
from bot.briefings.key_sentences import KeySentence
from bot.briefings.novelty import NOTICES, Novelty, fulfilled
from bot.retrieval.story_clusters import Cluster
from bot.verification.vocabulary import planned
from index.text.dates import mentions
from index.text.lexicon import Lexicon
from index.text.names import holds_name, names_in, person
from index.text.person_names import GIVEN, plain
from index.text.places import places, without

Anew = Callable[[Cluster, float], Item]  # an event of other reports, compared with what came before
DAY = 86_400


@dataclass(frozen=True, slots=True)
class NamedPart:
    """A person or a place as a sentence names it."""

    text: str
    start: int
    code: str = ""  # of a place that the tables know

    @property
    def somebody(self) -> bool:
        """A name of several words; one that has one may be a place that no table knows."""
        return not self.code and " " in self.text

    @property
    def given(self) -> bool:
        """A name with a given name in it: no "Asuntos Exteriores"."""
        return self.somebody and any(plain(word.lower()) in GIVEN for word in self.text.split())


def superseding(events: Sequence[Item], anew: Anew) -> list[Item]:
    """The events, each plan that another report tells as done in the place of what was known before.

    Only a plan that its report begins with is outdated with the report: what has one further down has other news.
    """
    claims = [claim for event in events for own in event.told for claim in own]
    plans = [claim for claim in claims if not claim.place and not claim.report.vague and planned(claim.text, claim.lang)]
    came = {
        claim.report.article.id: plan
        for plan, claim in product(plans, claims)
        if claim.place < 2 and plan.report.moment < claim.report.moment and came_about(plan, claim)
    }
    outdated = {plan.report.article.id for plan in came.values()} - came.keys()
    kept = []
    everything = [story for event in events for story in event.cluster.stories]
    for event in events:
        stories = tuple(story for story in event.cluster.stories if not outdated & {r.article.id for r in story.reports})
        if not stories:
            continue
        if len(stories) < len(event.cluster.stories):
            event = anew(Cluster(stories), event.relevant)
        if not event.told or (event.change and event.change.label in NOTICES):
            kept += [event] if event.told else []
            continue
        plan = next((came[id] for id in event.cluster.ids if id in came and came[id].report.article.id in outdated), None)
        told = range(sum(map(len, event.told)))
        if plan:
            planned_by = tuple(s for s in everything if plan.report.article.id in {r.article.id for r in s.reports})
            event = replace(event, change=Novelty("superseded", (plan,), frozenset(told)), fulfils=planned_by)
        kept.append(event)
    return kept


def came_about(plan: KeySentence, claim: KeySentence) -> bool:
    """Whether a later sentence tells as done what an earlier one plans: of the same people at the same place, and no others."""
    if not fulfilled(plan, claim) or _of_before(claim, plan):
        return False
    one, other = _clause(plan), _clause(claim)
    same = partial(_same, same_lang=plan.lang == claim.lang)
    return one is not None and other is not None and len(one) == len(other) and all(map(same, one, other))


def _of_before(claim: KeySentence, plan: KeySentence) -> bool:
    """Whether what is told as done is of a day before the plan was reported: "arrived last week"."""
    at, published = plan.report.moment, claim.report.article.published
    ends = [mention.period.end for mention in mentions(claim.text, published, claim.lang)] if published else []
    return bool(ends) and max(ends) <= at - at % DAY


def _clause(claim: KeySentence) -> list[NamedPart] | None:
    """Who and where: the names from the first person of a sentence to the first place behind, the people by name.

    None where either is missing, or nobody is named in full in the article.
    """
    text, lang = claim.text, claim.lang
    runs = person(lang).findall(without(claim.report.article.text, lang))
    full = {run.split()[-1]: run for run in runs if " " in run and run.istitle()}  # not "Gobierno de Karsund"
    names = names_in(text, lang)
    found = [NamedPart(text[p.start : p.end], p.start, p.code) for p in places(text, lang)]
    for match in person(lang).finditer(without(text, lang)):
        run = match.group()
        if " " in run or run in names or run in full:
            found.append(NamedPart(" ".join(full.get(run.split()[-1], run).split()[-2:]), match.start()))
    if Lexicon(lang).capital_nouns and any(one.code for one in found):  # "zu Gesprächen nach Paris"
        found = [one for one in found if one.code or one.somebody]
    found.sort(key=lambda one: one.start)
    first = [n for n, one in enumerate(found) if one.given] or [n for n, one in enumerate(found) if one.somebody]
    people = first[0] if first else len(found)
    place = next((n for n, one in enumerate(found) if n > people and not one.somebody), None)
    if place is None:
        return None
    return [*sorted(found[people:place], key=lambda one: one.text.split()[-1]), found[place]]


def _same(one: NamedPart, other: NamedPart, *, same_lang: bool) -> bool:
    """Whether two names are one person's or one place's; a country is where its cities are."""
    if one.code and other.code:
        return one.code.startswith(other.code) or other.code.startswith(one.code)
    if one.somebody != other.somebody or one.code or other.code:
        return False
    return all(holds_name(word, other.text, same_lang=same_lang) for word in one.text.split())
