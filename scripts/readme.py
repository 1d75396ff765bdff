"""Write the parts of README.md that follow from the code: the table of settings and the help of every command.

    python scripts/readme.py [--check]

They stand between <!-- name --> and <!-- /name -->. With --check nothing is written, and a difference is an error. The help is
laid out here and not by argparse, whose form changes with the version of Python.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
import textwrap
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

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
            if name != "api_key":
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


def main() -> int:
    file = ROOT / "README.md"
    old = new = file.read_text(encoding="utf-8")
    for name, text in {"settings": settings_table(), "help": command_help()}.items():
        new, found = re.subn(rf"(?s)(<!-- {name} -->\n).*?(\n<!-- /{name} -->)", lambda m, t=text: m[1] + t + m[2], new)
        if found != 1:
            print(f"README.md has no part <!-- {name} -->")
            return 1
    if "--check" in sys.argv[1:]:
        if new != old:
            print("README.md is behind the code: run python scripts/readme.py")
        return int(new != old)
    file.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
