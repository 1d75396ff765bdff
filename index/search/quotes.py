"""Statements asked for: who said what, from whole articles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from index.quotes import nominative
from index.quotes.quotation import Quotation
from index.quotes.speakers import alone, asked_keys, speaks
from index.records import Period, Scope
from index.search.search import NEAR, Search
from index.storage.records import Query, StatementQuery, StatementRow
from index.text.language import identify
from index.text.lexicon import Lexicon
from index.text.terms import NAME, UNSPACED, key_set

SLICE = 100  # statements read with their texts at a time
ON_IT = 0.5  # closeness from which a statement is about something
PLAINLY = 0.9  # closeness from which a passage is on something whatever its words
BESIDE = 150  # characters around a statement that tell what it is about
READ = 200  # statements on a topic that are put in order
FEW = 2  # words that are part of a sentence
UNLIKE, ALIKE = 0.05, 0.25  # centred cosines of words and a passage on something else, and on that
_WORDS = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_UNSPACED = re.compile(f"[{UNSPACED}]")


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
    best_first: bool = False,
) -> list[Quotation]:
    """At most `limit` statements, newest first, or what is most on the topic; see `Index.quotes`."""
    keys, storage = asked_keys(speaker), search.storage
    if (speaker.strip() and not keys) or limit < 1 or storage.empty:
        return []
    topic = search.query(about, identify(about)) if about.strip() else None
    on_topic = None
    if topic and not keys:
        candidates = storage.candidates(topic, scope, NEAR)
        on_topic = [id for id, *ranks in zip(candidates.ids, candidates.near, candidates.lexical, strict=True) if any(ranks)]
    wanted = StatementQuery(
        keys=keys, passages=on_topic, lang=lang, since=since.start if since else None, until=until.end if until else None
    )
    rows = storage.statements(wanted, scope)
    if original:
        rows = [row for row in rows if row.statement.kind == "direct" and row.statement.words != "translated"]
    close = _closeness(search, topic, [row.passage for row in rows]) if topic else None
    if best_first and close is not None:
        rows = sorted(rows, key=lambda row: -close.get(row.passage, 0.0))  # of one closeness the newest

    def told(*, surname: bool = False) -> list[Quotation]:
        found = _quoted(search, rows, speaker, close, surname=surname)
        if best_first and topic:
            return _best_first(list(islice(found, max(limit, READ))), topic)[:limit]
        return list(islice(found, limit))

    sure = told()
    cases = () if sure else search.languages
    name = next((name for of in cases if (name := nominative(speaker, of)) != speaker), speaker)
    if name != speaker:  # Russian: "Лаврова" is asked for, Лавров spoke
        return quotes(
            search, speaker=name, about=about, since=since, until=until, lang=lang, limit=limit, scope=scope,
            original=original, best_first=best_first,
        )  # fmt: skip
    if sure or not alone(speaker, (row.statement for row in rows)):
        return sure
    return told(surname=True)


def _best_first(quotations: Sequence[Quotation], topic: Query) -> list[Quotation]:
    """What says most on a topic by its own words and those around it first; without what stands in a passage on the topic and
    has none of its words beside it, if the passage is not plainly on it, nor in another language."""
    rare = Counter(key for quotation in quotations for key in set(topic.keys).intersection(_keys_beside(quotation)))
    weight = {key: 1 / (1 + rare[key] / max(1, len(quotations))) for key in topic.keys}
    total = sum(weight.values()) or 1.0
    ranked = []
    for quotation in quotations:
        share = sum(weight[key] for key in set(topic.keys).intersection(_keys_beside(quotation))) / total
        if share or quotation.closeness >= PLAINLY or quotation.lang != topic.lang:
            ranked.append((share + quotation.closeness, quotation))
    return [quotation for _, quotation in sorted(ranked, key=lambda pair: -pair[0])]


def _keys_beside(quotation: Quotation) -> set[str]:
    """The keys of a statement's words, of its speaker's name and of what stands around it in its passage."""
    passage = quotation.passage
    first, after = quotation.start - passage.start - BESIDE, quotation.end - passage.start + BESIDE
    return key_set(f"{quotation.speaker_resolved} {passage.text[max(0, first) : after]}", quotation.lang)


def _closeness(search: Search, topic: Query, passages: Sequence[str]) -> dict[str, float]:
    """How near passages are to what is asked about, 0..1: by its words in their language, by names and vectors in all."""
    there = search.storage.vectors(list(dict.fromkeys(passages)), topic.keys)
    if not there.ids:
        return {}
    words = there.words
    close, embedded = np.zeros(len(there.ids), np.float32), there.vectors.any(axis=1)  # what waits is close by words alone
    if embedded.any():
        cosine = search.means.centred(there.vectors, there.langs) @ search.shipped.question(topic.vector, topic.lang)
        close = np.where(embedded, np.clip((cosine - UNLIKE) / (ALIKE - UNLIKE), 0, 1), 0)
    for key_lang in dict.fromkeys(words.langs):
        keys = np.array([of == key_lang for of in words.langs], bool)
        readers = np.array([key_lang in (NAME, of) for of in there.langs], bool)
        share = words.held[:, keys] @ words.weights[keys] / max(float(words.weights[keys].sum()), 1e-6)
        close = np.maximum(close, np.where(readers, share, 0))
    return dict(zip(there.ids, close.tolist(), strict=True))


def _quoted(
    search: Search, rows: Sequence[StatementRow], speaker: str, close: dict[str, float] | None, *, surname: bool = False
) -> Iterator[Quotation]:
    """The statements that are the speaker's and on the topic, whole."""
    rows = [row for row in rows if close is None or close.get(row.passage, 0.0) >= ON_IT]
    parts = Counter((row.passage, row.statement.cue_start) for row in rows)
    for at in range(0, len(rows), SLICE):
        for quotation in search.storage.quotations(rows[at : at + SLICE]):
            if _is_fragment(quotation, parts[quotation.passage.id, quotation.cue_start]):
                continue
            if not speaker.strip() or speaks(speaker, quotation, surname=surname):
                yield replace(quotation, closeness=close[quotation.passage.id]) if close else quotation


def _is_fragment(quotation: Quotation, parts: int) -> bool:
    """Whether a statement is a word or two that say nothing alone: reported, "to comment", or cut off by its attribution.

    `parts`: how many statements of its passage are announced with it. “Never,” says all.
    """
    words = _WORDS.findall(quotation.text.lower())
    if len(words) > FEW or _UNSPACED.search(quotation.text):
        return False
    if quotation.kind == "direct":
        return quotation.cue_start is not None and parts > 1
    language = Lexicon(quotation.lang)
    small = language.infinitive_marks | language.prepositions | language.determiners | language.possessives
    return len(words) < FEW or words[0] in small  # not "порт открыт", "he left"
