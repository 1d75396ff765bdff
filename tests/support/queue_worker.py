"""A worker in a process of its own, over a stand-in for the model: python -m tests.support.queue_worker QUEUE LIBRARY SWEEP [WAITS [BURNS]]

A text with "raise me" in it fails in the model, one with "kill me" ends the process there. SWEEP: 0 for none. WAITS: seconds a passage.
BURNS: seconds of CPU a passage.
"""

from __future__ import annotations

import hashlib
import os
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import closing

from index.address import ServerAddress
from index.embedding import e5
from index.index import Index
from index.ingest.http.polite import Web
from index.ingest.queue.reading import BatchReader
from index.storage.postgres.queue import Queue
from index.storage.postgres.worker import Pulse, run
from tests.support.embedding import HashEmbeddings


class Poisoned(HashEmbeddings):
    """The stand-in, with texts that it cannot bear."""

    def __init__(self, waits: float, burns: float) -> None:
        self.waits, self.burns = waits, burns

    def embed_documents(self, texts: Sequence[str]) -> e5.Floats:
        for text in texts:
            time.sleep(self.waits)
            end = time.thread_time() + self.burns
            while time.thread_time() < end:
                hashlib.sha256(bytes(65_536)).digest()  # without the interpreter's lock, as a model
            if "kill me" in text:
                os.kill(os.getpid(), signal.SIGKILL)
            if "raise me" in text:
                raise ValueError("no vector for this")
        return super().embed_documents(texts)


def main(queue: str, library: str, sweep: float, waits: float = 0.002, burns: float = 0.0) -> None:
    def tell(text: str, *, trouble: bool = False) -> None:
        print(text, flush=True)  # noqa: T201

    with closing(Queue(ServerAddress(queue))) as line, Index(library, embeddings=Poisoned(waits, burns)) as index:
        reader = BatchReader(line, index, Web(), tell)
        tell("ready")
        run(line, lambda numbers, again: reader.batch(numbers, again=again), tell=tell, pulse=Pulse(0.2, 1.5, sweep))


if __name__ == "__main__":
    main(*sys.argv[1:3], *map(float, sys.argv[3:]))
