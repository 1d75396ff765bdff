"""Speed and memory, as ratios within one run: `python scripts/bench.py SUBJECT… [--before REVISION]`.

A subject is a file of scripts/benchmarks; its `main()` returns rows (figure, value, at most) or `Figure`s. With `--before` the
same measurement is made of the code of an earlier revision too, in a tree of its own, right after ours and so on the same
machine. Exit code 1 if a value is out of its bounds. What people wait for, all of it, an hour on a quiet machine:

    python scripts/bench.py embed cold answer search million ingest install --before REVISION
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts import shared_sets  # noqa: E402
from scripts.benchmarks import Figure  # noqa: E402


def main(argv: list[str]) -> int:
    known = sorted(path.stem for path in (ROOT / "scripts" / "benchmarks").glob("[a-z]*.py"))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("subjects", nargs="+", choices=known, metavar="SUBJECT", help=", ".join(known))
    parser.add_argument("--before", metavar="REVISION", help="measure this earlier code as well")
    parser.add_argument("--json", action="store_true", help=argparse.SUPPRESS)  # how the earlier tree is asked
    args = parser.parse_args(argv)
    missed = 0
    for subject in args.subjects:
        figures = [Figure(*row) for row in importlib.import_module(f"scripts.benchmarks.{subject}").main()]
        if args.json:
            print(json.dumps({figure.name: figure.value for figure in figures}))
            continue
        before = measured_at(args.before, subject) if args.before else {}
        print(f"\n{subject}" + (f"{'now':>{72 - len(subject)}}{args.before[:9]:>10}" if before else ""))
        for figure in figures:
            missed += not figure.holds
            old = f"{before[figure.name]:>10.4g}" if figure.name in before else " " * 10 * bool(before)
            print(f"  {figure.name:<64}{figure.value:>10.4g}{old}  {figure.bounds}", flush=True)
    return 1 if missed else 0


def measured_at(revision: str, subject: str) -> dict[str, float]:
    """Values of the figures by name: today's measurement of an earlier revision's program."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "before"
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", str(tree), revision], cwd=ROOT, check=True)
        try:
            shutil.rmtree(tree / "scripts")
            shutil.copytree(ROOT / "scripts", tree / "scripts")
            command = [sys.executable, "scripts/bench.py", "--json", subject]
            done = subprocess.run(command, cwd=tree, env=os.environ | {"PYTHONPATH": str(tree)}, capture_output=True, text=True)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(tree)], cwd=ROOT, check=True)
    if done.returncode:
        raise SystemExit(f"{revision}: {done.stderr}")
    values: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return values


if __name__ == "__main__":
    with shared_sets.needed():
        raise SystemExit(main(sys.argv[1:]))
