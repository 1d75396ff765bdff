"""The shapes of schema 1 are those of what is written: every field, and no other, each of its type."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import ConfigDict, TypeAdapter, with_config

from bot import Bot
from bot.records import Beat
from bot.rendering import briefing_text, quotes, schema
from bot.rendering.json_rows import article_row, as_json, event_row, search_row
from bot.verification.document_check import proofs
from index import Index, Period

pytestmark = [pytest.mark.model, pytest.mark.slow]


def fits(row: object, kind: type) -> None:
    """Fails where a row lacks a field or has another, at any depth."""
    text = json.dumps(row)
    adapter = TypeAdapter(with_config(ConfigDict(extra="forbid", strict=True))(kind))
    assert adapter.dump_python(adapter.validate_json(text), mode="json") == json.loads(text)


def test_rows_have_the_shape_that_they_are_said_to_have(library: Path) -> None:
    with Index(library, create=False) as index:
        bot = Bot(index)
        question = "When will the port of Sarvella reopen, according to the Coast Courier?"
        for event in bot.stream(question):
            fits(event_row(event), schema.EventRow)
        fits(as_json(bot.ask(question)), schema.AnswerRow)
        fits(as_json(bot.ask("Who won the chess title in Oslo?")), schema.AnswerRow)
        fits(search_row(question, index.results(question)), schema.SearchRow)
        article = index.article("port-1")
        assert article
        fits(article_row(article), schema.ExportedArticle)
        said = index.quotes(speaker="Osei")
        assert said
        for one in said:
            fits(quotes.quotation_row(one), schema.QuotationRow)
        draft = "“We will not wait for another winter,” she said, and “nothing of the kind was ever said here.”"
        fits(quotes.proofs_row({"draft": proofs(draft, index)}), schema.ProofsRow)
        beat, month = Beat(name="port", topics=("the port of Sarvella",)), Period.parse("2024-05")
        made = bot.brief(beat, since=month, until=month, keep=False)
        assert made.events
        fits(briefing_text.as_json(made), schema.BriefingRow)
