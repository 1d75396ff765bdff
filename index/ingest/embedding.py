"""What waits for its vector gets it, behind whoever adds: the last to come in first, by one thread.

    storage.to_embed -> vectors -> storage.embed, again and again until nothing waits that nobody else has in hands

What waits stands in the library, so that a run that goes on after a killed one does what any run does, and one thing
more: it finds out whose text has ended a process (attempts.py).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from index.errors import LibraryError, ModelError
from index.ingest.attempts import Trials
from index.records import Embeddings, Passage, passage_id
from index.storage.protocol import Storage
from index.storage.records import KnownArticle, Model, Prepared

if TYPE_CHECKING:
    from numpy.typing import NDArray

TAKEN = 256  # passages and titles that are taken in hand at a time, by a model that does not manage more in WRITE
MOST = 2_048  # the same of one that does: a write costs as much as the stand-in of a model takes for 200
PART = 64  # of those embedded at a time
WRITE = 1.0  # seconds after which what is embedded is written: so much work is lost when killed. And between two writes
OFTEN = 3  # texts in a row that the model fails on before it is taken to fail on all
LOOK = 0.2  # seconds between two looks at what somebody else has in hands
SOME = 1_000  # articles asked for at a time


class Embedder:
    """Embeds what waits in one library. Methods may be called from any thread."""

    def __init__(self, storage: Storage, model: Callable[[], Embeddings]) -> None:
        """`model` is called when there is something to embed."""
        self._storage = storage
        self._trials = Trials(storage, PART)
        self._model = model
        self._turn = threading.Condition()
        self._thread: threading.Thread | None = None
        self._asked = False  # since the thread last looked
        self._awaited = 0  # callers who wait for the thread
        self._taken = TAKEN
        self._written = -WRITE  # when, by the monotonic clock
        self._stopped = False
        self._failed: dict[str, Exception] = {}  # article -> why the model cannot embed it: found by words alone
        self._broken: BaseException | None = None  # why the thread ended

    def anew(self) -> None:
        """Try again what the model failed on before."""
        with self._turn:
            self._broken = None
        self._failed.clear()

    def before(self, given: Sequence[Prepared], known: Mapping[str, KnownArticle]) -> tuple[list[str], NDArray[np.float16]]:
        """The ids and vectors of what is to be written, (passages, dimension). Raises what the model raises."""
        ids: list[str] = []
        texts: list[str] = []
        for one in given:
            article, before = one.article, known.get(one.article.id)
            version = before.version + (before.hash != article.hash) if before else 1
            for start, end in one.spans:
                ids.append(passage_id(article.id, version, start, end))
                texts.append(passage_text(article.title, article.text[start:end]))
        parts = [vectors(texts[at : at + PART], self._model()) for at in range(0, len(texts), PART)]
        return ids, np.concatenate(parts) if parts else np.zeros((0, 0), np.float16)

    def made_by(self, made: NDArray[np.float16]) -> Model:
        """The model that made these vectors."""
        return Model(model_name(self._model()), made.shape[1])

    def own(self, articles: Collection[str]) -> None:
        """These articles are put by this process: nobody has left them."""
        self._trials.own(articles)

    def start(self) -> None:
        """See to it that what waits gets embedded."""
        with self._turn:
            self._asked = True
            if self._thread is None and self._broken is None and not self._stopped:
                self._thread = threading.Thread(target=self._run, name="embed", daemon=True)
                self._thread.start()

    def finish(self, articles: Sequence[str], tell: Callable[[], object] = lambda: None) -> None:
        """Return when none of some articles waits, whoever embeds it. `tell` is called now and then.

        Raises what the model or the library raised, when all that can be embedded is.
        """
        with self._at_once():
            self._finish(articles, tell)

    def _finish(self, articles: Sequence[str], tell: Callable[[], object]) -> None:
        for at in range(0, len(articles), SOME):
            some = articles[at : at + SOME]
            while self._storage.waiting([id for id in some if id not in self._failed]):
                self.start()
                self._look()
                tell()
        if not self._storage.waiting():
            self._ended()
        if failed := next((error for id in articles if (error := self._failed.get(id))), None):
            raise failed

    def finish_all(self, tell: Callable[[], object] = lambda: None) -> None:
        """Return when nothing waits that nobody else has in hands. Raises like `finish`."""
        self.anew()
        self.start()
        with self._at_once():
            while self._busy:
                self._look()
                tell()
        self._raise()
        if failed := next(iter(self._failed.values()), None):
            raise failed

    def finish_suspects(self) -> None:
        """Return when no suspect waits that can be embedded and nobody else has in hands; all else goes on behind that.

        What the model raises is kept.
        """
        suspects = self._storage.attempts.suspects()
        self._trials.suspects_first = True
        self.start()
        try:
            with self._at_once():
                while self._busy and self._storage.waiting([id for id in suspects if id not in self._failed]):
                    with self._turn:
                        self._turn.wait(LOOK)
        finally:
            self._trials.suspects_first = False

    def newly_set_aside(self) -> list[str]:
        """The articles that were set aside here since this was last called."""
        with self._turn:
            ids = list(self._trials.aside)
            del self._trials.aside[: len(ids)]
        return ids

    def stop(self) -> None:
        """End, after what is being embedded. What waits goes on waiting."""
        with self._turn:
            self._stopped = True
            self._turn.notify_all()
        self._ended()

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        """Inside, the thread waits for nothing more to come."""
        with self._turn:
            self._awaited += 1
            self._turn.notify_all()
        try:
            yield
        finally:
            with self._turn:
                self._awaited -= 1

    # The thread

    @property
    def _busy(self) -> bool:
        with self._turn:
            return self._thread is not None

    def _ended(self) -> None:
        with self._turn:
            thread = self._thread
        if thread is not None:
            thread.join()

    def _look(self) -> None:
        """Wait for a batch, or for somebody else's. Raises what ended the thread."""
        with self._turn:
            if self._stopped:
                raise LibraryError(
                    "The library was closed while articles waited to be embedded. Whoever opens it next goes on."
                )
            self._turn.wait(LOOK)
        self._raise()

    def _raise(self) -> None:
        with self._turn:
            broken, self._broken = self._broken, None
        if broken:
            raise broken

    def _run(self) -> None:
        try:
            while True:
                with self._turn:
                    self._asked = False
                while not self._stopped and self._batch():
                    with self._turn:
                        self._turn.notify_all()
                with self._turn:  # few and large writes: more may come meanwhile
                    pause = self._written + WRITE - time.monotonic()
                    self._turn.wait_for(lambda: self._stopped or self._awaited, max(0.0, pause))
                    if self._stopped or not self._asked:
                        self._thread = None
                        self._turn.notify_all()
                        return
        except BaseException as error:  # noqa: BLE001  raised where somebody waits
            with self._turn:
                self._broken, self._thread = error, None
                self._turn.notify_all()

    def _batch(self) -> bool:
        """Embed for WRITE seconds, and write that. Whether more waits."""
        with self._storage.to_embed(self._taken, tuple(self._failed), suspects_first=self._trials.suspects_first) as waiting:
            end = time.monotonic() + WRITE
            passages: list[Passage] = []
            made: list[NDArray[np.float16]] = []
            try:
                for group in self._trials.groups(waiting):
                    self._trials.begin(group)
                    for some, of in self._embedded(group):
                        passages += some
                        made.append(of)
                    if self._stopped or time.monotonic() >= end:
                        break
            finally:
                self._trials.end(passages)
            if passages:
                vectors = np.concatenate(made)
                self._storage.embed([passage.id for passage in passages], vectors, self.made_by(vectors))
                self._written = time.monotonic()
            if len(passages) < len(waiting):
                self._taken = TAKEN
                return True
            full = len(waiting) == self._taken
            self._taken = min(MOST, 2 * self._taken) if full else self._taken
            return full

    def _embedded(self, passages: list[Passage]) -> list[tuple[list[Passage], NDArray[np.float16]]]:
        """Passages with their vectors; article by article where the model fails on one. Raises where it fails on all."""
        try:
            return [(passages, vectors(_texts(passages), self._model()))]
        except Exception:  # noqa: BLE001  a model may raise anything
            return self._one_by_one(passages)

    def _one_by_one(self, passages: list[Passage]) -> list[tuple[list[Passage], NDArray[np.float16]]]:
        made: list[tuple[list[Passage], NDArray[np.float16]]] = []
        failed: dict[str, Exception] = {}
        for article, of in groupby(passages, key=lambda passage: passage.article_id):
            some = list(of)
            try:
                made.append((some, vectors(_texts(some), self._model())))
            except Exception as error:
                failed[article] = error
                if len(failed) >= OFTEN and not made:
                    raise
        self._failed |= failed
        return made


