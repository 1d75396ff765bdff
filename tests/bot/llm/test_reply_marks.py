"""bot/llm/reply_marks.py: however a model writes its citations, they are read, and none stays as text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.llm.reply_marks import plain_marks
from bot.llm.reply_parser import drafts


def pieces(text: str, size: int) -> Iterator[str]:
    yield from (text[i : i + size] for i in range(0, len(text), size))


def plain(text: str, size: int = 1000) -> str:
    return "".join(plain_marks(pieces(text, size)))


MARKS = [
    ("Open now【1†source】. Shut【2】.", "Open now [1]. Shut [2]."),
    ("Open now【1†L3-L5】【2:0†report.pdf】.", "Open now [1] [2]."),
    ("Open now [^1]. Shut [^2^].", "Open now [1]. Shut [2]."),
    ("Open ［１］. Shut [１、２].", "Open [1]. Shut [1, 2]."),
    ("Open [Passage 1]. Shut [Source 1, Source 2].", "Open [1]. Shut [1, 2]."),
    ("[cite_start]Open now [cite: 1, 2].", "Open now [1, 2]."),
    ("Open [citation:1][citation:2].", "Open [1] [2]."),
    ("Open [1 and 3]. Shut [2-4].", "Open [1, 3]. Shut [2, 3, 4]."),
    ("Open [[1]](https://a.example/b?c=d). Shut [2](#2).", "Open [1]. Shut [2]."),
    ("Open \\[1\\]. Shut <sup>2</sup>.", "Open [1]. Shut [2]."),
    ("Open now (1). Shut now (1, 2). Closed. (3)\nOver.", "Open now [1]. Shut now [1, 2]. Closed. [3]\nOver."),
    ("```markdown\nOpen now [1].\n```", "\nOpen now [1].\n"),
]
# Not citations: an age, a year, an aside, a list's numbers; and round brackets where square ones are used.
OTHERS = [
    "Peter (8) was hurt, and so was Eva (9), who lives there.",
    "In [2024] it was [sic] open, the paper of [June 2025] said.",
    "(1) The port is open. (2) The bridge is shut.",
    "It is open [1]. He hurt Peter (8). It is shut [2].",
    "a < b, and 5 > 4; `code` and ~ stay.",
]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize(("text", "expected"), MARKS + [(text, text) for text in OTHERS])
def test_a_citation_is_read_however_it_is_written(text: str, expected: str, size: int) -> None:
    assert plain(text, size) == expected


@given(st.text(alphabet="aB. []()【】†^`<>sup/12,-\n\\é", max_size=120), st.integers(1, 9))
def test_what_comes_out_does_not_depend_on_the_pieces(text: str, size: int) -> None:
    assert plain(text, size) == plain(text)


def test_nothing_is_held_back_for_long() -> None:
    assert next(plain_marks(iter(["[" + "x" * 5000, "never"])))


@pytest.mark.parametrize("size", [1, 5, 1000])
@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("Open now [^1]. Shut [^2].\n\n[^1]: Harbour, Herald\n[^2]: Mill, Post", [("Open now.", (1,)), ("Shut.", (2,))]),
        ("It is open, Falk said [1], until Friday [2]. It shuts [1].", [("It is open, Falk said, until Friday.", (1, 2)), ("It shuts.", (1,))]),
        ("Falk said [1] that it is open. It shuts [2].", [("Falk said that it is open.", (1,)), ("It shuts.", (2,))]),
        ("```\nOpen now【1】.\n```", [("Open now.", (1,))]),
    ],
)  # fmt: skip
def test_drafts_have_no_mark_left(reply: str, expected: list[tuple[str, tuple[int, ...]]], size: int) -> None:
    assert [(draft.text, draft.cites) for draft in drafts(pieces(reply, size))] == expected
