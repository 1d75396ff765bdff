"""Do briefings tell every event once, with the right label, and nothing without a source?

stream    tests/data/stream: a fictional fortnight of our own in en, es, de, fr. Whoever wrote it has seen the program, so no
          threshold was chosen on it
reports   NTREX documents and Wikinews by date, cut into two reports a document (every second sentence each), in several
          languages: what belongs to one document is one event. Half of them gave the weights of `story_clusters`
"""

from __future__ import annotations

import gzip
import json
import random
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot import Bot
from bot.records import Beat, Briefing, BriefingEvent, Sentence
from bot.retrieval.story_clusters import Story, clusters, likeness, linked, stories
from evals.retrieval import Remembered
from index import Article, Index
from index.ingest.sources import read
from index.records import Period, Scope
from index.text.passages import sentences

Row = tuple[str, str, float, float | None]
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
        rows += reports(shared)
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
    wanted = found = labelled = right = twice = 0
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
                labelled += 1
                right += event.label == truth.events[name]["label"]
    written = [sentence for briefing in told for sentence in sentences_of(briefing)]
    return [
        ("stream, 14 briefings", "events told", found / wanted, 0.9),
        ("stream, 14 briefings", "labels right", right / max(1, labelled), 0.85),
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
