"""An e-mail message -> its subject, sender, date, and what its sender wrote.

bytes -> mbox, and messages attached to a message, one by one      `messages`
message -> text and HTML forms -> lines put together again (format=flowed) -> without the letter that it answers,
           signature and hidden padding -> Extracted
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from index.errors import SourceError
from index.ingest import publication_date as published
from index.ingest.formats import encoding
from index.ingest.formats.archives import LIMIT
from index.ingest.formats.extracted import Extracted
from index.ingest.formats.markup import letter, tidy
from index.text import credits
from index.text.publishers import SHIPPED

if TYPE_CHECKING:
    from email.message import Message

HEADER = 10_000  # characters of one header
PARTS = 50
_MBOX = re.compile(rb"(?:\A|\n)From [^\n]*\d{4}[^\S\n]*\r?\n(?=[\x21-\x39\x3b-\x7e]+:)")
_SOFT_BREAK = re.compile(rb"=[ \t]+(?=\r?\n)")  # blanks that a gateway put behind it
_HEADERS = re.compile(rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*)+(?=\r?\n)")
_QUOTED = re.compile(r"^>")
_RULE = re.compile(r"^\s*[-_=]{3,}[^-_=]{0,60}[-_=]{3,}\s*$|^\s*_{10,}\s*$")
_HEADER_LINE = re.compile(r"^\s*\*?[^\W\d_][\w .'-]{0,20}:\*?\s+\S")
_BROKEN = (RecursionError, ValueError, LookupError, TypeError, AttributeError, AssertionError)


def messages(data: bytes, where: str) -> Iterator[bytes]:
    """The messages of a mailbox, each followed by those that are attached to it."""
    starts = [match.end() for match in _MBOX.finditer(data)] if _MBOX.match(data) else []
    ends = [*[match.start() for match in _MBOX.finditer(data)][1:], len(data)] if starts else []
    for start, end in zip(starts, ends, strict=True) if starts else [(0, len(data))]:
        message = data[start:end]
        yield re.sub(rb"(?m)^>(?=>*From )", b"", message) if starts else message
        try:
            yield from (bytes(part) for part in islice(_attached(_parsed(message)), PARTS))
        except _BROKEN:
            continue  # `email` says what is wrong


ATTACHED = "message/rfc822"


def is_message(data: bytes) -> bool:
    """Whether a text file holds a message as it was sent: headers above a blank line, those of RFC 5322 among them.

    >>> is_message(b"From: Ida <i@a.example>\\nDate: Mon, 04 Nov 2019 06:30:00 +0000\\nSubject: Herring\\n\\nDear readers,")
    True
    """
    head = _HEADERS.match(data[:HEADER])
    names = {name.lower() for name in re.findall(rb"(?m)^([!-9;-~]+):", head[0])} if head else set()
    return {b"from", b"date"} <= names and bool(names & {b"subject", b"to", b"message-id"}) and b"@" in data[:HEADER]


def email(data: bytes, where: str) -> Extracted:
    """A message without those attached to it. Of the text and HTML forms the longer one; other attachments are not read."""
    from email.utils import parseaddr

    if len(data) > LIMIT:
        raise SourceError(where, f"the message is larger than {LIMIT:,} bytes")
    try:
        message = _parsed(data)
        texts, said = dict.fromkeys(("plain", "html"), ""), b""
        for part in list(_parts(message))[:PARTS]:
            payload, form = part.get_payload(decode=True), part.get_content_subtype()
            if (
                part.get_content_maintype() == "text"
                and not part.get_filename()
                and form in texts
                and isinstance(payload, bytes)
            ):
                texts[form] += _text(payload, part) + "\n"
                said = said or payload
        subject, sender, date = (_header(message, name, said) for name in ("Subject", "From", "Date"))
    except _BROKEN as error:
        raise SourceError(where, f"the message could not be read ({type(error).__name__})") from None
    plain = own_words(texts["plain"].replace("\r\n", "\n"))
    plain, rich = tidy(re.sub(r"(?m)^ (?=>)", "", plain)).strip(), texts["html"].strip()
    text = plain if len(plain) >= 0.7 * len(rich) else rich
    if not text:
        raise SourceError(where, "the message holds no text")
    name, address = parseaddr(sender)
    host = address.rpartition("@")[2]
    when = published.parse(re.sub(r"(?<=\d [A-Za-z]{3} )(\d\d)(?=\s)", r"20\1", date))
    return Extracted(
        text=text,
        title=subject,
        outlet=SHIPPED.kept(name, f"http://{host}/") or host,
        agency=credits.agency(text, byline=name),
        published=when,
        date_source="metadata" if when else "",
        notes=() if when or not date.strip() else (published.without_date(date.strip()),),
        extractor="email 2",
    )


def _parsed(data: bytes) -> Message:
    from email import policy
    from email.parser import BytesParser

    if b"uoted-" in data:
        data = _SOFT_BREAK.sub(b"=", data)
    message: Message = BytesParser(policy=policy.compat32).parsebytes(data)  # the newer policies raise on broken headers
    return message


def _parts(message: Message) -> Iterator[Message]:
    """The parts of a message, in order, without those of the messages attached to it."""
    todo = [message]
    while todo:
        part = todo.pop()
        if part.get_content_type() == ATTACHED:
            continue
        if part.is_multipart():
            todo += reversed(_inside(part))
        else:
            yield part


def _attached(message: Message) -> Iterator[Message]:
    """The messages attached to a message, and those attached to them."""
    todo = [message]
    while todo:
        part = todo.pop()
        todo += reversed(_inside(part))
        if part.get_content_type() == ATTACHED:
            yield from _inside(part)


def _inside(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [one for one in payload if not isinstance(one, str)] if isinstance(payload, list) else []


def _text(payload: bytes, part: Message) -> str:
    text = _decoded(payload, (part.get_content_charset() or "").removeprefix("3d").strip("\"'"))
    if part.get_content_subtype() == "html":
        return letter(text)
    if str(part.get_param("format", "")).lower() == "flowed":
        return _unflowed(text.replace("\r\n", "\n"), joined=str(part.get_param("delsp", "")).lower() == "yes")
    return text


def _unflowed(text: str, *, joined: bool) -> str:
    """Lines that end with a blank go on in the next one (RFC 3676). `joined`: the blank is not part of the text."""
    lines: list[str] = []
    going_on = False
    for line in text.split("\n"):
        quoted = line.startswith(">")
        line = line if quoted or line.startswith(" >") else line.removeprefix(" ")
        signature = line == "-- "
        flows = line.endswith(" ") and not signature and not quoted
        piece = line[:-1] if flows and joined else line
        if going_on and not quoted and not signature:
            lines[-1] += piece
        else:
            lines.append(piece)
        going_on = flows
    return "\n".join(line if line == "-- " else line.rstrip(" ") for line in lines)


def own_words(text: str) -> str:
    """What the sender wrote: without the message that it answers, and without the signature. All of it, if nothing is left."""
    lines = text.split("\n")
    end = next((at for at, line in enumerate(lines) if line.rstrip("\r") in ("-- ", "--")), len(lines))
    end = next((at for at in range(1, end) if _begins_another(lines[at:end]) and any(map(str.strip, lines[:at]))), end)
    kept: list[str] = []
    for line in lines[:end]:
        if not _QUOTED.match(line):
            kept.append(line)
        elif kept and not _QUOTED.match(kept[-1]):
            _drop_announcement(kept)
    return "\n".join(kept) if any(map(str.strip, kept)) else text


def _begins_another(lines: list[str]) -> bool:
    """Whether another message begins here: a rule and headers below it, or three headers with an address or date."""
    if _RULE.match(lines[0]):
        lines = [line for line in lines[1:8] if line.strip()]
    head = lines[:4]
    headed = [line for line in head if _HEADER_LINE.match(line)]
    return len(headed) >= 3 and _HEADER_LINE.match(head[0]) is not None and any(re.search(r"@|\d{4}", line) for line in headed)


def _drop_announcement(kept: list[str]) -> None:
    """Takes away "On 10 June, X <x@y> wrote:", of one line or two, before the quoted lines that come."""
    at = len(kept)
    while at and not kept[at - 1].strip():
        at -= 1
    if not at or not kept[at - 1].rstrip().endswith((":", "：")):
        return
    first = at - 1
    if not re.search(r"[\d@]", kept[first]) and first and re.search(r"[\d@]", kept[first - 1]):
        first -= 1
    if re.search(r"[\d@]", kept[first]):
        del kept[first:]


def _header(message: Message, name: str, said: bytes) -> str:
    """A header in plain characters: =?utf-8?q?...?= decoded, folded lines joined, bytes of 8 bits read as a text's are: as
    those that the message has, `said`, where they do not tell by themselves."""
    from email.errors import HeaderParseError
    from email.header import decode_header

    raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), None)
    if raw is None:
        return ""
    value = str(raw)[:HEADER]  # 200,000 encoded words took minutes
    if not value.isascii():
        data = value.encode("utf-8", "surrogateescape")
        value = _decoded(data, "")
        if "\ufffd" in value:
            value = _decoded(data + b"\n\n" + said, "").partition("\n\n")[0]
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        return re.sub(r"\s+", " ", value).strip()
    words = [piece if isinstance(piece, str) else _decoded(piece, charset or "") for piece, charset in pieces]
    return tidy(re.sub(r"\s+", " ", "".join(words)).strip())


def _decoded(data: bytes, charset: str) -> str:
    """With U+FFFD for what cannot be told: a message of which a part is readable is read."""
    try:
        return encoding.decode(data, charset)
    except UnicodeError:
        return data.decode("ascii", "replace")
