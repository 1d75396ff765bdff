"""bot/retrieval/titled.py: a title answers where no sentence does, marked as one, and nothing but what it tells."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import Bot
from index import Article, Index

pytestmark = pytest.mark.model

ARTICLES = [
    (
        "ostrania",
        "en",
        "Former president of Ostrania dies at 81",
        "He led the country for nine years and stepped down after a strike.",
    ),
    ("rovers", "en", "Striker Ben Tolland joins Karsund Rovers", "The club said on Monday that the move was agreed overnight."),
    ("prize", "de", "Malerin Ruth Ahrend erhält den Sele-Preis", "Die Auszeichnung ist mit 10.000 Euro verbunden."),
    (
        "market",
        "es",
        "Un incendio destruye el mercado de Tarena",
        "El fuego comenzó de madrugada y los bomberos tardaron seis horas.",
    ),
    ("mayor", "fr", "L'ancien maire de Lorme est mort", "Il avait dirigé la ville pendant dix-huit ans."),
]


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with Index(Path(tmp_path_factory.mktemp("library"))) as index:
        index.add([Article(id=id, lang=lang, title=title, text=text) for id, lang, title, text in ARTICLES])
        yield Bot(index)


@pytest.mark.parametrize(
    ("question", "id", "marked"),
    [
        ("Who died in Ostrania?", "ostrania", "Title: “Former president of Ostrania dies at 81”"),
        ("Who joined Karsund Rovers?", "rovers", "Title: “Striker Ben Tolland joins Karsund Rovers”"),
        ("Wer ist Ruth Ahrend?", "prize", "Titel: „Malerin Ruth Ahrend erhält den Sele-Preis“"),
        ("¿Qué destruyó el incendio en Tarena?", "market", "Título: «Un incendio destruye el mercado de Tarena»"),
        ("Qui est mort à Lorme ?", "mayor", "Titre : « L'ancien maire de Lorme est mort »"),
    ],
)
def test_a_title_that_answers_stands_above_the_beginning_of_its_article(bot: Bot, question: str, id: str, marked: str) -> None:
    (sentence,) = bot.ask(question).sentences
    (citation,) = sentence.citations
    (text,) = (text for own, _, _, text in ARTICLES if own == id)
    assert (sentence.heading, citation.article_id) == (marked, id)
    assert citation.quote == text[citation.start : citation.end] and text.startswith(citation.quote)


@pytest.mark.parametrize(
    "question",
    [
        "Who died in Karsund?",  # a name that it has not
        "Who coaches Karsund Rovers?",  # an act that it does not tell
        "Which club did Ben Tolland leave?",
        "Where did the former president of Ostrania die?",  # what is asked for
        "What did the former president of Ostrania say?",
        "¿Qué destruyó el terremoto en Tarena?",
        "Wo wurde Ruth Ahrend geboren?",
        "Qui a été condamné à Lorme ?",
        "Wer überreichte Ruth Ahrend den Sele-Preis?",
    ],
)
def test_what_a_title_does_not_tell_it_does_not_answer(bot: Bot, question: str) -> None:
    assert not bot.ask(question).sentences
