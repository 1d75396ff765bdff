"""The one place that reads the environment and the configuration file: flag > DRAGOMAN_<KEY> > dragoman.toml > default.

The file is the one named by `--config`, else `dragoman.toml` in the user's configuration folder. The working directory is never
searched: a file found there could send the key and the passages to somebody else's server. Secrets come from the environment
only, and are never printed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from index.errors import SettingsError
from index.records import Filter, Period
from index.text.publishers import SHIPPED, Publishers

if TYPE_CHECKING:
    from bot.records import Beat

SECRET_VARIABLES = ("DRAGOMAN_API_KEY", "OPENAI_API_KEY")  # the first that is set wins
EARLIEST, LATEST = -30_610_224_000, 253_402_300_799  # open ends of a window: 1000-01-01 and 9999-12-31
LOOPBACK = ("localhost", "127.0.0.1", "::1")
FollowUps = Literal["mention", "asked", "all"]
TABLES = ("slack", "beats", "mail", "http", "outlets")  # of the file, read by a function of their own


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting, with the default it has where nothing is said. The README's table is made from these docstrings."""

    library: Path = Path()
    """Folder of the library. Default: `library` in the platform's data folder for `dragoman`."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackSettings:
    """The `[slack]` table of the file, and the tokens, which come from the environment only."""

    api_url: str = "https://slack.com/api/"  # any server that speaks Slack's Web API
    workers: int = 4  # answers written at the same time
    grace: float = 25.0  # seconds that running answers get when the bot is told to end
    allow: Mapping[str, Filter] | None = None  # channel or team id, or "direct" -> what it may see; None: all see everything
    follow_ups: FollowUps = "asked"  # what in a thread is answered without a mention: nothing, plain questions, all questions
    groups: tuple[str, ...] = ()  # ids of the user groups whose members may ask; empty: everybody
    guests: bool = True  # whether guests of the workspace may ask
    shared: bool = False  # whether people of other organisations may, and in channels shared with them (Slack Connect)
    links: bool = True  # whether a pasted address is fetched
    allow_hosts: tuple[str, ...] = ()  # fetched although they are private, as `Settings.allow_hosts`
    owner: str = ""  # user id of whoever is told once a week what people thought of the answers
    helpers: str = ""  # id of the user group that "Ask a human" mentions
    beats: Mapping[str, Beat] = field(default_factory=dict)  # what /dragoman brief knows by name
    bot_token: str = field(default="", repr=False)  # SLACK_BOT_TOKEN, xoxb-
    app_token: str = field(default="", repr=False)  # SLACK_APP_TOKEN, xapp-, for Socket Mode
    signing_secret: str = field(default="", repr=False)  # SLACK_SIGNING_SECRET, for HTTP
    config_token: str = field(default="", repr=False)  # SLACK_CONFIG_TOKEN, xoxe-, lets --check read the app's manifest

    def allowed(self, team: str, channel: str) -> Filter | None:
        """What may be found for a channel: its own entry, else its team's; None: it is refused.

        A direct message is nobody's channel, and has an entry of its own: "direct".
        """
        if self.allow is None:
            return Filter()
        return self.allow.get(channel, self.allow.get("direct" if channel.startswith("D") else team))


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """The `[mail]` table of the file, and the password, which comes from the environment only."""

    host: str = ""  # of the SMTP server; empty: no mail is sent
    port: int = 587
    security: str = "starttls"  # starttls | ssl (the default for port 465) | none
    sender: str = ""  # "Dragoman <briefings@example.org>"
    user: str = ""  # to log in with; empty: the sender's address, where there is a password
    unsubscribe: str = ""  # address or web page for List-Unsubscribe; empty: the sender's address
    timeout: float = 30.0  # seconds that one step may take
    password: str = field(default="", repr=False)  # DRAGOMAN_MAIL_PASSWORD


SLACK_KEYS = (
    "api_url", "workers", "grace", "allow", "follow_ups", "groups", "guests", "shared", "links", "owner", "helpers"
)  # fmt: skip
KEYS = tuple(f.name for f in fields(Settings) if f.name not in ("api_key", "outlets"))


def load(config: Path | None = None, *, environ: Mapping[str, str] | None = None, **flags: object) -> Settings:
    """Settings from, in this order, `flags` (None: not given), the environment, the file `config` or the user's own, defaults.

    SettingsError names the place (flag, variable, or file and key) and what to write instead.
    """
    environ = os.environ if environ is None else environ
    for key in flags:
        _refuse_unknown(key, "setting")
    file = config or _user_file()
    table = _read(file, required=config is not None)

    def find(key: str) -> tuple[object, str, Path | None]:
        """The value, where it was said (for messages), and the folder of the file if it was said in one."""
        if flags.get(key) is not None:
            return flags[key], f"--{key.replace('_', '-')}", None
        if value := environ.get(f"DRAGOMAN_{key.upper()}"):
            return value, f"DRAGOMAN_{key.upper()}", None
        return table.get(key), f"{file}: {key}", file.parent

    return Settings(
        library=_path(*find("library")) or _default_library(),
        model=_text(*find("model")),
        judge=_judge(*find("judge")),
        strict=_switch(*find("strict")),
        base_url=_web_address(*find("base_url")),
        embeddings=_text(*find("embeddings")),
        weights=_path(*find("weights")),
        language=_text(*find("language")).lower(),
        timeout=_seconds(*find("timeout"), default=Settings().timeout),
        temperature=_number(*find("temperature"), least=0, most=2),
        max_completion_tokens=_whole_number(*find("max_completion_tokens")),
        reasoning_effort=_text(*find("reasoning_effort")),
        extra_body=_table(*find("extra_body")),
        headers=_headers(*find("headers")),
        allow_hosts=_names(*find("allow_hosts")),
        feeds=_path(*find("feeds")),
        outlets=_outlets(table.get("outlets"), file),
        api_key=next((environ[name] for name in SECRET_VARIABLES if environ.get(name)), ""),
    )


def load_slack(
    config: Path | None = None, *, environ: Mapping[str, str] | None = None, api_url: str | None = None
) -> SlackSettings:
    """What `dragoman slack` needs beside `load`. SettingsError as there."""
    environ = os.environ if environ is None else environ
    file = config or _user_file()
    table = _read(file, required=config is not None).get("slack", {})
    if not isinstance(table, dict):
        raise SettingsError(f"{file}: slack: expected a table, as in [slack]")
    for key in table:
        if key not in SLACK_KEYS:
            raise SettingsError(f"{file}: slack: setting '{key}' does not exist; known: {', '.join(SLACK_KEYS)}")
    where, default = f"{file}: slack.", SlackSettings()
    url = api_url or environ.get("DRAGOMAN_SLACK_API_URL") or _text(table.get("api_url"), f"{where}api_url", None)
    workers = _seconds(table.get("workers"), f"{where}workers", None, default=default.workers)
    return SlackSettings(
        api_url=_web_address(url or default.api_url, "the address of Slack's API", None).rstrip("/") + "/",
        workers=max(1, int(workers)),
        grace=_seconds(table.get("grace"), f"{where}grace", None, default=default.grace),
        allow=filters(table.get("allow"), f"{where}allow"),
        follow_ups=_follow_ups(table.get("follow_ups"), f"{where}follow_ups"),
        groups=_names(table.get("groups"), f"{where}groups", file.parent),
        guests=_switch(table.get("guests", default.guests), f"{where}guests", None),
        shared=_switch(table.get("shared", default.shared), f"{where}shared", None),
        links=_switch(table.get("links", default.links), f"{where}links", None),
        allow_hosts=load(config, environ=environ).allow_hosts,
        owner=_text(table.get("owner"), f"{where}owner", None),
        helpers=_text(table.get("helpers"), f"{where}helpers", None),
        beats=load_beats(config),
        bot_token=environ.get("SLACK_BOT_TOKEN", ""),
        app_token=environ.get("SLACK_APP_TOKEN", ""),
        signing_secret=environ.get("SLACK_SIGNING_SECRET", ""),
        config_token=environ.get("SLACK_CONFIG_TOKEN", ""),
    )


def load_beats(config: Path | None = None) -> dict[str, Beat]:
    """The `[beats.NAME]` tables by name, in the file's order. SettingsError as `load`."""
    from bot.settings.beats import read

    file = config or _user_file()
    return read(_read(file, required=config is not None).get("beats", {}), file)


