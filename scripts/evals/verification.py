"""Is what a strong model writes shown when it is true, and not when it is false? Sentences written blind, by language and kind.

The passages of a question stand as its evidence; a server on loopback replies with its sentences and the words they point at;
everything behind that is the product's own way: prompt, HTTP, stream, verification, judge. For each question one reply with all
its true sentences, and one for each false sentence behind a true one.

    verification                         no judge, words as they were pointed at
    verification, no words               a model that copies no words
    verification, judged                 with recorded verdicts of a second reader, if there are any (`JUDGED`)
    verification, desk first, second     two sets over our own articles (`DESK`), run once each before mending; no judge

A blocker has its share of false sentences among those that it stops.
"""

from __future__ import annotations

import json
import random
import re
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.answers.writer import ChatGenerator, likeness
from bot.answers.writing import Writing
from bot.llm.models import chat_model
from bot.questions import question as questions
from bot.records import Sentence
from bot.retrieval.evidence import Evidence, Features
from bot.verification import judge, judge_case, verify
from bot.verification.evidence import CitedPassage
from evals.retrieval import Row
from index.embedding.e5 import load
from index.records import Article, Passage, Period
from tests.support.model_server import Server, serving

JUDGED = Path(__file__).resolve().parents[2] / "tests" / "bot" / "verification" / "data" / "judged.jsonl"
ARTICLES = Path(__file__).resolve().parents[2] / "tests" / "data" / "desk" / "articles.jsonl"
DESK = JUDGED.with_name("pairs_desk.jsonl")
Verdicts = Mapping[str, judge_case.Verdict]  # by the sentence's id
_MARKS = re.compile(r"\s*\[[\d, ]+\]")


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence that is true or false of its passages."""

    id: str
    question: str
    lang: str
    evidence_lang: str
    text: str
    cites: tuple[int, ...]
    words: tuple[tuple[int, str], ...]
    true: bool
    kind: str
    passages: tuple[tuple[int, str, str], ...]  # number, heading, text


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a pair: the class it is shown in, or the reasons why it is not."""

    pair: Pair
    status: str  # verified | unconfirmed | withheld
    reasons: tuple[str, ...] = ()
    cited: bool = False  # words of its source are shown with it


def run(shared: Path, sample: bool) -> Iterator[Row]:
    """`sample`: every third question."""
    floors = tomllib.loads((Path(__file__).parent.parent / "floors.toml").read_text(encoding="utf-8")).get("verification", {})
    pairs = read(shared / "data" / "verification" / "pairs.jsonl")
    if sample:
        kept = sorted({pair.question for pair in pairs})[::3]
        pairs = [pair for pair in pairs if pair.question in kept]

    def rows(name: str, fates: Sequence[Fate]) -> Iterator[Row]:
        for measure, value in measures(fates):
            yield name, measure, value, floors.get(name, {}).get(measure)

    fates, seconds = replayed(pairs)
    yield from rows("pairs", fates)
    yield from precision(fates)
    yield from by_kind(fates)
    yield "cost", "ten sentences within 1.0 CPU-second", float(seconds <= 1.0), floors.get("cost", {}).get("within")
    yield "cost", "CPU-seconds for ten sentences", seconds, None
    yield from rows("pairs, no words", replayed(pairs, words=False)[0])
    if JUDGED.is_file():
        yield from rows("pairs, judged", replayed(pairs, verdicts=recorded())[0])
    for name in ("first", "second") if not sample else ():
        yield from rows(f"desk, {name}", replayed(desk(name))[0])


