"""How a page is written: the templates, the language of our own words, what a form sends."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qsl

from fastapi.requests import Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup, escape

from bot.phrases import say
from bot.rendering.briefing_html import speech
from bot.web.desk import WebDesk
from bot.web.gate import path_of
from bot.web.problems import Refused
from bot.web.views import preferred
from index.text.printable import clean, line

if TYPE_CHECKING:
    from jinja2 import Environment

FIELDS = 40  # of a form


def base_path(request: Request) -> str:
    """The path under which a proxy shows this server, "" where none does."""
    return str(request.scope.get("root_path", "")).rstrip("/")


def language(request: Request) -> str:
    """Of our own words on a page."""
    desk = cast(WebDesk, request.app.state.desk)
    return preferred(request.headers.get("accept-language", ""), desk.bot.language)


def written(request: Request, template: str, **values: object) -> str:
    """A template, in the language of the page."""
    lang = language(request)
    shared = {
        "base": base_path(request),
        "lang": lang,
        "around": lang,
        "here": path_of(request.scope),
        "speech": speech,
    }
    return (
        environment()
        .get_template(f"{template}.html.jinja")
        .render(**shared, say=lambda key, own=lang, **more: say(key, own, **more), **values)
    )


def page(request: Request, template: str, status: int = 200, **values: object) -> HTMLResponse:
    """A page. It is kept by no cache: what it shows may be one caller's alone."""
    return HTMLResponse(written(request, template, **values), status, {"Cache-Control": "no-store"})


def problem_page(request: Request, refused: Refused) -> HTMLResponse:
    """What went wrong, for people."""
    shown = page(request, "problem", refused.status, number=refused.status, detail=refused.detail)
    shown.headers.update(refused.headers or {})
    return shown


@cache
def environment() -> Environment:
    """The templates. A name that a template asks for and nobody gives is an error, and so is a string that is not escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader("bot.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
    )  # fmt: skip
    made.filters["line"] = line
    made.filters["coded"] = coded
    return made


def coded(text: str) -> Markup:
    """A text of ours, in which `names` stand as those of a program.

    >>> coded("With `stream`, <events>")
    Markup('With <code>stream</code>, &lt;events&gt;')
    """
    parts = [escape(part) for part in text.split("`")]
    return Markup("").join(Markup("<code>{}</code>").format(part) if i % 2 else part for i, part in enumerate(parts))


class Form:
    """The fields of a form, as a browser sends them."""

    def __init__(self, body: bytes) -> None:
        try:
            self._fields = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=FIELDS)
        except ValueError:
            raise Refused(400, "This is no form. Send the form of the page.") from None

    def one(self, name: str, most: int) -> str:
        """The last field of a name, "" where there is none; Refused where it is longer than `most` characters."""
        text = next((value for key, value in reversed(self._fields) if key == name), "").replace("\r\n", "\n")
        if len(text) > most:
            raise Refused(422, f"{name}: {most:,} characters at most. Send less.")
        return text

    def all(self, name: str) -> list[str]:
        """Every field of a name."""
        return [value for key, value in self._fields if key == name]


async def form_of(request: Request) -> Form:
    """Refused with 415 where the request is no form."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise Refused(415, "A form is needed here, as the page sends it. Programs use /v1; see /docs.")
    return Form(await request.body())
