"""The Slack bot against a fake Slack on loopback: real Bolt, real Socket Mode, real Bot, real library."""

from __future__ import annotations

import logging
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot.records import Beat, Turn
from index.records import Filter
from tests.support.fake_slack import BOT, WAIT, Fault, strings, values
from tests.support.slack import Running

QUESTION = "When will the port of Sarvella reopen?"
MENTION = f"<@{BOT}> {QUESTION}"
ANSWER = "the port of Sarvella will reopen on 3 June"


def test_a_mention_is_answered_in_its_thread(running: Running) -> None:
    fake = running.slack
    ts = fake.say("C0NEWS", MENTION)
    (answer,) = fake.answered("C0NEWS", ts)
    assert ANSWER in answer.text
    assert "[[1]](https://courier.example/news/port-reopens#:~:text=" in answer.text
    assert "Port of Sarvella to reopen in June" in list(strings(answer.blocks))
    assert set(values(answer.blocks)) == {"passages", "narrower", "feedback"}
    active = {"channel_id": "C0NEWS", "thread_ts": ts, "status": "active"}
    fake.wait(lambda: ("agents.sessions.setStatus", active) in fake.calls)
    assert [m for m, _ in fake.calls if m.startswith("chat.")] == ["chat.startStream", "chat.stopStream"]
    assert fake.count("assistant.threads.setStatus") == 1


def test_a_direct_message_is_answered_under_itself(running: Running) -> None:
    ts = running.slack.say("D0ANN", QUESTION)
    (answer,) = running.slack.answered("D0ANN", ts)
    assert ANSWER in answer.text


def test_a_question_without_evidence_says_what_was_searched(running: Running) -> None:
    ts = running.slack.say("C0NEWS", f"<@{BOT}> Who won the Nobel Prize in chemistry?")
    (answer,) = running.slack.answered("C0NEWS", ts)
    assert "No evidence found" in answer.text
    assert not {"passages", "narrower"} & set(values(answer.blocks))


def test_a_follow_up_needs_no_mention_and_knows_what_was_said(running: Running) -> None:
    fake = running.slack
    ts = fake.say("C0NEWS", MENTION)
    fake.answered("C0NEWS", ts)
    fake.say("C0NEWS", "And what did the union ask for?", thread=ts)
    fake.answered("C0NEWS", ts, count=2)
    ((question, second),) = running.generator.histories  # the first question stood alone
    assert question == "And what did the union ask for?"
    assert second[0] == Turn("user", QUESTION)
    assert ANSWER in second[1].content


def test_conversations_never_mix(running: Running) -> None:
    fake = running.slack
    places = [("C0NEWS", ""), ("C0DESK", ""), ("D0ANN", "")]
    threads = [(channel, fake.say(channel, MENTION)) for channel, _ in places]
    for channel, thread in threads:
        fake.answered(channel, thread)
    other = fake.post("C0NEWS", "something else")
    fake.say("C0NEWS", f"<@{BOT}> Is it far?", thread=other)
    fake.answered("C0NEWS", other)
    assert running.generator.histories == []


@pytest.mark.parametrize(
    "more",
    [
        {"user": BOT},
        {"bot_id": "B0OTHER"},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"edited": {"user": "U0ANN", "ts": "1"}},
        {"user": ""},
    ],
)
def test_what_is_not_a_persons_question_is_ignored(running: Running, more: dict[str, object]) -> None:
    fake, more = running.slack, dict(more)
    user = str(more.pop("user", "U0ANN"))
    first = fake.say("D0ANN", QUESTION, user=user, **more)
    last = fake.say("D0ANN", QUESTION)  # a sign that the first has been handled: deliveries are taken in order
    fake.answered("D0ANN", last)
    assert [m for m in fake.from_bot("D0ANN", first) if m.ts != first] == []


