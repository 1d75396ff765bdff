"""Safe fetching, against real servers on loopback. Only name resolution is injected: it is the network's edge."""

from __future__ import annotations

import functools
import gzip
import http.server
import socket
import ssl
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.errors import SourceError
from index.ingest.http import fetch as module
from index.ingest.http.fetch import Fetched, FetchError, Limits, fetch
from index.ingest.http.polite import robots
from index.ingest.http.robots import Robots
from index.ingest.http.urls import Address, host_name, refusal, show
from tests.support import ROOT
from tests.support.programs import program

Answer = Callable[[http.server.BaseHTTPRequestHandler], None]


@contextmanager
def serving(answer: Answer, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """A real server whose GET calls `answer`; yields "host:port"."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *args: object) -> None:
            pass

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *args: object) -> None:
            pass  # clients that hang up are what is tested here

    server = Server(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def reply(body: bytes = b"", status: int = 200, **headers: str) -> Answer:
    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return answer


def local(url: str, **options: object) -> Fetched:
    return fetch(url, allow_hosts=("127.0.0.1",), **options)  # type: ignore[arg-type]


def nobody(host: str, port: int) -> list[str]:
    raise AssertionError(f"{host} was looked up")


# --- what comes back ----------------------------------------------------------------------------------------------------------


def test_a_page_and_its_headers() -> None:
    seen: dict[str, str] = {}

    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        seen.update(request.headers)
        reply(b"hello", Content_Type='Text/HTML; charset="UTF-8"', ETag='"a1"', Last_Modified="Mon, 02 Oct 2023 10:00:00 GMT")(
            request
        )

    with serving(answer) as host:
        page = local(f"http://{host}/a b?q=ñ#part".replace(" ", "%20"))
        assert page.url == f"http://{host}/a%20b?q=%C3%B1"
        assert seen["Host"] == host
    assert (page.status, page.body, page.content_type, page.charset) == (200, b"hello", "text/html", "UTF-8")
    assert (page.etag, page.modified) == ('"a1"', "Mon, 02 Oct 2023 10:00:00 GMT")
    assert "dragoman" in seen["User-Agent"]
    assert not {"Cookie", "Authorization", "Referer"} & set(seen)


def test_no_cookie_comes_back_and_no_proxy_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    cookies: list[str | None] = []

    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        cookies.append(request.headers["Cookie"])
        if request.path == "/":
            reply(status=302, Location="/next", Set_Cookie="id=1")(request)
        else:
            reply(b"ok")(request)

    with serving(answer) as host:
        assert local(f"http://{host}/").body == b"ok"
    assert cookies == [None, None]


def test_conditional_request_is_answered_304() -> None:
    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        fresh = request.headers["If-None-Match"] == '"a1"' and request.headers["If-Modified-Since"] == "then"
        reply(b"" if fresh else b"new", 304 if fresh else 200, ETag='"a1"')(request)

    with serving(answer) as host:
        assert local(f"http://{host}/").status == 200
        again = local(f"http://{host}/", etag='"a1"', modified="then")
        assert (again.status, again.body, again.etag) == (304, b"", '"a1"')
        assert local(f"http://{host}/", etag='"a1"\r\nX-Evil: 1', modified="then").status == 200


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(b"packed") + gzip.compress(b" twice")),
        ("deflate", zlib.compress(b"packed twice")),
        ("deflate", zlib.compress(b"packed twice", wbits=-15)),
        ("gzip, gzip", gzip.compress(gzip.compress(b"packed twice"))),
        ("identity", b"packed twice"),
    ],
)
def test_packed_bodies(coding: str, packed: bytes) -> None:
    with serving(reply(packed, Content_Encoding=coding)) as host:
        assert local(f"http://{host}/").body == b"packed twice"


@pytest.mark.parametrize(
    ("status", "transient"), [(404, False), (403, False), (410, False), (429, True), (503, True), (500, True)]
)
def test_status_errors_say_whether_to_try_again(status: int, transient: bool) -> None:
    with serving(reply(status=status, Retry_After="120")) as host, pytest.raises(FetchError) as caught:
        local(f"http://{host}/")
    assert (caught.value.status, caught.value.transient, caught.value.retry_after) == (status, transient, 120)
    assert str(status) in str(caught.value)
    assert isinstance(caught.value, SourceError)


def test_retry_after_as_a_date() -> None:
    with serving(reply(status=503, Retry_After="Wed, 01 Jan 2020 00:00:00 GMT")) as host, pytest.raises(FetchError) as caught:
        local(f"http://{host}/")
    assert caught.value.retry_after == 0


# --- redirects ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(status: int) -> None:
    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        if request.path == "/":
            reply(status=status, Location="../news/ñ?a=b c".encode().decode("latin-1"))(request)
        else:
            reply(request.path.encode())(request)

    with serving(answer) as host:
        assert local(f"http://{host}/").body == b"/news/%C3%B1?a=b%20c"


def test_redirect_loop_ends() -> None:
    with serving(reply(status=302, Location="/")) as host, pytest.raises(FetchError, match="more than 3 redirects"):
        local(f"http://{host}/", limits=Limits(redirects=3))


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://inner.test/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "//user:secret@127.0.0.1/",
        "http://[",
    ],
)
def test_redirect_to_what_is_refused(target: str) -> None:
    def names(host: str, port: int) -> list[str]:
        return ["192.168.1.1"] if host == "inner.test" else module.resolve(host, port)

    with serving(reply(status=302, Location=target)) as host, pytest.raises(FetchError) as caught:
        local(f"http://{host}/", resolve=names)
    assert "secret" not in str(caught.value)
    assert not caught.value.transient


# --- addresses ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::8.8.8.8",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:808:808::",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
        "5f00::1",
        "4000::1",
    ],
)
def test_addresses_refused(address: str) -> None:
    assert refusal(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1", "2a00:1450::5", "64:ff9b::808:808"]
)
def test_public_addresses_pass(address: str) -> None:
    assert refusal(address) == ""


@pytest.mark.parametrize(
    "spelling",
    [
        "127.0.0.1",
        "127.1",
        "127.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.0.0.1",
        "017700000001",
        "0177.0.0.1",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "localhost",
        "LOCALHOST.",
        "①②⑦.⓪.⓪.①",
        "127。0。0。1",
        "0",
    ],
)
def test_every_spelling_of_loopback_is_refused(spelling: str) -> None:
    with serving(reply(b"secret")) as host, pytest.raises(FetchError) as caught:
        fetch(f"http://{spelling}:{host.rpartition(':')[2]}/")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("answers", [["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["::ffff:127.0.0.1"], ["fe80::1%lo"]])
def test_a_name_that_points_inside_is_refused(answers: list[str]) -> None:
    with pytest.raises(FetchError, match=r"--allow-host news\.test"):
        fetch("http://news.test/", resolve=lambda host, port: answers)


def test_the_name_is_resolved_once_and_that_address_is_used() -> None:
    asked: list[str] = []

    def names(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["192.0.2.1"]

    seen: list[str | None] = []

    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        seen.append(request.headers["Host"])
        reply(b"pinned")(request)

    with serving(answer) as host:
        port = host.rpartition(":")[2]
        page = fetch(f"http://Ñews.test.:{port}/", allow_hosts=("ñews.TEST",), resolve=names)
    assert page.body == b"pinned"
    assert asked == ["xn--ews-6ma.test"]
    assert seen == [f"xn--ews-6ma.test:{port}"]


def test_an_allowed_name_does_not_open_other_names() -> None:
    with serving(reply(b"secret")) as host, pytest.raises(FetchError, match="a loopback address"):
        fetch(f"http://other.test:{host.rpartition(':')[2]}/", allow_hosts=("news.test",), resolve=lambda *_: ["127.0.0.1"])


def test_the_next_address_is_tried_when_one_is_dead() -> None:
    with serving(reply(b"second")) as host:
        port = host.rpartition(":")[2]
        page = fetch(f"http://news.test:{port}/", allow_hosts=("news.test",), resolve=lambda *_: ["::1", "127.0.0.1"])
    assert page.body == b"second"


def test_a_name_nobody_knows() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(FetchError, match=r"news\.test cannot be resolved") as caught:
        fetch("http://news.test/", resolve=unknown)
    assert caught.value.transient


def test_a_resolver_that_hangs_does_not_hold_us() -> None:
    never = threading.Event()

    def hangs(host: str, port: int) -> list[str]:
        never.wait(30)
        return []

    with pytest.raises(FetchError, match=r"within 0\.05 s"):
        fetch("http://news.test/", resolve=hangs, limits=Limits(seconds=0.05))
    never.set()


# --- URLs ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "",
        "news",
        "/etc/passwd",
        "file:///etc/passwd",
        "gopher://example.com/",
        "javascript:alert(1)",
        "data:text/html,x",
        "http:///path",
        "http://",
        "http:example.com",
        "http://user@example.com/",
        "http://user:secret@example.com/",
        "http://example.com@127.0.0.1/",
        "http://example.com:80@127.0.0.1/",
        "http://exa mple.com/",
        "http://example.com\\@127.0.0.1/",
        "http://exam\tple.com/",
        "http://example.com\r\nX-Evil: 1/",
        "http://exa%6dple.com/",
        "http://[::1/",
        "http://[fe80::zz]/",
        "http://example.com:99999/",
        "http://example.com:http/",
        "http://.../",
        "http://" + "a" * 300 + ".com/",
        "http://xn--\u0130.com/",
    ],
)
def test_urls_refused_before_any_look_up(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        fetch(url, resolve=nobody)
    assert "secret" not in str(caught.value)
    assert str(caught.value).isprintable()


def test_a_line_break_in_a_query_cannot_start_a_header() -> None:
    assert Address.parse("http://example.com/?a=b\r\nX-Evil: 1").target == "/?a=bX-Evil:%201"


def test_host_names() -> None:
    assert host_name("Bücher.Example") == "xn--bcher-kva.example"
    assert host_name("пример.рф") == "xn--e1afmkfd.xn--p1ai"
    assert host_name("[2606:4700::01]") == "2606:4700::1"
    assert host_name("a..b") == ""


def test_what_is_shown_fits_one_line() -> None:
    assert show("http://u:p@h/\x1b[31m\u202e") == "http://…@h/�[31m�"
    assert len(show("x" * 9999)) == 200


# --- limits -------------------------------------------------------------------------------------------------------------------


def drip(request: http.server.BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    stop = threading.Event()
    for _ in range(2000):
        request.wfile.write(b"x")
        stop.wait(0.01)


def slow_headers(request: http.server.BaseHTTPRequestHandler) -> None:
    stop = threading.Event()
    request.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for _ in range(2000):
        request.wfile.write(b"X-A: b\r\n")
        stop.wait(0.01)


def endless(request: http.server.BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    for _ in range(10_000):
        request.wfile.write(b"x" * 65536)


def endless_headers(request: http.server.BaseHTTPRequestHandler) -> None:
    for _ in range(10_000):
        request.wfile.write(b"HTTP/1.1 103 Early Hints\r\nX-A: " + b"b" * 1000 + b"\r\n\r\n")


@pytest.mark.parametrize("answer", [drip, slow_headers])
def test_a_server_that_drips_is_left(answer: Answer) -> None:
    with serving(answer) as host, pytest.raises(FetchError, match=r"within 0\.3 s") as caught:
        local(f"http://{host}/", limits=Limits(seconds=0.3))
    assert caught.value.transient


def test_an_endless_body_is_cut() -> None:
    with serving(endless) as host, pytest.raises(FetchError, match="larger than the limit of 1,000,000 bytes"):
        local(f"http://{host}/", limits=Limits(bytes=1_000_000))


def test_endless_headers_end() -> None:
    with serving(endless_headers) as host, pytest.raises(FetchError):
        local(f"http://{host}/", limits=Limits(seconds=2))


def test_a_declared_size_is_enough_to_refuse() -> None:
    with serving(reply(b"x", Content_Length="99999999999")) as host, pytest.raises(FetchError, match="larger than"):
        local(f"http://{host}/")


def test_a_gzip_bomb_is_cut() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    with serving(reply(bomb, Content_Encoding="gzip")) as host, pytest.raises(FetchError, match="bytes unpacked"):
        local(f"http://{host}/", limits=Limits(unpacked=1_000_000))


def test_a_bomb_in_a_bomb_is_cut() -> None:
    bomb = gzip.compress(gzip.compress(b"\0" * 50_000_000))
    with serving(reply(bomb, Content_Encoding="gzip, gzip")) as host, pytest.raises(FetchError, match="bytes unpacked"):
        local(f"http://{host}/", limits=Limits(unpacked=1_000_000))


def test_a_million_empty_members_end_in_time() -> None:
    bomb = gzip.compress(b"", mtime=0) * 900_000  # 18 MB, below the limit of bytes; a second's work of a fast processor
    with serving(reply(bomb, Content_Encoding="gzip")) as host, pytest.raises(FetchError, match="within"):
        local(f"http://{host}/", limits=Limits(seconds=0.25))


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"short", {"Content_Length": "500"}),
        (b"not packed at all", {"Content_Encoding": "gzip"}),
        (gzip.compress(b"cut short" * 99)[:-12], {"Content_Encoding": "gzip"}),
        (b"x", {"Content_Encoding": "br"}),
        (b"x", {"Content_Encoding": ", ".join(["gzip"] * 5000)}),
        (b"zz\r\nnot a chunk", {"Transfer_Encoding": "chunked", "Content_Length": "3"}),
    ],
)
def test_broken_answers_are_one_clear_line(body: bytes, headers: dict[str, str]) -> None:
    with serving(reply(body, **headers)) as host, pytest.raises(FetchError) as caught:
        local(f"http://{host}/")
    assert str(caught.value).startswith(f"http://{host}/: ")
    assert str(caught.value).isprintable()


def test_not_http_at_all() -> None:
    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"\x00\x1b[31mSSH-2.0\r\n\r\n")

    with serving(answer) as host, pytest.raises(FetchError) as caught:
        local(f"http://{host}/")
    assert str(caught.value).isprintable()


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(FetchError, match="connection failed") as caught:
        local(f"http://127.0.0.1:{port}/")
    assert caught.value.transient


# --- TLS ----------------------------------------------------------------------------------------------------------------------


OPTIONS = [
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:prime256v1",
    "-nodes",
    "-days",
    "2",
    "-subj",
    "/CN=news.test",
]
OPTIONS += ["-addext", "subjectAltName=DNS:news.test"]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate for news.test, key and certificate in one file, made now: no key lives in the repository."""
    openssl = program("openssl")
    file = tmp_path_factory.mktemp("tls") / "news.test.pem"
    subprocess.run(
        [openssl, *OPTIONS, "-keyout", str(file), "-out", str(file) + ".crt"],
        check=True,
        capture_output=True,
    )
    with file.open("a") as both:
        both.write(Path(str(file) + ".crt").read_text())
    return file


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ssl.SSLContext]:
    """A server context for that certificate, which this process trusts for the length of a test."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate) + ".crt")
    module._tls.cache_clear()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    yield context
    module._tls.cache_clear()


def secure(host: str, port: str) -> Fetched:
    return fetch(f"https://{host}:{port}/", allow_hosts=(host,), resolve=lambda *_: ["127.0.0.1"])


def test_tls_is_verified_against_the_name_not_the_address(trusted: ssl.SSLContext) -> None:
    with serving(reply(b"sealed"), trusted) as host:
        assert secure("news.test", host.rpartition(":")[2]).body == b"sealed"
        with pytest.raises(FetchError, match="not valid for this host") as caught:
            secure("other.test", host.rpartition(":")[2])
    assert not caught.value.transient


def test_a_certificate_nobody_signed_is_refused(certificate: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serving(reply(b"sealed"), context) as host, pytest.raises(FetchError, match="not valid for this host"):
        secure("news.test", host.rpartition(":")[2])


def test_a_site_that_redirects_until_it_gets_its_cookie_back_is_named() -> None:
    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        request.send_response(302)
        request.send_header("Set-Cookie", "seen=1")
        request.send_header("Location", request.path)
        request.send_header("Content-Length", "0")
        request.end_headers()

    with serving(answer) as host, pytest.raises(FetchError, match="wants its cookies back"):
        fetch(f"http://{host}/a", allow_hosts=("127.0.0.1",))


# --- robots.txt ---------------------------------------------------------------------------------------------------------------

RULES = """
# our rules
User-agent: otherbot
Disallow: /

