"""Which title heads an event, and which sentence is its lead. Vectors are given: what counts here is words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.briefings.key_sentences import (
    KeySentence,
    dateline,
    headline,
    more,
    old,
    sentence_spans,
    tells_nothing,
    whole_by_itself,
)
from bot.briefings.title_classifier import weights
from bot.briefings.titles import clearest, shown, teases, tell_news
from bot.records import Title
from bot.rendering.briefing_text import titled
from index.records import Article, Period
from index.search.recent_reports import Report

SAME = np.array([1.0, 0.0], np.float32)


def claims(id: str, title: str, text: str, lang: str = "en", heading: NDArray[np.float32] | None = None) -> list[KeySentence]:
    article = Article(id=id, title=title, text=text, lang=lang, published=Period.parse("2025-05-06"))
    report = Report(article=article, moment=0, added=0, vector=SAME, title=SAME, heading=heading)
    return [KeySentence(report, a, b, place, SAME) for place, (a, b) in enumerate(sentence_spans(report))]


HARBOUR = "The port of Karsund closes on Monday for a week, the harbour office said. Ships will be sent to Selwyn."
ASKING = claims("a", "Why is Karsund's port closing?", HARBOUR)
TELLING = claims("b", "Port of Karsund closes for a week", HARBOUR)
SPANISH = claims("c", "El puerto de Karsund cierra una semana", "El puerto de Karsund cierra el lunes, dijo la oficina.", "es")


def test_the_title_that_tells_heads_the_event() -> None:
    found = clearest([ASKING, TELLING, SPANISH], ASKING[0], "en")
    assert found and found[1] == "Port of Karsund closes for a week" and found[0] is TELLING[0].report


def test_the_reader_s_language_comes_first() -> None:
    found = clearest([TELLING, SPANISH], SPANISH[0], "es")
    assert found and found[1] == "El puerto de Karsund cierra una semana"


def test_a_title_in_another_language_heads_only_where_there_is_none_of_the_reader_s() -> None:
    found = clearest([ASKING, SPANISH], SPANISH[0], "es")
    assert found and found[1] == "El puerto de Karsund cierra una semana"
    teasing = clearest(
        [claims("d", "Five things about Karsund's port", "It rained all week at the port of Karsund."), SPANISH],
        SPANISH[0],
        "en",
    )
    assert teasing and teasing[1] == "Five things about Karsund's port"
    only = clearest([SPANISH], SPANISH[0], "en")
    assert only and only[1] == "El puerto de Karsund cierra una semana"


def test_where_every_title_asks_the_news_heads_the_event_itself() -> None:
    assert clearest([ASKING], ASKING[0], "en") is None  # the lead: who, where, on Monday
    undated = claims("e", "Why is Karsund's port closing?", "The cranes of Karsund are old and the quays are empty. It rains.")
    assert clearest([undated], undated[0], "en") is not None
    leaning = claims("f", "Why is Karsund's port closing?", "She told Karsund on Monday that it would close for a week.")
    assert clearest([leaning], leaning[0], "en") is not None
    assert clearest([ASKING], ASKING[0], "es") is not None  # not in the reader's language


def test_a_title_in_another_language_is_marked_with_it() -> None:
    title = Title(text="El puerto cierra", number=1, lang="es")
    assert titled(title, "en") == "El puerto cierra (es)" and titled(title, "es") == "El puerto cierra"
    assert titled(replace(title, lang=""), "en") == "El puerto cierra"


def test_what_is_no_title_heads_nothing() -> None:
    assert clearest([claims("a", "", HARBOUR)], ASKING[0], "en") is None
    assert not shown(Article(id="a", text="", title="Home")) and not shown(Article(id="a", text="", title="word " * 60))
    assert shown(Article(id="a", text="", title="Port closes\nfor a week")) == "Port closes for a week"


@pytest.mark.parametrize(
    ("title", "lang", "expected"),
    [
        ("Here's what we know about the fire", "en", True),
        ("Everything you need to know about the vote", "en", True),
        ("How the minister lost her office", "en", True),
        ("What the mayor said in court", "en", False),
        ("Todo lo que debes saber de la huelga", "es", True),
        ("¿Por qué cierra el puerto?", "es", True),
        ("Was man über den Streik wissen muss", "de", True),
        ("Hafen schließt für eine Woche", "de", False),
        ("Ce que l'on sait de l'incendie", "fr", True),
        ("Five things we learned from the harbour trial", "en", True),
        ("Five ships leave the harbour after the trial", "en", False),
        ("7 claves del juicio del puerto", "es", True),
        ("Siete barcos salen del puerto", "es", False),
        ("Cinq leçons du procès du port", "fr", True),
        ("Fünf Lehren aus dem Hafenprozess", "de", True),
        ("Cinco lições do julgamento do porto", "pt", True),
        ("Pięć pytań po procesie o port", "pl", True),
    ],
)
def test_titles_that_tease(title: str, lang: str, expected: bool) -> None:
    assert teases(title, lang) == expected


@pytest.mark.parametrize(
    ("opening", "lang"),
    [
        ("Welcome back to The Week in Ports, our look at the docks.", "en"),
        ("Sign up to our free evening newsletter and never miss a ship.", "en"),
        ("Please enter a valid email address to go on reading.", "en"),
        ("Who would close a port in the middle of the harvest?", "en"),
        ("Click here to follow our live coverage of the strike.", "en"),
        ("Suscríbete a nuestro boletín para no perderte nada.", "es"),
        ("Guten Morgen, liebe Leserinnen und Leser aus Karsund!", "de"),
        ("A worker sorts parcels in a hall at Karsund docks on Aug. 31, 2021.", "en"),
        ("Lifestyle Edit email {{ #verifyErrors }} {{ message }} Something went wrong.", "en"),
        ("Credit: Getty However the queue at the gate of the port grew longer by the hour.", "en"),
        ("a year ago tonight people were sitting around the office of the port.", "en"),
        ("What on earth is happening at the quietest port of all the coast?!", "en"),
        ("The following is the fifth edition of a monthly series on the harbour election.", "en"),
        ("This article is part of our series on the ports of the coast.", "en"),
        ("Esta es la quinta entrega de una serie mensual sobre los puertos.", "es"),
        ("Voici le cinquième volet de notre série sur les ports du Nord.", "fr"),
        ("Dies ist der fünfte Teil unserer Serie über die Häfen der Küste.", "de"),
        ("Esta é a quinta edição de uma série mensal sobre os portos.", "pt"),
    ],
)
def test_the_lead_tells_news(opening: str, lang: str) -> None:
    news = "The port of Karsund closes on Monday for a week, the harbour office said."
    found = headline([claims("a", "Port", f"{opening}\n\n{news}", lang)], lang)
    assert found and found.text == news


def test_a_day_to_come_is_not_a_day_long_ago() -> None:
    text = (
        "On Monday, Ana Roe, a candidate for the harbour election to be held on August 9, spoke in Karsund. "
        "The meeting was visited by several thousand people."
    )
    found = headline([claims("a", "Ana Roe speaks in Karsund", text)], "en")
    assert found and found.text.startswith("On Monday")


@pytest.mark.parametrize(
    ("said", "nothing"),
    [
        ("“We can hire the top people in Karsund now,” he said.", True),
        ("«Podemos contratar a los mejores de Karsund», añadió.", True),
        ("“We can hire the top people in Karsund now,” said Ana Roe.", False),
        ("The port of Karsund is “closed for a week”, the harbour office said.", False),
    ],
)
def test_a_quotation_of_nobody_tells_nothing(said: str, nothing: bool) -> None:
    assert tells_nothing(claims("o", "Port", said, "es" if "«" in said else "en")[0]) == nothing


@pytest.mark.parametrize(
    "opening", ["It was his decision, he said.", "On the same day, the envoy resigned.", "But the gate held."]
)
def test_an_excerpt_s_first_sentence_that_points_back_is_no_lead(opening: str) -> None:
    news = "The port of Karsund was closed for a week by the harbour office."
    found = headline([claims("a", "Port", f"{opening} {news}")], "en")
    assert found and found.text == news


def test_the_lead_says_what_the_title_says() -> None:
    told = claims(
        "a", "Ana Roe wins the harbour vote", "The parties hold a vote to choose. On Sunday, Ana Roe won the harbour vote."
    )
    background, news = np.array([0.2, 0.98], np.float32), np.array([0.9, 0.44], np.float32)
    first, second = replace(told[0], vector=background), replace(told[1], vector=news)
    found = headline([[first, second]], "en")
    assert found and found.text.startswith("On Sunday")
    untitled = [replace(one, report=replace(one.report, title=np.zeros(2, np.float32))) for one in (first, second)]
    found = headline([untitled], "en")
    assert found and found.text.startswith("The parties")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In March, the lower court had called the sale lawful.", True),
        ("On 2 April, the union said: “We will not sell the quay.”", True),
        ("On Monday, the court said: “The quay may not be sold.”", False),
        ("“The quay may not be sold,” the court said.", False),
        ("“Since March we have waited,” she said on Monday.", False),
    ],
)
def test_what_led_to_an_event_is_not_said_about_it(text: str, expected: bool) -> None:
    assert old(text, "en", Period.parse("2025-05-06")) is expected


def test_a_statement_without_a_time_is_of_the_one_named_above_it() -> None:
    said, day = "The court of Selwyn ruled, too: “It is no matter for a court.”", Period.parse("2025-05-06")
    assert old(said, "en", day, "On 11 April, the court of Karsund ruled otherwise. ")
    assert not old(said, "en", day, "On 11 April, the court of Karsund ruled. On Monday, it was over. ")
    assert not old(said, "en", day)


@pytest.mark.parametrize(
    "said",
    [
        "You may be feeling that you have seen all this before in the port.",
        "Has anybody in the town of Karsund asked the fishermen about that?!",
        "A clerk counts the ships at the quay of Karsund on 3 March 2019.",
    ],
)
def test_what_adds_to_the_lead_tells_news_too(said: str) -> None:
    lead = "The port of Karsund closes on Monday for a week, the harbour office said."
    tweet = 'Marn wrote: "Wow! Thousands of people came to the old quay. I will be there, too!"'
    ships = "Ships will be sent on to Selwyn until the gate has been mended."
    found = claims("a", "Port", f"{lead} {said}\n\n{tweet}\n\n{ships}")
    apart = [replace(one, vector=np.eye(len(found), dtype=np.float32)[n]) for n, one in enumerate(found)]
    assert [one.text for one in more([apart], [apart[0]], "en", None, 1)] == [ships]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("SELWYN (Meridian Press) - The port closed.", "SELWYN"),
        ("Karsund, 3 may (EFE).- El puerto cerró.", "Karsund"),
        ("PORT-AU-LAC, Vt. — The port closed.", "PORT-AU-LAC"),
        ("REUTERS - The port closed.", ""),
        ("The port closed - for a week.", ""),
    ],
)
def test_a_dateline_s_place(text: str, place: str) -> None:
    assert dateline(Article(id="a", text=text)) == place
    assert dateline(replace(Article(id="b", text=text), lang="es")) == place


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("It was the harbour master's decision, she told the court.", "en", False),
        ("Unfortunately, she did tell the crews of the closing.", "en", False),
        ("One of these unions walked out of the talks.", "en", False),
        ("Uno de esos sindicatos dejó la mesa de negociación.", "es", False),
        ("L’un de ces syndicats a quitté la table.", "fr", False),
        ("Einer dieser Verbände verließ die Gespräche.", "de", False),
        ("Jeden z tych związków odszedł od stołu.", "pl", False),
        ("Um desses sindicatos deixou a mesa.", "pt", False),
        ("On Monday, the harbour master closed the port.", "en", True),
        ("The harbour master closed the port on Monday, and it stays closed.", "en", True),
    ],
)
def test_what_is_shown_far_from_its_text_points_at_nothing_before_it(text: str, lang: str, expected: bool) -> None:
    (claim,) = claims("a", "", text, lang)
    assert whole_by_itself(claim) == expected


WEIGHTS = weights()
NEWS, FEATURE = (sign * WEIGHTS.vector / float(np.linalg.norm(WEIGHTS.vector)) for sign in (1, -1))  # the surest of each
QUIET = "The cranes of Karsund are old and the quays are empty. It rains."


def test_a_title_that_tells_no_news_heads_no_event_that_has_another() -> None:
    feature = claims("g", "The port of Karsund and its cranes", HARBOUR, heading=FEATURE)
    news = claims("h", "Karsund: a week without a port", HARBOUR, heading=NEWS)
    found = clearest([feature, news], feature[0], "en", WEIGHTS.model)
    assert found and found[1] == "Karsund: a week without a port"
    assert clearest([feature], feature[0], "en", WEIGHTS.model) is None  # its lead tells who, where and when
    assert clearest([feature], feature[0], "en", "another-model") is not None


def test_an_event_is_news_by_a_title_or_by_its_lead() -> None:
    title = "The port of Karsund and its cranes"
    feature, lead, untitled = (
        claims("i", title, QUIET, heading=FEATURE), claims("j", title, HARBOUR, heading=FEATURE), claims("k", "", QUIET)
    )  # fmt: skip
    assert not tell_news([feature], feature[0], WEIGHTS.model)
    assert tell_news([lead], lead[0], WEIGHTS.model)
    assert tell_news([untitled], untitled[0], WEIGHTS.model)
    assert tell_news([feature, claims("l", title, QUIET, heading=NEWS)], feature[0], WEIGHTS.model)
    assert tell_news([feature], feature[0], "another-model")


def test_a_title_too_long_to_be_shown_is_read_all_the_same() -> None:
    feature = claims("n", "Inside the port of Karsund " + "and its cranes " * 20, QUIET, heading=FEATURE)
    assert clearest([feature], feature[0], "en", WEIGHTS.model) is None
    assert not tell_news([feature], feature[0], WEIGHTS.model)


def test_nowadays_is_no_day_of_news() -> None:
    feature = claims(
        "m", "Inside the port of Karsund", "The harbour of Karsund has only three cranes today, and few ships.", heading=FEATURE
    )
    assert not tell_news([feature], feature[0], WEIGHTS.model)


def test_a_lead_that_reads_like_no_news_heads_nothing() -> None:
    """A day and a name alone are not enough: "Then, on 17 October, the team travels to …"."""
    feature = claims("o", "The port of Karsund and its cranes", HARBOUR, heading=FEATURE)
    for vector, expected in ((NEWS, True), (FEATURE, False)):
        assert tell_news([feature], feature[0], WEIGHTS.model, lambda texts, v=vector: [v * 9]) is expected
        assert (clearest([feature], feature[0], "en", WEIGHTS.model, lambda texts, v=vector: [v * 9]) is None) is expected
