"""Tracked changes with numbers: deleted and inserted runs, a deleted paragraph mark, a deleted table row."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile.docx_file import docx, p
from tests.support.hostile.files import write

A = 'w:id="1" w:author="Red." w:date="2026-03-14T09:00:00Z"'


def t(text: str, tag: str = "t") -> str:
    return f'<w:r><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def make(folder: Path) -> None:
    body = (
        p("Prístav zatvorený")
        + p(
            "Primátorka Žofia Ďuríková povedala, že zahynulo ",
            f"<w:del {A}>{t('12', 'delText')}</w:del>",
            f"<w:ins {A}>{t('2')}</w:ins>",
            " ľudí a kompa nepôjde do ",
            f"<w:del {A}>{t('stredy', 'delText')}</w:del>",
            f"<w:ins {A}>{t('piatka')}</w:ins>",
            ".",
        )
        + p("Rozhodnutie platí ", ppr=f"<w:rPr><w:del {A}/></w:rPr>")
        + p("od pondelka večera.")
        + "<w:tbl><w:tr><w:trPr><w:del "
        + A
        + "/></w:trPr><w:tc>"
        + p(f"<w:del {A}>{t('Cena 40 korún', 'delText')}</w:del>")
        + "</w:tc></w:tr>"
        + f"<w:tr><w:trPr><w:ins {A}/></w:trPr><w:tc>"
        + p(f"<w:ins {A}>{t('Cena 90 korún')}</w:ins>")
        + "</w:tc></w:tr></w:tbl>"
        + f'<w:moveFromRangeStart {A} w:name="m1"/>'
        + p(f"<w:moveFrom {A}>{t('Starosta Selwynu odmietol komentár.')}</w:moveFrom>")
        + '<w:moveFromRangeEnd w:id="1"/>'
        + p("Hovorkyňa prístavu potvrdila dátum.")
        + p(f"<w:moveTo {A}>{t('Starosta Selwynu odmietol komentár.')}</w:moveTo>")
        + p(
            f'<w:del {A}><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            + t(" HYPERLINK x ", "delInstrText")
            + f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{t("tajný odkaz", "delText")}'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:del>',
            "Viac zajtra.",
        )
    )
    write(folder, "input/tracked.docx", docx(body))
    write(
        folder,
        "draft.txt",
        'Ďuríková povedala, že "zahynulo 2 ľudí a kompa nepôjde do piatka".\n\nĎuríková povedala, že "zahynulo 122 ľudí".\n',
    )
