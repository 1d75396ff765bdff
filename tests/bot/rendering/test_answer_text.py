"""What is shown of an answer: exact forms, and nothing of a stranger's text that acts."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.records import Answer, Citation, Note, Outcome, Sentence, Source
from bot.rendering.answer_text import markdown, plain, when
from bot.rendering.json_rows import as_json, dumps, run_row
from bot.rendering.links import deep_link, whereabouts
from bot.rendering.terminal import Screen, show_note, show_quotes, show_sentence, show_source, width, wrap
from index.records import Period
from index.text.printable import clean, line

TERMINAL = Screen(width=40, codes=True, color=True)
DAY = Period.parse("2024-05-14")


def cite(number: int = 1, quote: str = "will reopen on 3 June") -> Citation:
    return Citation(number=number, article_id=f"a{number}", version=1, start=10, end=10 + len(quote), quote=quote)


def source(
    number: int = 1, *, title: str = "Port to reopen", url: str = "https://courier.example/port", outlet: str = "Courier"
) -> Source:
    return Source(
        number=number,
        article_id=f"a{number}",
        version=1,
        title=title,
        outlet=outlet,
        agency="AFP",
        lang="en",
        url=url,
        published=DAY,
    )


def answer(
    *sentences: Sentence, notes: tuple[Note, ...] = (), outcome: Outcome = "answered", sources: tuple[Source, ...] = ()
) -> Answer:
    return Answer(
        id="id", question="When?", searched="When?", lang="en", outcome=outcome,
        sentences=sentences, sources=sources, notes=notes, retrieved=("a1", "a2"),
    )  # fmt: skip


TWO = answer(
    Sentence(text="The port will reopen on 3 June.", citations=(cite(), cite(), cite(2))),
    Sentence(text="Habrá una\nhuelga.", citations=(cite(2, "huelga"),), lang="es"),
    notes=(Note(kind="conflict", text="The union disagrees.", citations=(cite(2),)),),
    sources=(source(), replace(source(2, title="", url=""), agency="", copies=2, published=None)),
)


def test_plain_is_sentences_notes_sources() -> None:
    assert plain(TWO) == (
        "The port will reopen on 3 June. [1][2]\n"
        "Habrá una huelga. [2]\n"
        "\n"
        "The union disagrees. [2]\n"
        "\n"
        "[1] Port to reopen, Courier (AFP), 2024-05-14, en, https://courier.example/port\n"
        "[2] Courier, undated, en, +2 copies, a2"
    )  # fmt: skip


def test_dates_are_shown_as_precise_as_they_are() -> None:
    shown = [when(Period.parse(text)) for text in ("2023", "2023-10", "2023-10-18", "2023-10-18T07:30:05+02:00")]
    assert [*shown, when(None)] == ["2023", "2023-10", "2023-10-18", "2023-10-18 05:30 UTC", "undated"]


def test_an_answer_without_words_still_says_something() -> None:
    assert plain(answer(outcome="no_evidence")) == "No article in the library answers this: When?"


def test_json_holds_everything_and_is_json() -> None:
    row = json.loads(dumps(as_json(replace(TWO, as_of=Period.parse("2024-06")))))
    assert (row["schema"], row["outcome"], row["as_of"], row["retrieved"]) == (1, "answered", "2024-06", ["a1", "a2"])
    assert row["sentences"][1]["text"] == "Habrá una\nhuelga."
    assert row["sentences"][0]["citations"][0] == {
        "number": 1, "article_id": "a1", "version": 1, "start": 10, "end": 31, "quote": "will reopen on 3 June",
    }  # fmt: skip
    assert row["sources"][0]["published_to"] == "2024-05-15T00:00:00Z" and row["sources"][1]["published_from"] is None


def test_a_run_row_has_no_list_of_sources_and_each_citation_once() -> None:
    assert run_row(3, TWO) == {
        "id": 3,
        "retrieved": ["a1", "a2"],
        "answer": "The port will reopen on 3 June. Habrá una\nhuelga. The union disagrees.",
        "abstained": False,
        "citations": [{"doc_id": "a1", "quote": "will reopen on 3 June"}, {"doc_id": "a2", "quote": "will reopen on 3 June"},
                      {"doc_id": "a2", "quote": "huelga"}],
    }  # fmt: skip
    assert run_row("x", answer(outcome="no_evidence"))["abstained"] is True


def test_markdown_links_its_numbers_and_quotes_its_sources() -> None:
    text = markdown(TWO)
    assert text.startswith("## When?\n\nThe port will reopen on 3 June. [\\[1\\]](https://courier.example/port#:~:text=")
    assert "\\[2\\]" in text and "\n1. [Port to reopen](https://courier.example/port), Courier (AFP), 2024-05-14, en\n" in text
    assert "\n2. (no title), a2, Courier, undated" in text and "   > will reopen on 3 June" in text


def test_markdown_of_a_strangers_text_is_inert() -> None:
    evil = "# *x* [click](http://evil.example) <script> www.evil.example me@evil.example `c`"
    text = markdown(answer(Sentence(text=evil, citations=(cite(),)), sources=(source(title=evil),)))
    assert "](http://evil" not in text and "<script>" not in text.replace("\\<script\\>", "")
    assert not re.search(r"(?<!\\)[*`<]|https?://evil|www\.evil|[^\\]@", text)


# What acts on a terminal

ANY = st.text(st.characters(), max_size=60) | st.sampled_from(
    ["\x1b[31m", "\x9b2J", "\u202etxt", "a\r\nb", "\x1b]8;;x\x1b\\", "\ud800"]
)
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
OURS = re.compile(r"\x1b\[(?:0|1|2|36)m|\x1b\]8;;(?:https?://[!-~]*)?\x1b\\")


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    citation = Citation(number=1, article_id=draw(ANY), version=1, start=0, end=1, quote=draw(ANY))
    url = draw(st.sampled_from(["https://a.example/", "javascript:", "", "http://[", "https://a.example/\x1b\\"])) + draw(ANY)
    one = Source(
        number=1, article_id=citation.article_id, version=1, title=draw(ANY), outlet=draw(ANY), agency=draw(ANY),
        lang=draw(ANY), url=url, published=None, copies=draw(st.integers(0, 2)),
    )  # fmt: skip
    notes = (Note(kind="conflict", text=draw(ANY), citations=(citation,)),)
    made = answer(Sentence(text=draw(ANY), citations=(citation,)), notes=notes, sources=(one,))
    return replace(made, question=draw(ANY), searched=draw(ANY))


@given(answers())
def test_no_control_character_but_the_newline_comes_out(any_answer: Answer) -> None:
    for text in (plain(any_answer), markdown(any_answer), plain(replace(any_answer, sentences=(), notes=()))):
        assert not FORBIDDEN.search(text) and "\t" not in text
        text.encode("utf-8")


@given(answers(), st.integers(20, 100))
def test_on_a_terminal_only_our_own_codes_come_out(any_answer: Answer, columns: int) -> None:
    screen = Screen(width=columns, codes=True, color=True)
    blocks = [show_sentence(any_answer.sentences[0], any_answer.sources, screen)]
    blocks += [show_note(any_answer.notes[0], any_answer.sources, screen), show_source(any_answer.sources[0], screen)]
    for block in blocks:
        assert not FORBIDDEN.search(OURS.sub("", block))


@given(answers())
def test_json_lets_nothing_loose_and_loses_nothing(any_answer: Answer) -> None:
    text = dumps(as_json(any_answer))
    assert not FORBIDDEN.search(text) and "\n" not in text
    assert json.loads(text)["sentences"][0]["text"] == any_answer.sentences[0].text


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert "\n" not in line(text)


def test_marks_of_direction_that_scripts_need_stay() -> None:
    assert clean("\u200fابريل\u200e می\u200cخواهم") == "\u200fابريل\u200e می\u200cخواهم"


def test_no_codes_where_the_screen_has_none() -> None:
    for screen in (Screen(), Screen(width=40)):
        text = show_sentence(TWO.sentences[0], TWO.sources, screen) + show_source(TWO.sources[0], screen)
        assert "\x1b" not in text
    no_color = Screen(width=80, codes=True, color=False)
    assert "\x1b[36m" not in show_sentence(TWO.sentences[0], TWO.sources, no_color)
    assert "\x1b]8;;https://courier.example/port#" in show_sentence(TWO.sentences[0], TWO.sources, no_color)


# Wrapping


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=200), st.integers(10, 60))
def test_wrapping_keeps_every_character_in_order(text: str, columns: int) -> None:
    shown = line(text)
    wrapped = wrap(shown, Screen(width=columns), tail=[("[1]", "[1]")])
    assert wrapped.removesuffix("[1]").replace("\n", "").replace(" ", "") == shown.replace(" ", "")


def test_lines_fit_where_words_allow_it() -> None:
    texts = [
        "港务局局长林晓周二表示，北方航线将于下月恢复，首批货轮已经完成检修。“我们不会再拖延，”她说。",
        "قالت وزيرة النقل ليلى حداد يوم الثلاثاء إن الميناء سيعود إلى العمل الشهر المقبل",
        "The harbour director said on Tuesday that the port will reopen on 3 June 2024 👩‍👩‍👧 👍🏽",
        "กรุงเทพมหานคร เปิด ท่าเรือ ใหม่",
    ]
    for text in texts:
        lines = wrap(text, Screen(width=24), tail=[("[1]", "[1]")]).split("\n")
        assert max(map(width, lines)) <= 24 and len(lines) > 1
        assert not any(row.startswith(tuple("，。、”")) for row in lines)
    assert width("港a\u0301") == 3


def test_a_word_longer_than_the_screen_is_left_whole() -> None:
    url = "https://courier.example/" + "x" * 60
    assert url in wrap(f"See {url} now", TERMINAL).split("\n")


# Links


def test_text_fragments_are_whole_words_of_one_paragraph() -> None:
    def fragment(words: str) -> str:
        return unquote(deep_link("https://a.example/x", words).partition("#:~:text=")[2])

    assert fragment("a short quote") == "a short quote"
    assert fragment("one two three four five six seven eight nine") == "one two three four,six seven eight nine"
    assert fragment("first words of one paragraph\n\nand the last of another") == "first words of one,the last of another"
    assert fragment(
        "这座桥可以使用一百年。首列货车，运送了茶叶。四十个集装箱，来自北岭。周五通车。共五十年。他说。谢谢。再见。完。"
    ).startswith("这座桥可以使用一百年。")
    assert "-" not in deep_link("https://a.example/x", "well-known, a-b").partition("text=")[2]
    assert deep_link("https://a.example/x#part", "words") == "https://a.example/x#part:~:text=words"


def test_quotes_are_shown_in_their_passage() -> None:
    text = "Before it. The port will reopen on 3 June. After it."
    assert show_quotes(text, [(11, 42)], Screen(width=60)) == "Before it.\n**The port will reopen on 3 June.**\nAfter it."
    assert "\x1b[1mThe port will reopen on 3 June.\x1b[0m" in show_quotes(text, [(11, 42)], TERMINAL)


def test_quotes_that_stand_together_share_what_stands_around_them() -> None:
    text = "Before it. The port will reopen on 3 June. In between. It was closed for a winter. After it."
    shown = show_quotes(text, [(11, 42), (55, 82)], Screen(width=80))
    assert shown == ("Before it.\n**The port will reopen on 3 June.**\nIn between.\n**It was closed for a winter.**\nAfter it.")
    apart = show_quotes(text[:42] + " x" * 400 + text[42:], [(11, 42), (855, 882)], Screen(width=80))
    assert apart.count("...") == 2 and "\n\n" in apart


@pytest.mark.parametrize(
    ("url", "id", "shown"),
    [
        ("https://ann:pw@news.example/1?q=a@b", "x", "https://news.example/1?q=a@b"),
        ("ftp://news.example/1", "row-7", "row-7"),
        ("javascript:alert(1)", "row-7", "row-7"),
        ("", "https://ann:pw@news.example/1", "https://news.example/1"),
        ("", "ftp://ann:pw@news.example/1", "ftp://news.example/1"),
        ("", "jan/a@b.txt", "jan/a@b.txt"),
    ],
)
def test_an_address_is_shown_without_its_user_and_only_if_it_is_one(url: str, id: str, shown: str) -> None:
    assert whereabouts(url, id) == shown
