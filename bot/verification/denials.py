"""Pure: a denial beside a claim: what a sentence says is not so, and whether another one says it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.verification.evidence import Likeness
from bot.verification.quantities import said_in
from bot.verification.same_matter import ReportedSentence, beside, matter, shared_names
from index.text import places
from index.text.fold import Folded, fold
from index.text.lexicon import Lexicon
from index.text.names import WORD, content_stems, holds_name, names_in

CLAIMED = 0.7  # share of a denial's words that the claim it denies has
FEW = 2  # words of what is denied, up to which a claim that names somebody else may be about that one
REFUSED = 0.75  # the same where it is told with "not", which is not always said of a claim
ALIKE_DENIED = 0.6  # likeness of what is denied and a claim in another language


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
    wanted = matter(plain, lang) - named
    there = matter(claim.text, lang)
    held = {stem for stem in wanted if stem in there or _participle(stem) in {_participle(other) for other in there}}
    strangers = [name for name in names_in(f"x {claim.text}", lang) if not holds_name(name, beside(denial), same_lang=True)]
    if len(wanted) <= FEW and strangers:
        return False  # "stepping down" is said of her deputy as well
    enough = len(wanted) >= (2 if needed == CLAIMED else 3) or (wanted and len(shared_names(content, claim.text)) >= 2)
    return bool(enough) and len(held) >= needed * len(wanted)


def _participle(stem: str) -> str:
    """A German verb's stem without what only some of its forms have: "geliefert" and "lieferte" are one."""
    return re.sub(r"^(?:ge)(?=\w{4})|(?:e?t|et|en)$", "", stem)
