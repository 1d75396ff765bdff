"""A file or a link that somebody sends: read by the library's own readers, then checked or asked about. Nothing is added.

file  -> its text -> every quotation held against the library ("check this", or no words), or the question answered from it
link  -> the page, through the safe fetcher -> the question answered from it, or how it begins
"""

from __future__ import annotations

import html
import re
import tempfile
import uuid
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.answers.writer import ChatGenerator
from bot.bot import Bot
from bot.questions.question import read
from bot.records import Answer, Citation, Note, Sentence, Source
from bot.slack import blocks
from bot.slack.blocks import Json
from bot.slack.streaming import SlackRefused, Unsure
from bot.verification.document_check import STATUSES, proofs
from index.errors import SourceError
from index.index import Index
from index.ingest import sources
from index.records import Article, Filter, Scope
from index.text.printable import one_line
from index.text.sentences import sentences

READ = (".pdf", ".docx", ".txt", ".text", ".md", ".markdown", ".html", ".htm", ".eml")
LARGEST = 20 * 2**20  # bytes of a file
FILES = 3  # of one message that are read
BEGINNING = 3  # sentences that show how a page begins
PROOFS = 30  # quotations that are shown

_LINK = re.compile(r"<(https?://[^|<>\s]+)(?:\|https?://[^<>]*)?>")  # as Slack writes it on the wire


class Unreadable(Exception):
    """What was sent cannot be read; why, in words for the person."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is said about something sent: Markdown, blocks below it, and the words for the conversation."""

    pieces: tuple[str, ...]
    below: tuple[Json, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Attachments:
    """Reads what is sent. `download` takes a file's private address, with the app's token."""

    bot: Bot
    download: Callable[[str], bytes]

    def of_files(self, files: Sequence[Json], question: str, allowed: Filter) -> Shown:
        """Every file checked, or the question answered from the first. LibraryError."""
        shown = [self._of_file(file, question, allowed) for file in files[:FILES]]
        return Shown(
            tuple(piece for one in shown for piece in one.pieces), tuple(block for one in shown for block in one.below),
            " ".join(one.words for one in shown),
        )  # fmt: skip

    def of_link(self, url: str, question: str, *, hosts: Collection[str] = ()) -> Shown:
        """The question answered from a page, or how the page begins. `hosts`: may be fetched although they are private."""
        try:
            article = _first(sources.read([url], allow_hosts=hosts))
        except Unreadable as error:
            return _said(f"I could not read that page: {error}.")
        return _answered(self._answer(article, question))

    def _of_file(self, file: Json, question: str, allowed: Filter) -> Shown:
        name = blocks.literal(str(file.get("name") or "the file"))
        try:
            article = replace(self._article(file), title=str(file.get("name") or ""), url="")
        except Unreadable as error:
            return _said(f"I could not read {name}: {error}.")
        if question and not read(question).asks_to_check:
            return _answered(self._answer(article, question))
        checked = proofs(article.text, self.bot.index, scope=Scope(filter=allowed or None))
        if not checked:
            return _said(f"{name}: there is no quotation in it, so there is nothing to check word for word.")
        counts = Counter(proof.status for proof in checked)
        told = ", ".join(f"{counts[status]} {blocks.STATUSES[status][2:]}" for status in STATUSES if counts[status])
        quotations = "1 quotation" if len(checked) == 1 else f"{len(checked)} quotations"
        more = f" The first {PROOFS} are shown." if len(checked) > PROOFS else ""
        line = f"{name}: {quotations}: {told}.{more}"
        return Shown((f"{blocks.escaped(line)}\n\n",), tuple(blocks.proofs(checked[:PROOFS])), line)

    def _article(self, file: Json) -> Article:
        name, url = str(file.get("name") or ""), str(file.get("url_private_download") or file.get("url_private") or "")
        suffix, size = Path(name).suffix.lower(), file.get("size")
        if suffix not in READ:
            raise Unreadable(f"I read {', '.join(READ)}")
        if isinstance(size, int) and size > LARGEST:
            raise Unreadable(f"it is larger than {LARGEST // 2**20} MB")
        try:
            data = self.download(url)
        except (SlackRefused, Unsure) as error:
            raise Unreadable(f"Slack did not give it to me ({error}); I need the scope files:read") from None
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"file{suffix}"  # nothing of its name reaches the disk
            path.write_bytes(data)
            return _first(sources.read([path]))

    def _answer(self, article: Article, question: str) -> Answer:
        """The question asked of that article alone; without one, how it begins."""
        asked = read(question) if question else None
        if asked is None or asked.small_talk or asked.vague:
            return _beginning(article)
        wording = self.bot.generator if isinstance(self.bot.generator, ChatGenerator) else None
        with tempfile.TemporaryDirectory() as folder, Index(folder, embeddings=self.bot.index.embeddings) as alone:
            alone.add([article])
            answer = Bot(alone, generator=wording, language=self.bot.language).ask(question)
        if answer.sentences:
            return answer
        return replace(_beginning(article), notes=(Note(kind="reply", text="It does not say. It begins:"),))


def links(text: str) -> list[str]:
    """The web addresses that a person pasted into a message; a name that Slack made one ("example.org") is none."""
    return [html.unescape(url) for url in _LINK.findall(text)]


def without_links(text: str) -> str:
    """The message without them."""
    return one_line(_LINK.sub(" ", text))


def _first(found_in_it: Iterable[Article | SourceError]) -> Article:
    for found in found_in_it:
        if isinstance(found, Article):
            return found
        raise Unreadable(found.why.partition(";")[0].rstrip("."))  # behind it stands advice for the command line
    raise Unreadable("there is no article in it")


def _beginning(article: Article) -> Answer:
    spans = sentences(article.text, article.lang)[:BEGINNING]
    cited = [Citation(number=1, article_id=article.id, version=1, start=a, end=b, quote=article.text[a:b]) for a, b in spans]
    return Answer(
        id=uuid.uuid4().hex, question="", searched="", lang=article.lang or "en", outcome="answered",
        sentences=tuple(Sentence(text=one_line(c.quote), citations=(c,), lang=article.lang) for c in cited),
        sources=(
            Source(
                number=1, article_id=article.id, version=1, title=article.title, outlet=article.outlet, agency=article.agency,
                lang=article.lang, url=article.url, published=article.published,
            ),
        ),
    )  # fmt: skip


def _answered(answer: Answer) -> Shown:
    notes = [piece for note in answer.notes if note.kind == "reply" for piece in blocks.note(note, answer.sources)]
    pieces = [piece for one in answer.sentences for piece in blocks.sentence(one, answer.sources)]
    below = blocks.sources(answer.sources, [c for one in answer.sentences for c in one.citations], answer.lang)
    return Shown((*notes, *pieces), tuple(below), " ".join(one.text for one in answer.sentences))


def _said(text: str) -> Shown:
    return Shown((f"{blocks.escaped(text)}\n\n",), (), text)
