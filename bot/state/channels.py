"""What people set for a channel of Slack, and which beats it is subscribed to."""

from __future__ import annotations

from collections.abc import Mapping

from bot.state.database import StateDatabase

BEAT = "beat:"


class Channels:
    """See `ChannelStore`."""

    def __init__(self, db: StateDatabase) -> None:
        self.db = db

    def settings(self, team: str, channel: str) -> Mapping[str, str]:
        """Name -> value, subscriptions left out."""
        return {name: value for name, value in self._rows(team, channel) if not name.startswith(BEAT)}

    def set(self, team: str, channel: str, name: str, value: str) -> None:
        """Write a setting; an empty value takes it back."""
        with self.db.writing() as db:
            if value:
                db.execute(
                    "INSERT INTO channels (team, channel, name, value) VALUES (?, ?, ?, ?) "
                    "ON CONFLICT (team, channel, name) DO UPDATE SET value = excluded.value",
                    (team, channel, name, value),
                )
            else:
                db.execute("DELETE FROM channels WHERE team = ? AND channel = ? AND name = ?", (team, channel, name))

    def beats(self, team: str, channel: str) -> tuple[str, ...]:
        """The beats that a channel is subscribed to, by name."""
        return tuple(name.removeprefix(BEAT) for name, _ in self._rows(team, channel) if name.startswith(BEAT))

    def subscribe(self, team: str, channel: str, beat: str, *, on: bool = True) -> None:
        """Begin or end a subscription."""
        self.set(team, channel, f"{BEAT}{beat}", "on" if on else "")

    def subscribers(self, beat: str) -> tuple[str, ...]:
        """Ids of the channels that are subscribed to a beat."""
        rows = self.db.read("SELECT DISTINCT channel FROM channels WHERE name = ? ORDER BY channel", (f"{BEAT}{beat}",))
        return tuple(channel for (channel,) in rows)

    def _rows(self, team: str, channel: str) -> list[tuple[str, str]]:
        query = "SELECT name, value FROM channels WHERE team = ? AND channel = ? ORDER BY name"
        return [(name, value) for name, value in self.db.read(query, (team, channel))]
