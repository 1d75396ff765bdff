"""Captchas, and pages where a notice stands before, in or over the real article"""

import json
from pathlib import Path

from tests.support.wild import Site, article, item, page, rss, save

TEXT = [
    "The council of Halvesund voted nine to four on Monday to flood the old quarry.",
    "The lake will be forty metres deep, engineer Pia Lund told the meeting.",
    "Divers and anglers had both asked for it.",
]
NOTE = [
    "This website uses cookies to improve your experience. By continuing to browse you agree to our use of cookies.",
    "We use necessary cookies to make our site work and, with your consent, analytics cookies. You can withdraw your consent at any time.",
    "Accept all cookies",
    "Manage my cookies",
]
CAPTCHA = {
    "es": "Antes de seguir, demuestra que eres humano: selecciona todas las imágenes con semáforos. Haz clic en verificar cuando ya no quede ninguna.",
    "pt": "Confirme que não é um robô. Escreva os caracteres que vê na imagem para continuar para a página pedida.",
    "it": "Completa il controllo di sicurezza: trascina il cursore per comporre l'immagine.",
    "zh": "请拖动滑块完成拼图，验证通过后即可继续访问。",
    "ru": "Подтвердите, что запросы отправляли вы, а не робот. Нажмите, чтобы продолжить.",
}


def make(folder: Path) -> None:
    """Captchas alone (5 languages); an article behind a long notice; a wall with the article's own JSON-LD headline; a wall that arrives later."""
    site = Site(folder)
    notice = "<div id='consent' role='dialog'>" + "".join(f"<p>{p}</p>" for p in NOTE * 4) + "</div>"
    body = "<article><h1>Quarry to be flooded</h1>" + "".join(f"<p>{p}</p>" for p in TEXT) + "</article>"
    save(folder, "mixed/notice-before.html", page("Quarry to be flooded", notice + "<main>" + body + "</main>"))
    save(
        folder,
        "mixed/notice-inside.html",
        page("Quarry to be flooded", "<main>" + body.replace("</p><p>The lake", "</p>" + notice + "<p>The lake") + "</main>"),
    )
    save(folder, "mixed/notice-after.html", page("Quarry to be flooded", "<main>" + body + notice + "</main>"))
    ld = json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": "Quarry to be flooded",
            "isAccessibleForFree": False,
            "datePublished": "2025-06-16",
        }
    )
    save(
        folder,
        "alone/ld-wall.html",
        page(
            "Quarry to be flooded",
            "<main><h1>Quarry to be flooded</h1><p>Register for free to read this story. It takes less than a minute and you will get five articles a month.</p></main>",
            head=f'<script type="application/ld+json">{ld}</script>',
        ),
    )
    for lang, text in CAPTCHA.items():
        save(folder, f"alone/captcha-{lang}.html", page("Captcha", f"<main><p>{text}</p></main>", lang))
    site.feed(
        "/later.xml",
        rss(
            "Halvesund Tidings",
            "{BASE}/",
            item("Quarry to be flooded", TEXT[0], "{BASE}/quarry", "q1"),
            item("Captcha first", "Pia Lund will lead the dive club of Halvesund.", "{BASE}/club", "q2"),
        ),
    )
    site.feed(
        "/later.xml",
        rss(
            "Halvesund Tidings",
            "{BASE}/",
            item("Quarry to be flooded (updated)", TEXT[0], "{BASE}/quarry", "q1"),
            item("Captcha first", "Pia Lund will lead the dive club of Halvesund.", "{BASE}/club", "q2"),
        ),
    )
    site.add("/quarry", page("Quarry to be flooded", "<main>" + body + "</main>"))
    wall = page(
        "Are you a robot?",
        "<main><p>"
        + CAPTCHA["es"]
        + "</p><p>To continue, please click the box below to let us know you're not a robot. Please make sure your browser supports JavaScript and cookies and that you are not blocking them from loading.</p></main>",
    )
    site.add("/quarry", wall)
    site.add("/club", wall)
    site.add(
        "/club",
        article(
            "Dive club",
            "Pia Lund will lead the dive club of Halvesund.",
            "The club has sixty members and one compressor, she said.",
        ),
    )
    site.save()
