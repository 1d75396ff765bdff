"""Rows that the reader is trained on: a question, the sentences of a text, and which of them answer it.

Public sets, each from the repository named, and our own rows over invented news (`scripts/reader/news.jsonl.gz`). None of them
is in what we measure: XQuAD and MLQA, which translate SQuAD's development set, deskqa and tests/data/desk are not read.
"""

from __future__ import annotations

import gzip
import json
import random
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.text.passages import sentences

NEWS = Path(__file__).with_name("news.jsonl.gz")
SQUAD, SELQA, PARAGRAPHS = "SQuAD's form", "SelQA's form", "paragraphs with questions"


@dataclass(frozen=True)
class Source:
    """Files of a public set."""

    name: str
    lang: str
    licence: str
    repository: str  # on GitHub
    files: tuple[str, ...]
    form: str = SQUAD
    most: int = 10_000  # rows of a file


@dataclass(frozen=True)
class Row:
    """A question over a text."""

    set: str
    group: str  # of the article: what is held back is held back by article
    title: str
    lang: str  # of the question
    question: str
    sentences: tuple[str, ...]
    gold: frozenset[int]  # places of the sentences that answer; empty: none does
    answer: str  # in the words of the text; "": not marked


_TYDI, _WIKI = "sagorbrur/tydiqa-language-specific", "language_data/{0}/{0}_tydiqa_{1}.json"
SOURCES = [
    *(
        Source("TyDi QA", lang, "Apache 2.0", _TYDI, tuple(_WIKI.format(name, part) for part in parts))
        for lang, name, parts in [
            ("en", "english", ("train", "dev")), ("ko", "korean", ("train", "dev")), ("ar", "arabic", ("dev",)),
            ("fi", "finnish", ("dev",)), ("id", "indonesian", ("dev",)),
            ("ru", "russian", ("dev",)), ("sw", "swahili", ("dev",)),
        ]
    ),
    Source(
        "SQuAD 1.1, part of train", "en", "CC BY-SA 4.0", "EmptyCityJK/flan-response-evaluator",
        tuple(f"data/squad/{part}.json" for part in ("train", "valid", "test")), PARAGRAPHS,
    ),
    Source(
        "JaQuAD", "ja", "CC BY-SA 3.0", "SkelterLabsInc/JaQuAD",
        tuple(f"data/train/jaquad_train_{n:04d}.json" for n in range(30)), most=250,
    ),
    Source("DRCD", "zh", "CC BY-SA 3.0", "DRCKnowledgeTeam/DRCD", ("DRCD_dev.json", "DRCD_test.json"), most=1800),
    Source("CMRC 2018", "zh", "CC BY-SA 4.0", "ymcui/cmrc2018", ("squad-style-data/cmrc2018_dev.json",), most=2000),
    Source("ARCD", "ar", "MIT", "husseinmozannar/SOQAL", ("data/arcd-train.json",)),
    Source(
        "SelQA", "en", "Apache 2.0", "emorynlp/selqa", ("ass/selqa-ass-dev.json", "ass/selqa-ass-test.json"), SELQA
    ),
]  # fmt: skip


def held_back(group: str) -> bool:
    """Whether an article is for measuring alone: every eighth."""
    return zlib.crc32(group.encode()) % 8 == 0


def public(folder: Path) -> Iterator[Row]:
    """The rows of all SOURCES, from the checkouts `folder`/OWNER/NAME."""
    for source in SOURCES:
        for number, file in enumerate(source.files):
            data = json.loads((folder / source.repository / file).read_text(encoding="utf-8"))
            rows = list(_FORMS[source.form](source, data))
            if len(rows) > source.most:
                random.Random(number).shuffle(rows)
            yield from rows[: source.most]


def news(file: Path = NEWS) -> Iterator[Row]:
    """Our own rows."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for article in map(json.loads, lines):
            for asked in article["questions"]:
                yield Row(
                    "news", article["id"], article["title"], asked["lang"], asked["q"], tuple(article["sentences"]),
                    frozenset(asked["gold"]), asked.get("answer") or "",
                )  # fmt: skip


def _squad(source: Source, data: Any) -> Iterator[Row]:
    for article in data["data"]:
        title = article.get("title", "")
        for paragraph in article["paragraphs"]:
            text = paragraph["context"]
            for asked in paragraph["qas"]:
                marked = asked.get("answers")
                if (
                    marked
                    and text[marked[0]["answer_start"] :].startswith(marked[0]["text"])
                    and marked[0]["answer_start"] >= 0
                ):
                    yield from _row(
                        source, f"{source.name}:{title}", title.replace("_", " "), asked["question"], text,
                        marked[0]["answer_start"], marked[0]["text"],
                    )  # fmt: skip


def _paragraphs(source: Source, data: Any) -> Iterator[Row]:
    for paragraph in data:
        text = paragraph["context"]
        for asked in paragraph["qas"]:
            if text.count(asked["answer"]) == 1:
                at = text.find(asked["answer"])
                yield from _row(source, f"squad:{zlib.crc32(text.encode())}", "", asked["question"], text, at, asked["answer"])


def _selqa(source: Source, data: Any) -> Iterator[Row]:
    for asked in data:
        texts = tuple(text.strip() for text in asked["candidates"])
        if 0 < len(asked["answers"]) < 4 and len(texts) > 2:
            title = asked["article"]
            yield Row("SelQA", f"selqa:{title}", title, source.lang, asked["question"], texts, frozenset(asked["answers"]), "")


def _row(source: Source, group: str, title: str, question: str, text: str, start: int, answer: str) -> Iterator[Row]:
    spans = [(a, b) for a, b in sentences(text, source.lang) if text[a:b].strip()]
    gold = frozenset(i for i, (a, b) in enumerate(spans) if a < start + len(answer) and start < b)
    if len(spans) > 1 and 0 < len(gold) < 3:
        yield Row(source.name, group, title, source.lang, question, tuple(text[a:b].strip() for a, b in spans), gold, answer)


_FORMS = {SQUAD: _squad, SELQA: _selqa, PARAGRAPHS: _paragraphs}
