"""No-break and soft hyphen elements, hidden text by run and by style, vanish switched off again, Japanese ruby."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile.docx_file import docx, p
from tests.support.hostile.files import write


def make(folder: Path) -> None:
    van = '<w:r><w:rPr><w:vanish/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
    body = (
        p("Ferjen")
        + p(
            "<w:r><w:t>Statsrad Kari Berg</w:t><w:noBreakHyphen/><w:t>Hansen sa at EU</w:t><w:noBreakHyphen/><w:t>avtalen og ferje</w:t><w:softHyphen/><w:t>leiet koster 1,5 milli</w:t><w:softHyphen/><w:t>arder.</w:t></w:r>"
        )
        + p("Hun møter ", van.format("IKKE "), "pressen fredag.", van.format(" Kilde: anonym."))
        + p(
            '<w:r><w:rPr><w:rStyle w:val="Intern"/></w:rPr><w:t>SPERREFRIST KL 12</w:t></w:r>',
            '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>Rederiet bekreftet prisen.</w:t></w:r>',
            '<w:r><w:rPr><w:vanish w:val="false"/></w:rPr><w:t xml:space="preserve"> Styret sa ja.</w:t></w:r>',
        )
        + p(
            "Billetten er dyr",
            '<w:r><w:footnoteReference w:id="2"/></w:r>',
            '<w:commentRangeStart w:id="0"/>',
            ", sa rederen.",
            '<w:commentRangeEnd w:id="0"/>',
            '<w:r><w:commentReference w:id="0"/></w:r>',
        )
        + p(
            '<w:fldSimple w:instr=" DATE \\@ &quot;dd.MM.yyyy&quot; "><w:r><w:t>tirsdag</w:t></w:r></w:fldSimple>',
            " kveld: ",
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://x.example" </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>vedtaket</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
            " gjelder.",
        )
        + p(
            "<w:r><w:ruby><w:rt><w:r><w:t>もりかわ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>森川</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "市長は",
            "<w:r><w:ruby><w:rt><w:r><w:t>のるび</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>能美</w:t></w:r></w:rubyBase></w:ruby></w:r>",
            "港を閉鎖すると述べた。",
        )
    )
    parts = {
        "styles.xml": (
            "styles",
            '<w:style w:type="character" w:styleId="Intern"><w:name w:val="Intern"/><w:rPr><w:vanish/></w:rPr></w:style>',
        ),
        "footnotes.xml": (
            "footnotes",
            '<w:footnote w:type="separator" w:id="0">'
            + p("<w:r><w:separator/></w:r>")
            + '</w:footnote><w:footnote w:id="2">'
            + p("Prisen var 40 kroner i 2019.")
            + "</w:footnote>",
        ),
        "comments.xml": (
            "comments",
            '<w:comment w:id="0" w:author="Red." w:initials="R">' + p("Stryk dette, vi tror han lyver!") + "</w:comment>",
        ),
    }
    write(folder, "input/ferje.docx", docx(body, parts=parts))
    write(
        folder,
        "draft.txt",
        'Berg-Hansen sa at "EU-avtalen og ferjeleiet koster 1,5 milliarder". "Billetten er dyr, sa rederen".\n\n「森川市長は能美港を閉鎖すると述べた」\n',
    )
