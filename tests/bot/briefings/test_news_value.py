"""What matters more, and what is no news: titles of our own in the languages that have the tables."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.briefings.news_value import consequence, direction, kind, shut_out
from bot.retrieval.story_clusters import Story
from index import Index
from index.records import Article


def article(title: str, lang: str = "en", text: str = "", outlet: str = "", url: str = "") -> Article:
    return Article(id=title, title=title, text=text, lang=lang, outlet=outlet, url=url)


@pytest.fixture(scope="module")
def space(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """A library without articles: a space to compare words in."""
    with Index(tmp_path_factory.mktemp("space")) as index:
        yield index


@pytest.mark.model
@pytest.mark.parametrize(
    ("more", "less", "lang"),
    [
        ("Earthquake kills forty in Velmora", "Singer Ana Roe on her new album", "en"),
        ("Parliament ousts prime minister", "Zoo welcomes two penguins", "en"),
        ("Troops cross the border before the election", "Fans flock to comic convention", "en"),
        ("El banco central sube los tipos de interés", "La actriz habla de su nueva película", "es"),
        ("Un terremoto deja veinte muertos", "El cantante presenta su disco", "es"),
        ("Gericht verurteilt Minister", "Schauspieler stellt neuen Film vor", "de"),
        ("Le président démissionne", "L'actrice présente son film", "fr"),
        ("Presidente decreta estado de emergência", "Cantora lança novo disco", "pt"),
        ("Парламент отправил премьера в отставку", "Певица выпустила новый альбом", "ru"),
        ("地震で四十人が死亡", "歌手が新しいアルバムを発表", "ja"),
    ],
)
def test_consequence(more: str, less: str, lang: str, space: Index) -> None:
    way = direction(space.topic)
    first, second = (
        Story(reports=(), vector=vector, title=vector, names=frozenset())
        for vector in space.sentences([more, less], [lang, lang])
    )
    assert consequence(first, way) > consequence(second, way)


@pytest.mark.parametrize(
    ("title", "text", "lang", "expected"),
    [
        ("Best bets and odds for Sunday's final", "", "en", "service"),
        ("The best headphone deals right now", "", "en", "service"),
        ("Dónde ver el partido de hoy", "", "es", "service"),
        ("Harbour week", "Welcome back to our weekly newsletter about ports.", "en", "newsletter"),
        ("Bookmakers fined for odds that nobody could win on", "", "en", "service"),  # a false one that we know of
        ("Betts resigns as minister", "", "en", "news"),
        ("Court rules on the port deal", "", "en", "news"),
    ],
)
def test_what_is_no_news(title: str, text: str, lang: str, expected: str) -> None:
    assert kind(article(title, lang, text)) == expected


def test_satire_is_known_by_its_outlet() -> None:
    assert (
        kind(article("Port closes", outlet="The Onion")) == "satire" and kind(article("Port closes", outlet="Union")) == "news"
    )
    assert kind(article("Port closes", url="https://www.eldizque.com/a")) == "satire"
    assert kind(article("Port closes", url="https://news.theonion.com.example/a")) == "news"


def test_what_a_beat_leaves_out() -> None:
    deal, news = article("The best harbour deals right now"), article("Harbour strike goes on", url="https://a.example/world/x")
    assert shut_out(deal, (), ()) and not shut_out(deal, (), ("service",)) and not shut_out(news, (), ())
    assert shut_out(news, ("strikes",), ()) and not shut_out(news, ("bank strike",), ())
    assert shut_out(article("Lavrov llega a Karsund", "es"), ("Лавров",), ())
    assert not shut_out(news, (), ("World",)) and shut_out(news, (), ("sport",))
