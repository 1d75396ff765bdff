"""Run cases made from bug reports against this checkout, and judge what it prints.

    python scripts/cases.py [FOLDER] [--only NAME...] [--jobs N] [--out DIR] [--limit S] [--summary] [--checkout DIR]

FOLDER holds a folder for each case with its `cmd.sh`, which prints what the product does (default: `shared/cases`, in the
checkout or above it). A case runs in a home of its own, with the checkout's `dragoman` and this Python on PATH, for at most
`--limit` seconds. `--only` takes names or their beginnings, `--out` keeps what each case prints, `--checkout` tries another
checkout.

What a case must print is in `tests/cases_checks.toml`, a table a case, from what its `expected.txt` says in words:

    has = [...], lacks = [...]      regular expressions that must, must not, be found (^ and $ are a line's ends)
    counts = { 'regex' = 3 }        how often one is found: so often, or [least, most]
    either = [{...}, {...}]         tables like this one, of which one must hold
    parts = [{ from = , until = , ... }]   a table for what stands after `from` and before `until` (else to the end)

No case may time out or end in a traceback. Exits 1 if a check fails, 0 otherwise.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CHECKS = ROOT / "tests/cases_checks.toml"
KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TERM", "TZ", "SSL_CERT_FILE")  # no key, no proxy, no setting of the user's own
ALWAYS = {"lacks": [r"^Traceback \(most recent call last\)"]}
KEYS = {"has", "lacks", "counts", "either", "parts", "from", "until"}

Checks = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a case printed, stdout and stderr together."""

    text: str
    seconds: float
    code: int | None
    """Exit code of cmd.sh; None: it was stopped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A case and the checks it did not pass."""

    name: str
    ran: Ran
    checks: int
    failed: list[str]
    judged: bool


def judge(checks: Checks, text: str) -> tuple[int, list[str]]:
    """How many checks there are, and a line for each that fails."""
    if unknown := set(checks) - KEYS:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    found = [("has not", pattern, _count(pattern, text) > 0) for pattern in checks.get("has", [])]
    found += [("has", pattern, _count(pattern, text) == 0) for pattern in checks.get("lacks", [])]
    for pattern, wanted in checks.get("counts", {}).items():
        least, most = wanted if isinstance(wanted, list) else (wanted, wanted)
        times, often = _count(pattern, text), f"{least}" if least == most else f"{least} to {most}"
        found.append((f"{times} times, not {often}:", pattern, least <= times <= most))
    failed = [f"{what} {pattern}" for what, pattern, right in found if not right]
    number = len(found)
    if ways := checks.get("either"):
        lost = [judge(way, text)[1] for way in ways]
        number += 1
        failed += [] if not all(lost) else ["neither: " + " | ".join("; ".join(lines) for lines in lost)]
    for part in checks.get("parts", []):
        rest = _part(part, text)
        more, lines = judge(part, rest or "")
        number += 1 + more
        failed += [f"has not {part['from']}"] if rest is None else []
        failed += [f"after {part['from']}: {line}" for line in lines]
    return number, failed


def _count(pattern: str, text: str) -> int:
    return sum(1 for _ in re.finditer(pattern, text, re.MULTILINE))


def _part(part: Checks, text: str) -> str | None:
    start = re.search(part["from"], text, re.MULTILINE)
    if start is None:
        return None
    rest = text[start.end() :]
    end = re.search(part["until"], rest, re.MULTILINE) if "until" in part else None
    return rest[: end.start()] if end else rest


def read_checks(file: Path) -> dict[str, Checks]:
    """The table of each case; a mistake in one is told before anything runs."""
    tables: dict[str, Checks] = tomllib.loads(file.read_text(encoding="utf-8"))
    for name, checks in tables.items():
        try:
            judge(checks, "")
        except (re.error, KeyError, TypeError, ValueError) as error:
            raise SystemExit(f"{file}: {name}: {error}") from error
    return tables


def probe(checkout: Path) -> None:
    """End here if the checkout's dragoman does not start: every case would fail for that alone."""
    env = os.environ | {"PYTHONPATH": str(checkout), "PYTHONDONTWRITEBYTECODE": "1"}
    tried = subprocess.run([sys.executable, "-P", "-m", "bot.cli", "--help"], env=env, capture_output=True, text=True)
    if tried.returncode:
        raise SystemExit(f"dragoman of {checkout} does not start:\n{tried.stderr}")


