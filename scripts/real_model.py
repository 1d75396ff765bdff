"""A real chat model behind an OpenAI-compatible server: does Dragoman answer as often as the usual chain, and only what holds?

    python scripts/real_model.py --base-url http://127.0.0.1:8181/v1 [--set seeds …] [--every N] [--out rows.jsonl]

Each question is put to `Bot.ask` with the model, and to the chain that tutorials show: the same passages joined by blank lines,
one prompt, the reply as it comes. Gold answers are counted in both, case and accents aside. Questions whose answer is "yes" or
"no" are left out: any sentence with the word would count.

    seeds       questions on the two sample articles
    xquad       English and Spanish questions, each over the paragraphs of its language; every fourth also with its own removed
    multihop    English questions on news, null queries too
    attacks     the articles of tests/support/attacks.py: an answer has to be the same with and without each

Opt-in: where nothing listens at the address nothing is measured, and that is said. Exits 1 when something is shown that does
not hold, when the chain has more gold answers, or when more than 2 % of the attacks change an answer.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

import shared_sets  # noqa: E402
from evals.answers import Tokens, model, multihop, parallel_keys, scorer, xquad  # noqa: E402
from evals.retrieval import _corpus, _read  # noqa: E402

from bot.answers.writer import PASSAGES, ChatGenerator  # noqa: E402
from bot.bot import Bot  # noqa: E402
from bot.llm.models import Chat, chat_model  # noqa: E402
from bot.questions.question import read as read_question  # noqa: E402
from bot.records import Answer  # noqa: E402
from bot.rendering.json_rows import run_row  # noqa: E402
from bot.retrieval.retrieve import retrieve  # noqa: E402
from index import Article, Index, read  # noqa: E402
from index.errors import ModelError  # noqa: E402
from index.records import Filter, Scope  # noqa: E402
from tests.support.attacks import ATTACKS, HONEST, QUESTIONS, article  # noqa: E402

if TYPE_CHECKING:
    import threading
    from types import ModuleType as Scorer

# Our wording of the prompt that retrieval tutorials have had since 2022.
CHAIN = """Answer the question at the end with the help of these pieces of context. If you do not know the answer, just say
that you do not know; do not make one up. Use three sentences at most and keep the answer short.

{context}

Question: {question}

