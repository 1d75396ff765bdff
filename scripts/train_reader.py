"""Train index/embedding/reader.npz: python scripts/train_reader.py --public FOLDER [--write] [--processes 2]

Needs PyTorch 2.13 beside what the program needs; nothing else of the program does. FOLDER has a checkout of each repository of
`scripts/reader/rows.py` as OWNER/NAME. Which sentence answers, or none: a listwise softmax over the sentences of a passage and
"not here", and with a third of its weight a softmax over tokens, where the answer's words are marked. Three phases of 32 rows a
step: public rows; these and our own over news; the same with a falling rate. Two processes of one thread on two cores took an
hour, on a machine that did other things. Without --write the file is reader.npz of this folder.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import torch.distributed as dist
import torch.multiprocessing as processes
from torch import Tensor

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from reader import rows as sets  # noqa: E402
from reader.network import AdaptedEncoder  # noqa: E402

from index.embedding import answer_reader, e5, e5_graph  # noqa: E402
from index.embedding.answer_reader import MEAN, NOT_HERE, PEAK, Span  # noqa: E402
from index.embedding.e5_tokenizer import Tokens, Unigram, normalised  # noqa: E402
from index.text.lexicon import Lexicon  # noqa: E402

RANK, FIRST = 16, 4  # of the adapter; the first layer that has one
RATE, WARM = 1e-3, 40  # Adam's step, and the steps that it grows over
ROWS, MICRO = 32, 8  # rows of a step, of all processes; and those that run as one batch
MARKED = 0.3  # weight of the tokens' loss
LONGEST = 320  # tokens of a row
PHASES = [(250, 0.0), (550, 0.6), (300, 0.75)]  # steps, and the share of rows over news; in the last the rate falls to 0
OTHER = 0.3  # of public rows: with another paragraph of their article
CUT, THINNED = 0.12, 0.24  # without what answers; without another
ANOTHER = 0.1  # of rows that ask about somebody or some place: about another, which the text does not name
NAMED = re.compile(r"(?<=\w )[A-ZÀ-ÞА-Я]\w+(?: [A-ZÀ-ÞА-Я]\w+)*")  # not the question's first word


class Example(NamedTuple):
    ids: list[int]
    spans: list[Span]
    gold: list[int]  # places in `spans`; none: not here
    marked: list[int]  # places in `ids` of the answer's words


class Examples:
    """Makes rows into examples: a stretch of the text, sometimes one that does not answer, of the same form."""

    def __init__(self, rows: Sequence[sets.Row], seed: int) -> None:
        self._tokenizer = Unigram(*e5_graph.read(e5._installed()).pieces())
        self.random = random.Random(seed)
        self._texts: dict[str, list[tuple[str, ...]]] = {}
        self._names: dict[str, list[str]] = {}  # asked about, by the language of the question
        for row in rows:
            if row.sentences not in self._texts.setdefault(row.group, []):
                self._texts[row.group].append(row.sentences)
            self._names.setdefault(row.lang, []).extend(_names(row))

    @lru_cache(maxsize=200_000)  # noqa: B019 (there is one, for as long as the script runs)
    def tokens(self, text: str) -> Tokens:
        """Those of a sentence."""
        return self._tokenizer.encode(text)

    def stretches(self, sentences: Sequence[str], budget: int) -> list[Span]:
        """Runs of sentences of `budget` tokens at most; the last has two."""
        runs, first, size = list[Span](), 0, 0
        for i, text in enumerate(sentences):
            length = len(self.tokens(text).ids)
            if i > first and size + length > budget:
                runs.append((first, i))
                first, size = i, 0
            size += length
        runs.append((first, len(sentences)))
        if len(runs) > 1 and runs[-1][1] - runs[-1][0] < 2:
            runs[-2:] = [(runs[-2][0], runs[-1][1])]
        return runs

    def example(self, row: sets.Row) -> Example:
        """A stretch of a row's text, or of another of its article."""
        draw, sentences, gold = self.random, row.sentences, row.gold
        title = "" if draw.random() < 0.1 else row.title
        question = row.question
        if (named := _names(row)) and draw.random() < ANOTHER:
            another = draw.choice(self._names[row.lang])
            if another not in " ".join((question, title, *sentences)):
                question, gold = question.replace(draw.choice(named), another), frozenset()
        others = [text for text in self._texts[row.group] if text != sentences]
        if others and draw.random() < OTHER:
            sentences, gold = draw.choice(others), frozenset()
        runs = self.stretches(sentences, draw.randint(110, 240))
        holding = [run for run in runs if any(run[0] <= place < run[1] for place in gold)]
        rest = [run for run in runs if run not in holding] if row.set == "news" else []
        chosen = holding if holding and (not rest or draw.random() < 0.65) else rest or runs
        kept = self._thinned(list(range(*draw.choice(chosen))), gold)
        texts = [sentences[i] for i in kept]
        ids, spans = answer_reader.tokens(self._tokenizer, question, title, texts)
        ids = ids[:LONGEST]
        spans = [(a, min(b, len(ids))) for a, b in spans]
        seen = [i for i, (a, b) in enumerate(spans) if a < b]
        places = [i for i in seen if kept[i] in gold]
        marked = [place for i in places for place in self._marked(row.answer, texts[i], spans[i])]
        return Example(ids, [spans[i] for i in seen], [seen.index(i) for i in places], marked)

    def _thinned(self, kept: list[int], gold: frozenset[int]) -> list[int]:
        """Sometimes without what answers, as often without another sentence, so that a gap tells nothing."""
        drawn = self.random.random()
        others = [i for i in kept if i not in gold]
        if len(kept) < 4 or drawn >= THINNED or not others:
            return kept
        if drawn < CUT:
            return others
        kept.remove(self.random.choice(others))
        return kept

    def _marked(self, answer: str, sentence: str, span: Span) -> list[int]:
        """The places in a row's tokens of the answer's words in a sentence."""
        wanted, text = normalised(answer)[1:].lower(), normalised(sentence).lower()
        at = text.find(wanted) if wanted else -1
        if at < 0:
            return []
        ends = self.tokens(sentence).ends
        starts = [0, *ends]
        inside = [j for j, end in enumerate(ends) if starts[j] < at + len(wanted) and end > at]
        return [span[0] + j for j in inside if span[0] + j < span[1]]


