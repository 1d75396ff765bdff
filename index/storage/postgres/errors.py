"""psycopg's errors as ours: one line for a person that says what to do. No line holds a password: libpq tells none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.address import ServerAddress
from index.errors import Busy, Damaged, LibraryError

if TYPE_CHECKING:
    import psycopg

AGAIN = "Nothing is lost: run the same command again"
BY_STATE = {  # SQLSTATE, or its first two letters -> what to do
    "25006": "{where} may only be read: it is a standby, or was set to that. Name the primary in --library, or several hosts.",
    "53100": "The disk of {where} is full. {again} when there is space.",
    "53200": "{where} is out of memory ({why}). {again}, or give the server more.",
    "53300": "{where} takes no more connections ({why}). {again} in a moment, or raise its max_connections.",
    "42501": "{where}: a right is missing ({why}). Ask its administrator, or run: dragoman doctor --library {where}",
    "42P01": "{where} has no tables of Dragoman's. Run: dragoman doctor --create --library {where}",
    "3F000": "{where} has no tables of Dragoman's. Run: dragoman doctor --create --library {where}",
    "42704": "{where}: {why}. Run: dragoman doctor --library {where}",
    "57P01": "{where} was shut down. {again} when it is back.",
    "57P02": "{where} crashed and restarts. {again} when it is back.",
    "57P03": "{where} is starting or stopping ({why}). {again} in a moment.",
    "57014": "{where}: a statement was cancelled ({why}). {again}.",
}
BY_WORDS = (  # of a connection that was refused: libpq gives no SQLSTATE for most
    (
        ("password authentication failed", "no password supplied", "pgpass"),
        "{where} does not accept the password. Put it into the variable PGPASSWORD or the file ~/.pgpass.",
    ),
    (("no pg_hba.conf entry",), "{where} does not let this user or machine in ({why}). Ask its administrator (pg_hba.conf)."),
    (("role ", "does not exist"), "{where}: {why}. Name another user in the address: postgresql://USER@HOST/NAME."),
    (
        ("database ", "does not exist"),
        "{where}: {why}. Make it with: createdb NAME; then: dragoman doctor --create --library {where}",
    ),
    (("too many clients", "too many connections", "remaining connection slots"), BY_STATE["53300"]),
    (("starting up", "shutting down", "in recovery mode", "not yet accepting"), BY_STATE["57P03"]),
    (("session is read-only", "server is in hot standby"), BY_STATE["25006"]),
)
ALL_WORDS = {"role ", "database ", "does not exist"}  # where both must stand in the message


def translated(error: psycopg.Error, address: ServerAddress) -> LibraryError:
    """What an error of the server or of the way to it is for whoever uses the library."""
    why = _line(error)
    given = {"where": address, "why": why, "again": AGAIN}
    state = error.sqlstate or ""
    if state in BY_STATE:
        return LibraryError(BY_STATE[state].format(**given))
    if state == "55P03" or state.startswith("40"):
        return Busy(f"{address} is being written by somebody else ({why}). Try again when they are done.")
    if state.startswith("XX") or state == "58030":
        return Damaged(
            f"{address} is damaged or its disk fails ({why}). Look into the server's log; restore a backup if needed."
        )
    for words, line in BY_WORDS:
        if (all if ALL_WORDS & {*words} else any)(word in why for word in words):
            return LibraryError(line.format(**given))
    if not state or state.startswith("08"):
        return LibraryError(f"{address} cannot be reached ({why}). Is the server running? {AGAIN} when it is back.")
    return LibraryError(f"{address}: {why}")


def lost(error: BaseException | None, address: ServerAddress) -> bool:
    """Whether the connection is gone, or leads to a server that is the primary no more: the same may be tried on another.

    Of an error of psycopg's, or one of ours that it was translated to.
    """
    import psycopg

    if isinstance(error, LibraryError):
        error = error.__cause__
    if not isinstance(error, psycopg.Error):
        return False
    state = error.sqlstate or ""
    if state == "25006":
        return address.several
    broken = isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
    return broken and (not state or state[:2] == "08" or state in ("57P01", "57P02", "57P03"))


def _line(error: psycopg.Error) -> str:
    """What the server said, on one line, without its own prefix."""
    text = error.diag.message_primary or str(error)
    lines = [line.strip() for line in text.splitlines() if line.strip() and "Multiple connection attempts" not in line]
    line = (lines[0] if lines else type(error).__name__).removeprefix("- ")
    _, _, after = line.partition("FATAL:")
    return "".join(c if c.isprintable() else " " for c in (after.strip() or line))[:300].rstrip(".")
