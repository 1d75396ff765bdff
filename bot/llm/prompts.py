"""The files of prompts/: loaded from the installed package, checked at start-up, and versioned by their content."""

from __future__ import annotations

import hashlib
import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from index.errors import SettingsError
from index.records import Passage
from index.text.printable import one_line

Form = Literal["json", "lines"]

VARIABLES: Mapping[str, frozenset[str]] = {
    "answer": frozenset({"language", "sentences", "form", "passages", "question"}),
    "form_lines": frozenset({"refusal"}),
    "form_json": frozenset(),
    "judge": frozenset({"passages", "sentences"}),
    "briefing": frozenset({"language", "sentences", "form", "passages"}),
    "plan": frozenset({"question"}),
    "rewrite": frozenset({"history", "question"}),
    "translate": frozenset({"language", "text"}),
}


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt. `version` is "name@hash": an answer names the very text that asked for it."""

    name: str
    text: str

    @property
    def version(self) -> str:
        return f"{self.name}@{hashlib.blake2b(self.text.encode(), digest_size=4).hexdigest()}"

    def fill(self, **values: str) -> str:
        """The text with every $variable replaced. A `$` inside a value stays as it is. KeyError if one is missing."""
        return string.Template(self.text).substitute(values)


@cache
def load(name: str) -> Prompt:
    """The prompt of prompts/<name>.md. SettingsError if it is missing or its $variables are not the expected ones."""
    try:
        text = (files("prompts") / f"{name}.md").read_text(encoding="utf-8")
    except (FileNotFoundError, ModuleNotFoundError):
        raise SettingsError(f"prompts/{name}.md is missing: reinstall dragoman") from None
    return check(Prompt(name, text), VARIABLES[name])


def in_form(name: str, form: Form) -> Prompt:
    """A prompt that asks for sentences, with the form that their reply is to have."""
    return Prompt(name, load(name).text.replace("$form", load(f"form_{form}").text.rstrip()))


def check(prompt: Prompt, expected: frozenset[str]) -> Prompt:
    """The prompt itself, if it holds exactly the expected $variables; else SettingsError that names the difference."""
    template = string.Template(prompt.text)
    if not template.is_valid():
        raise SettingsError(f"prompts/{prompt.name}.md: a $ stands alone; write $$ for a dollar sign")
    used = frozenset(template.get_identifiers())
    if used != expected:
        wrong = [f"${v} is missing" for v in sorted(expected - used)] + [f"${v} is unknown" for v in sorted(used - expected)]
        raise SettingsError(f"prompts/{prompt.name}.md: {', '.join(wrong)}")
    return prompt


def fenced(number: int, passage: Passage) -> str:
    """A passage as a model sees it: numbered, headed, and fenced, so that its text cannot pass for anything else."""
    parts = (passage.title, passage.outlet, str(passage.published or ""), passage.lang)
    heading = ", ".join(one_line(part) for part in parts if part)
    return f"[{number}] ({heading})\n<<<\n{passage.text.replace('<<<', '‹‹‹').replace('>>>', '›››')}\n>>>"


_PASSAGE = re.compile(r"^\[\d+\] [^\n]*\n<<<\n.*?\n>>>\n*", re.MULTILINE | re.DOTALL)


def fewer(prompt: str) -> str:
    """A prompt with the better half of its numbered passages, which stand best first: for a model that it is too long for."""
    passages = list(_PASSAGE.finditer(prompt))
    if len(passages) < 2:
        return prompt
    return prompt[: passages[len(passages) // 2].start()] + prompt[passages[-1].end() :]
