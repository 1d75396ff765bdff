"""Questions about who said what, answered from the statements of the library.

    question -> Asked (`speech.read`) -> Index.quotes -> whole sentences -> those on the matter, or at the place -> newest first

A question that is not recognised, or whose speaker has no statement on the matter, goes the ordinary way (`evidence.py`). What
is shown are whole sentences that hold a statement with its cue and its speaker, so that "he denied that" never hardens into a
fact.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot import asking, words
from bot.evidence import Candidate, Evidence, Features, compare, question_words
from bot.extractive import widen
from bot.fitted import Closeness
from bot.injection import instructions
from bot.speech import Asked, read
from index.index import Index
from index.quotes import UNCLEAR
from index.quotes.languages import language
from index.quotes.names import TITLES
from index.records import Article, Embeddings, Filter, Period
from index.split import sentences as split_sentences
from index.statements import Quotation, distinct, speaks

if TYPE_CHECKING:
    from bot.evidence import Floats

LOOKED_AT = 300  # statements of a speaker, the newest on the matter
REACH = 600  # characters from a statement to its cue and speaker
MENTIONED = 3  # articles that are read for mere mentions
BEST = 8  # sentences on the matter that are kept
SPREAD = 0.08  # how far below the best a sentence may cover the matter, and how much of it at least: sentences on something
FLOOR = 0.8  # else have .65 to .78 in our samples, in one language or across two
GROUPS = frozenset(
    "parties sides governments partes bandos gobiernos partidos parteien seiten parties camps partes lados parti parte".split()
)
MOST = 9  # sentences of one answer
COMPARED = 40  # sentences put beside the matter, in one batch


def look(
    question: str, lang: str, index: Index, *, filter: Filter | None = None, as_of: Period | None = None
) -> Evidence | None:
    """The evidence of a question about who said what; None if it is none, or if nobody is on record with it."""
    now = int(time.time())
    asked = read(question, lang, index.library.outlets, as_of or Period(now, now + 1))
    if asked is None:
        return None
    found = trusted(find(index, asked, filter, as_of))
    said = sentences(found, index.article)
    if asked.matter:
        said = on_the_matter(asked, lang, said, index.embeddings)
    elif asked.outlets or not asked.speaker:
        said = ordered(said, asked)
    else:
        said = merged([*ordered(said, asked), *mentions_of(asked, found, index, filter, as_of)])
    said = ordered(said, asked)
    if asked.place:
        said = at_the_place(asked, lang, said, index.embeddings)
    return evidence(question, lang, one_of_each(said) if asked.outlets else said)


# Finding what was said -------------------------------------------------------------------------------------------------------


def find(index: Index, asked: Asked, filter: Filter | None, as_of: Period | None) -> list[Quotation]:
    """The statements asked for, newest first. A period that is no condition is left aside when nothing lies in it."""
    for period in dict.fromkeys((asked.period, asked.period if asked.bounded else None)):

        def quotes(about: str, limit: int, period: Period | None = period) -> list[Quotation]:
            return index.quotes(
                speaker=asked.speaker, about=about, since=period, until=period, limit=limit, filter=narrowed(asked, filter),
                as_of=as_of,
            )  # fmt: skip

        found = quotes("", COMPARED + 1) if asked.speaker else []
        if asked.matter and len(found) in (0, COMPARED + 1):  # too many to compare each
            found = quotes(asked.matter, LOOKED_AT)
        if not found and asked.speaker.split()[-1:] and asked.speaker.split()[-1].lower() in GROUPS:
            # Nobody is on record as "the parties": whoever speaks in that time, on that matter.
            found = index.quotes(
                about=asked.matter, since=period, until=period, limit=COMPARED, filter=narrowed(asked, filter), as_of=as_of
            )
        if found:
            break
    found = fully_named(asked, found, index, filter, as_of)
    if asked.speaker and asked.matter and found:  # a claim is not shown without its denial
        inside = replace(filter or Filter(), ids=frozenset(one.article_id for one in found))
        there = index.quotes(about=asked.matter, limit=LOOKED_AT, filter=inside, as_of=as_of)
        found += [one for one in there if one.sense == "denies" and one not in found]
    return [one for one in distinct(found) if one.confidence >= UNCLEAR]


def fully_named(
    asked: Asked, found: list[Quotation], index: Index, filter: Filter | None, as_of: Period | None
) -> list[Quotation]:
    """Where a full name is asked for and only a surname on record: those of articles with the full name, if there are any."""
    name = words_of(asked.speaker)
    if len(name) < 2 or any(words.holds_name(name[0], one.speaker_resolved, same_lang=False) for one in found):
        return found
    passages = index.sharing(asked.speaker, k=20, filter=narrowed(asked, filter), as_of=as_of)
    whole = {p.article_id for p in passages if all(words.holds_name(word, p.text, same_lang=False) for word in name)}
    return [one for one in found if one.article_id in whole] if whole else found


def narrowed(asked: Asked, filter: Filter | None) -> Filter | None:
    """The filter with the outlet that the question names."""
    return replace(filter or Filter(), outlets=frozenset({asked.outlet})) if asked.outlet else filter


def trusted(found: Sequence[Quotation]) -> list[Quotation]:
    """Without the articles that give a machine instructions: they have no standing as evidence."""
    bad = {one.article_id for one in found if instructions(f"{one.passage.title}\n{one.outlet}\n{one.passage.text}")}
    return [one for one in found if one.article_id not in bad]


def mentions_of(
    asked: Asked, found: Sequence[Quotation], index: Index, filter: Filter | None, as_of: Period | None
) -> list[Said]:
    """Sentences with the speaker's name and a word of saying that the rules made nothing of, in the articles that were found.

    In others, if there are none: those that have the whole name.
    """
    name = words_of(asked.speaker)
    passages = {one.article_id: one.passage for one in reversed(found)} or {
        passage.article_id: passage
        for passage in reversed(index.sharing(asked.speaker, k=20, filter=narrowed(asked, filter), as_of=as_of))
        if all(words.holds_name(word, passage.text, same_lang=True) for word in name)
    }
    kept = list(reversed(passages.values()))[:MENTIONED]
    if not kept or not name:
        return []
    inside = replace(filter or Filter(), ids=frozenset(passage.article_id for passage in kept))
    others = [one for one in index.quotes(limit=1000, filter=inside, as_of=as_of) if one.confidence >= UNCLEAR]
    said = []
    for passage in kept:
        of = index.article(passage.article_id, passage.version)
        taken = [(one.start, one.end) for one in others if one.article_id == passage.article_id]
        for start, end in split_sentences(of.text, of.lang) if of else ():
            text = of.text[start:end] if of else ""
            free = not any(start < b and a < end for a, b in taken)
            if (
                free
                and words.holds_name(name[-1], text, same_lang=True)
                and tells(text, passage.lang)
                and end - start <= LONGEST
            ):
                said.append(Said(Candidate(passage=passage, hit=0, start=start, end=end, text=text), ()))
    return said


def tells(text: str, lang: str) -> bool:
    """Whether a sentence has a word that may announce what somebody says or thinks."""
    cues = language(lang).cues
    return asking.says(text) or any(match.group().lower() in cues for match in words.WORD.finditer(text))


def words_of(name: str) -> list[str]:
    """The words of a name that begin with a capital, without titles."""
    return [word for word in re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", name) if word[0].isupper() and word.lower() not in TITLES]


# From statements to evidence -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """Whole sentences of an article and the statements in them."""

    candidate: Candidate
    statements: tuple[Quotation, ...]

    @property
    def rank(self) -> int:
        """0: somebody's own words; 1: partly; 2: reported; 3: an attitude ("he believes"); 4: only a mention."""
        return min((3 if one.sense in ATTITUDES else KINDS.index(one.kind) for one in self.statements), default=4)


