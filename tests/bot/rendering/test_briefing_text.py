"""A briefing in its forms: everything in it is shown, nothing in it acts, and what is foreign says so."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from lxml import html as lx

from bot.delivery.targets.mail import subject
from bot.phrases import languages
from bot.records import Briefing, Caution, Coverage
from bot.rendering.atom_feed import atom
from bot.rendering.briefing_html import body, html
from bot.rendering.briefing_text import as_json, markdown, plain, sections, sentences
from bot.rendering.timeline_svg import APART, COLORS, ROWS, drawing, marks
from bot.slack.briefing_blocks import messages as slack_messages
from index.records import Period
from tests.support.briefing import articles, hostile, nothing, strait


@pytest.mark.parametrize("form", [plain, markdown, html, body])
def test_everything_is_said_once(form: object) -> None:
    text = form(strait())  # type: ignore[operator]
    shown = lx.fromstring(text).text_content() if "<" in text[:9] else text.replace("\\", "")
    for sentence in sentences(strait()):
        assert sentence.text in shown, sentence.text
    for event in strait().events:
        for outlet in event.outlets:
            assert outlet in shown


@pytest.mark.parametrize(("caution", "word"), [("satire", "Satire"), ("doubtful", "Doubtful outlet")])
def test_satire_and_doubtful_outlets_are_called_so_wherever_a_title_stands(caution: Caution, word: str) -> None:
    first, *others = strait().events
    made = replace(strait(), events=(replace(first, caution=caution), *others))
    event = as_json(made)["events"][0]
    messages = slack_messages(made)
    assert event["caution"] == caution and as_json(strait())["events"][0]["caution"] is None
    assert plain(made).count(word) == 2 and markdown(made).count(word) == 2  # on top, and above the event
    assert html(made).count(word) == 2 and subject(made).startswith(f"{word}: ") and word in atom("strait", [made]).decode()
    assert all(word in str(message) for message in messages[:2]) and word not in str(slack_messages(strait()))


def test_plain_is_what_str_gives_and_a_quiet_day_is_one_line() -> None:
    assert strait().events[0].headline.text in str(strait()) and strait().events[0].headline.text in plain(strait())
    assert plain(nothing()) == "Nothing new on strait, 2025-05-19 07:00 – 2025-05-20 07:00 (Europe/Berlin) (3 articles read)."
    assert markdown(nothing()).count("\n") == 1
    assert "Nichts Neues zu strait" in plain(replace(nothing(), lang="de"))
    page = lx.fromstring(html(nothing()))
    assert not page.xpath("//svg | //section") and "Nothing new on strait" in page.text_content()


def test_json_names_role_document_and_quote() -> None:
    row = json.loads(json.dumps(as_json(strait())))
    assert (row["id"], row["beat"], row["since"], row["until"]) == (
        strait().id, "strait", "2025-05-05T05:00:00Z", "2025-05-19T05:00:00Z")  # fmt: skip
    ship = row["events"][0]
    assert ship["label"] == "corrected" and ship["article_ids"][0] == "courier-correction" and ship["number"] == 1
    assert [s["role"] for s in ship["sentences"]] == ["headline", "what", "what", "said", "said", "disputed", "disputed"]
    assert [s["role"] for s in ship["before"]] == ["before"]
    for event in row["events"]:
        for sentence in [*event["sentences"], *event["before"]]:
            for cited in sentence["citations"]:
                assert articles()[cited["doc_id"]].text[cited["start"] : cited["end"]] == cited["quote"]
    assert row["quiet"][0]["role"] == "quiet"


# The page --------------------------------------------------------------------------------------------------------------------


def test_the_page_is_valid_and_has_one_h1_and_no_jump_in_headings() -> None:
    page = lx.fromstring(html(strait()))
    levels = [int(element.tag[1]) for element in page.iter("h1", "h2", "h3")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert page.get("lang") == "en" and page.xpath("//main") and page.xpath("//title/text()")
    for link in page.xpath("//a[starts-with(@href, '#')]/@href"):
        assert link[1:] in ids
    assert all(link.get("aria-label") for link in page.xpath("//sup/a"))


class Balanced(HTMLParser):
    """Fails on an end tag without its start."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in ("meta", "br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("made", [strait, nothing, hostile])
