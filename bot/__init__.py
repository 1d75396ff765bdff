"""Questions in, cited answers out.

    from bot import open_bot
    print(open_bot().ask("What did the minister say?"))

Nothing heavy is imported until it is used.
"""

from __future__ import annotations

# For what `--help` imports: `typing` would cost it a third of a bare Python's time. mypy takes the name for true.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from bot.answers.writer import Generator
    from bot.bot import Bot
    from bot.event_stream import EventStream
    from bot.llm.retriever import DragomanRetriever
    from bot.opening import open_bot
    from bot.records import Answer, AskRequest, Beat, Briefing, BriefingEvent, Citation, Event, Note, Sentence, Source, Turn
    from bot.settings.settings import Settings

_HOME = {
    "Answer": "records",
    "AskRequest": "records",
    "Beat": "records",
    "Bot": "bot",
    "Briefing": "records",
    "BriefingEvent": "records",
    "Citation": "records",
    "DragomanRetriever": "llm.retriever",
    "Event": "records",
    "EventStream": "event_stream",
    "Generator": "answers.writer",
    "Note": "records",
    "Sentence": "records",
    "Settings": "settings.settings",
    "Source": "records",
    "Turn": "records",
    "open_bot": "opening",
}

__all__ = [
    "Answer",
    "AskRequest",
    "Beat",
    "Bot",
    "Briefing",
    "BriefingEvent",
    "Citation",
    "DragomanRetriever",
    "Event",
    "EventStream",
    "Generator",
    "Note",
    "Sentence",
    "Settings",
    "Source",
    "Turn",
    "open_bot",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'bot' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"bot.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
