"""Print what people see in Slack: welcome, answers, refusals, thanks, settings, feedback, a file checked, a briefing.

See scripts/slack_demo.

    python scripts/slack_demo.py --library .demo/library [--html FILE]

The bot is `dragoman slack` in a process of its own; Slack is tests/support/fake_slack.py.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "scripts")]

import slack_html  # noqa: E402

from bot.slack import blocks  # noqa: E402
from bot.state.opening import open_state  # noqa: E402
from bot.state.records import ConversationPlace  # noqa: E402
from tests.support.fake_slack import APP_TOKEN, BOT, BOT_TOKEN, TEAM, FakeSlack, Message, serving, strings, values  # noqa: E402

QUESTION = "Was the Astrid Vale in Sanvara's waters?"
FOLLOW_UP = "And what did the company say?"
NOT_THERE = "Who won the chess championship in Norwick?"
COLUMN = "“The ship was fourteen miles out. Not twelve, and not one metre inside,” Marwick said. “We never slept,” said Ferro."
SETTINGS = """[slack]
helpers = "S0DESK"

[beats.strait]
topics = ["Amber Strait", "grain ships"]
schedule = "0 7 * * 1-5"
"""
SHOWN: list[tuple[str, str, str, Sequence[slack_html.Block]]] = []  # who, how, Markdown and blocks of all that was shown
TOLD = ("strait", "--since", "2025-05-01", "--until", "2025-05-06", "--told")  # the briefing after which all else is new


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--library", required=True)
    arguments.add_argument("--html", type=Path, help="also a page with all messages as they look")
    given = arguments.parse_args()
    now = int(time.time())  # the bot remembers what it has answered: run again, it is asked at another time
    with serving(now) as slack, tempfile.TemporaryDirectory() as folder, bot(slack, given.library, Path(folder)) as log:
        try:
            walk(slack, given.library)
        except AssertionError:
            print(log.read_text(encoding="utf-8"), file=sys.stderr)
            raise
        if given.html:
            given.html.write_text(slack_html.page(SHOWN), encoding="utf-8")
    return 0


@contextmanager
def bot(slack: FakeSlack, library: str, folder: Path) -> Iterator[Path]:
    """`dragoman slack` against the fake one, for the length of a `with`; the file with its log."""
    config, log = folder / "dragoman.toml", folder / "slack.log"
    config.write_text(SETTINGS, encoding="utf-8")
    dragoman, where = [sys.executable, "-m", "bot.cli"], ["--library", library, "--config", str(config)]
    subprocess.run([*dragoman, "brief", *TOLD, *where], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    tokens = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "PYTHONPATH": str(ROOT)}
    with log.open("wb") as out:
        command = [*dragoman, "slack", *where, "--api-url", slack.url]
        running = subprocess.Popen(command, env=os.environ | tokens, stderr=out)
    try:
        yield log
    finally:
        running.terminate()
        print(f"\n(SIGTERM: the bot ended with exit code {running.wait(60)})")


def walk(slack: FakeSlack, library: str) -> None:
    """Every kind of message that a desk sees, one after another."""
    arrival(slack)
    thread(slack, library)
    refusal(slack)
    for command in ("settings", "settings follow-ups mention", "settings language es", "settings follow-ups asked",
                    "settings language auto", "beats", "subscribe strait", "unsubscribe strait",
                    "quotes Ferro", "verify “We never slept,” said Ferro."):  # fmt: skip
        private(slack, command)
    asked_in_private(slack)
    directly(slack)
    briefing(slack, library)


def arrival(slack: FakeSlack) -> None:
    """Invited to a channel; its home tab."""
    print("#news")
    slack.event({"type": "member_joined_channel", "channel": f"C{slack.began}", "user": BOT})
    show("ann", "/invite @Dragoman")
    show_message(slack.answered(f"C{slack.began}")[0], "chat.postMessage")
    slack.event({"type": "app_home_opened", "channel": "D0ANN", "user": "U0ANN", "tab": "home"})
    slack.wait(lambda: "U0ANN" in slack.homes, "the home tab")
    show("ann", "[Home tab]")
    show_message(home(slack), "views.publish")


def thread(slack: FakeSlack, library: str) -> None:
    """A question, one that follows up on it, talk among people, a thumb down, thanks."""
    ts = slack.say("C0NEWS", f"<@{BOT}> {QUESTION}")
    (answer,) = slack.answered("C0NEWS", ts)
    show("ann", f"@Dragoman {QUESTION}")
    show_message(answer, streamed(slack, answer))
    slack.say("C0NEWS", FOLLOW_UP, thread=ts)
    second = slack.answered("C0NEWS", ts, count=2)[1]
    show("ann", FOLLOW_UP)
    show_message(second, streamed(slack, second))
    show("ann", "[Show passages]")
    show_message(after(slack, "C0NEWS", lambda: slack.click(answer, "passages")), "only visible to ann")
    slack.say("C0NEWS", "Thanks! Lunch in ten, Ben?", thread=ts)
    show("ann", "Thanks! Lunch in ten, Ben?")
    opinion(slack, answer, library)
    show("ann", "@Dragoman thank you!")
    show_message(after(slack, "C0NEWS", lambda: slack.say("C0NEWS", f"<@{BOT}> thank you!", thread=ts)), "chat.postMessage")


def opinion(slack: FakeSlack, answer: Message, library: str) -> None:
    """A thumb down, the reason, what is kept of it, and somebody asked for help."""
    id = values(answer.blocks)["feedback"].split()[0]
    show("ann", "[👎]")
    why = after(slack, "C0NEWS", lambda: slack.click(answer, "feedback", f"{id} -1"))
    show_message(why, "only visible to ann")
    show("ann", "[Something is missing]")
    show_message(after(slack, "C0NEWS", lambda: slack.click(why, "reason_missing", id)), "only visible to ann")
    state = open_state(Path(library))
    (kept,) = [one for one in state.conversations.opinions() if one.answer == id]
    state.close()
    print(f"    (kept: {kept.value:+} {kept.reason}; {kept.question!r}; {len(kept.sources)} sources)")
    show("ann", "[Ask a human]")
    show_message(after(slack, "C0NEWS", lambda: slack.click(why, "human", id), count=2), "chat.postMessage")


def refusal(slack: FakeSlack) -> None:
    """Something that the articles do not tell, and something that cannot be looked for."""
    for text in (NOT_THERE, "And?"):
        show("ann", f"@Dragoman {text}")
        ts = slack.say("C0NEWS", f"<@{BOT}> {text}")
        show_message(slack.answered("C0NEWS", ts)[0], "chat.postMessage")


def private(slack: FakeSlack, command: str) -> None:
    """A command, and what it shows the one who typed it."""
    show("ann", f"/dragoman {command}")
    show_message(after(slack, "C0NEWS", lambda: slack.slash(command)), "only visible to ann")


def asked_in_private(slack: FakeSlack) -> None:
    """An answer for one person, then shared."""
    show("ann", f"/dragoman ask {QUESTION}")
    answer = after(slack, "C0NEWS", lambda: slack.slash(f"ask {QUESTION}"))
    show_message(answer, "only visible to ann")
    show("ann", "[Share in channel]")
    show_message(after(slack, "C0NEWS", lambda: slack.click(answer, "share")), "chat.postMessage")


def directly(slack: FakeSlack) -> None:
    """Small talk, and a file checked, in direct messages."""
    for text in ("hi", "¿Quién eres?", "Wie funktioniert das?"):
        show("ann, directly", text)
        ts = slack.say("D0ANN", text)
        show_message(slack.answered("D0ANN", ts)[0], "chat.postMessage")
    for text in ("check this", "What did Marwick say?"):
        show("ann, directly", f"[column.txt] {text}")
        ts = slack.say("D0ANN", text, subtype="file_share", files=[slack.shared_file("column.txt", COLUMN.encode())])
        show_message(slack.answered("D0ANN", ts)[0], "chat.postMessage")


def briefing(slack: FakeSlack, library: str) -> None:
    """What is new on a beat, more on one of its events, and a thumb under it."""
    show("ann", "/dragoman brief strait")
    first = after(slack, "C0NEWS", lambda: slack.slash("brief strait"))
    show_message(first, "chat.postMessage")
    events = slack.answered("C0NEWS", first.ts, count=2)[1]
    show_message(events, "chat.postMessage, in its thread")
    state = open_state(Path(library))
    slack.wait(lambda: state.briefings.told_in(ConversationPlace(TEAM, "C0NEWS", first.ts)), "the briefing is kept")
    state.close()
    for text in ("more on 2", "who else reports this?"):
        show("ann", text)
        show_message(after(slack, "C0NEWS", lambda text=text: slack.say("C0NEWS", text, thread=first.ts)), "chat.startStream")  # type: ignore[misc]
    show("ann", "[👎]")
    id = values(events.blocks)["feedback"].split()[0]
    show_message(after(slack, "C0NEWS", lambda: slack.click(events, "feedback", f"{id} -1")), "only visible to ann")


def after(slack: FakeSlack, channel: str, act: Callable[[], object], count: int = 1) -> Message:
    """The next message that the bot shows there once something was done, and `count` are there."""
    seen = {message.ts for message in slack.from_bot(channel)}
    act()

    def new() -> list[Message]:
        return [m for m in slack.from_bot(channel) if m.ts not in seen and not m.streaming]

    slack.wait(lambda: len(new()) >= count and not slack.calls_open, "a message")
    return new()[0]


def home(slack: FakeSlack) -> Message:
    """The home tab, as a message."""
    content = slack.homes["U0ANN"]["blocks"]
    assert isinstance(content, list)
    return Message("home", "0", "0", BOT, blocks=content)


def streamed(slack: FakeSlack, message: Message) -> str:
    """How the message came to be."""
    own = [name for name, a in slack.calls if a.get("ts") == message.ts and name.startswith("chat.")]
    return " → ".join(["chat.startStream" if own else "chat.postMessage", *own])


def show(who: str, text: str) -> None:
    SHOWN.append((who, "", blocks.escaped(text), []))
    print(f"\n  {who}: {text}")


def show_message(message: Message, how: str) -> None:
    kind = f"{'reply' if message.thread != message.ts else ''} {'only' if message.only_for else ''}"
    SHOWN.append(("Dragoman", kind, message.text, message.blocks))
    print(f"\n  Dragoman ({how}):")
    text = re.sub(r"\[(\[\d+\])\]\([^)]*\)", r"\1", message.text)
    for line in re.sub(r"\\(.)", r"\1", text).strip().splitlines():
        print(f"    {line}".rstrip())
    for block in message.blocks:
        if block["type"] == "header":
            print(f"    {' '.join(strings(block))}")
        elif block["type"] == "markdown":
            print(f"    {block['text']}")
        elif block["type"] == "rich_text":
            addresses = re.findall(r"'url': '([^']*)'", str(block))
            words = "".join(piece for piece in strings(block) if piece not in addresses)
            print("    | " + "\n    | ".join(words.splitlines()))
            print("".join(f"    |   {url}\n" for url in addresses[:1]), end="")
        elif block["type"] == "actions":
            elements = block["elements"]
            assert isinstance(elements, list)
            print("    " + "  ".join(f"[{e['text']['text']}]" for e in elements))
        elif block["type"] == "context_actions":
            print("    [👍] [👎]")


if __name__ == "__main__":
    sys.exit(main())
