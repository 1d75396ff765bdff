"""The main part under other names (absolute target, /docs/main.xml."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from tests.support.hostile.docx_file import W, docx, p
from tests.support.hostile.files import write

S_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
S_R = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def make(folder: Path) -> None:
    write(
        folder,
        "input/absolute.docx",
        docx(
            p("Porto fechado") + p("A capitã do porto, Inês Falcão, disse que o porto de Norby fica fechado até sexta-feira."),
            main="word/document3.xml",
            target="/word/document3.xml",
        ),
    )
    write(
        folder,
        "input/elsewhere.docx",
        docx(
            p("Поріт зачинено") + p("Мер міста Оксана Дуб сказала, що трамвай поїде вздовж річки вже восени."),
            main="docs/main.xml",
        ),
    )
    write(
        folder,
        "input/strict.docx",
        docx(
            p("Satama kiinni") + p("Satamakapteeni Aino Kivi sanoi, että Norbyn satama pysyy suljettuna perjantaihin asti."),
            w=S_W,
            r=S_R,
        ),
    )
    write(
        folder,
        "input/strict-table.docx",
        docx(
            "<w:tbl><w:tr><w:tc>"
            + p("Sadama")
            + "</w:tc><w:tc>"
            + p("Kapten Mari Õun ütles, et sadam jääb reedeni suletuks.")
            + "</w:tc></w:tr></w:tbl>"
            + p("Otsus tehti esmaspäeval."),
            main="word/document2.xml",
            w=S_W,
            r=S_R,
        ),
    )
    decoy = docx(
        p("Havn lukket") + p("Havnesjef Kari Øye sa at havnen i Norby holder stengt til fredag."), main="word/document2.xml"
    )
    buf = io.BytesIO(decoy)
    with zipfile.ZipFile(buf, "a") as z:  # an older copy of the main part which nothing points to
        z.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{W}"><w:body>' + p("UTKAST: havnen er åpen som vanlig.") + "</w:body></w:document>",
        )
    write(folder, "input/old-copy-inside.docx", buf.getvalue())
