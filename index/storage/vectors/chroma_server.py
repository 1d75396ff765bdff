"""One collection on a Chroma server: ids and vectors of one library, which any number of machines share.

Its API is spoken here, over httpx: importing chromadb costs a second in every process, its client waits for ever, reads a file
.env where it is started, and builds the embedding function that a collection names. `chroma.py` has the one in a folder.

What a server answers is data of somebody else: ids are looked up in the library before anybody sees them.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from index.address import ChromaAddress
from index.errors import LibraryError
from index.storage.vectors.chroma import GRAPH, foreign_functions

if TYPE_CHECKING:
    import httpx
    import numpy as np
    from numpy.typing import NDArray

CONNECT = 3.0  # seconds to reach it
ANSWER = 10.0  # seconds for the answer to a question
WRITE = 120.0  # seconds for a batch to be written
BATCH = 1_000  # records a call: 2 MB
LISTED = 10_000  # ids a call


class Unavailable(LibraryError):
    """The server cannot be asked now; all that it holds can be read, and found, in the library itself."""


class Gone(Unavailable):
    """The collection is not there, or no longer."""


@dataclass(frozen=True, slots=True)
class Collection:
    """What a server says of a collection."""

    id: str
    dimension: int  # 0: it is empty


class ChromaServer:
    """A named collection on a server. Safe in threads; connects when first asked. Unavailable where it cannot be."""

    def __init__(self, address: ChromaAddress, name: str) -> None:
        self.address, self.name = address, name

    def open(self) -> Collection:
        """The collection, made if there is none. LibraryError if somebody else made it."""
        made = {"name": self.name, "get_or_create": True, "configuration": {"hnsw": GRAPH}}
        return self._checked(self._post("", made))

    def look(self) -> Collection | None:
        """The collection, None if there is none. LibraryError if somebody else made it."""
        try:
            return self._checked(self._get(f"/{self.name}"))
        except Gone:
            return None

    def drop(self) -> None:
        """Remove the collection, whoever made it; none is no error."""
        try:
            self._ask("DELETE", f"/{self.name}", timeout=WRITE)
        except Gone:
            return

    def put(self, collection: str, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Add or replace vectors (len(ids), dimension)."""
        for at in range(0, len(ids), BATCH):
            part = vectors[at : at + BATCH].astype("<f4")
            encoded = [base64.b64encode(vector.tobytes()).decode() for vector in part]
            sent = {"ids": list(ids[at : at + BATCH]), "embeddings": encoded if self._base64 else part.tolist()}
            self._post(f"/{collection}/upsert", sent, timeout=WRITE)

    def forget(self, collection: str, ids: Sequence[str]) -> None:
        """Remove vectors; ids that are not there are no error."""
        for at in range(0, len(ids), BATCH):
            self._post(f"/{collection}/delete", {"ids": list(ids[at : at + BATCH])}, timeout=WRITE)

    def nearest(self, collection: str, vector: NDArray[np.float32], k: int) -> list[str]:
        """The ids of the k nearest by cosine, nearest first."""
        asked = {"query_embeddings": [vector.tolist()], "n_results": k, "include": []}
        answer = self._post(f"/{collection}/query", asked)
        held = answer.get("ids") if isinstance(answer, dict) else None
        return self._texts(held[0] if isinstance(held, list) and held else None)

    def count(self, collection: str) -> int:
        """How many vectors there are."""
        return int(self._get(f"/{collection}/count"))

    def ids(self, collection: str) -> Iterator[str]:
        """All ids."""
        at = 0
        while some := self._held(self._post(f"/{collection}/get", {"limit": LISTED, "offset": at, "include": []})):
            yield from some
            at += len(some)

    def vectors(self, collection: str, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors of those of the ids that are there."""
        import numpy as np

        found: dict[str, NDArray[np.float32]] = {}
        for at in range(0, len(ids), BATCH):
            answer = self._post(f"/{collection}/get", {"ids": list(ids[at : at + BATCH]), "include": ["embeddings"]})
            found |= zip(self._held(answer), np.asarray(answer["embeddings"] or [], np.float32), strict=True)
        return found

    def close(self) -> None:
        """Close its connections."""
        if "_client" in self.__dict__:
            self._client.close()

    # Asking

    @cached_property
    def _client(self) -> httpx.Client:
        import httpx

        token = self.address.token  # Chroma Cloud's header, and that of whatever stands before another server
        headers = {"Authorization": f"Bearer {token}", "X-Chroma-Token": token} if token else {}
        return httpx.Client(headers=headers, timeout=httpx.Timeout(ANSWER, connect=CONNECT))

    @cached_property
    def _base64(self) -> bool:
        """Whether it takes vectors as bytes: a quarter of the length of their numbers."""
        checks = self._ask("GET", f"{self.address.base}/pre-flight-checks")
        return isinstance(checks, dict) and checks.get("supports_base64_encoding") is True

    def _get(self, path: str) -> Any:
        return self._ask("GET", path)

    def _post(self, path: str, sent: object, *, timeout: float = ANSWER) -> Any:
        return self._ask("POST", path, sent, timeout=timeout)

    def _ask(self, method: str, path: str, sent: object = None, *, timeout: float = ANSWER) -> Any:
        """What it answers. `path`: below its collections, or a whole address."""
        import httpx

        below = f"{self.address.base}/tenants/{self.address.tenant}/databases/{self.address.database}/collections"
        url = path if path.startswith(self.address.base) else below + path
        try:
            wait = httpx.Timeout(timeout, connect=CONNECT)
            response = self._client.request(method, url, json=sent, timeout=wait)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            why = "it does not answer" if isinstance(error, httpx.TimeoutException) else _line(str(error))
            raise Unavailable(f"The Chroma server {self.address} cannot be reached ({why}). Is it running?") from error
        if response.is_success:
            try:
                return response.json()
            except ValueError:
                raise self._other() from None
        raise self._refused(response)

    def _refused(self, response: httpx.Response) -> LibraryError:
        """What an answer with an error is for people."""
        why = _line(_message(response))
        if response.status_code in (401, 403):
            return Unavailable(
                f"The Chroma server {self.address} does not let us in ({why}). Put its token into DRAGOMAN_CHROMA_TOKEN."
            )
        if response.status_code == 404:
            return Gone(f"The Chroma server {self.address} lacks the collection {self.name}. Run: dragoman doctor")
        return Unavailable(f"The Chroma server {self.address} answers {response.status_code} ({why}). Look into its log.")

    def _checked(self, said: Any) -> Collection:
        """A collection as the server describes it. Somebody else's is refused."""
        if not isinstance(said, dict) or not re.fullmatch(r"[0-9a-fA-F-]{36}", str(said.get("id"))):
            raise self._other()
        config = said.get("configuration_json")
        space = ((config.get("hnsw") or config.get("spann") or {}) if isinstance(config, dict) else {}).get("space", "")
        for foreign in [*foreign_functions([config, said.get("schema")]), *([f"distance {space}"] * (space != GRAPH["space"]))]:
            raise LibraryError(
                f"The collection {self.name} on {self.address} was made by somebody else: it has {_line(foreign)!r}, which "
                "Dragoman never asks for. To replace it, run: dragoman doctor --rebuild"
            )
        return Collection(said["id"], int(said.get("dimension") or 0))

    def _held(self, answer: Any) -> list[str]:
        return self._texts(answer.get("ids") if isinstance(answer, dict) else None)

    def _texts(self, ids: Any) -> list[str]:
        if not isinstance(ids, list) or not all(isinstance(id, str) for id in ids):
            raise self._other()
        return ids

    def _other(self) -> Unavailable:
        return Unavailable(f"What answers at {self.address} is no Chroma server. Check the setting chroma.")


def _message(response: httpx.Response) -> str:
    """What an error says, as Chroma writes it."""
    try:
        said = response.json()
    except ValueError:
        said = None
    return str(said.get("message") or "") if isinstance(said, dict) else response.reason_phrase


def _line(text: str) -> str:
    """A foreign text on one line."""
    return "".join(c if c.isprintable() else " " for c in (text.strip().splitlines() or ["no reason given"])[0])[:200].rstrip(
        "."
    )
