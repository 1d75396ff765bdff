"""Train index/embedding/instructions.npz: python scripts/train_instructions.py --public FOLDER [--write]

Needs PyTorch 2.13 beside what the program needs; nothing else of the program does. FOLDER has `wikinews/corpus.jsonl.gz` and
`fakenews_es/corpus.jsonl.gz` (CC BY), and `not_for_training.txt`: articles that are measured on. Two parts, each with a
logistic loss over single sentences: our own rows (`scripts/instructions.tsv`), sentences of these articles and of the invented
ones that the reader is trained on, and among those, after each round, the ones that look most like an instruction. Twenty
minutes of one core. Without --write the file is instructions.npz of this folder.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from reader import rows as sets  # noqa: E402
from reader.network import AdaptedEncoder, hidden  # noqa: E402

from index.embedding import e5, e5_graph, instruction_reader  # noqa: E402
from index.embedding.answer_reader import MEAN, NOT_HERE, PEAK  # noqa: E402
from index.embedding.e5_tokenizer import Unigram  # noqa: E402
from index.text.passages import sentences  # noqa: E402

Floats = NDArray[np.float32]
ROWS = ROOT / "scripts/instructions.tsv"
CORPORA = {"wikinews": "en", "fakenews_es": "es"}
ROUNDS, BATCH, LONGEST = 5, 32, 600  # characters of a sentence
RANK, FIRST, LAYERS, RATE = 12, 4, 8, 1e-3  # the adapter's; layers from FIRST to LAYERS have it, and there are no more
CHANNELS, GATE_ROUNDS, GATE_RATE, DROPPED = 64, 12, 2e-3, 0.2
PASSED = 0.05  # of sentences of news that pass the gate
LOOKED_AT, HARD = 1500, 150  # sentences of news looked at after a round, and those of them that the next ones have, too


class Example(NamedTuple):
    text: str
    instruction: bool


class Sentences(NamedTuple):
    """What is trained on, and news that is not."""

    instructions: list[Example]
    alike: list[Example]  # honest, written to look like instructions
    news: list[Example]
    held: list[Example]  # sentences of other articles of news


def collected(public: Path) -> Sentences:
    rows = [line.split("\t") for line in ROWS.read_text(encoding="utf-8").splitlines()]
    written = [Example(text, kind == "instruction") for kind, _, text in rows]
    news, held = list[Example](), list[Example]()
    for article, text in _news(public):
        (held if zlib.crc32(article.encode()) % 10 < 3 else news).append(Example(text, False))
    news += [Example(text, False) for text in _invented()]
    random.Random(1).shuffle(news)
    random.Random(2).shuffle(held)
    return Sentences([one for one in written if one.instruction], [one for one in written if not one.instruction], news, held)


def _news(public: Path) -> Iterator[tuple[str, str]]:
    """(article, sentence) of the public articles that nothing is measured on."""
    barred = set((public / "not_for_training.txt").read_text(encoding="utf-8").split())
    for name, lang in CORPORA.items():
        with gzip.open(public / name / "corpus.jsonl.gz", "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if row["id"] not in barred:
                    yield from ((row["id"], text) for text in _of(f"{row['title'] or ''}\n{row['text']}", lang))


def _invented() -> Iterator[str]:
    """Sentences of the reader's articles, and of our own documentation."""
    with gzip.open(sets.NEWS, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield from (row["title"], *row["sentences"])
    for path in sorted(ROOT.glob("docs/*.md")):
        yield from _of(path.read_text(encoding="utf-8"), "en")


def _of(text: str, lang: str) -> Iterator[str]:
    for line in text.splitlines():
        for start, end in sentences(line, lang):
            if len(sentence := " ".join(line[start:end].split())[:LONGEST]) >= 8:
                yield sentence


# The two parts ---------------------------------------------------------------------------------------------------------------


class Gate(nn.Module):
    """Rows of the embedding table -> log-odds (`index.embedding.instruction_reader.InstructionGate`)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.window = nn.Conv1d(width, CHANNELS, 3, padding=1)
        self.head = nn.Linear(2 * CHANNELS, 1)
        self.dropout = nn.Dropout(DROPPED)

    def forward(self, rows: Sequence[Floats]) -> Tensor:
        longest = max(map(len, rows))
        x = torch.zeros(len(rows), longest, rows[0].shape[1])
        there = torch.zeros(len(rows), 1, longest)
        for i, row in enumerate(rows):
            x[i, : len(row)] = torch.from_numpy(row)
            there[i, 0, : len(row)] = 1
        seen = F.relu(self.window(self.dropout(x).transpose(1, 2))) * there
        both = torch.cat([seen.amax(2), seen.sum(2) / there.sum(2)], 1)
        odds: Tensor = self.head(self.dropout(both))[:, 0]
        return odds


class Trainer:
    """The tokens, the gate and the adapted encoder."""

    def __init__(self) -> None:
        self.weights = e5_graph.read(e5._installed())
        self.tokenizer = Unigram(*self.weights.pieces())
        self.words = self.weights.rows("emb.word")
        self.gate = Gate(self.weights.hidden)
        self.encoder = AdaptedEncoder(RANK, FIRST, LAYERS)
        self.lower = cache(self._lower)

    def ids(self, text: str) -> list[int]:
        return instruction_reader.tokens(self.tokenizer, text)

    def rows(self, text: str) -> Floats:
        """(tokens, 384) of the embedding table, as the gate has them."""
        return e5_graph.dequantised(self.words[self.ids(text)]) * instruction_reader.SCALE

    def _lower(self, text: str) -> Tensor:
        """(tokens, 384) of the frozen layers."""
        return self.encoder.lower([self.ids(text)])[0][0].half()

    def gate_odds(self, texts: Sequence[str]) -> Tensor:
        """(texts,)"""
        odds: Tensor = self.gate([self.rows(text) for text in texts])
        return odds

    def odds(self, texts: Sequence[str]) -> Tensor:
        """(texts,) as `answer_reader.log_odds` has them."""
        states = [self.lower(text).float() for text in texts]
        lengths = [len(state) for state in states]
        output = self.encoder.upper(nn.utils.rnn.pad_sequence(states, batch_first=True), hidden(lengths))
        scores = []
        for of, length in zip(output, lengths, strict=True):
            inside = of[1 : length - 1]
            scores.append(inside[:, MEAN].mean() + torch.logsumexp(inside[:, PEAK], 0) - of[0, NOT_HERE])
        return torch.stack(scores)


def fit(
    part: nn.Module, odds: Callable[[Sequence[str]], Tensor], of: Sentences, rounds: int, rate: float, share: int, hard: bool
) -> None:
    """Rounds over all rows and `share` sentences of news an instruction, at a falling rate; `hard`: the hardest again."""
    kept: dict[Example, None] = {}
    optimiser = torch.optim.AdamW([p for p in part.parameters() if p.requires_grad], lr=rate, weight_decay=0.01)
    size, began = share * len(of.instructions), time.monotonic()
    for number in range(rounds):
        at = number * size % max(1, len(of.news) - size)
        examples = [*of.instructions, *of.alike, *of.news[at : at + size], *kept]
        random.shuffle(examples)
        batches, total = len(examples) // BATCH, 0.0
        for i in range(batches):
            past = (number + i / batches) / rounds
            for group in optimiser.param_groups:
                group["lr"] = rate * min(1.0, (number * batches + i + 1) / 40) * (1 - past)
            batch = sorted(examples[i * BATCH : (i + 1) * BATCH], key=lambda one: len(one.text))
            wanted = torch.tensor([float(one.instruction) for one in batch])
            loss = F.binary_cross_entropy_with_logits(odds([one.text for one in batch]), wanted)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(part.parameters(), 1.0)
            optimiser.step()
            total += float(loss.detach())
        print(f"round {number + 1} of {rounds}: loss {total / batches:.4f}, {time.monotonic() - began:.0f} s", flush=True)
        if hard and 0 < number < rounds - 1:
            some = random.sample(of.news, LOOKED_AT)
            order = np.argsort(-read(part, odds, [one.text for one in some]))
            kept |= dict.fromkeys(some[i] for i in order[:HARD])


@torch.no_grad()
def read(part: nn.Module, odds: Callable[[Sequence[str]], Tensor], texts: Sequence[str]) -> Floats:
    """(texts,) log-odds."""
    part.eval()
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    made = np.zeros(len(texts), np.float32)
    for at in range(0, len(order), BATCH):
        some = order[at : at + BATCH]
        made[some] = odds([texts[i] for i in some]).numpy()
    part.train()
    return made


def save(trainer: Trainer, threshold: float, path: Path) -> None:
    """As `instruction_reader` reads it."""
    gate = {name: value.numpy() for name, value in trainer.gate.state_dict().items()}
    arrays = {
        "gate.window": gate["window.weight"].transpose(2, 1, 0).astype(np.float16),
        "gate.bias": gate["window.bias"],
        "gate.head": gate["head.weight"][0],
        "gate.threshold": np.float32(threshold - gate["head.bias"][0]),
        "layers": np.int64(LAYERS),
    }
    np.savez_compressed(path, **arrays, **trainer.encoder.arrays())  # type: ignore[arg-type]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--public", type=Path, required=True, help="the folder with the public articles")
    parser.add_argument("--write", action="store_true", help="put the file where the program has it")
    given = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    random.seed(1)
    of, trainer = collected(given.public), Trainer()
    print({name: len(some) for name, some in of._asdict().items()}, flush=True)
    news = [one.text for one in of.held[:3000]]
    fit(trainer.gate, trainer.gate_odds, of, GATE_ROUNDS, GATE_RATE, share=2, hard=False)
    threshold = float(np.quantile(read(trainer.gate, trainer.gate_odds, news), 1 - PASSED))
    fit(trainer.encoder, trainer.odds, of, ROUNDS, RATE, share=1, hard=True)
    save(trainer, threshold, instruction_reader.SHIPPED if given.write else Path("instructions.npz"))
    odds = np.sort(read(trainer.encoder, trainer.odds, news[:2000]))[::-1]
    print(f"log-odds that 1, 2, 4, 8, 16 of 2,000 sentences of held news reach: {np.round(odds[[0, 1, 3, 7, 15]], 2)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