@pytest.mark.parametrize("form", [html, body])
def test_elements_are_closed_in_order(made: object, form: object) -> None:
    parser = Balanced()
    parser.feed(form(made()))  # type: ignore[operator]
    parser.close()
    assert parser.open == []


def test_foreign_words_say_their_language_and_direction() -> None:
    page = lx.fromstring(html(strait()))
    arabic = page.xpath("//h2[@lang='ar']")
    assert arabic and arabic[0].get("dir") == "rtl" and "أستريد فيل" in arabic[0].text_content()
    assert "«Vengo a hablar" in page.xpath("//li[@lang='es']")[1].text_content()
    assert not page.xpath("//li[@lang='en'] | //p[@lang='en']")  # the page's own language is not said again
    assert page.xpath("//section[@class='sources']//a[@lang='ar'][@dir='rtl']")


def test_links_lead_to_the_cited_words_and_only_to_sources() -> None:
    page = lx.fromstring(html(strait()))
    outside = [href for href in page.xpath("//a/@href") if not href.startswith("#")]
    known = {source.url for source in strait().sources}
    assert {href.partition("#")[0] for href in outside} == known
    assert (
        "https://courier.example.org/2025/05/correction-astrid-vale#:~:text=Fourteen%20sailors%20were%20on%20board%2C%20not%20seventeen."
        in outside
    )
    assert all(link.get("rel") == "noopener noreferrer" for link in page.xpath("//a[starts-with(@href, 'http')]"))


def test_the_drawing_has_a_table_that_says_the_same() -> None:
    page = lx.fromstring(html(strait()))
    (svg,) = page.xpath("//svg")
    assert svg.get("role") == "img" and svg.get("aria-label")
    drawn = sorted(svg.xpath(".//g/text/text()"))
    table = sorted(row.text_content().split(".")[0] for row in page.xpath("//tbody/tr/td[2]"))
    assert drawn == table and len(drawn) == len(marks(strait())) == 10
    assert [row.xpath("string(th)") for row in page.xpath("//tbody/tr[contains(td[2], '(copy)')]")] == [
        "Selwyn Evening Post",
        "The Northern Ledger",
    ]
    assert len(svg.xpath(".//circle[@fill='#fff']")) == 2
    assert "2025-05-02" not in page.xpath("string(//tbody)")  # what was known before is no report of the window


def test_marks_of_one_outlet_do_not_cover_one_another() -> None:
    many = replace(strait(), since=strait().until - 40 * 86_400)
    drawn = drawing(many, marks(many))
    dots = [(float(dot.middle.rstrip("%")), dot.y) for row in drawn.rows for dot in row.dots]
    assert len(dots) == len(marks(many))
    for i, (x, y) in enumerate(dots):
        assert all(abs(x - x2) >= APART or abs(y - y2) >= 18 for x2, y2 in dots[i + 1 :])
        assert 0 <= x <= 100 and y < drawn.height


def test_many_outlets_do_not_fill_the_page() -> None:
    (event,) = strait().events[3:]
    period = Period.parse("2025-05-18")
    many = tuple(Coverage(article_id=f"a{i}", outlet=f"Outlet {i}", published=period) for i in range(40))
    page = lx.fromstring(html(replace(strait(), events=(replace(event, coverage=many),))))
    assert len(page.xpath("//text[@class='name']")) == ROWS and "Not drawn: 28 more outlets." in page.text_content()


@pytest.mark.parametrize("days", [0.1, 1, 3, 14, 90, 900])
@pytest.mark.parametrize("lang", [*languages(), "it"])
def test_the_axis_has_a_handful_of_ticks(days: float, lang: str) -> None:
    briefing = replace(strait(), since=strait().until - int(days * 86_400), lang=lang)
    times = drawing(briefing, []).ticks
    assert 1 <= len(times) <= 8 or days == 0.1


def luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_contrast_is_enough_to_read() -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1. White on the labels' colours, and our greys and links on white."""
    own = re.findall(r"--(?:ink|soft|link): (#\w{6})", html(strait()))
    assert len(own) >= 2
    for color in [*COLORS.values(), *own]:
        assert 1.05 / (luminance(color) + 0.05) >= 4.5, color


