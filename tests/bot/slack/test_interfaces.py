"""The Slack bot from outside: its process (killed, ended), signed HTTP, `--check`, the manifest."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.settings.slack import SlackSettings, load_slack
from bot.slack import app as door
from bot.slack import manifest
from bot.slack.setup_check import check
from index.errors import SettingsError
from index.records import Filter, Period
from tests.support import ROOT
from tests.support.fake_slack import APP_TOKEN, BOT, BOT_TOKEN, SCOPES, TEAM, WAIT, FakeSlack, serving
from tests.support.library import COMMAND, Run, environment
from tests.support.model_server import serving as model_serving
from tests.support.slack import Running

MENTION = f"<@{BOT}> When will the port of Sarvella reopen?"
ANSWER = "the port of Sarvella will reopen on 3 June"
TOKENS = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN}


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with serving() as fake:
        yield fake


@contextmanager
def process(fake: FakeSlack, library: Path, home: Path, *args: str) -> Iterator[subprocess.Popen[str]]:
    """`dragoman slack`, connected."""
    before = fake.connections
    command = [*COMMAND, "slack", "--library", str(library), "--api-url", fake.url, *args]
    made = subprocess.Popen(command, env=environment(home) | TOKENS, cwd=home, stderr=subprocess.PIPE, text=True)
    try:
        with fake._changed:
            assert fake._changed.wait_for(lambda: fake.connections > before, 60)
        yield made
    finally:
        made.kill()
        made.communicate()


def test_killed_in_an_answer_it_says_so_at_the_next_start_and_sigterm_lets_answers_finish(
    slack: FakeSlack, library: Path, home: Path
) -> None:
    with model_serving() as model:
        model.mode, model.text = "stalled", f"Mira Osei said {ANSWER} [1]. She also said [1"
        chat = ("--model", "openai:m", "--base-url", model.url, "--judge", "off")  # a judge waits for the whole reply
        with process(slack, library, home, *chat) as first:
            ts = slack.post("C0NEWS", MENTION)
            event = slack.message_event("C0NEWS", ts, MENTION, "U0ANN")
            slack.event(event)
            slack.wait(lambda: slack.from_bot("C0NEWS", ts), "the first sentence")
            first.send_signal(signal.SIGKILL)
            first.wait(WAIT)
    (dangling,) = slack.from_bot("C0NEWS", ts)
    assert dangling.streaming and ANSWER in dangling.text
    with process(slack, library, home) as second:
        slack.wait(lambda: not dangling.streaming and "interrupted" in dangling.text, "the end of the dangling message")
        slack.event(event, retry=1)
        again = slack.say("C0NEWS", MENTION)
        second.send_signal(signal.SIGTERM)
        assert second.wait(WAIT) == 0
    assert len(slack.from_bot("C0NEWS", ts)) == 1
    (answer,) = slack.from_bot("C0NEWS", again)
    assert ANSWER in answer.text and not answer.streaming


def test_a_second_bot_over_the_same_library_is_refused(running: Running, dragoman: Run, library: Path) -> None:
    from bot.state.opening import open_state

    state = open_state(library)
    with state.conversations.exclusive():
        done = dragoman("slack", "--library", library, "--api-url", running.slack.url, **TOKENS)
    state.close()
    assert done.returncode == 1
    assert "Another Slack bot runs" in done.stderr and "Traceback" not in done.stderr


def test_ending_waits_for_answers_and_marks_those_that_take_too_long(slack: FakeSlack, library: Path, tmp_path: Path) -> None:
    bot = Running(slack, library, tmp_path)
    slow = bot.generator
    slow.open = False
    ts = slack.say("C0NEWS", MENTION)
    slow.wait_for(1)
    slow.gate.release()
    slack.wait(lambda: slack.from_bot("C0NEWS", ts), "the first sentence")
    bot.stack.close()
    bot.desk.close(grace=0.0)
    (message,) = slack.from_bot("C0NEWS", ts)
    assert "interrupted" in message.text and not message.streaming
    assert bot.state.conversations.unfinished() == []
    bot.stop()
    bot.index.close()


def test_a_crash_between_the_last_step_and_its_note_completes_the_message(running: Running) -> None:
    """The claim holds the message as it has to be in the end, so the next start repeats the last step."""
    fake, state = running.slack, running.state
    ts = fake.say("C0NEWS", MENTION)
    (message,) = fake.answered("C0NEWS", ts)
    key, whole = f"{TEAM}/C0NEWS/{ts}", message.text
    fake.wait(lambda: not state.conversations.unfinished(), "the note")
    payload = state.conversations.kept(message.blocks[-2]["elements"][0]["value"]).messages[0]  # type: ignore[index,union-attr]
    state.conversations.note(key, "finishing", message.ts, payload)
    message.text, message.streaming = "half of it", True
    for claim in state.conversations.unfinished():
        running.desk._recover(claim)
    assert message.text.strip() == whole.strip() and not message.streaming
    assert len(fake.from_bot("C0NEWS", ts)) == 1


# Signed HTTP

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"


@pytest.fixture
def http_port(running: Running) -> Iterator[int]:
    settings = replace(running.settings, signing_secret=SECRET)
    server = door._http(running.desk, settings, "127.0.0.1:0")
    with server:
        yield server.server.effective_port


def post(port: int, body: bytes, stamp: str | None = None, signature: str | None = None, secret: str = SECRET) -> int:
    stamp = str(int(time.time())) if stamp is None else stamp
    made = "v0=" + hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/json", "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature or made}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WAIT)
    connection.request("POST", "/slack/events", body, headers)
    status = connection.getresponse().status
    connection.close()
    return status


def test_a_signed_event_over_http_is_answered(running: Running, http_port: int) -> None:
    fake = running.slack
    ts = fake.post("C0NEWS", MENTION)
    event = fake.message_event("C0NEWS", ts, MENTION, "U0ANN")
    body = json.dumps({"type": "event_callback", "team_id": TEAM, "event": event, "event_id": "Ev9"}).encode()
    assert post(http_port, body) == 200
    assert ANSWER in fake.answered("C0NEWS", ts)[0].text


@pytest.mark.parametrize(
    "lie",
    [
        {"stamp": str(int(time.time()) - 7200)},
        {"stamp": str(int(time.time()) + 7200)},
        {"stamp": "soon"},
        {"stamp": ""},
        {"stamp": "١٢٣"},
        {"stamp": "9" * 400},
        {"stamp": "-1"},
        {"secret": "wrong"},
        {"signature": "v0=garbage"},
        {"signature": "v0=" + "0" * 64},
        {"signature": "\xff\xfe"},
    ],
)
def test_a_lie_over_http_gets_401(
    running: Running, http_port: int, lie: dict[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    if "١" in lie.get("stamp", ""):
        lie = {"stamp": "\u0661".encode().decode("latin-1")}
    assert post(http_port, b'{"type":"event_callback","event":{"type":"app_mention"}}', **lie) == 401
    assert "Traceback" not in capfd.readouterr().err
    assert running.generator.began == 0


@pytest.mark.parametrize(
    "body",
    [
        b"{", b"[1, 2]", b"17", b'"text"', b"null", b"{\xff}", b"\xff\xfe", b'{"a":' * 2000 + b"1" + b"}" * 2000,
        b'{"type":"event_callback","authorizations":[7],"event":{}}', b'{"type":"event_callback","authorizations":{"a":1}}',
    ],
)  # fmt: skip
def test_a_signed_body_that_is_none_of_slacks_is_a_400(
    running: Running, http_port: int, body: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    assert post(http_port, body) == 400
    assert post(http_port, body, secret="wrong") == 401
    assert "Traceback" not in capfd.readouterr().err
    assert running.generator.began == 0


# Looking before running


def lines(settings: SlackSettings, **options: bool) -> dict[str, bool | None]:
    return {finding.what.split(":")[0].split(" (")[0]: finding.ok for finding in check(settings, **options)}


def test_check_names_what_is_missing(slack: FakeSlack) -> None:
    good = SlackSettings(api_url=slack.url, bot_token=BOT_TOKEN, app_token=APP_TOKEN, config_token="xoxe.test")
    slack.manifest = manifest.manifest()  # type: ignore[assignment]
    assert all(check(good)[number].ok for number in range(len(check(good))))
    slack.scopes = SCOPES.replace("assistant:write,", "").replace("groups:history,groups:read,", "")
    found = lines(good)
    assert found["scope assistant"] is False and found["scope groups"] is None
    assert [what for what, ok in found.items() if ok is False] == ["scope assistant"]
    slack.app_scope = False
    assert lines(good)["app-level token"] is False
    slack.manifest["settings"]["event_subscriptions"]["bot_events"].remove("app_mention")  # type: ignore[index]
    assert lines(good)["event app_mention"] is False
    assert lines(replace(good, bot_token="xoxb-wrong"))["bot token"] is False
    assert lines(replace(good, bot_token=""))["bot token"] is False
    assert lines(replace(good, app_token=""))["app-level token"] is False
    assert lines(replace(good, config_token=""))["events"] is None
    assert lines(good, signed=True)["signing secret"] is False
    assert slack.messages == {}


def test_the_check_command_exits_1_when_something_is_missing(slack: FakeSlack, dragoman: Run) -> None:
    done = dragoman("slack", "--check", "--api-url", slack.url, **TOKENS)
    assert (done.returncode, done.stderr) == (0, "")
    done = dragoman("slack", "--check", "--api-url", slack.url)
    assert done.returncode == 1 and "SLACK_BOT_TOKEN" in done.stdout


@pytest.mark.parametrize("env", [{}, {"SLACK_BOT_TOKEN": "xoxb-wrong"}, {"SLACK_BOT_TOKEN": BOT_TOKEN}])
def test_without_a_good_token_one_line_says_so(slack: FakeSlack, library: Path, dragoman: Run, env: dict[str, str]) -> None:
    done = dragoman("slack", "--library", library, "--api-url", slack.url, **env)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1 and "SLACK_" in done.stderr


def test_the_manifest_file_is_what_the_command_prints(dragoman: Run) -> None:
    file = ROOT / "scripts/slack_manifest.json"
    assert dragoman("slack", "--manifest").stdout == file.read_text(encoding="utf-8")


def test_the_manifest_asks_for_what_the_bot_uses() -> None:
    made = json.loads(json.dumps(manifest.manifest()))
    assert set(manifest.SCOPES) <= set(made["oauth_config"]["scopes"]["bot"])
    assert set(made["settings"]["event_subscriptions"]["bot_events"]) == {
        *manifest.EVENTS, *manifest.FOLLOW_UP_EVENTS, *manifest.EXTRA_EVENTS
    }  # fmt: skip
    assert made["settings"]["socket_mode_enabled"] and "user" not in made["oauth_config"]["scopes"]
    small = json.loads(json.dumps(manifest.manifest(follow_ups=False, request_url="https://desk.example/slack/events")))
    assert small["oauth_config"]["scopes"]["bot"] == sorted(manifest.SCOPES)
    assert not small["settings"]["socket_mode_enabled"]
    assert small["features"]["slash_commands"][0]["url"] == "https://desk.example/slack/events"


# Settings


def test_allow_table(tmp_path: Path) -> None:
    file = tmp_path / "dragoman.toml"
    file.write_text('[slack]\nworkers = 2\n[slack.allow]\nT1 = {}\nC1 = {langs = ["EN"], since = "2023", until = "2023-06"}\n')
    found = load_slack(file, environ={"SLACK_BOT_TOKEN": "xoxb-1"})
    assert found.workers == 2 and "xoxb-1" not in repr(found)
    window = Period(Period.parse("2023").start, Period.parse("2023-06").end)
    assert found.allowed("T1", "C1") == Filter(langs=frozenset({"en"}), window=window)
    assert found.allowed("T1", "C2") == Filter() and found.allowed("T1", "D2") is None
    assert found.allowed("T2", "C2") is None
    assert load_slack(file, environ={}, api_url="http://127.0.0.1:1/api").api_url == "http://127.0.0.1:1/api/"


@pytest.mark.parametrize(
    "text",
    ["slack = 1", "[slack]\nwork = 2", "[slack]\nallow = 1", "[slack.allow]\nC1 = 1", '[slack.allow]\nC1 = {outlet = ["x"]}',
     '[slack.allow]\nC1 = {langs = "en"}', '[slack.allow]\nC1 = {since = "soon"}'],
)  # fmt: skip
def test_a_wrong_allow_table_lets_nothing_through(tmp_path: Path, text: str) -> None:
    file = tmp_path / "dragoman.toml"
    file.write_text(text)
    with pytest.raises(SettingsError):
        load_slack(file, environ={})
