"""Pure: an Answer as Slack shows it. Nothing of an article's text can act: no mention, no markup, no emoji code, no address.

Text goes out in two forms. `escaped` is for fields that Slack reads as Markdown: entities for & < >, as every Slack text field
wants them, and a backslash before Markdown's own marks. `literal` is for rich_text elements, which Slack does not parse at all.
Both also put a WORD JOINER (U+2060, invisible, of no width) inside what a client might recognise by itself in spite of that:
`https://`, `www.`, `:tada:`, `@channel`. Only a source's own address is ever a link.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.phrases import say
from bot.records import Citation, Note, Sentence, Source, Title
from bot.rendering.answer_text import facts, when
from bot.rendering.briefing_text import titled
from bot.rendering.links import deep_link, web_address
from bot.rendering.quotes import also_in, told_of_proof, verb_as_written
from bot.rendering.status import status_label, words_beneath
from bot.verification.document_check import Proof
from index.quotes.quotation import SaidOnce, speaker
from index.records import Article
from index.text import quotation_marks
from index.text.printable import clean, line, one_line

Json = dict[str, object]

MARKDOWN = 12_000  # characters of Markdown in one payload, all blocks together (docs: markdown block)
SECTION, HEADER, BLOCKS, BUTTON, FALLBACK = 3_000, 150, 50, 75, 3_000
HEADING, PIECE = 1_000, 100  # of a heading in an answer, at most, as it was written; of a piece of a sentence, at least
ADDRESS = 1_000  # characters; a longer link costs more than it is worth, the text fragment goes first
JOINER = "\u2060"
STATUSES = {
    "exact": "✓ exact",
    "unconfirmed": "? exact, but the speaker is not confirmed",
    "misattributed": "✗ said by somebody else",
    "altered": "✗ altered",
    "elsewhere": "✓ but in another article",
    "nowhere": "✗ in no article",
}

# What clients turn into something by themselves: schemes, www., mentions and the colon that ends or begins an emoji code.
_ALIVE = re.compile(r"(?i)\b(https?|ftps?|mailto|tel|slack|file|data|javascript)(?=:)|\bwww(?=\.)|[@#](?=\w)|:(?=[\w+'-]+:)")
_MARKS = re.compile(r"([\\`*_~\[\]|])")
_LINE_START = re.compile(r"^([#+=-])|^(\d+)(?=[.)])")  # a heading, a list


def size(text: str) -> int:
    """Length as Slack may count it: UTF-16 units, never fewer than characters."""
    return len(text.encode("utf-16-le", "replace")) // 2


def literal(text: str) -> str:
    """On one line, for fields that are not parsed.

    >>> literal("<!channel> see https://x.example :tada:").replace(JOINER, "_")
    '<_!channel> see https_://x.example :_tada:'
    """
    return re.sub(r"<(?=[!@#\w/])", f"<{JOINER}", _asleep(line(text)))


def escaped(text: str) -> str:
    """On one line, for fields that are read as Markdown.

    >>> escaped("<!channel> *now* [x](y)")
    '&lt;!channel&gt; \\\\*now\\\\* \\\\[x\\\\](y)'
    """
    text = _MARKS.sub(r"\\\1", html.escape(_asleep(line(text)), quote=False))
    return _LINE_START.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\", text)


def _asleep(text: str) -> str:
    return _ALIVE.sub(lambda match: match[0] + JOINER, text)


def asked(text: str, bot_user: str) -> str:
    """What a person wrote, without Slack's wire forms: the mention of the bot, entities, links and names in angle brackets."""
    text = text.replace(f"<@{bot_user}>", " ") if bot_user else text
    text = re.sub(r"<(?:[^<>|]*)\|([^<>]*)>", r"\1", text)
    text = re.sub(r"<([@#!])[^<>]*>", " ", text)
    text = re.sub(r"<([^<>]*)>", r"\1", text)
    return one_line(clean(html.unescape(text)))


# Sentences -------------------------------------------------------------------------------------------------------------------


