"""Newsletters with hidden preheaders and padding (&#847; &zwnj; &shy; &#8199; &#65279;)."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile.files import write

HEAD = (
    "From: {frm}\r\nTo: lectora@desk.example\r\nSubject: {sub}\r\nDate: Thu, 12 Jun 2025 07:00:00 +0200\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/alternative; boundary="B"\r\n\r\n--B\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n'
    "--B\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{html}\r\n--B--\r\n"
)


def make(folder: Path) -> None:
    pad = "&#847;&zwnj;&nbsp;&#8199;&shy;&#65279;" * 60
    es = (
        '<html><body><div style="display:none;max-height:0;overflow:hidden;mso-hide:all">Hoy: túneles, tranvías y mucho más '
        + pad
        + "</div>"
        '<table><tr><td><a href="https://t.example/v?u=1">Ver en el navegador</a></td></tr><tr><td><h1>El túnel de Sanvara</h1>'
        "<p>La alcaldesa Inés Peña anunció el martes que el túnel de Sanvara abrirá en otoño. «No costará más de nueve coronas», prometió.</p>"
        '<a href="https://t.example/c?u=2">LEER MÁS</a></td></tr><tr><td style="font-size:1px;color:#fff;line-height:1px">oferta casino gratis hoy</td></tr>'
        '<tr><td>Recibes este correo porque te suscribiste. <a href="https://t.example/u">Darse de baja</a></td></tr></table><img src="https://t.example/p.gif" width="1" height="1" alt=""></body></html>'
    )
    write(
        folder,
        "input/es.eml",
        HEAD.format(
            frm="El Faro <boletin@faro.example>",
            sub="=?utf-8?q?El_t=C3=BAnel_de_Sanvara?=",
            text="Este mensaje es HTML. Ábralo en el navegador: https://t.example/v?u=1",
            html=es,
        ),
    )
    zw = "\u034f \u200c \u00a0 \u2007 \u00ad " * 80
    it = (
        "<html><body><span style='opacity:0;visibility:hidden;height:0'>Anteprima: niente"
        + zw
        + "</span><p>La sindaca Rosa Tèndola ha detto che il traghetto è più caro da ve&shy;ner&shy;dì.</p></body></html>"
    )
    write(
        folder,
        "input/it.eml",
        HEAD.format(
            frm="La Lanterna <news@lanterna.example>",
            sub="Traghetto",
            text=zw + "\r\nLa sindaca Rosa Tèndola ha detto che il traghetto è più caro da venerdì.\r\n" + zw,
            html=it,
        ),
    )
    write(
        folder,
        "draft.txt",
        'Inés Peña: "No costará más de nueve coronas".\n\nRosa Tèndola: "il traghetto è più caro da venerdì".\n',
    )
