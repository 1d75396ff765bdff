"""Drafts in, sentences that may be shown out: the only way into an answer.

Draft -> an article's own words, or checked -> stopped | pending for the judge | unconfirmed -> Sentence

quoted       an article's own words
verified     a model's words: nothing stops them, and the judge finds them in the words that they stand on
unconfirmed  a model's words: nothing stops them, and no judge has confirmed them; shown with the article's words beneath
withheld     stopped: counted with the reason, never shown
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.answers import date_notes
from bot.answers.extractive import CAP
from bot.answers.names_beside import not_told
from bot.phrases import say
from bot.records import Citation, Draft, Sentence, Source
from bot.retrieval.context import widen
from bot.retrieval.evidence import Evidence
from bot.verification import judge_case, verify
from bot.verification.evidence import CitedPassage, Likeness
from bot.verification.judge import Judge
from bot.verification.taken_back import with_what_takes_it_back
from index.records import Article, Passage
from index.text import quotation_marks
from index.text.language import identify
from index.text.names import WORD, content_stems
from index.text.numbers import numerals_in
from index.text.printable import title_line
from index.text.publishers import SHIPPED, Publishers
from index.text.quotation_cuts import CUT, cut
from index.text.terms import UNSPACED

if TYPE_CHECKING:
    import threading
    from collections.abc import Sequence

PASSAGES = 8  # shown to a chat model
LONG = 320  # characters of a source's sentence, from which only the words pointed at are cited
MOST_CITED = 2400  # characters of articles beneath a model's sentences
FEWEST = 4  # words of a sentence: "Los Angeles Lakers" says nothing

_GOES_ON = re.compile(r"[,;] | [–—] ")  # behind words that do not end their sentence
_UNSPACED = re.compile(f"[{UNSPACED}]")


@dataclass(frozen=True, slots=True)
class Pending:
    """A model's sentence, until the judge has read it."""

    sentence: Sentence
    case: judge_case.Case
    heading: str
    stopped: verify.Reason | None = None  # why it is withheld unless the judge supports it


