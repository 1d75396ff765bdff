"""Models of others, by name: "openai:gpt-4o-mini" -> Chat or Embeddings. The only file that imports langchain and openai.

Their imports cost 4 s, so they are made when a model is first made. Whatever goes wrong comes out as ModelError, one line.
Replies are read in one thread of their own, by asyncio: a call that is cancelled there closes its connection at once, even
while the server is silent, so that no server goes on computing for nobody.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from bot import telemetry
from bot.llm.failures import FORM, ContextTooLong, End, Unsupported, ended, translated
from bot.llm.reply_parser import begins_answer
from bot.llm.server import Server, knock, server_of
from bot.llm.thinking import Thinking
from bot.llm.wire import clients, is_local, proxy_trouble, text_parts
from index.errors import ModelError, SettingsError, Stopped

if TYPE_CHECKING:
    import asyncio
    import queue
    import threading

    from index.records import Embeddings

GLANCE = 0.1  # seconds between two looks at whether a waiting call was stopped
log = logging.getLogger(__name__)

# What was learned of a model, by its name and server, for as long as the process lives.
_refused: dict[tuple[str, str], frozenset[str]] = {}  # parameters that its server does not take
_thinks_unopened: set[tuple[str, str]] = set()  # its thinking comes without an opening mark


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat model that streams. `name` is what an Answer shows as its generator."""

    name: str
    where: str  # host of the server, for messages; "" where the provider decides
    parameters: Mapping[str, Any]  # temperature and the like, as far as they are set
    _build: Callable[[Mapping[str, Any]], Any] = field(repr=False)  # the LangChain model with such parameters
    _secret: str = field(default="", repr=False)

    def stream(
        self,
        prompt: str,
        *,
        seconds: float = 600.0,
        stop: threading.Event | None = None,
        shorter: Callable[[str], str] | None = None,
        plain: str = "",
        begun: Callable[[str], bool] = begins_answer,
    ) -> Generator[str, None, None]:
        """The reply in pieces, without what the model thought. Ending the iteration, or an exception in it, ends the call.

        `shorter` makes of a prompt that is too long for the model the one that is sent instead, once. `plain` is what is sent
        in place of `prompt` to a server that takes no JSON schema. `begun` tells whether a
        reply that begins so is an answer: until then, pieces are held back, since they may be thinking. A parameter that the
        server refuses is left out from then on. ModelError when the server refuses, fails, stalls, closes before the end or has
        not finished after `seconds`, and when the reply is no answer; Stopped when `stop` is set meanwhile.
        """
        deadline = time.monotonic() + seconds
        if plain and not self.asks_json:
            prompt = plain
        while True:
            passed_on = False
            try:
                with (
                    telemetry.chat(self.name, self.where, self._sent()) as chunks,
                    closing(self._answer(prompt, deadline, seconds, stop, begun)) as pieces,
                ):
                    for piece in pieces:
                        chunks.came()
                        passed_on = True
                        yield piece
                return
            except Unsupported as error:
                if passed_on or error.parameter in self._left_out():
                    raise
                _refused[self.name, self.where] = self._left_out() | {error.parameter}
                if error.parameter == FORM:  # nobody has set it
                    prompt = plain or prompt
                    log.info("%s takes no JSON schema; asked without one from now on", self.name)
                else:
                    log.warning("%s; asked again without it", error)
            except ContextTooLong:
                if passed_on or shorter is None:
                    raise
                prompt, shorter = shorter(prompt), None

    def in_json(self, name: str, schema: Mapping[str, Any]) -> Chat:
        """The same model, asked for JSON of a schema where it speaks OpenAI's API. One that refuses is asked without."""
        if not self.name.startswith("openai:"):
            return self
        asked = {"type": "json_schema", "json_schema": {"name": name, "strict": True, "schema": schema}}
        extra = {**self.parameters.get("extra_body", {}), FORM: asked}
        return replace(self, parameters={**self.parameters, "extra_body": extra})

    @property
    def asks_json(self) -> bool:
        """Whether a JSON schema is sent: it is asked for, and the server has not refused it."""
        return FORM in self.parameters.get("extra_body", {}) and FORM not in self._left_out()

    def _answer(
        self, prompt: str, deadline: float, seconds: float, stop: threading.Event | None, begun: Callable[[str], bool]
    ) -> Generator[str, None, None]:
        """The pieces of one call that are answer."""
        key = (self.name, self.where)
        thinking = Thinking((lambda _: False) if key in _thinks_unopened else begun)
        answered = False
        with closing(self._pieces(prompt, deadline, seconds, stop)) as pieces:
            for piece in pieces:
                if text := thinking.feed(piece):
                    answered = answered or bool(text.strip())
                    yield text
        if thinking.unopened:
            _thinks_unopened.add(key)
        if text := thinking.end():
            answered = answered or bool(text.strip())
            yield text
        if not answered:
            raise self._ended("thinking" if thinking.thought else "empty")

    def _pieces(self, prompt: str, deadline: float, seconds: float, stop: threading.Event | None) -> Generator[str, None, None]:
        """The pieces of one call as they come."""
        import asyncio
        import queue

        pieces: queue.Queue[str | ModelError | None] = queue.Queue()
        reading = asyncio.run_coroutine_threadsafe(self._read(prompt, pieces), _loop(os.getpid()))
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

        finish = ""
        task = asyncio.current_task()
        sent = self._sent()
        try:
            async with aclosing(self._build(sent).astream([("human", prompt)])) as chunks:
                async for chunk in chunks:
                    if task is not None and task.cancelling():
                        return  # asyncio.wait_for below us can lose a cancellation: https://github.com/python/cpython/issues/86296
                    text = chunk.content if isinstance(chunk.content, str) else "".join(text_parts(chunk.content))
                    metadata = chunk.response_metadata
                    finish = str(metadata.get("finish_reason") or metadata.get("stop_reason") or finish).lower()
                    if text:
                        pieces.put(text)
        except Exception as error:  # noqa: BLE001  the border: every provider raises classes of its own
            names = {*sent, *sent.get("extra_body", {})}
            pieces.put(translated(error, self.name, self.where, sent=names, secret=self._secret))
            return
        pieces.put(self._ended(FINISHES[finish]) if finish in FINISHES else None)

    def _sent(self) -> dict[str, Any]:
        """The parameters, without those that the server refused."""
        refused = self._left_out()
        sent = {name: value for name, value in self.parameters.items() if name not in refused}
        if extra := sent.get("extra_body"):
            sent["extra_body"] = {name: value for name, value in extra.items() if name not in refused}
        return sent

    def _left_out(self) -> frozenset[str]:
        return _refused.get((self.name, self.where), frozenset())

    def _ended(self, end: End) -> ModelError:
        return ended(end, self.name, self.where)


