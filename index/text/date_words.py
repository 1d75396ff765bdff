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
    "ar": "يناير|كانون_الثاني|جانفي فبراير|شباط|فيفري مارس|اذار ابريل|نيسان|افريل مايو|ايار يونيو|حزيران|جوان "
    "يوليو|تموز|جويلية|يوليوز اغسطس|اب|غشت سبتمبر|ايلول|شتنبر اكتوبر|تشرين_الاول نوفمبر|تشرين_الثاني|نونبر "
    "ديسمبر|كانون_الاول|دجنبر",
}
"""Twelve months a language, folded (lower case, no accents), alternatives by "|", "_" for a space."""

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
    "today": "today|this (?:morning|afternoon|evening)|tonight|hoy|esta (?:manana|tarde|noche)|aujourd'hui|ce (?:matin|soir)"
    "|cet apres-midi|heute|hoje|esta (?:manha|noite)|oggi|stamattina|stasera|сегодня|اليوم",
    "yesterday": "yesterday|last night|ayer|anoche|hier|gestern|ontem|ieri|вчера|امس|بالامس",
    "before": "the day before yesterday|anteayer|antier|avant-hier|vorgestern|anteontem|l'altro ieri|позавчера"
    "|اول امس|اول من امس",
    "this week": "this week|esta semana|cette semaine|diese woche|dieser woche|questa settimana|на этой неделе|هذا الاسبوع",
    "last week": "last week(?! of)|(?:la )?semana pasada|(?:la )?semaine derniere|letzte[rn]? woche|vergangene[rn]? woche"
    "|vorige[rn]? woche|(?:na )?semana passada|(?:la )?settimana scorsa|(?:на )?прошлой недел[еи]|الاسبوع الماضي",
    "week before": "the week before last|(?:la )?semana antepasada|vorletzte[rn]? woche|(?:na )?semana retrasada"
    "|(?:на )?позапрошлой неделе|الاسبوع قبل الماضي",
    "this month": "this month|este mes|ce mois-ci|diese[ns] monats?|diesem monat|este mes|questo mese|в этом месяце|هذا الشهر",
    "last month": "last month(?! of)|(?:el )?mes pasado|(?:le )?mois dernier|letzten monats?|vergangenen monats?"
    "|(?:o |no )?mes passado|(?:il )?mese scorso|(?:в )?прошло(?:м месяце|го месяца)|الشهر الماضي",
    "this year": "this year|este ano|cette annee|dieses jahr|diesem jahr|quest'anno|в этом году|هذا العام",
    "last year": "last year(?! of)|(?:el )?ano pasado|(?:l')?annee derniere|letztes jahr|letzten jahr|vergangenen jahr"
    "|ano passado|anno scorso|l'anno scorso|в прошлом году|العام الماضي",
    "weekend": "(?:over|during|at|on) the weekend|this(?: past)? weekend|(?:(?:durante )?el|este) fin de semana"
    "|(?:pendant )?(?:ce|le) week-end(?! prochain)|(?:am|dieses|diesem) wochenende"
    "|(?:no|neste|durante o) (?:fim|final) de semana"
    "|(?:nel|questo|durante il) (?:fine settimana|weekend)|(?:на|в) (?:эти )?выходны[ех]|(?:خلال |في )?(?:عطلة )?نهاية الاسبوع",
    "last weekend": "(?:the )?(?:last|past) weekend|(?:el )?(?:pasado|ultimo) fin de semana|(?:este|el) fin de semana pasado"
    "|(?:le )?week-end (?:dernier|passe)|(?:am )?(?:letzte[ns]|vergangene[ns]) wochenende"
    "|(?:no |o )?(?:ultimo (?:fim|final) de semana|(?:fim|final) de semana passado)|(?:lo )?scorso (?:fine settimana|weekend)"
    "|(?:на|в) прошлы[ех] выходны[ех]|(?:في )?(?:عطلة )?نهاية الاسبوع الماضي[ة]?",
    "recent days": "(?:in|over|during) (?:the )?(?:past|last|recent)(?: few| couple of)? days|these days(?= in)"
    "|(?:en |durante )?(?:estos|los) ultimos dias|(?:ces|les|ces tout) derniers jours"
    "|(?:in|wahrend) den (?:letzten|vergangenen) tagen|n?[oe]s(?:tes)? ultimos dias"
    "|(?:negli|gli) ultimi giorni|(?:за|в) последние (?:несколько )?дн(?:и|ей)"
    "|(?:في |خلال )?الايام (?:القليلة )?(?:الاخيرة|الماضية)",
    "recent weeks": "(?:in|over|during) (?:the )?(?:past|last|recent)(?: few| couple of)? weeks"
    "|(?:en |durante )?(?:estas|las) ultimas semanas|(?:ces|les) dernieres semaines|n?[ae]s(?:tas)? ultimas semanas"
    "|(?:in|wahrend) den (?:letzten|vergangenen) wochen"
    "|(?:nelle|le) ultime settimane|(?:за|в) последние (?:несколько )?недел[иь]"
    "|(?:في |خلال )?الاسابيع (?:القليلة )?(?:الاخيرة|الماضية)",
}
"""What `relative_dates.py` reckons by itself; whole words."""

