"""Measure quality on public sets, one table, exit 1 below a floor: python scripts/eval.py [SUBJECT…] [--sample]

SUBJECT: a file of scripts/evals (retrieval, extraction, dedupe, …); all of them by default. --sample is quick enough for CI.
"""

from __future__ import annotations

import argparse
import errno
import importlib
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

import shared_sets  # noqa: E402


def main() -> int:
    known = sorted(file.stem for file in (ROOT / "scripts/evals").glob("*.py") if file.stem != "__init__")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("subject", nargs="*", choices=[*known, []], help="what to measure")
    parser.add_argument("--sample", action="store_true", help="part of the questions; floors allow for chance")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="the folder with the sets")
    parser.add_argument("--postgres", action="store_true", help="retrieval: over libraries in a PostgreSQL server of its own")
    given = parser.parse_args()
    if not given.shared.is_dir():
        raise FileNotFoundError(errno.ENOENT, "no such folder", str(given.shared))
    if given.postgres:
        from evals import retrieval

        from tests.support import postgres

        retrieval.kept = postgres.library_for_a_while
    failed = 0
    print("| set | measure | value | floor | ok |\n|---|---|---|---|---|")
    for subject in given.subject or known:
        started = time.monotonic()
        for name, measure, value, floor in importlib.import_module(f"evals.{subject}").run(given.shared, given.sample):
            ok = floor is None or value >= floor - 0.0005  # three places are what we state
            failed += not ok
            against = "| |" if floor is None else f"{floor:.3f} | {'yes' if ok else 'NO'} |"
            print(f"| {name} | {measure} | {value:.3f} | {against}", flush=True)
        print(f"{subject}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    if failed:
        print(f"{failed} below their floor", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    with shared_sets.needed():
        sys.exit(main())
