"""Models of others, by name: "openai:gpt-4o-mini" -> Chat or Embeddings. The only file that imports langchain and openai.

Their imports cost 4 s, so they are made when a model is first made. Whatever goes wrong comes out as ModelError, one line.
Replies are read in one thread of their own, by asyncio: a call that is cancelled there closes its connection at once, even
while the server is silent, so that no server goes on computing for nobody.
"""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from index.errors import ModelError, SettingsError, Stopped

if TYPE_CHECKING:
    import asyncio
    import queue
    import threading

    from index.records import Embeddings

LOOPBACK = ("127.0.0.1", "localhost", "::1")
GLANCE = 0.1  # seconds between two looks at whether a waiting call was stopped


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat model that streams. `name` is what an Answer shows as its generator."""

    name: str
    where: str  # host of the server, for messages; "" where the provider decides
    _model: Any

    def stream(self, prompt: str, *, seconds: float = 600.0, stop: threading.Event | None = None) -> Generator[str, None, None]:
        """The reply in pieces. Ending the iteration, or an exception in it, ends the call.

        ModelError when the server refuses, fails, stalls, closes before the end or has not finished after `seconds`;
        Stopped when `stop` is set meanwhile.
        """
        import asyncio
        import queue

        pieces: queue.Queue[str | ModelError | None] = queue.Queue()
        reading = asyncio.run_coroutine_threadsafe(self._read(prompt, pieces), _loop(os.getpid()))
        deadline = time.monotonic() + seconds
        try:
            while True:
                if stop is not None and stop.is_set():
                    raise Stopped("stopped")
                try:
                    piece = pieces.get(timeout=min(GLANCE, max(0.0, deadline - time.monotonic())))
                except queue.Empty:
                    if time.monotonic() < deadline:
                        continue
                    raise ModelError(f"{self.name}: did not finish within {seconds:g} s") from None
                if piece is None:
                    return
                if isinstance(piece, ModelError):
                    raise piece
                yield piece
        finally:
            reading.cancel()

    async def _read(self, prompt: str, pieces: queue.Queue[str | ModelError | None]) -> None:
        import asyncio
        from contextlib import aclosing

        finished = False
        task = asyncio.current_task()
        try:
            async with aclosing(self._model.astream([("human", prompt)])) as chunks:
                async for chunk in chunks:
                    if task is not None and task.cancelling():
                        return  # asyncio.wait_for below us can lose a cancellation: https://github.com/python/cpython/issues/86296
                    text = chunk.content if isinstance(chunk.content, str) else "".join(_texts(chunk.content))
                    finished = finished or bool(chunk.response_metadata.get("finish_reason"))
                    if text:
                        pieces.put(text)
        except Exception as error:  # noqa: BLE001  the border: every provider raises classes of its own
            pieces.put(translated(error, self.name, self.where))
            return
        where = self.where or "the provider"
        broken = ModelError(f"{self.name}: the answer broke off; the server at {where} closed the connection")
        pieces.put(None if finished else broken)


@cache
def _loop(process: int) -> asyncio.AbstractEventLoop:
    """The loop that reads replies, in a daemon thread of `process`: a child made by fork starts its own."""
    import asyncio
    import threading

    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="models", daemon=True).start()
    return loop


def chat_model(name: str, *, base_url: str = "", api_key: str = "", timeout: float = 60.0) -> Chat:
    """A chat model "provider:model". `base_url` points openai models at any server that speaks the same API.

    `timeout` is in seconds, for the connection and between two pieces of the reply. A server on this machine needs no key.
    ModelError or SettingsError says what is missing.
    """
    provider, _, model = name.partition(":")
    if not model:
        raise SettingsError(f"model '{name}': write it as provider:name, as in openai:gpt-4o-mini")
    key = _key(provider, base_url, api_key)
    options: dict[str, Any] = {"temperature": 0, "timeout": timeout, "max_retries": 1}
    if base_url:
        options["base_url"] = base_url
    if key:
        options["api_key"] = key
    if provider == "openai":  # 120 s by default, whatever `timeout` is: less than a small machine needs to read eight passages
        options["stream_chunk_timeout"] = None
    try:
        from langchain.chat_models import init_chat_model

        built = init_chat_model(model, model_provider=provider, **options)
    except ImportError as error:
        raise ModelError(f"{name}: its package is not installed ({error.name}); pip install langchain-{provider}") from None
    except Exception as error:
        raise translated(error, name, _host(base_url)) from error
    return Chat(name, _host(base_url), built)


def embedding_model(name: str, *, base_url: str = "", api_key: str = "", timeout: float = 60.0) -> Embeddings:
    """LangChain embeddings "provider:model", their errors translated. `name` is what the library records."""
    provider, _, model = name.partition(":")
    if not model:
        raise SettingsError(f"embeddings '{name}': write it as provider:name, as in openai:text-embedding-3-small")
    key = _key(provider, base_url, api_key)
    try:
        if provider == "openai":
            from langchain_openai import OpenAIEmbeddings

            # check_embedding_ctx_length would send token numbers, which servers other than OpenAI's do not take.
            options: dict[str, Any] = {"base_url": base_url, "check_embedding_ctx_length": False} if base_url else {}
            inner: Any = OpenAIEmbeddings(model=model, api_key=key, timeout=timeout, max_retries=2, **options)  # type: ignore[arg-type]
        else:
            from langchain.embeddings import init_embeddings

            inner = init_embeddings(model, provider=provider)
    except ImportError as error:
        raise ModelError(f"{name}: its package is not installed ({error.name}); pip install langchain-{provider}") from None
    except Exception as error:
        raise translated(error, name, _host(base_url)) from error
    return RemoteEmbeddings(name, _host(base_url), inner)


@dataclass(frozen=True, slots=True)
class RemoteEmbeddings:
    """LangChain embeddings with a name to record, whose failures are ModelErrors."""

    name: str
    where: str
    _inner: Any

    def embed_documents(self, texts: list[str]) -> Sequence[Sequence[float]]:
        """One vector a text."""
        try:
            vectors: Sequence[Sequence[float]] = self._inner.embed_documents(list(texts))
        except Exception as error:
            raise translated(error, self.name, self.where) from error
        return vectors

    def embed_query(self, text: str) -> Sequence[float]:
        """The vector of a question."""
        try:
            vector: Sequence[float] = self._inner.embed_query(text)
        except Exception as error:
            raise translated(error, self.name, self.where) from error
        return vector


def translated(error: Exception, name: str, where: str) -> ModelError:
    """One line for a person, by the kind of failure. Nothing of the request is in it: no key, no passage."""
    if isinstance(error, ModelError):
        return error
    server = f"the server at {where}" if where else "the provider"
    status = getattr(error, "status_code", None)
    kind = type(error).__name__
    if status in (401, 403):
        return ModelError(f"{name}: {server} refused the key ({status}); check DRAGOMAN_API_KEY or OPENAI_API_KEY")
    if status == 404:
        return ModelError(f"{name}: {server} {_unknown(error)}")
    if status == 429:
        headers = getattr(getattr(error, "response", None), "headers", {})
        after = str(headers.get("retry-after", "")).strip()
        return ModelError(
            f"{name}: {server} asks to slow down (429); try again {f'in {after} s' if after.isdecimal() else 'later'}"
        )
    if status:
        return ModelError(f"{name}: {server} failed ({status}); try again later")
    if "Timeout" in kind:
        return ModelError(f"{name}: {server} did not answer in time; try again or raise the timeout setting")
    if "Connection" in kind or isinstance(error, OSError):
        return ModelError(f"{name}: cannot reach {server}; check that it runs and the base_url setting")
    return ModelError(f"{name}: {server} sent something that is not an answer ({kind})")


def _unknown(error: Exception) -> str:
    """What a 404 means: OpenAI's API answers a wrong model in JSON that names it, and a wrong address in any way."""
    told = f"{getattr(error, 'code', '')} {getattr(error, 'body', '')}".lower()
    address = str(getattr(getattr(error, "request", None), "url", ""))
    if "model" in told:
        return "does not know this model (404); check the model setting"
    if address and "/v1/" not in address:
        return "has nothing at this address (404); base_url usually ends in /v1"
    return "does not know this model or address (404); check the model and base_url settings"


def _key(provider: str, base_url: str, api_key: str) -> str:
    if api_key:
        return api_key
    if urlsplit(base_url).hostname in LOOPBACK:
        return "none"
    if provider == "openai":
        raise ModelError(
            "no key for the model: set DRAGOMAN_API_KEY or OPENAI_API_KEY, or base_url to a server on this machine"
        )
    return ""


def _host(base_url: str) -> str:
    return urlsplit(base_url).netloc


def _texts(content: list[Any]) -> Iterator[str]:
    for part in content:
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict) and isinstance(part.get("text"), str):
            yield part["text"]