# Strangers' text -------------------------------------------------------------------------------------------------------------

ALLOWED = {
    "html": {"lang"}, "head": set(), "body": set(), "meta": {"charset", "http-equiv", "content", "name"}, "title": set(), "style": set(),
    "header": set(), "h1": set(), "h2": {"id", "lang", "dir"}, "h3": set(), "p": {"class", "lang", "dir"}, "strong": {"class", "style"},
    "bdi": set(), "sup": {"class"}, "a": {"href", "rel", "aria-label", "lang", "dir"}, "ul": {"class"}, "ol": set(), "main": set(),
    "li": {"lang", "dir", "id", "value"}, "section": {"class"}, "footer": set(), "nav": {"aria-labelledby"}, "figure": set(),
    "figcaption": set(), "svg": {"role", "aria-label", "width", "height"}, "g": set(), "text": {"x", "y", "class"}, "details": set(),
    "line": {"x1", "x2", "y1", "y2", "class", "stroke", "stroke-width", "stroke-opacity"}, "circle": {"cx", "cy", "r", "fill", "stroke", "stroke-width"},
    "summary": set(), "table": set(), "thead": set(), "tbody": set(), "tr": set(), "th": {"scope"}, "td": set(), "cite": {"lang", "dir"},
    "span": {"class", "aria-hidden", "lang"}, "blockquote": {"lang", "dir"}, "div": {"lang"},
}  # fmt: skip


def strangers() -> list[Briefing]:
    return [hostile(), replace(hostile(), quiet=hostile().events[0].statements, lang="de", timezone="Not/AZone")]


@pytest.mark.parametrize("form", [html, body])
@pytest.mark.parametrize("briefing", strangers())
def test_nothing_of_a_stranger_becomes_an_element_or_a_link(form: object, briefing: Briefing) -> None:
    text = form(briefing)  # type: ignore[operator]
    for element in lx.fromstring(text).iter():
        assert element.tag in ALLOWED, element.tag
        assert set(element.attrib) <= ALLOWED[element.tag], (element.tag, dict(element.attrib))
        href = element.get("href", "#")
        assert href.startswith(("#source-", "#event-", "https://evil.example.org/a%22onmouseover")) or href == "#"
    assert "\x1b" not in text and "\u202e" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_the_page_loads_nothing() -> None:
    page = lx.fromstring(html(hostile()))
    assert page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [
        "default-src 'none'; style-src 'unsafe-inline'"
    ]
    assert not page.xpath("//script | //img | //link | //iframe | //form | //@src | //*[starts-with(name(@*), 'on')]")
    assert "url(" not in page.xpath("string(//style)") and "@import" not in page.xpath("string(//style)")


@pytest.mark.parametrize("form", [plain, markdown])
def test_text_forms_hold_no_control_characters(form: object) -> None:
    text = form(hostile())  # type: ignore[operator]
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
    if form is markdown:
        assert "<script>" not in text.replace("\\<", "") and not re.search(r"(?<!\\)\]\(javascript:", text)


def test_what_we_put_into_a_sentence_looks_so_and_is_no_other_quotation() -> None:
    (deal,) = (event for event in strait().events if event.id == "ev-deal")
    said = replace(deal.headline, text=deal.headline.text.replace("Thursday", "Thursday [2025-05-15]"))
    page = lx.fromstring(html(replace(strait(), events=(replace(deal, headline=said),), quiet=())))
    assert page.xpath("//h2/span[@class='aside']/text()") == ["[2025-05-15]"]
    assert not page.xpath("//blockquote")
    reworded = replace(said, text="The ship is to be released.")
    page = lx.fromstring(html(replace(strait(), events=(replace(deal, headline=reworded),), quiet=())))
    assert page.xpath("//blockquote/text()") == [deal.headline.text]


def test_sections_leave_out_what_is_empty() -> None:
    (event,) = replace(strait(), events=strait().events[3:]).events
    assert [role for role, _ in sections(event)] == ["said"]
    bare = replace(event, statements=(), happened=Period.parse("2025-05"))
    assert list(sections(bare)) == []
    assert "happened: 2025-05" in plain(replace(strait(), events=(bare,)))
