"""Speed and memory, as ratios within one run: `python scripts/bench.py SUBJECT…`, a subject a file of scripts/benchmarks.

A subject's `main()` returns rows (figure, value, at most) or `Figure`s. Exit code 1 if a value is out of its bounds.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.benchmarks import Figure  # noqa: E402


def main(subjects: list[str]) -> int:
    known = sorted(path.stem for path in (ROOT / "scripts" / "benchmarks").glob("[a-z]*.py"))
    if not subjects or not set(subjects) <= set(known):
        print(f"usage: python scripts/bench.py SUBJECT…   subjects: {', '.join(known)}", file=sys.stderr)
        return 2
    missed = 0
    for subject in subjects:
        print(f"\n{subject}")
        for row in importlib.import_module(f"scripts.benchmarks.{subject}").main():
            figure = Figure(*row)
            missed += not figure.holds
            print(f"  {figure.name:<64}{figure.value:>10.4g}  {figure.bounds}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
