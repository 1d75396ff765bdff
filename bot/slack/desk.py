"""What the Slack bot does, without a line of Slack's library: deliveries in, jobs on its own workers, answers out.

delivery -> claim in state.db (once, whatever is delivered twice) -> queue of its conversation -> Bot.stream -> Reply -> kept

Deliveries only claim and queue, so they are acknowledged at once however many answers are being written. One conversation is
answered in order, different ones in parallel. A conversation is (team, channel, thread), and its history is nobody else's.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import get_args

from bot.records import Beat
from bot.slack import blocks, opinions
from bot.slack.answering import Answering
from bot.slack.attachments import links, without_links
from bot.slack.blocks import Json
from bot.slack.private_views import private
from bot.slack.question import Ask, session
from bot.slack.reception import REFUSED, how_to_ask
from bot.slack.streaming import SlackRefused, Unsure
from bot.slack.workers import log, where
from bot.state.records import ConversationPlace
from index.records import ChipKind, Filter

QUESTION = 2_000  # characters of a question that are read


@dataclass(slots=True)
class SlackDesk(Answering):
    """One bot in one Slack app. Every public method is called by a delivery, claims, queues and returns."""

    def start(self) -> None:
        """Finish what an earlier process left behind, then take up work."""
        self._prune()
        for claim in self.state.conversations.unfinished():
            self._recover(claim)
        self._pool.start()

    def close(self, grace: float) -> None:
        """Let running and waiting answers finish for `grace` seconds; say of the others that they were interrupted."""
        if self._pool.idle(grace):
            return
        self._closing.set()
        for events in list(self._running.values()):
            events.close()
        if not self._pool.idle(2.0):
            for claim in self.state.conversations.unfinished():
                self._recover(claim)

    # Deliveries

    def message(self, team: str, event: Mapping[str, object], *, shared: bool = False) -> None:
        """A mention, a direct message, or a message in a thread that we answered in. `shared`: with another organisation."""
        channel, ts, user = (str(event.get(name) or "") for name in ("channel", "ts", "user"))
        text, subtype = str(event.get("text") or ""), event.get("subtype")
        ours = user == self.bot_user or event.get("bot_id") or event.get("hidden") or not user
        if ours or subtype not in (None, "file_share", "thread_broadcast") or event.get("edited"):
            return
        place = ConversationPlace(team, channel, str(event.get("thread_ts") or ts))
        mentioned = event.get("type") == "app_mention" or f"<@{self.bot_user}>" in text
        direct = event.get("channel_type") == "im" or channel.startswith("D")
        question = blocks.asked(without_links(text), self.bot_user)[:QUESTION]
        among_people = not mentioned and not direct
        if among_people and (
            "<@" in text or place.thread == ts or not self._ours(place) or not self._put_to_us(place, question)
        ):
            return
        sent, pasted = event.get("files"), links(text)
        files = tuple(file for file in sent if isinstance(file, dict)) if isinstance(sent, list) and not among_people else ()
        outside = shared or any(str(event.get(name) or team) != team for name in ("user_team", "source_team"))
        link = pasted[0] if pasted and not among_people else ""
        ask = Ask(
            f"{team}/{channel}/{ts}", place, user, question, ts, outside=outside, files=files, link=link, overheard=among_people
        )  # fmt: skip
        self._take(ask)

    def command(self, team: str, body: Mapping[str, str]) -> None:
        """/dragoman ask QUESTION, quotes NAME, brief BEAT, what `Commands` knows, help."""
        verb, _, rest = body.get("text", "").strip().partition(" ")
        rest = blocks.asked(rest, self.bot_user)[:QUESTION]
        url, user, channel = (body.get(name, "") for name in ("response_url", "user_id", "channel_id"))
        lang = self._commands.ours(team, channel)
        if verb == "ask" and rest:
            self._take(
                Ask(f"{team}/{body.get('trigger_id')}", ConversationPlace(team, channel, ""), user, rest, private_to=url)
            )
        elif verb == "quotes" and rest:
            self._look_up(team, channel, user, url, lambda allowed: self._aside.quotes(rest, allowed, lang))
        elif verb == "brief" and rest:
            key, place = f"{team}/{body.get('trigger_id')}", ConversationPlace(team, channel, "")
            self._look_up(team, channel, user, url, lambda allowed: self._brief(key, place, user, rest, allowed))
        elif self._commands.known(verb, rest):
            run = lambda allowed: self._commands.run(verb, rest, team, channel, allowed)  # noqa: E731
            self._look_up(team, channel, user, url, run)
        else:
            self._pool.submit(ConversationPlace(team, "", user), lambda: self.respond(url, private(how_to_ask(lang))))

    def check(self, team: str, channel: str, user: str, url: str, text: str) -> None:
        """The message shortcut "Check the quotes in this"."""
        lang = self._commands.ours(team, channel)
        self._look_up(team, channel, user, url, lambda allowed: self._aside.proofs(blocks.asked(text, ""), allowed, lang))

    def stop(self, team: str, channel: str, thread: str) -> None:
        """The stop button of an agent session."""
        place = ConversationPlace(team, channel, thread)
        if running := self._running.get(place):
            running.close()
        idle = dict(session(place), status="active")  # the app has to say so
        self._pool.submit(ConversationPlace(team, "", thread), lambda: self._if_possible("agents.sessions.setStatus", **idle))

    def opened(self, tab: str, channel: str, user: str) -> None:
        """A tab of the app was opened: what can be seen in direct messages, and what to ask."""
        self._pool.submit(ConversationPlace("", channel, user), lambda: self._reception.suggest(tab, channel, user))

    def joined(self, team: str, channel: str, user: str) -> None:
        """Somebody came into a channel: where it was us, we say what we see there."""
        place, key = ConversationPlace(team, channel, ""), f"{team}/welcome/{channel}"
        if user == self.bot_user and self.state.conversations.claim(key, place, user, private=True):
            self._pool.submit(ConversationPlace(team, channel, key), lambda: self._reception.welcome(key, place))

    def feedback(self, value: str, user: str, url: str) -> None:
        """A thumb: "answer-id 1" or "answer-id -1". Down, the person is asked why."""
        answer, _, sign = value.partition(" ")
        if sign not in ("1", "-1") or not self._reception.rate(answer, user, int(sign)):
            return
        log.info("feedback %s for answer %s", sign, answer)
        if sign == "-1" and url:
            content = opinions.why(answer, human=bool(self.settings.helpers and self.state.conversations.kept(answer)))
            self._pool.submit(ConversationPlace(self.home, "", user), lambda: self._aside.show(url, content))

    def reason(self, answer: str, user: str, why: str, url: str) -> None:
        """Why a thumb went down."""
        if why in opinions.REASONS and self._reception.rate(answer, user, -1, why):
            thanks = private("Thank you, that is noted.") | {"replace_original": True}
            self._pool.submit(ConversationPlace(self.home, "", user), lambda: self.respond(url, thanks))

    def clicked(self, action: str, value: str, team: str, channel: str, user: str, url: str) -> None:
        """A button below an answer: passages, narrower, wider, without_..., share, human. Only where that answer was given."""
        answer, *dropped = value.split() or [""]
        kept = self.state.conversations.kept(answer)
        if kept is None or (kept.place.team, kept.place.channel) != (team, channel):
            reply = "This answer is no longer kept. Please ask again."
            self._pool.submit(ConversationPlace(team, "", user), lambda: self.respond(url, private(reply)))
        elif action == "passages":
            self._pool.submit(ConversationPlace(team, "", user), lambda: self._aside.passages(kept, url))
        elif action == "human":
            self._pool.submit(ConversationPlace(team, "", user), lambda: self._reception.call_for_help(kept, user, url))
        elif action == "share":
            key = f"{team}/share/{answer}"
            if self.state.conversations.claim(key, kept.place, user, private=True):
                thread = self._thread(key, kept.place, user, "")
                self._pool.submit(kept.place, lambda: self._aside.share(key, kept, thread, url))
        else:
            steps = {"narrower": 1, "wider": -1}
            window = self._aside.stepped(kept.window, steps[action]) if action in steps else kept.window
            without = tuple(sorted(set(dropped) & set(get_args(ChipKind))))
            key = "/".join([team, answer, str(window), *without])
            private_to = "" if kept.place.thread else url
            again = Ask(
                key, kept.place, user, kept.question, window=window, without=without, before=answer, private_to=private_to
            )
            self._take(again)

    def _look_up(self, team: str, channel: str, user: str, url: str, look: Callable[[Filter], list[Json]]) -> None:
        """Look something up and show it to one person. Redelivered, it is shown again, to the same person."""

        def job() -> None:
            allowed = self.settings.allowed(team, channel)
            try:
                refused = self._access.refusal(user, outside=False) if allowed is not None else REFUSED
                self._aside.show(url, blocks.said(refused) if refused or allowed is None else look(allowed))
            except Exception as error:  # the border: whatever goes wrong is told to the person who asked
                id = uuid.uuid4().hex[:8]
                known = isinstance(error, (SlackRefused, Unsure))
                log.error("error %s: %s", id, f"Slack: {error}" if known else where())
                if not known:
                    self.respond(url, private(f"Something went wrong, sorry. (error {id})"))

        self._pool.submit(ConversationPlace(team, "", user), job)

    def _brief(self, key: str, place: ConversationPlace, user: str, name: str, allowed: Filter) -> list[Json]:
        if not self.state.conversations.claim(key, place, user, private=True):
            return []
        try:
            beat = self.settings.beats.get(name) or Beat(name=name, topics=(name,))
            return self._aside.brief(beat, self._thread(key, place, user, ""), allowed)
        finally:
            self.state.conversations.note(key, "done")
