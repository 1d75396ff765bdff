"""The page without a browser: what the server writes, for readers without a script and for attackers."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from lxml import html

from bot.web import views
from bot.web.access import cookie_of
from index import Article, Index, Period
from tests.support.site import Site, running_site

QUESTION = "When will the port of Sarvella reopen?"
SECRET = "a-secret-of-twenty-four"


def page(response: httpx.Response, status: int = 200) -> html.HtmlElement:
    assert response.status_code == status, response.text
    assert response.headers["content-type"].startswith("text/html")
    return html.fromstring(response.text)


def asked(site: Site, question: str = QUESTION, **more: str) -> httpx.Response:
    return site.client.post("/ask", data={"q": question} | more, follow_redirects=True)


def test_a_form_leads_to_the_address_of_the_answer(site: Site) -> None:
    response = asked(site)
    shown = page(response)
    assert re.fullmatch(r"/a/[0-9a-f]{32}", urlsplit(str(response.url)).path)
    assert shown.xpath("//h2[@class='question']")[0].text == QUESTION
    assert "3 June" in shown.xpath("//div[contains(@class, 'sentence ')]/p")[0].text_content()
    chip = shown.xpath("//a[@class='chip']")[0]
    assert [part.text for part in chip] == ["Source", "1", "Coast Courier", "14 May 2024", "en"]
    assert page(site.client.get(str(response.url))).text_content() == shown.text_content()


def test_a_citation_opens_its_article_at_the_words(site: Site) -> None:
    shown = page(asked(site))
    chip = shown.xpath("//a[@class='chip']")[0]
    beside = page(site.client.get(chip.get("href")))
    (mark,) = beside.xpath("//aside//mark[@id='cited']")
    assert "reopen on 3 June" in mark.text_content() and beside.xpath("//body/@class")[0].split() == ["desk", "reading"]
    assert beside.xpath("//a[@class='chip'][@aria-current='true']")
    alone = page(site.client.get(chip.get("data-read").replace("&fragment=1", "")))
    assert alone.xpath("//mark")[0].text_content() == mark.text_content()
    (original,) = beside.xpath("//p[@class='original']/a/@href")
    assert original.startswith("https://courier.example/news/port-reopens#:~:text=")


def test_a_conversation_follows_and_is_shown_whole(site: Site) -> None:
    first = page(asked(site, "Who is Mira Osei?"))
    (parent,) = first.xpath("//form[contains(@class, 'ask ')]//input[@name='parent']/@value")
    second = page(asked(site, "What did she say?", parent=parent))
    assert [one.text for one in second.xpath("//h2[@class='question']")] == ["Who is Mira Osei?", "What did she say?"]
    opened = second.xpath("(//article)[1]//a[@class='chip']/@href")[0]
    assert page(site.client.get(opened)).xpath("//aside//mark")


def test_what_a_question_was_narrowed_by_can_be_taken_back(site: Site) -> None:
    shown = page(asked(site, "What happened to the port of Sarvella according to the Coast Courier?"))
    (chip,) = shown.xpath("//form[contains(@class, 'narrowed')]/button")
    assert "Coast Courier" in chip.text and chip.get("value") == "outlet" and "Coast Courier" in chip.get("aria-label")
    fields = {one.get("name"): one.get("value") for one in shown.xpath("//form[contains(@class, 'narrowed')]/input")}
    again = site.client.post("/ask", data=fields | {"without": "outlet"}, follow_redirects=True)
    assert not page(again).xpath("//form[contains(@class, 'narrowed')]") and "w=outlet" in str(again.url)


def test_a_refusal_is_shown_as_what_it_is(site: Site) -> None:
    shown = page(asked(site, "Who won the chess title in Oslo?"))
    assert "No evidence found" in shown.xpath("//li[@class='searched']")[0].text_content()
    assert not shown.xpath("//div[@class='sentences']/div")


def test_a_greeting_is_no_question_and_no_search(site: Site) -> None:
    shown = page(asked(site, "hello"))
    assert shown.xpath("//li[@class='reply']") and not shown.xpath("//div[@class='sentences']/div")
    with site.client.stream("POST", "/ask", data={"q": "hello"}, headers={"Accept": "text/event-stream"}) as got:
        kinds = re.findall("(?m)^event: (.*)$", got.read().decode())
    assert kinds[0] == "begun" and kinds[-1] == "done"


def test_quotes_by_speaker_and_the_check_of_a_draft(site: Site) -> None:
    said = page(site.client.get("/quotes?speaker=Osei"))
    assert "Osei" in said.xpath("//section[@class='speaker']/h2")[0].text
    assert any("another winter" in one.text_content() for one in said.xpath("//blockquote"))
    assert "write 2023" in page(site.client.get("/quotes?since=soon")).xpath("//p[@role='alert']")[0].text
    draft = "She said “We will not wait for another winter,”\r\nand “we love the winter very much indeed.”"
    checked = page(site.client.post("/check", data={"text": draft}))
    assert [one.get("class") for one in checked.xpath("//p[@class='checked']/mark")] == ["exact", "nowhere"]
    assert [one.text for one in checked.xpath("//main//h1 | //main//h2")] == ["Quote check", "Result"]
    assert checked.xpath("//p[@class='checked']")[0].text_content() == draft.replace("\r\n", "\n")
    article = checked.xpath("//ol[@class='proofs']//a/@href")[0]
    assert "We will not wait for another winter," in page(site.client.get(article)).xpath("//mark")[0].text_content()


def test_the_check_says_in_the_reader_s_language_that_a_speaker_is_not_confirmed(site: Site) -> None:
    draft = {"text": "工程师林晓说：“这座桥可以使用一百年。”\n\n“We will not wait for another winter,” said Anna Osei."}
    checked = page(site.client.post("/check", data=draft, headers={"Accept-Language": "de"}))
    assert [one.get("class") for one in checked.xpath("//ol[@class='proofs']/li")] == ["exact", "unconfirmed"]
    told = [one.text_content() for one in checked.xpath("//p[@class='difference']")]
    assert told[0] == "gesagt von 工程师林晓 [bestätigt]" and "nicht eindeutig, dass Anna Osei" in told[1]


def test_briefings_are_listed_and_read(site: Site) -> None:
    body = {"beat": "pages", "topics": ["the port of Sarvella"], "since": "2024-05", "until": "2024-05", "keep": True}
    made = site.client.post("/v1/briefings", json=body).json()
    listed = page(site.client.get("/briefings"))
    assert f"/briefings/{made['id']}" in listed.xpath("//ol/li/a/@href")
    shown = page(site.client.get(f"/briefings/{made['id']}"))
    assert made["events"][0]["sentences"][0]["text"] in shown.text_content()
    page(site.client.get("/briefings/none", headers={"Accept": "text/html"}), 404)


def test_the_api_is_described_without_anybody_elses_script(site: Site) -> None:
    shown = page(site.client.get("/docs"))
    assert "POST /v1/ask" in [one.text_content() for one in shown.xpath("//section/h2")]
    assert shown.xpath("//script/@src") == ["/static/page.js"]


@pytest.mark.parametrize(
    ("wishes", "own", "lang"),
    [
        ("", "", "en"), ("de-AT,de;q=0.9,en;q=0.8", "", "de"), ("it, fr;q=0.4, es;q=0.7", "", "es"), ("xx;q=nonsense", "", "en"),
        ("de", "pl", "pl"),
    ],
)  # fmt: skip
def test_the_page_speaks_a_language_that_its_reader_wants(wishes: str, own: str, lang: str) -> None:
    assert views.preferred(wishes, own) == lang


def test_the_page_is_in_the_readers_language(site: Site) -> None:
    shown = page(site.client.get("/", headers={"Accept-Language": "de"}))
    assert shown.get("lang") == "de" and "Ihre Frage" in shown.text_content()


# What attackers write ----------------------------------------------------------------------------------------------------------

SCRIPT = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
EVIL = Article(
    id="evil/<b>1</b>?x=1#y", lang="en", title=f"Kiln {SCRIPT} \u202eevil", outlet=f"Gazette\"'> {SCRIPT}",
    authors=(SCRIPT,), url="javascript:document.title='owned'", published=Period.parse("2024-05-07"),
    text=f"The kiln of Tressel was fired again on Monday after nine winters {SCRIPT}.\n\n"
    "“We burn \u202ereversed\u202c clay,” said its potter, Jorun Adeyo, in Tressel.",
)  # fmt: skip


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("attacked") / "library"
    with Index(folder) as index:
        index.add([EVIL])
    return folder


@pytest.mark.model
@pytest.mark.slow
def test_what_an_article_says_does_not_act(attacked: Path) -> None:
    with running_site(attacked) as site:
        answer = asked(site, "When was the kiln of Tressel fired again?")
        shown = page(answer)
        assert "nine winters" in shown.text_content()
        pages = [answer, site.client.get(shown.xpath("//a[@class='chip']/@href")[0]), site.client.get("/quotes?speaker=Adeyo")]
        pages += [site.client.get(shown.xpath("//a[@class='chip']/@data-read")[0]), asked(site, SCRIPT)]
        pages += [site.client.post("/check", data={"text": f"“{SCRIPT}” and “was fired again on Monday after nine winters”"})]
        pages += [
            site.client.get("/quotes", params={"speaker": SCRIPT}),
            site.client.get("/login", params={"to": f'"{SCRIPT}'}),
        ]
        for response in pages:
            tree = page(response)
            assert not tree.xpath("//img") and set(tree.xpath("//script/@src")) <= {"/static/page.js"}
            assert not [
                one for one in tree.iter() if isinstance(one.tag, str) and any(name.startswith("on") for name in one.attrib)
            ]
            assert not tree.xpath("//script[not(@src)] | //style | //*[@style] | //b")
            assert all(urlsplit(link).scheme in ("", "http", "https") for link in tree.xpath("//@href | //@src | //@action"))
            assert "\u202e" not in response.text
        with site.client.stream(
            "POST", "/ask", data={"q": "When was the kiln fired?"}, headers={"Accept": "text/event-stream"}
        ) as got:
            streamed = got.read().decode()
        assert "event: done" in streamed and "<script" not in streamed and "<img" not in streamed and "\u202e" not in streamed


# Logging in --------------------------------------------------------------------------------------------------------------------


def test_a_browser_logs_in_with_a_token(folder: Path) -> None:
    with running_site(folder, tokens={"": SECRET}, rate=1000) as site:
        browser = {"Accept": "text/html"}
        sent = site.client.get("/quotes", headers=browser)
        assert sent.status_code == 303 and sent.headers["location"] == "/login?to=/quotes"
        page(site.client.get(sent.headers["location"]))
        assert "not known" in page(site.client.post("/login", data={"token": "wrong", "to": "/"}), 401).text_content()
        for to, back in (("/quotes", "/quotes"), ("//evil.example", "/"), ("https://evil.example", "/"), ("/\\evil", "/")):
            entered = site.client.post("/login", data={"token": SECRET, "to": to})
            assert entered.status_code == 303 and entered.headers["location"] == back
        cookie = entered.headers["set-cookie"]
        assert SECRET not in cookie and cookie_of(SECRET) in cookie and "HttpOnly" in cookie and "SameSite=lax" in cookie
        page(site.client.get("/quotes", headers=browser))


def test_behind_a_proxy_all_links_lie_under_its_path(folder: Path) -> None:
    with running_site(folder, root_path="/news") as site:
        shown = page(site.client.get("/"))
        links = shown.xpath("//@href | //@src | //@action")
        assert all(link.startswith(("/news/", "#")) for link in links)
        assert asked_at(site).headers["location"].startswith("/news/a/")


def asked_at(site: Site) -> httpx.Response:
    return site.client.post("/ask", data={"q": QUESTION})
