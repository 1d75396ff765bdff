"""The reader: what its graph gives is what its weights say, whatever is read beside it, and a damaged adapter is one clear line."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.embedding import answer_reader, e5, e5_graph
from index.embedding.answer_reader import SHIPPED, load_adapter, log_odds, tokens
from index.embedding.e5 import E5
from index.embedding.e5_tokenizer import Unigram
from index.errors import ModelError
from tests.support.embedding import read_weights, shared_model

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
    adapter = load_adapter()
    merged = e5_graph.adapted(weights, adapter.changes)
    session = e5.Session(e5_graph.build(merged, int8=int8, head=adapter.head))
    tokenizer = Unigram(*weights.pieces())
    words, positions = weights.rows("emb.word"), weights.vector("emb.pos").reshape(-1, 384) + weights.vector("emb.type")[:384]
    for question, passage in zip(QUESTIONS, [FERRY, FERRY, MILL], strict=True):
        ids, spans = tokens(tokenizer, question, *passage)
        embedded = e5_graph.dequantised(words[ids]) + positions[: len(ids)]
        expected = log_odds(_encoded(weights, adapter, embedded), spans)
        assert np.allclose(log_odds(session.run(embedded), spans), expected, atol=0.4 if int8 else 0.002)


def _encoded(weights: e5_graph.ModelWeights, adapter: answer_reader.Adapter, x: e5.Floats) -> e5.Floats:
    def dense(x: e5.Floats, name: str) -> e5.Floats:
        y = x @ weights.matrix(f"{name}.w") + weights.vector(f"{name}.b")
        if f"{name}.w" in adapter.changes:
            down, up = adapter.changes[f"{name}.w"]
            y = y + x @ down @ up
        return y

    def norm(x: e5.Floats, name: str) -> e5.Floats:
        x = (x - x.mean(axis=-1, keepdims=True)) / np.sqrt(x.var(axis=-1, keepdims=True) + weights.epsilon)
        return x * weights.vector(f"{name}.w") + weights.vector(f"{name}.b")

    erf = np.vectorize(math.erf)
    x = norm(x, "emb.ln")
    for layer in range(weights.layers):
        at, n = f"l{layer}", len(x)
        q, k, v = (dense(x, f"{at}.{name}").reshape(n, weights.heads, -1).transpose(1, 0, 2) for name in "qkv")
        close = q @ k.transpose(0, 2, 1) / math.sqrt(q.shape[-1])
        close = np.exp(close - close.max(axis=-1, keepdims=True))
        seen = (close / close.sum(axis=-1, keepdims=True) @ v).transpose(1, 0, 2).reshape(n, -1)
        x = norm(x + dense(seen, f"{at}.ao"), f"{at}.aln")
        y = dense(x, f"{at}.fi")
        x = norm(x + dense(y * (1 + erf(y / math.sqrt(2))) / 2, f"{at}.fo"), f"{at}.oln")
    matrix, bias = adapter.head
    output: e5.Floats = (x @ matrix + bias).astype(np.float32)
    return output


def _cut(path: Path) -> None:
    path.write_bytes(SHIPPED.read_bytes()[:100_000])


def _flipped(path: Path) -> None:
    content = bytearray(SHIPPED.read_bytes())
    content[len(content) // 2] ^= 255
    path.write_bytes(bytes(content))


def _pickled(path: Path) -> None:
    np.savez(path, **{"head.w": np.array([{}], object)})


def _without_head(path: Path) -> None:
    with np.load(SHIPPED) as kept:
        np.savez(path, **{name: kept[name] for name in kept.files if name != "head.w"})


def _transposed(path: Path) -> None:
    with np.load(SHIPPED) as kept:
        np.savez(path, **{name: kept[name].T if name.endswith("down") else kept[name] for name in kept.files})


@pytest.mark.parametrize("damage", [_cut, _flipped, _pickled, _without_head, _transposed, Path.mkdir])
def test_a_damaged_adapter_is_one_line(tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "reader.npz"
    damage(path)
    with pytest.raises(ModelError, match=r"reader's adapter .*reader.npz.*install dragoman again") as error:
        read_weights(adapter=path).read_sentences("When?", [FERRY])
    assert "\n" not in str(error.value)


def test_an_adapter_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot read the reader's adapter"):
        read_weights(adapter=tmp_path / "none.npz").read_sentences("When?", [FERRY])
