"""What was meant where a command, a flag or one of a flag's few values is mistyped: one line instead of all there are."""

from __future__ import annotations

import argparse

from bot import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any, NoReturn

WRONG_USAGE = 2  # as argparse has it
NEAR = 0.66  # likeness of letters, from which a word may be meant


class Parser(argparse.ArgumentParser):
    """A parser that says what was meant."""

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Called by argparse for what has choices: the commands, and flags with few values."""
        if action.choices is not None and value not in action.choices:
            flag = "/".join(action.option_strings)
            what = f"{flag} '{value}'" if flag else f"command '{value}'"
            asks = "" if flag or " " not in str(value) else f'; to ask: {self.prog} ask "{value}"'
            self.refuse(f"there is no {what}{asks or meant(str(value), map(str, action.choices))}")

    def error(self, message: str) -> NoReturn:
        """Called by argparse for every other mistake: its line alone, not the usage above it."""
        self.refuse(message)

    def first(self, words: Sequence[str]) -> None:
        """Refuses a flag before the command that there is not: its value would be taken for the command."""
        flag = words[0].partition("=")[0] if words else ""
        if flag.startswith("--") and not any(name.startswith(flag) for name in self._option_string_actions):
            if command := self._taking(flag, words):
                self.refuse(f"{flag} stands behind the command: {self.prog} {command} {flag}")
            self.unknown(words)

    def _taking(self, flag: str, words: Sequence[str]) -> str:
        """The first command among the words that has such a flag; "" where none has."""
        commands = next((action.choices for action in self._actions if isinstance(action.choices, dict)), {})
        made = ((word, getattr(commands.get(word), "_option_string_actions", ())) for word in words[1:])
        return next((word for word, names in made if any(name.startswith(flag) for name in names)), "")

    def unknown(self, words: Iterable[str]) -> NoReturn:
        """Ends the run for words that no flag of this parser takes."""
        word = next((word for word in words if word.startswith("-")), "")
        if not word:
            self.refuse(f"there is a word too many: '{' '.join(words)}'")
        self.refuse(f"there is no flag {word}{meant(word.partition('=')[0], self._option_string_actions)}")

    def refuse(self, message: str) -> NoReturn:
        from index.text.printable import line

        self.exit(WRONG_USAGE, f"{self.prog}: error: {line(message)} ({self.prog} --help has more)\n")


def meant(word: str, names: Iterable[str]) -> str:
    """; did you mean …? Or what there is."""
    from difflib import get_close_matches

    every = list(names)
    near = get_close_matches(word.lower(), every, n=1, cutoff=NEAR)
    if near:
        return f"; did you mean {near[0]}?"
    return f"; there are: {', '.join(name for name in every if not name.startswith('-'))}" if not word.startswith("-") else ""