HAN_RELATIVE = {
    "today": "今天|今日(?!头条|本)|今早|今晚|今晨|(?<!\\w)오늘(?!날)",
    "yesterday": "昨天|昨日|昨晚|昨夜|(?<!\\w)어제",
    "before": "(?<!以)前天|一昨日|おととい|(?<!\\w)(?:그저께|그제)",
    "this week": "(?<![一二三四五六七八九十])(?:本周|这周|这个星期)(?![一二三四五六日天末])|今週(?!の[月火水木金土日]曜)"
    "|(?<!\\w)이번 ?주(?!말)",
    "last week": "(?<![上海])上个?(?:周|星期|礼拜)(?![一二三四五六日天末边围])|(?<!先)先週(?!の[月火水木金土日]曜)"
    "|(?<!\\w)지난 ?주(?!말)",
    "week before": "上上个?(?:周|星期|礼拜)(?![一二三四五六日天末])|先々週(?!の[月火水木金土日]曜)|(?<!\\w)지지난 ?주",
    "this month": "本月|这个月|今月|(?<!\\w)이번 ?달",
    "last month": "上个?月(?!球)|先月|(?<!\\w)지난 ?달",
    "this year": "今年(?![上下]半年|\\d)|本年度|(?<!\\w)올해",
    "last year": "去年(?!\\d)|昨年|(?<!\\w)작년",
    "weekend": "(?<![上下])(?:这个?|本)?周末|(?<!来)週末|(?<!\\w)(?:이번 ?)?주말",
    "last weekend": "上个?周末|先週末|(?<!\\w)지난 ?주말",
    "recent days": "(?:最近|这|近)几天|近日|近几日|连日来|ここ数日|この数日|(?<!\\w)최근 며칠",
    "recent weeks": "(?:最近|这|近)几周|ここ数週間",
}
"""The same where a word ends without a space: Chinese and Japanese, and Korean before its particles."""

