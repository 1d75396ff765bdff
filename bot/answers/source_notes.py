"""What is said of an answer's sources: of several outlets one alone says it, a date is years ahead, not the outlet itself
says that it takes a report back, what it tells is satire."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from bot.answers.corroboration import silent, worth_a_word
from bot.answers.newcomers import Standing, Unconfirmed, unconfirmed
from bot.answers.notes import note, origin, origin_of, worded
from bot.answers.other_report import HeldSentence
from bot.answers.writing import Writing, labels_of, outlet_shown
from bot.phrases import say
from bot.records import Note, Sentence, marks
from bot.retrieval.candidates import Candidate, moment, sentences_of
from bot.retrieval.retrieve import Retrieved
from bot.verification.disagreements import Difference, differing_figures
from index.ingest.provenance import AHEAD, TOO_LATE
from index.records import Passage, Period
from index.text import quotation_marks
from index.text.fold import Folded, fold
from index.text.lexicon import Lexicon
from index.text.outlets import satirical
from index.text.publishers import Publishers, host_of, independent, key

if TYPE_CHECKING:
    from index.index import Index

_STOP = re.compile(r"\n+|\. |。")
READ = 10  # hits that sentences of other outlets are taken from


def on_sources(writing: Writing, retrieved: Retrieved, index: Index, lang: str, *, differ: bool = False) -> list[Note]:
    """The notes on those that an answer cites. `differ`: other reports on the matter are named already."""
    cited = _cited(writing, retrieved)
    return [
        *_satire(cited, lang),
        *(() if differ else _weighed(cited, writing, retrieved, index, lang)),
        *_ahead(cited, writing, index.publishers, lang),
        *_taken_back(cited, index, lang),
    ]


def _cited(writing: Writing, retrieved: Retrieved) -> list[Passage]:
    """A passage of each article that the answer's sentences cite."""
    found = [*writing.evidence.passages, *(passage for hit in retrieved.hits for passage in hit.passages)]
    passages = {(p.article_id, p.version): p for p in reversed(found)}
    keys = dict.fromkeys((c.article_id, c.version) for sentence in writing.sentences for c in sentence.citations)
    return [passages[key] for key in keys if key in passages]


# Satire -----------------------------------------------------------------------------------------------------------------------


def _satire(cited: Sequence[Passage], lang: str) -> Iterator[Note]:
    """Whose reports are invented, of those cited."""
    for outlet in dict.fromkeys(passage.outlet for passage in cited if satirical(passage.outlet, passage.url)):
        yield Note(kind="source", text=say("satirical", lang, outlet=quotation_marks.unquoted(outlet or say("unnamed", lang))))


# One outlet alone -------------------------------------------------------------------------------------------------------------


def _weighed(cited: Sequence[Passage], writing: Writing, retrieved: Retrieved, index: Index, lang: str) -> Iterator[Note]:
    """That others do not bear out what a newcomer says; else that one outlet of several alone says something."""
    found = unconfirmed(writing, cited, retrieved, index)
    if found is None or found.verdict == "unclear":
        alone = list(_alone(writing, retrieved, index, lang))
        if alone or found is None:
            yield from alone
            return
    if found.verdict == "otherwise":
        sides = sorted((found.theirs, found.ours), key=moment)
        told = differing_figures(sides[1], sides[0])
        words = (told[0].words, told[1].words) if told else ("", "")
        if difference := note(Difference("conflict", "figure", sides[1], sides[0], words), writing, lang, index):
            yield difference
    elif beside := found.verdict == "unclear" and _beside(found, writing, index.publishers, lang):
        yield beside
    else:
        outlets = [_called(passage, index.publishers, lang) for passage in (found.ours.passage, *found.friends)]
        yield only(found.sentence, outlets, found.others, index.publishers, lang)


