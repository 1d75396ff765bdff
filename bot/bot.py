"""Bot: a question in, a cited answer out. The walk, read downwards.

question -> (rewrite, only with history) -> find (finding.py) -> refuse, or draft -> verify -> notes -> Answer
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers.extractive import Extractive
from bot.answers.notes import differing, refusal, titles
from bot.answers.writer import ChatGenerator, Generator, Writing, lacking, likeness
from bot.briefings.news_overview import Overview, overview
from bot.phrases import languages, say
from bot.questions import question_kind
from bot.questions.follow_ups import understood
from bot.records import Answer, Beat, Briefing, Citation, Draft, Event, Note, OnEvent, Outcome, Source, Turn
from bot.retrieval.evidence import Candidate, Evidence, instead
from bot.retrieval.later_reports import afterwards
from bot.retrieval.retrieve import Found, find
from bot.retrieval.word_coverage import remembering
from bot.verification.verify import Source as Cited
from bot.verification.verify import check
from index.errors import ModelError, Stopped
from index.index import Index
from index.records import Article, Filter, Passage, Period
from index.text import quotation_marks
from index.text.language import identify

if TYPE_CHECKING:
    import threading


SHORT = 3  # words, up to which a follow-up takes the language of the question before, if its own is not plain


class Bot:
    """Answers questions from an Index. Keeps nothing between questions; safe in threads."""

    def __init__(self, index: Index, *, generator: Generator | None = None, language: str = "") -> None:
        """`generator`: what words the answers; None quotes. `language`: of our own words; "" is the question's."""
        self.index = index
        self.language = language
        self._reading = remembering(index.embeddings)
        self._quoting = Extractive(self._article, index.statements)
        self.generator: Generator = generator or self._quoting

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
        spoken = next((turn.content for turn in history[::-1] if turn.role == "user" and len(turn.content.split()) > SHORT), "")
        default = identify(spoken, default=self.language or "en")  # "et Marwick ?" says little of its language
        meant = understood(question, history, identify(question, default=default))
        asked_in = identify(meant.searched if meant.again else question, default=default)
        lang = meant.lang or self.language or (asked_in if asked_in in languages() else "en")
        searched = meant.searched
        if history and not meant.again:
            searched = self.generator.rewrite(question, history, asked_in, stop=stop)

        tell(Event("status", say("searching", lang)))
        readings = [(searched, filter)]
        if meant.lang and self.generator is self._quoting and not (filter and filter.langs):
            readings.insert(0, (searched, replace(filter or Filter(), langs=frozenset({meant.lang}))))
        wording = self.generator if isinstance(self.generator, ChatGenerator) else None
        for reading, narrowed in readings if not meant.after else ():
            news = overview(
                self.index, reading, asked_in, lang, most=1 if meant.brief else None,
                filter=narrowed, as_of=as_of, without=without, wording=wording,
            )  # fmt: skip
            if news:
                return self._told(news, question, searched, lang, as_of, clock, tell)
        readings += [(meant.alone, filter)] if meant.alone else []
        for reading, narrowed in readings:
            found = find(
                self.index, reading, asked_in, self._article,
                filter=narrowed, as_of=as_of, without=without, embeddings=self._reading,
                lap=clock.lap,
            )  # fmt: skip
            if found.holds:
                break
        for _ in range(meant.after):
            shown = self._quoting.choose(found.evidence)
            found = afterwards(self.index, found, shown, self._article, filter=narrowed, as_of=as_of)
        notes = self._before(found, question, lang)
        if meant.after and found.results.filter and (window := found.results.filter.window):
            notes.append(Note(kind="narrowed", text=say("after", lang, date=str(Period(window.start - 1, window.start))[:10])))

        tell(Event("status", say("reading", lang)))
        evidence = found.evidence
        copies = {hit.passage.article_id: len(hit.copies) for hit in found.hits}
        writing = Writing(
            evidence, lang, self._article, likeness=likeness(self._embed), lacking=lacking(self.index.embeddings), copies=copies
        )
        outcome: Outcome = "no_evidence"
        generator = self._quoting.name
        if found.holds:
            tell(Event("status", say("writing", lang)))
            generator, more = self._write(writing, lang, tell, stop, most=1 if meant.brief else None)
            notes += more
            outcome = "answered" if writing.sentences else "no_evidence"
            notes += [] if meant.brief else differing(writing, found.hits, lang)
        if outcome == "no_evidence":
            notes += [*self._premise(writing, evidence, lang), refusal(self.index, found, as_of, lang)]
        clock.lap("write")

        answer = Answer(
            id=uuid.uuid4().hex,
            question=question,
            searched=found.searched,
            lang=lang,
            outcome=outcome,
            sentences=tuple(writing.sentences),
            sources=tuple(writing.sources),
            notes=tuple(notes),
            retrieved=found.articles,
            chips=found.results.chips,
            generator=generator,
            prompt=self.generator.prompt if generator != self._quoting.name else "",
            as_of=as_of,
            timings=clock.laps,
        )
        tell(Event("done", answer))
        return answer

    def _told(
        self, news: Overview, question: str, searched: str, lang: str, as_of: Period | None, clock: Clock, tell: OnEvent
    ) -> Answer:
        """The answer to a question for the news."""
        clock.lap("search")
        for source in news.sources:
            tell(Event("source", source))
        for sentence in news.sentences:
            tell(Event("sentence", sentence))
        answer = Answer(
            id=uuid.uuid4().hex, question=question, searched=searched, lang=lang, outcome="answered",
            sentences=news.sentences, sources=news.sources, notes=news.notes, retrieved=news.articles, chips=news.chips,
            generator=news.generator, prompt=news.prompt, as_of=as_of, timings=clock.laps,
        )  # fmt: skip
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
        filter: Filter | None = None,
    ) -> Briefing:
        """What is new on a beat: since the last briefing of it, or `since`, or as long as the beat looks back; up to `until`.

        `as_of` hides what was published or changed later. `keep`: remember it, so that the next one tells what is new. Under
        a `filter` what lies outside is not read, nor what earlier briefings told, which may have been from there.
        Raises LibraryError, ModelError.
        """
        from bot.briefings import archive, briefing
        from bot.state.database import State

        wording = self.generator if isinstance(self.generator, ChatGenerator) else None
        at = time.time()
        state = State(self.index.folder)
        try:
            before = [] if filter else archive.latest(state, beat.name, last=briefing.REMEMBERED)
            period = briefing.window(beat, before, since=since, until=until, as_of=as_of, now=int(at))
            made = briefing.brief(self.index, beat, period, before, filter=filter, as_of=as_of, wording=wording)
            if keep:
                archive.keep(state, made, at=at)
        finally:
            state.close()
        return made

    # How an answer is written

    def _before(self, found: Found, question: str, lang: str) -> list[Note]:
        """What is said about how the question was taken."""
        notes = []
        searched, results = found.searched, found.results
        if searched.casefold() != question.casefold():
            notes.append(Note(kind="rewrite", text=say("rewrite", lang, question=quotation_marks.unquoted(searched))))
        if words := results.words(searched, relaxed=False):
            notes.append(Note(kind="narrowed", text=say("narrowed", lang, words=quotation_marks.unquoted("; ".join(words)))))
        if words := results.words(searched, relaxed=True):
            notes.append(Note(kind="relaxed", text=say("relaxed", lang, words=quotation_marks.unquoted("; ".join(words)))))
        if found.suspicious:
            notes.append(Note(kind="injection", text=say("injection", lang, titles=titles(found.suspicious, lang))))
        return notes

    def _write(
        self, writing: Writing, lang: str, tell: OnEvent, stop: threading.Event | None, *, most: int | None = None
    ) -> tuple[str, list[Note]]:
        """Fill `writing`, with `most` sentences; the name of what wrote it, and what has to be said about that."""
        notes: list[Note] = []
        used = self.generator
        why = ""
        drafted = cited = 0
        try:
            for draft in used.generate(writing.evidence.question, writing.evidence, lang, stop=stop):
                drafted += 1
                cited += bool(draft.cites)
                self._show(writing, draft, tell)
                if most and len(writing.sentences) >= most:
                    break
        except ModelError as error:
            why = str(error)
        if writing.withheld:
            notes.append(Note(kind="withheld", text=say("withheld", lang, count=writing.withheld)))
        if used is self._quoting:
            return used.name, notes
        if not why and drafted and not writing.worded:
            why = say("unsupported", lang)
        if why:
            self._quote(writing, self._quoting.choose(writing.evidence), tell, most)
            notes.append(Note(kind="generator", text=say("replaced", lang, why=quotation_marks.unquoted(why))))
            return self._quoting.name, notes
        if writing.withheld or cited < drafted:  # a model that does not cite as it should may have missed what answers
            best = self._quoting.choose(writing.evidence)
            if question_kind.kind(writing.evidence.question) != "said":
                best = sorted(best, key=lambda candidate: -candidate.score)[:1]
            self._quote(writing, best, tell, most)
        return used.name, notes

    def _quote(self, writing: Writing, chosen: Sequence[Candidate], tell: OnEvent, most: int | None) -> None:
        """The articles' own sentences beside what is shown already, each once."""
        for candidate in chosen:
            if most is not None and len(writing.sentences) >= most:
                return
            if not writing.cites(candidate.passage, candidate.start, candidate.end):
                self._show(writing, self._quoting.draft(candidate, writing.evidence), tell)

    def _show(self, writing: Writing, draft: Draft, tell: OnEvent) -> None:
        known = len(writing.sources)
        sentence = writing.add(draft)
        if sentence:
            for source in writing.sources[known:]:
                tell(Event("source", source))
            tell(Event("sentence", sentence))
        else:
            del writing.sources[known:]

    # Beside an answer

    def translation(self, source: Source | Citation, span: tuple[int, int], lang: str) -> str:
        """What an article says in a span, in another language, by the chat model; "" where there is none, or it does not hold.

        A translation is verified like every sentence of a model: its names, numbers, negations are those of the original.
        """
        article = self.index.article(source.article_id, source.version)
        if article is None or article.lang == lang or not isinstance(self.generator, ChatGenerator):
            return ""
        start, end = span
        quote = article.text[start:end]
        try:
            text = self.generator.translate(quote, lang)
        except ModelError:
            return ""
        passage = Passage(
            id="", article_id=article.id, version=article.version, start=start, end=end, text=quote, title=article.title,
            outlet=article.outlet, agency=article.agency, lang=article.lang, published=article.published,
        )  # fmt: skip
        checked = check(
            text, (1,), [Cited(1, passage, article.text)], lang, likeness=likeness(self._embed),
            lacking=lacking(self.index.embeddings),
        )  # fmt: skip
        return checked.text if checked.ok else ""

    # How a question is refused

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


class Clock:
    """Seconds a stage took."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.laps[stage] = round(self.laps.get(stage, 0.0) + now - self._last, 4)
        self._last = now
