"""Bot: a question in, a cited answer out. The walk, read downwards.

question -> (rewrite, only with history) -> Index.search -> evidence -> refuse, or draft -> verify -> Answer
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot import marks, said
from bot.answer import ChatGenerator, Generator, Writing, lacking, likeness
from bot.evidence import Evidence, instead, weigh
from bot.extractive import Draft, Extractive
from bot.injection import instructions
from bot.notes import differing
from bot.phrases import PHRASES, say
from bot.records import Answer, Beat, Briefing, Event, Note, OnEvent, Outcome, Turn
from index.errors import ModelError, Stopped
from index.index import Index
from index.language import identify
from index.records import Article, Filter, Hit, Period

if TYPE_CHECKING:
    import threading

    from bot.settings import Settings

FOUND = 20  # passages asked of the index
THRESHOLD = 0.5  # probability that the evidence holds the answer, below which we refuse


class Bot:
    """Answers questions from an Index. Keeps nothing between questions; safe in threads."""

    def __init__(self, index: Index, *, generator: Generator | None = None, language: str = "") -> None:
        """`generator`: what words the answers; None quotes. `language`: of our own words; "" is the question's."""
        self.index = index
        self.language = language
        self._quoting = Extractive(self._article)
        self.generator: Generator = generator or self._quoting

    @classmethod
    def open(cls, settings: Settings) -> Bot:
        """A Bot over the library that the settings name. LibraryError, ModelError or SettingsError in one line."""
        index = open_index(settings, create=False)
        generator: Generator | None = None
        if settings.model:
            from bot.models import chat_model

            chat = chat_model(settings.model, base_url=settings.base_url, api_key=settings.api_key, timeout=settings.timeout)
            generator = ChatGenerator(chat, timeout=settings.timeout)
        return cls(index, generator=generator, language=settings.language)

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        on_event: OnEvent | None = None,
        *,
        filter: Filter | None = None,
        as_of: Period | None = None,
        stop: threading.Event | None = None,
        without: Collection[str] = (),
    ) -> Answer:
        """The answer to one question.

        `history` holds the turns before it, oldest first; `without` is what `Index.results` takes by it. `on_event` is
        called in this thread while the answer is made. Raises LibraryError when the library cannot be read, and Stopped soon
        after another thread has set `stop`: the call of a chat model is then cut. A chat model that fails costs a note, not
        the answer.
        """

        def tell(event: Event) -> None:
            if stop is not None and stop.is_set():
                raise Stopped("stopped")
            if on_event:
                on_event(event)

        clock = Clock()
        asked_in = identify(question, default=self.language or "en")
        lang = self.language or (asked_in if asked_in in PHRASES["nothing"] else "en")
        searched = self.generator.rewrite(question, history, asked_in, stop=stop) if history else question
        notes: list[Note] = []
        if searched != question:
            notes.append(Note(kind="rewrite", text=say("rewrite", lang, question=marks.unquoted(searched))))

        tell(Event("status", say("searching", lang)))
        results = self.index.results(searched, k=FOUND, filter=filter, as_of=as_of, without=without)
        found, matter = results.hits, results.matter
        if words := results.words(searched, relaxed=False):
            notes.append(Note(kind="narrowed", text=say("narrowed", lang, words=marks.unquoted("; ".join(words)))))
        if words := results.words(searched, relaxed=True):
            notes.append(Note(kind="relaxed", text=say("relaxed", lang, words=marks.unquoted("; ".join(words)))))
        clock.lap("search")
        hits, suspicious = separate(found)
        if suspicious:
            notes.append(Note(kind="injection", text=say("injection", lang, titles=titles(suspicious, lang))))

        tell(Event("status", say("reading", lang)))
        spoken = said.look(matter, asked_in, self.index, filter=results.filter, as_of=as_of)
        evidence = spoken or weigh(matter, asked_in, hits, self.index.embeddings, self._article)
        clock.lap("evidence")
        copies = {hit.passage.article_id: len(hit.copies) for hit in hits}
        writing = Writing(
            evidence, lang, self._article, likeness=likeness(self._embed), lacking=lacking(self.index.embeddings), copies=copies
        )
        outcome: Outcome = "no_evidence"
        generator = self._quoting.name
        if evidence.candidates and evidence.probability >= THRESHOLD:
            tell(Event("status", say("writing", lang)))
            generator, more = self._write(writing, lang, tell, stop)
            notes += more
            outcome = "answered" if writing.sentences else "no_evidence"
            notes += differing(writing, hits, lang)
        if outcome == "no_evidence":
            notes += self._refusal(writing, evidence, lang)
        clock.lap("write")

        answer = Answer(
            id=uuid.uuid4().hex,
            question=question,
            searched=searched,
            lang=lang,
            outcome=outcome,
            sentences=tuple(writing.sentences),
            sources=tuple(writing.sources),
            notes=tuple(notes),
            retrieved=tuple(
                dict.fromkeys(p.article_id for p in [*(spoken.passages if spoken else ()), *(h.passage for h in found)])
            )[:20],
            generator=generator,
            prompt=self.generator.prompt if generator != self._quoting.name else "",
            as_of=as_of,
            timings=clock.laps,
        )
        tell(Event("done", answer))
        return answer

    def brief(
        self,
        beat: Beat,
        *,
        since: Period | None = None,
        until: Period | None = None,
        as_of: Period | None = None,
        keep: bool = True,
    ) -> Briefing:
        """What is new on a beat: since the last briefing of it, or `since`, or as long as the beat looks back; up to `until`.

        `as_of` hides what was published or changed later. `keep`: remember it, so that the next one tells what is new.
        Raises LibraryError, ModelError.
        """
        from bot import briefing, told
        from bot.state import State

        wording = self.generator if isinstance(self.generator, ChatGenerator) else None
        at = time.time()
        state = State(self.index.folder)
        try:
            before = told.latest(state, beat.name, last=briefing.REMEMBERED)
            period = briefing.window(beat, before, since=since, until=until, as_of=as_of, now=int(at))
            made = briefing.brief(self.index, beat, period, before, as_of=as_of, wording=wording)
            if keep:
                told.keep(state, made, at=at)
        finally:
            state.close()
        return made

    # How an answer is written

    def _write(self, writing: Writing, lang: str, tell: OnEvent, stop: threading.Event | None) -> tuple[str, list[Note]]:
        """Fill `writing`; the name of what wrote it, and what has to be said about that."""
        notes: list[Note] = []
        used = self.generator
        why = ""
        drafted = 0
        try:
            for draft in used.generate(writing.evidence.question, writing.evidence, lang, stop=stop):
                drafted += 1
                self._show(writing, draft, tell)
        except ModelError as error:
            why = str(error)
        if writing.withheld:
            notes.append(Note(kind="withheld", text=say("withheld", lang, count=writing.withheld)))
        if used is self._quoting:
            return used.name, notes
        if not why and drafted and not writing.sentences:
            why = say("unsupported", lang)
        if why:
            for draft in self._quoting.generate(writing.evidence.question, writing.evidence, lang):
                self._show(writing, draft, tell)
            notes.append(Note(kind="generator", text=say("replaced", lang, why=marks.unquoted(why))))
            return self._quoting.name, notes
        return used.name, notes

    def _show(self, writing: Writing, draft: Draft, tell: OnEvent) -> None:
        known = len(writing.sources)
        sentence = writing.add(draft)
        if sentence:
            for source in writing.sources[known:]:
                tell(Event("source", source))
            tell(Event("sentence", sentence))
        else:
            del writing.sources[known:]

    # How a question is refused

    def _refusal(self, writing: Writing, evidence: Evidence, lang: str) -> list[Note]:
        """What was searched, what came nearest, and what the articles say instead of what the question takes for granted."""
        stats = self.index.stats()
        if not stats.articles:
            return [Note(kind="searched", text=say("empty", lang))]
        dates = span(stats.dates) if stats.dates else say("undated", lang)
        text = say("nothing", lang, articles=stats.articles, dates=dates, langs=", ".join(stats.languages))
        if evidence.absent:
            text += " " + say("absent", lang, names=", ".join(evidence.absent))
        if evidence.passages:
            nearest = evidence.passages[0]
            date = str(nearest.published) if nearest.published else say("undated", lang)
            title = marks.unquoted(nearest.title) or say("untitled", lang)
            text += " " + say("nearest", lang, title=title, date=date)
        return [*self._premise(writing, evidence, lang), Note(kind="searched", text=text)]

    def _premise(self, writing: Writing, evidence: Evidence, lang: str) -> list[Note]:
        """What the articles do say, where they say something else than the question takes for granted."""
        near = instead(evidence)
        if near is None:
            return []
        wide = self._quoting.widened(near)
        sentence = writing.add(self._quoting.draft(wide, evidence))
        if sentence is None:
            return []
        writing.sentences.remove(sentence)
        return [Note(kind="premise", text=f"{say('premise', lang)} {sentence.text}", citations=sentence.citations)]

    def _article(self, id: str, version: int) -> Article | None:
        return self.index.article(id, version)

    def _embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        vectors: Sequence[Sequence[float]] = self.index.embeddings.embed_documents(list(texts))  # type: ignore[assignment]
        return vectors


