"""The state of one library into another's: after a move it is known what was told, asked, set and sent."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from bot.state.opening import has_state, open_database
from index.address import ServerAddress

TABLES = {  # columns, and by what they are ordered
    "claims": ('key, team, channel, thread, "user", private, stage, message, payload, at', "key"),
    "answers": ("id, team, channel, thread, question, reply, since, until, sentences, messages, at", "n"),
    "feedback": ('answer, "user", value, at, reason, question, reply, sources', 'answer, "user"'),
    "briefings": ("id, beat, since, until, body, at", "n"),
    "slots": ("beat, slot, target, stage, briefing, message, error, at", "beat, slot, target"),
    "web_answers": ("id, owner, parent, body, at", "n"),
    "channels": ("team, channel, name, value", "team, channel, name"),
}
AT_ONCE = 1_000  # rows in memory


def copy_state(source: str | Path | ServerAddress, target: str | Path | ServerAddress) -> int | None:
    """Copy all of it, or nothing; how many rows. None where the target has a state of its own, which stays as it is.

    LibraryError where one cannot be read or the other cannot be written.
    """
    if not has_state(source):
        return 0
    copied = 0
    with closing(open_database(source, write=False)) as old, closing(open_database(target)) as new:
        if any(new.read(f"SELECT 1 FROM {table} LIMIT 1") for table in TABLES):
            return None
        with new.writing() as db:
            for table, (columns, order) in TABLES.items():
                insert = f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * len(columns.split(', ')))})"
                page = f"SELECT {columns} FROM {table} ORDER BY {order} LIMIT ? OFFSET ?"
                done = 0
                while rows := old.read(page, (AT_ONCE, done)):
                    db.executemany(insert, rows)
                    done += len(rows)
                copied += done
    return copied
