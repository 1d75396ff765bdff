"""Briefings over the sample articles, written by hand: every citation is looked up in the real text."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from bot.records import Briefing, BriefingEvent, Citation, Coverage, Note, Sentence, Source, Title
from index.ingest.sources import read
from index.records import Article, Period
from tests.support import ROOT

SAMPLES = ROOT / "scripts" / "samples" / "articles.jsonl"


@cache
def articles() -> dict[str, Article]:
    return {article.id: replace(article, version=1) for article in read([str(SAMPLES)]) if isinstance(article, Article)}


def second(text: str) -> int:
    return Period.parse(text).start


class Draft:
    """Numbers the sources as sentences cite them."""

    def __init__(self, pool: dict[str, Article] | None = None) -> None:
        self.pool = pool or articles()
        self.sources: list[Source] = []

    def say(self, quote: str, *ids: str, text: str = "", lang: str = "") -> Sentence:
        """A sentence that quotes one or more articles word for word; `text`: a model's words for it."""
        cited = tuple(self._cite(id, quote) for id in ids)
        return Sentence(text=text or quote, citations=cited, lang=lang or self.pool[ids[0]].lang)

    def _cite(self, id: str, quote: str) -> Citation:
        article = self.pool[id]
        start = article.text.index(quote)
        number = next((source.number for source in self.sources if source.article_id == id), len(self.sources) + 1)
        if number > len(self.sources):
            self.sources.append(
                Source(
                    number=number, article_id=id, version=1, title=article.title, outlet=article.outlet, agency=article.agency,
                    lang=article.lang, url=article.url, published=article.published, copies=int(id == "courier-astrid-vale"),
                )
            )  # fmt: skip
        return Citation(number=number, article_id=id, version=1, start=start, end=start + len(quote), quote=quote)


def covered(briefing: Briefing) -> Briefing:
    """With the marks of its picture."""
    events = []
    for event in briefing.events:
        known = [articles()[id] for id in event.article_ids if id in articles()]
        marks = [
            Coverage(
                article_id=a.id, outlet=a.outlet, published=a.published, copy=a.id in ("ledger-astrid-vale", "post-astrid-vale")
            )
            for a in known
            if a.published
        ]
        events.append(replace(event, coverage=tuple(marks)))
    return replace(briefing, events=tuple(events))


