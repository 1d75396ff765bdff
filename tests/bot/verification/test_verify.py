"""bot/verification/verify.py: what stands in the cited passage passes, everything else is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.verification import verify
from bot.verification.facts import figures, strangers
from bot.verification.meaning import turned
from bot.verification.verify import Source, check, difference, locate, nearly, quoted, verdict
from index.records import Passage, Period, passage_id
from index.text import quotation_marks

ENGLISH = (
    "The harbour of Norwick reopened on Monday, 6 May 2024, after eleven weeks. The port authority said more than 1,200 "
    "containers were waiting. “We will not rest until the last ship is unloaded,” said its director, Mara Olsen. "
    "The union may strike again in October, according to the Norwick Herald."
)
SPANISH = (
    "El puerto de Norwick reabrió el lunes tras once semanas. La autoridad portuaria dijo que esperaban más de mil doscientos "
    "contenedores. «No descansaremos», dijo su directora, Mara Olsen. El sindicato podría ir de nuevo a la huelga en octubre."
)
OTHER = "The mayor of Brightwater said: “The tunnel is safe for everybody who uses it.” Work ends in 2026."


def source(number: int, text: str, lang: str = "en") -> Source:
    passage = Passage(
        id=passage_id(f"a{number}", 1, 0, len(text)),
        article_id=f"a{number}",
        version=1,
        start=0,
        end=len(text),
        text=text,
        lang=lang,
        outlet="Norwick Herald",
        published=Period.parse("2024-05-07"),
        url=f"https://news.example/{number}",
    )
    return Source(number, passage, text)


SOURCES = (source(1, ENGLISH), source(2, SPANISH, "es"), source(3, OTHER))


@pytest.mark.parametrize(
    ("text", "cites", "lang"),
    [
        ("The harbour of Norwick reopened on Monday, 6 May 2024.", (1,), "en"),
        ("The port authority said more than 1,200 containers were waiting.", (1,), "en"),
        ("“We will not rest until the last ship is unloaded”, said Mara Olsen, the director.", (1,), "en"),
        ('The director said "We will not rest until the last ship is unloaded".', (1,), "en"),
        ("The union may strike again in October, according to the Norwick Herald.", (1,), "en"),
        ("El puerto de Norwick reabrió el lunes tras once semanas.", (2,), "es"),
    ],
)
def test_what_the_passage_says_passes(text: str, cites: tuple[int, ...], lang: str) -> None:
    checked = check(text, cites, SOURCES, lang)
    assert checked.reasons == () and checked.ok
    assert checked.support and all(ENGLISH[a:b] or True for a, b in (s.span for s in checked.support))


@pytest.mark.parametrize(
    ("text", "cites", "reason"),
    [
        ("The harbour of Norwick reopened on Monday.", (), "cites nothing"),
        ("The harbour of Norwick reopened on Monday.", (9,), "cites a passage that does not exist"),
        ("The harbour of Norwick reopened on Monday.", (1, 99), "cites a passage that does not exist"),
        ("The director said “We never rest until each ship is home”.", (1,), "quotation nowhere"),
        ("The director said “We will rest until the last ship is unloaded”.", (1,), "quotation altered"),
        ("The director said “The tunnel is safe for everybody who uses it”.", (1,), "quotation elsewhere"),
        ("The port authority said more than 1,300 containers were waiting.", (1,), "not in the source: 1,300"),
        ("The harbour of Norwick reopened on Tuesday, 6 May 2024.", (1,), "not in the source: weekday 2"),
        ("The union may strike again in November, according to the Norwick Herald.", (1,), "not in the source: month 11"),
        ("The director of the port authority, Anna Petrov, said containers were waiting.", (1,), "not in the source: Petrov"),
        (
            "The harbour of Norwick reopened, see https://evil.example/x for more.",
            (1,),
            "not in the source: https://evil.example/x",
        ),
        ("The harbour of Norwick reopened, write to desk@evil.example now.", (1,), "not in the source: desk@evil.example"),
        ("The union will strike again in October.", (1,), "dropped or added: modality"),
        ("The harbour of Norwick never reopened on Monday after eleven weeks.", (1,), "dropped or added: negation"),
        ("Fishing quotas in the northern sea were cut by ministers.", (1,), "too little of it"),
    ],
)
def test_what_it_does_not_say_is_named(text: str, cites: tuple[int, ...], reason: str) -> None:
    checked = check(text, cites, SOURCES, "en")
    assert not checked.ok
    assert any(r.startswith(reason) for r in checked.reasons), checked.reasons


def test_the_support_covers_what_is_quoted() -> None:
    checked = check("The director said “We will not rest until the last ship is unloaded”.", (1,), SOURCES, "en")
    assert checked.ok
    assert any("until the last ship" in ENGLISH[a:b] for a, b in (s.span for s in checked.support))


def test_punctuation_the_article_does_not_quote_moves_outside() -> None:
    checked = check("“The tunnel is safe,” said the mayor of Brightwater.", (3,), SOURCES, "en")
    assert checked.text == "“The tunnel is safe”, said the mayor of Brightwater."
    assert all(locate(q, OTHER) for q in quotation_marks.quotations(checked.text))


def test_numbers_pass_between_languages() -> None:
    assert strangers("Waiting: 1,200 containers, in October.", SOURCES[1:2], "en") == []
    assert strangers("Waiting: 1,500 containers, in November.", SOURCES[1:2], "en") == ["1,500", "month 11"]


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("We will not rest until the last ship is unloaded", "exact"),
        ("we will rest until the last ship is unloaded", "altered"),
        ("The tunnel is safe for everybody", "elsewhere"),
        ("Nobody will ever see those ships again", "nowhere"),
    ],
)
def test_the_four_verdicts(quote: str, expected: str) -> None:
    found = verdict(quote, SOURCES[:1], SOURCES)
    assert found.verdict == expected
    if expected == "altered":
        assert (
            "article: not rest" in found.difference or "article: We will not" in found.difference or "not" in found.difference
        )


def test_difference_shows_both_sides() -> None:
    assert difference("we will stop now", "we will not stop now") == "article: not | here: (nothing)"


def test_single_marks_count_from_three_words() -> None:
    assert quoted("She called it ‘a new beginning’ for the harbour's crews.") == ["a new beginning"]
    assert quoted("The harbour's crews didn't stop.") == []


def test_figures_leave_out_small_words() -> None:
    assert [text for text, _ in figures("one of the two ships lost 3 of eleven containers", "en")] == ["3", "eleven"]


@pytest.mark.parametrize(
    ("text", "evidence", "what"),
    [
        ("The mayor resigned.", "The mayor has not resigned.", ["negation"]),
        ("Kim supports the plan.", "Kim would be willing to support the plan.", ["modality"]),
        ("Lo confirmó.", "Presuntamente lo confirmó.", ["modality"]),
        ("The mayor said she resigned.", "According to the paper the mayor resigned.", []),
    ],
)
def test_turned(text: str, evidence: str, what: list[str]) -> None:
    lang = "es" if evidence.startswith("Presunt") else "en"
    assert turned(text, lang, evidence, lang) == what


WORDS = st.lists(
    st.sampled_from(["harbour", "reopened", "“We", "never”", "said,", "on", "6", "May.", "“no", "«yes»", "”", "and\nrest"]),
    min_size=1,
    max_size=12,
)


@given(st.lists(WORDS, min_size=1, max_size=4), st.data())
def test_any_stretch_of_the_article_is_found_as_shown(lines: list[list[str]], data: st.DataObject) -> None:
    text = "\n".join(" ".join(line) for line in lines)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    piece = text[start:end].strip()
    if piece:
        span = locate(quotation_marks.plain(piece), text)
        assert span is not None and quotation_marks.plain(text[span[0] : span[1]]) == quotation_marks.plain(piece)


@given(st.text(max_size=200), st.text(max_size=200))
def test_locate_and_nearly_never_point_at_other_words(quote: str, text: str) -> None:
    if span := locate(quote, text):
        assert quotation_marks.plain(text[span[0] : span[1]]) == quotation_marks.plain(quote)
    if near := nearly(quote, text):
        assert 0 <= near[0] < near[1] <= len(text)


@given(st.text(max_size=120), st.lists(st.integers(-2, 9), max_size=3))
def test_no_model_text_makes_check_fail_or_pass_without_a_source(text: str, cites: list[int]) -> None:
    checked = check(text, cites, SOURCES, "en")
    if checked.ok:
        assert checked.support and set(cites) <= {1, 2, 3}
    for quotation in quotation_marks.quotations(checked.text):
        assert not checked.ok or any(locate(quotation, s.text) or locate(verify.core(quotation), s.text) for s in SOURCES)


def test_a_name_from_elsewhere_in_the_article_is_not_let_in() -> None:
    text = (
        "President Ilona Varga opened the congress in Tarsk and thanked the city for its patience with the building works. "
        + "The hall was rebuilt in four years by masons from the whole region, who were paid by the day. " * 6
        + "The opposition leader, Pavel Dorn, accused the government of hiding the cost of the hall from parliament."
    )
    passage = Passage(id="p", article_id="a", version=1, start=0, end=len(text), text=text, lang="en")
    source = verify.Source(1, passage, text)
    good = "Pavel Dorn accused the government of hiding the cost of the hall from parliament."
    wrong = "Ilona Varga accused the government of hiding the cost of the hall from parliament."
    assert verify.check(good, (1,), [source], "en").ok
    checked = verify.check(wrong, (1,), [source], "en")
    assert not checked.ok and any("Varga" in reason for reason in checked.reasons)


def test_a_country_of_another_sentence_is_not_let_in() -> None:
    """Found with a real model: it exchanged the countries of a list for two others of the article."""
    text = (
        "Russia and Canada had sent observers to the fair. The trade ministers of Kenya and Peru, Joy Abara and Luis Quiroz, "
        "turned down a draft accord on tin at a dinner in Lima."
    )
    passage = Passage(id="p", article_id="a", version=1, start=0, end=len(text), text=text, lang="en")
    source = verify.Source(1, passage, text)
    assert verify.check("The trade ministers of Kenya and Peru turned down a draft accord on tin.", (1,), [source], "en").ok
    checked = verify.check("The trade ministers of Russia and Canada turned down a draft accord on tin.", (1,), [source], "en")
    assert not checked.ok and any("Canada" in reason for reason in checked.reasons)


HE = source(
    1,
    "At the council in Norwick, Mara Olsen criticized the meeting of Brandt and Sørli.\n\n“Brandt said that they discussed ways to "
    "cooperate. “A shipment of cranes to Harrow would violate several agreements of this house,” she said.\n\nOlsen said that it is "
    "hard to find a port that keeps fewer rules.",
)


@pytest.mark.parametrize(("who", "ok"), [("Olsen", True), ("Mara Olsen", True), ("Sørli", False)])
def test_somebody_whom_the_article_calls_she_there_may_be_named(who: str, ok: bool) -> None:
    text = f"According to {who}, a shipment of cranes to Harrow would violate several agreements of this house."
    assert check(text, (1,), (HE,), "en").ok is ok
