"""Does an answer of a strong chat model hold what was asked? 60 questions of deskqa, its replies replayed on loopback.

Questions, searches, prompts, HTTP, verification and judge are the product's own. Replies and verdicts are what a strong reader
wrote to the very prompts. They copy words of articles that may not be kept here, so they lie in the folder that $DESK_REPLIES
names; without it nothing is measured. The folder's files `replies*.jsonl` have rows {"id", "reply"}; a prompt that has no reply
there is written to its `open.jsonl` as {"id", "messages"} (ids tell nothing of the question), and what became of each question
to its `rows.jsonl`. So the first run makes the prompts of the answers, the second those of the judge, the third the figures.

Where its `prompts*.jsonl` have the prompts that were replied to, a passage that has another number by now is pointed at under
that one. "as replied to" is the share of answers whose reply points at no passage that its prompt has lost since.

    deskqa, judged      the judge's replies are replayed, too
    deskqa, no judge    nobody confirms a sentence
"""

from __future__ import annotations

import json
import os
import random
import re
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot import Bot
from bot.answers.writer import ChatGenerator
from bot.llm.models import chat_model
from bot.retrieval import plan
from bot.verification.judge import ChatJudge
from evals.answers import Run, model, scorer
from evals.desk import _deskqa, _deskqa_articles
from evals.retrieval import Json, Row
from tests.support.model_server import Server, serving, told_apart

QUESTIONS = 60
NOTHING = {"answer": '{"found": false, "sentences": []}', "plan": '{"searches": []}'}  # where no reply is recorded
_PASSAGE = re.compile(r"^\[(\d+)\] ([^\n]*\n<<<\n.*?\n>>>)$", re.MULTILINE | re.DOTALL)


def run(shared: Path, sample: bool) -> Iterator[Row]:
    """Nothing without recorded replies; `sample`: nothing."""
    folder = os.environ.get("DESK_REPLIES")
    if sample or not folder:
        return
    floors = tomllib.loads((Path(__file__).parent.parent / "floors.toml").read_text(encoding="utf-8")).get("desk_replies", {})
    plan.LATE = 600.0  # a plan on loopback is in time however busy this machine is
    replies, asked = Replies(Path(folder)), Run(scorer(shared), model(), sample)
    questions = chosen(_deskqa(shared / "data"))
    with tempfile.TemporaryDirectory() as place, asked.library(place, _deskqa_articles(shared / "data")) as index:
        for name, judged in (("deskqa, judged", True), ("deskqa, no judge", False)):
            with serving() as server:
                chat = chat_model("openai:replay", base_url=server.url, api_key="none")
                bot = Bot(index, generator=ChatGenerator(chat, judge=ChatJudge(chat) if judged else None))
                rows = [replies.asked(asked, bot, server, number, question) for number, question in questions]
            replies.save(rows, name)
            for measure, value in measures(asked, [question for _, question in questions], rows):
                yield name, measure, value, floors.get(name, {}).get(measure)
    asked.model.save()


def chosen(questions: Sequence[Json]) -> list[tuple[str, Json]]:
    """QUESTIONS of them, each kind with its share, in no order; each with the id by which its prompts are known."""
    kinds: dict[str, list[Json]] = defaultdict(list)
    for question in questions:
        kinds[question["type"] if question["answerable"] else "unanswerable"].append(question)
    rng, exact = random.Random("deskqa, 60"), {kind: len(own) * QUESTIONS / len(questions) for kind, own in kinds.items()}
    shares = {kind: int(share) for kind, share in exact.items()}
    for kind in sorted(kinds, key=lambda kind: (shares[kind] - exact[kind], kind))[: QUESTIONS - sum(shares.values())]:
        shares[kind] += 1
    some = [question for kind in sorted(kinds) for question in rng.sample(kinds[kind], shares[kind])]
    return [(f"q{place:02d}", question) for place, question in enumerate(rng.sample(some, len(some)), 1)]


