"""Files that only their owner reads: libraries, state, histories. Articles may be embargoed, questions are somebody's own."""

from __future__ import annotations

import os
from pathlib import Path


def make_private(file: Path) -> None:
    """Make the file, if it is not there, so that only its owner reads and writes it, whatever the umask. Raises OSError.

    One that is there keeps its permissions: a group may have been let in on purpose. SQLite gives its journals those of the
    database.
    """
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        file.chmod(0o600)
    except FileExistsError:
        return