def strait() -> Briefing:
    """Two weeks in May: every label, five languages, a copy, a dispute, a model's sentence."""
    d = Draft()
    ship = BriefingEvent(
        number=1, id="ev-ship", label="corrected",
        headline=d.say("Fourteen sailors were on board, not seventeen.", "courier-correction"),
        title=Title(text="Correction: Astrid Vale carried fourteen sailors", number=1, lang="en"), dateline="SELWYN",
        sentences=(
            d.say("The ship was carrying 31,000 tonnes of wheat, not 13,000.", "courier-correction"),
            d.say("Nobody was hurt.", "courier-astrid-vale", "ledger-astrid-vale"),
        ),
        statements=(
            d.say("“They were polite, they were armed, and they would not say why,” the company's director, Henrik Vale, told "
                  "reporters by telephone.", "courier-astrid-vale", "ledger-astrid-vale"),
            d.say("«El buque estaba a once millas de nuestra costa y navegaba sin responder a la radio», dijo el capitán Julián "
                  "Ferro, portavoz de la guardia costera, en una rueda de prensa en Puerto Lirio.", "faro-niega"),
        ),
        disputed=(
            d.say("“The ship was fourteen miles out. Not eleven, and not one metre inside,” Marwick said in parliament in Karsund.",
                  "post-marwick-rejects"),
            d.say("El Gobierno de Sanvara negó este miércoles que su guardia costera hubiera abordado el carguero Astrid Vale en "
                  "aguas internacionales, como sostiene la naviera propietaria.", "faro-niega",
                  text="Sanvara's government denied that its coast guard had boarded the ship in international waters.", lang="en"),
        ),
        before=(d.say("Seventeen sailors were on board when armed officers came over the rail shortly after 5 a.m., according to "
                      "Vale Lines, the company in Karsund that owns the ship.", "courier-astrid-vale"),),
        happened=Period.parse("2025-05-06"), published=Period(second("2025-05-06T11:20Z"), second("2025-05-09")),
        article_ids=("courier-correction", "courier-astrid-vale", "ledger-astrid-vale", "faro-niega", "post-marwick-rejects",
                     "post-astrid-vale"),
        origins=4, outlets=("The Karsund Courier", "The Northern Ledger", "El Faro de Lirio", "Selwyn Evening Post"),
        languages=("en", "es"),
    )  # fmt: skip
    visit = BriefingEvent(
        number=2, id="ev-visit", label="superseded",
        headline=d.say("La ministra de Asuntos Exteriores de Sanvara, Elena Robledo, llegó este miércoles a Karsund en visita oficial, "
                       "la segunda desde que asumió el cargo.", "faro-robledo-llega"),
        statements=(d.say("«Vengo a hablar de barcos y de radares, no de banderas», declaró la ministra en el aeropuerto.",
                          "faro-robledo-llega"),),
        before=(d.say("The foreign minister of Sanvara, Elena Robledo, plans to travel to Karsund in the middle of May, weeks after the "
                      "leaders of the two countries met for the first time in nine years.", "courier-visit-planned"),),
        published=Period.parse("2025-05-14"), article_ids=("faro-robledo-llega",), origins=1, outlets=("El Faro de Lirio",),
        languages=("es",),
    )  # fmt: skip
    deal = BriefingEvent(
        number=3, id="ev-deal", label="developed",
        headline=d.say("Sanvara will release the grain carrier Astrid Vale within three days, the foreign ministers of the two countries "
                       "said in Karsund on Thursday.", "ledger-release"),
        sentences=(d.say("The first such inspections are to begin on June 3.", "ledger-release"),),
        statements=(
            d.say("“No ship will be stopped in the dark again,” Adler said, standing beside Robledo on the steps of the ministry.",
                  "ledger-release"),
            d.say("« On parle de blé et de radars, jamais de poisson », a regretté Mathieu Lorrain, président du syndicat des pêcheurs, "
                  "lors d’une réunion publique à Port-Nacre.", "depeche-pecheurs"),
        ),
        published=Period(second("2025-05-15"), second("2025-05-17")), article_ids=("ledger-release", "depeche-pecheurs"), origins=2,
        outlets=("The Northern Ledger", "La Dépêche du Golfe"), languages=("en", "fr"),
    )  # fmt: skip
    sails = BriefingEvent(
        number=4, id="ev-sails", label="new",
        headline=d.say(articles()["marfa-wusul"].text.split("\n")[0], "marfa-wusul"),
        statements=(d.say(articles()["marfa-wusul"].text.split("\n\n")[1].split(". ")[0] + ".", "marfa-wusul"),),
        published=Period.parse("2025-05-18"), article_ids=("marfa-wusul",), origins=1, outlets=("صحيفة المرفأ",), languages=("ar",),
    )  # fmt: skip
    quiet = d.say("Sanvara published no statement.", "courier-visit-planned")
    return covered(Briefing(
        id="strait-20250519T0500Z", beat="strait", lang="en", since=second("2025-05-05T05:00Z"), until=second("2025-05-19T05:00Z"),
        timezone="Europe/Berlin", events=(ship, visit, deal, sails), quiet=(quiet,), sources=tuple(d.sources),
        notes=(Note(kind="injection", text="Left out, because its text gives instructions to a machine: Harbour notices."),),
        articles=14, timings={"events": 0.5},
    ))  # fmt: skip


def nothing() -> Briefing:
    """A quiet day."""
    whole = strait()
    return Briefing(
        id="strait-quiet", beat="strait", lang="en", since=whole.until, until=whole.until + 86_400, timezone="Europe/Berlin",
        previous=whole.id, articles=3,
    )  # fmt: skip


def hostile() -> Briefing:
    """A briefing whose articles attack every form it is shown in."""
    attack = '<script>alert(1)</script> "><img src=x onerror=alert(1)> [x](javascript:alert(1)) <!channel> *b* \x1b[31m'
    text = f"{attack} said the mayor. \u202eReversed\u202c and `code` & more."
    whole = Article(
        id="evil'\"<>", text=text, title=f"Title {attack}", outlet=f"Outlet {attack}", agency="<b>", lang='en" onload="x',
        url="javascript:alert(document.domain)", published=Period.parse("2025-05-06"),
    )  # fmt: skip
    linked = replace(whole, id="linked", url='https://evil.example.org/a"onmouseover="x"(y)<z>')
    d = Draft({whole.id: whole, linked.id: linked})
    event = BriefingEvent(
        number=1, id='ev"><x>', label="new", headline=d.say(text, whole.id, linked.id),
        title=Title(text=attack, number=2, lang='en" onload="x'), dateline=attack, statements=(d.say(attack, linked.id),),
        article_ids=(whole.id, linked.id), origins=2, outlets=(whole.outlet,), languages=(whole.lang,),
        published=whole.published, coverage=(Coverage(article_id=whole.id, outlet=whole.outlet, published=Period.parse("2025-05-06")),),
    )  # fmt: skip
    return Briefing(
        id="evil</id>", beat="beat <b>", lang="en", since=second("2025-05-06"), until=second("2025-05-07"), events=(event,),
        sources=tuple(d.sources), notes=(Note(kind="injection", text=attack),), articles=2, generator=f"openai:{attack}",
    )  # fmt: skip
