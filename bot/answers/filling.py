"""What fills an answer: a generator's drafts, and the articles' own words where a chat model fails or cites too little.

drafts -> shown, judged -> what has to be said of them; in their place, or beside them: the sentences that the evidence chose
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from bot.answers.events import judged, shown
from bot.answers.notes import left_out
from bot.answers.writer import ChatGenerator
from bot.phrases import say
from bot.records import Event, Note
from index.errors import ModelError
from index.text import quotation_marks

if TYPE_CHECKING:
    import threading

    from bot.answers.begun import Begun
    from bot.answers.extractive import Extractive
    from bot.answers.writer import Generator as AnswerGenerator
    from bot.answers.writing import Writing
    from bot.retrieval.candidates import Candidate


def filled(
    writing: Writing,
    generator: AnswerGenerator,
    quoting: Extractive,
    lang: str,
    stop: threading.Event,
    *,
    quotes: bool,
    most: int | None = None,
    begun: Begun | None = None,
) -> Generator[Event, None, tuple[str, list[Note]]]:
    """Fill `writing`, as far as the question needs; the name of what wrote it, and what has to be said about that.

    `quotes`: the evidence holds an answer, so that the articles' own words may stand in for a model's. `most`: sentences.
    `begun`: what the chat model may be writing already.
    """
    notes: list[Note] = []
    why = ""
    drafted = cited = 0
    try:
        generate = partial(generator.generate, begun=begun) if isinstance(generator, ChatGenerator) else generator.generate
        for draft in generate(writing.evidence, lang, stop=stop):
            drafted += 1
            cited += bool(draft.cites)
            yield from shown(writing, draft)
            if not writing.sentences:  # the first is judged at once, the others together when the reply is in
                yield from judged(writing, stop)
            if most and writing.drafted >= most:
                break
    except ModelError as error:
        why = str(error)
    yield from judged(writing, stop)
    if writing.withheld:
        notes.append(left_out(writing.withheld, lang))
    if writing.judge and writing.judge.unreliable and writing.worded:
        notes.append(Note(kind="generator", text=say("unreliable", lang)))
    if generator is quoting:
        return generator.name, notes
    if not why and drafted and not writing.worded:
        why = say("unsupported", lang)
    if why:
        if quotes:
            yield from _quoted(writing, quoting, quoting.choose(writing.evidence), most)
        phrase = "broken_off" if writing.worded else "replaced"  # nothing that the model wrote is called quoted
        notes.append(Note(kind="generator", text=say(phrase, lang, why=quotation_marks.unquoted(why))))
        return generator.name if writing.worded else quoting.name, notes
    if quotes and (writing.withheld or cited < drafted):  # a model that does not cite as it should may have missed what answers
        best = quoting.choose(writing.evidence)
        if writing.evidence.question.kind != "said":
            best = sorted(best, key=lambda candidate: -candidate.score)[:1]
        yield from _quoted(writing, quoting, best, most)
    return generator.name, notes


def _quoted(writing: Writing, quoting: Extractive, chosen: Sequence[Candidate], most: int | None) -> Iterator[Event]:
    """The articles' own sentences beside what is shown already, each once."""
    for candidate in chosen:
        if most is not None and len(writing.sentences) >= most:
            return
        other_language = candidate.passage.lang != writing.lang  # an answer is in one language, where it can be
        known = writing.cites(candidate.passage, candidate.start, candidate.end)
        if not known and not (writing.sentences and other_language):
            yield from shown(writing, quoting.draft(candidate, writing.evidence))