# How providers other than OpenAI's name the end of a reply that is not whole; those of OpenAI's API are read in `bot.llm.wire`.
FINISHES: Mapping[str, End] = {
    "length": "length",
    "max_tokens": "length",
    "refusal": "refusal",
    "content_filter": "filtered",
    "safety": "filtered",
    "tool_use": "tool",
    "tool_calls": "tool",
}


@cache
def _loop(process: int) -> asyncio.AbstractEventLoop:
    """The loop that reads replies, in a daemon thread of `process`: a child made by fork starts its own."""
    import asyncio
    import threading

    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="models", daemon=True).start()
    return loop


def chat_model(
    name: str,
    *,
    base_url: str = "",
    api_key: str = "",
    timeout: float = 60.0,
    headers: Mapping[str, str] | None = None,
    parameters: Mapping[str, Any] | None = None,
) -> Chat:
    """A chat model "provider:model". `base_url` points openai models at any server that speaks the same API.

    `timeout` is in seconds, for the connection and between two pieces of the reply. A server on this machine or network needs
    no key. `parameters` are sent with each call: temperature, max_completion_tokens, reasoning_effort, extra_body.
    ModelError or SettingsError says what is missing.
    """
    provider, _, model = name.partition(":")
    if not model:
        raise SettingsError(f"model '{name}': write it as provider:name, as in openai:gpt-4o-mini")
    server = server_of(provider, base_url, api_key, headers)

    def build(sent: Mapping[str, Any]) -> Any:
        knock(server.address)
        from langchain.chat_models import init_chat_model

        return init_chat_model(
            model, model_provider=provider, **_options(provider, server, timeout), **_renamed(provider, sent)
        )

    parameters = dict(parameters or {})
    chat = Chat(name, server.where, parameters, _remembering(build), server.key)
    try:
        chat._build(parameters)
    except ConnectionRefusedError:  # it may be there when it is asked; if not, the answer says so
        pass
    except Exception as error:
        raise _unbuilt(error, name, provider, server.where) from error
    return chat


