"""Drafts in, verified sentences out; and the generator that lets a chat model draft them.

A generator is anything with `generate`: the extractive one quotes, the chat one writes. Neither is trusted: what is shown went
through `verify.check`, and what failed was cited anew, replaced by the article's own words, or withheld and counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from bot.answers import date_notes
from bot.answers.extractive import CAP
from bot.llm import prompts
from bot.llm.models import Chat
from bot.llm.reply_parser import REFUSAL, drafts, one_line
from bot.phrases import language_name
from bot.questions.question import QueryText, Question
from bot.records import Citation, Draft, Sentence, Source, Turn
from bot.retrieval.context import widen
from bot.retrieval.evidence import Evidence
from bot.retrieval.word_coverage import TokenEmbeddings, compare
from bot.verification import verify
from index.errors import ModelError
from index.records import Article, Embeddings, Passage
from index.text import quotation_marks
from index.text.language import identify
from index.text.names import WORD, content_stems, holds_name, names_in
from index.text.numbers import numerals_in
from index.text.terms import UNSPACED

if TYPE_CHECKING:
    import threading

PASSAGES = 8  # shown to a chat model
SENTENCES = 5  # asked of it


_UNSPACED = re.compile(f"[{UNSPACED}]")


class Generator(Protocol):
    """What drafts answers. Called by `Bot.ask` once a question; safe in threads."""

    name: str  # shown as Answer.generator
    prompt: str  # "name@hash" of the prompt used, or ""

    def rewrite(self, question: Question, history: Sequence[Turn], *, stop: threading.Event | None = None) -> str:
        """What has to be searched for a question with turns before it: by rule `question.text`, for `question.asked`."""
        ...

    def generate(self, evidence: Evidence, lang: str, *, stop: threading.Event | None = None) -> Iterator[Draft]:
        """Sentences in `lang` on `evidence.passages`, cited by number from 1. None at all: the evidence does not answer.

        Raises ModelError when a server fails, also in the middle, and Stopped when `stop` is set while it waits for one.
        """
        ...


# Verified sentences ----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Writing:
    """The answer as far as it is verified. `add` is the only way in."""

    evidence: Evidence
    lang: str
    article: Callable[[str, int], Article | None]
    likeness: verify.Likeness | None = None
    lacking: verify.Lacking | None = None
    copies: Mapping[str, int] = field(default_factory=dict)  # other articles with the same story, by article id
    sentences: list[Sentence] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    withheld: int = 0
    worded: int = 0  # sentences in a model's own words
    quoted: int = 0  # characters
    _read: list[verify.Source] = field(default_factory=list)
    _under: str = ""  # the heading that the last sentence stands under

    def add(self, draft: Draft) -> Sentence | None:
        """The sentence that may be shown for a draft, recorded; None if there is none."""
        made = draft if draft.span else self._worded(draft)
        own = isinstance(made, Sentence)
        sentence = self._quotation(made) if isinstance(made, Draft) else made
        if sentence is None:
            return None
        fresh = [c for c in sentence.citations if not self._shown(c)]
        size = sum(len(c.quote) for c in fresh)
        if not (fresh or (own and self._adds(sentence))) or self.quoted + size > CAP:
            return None
        self.quoted += size
        self.worded += own
        self.sentences.append(sentence)
        self._under = draft.heading
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
            citations.append(self._citation(passage, start, end, article.text[start:end]))
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

    def _quotation(self, draft: Draft) -> Sentence | None:
        """A draft that is an article's own words: they are, or it is not shown."""
        source = next((s for s in self.read() if draft.cites and s.number == draft.cites[0]), None)
        if source is None or draft.span is None:
            return None
        start, end = draft.span
        quote = source.text[start:end]
        if not quote.strip():
            return None
        names = tuple((at - start, name) for at, name in draft.asides)
        days = date_notes.asides(quote, source.passage.published, source.passage.lang, self.lang)
        return Sentence(
            text=quotation_marks.shown(date_notes.inserted(quote, names + days)),
            citations=(self._citation(source.passage, start, end, quote),),
            lang=source.passage.lang,
            heading="" if draft.heading == self._under else draft.heading,
        )

    def _worded(self, draft: Draft) -> Sentence | Draft | None:
        """A model's sentence: as it is, cited anew, or replaced by the words it should have stood on."""
        sources = self.read()
        # A model may answer in another language than it was asked to: then it is checked, and labelled, as what it is.
        lang = identify(draft.text, default=self.lang) if len(draft.text.split()) > 5 else self.lang
        checked = self._check(draft.text, draft.cites, lang)
        if not checked.ok:
            others = [s.number for s in sources if s.number not in draft.cites]
            again = (self._check(draft.text, (n,), lang) for n in others)
            anew = next((c for c in again if c.ok), None)
            if anew is None:
                self.withheld += 1
                return self._instead(checked)
            checked = anew
        if self._echoes(checked.text, lang):
            return None
        if len(WORD.findall(checked.text)) < 4 and not _UNSPACED.search(checked.text):
            # "Los Angeles Lakers" says nothing
            self.withheld += 1
            return self._instead(checked)
        by_number = {s.number: s for s in sources}
        citations = tuple(
            self._citation(by_number[s.number].passage, *s.span, by_number[s.number].text[s.span[0] : s.span[1]])
            for s in checked.support
        )
        articles = {
            (c.article_id, c.version): by_number[s.number].passage for c, s in zip(citations, checked.support, strict=True)
        }
        text = checked.text
        if len(articles) == 1:  # "this Wednesday" of one article, in the model's words
            (passage,) = articles.values()
            text = date_notes.inserted(text, date_notes.asides(text, passage.published, lang, self.lang))
        return Sentence(text=text, citations=citations, lang=lang)

    def _echoes(self, text: str, lang: str) -> bool:
        """Whether a sentence says no more than the question does, with or without its question word."""
        question = self.evidence.question
        if lang != question.lang or question.kind == "other":  # "Was an agreement reached?" may be answered so
            return False
        return content_stems(text, lang) <= question.stems and not numerals_in(text, lang)

    def _check(self, text: str, cites: Sequence[int], lang: str) -> verify.Checked:
        return verify.check(text, cites, self.read(), lang, likeness=self.likeness, lacking=self.lacking)

    def _instead(self, checked: verify.Checked) -> Draft | None:
        """The sentence of the cited passage that a failed draft comes from, in the article's words."""
        by_number = {s.number: s for s in self.read()}
        spans = [(q.number, q.span, 1.0) for q in checked.quotations if q.span and q.verdict == "altered"]
        spans += [(s.number, s.span, s.score) for s in checked.support if s.score >= verify.ENOUGH / 2]
        for number, span, _ in sorted(spans, key=lambda row: -row[2]):
            source = by_number[number]
            start, end = widen(source.text, *span, source.passage.lang)
            if self.cites(source.passage, start, end):
                continue
            self.withheld -= 1  # repaired
            return Draft(cites=(number,), span=(start, end))
        return None

    def read(self) -> list[verify.Source]:
        """The passages with the texts of their articles, numbered as the evidence."""
        if not self._read:
            for number, passage in enumerate(self.evidence.passages, 1):
                article = self.article(passage.article_id, passage.version)
                if article is not None:
                    self._read.append(verify.Source(number, passage, article.text))
        return self._read

    def _citation(self, passage: Passage, start: int, end: int, quote: str) -> Citation:
        number = self.number(passage)
        return Citation(
            number=number, article_id=passage.article_id, version=passage.version, start=start, end=end, quote=quote
        )

    def number(self, passage: Passage) -> int:
        """The number of an article among the sources, which it joins if it is new."""
        for source in self.sources:
            if (source.article_id, source.version) == (passage.article_id, passage.version):
                return source.number
        self.sources.append(
            Source(
                number=len(self.sources) + 1, article_id=passage.article_id, version=passage.version, title=passage.title,
                outlet=passage.outlet, agency=passage.agency, lang=passage.lang, url=passage.url, published=passage.published,
                copies=self.copies.get(passage.article_id, 0),
            )
        )  # fmt: skip
        return len(self.sources)


