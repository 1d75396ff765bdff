"""Pure: the sentences that may be part of an answer, as passages and whole articles are taken apart into them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.retrieval.weights import Closeness
from index.records import Article, Passage
from index.text.fold import fold
from index.text.lexicon import Lexicon
from index.text.names import WORD, holds_name
from index.text.passages import sentences as split_sentences

UNKNOWN = Closeness()  # of a sentence that was found in another way than by the question's words
_BEHIND_WORDS = re.compile(r"\s*—[A-ZÀ-Þ]")
_AGE = re.compile(r"\w+ \w+ \d{1,3}\.")  # "She was 86." is a sentence of stop words, and no date
BELOW = 100.0  # log-odds taken from what is not shown beside what stands first
CLOSING = " \t\n\"'”’»“)]"  # what may stand behind the last mark of a sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence that may be part of the answer. Offsets are code points of the article."""

    passage: Passage
    hit: int  # rank of its hit, from 0
    start: int
    end: int
    text: str  # article.text[start:end]
    close: Closeness = UNKNOWN
    cover: tuple[float, ...] = ()  # of each word of the question, 0..1
    read: float | None = None  # log-odds that it answers, as the trained reader has it; None: not read
    score: float = 0.0  # log-odds that it holds the answer, of all of these
    heading: str = ""  # what it stands under in an answer: an occasion and its date
    cut: bool = False  # it is the beginning of its sentence, and shown so


def sentences_of(passage: Passage, rank: int) -> list[Candidate]:
    """The sentences of a passage, without those that are too short to say anything, or a date alone."""
    return [
        Candidate(passage=passage, hit=rank, start=passage.start + a, end=passage.start + b, text=passage.text[a:b])
        for a, b in sentence_spans(passage.text, passage.lang)
    ]


def sentences_in(article: Article) -> list[Candidate]:
    """The same of a whole article."""
    return sentences_of(passage_of(article), 0)


def passage_of(article: Article, start: int = 0, end: int | None = None) -> Passage:
    """[start, end) of an article's text as a passage of it; all of it by default."""
    a, text = article, article.text[start:end]
    return Passage(
        id="", article_id=a.id, version=a.version, start=start, end=start + len(text), text=text, title=a.title,
        outlet=a.outlet, agency=a.agency, lang=a.lang, url=a.url, published=a.published, origin=a.origin,
    )  # fmt: skip


def moment(candidate: Candidate) -> int:
    """When its report came out, in seconds; 0 where that is not known."""
    return candidate.passage.published.start if candidate.passage.published else 0


def has_name(passage: Passage, name: str, lang: str) -> bool:
    """Whether a passage or its title has a name of a question in `lang`, in any spelling."""
    return holds_name(name, f"{passage.title} {passage.text}", same_lang=passage.lang == lang)


@lru_cache(maxsize=2_000)
def sentence_spans(text: str, lang: str) -> tuple[tuple[int, int], ...]:
    """The sentences of a passage, without those that are too short to say anything, or a date alone."""
    spans = split_sentences(text, lang)
    long = ((a, b) for a, b in spans if len(WORD.findall(text[a:b])) >= 3 or b - a >= 12)
    return tuple((a, b) for a, b in long if not tells_nothing(text[a:b], lang))


def tells_nothing(text: str, lang: str) -> bool:
    """Whether a line is a date alone, with or without a label, or says behind a dash whose words stand above it.

    >>> lines = ("Monday, July 15, 2019", "Published: 2019-07-15", "—Lukasz Osk on the rescue", "He died.")
    >>> [tells_nothing(text, "en") for text in lines]
    [True, True, True, False]
    """
    words = Lexicon(lang)
    dated = {*words.months, *words.months_short, *words.weekdays, *words.stopwords, *words.date_labels, "date"}
    if all(word.isdigit() or fold(word) in dated for word in WORD.findall(text)):
        return bool(re.search(r"\d", text)) and not _AGE.fullmatch(text)
    return bool(_BEHIND_WORDS.match(text)) and text.rstrip(CLOSING)[-1:].isalnum()
