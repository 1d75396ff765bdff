"""Do briefings tell every event once, with the right label, and nothing without a source?

stream    tests/data/stream: a fictional fortnight of our own in en, es, de, fr. Whoever wrote it has seen the program, so no
          threshold was chosen on it
reports   NTREX documents and Wikinews by date, cut into two reports a document (every second sentence each), in several
          languages: what belongs to one document is one event. Half of them gave the weights of `story_clusters`
labelled  tests/data/briefings: which articles of the shared sets are on a beat, the best events of some days, what is no news;
          written before the rules by somebody who had read the program. The rules saw the half that is called dev. Then days as
          the product told them, put in order, and pairs of an event and an earlier one, judged by readers who had not read it.
          Titles that tell news and others: held ones, and the test rows of scripts/titles.tsv, none of which was fitted on
"""

from __future__ import annotations

import gzip
import json
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot import Bot
from bot.briefings import key_sentences as telling
from bot.briefings.beat_relevance import BeatTopic, relevances
from bot.briefings.briefing import MEMORY, ON_BEAT, worth
from bot.briefings.event_writer import Item
from bot.briefings.news_value import consequence, direction, kind
from bot.briefings.novelty import surely
from bot.briefings.title_classifier import TELLS, odds
from bot.briefings.titles import teases
from bot.records import Beat, Briefing, BriefingEvent, Sentence
from bot.retrieval.story_clusters import Cluster, Story, clusters, goes_on, likeness, linked, stories
from evals.retrieval import Remembered
from index import Article, Index
from index.embedding.e5 import E5, load
from index.ingest.sources import read
from index.records import Period, Scope
from index.text.passages import sentences

Row = tuple[str, str, float, float | None]
Label = dict[str, Any]
Vectors = Callable[[str], NDArray[np.float32]]
LABELS = Path(__file__).resolve().parents[2] / "tests/data/briefings/labels.jsonl"
TITLES = Path(__file__).resolve().parents[1] / "titles.tsv"
STREAM = Path(__file__).resolve().parents[2] / "tests/data/stream"
DAY = 86_400
FROM = 1_772_409_600  # 2026-03-02, the first day of the stream
DAYS = 14
EVERYTHING = Beat(name="everything", length=20, window=DAY)
TOPICS = {  # beats in words, and the stories of the stream that are about them
    "timber trade": {"s-talks"},
    "negociaciones sobre la madera": {"s-talks"},
    "floods and dams": {"s-flood", "s-crack"},
    "crisis bancaria": {"s-bank"},
    "railway strike": {"s-rail"},
    "cholera outbreak": {"s-cholera"},
    "space and astronomy": {"s-satellite", "s-comet"},
    "elecciones municipales": {"s-mayor"},
    "Theaterbrand": {"s-theatre"},
}


@dataclass
class Gold:
    """What is true of the stream."""

    articles: Mapping[str, str]  # id -> event
    events: Mapping[str, Mapping[str, str]]  # event -> story, day, label
    changed: Mapping[str, str] = field(default_factory=dict)  # id -> event of its second version


def run(shared: Path | None, sample: bool) -> list[Row]:
    """`sample`: without the reports."""
    with tempfile.TemporaryDirectory() as folder:
        rows = stream(Path(folder))
    if shared is not None and not sample:
        rows += reports(shared) + labelled(shared)
    return rows


# Our own stream --------------------------------------------------------------------------------------------------------------


def gold() -> Gold:
    return Gold(**json.loads((STREAM / "gold.json").read_text(encoding="utf-8")))


def stream(folder: Path, *, topical: bool = True) -> list[Row]:
    truth = gold()
    with Index(folder / "all") as index, Index(folder / "originals") as originals:
        everything = list(read([str(STREAM / "articles.jsonl")]))
        index.add(everything)
        originals.add(a for a in everything if isinstance(a, Article) and not a.id.endswith("-copy"))
        found = clusters(index.reports(Period(0, 1 << 40)))
        label = {id: str(n) for n, cluster in enumerate(found) for id in cluster.ids}
        right = {id: truth.changed.get(id, event) for id, event in truth.articles.items()}
        rows = [("stream, 14 days at once", f"B-cubed {name}", value, floor) for name, value, floor in bcubed(label, right)]
        bot = Bot(index)
        told = days(bot)
        rows += measured(told, truth, index)
        rows.append(("stream, 14 briefings", "copies do not move an event", unmoved(told, days(Bot(originals))), 1.0))
        rows += topics(bot, truth) if topical else []
    return rows