# A chat model ----------------------------------------------------------------------------------------------------------------


class ChatGenerator:
    """Lets a chat model write from numbered passages, and cuts its stream into sentences."""

    def __init__(self, model: Chat, *, timeout: float = 60.0) -> None:
        self._model = model
        self._timeout = timeout
        self._template = prompts.load("answer")
        self._rewriting = prompts.load("rewrite")
        self._briefing = prompts.load("briefing")
        self.name = model.name
        self.prompt = self._template.version
        self.briefing_prompt = self._briefing.version

    def rewrite(self, question: Question, history: Sequence[Turn], *, stop: threading.Event | None = None) -> str:
        """The model's wording of a question that leans on the conversation, if it brings in nobody new; else the rule's."""
        asked, by_rule, lang = question.asked, question.text, question.lang
        if by_rule == asked:
            return asked
        said = "\n".join(f"{turn.role}: {one_line(turn.content)[:500]}" for turn in history[-6:])
        prompt = self._rewriting.fill(history=said, question=one_line(asked))
        try:
            reply = one_line("".join(self._model.stream(prompt, seconds=self._timeout / 3, stop=stop)))
        except ModelError:
            return by_rule
        known = f"{said} {asked}"
        new = [name for name in names_in(reply, lang) if not holds_name(name, known, same_lang=True)]
        lost = [name for name in names_in(asked, lang) if not holds_name(name, reply, same_lang=True)]
        return by_rule if new or lost or not 3 <= len(reply) <= 300 else reply

    def generate(self, evidence: Evidence, lang: str, *, stop: threading.Event | None = None) -> Iterator[Draft]:
        """The model's sentences, as they come. ModelError also when it does not finish in time."""
        prompt = self._template.fill(
            language=language_name(lang) or "the language of the question",
            sentences=str(SENTENCES),
            refusal=REFUSAL,
            passages="\n\n".join(numbered(n, passage) for n, passage in enumerate(evidence.passages[:PASSAGES], 1)),
            question=one_line(evidence.question.text),
        )
        yield from drafts(self._model.stream(prompt, seconds=self._timeout, stop=stop), 2 * SENTENCES)

    def event(self, evidence: Evidence, lang: str, sentences: int) -> Iterator[Draft]:
        """One event of a briefing from the openings of its reports: what happened, then so many sentences more. ModelError."""
        prompt = self._briefing.fill(
            language=language_name(lang) or lang,
            sentences=str(sentences),
            refusal=REFUSAL,
            passages="\n\n".join(numbered(n, passage) for n, passage in enumerate(evidence.passages[:PASSAGES], 1)),
        )
        yield from drafts(self._model.stream(prompt, seconds=self._timeout), 2 * (sentences + 1))

    def translate(self, text: str, lang: str, *, stop: threading.Event | None = None) -> str:
        """The model's translation of an article's words, without quotation marks: they are nobody's own now. ModelError."""
        fenced = one_line(text).replace("<<<", "‹‹‹").replace(">>>", "›››")
        prompt = prompts.load("translate").fill(language=language_name(lang) or lang, text=fenced)
        reply = one_line("".join(self._model.stream(prompt, seconds=self._timeout, stop=stop)))
        return " ".join(quotation_marks.DOUBLE.sub("", reply).split())[: 3 * len(text) + 200]


