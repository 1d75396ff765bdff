"""The walk to statements: who said what, from whole articles; `Index.quotes` over what `statements.py` keeps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from index.quotes import nominative
from index.quotes.quotation import Quotation, quotation, whole
from index.quotes.speakers import alone, asked_keys, speaks
from index.records import Period, Scope
from index.search import ranking
from index.search.search import Search
from index.storage.sqlite.statements import Row
from index.text.language import identify
from index.text.terms import NAME

SLICE = 100  # statements read with their texts at a time
ON_IT = 0.5  # closeness from which a statement is about something
UNLIKE, ALIKE = 0.05, 0.25  # centred cosines of words and a passage on something else, and on that


def quotes(
    search: Search,
    *,
    speaker: str,
    about: str,
    since: Period | None,
    until: Period | None,
    lang: str,
    limit: int,
    scope: Scope,
    original: bool = False,
) -> list[Quotation]:
    """At most `limit` statements, newest first; see `Index.quotes`."""
    keys = asked_keys(speaker)
    if (speaker.strip() and not keys) or limit < 1 or search.library.empty:
        return []
    library = search.library
    passages = search.on(about, library.allowed(scope)) if about.strip() and not keys else None
    rows = library.said(
        scope, keys=keys, passages=passages, lang=lang,
        since=since.start if since else None, until=until.end if until else None,
    )  # fmt: skip
    close = _closeness(search, about, [row.passage for row in rows]) if about.strip() else None
    if original:
        rows = [row for row in rows if row.statement.kind == "direct" and row.statement.words != "translated"]
    sure = list(islice(_quoted(search, rows, speaker, close), limit))
    name = nominative(speaker)
    if not sure and name != speaker:  # Russian: "Лаврова" is asked for, Лавров spoke
        return quotes(
            search, speaker=name, about=about, since=since, until=until, lang=lang, limit=limit, scope=scope,
            original=original,
        )  # fmt: skip
    if sure or not alone(speaker, (row.statement for row in rows)):
        return sure
    return list(islice(_quoted(search, rows, speaker, close, surname=True), limit))


def _closeness(search: Search, about: str, rows: Sequence[int]) -> dict[int, float]:
    """How near passages are to what is asked about, 0..1: by its words in their language, by names and vectors in all."""
    lang = identify(about)
    words = search.looked_up(about, lang)
    numbers, langs, matrix = search.library.vectors(list(dict.fromkeys(rows)))
    if not len(numbers):
        return {}
    cosine = search.means.centred(matrix, langs) @ search.nearest.means.question(search.embed(about), lang)
    found = ranking.membership(numbers, words.postings)
    close = np.clip((cosine - UNLIKE) / (ALIKE - UNLIKE), 0, 1)
    for key_lang in dict.fromkeys(words.langs):
        keys = np.array([of == key_lang for of in words.langs], bool)
        readers = np.array([key_lang in (NAME, of) for of in langs], bool)
        share = found[:, keys] @ words.weights[keys] / max(float(words.weights[keys].sum()), 1e-6)
        close = np.maximum(close, np.where(readers, share, 0))
    return dict(zip(numbers.tolist(), close.tolist(), strict=True))


def _quoted(
    search: Search, rows: Sequence[Row], speaker: str, close: dict[int, float] | None, *, surname: bool = False
) -> Iterator[Quotation]:
    """The statements that are the speaker's and on the matter, whole."""
    rows = [row for row in rows if close is None or close.get(row.passage, 0.0) >= ON_IT]
    for at in range(0, len(rows), SLICE):
        part = rows[at : at + SLICE]
        numbers = sorted({row.passage for row in part})
        texts, passages = search.library.texts(numbers), search.library.passages(numbers)
        for row in part:
            if row.passage in texts and row.passage in passages:
                statement = whole(row.statement, texts[row.passage])
                if not speaker.strip() or speaks(speaker, statement, surname=surname):
                    nearness = close[row.passage] if close else 0.0
                    yield quotation(statement, texts[row.passage], passages[row.passage], nearness)
