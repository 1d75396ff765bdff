"""What a command does not need it does not import: `--help` and settings stay as quick as Python."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support import ROOT

HEAVY = ("numpy", "chromadb", "langchain", "langchain_openai", "openai", "rich", "prompt_toolkit", "onnxruntime", "onnx")
HEAVY += (
    "tiktoken",
    "tokenizers",
    "py3langid",
    "dateparser",
    "platformdirs",
    "sqlite3",
    "fastapi",
    "uvicorn",
    "mcp",
    "prometheus_client",
)

HELP = """
from bot.cli.main import main
try:
    main(["--help"])
except SystemExit as stop:
    assert not stop.code
"""


@pytest.mark.parametrize(
    ("what", "may"),
    [
        (HELP, set()),
        ("import bot", set()),
        (
            "import bot.settings.settings, bot.rendering.answer_text, bot.rendering.json_rows, bot.rendering.terminal, bot.records, bot.cli.batch, bot.cli.progress",
            {"sqlite3"},
        ),
        ("import index.records, index.errors", {"sqlite3"}),
        ("from bot.settings.settings import load; load(environ={})", {"platformdirs", "sqlite3"}),
        ("import bot.cli.commands.asking, bot.cli.prompt", {"prompt_toolkit", "sqlite3"}),
        ("import bot.bot, bot.cli.chat", {"numpy", "sqlite3"}),
    ],
)
def test_heavy_packages_wait_until_they_are_needed(what: str, may: set[str]) -> None:
    code = f"{what}\nimport sys\nprint('\\n' + ' '.join(name for name in {HEAVY!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert set(done.stdout.splitlines()[-1].split()) <= may
