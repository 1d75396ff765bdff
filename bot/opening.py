"""Where the parts meet: settings in, a Bot or an Index over the library they name out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.bot import Bot
from index.address import ServerAddress, library_address
from index.errors import SettingsError
from index.index import Index

if TYPE_CHECKING:
    from bot.answers.writer import Generator
    from bot.llm.models import Chat
    from bot.settings.settings import Settings
    from bot.verification.judge import Judge
    from index.storage.postgres.queue import Queue


def open_bot(library: Path | str | None = None, *, config: Path | None = None, **settings: object) -> Bot:
    """A Bot over a library, with the settings of flags, environment and configuration file.

    >>> open_bot("library", language="es")  # doctest: +SKIP
    """
    from bot.settings.settings import load

    named = None if library is None else library_address(library)
    return bot_from(load(config, environ=None, library=named, **settings))


def bot_from(settings: Settings) -> Bot:
    """A Bot over the library that the settings name. LibraryError, ModelError or SettingsError in one line."""
    index = open_index(settings, create=False)
    generator: Generator | None = None
    if settings.model:
        from bot.answers.writer import ChatGenerator

        chat = chat_from(settings, settings.model)
        generator = ChatGenerator(chat, timeout=settings.timeout, judge=judge_from(settings, chat), strict=settings.strict)
    return Bot(index, generator=generator, language=settings.language)


def open_queue(settings: Settings) -> Queue:
    """What waits to be read for the library that the settings name. SettingsError where it is kept in a folder."""
    if not isinstance(settings.library, ServerAddress):
        where = f"--library postgresql://HOST/NAME, not {settings.library}"
        raise SettingsError(f"a queue needs a library that several machines share: {where}")
    from index.storage.postgres.queue import Queue

    return Queue(settings.library)


def judge_from(settings: Settings, chat: Chat) -> Judge | None:
    """What confirms the sentences of a chat model: the model itself, another one, or nothing."""
    from bot.verification.judge import ChatJudge

    if settings.judge == "off":
        return None
    provider, _, name = settings.judge.partition(":")
    if provider == "decisions":
        from bot.llm.decisions import decision_model
        from bot.verification.judge import DecisionJudge

        return DecisionJudge(
            decision_model(name, base_url=settings.base_url, api_key=settings.api_key, timeout=settings.timeout)
        )
    if settings.judge != "same":
        chat = chat_from(settings, settings.judge)
    return ChatJudge(chat, timeout=settings.timeout)


def chat_from(settings: Settings, name: str) -> Chat:
    """A chat model with all that the settings say of its server and of what is sent to it."""
    from bot.llm.models import chat_model

    return chat_model(
        name, base_url=settings.base_url, api_key=settings.api_key, timeout=settings.timeout, headers=settings.headers,
        parameters=chat_parameters(settings),
    )  # fmt: skip


def chat_parameters(settings: Settings) -> dict[str, object]:
    """What is sent with each call of a chat model: only what is set."""
    names = ("temperature", "max_completion_tokens", "reasoning_effort", "extra_body")
    return {name: value for name in names if (value := getattr(settings, name)) not in (None, "", {})}


def open_index(settings: Settings, *, create: bool = True) -> Index:
    """The Index that the settings name. `create`: make the library's folder if there is none."""
    if settings.embeddings:
        from bot.llm.models import embedding_model

        embeddings = embedding_model(
            settings.embeddings, base_url=settings.base_url, api_key=settings.api_key, headers=settings.headers
        )
    elif settings.weights:
        from index.embedding.e5 import load

        embeddings = load(settings.weights)
    else:
        embeddings = None
    return Index(settings.library, embeddings=embeddings, create=create, publishers=settings.outlets, chroma=settings.chroma)
