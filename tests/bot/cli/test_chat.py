"""The chat as a person meets it: through a pseudo-terminal, in tmux, and through a pipe."""

from __future__ import annotations

import os
import re
import shlex
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from bot.bot import Bot
from bot.cli.chat import ChatSession
from bot.cli.prompt import CommandCompleter
from bot.rendering.terminal import Screen
from bot.settings.settings import state_file
from index import Index
from tests.support.library import ARTICLES, COMMAND, Run, environment
from tests.support.programs import program

PORT = "When will the port of Sarvella reopen?"
WAIT = 30  # seconds for a slow machine; nothing waits that long when it works


@pytest.fixture
def chat(home: Path, library: Path) -> Iterator[pexpect.spawn]:
    """`dragoman chat` on a pseudo-terminal, at its first prompt."""
    env = environment(home) | {"BROWSER": browser(home)}
    command = [*COMMAND[1:], "chat", "--library", str(library)]
    child = pexpect.spawn(COMMAND[0], command, env=env, cwd=home, timeout=WAIT, encoding="utf-8", dimensions=(50, 90))
    child.expect("/help lists the commands")
    prompt(child)
    yield child
    child.close(force=True)


def browser(home: Path) -> str:
    """A browser that only notes what it was asked to open."""
    script = home / "browser"
    script.write_text('#!/bin/sh\nprintf "%s\\n" "$1" > "$(dirname "$0")/opened"\n', encoding="utf-8")
    script.chmod(0o755)
    return f"{script} %s"


def prompt(child: pexpect.spawn) -> None:
    child.expect("dragoman>")


def test_a_conversation(chat: pexpect.spawn, tmp_path: Path, home: Path) -> None:
    chat.send(f"{PORT}\r")
    chat.expect(r"3\s+June")
    chat.expect(r"\x1b\]8;;https://courier\.example/news/port-reopens#:~:text=[^\x1b]*\x1b")  # the mark links to the words
    chat.expect("Port of Sarvella to reopen in June")
    prompt(chat)

    chat.send("/sources 1\r")
    chat.expect(r"port\s+of\s+Sarvella\s+will\s+reopen")
    prompt(chat)
    chat.send("/sources 9\r")
    chat.expect("No source 9")
    prompt(chat)

    chat.send("/open 1\r")
    chat.expect("Source 1 is open in the browser")
    prompt(chat)
    opened = (home / "opened").read_text(encoding="utf-8")
    assert opened.startswith("https://courier.example/news/port-reopens#:~:text=")

    chat.send("/langs es\r")
    chat.expect("Did you mean /lang")
    prompt(chat)
    chat.send("/lang es\r")
    chat.expect(r"\[lang es\]")
    prompt(chat)
    chat.send("/author Ines Sol\r")
    chat.expect(r"\[lang es\] \[author Ines Sol\]")
    prompt(chat)
    chat.send("/author\r")
    prompt(chat)
    chat.send("/since yesterday-ish\r")
    chat.expect("is not a date")
    prompt(chat)
    chat.send("/since 2024-05\r")
    chat.expect(r"\[lang es\] \[since 2024-05\]")
    prompt(chat)

    chat.send(f"/save {tmp_path / 'notes.md'}\r")
    chat.expect("Saved 1 answer")
    prompt(chat)
    chat.send(f"/save {tmp_path / 'notes.md'}\r")
    chat.expect("exists; choose another name")
    prompt(chat)
    chat.send("/new\r")
    chat.expect("A new conversation")
    prompt(chat)
    chat.send("/sources\r")
    chat.expect("No answer yet")
    prompt(chat)

    chat.send("\x03")  # Ctrl-C at the prompt
    chat.expect("Ctrl-D or /quit leaves")
    prompt(chat)
    chat.sendeof()
    chat.wait()
    assert (chat.exitstatus, chat.signalstatus) == (0, None)
    saved = (tmp_path / "notes.md").read_text(encoding="utf-8")
    assert saved.startswith(f"## {PORT}\n") and "](https://courier.example/news/port-reopens#:~:text=" in saved
    assert stat.S_IMODE(next(home.rglob("conversation.json")).stat().st_mode) == 0o600
    kept = [file for file in home.rglob("questions") if file.is_file()]
    assert len(kept) == 1 and PORT in kept[0].read_text(encoding="utf-8")
    assert stat.S_IMODE(kept[0].stat().st_mode) == 0o600


