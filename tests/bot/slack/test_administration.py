"""What keeps the bot in a desk's hands: who may ask, what a channel sets, what it says of itself, files, opinions."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

import pytest

from bot.bot import Bot
from bot.delivery import scheduler
from bot.records import Beat
from bot.settings.slack import SlackSettings
from bot.slack.attachments import links
from bot.slack.opinions import weekly
from bot.slack.welcome import SHOWN
from bot.state.records import Opinion
from index.records import Filter
from tests.bot.slack.test_app import ANSWER, MENTION, QUESTION
from tests.support import feed_server
from tests.support.fake_slack import BOT, FakeSlack, Message, strings
from tests.support.slack import Running

PORT = Beat(name="port", topics=("port of Sarvella",), window=20 * 365 * 86_400, schedule="0 7 * * *")


def last(fake: FakeSlack, channel: str = "C0NEWS") -> str:
    """All words of the newest message of the bot."""
    message: Message = fake.from_bot(channel)[-1]
    return " ".join([message.text, *strings(message.blocks)])


def asked(running: Running, command: str, channel: str = "C0NEWS") -> str:
    """What a command shows the person."""
    before = len(running.slack.from_bot(channel))
    running.slack.slash(command, channel)
    running.slack.wait(lambda: len(running.slack.from_bot(channel)) > before and not running.slack.calls_open, command)
    return last(running.slack, channel)


# Who may ask


def test_a_team_that_is_listed_has_not_listed_its_direct_messages() -> None:
    team = SlackSettings(allow={"T0TEAM": Filter()})
    assert team.allowed("T0TEAM", "C0NEWS") == Filter() and team.allowed("T0TEAM", "D0ANN") is None
    assert SlackSettings(allow={"direct": Filter()}).allowed("T0TEAM", "D0ANN") == Filter()


@pytest.mark.parametrize(
    ("settings", "user", "more", "reply"),
    [
        ({"groups": ("S0DESK",)}, "U0ANN", {}, ANSWER),
        ({"groups": ("S0DESK",)}, "U0EVE", {}, "some groups"),
        ({"groups": ("S0GONE",)}, "U0ANN", {}, "cannot find out"),
        ({"guests": False}, "U0GUEST", {}, "guests"),
        ({}, "U0ANN", {"user_team": "T0OTHER"}, "this workspace only"),
        ({"shared": True}, "U0ANN", {"user_team": "T0OTHER"}, ANSWER),
    ],
)
def test_who_may_ask(running: Running, settings: dict[str, object], user: str, more: dict[str, object], reply: str) -> None:
    fake = running.slack
    fake.groups, fake.accounts = {"S0DESK": ["U0ANN"]}, {"U0GUEST": {"is_ultra_restricted": True}}
    running.desk.settings = replace(running.settings, **settings)  # type: ignore[arg-type]
    running.desk._access._known.clear()
    fake.say("C0NEWS", MENTION, user=user, **more)
    fake.answered("C0NEWS")
    assert reply in last(fake)


# What a channel sets


def test_settings_of_a_channel_hold_there(running: Running) -> None:
    allow = {"C0NEWS": Filter(outlets=frozenset({"Coast Courier"})), "C0DESK": Filter()}
    running.desk.settings = replace(running.settings, allow=allow)
    assert "outlets: Coast Courier" in asked(running, "settings") and "plainly asked" in last(running.slack)
    assert "only when I am mentioned" in asked(running, "settings follow-ups mention")
    assert "cannot be set" in asked(running, "settings colour blue")
    told = asked(running, "settings language de")
    assert "Meine eigenen Worte sind in de" in told and "Medien: Coast Courier" in told and "nur, wenn ich erwähnt" in told
    assert "plainly asked" in asked(running, "settings", "C0DESK")
    ts = running.slack.say("C0NEWS", f"<@{BOT}> Who won the Nobel Prize in chemistry?")
    (answer,) = running.slack.answered("C0NEWS", ts)
    assert "Keine Belege" in answer.text or "No evidence found in what this channel" in answer.text
    running.slack.say("C0NEWS", QUESTION, thread=ts)
    assert "nur, wenn" in asked(running, "settings")
    assert len(running.slack.from_bot("C0NEWS", ts)) == 1
    for reset in ("settings follow-ups asked", "settings language auto"):
        asked(running, reset)


def test_a_channel_is_told_in_its_language_whatever_command_it_gives(running: Running) -> None:
    running.desk.settings = replace(running.settings, beats={"port": PORT})
    asked(running, "settings language es")
    told = {
        command: asked(running, command) for command in ("beats", "subscribe prot", "unsubscribe port", "quotes Nobody", "help")
    }
    asked(running, "settings language auto")
    assert "la próxima vez el" in told["beats"] and "No hay ningún tema prot" in told["subscribe prot"]
    assert "no recibía port" in told["unsubscribe port"]
    assert "No se han encontrado declaraciones de Nobody" in told["quotes Nobody"]
    assert "qué dijo alguien" in told["help"] and "/dragoman quotes NAME about WORDS" in told["help"]


def test_a_channel_subscribes_to_a_beat_and_its_briefings_go_there(running: Running) -> None:
    odd = Beat(name="odd", topics=("ferries",))
    running.desk.settings = replace(running.settings, beats={"port": PORT, "odd": odd})
    assert re.search(r"port of Sarvella; next on \d{4}-\d\d-\d\d at 07:00 \(UTC\)", asked(running, "beats"))
    assert "There are: port, odd" in asked(running, "subscribe prot")
    assert "no schedule" in asked(running, "subscribe odd")
    assert "from now on" in asked(running, "subscribe port") and "is subscribed" in asked(running, "beats")
    (beat,) = scheduler.subscribed(running.state, [PORT])
    assert beat.targets == ("library", "slack:C0NEWS")
    assert "no longer" in asked(running, "unsubscribe port") and scheduler.subscribed(running.state, [PORT])[0].targets == (
        "library",
    )
    running.desk.settings = replace(running.desk.settings, allow={"C0NEWS": Filter(langs=frozenset({"es"}))})
    assert "may not see every article" in asked(running, "subscribe port")


def test_verify_shows_where_a_quotation_differs(running: Running) -> None:
    shown = asked(running, "verify She said: “We will not wait for another summer,” of the port.")
    assert "altered" in shown and "winter" in shown and "summer" in shown


def test_verify_shows_whether_the_speaker_is_confirmed(running: Running) -> None:
    wrong = asked(running, "verify “We will not wait for another winter,” said Anna Osei.")
    assert "the speaker is not confirmed" in wrong and "does not plainly say that Anna Osei said it" in wrong
    right = asked(running, "verify 工程师林晓说：“这座桥可以使用一百年。”")
    assert "exact" in right and "said by 工程师林晓 [confirmed]" in right


# What it says of itself


def test_home_and_welcome_name_what_can_be_seen_and_questions_that_work(running: Running) -> None:
    fake, allow = running.slack, {"direct": Filter(langs=frozenset({"en"})), "C0NEWS": Filter()}
    running.desk.settings = replace(running.settings, allow=allow, beats={"port": PORT})
    fake.event({"type": "app_home_opened", "tab": "home", "user": "U0ANN", "channel": "D0ANN"})
    fake.wait(lambda: "U0ANN" in fake.homes, "the home tab")
    assert "languages: en" in " ".join(strings(fake.homes["U0ANN"]))
    for _ in range(2):
        fake.event({"type": "member_joined_channel", "user": BOT, "channel": "C0NEWS"})
    fake.answered("C0NEWS")
    words = last(fake)
    questions = [line.removeprefix("•  ") for line in words.splitlines() if line.startswith("•  ")]
    assert "every article of the library" in words and 0 < len(questions) <= SHOWN
    quoting = Bot(running.index)
    assert [question for question in questions if quoting.ask(question).outcome != "answered"] == []
    assert len(fake.from_bot("C0NEWS")) == 1


# Files and links

NOTE = (
    "Mira Osei told reporters: “We will not wait for another winter.”\n\nShe added: “The sea belongs to nobody at all here.”\n"
)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("note.txt", "check this", "1 exact, but the speaker is not confirmed, 1 in no article"),
        ("note.txt", "Bitte prüfen", "1 exact, but the speaker is not confirmed, 1 in no article"),
        ("note.txt", "Who told reporters?", "told reporters"),
        ("note.xlsx", "check this", "could not read"),
    ],
)
def test_a_file_is_checked_or_asked_about(running: Running, name: str, text: str, expected: str) -> None:
    file = running.slack.shared_file(name, NOTE.encode())
    ts = running.slack.say("D0ANN", text, subtype="file_share", files=[file])
    running.slack.answered("D0ANN", ts)
    assert expected in last(running.slack, "D0ANN")


def test_the_token_goes_with_no_file_that_is_not_at_slack(running: Running) -> None:
    file = {"name": "a.txt", "size": 3, "url_private_download": "http://127.0.0.1:1/files/a.txt"}
    ts = running.slack.say("D0ANN", "check this", subtype="file_share", files=[file])
    running.slack.answered("D0ANN", ts)
    assert "not_at_slack" in last(running.slack, "D0ANN").replace("\\", "")


def test_a_page_is_read_through_the_fetcher_or_refused(running: Running) -> None:
    running.slack.say("D0ANN", f"<{running.slack.url}> what is this?")
    (refused,) = running.slack.answered("D0ANN")
    assert "could not read that page" in refused.text and "loopback" in refused.text and "--" not in refused.text
    running.desk.settings = replace(running.settings, links=False)
    running.slack.say("D0BOB", "<https://news.example/a>")
    running.slack.answered("D0BOB")
    assert "not set up to read addresses" in last(running.slack, "D0BOB")


def test_a_page_and_a_docx_are_answered_from(running: Running) -> None:
    fake = running.slack
    running.desk.settings = replace(running.settings, allow_hosts=("127.0.0.1",))
    with feed_server.serving() as site:
        page = site.article("/crane", "The crane of Norwick", *CRANE, lang="en")
        for text, expected in ((f"<{page}> who built the crane?", "Lind"), (f"<{page}>", "The crane of Norwick")):
            ts = fake.say("D0ANN", text)
            fake.answered("D0ANN", ts)
            assert expected in last(fake, "D0ANN")
    file = fake.shared_file("note.docx", docx("Osei said: “We will not wait for another summer.”"))
    ts = fake.say("D0ANN", "", subtype="file_share", files=[file])
    fake.answered("D0ANN", ts)
    assert "1 altered" in last(fake, "D0ANN") and "article: winter" in last(fake, "D0ANN")


CRANE = (
    "The harbour crane of Norwick was built by the engineer Tomas Lind in four months, the port authority said on Tuesday.",
    "It lifts forty tonnes, and the dockers who work with it asked for a second one before the winter begins.",
    "The council will decide in October whether there is money for it, the mayor told the local paper on the same day.",
)


def docx(text: str) -> bytes:
    """A document of one paragraph."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", body)
    return out.getvalue()


