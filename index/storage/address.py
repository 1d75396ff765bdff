"""Moved to `index.address`; here for what still asks for it."""

from index.address import Address, ServerAddress, is_server, library_address

__all__ = ["Address", "ServerAddress", "is_server", "library_address"]
