"""How far sentences cover the words of a question, across languages.

Words meet through the vectors of their tokens: for every word of the question the most similar token of a sentence ("late
interaction", Khattab and Zaharia 2020, arXiv:2004.12832, here with the embedding model as it is). On XQuAD, with the paragraph
present and taken away, its mean tells the two apart with AUC .95 (en to en) and .90 (en to es); the cosine of the whole
sentence, with .92 and .88.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from bot.questions.words import QueryText
from bot.retrieval.instruction_classifier import InstructionReader
from bot.retrieval.reading import SentenceReader
from index.records import Embeddings
from index.text.names import content_stems, holds_name

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

SENTENCES = 5_000  # of which it is kept whether they give a machine instructions
PASSAGES = 300  # whose readings are kept, a kilobyte each, most of it the text
ONE_THREAD = 250_000  # products of numbers up to which OpenBLAS multiplies in the thread that asks


class EmbeddedTokens(Protocol):
    """A text as its tokens."""

    @property
    def vector(self) -> Floats:
        """(dimension,) of the whole text, of unit length."""
        ...

    @property
    def tokens(self) -> Floats:
        """(n, dimension), each of unit length."""
        ...

    @property
    def spans(self) -> Sequence[tuple[int, int]]:
        """n, code points of the text; of questions only."""
        ...


@runtime_checkable
class TokenEmbeddings(Protocol):
    """An embedding model that can show the vectors of a text's tokens. The embedded default one does."""

    def embed_tokens(self, texts: Sequence[str], *, query: bool = False) -> Sequence[EmbeddedTokens]:
        """One `EmbeddedTokens` a text."""
        ...


class Remembering:
    """An embedding model that keeps the tokens of the sentences it read last: questions come in conversations, and articles in
    stories. Vectors are rounded to float16 whether they are kept or new, so no answer depends on the questions before it.
    Safe in threads.
    """

    def __init__(self, model: Embeddings, sentences: int = 1000) -> None:
        """About 30 kB a sentence of the embedded model."""
        self._model = model
        self._size = sentences
        self._kept: dict[str, Read] = {}
        self._readings: dict[tuple[str, str, tuple[str, ...]], Floats] = {}
        self._odds: dict[str, float] = {}
        self._lock = threading.Lock()
        self.embed_query = model.embed_query
        if isinstance(model, SentenceReader):
            self.read_sentences = self._read_sentences
        if isinstance(model, InstructionReader):
            self.instruction_odds = self._instruction_odds

    def embed_documents(self, texts: Sequence[str]) -> Floats:
        """(n, dimension) unit vectors of sentences, kept as their tokens are: most were read for the question already."""
        import numpy as np

        return np.array([read.vector for read in self.embed_tokens(texts)], np.float32)

    def embed_tokens(self, texts: Sequence[str], *, query: bool = False) -> Sequence[EmbeddedTokens]:
        """Like the model's own."""
        import numpy as np

        assert isinstance(self._model, TokenEmbeddings)
        if query:
            return self._model.embed_tokens(texts, query=True)
        texts = [" ".join(text.split()) for text in texts]
        with self._lock:
            known = {text: self._kept.pop(text) for text in dict.fromkeys(texts) if text in self._kept}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        for text, read in zip(new, self._model.embed_tokens(new), strict=True):
            known[text] = Read(read.vector.astype(np.float16), read.tokens.astype(np.float16))
        with self._lock:
            self._kept |= known
            for text in list(self._kept)[: max(0, len(self._kept) - self._size)]:
                del self._kept[text]
        return [known[text] for text in texts]

    def _read_sentences(self, question: str, passages: Sequence[tuple[str, Sequence[str]]]) -> Sequence[Floats]:
        """Like the model's own: a question that is asked again, or sought again for a part of it, meets the same passages."""
        assert isinstance(self._model, SentenceReader)
        keys = [(question, heading, tuple(of)) for heading, of in passages]
        with self._lock:
            known = {key: self._readings.pop(key) for key in dict.fromkeys(keys) if key in self._readings}
        new = [key for key in dict.fromkeys(keys) if key not in known]
        if new:
            read = self._model.read_sentences(question, [(heading, of) for _, heading, of in new])
            known |= zip(new, read, strict=True)
        with self._lock:
            self._readings |= known
            for key in list(self._readings)[: max(0, len(self._readings) - PASSAGES)]:
                del self._readings[key]
        return [known[key] for key in keys]

    def _instruction_odds(self, sentences: Sequence[str]) -> Floats:
        """Like the model's own."""
        import numpy as np

        assert isinstance(self._model, InstructionReader)
        with self._lock:
            known = {text: self._odds.pop(text) for text in dict.fromkeys(sentences) if text in self._odds}
        new = [text for text in dict.fromkeys(sentences) if text not in known]
        known |= zip(new, self._model.instruction_odds(new).tolist(), strict=True)
        with self._lock:
            self._odds |= known
            for text in list(self._odds)[: max(0, len(self._odds) - SENTENCES)]:
                del self._odds[text]
        return np.array([known[text] for text in sentences], np.float32)