def numbered(number: int, passage: Passage) -> str:
    """A passage as the model sees it: fenced, so that its text cannot pass for anything else."""
    facts = ", ".join(one_line(x) for x in (passage.title, passage.outlet, str(passage.published or ""), passage.lang) if x)
    return f"[{number}] ({facts})\n<<<\n{passage.text.replace('<<<', '‹‹‹').replace('>>>', '›››')}\n>>>"


MISSED = 0.745  # how near the nearest word of its source is to a word that the source does not say


def lacking(embeddings: Embeddings) -> verify.Lacking:
    """Tells the words of a sentence that nothing in its evidence comes near, in any language. Names are not among them.

    Only a model that shows the vectors of a text's words can: for another nothing is ever lacking.
    """

    def missing(text: str, lang: str, evidence: str, other: str) -> list[str]:
        if not isinstance(embeddings, TokenEmbeddings):
            return []
        query = QueryText(text=text, lang=lang)
        _, cover = compare(query, [evidence], [other], embeddings)
        return [
            piece
            for word, near in zip(query.words, cover[0], strict=True)
            if word.content and not word.name and near < MISSED and (piece := text[word.start : word.end]).islower()
        ]

    return missing


def likeness(embed: Callable[[Sequence[str]], Sequence[Sequence[float]]]) -> verify.Likeness:
    """A Likeness made of vectors: cosine stretched so that unrelated sentences are near 0 and translations near 1."""

    def compare(text: str, others: Sequence[str]) -> list[float]:
        import numpy as np

        vectors = np.asarray(embed([text, *others]), np.float32)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        return [float(min(1.0, max(0.0, (x - 0.76) / 0.18))) for x in vectors[1:] @ vectors[0]]

    return compare
