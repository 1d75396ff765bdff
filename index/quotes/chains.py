"""Pure: who passed a sentence's words on: "The Post quoted Ann Lee as saying", "the mayor said, according to the Post"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.quotes.masking import ParsedSentence, written
from index.quotes.tokens import Token
from index.quotes.topics import topic
from index.text.lexicon import Lexicon


def chains(text: str, language: Lexicon, sentence: ParsedSentence) -> Iterator[tuple[int, tuple[str, ...]]]:
    """For readings of the sentence whose words another source passed on: id, and the sources, innermost first."""
    outer = [reading for reading in sentence.readings if reading.place == "according"]
    citing = next((r for r in sentence.readings if r.cue.lemma in language.citing_verbs), None)
    for reading in sentence.readings:
        speaker = written(text, sentence.span(reading.subject))
        chain: list[str] = []
        if reading.place != "according":
            passed = [written(text, sentence.span(o.subject)) for o in outer if o.group[0] > reading.at and not reading.that]
            chain = [speaker, *passed] if passed and speaker else []
            first = reading.subject[0]
            if (
                speaker and first and sentence.tokens[first - 1].low in language.quoting_verbs
            ):  # "The Post quoted Ann Lee as saying"
                paper = topic(sentence.tokens[: first - 1], language)
                chain = [speaker, written(text, sentence.span(paper))] if paper else chain
        elif citing is not None and citing.group[0] - reading.subject[1] in (0, 1):
            chain = [written(text, sentence.span(_to_comma(sentence.tokens, citing.group[1]))), speaker]
        if chain:
            yield id(reading), tuple(chain)


def _to_comma(tokens: Sequence[Token], start: int) -> tuple[int, int]:
    return start, next((n for n in range(start, len(tokens)) if tokens[n].low in (",", ".")), len(tokens))