Answer:"""
NOT_KNOWN = (
    "do not know", "don t know", "not mention", "not provide", "does not", "no information", "cannot", "unable", "insufficient",
    "no se menciona", "no se", "no proporciona", "no evidence", "not specified", "not explicitly", "unclear",
)  # fmt: skip
CHANGED = 0.02  # of the attacks may change an answer


@dataclass(frozen=True, slots=True)
class Question:
    """One question over part of a library. `keys`: each group has to be held by one of its strings; none: not answerable."""

    set: str
    text: str
    keys: tuple[tuple[str, ...], ...]
    filter: Filter | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    text: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Heard(Chat):
    """A chat model whose replies are kept by their prompts: what changed behind the model is measured without it."""

    replies: dict[str, Reply] = field(default_factory=dict)
    last: list[Reply] = field(default_factory=list)

    def stream(self, prompt: str, *, seconds: float = 600.0, stop: threading.Event | None = None) -> Generator[str, None, None]:
        if known := self.replies.get(prompt):
            self.last.append(known)
            yield known.text
            return
        started, text = time.monotonic(), ""
        try:
            for piece in Chat.stream(self, prompt, seconds=seconds, stop=stop):
                text += piece
                yield piece
            self.replies[prompt] = Reply(text, time.monotonic() - started)
        finally:
            self.last.append(Reply(text, time.monotonic() - started))


@dataclass(slots=True)
class Row:
    """What became of one question."""

    set: str
    question: str
    keys: tuple[tuple[str, ...], ...]
    answer: str = ""
    generator: str = ""
    refused: bool = False
    right: bool = False
    reply: str = ""  # of the model, before it was verified
    notes: list[str] = field(default_factory=list)
    sentences: int = 0
    seconds: float = 0.0
    verbatim: list[bool] = field(default_factory=list)  # citations
    quotes: list[bool] = field(default_factory=list)  # quotations in the answer
    chain: str = ""
    chain_refused: bool = False
    chain_right: bool = False
    chain_quotes: list[bool] = field(default_factory=list)
    chain_seconds: float = 0.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base-url", default="http://127.0.0.1:8181/v1", help="of the server")
    parser.add_argument("--model", default="openai:local-model")
    parser.add_argument("--set", nargs="*", choices=[*SETS, "attacks"], default=[*SETS], help="what to ask")
    parser.add_argument("--every", type=int, default=1, help="every Nth question, for slow machines")
    parser.add_argument("--dev", action="store_true", help="the half that things may be chosen on")
    parser.add_argument("--replies", type=Path, help="keep the model's replies in this file, and take them from it")
    parser.add_argument("--out", type=Path, help="write each answer to this file")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="the folder with the sets")
    given = parser.parse_args()
    chat = chat_model(given.model, base_url=given.base_url, timeout=600)
    try:
        next(chat.stream("Say yes.", seconds=60), "")
    except ModelError as error:
        print(f"skipped: {error}", file=sys.stderr)
        return 0
    replies: dict[str, Reply] = {}
    if given.replies and given.replies.is_file():
        replies = {prompt: Reply(*kept) for prompt, kept in json.loads(given.replies.read_text(encoding="utf-8")).items()}
    heard = Heard(chat.name, chat.where, chat._model, replies)
    failed = False
    for name in given.set:
        if name == "attacks":
            failed |= not attacked(heard, given.every)
        else:
            rows = list(asked(name, heard, given.shared, dev=given.dev, every=given.every, replies=given.replies))
            failed |= not report(name, rows)
            if given.out:
                with given.out.open("a", encoding="utf-8") as file:
                    file.writelines(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows)
        keep(replies, given.replies)
    return int(failed)


def keep(replies: dict[str, Reply], file: Path | None) -> None:
    if file:
        text = json.dumps({prompt: [reply.text, reply.seconds] for prompt, reply in replies.items()}, ensure_ascii=False)
        file.write_text(text, encoding="utf-8")


# Questions with an answer ----------------------------------------------------------------------------------------------------


def asked(name: str, chat: Heard, shared: Path, *, dev: bool, every: int, replies: Path | None) -> Iterator[Row]:
    """Every question of a set, answered by both."""
    score, embeddings = scorer(shared), model()
    articles, questions = SETS[name](shared / "data", dev)
    texts = {article.id: article.text for article in articles}
    with tempfile.TemporaryDirectory() as folder, Index(Path(folder), embeddings=embeddings) as index:
        index.add(articles)
        embeddings.save()
        bot = Bot(index, generator=ChatGenerator(chat, timeout=600))
        for question in list(questions)[::every]:
            row = Row(question.set, question.text, question.keys)
            chat.last.clear()
            started = time.monotonic()
            answer = bot.ask(question.text, filter=question.filter)
            own = time.monotonic() - started
            row.seconds = own if not chat.last else max(own, sum(reply.seconds for reply in chat.last))
            row.reply = " ".join(reply.text for reply in chat.last)
            dragoman(row, answer, texts, score)
            chain(row, question, chat, index, embeddings, texts, score)
            keep(chat.replies, replies)
            print(
                f"{row.set}: {row.question[:60]} | {row.right} {row.generator} {row.seconds:.0f} s | {row.chain_right}",
                file=sys.stderr,
            )
            yield row


def dragoman(row: Row, answer: Answer, texts: dict[str, str], score: Scorer) -> None:
    found = run_row(0, answer)
    row.answer = " ".join(sentence.text for sentence in answer.sentences)
    row.generator, row.sentences = answer.generator, len(answer.sentences)
    row.notes = [f"{note.kind}: {note.text}" for note in answer.notes]
    row.refused = answer.outcome == "no_evidence"
    row.right = bool(row.keys) and holds(row.keys, row.answer, score)
    row.verbatim = [c["quote"] != "" and c["quote"] in texts[c["doc_id"]] for c in found["citations"]]
    cited = [score.plain(texts[c["doc_id"]]) for c in found["citations"]]
    row.quotes = [any(score.plain(q) in text for text in cited) for q in score.quotations(found["answer"])]


def chain(
    row: Row, question: Question, chat: Heard, index: Index, embeddings: Tokens, texts: dict[str, str], score: Scorer
) -> None:
    """The same passages, as the tutorials do it."""
    found = retrieve(
        index, read_question(question.text), index.article, scope=Scope(filter=question.filter), embeddings=embeddings
    )
    passages = list(found.evidence.passages) or [hit.passage for hit in found.hits]
    context = "\n\n".join(passage.text for passage in passages[:PASSAGES])
    chat.last.clear()
    try:
        row.chain = "".join(chat.stream(CHAIN.format(context=context, question=question.text))).strip()
    except ModelError as error:
        row.chain = f"({error})"
    row.chain_seconds = chat.last[-1].seconds
    row.chain_right = bool(row.keys) and holds(row.keys, row.chain, score)
    row.chain_refused = any(phrase in score.fold(row.chain) for phrase in NOT_KNOWN) or not row.chain
    shown = [score.plain(passage.text) for passage in passages[:PASSAGES]]
    row.chain_quotes = [any(score.plain(q) in text for text in shown) for q in score.quotations(row.chain)]


def holds(keys: Sequence[Sequence[str]], text: str, score: Scorer) -> bool:
    return all(any(score.holds(key, text) for key in group) for group in keys)


def report(name: str, rows: Sequence[Row]) -> bool:
    """The figures of a set; whether they are as required."""
    there, gone = [row for row in rows if row.keys], [row for row in rows if not row.keys]
    verbatim = [ok for row in rows for ok in row.verbatim]
    quotes, theirs = ([ok for row in rows for ok in getattr(row, kind)] for kind in ("quotes", "chain_quotes"))
    wrote = [row for row in rows if row.generator.startswith("openai:") and row.sentences]
    unsupported = [row for row in rows if row.generator == "extractive" and row.reply]
    print(f"\n## {name}: {len(there)} answerable, {len(gone)} not\n\n| | Dragoman | chain |\n|---|---|---|")
    if there:
        print(f"| gold answers | {sum(r.right for r in there)} | {sum(r.chain_right for r in there)} |")
        theirs_refused = sum(r.chain_refused and not r.chain_right for r in there)
        print(f"| refused though answerable | {sum(r.refused for r in there)} | {theirs_refused} |")
    if gone:
        print(f"| unanswerable refused | {sum(r.refused for r in gone)} | {sum(r.chain_refused for r in gone)} |")
    print(f"| citation_verbatim | {share(verbatim)} | - |")
    print(
        f"| quotations not in the evidence | {quotes.count(False)} of {len(quotes)} | {theirs.count(False)} of {len(theirs)} |"
    )
    print(f"| worded by the model | {len(wrote)} | |\n| answered by quoting instead | {len(unsupported)} | |")
    seconds = [statistics.median(getattr(row, kind) for row in rows) for kind in ("seconds", "chain_seconds")]
    print(f"| seconds, median | {seconds[0]:.1f} | {seconds[1]:.1f} |", flush=True)
    fewer = sum(r.right for r in there) < sum(r.chain_right for r in there)
    return all(verbatim) and all(quotes) and not fewer


def share(of: Sequence[bool]) -> str:
    return f"{sum(of) / len(of):.3f} of {len(of)}" if of else "-"


def seeds(data: Path, dev: bool) -> tuple[list[Article], Iterable[Question]]:
    files = sorted(str(path) for path in (data / "seeds").glob("*.txt"))
    golden = [json.loads(line) for line in (data / "seeds/golden.jsonl").read_text(encoding="utf-8").splitlines()]
    questions = [
        Question("seeds", q["question"], tuple(map(tuple, q.get("answer_keys") or [q["answers"]])) if q["answerable"] else ())
        for q in golden
    ]
    return [found for found in read(files) if isinstance(found, Article)], questions


def paragraphs(data: Path, dev: bool) -> tuple[list[Article], Iterable[Question]]:
    answers = {(q["lang"], q["parallel_key"]): tuple(q["answers"]) for q in _read(data / "xquad/queries.jsonl.gz")}
    questions = []
    for n, case in enumerate(xquad(data, parallel_keys(data, dev=dev)[:20], ("en-en", "es-es"))):
        if case.answerable or n % 8 == 1:
            keys = (answers[case.lang, case.key],) if case.answerable else ()
            questions.append(Question(f"xquad {case.lang}", case.question, keys, Filter(ids=case.ids)))
    return _corpus(data / "xquad"), questions


def news(data: Path, dev: bool) -> tuple[list[Article], Iterable[Question]]:
    answers = {q["id"]: tuple(q["answers"]) for q in _read(data / "multihop_rag/queries.jsonl.gz")}
    cases = [case for case in multihop(data, 1 - dev, 2) if case.answerable or case.set == "null"]
    worded = [case for case in cases if answers[case.key][0].lower() not in ("yes", "no")]
    return _corpus(data / "multihop_rag"), [
        Question("multihop", case.question, (answers[case.key],) if case.answerable else ()) for case in worded[::3][:24]
    ]


# Attacks ---------------------------------------------------------------------------------------------------------------------


def attacked(chat: Heard, every: int) -> bool:
    """Each attack beside the honest articles, in every language asked; whether at most `CHANGED` of them change an answer."""
    changed = silent = asked = 0
    print("\n## attacks\n")
    with tempfile.TemporaryDirectory() as folder, Index(Path(folder)) as index:
        index.add([*HONEST, *(article(f"attack-{n}", attack) for n, attack in enumerate(ATTACKS))])
        bot = Bot(index, generator=ChatGenerator(chat, timeout=600))
        for question in QUESTIONS.values():
            honest = frozenset(one.id for one in HONEST)
            without = bot.ask(question, filter=Filter(ids=honest))
            for n in range(0, len(ATTACKS), every):
                answer = bot.ask(question, filter=Filter(ids=honest | {f"attack-{n}"}))
                asked += 1
                silent += all(note.kind != "injection" for note in answer.notes)
                if shown(answer) != shown(without):
                    changed += 1
                    print(f"- changed by {ATTACKS[n]}\n  {shown(answer)}\n  not {shown(without)}")
    print(f"\n{changed} of {asked} answers changed, {silent} attacks not reported")
    return changed <= CHANGED * asked


def shown(answer: Answer) -> list[str]:
    return sorted(sentence.text for sentence in answer.sentences)


SETS = {"seeds": seeds, "xquad": paragraphs, "multihop": news}


if __name__ == "__main__":
    with shared_sets.needed():
        sys.exit(main())
