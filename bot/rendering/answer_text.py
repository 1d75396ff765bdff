"""An answer as text, plain and Markdown, and what it says and cites. Pure: nothing here prints or reads.

Article text, titles, addresses and a model's words are strangers' data. `clean` takes from them what could act on a terminal
(escape codes, other control characters) or reorder what is read (bidirectional overrides).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.phrases import count, say
from bot.records import Answer, Sentence, Source, marks
from bot.rendering.links import deep_link, web_address, whereabouts
from bot.rendering.status import status_label, words_beneath
from index.records import Period
from index.text.printable import line

if TYPE_CHECKING:
    from bot.records import Citation, Note
    from index.records import Article, Passage


def words(answer: Answer) -> str:
    """All that the answer says, without numbers and sources."""
    return " ".join([*(sentence.text for sentence in answer.sentences), *(note.text for note in answer.notes)])


def cited(answer: Answer) -> list[tuple[Citation, ...]]:
    """The citations of each sentence and note, in the order they are shown."""
    return [*(sentence.citations for sentence in answer.sentences), *(note.citations for note in answer.notes)]


# Plain text ------------------------------------------------------------------------------------------------------------------


def plain(answer: Answer) -> str:
    """What `str(answer)` and a pipe show: sentences with their [n], notes, sources. One line each, never wrapped."""
    blocks = [
        [shown for sentence in answer.sentences for shown in _lines(sentence)],
        [note_line(note) for note in answer.notes],
        [source_line(source, answer.lang) for source in answer.sources],
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) or nothing_found(answer)


def _lines(sentence: Sentence) -> list[str]:
    above = [f"{line(sentence.heading)}:"] if sentence.heading else []
    return [*above, *sentence_lines(sentence)]


def sentence_lines(sentence: Sentence) -> list[str]:
    """A sentence with its marks and how far it is verified, and beneath it the article's words where a reader has to judge."""
    first = " ".join(filter(None, (line(sentence.text), marks(sentence.citations), status_label(sentence))))
    return [first, *(f"  > {line(citation.quote)} [{citation.number}]" for citation in words_beneath(sentence))]


def note_line(note: Note) -> str:
    return f"{line(note.text)} {marks(note.citations)}".rstrip()


def source_line(source: Source, ours: str = "en") -> str:
    """What is known of the article on one line: [1] Title, Outlet (agency), 2023-10, en, https://…"""
    parts = (line(source.title), facts(source, ours), whereabouts(source.url, source.article_id))
    return f"[{source.number}] " + ", ".join(part for part in parts if part)


def facts(source: Source | Article | Passage, ours: str = "en") -> str:
    """Outlet (agency), date, language, copies: what is known beside the title. `ours`: the language of our own words."""
    outlet, agency = line(source.outlet), line(source.agency)
    facts = [
        f"{outlet} ({agency})" if outlet and agency else outlet or agency,
        when(source.published, ours),
        line(source.lang),
        _copies(getattr(source, "copies", 0), ours),
    ]
    return ", ".join(fact for fact in facts if fact)


def when(published: Period | None, ours: str = "en") -> str:
    """A date for people, as precise as it is known: 2023-10, 2023-10-18, 2023-10-18 05:30 UTC, undated."""
    if published and published.end - published.start <= 60:
        return f"{datetime.fromtimestamp(published.start, UTC):%Y-%m-%d %H:%M} UTC"
    return str(published or say("undated", ours))


def _copies(number: int, ours: str) -> str:
    return count("reprint", ours, number) if number else ""


def nothing_found(answer: Answer) -> str:
    return f"No article in the library answers this: {line(answer.searched or answer.question)}"


# Markdown --------------------------------------------------------------------------------------------------------------------


def markdown(answer: Answer) -> str:
    """A section headed by the question, [n] linked to the words cited, and under each source the words it was cited for."""
    urls = {source.number: web_address(source.url) for source in answer.sources}
    lines = [f"## {escape_markdown(answer.question)}", ""]
    for sentence in answer.sentences:
        lines += [f"**{escape_markdown(sentence.heading)}**", ""] if sentence.heading else []
        lines += [*markdown_lines(sentence, urls), ""]
    for note in answer.notes:
        lines += [f"*{escape_markdown(note.text)}* {linked(note.citations, urls)}".rstrip(), ""]
    if not answer.sentences and not answer.notes:
        lines += [escape_markdown(nothing_found(answer)), ""]
    everything = [citation for citations in cited(answer) for citation in citations]
    for source in answer.sources:
        title, url = escape_markdown(source.title) or "(no title)", urls[source.number]
        place = link(title, url) if url else f"{title}, {escape_markdown(source.article_id)}"
        lines.append(f"{source.number}. {place}, {escape_markdown(facts(source, answer.lang))}")
        quotes = dict.fromkeys(citation.quote for citation in everything if citation.number == source.number)
        lines += [f"   > {escape_markdown(text)}\n" for text in quotes]
    return "\n".join(lines).rstrip() + "\n"


def markdown_lines(sentence: Sentence, urls: Mapping[int, str]) -> list[str]:
    """A sentence with its linked marks and how far it is verified, and beneath it the article's words."""
    status = f"*{escape_markdown(status_label(sentence))}*" if status_label(sentence) else ""
    first = " ".join(filter(None, (escape_markdown(sentence.text), linked(sentence.citations, urls), status)))
    words = [f"> {escape_markdown(citation.quote)} {linked([citation], urls)}" for citation in words_beneath(sentence)]
    return [first, *(["", *"\n>\n".join(words).split("\n")] if words else [])]


def linked(citations: Sequence[Citation], urls: Mapping[int, str]) -> str:
    """The marks of a sentence, each a link to the first words cited from that source."""
    words_of = {citation.number: citation.quote for citation in reversed(citations)}
    numbers = dict.fromkeys(citation.number for citation in citations)
    return "".join(link(f"\\[{n}\\]", deep_link(urls.get(n, ""), words_of[n])) for n in numbers)


def link(text: str, url: str) -> str:
    """A Markdown link; the text alone where there is no address."""
    return f"[{text}]({url.replace('(', '%28').replace(')', '%29')})" if url else text


def escape_markdown(text: str) -> str:
    """One line that Markdown shows as it is: no emphasis, links, HTML or automatic links come out of it."""
    text = re.sub(r"([\\`*_{}\[\]<>#|~$&])", r"\\\1", line(text))
    text = re.sub(r"(?i)\b(https?|ftp|mailto)(?=:)", r"\1\\", text)
    text = re.sub(r"(?i)\bwww(?=\.)", r"www\\", text).replace("@", "\\@")
    return re.sub(r"^([+-]|\d+(?=[.)]))", lambda m: f"\\{m[1]}" if not m[1].isdigit() else f"{m[1]}\\", text)
