"""Pure: what a model thinks aloud is taken out of its reply as it streams; only the answer is passed on.

Known are <think>, <thinking>, <reasoning> and their like, [THINK], the channels of harmony (<|channel|>analysis … final) also
where a server has lost their marks ("analysisWe need …assistantfinalThe harbour …"), and the marks of Cohere, Kimi and Gemma.
Many servers put the opening mark into the prompt, and then only the closing one comes: so a reply that does not begin as an
answer does is held back until that mark comes, or the reply's end.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from re import Match, Pattern

_NAMES = r"(?:\w{1,9}:)?(?:think(?:ing)?|thoughts?|reasoning|reflection|analysis|scratchpad|antThinking)"
_FINAL = r"<\|channel\|>\s*final[^<]{0,60}(?:<\|message\|>)?|assistantfinal"
_OPENED = re.compile(
    rf"""<(?P<name>{_NAMES})(?:\s[^<>]{{0,60}})?> | \[(?P<square>THINK)\] | ◁(?P<kimi>think)▷
    | <\|(?P<cohere>START_THINKING|begin_of_thought|inner_prefix)\|> | <\|(?P<gemma>channel)>\s*thought\b
    | <\|(?P<harmony>channel)\|>(?!\s*f(?:inal)?)[^<]{{1,60}}(?:<\|message\|>)?
    | \A\s*(?P<bare>analysis|commentary)(?=[^\W\d_a-z])""",
    re.VERBOSE,
)
_CLOSINGS = {
    "square": r"\[/THINK\]",
    "kimi": "◁/think▷",
    "cohere": r"<\|(?:END_THINKING|end_of_thought|inner_suffix)\|>",
    "gemma": r"<channel\|>",
    "harmony": _FINAL,
    "bare": _FINAL,
}
_CLOSED = re.compile("|".join([rf"</{_NAMES}>", *dict.fromkeys(_CLOSINGS.values())]))
# Marks of a model's template that are left in its reply: no words of it.
_NOISE = re.compile(
    r"<[|｜](?:im_)?start[|｜]>\s*assistant|<[|｜](?!channel)[^|｜<>\n]{1,40}[|｜]>|</?(?:s|answer|final_answer|end_of_turn)>"
)
_PARTIAL = re.compile(r"(?:<[^<>\n]{0,120}|<\|channel\|>\s*\w{0,8}|\[/?(?:T(?:H(?:I(?:N(?:K)?)?)?)?)?|◁[^▷\n]{0,12})$")
_BARE_FINAL = "assistantfinal"
LONGEST = 1000  # characters in which a reply is looked at for whether it begins as an answer does


class Thinking:
    """Takes a reply piece by piece: `feed` gives what of it is certainly answer, `end` the rest."""

    def __init__(self, begun: Callable[[str], bool]) -> None:
        """`begun`: whether a reply that begins so is an answer already, and not thinking whose opening mark is missing."""
        self.thought = False  # whether the reply held any thinking
        self.unopened = False  # whether its opening mark was missing
        self._begun = begun
        self._answering = False
        self._closing: Pattern[str] | None = None
        self._text = ""  # not read yet
        self._held = ""  # answer, unless a closing mark follows

    def feed(self, piece: str) -> str:
        self._text += piece
        while (mark := self._next()) is not None:
            self._take(mark)
        if self._closing is None:
            end = self._sure()
            self._held, self._text = self._held + self._text[:end], self._text[end:]
        else:
            self._text = self._text[-200:]  # enough for the longest mark
        if not self._answering and len(self._held) <= LONGEST:
            self._answering = self._begun(self._held)
        return self._given() if self._answering else ""

    def end(self) -> str:
        if self._closing is None:
            self._held += self._text
        return self._given()

    def _given(self) -> str:
        given, self._held = self._held, ""
        return given

    def _next(self) -> Match[str] | None:
        """The next mark that decides something."""
        if self._closing is not None:
            return self._closing.search(self._text)
        if not self._answering and _OPENED.match(self._held + self._text):  # a bare "analysis" begins a reply, not a piece
            self._held, self._text = "", self._held + self._text
        marks = [mark for pattern in (_OPENED, _CLOSED, _NOISE) if (mark := pattern.search(self._text))]
        return min(marks, key=lambda mark: (mark.start(), -mark.end()), default=None)

    def _take(self, mark: Match[str]) -> None:
        before, self._text = self._text[: mark.start()], self._text[mark.end() :]
        if self._closing is not None:
            self._closing, self._answering = None, True
        elif mark.re is _OPENED:
            kind = mark.lastgroup or ""
            self._closing = re.compile(_CLOSINGS.get(kind) or f"</{re.escape(mark['name'])}>")
            self._held, self.thought = self._held + before, True
        elif mark.re is _CLOSED:
            self.thought = True
            self.unopened = self.unopened or bool((self._held + before).strip())
            self._held, self._answering = self._held + before if self._answering else "", True
        else:
            self._held += before

    def _sure(self) -> int:
        """Up to where no mark may have begun."""
        partial = _PARTIAL.search(self._text)
        end = partial.start() if partial else len(self._text)
        bare = next((n for n in range(len(_BARE_FINAL) - 1, 0, -1) if self._text.endswith(_BARE_FINAL[:n])), 0)
        return min(end, len(self._text) - bare)