User-agent: *
User-agent: anybot
Disallow: /private
Allow: /private/open
Disallow: /*.pdf$
Disallow: /*/draft/*/x
Crawl-delay: 2.5
Disallow:
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/private", False),
        ("/private/a", False),
        ("/private/open/a", True),
        ("/a.pdf", False),
        ("/a.pdf?x", True),
        ("/n/draft/7/x9", False),
        ("/n/draft/7/y", True),
        ("/%70rivate", False),
        ("/robots.txt", True),
    ],
)
def test_robots_rules(path: str, allowed: bool) -> None:
    assert Robots(RULES, "dragoman").allows(f"https://news.test{path}") is allowed


def test_robots_own_group_wins_and_delay() -> None:
    assert Robots(RULES, "dragoman").delay == 2.5
    assert not Robots(RULES, "otherbot").allows("https://news.test/")
    both = Robots("User-agent: *\nDisallow: /\nUser-Agent: Dragoman/1.0\nAllow: /\n", "dragoman")
    assert both.allows("https://news.test/a")


def test_robots_with_hostile_patterns_is_linear() -> None:
    rules = Robots("User-agent: *\nDisallow: /" + "*a" * 5000 + "$\n", "dragoman")
    assert rules.allows("https://news.test/" + "a" * 4000)


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (200, False)])
def test_robots_by_status(status: int, allowed: bool) -> None:
    asked: list[str] = []

    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        asked.append(request.path)
        reply(b"User-agent: *\nDisallow: /a", status)(request)

    with serving(answer) as host:
        rules = robots(f"http://{host}/a?b#c", allow_hosts=("127.0.0.1",))
        assert rules.allows(f"http://{host}/a") is allowed
    assert asked == ["/robots.txt"]


def test_robots_of_a_refused_address_raises() -> None:
    with pytest.raises(FetchError, match="a loopback address"):
        robots("http://127.0.0.1/")


def test_importing_costs_no_network_library() -> None:
    """`dragoman ask` reads no URL."""
    code = "import sys, index.ingest.http.fetch; sys.exit('httpcore' in sys.modules)"
    run = functools.partial(subprocess.run, [sys.executable, "-c", code], check=False)
    assert run(cwd=ROOT).returncode == 0
