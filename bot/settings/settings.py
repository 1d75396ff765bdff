"""The one place that reads the environment and the configuration file: flag > DRAGOMAN_<KEY> > dragoman.toml > default.

The file is the one named by `--config`, else `dragoman.toml` in the user's configuration folder. The working directory is never
searched: a file found there could send the key and the passages to somebody else's server. Secrets come from the environment
only, and are never printed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings.values import (
    chroma,
    headers,
    library,
    names,
    number,
    path,
    seconds,
    switch,
    table,
    text,
    web_address,
    whole_number,
)
from index.address import Address, ChromaAddress
from index.errors import SettingsError
from index.text.publishers import SHIPPED, Publishers

if TYPE_CHECKING:
    from bot.records import Beat

SECRET_VARIABLES = ("DRAGOMAN_API_KEY", "OPENAI_API_KEY")  # the first that is set wins
CHROMA_TOKEN = "DRAGOMAN_CHROMA_TOKEN"
TABLES = ("slack", "beats", "mail", "http", "monitoring", "outlets")  # of the file, read by a function of their own


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting, with the default it has where nothing is said. The README's table is made from these docstrings."""

    library: Address = Path()
    """Folder of the library, or a database that several machines share: `postgresql://[USER@]HOST[:PORT]/NAME`, its password in
    `PGPASSWORD` or `~/.pgpass`. Default: `library` in the platform's data folder for `dragoman`."""

    model: str = ""
    """Chat model that words the answers, as `provider:name` (`openai:gpt-4o-mini`). Empty: none, answers are quoted from the
    articles."""

    judge: str = "same"
    """What confirms the sentences of `model`: `same` (the model itself, asked a second time), another one as `provider:name`,
    a decision endpoint as `decisions:name`, or `off`. What is not confirmed is shown as unconfirmed, with the article's own
    words beneath."""

    strict: bool = False
    """Whether a model's sentences that are not confirmed are left out instead (`true`)."""

    base_url: str = field(default="", repr=False)
    """Address of an OpenAI-compatible server for `model` and `embeddings` (`http://127.0.0.1:11434/v1`). Empty: the provider's
    own."""

    embeddings: str = ""
    """Embedding model, as `provider:name` (`openai:text-embedding-3-small`). Empty: the embedded multilingual model. A library
    keeps the model that built it."""

    weights: Path | None = None
    """File with the weights of the embedded model, for platforms where its package does not exist (Windows, Intel Macs)."""

    chroma: ChromaAddress | None = None
    """Chroma server that indexes the vectors of a library in PostgreSQL, shared by its machines: `http://HOST:PORT`, or
    `https://HOST?tenant=NAME&database=NAME`; its token in `DRAGOMAN_CHROMA_TOKEN`. Empty: PostgreSQL indexes them itself."""

    language: str = ""
    """Language of our own words in answers (`es`). Empty: the question's. Quotations always stay in the article's language."""

    timeout: float = 60.0
    """Seconds that a chat model may take for one answer. After that the answer is quoted from the articles instead."""

    temperature: float | None = None
    """Temperature of the chat model, 0 to 2. Empty, like the three after it: not sent, the server decides, as reasoning models
    refuse it. What a server refuses is left out, with a line that says so."""

    max_completion_tokens: int | None = None
    """Most tokens that a chat model may write for one reply, what it thinks included."""

    reasoning_effort: str = ""
    """How much a reasoning model thinks, in its server's words (`low`; `none` where Ollama should not let it think)."""

    extra_body: Mapping[str, object] = field(default_factory=dict)
    """More that is sent with each call of the chat model, as a table (`{ top_k = 20 }`), in the variable as JSON."""

    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    """HTTP headers for the servers of models (`{ "X-Title" = "Dragoman" }`), in the variable as JSON. One that holds a key
    belongs into the variable."""

    allow_hosts: tuple[str, ...] = ()
    """Hosts that may be fetched although they are on a private or local network (`["intranet.example"]`)."""

    feeds: Path | None = None
    """File that lists the feeds which `dragoman run` reads (`feeds.toml` or OPML). Empty: it reads none."""

    outlets: Publishers = field(default=SHIPPED, repr=False)
    """Not a setting of one line: the tables `[outlets."NAME"]` of the file, beside what is known of outlets."""

    api_key: str = field(default="", repr=False)
    """Not a setting: `DRAGOMAN_API_KEY`, else `OPENAI_API_KEY`, from the environment only. Never in the file, never printed."""


KEYS = tuple(f.name for f in fields(Settings) if f.name not in ("api_key", "outlets"))


