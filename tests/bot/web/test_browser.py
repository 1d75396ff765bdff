"""The page in a real Chromium: asked, cited, reloaded, followed up, with a script and without, wide and narrow."""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import BytesIO
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from pypdf import PdfReader

from tests.support.site import Site

QUESTION = "What did Mira Osei say?"
expect.set_options(timeout=60_000)  # milliseconds; on a busy machine an answer takes more than playwright's five seconds


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def tab(request: pytest.FixtureRequest, chromium: Browser, site: Site) -> Iterator[Page]:
    context = chromium.new_context(base_url=site.url, java_script_enabled=request.param, locale="en-GB")
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def faults(tab: Page) -> Iterator[list[str]]:
    """What the browser complains about; nothing, at the end."""
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    tab.on("pageerror", lambda error: said.append(str(error)))
    yield said
    assert said == []


def ask(tab: Page, question: str) -> None:
    turns = tab.locator(".turn").count()
    tab.get_by_role("textbox").fill(question)
    tab.get_by_role("button", name="Ask", exact=True).click()
    expect(tab.locator(".turn")).to_have_count(turns + 1)
    expect(tab.locator(".turn").last.locator(".made, .notes").first).to_be_visible()


def test_ask_open_a_citation_reload_and_follow_up(tab: Page, faults: list[str]) -> None:
    tab.goto("/")
    ask(tab, QUESTION)
    expect(tab.locator("h2.question")).to_have_text(QUESTION)
    chips = tab.locator(".turn .byline .chip")
    assert chips.count() >= 2
    chips.nth(1).click()
    mark, sentence = tab.locator("#cited"), tab.locator(".sentence").nth(1).locator("p").first
    expect(mark).to_be_visible()
    words = mark.inner_text()
    assert words and words.split()[0] in sentence.inner_text()
    address = tab.url
    assert "/a/" in address and "open=0.1.0" in address
    tab.reload()
    expect(tab.locator("#cited")).to_have_text(words)
    assert tab.locator(".chip[aria-current='true']").count() == 1
    tab.get_by_role("link", name="Close").click()
    expect(tab.locator("#cited")).not_to_be_visible()
    ask(tab, "And what did Mira Osei announce?")
    expect(tab.locator("h2.question")).to_have_count(2)
    tab.reload()
    expect(tab.locator("h2.question")).to_have_count(2)


