"""The same evening seen from Honolulu, Auckland and Tokyo; 'yesterday' in the text"""

from pathlib import Path

from tests.support.wild import article, item, rss, save


def make(folder: Path) -> None:
    """Entries around one UTC midnight; pages whose visible day and machine date differ by their zone."""
    rows = [
        (
            "Honolulu",
            "en",
            "Mon, 09 Jun 2025 23:30:00 -1000",
            "The pier of Kaleo burned down tonight, fire chief Noa Keala said.",
        ),
        (
            "Auckland",
            "en",
            "Wed, 11 Jun 2025 00:30:00 +1200",
            "The ferry of Motuwera sank at its berth yesterday, skipper Hemi Rua said.",
        ),
        ("Tokyo", "ja", "Wed, 11 Jun 2025 00:10:00 +0900", "北浜町の灯台が十日夜に停電した。"),
        (
            "Moskau",
            "ru",
            "Wed, 11 Jun 2025 02:10:00 +0300",
            "Вчера в Верхнем Ольшане остановился завод, сообщил директор Глеб Ершов.",
        ),
        ("Lisboa", "pt", "Tue, 10 Jun 2025 23:50:00 +0100", "O forno comunitário de Ria Funda ardeu hoje à noite."),
        (
            "Sao",
            "pt",
            "Tue, 10 Jun 2025 21:50:00 -0300",
            "A feira de Porto Caju foi cancelada hoje, disse a prefeita Iara Bento.",
        ),
    ]
    save(
        folder,
        "feed.xml",
        rss(
            "One night",
            "https://night.example.org/",
            *(item(f"From {c}", x, f"https://night.example.org/{c}", c, d) for c, _, d, x in rows),
        ),
    )
    ld = '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"Late vote in Kaleo","datePublished":"2025-06-10T23:30:00-10:00","dateModified":"2025-06-12T08:00:00-10:00"}</script>'
    save(
        folder,
        "late.html",
        article(
            "Late vote in Kaleo",
            "June 10, 2025 11:30 pm",
            "The council of Kaleo voted today to rebuild the pier in stone.",
            "The vote was six to one, clerk Malia Ono said.",
            head=ld,
        ),
    )
    head = '<meta property="article:published_time" content="2025-06-10T22:30:00Z">'
    save(
        folder,
        "gece.html",
        article(
            "Gece kararı",
            "11 Haziran 2025 01:30",
            "Sarıova meclisi bu gece su fiyatını yarıya indirdi.",
            "Karar yarın yürürlüğe girecek, dedi başkan Nihal Uçar.",
            lang="tr",
            head=head,
        ),
    )