@dataclass(slots=True)
class Writing:
    """The answer as far as it is written. `add`, and `judged` where there is a judge, are the only ways in."""

    evidence: Evidence
    lang: str
    article: Callable[[str, int], Article | None]
    likeness: Likeness | None = None
    judge: Judge | None = None
    strict: bool = False  # what nobody has confirmed is withheld
    copies: Mapping[str, int] = field(default_factory=dict)  # other articles with the same story, by article id
    publishers: Publishers = SHIPPED
    sentences: list[Sentence] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    withheld: list[verify.Reason] = field(default_factory=list)  # why, one for each sentence
    worded: int = 0  # sentences in a model's own words
    quoted: int = 0  # characters
    _pending: list[Pending] = field(default_factory=list)
    _read: list[CitedPassage] = field(default_factory=list)
    _under: str = ""  # the heading that the last sentence stands under

    def add(self, draft: Draft) -> Sentence | None:
        """The sentence that may be shown for a draft, recorded; None if there is none, or it waits for the judge."""
        if draft.span:
            return self._record(self._quotation(draft), draft.heading)
        checked, lang = self._check(draft)
        if checked.blocks and not (self.judge and checked.judgeable):
            self.withheld.append(checked.blocks[0].reason)
            instead = self._instead(checked)
            return self._record(self._quotation(instead), draft.heading) if instead else None
        if self._says_nothing(checked.text, lang):
            return None
        sentence = self._worded(checked, lang)
        if self.judge is None:
            return self._unconfirmed(sentence, draft.heading)
        stopped = checked.blocks[0].reason if checked.blocks else None
        self._pending.append(Pending(sentence, judge_case.case(checked, self.read()), draft.heading, stopped))
        return None

    @property
    def drafted(self) -> int:
        """Sentences that are shown, or will be if the judge has nothing against them."""
        return len(self.sentences) + len(self._pending)

    def judged(self, *, stop: threading.Event | None = None) -> Iterator[Sentence]:
        """The sentences that waited for the judge, in their order, as soon as it has read them; recorded."""
        waiting, self._pending = self._pending, []
        if not waiting or self.judge is None:
            return
        known: dict[str, judge_case.Verdict] = {}
        verdicts = self.judge.verdicts([pending.case for pending in waiting], self.read(), stop=stop)
        for id, verdict in verdicts:
            known[id] = verdict
            while waiting and waiting[0].case.id in known:
                pending = waiting.pop(0)
                if sentence := self._settled(pending, known[pending.case.id]):
                    yield sentence
        for pending in waiting:
            if sentence := self._settled(pending, known.get(pending.case.id, "unjudged")):
                yield sentence

    def _settled(self, pending: Pending, verdict: judge_case.Verdict) -> Sentence | None:
        if verdict == "contradicted":
            self.withheld.append("judge")
            return None
        if verdict == "supported":
            return self._record(replace(pending.sentence, status="verified"), pending.heading)
        if pending.stopped and verdict != "likely":
            self.withheld.append(pending.stopped)
            return None
        return self._unconfirmed(pending.sentence, pending.heading)

    def _unconfirmed(self, sentence: Sentence, heading: str) -> Sentence | None:
        if self.strict:
            self.withheld.append("unconfirmed")
            return None
        return self._record(sentence, heading)

    def _record(self, sentence: Sentence | None, heading: str) -> Sentence | None:
        """The sentence with the sources it cites, if it says something that is not there yet and does not quote too much."""
        if sentence is None:
            return None
        own, known = sentence.status != "quoted", len(self.sources)
        sentence = replace(
            sentence,
            citations=tuple(self._numbered(c) for c in sentence.citations),
            stands_in=not own and bool(self.worded or self.withheld),
        )
        fresh = [c for c in sentence.citations if not self._shown(c)]
        size = sum(len(c.quote) for c in fresh)
        if not (fresh or (own and self._adds(sentence))) or self.quoted + size > (MOST_CITED if own else CAP):
            del self.sources[known:]
            return None
        self.quoted += size
        self.worded += own
        self.sentences.append(sentence)
        self._under = heading
        return sentence

    def _adds(self, sentence: Sentence) -> bool:
        """Whether a model's sentence on words that are cited already says something of its own."""
        said = frozenset().union(*(content_stems(s.text, s.lang) for s in self.sentences))
        return not content_stems(sentence.text, sentence.lang) <= said

    def beside(self, stretches: Sequence[tuple[Passage, int, int]]) -> tuple[Citation, ...]:
        """Citations for a note, in that order; none where they would take the answer over what may be quoted."""
        known = len(self.sources)
        citations = []
        for passage, start, end in stretches:
            article = self.article(passage.article_id, passage.version)
            if article is None:
                return ()
            citation = _citation(passage, start, end, article.text[start:end])
            citations.append(replace(citation, number=self.number(passage)))
        size = sum(len(c.quote) for c in citations if not self._shown(c))
        if self.quoted + size > CAP:
            del self.sources[known:]
            return ()
        self.quoted += size
        return tuple(citations)

    def cites(self, passage: Passage, start: int, end: int) -> bool:
        """Whether something in a stretch of an article is cited by a sentence that is shown."""
        key = (passage.article_id, passage.version)
        return any(
            (c.article_id, c.version) == key and c.start < end and start < c.end for s in self.sentences for c in s.citations
        )

    def _shown(self, citation: Citation) -> bool:
        return any(
            (c.number, c.start, c.end) == (citation.number, citation.start, citation.end)
            for s in self.sentences
            for c in s.citations
        )

    # An article's own words

    def _quotation(self, draft: Draft) -> Sentence | None:
        """A draft that is an article's own words: they are, or it is not shown."""
        source = next((s for s in self.read() if draft.cites and s.number == draft.cites[0]), None)
        if source is None or draft.span is None:
            return None
        quote = source.text[slice(*draft.span)]
        if not quote.strip():
            return None
        start, end = with_what_takes_it_back(source.text, *draft.span, source.passage.lang)
        quote = source.text[start:end]
        names = tuple((at - start, name) for at, name in not_told(draft.asides, source.text, self.sentences))
        days = date_notes.asides(quote, source.passage.published, source.passage.lang, self.lang, title=source.passage.title)
        cuts = cut(source.text, start, end, source.passage.lang)
        words = cuts.shown(date_notes.inserted(quote, names + days))
        if any(f"[{name}]" in said for said in quotation_marks.quotations(quotation_marks.shown(words)) for _, name in names):
            words = cuts.shown(date_notes.inserted(quote, days))  # within somebody's words nothing of ours is put
        if _GOES_ON.match(source.text, end):
            words = f"{words} {CUT}"
        return Sentence(
            text=quotation_marks.shown(words),
            citations=(_citation(source.passage, start, end, quote),),
            lang=source.passage.lang,
            heading="" if draft.heading == self._under else draft.heading,
        )

    def _instead(self, checked: verify.Checked) -> Draft | None:
        """The article's sentence for one that changes a quotation, or lets somebody say what is not borne out: that which has
        the quotation, or else that on which the model's stands.

        In the language of the answer, and a full sentence: a heading or a caption stands in for nothing.
        """
        reasons = {block.reason for block in checked.blocks}
        if not reasons & {"quotation", "speaker"} or not reasons <= {"quotation", "speaker", "name"}:
            return None
        by_number = {s.number: s for s in self.read()}
        found = [(q.number, q.span) for q in checked.quotations if q.span is not None and q.verdict != "elsewhere"]
        for number, span in found or (
            [] if checked.quotations else [(words.number, words.sentence) for words in checked.words]
        ):
            source = by_number.get(number)
            if source is None or source.passage.lang != self.lang:
                continue
            start, end = widen(source.text, *span, source.passage.lang)
            full = re.search(r"[.!?…。！？][\"”\"»’)]*$", source.text[start:end].strip())
            if full and not self.cites(source.passage, start, end):
                return Draft(cites=(source.number,), span=(start, end))
        return None

    # A model's words

    def _check(self, draft: Draft) -> tuple[verify.Checked, str]:
        """What is wrong with a draft, and its language: a model may answer in another one than it was asked to."""
        lang = identify(draft.text, default=self.lang) if len(draft.text.split()) > 5 else self.lang
        seen = [source for source in self.read() if source.number <= PASSAGES]
        return verify.check(draft.text, draft.cites, seen, lang, words=draft.words, likeness=self.likeness), lang

    def _says_nothing(self, text: str, lang: str) -> bool:
        """Whether a sentence is none, or says no more than the question does, with or without its question word."""
        if len(WORD.findall(text)) < FEWEST and not _UNSPACED.search(text):
            return True
        question = self.evidence.question
        if lang != question.lang or question.kind == "other":  # "Was an agreement reached?": "It was."
            return False
        return content_stems(text, lang) <= question.stems and not numerals_in(text, lang)

    def _worded(self, checked: verify.Checked, lang: str) -> Sentence:
        """A model's sentence with the words it stands on."""
        by_number = {s.number: s for s in self.read()}
        spans: dict[int, list[tuple[int, int]]] = {}
        for words in checked.words:
            short = words.sentence[1] - words.sentence[0] <= LONG
            spans.setdefault(words.number, []).append(words.sentence if short else words.span)
        whole = [
            (by_number[n], [with_what_takes_it_back(by_number[n].text, *span, by_number[n].passage.lang) for span in own])
            for n, own in spans.items()
        ]
        stretches = [(source, span) for source, own in whole for span in _joined(own)]
        citations = tuple(_citation(s.passage, a, b, s.text[a:b]) for s, (a, b) in stretches)
        text = checked.text
        articles = {(c.article_id, c.version): s.passage for c, (s, _) in zip(citations, stretches, strict=True)}
        if len(articles) == 1:  # "this Wednesday" of one article, in the model's words
            (passage,) = articles.values()
            days = date_notes.asides(text, passage.published, lang, self.lang, title=passage.title)
            text = date_notes.inserted(text, days)
        return Sentence(text=text, citations=citations, lang=lang, status="unconfirmed")

    # Sources

    def read(self) -> list[CitedPassage]:
        """The passages with the texts of their articles, numbered as the evidence."""
        if not self._read:
            for number, passage in enumerate(self.evidence.passages, 1):
                article = self.article(passage.article_id, passage.version)
                if article is not None:
                    self._read.append(CitedPassage(number, passage, article.text))
        return self._read

    def _numbered(self, citation: Citation) -> Citation:
        """A citation with the number of its source, which joins the sources if it is new."""
        if citation.number:
            return citation
        key = (citation.article_id, citation.version)
        passage = next(p for p in self.evidence.passages if (p.article_id, p.version) == key)
        return replace(citation, number=self.number(passage))

    def number(self, passage: Passage) -> int:
        """The number of an article among the sources, which it joins if it is new."""
        for source in self.sources:
            if (source.article_id, source.version) == (passage.article_id, passage.version):
                return source.number
        self.sources.append(
            Source(
                number=len(self.sources) + 1, article_id=passage.article_id, version=passage.version,
                title=title_line(passage.title), outlet=outlet_shown(passage, self.publishers, self.lang),
                agency=passage.agency, lang=passage.lang, url=passage.url, published=passage.published,
                copies=self.copies.get(passage.article_id, 0),
            )
        )  # fmt: skip
        return len(self.sources)


def outlet_shown(passage: Passage, publishers: Publishers, lang: str) -> str:
    """Who published an article, in our words where it only claims so: "claims to be Reuters (a.example)"."""
    claim = publishers.claim(passage.outlet, passage.url)
    return say("claims", lang, outlet=claim[0], host=claim[1]) if claim else publishers.shown(passage.outlet, passage.url)


def labels_of(item: Passage | Article, publishers: Publishers) -> frozenset[str]:
    """Whose report it is, and who printed it."""
    return publishers.labels(item.outlet, item.url) | publishers.labels(item.outlet, item.url, item.agency)


def _citation(passage: Passage, start: int, end: int, quote: str) -> Citation:
    """A stretch of an article, without the number that it gets when it is shown."""
    return Citation(number=0, article_id=passage.article_id, version=passage.version, start=start, end=end, quote=quote)


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that overlap or touch made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
