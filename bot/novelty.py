"""Pure: what is new about an event, claim by claim, against what was told or known before.

    sentences now, sentences before -> the nearest before each -> new | developed | corrected | withdrawn | superseded

A sentence is a claim. It repeats one from before when the two say the same in whatever language; it is fresh when nothing
before says it, when its numbers are others, or when it reports as done what was planned.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot import words
from bot.claims import Claim
from bot.records import Label
from index.terms import fold

SAME = 0.62  # centred cosine of two sentences from which they say the same
ON_IT = 0.40  # from which one is about what the other says


@dataclass(frozen=True, slots=True)
class Change:
    """What an event is, seen from before."""

    label: Label
    before: tuple[Claim, ...] = ()  # what was known of it, where the label says that it changed
    fresh: frozenset[int] = frozenset()  # indices of the claims now that nothing before says


def change(now: Sequence[Claim], past: Sequence[Claim]) -> Change:
    """The label of an event: `now` its claims, report by report; `past` those of earlier ones."""
    if notice := _noticed(now, WITHDRAWS):
        return Change("withdrawn", nearest(notice, past), _all(now))
    if notice := _noticed(now, CORRECTS):
        return Change("corrected", nearest(notice, past), _all(now))
    if not past:
        return Change("new", (), _all(now))
    alike = np.stack([c.vector for c in now]) @ np.stack([c.vector for c in past]).T
    best = alike.argmax(axis=1)
    fresh, happened = set(), []
    for i, claim in enumerate(now):
        before = past[int(best[i])]
        near = float(alike[i, best[i]])
        if near < SAME or not repeats_numbers(claim, before):
            fresh.add(i)
        if near >= ON_IT and claim.place < 2 and planned(before.text) and not planned(claim.text):
            fresh.add(i)
            happened.append((near, before))
    if happened:
        return Change("superseded", (max(happened, key=lambda pair: pair[0])[1],), frozenset(fresh))
    order = sorted(range(len(now)), key=lambda i: (now[i].place, -float(alike[i, best[i]])))
    return Change("developed", (past[int(best[order[0]])],), frozenset(fresh))


def nearest(claim: Claim, past: Sequence[Claim]) -> tuple[Claim, ...]:
    """What was said before that is nearest to a claim; () where nothing is on it."""
    if not past:
        return ()
    alike = np.stack([c.vector for c in past]) @ claim.vector
    best = int(alike.argmax())
    return (past[best],) if alike[best] >= ON_IT else ()


def repeats_numbers(claim: Claim, before: Claim) -> bool:
    """Whether a claim has no number that the one before has not."""
    mine = {value for _, values in words.numerals(claim.text, claim.lang) for value in values if value > 1}
    return mine <= words.numbers(before.text, before.lang)


def _all(claims: Sequence[Claim]) -> frozenset[int]:
    return frozenset(range(len(claims)))


def _noticed(now: Sequence[Claim], pattern: re.Pattern[str]) -> Claim | None:
    """The first claim of a report whose title or first sentences are such a notice."""
    for claim in now:
        if claim.place < 2 and (pattern.search(fold(claim.text)) or pattern.search(fold(claim.report.article.title))):
            return claim
    return None


# Folded, a line a language: English, Spanish, French, German, Portuguese.
CORRECTS = re.compile(
    r"^(?:correction|corrected|clarification|correccion|corrige|fe de errat|fe de errores|rectificacion|rectificatif|"
    r"correctif|korrektur|berichtigung|richtigstellung|correcao|errata)\b|"
    r"\b(?:earlier|previous|original) (?:version|report)s?\b[^.]{0,80}\b(?:misstated|gave|said|incorrect\w*|wrong\w*)|"
    r"\b(?:gave|published|contained) (?:a |an |the )?(?:wrong|incorrect) |\bcorrects? (?:its|an earlier|the) |"
    r"\bversion anterior\b|\b(?:rectifica|corrige) (?:su|la|el|una)\b|\bdatos? erroneos?\b|"
    r"\bversion precedente\b|\bfruhere(?:n)? (?:version|fassung|bericht)"
)
_REPORT = (
    r"(?:reports?|story|stories|articles?|dispatch|account|notas?|noticias?|informacion|despacho|article|depeche|meldung|"
    r"bericht|artikel)"
)
WITHDRAWS = re.compile(
    rf"\b(?:retract(?:s|ed|ion)?|withdraws?|withdrew|withdrawn|pulls|pulled)\b[^.]{{0,40}}\b{_REPORT}\b|\bretraction\b|"
    rf"\b{_REPORT}\b[^.]{{0,40}}\b(?:has been|is|was) (?:retracted|withdrawn)\b|"
    rf"\b(?:retira|retiro|retirado|retirada|se retracta|anula|elimina)\b[^.]{{0,40}}\b{_REPORT}\b|"
    rf"\bretire\b[^.]{{0,40}}\b{_REPORT}\b|\bzieht\b[^.]{{0,60}}\b{_REPORT}\b[^.]{{0,30}}\bzuruck\b"
)
_PLANS = re.compile(
    r"\b(?:will|would|shall|plans? to|planned to|is to|are to|was to|were to|due to|set to|expected to|scheduled|intends? to|"
    r"wants? to|prepar\w+ to|"
    r"va a|van a|iba a|preve\w*|planea\w*|tiene previsto|tienen previsto|esta previsto|pretende|podria\w*|se espera|"
    r"doit|doivent|prevoi\w+|envisag\w+|compte|devrait|"
    r"wird|werden|soll|sollen|plant|planen|will|wollen)\b|"
    r"\b[a-z]{3,}(?:ara|aran|era|eran|ira|iran)\b(?<!fuera)(?<!fueran)(?<!hubiera)(?<!hubieran)(?<!para)(?<!quiera)(?<!era)(?<!eran)"
)


def planned(text: str) -> bool:
    """Whether a sentence tells of something that is still to come."""
    return bool(_PLANS.search(fold(text)))