def load_mail(config: Path | None = None, *, environ: Mapping[str, str] | None = None) -> MailSettings:
    """What sending mail needs. SettingsError as `load`."""
    environ = os.environ if environ is None else environ
    file = config or _user_file()
    table, where = _read(file, required=config is not None).get("mail", {}), f"{file}: mail"
    if not isinstance(table, dict):
        raise SettingsError(f"{where}: expected a table, as in [mail]")
    known = [f.name for f in fields(MailSettings) if f.name != "password"]
    for key in table:
        if key not in known:
            hint = "set DRAGOMAN_MAIL_PASSWORD in the environment" if key == "password" else f"known: {', '.join(known)}"
            raise SettingsError(f"{where}: setting '{key}' does not belong there; {hint}")
    host, sender, user, unsubscribe, security = (
        _text(table.get(key), f"{where}.{key}", None) for key in ("host", "sender", "user", "unsubscribe", "security")
    )
    port = table.get("port", 465 if security == "ssl" else 587)
    if isinstance(port, bool) or not isinstance(port, int) or not 0 < port < 65_536:
        raise SettingsError(f"{where}.port: expected a number from 1 to 65535, found {port!r}")
    security, password = security or ("ssl" if port == 465 else "starttls"), environ.get("DRAGOMAN_MAIL_PASSWORD", "")
    if security not in ("starttls", "ssl", "none"):
        raise SettingsError(f"{where}.security: expected starttls, ssl or none, found '{security}'")
    if security == "none" and password and host not in LOOPBACK:
        raise SettingsError(f'{where}.security: a password is not sent in the clear; write "starttls" or "ssl"')
    if host and not re.search(r"[^\s@]@[^\s@]", sender):
        raise SettingsError(f'{where}.sender: expected an address, as in sender = "Dragoman <briefings@example.org>"')
    return MailSettings(
        host=host, port=port, security=security, sender=sender, user=user, unsubscribe=unsubscribe, password=password,
        timeout=_seconds(table.get("timeout"), f"{where}.timeout", None, default=MailSettings().timeout),
    )  # fmt: skip


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


