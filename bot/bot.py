"""Bot: a question in, a cited answer out. The pipeline, read downwards.

request -> understand -> reply, or plan -> the news, or retrieve -> refuse, or write -> annotate -> Answer; Events on the way
"""

from __future__ import annotations

import time
import uuid
from collections import Counter
from collections.abc import AsyncGenerator, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Literal

from bot.answers.begun import Beginning, beginning
from bot.answers.extractive import Extractive
from bot.answers.filling import filled
from bot.answers.notes import as_follow_up, differing, gathered, overtaken, refusal, taken_as, unfound
from bot.answers.reply import asking_back, not_for_news, to_small_talk
from bot.answers.source_notes import on_sources
from bot.answers.writer import ChatGenerator, likeness
from bot.answers.writer import Generator as AnswerGenerator
from bot.answers.writing import Writing
from bot.briefings.news_overview import Overview, overview
from bot.clock import Clock
from bot.event_stream import EventStream
from bot.phrases import say
from bot.questions.question import Question
from bot.records import Answer, AskRequest, Beat, Briefing, Citation, Event, Note, Outcome, Source, Turn, asked
from bot.request import Attempt, UnderstoodRequest, understand, ways_to_search
from bot.retrieval import told_before
from bot.retrieval.both_sides import both
from bot.retrieval.candidates import passage_of
from bot.retrieval.evidence import Evidence
from bot.retrieval.later_reports import afterwards
from bot.retrieval.plan import carried_out, planned
from bot.retrieval.premise import instead
from bot.retrieval.retrieve import Retrieved, retrieve
from bot.retrieval.same_article import astray, in_the_same, told_of
from bot.retrieval.word_coverage import remembering
from bot.verification.evidence import CitedPassage
from bot.verification.verify import translated
from index.errors import ModelError, Stopped
from index.index import Index
from index.records import Article, Filter, Passage, Period, Scope

if TYPE_CHECKING:
    import threading


