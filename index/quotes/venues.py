"""Pure: what an occasion is, whatever the language: "ante el Consejo de Seguridad de la ONU" and "at the UN Security Council".

A table of the institutions and the kinds of occasion that news names all the time. Forms of up to three letters count in
capitals only: "un" is an article in half of Europe.
"""

from __future__ import annotations

import re
from functools import cache

INSTITUTIONS = """
un: un|the un|onu|uno|vn|united nations|naciones unidas|nations unies|nações unidas|nazioni unite|vereinten nationen
un: vereinte nationen|оон|организации объединенных наций|الأمم المتحدة
security council: security council|consejo de seguridad|conseil de sécurité|conselho de segurança|consiglio di sicurezza
security council: sicherheitsrat|un-sicherheitsrat|weltsicherheitsrat|sicherheitsrats|совбез|совбезе|совете безопасности
security council: مجلس الأمن
general assembly: general assembly|asamblea general|assemblée générale|assembleia geral|assemblea generale|generalversammlung
general assembly: vollversammlung|un-generalversammlung|генассамблее|генассамблея|الجمعية العامة
nato: nato|otan|нато|nato-gipfel|الناتو|حلف شمال الأطلسي
eu: eu|ue|european union|unión europea|union européenne|união europeia|unione europea|europäischen union|ес|евросоюза
g7: g7|g-7|g7-gipfel|большой семерки
g20: g20|g-20|g20-gipfel|большой двадцатки
brics: brics|брикс
davos: davos|world economic forum|foro económico mundial|forum économique mondial|fórum econômico mundial|weltwirtschaftsforum
kremlin: kremlin|kreml|cremlino|кремль|кремле|الكرملين
white house: white house|casa blanca|maison blanche|maison-blanche|casa branca|casa bianca|weißen haus|weiße haus|белом доме
white house: البيت الأبيض
vatican: vatican|vaticano|vatikan|santa sede|holy see|saint-siège|ватикан|الفاتيكان
congress: congress|congreso|congrès|congresso|kongress|конгресс|конгрессе|الكونغرس
senate: senate|senado|sénat|senato|senat|сенат|сенате
parliament: parliament|parlamento|parlement|parlament|bundestag|knesset|knéset|verkhovna rada|rada|duma|государственной думе
parliament: البرلمان
oas: oas|oea|organization of american states|organización de estados americanos
african union: african union|unión africana|union africaine|união africana|unione africana|afrikanischen union
arab league: arab league|liga árabe|ligue arabe|lega araba|arabischen liga|جامعة الدول العربية
opec: opec|opep|опек|أوبك
climate conference: cop26|cop27|cop28|cop29|cop30|climate summit|cumbre del clima|klimagipfel|conférence sur le climat
"""
KINDS = """
summit: summit|cumbre|sommet|cúpula|cimeira|vertice|gipfel|nato-gipfel|g20-gipfel|g7-gipfel|eu-gipfel|gipfeltreffen|саммит
summit: саммите|قمة
interview: interview|interviews|entrevista|entretien|intervista|интервью|مقابلة|gespräch|diálogo con
press conference: press conference|news conference|press briefing|briefing|rueda de prensa|conferencia de prensa
press conference: conférence de presse
press conference: point de presse|conferência de imprensa|coletiva|entrevista coletiva|conferenza stampa|pressekonferenz
press conference: пресс-конференции
press conference: مؤتمر صحفي
speech: speech|address|discurso|discours|rede|discorso|alocución|allocution|pronunciamento|речи|خطاب
rally: rally|mitin|mítin|comício|meeting électoral|comizio|kundgebung|wahlkampfauftritt|митинге
debate: debate|débat|dibattito|debatte|fernsehdebatte
hearing: hearing|audiencia|comparecencia|audition|audiência|udienza|audizione|anhörung
trial: trial|juicio|procès|julgamento|processo|prozess|court|tribunal|gericht
social media: twitter|tweet|tuit|tuíte|x|facebook|instagram|telegram|youtube|truth social|threads|bluesky|mastodon
statement: statement|comunicado|communiqué|nota|comunicato|mitteilung|erklärung|заявлении|بيان
letter: letter|carta|lettre|lettera|brief
"""


def venues(phrase: str) -> tuple[frozenset[str], frozenset[str]]:
    """(institutions, kinds of occasion) that a phrase names, by their English names.

    >>> venues("ante el Consejo de Seguridad de la ONU") == venues("at the UN Security Council")
    True
    >>> sorted(venues("lors du sommet de l'OTAN")[1])
    ['summit']
    """
    words = " ".join(NO_WORD.sub(" ", phrase.replace(".", "")).split())
    text, upper = f" {words.lower()} ", f" {words} "
    institutions, kinds = (
        frozenset(name for form, name in table if (f" {form.upper()} " in upper if len(form) < 4 else f" {form} " in text))
        for table in _tables()
    )
    return institutions | ({"un"} if institutions & {"security council", "general assembly"} else frozenset()), kinds


def same_place(a: tuple[frozenset[str], frozenset[str]], b: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Whether two phrases may mean one occasion: a common institution, and if neither names one, a common kind.

    What one of them names inside the other's institution must not differ: the Security Council is not the General Assembly.
    """
    if a[0] and b[0]:
        return bool(a[0] & b[0]) and (a[0] <= b[0] or b[0] <= a[0])
    return not (a[0] or b[0]) and bool(a[1] & b[1])


NO_WORD = re.compile(r"[^\w-]+")


@cache
def _tables() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    return _table(INSTITUTIONS), _table(KINDS)


def _table(text: str) -> list[tuple[str, str]]:
    lines = (line.partition(": ") for line in text.strip().splitlines())
    return [(form, name) for name, _, forms in lines for form in forms.split("|")]
