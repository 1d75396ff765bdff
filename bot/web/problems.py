"""What went wrong, as RFC 9457 has it: problem+json, whose `detail` is one line that says what to do. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus

from fastapi.responses import Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from bot.rendering.json_rows import dumps
from index.errors import Busy, DragomanError, ModelError, SettingsError, Stopped
from index.text.printable import line

LONGEST = 400  # characters of a detail
CHAT_PATHS = ("/v1/chat/", "/v1/responses", "/v1/models")
NO_JSON = "The body is no JSON in UTF-8{where}. Send one object; see /docs."
NO_OBJECT = "The body has to be one JSON object. See /docs."
OTHER_TYPE = "Send the body as JSON, with the header 'Content-Type: application/json'. See /docs."
_BRANCH = re.compile(r"str|list\[.*\]")  # where a schema has alternatives pydantic names the one tried, as if it were a field


class Problem(BaseModel):
    """An error. `title` is the status in words, `detail` says what to do."""

    type: str = "about:blank"
    status: int
    title: str
    detail: str


class Refused(HTTPException):
    """A request that is not served: a status and one line. Raised by whatever takes requests, rendered at the border.

    It is the framework's, since that passes on no other one that is raised while a body is read.
    """

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, detail, headers)
        self.status = status


def problem(refused: Refused, path: str = "") -> Response:
    """The answer to a request that is not served; where OpenAI's protocol is spoken, in its form."""
    row = row_of(refused)
    if path.startswith(CHAT_PATHS):
        kind = {401: "authentication_error", 429: "rate_limit_error"}.get(row.status, "invalid_request_error")
        kind = "server_error" if row.status >= 500 else kind
        error = {"message": row.detail, "type": kind, "param": None, "code": None}
        return Response(dumps({"error": error}), refused.status, refused.headers, "application/json")
    return Response(dumps(row.model_dump()), refused.status, refused.headers, "application/problem+json")


def row_of(refused: Refused) -> Problem:
    return Problem(status=refused.status, title=HTTPStatus(refused.status).phrase, detail=line(refused.detail)[:LONGEST])


def of_error(error: DragomanError | Refused) -> Refused:
    """An error of the libraries as a status. Paths and addresses of servers stay here: the message goes to strangers."""
    match error:
        case Refused():
            return error
        case Busy():
            return Refused(503, "The library is being written to. Try again in a moment.", {"Retry-After": "5"})
        case Stopped():
            return Refused(503, "The server is being stopped. Try again in a moment.", {"Retry-After": "5"})
        case ModelError():
            return Refused(502, "A model did not answer. The people who run this server find the reason in its log.")
        case SettingsError():
            return Refused(500, "A setting of this server is wrong. Its log says which.")
    return Refused(503, "The library cannot be read. The people who run this server find the reason in its log.")


def of_validation(errors: Iterable[Mapping[str, object]], content_type: str = "") -> Refused:
    """What of a request does not fit its schema, as one line: where, and what was expected. `content_type`: of its body."""
    said: dict[str, list[str]] = {}
    for error in errors:
        where = error.get("loc")
        parts = list(where) if isinstance(where, Sequence) else []
        if error.get("type") == "json_invalid":
            return Refused(422, NO_JSON.format(where=f": it is broken at character {parts[-1]}"))
        if parts == ["body"]:
            return Refused(422, NO_OBJECT) if _is_json(content_type) else Refused(415, OTHER_TYPE)
        place = ".".join(str(part) for part in parts[1:] if not _BRANCH.fullmatch(str(part)))
        said.setdefault(place, []).append(str(error.get("msg")))
    return Refused(422, "; ".join(f"{place}: {', or: '.join(wrong)}" for place, wrong in said.items()) + ". See /docs.")


def _is_json(content_type: str) -> bool:
    return bool(re.fullmatch(r"application/([\w.-]+\+)?json", content_type.partition(";")[0].strip().lower()))
