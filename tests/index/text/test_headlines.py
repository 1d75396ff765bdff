"""Titles lose the outlet's name at their end, and nothing else."""

from __future__ import annotations

import pytest

from index.text.headlines import headline, outlet_in
from index.text.publishers import SHIPPED


@pytest.mark.parametrize(
    ("title", "name", "host", "left"),
    [
        ("Mill reopens - Harrow Post", "Harrow Post", "harrow.example", "Mill reopens"),
        ("Mill reopens – what we know – Harrow Post", "Harrow Post", "harrow.example", "Mill reopens – what we know"),
        ("Mill reopens - Harrow Post - Harrow Post", "Harrow Post", "harrow.example", "Mill reopens"),
        ("Le moulin rouvre | Le Monde", "Le Monde.fr - Actualités et Infos", "www.lemonde.fr", "Le moulin rouvre"),
        ("Mühle öffnet wieder – DIE ZEIT", "ZEIT ONLINE", "www.zeit.de", "Mühle öffnet wieder"),
        ("Reabre el molino | EL PAÍS", "EL PAÍS: el periódico global", "elpais.com", "Reabre el molino"),
        ("Moinho reabre - Folha de S.Paulo", "Folha", "www1.folha.uol.com.br", "Moinho reabre"),
        ("Riapre il mulino - la Repubblica", "Repubblica.it > Homepage", "www.repubblica.it", "Riapre il mulino"),
        ("Мельница открылась — РБК", "РБК", "www.rbc.ru", "Мельница открылась"),
        ("水車小屋が再開｜北浜新聞", "北浜新聞", "kitahama.example", "水車小屋が再開"),
        ("방앗간 다시 열다 - 연합뉴스", "연합뉴스", "www.yna.co.kr", "방앗간 다시 열다"),
        ("إعادة فتح الطاحونة - الجزيرة نت", "الجزيرة نت", "aljazeera.net", "إعادة فتح الطاحونة"),
        ("Mill reopens - harrow.example", "Harrow Post", "www.harrow.example", "Mill reopens"),
        ("Mill reopens | harrowpost.example", "Harrow Post", "harrowpost.example", "Mill reopens"),
        # the dash is the headline's
        ("Gipfel in Genf – die Zeit drängt", "DIE ZEIT", "www.zeit.de", "Gipfel in Genf – die Zeit drängt"),
        ("Alles fließt – die Zeit", "DIE ZEIT", "www.zeit.de", "Alles fließt – die Zeit"),
        ("Tribune - Le monde selon les meuniers", "Le Monde", "www.lemonde.fr", "Tribune - Le monde selon les meuniers"),
        ("Who loses readers - The New York Times", "Harrow Post", "harrow.example", "Who loses readers - The New York Times"),
        ("Spiegel-Affäre – was bleibt", "DER SPIEGEL", "www.spiegel.de", "Spiegel-Affäre – was bleibt"),
        ("Strike at the Post-Post", "Post", "post.example", "Strike at the Post-Post"),
        ("Dot - Com", "Harrow Post", "harrow.com", "Dot - Com"),
        ("Reuters", "Reuters", "www.reuters.com", "Reuters"),
        ("Live - Reuters", "Reuters", "www.reuters.com", "Live - Reuters"),
        ("Lirio 2 - 1 Norby", "Harrow Post", "harrow.example", "Lirio 2 - 1 Norby"),
    ],
)
def test_only_the_outlets_name_goes_from_the_end_of_a_title(title: str, name: str, host: str, left: str) -> None:
    assert headline(title, [name], f"https://{host}/a", SHIPPED) == left


def test_the_outlet_is_the_part_of_a_feeds_title_that_its_host_is_named_after() -> None:
    cases = {
        ("Harrow Post - Sport", "harrowpost.example"): "Harrow Post",
        ("Sport | Harrow Post", "harrow-post.example"): "Harrow Post",
        ("Harrow Post » News, sport, weather | Home", "hp.example"): "Harrow Post",
        ("Harrow Post – Startseite", "hp.example"): "Harrow Post",
        ("Kill the Newsletter: Harrow Post", "kill-the-newsletter.com"): "Harrow Post",
        ("Bread and Circuses - notes on power", "bc.example"): "Bread and Circuses - notes on power",
        ("Harrow Post", "hp.example"): "Harrow Post",
    }
    assert {(name, host): outlet_in(name, f"https://{host}/1") for name, host in cases} == cases
