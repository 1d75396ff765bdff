"""Briefings as files: a folder of them, and an Atom feed. A file is whole or not there; writing one twice changes nothing."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from bot.delivery.outcomes import NotSent
from bot.records import Briefing
from bot.rendering.atom_feed import atom
from bot.rendering.briefing_html import html
from bot.rendering.briefing_text import as_json, local, markdown
from bot.rendering.json_rows import dumps


def folder(briefing: Briefing, where: str) -> str:
    """Write strait-2026-11-22-0700.md, .html and .json; the path of the page. NotSent if the folder cannot be written."""
    name = f"{briefing.beat}-{local(briefing.until, briefing.timezone):%Y-%m-%d-%H%M}"
    forms = {"md": markdown(briefing), "json": dumps(as_json(briefing)) + "\n", "html": html(briefing)}
    for ending, text in forms.items():
        write(Path(where) / f"{name}.{ending}", text.encode("utf-8", "replace"))
    return str(Path(where) / f"{name}.html")


def feed(beat: str, briefings: Sequence[Briefing], where: str) -> str:
    """Write the feed of a beat with its last briefings, the newest first; its path. NotSent as `folder`."""
    write(Path(where), atom(beat, briefings))
    return where


def write(file: Path, data: bytes) -> None:
    """Put a file in its place in one step. What reads the folder, a web server perhaps, may read it."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(file)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise NotSent(f"{file} cannot be written: {error.strerror}") from None
