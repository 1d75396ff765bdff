"""The tools, called by the official client over a pipe and over HTTP: what they give is what the library holds."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from index.records import Filter
from tests.support import ROOT
from tests.support.library import environment
from tests.support.site import Site, folder, running_site, site

__all__ = ["folder", "site"]
TOOLS = {"search", "fetch", "ask", "quotes", "verify", "brief"}
SECRET, OTHER = "a-secret-of-twenty-four", "another-secret-of-more"
QUESTION = "When will the port of Sarvella reopen?"


def called(server: Any, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """The results of some calls in one session, and before them the list of tools."""

    async def session() -> list[Any]:
        async with Client(server) as client:
            return [(await client.list_tools()).tools, *[await client.call_tool(name, given) for name, given in calls]]

    return asyncio.run(session())


def test_every_tool_gives_rows_with_their_citations(site: Site) -> None:
    draft = "She said “We will not wait for another winter,” and “we love the winter very much indeed.”"
    tools, search, fetch, ask, quotes, verify, brief, wrong, gone = called(
        f"{site.url}/mcp",
        ("search", {"query": "the port of Sarvella", "limit": 3}),
        ("fetch", {"id": "port-1"}),
        ("ask", {"question": QUESTION}),
        ("quotes", {"speaker": "Osei"}),
        ("verify", {"text": draft}),
        ("brief", {"topics": ["the port of Sarvella"], "since": "2024-05", "until": "2024-05"}),
        ("search", {"query": "x", "since": "soon"}),
        ("fetch", {"id": "nothing"}),
    )
    assert {tool.name for tool in tools} == TOOLS
    assert all(tool.output_schema and len(tool.description) < 400 and tool.annotations.read_only_hint for tool in tools)
    assert {"port-1", "port-2"} <= {row["id"] for row in search.structured_content["results"]}
    article = site.desk.bot.index.article("port-1")
    assert article and fetch.structured_content["text"] == article.text and fetch.structured_content["url"] == article.url
    answer = site.desk.bot.ask(QUESTION)
    told = ask.structured_content
    assert [one["text"] for one in told["sentences"]] == [one.text for one in answer.sentences]
    cited = told["sentences"][0]["citations"][0]
    assert (
        cited["source"] == "Coast Courier"
        and cited["title"] == article.title
        and cited["published_from"].startswith("2024-05-14")
    )
    quote = cited["quote"]
    assert (
        quote["prefix"] + quote["exact"] + quote["suffix"] in article.text
        and quote["exact"] == answer.sentences[0].citations[0].quote
    )
    assert any("another winter" in row["text"] for row in quotes.structured_content["quotes"])
    assert [row["verdict"] for row in verify.structured_content["quotations"]] == ["exact", "nowhere"]
    assert brief.structured_content["events"][0]["headline"]["citations"]
    assert wrong.is_error and "write 2025" in wrong.content[0].text
    assert gone.is_error and "Search first" in gone.content[0].text


def test_over_a_pipe_it_is_the_same(library: Path, home: Path) -> None:
    command = ["-m", "bot.cli", "mcp", "--library", str(library)]
    server = StdioServerParameters(command=sys.executable, args=command, env=environment(home), cwd=str(ROOT))
    tools, ask = called(server, ("ask", {"question": QUESTION}))
    assert {tool.name for tool in tools} == TOOLS and "3 June" in ask.structured_content["answer"]


@contextmanager
def as_caller(site: Site, token: str) -> Iterator[Any]:
    headers = {"Authorization": f"Bearer {token}"}
    yield streamable_http_client(f"{site.url}/mcp", http_client=httpx2.AsyncClient(headers=headers, timeout=60))


def test_a_token_sees_what_it_may_here_too(folder: Path) -> None:
    may = Filter(outlets=frozenset({"Diario del Cabo"}))
    with running_site(folder, tokens={"": SECRET, "cabo": OTHER}, allow={"cabo": may}, rate=1000) as site:
        assert site.client.post("/mcp", json={}).status_code == 401
        with as_caller(site, OTHER) as server:
            _, search, fetch, brief, outlet = called(
                server,
                ("search", {"query": "the port of Sarvella"}),
                ("fetch", {"id": "port-1"}),
                ("brief", {"topics": ["port"]}),
                ("search", {"query": "port", "outlets": ["Coast Courier"]}),
            )
        assert {row["id"] for row in search.structured_content["results"]} == {"port-2"}
        assert fetch.is_error and brief.is_error and "whole library" in brief.content[0].text
        assert outlet.is_error and "may not see" in outlet.content[0].text


def test_a_host_that_is_not_known_is_told_which_setting_lets_it_in(site: Site) -> None:
    answer = site.client.post("/mcp", json={}, headers={"Host": "agents.example"})
    assert answer.status_code == 421 and "--name" in answer.json()["detail"] and "hosts" in answer.json()["detail"]