def days(bot: Bot) -> list[Briefing]:
    """A briefing every midnight."""
    return [bot.brief(EVERYTHING, scope=Scope(as_of=Period(FROM + n * DAY - 1, FROM + n * DAY))) for n in range(1, DAYS + 1)]


def measured(told: Sequence[Briefing], truth: Gold, index: Index) -> list[Row]:
    wanted = found = twice = 0
    shown: list[bool] = []
    changed: list[bool] = []
    for briefing in told:
        due = {
            name for name, event in truth.events.items() if briefing.since <= Period.parse(event["day"]).start < briefing.until
        }
        names = [of(event, briefing, truth) for event in briefing.events]
        twice += len(names) - len(set(names))
        wanted += len(due)
        found += len(due & set(names))
        for event, name in zip(briefing.events, names, strict=True):
            if name in due:
                label = truth.events[name]["label"]
                shown += [event.label == label] if event.label != "new" else []
                changed += [event.label != "new"] if label != "new" else []
    written = [sentence for briefing in told for sentence in sentences_of(briefing)]
    return [
        ("stream, 14 briefings", "events told", found / wanted, 0.9),
        ("stream, 14 briefings", "labels beside New that are right", share(shown), 0.95),
        ("stream, 14 briefings", "events that are not new labelled so", share(changed), 0.50),
        ("stream, 14 briefings", "events told once", 1 - twice / max(1, wanted), 1.0),
        ("stream, 14 briefings", "citation_verbatim", share(verbatim(s, index) for s in written), 1.0),
        ("stream, 14 briefings", "sentences with support", share(supported(s) for s in written), 1.0),
    ]


def of(event: BriefingEvent, briefing: Briefing, truth: Gold) -> str:
    """The true event that most articles of a told one belong to."""

    def name(id: str) -> str:
        first = truth.articles[id]
        later = briefing.since > Period.parse(truth.events[first]["day"]).start
        return truth.changed[id] if later and id in truth.changed else first

    names = [name(id) for id in event.article_ids]
    return Counter(names).most_common(1)[0][0]


def sentences_of(briefing: Briefing) -> list[Sentence]:
    told = [s for e in briefing.events for s in (e.headline, *e.sentences, *e.statements, *e.disputed, *e.before)]
    return [*told, *briefing.quiet]


def verbatim(sentence: Sentence, index: Index) -> bool:
    """Whether every citation is what its article has there."""
    texts = [(c, index.article(c.article_id, c.version)) for c in sentence.citations]
    return bool(texts) and all(article is not None and article.text[c.start : c.end] == c.quote for c, article in texts)


def supported(sentence: Sentence) -> bool:
    """Whether all of an extractive sentence is in what it cites, but for the [names] put beside pronouns."""
    import re

    bare = re.sub(r" \[[^\]]*\]", "", sentence.text)
    letters = "".join(c for c in bare if c.isalnum())
    return any(letters in "".join(x for x in c.quote if x.isalnum()) for c in sentence.citations)


def unmoved(told: Sequence[Briefing], without: Sequence[Briefing]) -> float:
    """Share of the briefings that have the same events in the same order without the copies."""
    same = [[event.id for event in a.events] == [event.id for event in b.events] for a, b in zip(told, without, strict=True)]
    return share(same)


def topics(bot: Bot, truth: Gold) -> list[Row]:
    """Which events of the fortnight a topic in words brings."""
    right = wanted = got = 0
    window = {"since": Period(FROM, FROM + 1), "until": Period(FROM, FROM + DAYS * DAY)}
    for words, about in TOPICS.items():
        made = bot.brief(Beat(name=words, topics=(words,), length=40), **window, keep=False)
        names = {of(event, made, truth) for event in made.events}
        due = {name for name, event in truth.events.items() if event["story"] in about}
        right, wanted, got = right + len(names & due), wanted + len(due), got + len(names)
    return [
        ("stream, topics in words", "events of the topic told", right / wanted, None),
        ("stream, topics in words", "events told that are of the topic", right / max(1, got), None),
    ]


