"""Records as JSON and back: frozen dataclasses of text, numbers, tuples, sets and other records. Pure."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, cast

T = TypeVar("T")


def text(record: Any) -> str:
    """A record as JSON."""
    return json.dumps(asdict(record), default=sorted)  # what JSON has no form for is a set


def record(kind: type[T], value: Mapping[str, object]) -> T:
    """The record of `json.loads(text(record))`; fields of newer versions are left out. TypeError if it is not one."""
    hints = _hints(cast(Any, kind))
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: _value(hints[name], of) for name, of in value.items() if name in known})


@cache
def _hints(kind: type) -> dict[str, object]:
    return typing.get_type_hints(kind)


def _value(hint: object, value: object) -> object:
    """A value of JSON as its field has it: tuples, sets and records again."""
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if value is None:
        return None
    if origin in (typing.Union, types.UnionType):
        return _value(next(part for part in parts if part is not type(None)), value)
    if origin is tuple and isinstance(value, list):
        return tuple(_value(parts[0], item) for item in value)
    if origin is frozenset and isinstance(value, list):
        return frozenset(value)
    if isinstance(hint, type) and is_dataclass(hint) and isinstance(value, dict):
        return record(hint, value)
    return value
