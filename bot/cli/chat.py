"""The terminal chat: questions in, answers out sentence by sentence as they are verified; /commands beside."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path

from bot.bot import Bot
from bot.briefings.conversation import Talk
from bot.cli import known_values
from bot.cli.answer_printer import Printed, print_answer
from bot.cli.flags import LEAVE, narrow
from bot.cli.history import keep_conversation
from bot.records import Answer, AskRequest, Source, Turn
from bot.rendering.answer_text import cited, markdown, plain, words
from bot.rendering.links import deep_link, web_address
from bot.rendering.terminal import Screen, show_article, show_quotes, show_source, wrap
from bot.settings.settings import debug
from index.errors import DragomanError, SettingsError
from index.records import Filter, Period, Scope
from index.text.printable import line


@dataclass(slots=True)
class ChatSession:
    """One conversation. The Bot keeps nothing: history and filters are here."""

    bot: Bot
    look: Callable[[], Screen]  # asked each time: a terminal may be made narrower
    langs: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    since: Period | None = None
    until: Period | None = None
    as_of: Period | None = None
    talk: Talk | None = None  # about a briefing
    introduction: str = ""  # that briefing
    dropped: Set[str] = frozenset()  # kinds of chips that were taken off the last question
    turns: list[Turn] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    def run(self, typed: Iterable[str]) -> int:
        """Until what is typed ends or says `/quit`; the exit code."""
        for text in typed:
            text = " ".join(text.split())
            if text in LEAVE:
                break
            if text.startswith("/"):
                self._command(text)
            elif text:
                self._ask(text)
        return 0

    # Questions

    def _ask(self, question: str, without: Set[str] = frozenset()) -> None:
        self.dropped = without
        printed = Printed(self.screen)
        if sys.stdin.isatty():
            print()
        try:
            scope = Scope(filter=self.filter, as_of=self.as_of, without=frozenset(without))
            events = (self.talk or self.bot).stream(AskRequest(question, self.turns, scope=scope))
            answer = print_answer(events, printed) if self.screen.width else events.answer()
        except KeyboardInterrupt:
            printed.stopped()
            if printed.sentences:
                self.answers.append(printed.partial(question))
            self._remember(question, " ".join(sentence.text for sentence in printed.sentences))
            return
        except Exception as error:
            if debug():
                raise
            known = isinstance(error, DragomanError)
            self._say(str(error) if known else f"{type(error).__name__}: {error} (DRAGOMAN_DEBUG=1 shows where)")
            return
        if not self.screen.width:
            print(plain(answer), end="\n\n", flush=True)
        if sys.stdin.isatty() and answer.narrowed():
            self._say("/drop asks again without that.")
        if answer.outcome not in ("small_talk", "unclear"):
            self.answers.append(answer)
        self._remember(question, words(answer))

    def _remember(self, question: str, reply: str) -> None:
        self.turns += [Turn("user", question), Turn("assistant", reply)]
        if sys.stdin.isatty():
            keep_conversation(self.turns)

    # What is shown around them

    @property
    def screen(self) -> Screen:
        return self.look()

    @property
    def filter(self) -> Filter | None:
        return narrow(self.langs, self.outlets, self.authors, self.since, self.until)

    def greeting(self) -> str:
        """The briefing that is talked about, what can be asked here and who answers, and where it goes on."""
        stats = self.bot.index.stats()
        articles = f"{stats.articles:,} article{'' if stats.articles == 1 else 's'}"
        languages = " ".join(lang for lang in stats.languages if lang)
        dates = f"{_day(stats.dates.start)} to {_day(stats.dates.end - 1)}" if stats.dates else "undated"
        name = self.bot.generator.name
        words_by = "quoted from them" if name == "extractive" else f"written by {name}"
        lines = [
            f"{articles}: {languages or 'language unknown'}; {dates}.",
            f"Answers are {words_by}. /help lists the commands.",
        ]
        blocks = [self.introduction, "\n".join(wrap(one, self.screen) for one in lines)]
        if self.turns:
            blocks.append(wrap(line(f"Going on after: {self.turns[-2].content}"), self.screen, code="2"))
        return "\n\n".join(filter(None, blocks))

    def chips(self) -> str:
        """The filters in force, above the prompt."""
        values = {
            "lang": " ".join(self.langs),
            "outlet": " or ".join(self.outlets),
            "author": " or ".join(self.authors),
            "since": self.since,
            "until": self.until,
            "as of": self.as_of,
        }
        chips = " ".join(f"[{name} {line(str(value))}]" for name, value in values.items() if value)
        return f"{chips}\n" if chips else ""

    def _say(self, text: str) -> None:
        print(wrap(line(text), self.screen, code="2"), end="\n\n", flush=True)

    # Commands

    def _command(self, typed: str) -> None:
        name, _, rest = typed[1:].partition(" ")
        if name not in COMMANDS:
            near = get_close_matches(name, COMMANDS, n=1)
            self._say(f"There is no /{name}. {f'Did you mean /{near[0]}? ' if near else ''}/help lists the commands.")
            return
        try:
            COMMANDS[name].run(self, rest.strip())
        except (ValueError, OSError, SettingsError) as error:
            self._say(str(error))

    def _help(self, _: str) -> None:
        width = max(len(f"/{name} {command.takes}") for name, command in COMMANDS.items())
        for name, command in COMMANDS.items():
            usage = f"/{name} {command.takes}".ljust(width + 2)
            narrow_screen = 0 < self.screen.width < 60
            print(f"{usage.rstrip()}\n{wrap(command.help, self.screen, indent=4)}" if narrow_screen else usage + command.help)
        print()

    def _sources(self, number: str) -> None:
        """The list of sources, or with a number the words cited from one, in their passage."""
        if not number:
            print("\n".join(show_source(source, self.screen, self._last().lang) for source in self._last().sources) + "\n")
            return
        source = self._source(number)
        article = self.bot.index.article(source.article_id, source.version)
        print(show_source(source, self.screen, self._last().lang) + "\n")
        if article is None:
            self._say("This article was deleted from the library.")
            return
        print(show_quotes(article.text, self._spans(source), self.screen) + "\n")
        for span in self._spans(source):
            if text := self.bot.translation(source, span, self._last().lang):
                label = f"Translation by {self.bot.generator.name}, not a quotation:"
                print(wrap(label, self.screen, code="2") + "\n" + wrap(line(text), self.screen, indent=4) + "\n")

    def _open(self, number: str) -> None:
        """The page in a browser, at the words cited."""
        source = self._source(number or "1")
        article = self.bot.index.article(source.article_id, source.version)
        if address := web_address(source.url):
            import webbrowser

            start, end = self._spans(source)[0]
            address = deep_link(address, article.text[start:end]) if article else address
            self._say(f"Source {source.number} is open in the browser." if webbrowser.open(address) else address)
        elif article:
            print(show_article(article, self.screen) + "\n")

    def _new(self, _: str) -> None:
        self.turns.clear()
        self.answers.clear()
        self._say("A new conversation: the questions before are forgotten.")

    def _drop(self, rest: str) -> None:
        """The last question again, without what was read out of it: of one kind, or all. What was dropped before stays so."""
        if not self.answers:
            raise ValueError("No question yet: ask something first.")
        last = self.answers[-1]
        narrowed = last.narrowed()
        if not narrowed or (rest and rest not in narrowed):
            chips = ", ".join(f"{kind} ({words})" for kind, words in narrowed.items())
            raise ValueError(f"Write /drop and one of: {chips}." if chips else self._nothing_read())
        del self.turns[-2:]
        self._ask(last.question, self.dropped | ({rest} if rest else set(narrowed)))

    def _nothing_read(self) -> str:
        if not self.filter and not self.as_of:
            return "The last question was searched in everything."
        return f"Nothing was read out of the last question. You set {self.chips().strip()}: /lang or /outlet alone undoes it."

    def _lang(self, rest: str) -> None:
        langs = tuple(map(known_values.code, rest.replace(",", " ").split()))
        known_values.check(self.bot.index, langs, ())
        self.langs = langs

    def _outlet(self, rest: str) -> None:
        outlets = (rest,) if rest else ()
        known_values.check(self.bot.index, (), outlets)
        self.outlets = outlets

    def _outlets(self, _: str) -> None:
        """All of the library, those with the most articles first."""
        named = [f"{line(name)} ({number:,})" for name, number in self.bot.index.stats().outlets.items() if name]
        self._say(", ".join(named) if named else "No article names its outlet.")

    def values(self, command: str) -> list[str]:
        """What the library has for a command to be completed with."""
        stats = self.bot.index.stats()
        return sorted(name for name in {"outlet": stats.outlets, "lang": stats.languages}.get(command, ()) if name)

    def _author(self, rest: str) -> None:
        self.authors = (rest,) if rest else ()

    def _since(self, rest: str) -> None:
        self.since = _date(rest)

    def _until(self, rest: str) -> None:
        self.until = _date(rest)

    def _as_of(self, rest: str) -> None:
        self.as_of = _date(rest)

    def _save(self, file: str) -> None:
        """The conversation as Markdown, in a new file."""
        path = Path(file or "dragoman.md").expanduser()
        if not self.answers:
            raise ValueError("Nothing to save yet: ask something first.")
        try:
            with path.open("x", encoding="utf-8", errors="replace") as out:
                out.write("\n".join(markdown(answer) for answer in self.answers))
        except FileExistsError:
            raise ValueError(f"{path} exists; choose another name.") from None
        self._say(f"Saved {len(self.answers)} answers to {path}.")

    def _last(self) -> Answer:
        if not self.answers or not self.answers[-1].sources:
            raise ValueError("The last answer has no sources." if self.answers else "No answer yet: ask something first.")
        return self.answers[-1]

    def _source(self, number: str) -> Source:
        sources = self._last().sources
        for source in sources:
            if number == str(source.number):
                return source
        raise ValueError(f"No source {number}: the last answer has {', '.join(str(source.number) for source in sources)}.")

    def _spans(self, source: Source) -> list[tuple[int, int]]:
        """What the last answer cites from it, in the order of the text."""
        parts = cited(self._last())
        return sorted({(c.start, c.end) for citations in parts for c in citations if c.number == source.number})


@dataclass(frozen=True, slots=True)
class ChatCommand:
    """One /command: what it takes, what it does."""

    run: Callable[[ChatSession, str], None]
    takes: str
    help: str


COMMANDS = {
    "help": ChatCommand(ChatSession._help, "", "this list"),
    "sources": ChatCommand(ChatSession._sources, "[N]", "sources of the last answer; with N what was cited, in its passage"),
    "open": ChatCommand(ChatSession._open, "N", "source N in the browser, at the words cited"),
    "drop": ChatCommand(ChatSession._drop, "[KIND]", "the last question again, without the outlet, dates... read from it"),
    "lang": ChatCommand(ChatSession._lang, "[es en]", "only these languages; alone: all again"),
    "outlet": ChatCommand(ChatSession._outlet, "[NAME]", "only this outlet; alone: all again"),
    "outlets": ChatCommand(ChatSession._outlets, "", "the outlets of the library, each with its number of articles"),
    "author": ChatCommand(ChatSession._author, "[NAME]", "only this author; alone: all again"),
    "since": ChatCommand(ChatSession._since, "[2023-10]", "only published then or later; alone: no limit"),
    "until": ChatCommand(ChatSession._until, "[2023-10]", "only published then or earlier; alone: no limit"),
    "asof": ChatCommand(ChatSession._as_of, "[2023-10-18]", "answer as if it were then; alone: now"),
    "save": ChatCommand(ChatSession._save, "FILE.md", "the conversation as Markdown"),
    "new": ChatCommand(ChatSession._new, "", "forget the conversation; the filters stay"),
    "quit": ChatCommand(ChatSession._help, "", "leave (Ctrl-D too)"),
}


def _date(text: str) -> Period | None:
    try:
        return Period.parse(text) if text else None
    except ValueError:
        raise ValueError(f"'{text}' is not a date; write 2023, 2023-10 or 2023-10-18.") from None


def _day(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"
