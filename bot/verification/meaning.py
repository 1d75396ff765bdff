"""Pure: what turns the meaning of a sentence although every word of it is there: a "no" more or less, a plan told as done.

    "Olsen confirmed it" + words "Olsen no lo confirmó" -> ["no lo confirmó"]

Held against the words that the sentence stands on, not against what stands around them. By words of each language by itself
(`index/text/data`): "no" denies in Spanish and means "in the" in Portuguese.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.verification.claim import Claim
from bot.verification.evidence import clauses
from index.text.fold import fold
from index.text.lexicon import Lexicon
from index.text.names import content_stems, holds_name, names_in
from index.text.numbers import numbers_in

SAME = 0.5  # likeness from which the sentence found for a claim without words is held against it
REACH = 40  # characters behind a "no" in which stands what it denies
_WORD = re.compile(r"[^\W\d_]+")
_MAY = re.compile(r"(?<=\w )May\b|\bMay(?= \d)")  # the month


@dataclass(frozen=True, slots=True)
class Turns:
    """What of a text turns its meaning."""

    negated: bool  # "not"
    denied: bool  # "denies", "rejects"
    refused: bool  # "fails to", "remains": may say the same as a "not"

    @property
    def no(self) -> bool:
        """Whether it says no: "not" and "denies" together say yes, or what only a reader can tell."""
        return self.negated != self.denied and not self.refused


def turns(text: str, lang: str) -> Turns:
    """Whether a text says no, and whether something comes to nothing in it."""
    flat, lexicon = _flat(text), Lexicon(lang)
    return Turns(*(bool(table.search(flat)) for table in (lexicon.negation, lexicon.denial, lexicon.refusal)))


def negation(claim: Claim) -> list[str]:
    """A "no" that its words have and the sentence has not, or the reverse.

    "Did not accept" and "refused" are one, and "does not rule out a strike" is none.
    """
    if all(words.score < SAME for words in claim.words):
        return []
    mine = turns(claim.beside_quotes(claim.text), claim.lang)
    chosen = claim.pointed_at
    stretches = [
        (piece, lang)
        for text, lang in claim.stretches()
        # Across languages no shared words show which of several clauses is meant: they are taken apart at commas, too.
        for piece in clauses(claim.beside_quotes(text), at_commas=chosen and lang != claim.lang)
    ]
    if mine.negated or mine.denied:
        around = [turns(text, lang) for text, lang in claim.stretches("sentences")]
        if any(one.negated or one.denied or one.refused for one in around):
            return []
        return _denied_here(claim)
    if mine.refused:
        return []
    meant = _about(claim, stretches)
    denied = [piece for piece, lang in meant if turns(piece, lang).no]
    return denied if meant and len(denied) == len(meant) else []


def _about(claim: Claim, stretches: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The clauses of its words that a sentence is about: those that share most with it."""
    named, counted = names_in(f"x {claim.text}", claim.lang), numbers_in(claim.text, claim.lang)
    words = content_stems(claim.text, claim.lang)
    scores = [
        sum(holds_name(name, piece, same_lang=lang == claim.lang) for name in named)
        + len(counted & numbers_in(piece, lang))
        + (len(words & content_stems(piece, lang)) if lang == claim.lang else 0)
        for piece, lang in stretches
    ]
    best = max(scores, default=0)
    return [stretch for stretch, score in zip(stretches, scores, strict=True) if score == best]


def _denied_here(claim: Claim) -> list[str]:
    """What a sentence denies that its words say: "found no Novichok" of "found Novichok"."""
    lexicon = Lexicon(claim.lang)
    flat = _flat(claim.text)
    if len(flat) != len(claim.text):
        return []
    found = []
    for match in lexicon.negation.finditer(flat):
        behind = claim.text[match.end() : match.end() + REACH]
        for text, lang in claim.stretches():
            if lang == claim.lang:
                said = content_stems(behind, lang) & content_stems(text, lang)
            else:
                named = names_in(f"x {behind}", claim.lang)
                said = frozenset(name for name in named if holds_name(name, text, same_lang=False))
            if said:
                found.append(f"{match.group()} {behind.strip()}")
                break
    return found


def planned_told_as_done(claim: Claim) -> list[str]:
    """What a sentence says has happened, where its words know only that it is to come."""
    mine = Lexicon(claim.lang)
    text = _lower(claim.beside_quotes(claim.text))
    if all(words.score < SAME for words in claim.words):
        return []
    if mine.to_come.search(text) or not mine.done.search(_without_saying(text, claim.lang)):
        return []
    found = []
    for piece, lang in claim.stretches():
        theirs, evidence = Lexicon(lang), _lower(claim.beside_quotes(piece))
        coming = theirs.to_come.search(evidence)
        if not coming or theirs.done.search(_without_saying(theirs.to_come.sub(" ", evidence), lang)):
            return []
        found.append(coming.group())
    return found


def told_as_done(text: str, lang: str, *, participle: bool = False) -> bool:
    """Whether a clause tells what has happened, and nothing that is to come. `participle`: it stands behind a name and a comma,
    where a participle alone does: "Rocío Beltrán, liberada el viernes".

    >>> told_as_done("she resigned on Sunday", "en"), told_as_done("she said she would resign", "en")
    (True, False)
    """
    language, low = Lexicon(lang), _lower(text)
    if language.to_come.search(low):
        return False
    return participle or bool(language.done.search(_without_saying(low, lang)))


def _without_saying(text: str, lang: str) -> str:
    """A text without its words of saying: "said" is of the past whatever was said."""
    verbs = Lexicon(lang).speech_verbs
    return _WORD.sub(lambda match: " " if match.group().lower() in verbs else match.group(), text)


def _flat(text: str) -> str:
    return fold(_MAY.sub("   ", text).replace("’", "'"))


def _lower(text: str) -> str:
    return _MAY.sub("   ", text).lower().replace("’", "'")