# Documents cut into reports --------------------------------------------------------------------------------------------------


def reports(shared: Path) -> list[Row]:
    articles, event = pieces(shared)
    with tempfile.TemporaryDirectory() as folder:
        embeddings = Remembered(Path(folder) / "vectors.npz")
        with Index(Path(folder) / "library", embeddings=embeddings) as index:
            index.add(articles)
            told = stories(index.reports(Period(0, 1 << 40)))
    names = sorted(set(event.values()))
    random.Random(3).shuffle(names)
    held = set(names[1::2])  # the weights are from the other half
    rows: list[Row] = []
    for what, chosen in (
        ("reports, all languages", lambda story: True),
        ("reports, de and fr alone", lambda story: story.reports[0].article.lang in ("de", "fr")),
    ):
        some = [story for story in told if event[story.reports[0].article.id] in held and chosen(story)]
        kept = drawn(some, event)
        label = {kept[i].reports[0].article.id: str(n) for n, group in enumerate(linked(likeness(kept, kept))) for i in group}
        rows += [(what, f"B-cubed {name}", value, floor) for name, value, floor in bcubed(label, event)]
    return rows


def drawn(told: Sequence[Story], event: Mapping[str, str]) -> list[Story]:
    """One to five reports of each event."""
    rng = random.Random(0)
    groups: dict[str, list[Story]] = {}
    for story in told:
        groups.setdefault(event[story.reports[0].article.id], []).append(story)
    return [story for group in groups.values() for story in rng.sample(group, min(len(group), rng.randint(1, 5)))]


