"""The README says what the code does: generated parts are current, commands parse, named files exist."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
from pathlib import Path

from bot.cli.grammar import parser
from bot.settings.settings import KEYS, load_beats, load_mail
from tests.support import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"(?ms)^```(\w*)\n(.*?)^```$", README)


def test_the_generated_parts_are_current() -> None:
    done = subprocess.run([sys.executable, "scripts/readme.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_setting_is_in_the_table() -> None:
    assert all(f"| `{key}` | `DRAGOMAN_{key.upper()}` | " in README for key in KEYS)


def test_every_command_shown_parses() -> None:
    helped = README.index("<!-- help -->")
    shown = [line for language, text in BLOCKS if not language and README.index(text) < helped for line in text.splitlines()]
    commands = [line.removeprefix("$ ") for line in shown if line.removeprefix("$ ").startswith("dragoman ")]
    assert len(commands) >= 5
    for command in commands:
        parser().parse_args(shlex.split(command.partition(" > ")[0])[1:])


def test_what_systemd_and_cron_are_told_parses() -> None:
    told = re.findall(r"(?m)^(?:ExecStart=\S*/|[*/\d ]+ )dragoman (.*)$", README)
    assert len(told) == 4
    for command in told:
        parser().parse_args(shlex.split(command))


def test_the_settings_file_shown_is_read(tmp_path: Path) -> None:
    (shown,) = (text for language, text in BLOCKS if language == "toml" and "[beats." in text)
    file = tmp_path / "dragoman.toml"
    file.write_text(shown, encoding="utf-8")
    beat = load_beats(file)["strait"]
    assert beat.schedule and len(beat.targets) == 4 and load_mail(file, environ={}).host


def test_the_python_shown_is_python() -> None:
    shown = [text for language, text in BLOCKS if language == "python"]
    assert len(shown) >= 2
    for text in shown:
        ast.parse(text)


def test_every_file_named_exists() -> None:
    for name in re.findall(r"\./scripts/\w+|\b[A-Z]+\.md\b", README):
        assert (ROOT / name).exists(), name
    for name in re.findall(r"\b(?:bot|index|prompts|scripts|tests)/[\w/]+\.\w+", README):
        assert (ROOT / name).exists(), name
