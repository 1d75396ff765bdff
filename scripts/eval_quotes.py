"""Measures index/quotes against hand annotation.

    python scripts/eval_quotes.py --polnear PolNeAR/data/train [--ways] [--cues] [--show wrong|missed|surplus [--most N]]
    python scripts/eval_quotes.py --polnear PolNeAR/data/train --questions LIBRARY [--every N [--first M]] [--show missed]

PolNeAR (github.com/networkdynamics/PolNeAR) has no licence and is not here: give the path of a clone's train split. Its dev
and test splits are refused. Other languages: `scripts/eval.py quotes`.

What is counted. A *unit* is one quotation: spans are cut where a closing mark, white space and an opening mark follow each
other, because annotators mark “A.” “B.” now as one span, now as two. Exact: equal after punctuation and marks at both ends are
taken off. Overlap: at least one character in common. Direct: a unit that begins and ends with quotation marks. The speaker is
right if its span overlaps the annotated source's, or one's last word occurs in the other; unclear if the confidence is below
`quotes.UNCLEAR` or nobody is named; otherwise wrong. Nothing is learned from the corpus, so there is nothing to cross-validate;
the word lists were chosen with it (see scripts/LOG.md).

`--questions` asks the Bot "What did X say?" over all articles of the split, in LIBRARY (made there if it is not), for every X
whose full name at most MOST_ARTICLES articles have and one of them annotates as a source; and the same with "according to
PUBLISHER on DATE". Gold are the articles with such a source that has the surname, and what is annotated as its content.
Hit@1: the first document retrieved is gold. Span recall: gold contents with at least 80 % of their words inside one citation.
Touching: cited sentences that share a character with a gold content of X; or of a source without a name ("he", "the mayor"),
since the corpus does not say who that is; or only of a source with another name.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from evals.quotes import Score, Span, bare, is_unclear, overlap

from bot.bot import Bot
from index import quotes
from index.quotes import Statement
from index.quotes.people import RUN, people
from index.text.lexicon import Lexicon
from index.text.person_names import GIVEN, parts

BETWEEN = re.compile(r"(?<=[”\"»’'])\s+(?=[“\"«‘'])")
OPENING = ("“", '"', "''", "«", "„", "‘", "``", "'")
CLOSING = ("”", '"', "''", "»", "“", "’", "'")


@dataclass(frozen=True)
class Attribution:
    """One annotated attribution; each role may be in several pieces."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


def polnear(folder: Path) -> Iterator[tuple[str, str, list[Attribution]]]:
    """(name, text, attributions) of every article of the train split; of two annotators the first."""
    if folder.name != "train":
        sys.exit("only the train split is for development: give …/PolNeAR/data/train")
    seen: set[str] = set()
    for path in sorted((folder / "attributions").glob("*.ann")):
        name = path.stem.rsplit("_", 1)[0]
        if name not in seen:
            seen.add(name)
            with (folder / "text" / f"{name}.txt").open(encoding="utf-8", newline="") as file:
                yield name, file.read(), _annotation(path)


def _annotation(path: Path) -> list[Attribution]:
    spans: dict[str, list[Span]] = {}
    found: list[Attribution] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split("\t")
        if line.startswith("T") and len(fields) > 1:
            pieces = fields[1].split(" ", 1)[1].split(";")
            spans[fields[0]] = [(int(a), int(b)) for a, b in (piece.split() for piece in pieces)]
        elif line.startswith("E") and len(fields) > 1:
            roles: dict[str, list[Span]] = defaultdict(list)
            for role in fields[1].split():
                name, _, key = role.partition(":")
                roles[name.rstrip("0123456789")] += spans.get(key, [])
            if roles["Content"]:
                found.append(Attribution(*(tuple(sorted(roles[name])) for name in ("Source", "Cue", "Content"))))
    return found


def units(text: str, span: Span) -> list[Span]:
    """The span cut between quotations."""
    cuts = [span[0], *(match.start() for match in BETWEEN.finditer(text, *span)), span[1]]
    return [(a, b) for a, b in pairwise(cuts) if text[a:b].strip()]


def is_direct(text: str, span: Span) -> bool:
    """Whether the span begins and ends with quotation marks."""
    inner = text[span[0] : span[1]].strip(" \n\t\r\u00a0.,;:")
    return len(inner) > 2 and inner.startswith(OPENING) and inner.endswith(CLOSING)