def pieces(shared: Path) -> tuple[list[Article], dict[str, str]]:
    """(reports, the event of each): a document's every second sentence under its title, the others under the first of them."""
    rng = random.Random(1)
    articles: list[Article] = []
    event: dict[str, str] = {}
    day: dict[str, int] = {}
    for name in ("ntrex", "wikinews"):
        with gzip.open(shared / f"data/{name}/corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                about = row["id"].rsplit(":", 1)[-1]
                if about not in day:
                    known = Period.parse(row["date"][:10]).start if name == "wikinews" else FROM + rng.randrange(DAYS) * DAY
                    day[about] = known
                whole = [row["text"][a:b] for a, b in sentences(row["text"], row["lang"]) if b - a > 25]
                for part, (title, of) in enumerate(((row["title"], whole[::2]), (" ".join(whole[1:2]), whole[1::2]))):
                    if of:
                        at = day[about] + rng.randrange(6, 30) * 3600
                        id = f"{row['id']}#{part}"
                        event[id] = about
                        head = " ".join(title.split()[:12])
                        piece = Article(id=id, text=" ".join(of), title=head, lang=row["lang"], published=Period(at, at + 60))
                        articles.append(piece)
    return articles, event


# Labelled by hand ------------------------------------------------------------------------------------------------------------


@dataclass
class Compared:
    """A set of articles as they are compared."""

    stories: Mapping[str, Story]  # by article
    sentences: Mapping[str, NDArray[np.float32]]  # the first ones of each, by article
    topic: Vectors
    way: NDArray[np.float32]  # in which news matters more


def labelled(shared: Path) -> list[Row]:
    """Beats, days of order, running stories and kinds of text, each half by itself; titles."""
    labels = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    corpora = {name: corpus(shared, name) for name in ("wikinews", "multihop_rag", "fakenews_es", "ntrex")}
    with tempfile.TemporaryDirectory() as folder:
        found = {name: compared(articles, Path(folder) / name) for name, articles in corpora.items()}
    everything = {article.id: article for articles in corpora.values() for article in articles}
    rows: list[Row] = []
    for half in ("dev", "held"):
        ours = [label for label in labels if label.get("half") == half]
        rows += beats(half, [label for label in ours if label["set"] == "beat"], found)
        rows += order(half, [label for label in ours if label["set"] == "order"], found["wikinews"])
        rows += judged_days(half, [label for label in ours if label["set"] == "day"], found)
        rows += running(half, [label for label in ours if label["set"] == "pair"], found)
        rows += kinds(half, [label for label in ours if label["set"] == "kind"], everything)
    return rows + titles(shared, labels)


def corpus(shared: Path, name: str) -> list[Article]:
    """The articles that were looked at, in the order in which they were, cut to what is compared."""
    with gzip.open(shared / f"data/{name}/corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = list(map(json.loads, lines))
    rows = [row for row in rows if name != "ntrex" or row["lang"] == "en"]
    rows = rows[::6][:167] if name == "fakenews_es" else sorted(rows, key=lambda row: (row["date"] or "", row["id"]))
    unread = range(147, 191) if name == "multihop_rag" else ()
    return [
        Article(
            id=row["id"],
            title=row["title"] or "",
            text=row["text"][:1500],
            lang=row["lang"],
            published=Period.parse(row["date"][:10]) if row["date"] else Period(FROM, FROM + DAY),
        )
        for n, row in enumerate(rows)
        if n not in unread
    ]


def compared(articles: Sequence[Article], folder: Path) -> Compared:
    embeddings = Remembered(folder.with_suffix(".npz"))
    with Index(folder, embeddings=embeddings) as index:
        index.add(articles)
        made = stories(index.reports(Period(0, 1 << 40)))
        wanted = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
        topics = {
            row["name"]: index.topic(row["name"]) for row in wanted if row.get("kind") == "topics" and row["set"] == "beat"
        }
        way = direction(index.topic)
        paired = {id for row in wanted if row["set"] == "pair" for id in (*row["now"], row["before"])}
        told = telling.claims([r for story in made for r in story.reports if r.article.id in paired], index)
        first = {own[0].report.article.id: np.stack([claim.vector for claim in own]) for own in told if own}
    by_id = {report.article.id: replace(story, reports=(report,)) for story in made for report in story.reports}
    return Compared({a.id: by_id[a.id] for a in articles if a.id in by_id}, first, topics.__getitem__, way)


def beats(half: str, labels: Sequence[Label], found: Mapping[str, Compared]) -> list[Row]:
    right = told = due = 0
    for label in labels:
        known, vector = found[label["corpus"]].stories, found[label["corpus"]].topic
        ids = list(known)
        ids = ids[: ids.index(label["last"]) + 1] if label["last"] else ids
        ids = [id for id in ids if id not in label["unclear"]]
        beat = Beat(name="beat", **{label["kind"]: (label["name"],)})
        topics = [BeatTopic(name, vector(name)) for name in beat.topics]
        values = relevances([known[id] for id in ids], beat, topics)
        got = {id for id, value in zip(ids, values.tolist(), strict=True) if value >= ON_BEAT}
        wanted = set(label["on"]) & set(ids)
        right, told, due = right + len(got & wanted), told + len(got), due + len(wanted)
    precision, recall = (0.92, 0.80) if half == "dev" else (0.90, 0.80)
    return [
        (f"beats, {half}", "precision", right / max(1, told), precision),
        (f"beats, {half}", "recall", right / max(1, due), recall),
    ]


def order(half: str, labels: Sequence[Label], of: Compared) -> list[Row]:
    """How often one of the best events is among the first two: by consequence alone, every event having one report."""
    hit = []
    for label in labels:
        known = [id for id in label["articles"] if id in of.stories]
        first = sorted(known, key=lambda id: -consequence(of.stories[id], of.way))[:2]
        hit.append(bool(set(first) & set(label["best"])))
    return [(f"days of order, {half}", "best among the first two", share(hit), 0.85)]


def judged_days(half: str, labels: Sequence[Label], found: Mapping[str, Compared]) -> list[Row]:
    """The same of the events of whole briefings, by all that they are ranked by but what came before."""
    hit = []
    for label in labels:
        of = found[label["corpus"]]
        events = [tuple(of.stories[id] for id in ids if id in of.stories) for ids in label["events"]]
        value = [worth(Item(Cluster(told), 0.5), of.way)[0] if told else -9.0 for told in events]
        first = np.argsort(-np.array(value), kind="stable")[:2].tolist()
        hit.append(bool(set(first) & set(label["best"])))
    return [(f"judged days, {half}", "best among the first two", share(hit), 0.80 if half == "dev" else 0.75)]


def running(half: str, labels: Sequence[Label], found: Mapping[str, Compared]) -> list[Row]:
    """Whether an event that is said to go on from an earlier one does, as far back as a briefing looks; news alone."""
    told: list[bool] = []
    due = 0
    for label in labels:
        known = found[label["corpus"]].stories
        now = [known[id] for id in label["now"] if id in known]
        if not now or label["before"] not in known or kind(now[0].reports[0].article) != "news":
            continue
        start = min(story.moment for story in now)
        earlier = {
            id: story for id, story in known.items() if id not in label["now"] and start - MEMORY <= story.moment < start
        }
        if label["before"] not in earlier:
            continue
        due += label["same"]
        sentences = found[label["corpus"]].sentences
        leads = [sentences[id][:1] for id in label["now"] if id in sentences]
        if not leads or label["before"] not in sentences:
            continue
        odds = float(goes_on(now, list(earlier.values()))[list(earlier).index(label["before"])])
        if surely(odds, float((np.concatenate(leads) @ sentences[label["before"]].T).max())):
            told.append(label["same"])
    return [
        (f"running stories, {half}", "precision", share(told), 0.95 if half == "dev" else 0.75),
        (f"running stories, {half}", "recall", sum(told) / max(1, due), None),
    ]


def kinds(half: str, labels: Sequence[Label], articles: Mapping[str, Article]) -> list[Row]:
    known = [label for label in labels if label["article"] in articles]
    found = [kind(articles[label["article"]]) != "news" for label in known]
    service = [label["kind"] == "service" for label in known]
    both = sum(a and b for a, b in zip(found, service, strict=True))
    return [
        (f"no news, {half}", "precision", both / max(1, sum(found)), 0.95),
        (f"no news, {half}", "recall", both / max(1, sum(service)), 0.85),
    ]


def titles(shared: Path, labels: Sequence[Label]) -> list[Row]:
    """How many titles that tell news are told, and how many others left out."""
    wanted = {label["article"]: label["news"] for label in labels if label["set"] == "title" and label["half"] == "held"}
    found: list[tuple[bool, str, str]] = []
    for name in ("multihop_rag", "fakenews_es"):
        with gzip.open(shared / f"data/{name}/corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
            found += [(wanted[r["id"]], r["lang"], r["title"]) for r in map(json.loads, lines) if r["id"] in wanted]
    own = (line.split("\t") for line in TITLES.read_text(encoding="utf-8").splitlines())
    found += [(kind == "news", lang, title) for half, kind, lang, title in own if half == "test"]
    vectors = np.asarray(load().embed_documents([title for *_, title in found]), np.float32)
    told = [
        not teases(title, lang) and odds(vector, E5.name) > TELLS
        for (_, lang, title), vector in zip(found, vectors, strict=True)
    ]
    news = [one for one, (right, *_) in zip(told, found, strict=True) if right]
    others = [not one for one, (right, *_) in zip(told, found, strict=True) if not right]
    return [("titles, held", "news that is told", share(news), 0.93), ("titles, held", "others left out", share(others), 0.80)]


def bcubed(label: Mapping[str, str], right: Mapping[str, str]) -> Iterable[tuple[str, float, float | None]]:
    """Precision, recall and F1 as Bagga and Baldwin (1998) have them for coreference: means over the articles."""
    ours, theirs = Counter(label.values()), Counter(right[id] for id in label)
    both = Counter((label[id], right[id]) for id in label)
    precision = sum(both[label[id], right[id]] / ours[label[id]] for id in label) / len(label)
    recall = sum(both[label[id], right[id]] / theirs[right[id]] for id in label) / len(label)
    return [
        ("precision", precision, None),
        ("recall", recall, None),
        ("F1", 2 * precision * recall / (precision + recall), 0.85),
    ]


def share(values: Iterable[bool]) -> float:
    known = list(values)
    return sum(known) / max(1, len(known))
