"""Copies found and different stories kept apart, on real articles and seeded edits of them.

Positive: a wire copy as outlets make it: first or last paragraphs cut, lines of the outlet put in, 6 to 20 % of words changed.
Negative: every other pair, among them the hard ones: real articles that share text without being copies (a series of election
reports, one questionnaire put to five candidates), follow-ups that reuse up to 30 % of an earlier article, translations.
Base articles that copy one another in the collections themselves are left out: nobody labelled them.
"""

from __future__ import annotations

import gzip
import json
import random
import time
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

from index.text.near_duplicates import MOST, SHARED, Fingerprint, KnownStory, decide, fingerprint

Row = tuple[str, str, float, float | None]

_LINES = (
    "Follow our live coverage on every device and sign up for the evening newsletter.",
    "Siga toda la actualidad en nuestra portada y reciba nuestro boletín cada mañana.",
    "This report was prepared by our newsroom from agency material and checked by an editor before publication.",
    "Nuestra redacción ha revisado este despacho de agencia antes de publicarlo en esta edición.",
    "More on this story in tomorrow's paper, with analysis by our correspondents.",
)


def run(shared: Path | None, sample: bool) -> list[Row]:
    """`sample`: a quarter of the articles."""
    if shared is None:
        return []
    rng = random.Random(20231018)
    texts = _base(shared)
    step = 4 if sample else 1
    texts = dict(list(texts.items())[::step])
    group = {id: id for id in texts}
    words = {lang: [word for id, text in texts.items() if _lang(id) == lang for word in text.split()] for lang in ("en", "es")}
    chosen = rng.sample([id for id, text in texts.items() if len(text) > 600], min(len(texts) // 4, 300))
    spares = [id for id in texts if id not in set(chosen)]
    followups: list[tuple[str, str]] = []
    for id in chosen:
        for number in range(rng.randint(1, 4)):
            copy = f"{id}#copy{number}"
            texts[copy], group[copy] = edited(texts[id], rng, words[_lang(id)]), id
        if other := next((spare for spare in spares if _lang(spare) == _lang(id)), None):
            spares.remove(other)
            texts[other] = follow_up(texts[id], texts[other])
            followups.append((id, other))
    translated: dict[str, list[str]] = defaultdict(list)
    for row in _rows(shared, "ntrex"):
        key = row["id"]
        texts[key], group[key] = row["text"], key
        translated[key.rsplit(":", 1)[-1]].append(key)
    order = list(texts)
    rng.shuffle(order)
    start = time.process_time()
    marks = {id: fingerprint(texts[id]) for id in order}
    rate = sum(len(text) for text in texts.values()) / 3000 / (time.process_time() - start)
    origin = group_all(order, marks)

    wanted, found = _pairs(group), _pairs(origin)
    right = len(wanted & found)
    precision, recall = right / max(1, len(found)), right / max(1, len(wanted))
    hard = _hard_pairs(marks, group) | {tuple(sorted(pair)) for pair in followups}
    languages = [pair for ids in translated.values() for pair in combinations(ids, 2)]
    merged = [pair for pair in hard if origin[pair[0]] == origin[pair[1]]]
    return [
        ("syndication", "pairwise F1", 2 * precision * recall / (precision + recall), 0.95),
        ("syndication", "pairwise precision", precision, None),
        ("syndication", "pairwise recall", recall, None),
        ("syndication", f"false merges, {len(hard)} hard pairs (share)", len(merged) / max(1, len(hard)), None),
        ("syndication", "hard pairs kept apart", 1 - len(merged) / max(1, len(hard)), 0.99),
        ("syndication", "translations kept apart", sum(origin[a] != origin[b] for a, b in languages) / len(languages), 1.0),
        ("syndication", "fingerprints of 3,000 characters a CPU-second", rate, 1000.0),
    ]


def group_all(order: list[str], marks: dict[str, Fingerprint]) -> dict[str, str]:
    """The library's walk in: each article in turn against the ones before it, found by their keys."""
    origin: dict[str, str] = {}
    holders: dict[int, list[str]] = defaultdict(list)
    for id in order:
        shared = Counter(holder for key in marks[id].keys for holder in holders[key])
        nearest = [holder for holder, count in shared.most_common(MOST) if count >= SHARED]
        candidates = [KnownStory(id=holder, origin=origin[holder], fingerprint=marks[holder]) for holder in nearest]
        decision = decide(id, "", marks[id], stored=None, candidates=candidates)
        origin[id] = decision.origin
        if decision.joins:
            origin.update({member: decision.origin for member, story in origin.items() if story in decision.joins})
        for key in marks[id].keys:
            holders[key].append(id)
    return origin


def edited(text: str, rng: random.Random, vocabulary: list[str]) -> str:
    """A wire copy as an outlet prints it."""
    parts = _parts(text)
    if len(parts) > 3:
        cut = rng.randint(0, max(1, len(parts) // 5))
        parts = parts[cut:] if rng.random() < 0.5 else parts[: len(parts) - cut]
        if rng.random() < 0.3:
            parts = parts[:-1]
    rate = rng.uniform(0.06, 0.20)
    changed: list[str] = []
    for part in parts:
        words: list[str] = []
        for word in part.split():
            dice = rng.random()
            if dice < rate * 0.7:
                words.append(rng.choice(vocabulary))
            elif dice < rate * 0.85:
                words += [word, rng.choice(vocabulary)]
            elif dice >= rate:
                words.append(word)
        changed.append(" ".join(words))
    for _ in range(rng.randint(0, 2)):
        changed.insert(rng.choice([0, len(changed), rng.randint(0, len(changed))]), rng.choice(_LINES))
    return "\n".join(changed)


def follow_up(earlier: str, fresh: str) -> str:
    """A later report: an article of its own, then background taken from the earlier one, up to 30 % of either."""
    background: list[str] = []
    for part in _parts(earlier)[::-1]:
        if sum(map(len, background)) + len(part) > min(0.43 * len(fresh), 0.3 * len(earlier)):
            break
        background.append(part)
    return "\n".join([fresh, *background])


def _parts(text: str) -> list[str]:
    lines = [line for line in text.split("\n") if line.strip()]
    return lines if len(lines) > 3 else [part for part in text.replace("\n", " ").split(". ") if part.strip()]


def _base(shared: Path) -> dict[str, str]:
    rows = [row for name in ("wikinews", "fakenews_es", "multihop_rag") for row in _rows(shared, name)]
    kept: dict[str, str] = {}
    holders: dict[int, list[str]] = defaultdict(list)
    marks: dict[str, Fingerprint] = {}
    for row in rows:
        if row.get("full_text") is False or len(row["text"]) < 200:
            continue
        mark = fingerprint(row["text"])
        near = [holder for holder, n in Counter(h for key in mark.keys for h in holders[key]).items() if n >= SHARED]
        if any(_contained(mark, marks[holder]) > 0.6 for holder in near):
            continue
        kept[row["id"]], marks[row["id"]] = row["text"], mark
        for key in mark.keys:
            holders[key].append(row["id"])
    return kept


def _contained(one: Fingerprint, other: Fingerprint) -> float:
    """Share of the shorter text's shingles in the longer: plain, so that the test set is not made by what it tests."""
    first, second = ({mark.shingles[at : at + 4] for at in range(0, len(mark.shingles), 4)} for mark in (one, other))
    return len(first & second) / max(1, min(len(first), len(second)))


def _hard_pairs(marks: dict[str, Fingerprint], group: dict[str, str]) -> set[tuple[str, ...]]:
    """Pairs of originals that share a tenth of the shorter one's text."""
    holders: dict[int, list[str]] = defaultdict(list)
    for id in (id for id in marks if "#" not in id):
        for key in marks[id].keys:
            holders[key].append(id)
    shared = Counter(tuple(sorted(pair)) for ids in holders.values() for pair in combinations(ids, 2))
    return {pair for pair, count in shared.items() if count >= SHARED and _contained(marks[pair[0]], marks[pair[1]]) >= 0.1}


def _pairs(groups: dict[str, str]) -> set[tuple[str, ...]]:
    members: dict[str, list[str]] = defaultdict(list)
    for id, name in groups.items():
        members[name].append(id)
    return {tuple(sorted(pair)) for ids in members.values() for pair in combinations(ids, 2)}


def _rows(shared: Path, name: str) -> list[dict[str, str]]:
    with gzip.open(shared / "data" / name / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _lang(id: str) -> str:
    return "es" if id.startswith("fnes") else "en"
