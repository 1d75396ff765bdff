"""Values of settings: (value, where it was said, folder of the file it was said in) -> typed. Pure. None is "not said".

Each raises SettingsError, which names the place and says what to write there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from index.address import Address, ChromaAddress, ServerAddress, chroma_address, is_server, library_address
from index.errors import LibraryError, SettingsError
from index.records import Filter, Period


def text(value: object, where: str, _: Path | None = None) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise SettingsError(f'{where}: expected text in quotation marks, as in {where.split()[-1]} = "{value}"')
    return value.strip()


def switch(value: object, where: str, _: Path | None = None) -> bool:
    if value is None:
        return False
    if str(value).lower() not in ("true", "false"):
        raise SettingsError(f"{where}: expected true or false, found {value!r}")
    return str(value).lower() == "true"


def web_address(value: object, where: str, folder: Path | None = None) -> str:
    address = text(value, where, folder)
    if address and not address.startswith(("http://", "https://")):
        shown = re.sub(r"//[^/]*@", "//…@", address)  # a password may stand in it
        raise SettingsError(f"{where}: '{shown}' is not a web address; write it as http://host:port/v1")
    return address


def path(value: object, where: str, folder: Path | None = None) -> Path | None:
    if isinstance(value, Path):
        return value
    file = text(value, where, folder)
    return (folder or Path()) / Path(file).expanduser() if file else None


def library(value: object, where: str, folder: Path | None = None) -> Address | None:
    """A folder, or the address of a server. A password in it is refused, and not repeated."""
    if isinstance(value, ServerAddress):
        return value
    if not is_server(value):
        return path(value, where, folder)
    try:
        return library_address(str(value))
    except LibraryError as error:
        raise SettingsError(f"{where}: {error}") from None


def chroma(value: object, where: str, folder: Path | None = None, *, token: str) -> ChromaAddress | None:
    """The address of a Chroma server, with its token. A password in it is refused, and neither is repeated."""
    url = text(value, where, folder)
    try:
        return chroma_address(url, token) if url else None
    except LibraryError as error:
        raise SettingsError(f"{where}: {error}") from None


def seconds(value: object, where: str, _: Path | None = None, *, default: float) -> float:
    if value is None:
        return default
    try:
        number = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else 0.0
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise SettingsError(f"{where}: expected a number of seconds above 0, found {value!r}")
    return number


def number(value: object, where: str, _: Path | None = None, *, least: float, most: float) -> float | None:
    if value is None:
        return None
    try:
        among = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else -1.0
    except ValueError:
        among = -1.0
    if not least <= among <= most:
        raise SettingsError(f"{where}: expected a number from {least:g} to {most:g}, found {value!r}")
    return among


def whole_number(value: object, where: str, _: Path | None = None) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not re.fullmatch(r"[1-9]\d{0,8}", str(value)):
        raise SettingsError(f"{where}: expected a whole number above 0, found {value!r}")
    return int(str(value))


def table(value: object, where: str, _: Path | None = None) -> Mapping[str, object]:
    """A table of the file, or of a variable, where it is JSON."""
    import json

    if value is None:
        return {}
    try:
        found = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise SettingsError(f'{where}: expected a table, as in {{ top_k = 20 }}, in a variable as JSON: {{"top_k": 20}}')
    return found


def headers(value: object, where: str, folder: Path | None = None) -> Mapping[str, str]:
    """HTTP headers. What looks like a key is taken from the environment only."""
    sent = table(value, where, folder)
    for name, said in sent.items():
        if not isinstance(said, str) or not re.fullmatch(r"[\w-]+", name) or not re.fullmatch(r"[ -~]*", said):
            raise SettingsError(f'{where}: expected headers, as in {{ "X-Title" = "Dragoman" }}; look at "{name}"')
        if folder is not None and re.search(r"auth|key|token|secret|cookie", name, re.I):
            raise SettingsError(f"{where}: {name}: a key belongs in the environment; remove it and set DRAGOMAN_HEADERS")
    return {name: str(said) for name, said in sent.items()}


def names(value: object, where: str, folder: Path | None = None) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str) and folder is None:  # the environment has no lists: commas between
        return tuple(name for part in value.split(",") if (name := part.strip()))
    if not isinstance(value, list | tuple) or not all(isinstance(name, str) for name in value):
        raise SettingsError(f'{where}: expected a list of names, as in ["a.example", "b.example"]')
    return tuple(value)


def string(value: object, where: str) -> str:
    """The same as `text` of what stands in a table of a table, where the key alone says nothing."""
    if not isinstance(value, str):
        raise SettingsError(f"{where}: expected text in quotation marks, found {value!r}")
    return value.strip()


def filters(value: object, where: str) -> Mapping[str, Filter] | None:
    """[slack.allow], [http.allow]: a filter by name. An entry nobody understands must not let anything through."""
    if value is None:
        return None
    if not isinstance(value, dict) or not all(isinstance(entry, dict) for entry in value.values()):
        raise SettingsError(f'{where}: expected filters by name, as in C0123ABCD = {{ outlets = ["AFP"] }}')
    return {str(id): _filter(entry, f"{where}.{id}") for id, entry in value.items()}


def _filter(entry: Mapping[str, object], where: str) -> Filter:
    for key in entry:
        if key not in ("langs", "outlets", "authors", "since", "until"):
            raise SettingsError(f"{where}: '{key}' does not exist; known: langs, outlets, authors, since, until")
    langs, outlets, authors = (
        frozenset(names(entry.get(key), f"{where}.{key}", Path())) for key in ("langs", "outlets", "authors")
    )
    since, until = (_period(entry.get(key), f"{where}.{key}") for key in ("since", "until"))
    return Filter(
        langs=frozenset(lang.lower() for lang in langs), outlets=outlets, authors=authors, window=Period.between(since, until)
    )


def _period(value: object, where: str) -> Period | None:
    if value is None:
        return None
    try:
        return Period.parse(str(value))
    except ValueError:
        raise SettingsError(f"{where}: '{value}' is not a date; write 2023, 2023-10 or 2023-10-18") from None