def only(sentence: Sentence, outlets: Iterable[str], others: Iterable[Passage], publishers: Publishers, lang: str) -> Note:
    """Whose claim a sentence is, and in whose reports on the event, of when, it was not found. No warning: what is newer may
    be what came of it."""
    elsewhere = "; ".join(dict.fromkeys(origin_of(passage, lang, publishers) for passage in others))
    named = list(dict.fromkeys(outlets))
    phrase = "alone_of" if len(named) == 1 else "alone_ofs"
    told = say(phrase, lang, marks=marks(sentence.citations), outlet=", ".join(named), others=elsewhere)
    return Note(kind="alone", text=told)


def _beside(found: Unconfirmed, writing: Writing, publishers: Publishers, lang: str) -> Note | None:
    """What another outlet says on the event that one reports which is new here, unless the answer has it."""
    passage = found.theirs.passage
    if any(c.article_id == passage.article_id for sentence in writing.sentences for c in sentence.citations):
        return None
    theirs = found.theirs
    if citations := writing.beside([(theirs.passage, theirs.start, theirs.end)]):
        words = f"{origin(theirs, lang, publishers)}: {worded(theirs, lang)}"
        outlet = _called(found.ours.passage, publishers, lang)
        return Note(kind="alone", text=say("beside", lang, outlet=outlet, other=words), citations=citations)
    return None


def _called(passage: Passage, publishers: Publishers, lang: str) -> str:
    """An outlet's name, or its site."""
    name = publishers.shown(passage.outlet, passage.url) or host_of(passage.url)
    return quotation_marks.unquoted(name or say("unnamed", lang))


def _alone(writing: Writing, retrieved: Retrieved, index: Index, lang: str) -> Iterator[Note]:
    """That one outlet alone says what a sentence tells: where several others reported on the event before, or it is doubtful.

    Where nobody else writes about the event there is nothing to tell: the sources show whose report it is, and its copies.
    """
    narrowed = retrieved.results.filter
    if (narrowed and (narrowed.outlets or narrowed.sources or narrowed.authors or narrowed.ids)) or len(index.outlets) < 2:
        return
    passages = {(p.article_id, p.version): p for p in _cited(writing, retrieved)}
    before: Passage | None = None
    for sentence in _first_of_each(writing.sentences):
        own = [passages[key] for c in sentence.citations if (key := (c.article_id, c.version)) in passages]
        if not own or (before and not _later(own[0], before)):
            continue
        before = before or own[0]
        if told := _alone_in(sentence, own, writing, retrieved, index, lang):
            yield told
            return