def open_bot(library: Path | str | None = None, *, config: Path | None = None, **settings: object) -> Bot:
    """A Bot over a library's folder, with the settings of flags, environment and configuration file.

    >>> open_bot("library", language="es")  # doctest: +SKIP
    """
    from bot.settings import load

    return Bot.open(load(config, environ=None, library=None if library is None else Path(library), **settings))


def open_index(settings: Settings, *, create: bool = True) -> Index:
    """The Index that the settings name. `create`: make the library's folder if there is none."""
    from index.index import Index

    if settings.embeddings:
        from bot.models import embedding_model

        embeddings = embedding_model(settings.embeddings, base_url=settings.base_url, api_key=settings.api_key)
    elif settings.weights:
        from index.embed import load

        embeddings = load(settings.weights)
    else:
        embeddings = None
    return Index(settings.library, embeddings=embeddings, create=create)


def separate(hits: Iterable[Hit]) -> tuple[list[Hit], list[Hit]]:
    """(evidence, hits of articles that give a machine instructions). One such passage costs its whole article its standing."""
    found = list(hits)
    bad = {h.passage.article_id for h in found if instructions(f"{h.passage.title}\n{h.passage.outlet}\n{h.passage.text}")}
    return [h for h in found if h.passage.article_id not in bad], [h for h in found if h.passage.article_id in bad]


def titles(hits: Iterable[Hit], lang: str) -> str:
    """The titles of the articles of some hits, once each, harmless inside our own words."""
    return "; ".join(dict.fromkeys(marks.unquoted(h.passage.title or h.passage.article_id) for h in hits)) or say(
        "untitled", lang
    )


def span(period: Period) -> str:
    """First and last day: 2023-09-01 to 2023-10-18, in a form for every language."""
    first, last = str(Period(period.start, period.start + 1))[:10], str(Period(period.end - 1, period.end))[:10]
    return first if first == last else f"{first} – {last}"


class Clock:
    """Seconds a stage took."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.laps[stage] = round(now - self._last, 4)
        self._last = now