def filters(value: object, where: str) -> Mapping[str, Filter] | None:
    """[slack.allow], [http.allow]: a filter by name. An entry nobody understands must not let anything through."""
    if value is None:
        return None
    if not isinstance(value, dict) or not all(isinstance(entry, dict) for entry in value.values()):
        raise SettingsError(f'{where}: expected filters by name, as in C0123ABCD = {{ outlets = ["AFP"] }}')
    return {str(id): _filter(entry, f"{where}.{id}") for id, entry in value.items()}


def _follow_ups(value: object, where: str) -> FollowUps:
    known: tuple[FollowUps, ...] = get_args(FollowUps)
    chosen = next((one for one in known if one == (value or SlackSettings().follow_ups)), None)
    if chosen is None:
        raise SettingsError(f"{where}: expected one of {', '.join(known)}, found {value!r}")
    return chosen


def _filter(entry: Mapping[str, object], where: str) -> Filter:
    for key in entry:
        if key not in ("langs", "outlets", "authors", "since", "until"):
            raise SettingsError(f"{where}: '{key}' does not exist; known: langs, outlets, authors, since, until")
    langs, outlets, authors = (
        frozenset(_names(entry.get(key), f"{where}.{key}", Path())) for key in ("langs", "outlets", "authors")
    )
    since, until = (_period(entry.get(key), f"{where}.{key}") for key in ("since", "until"))
    window = Period(since.start if since else EARLIEST, until.end if until else LATEST) if since or until else None
    return Filter(langs=frozenset(lang.lower() for lang in langs), outlets=outlets, authors=authors, window=window)


def _period(value: object, where: str) -> Period | None:
    if value is None:
        return None
    try:
        return Period.parse(str(value))
    except ValueError:
        raise SettingsError(f"{where}: '{value}' is not a date; write 2023, 2023-10 or 2023-10-18") from None


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
        if key.endswith("api_key"):
            raise SettingsError(f"{file}: {key}: a key belongs in the environment; remove it and set {SECRET_VARIABLES[1]}")
        _refuse_unknown(key, f"{file}: setting")
    return table


