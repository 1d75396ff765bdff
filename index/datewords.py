"""The words of `dates.py`, folded (lower case, no accents): months, weekdays, relative days, and what stands before them."""

from __future__ import annotations

MONTHS = {
    "en": "january february march april may june july august september october november december",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre",
    "fr": "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "de": "januar|janner februar marz april mai juni juli august september oktober november dezember",
    "pt": "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "ru": "января|январе|январь февраля|феврале|февраль марта|марте|март апреля|апреле|апрель мая|мае|май июня|июне|июнь "
    "июля|июле|июль августа|августе|август сентября|сентябре|сентябрь октября|октябре|октябрь ноября|ноябре|ноябрь "
    "декабря|декабре|декабрь",
    "ar": "يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر",
}
"""Twelve months a language, folded (lower case, no accents), alternatives by "|"."""

DAYS = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "es": "lunes martes miercoles jueves viernes sabado domingo",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "de": "montag dienstag mittwoch donnerstag freitag samstag|sonnabend sonntag",
    "pt": "segunda-feira terca-feira quarta-feira quinta-feira sexta-feira sabado domingo",
    "it": "lunedi martedi mercoledi giovedi venerdi sabato domenica",
    "ru": "понедельник|понедельника вторник|вторника среду|среда|среды четверг|четверга пятницу|пятница|пятницы "
    "субботу|суббота|субботы воскресенье|воскресенья",
    "ar": "الاثنين الثلاثاء الاربعاء الخميس الجمعة السبت الاحد",
}

HAN_DAYS = {"zh": "一二三四五六日------天", "ja": "月火水木金土日", "ko": "월화수목금토일"}  # 天 is 日, seven places on

RELATIVE = {
    "today": "today|hoy|aujourd'hui|heute|hoje|oggi|сегодня|今天|今日|اليوم",
    "yesterday": "yesterday|ayer|hier|gestern|ontem|ieri|вчера|昨天|昨日|امس",
    "before": "the day before yesterday|anteayer|antier|avant-hier|vorgestern|anteontem|l'altro ieri|позавчера|前天",
    "this week": "this week|esta semana|cette semaine|diese woche|dieser woche|questa settimana|на этой неделе|本周|今週",
    "last week": "last week|(?:la )?semana pasada|(?:la )?semaine derniere|letzte[rn]? woche|vergangene[rn]? woche"
    "|(?:na )?semana passada|(?:la )?settimana scorsa|на прошлой неделе|上周|先週|الاسبوع الماضي",
    "this month": "this month|este mes|ce mois-ci|diesen monat|diesem monat|este mes|questo mese|в этом месяце|本月|今月",
    "last month": "last month|(?:el )?mes pasado|(?:le )?mois dernier|letzten monat|vergangenen monat|mes passado|mese scorso"
    "|в прошлом месяце|上个月|先月|الشهر الماضي",
    "this year": "this year|este ano|cette annee|dieses jahr|diesem jahr|quest'anno|в этом году|今年",
    "last year": "last year|(?:el )?ano pasado|(?:l')?annee derniere|letztes jahr|letzten jahr|vergangenen jahr|ano passado"
    "|anno scorso|l'anno scorso|в прошлом году|去年|العام الماضي",
}

AGO = (
    r"(?P<n>\d{1,3}) (?P<unit>days?|weeks?|months?|years?) ago",
    r"hace (?P<n>\d{1,3}) (?P<unit>dias?|semanas?|mes(?:es)?|anos?)",
    r"il y a (?P<n>\d{1,3}) (?P<unit>jours?|semaines?|mois|ans?)",
    r"vor (?P<n>\d{1,3}) (?P<unit>tag(?:en)?|woche[n]?|monat(?:en)?|jahr(?:en)?)",
    r"ha (?P<n>\d{1,3}) (?P<unit>dias?|semanas?|mes(?:es)?|anos?)",
    r"(?P<n>\d{1,3}) (?P<unit>giorni|settimane|mesi|anni) fa",
)
RECENT = (
    r"(?:in |over |during )?the (?:last|past) (?P<n>\d{1,3}) (?P<unit>days?|weeks?|months?|years?)",
    r"(?:en )?(?:los|las) ultim[oa]s (?P<n>\d{1,3}) (?P<unit>dias?|semanas?|mes(?:es)?|anos?)",
    r"(?:dans |durant |ces )?(?:les )?(?P<n>\d{1,3}) dernier(?:e)?s (?P<unit>jours?|semaines?|mois|annees)",
    r"(?:in den )?letzten (?P<n>\d{1,3}) (?P<unit>tagen?|wochen|monaten?|jahren?)",
    r"(?:n[oa]s )?ultim[oa]s (?P<n>\d{1,3}) (?P<unit>dias?|semanas?|mes(?:es)?|anos?)",
)
UNITS = {"d": 1, "j": 1, "t": 1, "g": 1, "w": 7, "s": 7}  # first letter -> days; months and years by the calendar

PARTS = {
    "early": r"early|beginning of|a principios de|principios de|debut|anfang|inicio de|no inicio de|inizio|в начале",
    "mid": r"mid|middle of|a mediados de|mediados de|mi|mitte|meados de|em meados de|meta|в середине",
    "late": r"late|end of|a finales de|finales de|a fines de|fin|ende|fim de|no fim de|fine|в конце",
}
SINCE = (
    r"(?:since|after|starting|desde|a partir del?|despues del?|depuis|a partir du|apres|seit|nach|ab|dopo|apos|с|после|sinds"
    r"|vanaf|sedan|siden|od|sejak|din|απο|منذ|بعد)"
)
UNTIL = r"(?:until|till|before|up to|hasta|antes del?|jusqu'a[u]?|avant|bis|vor|ate|prima del?|fino a[l]?|до|حتى|قبل)"
YEAR = (  # what makes a number a year
    "in|of|during|since|after|before|until|en|de|del|desde|antes de|hasta|depuis|avant|im|seit|vor|jahr|em|no ano|nel"
    "|год[ау]?|в|с|до"
)
THE = r"\s*(?:(?:the|el|le|la|den|dem|der|zum|il|o|l'|dia) ?)?"
FROM = rf"(?<!\w)(?:between|from|entre|desde|del?|du|zwischen|von|vom|dal|tra|fra|с|между){THE}"
TO = rf"\s*(?:and|to|until|through|y|al?|hasta|et|au|jusqu'au|und|bis|e|ao|ate|по|и|[-–—]){THE}"
ORDINAL = r"(?:st|nd|rd|th|er|º|ro|\.)?"
LISTED = frozenset("en es fr de pt it ru ar zh ja ko".split())
LINK = r"[ ,.]*(?:(?:the|el|le|la|den|dem|der|o|il|de|del|dia|of|on|am|im|um|em|en|in|zum|jour)[ ]+)*"
LAST_WORD = (
    r"(?:last|past|pasado|dernier|derniere|letzten|letzter|vergangenen|passado|passada|scorso|scorsa|прошл\w+|в прошл\w+)"
)
THIS_WORD = r"(?:this|on|este|el|ce|diesen|diesem|am|nesta|na|no|questo|в|во|эту?)"

AMBIGUOUS = frozenset("may march august mars marco mai марта мая april".split())  # words and names too: not without a number