def verdict(text: str, statement: Statement, source: Sequence[Span]) -> str:
    """right | wrong | unclear | no source."""
    if not source:
        return "no source"
    if is_unclear(statement):
        return "unclear"
    start, end = statement.speaker_start, statement.speaker_end
    if start is not None and end is not None:
        # Where "who" is annotated we give the noun that it stands for.
        relative = any(text[a:b].lower() in ("who", "which", "that") and 0 < a - end < 4 for a, b in source)
        if relative or any(overlap((start, end), span) for span in source):
            return "right"
    words = re.findall(r"[\w’'-]+", " ".join(text[a:b] for a, b in source).lower())
    names = [name.split()[-1].lower().strip(".,") for name in (statement.speaker, statement.speaker_resolved) if name]
    return "right" if any(len(name) > 3 and name in words for name in names) else "wrong"


@dataclass
class Totals:
    """What is added up over the articles."""

    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    speakers: Counter[str] = field(default_factory=Counter)  # verdicts on direct quotations
    ways: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))  # verdicts by kind and confidence
    cues: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    lines: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # wrong | missed | surplus


def count(totals: Totals, name: str, text: str, gold: Sequence[Attribution], found: Sequence[Statement]) -> None:
    """Adds one article."""
    ours = [(unit, s) for s in found for unit in units(text, (s.start, s.end))]
    theirs = [(unit, a) for a in gold for span in a.content for unit in units(text, span)]
    direct = [(bare(text, unit), s) for unit, s in ours if is_direct(text, unit)]
    direct_gold = [(bare(text, unit), a) for unit, a in theirs if is_direct(text, unit)]
    content = [(bare(text, unit), s) for unit, s in ours]
    content_gold = [(bare(text, unit), a) for unit, a in theirs]
    for exact in (True, False):
        kind = "exact" if exact else "overlap"
        totals.scores[f"direct {kind}"].add([s for s, _ in direct], [s for s, _ in direct_gold], exact=exact)
        totals.scores[f"content {kind}"].add([s for s, _ in content], [s for s, _ in content_gold], exact=exact)
        cues = sorted({(s.cue_start, s.cue_end) for s in found if s.cue_start is not None and s.cue_end is not None})
        totals.scores[f"cue {kind}"].add(cues, [(a.cue[0][0], a.cue[-1][1]) for a in gold if a.cue], exact=exact)
    sources = {(s.speaker_start, s.speaker_end) for s in found if s.speaker_start is not None and s.speaker_end is not None}
    totals.scores["source overlap"].add(sorted(sources), sorted({span for a in gold for span in a.source}), exact=False)
    letters, gold_letters = ({n for span, _ in part for n in range(*span)} for part in (content, content_gold))
    totals.scores["content letters"].hit += len(letters & gold_letters)
    totals.scores["content letters"].reached += len(letters & gold_letters)
    totals.scores["content letters"].found += len(letters)
    totals.scores["content letters"].gold += len(gold_letters)
    for span, statement in direct:
        best = max(direct_gold, key=lambda item: overlap(item[0], span), default=None)
        if best is not None and overlap(best[0], span) and best[1].source:
            result = verdict(text, statement, best[1].source)
            totals.speakers[result] += 1
            if result == "wrong":
                source = " … ".join(text[a:b] for a, b in best[1].source)
                said = f"[{statement.speaker} -> {statement.speaker_resolved}] for [{source}]"
                totals.lines["wrong"].append(
                    f"{name} {said} {statement.verb} {statement.confidence}: {text[max(0, span[0] - 120) : span[1] + 120]!r}"
                )
    for span, statement in content:
        other = max(content_gold, key=lambda item: overlap(item[0], span), default=None)
        hit = other is not None and overlap(other[0], span) > 0
        result = verdict(text, statement, other[1].source) if hit and other is not None else "no statement"
        totals.ways[f"{statement.kind} {statement.confidence:.1f}"][result] += 1
        totals.cues[f"{statement.verb} {statement.kind}"]["hit" if hit else "miss"] += 1
        if not hit:
            totals.lines["surplus"].append(f"{name} {statement.verb}: {text[max(0, span[0] - 100) : span[1] + 60]!r}")
    for span, _ in direct_gold:
        if not any(overlap(span, other) for other, _ in content):
            totals.lines["missed"].append(f"{name}: {text[max(0, span[0] - 100) : span[1] + 80]!r}")


