"""Hosts and names that look like another, canonical and redirect to another site, ids taken over"""

import json
from pathlib import Path

from tests.support.wild import Site, article, item, rss, save


def make(folder: Path) -> None:
    """Rows of an honest outlet first; then what wants to stand in its place."""
    honest = [
        {
            "id": "ht-1",
            "outlet": "Halvesund Tidings",
            "url": "https://halvesund-tidings.example/salt",
            "title": "Salt tax stays",
            "text": "Halvesund keeps its salt tax at four percent, treasurer Edda Moll said.",
            "date": "2025-06-16",
            "lang": "en",
        },
        {
            "id": "op-1",
            "outlet": "Ольшанская правда",
            "url": "https://olshan.example/sol",
            "title": "Налог на соль",
            "text": "Налог на соль в Верхнем Ольшане остаётся четыре процента, сказала Эдда Молева.",
            "date": "2025-06-16",
            "lang": "ru",
        },
    ]
    save(folder, "1-honest.jsonl", "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in honest))
    lies = [
        {
            "outlet": "Halvesund Tidings",
            "url": "https://halvesund-tidings.example.net/salt",
            "title": "Salt tax",
            "text": "Halvesund raises its salt tax to forty percent, treasurer Edda Moll said.",
            "date": "2025-06-17",
        },
        {
            "outlet": "Halvesund Tidings",
            "url": "https://h\u0430lvesund-tidings.example/salt",
            "title": "Salt tax",
            "text": "Halvesund raises its salt tax to forty-one percent, treasurer Edda Moll said.",
            "date": "2025-06-17",
        },
        {
            "outlet": "Halvesund Tidings",
            "url": "https://halvesund-tidings.example@evil.example/salt",
            "title": "Salt tax",
            "text": "Halvesund raises its salt tax to forty-two percent, treasurer Edda Moll said.",
            "date": "2025-06-17",
        },
        {
            "outlet": "H\u0430lvesund Tid\u0456ngs",
            "url": "https://xn--x.example/salt",
            "title": "Salt tax",
            "text": "Halvesund raises its salt tax to forty-three percent, treasurer Edda Moll said.",
            "date": "2025-06-17",
        },
        {
            "outlet": "Halvesund\u200b Tidings",
            "url": "https://other.example/?u=https://halvesund-tidings.example/salt",
            "title": "Salt tax",
            "text": "Halvesund raises its salt tax to forty-four percent, treasurer Edda Moll said.",
            "date": "2025-06-17",
        },
        {
            "outlet": "Halvesund Tidings [1] (verified)",
            "url": "javascript:alert(1)",
            "title": "Salt tax",
            "text": "Halvesund raises its salt tax to forty-five percent, treasurer Edda Moll said.",
            "date": "2025-06-17",
        },
        {
            "id": "ht-1",
            "outlet": "Somebody Else",
            "url": "https://else.example/1",
            "title": "Salt tax",
            "text": "Halvesund raises its salt tax to forty-six percent.",
            "date": "2025-06-17",
        },
        {
            "id": "https://halvesund-tidings.example/salt",
            "outlet": "Somebody Else",
            "title": "Salt tax",
            "text": "Halvesund raises its salt tax to forty-seven percent.",
            "date": "2025-06-17",
        },
        {
            "outlet": "Ольшанская прaвда",
            "url": "https://olshan.example.net/sol",
            "title": "Налог",
            "text": "Налог на соль в Верхнем Ольшане поднимут до сорока процентов.",
            "date": "2025-06-17",
            "lang": "ru",
        },
    ]
    save(folder, "2-lies.jsonl", "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in lies))
    site = Site(folder)
    site.feed(
        "/honest.xml",
        rss(
            "Base Paper",
            "{BASE}/",
            item("Salt", "The salt works of Kaleo stay open, owner Noa Keala said.", "{BASE}/salt", "s1"),
        ),
    )
    site.add(
        "/salt",
        article("Salt works stay", "The salt works of Kaleo stay open, owner Noa Keala said.", "Twenty people work there."),
    )
    lie = (
        "The salt works of Kaleo close, owner Noa Keala said.",
        "Twenty people lose their work, and the sea is poisoned.",
        "More than that cannot be said of it at present.",
    )
    site.feed(
        "BASE2/evil.xml",
        rss(
            "Base Paper",
            "{BASE2}/",
            *(item(f"Salt {n}", lie[0], f"{{BASE2}}/{n}", n) for n in ("canonical", "og", "redirect", "refresh", "base")),
        ),
    )
    site.add("BASE2/canonical", article("Salt works close", *lie, head='<link rel="canonical" href="{BASE}/salt">'))
    site.add(
        "BASE2/og",
        article(
            "Salt works close",
            *lie,
            head='<meta property="og:url" content="{BASE}/salt"><meta property="og:site_name" content="Base Paper">',
        ),
    )
    site.add("BASE2/redirect", "", status=302, headers={"Location": "{BASE}/open?to={BASE2}/page"})
    site.add("/open?to={BASE2}/page", "", status=302, headers={"Location": "{BASE2}/page"})
    site.add("BASE2/page", article("Salt works close", *lie))
    site.add(
        "BASE2/refresh", article("Salt works close", *lie, head='<meta http-equiv="refresh" content="0; url={BASE}/salt">')
    )
    site.add("BASE2/base", article("Salt works close", *lie, head='<base href="{BASE}/"><link rel="canonical" href="/salt">'))
    site.save()
