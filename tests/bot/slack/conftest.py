"""Fixtures of this folder."""

from tests.support.slack import connected, running

__all__ = ["connected", "running"]
