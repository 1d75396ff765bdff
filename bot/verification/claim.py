"""Pure: a sentence that is verified, with the words it stands on: which stretches of its sources it is held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.verification.evidence import CLOSE, CitedPassage, EvidenceSpan, Span, resolved

Reach = Literal["words", "sentences", "particulars"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence with the words it stands on, and their sources."""

    text: str
    lang: str
    words: tuple[EvidenceSpan, ...]
    sources: tuple[CitedPassage, ...]  # those of the words, in their order, each once
    shown: tuple[tuple[str, str], ...] = ()  # all passages that the model saw, with their languages
    quotes: tuple[str, ...] = ()  # what it quotes word for word: that says the same on both sides

    def stretches(self, reach: Reach = "words") -> list[tuple[str, str]]:
        """(text, its language) of the words, or of the sentences that hold them.

        "particulars": the sentences; but where a model named no words, the whole passage is as good as the nearest sentence.
        """
        by_number = {source.number: source for source in self.sources}
        spans: dict[tuple[int, Span], None] = {}
        for words in self.words:
            passage = by_number[words.number].passage
            weak = (passage.start, passage.end) if not words.pointed_at else words.sentence
            spans[words.number, {"words": words.span, "sentences": words.sentence, "particulars": weak}[reach]] = None
        return [(by_number[n].text[a:b], by_number[n].passage.lang) for n, (a, b) in spans]

    @property
    def pointed_at(self) -> bool:
        """Whether the model itself named all of its words."""
        return all(words.pointed_at for words in self.words)

    @property
    def is_close(self) -> bool:
        """Whether the model named its words, or has those of the sentences that it was given."""
        return all(words.pointed_at or words.score >= CLOSE for words in self.words)

    def beside_quotes(self, text: str) -> str:
        """A text of either side without what the sentence quotes."""
        for quote in self.quotes:
            text = text.replace(quote, " ")
        return text

    def held(self) -> list[tuple[str, str]]:
        """The passages with their headings and the names of those who are called "he" in the words."""
        named = {source.number: [] for source in self.sources}  # type: dict[int, list[str]]
        for words in self.words:
            source = next(source for source in self.sources if source.number == words.number)
            named[words.number].append(resolved(source, words.sentence))
        return [(f"{s.heading}\n{s.passage.text}\n{' '.join(named[s.number])}", s.passage.lang) for s in self.sources]