LONGEST = 500  # characters of one speech
KINDS = ("direct", "mixed", "indirect")
ATTITUDES = frozenset(("believes", "intends", "finds", "praises", "criticizes"))


def evidence(question: str, lang: str, said: Sequence[Said]) -> Evidence | None:
    """The sentences to answer with, best first; None where there are none."""
    candidates = tuple(replace(one.candidate, score=10 - place / 100) for place, one in enumerate(said))
    passages = tuple(dict.fromkeys(candidate.passage for candidate in candidates))
    return (
        Evidence(
            question=question,
            lang=lang,
            passages=passages,
            candidates=candidates,
            features=Features(),
            probability=1.0,
            most=MOST,
        )
        if candidates
        else None
    )


def sentences(found: Sequence[Quotation], article: Callable[[str, int], Article | None]) -> list[Said]:
    """The whole sentences of each statement, with its cue and its speaker; those that overlap are one."""
    said: list[Said] = []
    texts: dict[tuple[str, int], str] = {}
    for one in found:
        key = (one.article_id, one.version)
        if key not in texts:
            of = article(*key)
            texts[key] = of.text if of else ""
        text = texts[key]
        if not text:
            continue
        beside = (one.cue_start, one.speaker_start, one.cue_end, one.speaker_end)
        near = [place for place in beside if place is not None and -REACH < place - one.start < one.end - one.start + REACH]
        start, end = shortened(text, widen(text, min([one.start, *near]), max([one.end, *near]), one.lang), one)
        said.append(Said(Candidate(passage=one.passage, hit=0, start=start, end=end, text=text[start:end]), (one,)))
    return merged(said)


