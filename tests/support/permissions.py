"""Permissions of files do not hold for root, as whom tests in a container run: such a test runs itself again where they do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DROPPED = "--bounding-set=-dac_override,-dac_read_search"  # what lets root pass (capabilities(7)); setpriv is of util-linux


def hold(folder: Path) -> bool:
    """Whether permissions hold for this process, tried in a folder."""
    locked = folder / "locked"
    locked.mkdir()
    locked.chmod(0)
    held = not os.access(locked, os.R_OK)
    locked.chmod(0o700)
    locked.rmdir()
    return held


def again(test: pytest.FixtureRequest) -> None:
    """Run the test once more, alone, in a process for which permissions hold. Skips where there is no way to one."""
    setpriv = shutil.which("setpriv")
    if not setpriv or subprocess.run([setpriv, DROPPED, "true"], capture_output=True).returncode:
        pytest.skip("permissions do not hold for root, and there is no setpriv that may drop that")
    command = [setpriv, DROPPED, sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rs", test.node.nodeid]
    run = subprocess.run(command, cwd=test.config.rootpath, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0 and "1 passed" in run.stdout, run.stdout + run.stderr
