"""What an ingestion says while it runs."""

from __future__ import annotations

import io

from bot.cli.progress import Progress
from index.records import AddReport


def test_what_failed_and_what_was_set_aside_is_said_once() -> None:
    out, report = io.StringIO(), AddReport(failed=["a.txt: no such file"])
    with Progress(out) as progress:
        progress.show(report)
        progress.show(AddReport(waiting=3))  # of catching up
        report.include(AddReport(set_aside=["b: set aside"]))
        progress.show(report)
    assert out.getvalue() == "failed  a.txt: no such file\naside   b: set aside\n"


def test_what_fails_after_something_was_set_aside_is_said_and_that_not_again() -> None:
    out, report = io.StringIO(), AddReport(set_aside=["b: set aside"])
    with Progress(out) as progress:
        progress.show(report)
        report.include(AddReport(failed=["a.txt: no such file"]))
        progress.show(report)
        report.include(AddReport(failed=["c.txt: no such file"], set_aside=["d: set aside"]))
        progress.show(report)
    assert out.getvalue().splitlines() == [
        "aside   b: set aside",
        "failed  a.txt: no such file",
        "failed  c.txt: no such file",
        "aside   d: set aside",
    ]
