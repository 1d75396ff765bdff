"""Pure: what an article says of who published it and when, as far as it can be so.

an outlet that does not fit the host   "Reuters (a.example)": claimed, and kept as such
no outlet at a host that is known      that host's
an agency at another outlet's host     the outlet's, who printed the agency's report
a date that is years ahead             none, unless a row says so
"""

from __future__ import annotations

from dataclasses import replace

from index.records import Article, Period
from index.text.publishers import Publishers

AHEAD = 366 * 86_400  # seconds after now from which a date of publication is wrong: clocks and zones are hours ahead

TOO_LATE = "too late"  # where a date came from that is years ahead, and not kept


def checked(article: Article, publishers: Publishers, now: Period) -> tuple[Article, list[str]]:
    """The article as it is kept, and what was changed, in a line each."""
    lines = []
    named = _outlet(article, publishers)
    if named.outlet != article.outlet and (claim := publishers.claim(article.outlet, article.url)):
        lines.append(f"{article.id}: it calls itself {claim[0]}, which is not the outlet of {claim[1]}: kept as {named.outlet}")
    if named.published and named.date_source != "row" and named.published.start > now.end + AHEAD:
        lines.append(f"{article.id}: its date {named.published} is years ahead: kept without a date")
        named = replace(named, published=None, date_source=TOO_LATE)
    return named, lines


def _outlet(article: Article, publishers: Publishers) -> Article:
    there = publishers.at(article.url)
    if not article.outlet:
        return replace(article, outlet=there.name) if there else article
    claim = publishers.claim(article.outlet, article.url)
    if claim is None:
        return article
    called = publishers.called(claim[0])
    if there and called and called.agency and not article.outlet.endswith(")"):
        return replace(article, outlet=there.name, agency=article.agency or called.name)
    return replace(article, outlet=publishers.kept(article.outlet, article.url))
