"""What the Slack bot shows one person beside a conversation: passages, statements, checked quotations, an answer to share."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.bot import Bot
from bot.phrases import say
from bot.records import Beat, Citation, asked
from bot.rendering import briefing_text
from bot.rendering.answer_text import when
from bot.slack import blocks
from bot.slack.blocks import Json
from bot.slack.briefing_blocks import messages
from bot.slack.streaming import SlackRefused, Thread, Unsure
from bot.slack.workers import log
from bot.state.opening import State
from bot.state.records import Kept
from bot.verification.document_check import proofs
from index.quotes.quotation import said_once
from index.records import Article, Filter, Period, Scope
from index.text.language import identify

DAY = 86400
STEPS = (None, 365, 90, 30, 7)  # days up to the newest article: the steps of "narrower" and "wider"
SHOWN = 4  # messages at most: a response_url takes five posts
READ, STATEMENTS = 60, 10  # read and shown for /dragoman quotes: an agency's words stand in many outlets


@dataclass(slots=True)
class Aside:
    """Looks things up for one person. Refused or Unsure when Slack does not take what is shown."""

    bot: Bot
    state: State
    respond: Callable[[str, Json], None]  # (response_url, message)

    def show(self, url: str, content: list[Json], kept: Kept | None = None) -> None:
        """To the person of the response_url only; in the thread of the answer `kept` if there is one."""
        thread = {"thread_ts": kept.place.thread} if kept and kept.place.thread else {}
        for part in blocks.pack([], content)[:SHOWN]:
            self.respond(url, private("", part) | thread)

    def quotes(self, words: str, allowed: Filter, lang: str) -> list[Json]:
        """Blocks of what somebody said, each statement once: "NAME" or "NAME about WORDS". `lang`: of our own words."""
        speaker, _, about = words.partition(" about ")
        scope = Scope(filter=allowed or None)
        quotations = self.bot.index.quotes(speaker=speaker, about=about, limit=READ, scope=scope, best_first=True)
        found = said_once(quotations, best_first=bool(about.strip()))[:STATEMENTS]
        return blocks.statements(found, lang) or blocks.said(say("slack_no_statements", lang, speaker=blocks.literal(speaker)))

    def proofs(self, text: str, allowed: Filter, lang: str) -> list[Json]:
        """Blocks of the verdicts on the quotations in a message. `lang`: of our own words."""
        checked = proofs(text, self.bot.index, scope=Scope(filter=allowed or None))
        return blocks.proofs(checked) or blocks.said(say("slack_no_quotation", lang))

    def passages(self, kept: Kept, url: str) -> None:
        """The quotations of an answer, each in its passage, with a translation where a chat model is set."""
        articles: dict[tuple[str, int], Article] = {}
        for _, citations in kept.sentences:
            for citation in citations:
                if article := self.bot.index.article(citation.article_id, citation.version):
                    articles[citation.article_id, citation.version] = article
        lang = identify(kept.question, default="en")

        def translation(citation: Citation) -> str:
            return self.bot.translation(citation, (citation.start, citation.end), lang)

        self.show(url, blocks.passages(kept.sentences, articles, translation, self.bot.generator.name), kept)

    def share(self, key: str, kept: Kept, thread: Thread, url: str) -> None:
        """Post an answer that only its user saw, if every article it cites is still there."""
        try:
            if not all(self._present(c) for _, citations in kept.sentences for c in citations):
                self.respond(url, private("An article that this answer cites was deleted. Please ask again."))
                return
            for payload in kept.messages:
                reply = thread.insist("chat.postMessage", again=False, channel=kept.place.channel, **payload)
                thread.note("starting", str(reply.get("ts", "")), {})
        except (SlackRefused, Unsure) as error:
            log.info("could not share in %s: %s", kept.place.channel, error)
            self.state.conversations.forget(key)
            self.respond(url, private("I cannot write in this channel. Invite me first: /invite @Dragoman"))
        else:
            self.state.conversations.note(key, "done")
            log.info("answer %s shared in %s", kept.id, kept.place.channel)

    def brief(self, beat: Beat, thread: Thread, allowed: Filter) -> list[Json]:
        """Post what is new on a beat: the headlines, and the events in their thread, where they can be asked about.

        Blocks that say why not, or none. The beat's own schedule does not notice: what is told here is still new to it.
        """
        made = self.bot.brief(beat, keep=False, scope=Scope(filter=allowed or None))
        first, *events = messages(made)
        channel = thread.place.channel
        try:
            ts = str(thread.insist("chat.postMessage", again=False, channel=channel, **first).get("ts", ""))
            for payload in events:
                thread.insist("chat.postMessage", again=False, channel=channel, thread_ts=ts, **payload)
        except (SlackRefused, Unsure) as error:
            log.info("could not post a briefing in %s: %s", channel, error)
            return blocks.said("I cannot write in this channel. Invite me first: /invite @Dragoman")
        if not allowed:
            self.state.briefings.keep(replace(made, beat=asked(beat.name)), at=time.time())
        place = replace(thread.place, thread=ts)
        self.state.conversations.keep(
            Kept(f"{made.id}@{ts}", place, f"/dragoman brief {beat.name}", briefing_text.plain(made), None, (), ())
        )
        log.info("briefing %s posted in %s", made.id, channel)
        return []

    def _present(self, citation: Citation) -> bool:
        return self.bot.index.article(citation.article_id, citation.version) is not None

    def stepped(self, window: Period | None, by: int) -> Period | None:
        """The next narrower (1) or wider (-1) window, ending with the newest article."""
        dates = self.bot.index.stats().dates
        if dates is None:
            return window
        days = round((window.end - window.start) / DAY) if window else None
        at = STEPS.index(days) if days in STEPS else 0
        step = STEPS[min(max(at + by, 0), len(STEPS) - 1)]
        return Period(dates.end - step * DAY, dates.end) if step else None


def private(text: str, part: blocks.MessagePart | None = None) -> Json:
    """A message to one person: our own words, or a part of something longer."""
    shown: Json = part.payload() if part else {"text": text, "blocks": blocks.said(text)}
    return {"response_type": "ephemeral", "replace_original": False, **shown}


def published(window: Period) -> str:
    """The line that names the window an answer was looked for in."""
    if window.end - window.start < DAY:
        return f"_Published {when(window)}._\n\n"
    first, last = (when(Period(at, at + DAY))[:10] for at in (window.start, window.end - DAY))
    return f"_Published {first} – {last}._\n\n"