def read(file: Path) -> list[Pair]:
    """The pairs of a file."""
    return [_pair(json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]


def _pair(row: Mapping[str, Any]) -> Pair:
    cites = row["citation"] if isinstance(row["citation"], list) else [row["citation"]]
    return Pair(
        id=row["id"], question=row["question"], lang=row["lang"], evidence_lang=row["evidence_lang"],
        text=_MARKS.sub("", row["sentence"]), cites=tuple(cites), words=tuple((s["n"], s["words"]) for s in row["support"]),
        true=row["label"], kind=row["kind"], passages=tuple((p["n"], p["head"], p["text"]) for p in row["passages"]),
    )  # fmt: skip


def desk(name: str) -> list[Pair]:
    """A set of sentences over the articles of tests/data/desk, their passages two paragraphs each."""
    articles = {row["id"]: row for row in map(json.loads, ARTICLES.read_text(encoding="utf-8").splitlines())}
    rows = [row for row in map(json.loads, DESK.read_text(encoding="utf-8").splitlines()) if row["set"] == name]
    return [_desk_pair(place, row, articles[row["article"]]) for place, row in enumerate(rows)]


def _desk_pair(place: int, row: Mapping[str, Any], article: Mapping[str, Any]) -> Pair:
    heading = ", ".join((article["title"], article["outlet"], article["published"][:10], article["lang"]))
    paragraphs = article["text"].split("\n\n")
    texts = ["\n\n".join(paragraphs[i : i + 2]) for i in range(0, len(paragraphs), 2)]
    words = tuple((next(n for n, text in enumerate(texts, 1) if own in text), own) for own in row["words"])
    return Pair(
        id=f"{row['article']}/{row['lang']}-{place:03d}", question=article["title"], lang=row["lang"],
        evidence_lang=article["lang"], text=row["sentence"], cites=tuple(dict.fromkeys(number for number, _ in words)),
        words=words, true=row["true"], kind=row["kind"],
        passages=tuple((n, heading, text) for n, text in enumerate(texts, 1)),
    )  # fmt: skip


# What is measured ------------------------------------------------------------------------------------------------------------


def measures(fates: Sequence[Fate]) -> Iterator[tuple[str, float]]:
    """Shares; those of false sentences so that more is better, as floors are."""
    true, false = ([fate for fate in fates if fate.pair.true == value] for value in (True, False))

    def share(of: Sequence[Fate], *statuses: str) -> float:
        return sum(fate.status in statuses for fate in of) / max(1, len(of))

    yield "true shown", share(true, "verified", "unconfirmed")
    yield "true verified", share(true, "verified")
    yield "false not verified", 1 - share(false, "verified")
    yield "false not shown", share(false, "withheld")
    shown = [fate for fate in false if fate.status != "withheld"]
    yield "false shown with the words of their source", sum(fate.cited for fate in shown) / max(1, len(shown))


def precision(fates: Sequence[Fate]) -> Iterator[Row]:
    """For each blocker how much of what it stops is false."""
    stopped = Counter((reason, fate.pair.true) for fate in fates for reason in set(fate.reasons))
    for reason in dict.fromkeys(reason for reason, _ in stopped):
        false, true = stopped[reason, False], stopped[reason, True]
        yield f"blocker {reason}", f"false of {false + true} stopped", false / (false + true), None


def by_kind(fates: Sequence[Fate]) -> Iterator[Row]:
    """Shown, by language pair and by kind."""
    for true in (True, False):
        groups: dict[str, list[Fate]] = defaultdict(list)
        for fate in fates:
            if fate.pair.true == true:
                groups[f"{fate.pair.lang} over {fate.pair.evidence_lang}"].append(fate)
                groups[fate.pair.kind].append(fate)
        for name, own in sorted(groups.items()):
            shown = sum(fate.status != "withheld" for fate in own) / len(own)
            yield name, f"{'true' if true else 'false'} shown of {len(own)}", shown, None


# The replay ------------------------------------------------------------------------------------------------------------------


def replayed(pairs: Sequence[Pair], *, words: bool = True, verdicts: Verdicts | None = None) -> tuple[list[Fate], float]:
    """(what became of each pair, CPU-seconds of the check for ten sentences). `verdicts`: of a judge, by the sentence's id."""
    fates: list[Fate] = []
    spent = checked = 0.0
    with serving() as server:
        generator = ChatGenerator(chat_model("openai:replay", base_url=server.url, api_key="none"))
        for own in _questions(pairs):
            true = [pair for pair in own if pair.true]
            replies = [(true, true)] * bool(true) + [([*true[:1], pair], [pair]) for pair in own if not pair.true]
            for lines, judged in replies:
                seconds, found = _replied(server, generator, lines, words=words, verdicts=verdicts)
                spent, checked = spent + seconds, checked + len(lines)
                fates += [found[pair.id] for pair in judged]
    return fates, 10 * spent / max(1.0, checked)


def _questions(pairs: Sequence[Pair]) -> list[list[Pair]]:
    groups: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        groups[pair.question].append(pair)
    return list(groups.values())


def _replied(
    server: Server,
    generator: ChatGenerator,
    lines: Sequence[Pair],
    *,
    words: bool,
    verdicts: Verdicts | None,
) -> tuple[float, dict[str, Fate]]:
    """(CPU-seconds of the check, what became of each pair of a reply)."""
    server.text = "\n".join(_reply(pair, words=words) for pair in lines)
    writing = begun(lines[0], verdicts)
    drafts = list(generator.generate(writing.evidence, lines[0].lang))
    assert len(drafts) == len(lines), [draft.text for draft in drafts]
    fates: dict[str, Fate] = {}
    started = time.process_time()
    for pair, draft in zip(lines, drafts, strict=True):
        before = len(writing.withheld)
        shown = writing.add(draft)
        if shown or len(writing.withheld) > before:
            fates[pair.id] = _fate(pair, shown, writing.withheld[before:])
    seconds = time.process_time() - started
    waiting = [pair for pair in lines if pair.id not in fates]
    shown_later = {sentence.text: sentence for sentence in writing.judged()}
    for pair in waiting:
        sentence = next((s for text, s in shown_later.items() if _plain(text) == _plain(pair.text)), None)
        fates[pair.id] = _fate(pair, sentence, ["judge"] if verdicts and not sentence else [])
    return seconds, fates


def _fate(pair: Pair, shown: Sentence | None, withheld: Sequence[str]) -> Fate:
    if shown is None or shown.status == "quoted":
        return Fate(pair, "withheld", tuple(withheld) or ("says nothing",))
    return Fate(pair, shown.status, (), all(citation.quote.strip() for citation in shown.citations) and bool(shown.citations))


def _plain(text: str) -> str:
    return re.sub(r"\W+|\[[^\]]*\]", "", re.sub(r"\s\[[^\]]*\]", "", text))


def _reply(pair: Pair, *, words: bool) -> str:
    line = pair.text + " " + "".join(f"[{n}]" for n in pair.cites)
    return line + "".join(f"\n> [{n}] {' '.join(text.split())}" for n, text in pair.words) if words else line


def begun(pair: Pair, verdicts: Verdicts | None = None) -> Writing:
    """An answer to the question of a pair, before its first sentence."""
    articles, passages = library(pair.passages)
    question = questions.read(pair.question, lang=pair.lang)
    evidence = Evidence(question=question, passages=passages, candidates=(), features=Features(), probability=1.0)
    return Writing(
        evidence, pair.lang, lambda id, version: articles.get(id), likeness=likeness(_embed),
        judge=None if verdicts is None else Recorded(verdicts),
    )  # fmt: skip


def library(rows: Sequence[tuple[int, str, str]]) -> tuple[dict[str, Article], tuple[Passage, ...]]:
    """Articles made of the passages that have one heading, and the passages in their order."""
    articles: dict[str, Article] = {}
    passages: dict[int, Passage] = {}
    for heading in dict.fromkeys(heading for _, heading, _ in rows):
        own = [(number, text) for number, other, text in rows if other == heading]
        title, outlet, published, lang = _heading(heading)
        id, whole = f"a{len(articles) + 1}", "\n\n".join(text for _, text in own)
        articles[id] = Article(id=id, text=whole, title=title, outlet=outlet, published=published, lang=lang)
        at = 0
        for number, text in own:
            passages[number] = Passage(
                id=f"p{number}", article_id=id, version=1, start=at, end=at + len(text), text=text, title=title, outlet=outlet,
                lang=lang, published=published,
            )  # fmt: skip
            at += len(text) + 2
    return articles, tuple(passages[number] for number in sorted(passages))


def _heading(heading: str) -> tuple[str, str, Period | None, str]:
    """Title, outlet, date and language of "Title, Outlet, 2019-01-04, en"."""
    *parts, lang = heading.split(", ")
    dated = bool(parts) and re.fullmatch(r"\d{4}(?:-\d\d){0,2}(?: .*)?", parts[-1])
    published = Period.parse(parts.pop()[:10]) if dated else None
    outlet = parts.pop() if len(parts) > 1 else ""
    return ", ".join(parts), outlet, published, lang


_vectors: dict[str, Any] = {}


@cache
def _model() -> Any:
    return load()


def _embed(texts: Sequence[str]) -> Sequence[Sequence[float]]:
    new = [text for text in dict.fromkeys(texts) if text not in _vectors]
    if new:
        _vectors.update(zip(new, _model().embed_documents(new), strict=True))
    return [_vectors[text] for text in texts]


# The judge -------------------------------------------------------------------------------------------------------------------


class Recorded:
    """Verdicts that a second reader gave to the judge's real prompts, by the id of the sentence."""

    name = "recorded"
    prompt = ""
    unreliable = False

    def __init__(self, known: Verdicts) -> None:
        self._known = known

    def verdicts(
        self, cases: Sequence[judge_case.Case], sources: Sequence[CitedPassage], *, stop: object = None
    ) -> Iterator[tuple[str, judge_case.Verdict]]:
        """Those that are known."""
        yield from ((case.id, self._known[case.id]) for case in cases if case.id in self._known)


def recorded() -> dict[str, judge_case.Verdict]:
    """The verdicts of JUDGED."""
    rows = (json.loads(line) for line in JUDGED.read_text(encoding="utf-8").splitlines())
    return {row["id"]: row["verdict"] for row in rows}


def asked(pairs: Sequence[Pair]) -> Iterator[tuple[str, str, list[judge_case.Case], list[CitedPassage]]]:
    """(question, the judge's prompt with all that it is asked about, in no order; cases; sources) for each question."""
    for own in _questions(pairs):
        mixed = random.Random(own[0].question).sample(own, len(own))
        writing = begun(own[0])
        sources, cases = writing.read(), []
        for pair in mixed:
            checked = verify.check(pair.text, pair.cites, sources, pair.lang, words=pair.words, likeness=writing.likeness)
            if checked.judgeable:
                cases.append(judge_case.case(checked, sources))
        yield own[0].question, judge.prompt(cases, sources), cases, sources