COUNTS = {
    word.replace("_", " "): n
    for n, words in {
        1: "a an one un una uno une ein einem einer um uma один одну одна 一 한",
        2: "two a_couple_of un_par_de um_par_de пару dos deux zwei dois duas due два две 二 两 兩 두",
        3: "three tres trois drei tre три 三 세 ثلاثة ثلاث",
        4: "four cuatro quatre vier quatro quattro четыре 四 네 اربعة اربع",
        5: "five cinco cinq funf cinque пять 五 خمسة خمس",
        6: "six seis sechs sei шесть 六 ستة ست",
        7: "seven siete sept sieben sete sette семь 七 سبعة سبع",
        8: "eight ocho huit acht oito otto восемь 八 ثمانية ثماني",
        9: "nine nueve neuf neun nove девять 九 تسعة تسع",
        10: "ten diez dix zehn dez dieci десять عشرة عشر",
        12: "twelve doce douze zwolf doze dodici двенадцать",
    }.items()
    for word in words.split()
}
UNITS = {  # by how the words for each begin
    "hour": "hour|hora|heure|stunde|or[ae]$|час|ساع|个?小时|時間",
    "fortnight": "fortnight|quince|quinz",
    "day": "d|j|tag|giorn|день|дн|يوم|ايام|天|日|일",
    "week": "w|sem|sett|недел|اسبوع|اسابيع|周|週|个?星期|个?礼拜|주",
    "year": "y|an|jahr|год|лет|عام|اعوام|سن|年|년",
    "month": "m|шесть|месяц|شهر|اشهر|شهور|个月|か月|ヶ月|개월|달",
}
_N = rf"(?P<n>\d{{1,3}}|{'|'.join(sorted(COUNTS, key=len, reverse=True))})"
_HAN = r"(?<![\d一二三四五六七八九十])(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})\s?"
_EN = "hours?|days?|weeks?|fortnights?|months?|years?"
_ES = "horas?|quince dias|dias?|semanas?|mes(?:es)?|anos?"
_FR = "heures?|quinze jours|jours?|semaines?|mois|ans?|annees?"
_DE = "stunden?|tag(?:en?)?|wochen?|monat(?:en?)?|jahr(?:en?)?"
_PT = "horas?|quinze dias|dias?|semanas?|mes(?:es)?|anos?"
_IT = "or[ae]|giorn[oi]|settiman[ae]|mes[ei]|ann[oi]"
_RU = "час(?:а|ов)?|день|дн(?:я|ей)|недел[юиь]|месяц(?:а|ев)?|год(?:а)?|лет"
_AR = "ساعات|ايام|اسابيع|اشهر|شهور|سنوات|اعوام"
AGO = (
    rf"(?<!\w)(?:about |around |some )?{_N} (?P<unit>{_EN}) ago(?!\w)",
    r"(?<!\w)hace (?P<unit>quince) dias(?!\w)",
    rf"(?<!\w)hace (?:unos |unas )?{_N} (?P<unit>{_ES})(?!\w)",
    r"(?<!\w)il y a (?P<unit>quinz)e jours(?!\w)",
    rf"(?<!\w)il y a (?:environ )?{_N} (?P<unit>{_FR})(?!\w)",
    rf"(?<!\w)vor (?:etwa |rund )?{_N} (?P<unit>{_DE})(?!\w)",
    r"(?<!\w)ha (?P<unit>quinz)e dias(?!\w)",
    rf"(?<!\w)ha (?:cerca de )?{_N} (?P<unit>{_PT})(?!\w)",
    rf"(?<!\w){_N} (?P<unit>{_IT}) fa(?!\w)",
    rf"(?<!\w)(?:{_N} )?(?P<unit>{_RU}) назад(?!\w)",
    rf"(?<!\w)(?:قبل|منذ) (?:حوالي |نحو )?{_N} (?P<unit>{_AR})(?!\w)",
    r"(?<!\w)(?:قبل|منذ) (?P<unit>يومين|اسبوعين|اسبوع|شهرين|عامين|سنتين|سنة)(?!\w)",
    rf"{_HAN}(?P<unit>天|日|周|週間?|个?星期|个?礼拜|个月|[かヶ]月|年)(?:之|以)?前(?![往线进后])",
    r"(?<!\w)(?P<n>\d{1,3}|한|두|세|네) ?(?P<unit>일|주일?|개월|달|년) 전",
)
RECENT = (
    rf"(?<!\w)(?:in |over |during |within )?the (?:last|past) {_N} (?P<unit>{_EN})(?!\w)",
    r"(?<!\w)(?:in|over|during|within|from|of) the past (?P<unit>week|month|year)(?!\w)",
    r"(?<!\w)(?:en|durante) (?:la|el) ultim[oa] (?P<unit>semana|mes|ano)(?! d)(?!\w)",
    rf"(?<!\w)(?:en )?(?:los|las) ultim[oa]s {_N} (?P<unit>{_ES})(?!\w)",
    rf"(?<!\w)(?:dans |durant |ces |au cours des )?(?:les )?{_N} dernier(?:e)?s (?P<unit>{_FR})(?!\w)",
    rf"(?<!\w)(?:dans les |durant les |au cours des |ces |les )derni(?:er|ere)s {_N} (?P<unit>{_FR})(?!\w)",
    rf"(?<!\w)(?:in den )?(?:letzten|vergangenen) {_N} (?P<unit>{_DE})(?!\w)",
    rf"(?<!\w)(?:n[oa]s )?ultim[oa]s {_N} (?P<unit>{_PT})(?!\w)",
    rf"(?<!\w)(?:n?egli |nelle )?ultim[ie] {_N} (?P<unit>{_IT})(?!\w)",
    rf"(?<!\w)(?:за|в) последн(?:ие|их|юю) {_N} (?P<unit>{_RU})(?!\w)",
    rf"(?:过去|過去|最近|近){_HAN}(?P<unit>个?小时|時間|天|日間?|周|週間?|个?星期|个?礼拜|个月|[かヶ]月|年)(?!前)",
    r"(?<!\w)(?:지난|최근) (?P<n>\d{1,3}) ?(?P<unit>일|주일?|개월|년)",
)
THE_MONTH = "the month|mes|mois|monats|mese|месяца|الشهر"
OF_MONTH = "of |the |del? |du |des |dieses |do |d'|el |el"

