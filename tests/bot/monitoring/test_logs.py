"""The log: a line a record, with time and level; no secret in it, nothing that acts on a terminal, no words unless asked for."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator

import pytest

from bot.monitoring import logs
from bot.monitoring.monitor import Monitor, tell_of
from bot.records import Answer, Citation, Sentence
from bot.settings.monitoring import MonitoringSettings
from index.ingest.feeds.feed_list import Feed
from index.ingest.feeds.watcher import Told
from index.records import AddReport

SECRETS = {"SLACK_BOT_TOKEN": "nothing-like-a-token", "PGPASSWORD": "correct horse", "HOME": "/home/desk", "WEAK_KEY": "a"}


@pytest.fixture(autouse=True)
def untouched() -> Iterator[None]:
    """What a test does to the log is undone."""
    loggers = [logging.getLogger(name) for name in (None, "dragoman", "uvicorn", *logs.TALKATIVE)]
    before = [(logger, list(logger.handlers), logger.level, logger.propagate) for logger in loggers]
    yield
    for logger, handlers, level, propagate in before:
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


def answer() -> Answer:
    citation = Citation(number=1, article_id="a", version=1, start=0, end=5, quote="words")
    sentences = tuple(Sentence(text="words", citations=(citation,), status=status) for status in ("verified", "unconfirmed"))
    return Answer(
        id="a1", question='Who said "ships"?\nAnd where?', searched="", lang="en", outcome="answered", sentences=sentences,
        generator="openai:m", withheld={"number": 2, "name": 1}, timings={"search": 0.2},
    )  # fmt: skip


def written(form: str, *, verbose: bool = False, questions: bool = False) -> list[str]:
    """The lines of a service in which a few things happen."""
    out = io.StringIO()
    logs.start(out, form, verbose=verbose)
    monitor = Monitor("slack", MonitoringSettings(questions=questions))
    monitor.answered(answer(), 1.23456)
    monitor.failed("Stopped")
    logs.tell("feeds", "https://feeds.example/all.xml: \x1b[2Jgone\nnow", trouble=True)
    logging.getLogger("dragoman.http").debug("request", extra={logs.FACTS: {"status": 200}})
    logging.getLogger("slack_sdk").warning("somebody's words")
    return out.getvalue().splitlines()


def test_what_was_set_aside_is_told_and_is_no_failure_of_the_feed() -> None:
    told = list[tuple[str, str, bool]]()
    report = AddReport(new=1, passages=1, set_aside=["b: set aside"])
    visit = Told(Feed("https://feeds.example/all.xml"), report, False, "", 0)
    tell_of(visit, lambda part, text, trouble=False: told.append((part, text, trouble)))
    counted = "https://feeds.example/all.xml: 1 new, 0 changed, 0 same, 0 failed (1 passage written)"
    assert told == [("feeds", "b: set aside", True), ("feeds", counted, False)]


def test_a_line_has_time_level_and_facts() -> None:
    lines = written("text")
    assert all(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (info|warning) \w+: ", line) for line in lines)
    facts = "interface=slack id=a1 generator=openai:m language=en seconds=1.235 sentences=2 unconfirmed=1 withheld=3"
    assert [line[21:] for line in lines] == [
        f"info questions: answered {facts}",
        "warning questions: failed interface=slack reason=Stopped",
        "warning feeds: https://feeds.example/all.xml: �[2Jgone now",
    ]
    assert "debug http: request status=200" in "\n".join(written("text", verbose=True))


def test_as_json_a_record_is_an_object_a_line() -> None:
    first, failed, feed = map(json.loads, written("json"))
    assert (first["level"], first["logger"], first["message"]) == ("info", "questions", "answered")
    assert first["seconds"] == 1.235 and first["withheld"] == 3 and "question" not in first
    assert failed["reason"] == "Stopped" and feed["message"].endswith("\x1b[2Jgone\nnow")


def test_the_words_of_a_question_are_there_only_where_somebody_asked_for_them() -> None:
    for form in ("text", "json"):
        assert "ships" not in "\n".join(written(form))
        assert "ships" in written(form, questions=True)[0]
    assert json.loads(written("json", questions=True)[0])["question"] == answer().question
    assert r'question="Who said \"ships\"?\nAnd where?"' in written("text", questions=True)[0]


@pytest.mark.parametrize(
    "said",
    [
        "sent with nothing-like-a-token", "password correct horse wrong", "xoxb-1-2-abc", "xapp-1-A-2", "Bearer abc.def",
        "wss://slack.example/link?ticket=t1&app_id=2", "https://u:pw@feeds.example/x", "https://feeds.example/?api_key=k1",
        "key sk-proj-0123456789abcdefg",
    ],
)  # fmt: skip
def test_no_secret_reaches_a_log(said: str) -> None:
    hidden = logs.secrets(SECRETS)
    for form in ("text", "json"):
        record = logging.LogRecord("dragoman.run", logging.INFO, "", 0, "%s", (said,), None)
        record.facts = {"why": said}
        line = logs.LogLines(form, hidden).format(record)
        assert line.count("…") == 2
        assert not re.search(r"nothing-like|correct horse|xox|xapp|abc\.def|t1|u:pw|k1|sk-proj", line)


def test_a_failure_is_one_line() -> None:
    out = io.StringIO()
    logs.start(out)
    try:
        raise ValueError("of\ntwo lines")
    except ValueError:
        logging.getLogger("dragoman.http").exception("a request failed")
    assert out.getvalue().count("\n") == 1 and "ValueError: of | two lines" in out.getvalue()
