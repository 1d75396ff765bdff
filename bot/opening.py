"""Where the parts meet: settings in, a Bot or an Index over the library they name out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.bot import Bot
from index.index import Index

if TYPE_CHECKING:
    from bot.answers.writer import Generator
    from bot.llm.models import Chat
    from bot.settings.settings import Settings
    from bot.verification.judge import Judge


def open_bot(library: Path | str | None = None, *, config: Path | None = None, **settings: object) -> Bot:
    """A Bot over a library's folder, with the settings of flags, environment and configuration file.

    >>> open_bot("library", language="es")  # doctest: +SKIP
    """
    from bot.settings.settings import load

    return bot_from(load(config, environ=None, library=None if library is None else Path(library), **settings))


def bot_from(settings: Settings) -> Bot:
    """A Bot over the library that the settings name. LibraryError, ModelError or SettingsError in one line."""
    index = open_index(settings, create=False)
    generator: Generator | None = None
    if settings.model:
        from bot.answers.writer import ChatGenerator
        from bot.llm.models import chat_model

        chat = chat_model(settings.model, base_url=settings.base_url, api_key=settings.api_key, timeout=settings.timeout)
        generator = ChatGenerator(chat, timeout=settings.timeout, judge=judge_from(settings, chat), strict=settings.strict)
    return Bot(index, generator=generator, language=settings.language)


def judge_from(settings: Settings, chat: Chat) -> Judge | None:
    """What confirms the sentences of a chat model: the model itself, another one, or nothing."""
    from bot.llm.models import chat_model
    from bot.verification.judge import ChatJudge

    if settings.judge == "off":
        return None
    if settings.judge != "same":
        chat = chat_model(settings.judge, base_url=settings.base_url, api_key=settings.api_key, timeout=settings.timeout)
    return ChatJudge(chat, timeout=settings.timeout)


def open_index(settings: Settings, *, create: bool = True) -> Index:
    """The Index that the settings name. `create`: make the library's folder if there is none."""
    if settings.embeddings:
        from bot.llm.models import embedding_model

        embeddings = embedding_model(settings.embeddings, base_url=settings.base_url, api_key=settings.api_key)
    elif settings.weights:
        from index.embedding.e5 import load

        embeddings = load(settings.weights)
    else:
        embeddings = None
    return Index(settings.library, embeddings=embeddings, create=create)
