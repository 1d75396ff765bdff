"""The README and docs/ say what the code does: generated parts are current, commands parse, links and files exist."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot.cli.grammar import parser
from bot.settings.mail import load_mail
from bot.settings.settings import KEYS, load, load_beats
from tests.support import ROOT

PAGES = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FOLDERS = ("bot", "index", "prompts", "scripts", "tests", "docs")
FILES = {path.name for folder in FOLDERS for path in (ROOT / folder).rglob("*.*")} | {path.name for path in ROOT.glob("*.*")}
TEXTS = {page: page.read_text(encoding="utf-8") for page in PAGES}
BLOCKS = [(page, *block) for page, text in TEXTS.items() for block in re.findall(r"(?ms)^ *```(\w*)\n(.*?)^ *```$", text)]


def shown(language: str) -> list[str]:
    return [text for _, named, text in BLOCKS if named == language]


def test_the_generated_parts_are_current() -> None:
    done = subprocess.run([sys.executable, "scripts/docs.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_every_setting_is_in_the_table() -> None:
    table = TEXTS[ROOT / "docs" / "cli.md"]
    assert all(f"| `{key}` | `DRAGOMAN_{key.upper()}` | " in table for key in KEYS)


def test_every_command_shown_parses() -> None:
    lines = [line for page, named, text in BLOCKS if not named and page.name != "cli.md" for line in text.splitlines()]
    commands = [line.removeprefix("$ ") for line in lines if line.removeprefix("$ ").startswith("dragoman ")]
    assert len(commands) >= 15
    for command in commands:
        parser().parse_args(shlex.split(command.partition(" > ")[0], comments=True)[1:])


def test_what_systemd_and_cron_are_told_parses() -> None:
    text = TEXTS[ROOT / "docs" / "deployment.md"]
    commands = re.findall(r"(?m)^(?:ExecStart=\S*/|[*/\d ]+ )dragoman (.*)$", text)
    assert len(commands) == 5
    for command in commands:
        parser().parse_args(shlex.split(command))


def test_a_desk_on_many_machines_has_all_it_needs() -> None:
    """docker-compose config takes both files (tried by hand: no tests start containers)."""
    read = yaml.safe_load((ROOT / "compose.postgres.yaml").read_text(encoding="utf-8"))
    services = read["services"]
    assert {"db", "chroma", "worker-1", "worker-2", "bot"} == set(services) and {"db", "chroma"} == set(read["volumes"])
    for name in ("worker-1", "worker-2", "bot"):
        settings = load(
            environ={key: value for key, value in services[name]["environment"].items() if key.startswith("DRAGOMAN_")}
        )
        assert (
            str(settings.library).startswith("postgresql://")
            and settings.chroma
            and settings.chroma.url == "http://chroma:8000"
        )
    assert services["chroma"]["entrypoint"][:2] == ["chroma", "run"] and "ports" not in services["chroma"], (
        "it asks for no password"
    )


def test_what_compose_files_run_parses() -> None:
    commands = []
    for file in ROOT.glob("compose*.yaml"):
        services = yaml.safe_load(file.read_text(encoding="utf-8"))["services"]
        commands += [service["command"] for service in services.values() if "command" in service]
    assert sorted(command[0] for command in commands) == ["run", "run", "serve", "worker", "worker"]
    for command in commands:
        parser().parse_args(command)


def test_the_settings_file_shown_is_read(tmp_path: Path) -> None:
    (text,) = (text for text in shown("toml") if "[beats." in text)
    file = tmp_path / "dragoman.toml"
    file.write_text(text, encoding="utf-8")
    beat = load_beats(file)["strait"]
    assert beat.schedule and len(beat.targets) == 4 and load_mail(file, environ={}).host


def test_the_python_shown_is_python() -> None:
    assert len(shown("python")) >= 2
    for text in shown("python"):
        ast.parse(text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_and_link_named_exists(page: Path) -> None:
    text = TEXTS[page]
    for name in re.findall(r"\./scripts/\w+|\b[A-Z]{4,}\.md\b", text):
        assert (ROOT / name).exists(), name
    for name in re.findall(r"\b(?:bot|index|prompts|scripts|tests)/[\w/]+\.\w+", text):
        assert list(ROOT.glob(name.replace("LANG", "??"))), name
    for name in re.findall(r"`(\w+\.(?:py|md|sh|jsonl|npz))`", text):
        assert name in FILES, name
    for target in re.findall(r"\]\((?!https?:)([^)#]*)(?:#[^)]*)?\)", text):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_heading_linked_to_exists(page: Path) -> None:
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)#([^)]*)\)", TEXTS[page]):
        text = TEXTS[(page.parent / target).resolve() if target else page]
        assert anchor in {
            re.sub(r"[^\w -]", "", title.lower()).strip().replace(" ", "-") for title in re.findall(r"(?m)^#+ (.*)$", text)
        }


def test_the_readme_is_an_entrance() -> None:
    assert len(TEXTS[ROOT / "README.md"].splitlines()) <= 200
