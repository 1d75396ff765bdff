"""Who may ask: by user group, guests, and people of other organisations. What cannot be found out is refused."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.settings.slack import SlackSettings
from bot.slack.streaming import Call, SlackRefused, Unsure
from bot.slack.workers import log

REMEMBERED = 300.0  # seconds that the members of a group and the kind of an account are taken to stay
OUTSIDERS = "I answer people of this workspace only, and not in channels that are shared with others."
GUESTS = "I am not set up for guests of this workspace. Ask the people who run me."
NOT_IN_GROUP = "I am set up for some groups of this workspace only. Ask the people who run me to add you."
UNKNOWN = "I cannot find out whether you may ask me. Ask the people who run me to look at my log."


@dataclass(slots=True)
class Access:
    """Asks Slack what it must know, and remembers it for a while. Safe in threads: at worst something is asked twice."""

    call: Call
    settings: Callable[[], SlackSettings]
    clock: Callable[[], float] = time.monotonic
    _known: dict[str, tuple[float, frozenset[str] | bool]] = field(default_factory=dict)

    def refusal(self, user: str, *, outside: bool) -> str:
        """Why somebody may not ask, in words; "" for whoever may. `outside`: of another organisation, or where one reads."""
        settings = self.settings()
        if outside and not settings.shared:
            return OUTSIDERS
        try:
            if not settings.guests and self._remembered(f"guest {user}", lambda: self._guest(user)):
                return GUESTS
            if settings.groups and not any(user in self._members(group) for group in settings.groups):
                return NOT_IN_GROUP
        except (SlackRefused, Unsure) as error:
            log.warning("who may ask cannot be found out (users:read, usergroups:read): %s", error)
            return UNKNOWN
        return ""

    def _members(self, group: str) -> frozenset[str]:
        found = self._remembered(f"group {group}", lambda: self._listed(group))
        return found if isinstance(found, frozenset) else frozenset()

    def _listed(self, group: str) -> frozenset[str]:
        users = self.call("usergroups.users.list", usergroup=group).get("users")
        return frozenset(map(str, users)) if isinstance(users, list) else frozenset()

    def _guest(self, user: str) -> bool:
        about = self.call("users.info", user=user).get("user")
        if not isinstance(about, Mapping):
            raise SlackRefused("no_user")
        return any(bool(about.get(kind)) for kind in ("is_restricted", "is_ultra_restricted", "is_stranger"))

    def _remembered(self, key: str, ask: Callable[[], frozenset[str] | bool]) -> frozenset[str] | bool:
        now = self.clock()
        at, value = self._known.get(key, (now - 2 * REMEMBERED, False))
        if now - at > REMEMBERED:
            value = ask()
            self._known[key] = now, value
        return value
