"""Fixtures of this folder."""

from tests.support.desk import box, samples, shelf

__all__ = ["box", "samples", "shelf"]
