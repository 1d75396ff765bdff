"""How the Slack bot answers: a claimed question on its worker -> Bot.stream -> Reply -> kept; never two answers, never silence."""

from __future__ import annotations

import re
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.bot import Bot
from bot.briefings.conversation import Talk, speaks_of
from bot.event_stream import EventStream
from bot.monitoring.monitor import Monitor
from bot.questions.question import read
from bot.records import Answer, AskRequest, Sentence, Source, Turn
from bot.rendering.answer_text import cited, nothing_found, words
from bot.settings.settings import debug
from bot.settings.slack import SlackSettings
from bot.slack import blocks
from bot.slack.access import Access
from bot.slack.attachments import Attachments
from bot.slack.blocks import Json
from bot.slack.commands import Commands
from bot.slack.private_views import DAY, SHOWN, Aside, private, published
from bot.slack.question import NOTHING, Ask, session
from bot.slack.reception import REFUSED, Reception, how_to_ask
from bot.slack.streaming import Call, Pace, Reply, SlackRefused, Thread, Unsure, resume
from bot.slack.workers import Pool, log, where
from bot.state.conversations import KEPT
from bot.state.opening import State
from bot.state.records import ConversationPlace, Kept, PendingQuestion, Stage
from bot.visibility import discreet, shared
from index.errors import Stopped
from index.records import Filter, Scope

INTERRUPTED = "This answer was interrupted. Please ask again."
STOPPED = "_Stopped._"
NO_LINKS = "I am not set up to read addresses. Ask me about what the library holds, or send the text as a file."


