"""The inputs of a test by the name of their module."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from tests.support.wild import Wild


@pytest.fixture
def wild(request: pytest.FixtureRequest, tmp_path: Path) -> Wild:
    """What the test's `inputs` mark names: @pytest.mark.inputs("a01_…")."""
    mark = request.node.get_closest_marker("inputs")
    assert mark is not None
    return Wild(importlib.import_module(f"tests.index.ingest.wild.inputs.{mark.args[0]}").make, tmp_path)