class Bot:
    """Answers questions from an Index. Keeps nothing between questions; safe in threads."""

    def __init__(
        self,
        index: Index,
        *,
        generator: AnswerGenerator | None = None,
        language: str = "",
    ) -> None:
        """`generator`: what words the answers; None quotes. `language`: of our own words; "" is the question's."""
        self.index = index
        self.language = language
        self._embeddings = remembering(index.embeddings)
        self._quoting = Extractive(self._article, index.statements)
        self.generator: AnswerGenerator = generator or self._quoting

    def stream(self, request: AskRequest | str) -> EventStream:
        """The answer to one question while it is made: its events, the last of which is `done` with the Answer.

        Closing the stream, from any thread, ends the work and cuts the call of a chat model. While it is iterated it raises
        LibraryError when the library cannot be read. A chat model that fails costs a note, not the answer.
        """
        asked = AskRequest(request) if isinstance(request, str) else request
        return EventStream(lambda stop: self.events(asked, stop))

    def ask(
        self,
        question: AskRequest | str,
        history: Iterable[Turn | Mapping[str, object]] = (),
        *,
        filter: Filter | None = None,
        as_of: Period | None = None,
        without: Collection[str] = (),
    ) -> Answer:
        """The answer to one question: that of the last event of `stream`. With an AskRequest the other parameters are its own.

        `history`: the turns before it, oldest first. `filter`, `as_of`, `without`: see `index.records.Scope`.
        """
        if isinstance(question, str):
            question = AskRequest(question, history, scope=Scope(filter=filter, as_of=as_of, without=frozenset(without)))
        return self.stream(question).answer()

    async def astream(self, request: AskRequest | str) -> AsyncGenerator[Event, None]:
        """The events of `stream` on an event loop, which is not held up: a thread of its pool works.

        Whoever stops iterating closes it with `aclose()`, or is cancelled; that ends the work as `EventStream.close` does.
        """
        from bot.async_events import relayed

        events = relayed(self.stream(request))
        try:
            async for event in events:
                yield event
        finally:
            await events.aclose()

    async def aask(self, request: AskRequest | str) -> Answer:
        """The Answer of `astream`. Cancelling it ends the work."""
        answer: Answer | None = None
        async for event in self.astream(request):
            answer = event.data if isinstance(event.data, Answer) else answer
        if answer is None:
            raise Stopped("stopped")
        return answer

    def events(self, request: AskRequest, stop: threading.Event) -> Generator[Event, None, None]:
        """The pipeline behind `stream`. Once `stop` is set it ends with Stopped where it waits for a chat model."""
        clock = Clock()
        asked = understand(
            request, self.language, lambda: self.index.outlets, lambda: self.index.extent().languages,
            worded=self._wording is not None,
        )  # fmt: skip
        if reply := to_small_talk(request, asked.question, asked.lang, self._embeddings):
            yield Event("done", reply)
            return
        yield Event("status", say("searching", asked.lang))
        attempts = ways_to_search(asked, self.generator, stop)
        if reply := asking_back(request, attempts[0].question, asked.lang):
            yield Event("done", reply)
            return
        if news := self._news(asked, attempts):
            clock.lap("search")
            yield from _announced(news)
            yield Event("done", _overview_answer(news, asked, attempts[0].question.text, clock))
            return
        with beginning(partial(self._wording.begin, lang=asked.lang) if self._wording else None) as early:
            retrieved = self._retrieve(asked, attempts, clock, stop, early)
            if not retrieved.holds and (reply := not_for_news(request, asked.question, asked.lang, self._embeddings)):
                yield Event("done", reply)
                return
            if retrieved.plan:
                yield Event("status", say("planned", asked.lang, words="; ".join(retrieved.plan)))
            yield Event("status", say("reading", asked.lang))
            writing = self._begin(retrieved, asked)
            generator, notes = self._quoting.name, list[Note]()
            if retrieved.holds or (self._wording and retrieved.readable):
                yield Event("status", say("writing", asked.lang))
                begun = early.begun if early else None
                most = 1 if asked.question.follow_up.brief else None
                generator, notes = yield from filled(
                    writing, self.generator, self._quoting, asked.lang, stop, quotes=retrieved.holds, most=most, begun=begun
                )
        notes = self._annotate(asked, retrieved, writing, notes)
        clock.lap("write")
        yield Event("done", self._answer(asked, retrieved, writing, generator, notes, clock))

    def brief(
        self,
        beat: Beat,
        *,
        since: Period | None = None,
        until: Period | None = None,
        scope: Scope = Scope(),
        keep: bool | Literal["told", "asked"] = True,
    ) -> Briefing:
        """What is new on a beat: since the last briefing of it, or `since`, or as long as the beat looks back; up to `until`.

        `keep`: remember it, so that the next one tells what is new; "asked": only to be talked about, if there is anything,
        not as told. Under a filter what lies outside is not read, nor what earlier briefings told, which may be from there.
        """
        from bot.briefings import briefing
        from bot.state.opening import open_state

        at = time.time()
        state = open_state(self.index.folder, write=bool(keep))
        try:
            before = [] if scope.filter else state.briefings.latest(beat.name, last=briefing.REMEMBERED)
            period = briefing.window(beat, before, since=since, until=until, as_of=scope.as_of, now=int(at))
            made = briefing.brief(self.index, beat, period, before, scope=scope, wording=self._wording)
            if keep and (keep != "asked" or made.events):
                state.briefings.keep(replace(made, beat=asked(beat.name)) if keep == "asked" else made, at=at)
        finally:
            state.close()
        return made

    # What is found

    def _news(self, asked: UnderstoodRequest, attempts: Sequence[Attempt]) -> Overview | None:
        """What the question's time brought, if it asks for the news and for nothing in particular."""
        follow_up = asked.question.follow_up
        for attempt in attempts if not follow_up.after else ():
            news = overview(
                self.index, attempt.question, asked.lang, most=1 if follow_up.brief else None, scope=attempt.scope,
                wording=self._wording,
            )  # fmt: skip
            if news:
                return news
        return None

    def _retrieve(
        self,
        asked: UnderstoodRequest,
        attempts: Sequence[Attempt],
        clock: Clock,
        stop: threading.Event,
        early: Beginning | None,
    ) -> Retrieved:
        """What the first attempt that holds an answer found, or the last one; and what was reported after that, if asked.

        A chat model's plan for a question of several parts is made meanwhile; or where nothing but the one search decides what
        it reads, it begins to write as soon as that is found.
        """
        wording, question, follow_up = self._wording, attempts[0].question, asked.question.follow_up
        own = not (follow_up.after or follow_up.again or follow_up.brief)
        with planned(wording.searches if wording and own else None, question, stop) as plan:
            search = partial(
                retrieve, self.index, article=self._article, embeddings=self._embeddings, lap=clock.lap,
                whole=wording is not None,
            )  # fmt: skip
            same = told_of(question, self.index, attempts[0].scope) if wording is None else ""
            retrieved = in_the_same(question, same, search, self.index, attempts[0].scope, self._article) if same else None
            attempts = () if retrieved else attempts
            found = early.begin if early and own and plan is None and len(attempts) == 1 else _wait
            for attempt in attempts:
                if retrieved and retrieved.evidence.probability >= attempt.below and not retrieved.of_another:
                    break
                search = partial(search, found=found)
                if wording is None and own:
                    tried = both(attempt.question, search, self.index, attempt.scope)
                else:
                    tried = search(attempt.question, scope=attempt.scope)
                tried = astray(question, same, tried)
                retrieved = tried if tried.holds or retrieved is None or not retrieved.holds else retrieved
            assert retrieved
            if plan and not retrieved.spoken:
                retrieved = carried_out(self.index, retrieved, plan.searches())
                clock.lap("search")
        for _ in range(follow_up.after):
            retrieved = afterwards(self.index, retrieved, self._quoting.choose(retrieved.evidence))
        if follow_up.unseen:
            retrieved = told_before.unseen(retrieved, asked.question.told_before)
        if follow_up.when and retrieved.holds:
            retrieved = told_before.dated(retrieved, self._quoting.choose(retrieved.evidence))
        return told_before.gist(retrieved, asked.question.replies) if follow_up.brief and wording is None else retrieved

    # How an answer is written

    def _begin(self, retrieved: Retrieved, asked: UnderstoodRequest) -> Writing:
        copies = {hit.passage.article_id: len(hit.copies) for hit in retrieved.hits}
        return Writing(
            retrieved.evidence, asked.lang, self._article, likeness=likeness(self._embed), copies=copies,
            judge=self._wording.judge if self._wording else None, strict=bool(self._wording and self._wording.strict),
            publishers=self.index.publishers,
        )  # fmt: skip

    # What is said beside it

    def _annotate(self, asked: UnderstoodRequest, retrieved: Retrieved, writing: Writing, notes: Sequence[Note]) -> list[Note]:
        """All notes: how the question was taken, those of the writing, and where reports differ or nothing was found."""
        follow_up = asked.question.follow_up
        before = [*taken_as(retrieved, asked.question, asked.lang), *as_follow_up(writing, asked.question, asked.lang)]
        if follow_up.unseen and not writing.sentences:
            return [*before, *notes, Note(kind="reply", text=say("no_more", asked.lang))]
        if not writing.sentences:
            premise = self._premise(writing, retrieved.evidence, asked.lang)
            return [*before, *notes, *premise, refusal(self.index, retrieved, asked.lang, near=bool(premise))]
        if follow_up.brief or follow_up.when:
            return [*before, *notes]
        older = overtaken(writing, asked.lang) if self._wording is None else []
        differences = [*older, *differing(writing, retrieved.hits, asked.lang, self.index)]
        sources = on_sources(writing, retrieved, self.index, asked.lang, differ=bool(differences))
        made = gathered(retrieved.evidence, asked.lang) if self._wording is None else []
        return [*before, *unfound(retrieved, asked.lang), *notes, *differences, *sources, *made]

    def _premise(self, writing: Writing, evidence: Evidence, lang: str) -> list[Note]:
        """What the articles do say, where they say something else than the question takes for granted."""
        near = instead(evidence)
        if near is None:
            return []
        sentence = writing.add(self._quoting.draft(self._quoting.widened(near), evidence))
        if sentence is None:
            return []
        writing.sentences.remove(sentence)
        return [Note(kind="premise", text=f"{say('premise', lang)} {sentence.text}", citations=sentence.citations)]

    def _answer(
        self,
        asked: UnderstoodRequest,
        retrieved: Retrieved,
        writing: Writing,
        generator: str,
        notes: Sequence[Note],
        clock: Clock,
    ) -> Answer:
        outcome: Outcome = "answered" if writing.sentences else "no_evidence"
        return Answer(
            id=uuid.uuid4().hex,
            question=asked.request.question,
            searched=retrieved.searched,
            lang=asked.lang,
            outcome=outcome,
            sentences=tuple(writing.sentences),
            sources=tuple(writing.sources),
            notes=tuple(notes),
            retrieved=retrieved.articles,
            plan=retrieved.plan,
            chips=retrieved.results.chips,
            generator=generator,
            prompt=self.generator.prompt if generator != self._quoting.name else "",
            as_of=asked.request.scope.as_of,
            timings=clock.laps,
            withheld=dict(Counter(writing.withheld)),
        )

    # Beside an answer

    def translation(self, source: Source | Citation, span: tuple[int, int], lang: str) -> str:
        """What an article says in a span, in another language, by the chat model; "" where there is none, or it does not hold.

        A translation is held against its original like every sentence of a model: names, numbers, negations are the same.
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
        return translated(text, CitedPassage(1, passage_of(article, start, end), article.text), lang, likeness(self._embed))

    # What the stages share

    @property
    def _wording(self) -> ChatGenerator | None:
        return self.generator if isinstance(self.generator, ChatGenerator) else None

    def _article(self, id: str, version: int) -> Article | None:
        return self.index.article(id, version)

    def _embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        vectors: Sequence[Sequence[float]] = self._embeddings.embed_documents(list(texts))  # type: ignore[assignment]
        return vectors


def _wait(question: Question, passages: Sequence[Passage]) -> None:
    """What is found is read when it is weighed."""


# The news --------------------------------------------------------------------------------------------------------------------


def _announced(news: Overview) -> Iterator[Event]:
    for source in news.sources:
        yield Event("source", source)
    for sentence in news.sentences:
        yield Event("sentence", sentence)


def _overview_answer(news: Overview, asked: UnderstoodRequest, searched: str, clock: Clock) -> Answer:
    return Answer(
        id=uuid.uuid4().hex, question=asked.request.question, searched=searched, lang=asked.lang, outcome="answered",
        sentences=news.sentences, sources=news.sources, notes=news.notes, retrieved=news.articles, chips=news.chips,
        generator=news.generator, prompt=news.prompt, as_of=asked.request.scope.as_of, timings=clock.laps,
    )  # fmt: skip