def remembering(embeddings: Embeddings) -> Embeddings:
    """The model, with a memory where it shows token vectors."""
    return Remembering(embeddings) if isinstance(embeddings, TokenEmbeddings) else embeddings


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence as its tokens, in half precision."""

    vector: Floats
    tokens: Floats
    spans: Sequence[tuple[int, int]] = ()


def compare(query: QueryText, texts: Sequence[str], langs: Sequence[str], embeddings: Embeddings) -> tuple[Floats, Floats]:
    """(n,) cosines of the sentences with the query, and (n, words) how far each covers each word of it."""
    import numpy as np

    flat = [" ".join(text.split()) for text in texts]
    asked = query.words
    if isinstance(embeddings, TokenEmbeddings):
        of_question = embeddings.embed_tokens([query.text], query=True)[0]
        of_texts = embeddings.embed_tokens(flat)
        cosines = (
            np.array([t.vector for t in of_texts], np.float32).reshape(len(texts), of_question.vector.size) @ of_question.vector
        )
        near = nearest(of_question.tokens, [t.tokens for t in of_texts])
        by_word = [[i for i, (a, b) in enumerate(of_question.spans) if a < word.end and b > word.start] for word in asked]
        cover = np.array([near[:, of].mean(axis=1) if of else np.zeros(len(texts)) for of in by_word], np.float32).T
        return cosines, cover.reshape(len(texts), len(asked))
    query_vector = unit(np.asarray(embeddings.embed_query(query.text), np.float32)[None])[0]
    vectors = unit(np.asarray(embeddings.embed_documents(flat), np.float32))
    cosines = vectors @ query_vector
    return cosines, spelled(query, flat, langs)


def nearest(asked: Floats, texts: Sequence[Floats]) -> Floats:
    """(texts, m): how near the nearest token of each text is to each of `asked`, (m, dimension); 0 where it has none."""
    import numpy as np

    best = np.zeros((len(texts), len(asked)), np.float32)
    some = [i for i, tokens in enumerate(texts) if len(tokens)]
    if some and len(asked):
        # Of half precision with single, numpy takes 20 ms for thirty sentences, not .7. And a product in blocks is made by one
        # thread: for so small ones OpenBLAS's threads wait for one another, up to 40 ms on a busy machine, not 1.
        every = np.concatenate([texts[i] for i in some]).astype(np.float32)
        rows = max(1, ONE_THREAD // asked.size)
        every = np.concatenate([every[i : i + rows] @ asked.T for i in range(0, len(every), rows)])
        ends = np.cumsum([len(texts[i]) for i in some])
        best[some] = np.maximum.reduceat(every, [0, *ends[:-1]], axis=0)
    return best


def spelled(query: QueryText, texts: Sequence[str], langs: Sequence[str]) -> Floats:
    """What `compare` gives for a model without token vectors: .9 for a word that is there by its spelling, else .55."""
    import numpy as np

    rows = []
    for text, other in zip(texts, langs, strict=True):
        stems = content_stems(text, other)
        row = []
        for word in query.words:
            same = other == query.lang
            there = bool(content_stems(word.text, query.lang) & stems) if same else False
            there = there or (word.name and holds_name(word.text, text, same_lang=same))
            row.append(0.9 if there else 0.55)
        rows.append(row)
    return np.array(rows, np.float32).reshape(len(texts), len(query.words))


def unit(vectors: Floats) -> Floats:
    import numpy as np

    scaled: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12)
    return scaled
