"""What tests share: servers at the network's edge, sample libraries, tables of sentences."""

from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def reads_without_an_error(read: Callable[..., object], *given: object) -> None:
    """All that a test claims whose input is anything at all: what is raised fails it."""
    read(*given)
