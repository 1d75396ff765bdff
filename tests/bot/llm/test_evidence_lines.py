"""bot/llm/evidence_lines.py: the words under a sentence are read with it, however the reply is cut into pieces."""

from __future__ import annotations

import pytest

from bot.llm.reply_parser import drafts

REPLY = """The harbour reopened on Monday. [1]
> Norwick reopened at noon on Monday
> [2] "after eleven weeks," she said (see [3])
- Two people died and 39 were hurt [2][3].

  > [3] 39 were hurt
  &gt; two dead [2]
No mark here.
> 1: exact words
> […]
Plain and old [4]. Another one [5].
"""
EXPECTED = [
    ("The harbour reopened on Monday.", (1, 2), ((1, "Norwick reopened at noon on Monday"), (2, '"after eleven weeks," she said (see [3])'))),
    ("Two people died and 39 were hurt.", (2, 3), ((3, "39 were hurt"), (2, "two dead"))),
    ("No mark here.", (1,), ((1, "exact words"),)),
    ("Plain and old.", (4,), ()),
    ("Another one.", (5,), ()),
]  # fmt: skip


@pytest.mark.parametrize("size", [1, 2, 3, 7, 10_000])
def test_words_belong_to_the_sentence_above_them(size: int) -> None:
    found = list(drafts(iter([REPLY[i : i + size] for i in range(0, len(REPLY), size)])))
    assert [(draft.text, draft.cites, draft.words) for draft in found] == EXPECTED


def test_a_sentence_is_passed_on_before_the_next_is_finished() -> None:
    seen: list[str] = []

    def pieces() -> object:
        for piece in ("One is true. [1]\n> one\n", "Two is", " never finished"):
            seen.append(piece)
            yield piece

    first = next(drafts(pieces()))  # type: ignore[arg-type]
    assert first.words == ((1, "one"),) and len(seen) == 2


@pytest.mark.parametrize("reply", ["a > b is no words [1].", "Costs rose by > 5 % [1]."])
def test_a_sign_within_a_line_is_none(reply: str) -> None:
    (draft,) = drafts(iter([reply]))
    assert draft.words == () and ">" in draft.text


def test_a_number_like_a_mark_of_words_is_a_passage_that_does_not_exist() -> None:
    (draft,) = drafts(iter(["It is open [500]."]))
    assert draft.cites == (500,) and draft.words == ()
