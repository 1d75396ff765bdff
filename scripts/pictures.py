"""Make the pictures of the README from the samples: python scripts/pictures.py

docs/images/terminal.svg    an answer as a terminal shows it (a real pseudo-terminal, its colours kept)
docs/images/briefing.png    the page of a briefing, by a headless Chromium where one is installed (Debian: apt install chromium)
"""

from __future__ import annotations

import io
import os
import pty
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
QUESTION = "Was the Astrid Vale in Sanvara's waters?"
WIDTH = 100  # columns


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        library = Path(name) / "library"
        dragoman("ingest", "scripts/samples", library=library)
        IMAGES.mkdir(parents=True, exist_ok=True)
        (IMAGES / "terminal.svg").write_text(drawn(in_terminal("ask", QUESTION, library=library)), encoding="utf-8")
        page = Path(name) / "briefing.html"
        when = ("--since", "2025-05-01", "--until", "2025-05-31")
        page.write_bytes(dragoman("brief", "--topic", "Amber Strait", *when, "--format", "html", "strait", library=library))
        return photographed(page, IMAGES / "briefing.png")


def command(*arguments: str, library: Path) -> list[str]:
    return [sys.executable, "-m", "bot.cli", *arguments, "--library", str(library)]


def dragoman(*arguments: str, library: Path) -> bytes:
    return subprocess.run(command(*arguments, library=library), cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout


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


def drawn(text: str) -> str:
    """Terminal output as an SVG picture."""
    from rich.console import Console
    from rich.text import Text

    lines = [line.rsplit("\r", 1)[-1] for line in text.replace("\r\n", "\n").split("\n")]
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    console.print(Text.from_ansi(f'$ dragoman ask "{QUESTION}"\n' + "\n".join(lines).strip("\n")))
    return console.export_svg(title="dragoman")


def photographed(page: Path, picture: Path) -> int:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        print("no Chromium: briefing.png was left as it is", file=sys.stderr)
        return 1
    flags = ["--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=1000,1100", f"--screenshot={picture}"]
    return subprocess.run([browser, *flags, page.as_uri()], stderr=subprocess.DEVNULL).returncode


if __name__ == "__main__":
    sys.exit(main())
