"""German, Russian and Arabic: the verbs that announce speech and the small words."""

from __future__ import annotations

from collections.abc import Iterator

from index.quotes.cues import Language, table, words

GERMAN = """
asserts c: sagen erklären betonen meinen berichten schreiben antworten warnen versichern behaupten bekräftigen ergänzen erzählen
  erläutern mahnen äußern twittern bestätigen fügen räumen kündigen teilen sprechen verkünden vermelden melden mitteilen
  argumentieren unterstreichen erwidern entgegnen kritisieren prognostizieren vermuten glauben hoffen finden
asserts d: rufen resümieren stellen zitieren loben urteilen witzeln schwärmen klagen heißen so-danach
denies c: bestreiten dementieren leugnen
asks c: fragen fordern verlangen
promises c: versprechen geloben
threatens c: drohen
"""
GERMAN_IRREGULAR = {
    "schreiben": "schreibt schrieb schreiben schrieben", "sprechen": "spricht sprach sprachen",
    "versprechen": "verspricht versprach versprachen", "unterstreichen": "unterstreicht unterstrich",
    "rufen": "ruft rief riefen", "heißen": "heißt hieß", "bestreiten": "bestreitet bestritt bestritten",
    "finden": "findet fand", "mitteilen": "", "ergänzen": "ergänzt ergänzte ergänzten",
}  # fmt: skip
RUSSIAN = """
asserts c: сказать заявить сообщить отметить подчеркнуть добавить пояснить рассказать объяснить напомнить признать уточнить
  предупредить указать заверить подтвердить написать ответить считать утверждать говорить писать полагать
  прокомментировать
  объявить констатировать предположить
asserts d: заключить продолжить приводить цитировать передать возмутиться
denies c: опровергнуть отрицать
asks c: спросить потребовать
promises c: пообещать обещать
threatens c: пригрозить
"""
RUSSIAN_PRESENT = {
    "считать": "считает считают", "утверждать": "утверждает утверждают", "говорить": "говорит говорят", "писать": "пишет пишут",
    "полагать": "полагает полагают", "отрицать": "отрицает отрицают", "обещать": "обещает обещают",
    "приводить": "приводит", "цитировать": "цитирует", "передать": "передает передаёт", "сказать": "скажет",
    "сообщить": "сообщает сообщают", "заявить": "заявляет заявляют", "отметить": "отмечает отмечают",
    "подчеркнуть": "подчеркивает подчёркивает", "написать": "", "опровергнуть": "опровергает опроверг опровергла опровергли",
}  # fmt: skip
ARABIC = """
asserts c: قال قالت قالوا يقول تقول أضاف أضافت أكد أكدت صرح صرحت أعلن أعلنت ذكر ذكرت أوضح أوضحت كتب كتبت أشار أشارت اعتبر اعتبرت
  تابع تابعت شدد شددت حذر حذرت أجاب رد ردت أفاد أفادت كشف كشفت بين رأى لفت قالا يؤكد تؤكد
denies c: نفى نفت ينفي
asks c: سأل سألت طالب طالبت دعا تساءل
promises c: وعد تعهد
"""
MONTHS_DE = "januar februar märz april mai juni juli august september oktober november dezember"


def german() -> Language:
    """The table of German."""
    return Language(
        cues=table(GERMAN, _german_forms),
        that=words("dass daß"),
        auxiliaries=words("hat haben hatte hatten war ist wird wurde wurden sich nicht"),
        clitics=words("sich"),
        adverbs=words("auch noch dann später weiter zudem außerdem dazu daraufhin erneut bereits gestern heute morgen hinzu"
                " mit an ein"),
        determiners=words("der die das ein eine einer eines dem den des dieser diese dieses sein seine ihr ihre mehrere"
                " zwei drei vier"),
        articles=words("der die das ein eine"),
        prepositions=words("in im am an auf bei beim mit nach vor für gegen gegenüber über laut zu zum zur aus von vom seit"
                " während unter"
                           " zwischen durch ohne um"),
        adjuncts=words("in im am an auf bei beim nach vor gegenüber zu zum"),
        inside=words("von vom des der für aus"),
        breaks=words("dass daß weil wenn als während wo ob nachdem bevor damit sodass doch denn"),
        conjunctions=words("und aber oder"), pronouns=words("er sie es man wir"), relatives=frozenset(),
        according=(("laut",), ("nach", "angaben", "von"), ("nach", "angaben", "der"), ("nach", "angaben", "des"),
                   ("nach", "worten", "von"), ("nach", "ansicht", "von")),
        speech=words("antwort botschaft rede worte brief erklärung mitteilung tweet satz fazit reaktion begründung kommentar"),
        when=words(f"montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag gestern heute morgen {MONTHS_DE}"),
        subjunctive=words("sei seien habe hätten hätte werde würden würde könne könnten könnte müsse müssten wolle wollten"
                " solle sollten"
                          " dürfe dürften gebe gäbe stehe gehe komme bleibe"),
        indirect=True, inverts=True, capital_nouns=True,
    )  # fmt: skip