def _texts(passages: Sequence[Passage]) -> list[str]:
    return [passage_text(passage.title, passage.text) for passage in passages]


def passage_text(title: str, text: str) -> str:
    """What is embedded of a passage: the title in front of it, unless it begins with that; of no text the title alone.

    "Super_Bowl_50", as files and Wikipedia have it, is read as three words: they are what the model knows (scripts/LOG.md).
    """
    return text if not title or text.startswith(title) else f"{title.replace('_', ' ')}\n{text}".strip()


def vectors(texts: list[str], model: Embeddings) -> NDArray[np.float16]:
    """Normalised float16 vectors, (len(texts), dimension): rounded once, here, so that Chroma and a rebuild get the very same
    values. ModelError where the model gives something else."""
    made = np.asarray(model.embed_documents(texts), dtype=np.float32)
    if made.ndim != 2 or len(made) != len(texts) or not np.isfinite(made).all():
        raise ModelError(f"The embedding model {model_name(model)} returned {made.shape} for {len(texts)} texts.")
    lengths = np.linalg.norm(made, axis=1, keepdims=True)
    rounded: NDArray[np.float16] = (made / np.maximum(lengths, 1e-12)).astype(np.float16)
    return rounded


def model_name(model: Embeddings) -> str:
    """The name of an embedding model, as a library records it."""
    name = getattr(model, "name", None) or getattr(model, "model", None)
    return str(name or f"{type(model).__module__}.{type(model).__qualname__}")
