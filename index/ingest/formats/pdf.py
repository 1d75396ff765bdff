"""A PDF -> its text. It is read in a process of its own, which can be stopped: pypdf bounds memory, but a page may take any
time, and a thread cannot be killed.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING

from index.errors import SourceError
from index.ingest.formats import pdf_pages
from index.ingest.formats.archives import LIMIT
from index.ingest.formats.extracted import Extracted
from index.ingest.formats.printed import described

if TYPE_CHECKING:
    from pypdf import PageObject

SECONDS = 60
MEMORY = 900_000_000  # bytes
PAGES = 2_000
MOST_PIECES = 20_000  # of text on a page, whose places are looked at


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
        reply = json.loads(child.stdout)
    except ValueError:
        raise SourceError(where, "the PDF could not be read: it is damaged or asks for too much memory") from None
    if reason := reply.get("error"):
        raise SourceError(where, reason)
    text, notes = pdf_pages.article([pdf_pages.Page(**page) for page in reply["pages"]])
    if not text.strip():
        raise SourceError(where, notes[0] if notes else "the PDF holds no text: its pages may be pictures")
    return described(text, reply["extractor"], title=reply["title"], author=reply["author"], notes=notes)


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
    result: dict[str, object] = {"extractor": f"pypdf {pypdf.__version__}"}
    try:
        reader = pypdf.PdfReader(io.BytesIO(sys.stdin.buffer.read()))
        if reader.is_encrypted and not reader.decrypt(""):
            result["error"] = "the PDF is protected by a password"
        elif len(reader.pages) > PAGES:
            result["error"] = f"the PDF has more than {PAGES:,} pages"
        else:
            about = reader.metadata
            result |= {key: str(about.get(f"/{key.title()}") or "") if about else "" for key in ("title", "author")}
            pages: list[dict[str, object]] = []
            for page in reader.pages:
                pages.append(_page(page))
                if sum(len(str(read["text"])) for read in pages) > 10_000_000:
                    break
            result["pages"] = pages
    except pypdf.errors.DependencyError:
        result = {"error": "the PDF is encrypted: install what decrypts it with  pip install 'pypdf[crypto]'"}
    except MemoryError:
        result = {"error": "the PDF asks for too much memory"}
    except Exception as error:  # noqa: BLE001  the border of a process: whatever pypdf raises, the answer is one line
        result = {"error": f"the PDF is damaged ({type(error).__name__})"}
    sys.stdout.write(json.dumps(result))


def _page(page: PageObject) -> dict[str, object]:
    """The fields of a `pdf_pages.Page`: its text in the order that it is drawn in, and where its lines stand."""
    starts: list[tuple[float, float, str]] = []
    drawn: list[tuple[float, float, str]] = []

    def see(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        if text.strip() and len(starts) < MOST_PIECES:
            starts.append(
                (round(tm[4] * cm[0] + tm[5] * cm[2] + cm[4], 1), round(tm[4] * cm[1] + tm[5] * cm[3] + cm[5], 1), text)
            )

    def draw(operator: bytes, operands: object, cm: list[float], tm: list[float]) -> None:
        # what `see` gets is a line as pypdf joined it, and that may run across the columns
        if operator in (b"Tj", b"TJ", b"'", b'"') and len(drawn) < MOST_PIECES:
            drawn.append((round(tm[4] * cm[0] + tm[5] * cm[2] + cm[4], 1), round(tm[4] * cm[1] + tm[5] * cm[3] + cm[5], 1), ""))

    text = page.extract_text(visitor_text=see, visitor_operand_before=draw) or ""
    columns: list[pdf_pages.Piece] = []
    if pdf_pages.may_have_columns(starts) or pdf_pages.may_have_columns(drawn):
        try:
            from pypdf._text_extraction._layout_mode import text_show_operations
            from pypdf.generic import ContentStream

            operations = iter(ContentStream(page["/Contents"].get_object(), page.pdf, "bytes").operations)
            pieces = text_show_operations(operations, page._layout_mode_fonts(), True, None)
            columns = pdf_pages.parted(
                [(one["tx"], one["ty"], one["displaced_tx"], one["font_height"], _sound(one["text"])) for one in pieces], drawn
            )
        except Exception:  # noqa: BLE001  no public part of pypdf tells how wide a word is: without it the page stays as drawn
            columns = []
    return {"text": _sound(text), "starts": starts, "pieces": columns}


def _sound(text: str) -> str:
    """Without half characters."""
    return text.encode("utf-8", "replace").decode()