def test_an_address_is_what_was_pasted_and_not_a_name_that_slack_made_one() -> None:
    assert links("see <https://a.example/x?y=1&amp;z=2> and <http://b.example|b.example>") == ["https://a.example/x?y=1&z=2"]


# Opinions


def test_a_thumb_down_asks_why_and_is_kept_with_what_it_is_about(running: Running) -> None:
    fake = running.slack
    running.desk.settings = replace(running.settings, helpers="S0HELP")
    ts = fake.say("C0NEWS", MENTION)
    (answer,) = fake.answered("C0NEWS", ts)
    id = re.search(r"'value': '(\w+) -1'", str(answer.blocks))
    assert id
    fake.click(answer, "feedback", f"{id[1]} -1")
    fake.wait(lambda: "What was wrong" in last(fake))
    why = fake.from_bot("C0NEWS")[-1]
    fake.click(why, "reason_wrong", id[1])
    fake.wait(lambda: "that is noted" in str(fake.calls[-1]))
    (opinion,) = [one for one in running.state.conversations.opinions() if one.answer == id[1]]
    assert (opinion.value, opinion.reason, opinion.question, opinion.sources) == (-1, "wrong", QUESTION, ("port-1",))
    assert ANSWER in opinion.reply
    fake.click(why, "human", id[1])
    fake.wait(lambda: any("usergroup_id" in str(m.blocks) for m in fake.from_bot("C0NEWS", ts)), "the call for help")


def test_the_owner_is_told_in_a_line() -> None:
    good, bad = (Opinion("a", "u", value, reason, "q", "r", (), 0.0) for value, reason in ((1, ""), (-1, "wrong")))
    assert "1 × good, 1 × bad (1 × it is wrong)" in weekly([good, bad], 1_700_000_000.0)
    assert weekly([], 1_700_000_000.0) == ""
