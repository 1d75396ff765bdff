"""Pages, dates, credits and feeds. The pages in tests/data/pages are ours; beside each is what is in it."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import SourceError
from index.ingest.formats.encoding import HELP, decode
from index.ingest.formats.feed import feed
from index.ingest.formats.html import html
from index.ingest.formats.markup import fragment
from index.ingest.http.urls import canonical
from index.ingest.publication_date import of_url, parse
from index.text.credits import agency, furniture
from tests.support import ROOT, reads_without_an_error

PAGES = ROOT / "tests" / "data" / "pages"
PROSE = (
    "The harbour office said on Wednesday that the ferry would run again from next week, after a winter of repairs to both "
    "landing stages. The council has promised the shopkeepers of the island help with their rents until June."
)


def body(text: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body><article><h1>Ferry</h1>{text}</article></body></html>".encode()


# --- pages --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(path.stem for path in PAGES.glob("*.html")))
def test_pages(name: str) -> None:
    expected = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    found = html((PAGES / f"{name}.html").read_bytes(), expected["url"])
    seen = {
        "title": found.title,
        "outlet": found.outlet,
        "authors": list(found.authors),
        "agency": found.agency,
        "published": str(found.published) if found.published else None,
        "date_source": found.date_source,
        "lang": found.lang,
        "canonical": found.url,
    }
    assert {key: seen[key] for key in seen if key in expected} == {key: expected[key] for key in seen if key in expected}
    assert "Dahl" in found.text
    assert "Terms" not in found.text
    assert "Read also" not in found.text
    assert found.extractor.startswith("trafilatura ")


@pytest.mark.parametrize(
    ("data", "charset", "expected"),
    [
        ("mañana".encode(), "", "mañana"),
        ("mañana".encode("latin-1"), "iso-8859-1", "mañana"),
        ("mañana".encode(), "iso-8859-1", "mañana"),  # UTF-8 wins over any label
        ("\ufeffmañana".encode(), "iso-8859-1", "mañana"),
        ("\ufeffmañana".encode("utf-16-le"), "", "mañana"),
        ('<meta charset="windows-1251">Москва'.encode("cp1251"), "", '<meta charset="windows-1251">Москва'),
        ("“quoted”".encode("cp1252"), "iso-8859-1", "“quoted”"),
        (b"a\0b", "", "ab"),
        (b"aGVsbG8=", "base64", "aGVsbG8="),
    ],
)
def test_decoding(data: bytes, charset: str, expected: str) -> None:
    assert decode(data, charset) == expected


@given(st.binary(max_size=300), st.sampled_from(["", "utf-8", "utf-16", "shift_jis", "idna", "zlib", "unicode_escape", "x"]))
def test_decoding_gives_text_or_one_line(data: bytes, charset: str) -> None:
    try:
        assert "\0" not in decode(data, charset)
    except UnicodeError as error:
        assert str(error) == HELP


HOSTILE = {
    "deep": "<div>" * 10_000 + f"<p>{PROSE}</p>" * 5 + "</div>" * 10_000,
    "deep inline": "<b><i>" * 8_000 + PROSE,
    "deep tables": "<table><tr><td>" * 4_000 + PROSE,
    "line breaks": "<br>" * 300_000,
    "attributes": "<p " + " ".join(f"a{number}=1" for number in range(100_000)) + f">{PROSE}</p>",
    "many long tags": ("<p " + " ".join(f"a{number}=1" for number in range(1300)) + ">" + PROSE) * 300,
    "open brackets": "<" * 1_000_000,
    "open comments": "<!--" * 10_000,
    "deep JSON-LD": f"<script type='application/ld+json'>{'[' * 100_000}</script><p>{PROSE}</p>",
    "many dates": "<meta name=date content='some 2023 words here'>" * 9_000 + PROSE,
    "one line": "word " * 900_000,
    "NULs": "\0".join(f"<p>{PROSE}</p>" * 3),
    "entities": "&amp;&#x41;&bogus;&#xD800;&#99999999999;" * 20_000,
    "too large": "x" * 25_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_give_text_or_one_clear_line(name: str) -> None:
    try:
        found = html(f"<html><body>{HOSTILE[name]}</body></html>".encode(), "https://news.test/a")
    except SourceError as error:
        assert str(error).startswith("https://news.test/a: ")
        assert str(error).isprintable()
    else:
        assert found.text.strip()


def test_an_entity_bomb_does_not_grow() -> None:
    names = "abcdefghij"
    bomb = "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in pairwise(names))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{bomb}]>'
    page = f"{head}<html><body><p>&j;</p><p>{PROSE}</p></body></html>"
    assert len(html(page.encode(), "https://news.test/a").text) < 2_000
    rss = f"{head}<rss><channel><item><title>&j;</title></item></channel></rss>"
    assert sum(len(entry.title) for entry in feed(rss.encode())) < 2_000


@pytest.mark.parametrize(
    "data", [b"", b"   ", b"\0\0\0", b"<html></html>", b"not a page", b"\xff\xfe\x00", b"<html><body><nav>Home</nav>"]
)
def test_pages_without_an_article(data: bytes) -> None:
    with pytest.raises(SourceError):
        html(data, "https://news.test/a")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="<>/pdivabr=\"' &;!-[]\n\0é", max_size=400))
def test_no_page_escapes_as_another_exception(source: str) -> None:
    try:
        html(source.encode(), "https://news.test/a")
    except SourceError as error:
        assert error.why


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("https://www.paper.co.uk/story", "https://www.paper.co.uk/story"),
        ("https://other.co.uk/story", "https://news.paper.co.uk/a"),
        ("/story", "https://news.paper.co.uk/story"),
        ("http://[", "https://news.paper.co.uk/a"),
        ("javascript:alert(1)", "https://news.paper.co.uk/a"),
        ("", "https://news.paper.co.uk/a"),
    ],
)
def test_a_page_may_not_claim_to_be_another_sites(claim: str, expected: str) -> None:
    page = body(f"<p>{PROSE}</p>", f'<link rel="canonical" href="{claim}">')
    assert html(page, "https://news.paper.co.uk/a").url == expected


# --- dates --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("2023", "", "2023"),
        ("2023-10", "", "2023-10"),
        ("2023-10-18", "", "2023-10-18"),
        ("2023/10/18", "", "2023-10-18"),
        ("20231018T073000Z", "", "2023-10-18T07:30:00Z"),
        ("2023-10-18T07:30:00+02:00", "", "2023-10-18T05:30:00Z"),
        ("2023-10-18 07:30", "", "2023-10-18T07:30:00Z"),
        ("2023-10-18T00:00:00+02:00", "", "2023-10-18"),
        ("Wed, 18 Oct 2023 07:30:00 GMT", "", "2023-10-18T07:30:00Z"),
        ("18 Oct 2023", "", "2023-10-18"),
        ("Oct. 18, 2023", "en", "2023-10-18"),
        ("October 2023", "en", "2023-10"),
        ("18 de octubre de 2023", "es", "2023-10-18"),
        ("octubre de 2023", "es", "2023-10"),
        ("18 octobre 2023 à 07h30", "fr", "2023-10-18T07:30:00Z"),
        ("18. Oktober 2023, 7:30 Uhr", "de", "2023-10-18T07:30:00Z"),
        ("18 de outubro de 2023", "pt", "2023-10-18"),
        ("18 октября 2023", "ru", "2023-10-18"),
        ("١٨ أكتوبر ٢٠٢٣", "ar", "2023-10-18"),
        ("2023年10月18日", "zh", "2023-10-18"),
        ("2023년 10월 18일", "ko", "2023-10-18"),
        ("03/04/2023", "en", "2023-03-04"),
        ("03/04/2023", "es", "2023-04-03"),
        ("18/10/2023", "en", "2023-10-18"),
        ("yesterday", "en", None),
        ("3 hours ago", "en", None),
        ("0001-01-01T00:00:00Z", "", None),
        ("1970-01-01T00:00:00Z", "", None),
        ("2023-13-45", "", None),
        ("", "", None),
    ],
)
def test_dates_keep_their_precision(text: str, lang: str, expected: str | None) -> None:
    found = parse(text, lang)
    assert (str(found) if found else None) == expected


@given(st.text(max_size=60))
@settings(max_examples=40, deadline=None)
def test_no_date_raises(text: str) -> None:
    reads_without_an_error(parse, text)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/2023/10/18/ferry", "2023-10-18"),
        ("/news/2023-10-18-ferry.html", "2023-10-18"),
        ("/news/20231018/ferry", "2023-10-18"),
        ("/2023/oct/18/ferry", "2023-10-18"),
        ("/2023/10/ferry", "2023-10"),
        ("/article/202310/ferry", "2023-10"),
        ("/ferry-2023", None),
        ("/world-50473792", None),
        ("/a?date=2023-10-18", None),
    ],
)
def test_dates_in_urls(path: str, expected: str | None) -> None:
    found = of_url("https://news.test" + path)
    assert (str(found) if found else None) == expected


# --- credits ------------------------------------------------------------------------------------------------------------------

STORY = (
    "\n\nThe second paragraph cites TASS and, according to Reuters, others too, in many more words.\n\nIt ends in a sentence."
)


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("PARIS, Oct 18 (Reuters) - The minister said.", "Reuters"),
        ("Madrid, 18 oct (EFE).- El ministro dijo.", "EFE"),
        ("MADRID, 18 Oct. (EUROPA PRESS) -", "Europa Press"),
        ("MOSCOW, October 18. /TASS/. The minister said.", "TASS"),
        ("МОСКВА, 18 окт - РИА Новости. Министр сказал.", "RIA Novosti"),
        ("SEOUL, Oct. 18 (Yonhap) -- The minister said.", "Yonhap"),
        ("Pyongyang, October 18 (KCNA) -- The minister said.", "KCNA"),
        ("Berlin (dpa) - Der Minister sagte.", "dpa"),
        ("(ANSA) - ROMA, 18 OTT - Il ministro ha detto.", "ANSA"),
        ("Lisboa, 18 out 2023 (Lusa) - O ministro disse.", "Lusa"),
        ("新华社北京10月18日电 部长说。", "Xinhua"),
        ("【AFP=時事】大臣は話した。", "AFP"),
        ("(서울=연합뉴스) 장관이 말했다.", "Yonhap"),
        ("CIUDAD DE MÉXICO (AP) — El ministro dijo.", "AP"),
        ("DHAKA, Oct 18 (QXN) - The minister said.", "QXN"),
        ("By Ada Finch, Associated Press", "AP"),
        ("By Ada Finch", ""),
        ("London (2023) - The minister said.", ""),
        ("The minister told Reuters (2023) - he said.", ""),
    ],
)
def test_agencies_in_datelines(opening: str, expected: str) -> None:
    assert agency(opening + STORY) == expected


@pytest.mark.parametrize(
    ("closing", "expected"),
    [
        ("With information from Europa Press and EFE", "EFE, Europa Press"),
        ("With information from Europa Press and EFE date 2023-10", "EFE, Europa Press"),
        ("Con información de EFE y AP", "AP, EFE"),
        ("(avec AFP et Reuters)", "AFP, Reuters"),
        ("Mit Material von dpa", "dpa"),
        ("Com informações da Reuters", "Reuters"),
        ("По материалам РИА Новости", "RIA Novosti"),
        ("Источник: ТАСС", "TASS"),
        ("来源：新华社", "Xinhua"),
        ("dpa/AFP", "AFP, dpa"),
        ("He left the city. (AFP)", "AFP"),
        ("El ministro dejó la ciudad. EFE", "EFE"),
        ("Reporting by Ada Finch; Editing by Bo Reed", "Reuters"),
        ("Photo: AFP", ""),
        ("Foto: EFE", ""),
        ("The minister arrives in Lima (AFP)", ""),
        ("He said so to the AP.", ""),
        ("With files from AP in hand, the judge ruled that the minister must appear before the court.", ""),
    ],
)
def test_agencies_in_closing_lines(closing: str, expected: str) -> None:
    assert agency("The minister spoke on Monday, TASS said.\n\nHe left, according to Reuters.\n\n" + closing) == expected


def kinds(text: str) -> list[tuple[str, str]]:
    return [(kind, text[start:end]) for start, end, kind in furniture(text)]


def test_captions_copies_and_credits() -> None:
    text = (
        "The minister spoke on Monday in the capital.\n"
        "The minister at the rostrum of the assembly (KCNA via Reuters)\n"
        "The minister at the rostrum of the assembly (KCNA via Reuters) (KCNA/)\n"
        "He said that the talks would go on (he gave no date).\n"
        "Foto: EFE\n"
        "(Europa Press)\n"
        "La ministra llega al puerto de Lima. Foto: AFP\n"
        "He added nothing.\n"
        "With information from EFE"
    )
    assert kinds(text) == [
        ("copy", "The minister at the rostrum of the assembly (KCNA via Reuters)"),
        ("caption", "The minister at the rostrum of the assembly (KCNA via Reuters) (KCNA/)"),
        ("credit", "Foto: EFE"),
        ("credit", "(Europa Press)"),
        ("caption", "La ministra llega al puerto de Lima. Foto: AFP"),
        ("closing", "With information from EFE"),
    ]
    assert agency(text) == "EFE"


def test_prose_is_no_furniture() -> None:
    text = "He was asked about his image: that it is hard to connect with voters.\nThe film (2019) ran for a year.\nShe left."
    assert furniture(text) == []


@given(st.text(max_size=400))
@settings(deadline=None)
def test_spans_are_in_order_and_inside(text: str) -> None:
    spans = furniture(text)
    assert all(0 <= start < end <= len(text) for start, end, _ in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    agency(text)


@pytest.mark.parametrize("unit", [" ", "(", "(AFP", "AFP ", "Foto: ", "- ", "/", "A. ", "\n", "(AFP)\n"])
def test_credits_of_hostile_text_take_linear_time(unit: str) -> None:
    """Quadratic time would be hours here."""
    text = unit * (200_000 // len(unit))
    assert agency(text) in ("", "AFP")
    assert all(kind in ("credit", "copy", "caption", "closing") for _, _, kind in furniture(text))


# --- addresses ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/a/talks?id=7",
        "http://www.news.example/a/talks/?id=7#top",
        "https://m.news.example/a/talks?utm_source=x&id=7&fbclid=1",
        "https://amp.news.example/a/talks?id=7",
        "https://news.example/a/talks/amp/?id=7&outputType=amp",
        "https://news.example/amp/a/talks?id=7",
        "https://www.google.com/amp/s/news.example/a/talks?id=7",
        "https://news-example.cdn.ampproject.org/c/s/news.example/a/talks?id=7",
        "HTTPS://NEWS.example:443//a/talks/index.html?id=7",
    ],
)
def test_one_article_has_one_address(url: str) -> None:
    assert canonical(url) == "https://news.example/a/talks?id=7"


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8000/a.html?id=7", "https://news.example:8443/a", "/no/url", "file.txt", "http://["]
)
def test_addresses_left_alone(url: str) -> None:
    assert canonical(url) == url


@given(st.from_regex(r"https?://(www\.|m\.)?[a-z]{1,5}\.(com|example)/[a-z/.?=&#]{0,30}", fullmatch=True))
def test_canonical_is_stable(url: str) -> None:
    assert canonical(canonical(url)) == canonical(url)


# --- feeds --------------------------------------------------------------------------------------------------------------------

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Norby Post</title><language>en-gb</language><link>https://norby.example/</link>
<item><title>Ferry &amp;amp; harbour</title><link>/news/ferry</link><guid isPermaLink="false">n1</guid>
<pubDate>Wed, 18 Oct 2023 07:30:00 +0200</pubDate><dc:creator>Mara Lind</dc:creator><description>Short.</description>
<content:encoded><![CDATA[<p>NORBY, Oct 18 (AFP) - The ferry will run again.</p><script>x()</script>
<p>It was out<br>all winter.</p>]]></content:encoded>
</item>
<item><title>Undated</title><link>javascript:alert(1)</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="es"><title>El Faro</title>
<entry><id>tag:elfaro.example,2023:1</id><title>Vuelve el barco</title><link href="https://elfaro.example/barco"/>
<published>2023-10</published><updated>2023-11-01T00:00:00Z</updated><summary>El barco vuelve.</summary></entry></feed>"""


