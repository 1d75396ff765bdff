"""What strangers import stays where it is: the public names, and what may be passed to the methods that they call."""

from __future__ import annotations

import inspect

import pytest

import bot
import index

BOT = """Answer AskRequest Beat Bot Briefing BriefingEvent Citation DragomanRetriever Event EventStream Generator Note Sentence Settings Source Turn
open_bot"""
INDEX = """AddReport Article Busy DragomanError Embeddings Filter Health Hit Index LibraryError ModelError Passage Period Scope
SettingsError SourceError Stats WrongModel read"""

# A parameter behind "*" is passed by name; "=" stands behind one that may be left out.
SIGNATURES = {
    "bot.open_bot": "library= * config= **settings",
    "bot.AskRequest": "question history= * scope= language=",
    "bot.Bot": "index * generator= language=",
    "bot.Bot.stream": "request",
    "bot.Bot.ask": "question history= * filter= as_of= without=",
    "bot.Bot.astream": "request",
    "bot.Bot.aask": "request",
    "bot.Bot.brief": "beat * since= until= scope= keep=",
    "bot.Bot.translation": "source span lang",
    "bot.EventStream.close": "",
    "bot.EventStream.answer": "",
    "index.read": "paths * stdin= allow_hosts=",
    "index.Scope": "* filter= as_of= without=",
    "index.Index": "folder * embeddings= create= publishers= chroma=",
    "index.Index.add": "articles * wait= on_progress=",
    "index.Index.add_embedded": "articles",
    "index.Index.results": "question * k= scope=",
    "index.Index.search": "question * k= scope=",
    "index.Index.quotes": "* speaker= about= since= until= lang= outlet= limit= scope= original= best_first=",
    "index.Index.sharing": "text * k= scope=",
    "index.Index.reports": "window * scope=",
    "index.Index.article": "id version=",
    "index.Index.statements": "article",
    "index.Index.articles": "",
    "index.Index.delete": "ids",
    "index.Index.extent": "* scope=",
    "index.Index.stats": "",
    "index.Index.doctor": "* rebuild= retry= on_progress=",
    "index.Index.close": "",
}


@pytest.mark.parametrize(("package", "names"), [(bot, BOT), (index, INDEX)])
def test_the_public_names_are_these(package: object, names: str) -> None:
    assert sorted(package.__all__) == names.split()  # type: ignore[attr-defined]
    assert all(getattr(package, name) is not None for name in names.split())


@pytest.mark.parametrize(("name", "expected"), SIGNATURES.items())
def test_the_parameters_are_these(name: str, expected: str) -> None:
    package, *path = name.split(".")
    target: object = {"bot": bot, "index": index}[package]
    for part in path:
        target = getattr(target, part)
    assert _written(inspect.signature(target)) == expected  # type: ignore[arg-type]


def _written(signature: inspect.Signature) -> str:
    parts: list[str] = []
    for parameter in signature.parameters.values():
        if parameter.name == "self":
            continue
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in parts:
            parts.append("*")
        stars = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(parameter.kind, "")
        parts.append(f"{stars}{parameter.name}{'' if parameter.default is parameter.empty else '='}")
    return " ".join(parts)
