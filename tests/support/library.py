"""One small library for all tests of the interfaces, made once through the real command line."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import pytest

from bot.cli.main import main
from tests.support import ROOT

Run = Callable[..., subprocess.CompletedProcess[str]]

ARTICLES = [
    {
        "id": "port-1",
        "title": "Port of Sarvella to reopen in June",
        "text": "Harbour director Mira Osei said on Tuesday that the port of Sarvella will reopen on 3 June. "
        "“We will not wait for another winter,” she told reporters. The dockers' union asked for the safety report first.",
        "date": "2024-05-14",
        "source": "Coast Courier",
        "url": "https://courier.example/news/port-reopens",
        "lang": "en",
    },
    {
        "id": "port-2",
        "title": "El puerto de Sarvella abrirá en junio",
        "text": "La directora del puerto, Mira Osei, anunció que las grúas están reparadas y que habrá 140 empleos nuevos. "
        "El sindicato de estibadores convocó una huelga para el lunes si no se publica el informe de seguridad.",
        "date": "2024-05",
        "source": "Diario del Cabo",
        "url": "https://diario.example/puerto",
        "lang": "es",
    },
    {
        "id": "rail-zh",
        "title": "北岭铁路桥通车",
        "text": "北岭铁路桥周五正式通车。工程师林晓说：“这座桥可以使用一百年。”首列货车运送了四十个集装箱的茶叶。",
        "date": "2024-04-05",
        "source": "北岭日报",
        "url": "https://beiling.example/bridge",
        "lang": "zh",
    },
    {
        "id": "water-ar",
        "title": "وزيرة المياه تعلن خطة جديدة",
        "text": "أعلنت وزيرة المياه ليلى حداد خطة لإصلاح الخزانات القديمة. "
        "وقالت: «لن نترك أي قرية من دون ماء». وتبدأ الأعمال في الخريف.",
        "date": "2024-03-01",
        "source": "صحيفة الساحل",
        "lang": "ar",
    },
    {  # a title, an outlet and a text that attack the terminal
        "id": "evil-1",
        "title": "Ferry \x1b]0;owned\x07timetable \u202etxt.exe",
        "text": "The ferry Aldona \x1b[2Jsails to Quay Nine \x9b31mevery \u202eyadnuS\u202c morning, "
        "its captain Ruben Achterberg said.",
        "date": "2024-02-02",
        "source": "Bad\x00 Outlet",
        "url": "https://evil.example/\x1b]8;;x",
        "lang": "en",
    },
]
BACKGROUND = [
    {"id": f"{what}-note", "title": f"{what.title()} market", "text": f"The {what} market was calm on Monday.", "lang": "en"}
    for what in ("fish", "wool", "salt", "timber", "copper", "grain")
]


def environment(home: Path) -> dict[str, str]:
    """A stranger's machine: no keys, no settings of ours, a home of its own."""
    keep = {key: value for key, value in os.environ.items() if not key.startswith(("DRAGOMAN_", "OPENAI_", "XDG_", "NO_COLOR"))}
    return keep | {"HOME": str(home), "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "PROMPT_TOOLKIT_NO_CPR": "1"}


COMMAND = [sys.executable, "-m", "bot.cli"]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def dragoman(home: Path) -> Run:
    """Runs one command line in this process, with the streams, folder and environment of a new one."""

    def run(*args: str | Path, stdin: str | bytes = b"", **env: str) -> subprocess.CompletedProcess[str]:
        command = [*map(str, args)]
        data = stdin.encode() if isinstance(stdin, str) else stdin
        streams = [io.TextIOWrapper(io.BytesIO(given), encoding="utf-8") for given in (data, b"", b"")]
        with _as_a_process(home, environment(home) | env, *streams):
            try:
                code = main(command)
            except SystemExit as stop:  # argparse's
                code = stop.code if isinstance(stop.code, int) else 1
        said = [stream.buffer.getvalue().decode() for stream in streams[1:] if stream.flush() is None]
        return subprocess.CompletedProcess(command, code, *said)

    return run


@contextlib.contextmanager
def _as_a_process(folder: Path, env: dict[str, str], *streams: io.TextIOWrapper) -> Iterator[None]:
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    loggers = [logging.getLogger(name) for name in (None, "dragoman", "uvicorn")]
    logs = {logger: (list(logger.handlers), logger.level, logger.propagate) for logger in loggers}
    patches = [
        mock.patch.object(sys, name, stream) for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True)
    ]
    with contextlib.ExitStack() as stack:
        for change in [*patches, mock.patch.dict(os.environ, env, clear=True), contextlib.chdir(folder)]:
            stack.enter_context(change)
        try:
            yield
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)
            for logger, (kept, level, propagate) in logs.items():
                logger.handlers, logger.propagate = kept, propagate
                logger.setLevel(level)


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("articles") / "articles.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in [*ARTICLES, *BACKGROUND]), encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def library(dragoman: Run, articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the articles above. Tests that change it work on a copy."""
    folder = tmp_path_factory.mktemp("shelf") / "library"
    done = dragoman("ingest", articles, "--library", folder)
    assert done.returncode == 0, done.stderr
    return folder
