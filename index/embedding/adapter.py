"""A low-rank change of the embedding model and a layer over its states, trained for one task: plain arrays, no pickle.

    file of arrays -> checked -> Adapter -> the encoder's weights with its changes

Hu et al. 2021, "LoRA", arXiv:2106.09685.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding import e5_graph
from index.errors import ModelError

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Adapter:
    """What is added to the embedding model's weights, and the layer over its states."""

    changes: Mapping[str, tuple[Floats, Floats]]  # matrix of the encoder: (in, rank) and (rank, out)
    head: tuple[Floats, Floats]  # (384, n) and (n,)
    rest: Mapping[str, Floats]  # what else the file has
    path: Path
    digest: str  # of the file


def load_adapter(path: Path) -> Adapter:
    """The adapter of a file. Raises ModelError."""
    try:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        with np.load(path, allow_pickle=False) as kept:
            arrays = {name: kept[name].astype(np.float32) for name in kept.files}
        names = sorted(name.removesuffix(".down") for name in arrays if name.endswith(".down"))
        changes = {name: (arrays.pop(f"{name}.down"), arrays.pop(f"{name}.up")) for name in names}
        return Adapter(changes, (arrays.pop("head.w"), arrays.pop("head.b")), arrays, path, digest)
    except OSError as error:
        raise ModelError(f"cannot read the adapter {path}: {error.strerror}: install dragoman again") from None
    except (ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise damaged(path, error) from None


def applied(adapter: Adapter, weights: e5_graph.ModelWeights) -> e5_graph.ModelWeights:
    """The encoder's weights with the adapter's. Raises ModelError where they do not fit."""
    try:
        return e5_graph.adapted(weights, adapter.changes)
    except ValueError as error:
        raise damaged(adapter.path, error) from None


def damaged(path: Path, error: Exception) -> ModelError:
    """What is raised where a file is not what was shipped."""
    return ModelError(f"the adapter {path} is damaged ({error}): install dragoman again")
