"""Pure: what a follow-up means that is no question by itself but asks for the one before in another way.

    "shorter" | "in Spanish" | "and then?" | "are you sure?" | "when was that?" | "what else?"

Two words are too few to tell their language: after the conversation's own, every language's whole commands are tried.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.text.fold import Folded
from index.text.lexicon import Lexicon, languages


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What a question means after those before it."""

    searched: str  # the question that can be searched by itself
    again: bool = False  # an earlier question put in another way: not to be reworded any more
    lang: str = ""  # the answer is wanted in this language
    brief: bool = False  # and shorter
    after: int = 0  # asks what came after that; 2: after what came after that
    alone: str = ""  # the question without what was carried over, where it is one: for when nothing is found with it
    hanging: bool = False  # `alone` names nothing that it could be about: only where what it leans on has nothing near to it
    earlier: str = ""  # the earlier question that it is taken together with
    carried: str = ""  # the words taken over from that, in brackets at the end of `searched`
    sure: bool = False  # asks whether what was told is so
    when: bool = False  # asks when that was
    unseen: bool = False  # asks for what was not told yet
    whom: bool = False  # names nobody that could be meant
    news: bool = False  # asks what is new, whatever was asked before: not to be reworded
    narrowed: str = ""  # what narrows it, at the end of its own words: "in Spanish outlets"
    exchanged: bool = False  # the question before, with something else in the place of what it asked about

    @property
    def own(self) -> str:
        """The question without what was carried over."""
        return self.alone or self.searched.removesuffix(f" ({self.carried})")

    @property
    def whole(self) -> str:
        """Its own words without those that narrow it."""
        end = f", {self.narrowed}?"
        return f"{self.own.removesuffix(end)}?" if self.narrowed and self.own.endswith(end) else self.own

    def moved(self, own: str, alone: str = "") -> FollowUp:
        """The same asked in other words, as narrow, with what was carried over. `alone`: for when nothing is found so."""
        own = f"{own.rstrip(' ?.!')}, {self.narrowed}?" if self.narrowed else own
        searched = f"{own} ({self.carried})" if self.carried else own
        return FollowUp(
            searched=searched, again=True, lang=self.lang, alone=own if self.carried else alone, earlier=self.earlier,
            carried=self.carried, narrowed=self.narrowed,
        )  # fmt: skip


def commanded(question: str, lang: str, before: FollowUp) -> FollowUp | None:
    """The question before as a command changes it; None where the words are no such command."""
    command = plain_words(question)
    told = replace(before, again=True, sure=False)
    for words in map(Lexicon, dict.fromkeys((lang, *languages()))):
        if words.ask_shorter.fullmatch(command):
            return replace(told, brief=True)
        if (match := words.ask_language.fullmatch(command)) and (wanted := words.language_names.get(match["lang"])):
            return replace(told, lang=wanted)
        if words.ask_after.fullmatch(command):
            return replace(told, brief=False, when=False, unseen=False, after=before.after + 1)
        if words.ask_sure.fullmatch(command):
            return replace(told, sure=True)
        if words.ask_when.fullmatch(command):
            return replace(told, brief=False, unseen=False, after=0, when=True, earlier=before.own)
        if words.ask_more.fullmatch(command):
            return replace(told, brief=False, when=False, unseen=True)
    return None


def is_command(question: str, lang: str) -> bool:
    """Whether it asks for an earlier question in another way, and names no topic.

    >>> is_command("in Spanish, please", "en"), is_command("And Callamard?", "en")
    (True, False)
    """
    return commanded(question, lang, FollowUp(searched="")) is not None


def restyles(question: str, lang: str) -> bool:
    """Whether it wants the answer before once more: shorter, in another language, or confirmed."""
    command = commanded(question, lang, FollowUp(searched=""))
    return command is not None and not (command.after or command.when or command.unseen)


def plain_words(question: str) -> str:
    """A question's words, folded, with nothing between them."""
    return " ".join(re.findall(r"[\w'-]+", Folded(question).text))
