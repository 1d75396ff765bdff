"""Sources saved by a Mac in NFD (Hangul in jamo, Vietnamese in stacked marks), the draft in NFC."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from tests.support.hostile.files import write


def make(folder: Path) -> None:
    nfd = lambda s: unicodedata.normalize("NFD", s)  # noqa: E731
    ko = "항만장 김하늘은 “폭풍이 끝날 때까지 항구를 열 수 없다”고 기자들에게 말했다. 항구는 금요일까지 닫힌다."
    vi = "Bà Trần Thị Mỵ nói: “Con má của tôi vẫn đợi ở bến phà.” Bến phà đóng cửa đến thứ Sáu."
    cs = "Starostka Žofie Říhová řekla: „Přívoz nepojede, dokud neopadne voda.“ Rozhodnutí platí do pátku."
    write(folder, nfd("input/ko-항구.txt"), nfd("항구 폐쇄\n\n" + ko + "\n"))
    write(folder, "input/vi.txt", nfd("Bến phà\n\n" + vi + "\n"))
    write(folder, "input/cs.txt", unicodedata.normalize("NFC", "Přívoz\n\n" + cs + "\n"))
    write(
        folder,
        "draft-right.txt",
        '김하늘: "폭풍이 끝날 때까지 항구를 열 수 없다".\n\nBà Mỵ: "Con má của tôi vẫn đợi ở bến phà."\n\n'
        + nfd('Starostka řekla: "Přívoz nepojede, dokud neopadne voda."\n'),
    )
    write(
        folder,
        "draft-wrong.txt",
        'Bà Mỵ: "Con mà của tôi vẫn đợi ở bến phà."\n\nStarostka: "Privoz nepojede, dokud neopadne voda."\n',
    )
