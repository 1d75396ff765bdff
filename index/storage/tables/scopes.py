"""A scope as SQL: which articles it lets through."""

from __future__ import annotations

from index.records import Scope
from index.text.fold import fold
from index.text.publishers import Publishers


def condition(scope: Scope, publishers: Publishers) -> tuple[str, list[str | int]]:
    """A scope as SQL over `versions v`: the condition ("" for none) and its values."""
    parts: list[str] = []
    values: list[str | int] = []
    filter = scope.filter
    if scope.as_of:
        parts.append("(v.published_from < ? OR v.published_from IS NULL)")
        values.append(scope.as_of.end)
    if filter is None:
        return " AND ".join(parts), values
    if filter.ids:
        parts.append(f"v.article IN (SELECT n FROM articles WHERE id IN ({','.join('?' * len(filter.ids))}))")
        values += sorted(filter.ids)
    spellings = frozenset[str]().union(*map(publishers.spellings, filter.outlets))
    for column, wanted in (("v.lang", filter.langs), ("v.outlet_key", spellings)):
        if wanted:
            parts.append(f"{column} IN ({','.join('?' * len(wanted))})")
            values += sorted(wanted)
    if filter.authors:
        parts.append("(" + " OR ".join("instr(v.authors_key, ?) > 0" for _ in filter.authors) + ")")
        values += sorted(f"|{fold(author)}|" for author in filter.authors)
    if filter.sources:
        marks = ",".join("?" * len(filter.sources))
        parts.append(f"(v.outlet IN ({marks}) OR v.agency IN ({marks}))")
        values += sorted(filter.sources) * 2
    if filter.window:
        parts.append("v.published_from < ? AND v.published_to > ?")
        values += [filter.window.end, filter.window.start]
    return " AND ".join(parts), values
