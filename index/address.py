"""Where a library is kept: a folder, or a database on a PostgreSQL server; and a Chroma server that indexes its vectors.

Read without psycopg, which not everybody has.

>>> library_address("news")
PosixPath('news')
>>> print(library_address("postgresql://desk@db.example/news?sslmode=require"))
postgresql://desk@db.example/news?sslmode=require
>>> chroma_address("https://vectors.example:8000?tenant=desk")
ChromaAddress(url='https://vectors.example:8000?tenant=desk')
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from index.errors import LibraryError

SCHEMES = ("postgresql://", "postgres://")
SECRETS = {"password", "sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key"}
LOOPBACK = ("localhost", "127.0.0.1", "::1")


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


@dataclass(frozen=True, slots=True)
class ChromaAddress:
    """A Chroma server: `http[s]://host[:port][/path][?tenant=NAME&database=NAME]`. Made by `chroma_address`.

    The address may be printed and logged; the token, sent with each request, never is.
    """

    url: str
    token: str = field(default="", repr=False)

    @property
    def base(self) -> str:
        """Where its API lies."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/api/v2"

    @property
    def tenant(self) -> str:
        """Whose databases are meant: Chroma's default unless the address names one."""
        return dict(parse_qsl(urlsplit(self.url).query)).get("tenant", "default_tenant")

    @property
    def database(self) -> str:
        """Which database, likewise."""
        return dict(parse_qsl(urlsplit(self.url).query)).get("database", "default_database")

    def __str__(self) -> str:
        return self.url


def chroma_address(url: str, token: str = "") -> ChromaAddress:
    """A Chroma server's address as it was written. LibraryError if it holds a password or a token, or cannot be read."""
    form = "http://HOST:PORT, or https://HOST?tenant=NAME&database=NAME"
    try:
        parts = urlsplit(url)
        given = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # whose message may hold what was written
        raise LibraryError(f"The address of the Chroma server cannot be read. Write it as {form}.") from None
    if "@" in parts.netloc or any(name not in ("tenant", "database") for name, _ in given):
        raise LibraryError(
            "The address of the Chroma server holds a password or something else that does not belong there. Write it as "
            f"{form}; a token goes into the variable DRAGOMAN_CHROMA_TOKEN."
        )
    sound = sound and not parts.fragment and url.isprintable() and " " not in url
    if not sound or not all(re.fullmatch(r"[\w.-]+", value) for _, value in given):
        raise LibraryError(f"The address of the Chroma server cannot be read. Write it as {form}.")
    if not re.fullmatch(r"[!-~]*", token):
        raise LibraryError("The token in DRAGOMAN_CHROMA_TOKEN has blanks or other characters that no token has.")
    if token and parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise LibraryError("The token of the Chroma server is not sent in the clear: write its address as https://HOST.")
    return ChromaAddress(url, token)
