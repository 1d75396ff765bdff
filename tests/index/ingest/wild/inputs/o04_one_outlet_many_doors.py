"""Three articles of one outlet are one source; an agency's text in three papers is one too"""

import json
from pathlib import Path

from tests.support.wild import save


def make(folder: Path) -> None:
    """Desks, mobile and AMP hosts, sections with other titles: all one outlet; and an agency text in three outlets."""
    rows = [
        (
            "Halvesund Tidings",
            "https://www.halvesund-tidings.example/news/mill-1",
            "Mill fire",
            "The old tide mill of Halvesund burned on Monday night; damage is put at 3 million crowns.",
        ),
        (
            "Halvesund Tidings — Politics",
            "https://halvesund-tidings.example/politics/mill-2",
            "Mayor on mill fire",
            "Mayor Berit Moen said on Tuesday that the tide mill of Halvesund, which burned on Monday, had no insurance.",
        ),
        (
            "HT | Culture",
            "https://m.halvesund-tidings.example/culture/mill-3",
            "What the mill meant",
            "Poets had loved the tide mill of Halvesund that burned on Monday; its wheel was from 1790.",
        ),
        (
            "halvesund tidings",
            "https://amp.halvesund-tidings.example/news/mill-4",
            "Mill fire: cause",
            "A lantern set the Halvesund tide mill on fire on Monday, police believe.",
        ),
    ]
    save(
        folder,
        "rows.jsonl",
        "".join(
            json.dumps({"outlet": o, "url": u, "title": t, "text": x, "date": "2025-06-17", "lang": "en"}) + "\n"
            for o, u, t, x in rows
        ),
    )
    save(
        folder,
        "other.jsonl",
        json.dumps(
            {
                "outlet": "Skerry Radio",
                "url": "https://skerry-radio.example/1",
                "title": "Tide mill lost",
                "date": "2025-06-17",
                "lang": "en",
                "text": "Halvesund lost its tide mill in a fire on Monday. Nobody was inside, warden Jon Lie told Skerry Radio.",
            }
        )
        + "\n",
    )
    agency = "HALVESUND (Nova) - The tide mill of Halvesund burned down on Monday. Its owner, the widow Sigrid Aas, told the agency she would not rebuild it."
    tails = ("", " Reporting by Nova.", " (Nova, own report)")
    for n, (name, host) in enumerate(
        (
            ("Coast Post", "coast-post.example"),
            ("Terlower Bote", "terlower-bote.example"),
            ("Corvanne Daily", "corvanne-daily.example"),
        )
    ):
        save(
            folder,
            f"agency-{n}.jsonl",
            json.dumps(
                {
                    "outlet": name,
                    "url": f"https://{host}/mill",
                    "title": f"Mill burns {n}",
                    "text": agency + tails[n],
                    "date": "2025-06-17",
                    "lang": "en",
                }
            )
            + "\n",
        )
    de = "HALVESUND (Nova) – Die Gezeitenmühle von Halvesund ist am Montag abgebrannt. Die Besitzerin, die Witwe Sigrid Aas, sagte der Agentur, sie werde sie nicht wieder aufbauen."
    save(
        folder,
        "agency-de.jsonl",
        json.dumps(
            {
                "outlet": "Hasselbrucker Anzeiger",
                "url": "https://hasselbruck.example/muehle",
                "title": "Mühle brennt",
                "text": de,
                "date": "2025-06-17",
                "lang": "de",
            },
            ensure_ascii=False,
        )
        + "\n",
    )
