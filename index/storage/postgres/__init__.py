"""A library in PostgreSQL. psycopg is imported here alone, and only when an address names a server."""
