"""A PDF -> its text. It is read in a process of its own, which can be stopped: pypdf bounds memory, but a page may take any
time, and a thread cannot be killed.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys

from index.errors import SourceError
from index.ingest import publication_date as published
from index.ingest.formats.archives import LIMIT
from index.ingest.formats.extracted import Extracted
from index.records import Period
from index.text import credits

SECONDS = 60
MEMORY = 900_000_000  # bytes
PAGES = 2_000


def pdf(data: bytes, where: str, *, seconds: float = SECONDS) -> Extracted:
    """The text of a PDF, page by page. Pages that are pictures have none."""
    if len(data) > LIMIT:
        raise SourceError(where, f"the PDF is larger than {LIMIT:,} bytes")
    code = f"import sys; sys.path[:] = {sys.path!r}; from index.ingest.formats.pdf import _pdf_process; _pdf_process()"
    try:
        child = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        raise SourceError(where, f"the PDF could not be read within {seconds:g} s") from None
    except OSError as error:
        raise SourceError(where, f"no process could be started to read the PDF: {error.strerror}") from None
    try:
        found = json.loads(child.stdout)
    except ValueError:
        raise SourceError(where, "the PDF could not be read: it is damaged or asks for too much memory") from None
    if reason := found.get("error"):
        raise SourceError(where, reason)
    text = _paragraphs(found["text"])
    if not text.strip():
        raise SourceError(where, "the PDF holds no text: its pages may be pictures")
    created = _pdf_date(found["created"])
    return Extracted(
        text=text,
        title=found["title"].strip(),
        authors=tuple(name for name in [found["author"].strip()] if name),
        agency=credits.agency(text),
        published=created,
        date_source="metadata" if created else "",
        extractor=found["extractor"],
    )


def _pdf_process() -> None:
    """The other side of `pdf`: bytes from standard input, JSON to standard output."""
    import logging

    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, ValueError, OSError):
        pass  # no such limit on this platform; pypdf's own remain
    import pypdf

    logging.disable(logging.CRITICAL)
    sys.setrecursionlimit(2000)
    result: dict[str, str] = {"extractor": f"pypdf {pypdf.__version__}"}
    try:
        reader = pypdf.PdfReader(io.BytesIO(sys.stdin.buffer.read()))
        if reader.is_encrypted and not reader.decrypt(""):
            result["error"] = "the PDF is protected by a password"
        elif len(reader.pages) > PAGES:
            result["error"] = f"the PDF has more than {PAGES:,} pages"
        else:
            about = reader.metadata
            result |= {key: str(about.get(f"/{key.title()}") or "") if about else "" for key in ("title", "author")}
            result["created"] = str(about.get("/CreationDate") or "") if about else ""
            pages: list[str] = []
            for page in reader.pages:
                pages.append(page.extract_text() or "")
                if sum(map(len, pages)) > 10_000_000:
                    break
            result["text"] = "\n\n".join(pages).encode("utf-8", "replace").decode()
    except MemoryError:
        result = {"error": "the PDF asks for too much memory"}
    except Exception as error:  # noqa: BLE001  the door of a process: whatever pypdf raises, the answer is one line
        result = {"error": f"the PDF is damaged ({type(error).__name__})"}
    sys.stdout.write(json.dumps(result))


def _pdf_date(text: str) -> Period | None:
    """D:20231018073000+02'00', with any tail missing."""
    match = re.match(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:Z|([+-])(\d\d)'?(\d\d)?)?", text)
    if not match:
        return None
    year, month, day, hour, minute, second, sign, zone, zone_minute = match.groups()
    date = "-".join(part for part in (year, month, day) if part)
    if hour and minute:
        offset = f"{sign}{zone}:{zone_minute or '00'}" if sign else "Z"
        return published.parse(f"{date}T{hour}:{minute}:{second or '00'}{offset}")
    return published.parse(date)


def _paragraphs(text: str) -> str:
    """Lines of a printed page joined to paragraphs: a hyphen at a line's end is closed, a short line ends its paragraph."""
    text = re.sub(r"(?<=[^\W\d_])[-\u00ad]\n(?=[a-zß-ÿ])", "", text.replace("\r\n", "\n").replace("\0", ""))
    lines = [line.strip() for line in text.split("\n")]
    width = sorted(len(line) for line in lines if line)
    full = width[int(len(width) * 0.7)] * 0.75 if width else 0
    joined: list[list[str]] = []
    last = ""
    for line in lines:
        if last and line and len(last) >= full and not re.search(r"[.!?:»”\"]$", last):
            joined[-1].append(line)
        else:
            joined.append([line])
        last = line
    return re.sub(r"\n{2,}", "\n\n", "\n".join(map(" ".join, joined))).strip()