def measure(articles: Sequence[tuple[str, str, list[Attribution]]]) -> Totals:
    """All articles; prints the table."""
    totals = Totals()
    seconds, words = 0.0, 0
    for name, text, gold in articles:
        start = time.process_time()
        found = quotes.statements(text, lang="en")
        seconds += time.process_time() - start
        words += len(re.findall(r"\w+|[^\w\s]", text))
        count(totals, name, text, gold, found)
    for label, score in totals.scores.items():
        print(f"{label:16} {score}")
    known = sum(totals.speakers.values()) or 1
    asked = totals.scores["direct overlap"].gold or 1
    shares = "  ".join(f"{result} {totals.speakers[result] / known:.3f}" for result in ("right", "wrong", "unclear"))
    print(f"speaker of direct: {shares}   (of {known} found; right of all annotated: {totals.speakers['right'] / asked:.3f})")
    print(f"time: {1000 * seconds / (words / 200):.2f} ms CPU per 200 tokens")
    return totals


# -------------------------------------------------------------------------------------------------------------- questions

MOST_ARTICLES = 3


@dataclass(frozen=True)
class Question:
    """A question with the articles and spans that answer it."""

    text: str
    articles: frozenset[str]
    spans: tuple[tuple[str, Span], ...]  # article, content


def question_set(articles: Sequence[tuple[str, str, list[Attribution]]]) -> tuple[list[Question], list[Question]]:
    """Those by name alone, and those with publisher and date."""
    speakers: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    texts = {name: text for name, text, _ in articles}
    for article, text, attributions in articles:
        named = [(attribution, head(" ".join(text[a:b] for a, b in attribution.source))) for attribution in attributions]
        full = {source for _, source in named if is_full_name(source)}
        for name in full:
            surname = name.split()[-1]
            for attribution, source in named:
                if source.split()[-1:] == [surname] and (source in (name, surname) or not is_full_name(source)):
                    speakers[name][article] += attribution.content
    plain, dated = [], []
    for name, found in sorted(speakers.items()):
        if sum(name in text for text in texts.values()) > MOST_ARTICLES:
            continue
        plain.append(_question(f"What did {name} say?", found))
        for article in found:
            publisher, date, _ = article.split("_", 2)
            same = {other: spans for other, spans in found.items() if other.startswith(f"{publisher}_{date}_")}
            dated.append(_question(f"What did {name} say, according to {publisher} on {date}?", same))
    return plain, list(dict.fromkeys(dated))


def head(source: str) -> str:
    """The name that a source is headed by: "Ann Lee" in "Ann Lee, the mayor, who"; "" where it is none."""
    named = re.match(rf"(?:[\w.]+ ){{0,4}}?({RUN.pattern})(?=\s*(?:[,(]|who\b|$))", " ".join(source.split()))
    return named[1] if named else ""


def is_full_name(name: str) -> bool:
    """A given name that many have, and a surname: no title, office or body."""
    words, english = name.lower().split() or [""], Lexicon("en")
    body = words[-1] in english.bodies | english.campaigns
    body = body or any(person.body for person in people(name + " said so.", english).persons)
    return len(words) > 1 and parts(name) == tuple(words) and words[0] in GIVEN and not body


def _question(text: str, found: dict[str, list[Span]]) -> Question:
    return Question(text, frozenset(found), tuple((article, span) for article, spans in found.items() for span in spans))