def test_other_peoples_talk_is_left_alone(running: Running) -> None:
    fake = running.slack
    ts = fake.say("C0NEWS", MENTION)
    fake.answered("C0NEWS", ts)
    fake.say("C0NEWS", "<@U0BOB> what do you think?", thread=ts)
    fake.say("C0NEWS", "Nobody asked the bot here.")
    stranger = fake.post("C0NEWS", "another thread")
    fake.say("C0NEWS", "nor here", thread=stranger)
    last = fake.say("D0ANN", QUESTION)
    fake.answered("D0ANN", last)
    assert len(fake.from_bot("C0NEWS")) == 1


# Once, and only once


def test_retries_and_both_kinds_of_event_give_one_answer(running: Running) -> None:
    fake = running.slack
    ts = fake.post("C0NEWS", MENTION)
    mention = fake.message_event("C0NEWS", ts, MENTION, "U0ANN")
    plain = fake.message_event("C0NEWS", ts, MENTION, "U0ANN", kind="message")
    fake.event(mention, event_id="Ev1")
    fake.event(mention, event_id="Ev1", retry=1)
    fake.event(plain, event_id="Ev2")
    fake.disconnect()
    fake.event(mention, event_id="Ev3", retry=2)
    fake.answered("C0NEWS", ts)
    running.restart()
    fake.event(mention, event_id="Ev4", retry=3)
    last = fake.say("D0ANN", QUESTION)
    fake.answered("D0ANN", last)
    assert len(fake.from_bot("C0NEWS")) == 1


def test_a_redelivered_command_is_answered_once(running: Running) -> None:
    fake = running.slack
    fake.slash(f"ask {QUESTION}", trigger="13.1")
    fake.slash(f"ask {QUESTION}", trigger="13.1")
    fake.slash(f"ask {QUESTION}", trigger="13.2")
    fake.wait(lambda: len(fake.from_bot("C0NEWS")) == 2)
    last = fake.say("D0ANN", QUESTION)
    fake.answered("D0ANN", last)
    assert len(fake.from_bot("C0NEWS")) == 2


def test_everything_is_acknowledged_while_twice_as_many_slow_answers_run_as_there_are_workers(running: Running) -> None:
    """No answer has ended when the last delivery is acknowledged: acknowledging never waits for answering."""
    fake, slow = running.slack, running.generator
    slow.open = False
    workers = running.settings.workers
    threads = [fake.say("C0NEWS", MENTION) for _ in range(2 * workers)]
    slow.wait_for(workers)
    fake.slash(f"ask {QUESTION}")
    envelope = fake.slash("help")
    assert not [m for m in fake.from_bot() if not m.streaming]
    assert fake.acked.count(envelope) == 1
    slow.open = True
    slow.gate.release(1000)
    for ts in threads:
        fake.answered("C0NEWS", ts)
    assert slow.most == workers
    fake.wait(lambda: len(fake.from_bot("C0NEWS")) == len(threads) + 2, "both commands' answers")


def test_one_conversation_is_answered_in_order(running: Running) -> None:
    fake, slow = running.slack, running.generator
    slow.open = False
    ts = fake.say("C0NEWS", MENTION)
    slow.wait_for(1)
    fake.say("C0NEWS", f"<@{BOT}> And what did the union ask for?", thread=ts)
    slow.open = True
    slow.gate.release(1000)
    first = fake.answered("C0NEWS", ts, count=2)[0]
    assert ANSWER in first.text
    assert ANSWER in slow.histories[0][1][1].content


# Streaming


def test_sentences_are_shown_as_they_are_verified(running: Running) -> None:
    fake, slow = running.slack, running.generator
    slow.open = False
    ts = fake.say("C0NEWS", f"<@{BOT}> What did Mira Osei say about the port of Sarvella?")
    slow.wait_for(1)
    slow.gate.release()
    fake.wait(lambda: any(m.streaming and m.text for m in fake.from_bot("C0NEWS", ts)), "the first sentence")
    assert fake.count("chat.stopStream") == 0
    slow.open = True
    slow.gate.release(1000)
    assert not fake.answered("C0NEWS", ts)[0].streaming
    assert fake.count("chat.startStream") == 1


