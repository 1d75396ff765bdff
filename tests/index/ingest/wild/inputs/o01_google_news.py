"""Google News feeds: <source> names the outlet, the title carries its tail, the text is a list of links"""

from html import escape
from pathlib import Path

from tests.support.wild import item, rss, save

ROWS = [
    (
        "en",
        "Halvesund ferry resumes after four-day strike - Halvesund Tidings",
        "Halvesund Tidings",
        "https://www.halvesund-tidings.example",
    ),
    ("en", "Halvesund - Corvanne ferry resumes - Coast Post-Gazette", "Coast Post-Gazette", "https://coast-pg.example"),
    ("en", "Ferry back at sea", "Skerry Radio", "https://skerry-radio.example"),
    ("de", "Fähre fährt wieder – Streik beendet - Terlower Bote", "Terlower Bote", "https://terlower-bote.example"),
    ("fr", "Le ferry repart - L'Écho de Corvanne", "L'Écho de Corvanne", "https://echo-corvanne.example"),
    ("es", "El ferri vuelve: «por fin» - La Voz de Valdemora", "La Voz de Valdemora", "https://lavoz-valdemora.example"),
    ("ja", "北浜フェリー、四日ぶり再開 - 北浜新聞", "北浜新聞", "https://kitahama.example"),
    ("ar", "عودة العبارة إلى العمل - صدى وادي الرمان", "صدى وادي الرمان", "https://sada.example"),
    ("ru", "Паром снова ходит - Ольшанская правда - Ольшанская правда", "Ольшанская правда", "https://olshan.example"),
    ("tr", "Vapur yeniden sefere başladı - sariova.example", "sariova.example", "https://sariova.example"),
    ("pt", "O barco volta - Ria Funda - Notícias - Gazeta da Ria", "Gazeta da Ria", "https://gazeta-ria.example"),
    ("pl", "Prom wrócił - i co dalej", "Głos Brzezinowa", "https://glos.example"),
]


def make(folder: Path) -> None:
    """A search feed of Google News with twelve outlets."""
    items = []
    for n, (_, title, name, href) in enumerate(ROWS):
        link = f"https://news.google.com/rss/articles/CBMiQ{n:02d}hvZmVycnk?oc=5"
        html = f'<ol><li><a href="{link}" target="_blank">{title}</a>&nbsp;&nbsp;<font color="#6f6f6f">{name}</font></li>'
        html += '<li><a href="https://news.google.com/rss/articles/CBMiXX?oc=5">Other headline of another story</a>&nbsp;&nbsp;<font color="#6f6f6f">Elsewhere Daily</font></li></ol>'
        items.append(
            item(
                title,
                html,
                link,
                f"CBMiQ{n:02d}",
                "Tue, 17 Jun 2025 08:00:00 GMT",
                f'<source url="{href}">{escape(name)}</source>',
            )
        )
    save(folder, "news.xml", rss('"ferry" - Google News', "https://news.google.com/search?q=ferry", *items))
