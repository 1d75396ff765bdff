"""Words that announce speech, by language: which verbs, with which sense, and how each is built into a sentence.

Frames, one letter each, in the order they are tried:
    c  a clause, with or without "that", or the speaker's own words        said (that) …, said: “…”
    t  the same after the person addressed                                 told reporters that …
    d  the speaker's own words only, or a clause after "that"              shouted: “…”
    v  an infinitive                                                       promised to …, refused to …
    o  a noun phrase: what was praised, demanded, denied                   criticised the meeting
    n  a name given to somebody, in quotation marks                        called him a “…”
    p  a noun phrase after a preposition                                   warned of …, called for …

English forms are listed by lemma and inflected below; Spanish ones are built from the infinitive. The other languages have the
forms that stand beside a quotation in newspapers. Verbs were kept or dropped by how often annotators of news took them as a cue
(`scripts/eval_quotes.py --cues`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

ENGLISH = """
asserts c: say add note claim argue explain insist declare suggest acknowledge recall contend stress emphasize emphasise
  reiterate assert opine concede admit conclude observe reveal confirm disclose boast brag joke quip lament complain mention
  estimate predict allege assume reckon imply testify caution tweet retweet theorize elaborate clarify report announce
  indicate hint signal recount attest posit retort counter concur underscore underline repeat write
asserts d: reply respond answer begin continue conclude finish interject offer post email blog text state maintain remark
  comment reason shout yell chant exclaim cry scream whisper mutter murmur beam smile laugh sigh snap gush intone proclaim
  deadpan roar bellow read thunder chime crow rail muse scoff sneer bark blurt marvel rejoice
asserts t: tell inform assure remind notify reassure advise brief
denies c: deny refute rebut
denies o: reject dismiss dispute repudiate disavow downplay
asks c: ask wonder inquire enquire
asks o: question query
threatens vc: threaten
warns tcp: warn
promises vd: vow pledge promise swear
refuses v: decline refuse
agrees vc: agree
urges t: urge encourage implore beseech exhort instruct order
urges oc: demand propose recommend request
accuses o: accuse blame
criticizes op: criticize criticise blast slam condemn denounce decry attack assail mock ridicule deride lambaste bemoan
  chide berate pan
praises o: praise applaud hail laud tout commend thank endorse welcome
asserts o: defend describe portray characterize characterise highlight discuss cite invoke echo express voice outline detail
  reference
calls np: call
calls n: label brand dub describe term deem
believes c: believe think fear hope expect doubt suspect
believes d: know realize understand feel worry
intends v: want hope seek plan intend prefer
finds c: show suggest
finds d: find prove demonstrate learn
"""
IRREGULAR = """say:says,said,said,saying tell:tells,told,told,telling write:writes,wrote,written,writing
  think:thinks,thought,thought,
thinking know:knows,knew,known,knowing find:finds,found,found,finding feel:feels,felt,felt,feeling
  begin:begins,began,begun,beginning
show:shows,showed,shown,showing swear:swears,swore,sworn,swearing read:reads,read,read,reading
  understand:understands,understood,
understood,understanding seek:seeks,sought,sought,seeking deny:denies,denied,denied,denying
  prove:proves,proved,proven,proving"""
DOUBLED = frozenset("admit blog chat chip pan rebut refer brag quip submit".split())

SPANISH = """
asserts c: decir afirmar asegurar señalar añadir agregar explicar indicar manifestar declarar expresar destacar sostener
  subrayar apuntar puntualizar precisar recalcar recordar reconocer admitir comentar mencionar informar anunciar revelar
  insistir reiterar argumentar alegar aclarar advertir detallar responder contestar replicar considerar estimar opinar
  concluir confesar relatar narrar contar constatar remarcar enfatizar matizar resaltar exponer denunciar lamentar criticar
  celebrar ironizar bromear defender augurar pronosticar vaticinar confirmar recomendar aconsejar exclamar rematar
  sentenciar sustentar externar plantear zanjar apostillar espetar testificar justificar razonar reflexionar aducir publicar
  difundir escribir tuitear ratificar aseverar pedir acotar abundar ahondar proclamar reclamar referir reprochar sugerir
  deslizar dar-a-conocer coincidir garantizar
