"""The official conformance suite against /mcp: nothing fails but what `expected_failures.yml` names, with its reason.

It comes from npm and runs under Node 22: CONFORMANCE names its index.js, NODE the node. Skipped where there is none.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.site import Site, site

__all__ = ["site"]


def test_the_official_suite_finds_nothing_new(site: Site, tmp_path: Path) -> None:
    suite, node = os.environ.get("CONFORMANCE", ""), os.environ.get("NODE", "") or shutil.which("node")
    if not suite or not node:
        pytest.skip("needs @modelcontextprotocol/conformance of npm: its dist/index.js in CONFORMANCE, a Node 22 in NODE")
    expected = Path(__file__).with_name("expected_failures.yml")
    command = [
        node,
        suite,
        "server",
        "--url",
        f"{site.url}/mcp",
        "--requirements",
        "2026-07-28",
        "--expected-failures",
        str(expected),
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
