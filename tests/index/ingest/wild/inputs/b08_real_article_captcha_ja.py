"""A real short article about captchas (Japanese) that must be kept"""

import json
from pathlib import Path

from tests.support.wild import Site, article, full, item, rss, save

LANG, TITLE = "ja", "高齢者つまずく「私はロボットではありません」"
TEXT = [
    "北浜町は十六日、税の申請ページから画像認証をなくすと発表した。",
    "「私はロボットではありません」の確認で、七十歳以上の三割が申請をあきらめていたという。",
    "町の担当者の沢口まりさんは「信号機の写真を選べない人も町民です」と話した。",
]


def make(folder: Path) -> None:
    """The article as a file, as a row, as a feed's full text, and served as a page behind a feed whose summary is its first sentence."""
    save(folder, "page.html", article(TITLE, *TEXT, lang=LANG))
    save(folder, "short.html", article(TITLE, TEXT[0], lang=LANG))
    save(
        folder,
        "row.jsonl",
        json.dumps(
            {"title": TITLE, "text": "\n\n".join(TEXT), "lang": LANG, "url": "https://paper.example.org/1"}, ensure_ascii=False
        )
        + "\n",
    )
    save(
        folder,
        "feed.xml",
        rss(
            "Paper",
            "https://paper.example.org/",
            item(TITLE, TEXT[0], "https://paper.example.org/2", "p2", more=full("".join(f"<p>{p}</p>" for p in TEXT))),
            lang=LANG,
        ),
    )
    site = Site(folder)
    site.feed("/feed.xml", rss("Paper", "{BASE}/", item(TITLE, TEXT[0], "{BASE}/a", "p3"), lang=LANG))
    site.add("/a", article(TITLE, *TEXT, lang=LANG, extra="<aside><p>Cookies: OK</p></aside>"))
    site.save()
