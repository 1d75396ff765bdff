"""What is asked of a server before a library is opened there: whether there is one, and what a library needs."""

from __future__ import annotations

from index.address import ServerAddress
from index.storage.postgres import schema
from index.storage.postgres.connection import PostgresPool
from index.storage.postgres.schema import Requirement


def is_made(address: ServerAddress) -> bool:
    """Whether there are a library's tables. LibraryError where the server cannot be asked."""
    pool = PostgresPool(address)
    with pool.errors(), pool.connect() as db:
        return schema.made(db) > 0


def required(address: ServerAddress) -> list[Requirement]:
    """What a library needs there, and what of it is missing. LibraryError where the server cannot be asked."""
    pool = PostgresPool(address)
    with pool.errors(), pool.connect() as db:
        return schema.requirements(db)


def create(address: ServerAddress) -> bool:
    """Make a library's tables, or bring them up to date. Whether there was anything to do. LibraryError: what is missing."""
    pool = PostgresPool(address)
    with pool.errors(), pool.connect() as db:
        return schema.create(pool, db)