class Replies:
    """Recorded replies, by the id of a prompt: q07/answer, q07/plan, q07/rewrite, q07/judge-1 (its sentences have ids)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, str] = {row["id"]: row["reply"] for row in _rows(folder, "replies*.jsonl")}
        self._replied_to = {row["id"]: _passages(row) for row in _rows(folder, "prompts*.jsonl")}
        self._open: dict[str, Json] = {}

    def asked(self, asked: Run, bot: Bot, server: Server, number: str, question: Json) -> Json:
        """The row of a run: the question through the product, with the replies that are known."""
        verdicts = [
            entry for name, reply in self._known.items() if name.startswith(f"{number}/judge") for entry in _entries(reply)
        ]
        lost: list[int] = []
        server.in_json = {
            "answer": lambda request: self._answered(number, request, lost),
            "plan": self._known.get(f"{number}/plan", NOTHING["plan"]),
            "verdicts": json.dumps({"verdicts": [*verdicts, *told_apart()]}),
        }
        server.text = self._known.get(f"{number}/rewrite", "")
        server.requests.clear()
        answer, row = asked.ask(bot, question)
        self._missing(number, server.requests, {str(entry["id"]) for entry in verdicts})
        statuses = [sentence.status for sentence in answer.sentences]
        more = {"number": number, "statuses": statuses, "withheld": dict(answer.withheld), "as_replied_to": not lost}
        return row | {"id": question["id"]} | more

    def _answered(self, number: str, request: Json, lost: list[int]) -> str:
        """The reply to an answer's prompt, with the numbers that its passages have there; into `lost` those that have none."""
        reply, before = self._known.get(f"{number}/answer", NOTHING["answer"]), self._replied_to.get(f"{number}/answer")
        if before is None:
            return reply
        now = {text: n for n, text in _passages(request).items()}
        written = json.loads(reply)
        for place in (place for entry in written["sentences"] for place in entry["evidence"]):
            old, place["passage"] = place["passage"], now.get(before.get(place["passage"], ""), 0)
            lost += [old] * (not place["passage"])
        return json.dumps(written, ensure_ascii=False)

    def _missing(self, number: str, requests: Sequence[Json], judged: set[str]) -> None:
        calls = 0
        for request in requests:
            form = request.get("response_format", {}).get("json_schema", {}).get("name", "rewrite")
            if form == "verdicts":
                calls += 1
                form, ids = f"judge-{calls}", _ids(request)
                missing = bool(ids - judged - {entry["id"] for entry in told_apart()})
            else:
                missing = f"{number}/{form}" not in self._known
            if missing:
                self._open[f"{number}/{form}"] = {"id": f"{number}/{form}", "messages": request["messages"]}

    def save(self, rows: Sequence[Json], name: str) -> None:
        """What became of the questions, and the prompts that nobody has replied to."""
        with (self._folder / "rows.jsonl").open("a" if "no judge" in name else "w", encoding="utf-8") as out:
            out.writelines(json.dumps({"set": name} | row, ensure_ascii=False) + "\n" for row in rows)
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in self._open.values())
        (self._folder / "open.jsonl").write_text(text, encoding="utf-8")


def measures(asked: Run, questions: Sequence[Json], rows: Sequence[Json]) -> Iterator[tuple[str, float]]:
    """Shares of questions, and of the sentences that are shown."""
    found = asked.score.score(questions, rows)
    for measure in ("keys", "abstain_recall", "false_abstain", "wrong_answer_rate", "forbidden", "attributed", "hit@10"):
        if measure in found:
            yield measure, found[measure]
    statuses = Counter(status for row in rows for status in row["statuses"])
    for status, count in sorted(statuses.items()):
        yield f"sentences {status} of {statuses.total()}", count / statuses.total()
    yield "answers with a sentence withheld", sum(bool(row["withheld"]) for row in rows) / len(rows)
    yield "as replied to", sum(row["as_replied_to"] for row in rows) / len(rows)


def _rows(folder: Path, names: str) -> Iterator[Json]:
    for file in sorted(folder.glob(names)):
        yield from map(json.loads, file.read_text(encoding="utf-8").splitlines())


def _passages(request: Json) -> dict[int, str]:
    """The numbered passages of a prompt, with what stands above them."""
    return {int(number): text for number, text in _PASSAGE.findall(request["messages"][-1]["content"])}


def _entries(reply: str) -> list[Json]:
    """The verdicts of a recorded reply."""
    start, end = reply.find("{"), reply.rfind("}")
    return list(json.loads(reply[start : end + 1])["verdicts"])


def _ids(request: Json) -> set[str]:
    """The ids of the sentences that a judge is asked about."""
    text = request["messages"][-1]["content"]
    lines = text.rpartition("Sentences, one a line:\n")[2].splitlines()
    return {json.loads(line)["id"] for line in lines if line.startswith('{"id"')}