@dataclass(slots=True)
class Answering:
    """What answering takes, and the steps of it. `SlackDesk` hands it what is delivered."""

    bot: Bot
    state: State
    settings: SlackSettings
    call: Call
    respond: Callable[[str, Json], None]  # (response_url, message)
    bot_user: str
    pace: Pace = field(default_factory=Pace)
    home: str = ""  # id of the workspace
    download: Callable[[str], bytes] = field(default=lambda url: b"")  # a file that was sent
    monitor: Monitor = field(default_factory=lambda: Monitor("slack"))
    _access: Access = field(init=False)
    _commands: Commands = field(init=False)
    _reception: Reception = field(init=False)
    _attachments: Attachments = field(init=False)
    _pool: Pool = field(init=False)
    _aside: Aside = field(init=False)
    _running: dict[ConversationPlace, EventStream] = field(default_factory=dict)  # the answers being made, by conversation
    _unavailable: set[str] = field(default_factory=set)  # methods for the status line that this app may not call
    _closing: threading.Event = field(default_factory=threading.Event)
    _said: dict[ConversationPlace, set[str]] = field(default_factory=dict)  # courtesies, by conversation
    _pruned: float = 0.0  # when old answers were last forgotten

    def __post_init__(self) -> None:
        self._pool = Pool(self.settings.workers)
        self.monitor.jobs(lambda: self._pool.jobs)
        self._aside = Aside(self.bot, self.state, self.respond)
        self._access = Access(self.call, lambda: self.settings)
        self._commands = Commands(self.state, lambda: self.settings, self._aside)
        self._reception = Reception(self.bot, self.state, lambda: self.settings, self.call, self.respond, self.home)
        self._attachments = Attachments(self.bot, self.download)

    def _take(self, ask: Ask) -> None:
        """Claim and queue. Called on a listener's thread: nothing here waits for Slack or for the Bot."""
        if not self.state.conversations.claim(ask.key, ask.place, ask.user, private=bool(ask.private_to)):
            log.info("delivered again: %s", ask.key)
            return
        self._prune()
        if not self._pool.submit(ask.line, lambda: self._do(ask)):
            self.state.conversations.forget(ask.key)
            log.warning("too many questions wait; refused %s", ask.key)
            self._whisper(ask, "Too many questions are waiting. Please ask again in a minute.")

    def _do(self, ask: Ask) -> None:
        began = time.perf_counter()
        reply = Reply(self._thread(ask.key, ask.place, ask.user, ask.ts))
        try:
            if self._closing.is_set():
                raise Stopped("stopped")
            self._answer(ask, reply, began)
            closed = True
            log.info("%s done in %.2f s", ask.key, time.perf_counter() - began)
        except Stopped:
            self.monitor.failed("Stopped")
            closed = self._close(ask, reply, f"_{INTERRUPTED}_" if self._closing.is_set() else STOPPED)
        except (SlackRefused, Unsure) as error:
            self.monitor.failed(type(error).__name__)
            closed = self._failed(ask, reply, f"Slack: {type(error).__name__} {error}")
        except Exception as error:  # the border: whatever goes wrong costs this answer and nothing else
            self.monitor.failed(type(error).__name__)
            if debug():
                log.exception("%s", ask.key)
            closed = self._failed(ask, reply, where())
        if closed:  # else the next start tries again
            self.state.conversations.note(ask.key, "done", reply.last)

    def _answer(self, ask: Ask, reply: Reply, began: float) -> None:
        allowed = self.settings.allowed(ask.place.team, ask.place.channel)
        if allowed is None:
            log.info("%s is not listed in [slack.allow]; refused %s", ask.place.channel, ask.key)
            return self._whisper(ask, REFUSED)
        if refused := self._access.refusal(ask.user, outside=ask.outside):
            return self._whisper(ask, refused)
        if ask.files or ask.link:
            return self._attached(ask, reply, allowed)
        if not ask.question:
            return self._whisper(ask, how_to_ask(self._commands.ours(ask.place.team, ask.place.channel)))
        history = self.state.conversations.turns(ask.place, before=ask.before) if ask.place.thread else ()
        within = shared(allowed, Filter(window=ask.window)) or allowed  # a window that lies outside is not asked for
        scope = Scope(filter=within or None, without=frozenset(ask.without))
        language = self._commands.language(ask.place.team, ask.place.channel)
        request = AskRequest(ask.question, history, scope=scope, language=language)
        events = self._running[ask.line] = self._answerer(ask.place, history, allowed).stream(request)
        if self._closing.is_set():
            events.close()
        if ask.place.thread:
            self._if_possible("agents.sessions.setStatus", **session(ask.place), status="processing")
            self._if_possible("assistant.threads.setStatus", **session(ask.place), status="is searching the articles…")
        try:
            answer = self._told(ask, events, reply)
            self.monitor.answered(answer, time.perf_counter() - began)
            self._finish(ask, discreet(answer, NOTHING) if allowed else answer, reply)
        finally:
            del self._running[ask.line]
            events.close()

    def _attached(self, ask: Ask, reply: Reply, allowed: Filter) -> None:
        """A file or a page that was sent: checked, or asked about."""
        if ask.link and not ask.files and not self.settings.links:
            return self._whisper(ask, NO_LINKS)
        self._if_possible("assistant.threads.setStatus", **session(ask.place), status="is reading what you sent…")
        if ask.files:
            shown = self._attachments.of_files(ask.files, ask.question, allowed)
        else:
            shown = self._attachments.of_link(ask.link, ask.question, hosts=self.settings.allow_hosts)
        question = ask.question or str(ask.link or ask.files[0].get("name") or "")
        self.state.conversations.keep(Kept(uuid.uuid4().hex, ask.place, question, shown.words, None, (), ()))
        reply.end(shown.below, shown.pieces)
        self._if_possible("agents.sessions.setStatus", **session(ask.place), status="active")

    def _told(self, ask: Ask, events: EventStream, reply: Reply) -> Answer:
        """Each sentence as it comes, and the answer. Stopped where somebody closed the stream before its end."""
        sources: list[Source] = []
        for event in events:
            match event.data:
                case Answer():
                    return event.data
                case Source():
                    sources.append(event.data)
                case Sentence() if not ask.private_to:
                    for piece in blocks.sentence(event.data, sources):
                        reply.say(piece)
        raise Stopped("stopped")

    def _ours(self, place: ConversationPlace) -> bool:
        """Whether something was answered or told in a conversation."""
        return self.state.conversations.knows(place) or self.state.briefings.told_in(place) is not None

    def _put_to_us(self, place: ConversationPlace, text: str) -> bool:
        """Whether a message in a thread of ours, without a mention, is for us."""
        follow_ups = self._commands.follow_ups(place.team, place.channel)
        if follow_ups == "mention":
            return False
        history = self.state.conversations.turns(place)
        question = read(text, history)
        briefing = self.state.briefings.told_in(place)
        if follow_ups == "all" or (briefing and speaks_of(text, briefing, history)):
            return question.small_talk is None
        return question.plainly_asked

    def _answerer(self, place: ConversationPlace, history: Sequence[Turn], allowed: Filter) -> Bot | Talk:
        """The Bot, or in the thread of a briefing what understands its numbers."""
        briefing = self.state.briefings.told_in(place) if place.thread and not allowed else None
        return Talk.after(self.bot, briefing, history) if briefing else self.bot

    def _finish(self, ask: Ask, answer: Answer, reply: Reply) -> None:
        closing = [piece for note in answer.notes for piece in blocks.note(note, answer.sources)]
        if not answer.sentences and not answer.notes:
            closing.append(blocks.escaped(nothing_found(answer)))
        if ask.window:
            closing.append(published(ask.window))
        sentences = (
            *((s.text, s.citations) for s in answer.sentences),
            *((n.text, n.citations) for n in answer.notes if n.citations),
        )
        below = blocks.sources(answer.sources, [c for citations in cited(answer) for c in citations], answer.lang)
        own = [piece for s in answer.sentences for piece in blocks.sentence(s, answer.sources)]
        messages = blocks.pack([*own, *closing], below)
        kept = Kept(
            answer.id, ask.place, ask.question, words(answer), ask.window, sentences, tuple(m.payload() for m in messages)
        )
        self.state.conversations.keep(kept)
        if answer.outcome in ("small_talk", "unclear"):
            return self._reply(ask, answer, closing, reply)
        below += blocks.buttons(
            answer.id,
            passages=bool(sentences),
            narrower=bool(sentences) and self._aside.stepped(ask.window, 1) != ask.window,
            wider=ask.window is not None,
            share=bool(ask.private_to),
            chips=answer.narrowed(),
            dropped=ask.without,
            human=bool(self.settings.helpers) and not answer.sentences,
        )
        if ask.private_to:
            for part in blocks.pack([*own, *closing], below)[-SHOWN:]:
                self.respond(ask.private_to, private("", part))
        else:
            reply.end(below, closing)
            self._if_possible("agents.sessions.setStatus", **session(ask.place), status="active")

    def _reply(self, ask: Ask, answer: Answer, closing: Sequence[str], reply: Reply) -> None:
        """A line of our own, without buttons. The same courtesy is said once in a conversation, and none to what was overheard."""
        said = self._said.setdefault(ask.place, set()) if ask.place.thread else set()
        idle = answer.outcome == "small_talk" and (ask.overheard or answer.notes[0].text in said)
        said.add(answer.notes[0].text)
        if ask.private_to:
            self.respond(ask.private_to, private("", blocks.MessagePart("".join(closing))))
        elif not idle:
            reply.end(closing=closing)
        self._if_possible("agents.sessions.setStatus", **session(ask.place), status="active")

    def _failed(self, ask: Ask, reply: Reply, why: str) -> bool:
        """Say so, to the person only, without what went wrong: that is in the log under the same id."""
        id = uuid.uuid4().hex[:8]
        log.error("error %s in %s: %s", id, ask.key, why)
        closed = not reply.begun or self._close(ask, reply, f"_{INTERRUPTED}_")
        self._whisper(ask, f"Something went wrong, sorry. Please ask again. (error {id})")
        if ask.before:
            self.state.conversations.forget(ask.key)
        return closed

    def _close(self, ask: Ask, reply: Reply, last_words: str) -> bool:
        """End an answer that will not be finished; False if Slack does not let us."""
        self._if_possible("agents.sessions.setStatus", **session(ask.place), status="active")
        try:
            if ask.private_to:
                self.respond(ask.private_to, private(INTERRUPTED))
            else:
                reply.end(closing=[last_words])
        except (SlackRefused, Unsure) as error:
            log.error("%s could not be closed: %s", ask.key, error)
            return False
        return True

    def _whisper(self, ask: Ask, text: str) -> None:
        """To the person who asked and nobody else. Where we may not write at all, nothing."""
        try:
            if ask.private_to:
                return self.respond(ask.private_to, private(text))
            thread = {"thread_ts": ask.place.thread} if ask.place.thread and ask.place.thread != ask.ts else {}
            self.call("chat.postEphemeral", channel=ask.place.channel, user=ask.user, **thread, **private(text))
        except (SlackRefused, Unsure) as error:
            log.info("nothing could be said in %s: %s", ask.place.channel, error)

    # What an earlier process left

    def _recover(self, claim: PendingQuestion) -> None:
        """Finish a message that only lacked its last step; say of any other that it was interrupted. Never silence."""
        thread = self._thread(claim.key, claim.place, claim.user, claim.key.rpartition("/")[2])
        try:
            if claim.private:
                self.call("chat.postEphemeral", channel=claim.place.channel, user=claim.user, **private(INTERRUPTED))
            else:
                resume(thread, claim, blocks.MessagePart(f"_{INTERRUPTED}_").payload())
        except Unsure as error:
            log.warning("could not finish %s, the next start tries again: %s", claim.key, error)
            return
        except SlackRefused as no:
            log.warning("could not finish %s: %s", claim.key, no)
        self.state.conversations.note(claim.key, "done", claim.message)
        log.info("%s was left at '%s' by an earlier process", claim.key, claim.stage)

    # What methods share

    def _prune(self) -> None:
        """Forget what is too old, once a day."""
        now = time.time()
        if now - self._pruned > DAY:
            self._pruned = now
            self._said.clear()
            self.state.conversations.prune(now - KEPT)
            if self.settings.owner:
                self._pool.submit(ConversationPlace(self.home, "", "owner"), lambda: self._reception.weekly(now))

    def _thread(self, key: str, place: ConversationPlace, user: str, ts: str) -> Thread:
        def note(stage: Stage, message: str, payload: Json) -> None:
            self.state.conversations.note(key, stage, message, payload)

        after = max(ts if re.fullmatch(r"\d+\.\d+", ts) else "", self.state.conversations.newest(place))
        return Thread(place, user, self.call, self.pace, note, after, self.bot_user)

    def _if_possible(self, method: str, **arguments: object) -> None:
        """A call that only makes the wait pleasanter. Refused for good (a scope, an old workspace): not tried again."""
        if method in self._unavailable:
            return
        try:
            self.call(method, **arguments)
        except SlackRefused as no:
            if no.retry_after is None and no.code in (
                "missing_scope",
                "unknown_method",
                "not_allowed_token_type",
                "not_an_agent",
            ):
                self._unavailable.add(method)
                log.info("%s is not available: %s", method, no.code)
        except Unsure:
            pass
