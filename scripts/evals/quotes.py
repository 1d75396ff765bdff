"""Who said what, in other languages than English: statements found, and the speakers they are given to.

Sets: tests/data/quotes_languages.tsv, agency sentences in our own words; tests/data/quotes_es.jsonl, statements of Spanish
articles in ../shared annotated by hand. Every second sentence and half of the articles were looked at while the rules were
written; the others ("held") only counted. PolNeAR and the questions made from it: scripts/eval_quotes.py.

found: share of the statements whose words are one of ours (direct: exact without marks at both ends; else 80 % of the letters).
speaker right: share of all statements that are given to the right person; "or unclear": or to nobody, and not to somebody else.
"""

from __future__ import annotations

import csv
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eval_quotes import bare, is_unclear, overlap, rows, spanish, spanish_texts

from index.quotes import PRONOUNS, Statement, statements
from index.quotes.speakers import _plain

Row = tuple[str, str, float, float | None]
ROOT = Path(__file__).resolve().parents[2]
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
    for half in ("dev", "held"):
        exact, content, counts, _ = spanish([row for row in annotated if row.half == half], texts)
        yield f"Spanish articles, {half}", "direct, exact F1", exact.values()[2]
        yield f"Spanish articles, {half}", "content, overlap F1", content.values()[2]
        yield f"Spanish articles, {half}", "speaker right", counts["right"] / counts.total()
        yield f"Spanish articles, {half}", "speaker right or unclear", 1 - counts["wrong"] / counts.total()


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
        elif is_unclear(best) or (best.speaker.lower() in PRONOUNS and not best.speaker_resolved):
            yield "unclear", f"{speaker} / {best.speaker} {best.speaker_resolved} {best.confidence}"
        else:
            yield ("right" if _same(speaker, best) else "wrong"), f"{speaker} / {best.speaker} -> {best.speaker_resolved}"


def _same(speaker: str, best: Statement) -> bool:
    """Whether the expected name is the resolved one, or what is written has it."""
    wanted, resolved, written = (_plain(name).lower() for name in (speaker, best.speaker_resolved, best.speaker))
    return resolved.endswith(wanted) or (not resolved and wanted in written)