def embedding_model(
    name: str, *, base_url: str = "", api_key: str = "", timeout: float = 60.0, headers: Mapping[str, str] | None = None
) -> Embeddings:
    """LangChain embeddings "provider:model", their errors translated. `name` is what the library records."""
    provider, _, model = name.partition(":")
    if not model:
        raise SettingsError(f"embeddings '{name}': write it as provider:name, as in openai:text-embedding-3-small")
    server = server_of(provider, base_url, api_key, headers)
    try:
        if provider == "openai":
            from langchain_openai import OpenAIEmbeddings

            sync, _ = clients(os.getpid(), is_local(server.address))
            options: dict[str, Any] = {"http_client": sync, "default_headers": server.headers}
            if server.address:  # check_embedding_ctx_length would send token numbers, which only OpenAI's servers take
                options |= {"base_url": server.address, "check_embedding_ctx_length": False}
            inner: Any = OpenAIEmbeddings(model=model, api_key=server.key, timeout=timeout, max_retries=2, **options)  # type: ignore[arg-type]
        else:
            from langchain.embeddings import init_embeddings

            inner = init_embeddings(model, provider=provider)
    except Exception as error:
        raise _unbuilt(error, name, provider, server.where) from error
    return RemoteEmbeddings(name, server.where, inner, server.key)


@dataclass(frozen=True, slots=True)
class RemoteEmbeddings:
    """LangChain embeddings with a name to record, whose failures are ModelErrors."""

    name: str
    where: str
    _inner: Any = field(repr=False)
    _secret: str = field(default="", repr=False)

    def embed_documents(self, texts: list[str]) -> Sequence[Sequence[float]]:
        """One vector a text."""
        try:
            vectors: Sequence[Sequence[float]] = self._inner.embed_documents(list(texts))
        except Exception as error:
            raise translated(error, self.name, self.where, secret=self._secret) from error
        return vectors

    def embed_query(self, text: str) -> Sequence[float]:
        """The vector of a question."""
        try:
            vector: Sequence[float] = self._inner.embed_query(text)
        except Exception as error:
            raise translated(error, self.name, self.where, secret=self._secret) from error
        return vector


# How it is made --------------------------------------------------------------------------------------------------------------


def _options(provider: str, server: Server, timeout: float) -> dict[str, Any]:
    """What a LangChain model is made with."""
    options: dict[str, Any] = {"timeout": timeout, "max_retries": 1}
    if server.address:
        options["base_url"] = server.address
    if server.key:
        options["api_key"] = server.key
    if server.headers:
        options["default_headers"] = server.headers
    if provider == "openai":
        sync, concurrent = clients(os.getpid(), is_local(server.address))
        options |= {"http_client": sync, "http_async_client": concurrent, "http_socket_options": (), "stream_usage": False}
        # 120 s by default, whatever `timeout` is: less than a small machine needs to read eight passages
        options["stream_chunk_timeout"] = None
        if server.address:  # the newer API is asked of OpenAI's own servers only
            options["use_responses_api"] = False
    return options


def _renamed(provider: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters under the names that LangChain's class of a provider has for them."""
    names = {"max_completion_tokens": "max_tokens"} if provider != "openai" else {}
    return {names.get(name, name): value for name, value in parameters.items() if value not in (None, "", {})}


def _remembering(build: Callable[[Mapping[str, Any]], Any]) -> Callable[[Mapping[str, Any]], Any]:
    """Builds a model once for each set of parameters and process."""
    built: dict[tuple[int, str], Any] = {}

    def remembered(parameters: Mapping[str, Any]) -> Any:
        key = (os.getpid(), repr(sorted(parameters.items(), key=lambda item: item[0])))
        if key not in built:
            built[key] = build(parameters)
        return built[key]

    return remembered


def _unbuilt(error: Exception, name: str, provider: str, where: str) -> Exception:
    """Why a model could not be made."""
    if isinstance(error, SettingsError | ModelError):
        return error
    if isinstance(error, ImportError) and "socks" in str(error).lower():
        return SettingsError(proxy_trouble(error))
    if isinstance(error, ImportError):
        return ModelError(f"{name}: its package is not installed ({error.name or error}); pip install langchain-{provider}")
    if isinstance(error, ValueError) and "provider" in str(error).lower():
        return ModelError(f"{name}: there is no provider '{provider}'; openai:NAME is any server of OpenAI's protocol")
    return translated(error, name, where)
