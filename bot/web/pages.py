"""The page: a conversation, its address, the article beside it. Works without a script; page.js makes it better."""

from __future__ import annotations

import json
import uuid
from collections.abc import AsyncGenerator, Sequence
from typing import Literal, get_args
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.requests import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from bot.answers.notes import span
from bot.answers.writer import ChatGenerator
from bot.phrases import say
from bot.records import Answer, AskRequest, Citation, Sentence, Source
from bot.web import views
from bot.web.access import Caller
from bot.web.api import CallerHere, DeskHere
from bot.web.desk import WebDesk
from bot.web.html import base_path, form_of, language, page, written
from bot.web.problems import Refused, of_error
from bot.web.requests import QUESTION
from bot.web.streaming import GONE, sse, streamed, unless_gone
from bot.web.views import ReaderView, TurnPlace
from index.errors import DragomanError
from index.records import Article, ChipKind, Scope
from index.text.printable import line

router = APIRouter(include_in_schema=False)
KINDS: tuple[str, ...] = get_args(ChipKind)


@router.get("/")
async def home(request: Request, desk: DeskHere, caller: CallerHere) -> HTMLResponse:
    lang = language(request)
    extent = await desk.run(lambda: desk.bot.index.extent(scope=desk.within(caller, Scope())))
    dates = span(extent.dates) if extent.dates else say("undated", lang)
    held = say("web_held", lang, articles=extent.articles, dates=dates, langs=", ".join(filter(None, extent.languages)))
    if not extent.articles:
        held = say("empty", lang)
    return page(request, "ask", turns=[], draft="", parent="", held=held, reading=None, closed=base_path(request) + "/")


@router.get("/a/{id}")
async def conversation(
    id: str, request: Request, desk: DeskHere, caller: CallerHere, open: str = "", w: str = ""
) -> HTMLResponse:
    """An answer and those before it, with a citation open: reloaded or shared, it is the same."""
    return await desk.run(lambda: _conversation(request, desk, caller, desk.thread(id, caller), open, w))


def _conversation(
    request: Request, desk: WebDesk, caller: Caller, thread: Sequence[Answer], open: str, dropped: str
) -> HTMLResponse:
    base, lang, id = base_path(request), language(request), thread[-1].id
    kinds = tuple(sorted(set(dropped.split(",")) & set(KINDS)))
    places = [TurnPlace(base, id, n, lang, open, kinds if answer.id == id else ()) for n, answer in enumerate(thread)]
    parents = ["", *(answer.id for answer in thread)]
    shown = [views.turn(answer, parent, place) for answer, parent, place in zip(thread, parents[:-1], places, strict=True)]
    cited = views.opened(thread, open)
    reading = _reading(desk, caller, cited, base, lang) if cited else None
    closed = places[-1].address()
    return page(request, "ask", turns=shown, draft="", parent=id, held="", reading=reading, closed=closed)


@router.post("/ask")
async def ask(request: Request, desk: DeskHere, caller: CallerHere) -> Response:
    """The form of the page: with a script a stream of what to add to it, without one the address of the answer."""
    form = await form_of(request)
    parent = form.one("parent", 64)
    without = frozenset(form.all("without")) & set(KINDS)
    question = form.one("q", QUESTION).strip()
    if not question:
        raise Refused(422, say("web_question", language(request)) + "?")
    asked = AskRequest(question, scope=Scope(without=without))
    if "text/event-stream" in request.headers.get("accept", ""):
        return await streamed(request, _events(request, desk, caller, asked, parent))
    answer = await unless_gone(request, desk.answer(asked, caller, parent=parent, keep=True))
    if answer is None:
        return Response(status_code=GONE)
    if not desk.settings.keep:
        return await desk.run(lambda: _conversation(request, desk, caller, [answer], "", ",".join(without)))
    query = f"?{urlencode({'w': ','.join(sorted(without))})}" if without else ""
    return RedirectResponse(f"{base_path(request)}/a/{answer.id}{query}", 303)


async def _events(
    request: Request, desk: WebDesk, caller: Caller, asked: AskRequest, parent: str
) -> AsyncGenerator[bytes, None]:
    """begun (the turn without an answer), status*, sentence*, done (the turn as it stays, and its address) or error."""
    base, lang, id = base_path(request), language(request), uuid.uuid4().hex
    before = len(desk.thread(parent, caller)) if parent else 0
    place = TurnPlace(base, id, before, lang, dropped=tuple(sorted(asked.scope.without)))
    sources: dict[int, Source] = {}
    shown, sent = 0, False
    events = desk.ask(asked, caller, parent=parent, keep=True, id=id)
    try:
        async for event in events:
            if not sent:
                bare = views.TurnView(id="", question=asked.question, lang=lang, parent=parent)
                yield sse(written(request, "fragment", turn=bare), "begun")
            match event.data:
                case str():
                    yield sse(event.data, "status")
                case Source():
                    sources[event.data.number] = event.data
                case Sentence():
                    one = views.sentence(event.data, shown, sources, place, lang)
                    yield sse(written(request, "fragment", one=one), "sentence")
                    shown += 1
                case Answer():
                    yield sse(_done(request, desk, event.data, parent, place), "done")
            sent = True
    except (Refused, DragomanError) as error:
        if not sent:
            raise
        yield sse(of_error(error).detail, "error")
    finally:
        await events.aclose()


def _done(request: Request, desk: WebDesk, answer: Answer, parent: str, place: TurnPlace) -> str:
    html = written(request, "fragment", turn=views.turn(answer, parent, place))
    kept = desk.settings.keep
    url, title = (place.address() if kept else place.base + "/"), f"{line(answer.question)[:80]} · Dragoman"
    return json.dumps({"html": html, "url": url, "parent": answer.id if kept else "", "title": title})


# The article beside it -------------------------------------------------------------------------------------------------------


@router.get("/articles/{id:path}")
async def article(
    id: str, request: Request, desk: DeskHere, caller: CallerHere, v: int | None = None, s: int = 0, e: int = 0,
    fragment: Literal["", "1"] = "", lang: str = "", t: Literal["", "1"] = "",
) -> HTMLResponse:  # fmt: skip
    """An article with a passage marked, as a page or as a part of one. `t`: with a translation of the passage."""
    ours = language(request)

    def made() -> ReaderView:
        found = desk.article(id, v, caller)
        start, end = max(0, min(s, len(found.text))), max(0, min(e, len(found.text)))
        words = found.text[start : max(start, end)]
        cited = Citation(number=0, article_id=found.id, version=found.version, start=start, end=start + len(words), quote=words)
        return _view(desk, found, cited, base_path(request), ours, translated=bool(t))

    view = await desk.run(made)
    return page(request, "fragment" if fragment else "article", view=view)


def _reading(desk: WebDesk, caller: Caller, cited: Citation, base: str, lang: str) -> ReaderView | None:
    """The article of a citation; None where it is gone, or not for this caller."""
    try:
        found = desk.article(cited.article_id, cited.version, caller)
    except Refused:
        return None
    return _view(desk, found, cited, base, lang)


def _view(desk: WebDesk, found: Article, cited: Citation, base: str, lang: str, *, translated: bool = False) -> ReaderView:
    possible = isinstance(desk.bot.generator, ChatGenerator) and found.lang != lang and cited.end > cited.start
    translation = None
    if possible and translated:
        translation = desk.bot.translation(cited, (cited.start, cited.end), lang)
    again = views.article_address(base, cited, fragment=True, lang=lang, t="1") if possible and not translated else ""
    return views.reader(found, cited.start, cited.end, lang, translate=again, translation=translation)
