"""New, changed, same or a copy: on texts of our own; on real articles where ../shared is present."""

from __future__ import annotations

import importlib.util
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.near_duplicates import COPY, KEYS, SHARED, Decision, Fingerprint, KnownStory, decide, fingerprint, same_story
from tests.support import ROOT

WIRE = """The ferry between Norby and Saint Elm will run again from next week, the harbour office said, after the repairs.
Harbour master Ilse Dahl told reporters beside the new pier that she expects four crossings a day in spring and six in summer.
Shopkeepers on the island had complained that they lost a third of their visitors while the old vessel was in dock.
The council promised help with rents until June and asked the region to pay half of the 2.4 million crowns.
Opponents of the project say a bridge would have been cheaper over thirty years, a claim the council calls a dream.
The first crossing leaves on Monday at seven in the morning, with the school choir on board and free tickets for all."""
SAME_EVENT = """Monday morning at seven, if the wind allows it, a boat will once more leave for Saint Elm. Few believed in it.
For months people on the island counted their losses: empty rooms, unsold bread, a doctor who comes by air.
Now a pier of pale wood reaches into the bay, paid for with 2.4 million crowns that nobody in Norby likes to talk about.
Ilse Dahl, who runs the harbour, laughs when asked about the bridge some would rather have. Ask me in summer, she says."""
CHINESE = (
    "诺尔比与圣埃尔姆之间的渡轮将于下周恢复通航，港务局周三表示，两处码头经过一个冬天的维修。港务长在新码"
    "头旁告诉记者，她预计春季每天四班，夏季每天六班。岛上的店主抱怨说，渡轮停航期间他们失去了三分之一的游"
    "客。"
)
OTHER_CHINESE = (
    "议会周二通过了新的预算，其中教育支出增加百分之五，而道路建设的资金减少。反对党批评说，政府没有考虑农"
    "村地区的需要。财政部长表示，这一计划将在三年内得到审查，并根据经济形势进行调整。"
)


def changed(text: str, share: float, seed: int = 1) -> str:
    rng = random.Random(seed)
    return " ".join("other" + str(rng.randint(0, 999)) if rng.random() < share else word for word in text.split())


def like(one: str, other: str) -> float:
    return same_story(fingerprint(one), fingerprint(other))


@pytest.mark.parametrize(
    "copy",
    [
        WIRE.upper().replace(",", ""),
        "A different headline altogether\n\n" + WIRE,
        WIRE.partition("\n")[2],
        WIRE.rpartition("\n")[0],
        WIRE.partition("\n")[2].rpartition("\n")[0],
        "Sign up for our morning newsletter and follow us everywhere.\n" + WIRE + "\nMore in tomorrow's paper, with pictures.",
        changed(WIRE, 0.06),
        changed(WIRE, 0.12),
        changed(WIRE, 0.20),
        changed(WIRE.partition("\n")[2], 0.12),
    ],
)
def test_edited_copies_are_one_story(copy: str) -> None:
    assert like(WIRE, copy) >= COPY
    assert len(set(fingerprint(WIRE).keys) & set(fingerprint(copy).keys)) >= SHARED


def test_another_report_of_the_event_is_another_story() -> None:
    assert like(WIRE, SAME_EVENT) < 0
    later = SAME_EVENT + "\n" + "\n".join(WIRE.split("\n")[:2])
    assert like(WIRE, later) < COPY
    assert like(SAME_EVENT, WIRE.rpartition("\n")[2]) < COPY


def test_scripts_without_spaces() -> None:
    assert like(CHINESE, CHINESE[10:] + "更多内容请见明日报纸。") >= COPY
    assert like(CHINESE, OTHER_CHINESE) < 0


def test_accents_case_and_punctuation_do_not_count() -> None:
    assert like("El Ministro llegó, por fin, a Lima.", "el ministro llego por fin a lima") == 1.0
    assert like("", "") == 0.0
    assert like("One two three.", "four five six") <= 0


def test_a_few_words_prove_nothing() -> None:
    assert like("The minister arrived in Lima on Monday.", "The minister arrived in Lima on Tuesday, and left.") < COPY


def known(id: str, text: str, origin: str = "") -> KnownStory:
    return KnownStory(id=id, origin=origin or id, fingerprint=fingerprint(text))


def test_decisions() -> None:
    mark = fingerprint(WIRE)
    assert decide("a", "h1", mark, stored=None, candidates=[]) == Decision(kind="new", origin="a")
    assert decide("a", "h1", mark, stored=("h1", "o"), candidates=[]).kind == "same"
    assert decide("a", "h1", mark, stored=("h0", "o"), candidates=[]) == Decision(kind="changed", origin="o")
    assert decide("a", "h1", mark, stored=None, candidates=[known("a", WIRE)]).kind == "new"  # never a copy of itself
    assert decide("a", "h1", mark, stored=None, candidates=[known("b", SAME_EVENT)]).kind == "new"
    copy = decide("a", "h1", mark, stored=None, candidates=[known("b", SAME_EVENT), known("c", changed(WIRE, 0.1), "first")])
    assert (copy.kind, copy.origin, copy.joins) == ("copy", "first", ())


def test_the_original_joins_copies_that_are_too_far_apart() -> None:
    one, two = known("b", changed(WIRE, 0.15, 1)), known("c", changed(WIRE, 0.15, 2))
    decision = decide("a", "h", fingerprint(WIRE), stored=None, candidates=[one, two])
    assert {decision.origin, *decision.joins} == {"b", "c"}
    assert decision == decide("a", "h", fingerprint(WIRE), stored=None, candidates=[two, one])


@given(st.text(max_size=300))
def test_a_text_is_its_own_copy(text: str) -> None:
    mark = fingerprint(text)
    assert same_story(mark, mark) == (1.0 if mark.shingles else 0.0)
    assert len(mark.keys) <= KEYS
    assert list(mark.keys) == sorted(set(mark.keys))
    assert all(0 <= key < 2**32 for key in mark.keys)


@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert like(one, other) == like(other, one)
    assert -1 <= like(one, other) <= 1


def test_fingerprints_are_the_same_in_every_process() -> None:
    code = f"from index.text.near_duplicates import fingerprint; print(fingerprint({WIRE!r}).keys[:3])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stdout.strip() == str(fingerprint(WIRE).keys[:3])


def test_keys_do_not_change_between_versions() -> None:
    """They are stored: another value means that every library must compute them again."""
    assert fingerprint("The minister arrived in Lima on Monday.") == Fingerprint(
        fingerprint("the minister arrived in lima on monday").shingles, GOLDEN
    )


GOLDEN = (28882902, 857279796, 1560676047, 2061064774, 3840208218)


def test_floors_over_real_articles(shared: Path) -> None:
    spec = importlib.util.spec_from_file_location("evals_dedupe", ROOT / "scripts" / "evals" / "dedupe.py")
    assert spec and spec.loader
    evaluation = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(evaluation)
    for _, measure, value, floor in evaluation.run(shared, False):
        if floor is not None and "CPU" not in measure:
            assert value >= floor, measure
