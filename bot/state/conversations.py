"""What was claimed and answered in Slack, and what people thought of it.

Answers are forgotten after a month, claims with them; feedback stays, with the question, answer and sources that it is about.
"""

from __future__ import annotations

import json
import time
from contextlib import AbstractContextManager

from bot.records import Citation, Turn
from bot.state.database import Held, StateDatabase
from bot.state.records import ConversationPlace, Json, Kept, Opinion, PendingQuestion, Stage
from index.records import Period

LOCK = "slack"
KEPT = 30 * 86400.0  # seconds that answers and claims are kept
OPINION = 'answer, "user", value, reason, question, reply, sources, at'
ANSWER = "id, team, channel, thread, question, reply, since, until, sentences, messages, at"
MARKS = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?"  # of a claim


class Conversations:
    """See `ConversationStore`."""

    def __init__(self, db: StateDatabase) -> None:
        self.db = db

    def exclusive(self) -> AbstractContextManager[Held]:
        """Hold the library for one Slack bot: what is unfinished at the start is then known to be dead. Busy if it is held."""
        return self.db.lock(LOCK, f"Another Slack bot runs over {self.db.place}. Stop it first, or choose another --library.")

    # Claims

    def claim(self, key: str, place: ConversationPlace, user: str, *, private: bool = False) -> bool:
        """Take a question up; False if it was taken before."""
        row = (key, place.team, place.channel, place.thread, user, int(private), "claimed", "", "{}", time.time())
        with self.db.writing() as db:
            return db.execute(f"INSERT INTO claims VALUES ({MARKS}) ON CONFLICT (key) DO NOTHING", row).rowcount == 1

    def note(self, key: str, stage: Stage, message: str = "", payload: Json | None = None) -> None:
        """How far the answer is, before and after each step that Slack sees."""
        values = (stage, message, json.dumps(payload or {}), key)
        with self.db.writing() as db:
            db.execute("UPDATE claims SET stage = ?, message = ?, payload = ? WHERE key = ?", values)

    def forget(self, key: str) -> None:
        """Give a claim back: the same click may try again."""
        with self.db.writing() as db:
            db.execute("DELETE FROM claims WHERE key = ?", (key,))

    def unfinished(self) -> list[PendingQuestion]:
        """What was taken up and not answered, oldest first."""
        rows = self.db.read(
            'SELECT key, team, channel, thread, "user", private, stage, message, payload, at FROM claims '
            "WHERE stage != 'done' ORDER BY at"
        )
        return [PendingQuestion(key, ConversationPlace(*at), user, bool(priv), stage, ts, json.loads(payload), when)
                for key, *at, user, priv, stage, ts, payload, when in rows]  # fmt: skip

    def newest(self, place: ConversationPlace) -> str:
        """The ts of our last finished message in this conversation, or ""."""
        rows = self.db.read(
            "SELECT max(message) FROM claims WHERE team = ? AND channel = ? AND thread = ? AND stage = 'done'",
            (place.team, place.channel, place.thread),
        )
        return rows[0][0] or ""

    def prune(self, before: float) -> None:
        """Forget answers and finished claims older than `before` (seconds since 1970)."""
        with self.db.writing() as db:
            db.execute("DELETE FROM claims WHERE stage = 'done' AND at < ?", (before,))
            db.execute("DELETE FROM answers WHERE at < ?", (before,))

    # Answers

    def keep(self, answer: Kept) -> None:
        window = (answer.window.start, answer.window.end) if answer.window else (None, None)
        sentences = [
            [text, [[c.number, c.article_id, c.version, c.start, c.end, c.quote] for c in citations]]
            for text, citations in answer.sentences
        ]
        row = (answer.id, answer.place.team, answer.place.channel, answer.place.thread, answer.question, answer.reply,
               *window, json.dumps(sentences), json.dumps(answer.messages), time.time())  # fmt: skip
        with self.db.writing() as db:
            db.execute("DELETE FROM answers WHERE id = ?", (answer.id,))
            db.execute(f"INSERT INTO answers ({ANSWER}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def kept(self, id: str) -> Kept | None:
        rows = self.db.read(f"SELECT {ANSWER} FROM answers WHERE id = ?", (id,))
        if not rows:
            return None
        _, *place, question, reply, since, until, sentences, messages, _ = rows[0]
        read = tuple((text, tuple(_citation(*values) for values in found)) for text, found in json.loads(sentences))
        window = None if since is None else Period(since, until)
        return Kept(id, ConversationPlace(*place), question, reply, window, read, tuple(json.loads(messages)))

    def turns(self, place: ConversationPlace, *, before: str = "", last: int = 4) -> tuple[Turn, ...]:
        """The last questions and answers of a conversation, oldest first.

        `before`: the id of an answer whose question is asked again: what came before it, without that question.
        """
        rows = self.db.read(
            "SELECT question, reply FROM answers WHERE team = ? AND channel = ? AND thread = ? "
            "AND n < coalesce((SELECT n FROM answers WHERE id = ?), 9e18) "
            "AND coalesce(question <> (SELECT question FROM answers WHERE id = ?), TRUE) ORDER BY n DESC LIMIT ?",
            (place.team, place.channel, place.thread, before, before, last),
        )
        return tuple(turn for q, reply in reversed(rows) for turn in (Turn("user", q), Turn("assistant", reply)))

    def knows(self, place: ConversationPlace) -> bool:
        """Whether something was answered in this conversation."""
        here = (place.team, place.channel, place.thread)
        return bool(self.db.read("SELECT 1 FROM answers WHERE team = ? AND channel = ? AND thread = ? LIMIT 1", here))

    # Feedback

    def rate(self, answer: str, user: str, value: int, reason: str = "", *, question: str = "", reply: str = "") -> None:
        """+1 or -1 of one user for one answer; the last word counts. What it was about is kept beside it.

        `question`, `reply`: of what is no kept answer, such as a briefing.
        """
        kept = self.kept(answer)
        cited = dict.fromkeys(c.article_id for _, citations in kept.sentences for c in citations) if kept else ()
        about = (kept.question, kept.reply) if kept else (question, reply)
        row = (answer, user, value, reason, *about, json.dumps([*cited]), time.time())
        with self.db.writing() as db:
            db.execute(
                f"INSERT INTO feedback ({OPINION}) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
                'ON CONFLICT (answer, "user") DO UPDATE SET value = excluded.value, reason = excluded.reason, '
                "question = excluded.question, reply = excluded.reply, sources = excluded.sources, at = excluded.at",
                row,
            )

    def opinions(self, since: float = 0.0) -> list[Opinion]:
        """What people thought since a moment (UTC seconds), oldest first."""
        rows = self.db.read(f"SELECT {OPINION} FROM feedback WHERE at >= ? ORDER BY at", (since,))
        return [
            Opinion(answer, user, value, reason, question, reply, tuple(json.loads(sources)), at)
            for answer, user, value, reason, question, reply, sources, at in rows
        ]

    def ratings(self, answer: str) -> dict[str, int]:
        """Users and what they thought."""
        rows = self.db.read('SELECT "user", value FROM feedback WHERE answer = ?', (answer,))
        return dict(rows)


def _citation(number: int, article_id: str, version: int, start: int, end: int, quote: str) -> Citation:
    return Citation(number=number, article_id=article_id, version=version, start=start, end=end, quote=quote)
