"""An e-mail message -> its subject, sender, date and text."""

from __future__ import annotations

import re

from index.errors import SourceError
from index.ingest import publication_date as published
from index.ingest.formats import encoding
from index.ingest.formats.archives import LIMIT
from index.ingest.formats.extracted import Extracted
from index.ingest.formats.markup import fragment
from index.text import credits

HEADER = 10_000  # characters of one header


def email(data: bytes, where: str) -> Extracted:
    """A message: its subject, sender, date and text. Of the text and HTML forms the longer one; attachments are not read."""
    from email import policy
    from email.parser import BytesParser
    from email.utils import parseaddr

    if len(data) > LIMIT:
        raise SourceError(where, f"the message is larger than {LIMIT:,} bytes")
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(data)  # the newer policies raise on broken headers
        parts = [part for part in message.walk() if part.get_content_maintype() == "text" and not part.get_filename()]
        texts = dict.fromkeys(("plain", "html"), "")
        for part in parts[:50]:
            payload = part.get_payload(decode=True)
            form = part.get_content_subtype()
            if isinstance(payload, bytes) and form in texts:
                content = _decoded(payload, part.get_content_charset() or "")
                texts[form] += (fragment(content) if form == "html" else content) + "\n"
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError, AssertionError) as error:
        raise SourceError(where, f"the message could not be read ({type(error).__name__})") from None
    plain, rich = texts["plain"].replace("\r\n", "\n").strip(), texts["html"].strip()
    text = plain if len(plain) >= 0.7 * len(rich) else rich
    if not text:
        raise SourceError(where, "the message holds no text")
    name, address = parseaddr(_header(message.get("From")))
    when = published.parse(_header(message.get("Date")))
    return Extracted(
        text=text,
        title=_header(message.get("Subject")),
        outlet=name or address.rpartition("@")[2],
        agency=credits.agency(text, byline=name),
        published=when,
        date_source="metadata" if when else "",
        extractor="email 1",
    )


def _header(value: object) -> str:
    """A header in plain characters: =?utf-8?q?...?= decoded, folded lines joined."""
    from email.errors import HeaderParseError
    from email.header import decode_header

    if value is None:
        return ""
    try:
        pieces = decode_header(str(value)[:HEADER])  # 200,000 encoded words took minutes
    except (HeaderParseError, ValueError):
        return re.sub(r"\s+", " ", str(value)[:HEADER]).strip()
    words = [piece if isinstance(piece, str) else _decoded(piece, charset or "") for piece, charset in pieces]
    return re.sub(r"\s+", " ", "".join(words)).strip()


def _decoded(data: bytes, charset: str) -> str:
    """With U+FFFD for what cannot be told: a message of which a part is readable is read."""
    try:
        return encoding.decode(data, charset)
    except UnicodeError:
        return data.decode("ascii", "replace")