asserts d: rezar leer continuar proseguir seguir finalizar terminar gritar susurrar comenzar empezar saludar sonreír reír
denies co: negar desmentir rechazar descartar
asks c: preguntar cuestionar
asks co: pedir solicitar exigir reclamar exhortar instar urgir demandar
threatens cv: amenazar
promises cv: prometer jurar
accuses op: acusar culpar responsabilizar
calls n: llamar calificar tildar tachar bautizar describir
believes c: creer pensar temer confiar esperar sospechar
"""

FRENCH = """a dit|dit|disait|déclare|a déclaré|affirme|a affirmé|ajoute|a ajouté|explique|a expliqué|assure|a assuré|estime|
a estimé|précise|a précisé|souligne|a souligné|indique|a indiqué|répond|a répondu|lance|a lancé|confie|a confié|
raconte|a raconté|écrit|a écrit|insiste|a insisté|poursuit|a poursuivi|conclut|a conclu|rappelle|a rappelé|note|
a noté|regrette|a regretté|demande|a demandé|s'exclame|s'est exclamé|s'interroge|promet|a promis|dénonce|a dénoncé|
avertit|a averti|prévient|a prévenu|admet|a admis|reconnaît|a reconnu|résume|a résumé|martèle|a martelé|témoigne|
a témoigné|ironise|renchérit|plaide|tranche|déplore|reprend|annonce|a annoncé"""
PORTUGUESE = """disse|diz|dizia|afirmou|afirma|declarou|declara|acrescentou|acrescenta|explicou|explica|ressaltou|
destacou|destaca|
contou|conta|respondeu|responde|escreveu|escreve|comentou|comenta|completou|completa|concluiu|conclui|avaliou|avalia|
informou|informa|perguntou|pergunta|lembrou|lembra|garantiu|garante|assegurou|sublinhou|sublinha|referiu|refere|
adiantou|alertou|alerta|defendeu|criticou|reconheceu|admitiu|observou|argumentou|prometeu|negou|frisou|salientou|
relatou|relata|justificou|pediu|anunciou|adicionou|ironizou|questionou|reforçou|revelou|confirmou"""
GERMAN = """sagte|sagt|erklärte|erklärt|betonte|betont|meinte|meint|fügte|berichtete|berichtet|schrieb|schreibt|
antwortete|fragte|
fragt|warnte|warnt|forderte|fordert|kritisierte|kritisiert|hieß|heißt|teilte|kündigte|versicherte|behauptete|
bekräftigte|ergänzte|rief|erzählte|erzählt|erläuterte|räumte|mahnte|lobte|äußerte|twitterte|versprach|drohte|
bestätigte|resümierte|stellte|so|zitierte|sprach"""
ITALIAN = """ha detto|dice|disse|ha dichiarato|dichiara|afferma|ha affermato|spiega|ha spiegato|aggiunge|ha aggiunto|sottolinea|
ha sottolineato|racconta|ha raccontato|scrive|ha scritto|conclude|ha concluso|ha risposto|risponde|commenta|
ha commentato|assicura|ha assicurato|osserva|ha osservato|precisa|ha precisato|ribadisce|ha ribadito|annuncia|
ha annunciato|ricorda|ha ricordato|sostiene|ha sostenuto|chiede|ha chiesto|avverte|ha avvertito|ammette|ha ammesso|
prosegue|ha proseguito|continua|ha promesso|denuncia"""
RUSSIAN = """сказал|сказала|сказали|заявил|заявила|заявили|сообщил|сообщила|сообщили|отметил|отметила|подчеркнул|подчеркнула|
добавил|добавила|пояснил|пояснила|рассказал|рассказала|говорит|говорил|говорила|ответил|ответила|написал|написала|
пишет|спросил|спросила|считает|уверен|объяснил|объяснила|напомнил|напомнила|признал|признала|уточнил|уточнила|
утверждает|предупредил|предупредила|заключил|заключила|продолжил|продолжила|приводит|цитирует|передает|передаёт|
обещал|пообещал|призвал|указал|указала|констатировал|заверил"""
ARABIC = """قال|قالت|وقال|وقالت|يقول|تقول|وأضاف|وأضافت|أضاف|أضافت|أكد|أكدت|وأكد|وأكدت|صرح|صرحت|وصرح|أعلن|أعلنت|وأعلن|ذكر|ذكرت|
وذكر|أوضح|أوضحت|وأوضح|وأوضحت|كتب|كتبت|وكتب|أشار|أشارت|وأشار|اعتبر|وتابع|تابع|وتابعت|شدد|وشدد|حذر|وحذر|سأل|أجاب|ورد"""


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb form that announces speech."""

    lemma: str
    sense: str  # asserts | denies | asks | promises | …
    frames: str  # letters, see above
    shape: str = "finite"  # finite | ing | base (infinitive, or a form that is also a noun)


