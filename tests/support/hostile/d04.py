"""French narrow and no-break spaces inside quotation marks and numbers, Japanese full-width digits and half-width kana."""

from __future__ import annotations

from pathlib import Path

from tests.support.hostile.files import write


def make(folder: Path) -> None:
    write(
        folder,
        "input/fr.txt",
        "Budget\n\nLa ministre Léa Morand a déclaré\u00a0: «\u202fLe port a perdu 12\u202f500 emplois en 2025\u202f; c’est 3,5\u00a0% de moins\u202f!\u202f» "
        "Le maire a répondu\u2009: «\u00a0Jamais\u202f?\u00a0»\n",
    )
    write(
        folder,
        "input/ja.txt",
        "港の予算\n\n森川市長は「２０２５年の予算は１２５００円で、ﾄｲﾚの改修は含まない」と述べた。　港は６月１２日まで閉鎖される。\n",
    )
    write(
        folder, "input/zh.txt", "港口\n\n局长林晓芳说：“２０２５年港口损失３．５％，ＧＤＰ增速放缓。”港口关闭至６月１２日。\n"
    )
    write(
        folder,
        "input/gsw.txt",
        "Zahlen\n\nDie Bürgermeisterin Rosa Teng sagte: «Die Stadt zahlt 1’250’000 Franken, nicht 1 250.»\n",
    )
    write(
        folder,
        "draft-right.txt",
        'Léa Morand : "Le port a perdu 12 500 emplois en 2025 ; c\'est 3,5 % de moins !"\n\n森川市長は「2025年の予算は12500円で、トイレの改修は含まない」と述べた。\n\n'
        "林晓芳说：“2025年港口损失3.5%，GDP增速放缓。”\n\nRosa Teng: \"Die Stadt zahlt 1'250'000 Franken, nicht 1 250.\"\n",
    )
    write(
        folder,
        "draft-wrong.txt",
        'Léa Morand : "Le port a perdu 1 500 emplois en 2025".\n\n森川市長は「2026年の予算は12500円で」と述べた。\n\n林晓芳说：“2025年港口损失35%，GDP增速放缓。”\n',
    )