def test_rss() -> None:
    first, second = feed(RSS.encode(), "https://norby.example/feed.xml")
    assert (first.id, first.url, first.title) == ("n1", "https://norby.example/news/ferry", "Ferry & harbour")
    assert first.text == "NORBY, Oct 18 (AFP) - The ferry will run again.\nIt was out\nall winter."
    assert (first.outlet, first.lang, first.authors, first.agency) == ("The Norby Post", "en", ("Mara Lind",), "AFP")
    assert str(first.published) == "2023-10-18T05:30:00Z"
    assert (second.url, second.published) == ("", None)


def test_atom_keeps_a_month_a_month() -> None:
    (entry,) = feed(ATOM.encode(), "https://elfaro.example/feed")
    assert (str(entry.published), entry.lang, entry.text) == ("2023-10", "es", "El barco vuelve.")


@pytest.mark.parametrize("data", [b"", b"/etc/passwd", b"https://norby.example/", b"<html><body>no</body></html>", b"\0" * 100])
def test_what_is_no_feed_is_not_opened(data: bytes) -> None:
    with pytest.raises(SourceError, match="not a feed"):
        feed(data, where="x")


@pytest.mark.parametrize(
    ("head", "named"),
    [
        ('<link rel="alternate" type="application/rss+xml" href="/rss.xml">', "https://norby.example/rss.xml"),
        (
            "<LINK href='feed/atom?a=1&amp;b=2' TYPE='application/atom+xml' REL='alternate'>",
            "https://norby.example/feed/atom?a=1&b=2",
        ),
        ("<link rel=alternate type=application/feed+json href=https://cdn.example/feed.json>", "https://cdn.example/feed.json"),
        (
            '<link rel="alternate" hreflang="de" href="/de"><link rel="home alternate" type="application/rdf+xml" href="/r">',
            "/r",
        ),
        ("".join(f'<link rel="alternate" type="application/rss+xml" href="/{n}">' for n in range(5)), "and 2 more"),
    ],
)
def test_a_page_given_as_a_feed_names_the_feeds_it_links_to(head: str, named: str) -> None:
    page = f"<!doctype html><html><head><title>Norby</title>{head}</head><body><p>News of Norby.</p></body></html>"
    with pytest.raises(SourceError, match="not a feed but a page; it links to ") as error:
        feed(page.encode(), "https://norby.example/")
    assert named in error.value.why


def test_a_damaged_feed_gives_what_can_be_read() -> None:
    assert len(feed(RSS[: RSS.index("<item><title>Undated")].encode())) == 1


def test_fragments() -> None:
    assert (
        fragment("a <b>bold</b> &amp; plain<p>next<script>x()</script><!-- c --> line</p>tail")
        == "a bold & plain\nnext line\ntail"
    )
    assert fragment("no tags") == "no tags"
    assert fragment("<" * 100_000)


# --- measured over ../shared --------------------------------------------------------------------------------------------------


def test_extraction_floor(shared: Path) -> None:
    """The rows that scripts/eval.py prints, on a quarter of the pages, and every feed file."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("extraction", ROOT / "scripts/evals/extraction.py")
    assert spec and spec.loader
    extraction = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(extraction)
    rows = {measure: value for _, measure, value, _ in extraction.run(shared, True)}
    assert rows["F1"] >= 0.94
    assert rows["F1 less the library's own"] >= 0
    assert rows["files"] > 90