def _first_of_each(sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    """The first sentence that stands on each article."""
    seen: set[str] = set()
    for sentence in sentences:
        ids = {citation.article_id for citation in sentence.citations}
        if not ids <= seen:
            yield sentence
        seen |= ids


def _later(one: Passage, first: Passage) -> bool:
    """Whether an article came out after that of an answer's first sentence, or nobody knows."""
    return not (one.published and first.published) or one.published.start > first.published.start


def _alone_in(
    sentence: Sentence, own: Sequence[Passage], writing: Writing, retrieved: Retrieved, index: Index, lang: str
) -> Note | None:
    """That one outlet alone says what a sentence does. `own`: what it stands on."""
    publishers = index.publishers
    labels = [publishers.labels(passage.outlet, passage.url, passage.agency) for passage in own]
    tiers = {publishers.tier(passage.outlet, passage.url) for passage in own}
    if not own or not all(labels) or independent(labels) > 1 or tiers == {"trusted"} or writing.likeness is None:
        return None
    story = [article for passage in own for article in index.story(passage)]
    first = next((article for article in story if article.id == article.origin), own[0])
    name = first.agency or first.outlet
    related = frozenset().union(*labels, *(labels_of(article, publishers) for article in story))
    if host := _namesake(own[0], retrieved, publishers):
        name, tiers, related = f"{name} ({host})", {"doubtful"}, frozenset({f"site {host}"})
    said = " ".join(citation.quote for citation in sentence.citations)  # without the days that we add
    doubtful = tiers == {"doubtful"}
    if not (doubtful or (worth_a_word(said, own[0].lang) and not Standing(index).new(own[0]))) or not name:
        return None  # what a newcomer says was weighed already
    question = writing.evidence.question
    claim = HeldSentence(said, own[0].lang, own[0].published, question.stems, when=question.kind == "when")
    others = silent(
        own[0], claim, _of_others(retrieved, related, publishers), writing.likeness, writing.article,
        lambda passage: labels_of(passage, publishers),
    )  # fmt: skip
    if others == []:
        return None
    if doubtful:
        text = say("alone", lang, marks=marks(sentence.citations), outlet=quotation_marks.unquoted(name))
        return Note(kind="source", text=text)
    return only(sentence, [quotation_marks.unquoted(name)], others, publishers, lang) if others else None


def _namesake(ours: Passage, retrieved: Retrieved, publishers: Publishers) -> str:
    """The site of an article whose outlet's name another site has in an earlier report that was found; "" if none has."""
    site_of = {label for label in publishers.labels("", ours.url) if label.startswith("site ")}
    for hit in retrieved.hits:
        other = hit.passage
        theirs = {label for label in publishers.labels("", other.url) if label.startswith("site ")}
        same = bool(ours.outlet) and key(other.outlet) == key(ours.outlet) and bool(site_of and theirs) and not site_of & theirs
        if same and other.published and (ours.published is None or other.published.start < ours.published.start):
            return next(iter(site_of)).removeprefix("site ")
    return ""


def _of_others(retrieved: Retrieved, related: frozenset[str], publishers: Publishers) -> list[Candidate]:
    """The sentences of what was found of other outlets."""
    return [
        sentence
        for hit in retrieved.hits[:READ]
        if not labels_of(hit.passage, publishers) & related
        and publishers.tier(hit.passage.outlet, hit.passage.url) != "doubtful"
        for passage in hit.passages
        for sentence in sentences_of(passage, 0)
    ]


# Dates and notices ------------------------------------------------------------------------------------------------------------


def _ahead(cited: Sequence[Passage], writing: Writing, publishers: Publishers, lang: str) -> Iterator[Note]:
    """That a source is dated years from now, or was and is kept without that date."""
    now = Period.now()
    for passage in cited:
        name = quotation_marks.unquoted(outlet_shown(passage, publishers, lang) or passage.title)
        if passage.published and passage.published.start > now.end + AHEAD:
            yield Note(kind="source", text=say("ahead", lang, date=str(passage.published)[:10], outlet=name))
        elif passage.published is None:
            article = writing.article(passage.article_id, passage.version)
            if article and article.date_source == TOO_LATE:
                yield Note(kind="source", text=say("too_late", lang, outlet=name))


def _taken_back(cited: Sequence[Passage], index: Index, lang: str) -> Iterator[Note]:
    """That a notice of withdrawal or correction that names an outlet is another's."""
    publishers = index.publishers
    for passage in cited:
        notice = _notice(f"{passage.title}\n{passage.text}", passage.lang)
        own = labels_of(passage, publishers)
        others = (o for o in index.outlets if o and notice and _names(notice, o) and not own & publishers.labels(o))
        if own and (named := next(others, "")):
            name = outlet_shown(passage, publishers, lang)
            yield Note(kind="source", text=say("takes_back", lang, outlet=quotation_marks.unquoted(name), other=named))


def _notice(text: str, lang: str) -> str:
    """The sentences of a text that withdraw or correct a report, folded, each with its neighbours, of which one may name whose
    report it is: "The count was withdrawn. So the Courier told its readers."; "" if none does."""
    words, parts = Lexicon(lang), _STOP.split(Folded(text).text)
    found = [n for n, part in enumerate(parts) if words.withdraws.search(part) or words.corrects.search(part)]
    return "\n".join(". ".join(parts[max(0, n - 1) : n + 2]) for n in found)


def _names(text: str, outlet: str) -> bool:
    """Whether a folded text has an outlet's name."""
    return bool(re.search(rf"(?<!\w){re.escape(fold(outlet))}(?!\w)", text))
