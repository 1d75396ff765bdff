"""How long a warm question takes to its first verified sentence, against its search: the sample articles, no chat model."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from bot import Bot
from bot.records import Answer
from index import Index, read
from scripts.benchmarks import Figure
from scripts.benchmarks._corpus import own

UNTIL = "CPU until then"
SAMPLES = Path(__file__).resolve().parent.parent / "samples"
QUESTIONS = [
    "Why did the coast guard of Sanvara stop the Astrid Vale?",
    "How many tonnes of wheat was the Astrid Vale carrying?",
    "Where does Elena Robledo plan to travel in May?",
    "¿Cuántos marineros había a bordo del Astrid Vale?",
    "¿Qué dijo Elena Robledo en Selwyn?",
    "What did Henrik Vale tell reporters by telephone?",
    "Wer sprach im April vier Stunden lang über die Bernsteinstraße?",
    "Which company owns the grain carrier?",
]


def main() -> list[Figure]:
    rows: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder, Index(Path(folder)) as index:
        index.add(read([str(SAMPLES)]))
        index.search(QUESTIONS[0])
        searched = own()
        asked(Bot(index))  # loads what is loaded once
        rows.append(Figure("memory of a process that has searched, MB", searched / 1e6))
        rows.append(Figure("memory once it has answered, MB", own() / 1e6))
        for _ in range(3):
            bot = Bot(index)  # keeps the sentences that it has read
            new, again = asked(bot), asked(bot)
        for name, laps in (("new", new), ("asked again", again)):
            rows += [
                Figure(f"{stage}, {name}, ms", 1000 * statistics.median(of), at_most=300 if stage == UNTIL else None)
                for stage, of in laps.items()
            ]
            ratio = statistics.median(a / b for a, b in zip(laps["first sentence"], laps["search"], strict=True))
            rows.append(Figure(f"first verified sentence / search, {name} (asked: 2, or .3 s of CPU)", ratio))
        pasted = f"{QUESTIONS[0]} {'The strait is narrow and the water is cold. ' * 200}"[:8000]
        spent = time.process_time()
        Bot(index).ask(pasted)
        rows.append(Figure("8,000 characters asked, seconds of CPU", time.process_time() - spent, at_most=1))
    return rows


def asked(bot: Bot) -> dict[str, list[float]]:
    """Seconds of each question that is answered, a stage; "first sentence" and its CPU count from the question."""
    laps: dict[str, list[float]] = {"search": [], "evidence": [], "first sentence": [], UNTIL: []}
    for question in QUESTIONS:
        first = spent = 0.0
        started, work = time.perf_counter(), time.process_time()
        for event in bot.stream(question):
            if event.kind == "sentence":
                first = first or time.perf_counter() - started
                spent = spent or time.process_time() - work
        answer = event.data
        assert isinstance(answer, Answer)
        if answer.sentences:
            laps["first sentence"].append(first)
            laps[UNTIL].append(spent)
            for stage in ("search", "evidence"):
                laps[stage].append(answer.timings[stage])
    return laps