@dataclass(frozen=True)
class Language:
    """The words of one language that the walk through a sentence needs. All lower case."""

    cues: dict[str, Cue]
    that: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    adverbs: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    prepositions: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()  # prepositions that may stay inside a speaker's description: "of", "de"
    breaks: frozenset[str] = frozenset()  # conjunctions and relatives that end a clause
    conjunctions: frozenset[str] = frozenset()  # and, but: may join two speakers or two verbs
    pronouns: frozenset[str] = frozenset()  # personal pronouns that may be a subject
    relatives: frozenset[str] = frozenset()
    according: tuple[tuple[str, ...], ...] = ()  # "according to"
    when: frozenset[str] = frozenset()  # weekdays, months, "yesterday"
    indirect: bool = False  # whether speech without quotation marks is looked for
    elides_subject: bool = False  # "dijo" alone is a sentence


@cache
def language(tag: str) -> Language:
    """The table of a language; one with only quotation marks to go by where there is none."""
    return _BUILD[tag]() if tag in _BUILD else Language(cues={})


def _groups(table: str) -> list[tuple[str, str, list[str]]]:
    groups: list[tuple[str, str, list[str]]] = []
    for line in table.strip().splitlines():
        if ":" in line:
            head, _, words = line.partition(":")
            sense, frames = head.split()
            groups.append((sense, frames, words.split()))
        else:
            groups[-1][2].extend(line.split())
    return groups


def _add(cues: dict[str, Cue], form: str, cue: Cue) -> None:
    """A form that two groups share keeps the first sense and gains the second's frames."""
    old = cues.get(form)
    if old is None:
        cues[form] = cue
    elif old.lemma == cue.lemma:
        frames = old.frames + "".join(letter for letter in cue.frames if letter not in old.frames)
        cues[form] = Cue(old.lemma, old.sense, frames, old.shape)


def _english_forms(lemma: str) -> tuple[str, str, str, str]:
    """Third person, past, participle, -ing."""
    if lemma.endswith("e"):
        past, ing = lemma + "d", lemma[:-1] + "ing"
    elif lemma.endswith("y") and lemma[-2] not in "aeiou":
        past, ing = lemma[:-1] + "ied", lemma + "ing"
    elif lemma in DOUBLED:
        past, ing = lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing"
    else:
        past, ing = lemma + "ed", lemma + "ing"
    if lemma.endswith(("s", "sh", "ch", "x")):
        third = lemma + "es"
    else:
        third = lemma[:-1] + "ies" if past.endswith("ied") and lemma.endswith("y") else lemma + "s"
    return third, past, past, ing


def _english() -> Language:
    irregular = {}
    for entry in IRREGULAR.replace(",\n", ",").split():
        lemma, _, forms = entry.partition(":")
        irregular[lemma] = tuple(forms.split(","))
    cues: dict[str, Cue] = {}
    for sense, frames, lemmas in _groups(ENGLISH):
        for lemma in lemmas:
            name, _, particle = lemma.partition("-")
            del particle
            third, past, participle, ing = irregular.get(name) or _english_forms(name)
            for form, shape in ((third, "finite"), (past, "finite"), (participle, "finite"), (ing, "ing"), (name, "base")):
                _add(cues, form, Cue(name, sense, frames, shape))
    return Language(
        cues=cues,
        that=frozenset({"that"}),
        auxiliaries=_set("has have had is was were are be been being will would could can may might must should did"
                " does do not never to"
                         " hasn’t haven’t hadn’t isn’t wasn’t weren’t aren’t won’t wouldn’t didn’t doesn’t don’t"
                                 " couldn’t can’t cannot"),
        adverbs=_set("also later then now again still once often always sometimes simply just even already further instead"
                     " perhaps first both all went on famously in turn yet soon long"),
        determiners=_set("the a an this that these those his her its their my our your some many several most all both"
                " one two three four"
                         " five six ten another each every no other few dozens hundreds thousands"),
        prepositions=_set("in on at by for with from about during after before under over into through against among"
                " between since until"
                          " despite without within amid to of as like near per via speaking asked following according"
                                  " citing besides"
                          " throughout upon toward towards regarding given"),
        inside=_set("of for from at with in"),
        breaks=_set("that which while when where as because since though although if unless whether what how why so"
                " than after before"
                    " until whereas whose once"),
        conjunctions=_set("and but or yet"),
        pronouns=_set("he she they it we i you who"),
        relatives=_set("who which"),
        according=(("according", "to"), ("in", "the", "words", "of")),
        when=_set("monday tuesday wednesday thursday friday saturday sunday january february march april may june july"
                " august september"
                  " october november december yesterday today tonight tomorrow earlier later recently afterward"
                          " afterwards last this next"
                  " week month year night morning afternoon evening ago"),
        indirect=True,
    )  # fmt: skip