def test_a_conversation_goes_on_where_it_ended(home: Path, library: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.delenv("XDG_STATE_HOME", raising=False)
        kept = state_file("conversation.json")
    kept.parent.mkdir(parents=True, exist_ok=True)
    command = [*COMMAND[1:], "chat", "-c", "--library", str(library)]
    for content, says in (
        ('[["user", "Who is Mira Osei?"], ["assistant", "A director."]]', "Going on after: Who is Mira"),
        ("{", "/help"),
    ):
        kept.write_text(content, encoding="utf-8")
        child = pexpect.spawn(COMMAND[0], command, env=environment(home), cwd=home, timeout=WAIT, encoding="utf-8")
        child.expect(says)
        prompt(child)
        child.sendeof()
        child.wait()
        child.close()
        assert child.exitstatus == 0


def test_what_was_read_out_of_a_question_can_be_dropped(dragoman: Run, library: Path) -> None:
    question = "When does the port of Sarvella reopen, in English-language media since April 2024?"
    typed = f"/drop\n{PORT}\n/drop\n{question}\n/drop outlet\n/drop dates\n/drop\n/drop\n"
    told = dragoman("chat", "--library", library, stdin=typed).stdout
    assert told.startswith("No question yet")
    assert "The last question was searched in everything." in told
    assert "Write /drop and one of: language (in English-language media), dates (since April 2024)." in told
    whole, one, none = "media; since April 2024.", "asked for: in English-language media.", "was searched in everything."
    assert told.count(whole) == 1 and told.count(one) == 1 and told.count(none) == 2
    assert told.index(whole) < told.index(one) < told.rindex(none)
    assert told.rstrip().endswith(none)


def test_questions_from_a_pipe_get_plain_answers(dragoman: Run, library: Path) -> None:
    done = dragoman("chat", "--library", library, stdin=f"{PORT}\n\n/nonsense\n/lang zh\n{PORT}\n")
    assert done.returncode == 0, done.stderr
    first, hint, second = done.stdout.partition("There is no /nonsense")
    assert hint and "3 June" in first and second and "3 June" not in second
    assert "\x1b" not in done.stdout and "dragoman>" not in done.stdout


# Before the library is open: `open_bot` waits here until the test says so

WAITING = """
import sys, time
from pathlib import Path
from bot.cli.commands import shared
from bot.cli.main import main

opened = shared.open_bot

def open_bot(args):
    while not Path("go").exists():
        time.sleep(0.01)
    return opened(args)

shared.open_bot = open_bot
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def waiting(home: Path) -> Iterator[Callable[[Path], pexpect.spawn]]:
    """A chat whose library does not open before the file `go` is there."""
    started: list[pexpect.spawn] = []
    (home / "go").unlink(missing_ok=True)

    def start(library: Path) -> pexpect.spawn:
        command = ["-c", WAITING, "chat", "--library", str(library)]
        started.append(pexpect.spawn(COMMAND[0], command, env=environment(home), cwd=home, timeout=WAIT, encoding="utf-8"))
        started[-1].expect("Opening the library")
        prompt(started[-1])
        return started[-1]

    yield start
    for child in started:
        child.close(force=True)


def test_the_prompt_is_there_before_the_library_is_open(waiting, home: Path, library: Path) -> None:  # type: ignore[no-untyped-def]
    child = waiting(library)
    child.send("When will the port")
    child.expect("When will the port")
    (home / "go").touch()
    child.expect("/help lists the commands")
    prompt(child)
    child.send(" of Sarvella reopen?\r")
    child.expect(r"3\s+June")
    prompt(child)
    child.sendeof()
    child.wait()
    assert child.exitstatus == 0


def test_a_question_typed_before_the_library_is_open_is_answered(waiting, home: Path, library: Path) -> None:  # type: ignore[no-untyped-def]
    child = waiting(library)
    child.send(f"{PORT}\r")
    child.expect("reopen\\?")
    (home / "go").touch()
    child.expect("/help lists the commands")
    child.expect(r"3\s+June")
    prompt(child)
    child.send("/quit\r")
    child.wait()
    assert child.exitstatus == 0


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("typed", ["", f"{PORT}\r"])
def test_a_library_that_cannot_be_asked_ends_the_prompt(waiting, home: Path, tmp_path: Path, there: bool, typed: str) -> None:  # type: ignore[no-untyped-def]
    if there:
        Index(tmp_path / "empty").close()
    child = waiting(tmp_path / "empty")
    child.send(typed)
    (home / "go").touch()
    child.expect("No articles yet" if there else "There is no library in")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == (3 if there else 1)


def test_leaving_needs_no_library(waiting, home: Path, library: Path) -> None:  # type: ignore[no-untyped-def]
    child = waiting(library)
    child.send("/quit\r")
    child.expect("/quit")
    (home / "go").touch()  # the program ends when the thread that loads does
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0 and "/help lists" not in child.before


# Ctrl-C in the middle of an answer: a Bot whose third sentence never comes, under the real chat

SLOW = """
import sys, time
from bot import bot
from bot.cli.main import main
from bot.records import Citation, Event, Sentence

def events(self, request, stop):
    for n in (1, 2):
        cite = Citation(number=1, article_id="a", version=1, start=0, end=1, quote="x")
        yield Event("sentence", Sentence(text=f"Sentence {n} of a long answer.", citations=(cite,)))
    time.sleep(600)

bot.Bot.events = events
sys.exit(main(sys.argv[1:]))
"""


def test_ctrl_c_stops_an_answer_and_keeps_what_was_shown(home: Path, library: Path) -> None:
    child = pexpect.spawn(
        COMMAND[0],
        ["-c", SLOW, "chat", "--library", str(library)],
        env=environment(home),
        cwd=home,
        timeout=WAIT,
        encoding="utf-8",
    )
    prompt(child)
    child.send("Anything?\r")
    child.expect("Sentence 2 of a long answer")
    child.send("\x03")
    child.expect(r"\(stopped\)")
    prompt(child)
    child.send("/save stopped.md\r")  # what was shown is an answer like others
    child.expect("Saved 1")
    prompt(child)
    child.send("/quit\r")
    child.wait()
    assert child.exitstatus == 0
    child.close()


def test_ctrl_c_in_a_single_question_is_exit_code_130(home: Path, library: Path) -> None:
    child = pexpect.spawn(
        COMMAND[0], ["-c", SLOW, "ask", "Anything?", "--library", str(library)], env=environment(home), cwd=home, timeout=WAIT,
        encoding="utf-8",
    )  # fmt: skip
    child.expect("Sentence 2 of a long answer")
    child.send("\x03")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130 and "Traceback" not in child.before


# What a person sees

LONG = SLOW.replace("for n in (1, 2):", "for n in range(1, 15):").replace("time.sleep(600)", "raise KeyboardInterrupt")


class Tmux:
    """A terminal of a given size, with all that scrolled off the top of it."""

    def __init__(self, socket: Path, columns: int, rows: int, command: list[str], env: dict[str, str], cwd: Path) -> None:
        self.socket = socket
        line = shlex.join(["env", *(f"{key}={value}" for key, value in env.items() if key in ("HOME", "PYTHONPATH")), *command])
        self("-f", os.devnull, "new-session", "-d", "-x", str(columns), "-y", str(rows), "-c", str(cwd), f"{line}; exec cat")

    def __call__(self, *args: str) -> str:
        done = subprocess.run(["tmux", "-S", str(self.socket), *args], capture_output=True, check=True)
        return done.stdout.decode()

    def type(self, text: str) -> None:
        self("send-keys", "-l", text)
        self("send-keys", "Enter")

    def screen(self) -> str:
        return self("capture-pane", "-p", "-S", "-")

    def until(self, pattern: str) -> str:
        """All that is on the screen and above it, once the pattern is there."""
        import time

        end = time.monotonic() + WAIT
        while not re.search(pattern, shown := self.screen()):
            assert time.monotonic() < end, f"{pattern!r} never came:\n{shown}"
            time.sleep(0.05)
        return shown


@pytest.fixture
def tmux(tmp_path: Path, home: Path) -> Iterator[object]:
    program("tmux")
    opened: list[Tmux] = []

    def start(columns: int, rows: int, command: list[str]) -> Tmux:
        opened.append(Tmux(tmp_path / f"tmux{len(opened)}", columns, rows, command, environment(home), home))
        return opened[-1]

    yield start
    for terminal in opened:
        terminal("kill-server")


def test_scrolling_back_shows_every_sentence_once(tmux, library: Path) -> None:  # type: ignore[no-untyped-def]
    terminal = tmux(40, 12, [COMMAND[0], "-c", LONG, "chat", "--library", str(library)])
    terminal.until("dragoman>")
    terminal.type("Tell me everything")
    shown = terminal.until(r"\(stopped\)\s+dragoman>")
    assert [shown.count(f"Sentence {n} of a long answer.") for n in range(1, 15)] == [1] * 14


def test_nothing_is_cut_or_split_on_a_narrow_screen(tmux, library: Path) -> None:  # type: ignore[no-untyped-def]
    terminal = tmux(90, 40, [*COMMAND, "chat", "--library", str(library)])
    terminal.until("dragoman>")
    terminal("resize-window", "-x", "40", "-y", "40")
    terminal.type(PORT)
    shown = terminal.until(r"\[1\] Port of Sarvella to reopen in June\n    Coast Courier, 2024-05-14, en\n    https://")
    assert re.search(r"winter,” she told\n|reopen on 3\n?\s?June", shown)
    terminal.type("/help")
    assert all(len(row) <= 40 for row in terminal.until("Ctrl-D too").splitlines())


def test_scripts_without_spaces_and_from_the_right_stay_whole(tmux, library: Path) -> None:  # type: ignore[no-untyped-def]
    search = [*COMMAND, "search", "--library", str(library), "--lang"]
    chinese = tmux(40, 20, [*search, "zh", "bridge"]).until("茶叶。")
    assert ARTICLES[2]["text"] in re.sub(r"\n *", "", chinese)
    arabic = tmux(40, 20, [*search, "ar", "water"]).until("في الخريف")
    assert ARTICLES[3]["text"] in re.sub(r"\s+", " ", arabic)


def test_outlets_are_listed_and_limits_that_were_set_are_named(dragoman: Run, library: Path) -> None:
    typed = f"/outlets\n/outlet cour\n/lang english\n{PORT}\n/drop\n"
    told = dragoman("chat", "--library", library, stdin=typed).stdout
    assert "Coast Courier (" in told and "did you mean 'Coast Courier'?" in told
    assert "3 June" in told
    assert "You set [lang en]: /lang or /outlet alone undoes it." in told


def test_what_the_library_has_completes_a_command(library: Path) -> None:
    with Index(library) as index:
        session = ChatSession(Bot(index), Screen)
        words = CommandCompleter(lambda: session)

        def completed(typed: str) -> list[str]:
            return [one.text for one in words.get_completions(Document(typed), CompleteEvent())]

        assert completed("/la") == ["/lang"]
        assert "/outlet Coast Courier" in completed("/outlet co") and "/lang en" in completed("/lang ")
        assert completed("/since 2") == [] and completed("What is") == []
    assert [one.text for one in CommandCompleter(lambda: None).get_completions(Document("/outlets"), CompleteEvent())] == [
        "/outlets"
    ]
