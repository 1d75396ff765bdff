"""The Slack app that the bot needs, as its manifest: `dragoman slack --manifest` prints scripts/slack_manifest.json.

Scopes and events are named once, here; `dragoman slack --check` compares with the same lists.
"""

from __future__ import annotations

Json = dict[str, object]

PROMPTS = (("What is new?", "What is new?"), ("What can I ask?", "What can I ask?"))  # until the library's own are made
SCOPES = {  # bot scope: what is missing without it
    "app_mentions:read": "questions that mention the bot",
    "assistant:write": "the status line and the stop button",
    "chat:write": "answers",
    "commands": "/dragoman",
    "im:history": "direct messages",
}
FOLLOW_UPS = {  # may be left out
    "channels:history": "follow-ups without a mention, in public channels",
    "groups:history": "follow-ups without a mention, in private channels",
}
EXTRAS = {  # may be left out, too
    "channels:read": "the welcome in a public channel",
    "files:read": "files that are sent to be checked",
    "groups:read": "the welcome in a private channel",
    "usergroups:read": "[slack] groups",
    "users:read": "[slack] guests",
}
EVENTS = {
    "agent_session_stopped": "the stop button",
    "app_home_opened": "the home tab and the suggested prompts",
    "app_mention": "questions that mention the bot",
    "message.im": "direct messages",
}
FOLLOW_UP_EVENTS = {"message.channels": "channels:history", "message.groups": "groups:history"}
EXTRA_EVENTS = {"member_joined_channel": "channels:read"}
APP_SCOPE = "connections:write"  # of the app-level token, for Socket Mode


def manifest(*, request_url: str = "", follow_ups: bool = True) -> Json:
    """Socket Mode, or signed HTTP at `request_url`. `follow_ups`: ask for the scopes, too, that may be left out."""
    web: Json = {"request_url": request_url} if request_url else {}
    command: Json = {
        "command": "/dragoman",
        "description": "Ask the news; every sentence names its source",
        "usage_hint": "ask | quotes | brief | beats | subscribe | verify | settings | help",
        "should_escape": True,
    }
    return {
        "_metadata": {"major_version": 2},
        "display_information": {
            "name": "Dragoman",
            "description": "Ask the news in your language; every sentence names the passage it stands on.",
            "background_color": "#1f3a5f",
        },
        "features": {
            "agent_view": {
                "agent_description": "Answers from your newsroom's articles, in your language, with every sentence cited.",
                "suggested_prompts": [{"title": title, "message": message} for title, message in PROMPTS],
            },
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
            "bot_user": {"display_name": "Dragoman", "always_online": True},
            "shortcuts": [
                {
                    "callback_id": "check_quotes",
                    "name": "Check the quotes in this",
                    "description": "Look up every quotation of a message in the articles",
                    "type": "message",
                }
            ],
            "slash_commands": [command | ({"url": request_url} if request_url else {})],
        },
        "oauth_config": {"scopes": {"bot": sorted([*SCOPES, *((*FOLLOW_UPS, *EXTRAS) if follow_ups else ())])}},
        "settings": {
            "event_subscriptions": web
            | {"bot_events": sorted([*EVENTS, *((*FOLLOW_UP_EVENTS, *EXTRA_EVENTS) if follow_ups else ())])},
            "interactivity": {"is_enabled": True} | web,
            "org_deploy_enabled": False,
            "socket_mode_enabled": not request_url,
            "token_rotation_enabled": False,
        },
    }
