"""'Enable JavaScript', checks for bots, proofs of work, blocked addresses"""

from pathlib import Path

from tests.support.wild import Site, item, page, rss, save

WALLS = {
    "ru": (
        403,
        "Проверка браузера",
        "<p>Проверяем ваш браузер перед переходом на сайт. Это займёт несколько секунд.</p><p>Пожалуйста, включите JavaScript и файлы cookie и перезагрузите страницу.</p><p>DDoS-защита. Ваш IP: 203.0.113.9</p>",
    ),
    "ja": (
        200,
        "アクセスを確認しています",
        "<p>このサイトを表示するには JavaScript を有効にしてください。</p><p>お使いのブラウザが安全であることを確認しています。確認後、自動的に移動します。</p>",
    ),
    "zh": (
        200,
        "安全验证",
        "<p>请开启 JavaScript 并刷新该页。</p><p>正在检查您的浏览器，请稍候，系统将在五秒后自动跳转。</p><p>事件编号：7f3a-09c2</p>",
    ),
    "tr": (
        503,
        "Bir dakika lütfen",
        "<p>Tarayıcınız denetleniyor. Bu işlem otomatiktir; kısa süre sonra istediğiniz sayfaya yönlendirileceksiniz.</p><p>Devam etmek için JavaScript'i etkinleştirin.</p>",
    ),
    "ar": (
        200,
        "لحظة من فضلك",
        "<p>نتحقق من أن اتصالك آمن قبل المتابعة. يرجى تفعيل جافا سكريبت وملفات تعريف الارتباط.</p><p>رقم المرجع: 8812ab</p>",
    ),
    "en": (
        200,
        "Making sure you're not a bot!",
        "<p>Loading...</p><p>You are seeing this because the administrator of this website has set up a proof of work to protect the server against the scourge of companies aggressively scraping websites. This can and does cause downtime, which makes its resources inaccessible for everyone.</p><p>The check requires the use of modern JavaScript features. Please disable plugins that block them for this domain.</p>",
    ),
    "de": (
        200,
        "Zugriff verweigert",
        "<p>Unsere Systeme haben ungewöhnlichen Datenverkehr aus Ihrem Netzwerk festgestellt. Sie haben keine Berechtigung, auf diese Seite zuzugreifen.</p><p>Referenz #18.5d2f3c17.1750.2b9a</p>",
    ),
    "pl": (
        429,
        "Zbyt wiele żądań",
        "<p>Wykryliśmy zbyt wiele żądań z Twojego adresu. Potwierdź, że nie jesteś robotem, albo spróbuj ponownie za kilka minut.</p>",
    ),
}
NEWS = {
    "ru": ("Лось на вокзале", "На вокзал Верхнего Ольшана утром вышел лось, поезда стояли сорок минут."),
    "ja": ("北浜の祭り延期", "北浜町は夏祭りを八月九日に延期すると発表した。"),
    "zh": ("青松老树倒下", "青松市一棵三百年的老松树昨夜被风吹倒，没有人受伤。"),
    "tr": ("Ayı köye indi", "Sarıova'nın yukarı mahallesine inen ayı uyutulup ormana bırakıldı."),
    "ar": ("مطر نادر", "هطل مطر نادر على وادي الرمان وأغلقت المدارس يومين."),
    "en": ("Moose in the choir", "A moose walked into Halvesund church during choir practice and left by the vestry."),
    "de": ("Biber in der Schleuse", "Ein Biber hat das Tor der Schleuse Terlow angenagt; der Schaden beträgt 4.000 Euro."),
    "pl": ("Bocian na dyżurze", "Bocian zatrzymał ruch na rynku w Brzezinowie na pół godziny."),
}


def make(folder: Path) -> None:
    """One served feed of eight languages; each link is a check; and the checks alone as files."""
    site = Site(folder)
    site.feed(
        "/all.xml",
        rss(
            "Eight tongues",
            "{BASE}/",
            *(item(t, x, f"{{BASE}}/{lang}", lang, "Tue, 17 Jun 2025 09:00:00 +0000") for lang, (t, x) in NEWS.items()),
        ),
    )
    for lang, (status, head, body) in WALLS.items():
        text = page(head, f"<div class='main-content'><h1>{head}</h1>{body}<noscript>JavaScript</noscript></div>", lang)
        site.add(f"/{lang}", text, status=status)
        save(folder, f"alone/{lang}.html", text)
    app = page(
        "Qingsong",
        '<noscript>You need to enable JavaScript to run this app.</noscript><div id="app"></div><script src="/a.js"></script>',
    )
    save(folder, "alone/app.html", app)
    long = "<p>Please wait while we verify your browser.</p>" * 40
    save(folder, "alone/long.html", page("One moment, please...", f"<main>{long}</main>"))
    site.save()
