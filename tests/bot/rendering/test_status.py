"""The three classes in every form: verified is plain, unconfirmed says so and has the article's words beneath it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.records import Answer, Citation, Note, Sentence, Source
from bot.rendering import answer_text, json_rows
from bot.rendering.terminal import Screen, show_sentence
from bot.slack import blocks

QUOTE = "The harbour of Norwick reopened\non Monday <after> eleven weeks."
SOURCE = Source(
    number=1, article_id="a", version=1, title="Norwick", outlet="Herald", agency="", lang="en", url="https://n.example/1",
    published=None,
)  # fmt: skip
CITATION = Citation(number=1, article_id="a", version=1, start=0, end=len(QUOTE), quote=QUOTE)
UNCONFIRMED = Sentence(text="It opened again.", citations=(CITATION,), lang="en", status="unconfirmed")
VERIFIED = replace(UNCONFIRMED, status="verified")
STANDS_IN = replace(UNCONFIRMED, status="quoted", stands_in=True)
LABEL = "(in the model's words, unconfirmed)"


def answer(sentence: Sentence) -> Answer:
    note = Note(kind="withheld", text="1 sentence left out: a figure is not in the source.")
    return Answer(
        id="1", question="When?", searched="When?", lang="en", outcome="answered", sentences=(sentence,), sources=(SOURCE,),
        notes=(note,), generator="openai:m",
    )  # fmt: skip


FORMS = {
    "plain": lambda s: answer_text.plain(answer(s)),
    "markdown": lambda s: answer_text.markdown(answer(s)),
    "str": lambda s: str(answer(s)),
    "terminal": lambda s: show_sentence(s, [SOURCE], Screen(width=60)),
    "slack": lambda s: "".join(blocks.sentence(s, [SOURCE])),
}


@pytest.mark.parametrize("form", FORMS)
def test_unconfirmed_says_so_with_the_articles_words_beneath(form: str) -> None:
    shown = FORMS[form](UNCONFIRMED)
    assert "unconfirmed" in shown and shown.index("It opened again") < shown.index("The harbour of Norwick reopened")
    (words,) = [row.strip() for row in shown.splitlines() if "The harbour of Norwick reopened" in row and ">" in row][:1]
    assert words.startswith(">")


@pytest.mark.parametrize("form", ["terminal", "slack"])
def test_verified_is_plain(form: str) -> None:
    shown = FORMS[form](VERIFIED)
    assert "unconfirmed" not in shown and "The harbour of Norwick" not in shown.replace("%20", " ").split("](")[0]


@pytest.mark.parametrize("form", ["plain", "markdown", "terminal", "slack"])
def test_an_articles_words_that_stand_in_are_called_so(form: str) -> None:
    assert "(in the article's words)" in FORMS[form](STANDS_IN)
    assert "(in the article's words)" not in FORMS[form](replace(STANDS_IN, stands_in=False))


def test_the_label_is_in_the_language_of_the_answer() -> None:
    assert "sin confirmar" in FORMS["plain"](replace(UNCONFIRMED, lang="es"))


def test_json_has_the_class() -> None:
    row = json.loads(json_rows.dumps(json_rows.as_json(answer(UNCONFIRMED))))["sentences"][0]
    assert (row["status"], row["stands_in"], row["citations"][0]["quote"]) == ("unconfirmed", False, QUOTE)
