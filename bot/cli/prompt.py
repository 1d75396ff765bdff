"""The prompt of the chat, in a terminal. It is there at once: what answers is loaded behind it, and greets when it is there.

prompt seen -> loading begins -> greeting above the prompt; or the error, and the end
            -> typed meanwhile -> asked when it is loaded
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, InMemoryHistory
from prompt_toolkit.shortcuts import CompleteStyle

from bot.cli.history import questions_file

if TYPE_CHECKING:
    from bot.cli.chat import ChatSession

PROMPT = "dragoman> "
OPENING = "Opening the library …"


class CommandCompleter(Completer):
    """The /commands, and behind `/outlet` and `/lang` what the library has."""

    def __init__(self, session: Callable[[], ChatSession | None]) -> None:
        """`session`: the one that is spoken to; None until it is loaded."""
        self._session = session
        self._values: dict[str, list[str]] = {}  # counting an archive takes a moment: once a command

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """Of what stands before the cursor."""
        from bot.cli.chat import COMMANDS

        typed = document.text_before_cursor
        name, space, _ = typed[1:].partition(" ")
        session = self._session()
        if space and session and name not in self._values:
            self._values[name] = session.values(name)
        words = [f"/{name} {value}" for value in self._values.get(name, ())] if space else [f"/{one}" for one in COMMANDS]
        for word in words:
            if word.lower().startswith(typed.lower()):
                yield Completion(word, start_position=-len(typed))


class InputPrompt:
    """Where questions to a session are typed, which need not be there yet."""

    def __init__(self, load: Callable[[], ChatSession]) -> None:
        """`load` makes the session, in a thread of its own."""
        file = questions_file()
        self._load = load
        self._loading: Future[tuple[ChatSession, str]] | None = None  # and its greeting, "" where there is nothing to ask
        self._session: ChatSession | None = None  # once it has greeted
        self._typing: PromptSession[str] = PromptSession(
            history=FileHistory(str(file)) if file else InMemoryHistory(),
            completer=CommandCompleter(lambda: self._session),
            complete_style=CompleteStyle.READLINE_LIKE,
            complete_while_typing=False,
        )

    def first(self) -> str | None:
        """What is typed first; None at Ctrl-D, and "" where loading failed or found nothing to ask."""
        self._typing.app.after_render += self._begin
        return self._typed()

    def session(self) -> ChatSession:
        """What was loaded, waited for; it has greeted, if there is anything to ask. Raises what loading raised."""
        assert self._loading is not None
        session, greeting = self._loading.result()
        if self._session is None and greeting:
            self._greet(session, greeting)
        return session

    def lines(self, first: str | None) -> Iterator[str]:
        """What was typed first, and what is typed then, until Ctrl-D."""
        line = first
        while line is not None:
            yield line
            line = self._typed()

    def _typed(self) -> str | None:
        while True:
            try:
                return self._typing.prompt(self._message)
            except KeyboardInterrupt:
                print("Ctrl-D or /quit leaves.\n")
            except EOFError:
                return None

    def _message(self) -> str:
        return (self._session.chips() if self._session else f"{OPENING}\n") + PROMPT

    # Behind the prompt

    def _begin(self, _: object) -> None:
        """Once the prompt is seen. The thread is waited for where the program ends before: it may be inside a library."""
        loop = self._typing.app.loop
        if self._loading is None and loop is not None:
            self._loading = ThreadPoolExecutor(1).submit(self._opened)

            def tell(_: Future[tuple[ChatSession, str]]) -> None:
                with suppress(RuntimeError):  # the prompt is gone: what was typed waits for the session
                    loop.call_soon_threadsafe(self._loaded)

            self._loading.add_done_callback(tell)

    def _opened(self) -> tuple[ChatSession, str]:
        session = self._load()
        return session, "" if session.bot.index.empty else session.greeting()

    def _loaded(self) -> None:
        """In the loop of the prompt."""
        app, loading = self._typing.app, self._loading
        if loading is None or not app.is_running or app.is_done:
            return
        session, greeting = (None, "") if loading.exception() else loading.result()
        if session is None or not greeting:
            app.erase_when_done = True
            app.exit(result="")
        else:
            run_in_terminal(lambda: self._greet(session, greeting))

    def _greet(self, session: ChatSession, greeting: str) -> None:
        print(greeting, end="\n\n", flush=True)
        self._session = session
