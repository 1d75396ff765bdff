"""The tools: each parses, asks the library, and gives back rows. They decide nothing, and change nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations
from pydantic import Field

from bot.bot import Bot
from bot.mcp import rows
from bot.mcp.rows import (
    AskResult,
    BriefResult,
    CitedWords,
    FetchedArticle,
    NoteWords,
    SearchResults,
    SpokenStatements,
    SpokenWords,
    VerdictRows,
)  # fmt: skip
from bot.records import Answer, AskRequest, Beat, BriefingEvent, Citation, Note, Sentence, Source
from bot.rendering.answer_text import plain
from bot.rendering.json_rows import dates, iso
from bot.rendering.links import web_address
from bot.verification.document_check import Proof, proofs
from index.errors import DragomanError
from index.records import Article, Filter, Period, Scope

T = TypeVar("T")
Day = Annotated[str, Field(max_length=40, description="2025, 2025-05 or 2025-05-14; empty: any")]
Names = Annotated[list[str], Field(max_length=20)]
Topics = Annotated[list[str], Field(min_length=1, max_length=10)]
Draft = Annotated[str, Field(min_length=1, max_length=100_000)]
Words = Annotated[str, Field(min_length=1, max_length=2_000)]


class Denied(Exception):
    """A call that is not served; the message is for the model that made it."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How a call comes to the library: by which thread, and how far. `within` raises Denied where that is nowhere."""

    run: Callable[[Callable[[], Any]], Awaitable[Any]]
    answer: Callable[[Any, AskRequest], Awaitable[Answer]]  # (the HTTP request or None, a question within what may be seen)
    within: Callable[[Any, Scope], Scope]  # (the HTTP request or None, what is asked for) -> what may be seen of it
    whole: Callable[[Any], None]  # Denied unless everything may be seen


def everywhere(bot: Bot) -> Reach:
    """For the one who started this program."""
    return Reach(asyncio.to_thread, lambda _, asked: bot.aask(asked), lambda _, scope: scope, lambda _: None)


