"""core.xml of a template: created 2013, modified in the future, title "Vorlage Pressemitteilung", "Document1"."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile.docx_file import docx, p
from tests.support.hostile.files import write


def core(title: str, created: str, modified: str, who: str = "Administrator") -> str:
    d = '<dcterms:{0} xsi:type="dcterms:W3CDTF">{1}</dcterms:{0}>'
    return (
        f"<dc:title>{title}</dc:title><dc:creator>{who}</dc:creator>"
        + d.format("created", created)
        + d.format("modified", modified)
    )


def make(folder: Path) -> None:
    write(
        folder,
        "input/de.docx",
        docx(
            p("Hafen bleibt bis Freitag geschlossen", ppr='<w:pStyle w:val="Title"/>')
            + p("Lübeck, 14. März 2026 – Der Hafen von Norby bleibt geschlossen, sagte Kapitänin Ines Falk."),
            core=core("Vorlage Pressemitteilung", "2013-01-07T10:00:00Z", "2031-01-01T00:00:00Z"),
        ),
    )
    write(
        folder,
        "input/pt.docx",
        docx(
            p("Ponte reabre no outono", ppr='<w:pStyle w:val="Heading1"/>')
            + p("A ponte de Lírio reabre no outono, anunciou a presidente da câmara, Rosa Tenreiro."),
            core=core("Document1", "2011-05-05T05:05:05Z", "2011-05-05T05:05:05Z", "python-docx"),
        ),
    )
    write(
        folder,
        "input/lv.docx",
        docx(
            p("Tramvajs gar upi") + p("Pilsētas dome pirmdien nobalsoja par jaunu tramvaja līniju gar upi."),
            core=core("Microsoft Word - melnraksts_3.docx", "0001-01-01T00:00:00Z", "not a date"),
        ),
    )
