"""Single-page apps: JSON-LD in @graph, as an array, escaped HTML in articleBody, wrapped in CDATA or a comment."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.hostile.files import write

S = {
    "fr": "La mairesse Zoé Lebœuf a dit lundi que le bac ne partira pas avant vendredi à cause de la tempête. Les pêcheurs demandent une aide.",
    "pl": "Burmistrz Żaneta Śliwa powiedziała, że prom nie popłynie do piątku z powodu sztormu. Rada głosuje w środę wieczorem.",
    "tr": "Başkan Işıl Ağırdağ köprünün cuma gününe kadar kapalı kalacağını söyledi. Meclis çarşamba günü oy verecek.",
    "vi": "Bà Trần Thị Mỵ nói bến phà Norby sẽ đóng cửa đến thứ Sáu vì bão. Hội đồng thành phố họp vào thứ Tư.",
}


def page(lang: str, ld: str, attr: str = "") -> str:
    return f'<!DOCTYPE html><html lang="{lang}"><head><title>App</title><script type="application/ld+json"{attr}>{ld}</script></head><body><div id="root"></div><noscript>Please enable JavaScript.</noscript></body></html>'


def make(folder: Path) -> None:
    j = lambda o: json.dumps(o, ensure_ascii=False)  # noqa: E731

    def art(lang, **k):
        return {
            "@type": "NewsArticle",
            "headline": "Titre " + lang,
            "datePublished": "2025-06-12T10:00:00+02:00",
            "publisher": {"@type": "Organization", "name": "Le Phare " + lang},
            "articleBody": S[lang],
            **k,
        }

    write(
        folder,
        "input/graph.html",
        page(
            "fr",
            j(
                {
                    "@context": "https://schema.org",
                    "@graph": [{"@type": "WebSite", "name": "X"}, {"@type": "BreadcrumbList"}, art("fr")],
                }
            ),
        ),
    )
    write(
        folder,
        "input/array-escaped.html",
        page(
            "pl",
            "//<![CDATA[\n"
            + j(
                [
                    {"@type": "Organization"},
                    {
                        **art("pl"),
                        "@type": ["Article", "ReportageNewsArticle"],
                        "articleBody": "&lt;p&gt;" + S["pl"].replace(". ", ".&lt;/p&gt;&lt;p&gt;") + "&lt;/p&gt;",
                    },
                ]
            )
            + "\n//]]>",
        ),
    )
    write(
        folder,
        "input/raw-breaks.html",
        page("tr", "<!--\n" + j(art("tr")).replace(". Meclis", ".\n\tMeclis")[:-1] + ",}\n-->", ' nonce="x"'),
    )
    write(
        folder,
        "input/live.html",
        page(
            "vi",
            j(
                {
                    "@type": "LiveBlogPosting",
                    "headline": "Titre vi",
                    "datePublished": "2025-06-12",
                    "liveBlogUpdate": [
                        {
                            "@type": "BlogPosting",
                            "headline": "08:00",
                            "articleBody": S["vi"],
                            "datePublished": "2025-06-12T08:00:00Z",
                        },
                        {
                            "@type": "BlogPosting",
                            "headline": "09:00",
                            "articleBody": "Ông Lê Văn Đạt xác nhận tin này lúc chín giờ sáng.",
                            "datePublished": "2025-06-12T09:00:00Z",
                        },
                    ],
                }
            ),
        ),
    )
    write(
        folder,
        "input/teaser.html",
        page(
            "fr",
            j(
                {
                    "@type": "NewsArticle",
                    "headline": "Réservé",
                    "isAccessibleForFree": False,
                    "description": "Abonnez-vous pour lire.",
                    "datePublished": "2025-06-12",
                }
            ),
        ),
    )
    write(
        folder,
        "input/recipe.html",
        page(
            "fr", j({"@type": "Recipe", "name": "Soupe", "description": "Une soupe de poisson du port, prête en dix minutes."})
        ),
    )
