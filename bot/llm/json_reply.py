"""Pure: a reply in JSON, piece by piece as it comes -> its entries as soon as each is whole.

    {"found": true, "sentences": [{"sentence": "…", "evidence": [{"passage": 1, "words": "…"}]}]}

What surrounds the entries (a code fence, a line before, a comma too many) is passed over: models write it, schema or not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.records import Draft
from index.errors import ModelError

LEAD = 60  # characters before the JSON in which a model announces it: "Here is the answer:"


def strict_object(**properties: object) -> Mapping[str, Any]:
    """The JSON schema of an object with these properties, all of them and no others, as strict modes ask for."""
    return {"type": "object", "additionalProperties": False, "required": [*properties], "properties": properties}


def list_of(items: object) -> Mapping[str, Any]:
    """The JSON schema of a list."""
    return {"type": "array", "items": items}


SCHEMA = strict_object(
    found={"type": "boolean"},
    sentences=list_of(
        strict_object(
            sentence={"type": "string"},
            evidence=list_of(strict_object(passage={"type": "integer"}, words={"type": "string"})),
        )
    ),
)

_DECODER = json.JSONDecoder()
_BEGINS = re.compile(r"\s*(?:[^\n{\[]{0,60}:)?\s*(?:```\w*)?\s*\[?\s*\{")
_NOT_FOUND = re.compile(r'"found"\s*:\s*false\b|"sentences"\s*:\s*\[\s*\]')


def begins(text: str) -> bool | None:
    """Whether a reply that begins so is in JSON; None until more of it is known."""
    if _BEGINS.match(text):
        return True
    start = text.lstrip()
    first, line_break, _ = start.partition("\n")
    if not start or start in "[`" or start.startswith("```") or (line_break and first.rstrip().endswith(":")):
        return None if len(start) <= 2 * LEAD else False
    return False if line_break or len(first) > LEAD or first[:1] == "[" else None


class Objects:
    """The objects of a growing text that have a key, each as soon as it is whole. The object round them is none."""

    def __init__(self, key: str) -> None:
        self._key = key
        self.text = ""
        self._at = 0  # behind the last of them

    def feed(self, piece: str) -> list[Mapping[str, object]]:
        """Those that a piece completes."""
        self.text += piece
        found: list[Mapping[str, object]] = []
        begin = self._at if "}" in piece else len(self.text)
        while (begin := self.text.find("{", begin)) >= 0:
            try:
                entry, end = _DECODER.raw_decode(self.text, begin)
            except (ValueError, RecursionError):
                entry, end = {}, begin + 1
            if self._key in entry:
                found.append(entry)
                begin = self._at = end
            else:
                begin += 1
        return found


def drafts(pieces: Iterator[str], longest: int) -> Iterator[Draft]:
    """The sentences of a reply, as they are written there; none for one that found nothing.

    ModelError if it holds no sentence and does not say so, or is longer than so many characters.
    """
    objects = Objects("sentence")
    drafted = False
    for piece in pieces:
        for entry in objects.feed(piece):
            if not drafted and _NOT_FOUND.search(objects.text):
                return
            if draft := _draft(entry):
                drafted = True
                yield draft
        if len(objects.text) > longest:
            raise ModelError("the model's reply does not end")
    if not drafted and not _NOT_FOUND.search(objects.text):
        raise ModelError("the model's reply holds no sentence")


def _draft(entry: Mapping[str, object]) -> Draft | None:
    """An entry as a draft; what has not the form that was asked for is left out of it."""
    text, places = entry.get("sentence"), entry.get("evidence")
    if not isinstance(text, str):
        return None
    cites: list[int] = []
    words: list[tuple[int, str]] = []
    for place in places if isinstance(places, list) else ():
        number, copied = (place.get("passage"), place.get("words")) if isinstance(place, dict) else (place, None)
        known = int(str(number)) if re.fullmatch(r"\d{1,3}", str(number)) else 0
        if known:
            cites.append(known)
        if isinstance(copied, str) and re.search(r"\w", copied):
            words.append((known, copied))
    return Draft(text=text, cites=tuple(dict.fromkeys(cites)), words=tuple(words))