def sentence(shown: Sentence, sources: Iterable[Source], limit: int = MARKDOWN) -> list[str]:
    """One sentence as a paragraph of Markdown, its [n] linked to the words cited, and these beneath it if it is unconfirmed.

    More than one piece, broken at spaces, only where it is longer than a whole message; the marks follow the last one.
    """
    sources = list(sources)
    label = status_label(shown)
    tail = " ".join(filter(None, (_marks(shown.citations, sources), f"_{escaped(label)}_" if label else "")))
    above = f"**{escaped(_short(line(shown.heading), HEADING))}**\n\n" if shown.heading else ""
    words = [
        f"> {piece}"
        for citation in words_beneath(shown)
        for mark in [_marks([citation], sources)]
        for piece in _cut(citation.quote, limit - size(mark) - 5, mark)
    ]
    first, *rest = _cut(shown.text, limit - size(tail) - size(above) - 3, tail) or ("",)
    return [above + first, *rest, *words]  # a heading is never the last line of a message


def title(shown: Title, sources: Iterable[Source], lang: str, *, bold: bool = False) -> str:
    """An article's title with the number of the article, linked to it. `lang`: the reader's."""
    urls = {source.number: source.url for source in sources}
    words = escaped(titled(shown, lang))
    text = f"**{words}**" if bold else words
    return f"{text} {_mark(shown.number, web_address(urls.get(shown.number, '')), '')}"


def note(shown: Note, sources: Iterable[Source], limit: int = MARKDOWN) -> list[str]:
    """Something said beside the answer, set apart; or in its place."""
    tail = _marks(shown.citations, sources)
    return [*_cut(shown.text, limit - size(tail) - 5, tail, around="" if shown.kind == "reply" else "_")]


def _cut(text: str, limit: int, tail: str, around: str = "") -> list[str]:
    return list(_pieces(line(text), max(PIECE, limit), tail, around))