@dataclass(frozen=True, slots=True)
class NewsTools:
    """The tools over one Bot."""

    bot: Bot
    reach: Reach

    async def search(
        self, ctx: Context[Any, Any], query: Words, langs: Names = [], outlets: Names = [], since: Day = "", until: Day = "",  # noqa: B006
        limit: Annotated[int, Field(ge=1, le=30)] = 8,
    ) -> SearchResults:  # fmt: skip
        """Find news articles that answer a question, in any language: ids for `fetch`, with the best passage of each."""
        scope = self._scope(ctx, langs, outlets, since, until)
        hits = await self._run(lambda: self.bot.index.search(query, k=limit, scope=scope))
        return {"results": [rows.found(hit) for hit in hits]}

    async def fetch(self, ctx: Context[Any, Any], id: Annotated[str, Field(min_length=1, max_length=2_000)]) -> FetchedArticle:
        """Read one article whole, by the id that `search` gave."""
        scope = self._scope(ctx, ids=(id,))

        def read() -> Article | None:
            return self.bot.index.article(id) if self.bot.index.extent(scope=scope).articles else None

        article = await self._run(read)
        if article is None:
            raise ToolError("There is no such article. Search first; ids are those of its results.")
        return {
            "id": article.id, "title": article.title, "text": article.text, "url": web_address(article.url),
            "metadata": {"source": article.outlet, "agency": article.agency, "authors": list(article.authors),
                         "lang": article.lang, "version": article.version, **dates(article.published)},
        }  # fmt: skip

    async def ask(
        self, ctx: Context[Any, Any], question: Words, langs: Names = [], outlets: Names = [], since: Day = "", until: Day = "",  # noqa: B006
    ) -> AskResult:  # fmt: skip
        """Answer a question from the news. Every sentence is checked, and cited with the words it stands on: quote those.

        Sentences that are "unconfirmed" were not confirmed: pass them on as such. Where nothing is found, say so.
        """
        asked = AskRequest(question, scope=self._scope(ctx, langs, outlets, since, until))
        answer = await self._told(self.reach.answer(_request(ctx), asked))
        sources = {source.number: source for source in answer.sources}
        return {
            "outcome": answer.outcome, "answer": plain(answer), "notes": _notes(answer.notes),
            "sentences": await self._run(lambda: [self._sentence(one, sources) for one in answer.sentences]),
        }  # fmt: skip

    async def quotes(
        self, ctx: Context[Any, Any], speaker: Annotated[str, Field(max_length=200)] = "",
        about: Annotated[str, Field(max_length=2_000)] = "", since: Day = "", until: Day = "",
        limit: Annotated[int, Field(ge=1, le=100)] = 20,
    ) -> SpokenStatements:  # fmt: skip
        """List who said what, newest first: by a speaker (any spelling), or what is most on a topic (any language)."""
        scope, first, last = self._scope(ctx), _date("since", since), _date("until", until)

        def read() -> SpokenStatements:
            found = self.bot.index.quotes(
                speaker=speaker, about=about, since=first, until=last, limit=limit, scope=scope, best_first=True
            )
            return {"quotes": [rows.statement(one, self.bot.index.article) for one in found]}

        return await self._run(read)

    async def verify(
        self, ctx: Context[Any, Any], text: Annotated[str, Field(min_length=1, max_length=100_000)]
    ) -> VerdictRows:
        """Check every quotation of a draft: exact, misattributed, altered, elsewhere (another article) or nowhere."""
        scope = self._scope(ctx)
        return await self._run(
            lambda: {"quotations": [self._verdict(proof) for proof in proofs(text, self.bot.index, scope=scope)]}
        )

    async def brief(
        self, ctx: Context[Any, Any], topics: Topics, since: Day = "", until: Day = "",
        length: Annotated[int, Field(ge=1, le=20)] = 5,
    ) -> BriefResult:  # fmt: skip
        """Tell what happened on some topics in a time: the events, most important first, each with what is cited for it."""
        with _in_words():
            self.reach.whole(_request(ctx))
        first, last, beat = _date("since", since), _date("until", until), Beat(name="mcp", topics=tuple(topics), length=length)

        def made() -> BriefResult:
            briefing = self.bot.brief(beat, since=first, until=last, keep=False)
            sources = {source.number: source for source in briefing.sources}
            window = {"since": iso(briefing.since), "until": iso(briefing.until)}
            events = [self._event(event, sources) for event in briefing.events]
            return {"beat": ", ".join(topics), **window, "events": events, "notes": _notes(briefing.notes)}  # type: ignore[typeddict-item]

        return await self._run(made)

    # What they share

    async def _run(self, job: Callable[[], T]) -> T:
        done: T = await self._told(self.reach.run(job))
        return done

    async def _told(self, work: Awaitable[T]) -> T:
        with _in_words():
            return await work

    def _scope(
        self, ctx: Context[Any, Any], langs: Sequence[str] = (), outlets: Sequence[str] = (), since: str = "", until: str = "",
        ids: Sequence[str] = (),
    ) -> Scope:  # fmt: skip
        wanted = Filter(
            langs=frozenset(lang.strip().lower() for lang in langs),
            outlets=frozenset(outlets),
            ids=frozenset(ids),
            window=Period.between(_date("since", since), _date("until", until)),
        )
        with _in_words():
            return self.reach.within(_request(ctx), Scope(filter=wanted if wanted else None))

    def _sentence(self, sentence: Sentence, sources: dict[int, Source]) -> SpokenWords:
        cited = [self._cited(one, sources[one.number]) for one in sentence.citations if one.number in sources]
        return {"text": sentence.text, "status": sentence.status, "citations": cited}

    def _event(self, event: BriefingEvent, sources: dict[int, Source]) -> rows.BriefEvent:
        told = (*event.sentences, *event.statements, *event.disputed)
        return {
            "headline": self._sentence(event.headline, sources),
            "label": event.label,
            "reports": event.origins,
            "outlets": list(event.outlets),
            "sentences": [self._sentence(one, sources) for one in told],
        }

    def _cited(self, one: Citation, source: Source) -> CitedWords:
        return rows.cited(source, one.start, one.end, one.quote, self.bot.index.article)

    def _verdict(self, proof: Proof) -> rows.VerdictRow:
        citation = None
        if proof.passage:
            start, end = proof.source_start or 0, proof.source_end or 0
            citation = rows.cited(proof.passage, start, end, proof.source_text, self.bot.index.article)
        return {
            "quote": proof.quote, "verdict": proof.verdict, "difference": proof.difference, "said_by": proof.said_by,
            "speaker": proof.speaker, "speaker_confirmed": proof.confirmed if proof.speaker else None, "citation": citation,
        }  # fmt: skip


def make_server(bot: Bot, reach: Reach | None = None) -> MCPServer:
    """The tools as a server, which a transport is put to."""
    from importlib.metadata import version

    server: MCPServer = MCPServer(
        "dragoman", title="Dragoman", version=version("dragoman"), log_level="WARNING",
        instructions="A library of news. Every citation has its words verbatim: quote them, and name their source and date.",
    )  # fmt: skip
    tools = NewsTools(bot, reach or everywhere(bot))
    only_reads = ToolAnnotations(read_only_hint=True, open_world_hint=False)
    for tool in (tools.search, tools.fetch, tools.ask, tools.quotes, tools.verify, tools.brief):
        server.add_tool(tool, annotations=only_reads, structured_output=True)
    return server


@contextmanager
def _in_words() -> Iterator[None]:
    """What is denied or fails becomes the error that the agent is told."""
    try:
        yield
    except (DragomanError, Denied) as error:
        raise ToolError(str(error)) from None


def _request(ctx: Context[Any, Any]) -> Any:
    return ctx.request_context.request


def _date(name: str, text: str) -> Period | None:
    try:
        return Period.parse(text) if text else None
    except ValueError:
        raise ToolError(f"{name}: '{text}' is not a date; write 2025, 2025-05 or 2025-05-14.") from None


def _notes(notes: Sequence[Note]) -> list[NoteWords]:
    return [{"kind": note.kind, "text": note.text} for note in notes]