SPANISH_IRREGULAR = {
    "decir": "dice dijo decía dicen dijeron decían dicho diciendo diga", "sostener": "sostiene sostuvo sostenía"
            " sostienen sostuvieron"
    " sostenido sosteniendo", "exponer": "expone expuso exponía exponen expusieron expuesto exponiendo", "reír": "ríe rió",
    "sonreír": "sonríe sonrió", "dar-a-conocer": "", "seguir": "sigue siguió seguía siguen siguieron seguido siguiendo",
    "proseguir": "prosigue prosiguió prosiguieron prosiguiendo", "pedir": "pide pidió pedía piden pidieron pedido pidiendo",
    "escribir": "escribe escribió escribía escriben escribieron escrito escribiendo", "describir": "describe describió"
            " describían"
    " describen describieron descrito describiendo", "advertir": "advierte advirtió advertía advierten advirtieron"
            " advertido advirtiendo",
    "desmentir": "desmiente desmintió desmentía desmienten desmintieron desmentido desmintiendo",
    "sugerir": "sugiere sugirió sugería sugieren sugirieron sugerido sugiriendo",
    "referir": "refiere refirió refería refieren refirieron referido refiriendo",
    "creer": "cree creyó creía creen creyeron creído creyendo", "exigir": "exige exigió exigía exigen exigieron exigido"
            " exigiendo",
    "aducir": "aduce adujo aducía aducen adujeron aducido aduciendo", "contar": "cuenta contó contaba cuentan contaron"
            " contado contando",
    "leer": "lee leía leerse leyó", "rezar": "reza rezaba",
}  # fmt: skip
STEM_CHANGES = {
    "manifestar": "manifiesta", "recordar": "recuerda", "comenzar": "comienza", "empezar": "empieza", "negar": "niega",
        "pensar": "piensa",
    "confesar": "confiesa", "responder": "responde", "confiar": "confía", "rogar": "ruega", "ampliar": "amplía",
    "coincidir": "coincide", "temer": "teme",
}  # fmt: skip


def _spanish_forms(infinitive: str) -> list[str]:
    """Third persons of present, preterite and imperfect; participle and gerund."""
    if infinitive in SPANISH_IRREGULAR:
        return SPANISH_IRREGULAR[infinitive].split()
    stem, ending = infinitive[:-2], infinitive[-2:]
    present = STEM_CHANGES.get(infinitive, stem + ("a" if ending == "ar" else "e"))
    if ending == "ar":
        return [present, stem + "ó", stem + "aba", present + "n", stem + "aron", stem + "aban", stem + "ado", stem + "ando"]
    return [present, stem + "ió", stem + "ía", present + "n", stem + "ieron", stem + "ían", stem + "ido", stem + "iendo"]


def _spanish() -> Language:
    cues: dict[str, Cue] = {}
    for sense, frames, lemmas in _groups(SPANISH):
        for lemma in lemmas:
            for form in _spanish_forms(lemma):
                shape = (
                    "ing"
                    if form.endswith("ndo")
                    else "part"
                    if form.endswith(("ado", "ido", "icho", "uesto", "ito"))
                    else "finite"
                )
                _add(cues, form, Cue(lemma, sense, frames, shape))
    return Language(
        cues=cues,
        that=frozenset({"que"}),
        auxiliaries=_set("ha han había habían hubo habría habrían es fue está estaba están estaban no se le les lo la"
                " los las nos me te"
                         " va iba sigue quiso pudo puede debe debió"),
        adverbs=_set("también además luego después ya ahora así aún todavía nunca siempre incluso sólo solo"
                " posteriormente entonces"
                     " finalmente tampoco recientemente"),
        determiners=_set("el la los las un una unos unas este esta estos estas ese esa esos esas aquel aquella su sus"
                " mi nuestro nuestra"
                         " varios varias muchos muchas algunos algunas otro otra otros otras dos tres cuatro cinco cada"
                                 " ambos ambas"),
        prepositions=_set("en a ante con contra de desde durante entre hacia hasta para por según sin sobre tras"
                " mediante al del"
                          " luego pese junto"),
        inside=_set("de del para en por"),
        breaks=_set("que quien quienes cual cuales cuando mientras donde porque pues aunque si como cuyo cuya tras sino según"),
        conjunctions=_set("y e pero o u ni"),
        pronouns=_set("él ella ellos ellas quien quienes"),
        relatives=_set("que quien quienes"),
        according=(("según",), ("de", "acuerdo", "con"), ("de", "acuerdo", "a"), ("de", "acuerdo", "al"), ("a", "decir", "de"),
                   ("a", "juicio", "de"), ("en", "palabras", "de"), ("en", "opinión", "de"), ("conforme", "a")),
        when=_set("lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio"
                " agosto septiembre"
                  " octubre noviembre diciembre ayer hoy anoche mañana este pasado próximo semana mes año"),
        indirect=True,
        elides_subject=True,
    )  # fmt: skip


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _listed(
    forms: str,
    *,
    auxiliaries: frozenset[str] = frozenset(),
    determiners: frozenset[str] = frozenset(),
    prepositions: frozenset[str] = frozenset(),
    inside: frozenset[str] = frozenset(),
    breaks: frozenset[str] = frozenset(),
    conjunctions: frozenset[str] = frozenset(),
    pronouns: frozenset[str] = frozenset(),
    according: tuple[tuple[str, ...], ...] = (),
) -> Language:
    """A language of which only quotations in marks are read."""
    cues = {}
    for form in forms.replace("\n", "").split("|"):
        head = form.split()[-1].removeprefix("s'").removeprefix("s’")
        cues[head] = Cue(form, "asserts", "d")
    return Language(
        cues=cues,
        auxiliaries=auxiliaries,
        determiners=determiners,
        prepositions=prepositions,
        inside=inside,
        breaks=breaks,
        conjunctions=conjunctions,
        pronouns=pronouns,
        according=according,
    )