def _pieces(rest: str, limit: int, tail: str, around: str) -> Iterable[str]:
    while rest:
        taken = rest
        while size(escaped(taken)) > limit:
            shorter = taken[: max(1, len(taken) * limit // size(escaped(taken)))]
            shorter = shorter if len(shorter) < len(taken) else taken[:-1]
            taken = shorter.rsplit(" ", 1)[0] or shorter if " " in shorter.strip() else shorter
        rest = rest[len(taken) :].strip()
        yield f"{around}{escaped(taken.strip())}{around}" + (f" {tail}" if tail and not rest else "") + "\n\n"


def _marks(citations: Sequence[Citation], sources: Iterable[Source]) -> str:
    urls = {source.number: web_address(source.url) for source in sources}
    words = {citation.number: citation.quote for citation in reversed(citations)}
    return "".join(_mark(n, urls.get(n, ""), words[n]) for n in dict.fromkeys(c.number for c in citations))


def _mark(number: int, url: str, words: str) -> str:
    link = _link(url, words)
    return f"[[{number}]]({link})" if link else f"[{number}]"


def _link(url: str, words: str) -> str:
    """The address of the very words, of the article if that is too long, or "". Parentheses would end a Markdown link."""
    links = [link.replace("(", "%28").replace(")", "%29") for link in (deep_link(url, words) if words else url, url)]
    return next((link for link in links if len(link) <= ADDRESS), "")


# What stands below an answer --------------------------------------------------------------------------------------------------


def sources(shown: Sequence[Source], citations: Iterable[Citation], ours: str = "en") -> list[Json]:
    """A block a source: number, title (linked to the first words cited), outlet, date, language, copies in our own words."""
    words: dict[int, str] = {}
    for citation in citations:
        words.setdefault(citation.number, citation.quote)
    blocks = []
    for source in shown:
        link = _link(web_address(source.url), words.get(source.number, ""))
        title = _short(literal(source.title) or "(no title)", HEADER)
        about = _short(literal(facts(source, ours)), 300)
        name = _rich(title, url=link, bold=True) if link else _rich(title, bold=True)
        blocks.append(_paragraph(_rich(f"[{source.number}] "), name, _rich(f"\n{about}")))
    return blocks


def buttons(
    answer: str,
    *,
    passages: bool,
    narrower: bool,
    wider: bool,
    share: bool = False,
    chips: Mapping[str, str] | None = None,
    dropped: Sequence[str] = (),
    human: bool = False,
) -> list[Json]:
    """Show passages, dates, chips, share; then thumbs. `answer` is the id that comes back with a click.

    `chips` are what the question was taken to ask for beside its topic (kind -> its words): a button takes one off, beside
    the kinds that were `dropped` before.
    """
    again = " ".join([answer, *dropped])
    row = [
        *([button("passages", "Show passages", answer)] if passages else []),
        *(button(f"without_{kind}", f"Without “{literal(text)}”", f"{again} {kind}") for kind, text in (chips or {}).items()),
        *([button("narrower", "Narrower dates", again)] if narrower else []),
        *([button("wider", "Wider dates", again)] if wider else []),
        *([button("share", "Share in channel", answer)] if share else []),
        *([button("human", "Ask a human", answer)] if human else []),
    ]
    actions: list[Json] = [{"type": "actions", "elements": row}] if row else []
    return [*actions, thumbs(answer)]


def thumbs(answer: str) -> Json:
    """Good or bad; the id of what it is about comes back with a click."""
    both: Json = {
        "type": "feedback_buttons",
        "action_id": "feedback",
        "positive_button": {"text": _plain("Good answer"), "accessibility_label": "Good answer", "value": f"{answer} 1"},
        "negative_button": {"text": _plain("Bad answer"), "accessibility_label": "Bad answer", "value": f"{answer} -1"},
    }
    return {"type": "context_actions", "elements": [both]}


_ASIDE = re.compile(r" \[[^\[\]]*\]")  # a name or a date that we put beside the article's words


def passages(
    sentences: Sequence[tuple[str, Sequence[Citation]]],
    articles: Mapping[tuple[str, int], Article],
    translation: Callable[[Citation], str] = lambda citation: "",
    by: str = "",
) -> list[Json]:
    """Every citation in its passage: the words cited in bold between those around them, under the article they are from.

    `translation` of words in another language, made `by` a model, stands below them, and is called what it is. Where
    the answer's sentence is not the article's own words (a model's, perhaps in another language), it stands above.
    """
    blocks: list[Json] = []
    for text, citations in sentences:
        for citation in citations:
            article = articles.get((citation.article_id, citation.version))
            if article is None:
                blocks.append(_paragraph(_rich(f"[{citation.number}] "), _rich("This article was deleted.", bold=True)))
                continue
            link = _link(web_address(article.url), citation.quote)
            title = _short(literal(article.title) or "(no title)", HEADER)
            head = _rich(title, url=link, bold=True) if link else _rich(title, bold=True)
            about = _rich(f"\n{_short(literal(facts(article)), 300)}\n\n")
            own = quotation_marks.plain(citation.quote) in (
                quotation_marks.plain(text),
                quotation_marks.plain(_ASIDE.sub("", text)),
            )
            said = [] if own else [_rich(f"{_short(literal(text), 600)}\n\n", italic=True)]
            before, quote, after = around(article.text, citation.start, citation.end)
            words = [_rich(before), _rich(_short(quote, SECTION - 1200), bold=True), _rich(after)]
            if own and (text := translation(citation)):
                words.append(_rich(f"\n\nTranslation by {by}, not a quotation: {_short(literal(text), 600)}", italic=True))
            blocks.append(_paragraph(_rich(f"[{citation.number}] "), head, about, *said, *(w for w in words if w["text"])))
    return blocks


def statements(said: Sequence[SaidOnce], lang: str = "en") -> list[Json]:
    """Who said what: a block a statement, its words linked to where they stand. `lang`: of our own words."""
    made = []
    for quotation, outlets in ((one.quotation, one.outlets) for one in said):
        name = speaker(quotation)
        who = _short(literal(name), HEADER) if name else say("unclear", lang)
        day = f", {when(quotation.date)[:10]}" if quotation.date else ""  # the hour stands beside the outlet
        words = _short(literal(quotation.text), SECTION - 1000) or "…"
        link = _link(web_address(quotation.passage.url), quotation.text)
        shown = _rich(words, url=link) if link else _rich(words)
        where = _short(literal("; ".join(filter(None, (facts(quotation.passage, lang), also_in(outlets, lang))))), 300)
        about = f"\n{_short(literal(quotation.passage.title), HEADER)}, {where}"
        head = _rich(f"{who} ({literal(verb_as_written(quotation)) or 'said'}{day})\n", bold=True)
        made.append(_paragraph(head, shown, _rich(about, italic=True)))
    return made


def proofs(checked: Sequence[Proof]) -> list[Json]:
    """The quotations of a message, each with its verdict, and the article's own words where they differ."""
    made = []
    for proof in checked:
        parts = [_rich(f"{STATUSES[proof.status]}: ", bold=True), _rich(f"“{_short(literal(proof.quote), 1000)}”")]
        if told := told_of_proof(proof):
            parts.append(_rich(f"\n{_short(literal(told), 1000)}"))
        if proof.passage:
            link, title = _link(web_address(proof.passage.url), proof.source_text), literal(proof.passage.title) or "(no title)"
            title = _short(title, HEADER)
            parts += [_rich("\n"), _rich(title, url=link) if link else _rich(title)]
            parts.append(_rich(f", {_short(literal(facts(proof.passage)), 300)}", italic=True))
        made.append(_paragraph(*parts))
    return made


def around(text: str, start: int, end: int, width: int = 300) -> tuple[str, str, str]:
    """The words before (up to `width` characters), the words themselves, the words after, each harmless."""
    before, after = text[max(0, start - width) : start], text[end : end + width]
    if start > width:
        before = "… " + before.partition(" ")[2]
    if end + width < len(text):
        after = after.rpartition(" ")[0] + " …"
    gap = " " if before[-1:].isspace() else "", " " if after[:1].isspace() else ""
    return literal(before) + gap[0], literal(text[start:end]), gap[1] + literal(after)


def said(text: str) -> list[Json]:
    """Our own words, as a block."""
    return [_paragraph(_rich(text))]


def fallback(text: str) -> str:
    """What a notification and a screen reader get of a message with blocks: its words, short, harmless."""
    words = re.sub(r"\[\[(\d+)\]\]\([^)]*\)", r"[\1]", text)
    words = re.sub(r"(?<!\\)\*\*|(?m:^> )|(?<![\\\w])_(?=\S)|(?<=[^\s\\])_(?!\w)", "", words)  # bold, quoted, italic
    words = one_line(re.sub(r"\\([\\`*_~\[\]|#+=.)-])", r"\1", words))
    return words if size(words) <= FALLBACK else words[: FALLBACK // 2] + " …"


# Messages ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MessagePart:
    """One message: Markdown, then blocks."""

    text: str
    blocks: tuple[Json, ...] = ()

    def payload(self) -> Json:
        """Arguments of chat.postMessage and chat.update, complete."""
        body: list[Json] = [{"type": "markdown", "text": self.text.strip()}] if self.text.strip() else []
        words = fallback(self.text) or fallback(" ".join(_words(self.blocks))) or "Dragoman"
        return {"text": words, "blocks": [*body, *self.blocks], "unfurl_links": False, "unfurl_media": False}


def fits(text: str, blocks: Sequence[Json] = ()) -> bool:
    """Whether both can be one message: all characters together, since Slack counts a payload and not a field."""
    return size(text) + sum(size(piece) for piece in _texts(blocks)) <= MARKDOWN and len(blocks) < BLOCKS


def pack(pieces: Iterable[str], tail: Sequence[Json] = ()) -> list[MessagePart]:
    """Messages that hold the pieces in order, broken between pieces; the blocks are below the last, or in messages after it."""
    parts, text = [], ""
    for piece in pieces:
        if text and not fits(text + piece):
            parts.append(MessagePart(text))
            text = ""
        text += piece
    if text and not fits(text, tail):
        parts.append(MessagePart(text))
        text = ""
    blocks: list[Json] = []
    for block in tail:
        if blocks and not fits(text, [*blocks, block]):
            parts.append(MessagePart(text, tuple(blocks)))
            text, blocks = "", []
        blocks.append(block)
    return [*parts, MessagePart(text, tuple(blocks))] if text or blocks else parts


def _texts(value: object) -> Iterable[str]:
    """Every string of some blocks that is text or an address."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str) and key in ("text", "url"):
                yield inner
            else:
                yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _words(blocks: Iterable[Json]) -> Iterable[str]:
    """What is read of some blocks: neither addresses nor buttons."""
    for block in blocks:
        if block["type"] in ("rich_text", "header"):
            yield from (text for text in _texts(block) if not re.match(r"https?://", text))


def _paragraph(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def _rich(text: str, *, url: str = "", bold: bool = False, italic: bool = False) -> Json:
    style = {name: True for name, on in (("bold", bold), ("italic", italic)) if on}
    kind: Json = {"type": "link", "url": url} if url else {"type": "text"}
    return kind | {"text": text} | ({"style": style} if style else {})


def button(action: str, text: str, value: str) -> Json:
    return {"type": "button", "action_id": action, "text": _plain(text), "value": value}


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": _short(text, BUTTON)}


def _short(text: str, limit: int) -> str:
    return text if size(text) <= limit else text[: limit // 2].rstrip() + " …"
