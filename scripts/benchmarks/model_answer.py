"""An answer of a chat model: how long to its first verified sentence, and what checking ten sentences costs.

A server on loopback replays a model of everyday pace (`WAIT` to its first token, `PACE` a piece of seven characters, some 60
tokens a second), and is its own judge, which is believed already. In one run, the same question a few times:

    the model alone    the first sentence with the words it points at, asked with the very prompt of the answer
    one round trip     its verdict, asked with the very prompt of the judge
    the answer         from the question to the first sentence that is shown as verified
    before it is asked our own CPU time until the answer's call is at the server: it hangs on no other work of the machine

A question of several parts asks for a plan first, which is part of its answer's time.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bot import Bot
from bot.answers.writer import ChatGenerator, likeness
from bot.answers.writing import Writing
from bot.llm.models import chat_model
from bot.questions.question import read as read_question
from bot.records import Draft
from bot.retrieval.retrieve import retrieve
from bot.verification import judge as judging
from bot.verification.judge import ChatJudge
from bot.verification.verify import check
from index import Index, read
from scripts.benchmarks import Figure
from tests.support.model_server import Server, serving, told_apart
from tests.support.model_server import verdict as replayed_verdict

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
WAIT, PACE = 0.4, 0.03  # seconds
TIMES = 5
AT_MOST = 1.3  # as issue 20 asks
QUESTION = "Why was the Astrid Vale stopped?"
PARTS = "How many sailors were on board the Astrid Vale when it was stopped in May, and how much wheat did it carry?"
TEN = (  # the first one's words are found for both questions
    ("There were seventeen sailors on board.", "Seventeen sailors were on board"),
    ("Sanvara's coast guard stopped the Astrid Vale in the Amber Strait.", "The coast guard of Sanvara stopped the grain"),
    ("The ship was taken to Puerto Lirio, its owner said.", "took it to Puerto Lirio, the ship's owner said"),
    ("Armed officers boarded it shortly after five in the morning.", "officers came over the rail shortly after 5 a.m."),
    ("Nobody was injured, according to Vale Lines.", "the company in Karsund that owns the ship. Nobody was hurt"),
    ("Henrik Vale is the director of the company.", "the company's director, Henrik Vale, told reporters"),
    ("It had 13,000 tonnes of wheat on board.", "The Astrid Vale was carrying 13,000 tonnes of wheat"),
    ("The wheat was on its way from Neuhafen to the Coral Islands.", "from Neuhafen to the Coral Islands"),
    ("Captain Ferro said the ship had “ignored three calls by radio”.", "said the ship had “ignored three calls by radio”"),
    ("No ship under Lothmar's flag had been stopped there for six years.", "It is the first time in six years"),
)  # fmt: skip


def main() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder, Index(Path(folder)) as index, serving() as server:
        index.add(read([str(SAMPLES)]))
        asked_at: list[float] = []
        replay(server, asked_at)
        kinds = (("", QUESTION), (", with a plan", PARTS))
        rows = [first_sentence(index, server, asked_at, name, question) for name, question in kinds]
        return [*(figure for pair in rows for figure in pair), checking(index)]


def replay(server: Server, asked_at: list[float]) -> None:
    """What the server replies, by what is asked for. `asked_at`: the CPU time of this process when an answer was asked for."""
    written = [{"sentence": text, "evidence": [{"passage": 1, "words": words}]} for text, words in TEN[:5]]
    reply = json.dumps({"found": True, "sentences": written}, ensure_ascii=False)

    def answered(request: object) -> str:
        asked_at.append(time.process_time())
        return reply

    server.in_json["answer"] = answered
    server.in_json["plan"] = json.dumps({"searches": ["sailors on board the Astrid Vale", "wheat on the Astrid Vale"]})


def first_sentence(index: Index, server: Server, asked_at: list[float], name: str, question: str) -> list[Figure]:
    """The time to the first verified sentence, against the model's own and one verdict."""
    model = chat_model("openai:replayed", base_url=server.url)
    judge = ChatJudge(model)
    generator = ChatGenerator(model, judge=judge)
    server.wait, server.delay = 0.0, 0.0
    Bot(index, generator=generator).ask(question)  # loads what is loaded once
    found = retrieve(index, read_question(question), index.article)
    sources = Writing(found.evidence, "en", index.article).read()
    case = judging.case(check(TEN[0][0], (1,), sources, "en", words=[(1, TEN[0][1])]), sources)
    server.in_json["verdicts"] = json.dumps({"verdicts": [*told_apart(), replayed_verdict(case.text, "supported")]})
    assert list(judge.verdicts([case], sources))  # it is believed from now on
    server.in_json["verdicts"] = json.dumps({"verdicts": [replayed_verdict(case.text, "supported")]})
    server.wait, server.delay = WAIT, PACE
    alone, verdict, answer, ours = list[float](), list[float](), list[float](), list[float]()
    for _ in range(TIMES):
        started = time.perf_counter()
        next(iter(generator.generate(found.evidence, "en")))
        alone.append(time.perf_counter() - started)
        started = time.perf_counter()
        assert next(judge.verdicts([case], sources))[1] == "supported"
        verdict.append(time.perf_counter() - started)
        started, used = time.perf_counter(), time.process_time()
        with Bot(index, generator=generator).stream(question) as events:
            shown = next(event.data for event in events if event.kind == "sentence")
            answer.append(time.perf_counter() - started)
            ours.append(asked_at[-1] - used)
        assert getattr(shown, "status", "") == "verified", shown
    own, one, whole = (1000 * statistics.median(times) for times in (alone, verdict, answer))
    ratio = statistics.median(c / (a + b) for a, b, c in zip(alone, verdict, answer, strict=True))
    return [
        Figure(f"the model's own first sentence{name}, ms", own),
        Figure(f"one round trip of the judge{name}, ms", one),
        Figure(f"first verified sentence{name}, ms", whole),
        Figure(f"first verified sentence / the model's own and one verdict{name}", ratio, None if name else AT_MOST),
        Figure(f"our CPU time before the model is asked{name}, ms", 1000 * statistics.median(ours), None if name else 150),
    ]


def checking(index: Index) -> Figure:
    """CPU-seconds to check ten sentences, on articles that have not been read before."""
    found = retrieve(index, read_question(QUESTION), index.article)
    drafts = [Draft(text=text, cites=(1,), words=((1, words),)) for text, words in TEN]

    def embed(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        vectors: Sequence[Sequence[float]] = index.embeddings.embed_documents(list(texts))  # type: ignore[assignment]
        return vectors

    writing = Writing(found.evidence, "en", index.article, likeness=likeness(embed))
    before = time.process_time()
    shown = [writing.add(draft) for draft in drafts]
    spent = time.process_time() - before
    assert all(shown), [draft.text for draft, sentence in zip(drafts, shown, strict=True) if not sentence]
    return Figure("checking ten sentences, CPU-seconds", spent, 1.0)
