"""What every way of sending a briefing has in common: how it may fail."""

from __future__ import annotations

from index.errors import DragomanError


class NotSent(DragomanError):
    """Nothing arrived, for certain: it may be tried again. `message`: what did arrive of a longer series, to go on from."""

    def __init__(self, why: str, *, message: str = "") -> None:
        super().__init__(why)
        self.message = message


class Unknown(DragomanError):
    """It may have arrived, or not: it must not be sent again by itself."""
