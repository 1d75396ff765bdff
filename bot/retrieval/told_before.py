"""Pure: of what was found for an earlier question, what a follow-up asks for: its day, what was not told yet, the gist."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.retrieval.evidence import Candidate
from bot.retrieval.retrieve import Retrieved
from index.text import quotation_marks
from index.text.dates import mentions
from index.text.names import WORD

LEAST = 4  # words of a sentence
DAYS = 2 * 86_400  # seconds that a day may be told by at most
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


def gist(before: Retrieved) -> Retrieved:
    """ "Shorter": the best sentence; of what somebody said the nearest to what was asked, in own words if it can be."""
    candidates = before.evidence.candidates
    return _only(before, [max(candidates, key=_gist)] if before.spoken and candidates else candidates[:1])


def _gist(candidate: Candidate) -> tuple[float, bool]:
    return candidate.close.covered, bool(quotation_marks.quotations(candidate.text))


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
