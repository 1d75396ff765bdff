"""Fixtures of this folder."""

from tests.support.site import folder, site

__all__ = ["folder", "site"]
