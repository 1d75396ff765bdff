"""The page under a chat model: what it wrote and nothing confirmed is shown as that; an article's words can be translated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from bot.answers.writer import ChatGenerator
from bot.llm.models import chat_model
from tests.support.model_server import Server, serving
from tests.support.site import Site, running_site

pytestmark = [pytest.mark.model, pytest.mark.slow]
WORDS = "La directora del puerto, Mira Osei, anunció que las grúas están reparadas y que habrá 140 empleos nuevos."


@pytest.fixture
def model() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def worded(folder: Path, model: Server) -> Iterator[Site]:
    with running_site(folder) as site:
        site.desk.bot.generator = ChatGenerator(chat_model("openai:m", base_url=model.url, timeout=20), timeout=20)
        yield site


def test_what_nothing_confirmed_stands_over_the_articles_words(worded: Site, model: Server) -> None:
    model.text = "The port of Sarvella will reopen on 3 June, according to its director [1]. It has 9,999 cranes [1]."
    sent = worded.client.post("/ask", data={"q": "When will the port of Sarvella reopen?"}, follow_redirects=True)
    shown = html.fromstring(sent.text)
    (sentence,) = shown.xpath("//div[contains(@class, 'unconfirmed')]")
    assert "unconfirmed" in sentence.xpath(".//small")[0].text
    assert "reopen on 3 June" in sentence.xpath("./blockquote")[0].text_content()
    assert "1 sentence left out" in shown.xpath("//li[@class='withheld']")[0].text_content() and "9,999" not in sent.text
    assert "Worded by m" in shown.xpath("//p[@class='made']")[0].text
    assert re.search(r'(?m)^dragoman_sentences_withheld_total\{reason="\w+"\} 1\.0$', worded.client.get("/metrics").text)


def test_marked_words_are_translated_where_the_translation_holds(worded: Site, model: Server) -> None:
    at = {"s": 0, "e": len(WORDS), "fragment": "1"}
    (link,) = html.fromstring(worded.client.get("/articles/port-2", params=at).text).xpath("//a[contains(@class, 'translate')]")
    model.text = "The port director, Mira Osei, announced that the cranes are repaired and that there will be 140 new jobs."
    shown = html.fromstring(worded.client.get(link.get("data-read")).text)
    assert model.text in shown.xpath("//p[@class='translation']")[0].text_content()
    model.text = "The port director, Mira Osei, announced that there will be 9,000 new jobs."
    shown = html.fromstring(worded.client.get(link.get("data-read")).text)
    assert (
        "9,000" not in shown.text_content()
        and "No translation held" in shown.xpath("//p[@class='translation']")[0].text_content()
    )
