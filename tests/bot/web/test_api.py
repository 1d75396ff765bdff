"""The API against a real server: what it gives is what the Bot and `--json` give, and what it refuses it says in one line."""

from __future__ import annotations

import json
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.bot import Bot
from bot.records import Briefing
from bot.rendering.json_rows import as_json, event_row
from index.records import Filter
from tests.support.site import WAIT, Site, running_site

QUESTION = "When will the port of Sarvella reopen?"
SECRET, OTHER = "a-secret-of-twenty-four", "another-secret-of-more"


def same(row: dict[str, object]) -> dict[str, object]:
    """Without what differs from one answer to the next."""
    return {key: value for key, value in row.items() if key not in ("id", "timings")}


def events(text: str) -> list[tuple[str, dict[str, object]]]:
    blocks = [dict(line.split(": ", 1) for line in block.splitlines()) for block in text.split("\n\n") if block]
    return [(block["event"], json.loads(block["data"])) for block in blocks]


def refused(response: httpx.Response, status: int, words: str) -> None:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    row = response.json()
    assert row["status"] == status and words in row["detail"] and "\n" not in row["detail"]


def test_an_answer_is_the_bots(site: Site) -> None:
    row = site.client.post("/v1/ask", json={"question": QUESTION}).json()
    assert same(row) == same(json.loads(json.dumps(as_json(site.desk.bot.ask(QUESTION)))))
    assert row["outcome"] == "answered" and "3 June" in row["sentences"][0]["text"]


def test_the_stream_is_the_bots(site: Site) -> None:
    response = site.client.post("/v1/ask", json={"question": QUESTION}, headers={"Accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream")
    got = events(response.text)
    expected = [json.loads(json.dumps(event_row(event))) for event in site.desk.bot.stream(QUESTION)]
    assert [row for _, row in got[:-1]] == expected[:-1] and [kind for kind, _ in got] == [row["event"] for row in expected]
    assert same(got[-1][1]["data"]) == same(expected[-1]["data"])  # type: ignore[arg-type]


def test_a_conversation_is_kept_and_followed(site: Site) -> None:
    first = site.client.post("/v1/ask", json={"question": "Who is Mira Osei?"}).json()
    second = site.client.post("/v1/ask", json={"question": "What did she say?", "parent": first["id"]}).json()
    assert "Osei" in second["searched"]
    thread = site.client.get(f"/v1/answers/{second['id']}").json()
    assert [row["id"] for row in thread] == [first["id"], second["id"]] and thread == [first, second]
    assert site.client.post("/v1/feedback", json={"answer": first["id"], "value": 1}).status_code == 204
    assert site.desk.state.conversations.ratings(first["id"]) == {"http:": 1}
    refused(site.client.post("/v1/feedback", json={"answer": "0" * 32, "value": 1}), 404, "no longer kept")
    refused(site.client.post("/v1/ask", json={"question": "And then?", "parent": "0" * 32}), 404, "ask again")


def test_filters_narrow_and_chips_are_taken_back(site: Site) -> None:
    row = site.client.post("/v1/ask", json={"question": QUESTION, "langs": ["es"]}).json()
    assert {source["lang"] for source in row["sources"]} <= {"es"}
    asked = {"question": "What happened to the port of Sarvella according to the Coast Courier?"}
    assert [chip["kind"] for chip in site.client.post("/v1/ask", json=asked).json()["chips"]] == ["outlet"]
    assert site.client.post("/v1/ask", json=asked | {"without": ["outlet"]}).json()["chips"] == []


def test_search_quotes_verify_and_articles(site: Site) -> None:
    hits = site.client.post("/v1/search", json={"question": "the port of Sarvella", "k": 2}).json()["hits"]
    assert {hit["article_id"] for hit in hits} == {"port-1", "port-2"}
    said = site.client.post("/v1/quotes", json={"speaker": "Osei", "langs": ["en"]}).json()["quotes"]
    assert any("another winter" in row["text"] for row in said)
    draft = "She said “We will not wait for another winter,” and then “We love the winter very much indeed.”"
    proofs = site.client.post("/v1/verify", json={"text": draft, "name": "draft"}).json()
    assert [proof["verdict"] for proof in proofs["quotations"]] == ["exact", "nowhere"] and proofs["file"] == "draft"
    article = site.client.get("/v1/articles/port-1").json()
    assert article["text"] == site.desk.bot.index.article("port-1").text  # type: ignore[union-attr]
    refused(site.client.get("/v1/articles/port-1?version=9"), 404, "no such article")
    refused(site.client.get("/v1/articles/nothing/here"), 404, "no such article")


def test_a_briefing_is_made_kept_and_given_in_every_form(site: Site) -> None:
    body = {"beat": "port", "topics": ["the port of Sarvella"], "since": "2024-05", "until": "2024-05", "keep": True}
    made = site.client.post("/v1/briefings", json=body).json()
    assert made["beat"] == "port" and made["schema"] == 1
    assert site.client.get(f"/v1/briefings/{made['id']}").json() == made
    assert made["id"] in [row["id"] for row in site.client.get("/v1/briefings?beat=port").json()]  # the site is shared
    page = site.client.get(f"/v1/briefings/{made['id']}?format=html")
    assert page.text.startswith("<!doctype html>") and "script" not in page.headers["content-security-policy"]
    assert b"<feed" in site.client.get("/v1/briefings?beat=port&format=atom").content
    assert site.client.get(f"/v1/briefings/{made['id']}?format=markdown").text.startswith("#")
    refused(site.client.get("/v1/briefings/none"), 404, "no such briefing")


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("/v1/ask", {}, "question: Field required"),
        ("/v1/ask", {"question": "x" * 2001}, "question: String should have at most 2000"),
        ("/v1/ask", {"question": "x", "no": 1}, "no: Extra inputs"),
        ("/v1/ask", {"question": "x", "since": "soon"}, "since: 'soon' is not a date; write 2023"),
        ("/v1/search", {"question": "x", "k": 0}, "k: Input should be greater"),
        ("/v1/verify", {"text": ""}, "text: String"),
        ("/v1/briefings", {"beat": "../x"}, "beat: String should match"),
        ("/v1/feedback", {"answer": "x", "value": 2}, "value: Input should be 1 or -1"),
    ],
)
def test_what_is_wrong_with_a_request_is_said(site: Site, path: str, body: dict[str, object], words: str) -> None:
    refused(site.client.post(path, json=body), 422, words)


