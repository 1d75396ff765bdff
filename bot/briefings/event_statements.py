"""Who said what in an event: the statements of its articles that tell most, in their words, each speaker once."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.answers.writing import Writing
from bot.briefings import key_sentences as telling
from bot.briefings.claim_quoting import quoted
from bot.briefings.key_sentences import KeySentence
from bot.records import Sentence
from bot.retrieval.context import whole, widen
from index.index import Index
from index.quotes import UNCLEAR, same_person
from index.quotes.quotation import Quotation, distinct
from index.records import Filter, Scope
from index.text import quotation_marks
from index.text.names import WORD, holds_name
from index.text.quotation_cuts import cut
from index.text.terms import capitalised, names

STATEMENTS = 2
ABOVE = 300  # characters in which a time is named that a statement may be of
SAID = 30  # characters of a statement worth telling
WORDS, SHARE = 5, 1 / 3  # words within its quotation marks, and their share of what is shown: no "stunt" in a clause


def best_statements(
    told: Sequence[Sequence[KeySentence]], chosen: Sequence[KeySentence], writing: Writing, index: Index, lang: str
) -> list[Sentence]:
    """Who said what in the event's articles: each speaker once, and nothing twice in two languages."""
    reports = {sentences[0].report.article.id: sentences for sentences in told}
    quotations = distinct(index.quotes(scope=Scope(filter=Filter(ids=frozenset(reports))), limit=60))
    shown_statements: list[Sentence] = []
    heard: list[tuple[str, str]] = []  # name, its language
    shown = list(chosen)
    actors = {
        name for claim in chosen[:1] for name in names(f"{claim.report.article.title}\n{claim.text}", claim.lang)
    }  # whom the event is about
    for quotation in sorted(quotations, key=lambda quotation: _telling(quotation, lang, actors), reverse=True):
        claims = reports[quotation.article_id]
        article = claims[0].report.article
        speaker = quotation.speaker_resolved or quotation.speaker
        if (
            quotation.version != article.version
            or quotation.confidence < UNCLEAR
            or quotation.kind == "indirect"
            or quotation.end - quotation.start < SAID
        ):
            continue
        if (
            not speaker
            or any(same_person(speaker, other, quotation.lang, known) for other, known in heard)
            or len(shown_statements) == STATEMENTS
        ):
            continue
        start, end = whole(article.text, *widen(article.text, *_reach(quotation), article.lang), article.lang)
        if cut(article.text, start, end, article.lang):
            continue
        above = article.text[max(0, start - ABOVE) : start]
        if not _tells(article.text[start:end]) or telling.old(article.text[start:end], article.lang, article.published, above):
            continue
        here = [claim for claim in claims if claim.start < end and start < claim.end]
        if end - start > telling.LONG + 100 or any(float(a.vector @ b.vector) > telling.REPEATS for a in here for b in shown):
            continue
        if not holds_name(WORD.findall(speaker)[-1], article.text[start:end], same_lang=True):
            continue  # "he said": too easily somebody else
        sentence = quoted(writing, claims[0].report, start, end)
        if sentence is None:
            continue
        shown_statements.append(sentence)
        heard.append((speaker, quotation.lang))
        shown += here
    return shown_statements


def _tells(text: str) -> bool:
    """Whether a statement is told in the speaker's words, and not only a word or two of them."""
    quoted = " ".join(quotation_marks.quotations(text))
    return len(WORD.findall(quoted)) >= WORDS and len(quoted) >= SHARE * len(text)


def _telling(quotation: Quotation, lang: str, actors: Collection[str]) -> tuple[bool, bool, bool, float, int]:
    """What makes one statement better than another: the reader's language, whole quotations, somebody whom the event is about,
    a sure speaker."""
    speaker = names(capitalised(quotation.speaker_resolved or quotation.speaker), quotation.lang)
    about = bool(speaker) and speaker[-1] in actors
    return quotation.lang == lang, quotation.kind == "direct", about, quotation.confidence, -quotation.start


def _reach(quotation: Quotation) -> tuple[int, int]:
    """From a statement to its cue and speaker."""
    places = [(quotation.start, quotation.end)]
    if quotation.cue_start is not None and quotation.cue_end is not None:
        places.append((quotation.cue_start, quotation.cue_end))
    if (
        quotation.speaker_start is not None
        and quotation.speaker_end is not None
        and abs(quotation.speaker_start - quotation.start) < 400
    ):
        places.append((quotation.speaker_start, quotation.speaker_end))
    return min(a for a, _ in places), max(b for _, b in places)