def test_the_stop_button_ends_the_answer(running: Running) -> None:
    fake, slow = running.slack, running.generator
    slow.open = False
    ts = fake.say("C0NEWS", MENTION)
    slow.wait_for(1)
    slow.gate.release()
    fake.wait(lambda: fake.from_bot("C0NEWS", ts), "the first sentence")
    (message,) = fake.from_bot("C0NEWS", ts)
    message.streaming = False  # Slack stops the stream, then tells us
    fake.event({"type": "agent_session_stopped", "channel": "C0NEWS", "thread_ts": ts, "user": "U0ANN",
                "event_ts": "1.1", "streaming_message_ts": [message.ts]})  # fmt: skip
    assert slow.stop.wait(WAIT)
    slow.gate.release(1000)
    fake.wait(lambda: "Stopped" in message.text, "the end")
    assert len(fake.from_bot("C0NEWS", ts)) == 1
    assert running.generator.waiting == 0


# Buttons


def test_show_passages(running: Running) -> None:
    fake = running.slack
    ts = fake.say("C0NEWS", MENTION)
    (answer,) = fake.answered("C0NEWS", ts)
    fake.click(answer, "passages", user="U0BOB")
    fake.wait(lambda: len(fake.from_bot("C0NEWS", ts)) == 2)
    shown = fake.from_bot("C0NEWS", ts)[1]
    assert shown.only_for == "U0BOB"
    words = list(strings(shown.blocks))
    assert any("said on Tuesday" in text for text in words)
    assert any("We will not wait for another winter" in text for text in words)  # what stands around the quotation
    bold = [e["text"] for b in shown.blocks for s in b["elements"] for e in s["elements"] if e.get("style") == {"bold": True}]
    assert any(text.startswith("Harbour director Mira Osei") for text in bold)


def test_feedback_is_kept_with_the_answer(running: Running) -> None:
    fake = running.slack
    ts = fake.say("C0NEWS", MENTION)
    (answer,) = fake.answered("C0NEWS", ts)
    good = values(answer.blocks)["feedback"]
    id = good.split()[0]
    fake.click(answer, "feedback", good)
    fake.click(answer, "feedback", f"{id} -1", user="U0BOB")
    fake.wait(
        lambda: running.state.conversations.ratings(id) == {"U0ANN": 1, "U0BOB": -1}
    )  # clicks are heard by several threads
    fake.click(answer, "feedback", good, user="U0BOB")  # a second thought
    fake.click(answer, "feedback", "unknown 1")
    fake.click(answer, "feedback", f"{id} 100", user="U0EVE")
    fake.wait(lambda: running.state.conversations.ratings(id) == {"U0ANN": 1, "U0BOB": 1})
    assert running.state.conversations.ratings("unknown") == {}


def test_narrower_and_wider_dates_ask_again_in_the_thread(running: Running) -> None:
    fake = running.slack
    ts = fake.say("C0NEWS", f"<@{BOT}> ¿Cuántos empleos nuevos habrá en el puerto?")
    (answer,) = fake.answered("C0NEWS", ts)
    fake.click(answer, "narrower")
    fake.click(answer, "narrower")  # twice in a row: once more is enough
    second = fake.answered("C0NEWS", ts, count=2)[1]
    assert re.search(r"_Published 2023-\d\d-\d\d – 2024-05-31\._", second.text)
    assert {"narrower", "wider"} <= set(values(second.blocks))
    fake.click(second, "wider")
    third = fake.answered("C0NEWS", ts, count=3)[2]
    assert "Published" not in third.text
    assert len(fake.from_bot("C0NEWS", ts)) == 3
    assert running.generator.histories == []  # the first question stands alone, each time


