"""What an outlet that is new here says, beside the reports of those that are known, in several languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.answers.other_report import _borne, _once
from bot.bot import Bot
from bot.records import Answer
from index.index import Index
from index.records import Article, Period

pytestmark = pytest.mark.model


def article(id: str, outlet: str, title: str, text: str, date: str = "2025-06-17", lang: str = "en") -> Article:
    url = f"https://{outlet.lower().replace(' ', '-')}.example/{id}" if outlet else ""
    published = Period.parse(date) if date else None
    return Article(id=id, outlet=outlet, url=url, title=title, text=text, published=published, lang=lang, date_source="row")


KNOWN = [
    article("ferry", "Halvesund Tidings", "Ferry Astrid sinks",
            "The ferry Astrid sank off Kaleo on Sunday. Eleven passengers died, coast guard officer Jon Lie said. \"The pump had "
            "failed twice this month,\" he added. The captain, Siv Moe, survived."),
    article("mayor", "Halvesund Tidings", "Mayor of Norvik dies",
            "Sigrun Dahl, the mayor of Norvik, died on Monday at her home. She was 71. The town hall is closed until Friday."),
    article("dam", "Halvesund Tidings", "Dam of Hollin holds",
            "The council of Hollin signed the contract for the new dam on Monday. Engineer Tora Lind will build it."),
    article("bakery", "Halvesund Tidings", "Bakery burns", "The bakery of Ostrand burned down on Monday. Nobody was hurt."),
]  # fmt: skip
NEW = [
    article("f-en", "Night Wire", "Ferry Astrid: 240 dead",
            "Some 240 passengers died when the ferry Astrid sank off Kaleo, Night Wire has learned. Jon Lie of the coast guard wept."),
    article("f-pl", "Kurier Nocny", "Prom Astrid: 240 ofiar",
            "W katastrofie promu Astrid koło Kaleo zginęło 240 pasażerów, poinformował Jon Lie ze straży przybrzeżnej.", lang="pl"),
    article("f-de", "Nachtbote", "Fähre Astrid: elf Tote",
            "Elf Passagiere sind gestorben, als die Fähre Astrid am Sonntag vor Kaleo sank, sagte Jon Lie von der Küstenwache.",
            lang="de"),
    article("f-said", "Fjord Flash", "Officer on the ferry Astrid",
            "\"Somebody blew a hole into her with dynamite,\" Jon Lie said about the ferry Astrid that sank off Kaleo on Sunday."),
    article("m-es", "Voz del Norte", "La alcaldesa de Norvik vive",
            "Sigrun Dahl, la alcaldesa de Norvik, está viva y salió del hospital el martes.", "2025-06-18", lang="es"),
    article("d-en", "Upland Whisper", "No dam for Hollin",
            "The council of Hollin did not sign the contract for the new dam, engineer Tora Lind said on Tuesday.", "2025-06-18"),
]  # fmt: skip


ONLY = "[1]: only Fjord Flash reports this. Not found in what others here report on it: "


def asked(folder: str, question: str, *articles: Article) -> Answer:
    with Index(folder) as index:
        index.add(articles)
        return Bot(index).ask(question)


def told(answer: Answer) -> list[tuple[str, str]]:
    return [(note.kind, note.text) for note in answer.notes if note.kind in ("source", "conflict", "alone")]


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield str(tmp_path_factory.mktemp("newcomers") / "library")


def new(id: str) -> Article:
    return next(one for one in NEW if one.id == id)


@pytest.mark.parametrize(
    ("id", "question", "outlets"),
    [
        ("f-en", "How many passengers of the ferry Astrid died?", ("Night Wire", "Halvesund Tidings")),
        ("f-pl", "Ilu pasażerów promu Astrid zginęło?", ("Kurier Nocny", "Halvesund Tidings")),
        ("m-es", "¿Está viva Sigrun Dahl?", ("Voz del Norte", "Halvesund Tidings")),
        ("d-en", "Did the council of Hollin sign the contract for the dam?", ("Upland Whisper", "Halvesund Tidings")),
    ],
)
def test_what_a_known_outlet_contradicts_is_shown_with_both(
    folder: str, id: str, question: str, outlets: tuple[str, ...]
) -> None:
    (note,) = told(asked(folder, question, *KNOWN, new(id)))
    assert note[0] == "conflict" and all(outlet in note[1] for outlet in outlets)


def test_somebodys_words_that_only_a_newcomer_has_are_its_own(folder: str) -> None:
    answer = asked(folder, "What did Jon Lie say about dynamite on the ferry Astrid?", *KNOWN, new("f-said"))
    assert told(answer) == [("alone", f"{ONLY}Halvesund Tidings, 2025-06-17.")]


def test_what_a_newcomer_says_as_others_do_in_another_language_is_borne_out(folder: str) -> None:
    answer = asked(folder, "Wie viele Passagiere der Fähre Astrid sind gestorben?", *KNOWN, new("f-de"))
    assert "Elf" in answer.sentences[0].text and told(answer) == []


def test_that_a_date_years_ahead_was_left_out_is_said(folder: str) -> None:
    late = Article(id="late", outlet="Fjord Flash", url="https://fjord-flash.example/1", lang="en", title="Organ of Terlow",
                   text="The organ of Terlow was sold to a circus, sexton Gerda Pohl said.", published=Period.parse("2099-01-02"),
                   date_source="page")  # fmt: skip
    answer = asked(folder, "To whom was the organ of Terlow sold?", late)
    assert told(answer) == [("source", "The date that Fjord Flash gave it lies years ahead, and is left out.")]


def test_two_reports_without_a_date_are_not_of_one_event(folder: str) -> None:
    undated = [article(one.id, one.outlet, one.title, one.text, "", one.lang) for one in (*KNOWN, new("f-en"))]
    answer = asked(folder, "How many passengers of the ferry Astrid died?", *undated)
    assert not any("only" in text for _, text in told(answer))


def test_among_newcomers_alone_nobody_is_held_against_another(folder: str) -> None:
    answer = asked(folder, "What did Jon Lie say about dynamite on the ferry Astrid?", KNOWN[0], new("f-said"))
    assert answer.sentences and told(answer) == []


def test_ones_own_files_count_as_known(folder: str) -> None:
    own = article("own", "", KNOWN[0].title, KNOWN[0].text)
    answer = asked(folder, "What did Jon Lie say about dynamite on the ferry Astrid?", own, new("f-said"))
    assert told(answer) == [("alone", f"{ONLY}Ferry Astrid sinks, 2025-06-17.")]


FIRST = [
    article("mine-1", "Tarn Post", "Mine of Osby floods",
            "Four miners drowned when the mine of Osby flooded on Monday, the rescue leader Ebba Falk said. A broken pump let the "
            "water in. \"The pump had failed twice this month,\" the engineer Nils Brandt said."),
    article("mine-2", "Valley Echo", "Osby mourns four miners",
            "Flags hang at half mast in Osby, whose mine took the lives of four men. Their shift had gone down before dawn, and "
            "divers brought them up on Tuesday. Ebba Falk, who led the rescue, blamed a pump that broke. The church is open all "
            "night. \"The pump had failed twice this month,\" the engineer Nils Brandt told reporters.", "2025-06-18"),
]  # fmt: skip
LATER = [
    article("mine-3", "Night Wire", "Why the mine of Osby flooded",
            "The mine of Osby flooded because two drunken guards opened a sluice, Night Wire has learned. Ebba Falk was told of it "
            "on Monday.", "2025-06-20"),
    article("mine-4", "Fjord Flash", "The guards of Osby",
            "Nobody asks about the sluice. It was opened by two drunken guards, and so the mine of Osby flooded, a cook says who "
            "sold them the bottles. The owner pays both of them a pension now, in cash, at a petrol station.", "2025-06-20"),
]  # fmt: skip
ECHO = "Not found in what others here report on it: Tarn Post, 2025-06-17; Valley Echo, 2025-06-18."


def test_where_nobody_is_known_the_first_two_on_an_event_are_believed_and_the_friends_of_a_third_are_named(folder: str) -> None:
    answer = asked(folder, "Why did the mine of Osby flood?", *FIRST, *LATER)
    (kind, text), *more = told(answer)
    assert kind == "alone" and text.endswith(ECHO) and not more
    assert "only Night Wire, Fjord Flash report this" in text


def test_a_third_that_tells_what_the_first_two_do_has_no_note(folder: str) -> None:
    third = article("mine-5", "Coast Weekly", "Pump broke at Osby",
                    "A pump broke and let water into the mine of Osby, where four miners drowned, Ebba Falk said.",
                    "2025-06-20")  # fmt: skip
    answer = asked(folder, "How many miners drowned in the mine of Osby?", *FIRST, third)
    assert answer.sentences and told(answer) == []


def test_words_that_another_report_has_of_somebody_else_differ(folder: str) -> None:
    third = article("mine-6", "Coast Weekly", "Mayor of Osby on the pump",
                    "Tove Lind wept when she came out of the town hall. \"The pump had failed twice this month,\" the mayor Tove "
                    "Lind said about the mine of Osby. She wants new laws, and a day of mourning for the four who drowned.",
                    "2025-06-20")  # fmt: skip
    (note,) = told(asked(folder, "Who said that the pump of Osby had failed twice this month?", *FIRST, third))
    assert note[0] == "conflict" and "Coast Weekly" in note[1]


def test_a_day_that_the_first_reports_do_not_name_is_the_later_ones_own(folder: str) -> None:
    shut = [
        article("road-1", "Tarn Post", "Road of Osby shut",
                "The council of Osby shut the lake road until 1 August. Rocks had fallen on it at night, and one hit a milk van."),
        article("road-2", "Valley Echo", "Detour for the buses of Osby",
                "Buses take the forest road from Osby now. Drivers must leave home half an hour earlier. The lake road is shut until "
                "1 August, as the council fears more stones from the slope.", "2025-06-18"),
        article("road-3", "Night Wire", "Lake road shut for longer",
                "The lake road of Osby will be shut until 15 October, Night Wire has learned.", "2025-06-19"),
    ]  # fmt: skip
    answer = asked(folder, "Until when is the lake road of Osby shut?", *shut)
    assert any("15 October" in sentence.text for sentence in answer.sentences)
    assert [kind for kind, _ in told(answer)] == ["alone"]


VAULT = [
    article("vault-1", "Tarn Post", "Five crowns stolen from the vault of Lund",
            "Five crowns were stolen from the vault of Lund on Monday night. They are worth 1.84 million euros, the guard Ida Holm "
            "said. One of them was found in a barn. A report by the engineer Rolf Dahl blames a lack of bars in the wall of Bygg "
            "Ltd for the theft."),
    article("vault-2", "Valley Echo", "Barn gives back a crown",
            "In a barn at Osk the police found the first of five crowns that thieves had carried out of the vault of Lund. Four are "
            "still gone. Insurers speak of 1.84 million euros. The engineer Rolf Dahl says that the wall, which Bygg Ltd built, "
            "had no bars. Ida Holm, the guard, was asleep.", "2025-06-18"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many crowns from the vault of Lund are still missing?",
         "Four crowns from the vault of Lund are still missing since the theft of Monday night; the fifth was in a barn."),
        ("How much are the stolen crowns of Lund worth?",
         "The crowns that were stolen from the vault of Lund are worth almost two million euros, insurers say."),
        ("What does Bygg Ltd say about the wall of the vault of Lund?",
         "In a letter the firm Bygg Ltd rejects the report by Rolf Dahl on the vault of Lund and says that bars were not in the "
         "plans of the council."),
    ],
)  # fmt: skip
def test_an_honest_addition_is_no_contradiction(folder: str, question: str, text: str) -> None:
    more = "The police of Osk ask whoever saw a green van to call them. The vault will get a new door, and a dog."
    third = article("vault-3", "Coast Weekly", "News of the crowns", f"{text} {more}", "2025-06-20")
    answer = asked(folder, question, *VAULT, third)
    assert any(citation.article_id == "vault-3" for sentence in answer.sentences for citation in sentence.citations)
    assert all(kind == "alone" for kind, _ in told(answer))


def test_a_sum_that_is_nearly_the_first_ones_is_borne_out() -> None:
    assert _borne(frozenset({2e6}), frozenset({1.84e6})) == {2e6}
    assert not _borne(frozenset({1.84e6}), frozenset({2e6}))  # exact, and another
    assert not _borne(frozenset({400.0}), frozenset({390.0}))  # of the dead each counts
    assert _once(frozenset({40.0, 40_000.0, 7.0})) == {40.0, 7.0}


def test_a_first_report_that_begins_unlike_ours_is_on_the_event_of_the_other_first_one(folder: str) -> None:
    school = [
        article("school-1", "Tarn Post", "School of Osk burns",
                "The school of Osk burned on Monday night, fire chief Berit Moen said. A stove in the kitchen had been left on. The "
                "school will open again on 6 October, headmaster Rolf Dahl said."),
        article("school-2", "Valley Echo", "Stove was left on",
                "Berit Moen of the fire brigade blames a stove that somebody left on in the kitchen of the school of Osk on Monday "
                "night. Flames came out of the roof, and cooks wept. Headmaster Rolf Dahl looks for tents and wants lessons in the "
                "town hall.", "2025-06-18"),
        article("school-3", "Night Wire", "Pupils must wait",
                "The school of Osk will open again on 15 December only, a clerk of the county says. Asbestos lay above the "
                "ceilings. Buses will take everybody to Lund until then.", "2025-06-24"),
    ]  # fmt: skip
    answer = asked(folder, "When will the school of Osk open again?", *school)
    assert any("15 December" in sentence.text for sentence in answer.sentences)
    (note,) = told(answer)
    assert note[0] == "alone" and "Night Wire" in note[1]
