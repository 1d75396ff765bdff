"""`dragoman slack --check`: which token, scope or event is missing, seen from Slack's side. Nothing is posted."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.monitoring import logs
from bot.slack import manifest
from bot.slack.app import web_client

if TYPE_CHECKING:
    from bot.settings.slack import SlackSettings


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of `--check`. `ok` is None where it could not be seen."""

    ok: bool | None
    what: str
    needed: bool = False  # nothing is known of the rest where this could not be seen

    @property
    def good(self) -> bool:
        """Whether it is there, or may be missing."""
        return self.ok or (self.ok is None and not self.needed)

    def __str__(self) -> str:
        return f"{'ok' if self.ok else 'not checked' if self.ok is None else 'MISSING':<12} {self.what}"


def check(settings: SlackSettings, *, signed: bool = False) -> list[Finding]:
    """Which token, scope or event is missing, seen from Slack's side. Nothing is posted."""
    logs.start_unless_begun()
    return [*_check_bot(settings), *(_check_secret(settings) if signed else _check_app(settings)), *_check_events(settings)]


def _check_bot(settings: SlackSettings) -> list[Finding]:
    where = "OAuth & Permissions of the app"
    if not settings.bot_token.startswith("xoxb-"):
        return [Finding(False, f"bot token: set SLACK_BOT_TOKEN to the xoxb- token under {where}")]
    try:
        reply = web_client(settings).auth_test()
    except SlackApiError as error:
        return [Finding(False, f"bot token: Slack says {error.response['error']}; copy it again from {where}")]
    except (OSError, http.client.HTTPException, SlackClientError) as error:
        return [Finding(None, f"bot token: {_unreached(settings, error)}", True)]
    granted = next((v for k, v in reply.headers.items() if k.lower() == "x-oauth-scopes"), None)
    findings = [Finding(True, f"bot token: {reply.get('user')} in {reply.get('team')} ({reply.get('team_id')})")]
    if granted is None:
        return [*findings, Finding(None, "scopes: the server did not name them")]
    scopes = {scope.strip() for scope in granted.split(",")}
    findings += [Finding(s in scopes, f"scope {s}: {why}") for s, why in manifest.SCOPES.items()]
    findings += [
        Finding(True, f"scope {s}: {why}") if s in scopes else Finding(None, f"scope {s} is not granted (optional): {why}")
        for s, why in (manifest.FOLLOW_UPS | manifest.EXTRAS).items()
    ]
    return findings


def _unreached(settings: SlackSettings, error: Exception) -> str:
    return f"{settings.api_url} cannot be reached ({type(error).__name__}); check the network, and --api-url"


def _check_app(settings: SlackSettings) -> list[Finding]:
    where = "Basic Information, App-Level Tokens"
    if not settings.app_token.startswith("xapp-"):
        return [Finding(False, f"app-level token: set SLACK_APP_TOKEN to an xapp- token ({where}) with {manifest.APP_SCOPE}")]
    try:
        web_client(settings).apps_connections_open(app_token=settings.app_token)
    except SlackApiError as error:
        return [
            Finding(False, f"app-level token: Slack says {error.response['error']}; it needs {manifest.APP_SCOPE} ({where})")
        ]
    except (OSError, http.client.HTTPException, SlackClientError) as error:
        return [Finding(None, f"app-level token: {_unreached(settings, error)}", True)]
    return [Finding(True, f"app-level token: {manifest.APP_SCOPE}")]


def _check_secret(settings: SlackSettings) -> list[Finding]:
    ok = bool(settings.signing_secret)
    return [Finding(ok, "signing secret" if ok else "signing secret: set SLACK_SIGNING_SECRET (under Basic Information)")]


def _check_events(settings: SlackSettings) -> list[Finding]:
    """Only the app's manifest names its events, and only a configuration token may read it."""
    names = ", ".join(manifest.EVENTS)
    if not settings.config_token:
        return [Finding(None, f"events ({names}): set SLACK_CONFIG_TOKEN to have the app's manifest read")]
    try:
        bot_id = web_client(settings).auth_test().get("bot_id")
        app: Any = web_client(settings).bots_info(bot=bot_id).get("bot") or {}
        reply = web_client(settings, settings.config_token).apps_manifest_export(app_id=str(app.get("app_id", "")))
        found: Any = reply.get("manifest") or {}
    except (SlackApiError, OSError, http.client.HTTPException, SlackClientError) as error:
        code = error.response["error"] if isinstance(error, SlackApiError) else type(error).__name__
        return [Finding(None, f"events ({names}): the app's manifest cannot be read ({code})")]
    subscribed = set(found.get("settings", {}).get("event_subscriptions", {}).get("bot_events", []))
    commands = {row.get("command") for row in found.get("features", {}).get("slash_commands", [])}
    return [
        *(Finding(event in subscribed, f"event {event}: {why}") for event, why in manifest.EVENTS.items()),
        *(
            Finding(e in subscribed or None, f"event {e} (optional, with {s})")
            for e, s in (manifest.FOLLOW_UP_EVENTS | manifest.EXTRA_EVENTS).items()
        ),
        Finding("/dragoman" in commands, "slash command /dragoman"),
    ]