def test_what_was_read_out_of_a_question_can_be_taken_off_by_a_button(running: Running) -> None:
    fake = running.slack
    ts = fake.say("C0NEWS", f"<@{BOT}> How many new jobs will the port have, in English-language media, since April 2024?")
    (answer,) = fake.answered("C0NEWS", ts)
    shown = values(answer.blocks)
    assert {"without_language", "without_dates"} <= set(shown)
    id = shown["without_dates"].split()[0]
    fake.click(answer, "without_dates")
    fake.click(answer, "without_dates")  # twice in a row: once more is enough
    second = fake.answered("C0NEWS", ts, count=2)[1]
    assert "without_dates" not in values(second.blocks) and "without_language" in values(second.blocks)
    assert values(second.blocks)["without_language"].split()[1:] == ["dates", "language"]
    fake.click(second, "without_language")
    third = fake.answered("C0NEWS", ts, count=3)[2]
    assert not {"without_language", "without_dates"} & set(values(third.blocks))
    fake.click(
        answer, "without_dates", f"{id} anything <!channel>"
    )  # a value that no button of ours has: the question as it was
    fourth = fake.answered("C0NEWS", ts, count=4)[3]
    assert {"without_language", "without_dates"} <= set(values(fourth.blocks))


def test_a_command_is_answered_to_its_user_and_can_be_shared_once(running: Running) -> None:
    fake = running.slack
    fake.slash(f"ask {QUESTION}")
    fake.wait(lambda: fake.from_bot("C0NEWS"))
    (answer,) = fake.from_bot("C0NEWS")
    assert answer.only_for == "U0ANN" and ANSWER in answer.text
    fake.click(answer, "share")
    fake.click(answer, "share")
    fake.wait(lambda: len(fake.from_bot("C0NEWS")) == 2)
    fake.answered("D0ANN", fake.say("D0ANN", QUESTION))
    public = fake.from_bot("C0NEWS")[1]
    assert public.only_for == "" and public.text.strip() == answer.text.strip()
    posted = next(a for m, a in fake.calls if m == "chat.postMessage")
    assert (posted["unfurl_links"], posted["unfurl_media"]) == (False, False)


def test_a_briefing_is_posted_once_and_can_be_asked_about_in_its_thread(running: Running) -> None:
    fake = running.slack
    beat = Beat(name="port", topics=("port of Sarvella",), window=20 * 365 * 86_400)
    running.desk.settings = replace(running.settings, beats={"port": beat})
    fake.slash("brief port", trigger="21.1")
    fake.slash("brief port", trigger="21.1")
    fake.wait(lambda: fake.from_bot("C0NEWS") and not running.state.conversations.unfinished(), "the briefing")
    head, *events = fake.from_bot("C0NEWS")
    assert "Sarvella" in head.text and head.thread == head.ts and {message.thread for message in events} == {head.ts}
    number = next(n for n, message in enumerate(events, 1) if "Diario del Cabo" in str(message))  # where it is ranked
    for question, expected in (
        ("When will the port of Sarvella reopen?", "3 June"),
        (f"Who else reports number {number}?", "Diario del Cabo"),
        ("More on that", "140 empleos"),
    ):
        ts = fake.say("C0NEWS", question, thread=head.ts)
        fake.wait(lambda ts=ts: any(m.ts > ts and not m.streaming for m in fake.from_bot("C0NEWS", head.ts)), "the answer")
        fake.wait(lambda: not running.state.conversations.unfinished(), "its end")
        assert expected in str(fake.from_bot("C0NEWS", head.ts)[-1]), question
    assert {m.thread for m in fake.from_bot("C0NEWS")} == {head.ts}


