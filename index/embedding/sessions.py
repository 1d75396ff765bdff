"""A graph on onnxruntime, in whichever process asks."""

from __future__ import annotations

import os
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Session:
    """Runs a graph of one input and one output. Safe in threads and after `fork`."""

    def __init__(self, model: bytes) -> None:
        self._model = model
        self._of_process: dict[int, Any] = {}  # process id: onnxruntime.InferenceSession

    def run(self, embeddings: Floats) -> Floats:
        """(tokens, hidden) word + position embeddings -> (tokens, width of the output)."""
        output: Floats = self._own().run(None, {"embeddings": embeddings[None]})[0][0]
        return output

    def _own(self) -> Any:
        """This process's own: one inherited through `fork` may hold locks of threads that are gone, so it is left alone."""
        session = self._of_process.get(os.getpid())
        if session is None:
            session = self._of_process[os.getpid()] = _session(self._model)
        return session


def _session(model: bytes) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # our threads run whole texts; and a session without threads survives a fork
    options.inter_op_num_threads = 1
    # More would fuse Add and LayerNormalization into an operator that is six times as slow (see e5_graph.py).
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
