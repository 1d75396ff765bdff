"""Questions about who said what, answered from the statements of the library.

    question -> WhoSaid -> Index.quotes -> whole sentences (`occasions`) -> those on the topic,
    or at the place -> by occasion, newest first

A question that is not recognised, or whose speaker has no statement on the topic, goes the ordinary way (`evidence.py`). What
is shown are whole sentences that hold a statement with its cue and its speaker, so that "he denied that" never hardens into a
fact.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.questions.question import Question
from bot.questions.sentence_kind import says
from bot.questions.who_said import WhoSaid
from bot.questions.words import QueryText
from bot.retrieval.candidates import Candidate
from bot.retrieval.evidence import Evidence
from bot.retrieval.instructions_left_out import barred_in
from bot.retrieval.occasions import LONGEST, Excerpt, at_the_place, grouped, merged, one_of_each, sentences
from bot.retrieval.weights import Closeness, Features
from bot.retrieval.word_coverage import compare
from index.index import Index
from index.quotes import UNCLEAR, Statement
from index.quotes.quotation import Quotation, distinct
from index.quotes.speakers import speaks
from index.records import Embeddings, Period, Scope
from index.text.fold import fold
from index.text.lexicon import Lexicon
from index.text.names import WORD, holds_name, names_in
from index.text.passages import sentences as split_sentences

if TYPE_CHECKING:
    from bot.retrieval.evidence import Floats

LOOKED_AT = 300  # statements of a speaker, the newest on the topic
MENTIONED = 3  # articles that are read for mere mentions
BEST = 8  # sentences on the topic that are kept
SPREAD = 0.08  # how far below the best a sentence may cover the topic, and how much of it at least: sentences on something
FLOOR = 0.8  # else have .65 to .78 in our samples, in one language or across two
AROUND = 0.84  # the same of a title or a neighbour, of each word of the topic
MOST = 9  # sentences of one answer
COMPARED = 40  # sentences put beside the topic, in one batch


def look(question: Question, index: Index, *, scope: Scope = Scope()) -> Evidence | None:
    """The evidence of a question about who said what; None if it is none, or if nobody is on record with it."""
    who_said = question.who_said
    if who_said is None:
        return None
    excerpts = answering(who_said, question.lang, index, scope)
    return evidence(question, one_of_each(excerpts) if who_said.outlets else excerpts)


def answering(who_said: WhoSaid, lang: str, index: Index, scope: Scope) -> list[Excerpt]:
    """What was said in answer: on the occasion that is asked about, on the topic, or all there is; in the order of telling."""
    quotations = as_spoken(trusted(find(index, who_said, lang, scope), index), who_said)
    excerpts = sentences(quotations, index.article)

    def denied_by_another(excerpt: Excerpt) -> bool:
        return bool(excerpt.statements) and not any(is_theirs(who_said, lang, one) for one in excerpt.statements)

    mentions = mentions_of(who_said, lang, quotations, index, scope) if who_said.speaker and not who_said.outlets else []
    if not who_said.topic:
        return grouped(merged([*excerpts, *mentions]), lang, denials_first=who_said.denial)
    here = at_the_place(who_said.topic, lang, excerpts)
    if who_said.place and here:
        return grouped(here, lang, denials_first=who_said.denial)
    beside_them = mentions if quotations else []  # a mere mention alone says too little
    near = on_the_topic(who_said, lang, merged([*excerpts, *beside_them]), index.embeddings)
    if who_said.place:
        return at_the_words(who_said, lang, near, index.embeddings)
    if who_said.speaker and all(map(denied_by_another, near)):
        near = []  # somebody else's denial of words that are not shown
    if not near and who_said.carried:
        near = in_its_articles(who_said, lang, excerpts, index)
    on_the_occasion = {excerpt.place for excerpt in here}
    return sorted(grouped(near, lang, denials_first=who_said.denial), key=lambda excerpt: excerpt.place not in on_the_occasion)


def as_spoken(quotations: list[Quotation], who_said: WhoSaid) -> list[Quotation]:
    """Where the original is asked for, own words that no article calls a translation, those said to be as spoken first."""
    if not who_said.original:
        return quotations
    own = [quotation for quotation in quotations if quotation.kind == "direct" and quotation.words != "translated"]
    return sorted(own, key=lambda quotation: quotation.words != "original")


# Finding what was said -------------------------------------------------------------------------------------------------------


def find(index: Index, who_said: WhoSaid, lang: str, scope: Scope) -> list[Quotation]:
    """The statements asked for, newest first. A period that is no condition is left aside when nothing lies in it."""
    within = narrowed(who_said, scope)
    for period in dict.fromkeys((who_said.period, who_said.period if who_said.bounded else None)):

        def quotes(about: str, limit: int, period: Period | None = period) -> list[Quotation]:
            return index.quotes(speaker=who_said.speaker, about=about, since=period, until=period, limit=limit, scope=within)

        quotations = quotes("", COMPARED + 1) if who_said.speaker else []
        if who_said.topic and len(quotations) in (0, COMPARED + 1):  # too many to compare each
            quotations = quotes(who_said.topic, LOOKED_AT)
        if not quotations and fold(who_said.speaker.rpartition(" ")[2]) in Lexicon(lang).speaker_groups:
            # Nobody is on record as "the parties": whoever speaks in that time, on that topic.
            quotations = index.quotes(about=who_said.topic, since=period, until=period, limit=COMPARED, scope=within)
        if quotations:
            break
    quotations = fully_named(who_said, lang, quotations, index, within)
    if who_said.speaker and who_said.topic and quotations:  # a claim is not shown without its denial
        on_the_topic = index.quotes(
            about=who_said.topic, limit=LOOKED_AT, scope=scope.only(ids={quotation.article_id for quotation in quotations})
        )
        quotations += [quotation for quotation in on_the_topic if quotation.sense == "denies" and quotation not in quotations]
    return [quotation for quotation in distinct(quotations) if quotation.confidence >= UNCLEAR]


def is_theirs(who_said: WhoSaid, lang: str, statement: Statement) -> bool:
    """Whether a statement that was found is of the one asked about, and no denial of it."""
    group = fold(who_said.speaker.rpartition(" ")[2]) in Lexicon(lang).speaker_groups
    return statement.sense != "denies" or group or speaks(who_said.speaker, statement, surname=True)


def fully_named(who_said: WhoSaid, lang: str, quotations: list[Quotation], index: Index, scope: Scope) -> list[Quotation]:
    """Where a full name is asked for and only a surname on record: those of articles with the full name, if there are any."""
    name = words_of(who_said.speaker, lang)
    if len(name) < 2 or any(holds_name(name[0], quotation.speaker_resolved, same_lang=False) for quotation in quotations):
        return quotations
    passages = index.sharing(who_said.speaker, k=20, scope=scope)
    whole = {p.article_id for p in passages if all(holds_name(word, p.text, same_lang=False) for word in name)}
    return [quotation for quotation in quotations if quotation.article_id in whole] if whole else quotations


def narrowed(who_said: WhoSaid, scope: Scope) -> Scope:
    """The scope with the outlet that the question names."""
    return scope.only(outlets={who_said.outlet}) if who_said.outlet else scope


def trusted(quotations: Sequence[Quotation], index: Index) -> list[Quotation]:
    """Without what gives a machine instructions: it has no standing as evidence."""
    barred = barred_in([one.passage for one in quotations], index.embeddings)
    return [quotation for quotation in quotations if barred.allows(quotation.article_id, quotation.start, quotation.end)]


def mentions_of(who_said: WhoSaid, lang: str, quotations: Sequence[Quotation], index: Index, scope: Scope) -> list[Excerpt]:
    """Sentences with the speaker's name and a word of saying that the rules made nothing of, in the articles that were found.

    In others, if there are none: those that have the whole name.
    """
    name = words_of(who_said.speaker, lang)
    passages = {quotation.article_id: quotation.passage for quotation in reversed(quotations)} or {
        passage.article_id: passage
        for passage in reversed(index.sharing(who_said.speaker, k=20, scope=narrowed(who_said, scope)))
        if all(holds_name(word, passage.text, same_lang=True) for word in name)
    }
    kept = list(reversed(passages.values()))[:MENTIONED]
    if not kept or not name:
        return []
    inside = scope.only(ids={passage.article_id for passage in kept})
    others = [
        quotation
        for quotation in index.quotes(limit=1000, scope=inside)
        if quotation.confidence >= UNCLEAR and names_in(quotation.speaker_resolved or quotation.speaker, quotation.lang)
    ]  # "according to a tweet by Mike Pompeo": the words of a tweet are nobody else's
    found = [index.article(passage.article_id, passage.version) for passage in kept]
    barred = barred_in([article for article in found if article], index.embeddings)
    excerpts = []
    for passage, article in zip(kept, found, strict=True):
        taken = [(quotation.start, quotation.end) for quotation in others if quotation.article_id == passage.article_id]
        for start, end in split_sentences(article.text, article.lang) if article else ():
            text = article.text[start:end] if article else ""
            free = not any(start < b and a < end for a, b in taken) and barred.allows(passage.article_id, start, end)
            if free and holds_name(name[-1], text, same_lang=True) and tells(text, passage.lang) and end - start <= LONGEST:
                excerpts.append(Excerpt(Candidate(passage=passage, hit=0, start=start, end=end, text=text), ()))
    return excerpts


def tells(text: str, lang: str) -> bool:
    """Whether a sentence has a word that may announce what somebody says or thinks."""
    cues = Lexicon(lang).speech_verbs
    return says(text, lang) or any(match.group().lower() in cues for match in WORD.finditer(text))


def words_of(name: str, lang: str) -> list[str]:
    """The words of a name that begin with a capital, without titles of the language it is asked for in."""
    titles = Lexicon(lang).titles
    return [word for word in re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", name) if word[0].isupper() and word.lower() not in titles]


# From statements to evidence -------------------------------------------------------------------------------------------------


def evidence(question: Question, excerpts: Sequence[Excerpt]) -> Evidence | None:
    """The sentences to answer with, best first; None where there are none."""
    candidates = tuple(replace(excerpt.candidate, score=10 - place / 100) for place, excerpt in enumerate(excerpts))
    passages = tuple(dict.fromkeys(candidate.passage for candidate in candidates))
    return (
        Evidence(
            question=question,
            passages=passages,
            candidates=candidates,
            features=Features(),
            probability=1.0,
            most=MOST,
        )
        if candidates
        else None
    )


def on_the_topic(who_said: WhoSaid, lang: str, excerpts: Sequence[Excerpt], embeddings: Embeddings) -> list[Excerpt]:
    """Those near enough to what is asked about, in their order."""
    if not excerpts:
        return []
    near = sorted(excerpts, key=lambda excerpt: -max((s.closeness for s in excerpt.statements), default=0.0))[:COMPARED]
    texts = [" ".join(excerpt.candidate.text.split()) for excerpt in near]
    topic = QueryText(text=who_said.topic, lang=lang)
    _, cover = compare(topic, texts, [excerpt.candidate.passage.lang for excerpt in near], embeddings)
    weights = [word.weight for word in topic.words]
    value = cover @ weights / max(sum(weights), 1e-6)
    if value.max() < FLOOR:  # "We come to talk about ships", under "Robledo in Karsund for talks on the strait"
        value[in_context(topic, near, embeddings)] = FLOOR
    order = {id(excerpt): place for place, excerpt in enumerate(excerpts)}
    if who_said.place and value.max() >= FLOOR:  # what follows in the same article was said there, too
        value = occasion(who_said, near, value)
    best = sorted(zip(value.tolist(), near, strict=True), key=lambda row: -row[0])[:BEST]
    kept = sorted((row for row in best if row[0] >= max(best[0][0] - SPREAD, FLOOR)), key=lambda row: order[id(row[1])])
    return [
        replace(excerpt, candidate=replace(excerpt.candidate, close=Closeness(covered=v, spoken=1.0))) for v, excerpt in kept
    ]


def in_its_articles(who_said: WhoSaid, lang: str, excerpts: Sequence[Excerpt], index: Index) -> list[Excerpt]:
    """Those of articles that have half of the words of a topic that was not asked about again."""
    topic = [word.text for word in QueryText(text=who_said.topic, lang=lang).words if word.content]
    kept: list[Excerpt] = []
    for excerpt in excerpts:
        passage = excerpt.candidate.passage
        article = index.article(passage.article_id, passage.version)
        text = f"{article.title} {article.text}" if article else ""
        if 2 * sum(holds_name(word, text, same_lang=passage.lang == lang) for word in topic) >= len(topic):
            kept.append(excerpt)
    return kept[:BEST]


def in_context(topic: QueryText, near: Sequence[Excerpt], embeddings: Embeddings) -> list[int]:
    """The places of what stands under a title, or beside a sentence, that has every word of the topic."""
    content = [place for place, word in enumerate(topic.words) if word.content]
    around = [[excerpt.candidate.passage.title, *beside(excerpt.candidate)] for excerpt in near]
    flat = [(place, text) for place, texts in enumerate(around) for text in texts if text]
    if not content or not flat:
        return []
    langs = [near[place].candidate.passage.lang for place, _ in flat]
    _, cover = compare(topic, [text for _, text in flat], langs, embeddings)
    least = cover[:, content].min(axis=1)
    return sorted({place for (place, _), value in zip(flat, least.tolist(), strict=True) if value >= AROUND})


def beside(candidate: Candidate) -> list[str]:
    """The sentences of a passage right before and right after one of them."""
    passage = candidate.passage
    start, end = candidate.start - passage.start, candidate.end - passage.start
    spans = split_sentences(passage.text, passage.lang)
    before, after = [s for s in spans if s[1] <= start][-1:], [s for s in spans if s[0] >= end][:1]
    return [passage.text[a:b] for a, b in (*before, *after)]


def occasion(who_said: WhoSaid, near: Sequence[Excerpt], value: Floats) -> Floats:
    """The values, with the best one for what the speaker says in the same article behind it and with no occasion of its own."""
    first = near[int(value.argmax())].candidate
    follows = [
        excerpt.candidate.passage.article_id == first.passage.article_id
        and excerpt.candidate.start > first.start
        and any(speaks(who_said.speaker, statement) and not statement.event for statement in excerpt.statements)
        for excerpt in near
    ]
    raised = value.copy()
    raised[follows] = value.max()
    return raised


def at_the_words(who_said: WhoSaid, lang: str, excerpts: Sequence[Excerpt], embeddings: Embeddings) -> list[Excerpt]:
    """What was said at a place that no table names, before what was said elsewhere, otherwise in their order."""
    events = [next((s.event for s in excerpt.statements if s.event), "") for excerpt in excerpts]
    named = [event for event in dict.fromkeys(events) if event]
    if not named:
        return list(excerpts)
    lang_of = {event: excerpt.candidate.passage.lang for excerpt, event in zip(excerpts, events, strict=True)}
    langs = [lang_of[name] for name in named]
    place = QueryText(text=who_said.topic, lang=lang)
    _, cover = compare(place, named, langs, embeddings)
    weights = [word.weight for word in place.words]
    value = dict(zip(named, (cover @ weights / max(sum(weights), 1e-6)).tolist(), strict=True))
    here = {name for name in named if value[name] >= max(max(value.values()) - SPREAD, FLOOR)}
    article = next(
        (excerpt.candidate.passage.article_id for excerpt, event in zip(excerpts, events, strict=True) if event in here), ""
    )
    rank = [
        0 if event in here else 1 if not event and excerpt.candidate.passage.article_id == article else 2
        for excerpt, event in zip(excerpts, events, strict=True)
    ]
    return [excerpt for _, excerpt in sorted(zip(rank, excerpts, strict=True), key=lambda row: row[0])]