def test_a_channel_is_briefed_from_what_it_may_see(running: Running) -> None:
    fake = running.slack
    beat = Beat(name="port", topics=("port of Sarvella",), window=20 * 365 * 86_400)
    allow = {"C0NEWS": Filter(langs=frozenset({"es"}))}
    running.desk.settings = replace(running.settings, beats={"port": beat}, allow=allow)
    told_elsewhere = running.bot.brief(beat, keep=False)  # and is not left out here for that
    running.state.briefings.keep(told_elsewhere, at=float(told_elsewhere.until))
    fake.slash("brief port", trigger="21.2")
    fake.wait(lambda: fake.from_bot("C0NEWS") and not running.state.conversations.unfinished(), "the briefing")
    told = str(fake.from_bot("C0NEWS"))
    assert "Diario del Cabo" in told and "courier" not in told.lower()


def test_sharing_where_the_bot_may_not_write_says_so_and_can_be_tried_again(running: Running) -> None:
    fake = running.slack
    fake.slash(f"ask {QUESTION}")
    fake.wait(lambda: fake.from_bot("C0NEWS"))
    (answer,) = fake.from_bot("C0NEWS")
    fake.fail("chat.postMessage", Fault("not_in_channel"))
    fake.click(answer, "share")
    fake.wait(lambda: any("Invite me" in m.text or "Invite me" in str(m.blocks) for m in fake.from_bot("C0NEWS")))
    fake.click(answer, "share")
    fake.wait(lambda: any(not m.only_for for m in fake.from_bot("C0NEWS")))


def test_a_button_works_only_where_its_answer_was_given(running: Running) -> None:
    fake = running.slack
    ts = fake.say("C0NEWS", MENTION)
    (answer,) = fake.answered("C0NEWS", ts)
    fake.click(answer, "passages", channel="C0OTHER")
    fake.wait(lambda: fake.from_bot("C0OTHER"))
    (told,) = fake.from_bot("C0OTHER")
    assert "no longer kept" in str(told.blocks) and "winter" not in str(told.blocks)


def test_the_messages_tab_gets_suggested_prompts(running: Running) -> None:
    fake = running.slack
    fake.event({"type": "app_home_opened", "tab": "messages", "channel": "D0ANN", "user": "U0ANN", "event_ts": "1.1"})
    fake.wait(lambda: fake.count("assistant.threads.setSuggestedPrompts"))


def test_help(running: Running) -> None:
    running.slack.slash("help")
    running.slack.wait(lambda: running.slack.from_bot("C0NEWS"))
    assert "/dragoman ask" in str(running.slack.from_bot("C0NEWS")[0].blocks)


def test_quotes_lists_statements_with_their_articles(running: Running) -> None:
    running.slack.slash("quotes Mira Osei about winter")
    running.slack.wait(lambda: running.slack.from_bot("C0NEWS"))
    (listed,) = running.slack.from_bot("C0NEWS")
    words = " ".join(strings(listed.blocks))
    assert listed.only_for == "U0ANN" and "We will not wait for another winter" in words and "Mira Osei" in words
    running.slack.slash("quotes Napoleon")
    running.slack.wait(lambda: "No statements of Napoleon" in str(running.slack.messages))


def test_the_shortcut_checks_the_quotes_of_a_message(running: Running) -> None:
    fake = running.slack
    ts = fake.post(
        "C0NEWS", "Osei: “We will not wait for another winter.” She added: “We shall all swim to Quay Nine tonight.”"
    )
    fake.shortcut(fake.messages["C0NEWS", ts], "check_quotes")
    fake.wait(lambda: fake.from_bot("C0NEWS"))
    (told,) = fake.from_bot("C0NEWS")
    words = list(strings(told.blocks))
    assert told.only_for == "U0ANN"
    assert "? exact, but the speaker is not confirmed: " in words and "✗ in no article: " in words
    empty = fake.post("C0NEWS", "No quotation here.")
    fake.shortcut(fake.messages["C0NEWS", empty], "check_quotes")
    fake.wait(lambda: "There is no quotation" in str(fake.messages))


# What may be seen


@pytest.fixture
def restricted(running: Running) -> Running:
    allow = {"C0NEWS": Filter(outlets=frozenset({"Diario del Cabo"})), "C0ALL": Filter()}
    running.desk.settings = replace(running.settings, allow=allow)
    return running