def shims(folder: Path, checkout: Path) -> None:
    """Commands for PATH: the checkout's `dragoman`, and the Python that has what it needs."""
    folder.mkdir()
    python = shlex.quote(sys.executable)
    for name, command in {"dragoman": f"{python} -P -m bot.cli", "python": python, "python3": python}.items():
        file = folder / name
        file.write_text(f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(checkout))} exec {command} "$@"\n', encoding="utf-8")
        file.chmod(0o755)


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of a case: its own home and temporary folder, and little else."""
    homes = {"HOME": "home", "TMPDIR": "tmp", "XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data"}
    homes |= {"XDG_CACHE_HOME": "cache", "XDG_STATE_HOME": "state"}
    env = {name: os.environ[name] for name in KEPT if name in os.environ} | {"LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    for name, part in homes.items():
        (folder / part).mkdir()
        env[name] = str(folder / part)
    return env | {"PATH": os.pathsep.join([str(folder / "bin"), env.get("PATH", os.defpath)])}


def run(case: Path, checkout: Path, limit: float) -> Ran:
    """The case's cmd.sh in a fresh folder; what it started is ended with it."""
    with tempfile.TemporaryDirectory(prefix="case-", ignore_cleanup_errors=True) as scratch:
        folder = Path(scratch)
        env = surroundings(folder)
        shims(folder / "bin", checkout)
        printed, started = folder / "printed", time.monotonic()
        with printed.open("wb") as file:
            process = subprocess.Popen(
                ["bash", str(case / "cmd.sh")],
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                env=env,
                start_new_session=True,
            )
            code: int | None = None
            try:
                code = process.wait(limit)
            except subprocess.TimeoutExpired:
                pass
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        seconds = time.monotonic() - started
        return Ran(text=printed.read_text(encoding="utf-8", errors="replace"), seconds=seconds, code=code)


def verdict(name: str, ran: Ran, checks: Checks | None) -> Verdict:
    """The case's own checks, and those of every case."""
    number, failed = judge(ALWAYS, ran.text)
    if checks is not None:
        more, lines = judge(checks, ran.text)
        number, failed = number + more, failed + lines
    if ran.code is None:
        failed.append(f"stopped after {ran.seconds:.0f} s")
    return Verdict(name=name, ran=ran, checks=number + 1, failed=failed, judged=checks is not None)


def row(one: Verdict) -> str:
    """A line of the table, and a line for each failed check."""
    passed, code = one.checks - len(one.failed), "-" if one.ran.code is None else one.ran.code
    word = "failed" if one.failed else "passed" if one.judged else "no checks"
    first = f"{one.name:<44} {one.ran.seconds:>7.1f} {code:>4} {passed:>6}/{one.checks:<3} {word}"
    return "\n".join([first, *(f"    {line}" for line in one.failed)])


def chosen(folder: Path, only: list[str] | None) -> list[Path]:
    """The folder's cases in order, those asked for."""
    every = sorted(file.parent for file in folder.glob("*/cmd.sh"))
    if only is None:
        return every
    if strange := [name for name in only if not any(case.name.startswith(name) for case in every)]:
        raise SystemExit(f"no such case in {folder}: {', '.join(strange)}")
    return [case for case in every if any(case.name.startswith(name) for name in only)]


def default_folder() -> Path:
    """shared/cases of the checkout or of the nearest folder above it."""
    places = [place / "shared/cases" for place in (ROOT, *ROOT.parents)]
    return next((place for place in places if place.is_dir()), places[0])


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=default_folder(), help="folder of the cases")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="cases whose names begin so")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="cases at a time")
    parser.add_argument("--out", type=Path, metavar="DIR", help="keep each case's output as DIR/NAME.txt")
    parser.add_argument("--limit", type=float, default=300, metavar="S", help="seconds a case may take")
    parser.add_argument("--summary", action="store_true", help="print one line")
    parser.add_argument("--checkout", type=Path, default=ROOT, metavar="DIR", help="checkout that is tried")
    return parser.parse_args()


def main() -> int:
    args = arguments()
    cases, checks = chosen(args.folder.resolve(), args.only), read_checks(CHECKS)
    if not cases:
        raise SystemExit(f"no cases in {args.folder}")
    probe(args.checkout.resolve())
    if args.out:
        args.out.mkdir(parents=True, exist_ok=True)

    def one(case: Path) -> Verdict:
        ran = run(case, args.checkout.resolve(), args.limit)
        if args.out:
            (args.out / f"{case.name}.txt").write_text(ran.text, encoding="utf-8")
        return verdict(case.name, ran, checks.get(case.name))

    verdicts = []
    with ThreadPoolExecutor(max(1, args.jobs)) as pool:
        if not args.summary:
            print(f"{'case':<44} {'seconds':>7} {'exit':>4} {'checks':>10}")
        for result in pool.map(one, cases):
            verdicts.append(result)
            if not args.summary:
                print(row(result), flush=True)
    failed, unjudged = sum(bool(v.failed) for v in verdicts), sum(not v.judged and not v.failed for v in verdicts)
    rest = f", {unjudged} without checks" if unjudged else ""
    print(f"{len(verdicts) - failed - unjudged} passed, {failed} failed{rest}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
