"""PDF files written by hand."""

from __future__ import annotations


def s(text: str) -> bytes:
    """A PDF string in WinAnsi."""
    return b"(" + text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


def at(x: float, y: float, text: str, size: int = 11) -> bytes:
    return b"BT /F1 %d Tf 1 0 0 1 %g %g Tm " % (size, x, y) + s(text) + b" Tj ET\n"


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s>>\nstream\n" % (len(data), extra) + data + b"\nendstream"


def build(objs: list, trailer: bytes = b"", root: int = 1) -> bytes:
    """A PDF from its objects, numbered from 1."""
    out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for n, o in enumerate(objs, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % n + o + b"\nendobj\n"
    x = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objs) + 1) + b"".join(b"%010d 00000 n \n" % q for q in places)
    out += b"trailer\n<< /Size %d /Root %d 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objs) + 1, root, trailer, x)
    return bytes(out)


def pdf(
    pages: list,
    info: bytes = b"",
    font: bytes = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    more: list = (),
) -> bytes:
    """pages: content streams. Objects: 1 catalog, 2 pages, 3 font, 4 info, then more, then a page and its content each."""
    first = 5 + len(more)
    kids = b" ".join(b"%d 0 R" % (first + 2 * i) for i in range(len(pages)))
    objs = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), kids),
        font,
        b"<< %s >>" % info,
        *more,
    ]
    for i, c in enumerate(pages):
        objs.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"
            % (first + 2 * i + 1)
        )
        objs.append(stream(c))
    return build(objs, b"/Info 4 0 R " if info else b"")
