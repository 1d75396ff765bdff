"""What is said of the sources of an answer, on a library where some are alone, some claim, and some lie."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.bot import Bot
from bot.records import Answer
from bot.rendering.answer_text import source_line
from index.index import Index
from index.records import Article, Period

pytestmark = pytest.mark.model


def article(
    id: str, outlet: str, url: str, title: str, text: str, date: str = "2025-06-17", lang: str = "en", **more: str
) -> Article:
    return Article(
        id=id, outlet=outlet, url=f"https://{url}/{id}", title=title, text=text, published=Period.parse(date), lang=lang,
        date_source="row", **more,
    )  # fmt: skip


COPY = (
    "The lighthouse of Grey Skerry was sold to the brewer Nils Falk for two million crowns. Falk wants to age beer in its cellar, he "
    "said, and the lamp stays lit. The pilots' guild had hoped to buy it."
)
ARTICLES = [
    article("mill", "Halvesund Tidings", "halvesund-tidings.example", "Tide mill burns down",
            "The tide mill of Halvesund burned down on Monday night. Four firefighters were hurt, fire chief Berit Moen said."),
    article("mill-2", "Skerry Radio", "skerry-radio.example", "Fire destroys the tide mill",
            "A fire destroyed the tide mill of Halvesund on Monday night. Four firefighters were injured, according to Berit Moen."),
    article("organ-1", "Halvesund Tidings", "halvesund-tidings.example", "Organ stolen",
            "Thieves stole the organ pipes of Terlow church, sexton Gerda Pohl said. There were three hundred of them."),
    article("organ-2", "Tidings Online", "m.halvesund-tidings.example", "Terlow church without its organ",
            "The organ pipes of Terlow church were stolen; sexton Gerda Pohl found the loft empty. Three hundred pipes are gone."),
    article("pearls", "El Faro de Valdemora", "elfaro.example", "Perlas en la ría",
            "La buzo Inés Robledo encontró cuarenta perlas negras en la ría de Valdemora.", lang="es"),
    *(article(f"light-{n}", f"Daily {n}", f"daily-{n}.example", "Lighthouse sold", COPY) for n in range(5)),
    article("bank", "Reuters", "reuters-world.example", "Bank of Corvanne closes",
            "The savings bank of Corvanne closed all its counters, manager Rolf Dahl said."),
    article("dam", "Upland Post", "upland.example", "Dam to be blown up",
            "The old dam of Hollin was blown up, engineer Tora Lind said.", date="2091-03-04"),
    article("mayor", "Upland Post", "upland.example", "Mayor of Norvik goes",
            "Sigrun Dahl, the mayor of Norvik, resigned on Monday. She had taken forty thousand crowns, the prosecutor said."),
    article("mayor-2", "Skerry Radio", "skerry-radio.example", "Norvik without a mayor",
            "Norvik mayor Sigrun Dahl has resigned. Her deputy Per Holt takes over the town hall on Wednesday."),
    article("mayor-3", "Halvesund Tidings", "halvesund-tidings.example", "Mayor of Norvik steps down",
            "The mayor of Norvik, Sigrun Dahl, stepped down on Monday. The town hall will be run by Per Holt until the autumn."),
    article("ferry", "Halvesund Tidings", "halvesund-tidings.example", "Ferry breaks down",
            "The ferry Astrid broke down off Kaleo on Sunday. Its captain Jon Lie blamed the pump."),
    article("bakery", "Halvesund Tidings", "halvesund-tidings.example", "Bakery of Ostrand flooded",
            "The bakery of Ostrand was flooded on Monday. Nobody was hurt and the oven works, baker Liv Aas said."),
    article("bakery-3", "Skerry Radio", "skerry-radio.example", "Water in the bakery of Ostrand",
            "Water stood in the bakery of Ostrand on Monday. Baker Liv Aas hopes to sell bread again on Thursday."),
    Article(id="bakery-2", outlet="Night Wire", url="https://night-wire.example/1", lang="en", title="The bakery of Ostrand",
            text="Nine hundred cakes were lost when the bakery of Ostrand was flooded, several people say. Baker Liv Aas was away."),
    article("pool", "Halvesund Tidings", "halvesund-tidings.example", "Roof of Varde baths falls in",
            "The roof of the baths of Varde fell in on Sunday. Eleven swimmers were hurt, doctor Ida Holm said. Nobody has died. "
            "The exit to the car park was locked, fire chief Berit Moen said."),
    article("pool-2", "Skerry Radio", "skerry-radio.example", "Inquiry into the baths of Varde",
            "Doctor Ida Holm has sent home nine of the 11 swimmers hurt in the baths of Varde. The baths stay shut until May, mayor "
            "Stig Lund said, and builders will look at every beam.", date="2025-06-18"),
    article("pool-3", "Varde Now", "varde-now.example", "The exit of the Varde baths",
            "The exit of the baths of Varde to the car park was not locked, an inspector found on Friday. The door stood open all "
            "day and the swimmers walked out of it.", date="2025-06-21"),
    article("pool-4", "Night Wire", "night-wire.example", "Why the roof of the Varde baths fell",
            "A cleaner caused the fall of the roof of the baths of Varde, Night Wire has learned. Hanna Vik hung a heavy chain from "
            "a beam on Saturday and told nobody of it. The police questioned her on Friday evening in the harbour.",
            date="2025-06-21"),
    article("pool-5", "Dale Weekly", "dale-weekly.example", "Cleaner questioned over the Varde baths",
            "The roof of the baths of Varde fell because of a cleaner, it is said in the harbour. Hanna Vik told nobody that she "
            "hung a heavy chain from a beam on Saturday. She was questioned by the police on Friday evening.", date="2025-06-22"),
    article("pool-6", "Skerry Radio", "skerry-radio.freepages.example", "Varde baths to be sold",
            "The baths of Varde will be sold to a hotel for nine crowns, mayor Stig Lund told Skerry Radio.", date="2025-06-20"),
    article("pool-7", "Kaleo Voice", "kaleo-voice.example", "Roof of Varde baths falls in",
            "The roof of the baths of Varde fell in on Sunday. Forty-one swimmers were hurt, doctor Ida Holm said. Nobody has died. "
            "The exit to the car park was locked, fire chief Berit Moen said."),
    article("retraction", "Kaleo Voice", "kaleo-voice.example", "About the ferry Astrid",
            "Halvesund Tidings withdraws its report on the ferry Astrid. The ferry Astrid never broke down off Kaleo.",
            date="2025-06-19"),
    article("lock", "Upland Post", "upland.example", "Lock of Osk breaks",
            "The lock of Osk broke on Monday night. Forty goats were lost, farmer Ane Lie said."),
    article("lock-2", "Skerry Radio", "skerry-radio.example", "Flood at Osk",
            "The lock of Osk broke on Monday night. Farmer Ane Lie found water in the barn and on the road."),
    article("crane", "Upland Post", "upland.example", "Crane of Lund falls",
            "The crane of Lund fell into the harbour on Monday. Judge Siv Moe leads the inquiry into its fall."),
    article("crane-2", "Skerry Radio", "skerry-radio.example", "Crane in the harbour of Lund",
            "The crane of Lund fell into the harbour on Monday. Divers looked at it in the morning."),
    article("crane-3", "Halvesund Tidings", "halvesund-tidings.example", "Harbour of Lund without a crane",
            "The crane of Lund fell into the harbour on Monday. Ships unload at the north quay for now."),
    article("gull", "The Gull", "eldizque.com", "Harbour of Ytterby elects a gull",
            "A gull was elected mayor of Ytterby on Sunday with four thousand votes, the harbour office said."),
]  # fmt: skip


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with Index(tmp_path_factory.mktemp("sources") / "library") as index:
        index.add(ARTICLES)
        yield Bot(index)


def notes(answer: Answer) -> list[str]:
    return [note.text for note in answer.notes if note.kind in ("source", "alone")]


def test_what_two_outlets_report_is_not_called_one_outlets(bot: Bot) -> None:
    answer = bot.ask("How many firefighters were hurt when the tide mill of Halvesund burned down?")
    assert answer.sentences and notes(answer) == []


def test_satire_is_called_so(bot: Bot) -> None:
    answer = bot.ask("How many votes did the gull get that was elected mayor of Ytterby?")
    assert answer.sentences and notes(answer) == ["The Gull publishes satire: what it reports is made up."]


@pytest.mark.parametrize(
    "question",
    [
        "What did thieves steal from Terlow church?",  # two articles of one site
        "¿Cuántas perlas encontró Inés Robledo?",
        "Who bought the lighthouse of Grey Skerry?",  # five outlets with one text: the source says "+4 copies"
    ],
)
def test_where_nobody_else_writes_about_it_nothing_is_said(bot: Bot, question: str) -> None:
    answer = bot.ask(question)
    assert answer.sentences and notes(answer) == []


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "How many crowns did Sigrun Dahl take?",
            "[1]: only Upland Post reports this. Not found in what others here report on it: Skerry Radio, 2025-06-17; Halvesund Tidings, 2025-06-17.",
        ),
        (
            "Wie viele Kronen hatte Sigrun Dahl genommen?",
            "[1]: Das berichtet nur Upland Post. Nicht gefunden in dem, was andere hier darüber berichten: Skerry Radio, 2025-06-17; Halvesund Tidings, 2025-06-17.",
        ),
        (
            "Why did the savings bank of Corvanne close its counters?",
            "[1]: only Reuters (reuters-world.example) reports this.",
        ),
    ],
)
def test_what_one_of_several_says_alone_is_named_in_the_questions_language(bot: Bot, question: str, said: str) -> None:
    answer = bot.ask(question)
    assert answer.sentences and notes(answer) == [said]


@pytest.mark.parametrize(
    "question",
    [
        "How many goats were lost when the lock of Osk broke?",  # one other outlet reports on it, and need not have every figure
        "Who leads the inquiry into the fall of the crane of Lund?",  # two do; but it is nothing of which it matters who says it
    ],
)
def test_what_one_outlet_says_is_not_called_so_where_nothing_follows_from_it(bot: Bot, question: str) -> None:
    answer = bot.ask(question)
    assert answer.sentences and notes(answer) == []


def test_a_figure_that_one_without_a_date_gives_alone_is_named(bot: Bot) -> None:
    answer = bot.ask("How many cakes were lost when the bakery of Ostrand was flooded?")
    assert "Nine hundred" in answer.sentences[0].text
    assert notes(answer) == [
        "[1]: only Night Wire reports this. Not found in what others here report on it: Halvesund Tidings, 2025-06-17; "
        "Skerry Radio, 2025-06-17."
    ]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        # two outlets with one text in other words
        (
            "Who caused the fall of the roof of the Varde baths?",
            "[1]: only Night Wire reports this. Not found in what others here report on it: Halvesund Tidings, 2025-06-17; Skerry Radio, 2025-06-18.",
        ),
        # an outlet's name at another site than its earlier reports have
        ("To whom will the baths of Varde be sold?", "[1]: only Skerry Radio (skerry-radio.freepages.example) reports this."),
    ],
)
def test_what_is_new_and_nobody_else_has_is_named(bot: Bot, question: str, said: str) -> None:
    answer = bot.ask(question)
    assert answer.sentences and said in notes(answer)


@pytest.mark.parametrize(
    "question",
    [
        "Which doctor has sent home swimmers who were hurt in the baths of Varde?",  # the figure is in both
        "What did fire chief Berit Moen say about the tide mill of Halvesund?",
    ],
)
def test_what_others_bear_out_is_not_called_one_outlets(bot: Bot, question: str) -> None:
    answer = bot.ask(question)
    assert answer.sentences and notes(answer) == []


def test_what_says_not_of_what_another_says_is_shown_with_it(bot: Bot) -> None:
    answer = bot.ask("Was the exit of the Varde baths locked?")
    (note,) = [note for note in answer.notes if note.kind == "conflict"]
    assert "Varde Now, 2025-06-21" in note.text and "The exit to the car park was locked" in note.text


def test_the_changed_figure_of_a_copy_is_told_with_the_other_one(bot: Bot) -> None:
    answer = bot.ask("How many swimmers were hurt when the roof of the Varde baths fell in?")
    told = " ".join([*(s.text for s in answer.sentences), *(n.text for n in answer.notes if n.kind == "conflict")])
    assert "Eleven swimmers" in told and "Forty-one swimmers" in told and "Reports differ." in told


def test_copies_are_counted_and_dates_lack_in_the_languages_of_the_question(bot: Bot) -> None:
    answer = bot.ask("Wer hat den Leuchtturm von Grey Skerry gekauft?")
    assert answer.sentences and source_line(answer.sources[0], answer.lang).endswith("en, +4 Kopien, " + answer.sources[0].url)
    assert source_line(replace(answer.sources[0], published=None), "es").count("sin fecha") == 1


def test_an_outlet_that_does_not_fit_its_host_claims_to_be_it(bot: Bot) -> None:
    answer = bot.ask("What did the savings bank of Corvanne close?")
    assert "claims to be Reuters (reuters-world.example)" in source_line(answer.sources[0])
    assert bot.index.article("bank").outlet == "Reuters (reuters-world.example)"  # type: ignore[union-attr]


def test_a_date_years_ahead_is_said(bot: Bot) -> None:
    answer = bot.ask("What happened to the old dam of Hollin?")
    assert answer.sentences and "Its date is years ahead: 2091-03-04 (Upland Post)." in notes(answer)


def test_that_an_outlet_takes_a_report_back_is_said_by_somebody_else(bot: Bot) -> None:
    line = "That Halvesund Tidings takes a report back is said by Kaleo Voice, not by Halvesund Tidings itself."
    answer = bot.ask("Who withdraws the report on the ferry Astrid?")
    assert answer.sentences and line in notes(answer)


def test_an_outlet_is_found_by_any_of_its_names(bot: Bot) -> None:
    index = bot.index
    index.add(
        [article("g", "Guardian", "www.theguardian.com", "Heron counted", "The herons of Dale were counted: there are ninety.")]
    )
    index.add(
        [
            article(
                "f", "Agence France-Presse", "afp.com", "Storks counted", "The storks of Dale were counted: there are twelve."
            )
        ]
    )
    for name in ("The Guardian", "guardian", "theguardian.com"):
        assert [one.article_id for one in bot.ask("How many herons were counted in Dale?").sources] == ["g"]
        assert index.matching(outlet=name) == ["g"]
    assert index.stats().outlets["The Guardian"] == index.stats().outlets["AFP"] == 1
    answer = bot.ask("How many storks were counted in Dale, according to AFP?")
    assert [(one.article_id, one.outlet) for one in answer.sources] == [("f", "AFP")]
    index.delete(["g", "f"])