def russian() -> Language:
    """The table of Russian."""
    return Language(
        cues=table(RUSSIAN, _russian_forms),
        that=words("что"),
        auxiliaries=words("не был была были будет"),
        adverbs=words("также ещё еще тогда потом затем вчера сегодня уже ранее позднее"),
        prepositions=words("в во на с со по для при о об за из к ко от до после через у над перед между около"),
        adjuncts=words("в во на при"),
        inside=words("по"),
        breaks=words("что который которая которые когда если как чтобы где потому хотя"),
        conjunctions=words("и а но или"), pronouns=words("он она они"), relatives=words("который которая"),
        according=(("по", "словам"), ("по", "мнению"), ("по", "данным"), ("согласно",)),
        when=words("понедельник вторник среду четверг пятницу субботу воскресенье вчера сегодня завтра января февраля марта"
                " апреля мая"
                   " июня июля августа сентября октября ноября декабря"),
        indirect=True, inverts=True, elides_subject=True, no_articles=True,
    )  # fmt: skip


def arabic() -> Language:
    """The table of Arabic. Its script has no capitals: any word may begin a name."""
    return Language(
        cues=table(ARABIC, _arabic_forms),
        that=words("أن إن أنه أنها إنه إنها بأن أنهم إنهم"),
        auxiliaries=words("قد لقد كان كانت لم لن لا"),
        adverbs=words("أيضا أيضاً كذلك اليوم أمس"),
        prepositions=words("في على من إلى عن مع خلال بعد قبل عبر منذ لدى حول ضد للصحفيين للصحافيين لوكالة لقناة لصحيفة"),
        adjuncts=words("في خلال"),
        inside=words("من في"),
        breaks=words("أن إن أنه أنها إنه إنها بأن التي الذي الذين حيث بينما لكن"),
        conjunctions=words("و"), pronouns=words("هو هي هم"), relatives=words("الذي التي"),
        according=(("وفق",), ("وفقا", "ل"), ("بحسب",), ("حسب",)),
        when=words("الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد اليوم أمس يوم"),
        indirect=True, inverts=True, elides_subject=True,
    )  # fmt: skip


def _german_forms(infinitive: str) -> Iterator[tuple[str, str]]:
    """Third persons of present and past; participles stand at the end of a clause and are not looked for."""
    if infinitive == "so-danach":  # “…“, so Anna Krug
        yield "so", "after"
        return
    if infinitive in GERMAN_IRREGULAR:
        yield from ((form, "finite") for form in GERMAN_IRREGULAR[infinitive].split())
        return
    stem = infinitive.removesuffix("en") if infinitive.endswith("en") else infinitive.removesuffix("n")
    stem += "e" if stem.endswith(("t", "d")) else ""
    yield from ((form, "finite") for form in (stem + "t", stem + "te", stem + "ten"))


def _russian_forms(infinitive: str) -> Iterator[tuple[str, str]]:
    """The past in each gender and number, and listed forms of the present."""
    yield from ((form, "finite") for form in RUSSIAN_PRESENT.get(infinitive, "").split())
    stem = infinitive.removesuffix("ся").removesuffix("ть")
    if infinitive.endswith("ть"):
        yield from ((stem + end, "finite") for end in ("л", "ла", "ли", "ло"))
    else:
        yield from ((stem + end, "finite") for end in ("лся", "лась", "лись"))


def _arabic_forms(form: str) -> Iterator[tuple[str, str]]:
    yield form, "finite"
    yield "و" + form, "finite"
