"""Pure: of what was found for an earlier question, what a follow-up asks for: its day, what was not told yet, the gist."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.questions.question import Question
from bot.retrieval.asked_thing import held
from bot.retrieval.candidates import Candidate
from bot.retrieval.retrieve import Retrieved
from index.text import quotation_marks
from index.text.dates import mentions
from index.text.fold import Folded
from index.text.lexicon import Lexicon
from index.text.names import WORD, content_stems, holds_name

LEAST = 4  # words of a sentence
DAYS = 2 * 86_400  # seconds that a day may be told by at most
SHORTEST = 6  # words of a clause that is told alone
BEGINNING = 40  # characters by which a sentence is known again
_BORDER = re.compile(r"[,;](?= )| [–—](?= )")
_ASIDE = re.compile(r"\s*\[[^\]]*\]")  # "on Thursday [2019-09-26]"


def dated(before: Retrieved, shown: Sequence[Candidate]) -> Retrieved:
    """ "When was that?": the first sentence of an answer that names a day, or the first one where none does."""
    return _only(before, [next((one for one in shown if names_a_day(one)), *shown[:1])] if shown else [])


def names_a_day(candidate: Candidate) -> bool:
    """Whether a sentence names a day, by its date or from the day of its report."""
    passage = candidate.passage
    if passage.published is None:
        return False
    named = mentions(candidate.text, passage.published, passage.lang)
    return any(mention.period.end - mention.period.start <= DAYS for mention in named)


def gist(before: Retrieved, replies: Sequence[str]) -> Retrieved:
    """ "Shorter": the best sentence; of what somebody said the nearest to what was asked, in own words if it can be.

    Where the last of the replies was that sentence alone, so much of it as answers by itself.
    """
    candidates = before.evidence.candidates
    best = [max(candidates, key=_gist)] if before.spoken and candidates else candidates[:1]
    if best and said_alone(best[0], candidates, replies):
        best = [main_clause(best[0], before.evidence.question)]
    return _only(before, best)


def _gist(candidate: Candidate) -> tuple[float, bool]:
    return candidate.close.covered, bool(quotation_marks.quotations(candidate.text))


def said_alone(one: Candidate, others: Sequence[Candidate], replies: Sequence[str]) -> bool:
    """Whether the last of the replies had a sentence, or its beginning, and none of the others."""
    told = _plain(replies[-1]) if replies else ""
    known = [other for other in others if other.text != one.text and _plain(other.text) in told]
    return not known and _plain(one.text)[:BEGINNING] in told


def main_clause(candidate: Candidate, question: Question) -> Candidate:
    """A sentence up to a comma behind which nothing stands that is asked for, that denies, or that says whose words they are.

    The whole sentence where it has no such comma.
    """
    text, lang = candidate.text, candidate.passage.lang
    words, same = Lexicon(lang), lang == question.lang
    for at in (match.start() for match in _BORDER.finditer(text)):
        begun, rest = text[:at], Folded(text[at:]).text
        if len(WORD.findall(begun)) < SHORTEST or not quotation_marks.balanced(begun) or begun.count("(") != begun.count(")"):
            continue
        tells = words.done.search(begun.lower()) and held(question, begun, lang) == held(question, text, lang)
        named = all(holds_name(n, begun, same_lang=same) for n in question.names if holds_name(n, text, same_lang=same))
        turned = any(pattern.search(rest) for pattern in (words.negation, words.denial, words.saying, words.to_come))
        if (
            tells
            and named
            and not turned
            and not (same and (question.stems & content_stems(rest, lang)) - content_stems(begun, lang))
        ):
            return replace(candidate, end=candidate.start + at, text=begun, cut=True)
    return candidate


def unseen(before: Retrieved, replies: Sequence[str]) -> Retrieved:
    """ "What else?": without what replies have shown."""
    told = _plain(" ".join(replies))
    return _only(before, [one for one in before.evidence.candidates if _plain(one.text) not in told and _whole(one.text)])


def _whole(text: str) -> bool:
    """Whether it is a sentence, and no date or heading of its own."""
    return len(WORD.findall(text)) >= LEAST and bool(re.search(r"[.!?…。！？؟][”\"»’)\]]*\s*\Z", text))


def _plain(text: str) -> str:
    return quotation_marks.plain(_ASIDE.sub("", text)).casefold()


def _only(before: Retrieved, candidates: Sequence[Candidate]) -> Retrieved:
    probability = before.evidence.probability if candidates else 0.0
    return replace(before, evidence=replace(before.evidence, candidates=tuple(candidates), probability=probability))