@pytest.mark.parametrize(
    ("body", "kind", "status", "words"),
    [
        (b"{", "application/json", 422, "no JSON in UTF-8: it is broken at character 1"),
        (b'{"question": "\xe9"}', "application/json", 400, "no JSON in UTF-8. Send one object"),
        (b"[" * 100_000, "application/json", 400, "no JSON"),
        (b"[]", "application/json", 422, "one JSON object"),
        (b"", "application/json", 422, "one JSON object"),
        (b"{}", "application/json; charset=utf-8", 422, "question: Field required"),
        (b'{"question": "x"}', "text/plain", 415, "'Content-Type: application/json'"),
        (b"question=x", "application/x-www-form-urlencoded", 415, "'Content-Type: application/json'"),
        (b"", "", 415, "'Content-Type: application/json'"),
    ],
)
def test_what_is_no_json_object_is_said(site: Site, body: bytes, kind: str, status: int, words: str) -> None:
    for path in ("/v1/ask", "/v1/search"):
        refused(site.client.post(path, content=body, headers={"Content-Type": kind} if kind else {}), status, words)


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/", "/v1/models", "/v1/articles/port-1", "/openapi.json"])
def test_who_asks_for_the_head_alone_gets_it(site: Site, path: str) -> None:
    head = site.client.head(path)
    assert head.status_code == 200 and head.content == b""
    assert head.headers["content-type"] == site.client.get(path).headers["content-type"]


def test_the_border_refuses_what_is_no_request(site: Site) -> None:
    refused(site.client.get("/v1/nothing"), 404, "See /docs")
    refused(site.client.get("/v1/ask"), 405, "another method")
    refused(site.client.get("/healthz", headers={"Host": "evil.example"}), 421, "evil.example")
    refused(site.client.post("/v1/search", content=b"x" * 2_000_001), 413, "2,000,000 bytes")
    chunks = (b"x" * 100_000 for _ in range(30))
    refused(
        site.client.post("/v1/search", content=chunks, headers={"Content-Type": "application/json"}), 413, "2,000,000 bytes"
    )
    refused(site.client.post("/v1/search", content=b"{", headers={"Content-Type": "application/json"}), 422, "JSON")
    refused(site.client.post("/v1/search", json={}, headers={"Sec-Fetch-Site": "cross-site"}), 403, "Another site")
    headers = site.client.get("/healthz").headers
    assert "default-src 'none'" in headers["content-security-policy"] and "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff" and "server" not in headers


def test_it_can_be_watched(site: Site) -> None:
    assert site.client.get("/healthz").json() == {"status": "ok"}
    ready = site.client.get("/readyz").json()
    assert ready["status"] == "ok" and ready["library"]["articles"] == 11 and ready["model"]["loaded"]
    site.client.post("/v1/ask", json={"question": QUESTION})
    text = site.client.get("/metrics").text
    assert 'dragoman_questions_total{generator="extractive",outcome="answered"}' in text
    assert 'route="/v1/ask",status="200"' in text and "dragoman_library_articles 11.0" in text
    assert "Sarvella" not in text


# Who may -----------------------------------------------------------------------------------------------------------------------


