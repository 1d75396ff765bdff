"""/healthz, /readyz and /metrics of a process that serves nothing else over HTTP. Off loopback /metrics needs a token."""

from __future__ import annotations

import hmac
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import socket

from bot.monitoring.health import READY, ServiceHealth
from bot.monitoring.metrics import Metrics
from bot.rendering.json_rows import dumps
from bot.settings.http import host_fits
from bot.settings.monitoring import MonitoringSettings
from index.errors import SettingsError

log = logging.getLogger("dragoman.monitoring")
AT_ONCE = 16  # requests; more are hung up on
SLOW = 10.0  # seconds that a client may be silent


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, settings: MonitoringSettings, health: ServiceHealth, metrics: Metrics) -> None:
        self.settings, self.health, self.metrics = settings, health, metrics
        self._room = threading.BoundedSemaphore(AT_ONCE)
        super().__init__((settings.host, settings.port), _Answer)

    def process_request(self, request: socket | tuple[bytes, socket], client: object) -> None:
        if self._room.acquire(blocking=False):
            super().process_request(request, client)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: socket | tuple[bytes, socket], client: object) -> None:
        try:
            super().process_request_thread(request, client)
        finally:
            self._room.release()

    def handle_error(self, request: object, client: object) -> None:
        log.debug("a client went away")


class _Answer(BaseHTTPRequestHandler):
    server: _Server
    timeout = SLOW
    server_version, sys_version = "dragoman", ""

    def do_GET(self) -> None:
        """The three addresses, and nothing else."""
        if not host_fits(self.headers.get("Host", ""), ()):
            return self._send(421, '{"status": "this name is not known here; use the address in figures"}')
        path = self.path.partition("?")[0]
        if path == "/healthz":
            return self._send(200, '{"status": "ok"}')
        if path == "/readyz":
            status, checks = self.server.health.report()
            row = {"status": status, **(checks if self._may() else {})}
            return self._send(200 if status in READY else 503, dumps(row))
        if path != "/metrics":
            return self._send(404, '{"status": "there is /healthz, /readyz and /metrics"}')
        if not self._may():
            return self._send(401, '{"status": "a token is needed: Authorization: Bearer TOKEN"}')
        return self._send(200, self.server.metrics.text().decode(), self.server.metrics.content_type)

    def _may(self) -> bool:
        tokens = self.server.settings.tokens.values()
        given = self.headers.get("Authorization", "").encode()
        fits = [hmac.compare_digest(given, f"Bearer {token}".encode()) for token in tokens]
        return any(fits) or not fits

    def _send(self, status: int, text: str, kind: str = "application/json") -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        log.debug("%s", args[0] if args else format)


@contextmanager
def listening(settings: MonitoringSettings, health: ServiceHealth, metrics: Metrics) -> Iterator[int]:
    """Answering at an address while in the `with`; the port. SettingsError where nothing can listen there."""
    try:
        server = _Server(settings, health, metrics)
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        raise SettingsError(f"[monitoring] {where}: cannot listen there ({error.strerror}); choose another port") from None
    threading.Thread(target=server.serve_forever, name="monitoring", daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
