"""The API: /v1/ask, search, quotes, verify, briefings, articles, feedback. What it gives is what `--json` gives, schema 1."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from functools import partial
from typing import Annotated, Any, Literal, cast

from fastapi import APIRouter, Depends
from fastapi.requests import Request
from fastapi.responses import HTMLResponse, Response

from bot.records import AskRequest, Briefing
from bot.rendering import briefing_text, json_rows
from bot.rendering import quotes as quoted
from bot.rendering.json_rows import SCHEMA, dumps
from bot.rendering.schema import AnswerRow, BriefingRow, ExportedArticle, ProofsRow, QuotesRow, SearchRow
from bot.web.access import Caller
from bot.web.desk import WebDesk
from bot.web.problems import Problem, Refused, of_error, row_of
from bot.web.requests import AskBody, BriefBody, FeedbackBody, QuotesBody, SearchBody, VerifyBody, date
from bot.web.streaming import GONE, sse, streamed, unless_gone
from index.errors import DragomanError
from index.records import Scope


def desk_of(request: Request) -> WebDesk:
    return cast(WebDesk, request.app.state.desk)


def caller_of(request: Request) -> Caller:
    """Who asks, as the gate has found out."""
    return cast(Caller, request.scope["caller"])


DeskHere = Annotated[WebDesk, Depends(desk_of)]
CallerHere = Annotated[Caller, Depends(caller_of)]
FAULTS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "content": {"application/problem+json": {}}}
    for status in (400, 401, 403, 404, 413, 415, 421, 422, 429, 500, 502, 503, 504)
}


def also(*kinds: str) -> dict[int | str, dict[str, Any]]:
    """What a route may give beside JSON."""
    return {200: {"content": {kind: {} for kind in kinds}}}


STREAM = also("text/event-stream")
router = APIRouter(prefix="/v1", responses=FAULTS)


def json_response(row: Mapping[str, object] | Sequence[Mapping[str, object]], status: int = 200) -> Response:
    """An object, or several, as `--json` writes it: what acts on a terminal is escaped."""
    return Response(dumps(row), status, media_type="application/json")


@router.post("/ask", response_model=AnswerRow, responses=STREAM, tags=["answers"])
async def ask(body: AskBody, request: Request, desk: DeskHere, caller: CallerHere) -> Response:
    """Ask. Every sentence of the answer names the passages it stands on. With `stream`, the events as they come."""
    asked = body.request()
    if body.stream or "text/event-stream" in request.headers.get("accept", ""):
        return await streamed(request, _events(desk, caller, asked, body.parent))
    answer = await unless_gone(request, desk.answer(asked, caller, parent=body.parent, keep=True))
    return json_response(json_rows.as_json(answer)) if answer else Response(status_code=GONE)


async def _events(desk: WebDesk, caller: Caller, asked: AskRequest, parent: str) -> AsyncGenerator[bytes, None]:
    events = desk.ask(asked, caller, parent=parent, keep=True)
    sent = False
    try:
        async for event in events:
            yield sse(dumps(json_rows.event_row(event)), event.kind)
            sent = True
    except (Refused, DragomanError) as error:
        if not sent:
            raise  # the status says it
        yield sse(dumps({"event": "error", "data": row_of(of_error(error)).model_dump()}), "error")
    finally:
        await events.aclose()


@router.get("/answers/{id}", response_model=list[AnswerRow], tags=["answers"])
async def conversation(id: str, desk: DeskHere, caller: CallerHere) -> Response:
    """A kept answer, and those it follows before it."""
    thread = await desk.run(lambda: desk.thread(id, caller))
    return json_response([json_rows.as_json(answer) for answer in thread])


@router.post("/search", response_model=SearchRow, tags=["library"])
async def search(body: SearchBody, desk: DeskHere, caller: CallerHere) -> Response:
    """The articles that fit a question best, each with its best passages."""
    scope = desk.within(caller, body.scope(frozenset(body.without)))
    results = await desk.run(lambda: desk.bot.index.results(body.question, k=body.k, scope=scope))
    return json_response(json_rows.search_row(body.question, results))


@router.post("/quotes", response_model=QuotesRow, tags=["library"])
async def quotes(body: QuotesBody, desk: DeskHere, caller: CallerHere) -> Response:
    """Who said what, newest first; on a matter, what is most on it first. `since` and `until` are of when it was said."""
    since, until = date("since", body.since), date("until", body.until)
    scope = desk.within(caller, body.model_copy(update={"since": None, "until": None}).scope())
    wanted = {"speaker": body.speaker, "about": body.about, "limit": body.limit, "original": body.original, "best_first": True}
    job = partial(desk.bot.index.quotes, **wanted, since=since, until=until, scope=scope)  # type: ignore[arg-type]
    found = await desk.run(job)
    return json_response({"schema": SCHEMA, "quotes": [quoted.quotation_row(one) for one in found]})


@router.post("/verify", response_model=ProofsRow, tags=["library"])
async def verify(body: VerifyBody, desk: DeskHere, caller: CallerHere) -> Response:
    """Whether every quotation of a draft stands word for word in an article of the library, and in the one that it names."""
    from bot.verification.document_check import proofs

    scope = desk.within(caller, body.scope())
    checked = await desk.run(lambda: proofs(body.text, desk.bot.index, scope=scope))
    return json_response(quoted.proofs_row({body.name: checked}))


@router.get("/articles/{id:path}", response_model=ExportedArticle, tags=["library"])
async def article(id: str, desk: DeskHere, caller: CallerHere, version: int | None = None) -> Response:
    """One version of an article, the newest by default. Ids may hold slashes."""
    return json_response(json_rows.article_row(await desk.run(lambda: desk.article(id, version, caller))))


# Briefings -------------------------------------------------------------------------------------------------------------------


@router.get("/briefings", tags=["briefings"], response_model=list[BriefingRow], responses=also("application/atom+xml"))
async def briefings(
    desk: DeskHere, caller: CallerHere, beat: str = "", last: int = 10, format: Literal["json", "atom"] = "json"
) -> Response:
    """The last briefings that were kept, of a beat or of all, the newest first; as an Atom feed with `format=atom`."""
    desk.whole(caller)
    kept = await desk.run(lambda: desk.state.briefings.latest(beat, last=min(max(last, 1), 50)))
    found = [briefing for briefing, _ in kept]
    if format == "atom":
        from bot.rendering.atom_feed import atom

        return Response(atom(beat or "Dragoman", found), media_type="application/atom+xml")
    return json_response([briefing_text.as_json(one) for one in found])


@router.post("/briefings", response_model=BriefingRow, tags=["briefings"])
async def brief(body: BriefBody, request: Request, desk: DeskHere, caller: CallerHere) -> Response:
    """Make a briefing now. Unless `keep` is said, it is not remembered, and the next one tells the same again.

    One that comes too late, or for a client that has gone, is not remembered either: nobody was told.
    """
    desk.whole(caller)
    beat, scope = body.of(desk.settings.beats.get(body.beat)), Scope(as_of=date("as_of", body.as_of))
    since, until = date("since", body.since), date("until", body.until)

    def job() -> tuple[float, Briefing]:
        """When the library was read for it, and the briefing."""
        return time.time(), desk.bot.brief(beat, since=since, until=until, scope=scope, keep=False)

    done = await unless_gone(request, desk.run(job))
    if done is None:
        return Response(status_code=GONE)
    at, made = done
    if body.keep:
        await asyncio.to_thread(lambda: desk.state.briefings.keep(made, at=at))
    return json_response(briefing_text.as_json(made))


@router.get("/briefings/{id}", response_model=BriefingRow, responses=also("text/html", "text/markdown"), tags=["briefings"])
async def briefing(
    id: str, desk: DeskHere, caller: CallerHere, format: Literal["json", "html", "markdown"] = "json"
) -> Response:
    """A kept briefing: as JSON, as a page of its own (`html`), or as Markdown."""
    made = await desk.run(lambda: found_briefing(desk, caller, id))
    if format == "html":
        from bot.rendering.briefing_html import html

        return HTMLResponse(html(made), headers={"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"})
    if format == "markdown":
        return Response(briefing_text.markdown(made), media_type="text/markdown")
    return json_response(briefing_text.as_json(made))


def found_briefing(desk: WebDesk, caller: Caller, id: str) -> Briefing:
    """A kept briefing; Refused with 404 if there is none."""
    desk.whole(caller)
    made = desk.state.briefings.find(id)
    if made is None:
        raise Refused(404, "There is no such briefing. GET /v1/briefings lists those that are kept.")
    return made


# Feedback --------------------------------------------------------------------------------------------------------------------


@router.post("/feedback", status_code=204, tags=["answers"])
async def feedback(body: FeedbackBody, desk: DeskHere, caller: CallerHere) -> Response:
    """What a caller thought of an answer: 1 or -1. The last word counts."""

    def rate() -> None:
        desk.thread(body.answer, caller)
        desk.state.conversations.rate(body.answer, f"http:{caller.name}", body.value)

    await desk.run(rate)
    return Response(status_code=204)