def test_a_token_sees_what_it_may(folder: Path) -> None:
    may = Filter(outlets=frozenset({"Diario del Cabo"}))
    with running_site(folder, tokens={"": SECRET, "cabo": OTHER}, allow={"cabo": may}, rate=1000) as site:
        refused(site.client.post("/v1/search", json={"question": "port"}), 401, "Authorization: Bearer")
        assert site.client.get("/healthz").status_code == 200
        assert site.client.get("/readyz").json() == {"status": "ok"}
        refused(site.client.get("/metrics"), 401, "token")
        everything, part = ({"Authorization": f"Bearer {token}"} for token in (SECRET, OTHER))

        def found(headers: dict[str, str], **body: object) -> set[str]:
            asked = {"question": "the port of Sarvella"} | body
            hits = site.client.post("/v1/search", json=asked, headers=headers).json()["hits"]
            return {hit["article_id"] for hit in hits}

        assert {"port-1", "port-2"} <= found(everything) and found(part) == {"port-2"}
        asked = {"question": "What does the Coast Courier say?", "outlets": ["Coast Courier"]}
        refused(site.client.post("/v1/search", json=asked, headers=part), 403, "may not see")
        row = site.client.post("/v1/ask", json={"question": QUESTION}, headers=part).json()
        assert {source["article_id"] for source in row["sources"]} <= {"port-2"} and set(row["retrieved"]) <= {"port-2"}
        assert site.client.get("/v1/articles/port-2", headers=part).status_code == 200
        refused(site.client.get("/v1/articles/port-1", headers=part), 404, "no such article")
        refused(site.client.get("/v1/briefings", headers=part), 403, "whole library")
        draft = {"text": "“We will not wait for another winter,” she told us."}
        verdicts = [
            site.client.post("/v1/verify", json=draft, headers=who).json()["quotations"][0]["verdict"]
            for who in (everything, part)
        ]
        assert verdicts == ["exact", "nowhere"]
        refused(site.client.get(f"/v1/answers/{row['id']}", headers=everything), 404, "not yours")
        nothing = site.client.post("/v1/ask", json={"question": "Who won the chess title in Oslo?"}, headers=part).json()
        assert "11" not in " ".join(note["text"] for note in nothing["notes"])


def test_too_many_requests_are_refused(folder: Path) -> None:
    with running_site(folder, tokens={"": SECRET}, rate=3) as site:
        headers = {"Authorization": f"Bearer {SECRET}"}
        got = [site.client.get("/v1/articles/port-1", headers=headers) for _ in range(5)]
        assert [response.status_code for response in got[:3]] == [200, 200, 200]
        refused(got[4], 429, "Try again in")
        assert int(got[4].headers["retry-after"]) >= 1
        wrong = [site.client.get("/v1/articles/port-1", headers={"Authorization": f"Bearer {n:024}"}) for n in range(12)]
        assert {response.status_code for response in wrong[:10]} == {401} and wrong[11].status_code == 429


# Many at once ------------------------------------------------------------------------------------------------------------------


def test_what_is_beyond_the_queue_is_refused_and_the_rest_answered(folder: Path) -> None:
    with running_site(folder, slow=True, workers=2, waiting=3) as site:
        site.slow.open = False

        def ask(_: int) -> int:
            return httpx.post(f"{site.url}/v1/ask", json={"question": QUESTION}, timeout=WAIT).status_code

        with ThreadPoolExecutor(12) as clients:
            asked = [clients.submit(ask, n) for n in range(5)]
            assert site.reached(5)
            assert {ask(n) for n in range(7)} == {429}
            site.slow.open = True
            site.slow.gate.release(100)
            assert [one.result() for one in asked] == [200] * 5
        assert site.reached(0) and site.slow.most <= 2


@pytest.mark.parametrize("stream", [True, False])
def test_a_client_that_goes_away_frees_its_worker(folder: Path, stream: bool) -> None:
    with running_site(folder, slow=True, workers=1, waiting=2) as site:
        site.slow.open = False
        body = json.dumps({"question": QUESTION, "stream": stream}).encode()
        host = site.url.removeprefix("http://")
        head = f"POST /v1/ask HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        clients = [socket.create_connection(("127.0.0.1", int(host.rpartition(":")[2]))) for _ in range(2)]
        for client in clients:
            client.sendall(head.encode() + body)
        site.slow.wait_for(1)
        assert site.reached(2)
        clients[1].close()  # it was waiting
        assert site.reached(1)
        clients[0].close()  # it was being answered
        assert site.slow.stop.wait(WAIT)


def test_a_request_that_takes_too_long_is_ended(folder: Path) -> None:
    with running_site(folder, slow=True, timeout=1.0) as site:
        site.slow.open = False
        refused(site.client.post("/v1/ask", json={"question": QUESTION}), 504, "longer than 1 seconds")
        assert site.slow.stop.wait(WAIT)
        got = events(site.client.post("/v1/ask", json={"question": QUESTION, "stream": True}).text)
        assert got[-1][0] == "error" and got[-1][1]["data"]["status"] == 504  # type: ignore[index]


def test_a_briefing_that_came_too_late_does_not_count_as_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    late, brief = threading.Event(), Bot.brief

    def held(self: Bot, *args: Any, **more: Any) -> Briefing:
        assert late.wait(WAIT)
        return brief(self, *args, **more)

    monkeypatch.setattr(Bot, "brief", held)
    body = {"beat": "port", "topics": ["the port of Sarvella"], "since": "2024-05", "until": "2024-05", "keep": True}
    with running_site(folder, timeout=1.0) as site:
        try:
            refused(site.client.post("/v1/briefings", json=body), 504, "longer than 1 seconds")
        finally:
            late.set()
        assert site.reached(0)
        assert site.desk.state.briefings.latest("port") == []
