"""The sets that lie beside the checkout (`../shared`) and are no part of it: a script that lacks one says so in a line."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def needed() -> Iterator[None]:
    """A file that is missing outside the checkout ends the program with one line and exit code 1."""
    try:
        yield
    except FileNotFoundError as error:
        missing = Path(error.filename or ROOT).absolute()
        if any(missing.is_relative_to(place) for place in (ROOT, tempfile.gettempdir())):
            raise
        raise SystemExit(
            f"{missing} is not there: this measures over the developers' sets, which are no part of the repository"
            " (../shared, or the folder of --shared); see CONTRIBUTING.md"
        ) from None
