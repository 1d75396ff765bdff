"""Whose an address is, by the rules of the Public Suffix List."""

from __future__ import annotations

import pytest

from index.text.sites import same_site, site


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.news.example.co.uk/1", "example.co.uk"),
        ("https://News.Fjord.COM./1", "fjord.com"),
        ("https://press.city.kobe.jp/", "city.kobe.jp"),  # an exception
        ("https://a.b.example.kobe.jp/", "b.example.kobe.jp"),  # of a rule with a star
        ("https://新闻.公司.cn/", "新闻.公司.cn"),
        ("https://a.news.xn--fiqs8s/", "news.xn--fiqs8s"),  # 中国
        ("https://one.blogspot.com/", "one.blogspot.com"),
        ("https://co.uk/", "co.uk"),
        ("http://localhost:8000/", "localhost"),
        ("http://127.0.0.1/", "127.0.0.1"),
        ("http://[bad/", ""),
        ("", ""),
    ],
)
def test_an_address_belongs_to_who_registered_its_name(url: str, name: str) -> None:
    assert site(url) == name


def test_a_host_of_very_many_labels_is_read_at_once() -> None:
    assert site("http://" + "a." * 100_000 + "example.co.uk/") == "example.co.uk"


def test_two_addresses_of_one_site() -> None:
    assert same_site("https://m.example.com.au/1", "http://example.com.au/2")
    assert not same_site("https://one.com.au/1", "http://two.com.au/1")
    assert not same_site("", "")