_BUILD: dict[str, Callable[[], Language]] = {
    "en": _english,
    "es": _spanish,
    "fr": lambda: _listed(
        FRENCH,
        auxiliaries=_set("a ont avait est était s'est se lui leur en n'a pas"),
        determiners=_set("le la les l un une des ce cet cette ces son sa ses leur leurs du"),
        prepositions=_set("à en dans sur pour par avec devant lors selon chez après avant au aux de du"),
        inside=_set("de du des d à au pour"), breaks=_set("que qui dont où quand lorsque mais car si comme"),
        conjunctions=_set("et mais ou"), pronouns=_set("il elle ils elles on t-il t-elle"),
        according=(("selon",), ("d'après",), ("d’après",)),
    ),
    "pt": lambda: _listed(
        PORTUGUESE,
        auxiliaries=_set("tem têm tinha havia foi é não se lhe"),
        determiners=_set("o a os as um uma este esta esse essa seu sua seus suas"),
        prepositions=_set("em no na nos nas para por com sobre durante após segundo ao à de do da"),
        inside=_set("de do da dos das para em"), breaks=_set("que quem quando onde porque se como enquanto"),
        conjunctions=_set("e mas ou"), pronouns=_set("ele ela eles elas"),
        according=(("segundo",), ("de", "acordo", "com"), ("para",)),
    ),
    "de": lambda: _listed(
        GERMAN,
        auxiliaries=_set("hat haben hatte war ist wird sich"),
        determiners=_set("der die das ein eine dem den des dieser diese sein seine ihr ihre"),
        prepositions=_set("in im am an auf bei mit nach vor für gegen über laut zu zum zur"),
        inside=_set("von vom des der für aus"), breaks=_set("dass daß weil wenn als während wo ob"),
        conjunctions=_set("und aber oder"), pronouns=_set("er sie es"),
        according=(("laut",), ("nach", "angaben", "von")),
    ),
    "it": lambda: _listed(
        ITALIAN,
        auxiliaries=_set("ha hanno aveva avevano è era si gli le non"),
        determiners=_set("il lo la i gli le l un uno una questo questa suo sua"),
        prepositions=_set("in nel nella a al alla per con su sul durante dopo secondo di da"),
        inside=_set("di del della dei delle dell per"), breaks=_set("che chi quando dove perché se come mentre"),
        conjunctions=_set("e ma o"), pronouns=_set("lui lei egli ella loro"),
        according=(("secondo",),),
    ),
    "ru": lambda: _listed(
        RUSSIAN,
        auxiliaries=_set("не он она они"),
        prepositions=_set("в во на с по для при о об за из к от"),
        breaks=_set("что который которая когда если как"), conjunctions=_set("и а но или"),
        pronouns=_set("он она они"), according=(("по", "словам"), ("по", "мнению"), ("как",)),
    ),
    "ar": lambda: _listed(
        ARABIC,
        prepositions=_set("في على من إلى عن مع خلال بعد قبل"), breaks=_set("أن إن التي الذي"), conjunctions=_set("و"),
        pronouns=_set("هو هي هم"), according=(("وفق",), ("بحسب",), ("حسب",)),
    ),
}  # fmt: skip
