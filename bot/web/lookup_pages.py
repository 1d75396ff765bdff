"""Pages of their own: who said what, the quote check, briefings, the API's description, the login."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from fastapi import APIRouter
from fastapi.requests import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup

from bot.phrases import say
from bot.rendering import quotes as quoted
from bot.rendering.atom_feed import heading, summary
from bot.rendering.briefing_html import body
from bot.verification.document_check import STATUSES, Proof, proofs
from bot.web import access, views
from bot.web.api import CallerHere, DeskHere, found_briefing
from bot.web.gate import COOKIE
from bot.web.html import base_path, form_of, language, page
from bot.web.problems import Refused
from bot.web.requests import DRAFT, date
from bot.web.views import CitationChip, date_words
from index.quotes.quotation import Quotation, SaidOnce, said_once, speaker
from index.records import Passage, Scope
from index.text.printable import line

router = APIRouter(include_in_schema=False)
LISTED = 100  # statements of a page


@dataclass(frozen=True, slots=True)
class Spoken:
    """A statement as the page lists it."""

    text: str
    lang: str
    about: str
    mark: CitationChip


@dataclass(frozen=True, slots=True)
class CheckedQuote:
    """A quotation of a draft as the page lists it."""

    quote: str
    verdict: str
    difference: str
    mark: CitationChip | None


# Who said what ---------------------------------------------------------------------------------------------------------------


@router.get("/quotes")
async def quotes(
    request: Request, desk: DeskHere, caller: CallerHere, speaker: str = "", about: str = "", since: str = "", until: str = ""
) -> HTMLResponse:
    asked = {"speaker": speaker[:200], "about": about[:2000], "since": since[:40], "until": until[:40]}
    wrong, groups = "", None
    try:
        first, last = date("since", asked["since"]), date("until", asked["until"])
        if any(asked.values()):
            scope = desk.within(caller, Scope())
            found = await desk.run(
                lambda: desk.bot.index.quotes(
                    speaker=asked["speaker"],
                    about=asked["about"],
                    since=first,
                    until=last,
                    limit=LISTED,
                    scope=scope,
                    best_first=True,
                )
            )
            groups = _by_speaker(
                said_once(found, best_first=bool(asked["about"].strip())), base_path(request), language(request)
            )
    except Refused as refused:
        wrong = refused.detail
    return page(request, "quotes", asked=asked, groups=groups, wrong=wrong)


def _by_speaker(found: Sequence[SaidOnce], base: str, lang: str) -> list[tuple[str, list[Spoken]]]:
    """The statements under the names of those who made them, each in the order they were found."""

    def name(one: SaidOnce) -> str:
        return line(speaker(one.quotation)) or say("unclear", lang)

    first = {name(one): i for i, one in reversed(list(enumerate(found)))}
    ordered = sorted(found, key=lambda one: first[name(one)])
    return [
        (who, [_spoken(one.quotation, one.outlets, base, lang) for one in some]) for who, some in groupby(ordered, key=name)
    ]


def _spoken(one: Quotation, outlets: Sequence[str], base: str, lang: str) -> Spoken:
    said = date_words(one.date, lang) if one.date != one.published else ""
    about = ", ".join(filter(None, (line(one.role), line(one.event), said, quoted.also_in(outlets, lang))))
    return Spoken(one.text, one.lang, about, _mark(one.passage, one.start, one.end, base, lang))


def _mark(passage: Passage, start: int, end: int, base: str, lang: str) -> CitationChip:
    outlet = line(passage.outlet or passage.agency or passage.title) or passage.article_id
    here = replace(passage, start=start, end=end)
    return CitationChip(
        0, outlet, date_words(passage.published, lang), passage.lang, say("web_read", lang),
        views.article_address(base, here), views.article_address(base, here, fragment=True, lang=lang),
    )  # fmt: skip


# The quote check -------------------------------------------------------------------------------------------------------------


@router.get("/check")
async def check_form(request: Request) -> HTMLResponse:
    return page(request, "check", text="", pieces=None)


@router.post("/check")
async def check(request: Request, desk: DeskHere, caller: CallerHere) -> HTMLResponse:
    text = (await form_of(request)).one("text", DRAFT)
    scope = desk.within(caller, Scope())
    checked = await desk.run(lambda: proofs(text, desk.bot.index, scope=scope))
    lang, base = language(request), base_path(request)
    counts = [(sum(proof.status == status for proof in checked), say(f"web_{status}", lang)) for status in STATUSES]
    tally = ", ".join(f"{number} {words}" for number, words in counts if number) or say("web_no_quotes", lang)
    pieces = list(views.stretches(text, [(proof.start, proof.end, proof.status) for proof in checked]))
    listed = [_proof(proof, base, lang) for proof in checked]
    return page(request, "check", text=text, pieces=pieces, proofs=listed, tally=tally)


def _proof(proof: Proof, base: str, lang: str) -> CheckedQuote:
    mark = None
    if proof.passage:
        mark = _mark(proof.passage, proof.source_start or 0, proof.source_end or 0, base, lang)
    return CheckedQuote(proof.quote, proof.status, quoted.told_of_proof(proof, lang), mark)


# Briefings -------------------------------------------------------------------------------------------------------------------


@router.get("/briefings")
async def briefings(request: Request, desk: DeskHere, caller: CallerHere) -> HTMLResponse:
    desk.whole(caller)
    kept = await desk.run(lambda: desk.state.briefings.latest(last=50))
    rows = [{"id": one.id, "title": heading(one), "summary": summary(one)} for one, _ in kept]
    return page(request, "briefings", rows=rows)


@router.get("/briefings/{id}")
async def briefing(id: str, request: Request, desk: DeskHere, caller: CallerHere) -> HTMLResponse:
    made = await desk.run(lambda: found_briefing(desk, caller, id))
    return page(request, "briefing", id=made.id, title=heading(made), body=Markup(body(made)))  # escaped by its own templates


# The API's description -------------------------------------------------------------------------------------------------------


@router.get("/docs")
async def docs(request: Request) -> HTMLResponse:
    described = request.app.openapi()
    operations = [
        {"method": method.upper(), "path": path, "text": about.get("description") or about.get("summary", ""),
         "fields": list(_fields(about, described))}
        for path, methods in described["paths"].items() for method, about in methods.items()
    ]  # fmt: skip
    return page(request, "docs", about=request.app.description, operations=operations)


def _fields(about: dict[str, Any], described: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(name, kind, what it is) of what a body or an address takes."""
    rows = [(one["name"], _kind(one["schema"]), _about(one)) for one in about.get("parameters", ())]
    schema = about.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    model = described["components"]["schemas"].get(schema.get("$ref", "").rpartition("/")[2], {})
    needed = model.get("required", ())
    for name, field in model.get("properties", {}).items():
        rows.append((name, _kind(field) + (", required" if name in needed else ""), _about(field)))
    return rows


