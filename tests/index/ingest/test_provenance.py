"""What an article says of who published it and when is kept as far as it can be so."""

from __future__ import annotations

from index.ingest.provenance import checked
from index.records import Article, Period
from index.text.publishers import SHIPPED

NOW = Period.parse("2026-01-15")


def test_claims_are_kept_as_claims_with_a_line_and_blanks_are_filled() -> None:
    def outlet(outlet: str, url: str, agency: str = "") -> tuple[str, str, int]:
        made, lines = checked(Article(id="a", text="Words.", outlet=outlet, url=url, agency=agency), SHIPPED, NOW)
        return made.outlet, made.agency, len(lines)

    assert outlet("BBC", "https://bbc-news.example/1") == ("BBC (bbc-news.example)", "", 1)
    assert outlet("BBC (bbc-news.example)", "https://bbc-news.example/1") == ("BBC (bbc-news.example)", "", 0)
    assert outlet("", "https://www.lemonde.fr/1") == ("Le Monde", "", 0)
    assert outlet("", "https://nobody.example/1") == ("", "", 0)
    assert outlet("AFP", "https://www.lemonde.fr/2") == ("Le Monde", "AFP", 1)  # who printed its report
    assert outlet("Harrow Post", "https://hp.example/1", "dpa") == ("Harrow Post", "dpa", 0)


def test_a_date_that_is_years_ahead_is_none_unless_a_row_says_so() -> None:
    def date(published: str, source: str) -> tuple[str, int]:
        article = Article(id="a", text="Words.", published=Period.parse(published), date_source=source)
        made, lines = checked(article, SHIPPED, NOW)
        return str(made.published), len(lines)

    assert date("2031-01-01", "metadata") == date("2100", "feed") == ("None", 1)
    assert date("2026-01-16", "feed") == ("2026-01-16", 0)
    assert date("2031-01-01", "row") == ("2031-01-01", 0)
