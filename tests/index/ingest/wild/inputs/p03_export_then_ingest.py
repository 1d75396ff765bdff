"""What is exported and read again gives the same library"""

import json
from pathlib import Path

from tests.support.wild import article, item, rss, save


def make(folder: Path) -> None:
    """Rows with everything that breaks on the way out and in again."""
    rows = [
        {
            "title": "=SUM(A1:A9)",
            "text": "The formula of the Halvesund baker is no formula: nine loaves for the price of eight.",
            "outlet": "+Tidings",
            "date": "2025-06-17",
        },
        {
            "title": "Two\nlines\tand a tab",
            "text": "First paragraph of the note.\n\n\nSecond paragraph, after three breaks.\r\nThird line with CRLF.",
            "outlet": "Notes",
            "date": "2025",
        },
        {
            "title": "Month only",
            "text": "Sarıova'da İstanbul ığdırı ılık: the dotless letters ı and İ must survive.",
            "outlet": "Sarıova Postası",
            "date": "2025-06",
            "lang": "tr",
        },
        {"title": "No date, no outlet", "text": "A row without any date or outlet tells of the well of Corvanne."},
        {
            "title": "Time and zone",
            "text": "青松市的钟表匠把时间调快了一个小时。",
            "outlet": "青松晚报",
            "date": "2025-06-17T00:30:00+14:00",
            "lang": "zh",
        },
        {
            "title": "NFD",
            "text": "Le cafe\u0301 de Corvanne ferme; the accent is a mark of its own.",
            "outlet": "E\u0301cho",
            "date": "2025-06-17",
            "lang": "fr",
        },
        {
            "title": "NFC",
            "text": "Le café de Corvanne rouvre; the accent is in the letter.",
            "outlet": "Écho",
            "date": "2025-06-18",
            "lang": "fr",
        },
        {
            "title": "Marks",
            "text": "Zero\u200bwidth, soft\u00adhyphen, no\u00a0break, thin\u2009space, bom\ufeff, emoji 👩\u200d🚒 and 𝔣raktur.",
            "outlet": "Marks",
            "date": "2025-06-17",
        },
        {
            "title": "RTL",
            "text": "قال المحرر: «العنوان https://x.example/?a=1&b=2 صحيح» ثم \u200fسكت\u200e.",
            "outlet": "صدى",
            "date": "2025-06-17",
            "lang": "ar",
        },
        {
            "title": "Copy one",
            "text": "The same sentence about the Terlow lock stands in two papers, word by word.",
            "outlet": "Terlower Bote",
            "url": "https://a.example/1",
            "date": "2025-06-17",
        },
        {
            "title": "Copy two",
            "text": "The same sentence about the Terlow lock stands in two papers, word by word.",
            "outlet": "Hasselbrucker Anzeiger",
            "url": "https://b.example/1",
            "date": "2025-06-18",
        },
        {
            "id": "v",
            "title": "Version",
            "text": "The vote in Valdemora ended seven to six.",
            "outlet": "La Voz",
            "date": "2025-06-17",
        },
        {
            "id": "n/../x?y#z",
            "title": "Odd id",
            "text": "Its id has slashes, dots, a question mark and a fragment.",
            "outlet": "Ids",
            "date": "2025-06-17",
        },
        {
            "id": "17",
            "title": "Number id",
            "text": "An id that looks like a number, kept by a paper of Brzezinów.",
            "outlet": "Głos",
            "date": "2025-06-17",
        },
        {
            "title": "<b>Tags</b> & &amp;",
            "text": "A text that says &lt;b&gt; and <b> and & and &amp; as they are.",
            "outlet": "R&B",
            "url": "https://c.example/?q=a%20b&r=%C3%A9#f",
            "date": "2025-06-17",
        },
        {
            "title": "Line separators",
            "text": "One\u2028two\u2029three\u0085four: some readers split lines here.",
            "outlet": "Lines",
            "date": "2025-06-17",
        },
    ]
    save(folder, "rows.jsonl", "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows))
    save(
        folder,
        "later.jsonl",
        json.dumps(
            {
                "id": "v",
                "title": "Version",
                "text": "The vote in Valdemora ended eight to five after a recount.",
                "outlet": "La Voz",
                "date": "2025-06-18",
            }
        )
        + "\n",
    )
    save(
        folder,
        "page.html",
        article(
            "Page",
            "The Kaleo school has a new roof of palm leaves.",
            "It was paid for by its pupils, teacher Malia Ono said.",
            head='<meta name="author" content="Noa Keala"><link rel="canonical" href="https://kaleo.example/roof">',
        ),
    )
    save(
        folder,
        "feed.xml",
        rss(
            "Feed",
            "https://feed.example/",
            item(
                "Linkless",
                "An entry without a link tells of a new bench in Terlow.",
                "",
                "g-1",
                "Tue, 17 Jun 2025 00:30:00 +1400",
            ),
            item(
                "Linked",
                "An entry with a link tells of an old bench in Terlow.",
                "https://feed.example/2#x",
                "g-2",
                "Tue, 17 Jun 2025 00:30:00 +1400",
            ),
        ),
    )