PARTS = {
    "early": r"early|beginning of|start of|first week of|(?:la )?primera semana de"
    r"|a principios del?|principios del?|a comienzos del?|comienzos del?|debut|au debut"
    r"|anfang|inicio de|no inicio d[eo]|inizio|в начале|اوايل|بداية|مطلع",
    "mid": r"mid|middle of|a mediados del?|mediados del?|mi|mitte|meados de|em meados d[eo]|meta|в середине|منتصف",
    "late": r"late|end of|last (?:week|days) of|(?:la )?ultima semana de"
    r"|a finales del?|finales del?|a fines del?|fin|a la fin|ende|fim de|no fim d[eo]|no final d[eo]|fine"
    r"|в конце|اواخر|نهاية",
    "first": r"first (?:half|two weeks) of|(?:la )?primera (?:quincena|mitad) del?|(?:la )?premiere (?:quinzaine|moitie) d[eu]"
    r"|ersten? halfte (?:des|im)|primeira (?:quinzena|metade) de|prima meta di|в первой половине",
    "second": r"second half of|(?:la )?segunda (?:quincena|mitad) del?|(?:la )?(?:seconde|deuxieme) (?:quinzaine|moitie) d[eu]"
    r"|zweiten? halfte (?:des|im)|segunda (?:quinzena|metade) de|seconda meta di|во второй половине",
}
HAN_PARTS = {"early": "初|上旬", "mid": "中旬", "late": "底|末|下旬", "first": "上半月", "second": "下半月"}
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
FROM = rf"(?<!\w)(?:between|from|entre|desde|del?|du|zwischen|von|vom|dal|tra|fra|с|между|بين|من){THE}"
TO = rf"\s*(?:and|to|until|through|y|al?|hasta|et|au|jusqu'au|und|bis|e|ao|ate|по|и|و|الى|حتى|[-–—]){THE}"
ORDINAL = r"(?:st|nd|rd|th|er|º|ro|\.)?"
LISTED = frozenset("en es fr de pt it ru ar zh ja ko".split())
LINK = r"[ ,.]*(?:(?:the|el|le|la|den|dem|der|o|il|de|del|dia|of|on|am|im|um|em|en|in|zum|jour|يوم)[ ]+)*"
LAST_WORD = (
    r"(?:last|past|pasado|dernier|derniere|letzte[nrms]?|vergangene[nrms]?|passado|passada|scorso|scorsa"
    r"|прошл\w+|в прошл\w+|الماضي)"
)
THIS_WORD = r"(?:this|on|este|el|ce|diesen|diesem|am|nesta|na|no|questo|в|во|эту?)"

AMBIGUOUS = frozenset(
    "may march august mars marco mai марта мая april اب جوان شباط".split()
)  # words and names too: not without a number

PART_OF_DAY = "abend|morgen|vormittag|nachmittag|mittag|nacht"  # of a weekday, in one word with it

# Weekdays in names: "Black Friday", "the Sunday Times", "Friday prayers"
NOT_DAYS_BEFORE = r"(?<!\w)(?:black|good|bloody|easter|super|ash|palm|cyber|giving|maundy) $"
NOT_DAYS_AFTER = r" (?:times|league|mirror|telegraph|post|express|mail|herald|night live|prayers?|lunch)(?!\w)"