def _names(row: sets.Row) -> list[str]:
    """Names in a question, where the language tells them by their capitals."""
    return [] if Lexicon(row.lang).capital_nouns else NAMED.findall(row.question)


def cost(output: Tensor, example: Example) -> Tensor:
    """Of one row, from (tokens, 3)."""
    scores = [output[a:b, MEAN].mean() + torch.logsumexp(output[a:b, PEAK], 0) for a, b in example.spans]
    shares = torch.stack([*scores, output[0, NOT_HERE]]).log_softmax(0)
    loss = -shares[example.gold].mean() if example.gold else -shares[-1]
    if example.marked:
        every = output[example.spans[0][0] : example.spans[-1][1], PEAK]
        loss = loss + MARKED * (torch.logsumexp(every, 0) - torch.logsumexp(output[example.marked, PEAK], 0))
    return loss


def train(rank: int, count: int, meeting: str, given: argparse.Namespace) -> None:
    """One process of `count`: its share of each step's rows, the gradients added up."""
    if count > 1:
        dist.init_process_group("gloo", init_method=f"file://{meeting}", rank=rank, world_size=count)
    torch.set_num_threads(1)
    torch.manual_seed(1)
    public = [row for row in sets.public(given.public) if not sets.held_back(row.group)]
    random.Random(1).shuffle(public)
    examples, news = Examples(public, seed=1000 + rank), list[sets.Row]()
    endless = cycle(public[rank::count]), cycle(public[rank::count])
    model = AdaptedEncoder(RANK, FIRST)
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.01, betas=(0.9, 0.98))
    for number, (steps, share) in enumerate(PHASES):
        if share and not news:  # not read before they are needed
            news = [row for row in sets.news(given.news) if not sets.held_back(row.group)]
            random.Random(1).shuffle(news)
            examples, endless = Examples([*public, *news], seed=2000 + rank), (endless[0], cycle(news[rank::count]))
        for step in range(steps):
            falling = 1 - step / steps if number == len(PHASES) - 1 else 1.0
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1.0, (step + 1) / WARM) * falling
            drawn = [next(endless[examples.random.random() < share]) for _ in range(ROWS // count)]
            loss = _step(model, [examples.example(row) for row in drawn], count)
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            if rank == 0 and step % 20 == 0:
                print(f"phase {number + 1}, step {step} of {steps}: loss {loss:.3f}", flush=True)
    if rank == 0:
        model.save(answer_reader.SHIPPED if given.write else Path("reader.npz"))
        rest = [row for row in sets.news(given.news) if sets.held_back(row.group)]
        print(report(model, examples, rest), flush=True)


def _step(model: AdaptedEncoder, drawn: list[Example], count: int) -> float:
    """Gradients of one step, summed over the processes; the loss of this one's rows."""
    drawn.sort(key=lambda one: len(one.ids))
    total = 0.0
    for at in range(0, len(drawn), MICRO):
        some = drawn[at : at + MICRO]
        outputs = model([one.ids for one in some])
        loss = torch.stack([cost(output, one) for output, one in zip(outputs, some, strict=True)]).sum() / (len(drawn) * count)
        loss.backward()  # type: ignore[no-untyped-call]
        total += float(loss.detach()) * count
    if count > 1:
        for parameter in model.parameters():
            if parameter.grad is not None:
                dist.all_reduce(parameter.grad)
    return total


@torch.no_grad()
def report(model: AdaptedEncoder, examples: Examples, rows: Sequence[sets.Row]) -> str:
    """How well it does on rows of articles that were held back, all of whose sentences compete."""
    first, two, there, gone = [], [], [], []
    for row in rows:
        scores = np.full(len(row.sentences), -np.inf)
        for low, high in examples.stretches(row.sentences, 200):
            ids, spans = answer_reader.tokens(examples._tokenizer, row.question, row.title, row.sentences[low:high])
            scores[low:high] = answer_reader.log_odds(model([ids])[0].numpy(), spans)
        if row.gold:
            best = np.argsort(-scores)
            first.append(int(best[0]) in row.gold)
            two.append(bool(row.gold & set(best[:2].tolist())))
        (there if row.gold else gone).append(float(scores.max()))
    above = np.mean([(a > b) + 0.5 * (a == b) for a in there for b in gone])
    found = f"first {np.mean(first):.3f}, in the best two {np.mean(two):.3f}, AUC of answerable {above:.3f}"
    return f"{len(rows)} rows over news that were held back: {found}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--public", type=Path, required=True, help="the folder with the public sets")
    parser.add_argument("--news", type=Path, default=sets.NEWS, help="our own rows")
    parser.add_argument("--write", action="store_true", help="put the file where the program has it")
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if given.processes == 1:
            train(0, 1, "", given)
        else:
            processes.spawn(train, (given.processes, f"{folder}/meeting", given), given.processes)  # type: ignore[no-untyped-call]
    return 0


if __name__ == "__main__":
    sys.exit(main())
