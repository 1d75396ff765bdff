"""An answer as one Markdown text that grows, for chat clients: [n] behind each sentence, the sources below, and where each mark
stands, so that a client may show it as a citation. Pure.

Clients render what they get as Markdown, with images and links: everything that is an article's or a model's is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.phrases import say
from bot.records import Answer, Citation, Note, Sentence, Source
from bot.rendering.answer_text import escape_markdown, facts, link, nothing_found
from bot.rendering.links import web_address
from bot.rendering.status import status_label, words_beneath

_SOURCES = re.compile(r"\n\n(?:- \[\d+\] [^\n]*(?:\n|\Z))+\Z")


@dataclass(frozen=True, slots=True)
class MarkedCitation:
    """Where in the text a mark stands (code points), and what it leads to."""

    start: int
    end: int
    title: str
    url: str


@dataclass(slots=True)
class MarkedText:
    """The text so far. Each method adds a part and returns what it added."""

    place: Callable[[str], str] = lambda _: ""  # article id -> where it can be read, if it has no address of its own
    text: str = ""
    citations: list[MarkedCitation] = field(default_factory=list)
    _sources: dict[int, Source] = field(default_factory=dict)

    def source(self, source: Source) -> None:
        """A source, before the first sentence that cites it."""
        self._sources[source.number] = source

    def sentence(self, sentence: Sentence) -> str:
        """A sentence with its marks and how far it is verified, and beneath it the article's words where a reader judges."""
        begun = len(self.text)
        self._add("\n\n" if self.text else "")
        if sentence.heading:
            self._add(f"**{escape_markdown(sentence.heading)}**\n\n")
        self._add(escape_markdown(sentence.text))
        self._marks(sentence.citations)
        if label := status_label(sentence):
            self._add(f" *{escape_markdown(label)}*")
        for citation in words_beneath(sentence):
            self._add(f"\n\n> {escape_markdown(citation.quote)}")
            self._marks((citation,))
        return self.text[begun:]

    def end(self, answer: Answer) -> str:
        """The notes, and the list of sources."""
        begun = len(self.text)
        for note in answer.notes:
            self._note(note)
        if not self.text:
            self._add(escape_markdown(nothing_found(answer)))
        for i, source in enumerate(answer.sources):
            self.source(source)
            title, url = escape_markdown(source.title) or say("untitled", answer.lang), self._place(source)
            self._add("\n\n" if not i else "\n")
            self._add(f"- [{source.number}] {link(title, url)}, {escape_markdown(facts(source, answer.lang))}")
        return self.text[begun:]

    def _note(self, note: Note) -> None:
        self._add("\n\n" if self.text else "")
        self._add(f"*{escape_markdown(note.text)}*")
        self._marks(note.citations)

    def _marks(self, citations: tuple[Citation, ...]) -> None:
        for number in dict.fromkeys(citation.number for citation in citations):
            self._add(" ")
            start = len(self.text)
            self._add(f"[{number}]")
            if source := self._sources.get(number):
                self.citations.append(MarkedCitation(start, len(self.text), source.title, self._place(source)))

    def _place(self, source: Source) -> str:
        return web_address(source.url) or self.place(source.article_id)

    def _add(self, text: str) -> None:
        self.text += text


def without_sources(text: str) -> str:
    """The text of an earlier answer without its list of sources, as a turn of the history."""
    return _SOURCES.sub("", text)
