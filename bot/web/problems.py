"""What went wrong, as RFC 9457 has it: problem+json, whose `detail` is one line that says what to do. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus

from fastapi.responses import Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from bot.rendering.json_rows import dumps
from index.errors import Busy, DragomanError, ModelError, SettingsError, Stopped
from index.text.printable import line

LONGEST = 400  # characters of a detail
CHAT_PATHS = ("/v1/chat/", "/v1/responses", "/v1/models")


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


def of_validation(errors: Iterable[Mapping[str, object]]) -> Refused:
    """What of a request does not fit its schema, as one line: where, and what was expected."""
    said = []
    for error in errors:
        where = error.get("loc")
        place = ".".join(str(part) for part in where[1:]) if isinstance(where, tuple | list) else ""
        said.append(f"{place or 'body'}: {error.get('msg')}")
    return Refused(422, "; ".join(said) + ". See /docs.")
