"""Articles that attack, asked about over HTTP and looked at in the page: nothing of them acts, in JSON, Markdown, HTML or Chromium.

What they say is `scripts/eval.py attacks`: here it is that it stays text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser

from index import Article, Index, Period
from tests.support.attacks import ATTACKS, HONEST, QUESTIONS, article
from tests.support.site import Site, running_site

pytestmark = [pytest.mark.model, pytest.mark.slow]
ROWS = [
    json.loads(row)
    for row in (Path(__file__).resolve().parents[2] / "data" / "attack_articles.jsonl").read_text(encoding="utf-8").splitlines()
]
ASKED = [*QUESTIONS.values(), *dict.fromkeys(row["question"] for row in ROWS if row.get("question"))]
REORDERS = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u2060\U000e0000-\U000e007f\x1b]")  # what one does not see, and acts


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("attacked") / "library"
    with Index(folder) as index:
        index.add([*HONEST, *(article(f"attack-{n}", attack) for n, attack in enumerate(ATTACKS))])
        index.add(
            Article(
                id=one["url"], url=one["url"], lang=row["lang"], outlet=one["outlet"], published=Period.parse(one["date"]),
                title=one["title"], text=one["text"],
            )
            for row in ROWS
            for one in row["articles"]
        )  # fmt: skip
    with running_site(folder) as site:
        yield site


def test_the_api_gives_it_as_text(attacked: Site) -> None:
    shown = 0
    for question in ASKED:
        response = attacked.client.post("/v1/ask", json={"question": question})
        assert response.status_code == 200 and not REORDERS.search(response.text), question
        for sentence in response.json()["sentences"]:
            for cited in sentence["citations"]:
                found = attacked.desk.bot.index.article(cited["article_id"], cited["version"])
                assert found and found.text[cited["start"] : cited["end"]] == cited["quote"]
                shown += 1
    assert shown > len(ASKED)


def test_no_markup_of_it_acts_in_a_chat_client(attacked: Site) -> None:
    known = {one["url"] for row in ROWS for one in row["articles"]}
    for question in ASKED:
        body = {"model": "dragoman", "messages": [{"role": "user", "content": question}]}
        text = attacked.client.post("/v1/chat/completions", json=body).json()["choices"][0]["message"]["content"]
        acting = re.sub(r"\\.", "", text)  # without what is escaped
        assert "![" not in acting and "<" not in acting and not REORDERS.search(text), text
        for address in re.findall(r"\]\(([^)]*)\)", acting):
            assert address in known or address.startswith(f"{attacked.url}/articles/"), address


def test_the_page_shows_it_and_a_browser_does_nothing_of_it(attacked: Site, chromium: Browser) -> None:
    context = chromium.new_context(base_url=attacked.url, locale="en-GB")
    tab = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.on("dialog", lambda dialog: said.append(dialog.message))
    for question in ASKED:
        address = attacked.client.post("/ask", data={"q": question}).headers["location"]
        tab.goto(address)
        chips = tab.locator(".chip[data-read]")
        if chips.count():
            chips.last.click()
            tab.locator("#cited").wait_for()
        tree = html.fromstring(tab.content())
        assert not tree.xpath("//body//*[self::img or self::iframe or self::style or self::script or @style or @onerror]")
        assert tree.xpath("//script/@src") == ["/static/page.js"] and not REORDERS.search(tab.content())
        assert tab.title() == f"{question[:80]} · Dragoman"
    assert asked and all(url.startswith(attacked.url) for url in asked)
    assert said == []
    context.close()
