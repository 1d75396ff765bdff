"""Write the parts of docs/ that follow from the code: settings, the help of every command, the Python API.

    python scripts/docs.py [--check]

They stand between <!-- name --> and <!-- /name -->. With --check nothing is written, and a difference is an error. The help is
laid out here and not by argparse, whose form changes with the version of Python.
"""

from __future__ import annotations

import argparse
import ast
import dataclasses
import inspect
import re
import sys
import textwrap
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import bot  # noqa: E402
import index  # noqa: E402
from bot.cli.grammar import EXIT_CODES, parser  # noqa: E402

OWN = ("positional arguments", "options")  # argparse's names for what is not in a group of ours


def settings_table() -> str:
    """A row a setting, from the docstrings under the fields of Settings."""
    tree = ast.parse((ROOT / "bot/settings/settings.py").read_text(encoding="utf-8"))
    body = next(node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Settings")
    rows = ["| Setting | Variable | What it does |", "|---|---|---|"]
    for entry, doc in pairwise(body):
        if isinstance(entry, ast.AnnAssign) and isinstance(entry.target, ast.Name) and isinstance(doc, ast.Expr):
            name, text = entry.target.id, " ".join(str(ast.literal_eval(doc.value)).split())
            if name not in ("api_key", "outlets"):
                rows.append(f"| `{name}` | `DRAGOMAN_{name.upper()}` | {text} |")
    return "\n".join(rows)


def command_help() -> str:
    """All commands with their own flags, then the flags that several share, once."""
    top = parser()
    commands = next(action for action in top._actions if isinstance(action, argparse._SubParsersAction)).choices
    lines, shared = ["```"], {}
    for name, command in commands.items():
        own = [action for group in command._action_groups if group.title in OWN for action in group._group_actions]
        arguments = [_usage(action) for action in own if not action.option_strings]
        lines += ["", " ".join(["dragoman", name, *arguments]), f"    {command.description}"]
        lines += [_flag(action) for action in own if not isinstance(action, argparse._HelpAction)]
        for group in command._action_groups:
            if group.title not in OWN:
                shared.setdefault(group.title, (group, []))[1].append(name)
    for title, (group, names) in shared.items():
        which = "every command" if len(names) == len(commands) else ", ".join(names)
        lines += ["", f"{title}: {which}"] + [_flag(action) for action in group._group_actions]
    lines += ["", EXIT_CODES, "```"]
    return "\n".join(lines).replace("```\n\n", "```\n", 1)


def _usage(action: argparse.Action) -> str:
    name = str(action.metavar or action.dest)
    return {"*": f"[{name}...]", "+": f"{name}..."}.get(str(action.nargs), name)


def _flag(action: argparse.Action) -> str:
    value = "" if action.nargs == 0 else str(action.metavar or "|".join(action.choices or [action.dest.upper()]))
    name = " ".join([*action.option_strings, value]).strip()
    text = textwrap.wrap(action.help or "", 76)
    first = f"    {name:<24}"
    if len(name) > 22:
        return "\n".join([f"    {name}", *(" " * 28 + part for part in text)])
    return first.rstrip() if not text else ("\n" + " " * 28).join([first + text[0], *text[1:]])


def python_api() -> str:
    """Every public name of `bot` and `index`: its signature and the first paragraph of its docstring."""
    parts = []
    for package in (bot, index):
        for name in package.__all__:
            thing = getattr(package, name)
            if not (inspect.isclass(thing) or inspect.isfunction(thing)):
                continue
            lines = [f"- `{name}.{method}{_signature(of)}`: {_paragraph(of)}" for method, of in _methods(thing)]
            parts += [f"### `{package.__name__}.{name}`", _paragraph(thing), *(["\n".join(lines)] if lines else [])]
    return "\n\n".join(parts)


def _methods(thing: object) -> list[tuple[str, Callable[..., object]]]:
    """Public methods that the class itself defines, in their order; of a record of data, none."""
    if not inspect.isclass(thing) or dataclasses.is_dataclass(thing) or issubclass(thing, Exception):
        return []
    return [(name, of) for name, of in vars(thing).items() if inspect.isfunction(of) and not name.startswith("_")]


def _signature(of: Callable[..., object]) -> str:
    """(question, history=…, *, scope=…): names and which may be left out; the types are in the code."""
    shown, starred = [], False
    for parameter in list(inspect.signature(of).parameters.values())[1:]:
        if parameter.kind is parameter.KEYWORD_ONLY and not starred:
            shown, starred = [*shown, "*"], True
        shown.append(parameter.name if parameter.default is parameter.empty else f"{parameter.name}=…")
    return f"({', '.join(shown)})"


def _paragraph(thing: object) -> str:
    return " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())


PARTS: dict[str, dict[str, Callable[[], str]]] = {
    "docs/cli.md": {"settings": settings_table, "help": command_help},
    "docs/python-api.md": {"api": python_api},
}


def main() -> int:
    behind = []
    for name, parts in PARTS.items():
        file = ROOT / name
        old = new = file.read_text(encoding="utf-8")
        for part, made in parts.items():
            text = made()
            new, found = re.subn(
                rf"(?s)(<!-- {part} -->\n).*?\n?(<!-- /{part} -->)", lambda m, t=text: f"{m[1]}{t}\n{m[2]}", new
            )
            if found != 1:
                print(f"{name} has no part <!-- {part} -->")
                return 1
        if new != old:
            behind.append(name)
            if "--check" not in sys.argv[1:]:
                file.write_text(new, encoding="utf-8")
    if "--check" in sys.argv[1:] and behind:
        print(f"behind the code: {', '.join(behind)}; run python scripts/docs.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