def test_a_citation_opens_by_keyboard_and_escape_closes_it(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(base_url=site.url, locale="en-GB")
    tab = context.new_page()
    tab.goto("/")
    tab.get_by_role("textbox").fill(QUESTION)
    tab.keyboard.press("Enter")
    chip = tab.locator(".turn .byline .chip").first
    expect(tab.locator(".made")).to_be_visible()
    chip.focus()
    tab.keyboard.press("Enter")
    expect(tab.locator("#cited")).to_be_focused()
    tab.keyboard.press("Escape")
    expect(tab.locator("#cited")).not_to_be_visible()
    expect(chip).to_be_focused()
    context.close()


def test_on_a_phone_nothing_is_wider_than_it_and_touch_opens(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(base_url=site.url, viewport={"width": 360, "height": 740}, has_touch=True, locale="en-GB")
    tab = context.new_page()
    for path in ("/", "/quotes?speaker=Osei", "/check", "/briefings", "/docs", "/login"):
        tab.goto(path)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 360, path
    tab.goto("/")
    tab.get_by_role("textbox").fill(QUESTION)
    tab.get_by_role("button", name="Ask", exact=True).tap()
    expect(tab.locator(".made")).to_be_visible()
    tab.locator(".turn .byline .chip").first.tap()
    expect(tab.locator("#cited")).to_be_in_viewport()
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_hostile_articles_do_not_act_in_a_browser(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(base_url=site.url, locale="en-GB")
    tab = context.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto("/")
    tab.get_by_role("textbox").fill("When does the ferry Aldona sail to Quay Nine?")
    tab.get_by_role("button", name="Ask", exact=True).click()
    expect(tab.locator(".made")).to_be_visible()
    tab.locator(".chip").first.click()
    expect(tab.locator("#cited")).to_be_visible()
    assert all(url.startswith(site.url) for url in asked)
    assert "\u202e" not in tab.content() and "\x1b" not in tab.content()
    context.close()


def test_on_a_phone_the_sentence_stands_above_the_article_that_it_opened(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(
        base_url=site.url, viewport={"width": 360, "height": 740}, locale="en-GB", reduced_motion="reduce"
    )
    tab = context.new_page()
    tab.goto("/")
    ask(tab, QUESTION)
    sentence, reader = tab.locator(".sentence").nth(1), tab.locator("#reader")
    sentence.locator(".chip").first.click()
    expect(tab.locator("#cited")).to_be_in_viewport()
    above, below = sentence.bounding_box(), reader.bounding_box()
    assert above and below and 0 <= above["y"] < below["y"]
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_article_of_an_answer_does_not_stay_over_the_next_one(chromium: Browser, site: Site, width: int) -> None:
    context = chromium.new_context(
        base_url=site.url, viewport={"width": width, "height": 740}, locale="en-GB", reduced_motion="reduce"
    )
    tab = context.new_page()
    tab.goto("/")
    ask(tab, QUESTION)
    tab.locator(".sentence").first.locator(".chip").first.click()
    expect(tab.locator("#cited")).to_be_visible()
    ask(tab, "And what did Mira Osei announce?")
    expect(tab.locator("#cited")).to_have_count(0)
    assert tab.locator(".chip[aria-current]").count() == 0 and "open=" not in tab.url
    tab.locator(".turn").last.locator(".sentence .chip").first.click()
    expect(tab.locator("#cited")).to_be_in_viewport()
    context.close()


def test_an_article_that_comes_after_the_next_question_stays_closed(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(base_url=site.url, locale="en-GB")
    tab = context.new_page()
    tab.goto("/")
    ask(tab, QUESTION)
    chip = tab.locator(".sentence .chip").first
    held: list[Route] = []
    tab.route(lambda url: "/articles/" in url, lambda route: held.append(route))
    with tab.expect_request(lambda request: "/articles/" in request.url):
        chip.click()
    ask(tab, "And what did Mira Osei announce?")
    with tab.expect_response(lambda response: "/articles/" in response.url) as response:
        held[0].continue_()
    response.value.finished()
    tab.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    expect(tab.locator("#cited")).to_have_count(0)
    assert tab.locator(".chip[aria-current]").count() == 0 and "open=" not in tab.url
    context.close()


def test_on_a_phone_the_result_of_a_quote_check_is_in_sight_under_its_heading(tab: Page, faults: list[str]) -> None:
    tab.set_viewport_size({"width": 360, "height": 740})
    tab.goto("/check")
    tab.get_by_role("textbox").fill("“We will not wait for another winter,” said Mira Osei.")
    tab.get_by_role("button", name="Check").click()
    expect(tab.get_by_role("heading", name="Result")).to_be_in_viewport()
    expect(tab.get_by_role("heading", name="Quote check", level=1)).to_have_count(1)
    expect(tab.locator(".result .lead")).to_contain_text("1 word for word")


def test_a_printed_answer_is_its_text_and_nothing_else(chromium: Browser, site: Site) -> None:
    context = chromium.new_context(base_url=site.url, locale="en-GB")
    tab = context.new_page()
    tab.goto("/")
    ask(tab, QUESTION)
    tab.locator(".turn .byline .chip").first.click()
    expect(tab.locator("#cited")).to_be_visible()
    tab.locator(".sources").first.evaluate("(sources) => { sources.open = false }")
    pages = PdfReader(BytesIO(tab.pdf(format="A4"))).pages
    printed = " ".join("".join(page.extract_text() for page in pages).split())
    assert len(pages) == 1 and QUESTION in printed and "https://courier.example/" in printed
    assert "Follow up" not in printed and "Close" not in printed and "Quote check" not in printed
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(chromium: Browser, site: Site, scheme: Literal["light", "dark"]) -> None:
    """axe-core, of npm, at the path in AXE: skipped where there is none."""
    axe = os.environ.get("AXE", "")
    if not axe:
        pytest.skip("needs axe-core: npm install axe-core, and its axe.min.js in the variable AXE")
    context = chromium.new_context(
        base_url=site.url, color_scheme=scheme, locale="en-GB", bypass_csp=True, reduced_motion="reduce"
    )
    tab = context.new_page()

    def look() -> None:
        tab.add_script_tag(path=axe)
        found = tab.evaluate("axe.run().then((found) => found.violations)")
        assert [(one["id"], one["nodes"][0]["html"], one["help"]) for one in found] == [], tab.url

    for path in ("/", "/quotes?speaker=Osei", "/check", "/briefings", "/docs", "/login", "/articles/port-1?s=0&e=20"):
        tab.goto(path)
        look()
    tab.goto("/")
    ask(tab, QUESTION)
    tab.locator(".chip").first.click()
    expect(tab.locator("#cited")).to_be_visible()
    look()
    ask(tab, "Who won the chess title in Oslo?")
    look()
    context.close()
