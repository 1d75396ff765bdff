"""Numbers of a regression as the files of weights have them: base64 of little-endian float16."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def packed(numbers: Iterable[float]) -> str:
    """(n,) numbers as text."""
    import numpy as np

    return base64.b64encode(np.array(list(numbers), "<f2").tobytes()).decode()


def unpacked(text: str) -> NDArray[np.float32]:
    """(n,) what `packed` made."""
    import numpy as np

    return np.frombuffer(base64.b64decode(text), "<f2").astype(np.float32)
