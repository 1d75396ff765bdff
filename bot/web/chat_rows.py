"""What a client of OpenAI's protocol gets: completions, chunks, responses and their events. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.rendering.json_rows import Json
from bot.rendering.marked_text import MarkedCitation
from bot.web.chat_requests import MODEL


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of o200k_base: of what was sent, and of what is sent back."""

    prompt: int
    completion: int


def model_row(created: int) -> Json:
    return {"id": MODEL, "object": "model", "created": created, "owned_by": "dragoman"}


# Chat Completions ------------------------------------------------------------------------------------------------------------


def nested(citations: Iterable[MarkedCitation]) -> list[Json]:
    """Annotations as Chat Completions has them."""
    return [{"type": "url_citation", "url_citation": _citation(one)} for one in citations]


def _citation(one: MarkedCitation) -> Json:
    return {"start_index": one.start, "end_index": one.end, "title": one.title, "url": one.url}


def completion(id: str, created: int, text: str, citations: Sequence[MarkedCitation], usage: Usage) -> Json:
    message = {"role": "assistant", "content": text, "refusal": None, "annotations": nested(citations)}
    return {
        "id": f"chatcmpl-{id}",
        "object": "chat.completion",
        "created": created,
        "model": MODEL,
        "choices": [{"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}],
        "usage": usage_row(usage),
    }


def chunk(id: str, created: int, delta: Json, finish: str | None = None) -> Json:
    return {
        "id": f"chatcmpl-{id}",
        "object": "chat.completion.chunk",
        "created": created,
        "model": MODEL,
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}],
    }


def usage_chunk(id: str, created: int, usage: Usage) -> Json:
    return {**chunk(id, created, {}), "choices": [], "usage": usage_row(usage)}


def usage_row(usage: Usage) -> Json:
    total = usage.prompt + usage.completion
    return {"prompt_tokens": usage.prompt, "completion_tokens": usage.completion, "total_tokens": total}


# Responses -------------------------------------------------------------------------------------------------------------------


def flat(citations: Iterable[MarkedCitation]) -> list[Json]:
    """Annotations as Responses has them."""
    return [{"type": "url_citation", **_citation(one)} for one in citations]


@dataclass(slots=True)
class ResponseRows:
    """One response and the events by which it comes, numbered. `id` is the answer's, where it is known from the start."""

    id: str
    created: int
    previous: str | None
    store: bool
    instructions: str | None = None
    _number: int = field(default=-1)

    def response(self, status: str, output: Sequence[Json] = (), usage: Usage | None = None) -> Json:
        counted = {
            "input_tokens": usage.prompt,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": usage.completion,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": usage.prompt + usage.completion,
        } if usage else None  # fmt: skip
        return {
            "id": f"resp_{self.id}", "object": "response", "created_at": self.created, "status": status, "model": MODEL,
            "output": list(output), "usage": counted, "error": None, "incomplete_details": None,
            "instructions": self.instructions, "temperature": None, "top_p": None,
            "metadata": {}, "parallel_tool_calls": False, "tool_choice": "none", "tools": [],
            "previous_response_id": self.previous, "store": self.store, "text": {"format": {"type": "text"}},
        }  # fmt: skip

    def message(self, status: str, parts: Sequence[Json]) -> Json:
        return {"id": f"msg_{self.id}", "type": "message", "role": "assistant", "status": status, "content": list(parts)}

    def part(self, text: str = "", citations: Sequence[MarkedCitation] = ()) -> Json:
        return {"type": "output_text", "text": text, "annotations": flat(citations), "logprobs": []}

    def done(self, text: str, citations: Sequence[MarkedCitation], usage: Usage) -> Json:
        return self.response("completed", [self.message("completed", [self.part(text, citations)])], usage)

    # Its events

    def begun(self) -> Iterator[Json]:
        yield self._event("response.created", response=self.response("in_progress"))
        yield self._event("response.in_progress", response=self.response("in_progress"))
        yield self._event("response.output_item.added", output_index=0, item=self.message("in_progress", []))
        yield self._event("response.content_part.added", **self._place(), part=self.part())

    def delta(self, text: str) -> Json:
        return self._event("response.output_text.delta", **self._place(), delta=text, logprobs=[])

    def ended(self, text: str, citations: Sequence[MarkedCitation], usage: Usage) -> Iterator[Json]:
        for i, annotation in enumerate(flat(citations)):
            yield self._event(
                "response.output_text.annotation.added", **self._place(), annotation_index=i, annotation=annotation
            )
        part = self.part(text, citations)
        yield self._event("response.output_text.done", **self._place(), text=text, logprobs=[])
        yield self._event("response.content_part.done", **self._place(), part=part)
        yield self._event("response.output_item.done", output_index=0, item=self.message("completed", [part]))
        yield self._event("response.completed", response=self.done(text, citations, usage))

    def failed(self, message: str) -> Json:
        error = {"code": "server_error", "message": message}
        return self._event("response.failed", response=self.response("failed") | {"error": error})

    def _place(self) -> Json:
        return {"item_id": f"msg_{self.id}", "output_index": 0, "content_index": 0}

    def _event(self, kind: str, **more: object) -> Json:
        self._number += 1
        return {"type": kind, "sequence_number": self._number, **more}