def _about(schema: dict[str, Any]) -> str:
    """What a field is: of one that may be left out, what it is where it is given."""
    return str(
        schema.get("description")
        or next((part["description"] for part in schema.get("anyOf", ()) if "description" in part), "")
    )


def _kind(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return " or ".join(_kind(part) for part in schema["anyOf"] if part.get("type") != "null")
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    return str(schema.get("type") or schema.get("$ref", "object").rpartition("/")[2])


# Logging in ------------------------------------------------------------------------------------------------------------------


@router.get("/login")
async def login_form(request: Request, to: str = "/") -> HTMLResponse:
    return page(request, "login", to=to, wrong="")


@router.post("/login")
async def login(request: Request, desk: DeskHere) -> Response:
    """A token for a cookie from which the token cannot be told."""
    form = await form_of(request)
    token, to = form.one("token", 400).strip(), form.one("to", 2000)
    who = access.caller(desk.settings, token)
    if who is None:
        if wait := desk.guesses.take(request.client.host if request.client else ""):
            again = str(int(wait) + 1)
            raise Refused(429, f"Too many wrong tokens. Try again in {again} seconds.", {"Retry-After": again})
        return page(request, "login", 401, to=to, wrong=say("web_wrong_token", language(request)))
    local = to if to.startswith("/") and not to.startswith(("//", "/\\")) else "/"
    base = base_path(request)
    back = RedirectResponse(base + local, 303)
    cookie, secure = access.cookie_of(token), request.url.scheme == "https"
    back.set_cookie(COOKIE, cookie, path=base or "/", httponly=True, samesite="lax", secure=secure, max_age=30 * 86_400)
    return back
