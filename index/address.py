"""Where a library is kept: a folder, or a database on a PostgreSQL server. Read without psycopg, which not everybody has.

>>> library_address("news")
PosixPath('news')
>>> print(library_address("postgresql://desk@db.example/news?sslmode=require"))
postgresql://desk@db.example/news?sslmode=require
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from index.errors import LibraryError

SCHEMES = ("postgresql://", "postgres://")
SECRETS = {"password", "sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key"}


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """A database by libpq's URL: `postgresql://[user@]host[:port][,host…]/name[?parameter=value…]`.

    There is never a password in it, so that it may be printed, logged and stored. Made by `library_address`.
    """

    url: str

    @property
    def several(self) -> bool:
        """Whether it names several hosts, of which one is the primary."""
        hosts = [value for name, value in parse_qsl(urlsplit(self.url).query) if name in ("host", "hostaddr")]
        return "," in "".join([urlsplit(self.url).netloc, *hosts])

    def __str__(self) -> str:
        return self.url


Address = Path | ServerAddress


def is_server(library: object) -> bool:
    """Whether a library's address, as text or read, is a server's."""
    return isinstance(library, ServerAddress) or (isinstance(library, str) and library.lower().startswith(SCHEMES))


def library_address(library: str | Path | ServerAddress) -> Address:
    """A library's address as it was written. LibraryError if it is a URL that holds a password or cannot be read."""
    if isinstance(library, ServerAddress):
        return library
    if not isinstance(library, str) or not is_server(library):
        return Path(library)
    if library != library.strip() or not library.isprintable() or " " in library:
        raise LibraryError("The library's address has blanks or control characters in it. Write it as postgresql://HOST/NAME.")
    try:
        parts = urlsplit(library)
        given = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError:  # whose message may hold what was written
        raise LibraryError("The library's address cannot be read. Write it as postgresql://[USER@]HOST[:PORT]/NAME.") from None
    if ":" in parts.netloc.rpartition("@")[0] or any(name.lower() in SECRETS for name, _ in given):
        raise LibraryError(
            "The library's address holds a password, which others can read there. Put it into the variable PGPASSWORD or the "
            "file ~/.pgpass, and leave it out of the address."
        )
    return ServerAddress(library)