def ask(questions: Sequence[Question], bot: Bot, articles: dict[str, tuple[str, list[Attribution]]]) -> list[str]:
    """Asks them all; prints one line of figures and returns lines on what went wrong."""
    hits, recalls, touching, nameless, others, cited, words, lines, seconds = 0, [], 0, 0, 0, 0, [], [], 0.0
    for question in questions:
        start = time.process_time()
        answer = bot.ask(question.text)
        seconds += time.process_time() - start
        first = answer.retrieved[0] if answer.retrieved else ""
        hits += first in question.articles
        citations = {(c.article_id, c.start, c.end) for sentence in answer.sentences for c in sentence.citations}
        reached = sum(
            any(a == article and covers(articles[a][0], span, (s, e)) for a, s, e in citations)
            for article, span in question.spans
        )
        recalls.append(reached / len(question.spans))
        words.append(sum(len(articles[a][0][s:e].split()) for a, s, e in citations))
        for a, s, e in citations:
            cited += 1
            text, gold = articles[a]
            under = [" ".join(text[b:c] for b, c in of.source) for of in gold if any(overlap(x, (s, e)) for x in of.content)]
            if any(article == a and overlap(span, (s, e)) for article, span in question.spans):
                touching += 1
            elif any(not RUN.search(source[:1].lower() + source[1:]) for source in under):
                nameless += 1
            else:
                others += bool(under)
        if first not in question.articles or reached < len(question.spans):
            spans = f"spans {reached}/{len(question.spans)} words {words[-1]}"
            lines.append(f"{question.text} hit {first in question.articles} {spans} first {first}")
    n = len(questions)
    print(
        f"{n} questions: Hit@1 {hits / n:.3f}  span recall {sum(recalls) / n:.3f}  touching {touching / max(1, cited):.3f}"
        f" (or nameless {(touching + nameless) / max(1, cited):.3f}, only another's {others / max(1, cited):.3f})"
        f"  words {sum(words) / n:.0f}  sentences {cited / n:.1f}"
        f"  {1000 * seconds / n:.0f} ms CPU"
    )
    return lines


def covers(text: str, span: Span, quote: Span) -> bool:
    """Whether a citation has at least 80 % of the words of a content."""
    wanted, given = (Counter(re.findall(r"\w+", text[slice(*of)].lower())) for of in (span, quote))
    return sum((wanted & given).values()) >= 0.8 * max(1, sum(wanted.values()))


def questions(folder: Path, library: Path, first: int, every: int) -> list[str]:
    """Makes the library, asks, prints."""
    from index import Article, Index, Period

    split = list(polnear(folder))
    with Index(library) as index:
        missing = (
            Article(id=name, text=text, lang="en", outlet=name.split("_")[0], published=Period.parse(name.split("_")[1]))
            for name, text, _ in split
            if index.article(name) is None
        )
        index.add(missing)
        bot, articles = Bot(index), {name: (text, gold) for name, text, gold in split}
        lines = []
        for asked in question_set(split):
            lines += ask(asked[first::every], bot, articles)
    return lines


def main() -> None:
    """Parse, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--polnear", type=Path, help="…/PolNeAR/data/train")
    parser.add_argument("--every", type=int, default=1, help="only every Nth article")
    parser.add_argument("--ways", action="store_true", help="verdicts on speakers by kind and confidence")
    parser.add_argument("--cues", action="store_true", help="how often each verb's statements were annotated")
    parser.add_argument("--show", choices=("wrong", "missed", "surplus"), help="print these errors")
    parser.add_argument("--most", type=int, default=40, help="at most so many")
    parser.add_argument("--questions", type=Path, metavar="LIBRARY", help="ask the Bot over the split's articles")
    parser.add_argument("--first", type=int, default=0, help="begin with this one: 1 for the half that --every 2 leaves out")
    args = parser.parse_args()
    if args.polnear is None or not args.polnear.is_dir():
        print(f"SKIPPED: PolNeAR's train split is not there ({args.polnear or 'give --polnear'})")
    elif args.questions:
        lines = questions(args.polnear, args.questions, args.first, args.every)
        print(*lines[: args.most] if args.show else (), sep="\n")
    else:
        totals = measure(list(polnear(args.polnear))[args.first :: args.every])
        for way, counts in sorted(totals.ways.items()) if args.ways else ():
            known = counts["right"] + counts["wrong"] + counts["unclear"] or 1
            print(
                f"  {way:16} {sum(counts.values()):6}  right {counts['right'] / known:.3f}  wrong {counts['wrong'] / known:.3f}"
            )
        for cue, counts in sorted(totals.cues.items(), key=lambda item: -sum(item[1].values())) if args.cues else ():
            print(f"  {cue:28} {sum(counts.values()):5}  annotated {counts['hit'] / sum(counts.values()):.2f}")
        print(*totals.lines[args.show][: args.most] if args.show else (), sep="\n")


if __name__ == "__main__":
    main()
