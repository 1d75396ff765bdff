"""What is seen of a long ingestion: a bar on a terminal, a line now and then anywhere else, each failure once, one summary."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import TextIO, TypeVar

from index.records import AddReport
from index.text.printable import line

BAR = 24  # columns
REDRAW = 0.1  # seconds between two states of the bar
EVERY = 10.0  # seconds between lines where there is no terminal

T = TypeVar("T")


class Progress:
    """Shows on `out` how far `Index.add` or `Index.doctor` is. A context manager, so that the bar is gone at the end."""

    def __init__(self, out: TextIO, paths: Sequence[str] = ()) -> None:
        self.out = out
        self.live = out.isatty()
        self.total = _expected(paths) if self.live else 0
        self.read = 0  # items
        self.told = {"failed": 0, "aside": 0}  # lines that were shown already
        self.due = time.monotonic() + (0 if self.live else EVERY)

    def items(self, items: Iterable[T]) -> Iterator[T]:
        """The same items, counted as they are taken. Those that turn out to be unchanged pass here only."""
        for item in items:
            self.read += 1
            self._draw(_bar(self.read, self.total) if self.live else f"{self.read:,} read")
            yield item
        if self.live:
            self._clear()
            self.out.write(f"{self.read:,} read, finishing")
            self.out.flush()

    def show(self, report: AddReport) -> None:
        """A line for each failure that was not shown yet, and now and then how much waits to be embedded."""
        for kind, lines in (("failed", report.failed), ("aside", report.set_aside)):
            for why in lines[self.told[kind] :]:
                self._clear()
                print(f"{kind:<7} {line(why)}", file=self.out, flush=True)
            self.told[kind] = max(self.told[kind], len(lines))
        if report.waiting:
            read = f"{self.read:,} read, " if self.read else ""
            self._draw(f"{read}{report.waiting:,} passages to embed")

    def _draw(self, text: str) -> None:
        if time.monotonic() < self.due:
            return
        self.due = time.monotonic() + (REDRAW if self.live else EVERY)
        self._clear()
        print(text, end="" if self.live else "\n", file=self.out)
        self.out.flush()

    def _clear(self) -> None:
        if self.live:
            self.out.write("\r\x1b[K")

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._clear()
        self.out.flush()


def _bar(read: int, total: int) -> str:
    if not total:
        return f"{read:,} read"
    share = min(1.0, read / total)
    full = round(BAR * share)
    return f"{'━' * full}{'─' * (BAR - full)} {share:4.0%}  {read:,} read"


def _expected(paths: Sequence[str]) -> int:
    """How many articles the paths look like holding: files, and lines of JSONL. 0 where nobody can know (`-`, URLs)."""
    total = 0
    for name in paths:
        path = Path(name)
        files = path.rglob("*") if path.is_dir() else [path]
        for file in files:
            if file.suffix == ".jsonl" and file.is_file():
                with file.open("rb") as lines:
                    total += sum(1 for _ in lines)
            elif file.is_file():
                total += 1
            elif file == path:
                return 0
    return total
