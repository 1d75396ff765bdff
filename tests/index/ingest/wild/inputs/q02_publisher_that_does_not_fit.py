"""JSON-LD, meta and row fields that claim another publisher than the host"""

import json
from pathlib import Path

from tests.support.wild import Site, article, item, rss, save

MORE = {
    "en": "Customers were told by letter.",
    "de": "Die Kunden erfuhren es per Brief.",
    "fr": "Les clients ont reçu une lettre.",
    "zh": "顾客是从信里知道的。",
    "ru": "Клиентам разослали письма.",
    "pt": "Os clientes souberam por carta.",
    "it": "I clienti lo hanno saputo per lettera.",
}


def make(folder: Path) -> None:
    """Pages of unknown hosts that call themselves a well-known outlet, in six languages; and honest ones whose publisher differs a little."""
    site = Site(folder)

    def ld(name, url="", date="2025-06-17T08:00:00Z", more=None):
        made = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": "x",
            "datePublished": date,
            "publisher": {"@type": "Organization", "name": name, "url": url},
        }
        return f'<script type="application/ld+json">{json.dumps({**made, **(more or {})}, ensure_ascii=False)}</script>'

    pages = {
        "/a": (
            "en",
            "Bank closes",
            "The savings bank of Halvesund closed all counters, manager Rolf Dahl said.",
            ld("Reuters", "https://www.reuters.com/"),
        ),
        "/b": (
            "de",
            "Bank schließt",
            "Die Sparkasse Terlow schließt alle Schalter, sagte Leiter Ralf Dahlke.",
            ld("Deutsche Presse-Agentur", "https://www.dpa.com/") + '<meta property="og:site_name" content="tagesschau.de">',
        ),
        "/c": (
            "fr",
            "La banque ferme",
            "La caisse de Corvanne ferme ses guichets, a dit Rolande Daret.",
            '<meta property="og:site_name" content="Le Monde"><meta name="author" content="AFP">',
        ),
        "/d": ("zh", "银行关门", "青松储蓄所关闭了所有窗口，经理罗大成说。", ld("新华社", "http://www.xinhuanet.com/")),
        "/e": (
            "ru",
            "Банк закрыт",
            "Сберкасса Верхнего Ольшана закрыла все окна, сказал Роман Далин.",
            ld("ТАСС", "https://tass.ru/", "2031-01-01T00:00:00Z"),
        ),
        "/f": (
            "pt",
            "Banco fecha",
            "A caixa de Ria Funda fechou os balcões, disse Raul Dias.",
            ld("Agência Lusa") + '<meta property="article:publisher" content="https://www.facebook.com/bbcnews">',
        ),
        "/g": (
            "en",
            "Two publishers",
            "The credit union of Skerry opened a counter, clerk Nina Holt said.",
            ld("Skerry Radio", "{BASE}/") + ld("BBC News", "https://www.bbc.co.uk/"),
        ),
        "/h": (
            "it",
            "Articolo nel grafo",
            "La cassa di Pontebruno ha riaperto, ha detto Rino Dalla.",
            ld("x", more={"publisher": {"@id": "#org"}, "@graph": [{"@id": "#org", "@type": "Organization", "name": "ANSA"}]}),
        ),
    }
    for path, (lang, title, text, head) in pages.items():
        site.add(path, article(title, text, MORE[lang], lang=lang, head=head))
    items = [item(title, text, "{BASE}" + path, path) for path, (_, title, text, _) in pages.items()]
    site.feed("/feed.xml", rss("Skerry Link Farm", "{BASE}/", *items))
    site.save()
    for path, (lang, title, text, head) in pages.items():
        save(
            folder,
            f"files{path}.html",
            article(title, text, text, lang=lang, head=head.replace("{BASE}", "https://skerry-radio.example")),
        )
    rows = [
        {
            "outlet": "BBC",
            "url": "https://bbc-news.example.net/1",
            "title": "Row",
            "text": "The vault of Halvesund bank is empty, a clerk said.",
        },
        {
            "outlet": "Reuters",
            "url": "https://reuters-com.example.net/2",
            "title": "Row 2",
            "text": "The vault of Halvesund bank is full, another clerk said.",
        },
    ]
    save(folder, "rows.jsonl", "".join(json.dumps(r) + "\n" for r in rows))
