"""Quoted-printable that splits a letter over a soft break, blanks after "=", "=3D" in the charset."""

from __future__ import annotations

import base64
from pathlib import Path

from tests.support.hostile.files import write


def mail(sub: str, ctype: str, cte: str, body: bytes) -> bytes:
    return (
        f"From: =?koi8-r?B?{base64.b64encode('Вестник'.encode('koi8-r')).decode()}?= <v@desk.example>\r\nTo: x@desk.example\r\nSubject: {sub}\r\nDate: Thu, 12 Jun 2025 09:00:00 +0300\r\n"
        f"MIME-Version: 1.0\r\nContent-Type: {ctype}\r\nContent-Transfer-Encoding: {cte}\r\n\r\n"
    ).encode() + body


def make(folder: Path) -> None:
    write(
        folder,
        "input/split.eml",
        mail(
            "=?utf-8?Q?Caf=C3?= =?utf-8?Q?=A9_de_l'=C3=A9cluse?=",
            "text/plain; charset=utf-8",
            "quoted-printable",
            b"La mairesse Zo=C3=\r\n=A9 Leb=C5=93uf a dit lundi =3A =C2=AB=E2=80=\r\n=AFLe bac co=C3=BBtera 5=C2=A0=E2=82=AC, pas =\t \r\nplus.=E2=80=AF=C2=BB Voir https://x.example/?a=3D1=\r\n&b=3D2\r\n",
        ),
    )
    write(
        folder,
        "input/charset3d.eml",
        mail(
            "Havn",
            'text/plain; charset=3D"utf-8"',
            "quoted-printable",
            b"Havnechef Bo =C3=98sterg=C3=A5rd sagde mandag, at havnen lukker til fredag.\r\n",
        ),
    )
    write(
        folder,
        "input/cp-850.eml",
        mail(
            "Hafen",
            "text/plain; charset=cp-850",
            "8bit",
            "Die Kapitänin Ines Größl sagte, der Hafen öffne am Freitag für alle Schiffe.\r\n".encode("cp850"),
        ),
    )
    write(
        folder,
        "input/unknown-8bit.eml",
        mail(
            "Port",
            "text/plain; charset=unknown-8bit",
            "8bit",
            "Kapitan portu Żaneta Śliwa powiedziała, że prom nie popłynie do piątku.\r\n".encode(),
        ),
    )
    write(
        folder,
        "input/he.eml",
        mail(
            "=?iso-8859-8-i?B?" + base64.b64encode("הנמל".encode("iso8859-8")).decode() + "?=",
            'text/plain; charset="iso-8859-8-i"',
            "quoted-printable",
            "".join(f"={b:02X}" for b in "מנהלת הנמל רות אלון אמרה".encode("iso8859-8")).encode()
            + b"=\r\n"
            + "".join(f"={b:02X}" for b in " כי הנמל סגור עד יום שישי.".encode("iso8859-8")).encode()
            + b"\r\n",
        ),
    )
    b64 = base64.b64encode("Капитан порта Инесса Фалк сказала, что паром не пойдёт до пятницы!!".encode("windows-1251")).rstrip(
        b"="
    )
    write(
        folder,
        "input/base64-nopad.eml",
        mail(
            "=?windows-1251?B?" + base64.b64encode("Паром".encode("cp1251")).decode().rstrip("=") + "?=",
            "text/plain; charset=windows-1251",
            "base64",
            b64[:40] + b"\r\n" + b64[40:] + b"\r\n",
        ),
    )
    write(folder, "draft.txt", 'Zoé Lebœuf : "Le bac coûtera 5 €, pas plus."\n')