def shortened(text: str, span: tuple[int, int], said: Quotation) -> tuple[int, int]:
    """Of a speech as long as a paragraph so many of its sentences as may be shown, on the side where its speaker stands."""
    start, end = span
    if end - start <= LONGEST:
        return span
    cuts = [(start + a, start + b) for a, b in split_sentences(text[start:end], said.lang)] or [span]
    if said.cue_start is not None and said.cue_start - start > (end - start) / 2:
        return next((a for a, _ in cuts if end - a <= LONGEST), cuts[-1][0]), end
    return start, next((b for _, b in reversed(cuts) if b - start <= LONGEST), cuts[0][1])


def merged(said: Sequence[Said]) -> list[Said]:
    """Without overlaps: two statements of one sentence are shown once. The order of the first of each stays."""
    kept: list[Said] = []
    for one in said:
        for place, other in enumerate(kept):
            a, b = one.candidate, other.candidate
            same = (a.passage.article_id, a.passage.version) == (b.passage.article_id, b.passage.version)
            if same and a.start < b.end and b.start < a.end:
                outer = a if a.start <= b.start and b.end <= a.end else b
                kept[place] = Said(outer, (*other.statements, *one.statements))
                break
        else:
            kept.append(one)
    return kept


def on_the_matter(asked: Asked, lang: str, said: Sequence[Said], embeddings: Embeddings) -> list[Said]:
    """Those near enough to what is asked about, in their order."""
    if not said:
        return []
    near = sorted(said, key=lambda one: -max(s.closeness for s in one.statements))[:COMPARED]
    texts = [" ".join(one.candidate.text.split()) for one in near]
    _, cover = compare(asked.matter, lang, texts, [one.candidate.passage.lang for one in near], embeddings)
    weights = [word.weight for word in question_words(asked.matter, lang)]
    value = cover @ weights / max(sum(weights), 1e-6)
    order = {id(one): place for place, one in enumerate(said)}
    if asked.place and value.max() >= FLOOR:  # what follows in the same article was said there, too
        value = occasion(asked, near, value)
    best = sorted(zip(value.tolist(), near, strict=True), key=lambda row: -row[0])[:BEST]
    kept = sorted((row for row in best if row[0] >= max(best[0][0] - SPREAD, FLOOR)), key=lambda row: order[id(row[1])])
    return [replace(one, candidate=replace(one.candidate, close=Closeness(covered=v, spoken=1.0))) for v, one in kept]


def occasion(asked: Asked, near: Sequence[Said], value: Floats) -> Floats:
    """The values, with the best one for what the speaker says in the same article behind it and with no occasion of its own."""
    first = near[int(value.argmax())].candidate
    follows = [
        one.candidate.passage.article_id == first.passage.article_id
        and one.candidate.start > first.start
        and any(speaks(asked.speaker, statement) and not statement.event for statement in one.statements)
        for one in near
    ]
    raised = value.copy()
    raised[follows] = value.max()
    return raised


def at_the_place(asked: Asked, lang: str, said: Sequence[Said], embeddings: Embeddings) -> list[Said]:
    """What was said at the place that the question names before what was said elsewhere, otherwise in their order."""
    events = [next((s.event for s in one.statements if s.event), "") for one in said]
    named = [event for event in dict.fromkeys(events) if event]
    if not named:
        return list(said)
    lang_of = {event: one.candidate.passage.lang for one, event in zip(said, events, strict=True)}
    langs = [lang_of[name] for name in named]
    _, cover = compare(asked.matter, lang, named, langs, embeddings)
    weights = [word.weight for word in question_words(asked.matter, lang)]
    value = dict(zip(named, (cover @ weights / max(sum(weights), 1e-6)).tolist(), strict=True))
    here = {name for name in named if value[name] >= max(max(value.values()) - SPREAD, FLOOR)}
    article = next((one.candidate.passage.article_id for one, event in zip(said, events, strict=True) if event in here), "")
    rank = [
        0 if event in here else 1 if not event and one.candidate.passage.article_id == article else 2
        for one, event in zip(said, events, strict=True)
    ]
    return [one for _, one in sorted(zip(rank, said, strict=True), key=lambda row: row[0])]


def one_of_each(said: Sequence[Said]) -> list[Said]:
    """The first of each outlet: what "which outlets quote X" asks for."""
    first: dict[str, Said] = {}
    for one in said:
        first.setdefault(one.candidate.passage.outlet, one)
    return list(first.values())


def ordered(said: Sequence[Said], asked: Asked) -> list[Said]:
    """Newest day first, one article after the other, own words before reports of them; with "did X deny", denials first."""
    articles = {key: n for n, key in enumerate(dict.fromkeys(one.candidate.passage.article_id for one in said))}

    def key(one: Said) -> tuple[bool, int, int]:
        denies = asked.denial and any(s.sense == "denies" for s in one.statements)
        return (not denies, articles[one.candidate.passage.article_id], one.rank)

    return sorted(said, key=key)
