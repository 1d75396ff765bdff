"""The `[slack]` table of dragoman.toml, and the tokens, which come from the environment only."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from bot.settings.settings import load, load_beats, read_table
from bot.settings.values import filters, names, seconds, switch, text, web_address
from index.errors import SettingsError
from index.records import Filter

if TYPE_CHECKING:
    from bot.records import Beat

FollowUps = Literal["mention", "asked", "all"]


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


SLACK_KEYS = (
    "api_url", "workers", "grace", "allow", "follow_ups", "groups", "guests", "shared", "links", "owner", "helpers"
)  # fmt: skip


def load_slack(
    config: Path | None = None, *, environ: Mapping[str, str] | None = None, api_url: str | None = None
) -> SlackSettings:
    """What `dragoman slack` needs beside `load`. SettingsError as there."""
    environ = os.environ if environ is None else environ
    table, file = read_table("slack", config)
    for key in table:
        if key not in SLACK_KEYS:
            raise SettingsError(f"{file}: slack: setting '{key}' does not exist; known: {', '.join(SLACK_KEYS)}")
    where, default = f"{file}: slack.", SlackSettings()
    url = api_url or environ.get("DRAGOMAN_SLACK_API_URL") or text(table.get("api_url"), f"{where}api_url", None)
    workers = seconds(table.get("workers"), f"{where}workers", None, default=default.workers)
    return SlackSettings(
        api_url=web_address(url or default.api_url, "the address of Slack's API", None).rstrip("/") + "/",
        workers=max(1, int(workers)),
        grace=seconds(table.get("grace"), f"{where}grace", None, default=default.grace),
        allow=filters(table.get("allow"), f"{where}allow"),
        follow_ups=_follow_ups(table.get("follow_ups"), f"{where}follow_ups"),
        groups=names(table.get("groups"), f"{where}groups", file.parent),
        guests=switch(table.get("guests", default.guests), f"{where}guests", None),
        shared=switch(table.get("shared", default.shared), f"{where}shared", None),
        links=switch(table.get("links", default.links), f"{where}links", None),
        allow_hosts=load(config, environ=environ).allow_hosts,
        owner=text(table.get("owner"), f"{where}owner", None),
        helpers=text(table.get("helpers"), f"{where}helpers", None),
        beats=load_beats(config),
        bot_token=environ.get("SLACK_BOT_TOKEN", ""),
        app_token=environ.get("SLACK_APP_TOKEN", ""),
        signing_secret=environ.get("SLACK_SIGNING_SECRET", ""),
        config_token=environ.get("SLACK_CONFIG_TOKEN", ""),
    )


def _follow_ups(value: object, where: str) -> FollowUps:
    known: tuple[FollowUps, ...] = get_args(FollowUps)
    chosen = next((one for one in known if one == (value or SlackSettings().follow_ups)), None)
    if chosen is None:
        raise SettingsError(f"{where}: expected one of {', '.join(known)}, found {value!r}")
    return chosen
