"""Names that a stranger relies on: one class for one name, functions that fit a screen, files that exist."""

from __future__ import annotations

import ast
import re
from collections import defaultdict

import pytest

from tests.support import ROOT

LONGEST = 60  # lines of a function
TREES = {
    str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8"))
    for package in ("bot", "index")
    for path in sorted((ROOT / package).rglob("*.py"))
}

FILES = {path.name for folder in ("bot", "index", "scripts", "tests") for path in (ROOT / folder).rglob("*.py")}
ELSEWHERE = {"tiktoken_ext/openai_public.py"}


def test_a_public_class_name_stands_for_one_class() -> None:
    homes: dict[str, list[str]] = defaultdict(list)
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(path)
    assert len(homes) > 100
    assert {name: paths for name, paths in homes.items() if len(paths) > 1} == {}


@pytest.mark.parametrize("path", TREES)
def test_a_function_fits_a_screen(path: str) -> None:
    functions = [node for node in ast.walk(TREES[path]) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    lines = {node.name: node.end_lineno - node.lineno + 1 for node in functions if node.end_lineno}
    assert {name: count for name, count in lines.items() if count > LONGEST} == {}


@pytest.mark.parametrize("path", TREES)
def test_files_named_in_code_exist(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    for name in re.findall(r"(?<![\w/.])[\w/]+\.py\b", text):
        assert name in FILES or name in ELSEWHERE or (ROOT / name).exists(), name
