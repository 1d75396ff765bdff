"""A known true and a known false sentence among those that a judge is asked about: one that gets them wrong is not believed.

A weak model that calls everything supported, or nothing, would make its own mistakes verified. Asked until it has told the two
apart once: some 200 tokens of one call, and a second or less of waiting for two more verdicts before the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.verification.evidence import CitedPassage, EvidenceSpan
from bot.verification.judge_case import Case, Verdict
from bot.verification.verify import Checked
from index.records import Passage, Period

TEXT = (
    "The lighthouse keepers of Orla asked the harbour board for two new lamps on Tuesday. The board's chairwoman, Ines Quell, "
    "said that it would decide in June."
)
TRUE = "Ines Quell said that the board would make up its mind about the keepers' request in June."
FALSE = "The harbour board asked the lighthouse keepers of Orla for two new lamps."  # the two sides exchanged


def source(number: int) -> CitedPassage:
    """The passage of both."""
    passage = Passage(
        id="canary", article_id="canary", version=1, start=0, end=len(TEXT), text=TEXT, title="Dark on the cape",
        outlet="Cape Herald", lang="en", published=Period.parse("2024-05-08"),
    )  # fmt: skip
    return CitedPassage(number, passage, TEXT)


def checked(number: int) -> tuple[Checked, Checked]:
    """The true one and the false one, as if nothing stopped them."""
    first, second = TEXT.split(". ", 1)
    spans = ((len(first) + 2, len(first) + 2 + len(second)), (0, len(first)))
    return tuple(  # type: ignore[return-value]
        Checked(text, (), (EvidenceSpan(number, span, span),)) for text, span in zip((TRUE, FALSE), spans, strict=True)
    )


def believed(verdicts: Mapping[str, Verdict], true: Case, false: Case) -> bool | None:
    """Whether a judge told the two apart; None until it has judged both."""
    if true.id not in verdicts or false.id not in verdicts:
        return None
    return verdicts[true.id] == "supported" and verdicts[false.id] != "supported"


def in_turn(true: Case, false: Case, cases: Sequence[Case]) -> Iterator[Case]:
    """The two before the others, so that these need not wait for the end; which comes first depends on the others."""
    yield from (true, false) if int(cases[0].id, 16) % 2 else (false, true)
    yield from cases
