"""Who may ask, and what they may see: hosts, tokens, buckets and filters, without a server."""

from __future__ import annotations

import pytest

from bot.settings.http import HttpSettings, host_fits
from bot.web import access
from bot.web.access import Caller, Rate
from index.records import Filter, Period, Scope

SECRET, OTHER = "a-secret-of-twenty-four", "another-secret-of-more"
SETTINGS = HttpSettings(
    tokens={"": SECRET, "press": OTHER}, allow={"press": Filter(outlets=frozenset({"Coast Courier"}), langs=frozenset({"en"}))}
)


@pytest.mark.parametrize(
    ("header", "fits"),
    [
        ("127.0.0.1:8391", True), ("localhost", True), ("[::1]:8391", True), ("192.0.2.7:80", True), ("news.example.org", True),
        ("NEWS.example.org:443", True), ("news.example.org.", True), ("evil.example", False), ("", False),
        ("127.0.0.1.evil.example", False), ("localhost.evil.example:8391", False), ("[::1]", True), ("a:b:c", False),
    ],
)  # fmt: skip
def test_a_host_is_known_or_not(header: str, fits: bool) -> None:
    assert host_fits(header, ("news.example.org",)) is fits


def test_a_token_is_somebodys() -> None:
    assert access.caller(SETTINGS, SECRET) == Caller("", None)
    press = access.caller(SETTINGS, OTHER)
    assert press and press.name == "press" and press.allowed == SETTINGS.allow["press"]
    assert access.caller(SETTINGS, "") is None and access.caller(SETTINGS, SECRET[:-1]) is None
    assert access.caller(SETTINGS, "schlüssel-mit-umlaut") is None
    assert access.caller(HttpSettings(), "") == Caller()


def test_a_cookie_stands_for_its_token_and_does_not_tell_it() -> None:
    cookie = access.cookie_of(OTHER)
    found = access.caller(SETTINGS, "", cookie)
    assert found and found.name == "press"
    assert OTHER not in cookie and access.caller(SETTINGS, cookie) is None


@pytest.mark.parametrize(("header", "token"), [("Bearer x", "x"), ("bearer  x", "x"), ("Basic x", ""), ("", ""), ("x", "")])
def test_the_token_of_a_header(header: str, token: str) -> None:
    assert access.bearer(header) == token


def test_what_a_caller_may_see_bounds_what_it_asks_for() -> None:
    may = Filter(outlets=frozenset({"Coast Courier"}), window=Period.parse("2024"))
    caller = Caller("press", may)
    assert caller.scope(Scope()) == Scope(filter=may)
    within = caller.scope(Scope(filter=Filter(outlets=frozenset({"coast courier", "Other"}), langs=frozenset({"en"}))))
    assert within == Scope(filter=Filter(outlets=frozenset({"coast courier"}), langs=frozenset({"en"}), window=may.window))
    assert caller.scope(Scope(filter=Filter(outlets=frozenset({"Other"})))) is None
    assert caller.scope(Scope(filter=Filter(window=Period.parse("2023")))) is None
    inside = caller.scope(Scope(filter=Filter(window=Period(Period.parse("2023").start, Period.parse("2024-02").end))))
    assert inside and inside.filter and inside.filter.window == Period(Period.parse("2024").start, Period.parse("2024-02").end)
    assert Caller().scope(Scope()) == Scope()


def test_a_bucket_empties_and_fills() -> None:
    rate = Rate(2)
    assert [rate.take("a", 0.0), rate.take("a", 0.0)] == [0.0, 0.0]
    assert rate.take("a", 0.0) == pytest.approx(30.0)
    assert rate.take("b", 0.0) == 0.0
    assert rate.take("a", 31.0) == 0.0 and rate.take("a", 31.0) > 0
