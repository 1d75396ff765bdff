"""What a worker does with a batch: each item is read by itself, all are added at once, and one that fails costs itself alone.

    take -> read each -> add together -> done
                |            └ fails: add each by itself
                └ fails, or not whole: a dead letter with the reason

At least once: an item is taken off only after its articles are in the library, where adding the same again changes nothing. An
item that ends its process cannot be told from the others of its batch; so a batch that is taken up again is read item by item,
and one that was tried ATTEMPTS times, or as often met with a server that does not answer, goes to the dead letters unread.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from index.errors import DragomanError, LibraryError, ModelError, SourceError
from index.ingest.http.fetch import FetchError
from index.ingest.http.polite import Web
from index.ingest.queue.items import read
from index.protocols import EmbeddedSink, WorkerLog
from index.records import AddReport, Article
from index.storage.records import ATTEMPTS, QueueItem

LINES = 20  # of a dead letter's reason


class Later(DragomanError):
    """Some items wait for another try: a server did not answer. The job is to be done again."""


class ItemStore(Protocol):
    """Where items are taken from, by number. LibraryError if it cannot be reached."""

    def take(self, numbers: Sequence[int]) -> list[QueueItem]:
        """Those of the items that are still there, each counted as tried once more, before anything is done with it."""
        ...

    def done(self, numbers: Sequence[int]) -> None:
        """Take them off."""
        ...

    def bury(self, number: int, why: str) -> None:
        """Move an item to the dead letters."""
        ...


@dataclass(slots=True)
class BatchReader:
    """Reads batches into a library."""

    store: ItemStore
    sink: EmbeddedSink
    web: Web
    tell: WorkerLog

    def batch(self, numbers: Sequence[int], *, again: bool) -> None:
        """Read a batch; `again`: it was taken up before and not finished. Later or LibraryError: once more."""
        if not again:
            self._read(self.store.take(numbers))
            return
        late: Later | None = None
        for number in numbers:
            for item in self.store.take([number]):
                if item.tries > ATTEMPTS:
                    self._bury(item, f"its worker ended {ATTEMPTS} times while it was being read")
                    continue
                try:
                    self._read([item])
                except Later as error:
                    late = error
        if late:
            raise late

    def _read(self, items: Iterable[QueueItem]) -> None:
        late = list[str]()
        whole = list[_Read]()
        for item in items:
            one = self._item(item)
            if one.transient and item.tries < ATTEMPTS:
                late.append(one.failed[0])
            else:
                whole.append(one)
        late += self._add(whole)
        if late:
            raise Later(f"{len(late)} to be tried again later: {late[0]}")

    def _item(self, item: QueueItem) -> _Read:
        """An item, read. Whatever the reading raises is the item's."""
        one = _Read(item)
        try:
            for got in read(item, self.web):
                if isinstance(got, SourceError):
                    one.failed.append(str(got))
                    one.transient |= isinstance(got, FetchError) and got.transient
                elif not got.text.strip():
                    one.failed.append(f"{got.id}: the text is empty")
                else:
                    one.articles.append(got)
        except Exception as error:  # noqa: BLE001  a poisoned item must not cost the others
            one.failed.append(_why(error))
        one.transient &= not one.articles
        return one

    def _add(self, read: Sequence[_Read]) -> list[str]:
        """Add what was read, and settle its items; why some are to be tried again."""
        try:
            report = self.sink.add_embedded([article for one in read for article in one.articles])
        except LibraryError:
            raise
        except Exception as error:  # noqa: BLE001  likewise: the model may fail on one text
            if len(read) > 1:
                return [line for one in read for line in self._add([one])]
            (one,) = read
            if isinstance(error, ModelError) and one.item.tries < ATTEMPTS:
                return [_why(error)]
            one.failed.append(_why(error))
            report = AddReport()
        for one in read:
            if one.failed:
                self._bury(one.item, "\n".join(one.failed[:LINES]))
        self.store.done([one.item.number for one in read if not one.failed])
        for line in (*report.failed, *report.set_aside):
            self.tell(line, trouble=True)
        if read:
            counts = {name: getattr(report, name) for name in ("new", "changed", "same", "deleted") if getattr(report, name)}
            self.tell(f"{len(read)} read: {', '.join(f'{count} {name}' for name, count in counts.items()) or 'nothing'}")
        return []

    def _bury(self, item: QueueItem, why: str) -> None:
        self.store.bury(item.number, why)
        self.tell(f"{item.name}: {why}", trouble=True)


@dataclass(slots=True)
class _Read:
    """What came of reading an item."""

    item: QueueItem
    articles: list[Article] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    transient: bool = False  # nothing came, and a later try may


def _why(error: Exception) -> str:
    return str(error) if isinstance(error, DragomanError) else f"{type(error).__name__}: {error}"
