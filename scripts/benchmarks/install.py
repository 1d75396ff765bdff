"""How large an installation is: what Dragoman requires, without extras, in the environment that this runs in.

Megabytes on the disk, in whole blocks: kubernetes alone has thousands of small files. Bytecode is what `pip install` compiles.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterator

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.benchmarks import Figure

BLOCK = 512
LARGE = 9.5  # MB, from which a package is named
UNUSED = ("kubernetes", "tokenizers", "huggingface-hub", "hf-xet")  # chromadb asks for them; docs/deployment.md


def main() -> Iterator[Figure]:
    sizes = {name: _size(name) for name in sorted(_required())}
    plain = sum(size for size, _ in sizes.values())
    yield Figure("packages", len(sizes))
    yield Figure("without bytecode, MB", plain, at_most=650)
    yield Figure("with bytecode, MB", plain + sum(code for _, code in sizes.values()))
    yield Figure("without bytecode and what is for nothing here, MB", plain - sum(sizes[n][0] for n in UNUSED if n in sizes))
    for name, (size, _) in sorted(sizes.items(), key=lambda row: -row[1][0]):
        if size >= LARGE:
            yield Figure(f"{name}, MB", size)


def _required() -> set[str]:
    """What is installed of what Dragoman requires, and what that requires, itself included."""
    found: set[str] = set()
    wanted = ["dragoman"]
    while wanted:
        name = canonicalize_name(wanted.pop())
        if name in found:
            continue
        try:
            requires = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:  # for another platform
            continue
        found.add(name)
        parsed = map(Requirement, requires)
        wanted += [one.name for one in parsed if one.marker is None or one.marker.evaluate({"extra": ""})]
    return found


def _size(name: str) -> tuple[float, float]:
    """MB of a package's files, and of its bytecode."""
    plain = code = 0
    for file in importlib.metadata.files(name) or ():
        path = file.locate()
        if path.is_file():
            blocks = path.stat().st_blocks * BLOCK
            code += blocks * (path.suffix == ".pyc")
            plain += blocks * (path.suffix != ".pyc")
    return plain / 1e6, code / 1e6
