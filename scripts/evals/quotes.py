"""Who said what, in other languages than English: statements found, and the speakers they are given to.

Sets: tests/data/quotes_languages.tsv, agency sentences in our own words; tests/data/quotes_es.jsonl, statements of Spanish
articles in ../shared annotated by hand. Every second sentence and half of the articles were looked at while the rules were
written; the others ("held") only counted. A second part, of 12 other articles, was annotated later and split in the same way.
PolNeAR and the questions made from it: scripts/eval_quotes.py.

found: share of the statements whose words are one of ours (direct: exact without marks at both ends; else 80 % of the letters).
speaker right: share of all statements that are given to the right person; "or unclear": or to nobody, and not to somebody else.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.quotes import UNCLEAR, Statement, is_pronoun, statements
from index.text.person_names import plain

Row = tuple[str, str, float, float | None]
Span = tuple[int, int]
EDGE = " \n\t\r\u00a0.,;:!?…“”\"'‘’«»‹›„()[]-–—「」『』。，"
ROOT = Path(__file__).resolve().parents[2]
PARTS = {"dev": ("dev",), "held": ("held",), "second part, dev": ("dev2",), "second part, held": ("held2",),
         "all held": ("held", "held2")}  # fmt: skip
TABLE = ROOT / "tests/data/quotes_languages.tsv"


@dataclass(frozen=True)
class Sentence:
    """A text and its statements: (direct | mixed | indirect, words, speaker; "" where the text does not tell)."""

    lang: str
    text: str
    said: tuple[tuple[str, str, str], ...]
    held: bool  # not looked at while the rules were written


def run(shared: Path | None, sample: bool) -> list[Row]:
    """The table and the annotation; both are small, so `sample` changes nothing."""
    floors = tomllib.loads((ROOT / "scripts/floors.toml").read_text(encoding="utf-8")).get("quotes", {})
    measured = [*_languages(), *(_annotation(shared) if shared else ())]
    return [(name, measure, value, floors.get(name, {}).get(measure)) for name, measure, value in measured]


def _languages() -> Iterator[tuple[str, str, float]]:
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in table():
        counts = Counter(verdict for verdict, _ in verdicts(sentence))
        for name in (sentence.lang, "all languages", *(("all languages, held",) if sentence.held else ())):
            totals[name] += counts
    for name, counts in totals.items():
        found = counts.total() - counts["missed"]
        yield name, "found", found / counts.total()
        asked = counts.total() - counts["nobody"]
        yield name, "speaker right", counts["right"] / asked
        yield name, "speaker right or unclear", 1 - counts["wrong"] / asked


def _annotation(shared: Path) -> Iterator[tuple[str, str, float]]:
    annotated, texts = rows(ROOT / "tests/data/quotes_es.jsonl"), spanish_texts(shared)
    for name, parts in PARTS.items():
        exact, content, counts, _ = spanish([row for row in annotated if row.half in parts], texts)
        yield f"Spanish articles, {name}", "direct, exact F1", exact.values()[2]
        if name in ("dev", "held"):  # the second part has hardly any indirect speech annotated
            yield f"Spanish articles, {name}", "content, overlap F1", content.values()[2]
        yield f"Spanish articles, {name}", "speaker right", counts["right"] / counts.total()
        yield f"Spanish articles, {name}", "speaker right or unclear", 1 - counts["wrong"] / counts.total()


def table() -> Iterator[Sentence]:
    """The sentences of the table."""
    numbers: Counter[str] = Counter()
    with TABLE.open(encoding="utf-8", newline="") as file:
        for lang, text, *cells in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            cells += [""] * (-len(cells) % 3)
            said = tuple(zip(cells[::3], cells[1::3], cells[2::3], strict=True))
            yield Sentence(lang, text, said, numbers[lang] % 2 == 1)
            numbers[lang] += 1


def verdicts(sentence: Sentence) -> Iterator[tuple[str, str]]:
    """For each statement of a sentence: right | wrong | unclear | missed | nobody (none is told), and what we have instead."""
    ours = list(statements(sentence.text, lang=sentence.lang))
    for kind, words, speaker in sentence.said:
        at = sentence.text.index(words)
        span = bare(sentence.text, (at, at + len(words)))
        best = max(ours, key=lambda one: overlap(bare(sentence.text, (one.start, one.end)), span), default=None)
        given = bare(sentence.text, (best.start, best.end)) if best else (0, 0)
        length = max(span[1] - span[0], given[1] - given[0])
        if best is None or (given != span if kind == "direct" else overlap(given, span) < 0.8 * length):
            yield "missed", f"{words} / {[(sentence.text[one.start : one.end], one.speaker) for one in ours]}"
        elif not speaker:
            yield "nobody", ""
        elif is_unclear(best) or (is_pronoun(best.speaker, best.lang) and not best.speaker_resolved):
            yield "unclear", f"{speaker} / {best.speaker} {best.speaker_resolved} {best.confidence}"
        else:
            yield ("right" if _same(speaker, best) else "wrong"), f"{speaker} / {best.speaker} -> {best.speaker_resolved}"


def _same(speaker: str, best: Statement) -> bool:
    """Whether the expected name is the resolved one, or what is written has it."""
    wanted, resolved, written = (plain(name).lower() for name in (speaker, best.speaker_resolved, best.speaker))
    return resolved.endswith(wanted) or (not resolved and wanted in written)


# ----------------------------------------------------------------------------------------------------- Spanish articles


@dataclass(frozen=True)
class Annotated:
    """One annotated Spanish statement: offsets into an article of ../shared, and digests of what was there."""

    id: str
    half: str  # dev | held | dev2 | held2
    kind: str  # direct | mixed | indirect
    start: int
    end: int
    hash: str
    speaker_start: int | None  # None: the sentence names no subject
    speaker_end: int | None
    speaker_hash: str
    resolved: list[int]  # span of the full name somewhere in the article; empty: unknown


def digest(text: str) -> str:
    """Twelve hex digits that show whether a span still is what was annotated."""
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


def rows(path: Path) -> list[Annotated]:
    """The annotation."""
    return [Annotated(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def spanish_texts(shared: Path) -> dict[str, str]:
    """Article texts by id."""
    with gzip.open(shared / "data/fakenews_es/corpus.jsonl.gz", "rt", encoding="utf-8") as file:
        return {row["id"]: row["text"] for row in map(json.loads, file)}


def spanish(annotated: Sequence[Annotated], texts: dict[str, str]) -> tuple[Score, Score, Counter[str], list[str]]:
    """Direct exact, content overlap, verdicts on speakers of direct quotations, and lines on what went wrong."""
    exact, content, verdicts, lines = Score(), Score(), Counter[str](), []
    for article in dict.fromkeys(row.id for row in annotated):
        text = texts[article]
        gold = {bare(text, (row.start, row.end)): row for row in annotated if row.id == article}
        ours = [(bare(text, (s.start, s.end)), s) for s in statements(text, lang="es")]
        direct = [span for span, row in gold.items() if row.kind == "direct"]
        mixed = [span for span, row in gold.items() if row.kind == "mixed"]
        # A part quotation annotated as mixed is neither asked for here nor counted against us.
        plain = [span for span, s in ours if s.kind == "direct" and not any(overlap(span, other) for other in mixed)]
        exact.add(plain, direct, exact=True)
        content.add([span for span, _ in ours], list(gold), exact=False)
        for span in direct:
            best = max(ours, key=lambda item: overlap(item[0], span), default=None)
            if best is None or not overlap(best[0], span):
                result, speaker = "not found", ""
            else:
                result, speaker = spanish_verdict(text, best[1], gold[span]), best[1].speaker_resolved or best[1].speaker
            verdicts[result] += 1
            if result != "right":
                lines.append(f"{result} {article} [{speaker}] {text[span[0] : span[1]][:80]!r}")
    return exact, content, verdicts, lines


def spanish_verdict(text: str, statement: Statement, row: Annotated) -> str:
    """right | wrong | unclear."""
    if is_unclear(statement):
        return "unclear"
    start, end = statement.speaker_start, statement.speaker_end
    known = None not in (start, end, row.speaker_start, row.speaker_end)
    if known and overlap((start or 0, end or 0), (row.speaker_start or 0, row.speaker_end or 0)):
        return "right"
    name = text[slice(*row.resolved)].lower() if row.resolved else ""
    ours = (statement.speaker_resolved or statement.speaker).lower()
    words = [word for word in re.findall(r"[\w-]+", ours) if len(word) > 3]
    return "right" if name and words and (words[-1] in name or name.split()[-1] in ours) else "wrong"


# ------------------------------------------------------------------------------------------------------------ in common


@dataclass
class Score:
    """Precision, recall and F1 from counts."""

    hit: int = 0
    found: int = 0
    reached: int = 0
    gold: int = 0

    def __str__(self) -> str:
        p, r, f = self.values()
        return f"P {p:.3f}  R {r:.3f}  F1 {f:.3f}   ({self.found} found, {self.gold} annotated)"

    def values(self) -> tuple[float, float, float]:
        """Precision, recall, F1."""
        p = self.hit / self.found if self.found else 0.0
        r = self.reached / self.gold if self.gold else 0.0
        return p, r, 2 * p * r / (p + r) if p + r else 0.0

    def add(self, found: Sequence[Span], gold: Sequence[Span], *, exact: bool) -> None:
        """Counts one article."""
        known = set(gold)
        ours = set(found)
        self.found += len(found)
        self.gold += len(gold)
        self.hit += sum(span in known if exact else any(overlap(span, other) for other in gold) for span in found)
        self.reached += sum(span in ours if exact else any(overlap(span, other) for other in found) for span in gold)


def bare(text: str, span: Span) -> Span:
    """Without punctuation and marks at either end."""
    inner = text[span[0] : span[1]]
    start = span[0] + len(inner) - len(inner.lstrip(EDGE))
    return start, max(start, span[0] + len(inner.rstrip(EDGE)))


def overlap(a: Span, b: Span) -> int:
    """Characters in common."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def is_unclear(statement: Statement) -> bool:
    """Whether a door would not show the speaker."""
    return statement.confidence < UNCLEAR or not (statement.speaker or statement.speaker_resolved)
