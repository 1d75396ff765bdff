"""The product's encoder in PyTorch, from the product's own weights, with a low-rank adapter in its upper layers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from index.embedding import e5, e5_graph

# What matrices are multiplied in: bfloat16 where the processor has instructions for it, and is several times as slow without.
LOW = torch.bfloat16 if "avx512_bf16" in Path("/proc/cpuinfo").read_text(encoding="utf-8") else torch.float32


class Dense(nn.Module):
    """x W + b, W frozen, and with a rank x A B beside it."""

    def __init__(self, weights: e5_graph.ModelWeights, name: str, rank: int) -> None:
        super().__init__()
        matrix = torch.tensor(weights.matrix(f"{name}.w"))
        self.register_buffer("matrix", matrix.to(LOW))
        self.register_buffer("bias", torch.tensor(np.array(weights.vector(f"{name}.b"))))
        self.down = nn.Parameter(torch.randn(len(matrix), rank) / math.sqrt(len(matrix))) if rank else None
        self.up = nn.Parameter(torch.zeros(rank, matrix.shape[1])) if rank else None

    def forward(self, x: Tensor) -> Tensor:
        """LOW -> float32."""
        y = x @ self.matrix
        if self.down is not None and self.up is not None:
            y = y + (x @ self.down.to(LOW)) @ self.up.to(LOW)
        return y.float() + self.bias


class Norm(nn.Module):
    def __init__(self, weights: e5_graph.ModelWeights, name: str) -> None:
        super().__init__()
        self.register_buffer("scale", torch.tensor(np.array(weights.vector(f"{name}.w"))))
        self.register_buffer("shift", torch.tensor(np.array(weights.vector(f"{name}.b"))))
        self.epsilon = weights.epsilon

    def forward(self, x: Tensor) -> Tensor:
        return F.layer_norm(x, self.scale.shape, self.scale, self.shift, self.epsilon)


class Layer(nn.Module):
    def __init__(self, weights: e5_graph.ModelWeights, number: int, rank: int) -> None:
        super().__init__()
        self.heads = weights.heads
        for name in ("q", "k", "v", "ao", "fi", "fo"):
            setattr(self, name, Dense(weights, f"l{number}.{name}", rank))
        self.aln, self.oln = Norm(weights, f"l{number}.aln"), Norm(weights, f"l{number}.oln")

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, tokens, width = x.shape
        low = x.to(LOW)
        shape = (batch, tokens, self.heads, width // self.heads)
        q, k, v = (dense(low).to(LOW).view(shape).transpose(1, 2) for dense in (self.q, self.k, self.v))
        # Not F.scaled_dot_product_attention, which is three times as slow backwards.
        scores = (q / math.sqrt(width // self.heads)) @ k.transpose(-1, -2)
        shares = (scores if mask is None else scores + mask).softmax(-1)
        attended = (shares @ v).transpose(1, 2).reshape(batch, tokens, width)
        x = self.aln(x + self.ao(attended))
        return self.oln(x + self.fo(F.gelu(self.fi(x.to(LOW)).to(LOW))))


class AdaptedEncoder(nn.Module):
    """Token ids -> (rows, tokens, 3); layers below `first` are frozen, those from `layers` on are left out."""

    def __init__(self, rank: int, first: int, layers: int | None = None) -> None:
        super().__init__()
        self.weights = weights = e5_graph.read(e5._installed())
        self.first = first
        self.words = weights.rows("emb.word")
        self.positions = weights.vector("emb.pos").reshape(-1, weights.hidden) + weights.vector("emb.type")[: weights.hidden]
        self.norm = Norm(weights, "emb.ln")
        self.layers = nn.ModuleList(Layer(weights, n, rank if n >= first else 0) for n in range(layers or weights.layers))
        self.head = nn.Linear(weights.hidden, 3)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, rows: Sequence[Sequence[int]]) -> Tensor:
        """(rows, tokens, 3): mean, peak, not here (`index.embedding.answer_reader`)."""
        return self.upper(*self.lower(rows))

    @torch.no_grad()
    def lower(self, rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor | None]:
        """(rows, tokens, 384) from the frozen layers, and what keeps the blank tokens of shorter rows from being looked at."""
        longest = max(map(len, rows))
        x = np.zeros((len(rows), longest, self.weights.hidden), np.float32)
        for i, ids in enumerate(rows):
            x[i, : len(ids)] = e5_graph.dequantised(self.words[list(ids)]) + self.positions[: len(ids)]
        mask = hidden([len(ids) for ids in rows])
        states = self.norm(torch.from_numpy(x))
        for layer in self.layers[: self.first]:
            states = layer(states, mask)
        return states, mask

    def upper(self, states: Tensor, mask: Tensor | None) -> Tensor:
        """(rows, tokens, 3) from what `lower` gives."""
        for layer in self.layers[self.first :]:
            states = layer(states, mask)
        output: Tensor = self.head(states)
        return output

    def save(self, path: Path) -> None:
        """As `index.embedding.adapter` reads it: no pickle."""
        np.savez_compressed(path, **self.arrays())  # type: ignore[arg-type]

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """The adapter, in float16, and the head."""
        arrays: dict[str, NDArray[np.generic]] = {}
        for n, layer in enumerate(self.layers):
            for name, dense in layer.named_children():
                if isinstance(dense, Dense) and dense.down is not None and dense.up is not None:
                    arrays[f"l{n}.{name}.w.down"] = dense.down.detach().numpy().astype(np.float16)
                    arrays[f"l{n}.{name}.w.up"] = dense.up.detach().numpy().astype(np.float16)
        arrays["head.w"] = np.ascontiguousarray(self.head.weight.detach().numpy().T)
        arrays["head.b"] = self.head.bias.detach().numpy()
        return arrays


def hidden(lengths: Sequence[int]) -> Tensor | None:
    """(rows, 1, 1, tokens) what is added to the attention paid to tokens beyond a row's length; None where there are none."""
    blank = torch.arange(max(lengths))[None] >= torch.tensor(lengths)[:, None]
    return torch.zeros(blank.shape).masked_fill(blank, -1e4)[:, None, None].to(LOW) if blank.any() else None
