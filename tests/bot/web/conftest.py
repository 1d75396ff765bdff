"""Fixtures of this folder."""

from tests.support.browser import chromium
from tests.support.site import folder, site

__all__ = ["chromium", "folder", "site"]
