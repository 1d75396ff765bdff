"""bot/answers/extractive.py: whole quotations, speakers kept, nothing twice, everything the article's own words."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.extractive import BUDGET, CAP, Extractive, adds_nothing, repeats, wanted
from bot.answers.names_beside import speakers
from bot.questions.question import read
from bot.retrieval.candidates import Candidate
from bot.retrieval.context import widen
from bot.retrieval.evidence import Evidence, Features
from index.records import Article, Passage, passage_id
from index.text import quotation_marks
from index.text.passages import sentences

TEXT = (
    "The tunnel under Mount Harrow is closed.\n"
    "“We found cracks in the roof. Nobody may enter before the repair,” said the engineer, Ana Brandt. "
    "She had warned of this in May.\n"
    "“Traffic goes over the pass,” she added. The mayor of Harrow, Tomas Lind, disagreed. "
    "He called the closure “a mistake.”\n"
)


def candidate(text: str, start: int, end: int, *, id: str = "a", lang: str = "en", score: float = 1.0) -> Candidate:
    passage = Passage(
        id=passage_id(id, 1, 0, len(text)), article_id=id, version=1, start=0, end=len(text), text=text, lang=lang
    )
    return Candidate(passage=passage, hit=0, start=start, end=end, text=text[start:end], score=score)


def evidence(question: str, candidates: list[Candidate]) -> Evidence:
    return Evidence(
        question=read(question, lang="en"),
        passages=tuple(dict.fromkeys(c.passage for c in candidates)),
        candidates=tuple(candidates),
        features=Features(),
        probability=1.0,
    )


def extractive(*articles: Article) -> Extractive:
    known = {(a.id, a.version): a for a in articles}
    return Extractive(lambda id, version: known.get((id, version)))


def test_a_cut_quotation_is_completed_in_both_directions() -> None:
    whole = "“We found cracks in the roof. Nobody may enter before the repair,” said the engineer, Ana Brandt."
    for part in ("“We found cracks in the roof.", "Nobody may enter before the repair,” said the engineer, Ana Brandt."):
        start = TEXT.index(part)
        a, b = widen(TEXT, start, start + len(part), "en")
        assert TEXT[a:b] == whole


def test_a_whole_sentence_stays_as_it_is() -> None:
    part = "The tunnel under Mount Harrow is closed."
    assert widen(TEXT, 0, len(part), "en") == (0, len(part))


@given(st.text(alphabet='ab “”"«».!\n', max_size=300), st.data())
def test_widened_spans_hold_the_span_and_stay_small(text: str, data: st.DataObject) -> None:
    spans = sentences(text, "en")
    if not spans:
        return
    start, end = data.draw(st.sampled_from(spans))
    a, b = widen(text, start, end, "en", limit=100)
    assert 0 <= a <= start < end <= b <= len(text)
    assert b - a <= max(100, end - start)
    assert text[a:b] == text[a:b].strip()


def test_the_speaker_stands_beside_the_pronoun() -> None:
    article = Article(id="a", text=TEXT, lang="en")
    start = TEXT.index("“Traffic")
    end = TEXT.index(" The mayor of Harrow")
    assert [name for _, name in speakers(article, start, end)] == ["Ana Brandt"]
    at, _ = speakers(article, start, end)[0]
    assert TEXT[:at].endswith("she")


def test_the_same_sentence_in_another_article_counts_once() -> None:
    text = "The tunnel under Mount Harrow is closed after engineers found cracks."
    copy = "The tunnel under Mount Harrow is closed, after engineers found cracks, reports say."
    one, other = candidate(text, 0, len(text)), candidate(copy, 0, len(copy), id="b", score=0.9)
    assert repeats(one, other)
    drafts = list(
        extractive(Article(id="a", text=text, lang="en"), Article(id="b", text=copy, lang="en")).generate(
            evidence("Is the tunnel closed?", [one, other]), "en"
        )
    )
    assert len(drafts) == 1 and drafts[0].span == (0, len(text))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 30), st.floats(-3, 3)), min_size=1, max_size=8))
def test_the_best_sentence_stands_first_and_the_others_in_order(rows: list[tuple[str, int, float]]) -> None:
    texts: dict[str, str] = {"a": "", "b": "", "c": ""}
    places = []
    for n, (id, length, score) in enumerate(rows):
        words = " ".join(f"w{n}x{i}" for i in range(length * 3))
        start = len(texts[id])
        texts[id] += f"Number{n} {words}.\n"
        places.append((id, start, len(texts[id]) - 1, score))
    candidates = sorted((candidate(texts[id], a, b, id=id, score=s) for id, a, b, s in places), key=lambda c: -c.score)
    question = "What happened?"
    chosen = extractive(*(Article(id=id, text=t, lang="en") for id, t in texts.items())).choose(evidence(question, candidates))
    assert 1 <= len(chosen) <= wanted(read(question, lang="en"))
    total = sum(c.end - c.start for c in chosen)
    assert total <= max(BUDGET, chosen[0].end - chosen[0].start) <= CAP
    assert chosen[0].start == candidates[0].start and chosen[0].passage.article_id == candidates[0].passage.article_id
    seen: list[str] = []
    for one, after in pairwise(chosen[1:]):
        seen.append(one.passage.article_id)
        if one.passage.article_id == after.passage.article_id:
            assert one.end <= after.start
        else:
            assert after.passage.article_id not in seen
    assert all(texts[c.passage.article_id][c.start : c.end] == c.text for c in chosen)
    assert all(quotation_marks.balanced(c.text) for c in chosen)


def test_one_more_sentence_is_shown_if_it_is_likely_for_its_length() -> None:
    """Of two that are as likely the short one is worth reading; of a list, each is."""
    first, short = "The tunnel is shut for repairs.", "Cracks were found."
    long = "Ana Brandt, who has worked in it for " + "many and many and " * 12 + "many years, once said why."
    text = f"{first} {short}\n{long}"
    told = [
        candidate(text, text.index(part), text.index(part) + len(part), score=score)
        for part, score in ((first, 2.0), (long, 0.1), (short, 0.0))
    ]
    quoting = extractive(Article(id="a", text=text, lang="en"))
    for question in ("What happened at the tunnel?", "Why is the tunnel shut?"):
        assert [c.text for c in quoting.choose(evidence(question, told))] == [first, short]
    assert len(quoting.choose(replace(evidence("Which tunnels are shut?", told), most=3))) == 3


def test_what_somebody_said_is_not_too_long() -> None:
    first = "Ana Brandt spoke about the tunnel."
    long = "She said: “Whoever has worked in it " + "for years and years and " * 12 + "for more years knows why.”"
    text = f"{first} {long}"
    told = [candidate(text, text.index(part), text.index(part) + len(part), score=s) for part, s in ((first, 2.0), (long, 0.2))]
    quoting = extractive(Article(id="a", text=text, lang="en"))
    asked = evidence("What did Ana Brandt say about the tunnel?", told)
    assert asked.question.kind == "said" and [c.text for c in quoting.choose(asked)] == [first, long]
    assert [c.text for c in quoting.choose(evidence("What happened at the tunnel?", told))] == [first]


@pytest.mark.parametrize(
    ("question", "first", "other", "elsewhere", "nothing"),
    [
        ("How many people died in Harrow?", "Three people died.", "Nine people died.", False, False),
        ("How many people died in Harrow?", "Three people died.", "The road is shut.", False, True),
        ("When did the tunnel of Harrow open?", "It opened in May 1950.", "It is a long one.", False, True),
        ("When did the tunnel of Harrow open?", "It is a long one.", "It opened in May 1950.", False, False),
        ("What happened in Harrow?", "Three people died in Harrow.", "Nine people died in Tarn.", True, True),
        ("What happened in Harrow?", "Three people died in Harrow.", "In Harrow the road is shut.", True, False),
        ("What happened in Harrow?", "Three people died.", "Nine people died in Tarn.", True, False),
    ],
)
def test_a_sentence_adds_nothing_without_the_asked_thing_or_of_another_place(
    question: str, first: str, other: str, elsewhere: bool, nothing: bool
) -> None:
    one, two = (candidate(text, 0, len(text), id=id) for text, id in ((first, "a"), (other, "b" if elsewhere else "a")))
    assert adds_nothing(two, one, read(question, lang="en")) is nothing
