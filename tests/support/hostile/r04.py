"""Answers above the old text: "Am … schrieb", "Le … a écrit :" broken over two lines, "El … escribió:"."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile.files import write


def mail(sub: str, frm: str, body: str, html: bool = False) -> str:
    return (
        f"From: {frm}\r\nTo: x@desk.example\r\nSubject: {sub}\r\nDate: Fri, 13 Jun 2025 09:00:00 +0200\r\nMIME-Version: 1.0\r\nContent-Type: text/{'html' if html else 'plain'}; charset=utf-8\r\n"
        "Content-Transfer-Encoding: 8bit\r\n\r\n" + body.replace("\n", "\r\n") + "\r\n"
    )


def make(folder: Path) -> None:
    write(
        folder,
        "input/de.eml",
        mail(
            "AW: Streik",
            "Petra Lund <lund@desk.example>",
            "Der Streik der Fährleute ist abgesagt, wir fahren am Montag normal.\n\nAm 10.06.2025 um 10:00 schrieb Jan Holm:\n> Der Streik der Fährleute beginnt am Montag um sechs Uhr.\n>> Wann genau?\n",
        ),
    )
    write(
        folder,
        "input/fr.eml",
        mail(
            "Re: Pont",
            "Léa Morand <morand@desk.example>",
            "Le pont de Norby ouvrira finalement en septembre.\n\nLe mar. 10 juin 2025 à 10:00, Luc Falque <falque@desk.example>\na écrit :\n\n> Le pont de Norby n'ouvrira jamais, a dit le ministre.\n",
        ),
    )
    write(
        folder,
        "input/da.eml",
        mail(
            "SV: Havn",
            "Kari Berg <berg@desk.example>",
            "Havnen i Norby åbner igen lørdag.\n\nFra: Bo Østergård <bo@desk.example>\nSendt: 10. juni 2025 10:00\nTil: Kari Berg\nEmne: Havn\n\nHavnen i Norby lukker for altid, siger ministeren.\n",
        ),
    )
    write(
        folder,
        "input/ru.eml",
        mail(
            "Re: Паром",
            "Анна Щукина <a@desk.example>",
            "Паром в Лирио пойдёт в субботу.\n\n-----Исходное сообщение-----\nОт: Олег Юдин\nОтправлено: 10 июня 2025 г. 10:00\nТема: Паром\n\nПаром в Лирио отменён навсегда.\n",
        ),
    )
    write(
        folder,
        "input/es.eml",
        mail(
            "Re: Túnel",
            "Inés Peña <pena@desk.example>",
            '<div>El túnel de Sanvara abrirá en otoño.</div><div class="gmail_quote">El mar, 10 jun 2025 a las 10:00, Luis Falcó escribió:<blockquote>El túnel de Sanvara no abrirá nunca.</blockquote></div>',
            True,
        ),
    )
