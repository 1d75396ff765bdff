"""The library in SQLite: the source of truth."""