def load(config: Path | None = None, *, environ: Mapping[str, str] | None = None, **flags: object) -> Settings:
    """Settings from, in this order, `flags` (None: not given), the environment, the file `config` or the user's own, defaults.

    SettingsError names the place (flag, variable, or file and key) and what to write instead.
    """
    environ = os.environ if environ is None else environ
    for key in flags:
        _refuse_unknown(key, "setting")
    _refuse_misspelt(environ)
    file = config or _user_file()
    said = _read(file, required=config is not None)

    def find(key: str) -> tuple[object, str, Path | None]:
        """The value, where it was said (for messages), and the folder of the file if it was said in one."""
        if flags.get(key) is not None:
            return flags[key], f"--{key.replace('_', '-')}", None
        if value := environ.get(f"DRAGOMAN_{key.upper()}"):
            return value, f"DRAGOMAN_{key.upper()}", None
        return said.get(key), f"{file}: {key}", file.parent

    return Settings(
        library=library(*find("library")) or _default_library(),
        model=text(*find("model")),
        judge=_judge(*find("judge")),
        strict=switch(*find("strict")),
        base_url=web_address(*find("base_url")),
        embeddings=text(*find("embeddings")),
        weights=path(*find("weights")),
        chroma=chroma(*find("chroma"), token=environ.get(CHROMA_TOKEN, "")),
        language=text(*find("language")).lower(),
        timeout=seconds(*find("timeout"), default=Settings().timeout),
        temperature=number(*find("temperature"), least=0, most=2),
        max_completion_tokens=whole_number(*find("max_completion_tokens")),
        reasoning_effort=text(*find("reasoning_effort")),
        extra_body=table(*find("extra_body")),
        headers=headers(*find("headers")),
        allow_hosts=names(*find("allow_hosts")),
        feeds=path(*find("feeds")),
        outlets=_outlets(said.get("outlets"), file),
        api_key=next((environ[name] for name in SECRET_VARIABLES if environ.get(name)), ""),
    )


def load_beats(config: Path | None = None) -> dict[str, Beat]:
    """The `[beats.NAME]` tables by name, in the file's order. SettingsError as `load`."""
    from bot.settings.beats import read

    file = config or _user_file()
    return read(_read(file, required=config is not None).get("beats", {}), file)


def _outlets(tables: object, file: Path) -> Publishers:
    if tables is None:
        return SHIPPED
    from bot.settings.outlets import read

    return read(tables, file)


def read_table(name: str, config: Path | None) -> tuple[dict[str, object], Path]:
    """A table of the file, empty where there is none, and the file. SettingsError as `load`."""
    file = config or _user_file()
    table = _read(file, required=config is not None).get(name, {})
    if not isinstance(table, dict):
        raise SettingsError(f"{file}: {name}: expected a table, as in [{name}]")
    return table, file


def _read(file: Path, *, required: bool) -> dict[str, object]:
    import tomllib

    try:
        table: dict[str, object] = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        if required:
            raise SettingsError(f"{file}: no such configuration file; check the path given with --config") from None
        return {}
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read ({error.strerror}); check its permissions") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{file}: is not UTF-8 text; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file}: is not valid TOML: {error}") from None
    for key in table:
        if key in TABLES:
            continue
        if key == "chroma_token":
            raise SettingsError(f"{file}: {key}: a token belongs in the environment; remove it and set {CHROMA_TOKEN}")
        if key.endswith("api_key"):
            raise SettingsError(f"{file}: {key}: a key belongs in the environment; remove it and set {SECRET_VARIABLES[1]}")
        _refuse_unknown(key, f"{file}: setting", (*KEYS, *TABLES))
    return table


def _judge(value: object, where: str, folder: Path | None) -> str:
    named = text(value, where, folder) or Settings().judge
    if named not in ("same", "off") and not re.fullmatch(r"[^:\s]+:\S+", named):
        raise SettingsError(f"{where}: expected same, off or provider:name, found '{named}'")
    return named


def _refuse_unknown(key: str, where: str, known: Collection[str] = KEYS) -> None:
    if key in known:
        return
    from difflib import get_close_matches

    near = get_close_matches(key, known, n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"known settings: {', '.join(known)}"
    raise SettingsError(f"{where} '{key}' does not exist; {hint}")


def _refuse_misspelt(environ: Mapping[str, str]) -> None:
    """A variable that is nearly that of a setting is meant for it; others may be of other programs, or of Kubernetes."""
    for name in environ:
        key = name.removeprefix("DRAGOMAN_").lower()
        if key in KEYS or key == name.lower():
            continue
        from difflib import get_close_matches

        if near := get_close_matches(key, KEYS, n=1, cutoff=0.8):
            raise SettingsError(f"the variable {name} is no setting; did you mean DRAGOMAN_{near[0].upper()}?")


# The other things that only the environment or the platform knows.


def _default_library() -> Path:
    from platformdirs import user_data_path

    return user_data_path("dragoman", appauthor=False) / "library"


def _user_file() -> Path:
    from platformdirs import user_config_path

    return user_config_path("dragoman", appauthor=False) / "dragoman.toml"


def state_file(name: str) -> Path:
    """A file of the terminal chat (questions typed, last conversation), in the platform's folder for state."""
    from platformdirs import user_state_path

    return user_state_path("dragoman", appauthor=False) / name


def debug() -> bool:
    """Whether DRAGOMAN_DEBUG asks for tracebacks."""
    return bool(os.environ.get("DRAGOMAN_DEBUG"))


def terminal_wishes() -> tuple[bool, bool]:
    """(escape codes, colour): whether the terminal understands the first (TERM) and its user wants the second (NO_COLOR)."""
    codes = os.environ.get("TERM", "") not in ("dumb", "unknown") and (os.name == "nt" or bool(os.environ.get("TERM")))
    return codes, codes and not os.environ.get("NO_COLOR")
