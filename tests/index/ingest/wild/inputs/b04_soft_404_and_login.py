"""Pages that answer 200 and say 'not found' or 'log in', and links that all lead home"""

from pathlib import Path

from tests.support.wild import Site, item, page, rss, save

GONE = {
    "tr": (
        "Sayfa bulunamadı",
        "Aradığınız sayfa taşınmış, silinmiş ya da hiç var olmamış olabilir. Ana sayfaya dönmek için buraya tıklayın veya arama kutusunu kullanın.",
    ),
    "ar": (
        "الصفحة غير موجودة",
        "عذرا، الصفحة التي تبحث عنها غير موجودة أو تم نقلها. يمكنك العودة إلى الصفحة الرئيسية أو استخدام البحث.",
    ),
    "ru": (
        "Ошибка 404",
        "К сожалению, запрашиваемая страница не найдена. Возможно, она была удалена или вы набрали неправильный адрес.",
    ),
    "zh": ("页面不存在", "抱歉，您访问的页面不存在或已被删除。五秒后将自动返回首页。"),
    "es": (
        "Vaya, algo ha fallado",
        "La página que buscas ya no está disponible. Puede que la noticia haya caducado. Te dejamos lo más leído del día.",
    ),
    "fr": (
        "Connexion",
        "Identifiez-vous pour accéder à votre espace. Adresse e-mail, mot de passe. Mot de passe oublié ? Pas encore de compte ? Inscrivez-vous gratuitement.",
    ),
    "it": (
        "Accedi",
        "Per leggere questo contenuto accedi con le tue credenziali. Hai dimenticato la password? Registrati, è gratis.",
    ),
    "de": (
        "Wartungsarbeiten",
        "Unsere Seite wird gerade gewartet und ist in Kürze wieder für Sie da. Wir bitten um Ihr Verständnis.",
    ),
}
NEWS = {
    "tr": "Sarıova stadında çim yenileniyor, ilk maç dokuz ağustosta.",
    "ar": "افتتح وادي الرمان مكتبة متنقلة تزور عشر قرى.",
    "ru": "В Верхнем Ольшане нашли клад из ста двенадцати медных монет.",
    "zh": "青松市免费开放三座博物馆，直到九月底。",
    "es": "Valdemora estrena un tren lento que para en cada viñedo.",
    "fr": "Corvanne interdit les trottinettes sur les quais dès lundi.",
    "it": "Pontebruno avrà un ponte ciclabile lungo duecento metri.",
    "de": "Terlow schafft die Parkgebühren am Samstag ab.",
}


def make(folder: Path) -> None:
    """One feed, eight pages that are none; two links that redirect to the home page, which is a long list of other news."""
    site = Site(folder)
    items = [item(f"News {lang}", text, f"{{BASE}}/{lang}/old", lang) for lang, text in NEWS.items()]
    items += [
        item("Moved one", "The toll on the Halvesund bridge ends at midnight.", "{BASE}/old/1", "m1"),
        item("Moved two", "The Halvesund town band seeks a tuba.", "{BASE}/old/2", "m2"),
    ]
    site.feed("/all.xml", rss("Old links", "{BASE}/", *items))
    most = (
        "<ul>"
        + "".join(
            f"<li><a href='/x{n}'>Lo más leído número {n}: una ballena en el puerto de Valdemora</a></li>" for n in range(12)
        )
        + "</ul>"
    )
    for lang, (head, text) in GONE.items():
        extra = most if lang == "es" else "<form><input type=password></form>" if lang in ("fr", "it") else ""
        body = page(head, f"<main><h1>{head}</h1><p>{text}</p>{extra}</main>", lang)
        site.add(f"/{lang}/old", body)
        save(folder, f"alone/{lang}.html", body)
    for n in (1, 2):
        site.add(f"/old/{n}", "", status=301, headers={"Location": "{BASE}/"})
    teasers = "".join(
        f"<section><h2>Teaser {n}</h2><p>The Halvesund fish market sold {n + 3} tonnes on day {n}, more than in any week of the last year, traders said.</p></section>"
        for n in range(8)
    )
    site.add("/", page("Old links – home", f"<main>{teasers}</main>"))
    site.save()