def _refuse_unknown(key: str, where: str) -> None:
    if key in KEYS:
        return
    from difflib import get_close_matches

    near = get_close_matches(key, KEYS, n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"known settings: {', '.join(KEYS)}"
    raise SettingsError(f"{where} '{key}' does not exist; {hint}")


# One function a type: (value, where it was said, folder of the file it was said in) -> the typed value. None is "not said".


def _text(value: object, where: str, _: Path | None) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise SettingsError(f'{where}: expected text in quotation marks, as in {where.split()[-1]} = "{value}"')
    return value.strip()


def _judge(value: object, where: str, folder: Path | None) -> str:
    text = _text(value, where, folder) or Settings().judge
    if text not in ("same", "off") and not re.fullmatch(r"[^:\s]+:\S+", text):
        raise SettingsError(f"{where}: expected same, off or provider:name, found '{text}'")
    return text


def _switch(value: object, where: str, _: Path | None) -> bool:
    if value is None:
        return False
    if str(value).lower() not in ("true", "false"):
        raise SettingsError(f"{where}: expected true or false, found {value!r}")
    return str(value).lower() == "true"


def _web_address(value: object, where: str, folder: Path | None) -> str:
    text = _text(value, where, folder)
    if text and not text.startswith(("http://", "https://")):
        shown = re.sub(r"//[^/]*@", "//…@", text)  # a password may stand in it
        raise SettingsError(f"{where}: '{shown}' is not a web address; write it as http://host:port/v1")
    return text


def _path(value: object, where: str, folder: Path | None) -> Path | None:
    if isinstance(value, Path):
        return value
    text = _text(value, where, folder)
    return (folder or Path()) / Path(text).expanduser() if text else None


def _seconds(value: object, where: str, _: Path | None, *, default: float) -> float:
    if value is None:
        return default
    try:
        seconds = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else 0.0
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise SettingsError(f"{where}: expected a number of seconds above 0, found {value!r}")
    return seconds


def _number(value: object, where: str, _: Path | None, *, least: float, most: float) -> float | None:
    if value is None:
        return None
    try:
        number = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else -1.0
    except ValueError:
        number = -1.0
    if not least <= number <= most:
        raise SettingsError(f"{where}: expected a number from {least:g} to {most:g}, found {value!r}")
    return number


def _whole_number(value: object, where: str, _: Path | None) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not re.fullmatch(r"[1-9]\d{0,8}", str(value)):
        raise SettingsError(f"{where}: expected a whole number above 0, found {value!r}")
    return int(str(value))


def _table(value: object, where: str, _: Path | None) -> Mapping[str, object]:
    """A table of the file, or of a variable, where it is JSON."""
    import json

    if value is None:
        return {}
    try:
        table = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        table = None
    if not isinstance(table, dict):
        raise SettingsError(f'{where}: expected a table, as in {{ top_k = 20 }}, in a variable as JSON: {{"top_k": 20}}')
    return table


def _headers(value: object, where: str, folder: Path | None) -> Mapping[str, str]:
    """HTTP headers. What looks like a key is taken from the environment only."""
    table = _table(value, where, folder)
    for name, text in table.items():
        if not isinstance(text, str) or not re.fullmatch(r"[\w-]+", name) or not re.fullmatch(r"[ -~]*", text):
            raise SettingsError(f'{where}: expected headers, as in {{ "X-Title" = "Dragoman" }}; look at "{name}"')
        if folder is not None and re.search(r"auth|key|token|secret|cookie", name, re.I):
            raise SettingsError(f"{where}: {name}: a key belongs in the environment; remove it and set DRAGOMAN_HEADERS")
    return {name: str(text) for name, text in table.items()}


def _names(value: object, where: str, folder: Path | None) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str) and folder is None:  # the environment has no lists: commas between
        return tuple(name for part in value.split(",") if (name := part.strip()))
    if not isinstance(value, list | tuple) or not all(isinstance(name, str) for name in value):
        raise SettingsError(f'{where}: expected a list of names, as in ["a.example", "b.example"]')
    return tuple(value)


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
