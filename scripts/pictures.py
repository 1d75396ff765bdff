"""Make the pictures of the README and of docs/verification.md from the samples: python scripts/pictures.py

docs/images/terminal.svg    an answer as a terminal shows it (a real pseudo-terminal, its colours kept)
docs/images/classes.svg     an answer of a chat model: a sentence verified, one unconfirmed, one withheld
docs/images/briefing.png    the page of a briefing, by a headless Chromium where one is installed (Debian: apt install chromium)
docs/images/classes.png     the same answer on the page that `dragoman serve` shows

The chat model is replayed by a server on loopback, its sentences and its verdicts as they stand below.
"""

from __future__ import annotations

import io
import json
import os
import pty
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.support.model_server import serving, told_apart, verdict  # noqa: E402
from tests.support.programs import free_port  # noqa: E402

IMAGES = ROOT / "docs" / "images"
QUESTION = "Was the Astrid Vale in Sanvara's waters?"
WIDTH = 100  # columns

WHY = "Why was the Astrid Vale stopped?"
# What a model writes, the words that it points at, and what the judge says. The third has another figure than its source.
WRITTEN = (
    ("The coast guard stopped a grain ship in the Amber Strait, the Astrid Vale, and took it to Puerto Lirio, its owner said.",
     "stopped the grain carrier Astrid Vale in the Amber Strait on Tuesday and took it to Puerto Lirio, the ship's owner said",
     "supported"),
    ("It was stopped because it had ignored three calls by radio.",
     "Captain Julián Ferro, a spokesman for Sanvara's coast guard, said the ship had “ignored three calls by radio”.",
     "unsupported"),
    ("It was carrying 31,000 tonnes of wheat to the Coral Islands.",
     "The Astrid Vale was carrying 13,000 tonnes of wheat from Neuhafen to the Coral Islands.",
     "unsupported"),
)  # fmt: skip


def main() -> int:
    with tempfile.TemporaryDirectory() as name, replayed() as model:
        library = Path(name) / "library"
        dragoman("ingest", "scripts/samples", library=library)
        IMAGES.mkdir(parents=True, exist_ok=True)
        (IMAGES / "terminal.svg").write_text(drawn(QUESTION, in_terminal("ask", QUESTION, library=library)), encoding="utf-8")
        (IMAGES / "classes.svg").write_text(drawn(WHY, in_terminal("ask", WHY, *model, library=library)), encoding="utf-8")
        page = Path(name) / "briefing.html"
        month = ("--since", "2025-05-01", "--until", "2025-05-31")
        asked = ("brief", "--topic", "Amber Strait", "--format", "html", *month, "strait")
        page.write_bytes(dragoman(*asked, library=library))
        missing = photographed(page.as_uri(), IMAGES / "briefing.png", 1100)
        with served(*model, library=library) as url:
            missing += photographed(answered(url, WHY), IMAGES / "classes.png", 620)
        return 1 if missing else 0


@contextmanager
def replayed() -> Iterator[tuple[str, ...]]:
    """A server on loopback that replies with WRITTEN, and with the verdicts on it; the flags that name it."""
    with serving() as server:
        sentences = [{"sentence": text, "evidence": [{"passage": 1, "words": words}]} for text, words, _ in WRITTEN]
        server.in_json["answer"] = json.dumps({"found": True, "sentences": sentences})
        verdicts = [*told_apart(), *(verdict(text, said) for text, _, said in WRITTEN)]
        server.in_json["verdicts"] = json.dumps({"verdicts": verdicts})
        yield ("--model", "openai:a-model", "--base-url", server.url)


def command(*arguments: str, library: Path) -> list[str]:
    return [sys.executable, "-m", "bot.cli", *arguments, "--library", str(library)]


def dragoman(*arguments: str, library: Path) -> bytes:
    return subprocess.run(command(*arguments, library=library), cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout


@contextmanager
def served(*flags: str, library: Path) -> Iterator[str]:
    """The address of a `dragoman serve` that answers."""
    port = free_port()
    server = subprocess.Popen(
        command("serve", "--port", str(port), *flags, library=library), cwd=ROOT, stderr=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{port}"
    try:
        while True:
            try:
                httpx.get(f"{url}/readyz", timeout=60)
                break
            except httpx.ConnectError:
                if server.poll() is not None:
                    raise SystemExit("dragoman serve ended at once") from None
                time.sleep(0.1)
        yield url
    finally:
        server.terminate()
        server.wait()


def answered(url: str, question: str) -> str:
    """The address of an answer on the page."""
    return url + httpx.post(f"{url}/ask", data={"q": question}, timeout=60).headers["location"]


def in_terminal(*arguments: str, library: Path) -> str:
    """What a command writes to a terminal of WIDTH columns, escape codes and all."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(ROOT)
        os.environ.update(TERM="xterm-256color", COLUMNS=str(WIDTH), LINES="40")
        os.execv(sys.executable, command(*arguments, library=library))
    shown = b""
    while True:
        try:
            piece = os.read(terminal, 65_536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        shown += piece
    os.waitpid(pid, 0)
    return shown.decode("utf-8", "replace")


def drawn(question: str, text: str) -> str:
    """Terminal output as an SVG picture."""
    from rich.console import Console
    from rich.text import Text

    lines = [line.rsplit("\r", 1)[-1] for line in text.replace("\r\n", "\n").split("\n")]
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    console.print(Text.from_ansi(f'$ dragoman ask "{question}"\n' + "\n".join(lines).strip("\n")))
    return console.export_svg(title="dragoman")


def photographed(address: str, picture: Path, height: int) -> int:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        print(f"no Chromium: {picture.name} was left as it is", file=sys.stderr)
        return 1
    flags = [
        "--headless",
        "--no-sandbox",
        "--hide-scrollbars",
        "--force-prefers-reduced-motion",
        f"--window-size=1000,{height}",
        f"--screenshot={picture}",
    ]
    return subprocess.run([browser, *flags, address], stderr=subprocess.DEVNULL).returncode


if __name__ == "__main__":
    sys.exit(main())
