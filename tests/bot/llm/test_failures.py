"""bot/llm/failures.py: what a server says, in whatever form, becomes one line that says what to do."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from bot.llm.failures import ContextTooLong, Unsupported, translated

ROWS = tomllib.loads((files("bot.llm") / "server_messages.toml").read_text(encoding="utf-8"))


class Refused(Exception):
    """An error as the openai package raises it."""

    def __init__(self, status: int | None, body: object) -> None:
        super().__init__("refused")
        self.status_code, self.body = status, body


@pytest.mark.parametrize("row", [row for table in ROWS.values() for row in table], ids=lambda row: row["example"][:30])
def test_every_pattern_finds_its_example_and_nothing_like_it(row: dict[str, str]) -> None:
    assert re.search(row["pattern"], row["example"]) and not re.search(row["pattern"], row["counter"])


SECRET = "key-0123456789"
FAILURES = [
    (400, {"message": "This model's maximum context length is 2048 tokens.", "code": "context_length_exceeded"}, "longer than"),
    (None, "Trying to keep the first 9000 tokens when context the overflows.", "longer than"),  # LM Studio
    (
        413,
        {"message": "Request too large for model m on tokens per minute (TPM)", "code": "rate_limit_exceeded"},
        "longer than",
    ),
    (429, {"message": "You exceeded your current quota, check your billing.", "code": "insufficient_quota"}, "quota"),
    (402, {"message": "Insufficient Balance"}, "quota"),
    (429, [{"error": {"code": 429, "message": "You exceeded your current quota. Please retry in 34.07s."}}], "again in 35 s"),
    (429, {"message": "Rate limit reached. Please try again in 2m59.5s."}, "again in 180 s"),
    (503, {"message": "Loading model"}, "still loading"),
    (503, {"message": "The model is overloaded."}, "too much to do"),
    (400, {"message": "The response was filtered", "code": "content_filter"}, "content filter"),
    (None, {"error": {"code": 502, "message": "x", "metadata": {"raw": '{"detail": "worker limit reached"}'}}}, "worker limit"),
    (None, {"error_type": "invalid", "error_message": "the maximum context length is 10 tokens"}, "longer than"),
    (429, {"message": '{"error": {"code": 429, "message": "Resource has been exhausted."}}'}, "says: Resource has been"),
    (422, {"detail": [{"loc": ["body", "messages"], "msg": "field required", "input": "SECRET QUESTION"}]}, "field required"),
    (403, {"message": "Country not supported"}, "refused access"),
    (500, "<html>\n<body>Bad\x1b[31m gateway</body></html>", "failed (500)"),
    (500, {"message": f"bad \x1b[31m\u202ekey {SECRET} and sk-abcdefgh1234 " + "word " * 200}, "bad �[31mkey … and … word"),
]


@pytest.mark.parametrize(("status", "body", "said"), FAILURES)
def test_a_failure_is_one_short_line(status: int | None, body: object, said: str) -> None:
    message = str(translated(Refused(status, body), "openai:m", "127.0.0.1:1", secret=SECRET))
    assert said in message and message.startswith("openai:m: ") and "\n" not in message and len(message) < 400
    assert SECRET not in message and "SECRET QUESTION" not in message and "\x1b" not in message


def test_too_long_a_prompt_is_told_apart() -> None:
    assert isinstance(translated(Refused(*FAILURES[0][:2]), "m", ""), ContextTooLong)


@pytest.mark.parametrize(
    "body",
    [
        {"message": "Unsupported value", "param": "temperature", "code": "unsupported_value"},
        {"message": "property 'temperature' is unsupported"},
        {"detail": [{"type": "extra_forbidden", "loc": ["body", "temperature"], "msg": "Extra inputs are not permitted"}]},
    ],
)
def test_a_parameter_that_a_server_names_is_known(body: object) -> None:
    error = translated(Refused(400, body), "m", "", sent={"temperature", "reasoning_effort"})
    assert isinstance(error, Unsupported) and error.parameter == "temperature"
    assert not isinstance(translated(Refused(400, body), "m", "", sent={"reasoning_effort"}), Unsupported)


@pytest.mark.parametrize(
    ("status", "message", "refused"),
    [
        (400, "This response_format type is unavailable now", True),
        (400, "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.", True),
        (404, "No endpoints found that support the requested parameters.", True),
        (500, "failed to parse grammar", True),
        (422, "Input should be a valid string", True),  # perhaps for that
        (400, "This model's maximum context length is 2048 tokens.", False),
        (401, "Incorrect API key", False),
        (429, "Rate limit reached", False),
        (404, "The model `m` does not exist", False),
        (500, "Internal server error", False),
    ],
)
def test_a_schema_that_a_server_refuses_is_told_apart(status: int, message: str, refused: bool) -> None:
    error = translated(Refused(status, {"message": message}), "m", "", sent={"response_format"})
    assert isinstance(error, Unsupported) is refused
    assert not isinstance(translated(Refused(status, {"message": message}), "m", ""), Unsupported)
