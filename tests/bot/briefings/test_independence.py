"""How many independent reports an event has: by outlet, owner and agency, never by article."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bot.briefings import novelty
from bot.briefings.event_writer import Item, may_correct
from bot.briefings.key_sentences import KeySentence
from bot.retrieval.story_clusters import Cluster, stories
from index.records import Article, Period
from index.search.recent_reports import Report
from index.text.publishers import SHIPPED, Publisher, Publishers

NOTHING = np.zeros(3, np.float32)


def report(
    outlet: str, host: str, *, agency: str = "", origin: str = "", known: Publishers = SHIPPED, title: str = ""
) -> Report:
    url = f"https://{host}/{outlet}{agency}{origin}"
    article = Article(id=url, text="Words.", title=title, outlet=outlet, url=url, agency=agency, origin=origin or url, lang="en",
                      published=Period.parse("2025-06-17"))  # fmt: skip
    labels, doubtful = known.labels(outlet, url, agency), known.tier(outlet, url) == "doubtful"
    return Report(article=article, moment=1, added=1, vector=NOTHING, title=NOTHING, labels=labels, doubtful=doubtful)


def origins(*reports: Report) -> int:
    return Item(Cluster(tuple(stories(reports))), 1.0).origins


def test_articles_of_one_outlet_owner_or_agency_are_one_report() -> None:
    tidings = [report(name, "tidings.example") for name in ("Tidings", "Tidings Politics", "HT")]
    assert origins(*tidings) == 1
    radio = report("Skerry Radio", "radio.example")
    assert origins(*tidings, radio) == 2
    assert origins(report("The Sun", "thesun.co.uk"), report("The Times", "thetimes.com")) == 1
    wire = [report("A", "a.example", agency="AFP"), report("B", "b.example", agency="AFP"), report("AFP", "afp.com")]
    assert origins(*wire, radio) == 2


RETOLD = [  # two leads, and whether both are one report
    ("Doyle hid $200,000 from the auditors, the Tarby Herald reported on Tuesday.", "According to the Tarby Herald, Doyle hid $200,000.", True),
    ("La senadora ocultó 200.000 dólares, según informó el Diario de Tarba.", "Doyle hid $200,000, Diario de Tarba reported.", True),
    ("Die Senatorin verschwieg Spenden, berichtete die Tarbyer Zeitung.", "Doyle hid $200,000 from the auditors, police said.", False),
    ("The newspaper reported that Doyle hid $200,000.", "Doyle hid $200,000, the newspaper reported.", False),
    ("Doyle hid $200,000 from the auditors, police said.", "According to police, Doyle hid $200,000.", False),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "same"), RETOLD)
def test_two_retellings_of_one_report_are_one(one: str, other: str, same: bool) -> None:
    langs = ("es" if one.startswith("La") else "de" if one.startswith("Die") else "en", "en")
    told = [
        replace(made, article=replace(made.article, text=text, lang=lang))
        for made, text, lang in zip((report("A", "a.example"), report("B", "b.example")), (one, other), langs, strict=True)
    ]
    assert origins(*told) == (1 if same else 2)


def test_a_retelling_adds_nothing_to_what_it_retells() -> None:
    first = report("Tarby Herald", "tarbyherald.example")
    made = report("A", "a.example")
    text = "Senator Doyle hid $200,000, the Tarby Herald reported."
    assert origins(first, replace(made, article=replace(made.article, text=text))) == 1


def test_many_new_outlets_with_one_text_are_one_and_doubtful_ones_none() -> None:
    copies = [report(f"Daily {n}", f"daily-{n}.example", origin="text") for n in range(6)]
    assert origins(*copies) == 1
    radio, liar = report("Skerry Radio", "radio.example"), report("Reuters", "reuters-world.example")
    assert origins(radio, liar) == origins(liar) == 1
    known = Publishers((Publisher(name="Spin Daily", tier="doubtful"),))
    assert origins(radio, report("Spin Daily", "spin.example", known=known)) == 1


def claim(of: Report, text: str) -> KeySentence:
    return KeySentence(replace(of, article=replace(of.article, text=text)), 0, len(text), 0, NOTHING)


def test_outlets_at_a_host_for_examples_are_independent() -> None:
    assert origins(report("A", "a.example.org"), report("B", "b.example.org"), report("C", "c.example.com")) == 3


def test_an_outlet_corrects_the_report_of_an_agency_that_it_printed() -> None:
    before = [claim(report("Tidings", "tidings.example", agency="AFP"), "Seventeen sailors were on board.")]
    own = claim(report("Tidings", "tidings.example", title="Correction: ferry"), "Our report of Tuesday gave wrong figures.")
    other = claim(report("Kaleo Voice", "kaleo.example", title="Correction: ferry"), "Our report gave wrong figures.")
    assert novelty.change([own], before).label == "corrected"
    assert novelty.change([other], before).label != "corrected"


def test_a_notice_by_somebody_else_withdraws_nothing() -> None:
    before = [claim(report("Tidings", "tidings.example"), "The ferry broke down off Kaleo.")]
    title = "Tidings withdraws its report"
    own = claim(report("Tidings Online", "www.tidings.example", title=title), "Tidings withdraws its report on the ferry.")
    other = claim(report("Kaleo Voice", "kaleo.example", title=title), "Tidings withdraws its report on the ferry.")
    assert novelty.change([own], before).label == "withdrawn"
    assert novelty.change([other], before).label != "withdrawn"


def test_only_who_printed_a_report_of_an_event_corrects_its_figures() -> None:
    printed = report("Tidings", "tidings.example", agency="AFP")
    own, agency = report("Tidings", "tidings.example", title="Correction: ferry"), report("AFP", "afp.com", title="Correction")
    other = report("Kaleo Voice", "kaleo.example", title="Correction: ferry")
    told = [replace(one, article=replace(one.article, id=f"notice-{n}")) for n, one in enumerate((own, agency, other))]
    assert [may_correct(notice, [printed]) for notice in told] == [True, True, False]
    assert not may_correct(printed, [printed])  # it is a report on the event itself
