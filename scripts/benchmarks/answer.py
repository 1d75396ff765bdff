"""How long a warm question takes to its first verified sentence, against its search: the sample articles, no chat model."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from bot import Bot
from bot.records import Event
from index import Index, read
from scripts.benchmarks import Figure

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
    first: list[float] = []
    laps: dict[str, list[float]] = {"search": [], "evidence": [], "write": []}
    with tempfile.TemporaryDirectory() as folder, Index(Path(folder)) as index:
        index.add(read([str(SAMPLES)]))
        bot = Bot(index)
        for _ in range(3):  # the first round is not warm
            first, laps = [], {name: [] for name in laps}
            for question in QUESTIONS:
                seen: list[float] = []
                started = time.perf_counter()

                def note(event: Event, seen: list[float] = seen) -> None:
                    if event.kind in ("sentence", "done"):
                        seen.append(time.perf_counter())

                answer = bot.ask(question, on_event=note)
                for name, of in laps.items():
                    of.append(answer.timings[name])
                if answer.sentences:
                    first.append((seen[0] - started) / answer.timings["search"])
    rows = [Figure(f"{name}, ms", 1000 * statistics.median(of)) for name, of in laps.items()]
    return [*rows, Figure("first verified sentence / search (asked: 1.5)", statistics.median(first))]
