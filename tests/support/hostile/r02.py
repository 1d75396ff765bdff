"""format=flowed in Hungarian and, with DelSp=yes."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile.files import write


def mail(sub: str, ctype: str, lines: list) -> bytes:
    return (
        f"From: Levelek <l@desk.example>\r\nTo: x@desk.example\r\nSubject: {sub}\r\nDate: Thu, 12 Jun 2025 09:00:00 +0200\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/plain; charset=utf-8; {ctype}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + "\r\n".join(lines)
        + "\r\n"
    ).encode()


def make(folder: Path) -> None:
    write(
        folder,
        "input/hu.eml",
        mail(
            "Komp",
            "format=flowed",
            [
                "A kikötő vezetője, Őszi Tünde azt mondta: „Nem indul a komp, amíg a ",
                "vihar tart, és senki se kérjen ilyet.” A város ",
                "polgármestere egyetértett.",
                "",
                " From Norby to Lirio: ez a komp neve.",
                " > 12 méteres hullámok voltak.",
                "",
                "Menetrend:",
                "08:00 Norby",
                "09:30 Lirio",
                "",
                "> A régi levél szerint a komp ",
                "> pénteken indul.",
                "",
                "-- ",
                "Őszi Tünde ",
                "titkárság",
            ],
        ),
    )
    write(
        folder,
        "input/ja.eml",
        mail(
            "=?utf-8?b?5riv?=",
            "format=flowed; delsp=yes",
            [
                "港長の森川恵は「嵐が続く限り、渡し船は出さ ",
                "ない。誰も頼まないでほしい」と記者団に述べ ",
                "た。市長も同じ意見である。",
                "",
                "次の便は The  ",
                "Norby Express である。",
            ],
        ),
    )
    write(
        folder,
        "draft.txt",
        'Őszi Tünde: "Nem indul a komp, amíg a vihar tart, és senki se kérjen ilyet."\n\n森川恵は「嵐が続く限り、渡し船は出さない。誰も頼まないでほしい」と述べた。\n',
    )