def test_a_channel_finds_only_what_it_may_see(restricted: Running) -> None:
    fake = restricted.slack
    one, all_of_it = fake.say("C0NEWS", MENTION), fake.say("C0ALL", MENTION)
    assert ANSWER in fake.answered("C0ALL", all_of_it)[0].text
    (answer,) = fake.answered("C0NEWS", one)
    assert "courier" not in str(answer).lower() and ANSWER not in answer.text
    fake.slash("quotes Mira Osei about winter")
    fake.wait(lambda: "No statements of Mira Osei" in str(fake.messages))
    message = fake.messages["C0NEWS", fake.post("C0NEWS", "“We will not wait for another winter.”")]
    fake.shortcut(message, "check_quotes")
    fake.wait(lambda: "in no article" in str(fake.messages))


def test_a_refusal_does_not_count_what_a_channel_may_not_see(restricted: Running) -> None:
    fake = restricted.slack
    nobel = f"<@{BOT}> Who won the Nobel Prize in chemistry?"
    some, all_of_it = fake.say("C0NEWS", nobel), fake.say("C0ALL", nobel)
    assert "what this channel may see" in fake.answered("C0NEWS", some)[0].text
    assert "11" in fake.answered("C0ALL", all_of_it)[0].text


def test_an_unlisted_channel_is_refused_to_its_asker_only(restricted: Running) -> None:
    fake = restricted.slack
    ts = fake.say("C0OTHER", MENTION)
    fake.wait(lambda: fake.from_bot("C0OTHER"))
    (told,) = fake.from_bot("C0OTHER")
    assert told.only_for == "U0ANN" and "not set up for this channel" in str(told.blocks)
    assert not restricted.generator.began
    assert not fake.from_bot("C0OTHER", ts)


# What goes wrong


def test_an_error_is_generic_and_ephemeral_and_its_id_is_in_the_log(running: Running, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    fake, slow = running.slack, running.generator
    slow.fail = RuntimeError("secret article words")
    ts = fake.say("C0NEWS", f"<@{BOT}> What did Mira Osei say about the port of Sarvella?")
    fake.wait(lambda: any(m.only_for for m in fake.from_bot("C0NEWS")), "the ephemeral message")
    told = next(m for m in fake.from_bot("C0NEWS") if m.only_for)
    id = re.search(r"\(error ([0-9a-f]{8})\)", str(told.blocks))
    assert id and id[1] in caplog.text
    assert "secret" not in str(fake.calls) and "secret" not in caplog.text
    (shown,) = [m for m in fake.from_bot("C0NEWS", ts) if not m.only_for]
    assert "interrupted" in shown.text and not shown.streaming


def test_logs_hold_no_token_and_no_words(running: Running, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    fake = running.slack
    fake.answered("C0NEWS", fake.say("C0NEWS", MENTION))
    text = "\n".join(r.getMessage() for r in caplog.records if r.name.startswith(("dragoman", "slack")))
    assert not re.search(r"xox|xapp-|secret-ticket|Sarvella|Harbour", text)


def test_fifty_questions_from_twenty_threads_are_all_answered(running: Running) -> None:
    fake = running.slack

    def ask(number: int) -> tuple[str, str]:
        channel = f"C{number:03}"
        return channel, fake.say(channel, MENTION)

    with ThreadPoolExecutor(20) as people:
        asked = list(people.map(ask, range(50)))
    for channel, ts in asked:
        (answer,) = fake.answered(channel, ts)
        assert ANSWER in answer.text
    assert fake.count("chat.stopStream") + fake.count("chat.postMessage") == 50
    mention = fake.message_event(*asked[0], MENTION, "U0ANN")
    for number in range(1000):
        fake.event(mention, retry=number)
    desk = running.desk
    assert len(fake.from_bot()) == 50
    assert (desk._running, desk._pool._waiting, desk._pool._jobs, running.state.conversations.unfinished()) == ({}, {}, 0, [])
