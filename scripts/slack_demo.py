"""Print what a person sees in Slack: an answer, thanks, a button, feedback, settings, a file checked. See scripts/slack_demo.

    python scripts/slack_demo.py --library .demo/library [--html FILE]

The bot is `dragoman slack` in a process of its own; Slack is tests/support/fake_slack.py.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "scripts")]

import slack_html  # noqa: E402

from bot.state.opening import open_state  # noqa: E402
from tests.support.fake_slack import APP_TOKEN, BOT, BOT_TOKEN, FakeSlack, Message, serving, strings, values  # noqa: E402

QUESTION = "Was the Astrid Vale in Sanvara's waters?"
FOLLOW_UP = "And what did the company say?"
COLUMN = "“The ship was fourteen miles out. Not twelve, and not one metre inside,” Marwick said. “We never slept,” said Ferro."


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--library", required=True)
    arguments.add_argument("--html", type=Path, help="also a page with all messages as they look")
    given = arguments.parse_args()
    library = given.library
    with serving() as slack:
        slack._clock = slack._ids = int(time.time())  # the bot remembers what it has answered: nothing comes twice, run twice
        command = [sys.executable, "-m", "bot.cli", "slack", "--library", library, "--api-url", slack.url]
        tokens = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "PYTHONPATH": str(ROOT)}
        bot = subprocess.Popen(command, env=os.environ | tokens, stderr=subprocess.DEVNULL)
        try:
            thread(slack, library)
            if given.html:
                given.html.write_text(slack_html.page(looks(slack)), encoding="utf-8")
        finally:
            bot.terminate()
            print(f"\n(SIGTERM: the bot ended with exit code {bot.wait(60)})")
    return 0


def thread(slack: FakeSlack, library: str) -> None:
    print("#news")
    ts = slack.say("C0NEWS", f"<@{BOT}> {QUESTION}")
    (answer,) = slack.answered("C0NEWS", ts)
    show("ann", f"@Dragoman {QUESTION}")
    show_message(answer, streamed(slack, answer))
    slack.say("C0NEWS", FOLLOW_UP, thread=ts)
    second = slack.answered("C0NEWS", ts, count=2)[1]
    show("ann", FOLLOW_UP)
    show_message(second, streamed(slack, second))
    slack.click(answer, "passages")
    slack.wait(lambda: any(m.only_for for m in slack.from_bot("C0NEWS", ts)), "the passages")
    show("ann", "[Show passages]")
    show_message(next(m for m in slack.from_bot("C0NEWS", ts) if m.only_for), "only visible to ann")
    slack.say("C0NEWS", "Thanks! Lunch in ten, Ben?", thread=ts)
    show("ann", "Thanks! Lunch in ten, Ben?")
    opinion(slack, answer, library)
    slack.say("C0NEWS", f"<@{BOT}> thank you!", thread=ts)
    show("ann", "@Dragoman thank you!")
    slack.wait(lambda: any(m.text.startswith("You are") for m in slack.from_bot("C0NEWS", ts)), "the reply")
    show_message(next(m for m in slack.from_bot("C0NEWS", ts) if m.text.startswith("You are")), "chat.postMessage")
    for command in ("settings", "settings follow-ups mention", "settings follow-ups asked"):
        shown = len(slack.from_bot("C0NEWS"))
        slack.slash(command)
        slack.wait(lambda shown=shown: len(slack.from_bot("C0NEWS")) > shown, command)  # type: ignore[misc]
        show("ann", f"/dragoman {command}")
        show_message(slack.from_bot("C0NEWS")[-1], "only visible to ann")
    file = slack.shared_file("column.txt", COLUMN.encode())
    ts = slack.say("D0ANN", "check this", subtype="file_share", files=[file])
    show("ann, directly", "[column.txt] check this")
    show_message(slack.answered("D0ANN", ts)[0], "chat.postMessage")


def opinion(slack: FakeSlack, answer: Message, library: str) -> None:
    """A thumb down, the reason, and what is kept of it."""
    id = values(answer.blocks)["feedback"].split()[0]
    slack.click(answer, "feedback", f"{id} -1")
    slack.wait(lambda: any("reason_missing" in str(m.blocks) for m in slack.from_bot("C0NEWS")), "the question why")
    show("ann", "[👎]")
    why = next(m for m in slack.from_bot("C0NEWS") if "reason_missing" in str(m.blocks))
    show_message(why, "only visible to ann")
    slack.click(why, "reason_missing", id)
    state = open_state(Path(library))
    slack.wait(lambda: [one.reason for one in state.conversations.opinions() if one.answer == id] == ["missing"], "the reason")
    (kept,) = [one for one in state.conversations.opinions() if one.answer == id]
    state.close()
    show("ann", "[Something is missing]")
    print(f"    (kept: {kept.value:+} {kept.reason}; {kept.question!r}; {len(kept.sources)} sources)")


def looks(slack: FakeSlack) -> list[tuple[str, str, str, list[dict[str, object]]]]:
    """All messages as a page shows them."""
    rows = sorted(slack.messages.values(), key=lambda message: (message.channel, message.thread, message.ts))
    return [
        (
            "Dragoman" if row.user == BOT else row.user,
            f"{'reply' if row.thread != row.ts else ''} {'only' if row.only_for else ''}",
            row.text, row.blocks,
        )
        for row in rows
    ]  # fmt: skip


def streamed(slack: FakeSlack, message: Message) -> str:
    """How the message came to be."""
    own = [name for name, a in slack.calls if a.get("ts") == message.ts and name.startswith("chat.")]
    return " → ".join(["chat.startStream" if own else "chat.postMessage", *own])


def show(who: str, text: str) -> None:
    print(f"\n  {who}: {text}")


def show_message(message: Message, how: str) -> None:
    print(f"\n  Dragoman ({how}):")
    text = re.sub(r"\[(\[\d+\])\]\([^)]*\)", r"\1", message.text)
    for line in re.sub(r"\\(.)", r"\1", text).strip().splitlines():
        print(f"    {line}".rstrip())
    for block in message.blocks:
        if block["type"] == "rich_text":
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
