"""An mbox with ">From", a body line that begins with "From " (unquoted), a message without a blank line at its end."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile.files import write


def make(folder: Path) -> None:
    box = (
        "From MAILER Thu Jun 12 08:00:00 2025\nFrom: Ines Falk <falk@port.example>\nTo: x@desk.example\nSubject: Pier\nDate: Thu, 12 Jun 2025 08:00:00 +0200\nContent-Type: text/plain; charset=utf-8\n\n"
        "The pier of Norby opens on Friday.\n>From Lirio the ferry starts at nine, Falk said.\nFrom next week on all ferries are free, she added.\n\n-- \nInes Falk, harbour master\nTel. +00 555 0100\n\n"
        "From - Thu Jun 12 09:00:00 2025\nFrom: Rosa Teng <teng@city.example>\nTo: x@desk.example\nSubject: Tram\nDate: Thu, 12 Jun 2025 09:00:00 +0200\nContent-Type: text/plain; charset=utf-8\n\n"
        "The council of Lirio voted for the tram.\n\nEnviado desde mi teléfono\n\nDiese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat sind, löschen Sie sie.\n"
        "From a@b.example Thu Jun 12 10:00:00 2025\nFrom: Desk <desk@desk.example>\nTo: x@desk.example\nSubject: Fwd: Mill\nDate: Thu, 12 Jun 2025 10:00:00 +0200\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="M"\n\n--M\nContent-Type: text/plain; charset=utf-8\n\nSee below.\n--M\nContent-Type: message/rfc822\n\nFrom: Mia Holt <holt@fire.example>\n'
        "Subject: Mill\nDate: Wed, 11 Jun 2025 22:00:00 +0200\nContent-Type: text/plain; charset=utf-8\n\nFirefighters put out the blaze in the mill of Selwyn, nobody was hurt.\n--M\n"
        "Content-Type: text/calendar; charset=utf-8\n\nBEGIN:VCALENDAR\nSUMMARY:Redaktionssitzung\nEND:VCALENDAR\n--M--\n"
    )
    write(folder, "input/desk.mbox", box)
    write(
        folder,
        "draft.txt",
        'Falk said: "From Lirio the ferry starts at nine". She added: "From next week on all ferries are free".\n',
    )
