"""One answer on a terminal, block by block as it comes: for `dragoman ask` and the chat.

What is printed stays as it is: blocks are only ever appended, so nothing flickers and scrolling back shows every line once.
The one line that is rewritten, the status, is on standard error and gone before the first sentence.
"""

from __future__ import annotations

import sys
import uuid
from dataclasses import dataclass, field

from bot.event_stream import EventStream
from bot.records import Answer, Event, Sentence, Source
from bot.rendering.answer_text import nothing_found
from bot.rendering.terminal import Screen, show_note, show_sentence, show_source, wrap
from index.errors import Stopped
from index.text.language import identify
from index.text.printable import line


def print_answer(events: EventStream, printed: Printed) -> Answer:
    """Print an answer as it comes, and what follows it."""
    with events:
        for event in events:
            printed.show(event)
            if isinstance(event.data, Answer):
                printed.end(event.data)
                return event.data
    raise Stopped("stopped")


@dataclass(slots=True)
class Printed:
    """What of one answer is on the screen already."""

    screen: Screen
    sentences: list[Sentence] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    status: bool = False  # whether a status line stands on standard error

    def show(self, event: Event) -> None:
        """The status, or a sentence; a source is kept for the sentences that cite it."""
        if isinstance(event.data, str):
            self._status(line(event.data))
        elif isinstance(event.data, Source):
            self.sources.append(event.data)
        elif isinstance(event.data, Sentence):
            self.sentences.append(event.data)
            self._print(show_sentence(event.data, self.sources, self.screen))

    def end(self, answer: Answer) -> None:
        """What follows the sentences: notes and sources."""
        for note in answer.notes:
            self._print(show_note(note, answer.sources, self.screen))
        if not self.sentences and not answer.notes:
            self._print(wrap(nothing_found(answer), self.screen))
        self._print_sources(answer.sources, answer.lang)

    def stopped(self) -> None:
        """The user has had enough: what was shown stays, and is made complete."""
        self._print(self.screen.style("(stopped)", "2"))
        self._print_sources(self.sources)

    def partial(self, question: str) -> Answer:
        """What was shown of an answer that was stopped: /sources and /save work on it."""
        return Answer(
            id=uuid.uuid4().hex,
            question=question,
            searched=question,
            lang=identify(question),
            outcome="partial",
            sentences=tuple(self.sentences),
            sources=tuple(self.sources),
        )

    def _print_sources(self, sources: tuple[Source, ...] | list[Source], ours: str = "en") -> None:
        if sources:
            self._print("\n".join(show_source(source, self.screen, ours) for source in sources))

    def _print(self, block: str) -> None:
        self._status("")
        print(block, end="\n\n", flush=True)

    def _status(self, text: str) -> None:
        if sys.stderr.isatty() and self.screen.codes and (text or self.status):
            sys.stderr.write("\r\x1b[K" + self.screen.style(text[: self.screen.width - 1], "2"))
            sys.stderr.flush()
            self.status = bool(text)
