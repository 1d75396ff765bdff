"""Feeds that come by a relay: the outlet is the site, not the relay"""

from pathlib import Path

from tests.support.wild import item, rss, save


def make(folder: Path) -> None:
    """FeedBurner with origLink, FeedBurner without, a mail-to-feed relay, an rss.app relay, a bridge that puts its own name in the title."""
    orig = "<feedburner:origLink>https://halvesund-tidings.example/2025/06/{}</feedburner:origLink>"
    tail = '<div class="feedflare"><a href="http://feeds.feedburner.com/~ff/tidings?a=x"><img src="http://feeds.feedburner.com/~ff/tidings?i=x" border="0"></a></div><img src="http://feeds.feedburner.com/~r/tidings/~4/x" height="1" width="1" alt=""/>'
    save(
        folder,
        "feedburner.xml",
        rss(
            "Halvesund Tidings",
            "https://halvesund-tidings.example/",
            item(
                "Ropeway to Grey Skerry",
                "The ropeway to Grey Skerry opens on Saturday, manager Liv Aune said." + tail,
                "http://feedproxy.google.com/~r/tidings/~3/aB1/",
                "ht-1",
                "Tue, 17 Jun 2025 08:00:00 +0000",
                orig.format("ropeway"),
            ),
            item(
                "Tern colony grows",
                "The tern colony of Grey Skerry has grown to nine hundred pairs." + tail,
                "http://feedproxy.google.com/~r/tidings/~3/aB2/",
                "ht-2",
                "Tue, 17 Jun 2025 09:00:00 +0000",
                orig.format("terns"),
            ),
            more='<feedburner:info uri="tidings"/><atom:link rel="self" href="http://feeds.feedburner.com/tidings"/>',
        ),
    )
    save(
        folder,
        "own.xml",
        rss(
            "Halvesund Tidings",
            "https://halvesund-tidings.example/",
            item(
                "Ropeway to Grey Skerry",
                "The ropeway to Grey Skerry opens on Saturday, manager Liv Aune said.",
                "https://halvesund-tidings.example/2025/06/ropeway",
                "ht-1",
                "Tue, 17 Jun 2025 08:00:00 +0000",
            ),
        ),
    )
    save(
        folder,
        "relay.xml",
        rss(
            "Gazeta da Ria - RSS Feed by feedrelay.example",
            "https://feedrelay.example/feeds/8Hx",
            item(
                "Sal da ria premiado",
                "O sal de Ria Funda ganhou o prémio nacional, disse a salineira Rute Vaz.",
                "https://gazeta-ria.example/sal",
                "g1",
                "Tue, 17 Jun 2025 10:00:00 +0000",
                "<dc:creator>Gazeta da Ria</dc:creator>",
            ),
            lang="pt",
        ),
    )
    save(
        folder,
        "bridge.xml",
        rss(
            "Corriere di Pontebruno - XPath Bridge",
            "https://bridge.example.net/?action=display&bridge=XPath",
            item(
                "Riapre la funivia",
                "La funivia di Pontebruno riapre venerdì dopo tre anni, ha detto il gestore Sandro Orsi.",
                "https://corriere-pontebruno.example/funivia",
                "c1",
                "Tue, 17 Jun 2025 11:00:00 +0000",
                "<author>rss@bridge.example.net (Redazione)</author>",
            ),
            lang="it",
        ),
    )
    save(
        folder,
        "mail.xml",
        rss(
            "Kill the Newsletter: Terlower Bote",
            "https://kill-the-newsletter.com/feeds/q1w2",
            item(
                "Terlower Bote am Dienstag",
                "Die Orgel von Terlow ist verstimmt; Organist Uwe Blank spielt bis August Klavier.",
                "https://kill-the-newsletter.com/feeds/q1w2/entries/1.html",
                "k1",
                "Tue, 17 Jun 2025 12:00:00 +0000",
            ),
            lang="de",
        ),
    )
