"""The reader: what its graph gives is what its weights say, whatever is read beside it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from index.embedding import e5, e5_graph
from index.embedding.adapter import load_adapter
from index.embedding.answer_reader import SHIPPED, log_odds, tokens
from index.embedding.e5 import E5
from index.embedding.e5_tokenizer import Unigram
from tests.support.embedding import encoded, shared_model

pytestmark = pytest.mark.model

FERRY = (
    "Ferry runs aground off Port Varrow",
    [
        "A ferry carrying 312 people ran aground outside Port Varrow on Tuesday.",
        "Harbour master Colin Treave said the buoys had been working normally.",
        "The evacuation took almost four hours.",
    ],
)
MILL = ("Brand in der Mühle", ["Die alte Mühle brannte am Montag aus.", "Verletzt wurde niemand, sagte die Feuerwehr."])
QUESTIONS = ["How long did the evacuation take?", "¿Quién es Colin Treave?", "Wurde jemand verletzt?"]


@pytest.fixture(scope="module")
def model() -> E5:
    return shared_model()


def test_it_finds_what_is_asked(model: E5) -> None:
    for question, passage, sentence in zip(QUESTIONS, [FERRY, FERRY, MILL], [2, 1, 1], strict=True):
        [scores] = model.read_sentences(question, [passage])
        assert scores.argmax() == sentence, (question, scores)


def test_a_score_does_not_depend_on_what_is_read_beside_it(model: E5) -> None:
    together = model.read_sentences(QUESTIONS[0], [FERRY, MILL, FERRY])
    alone = [model.read_sentences(QUESTIONS[0], [passage])[0] for passage in (FERRY, MILL, FERRY)]
    for a, b in zip(together, alone, strict=True):
        assert np.array_equal(a, b)


def test_threads_read_the_same(model: E5) -> None:
    alone = [model.read_sentences(question, [FERRY, MILL]) for question in QUESTIONS]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda question: model.read_sentences(question, [FERRY, MILL]), QUESTIONS * 4))
    for i, scores in enumerate(found):
        assert all(np.array_equal(a, b) for a, b in zip(scores, alone[i % len(QUESTIONS)], strict=True))


def test_nothing_is_read_of_nothing(model: E5) -> None:
    assert model.read_sentences("When?", []) == []
    assert [scores.tolist() for scores in model.read_sentences("When?", [("", [])])] == [[]]
    [scores] = model.read_sentences("", [("", ["It rained."])])
    assert np.isfinite(scores).all()


def test_what_is_beyond_the_window_is_not_read(model: E5) -> None:
    [scores] = model.read_sentences("How long did it take?", [("", [FERRY[1][0]] * 60)])
    assert np.isfinite(scores[:20]).all() and scores[-1] == -np.inf


@pytest.mark.parametrize("int8", [False, True])
def test_the_graph_is_the_encoder_with_the_adapter(int8: bool) -> None:
    """Against a plain computation of the same layers, matrices added together first."""
    weights = e5_graph.read(e5._installed())
    adapter = load_adapter(SHIPPED)
    merged = e5_graph.adapted(weights, adapter.changes)
    session = e5.Session(e5_graph.build(merged, int8=int8, head=adapter.head))
    tokenizer = Unigram(*weights.pieces())
    words, positions = weights.rows("emb.word"), weights.vector("emb.pos").reshape(-1, 384) + weights.vector("emb.type")[:384]
    for question, passage in zip(QUESTIONS, [FERRY, FERRY, MILL], strict=True):
        ids, spans = tokens(tokenizer, question, *passage)
        embedded = e5_graph.dequantised(words[ids]) + positions[: len(ids)]
        expected = log_odds(encoded(weights, adapter, embedded), spans)
        assert np.allclose(log_odds(session.run(embedded), spans), expected, atol=0.4 if int8 else 0.002)
