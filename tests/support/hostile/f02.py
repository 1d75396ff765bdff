"""Fonts without a way back to letters: Identity-H without ToUnicode, /g36 names, ToUnicode to the private area."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile.files import write
from tests.support.hostile.pdf_file import at, pdf, s, stream


def cmap(pairs: list) -> bytes:
    body = b"".join(b"<%04X> <%04X>\n" % q for q in pairs)
    return stream(
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n%d beginbfchar\n"
        % len(pairs)
        + body
        + b"endbfchar endcmap end end"
    )


def cid(text: str, shift: int) -> bytes:
    """A line as glyph numbers, as a subset font numbers them."""
    return b"BT /F1 11 Tf 1 0 0 1 60 780 Tm <" + b"".join(b"%04X" % (ord(c) % 90 + shift) for c in text) + b"> Tj ET\n"


_T0 = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+News /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+News "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 /FontDescriptor << /Type /FontDescriptor /FontName /ABCDEF+News /Flags 4 "
    b"/FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >> >>] %s>>"
)
TEXT = "Капітанка порту Інеса Єрмак сказала, що порт зачинено до п'ятниці через шторм і великі хвилі."


def make(folder: Path) -> None:
    write(folder, "input/identity.pdf", pdf([cid(TEXT, 3) * 3], font=_T0 % b""))
    codes = sorted({ord(c) % 90 + 3 for c in TEXT})
    write(
        folder,
        "input/private-area.pdf",
        pdf([cid(TEXT, 3)], font=_T0 % b"/ToUnicode 5 0 R ", more=[cmap([(c, 0xF000 + c) for c in codes])]),
    )
    write(
        folder,
        "input/replacement.pdf",
        pdf([cid(TEXT, 3)], font=_T0 % b"/ToUnicode 5 0 R ", more=[cmap([(c, 0xFFFD) for c in codes])]),
    )
    names = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /QWERTY+Zeitung /Encoding << /Type /Encoding /Differences [33 %s] >> /FirstChar 33 /LastChar 123 /Widths [%s] >>"
        % (b" ".join(b"/g%d" % n for n in range(33, 124)), b"500 " * 91)
    )
    write(folder, "input/glyph-names.pdf", pdf([at(60, 780, "".join(chr(33 + ord(c) % 90) for c in TEXT))], font=names))
    good = (
        b"BT /F2 11 Tf 1 0 0 1 60 780 Tm "
        + s("La alcaldesa Begoña Núñez anunció que el túnel abrirá en otoño, según señaló ayer.")
        + b" Tj ET\n"
    )
    mixed = pdf(
        [good, cid(TEXT, 3), good.replace(b"ayer", b"hoy ")],
        font=_T0 % b"",
        more=[b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"],
    )
    write(folder, "input/mixed.pdf", _renumber(mixed.replace(b"/Font << /F1 3 0 R >>", b"/Font << /F1 3 0 R /F2 5 0 R >>")))


def _renumber(data: bytes) -> bytes:
    """Writes the cross reference again after a change of lengths."""
    import re

    places = {int(m[1]): m.start() for m in re.finditer(rb"(?m)^(\d+) 0 obj$", data)}
    cut = data.index(b"xref\n0 ")
    tail = data[data.index(b"trailer") : data.index(b"startxref")]
    xref = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + b"".join(
        b"%010d 00000 n \n" % places[n] for n in sorted(places)
    )
    return data[:cut] + xref + tail + b"startxref\n%d\n%%%%EOF\n" % cut
