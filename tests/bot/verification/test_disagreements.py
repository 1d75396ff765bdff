"""bot/verification/disagreements.py: what differs is found in five languages, and what only looks alike is left alone."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import pytest

from bot.answers.writer import likeness
from bot.retrieval.candidates import Candidate, sentences_of
from bot.verification import vocabulary
from bot.verification.disagreements import apart, compare, differences, figures
from bot.verification.evidence import Likeness
from bot.verification.vocabulary import happened, planned
from index.embedding.e5 import E5
from index.records import Passage, Period
from index.text.places import codes
from tests.support import ROOT

SAMPLES = ROOT / "scripts" / "samples" / "articles.jsonl"


def report(
    text: str, lang: str = "en", day: str = "2024-05-07", *, id: str = "", title: str = "", origin: str = ""
) -> Candidate:
    passage = Passage(
        id=id or text, article_id=id or text, version=1, start=0, end=len(text), text=text, lang=lang, title=title, origin=origin,
        published=Period.parse(day) if day else None,
    )  # fmt: skip
    return Candidate(passage=passage, hit=0, start=0, end=len(text), text=text)


# Earlier, later, language, and how they differ.
DIFFER = [
    ("The flood in Norwick killed 12 people.", "The flood in Norwick killed 19 people, the mayor said.", "en", "conflict", "figure"),
    ("Twelve people died in the Norwick flood.", "19 died in the Norwick flood, the governor said.", "en", "conflict", "figure"),
    ("The Aldona carried 4,000 tonnes of wheat to Sarvella.", "The Aldona carried 6,500 tonnes of wheat, not 4,000.", "en", "superseded", "figure"),
    ("La inundación de Norwick dejó 12 muertos.", "La inundación de Norwick dejó 19 muertos.", "es", "conflict", "figure"),
    ("Les inondations de Norwick ont fait 12 morts.", "Les inondations de Norwick ont fait 19 morts.", "fr", "conflict", "figure"),
    ("Bei der Flut in Norwick gab es 12 Tote.", "Bei der Flut in Norwick gab es 19 Tote.", "de", "conflict", "figure"),
    ("As cheias em Norwick causaram 12 mortos.", "As cheias em Norwick causaram 19 mortos.", "pt", "conflict", "figure"),
    (
        "Vale Lines bribed port officials in Selwyn to skip the inspection.",
        "The company denied that it bribed port officials in Selwyn.",
        "en", "conflict", "denial",
    ),
    (
        "La naviera sobornó a los funcionarios del puerto de Selwyn.",
        "La ministra Marwick negó que la naviera sobornara a los funcionarios de Selwyn.",
        "es", "conflict", "denial",
    ),
    ("Minister Olsen plans to travel to Karsund in May.", "Minister Olsen arrived in Karsund on Tuesday.", "en", "superseded", "plan"),
    ("La ministra Olsen viajará a Karsund en mayo.", "La ministra Olsen llegó este martes a Karsund.", "es", "superseded", "plan"),
    ("La ministre Olsen prévoit un voyage à Karsund en mai.", "La ministre Olsen est arrivée à Karsund mardi.", "fr", "superseded", "plan"),
    ("Ministerin Olsen will im Mai nach Karsund reisen.", "Ministerin Olsen ist am Dienstag in Karsund eingetroffen.", "de", "superseded", "plan"),
    ("A ministra Olsen vai viajar a Karsund em maio.", "A ministra Olsen chegou a Karsund na terça-feira.", "pt", "superseded", "plan"),
]  # fmt: skip


@pytest.mark.parametrize(("earlier", "later", "lang", "kind", "about"), DIFFER)
def test_what_differs_is_found(earlier: str, later: str, lang: str, kind: str, about: str) -> None:
    old, new = report(earlier, lang, "2024-05-02"), report(later, lang, "2024-05-07")
    for pair in ((old, new), (new, old)):
        difference = compare(*pair)
        assert difference is not None
        assert (difference.kind, difference.about) == (kind, about)
        assert difference.newer is new and difference.older is old


def test_a_plan_in_one_language_and_its_end_in_another() -> None:
    old = report("Lavrov could make an official visit to North Korea in October.", "en", "2023-09-24")
    new = report("Serguéi Lavrov llegó este miércoles en visita oficial a Pionyang.", "es", "2023-10")
    difference = compare(old, new)
    assert difference is not None and difference.kind == "superseded" and difference.newer is new
    undated = report("Lavrov could make an official visit to North Korea in October.", "en", "")
    assert (again := compare(undated, new)) is not None and again.newer is new


ALIKE = [
    ("The flu killed millions of people in Norwick.", "The flu killed 40,000 people in Norwick."),
    ("Norwick counts 235 cases per 100,000 people.", "Norwick counts 250 cases, the ministry said."),
    (
        "Norwick will change the name of the Olsen stadium.",
        "Fans in Norwick reject the change of the name of the Olsen stadium.",
    ),
    ("More than 1,000 containers wait in Norwick.", "1,200 containers wait in Norwick, the port said."),
    ("About 400 delegates came to Selwyn.", "Some 420 delegates came to Selwyn."),
    ("In May 1,164 ships passed the Amber Strait.", "In April 1,240 ships passed the Amber Strait."),
    ("The flood in Norwick killed 12 people on Monday.", "The flood in Norwick killed 19 people on 3 March."),
    ("Twelve people died in Norwick.", "Nineteen people died in Karsund."),
    ("Four of six boats are ready in Selwyn.", "Five boats are ready in Selwyn."),
    ("Another 19 people were hurt in Norwick.", "In Norwick 12 people were hurt."),
    ("The Norwick tunnel is 12 miles long.", "The Norwick tunnel lies 19 miles from the sea."),
    (
        "It was the first time in six years that a ship was stopped off Selwyn.",
        "They met in Selwyn for the first time in nine years.",
    ),
    ("The 14th congress opened in Norwick.", "The congress in Norwick has 900 delegates."),
    ("Vale Lines employs 300 sailors.", "Seventeen sailors were on the Astrid Vale."),
    ("The company denied the report.", "The company bribed officials in Selwyn."),
    ("The minister denied that the tunnel leaks.", "The minister opened the tunnel in Norwick."),
    ("Minister Olsen plans to travel to Karsund.", "Minister Olsen arrived in Selwyn on Tuesday."),
    ("Minister Olsen plans to travel to Karsund.", "Minister Brandt arrived in Karsund on Tuesday."),
    ("Minister Olsen plans to travel to Karsund.", "Minister Olsen has not arrived in Karsund."),
    ("The tunnel will open in Norwick.", "A bakery opened in Norwick."),
    ("Robledo released the report.", "The court will release Dorn."),
    ("Die Ministerin will nach Karsund reisen.", "Der Minister ist in Karsund eingetroffen."),
    ("El ministro viajará a Selwyn.", "La ministra llegó a Selwyn."),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_what_only_looks_alike_is_left_alone(one: str, other: str) -> None:
    lang = "de" if "Minister" in one and "reisen" in one else "es" if "ministro" in one else "en"
    assert compare(report(one, lang, "2024-05-02"), report(other, lang, "2024-05-07")) is None


def test_a_visit_of_last_year_does_not_fulfil_a_plan_of_today() -> None:
    plan = report("Minister Olsen plans to travel to Karsund in June.", day="2024-05-02")
    assert compare(plan, report("Minister Olsen arrived in Karsund on Tuesday.", day="2023-02-02")) is None
    assert compare(plan, report("Minister Olsen arrived in Karsund on Tuesday.", day="2025-05-02")) is None


def test_copies_of_one_story_and_sentences_of_one_article_do_not_differ() -> None:
    a, b = "The flood in Norwick killed 12 people.", "The flood in Norwick killed 19 people."
    assert not apart(report(a, id="x"), report(b, id="x"))
    assert not apart(report(a, id="x", origin="o"), report(b, id="y", origin="o"))
    assert differences([report(a, id="x", origin="o")], [report(b, id="y", origin="o")]) == []


def test_a_figure_that_is_told_later_or_much_larger_is_still_of_the_same_dead() -> None:
    """The day on which somebody says it is not the day of the deed, and who lies exaggerates."""
    first = report(
        "Eleven people died when the old mill in Torvay collapsed on Monday, the fire service said.", day="2025-04-08"
    )
    later = report("Four hundred people died when the mill in Torvay collapsed, officials said on Friday.", day="2025-04-12")
    [difference] = differences([later], [first])
    assert (difference.kind, difference.about) == ("conflict", "figure")
    one = report("One of the dead of the mill in Torvay died in hospital, officials said on Friday.", day="2025-04-12")
    assert not differences([one], [first])
    other = report("Nine people died when the mill in Torvay collapsed on Friday, officials said.", day="2025-04-12")
    assert not differences([other], [first])


def test_each_difference_is_told_once() -> None:
    mine = report("The flood in Norwick killed 12 people.", day="2024-05-02")
    others = [report(f"The flood in Norwick killed {n} people.", day="2024-05-07", id=f"a{n}") for n in (19, 19.0)]
    assert len(differences([mine], [*others, *others])) == 1


@pytest.mark.slow
def test_the_samples_have_these_differences_and_no_others() -> None:
    """A planned visit and the visit, a correction, a sum that was raised: the dispute about miles is told by the articles."""
    reports = []
    for row in map(json.loads, SAMPLES.read_text("utf-8").splitlines()):
        passage = Passage(
            id=row["id"], article_id=row["id"], version=1, start=0, end=len(row["text"]), text=row["text"], lang=row["lang"],
            title=row["title"], published=Period.parse(row["date"]),
        )  # fmt: skip
        reports += sentences_of(passage, 0)
    found = {
        (d.kind, d.about, d.newer.passage.article_id)
        for a, b in combinations(reports, 2)
        if apart(a, b) and (d := compare(a, b))
    }
    assert found == {
        ("superseded", "plan", "faro-robledo-llega"),
        ("superseded", "figure", "courier-correction"),
        ("superseded", "figure", "ledger-fund"),
    }


def test_figures_are_counts_and_measures_only() -> None:
    assert [(f.low, f.unit) for f in figures("On 6 May 2024 at 5 a.m. 14 sailors left pier 3 for the 2nd time.", "en")] == [
        (14.0, "crew")
    ]
    assert figures("Unos 320 barcos cruzan el estrecho.", "es")[0].low < 320 < figures("Unos 320 barcos cruzan.", "es")[0].high


def test_plans_and_events_are_told_apart() -> None:
    assert [h.kind for h in planned("Lavrov podría viajar a Pionyang", "es")] == ["visit"]
    assert not planned("Lavrov no viajará a Pionyang", "es") and not planned("La primera visita de Lavrov", "es")
    assert [h.kind for h in happened("Lavrov ist in Pjöngjang eingetroffen", "de")] == ["visit"]
    assert not happened("Lavrov has not arrived in Pyongyang", "en")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the United States and the UN", "Estados Unidos y la ONU"),
        ("the U.S. Secretary of State in London", "le secrétaire d’État des États-Unis à Londres"),
        ("North Korean troops in Moscow", "nordkoreanische Truppen in Moskau"),
        ("Germany and the Netherlands", "a Alemanha e os Países Baixos"),
        ("the European Union and NATO", "la Unión Europea y la OTAN"),
    ],
)
def test_places_have_one_code_in_every_language(one: str, other: str) -> None:
    assert codes(one) == codes(other) != frozenset()


def test_words_that_only_look_like_places_are_none() -> None:
    assert not codes("Let us go, who knows: the dish was served on the island")


@pytest.fixture(scope="module")
def alike(model: E5) -> Likeness:
    return likeness(model.embed_documents)


DIFFERENCES = [
    json.loads(line) for line in (Path(__file__).parent / "data" / "differences.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize(
    ("about", "measured", "precision", "recall"),
    [
        ("figure", "figures", 1.0, 0.85), ("figure", "figures_2", 1.0, 0.85), ("denial", "denials", 1.0, 0.75),
        ("denial", "denials_2", 1.0, 0.6), ("plan", "plans", 1.0, 0.85), ("plan", "plans_2", 1.0, 0.85),
    ],
)  # fmt: skip
def test_conflicts_are_right_and_most_are_found(
    alike: Likeness, about: str, measured: str, precision: float, recall: float
) -> None:
    first = "2024-05-02" if about == "plan" else "2024-05-07"
    right, wrong, missed = [], [], []
    for row in (row for row in DIFFERENCES if row["set"] == measured):
        found = compare(report(row["older"], row["older_lang"], first), report(row["newer"], row["newer_lang"]), alike)
        hit = found is not None and (not row["differ"] or found.about == about)
        (right if row["differ"] and hit else wrong if hit else missed if row["differ"] else []).append(row)
    assert right and len(right) >= precision * (len(right) + len(wrong)), wrong
    assert len(right) >= recall * (len(right) + len(missed)), missed


def test_a_number_said_twice_in_one_sentence_is_found_where_it_stands() -> None:
    text = "Of 5 million people, half a million left; 5 million stayed, one in 10."
    low = [figure.low for figure in figures(text, "en")]
    assert low and min(low) > 2


@pytest.mark.parametrize(
    ("text", "lang", "unit"),
    [
        ("12 tote bags were left on the quay.", "en", ""),
        ("12 dead sailors were found.", "en", "dead"),
        ("Bei dem Brand gab es 12 Tote.", "de", "dead"),
        ("12 pays ont signé.", "fr", "countries"),
        ("She pays 12 pounds.", "en", "pounds"),
    ],
)
def test_a_word_counts_in_its_own_language(text: str, lang: str, unit: str) -> None:
    known = {figure.unit for figure in figures(text, lang)} & (vocabulary.COUNTED | vocabulary.MEASURES)
    assert known == ({unit} if unit else set())


def test_a_word_happens_and_denies_in_its_own_language() -> None:
    assert [h.kind for h in planned("Die Brücke soll am Montag schließen.", "de")] == ["closing"]
    assert [h.kind for h in happened("The bishop visited Norwick and spoke of sin.", "en")] == ["visit"]
    assert not happened("El obispo visitó Norwick sin avisar.", "es")
    (closing,) = planned("Die Straße soll danach schließen.", "de")
    assert "Die Straße soll danach schließen."[closing.start : closing.end] == "schließen"
