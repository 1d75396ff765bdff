"""Spanish, French, Portuguese and Italian: the verbs that announce speech, by infinitive, and the small words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.quotes.cues import Language, table, words

SPANISH = """
asserts c: decir afirmar asegurar señalar añadir agregar explicar indicar manifestar declarar expresar destacar sostener
  subrayar apuntar puntualizar precisar recalcar recordar reconocer admitir comentar mencionar informar anunciar revelar
  insistir reiterar argumentar alegar aclarar advertir detallar responder contestar replicar considerar estimar opinar
  concluir confesar relatar narrar contar constatar remarcar enfatizar matizar resaltar exponer denunciar lamentar criticar
  celebrar ironizar bromear defender augurar pronosticar vaticinar confirmar recomendar aconsejar exclamar rematar
  sentenciar sustentar externar plantear zanjar apostillar espetar testificar justificar razonar reflexionar aducir publicar
  difundir escribir tuitear ratificar aseverar pedir acotar abundar ahondar proclamar reclamar referir reprochar sugerir
  deslizar dar-a-conocer coincidir garantizar adelantar avisar alertar observar objetar juzgar predecir prever valorar presumir
  repetir proponer espetar reafirmar especificar corroborar notificar comunicar
asserts d: rezar leer continuar proseguir seguir finalizar terminar gritar susurrar comenzar empezar saludar sonreír reír
  resumir describir evaluar lanzar soltar clamar suplicar murmurar musitar balbucear protestar quejar jactar ufanar disculpar
  excusar sincerar incidir profundizar completar complementar establecer ilustrar evocar rebatir refutar suspirar vociferar
  dictaminar ordenar animar agradecer arremeter interpelar inquirir twittear felicitar advertir concretar
denies co: negar desmentir rechazar descartar
asks c: preguntar cuestionar
asks co: pedir solicitar exigir reclamar exhortar instar urgir demandar
threatens cv: amenazar
promises cv: prometer jurar
accuses op: acusar culpar responsabilizar
calls n: llamar calificar tildar tachar bautizar describir
believes c: creer pensar temer confiar esperar sospechar
"""

FRENCH = """
asserts c: dire affirmer déclarer ajouter expliquer assurer estimer préciser souligner indiquer rappeler noter reconnaître
  admettre annoncer avertir prévenir promettre soutenir maintenir insister confirmer révéler répéter répondre écrire raconter
  confier regretter déplorer juger considérer constater observer signaler rapporter répliquer rétorquer plaider
  prédire concéder avouer marteler témoigner informer
asserts d: lancer poursuivre conclure résumer trancher renchérir ironiser reprendre exclamer commenter détailler glisser
  tonner confesser s'alarmer alarmer inquiéter indigner féliciter réjouir marteler souffler
denies c: démentir nier contester réfuter rejeter
asks c: demander exiger réclamer
asks d: interroger
threatens c: menacer
accuses c: dénoncer accuser
believes c: croire penser espérer craindre
"""
PORTUGUESE = """
asserts c: dizer afirmar declarar acrescentar explicar ressaltar destacar contar responder escrever comentar completar concluir
  avaliar informar lembrar garantir assegurar sublinhar referir adiantar alertar defender reconhecer admitir observar argumentar
  frisar salientar relatar justificar anunciar adicionar reforçar revelar confirmar apontar enfatizar reiterar insistir
  sustentar considerar estimar prever noticiar indicar avisar advertir lamentar
asserts d: ironizar criticar questionar rebater disparar brincar continuar prosseguir finalizar desabafar celebrar comemorar
denies c: negar desmentir rejeitar
asks c: perguntar pedir exigir solicitar cobrar
promises c: prometer jurar
threatens c: ameaçar
accuses c: acusar denunciar
believes c: acreditar pensar esperar temer
"""
ITALIAN = """
asserts c: dire dichiarare affermare spiegare aggiungere sottolineare raccontare scrivere rispondere commentare assicurare
  osservare precisare ribadire annunciare ricordare sostenere avvertire ammettere confermare rivelare insistere riferire
  evidenziare rilevare replicare garantire informare riconoscere ritenere segnalare concludere comunicare
asserts d: proseguire continuare ironizzare tuonare attaccare esclamare sbottare incalzare chiosare confidare lamentare
denies c: negare smentire respingere
asks c: chiedere domandare
promises c: promettere giurare
threatens c: minacciare
accuses c: accusare denunciare
believes c: credere pensare sperare temere
"""
MONTHS_FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
MONTHS_PT = "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"
MONTHS_IT = "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"

FRENCH_PIECES = re.compile(
    r"(?:(?:jusqu|lorsqu|puisqu|qu|[ldsnjmtc])['’](?=\w))|(?<=\w)-(?:t-)?(?=(?:il|elle|ils|elles|on)$)", re.I
)  # l'|hôpital, a-t-|il


def spanish() -> Language:
    """The table of Spanish."""
    return Language(
        cues=table(SPANISH, _spanish_shapes),
        that=frozenset({"que"}),
        auxiliaries=words("ha han había habían hubo habría habrían es fue está estaba están estaban no se le les lo la"
                " los las nos me te"
                         " va iba sigue quiso pudo puede debe debió"),
        adverbs=words("también además luego después ya ahora así aún todavía nunca siempre incluso sólo solo"
                " posteriormente entonces"
                     " finalmente tampoco recientemente"),
        determiners=words("el la los las un una unos unas este esta estos estas ese esa esos esas aquel aquella su sus"
                " mi nuestro nuestra"
                         " varios varias muchos muchas algunos algunas otro otra otros otras dos tres cuatro cinco cada"
                                 " ambos ambas"),
        prepositions=words("en a ante con contra de desde durante entre hacia hasta para por según sin sobre tras"
                " mediante al del"
                          " luego pese junto"),
        inside=words("de del para en por"),
        breaks=words("que quien quienes cual cuales cuando mientras donde porque pues aunque si como cuyo cuya tras sino"
                " según"),
        conjunctions=words("y e pero o u ni"),
        pronouns=words("él ella ellos ellas quien quienes"),
        relatives=words("que quien quienes"),
        according=(("según",), ("de", "acuerdo", "con"), ("de", "acuerdo", "a"), ("de", "acuerdo", "al"), ("a", "decir", "de"),
                   ("a", "decir", "del"),
                   ("a", "juicio", "de"), ("a", "juicio", "del"), ("en", "palabras", "de"), ("en", "palabras", "del"),
                   ("en", "opinión", "de"), ("en", "opinión", "del"), ("conforme", "a")),
        viewpoint=("para",),
        speech=words("respuesta respuestas mensaje discurso palabras carta declaración declaraciones comunicado tuit tweet"
                " frase explicación conclusión intervención reacción opinión post publicación comentario versión"),
        own_view=(("en", "su", "opinión"), ("a", "su", "juicio"), ("a", "su", "entender"),
                  ("bajo", "su", "punto", "de", "vista"), ("desde", "su", "punto", "de", "vista")),
        when=words("lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio"
                " agosto septiembre"
                  " octubre noviembre diciembre ayer hoy anoche mañana este pasado próximo semana mes año"),
        perfect=words("ha han había habían hubo haber habría"), verb_endings=("ó", "é"), preterites=("ó",),
        doubtful=words("contar llamar seguir continuar terminar acabar comenzar empezar esperar considerar"),
        doubtful_before=words("con por en a de siendo la el los las su sus"),
        nouns=words("cuenta nota informa crítica critica publica estima sigue pregunta precisa"),
        articles=words("el la los las"), adjuncts=words("en a al ante durante por tras mediante"),
        indirect=True,
        inverts=True,
        elides_subject=True,
        mends_spaces=True,
    )  # fmt: skip


def french() -> Language:
    """The table of French."""
    return Language(
        cues=table(FRENCH, _french_shapes),
        that=words("que qu"),
        auxiliaries=words("a ont avait avaient aurait auraient est sont était étaient avoir être n pas"),
        perfect=words("a ont avait avaient aurait auraient ayant est sont était étaient avoir"),
        clitics=words("l le la les lui leur y en s se n ne me m nous vous"),
        adverbs=words("aussi également encore ensuite puis toutefois cependant notamment déjà ainsi même alors toujours"
                " pourtant"),
        determiners=words("le la les l un une des ce cet cette ces son sa ses leur leurs du plusieurs deux trois quatre"
                " quelques"),
        articles=words("le la les l un une"),
        prepositions=words("à en dans sur pour par avec devant lors selon chez après avant au aux de d du depuis contre"
                " sans sous"
                           " pendant durant entre vers envers face"),
        adjuncts=words("à en dans sur par devant lors au aux après"),
        inside=words("de d du des à au pour en"),
        breaks=words("que qu qui dont où quand lorsque lorsqu mais car si comme parce puisque tandis alors"),
        conjunctions=words("et mais ou"), pronouns=words("il elle ils elles on"), relatives=words("qui"),
        according=(("selon",), ("d", "après"), ("aux", "yeux", "de")),
        when=words(f"lundi mardi mercredi jeudi vendredi samedi dimanche hier aujourd'hui demain matin soir {MONTHS_FR}"),
        pieces=FRENCH_PIECES,
        viewpoint=("pour",), own_view=(("à", "son", "avis"), ("à", "ses", "yeux"), ("à", "leur", "avis")),
        speech=words("réponse message discours mots lettre déclaration déclarations communiqué tweet phrase conclusion réaction"
                " explication commentaire"),
        indirect=True, inverts=True,
    )  # fmt: skip


def portuguese() -> Language:
    """The table of Portuguese, of Europe and Brazil."""
    return Language(
        cues=table(PORTUGUESE, _portuguese_shapes),
        that=words("que"),
        auxiliaries=words("tem têm tinha tinham havia haviam foi é não está estava ter haver"),
        perfect=words("tem têm tinha tinham havia haviam ter teria"),
        clitics=words("se lhe lhes me nos"),
        adverbs=words("também ainda depois já então agora assim ontem hoje nunca mesmo apenas só"),
        determiners=words("o a os as um uma uns umas este esta esse essa seu sua seus suas vários várias dois duas três"
                " quatro"),
        articles=words("o a os as um uma"),
        prepositions=words("em no na nos nas num numa neste nesta nesse nessa para por pelo pela com sobre durante após"
                " segundo ao"
                           " à aos às de do da dos das desde entre até contra sem sob"),
        adjuncts=words("em no na nos nas neste nesta nesse nessa ao à aos durante após por"),
        inside=words("de do da dos das"),
        breaks=words("que quem quando onde porque se como enquanto mas pois embora caso"),
        conjunctions=words("e mas ou"), pronouns=words("ele ela eles elas"), relatives=words("que quem"),
        according=(("segundo",), ("de", "acordo", "com"), ("na", "avaliação", "de"), ("na", "opinião", "de")),
        when=words("segunda terça quarta quinta sexta sábado domingo segunda-feira terça-feira quarta-feira quinta-feira"
                " sexta-feira"
                   f" ontem hoje amanhã manhã tarde noite {MONTHS_PT}"),
        viewpoint=("para",),
        own_view=(("em", "sua", "opinião"), ("na", "sua", "opinião"), ("a", "seu", "ver"), ("na", "sua", "avaliação")),
        speech=words("resposta mensagem discurso palavras carta declaração declarações comunicado tuíte frase conclusão reação"
                " explicação comentário"),
        verb_endings=("ou", "eu", "iu"), preterites=("ou", "eu", "iu"),
        indirect=True, inverts=True, elides_subject=True,
    )  # fmt: skip


def italian() -> Language:
    """The table of Italian."""
    return Language(
        cues=table(ITALIAN, _italian_shapes),
        that=words("che"),
        auxiliaries=words("ha hanno aveva avevano avrebbe è era sono non aver avere ho"),
        perfect=words("ha hanno aveva avevano avrebbe avrebbero aver avere"),
        clitics=words("si gli le lo la l ci vi ne s m t"),
        adverbs=words("anche ancora poi già inoltre così ieri oggi infine quindi però mai sempre"),
        determiners=words("il lo la i gli le l un uno una questo questa quel quella suo sua alcuni alcune due tre quattro"),
        articles=words("il lo la i gli le l un uno una"),
        prepositions=words("in nel nella nello nei negli nelle nell a al allo alla alle ai agli all per con su sul sulla"
                " sull durante"
                           " dopo secondo di da dal dalla dall del della dei degli delle dell dello d contro tra fra senza"
                           " sotto"),
        adjuncts=words("in nel nella nell a al alla ai agli all durante dopo"),
        inside=words("di del della dello dei degli delle dell d per"),
        breaks=words("che chi quando dove perché se come mentre ma anche poiché"),
        conjunctions=words("e ed ma o"), pronouns=words("lui lei egli ella loro"), relatives=words("che"),
        according=(("secondo",), ("a", "giudizio", "di"), ("a", "giudizio", "del"), ("a", "giudizio", "della"),
                   ("a", "giudizio", "dell"), ("a", "detta", "di"), ("stando", "a")),
        when=words("lunedì martedì mercoledì giovedì venerdì sabato domenica ieri oggi domani stamattina stamani mattina sera"
                   f" {MONTHS_IT}"),
        pieces=re.compile(r"(?:(?:(?:d|n|a|da|su|qu)?ell|un|all|dall|sull|quest|[ldscmtn])['’](?=\w))", re.I),
        viewpoint=("per",), own_view=(("a", "suo", "avviso"), ("a", "suo", "parere"), ("a", "suo", "giudizio")),
        speech=words("risposta messaggio discorso parole lettera dichiarazione dichiarazioni comunicato tweet frase conclusione"
                " reazione spiegazione commento"),
        verb_endings=("ò",), preterites=("ò",),
        indirect=True, inverts=True, elides_subject=True,
    )  # fmt: skip


# Forms -----------------------------------------------------------------------------------------------------------------------

SPANISH_IRREGULAR = {
    "decir": "dice dijo decía dicen dijeron decían dicho diciendo diga", "sostener": "sostiene sostuvo sostenía"
            " sostienen sostuvieron"
    " sostenido sosteniendo", "exponer": "expone expuso exponía exponen expusieron expuesto exponiendo", "reír": "ríe rió",
    "sonreír": "sonríe sonrió", "dar-a-conocer": "", "seguir": "sigue siguió seguía siguen siguieron seguido siguiendo",
    "proseguir": "prosigue prosiguen prosiguió prosiguieron prosiguiendo",
    "pedir": "pide pidió pedía piden pidieron pedido pidiendo",
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
    "leer": "lee leía leerse leyó", "rezar": "reza rezaba", "inquirir": "inquiere inquirió inquirían inquirieron",
    "proponer": "propone propuso proponía proponen propusieron propuesto proponiendo",
    "predecir": "predice predijo predecía predicen predijeron predicho prediciendo",
    "prever": "prevé previó preveía prevén previeron previsto previendo",
    "repetir": "repite repitió repetía repiten repitieron repetido repitiendo",
}  # fmt: skip
STEM_CHANGES = {
    "manifestar": "manifiesta", "recordar": "recuerda", "comenzar": "comienza", "empezar": "empieza", "negar": "niega",
        "pensar": "piensa",
    "confesar": "confiesa", "responder": "responde", "confiar": "confía", "rogar": "ruega", "ampliar": "amplía",
    "coincidir": "coincide", "temer": "teme", "continuar": "continúa", "evaluar": "evalúa", "defender": "defiende",
}  # fmt: skip


def _spanish_forms(infinitive: str) -> list[str]:
    """Third persons of present, preterite and imperfect; participle and gerund."""
    if infinitive in SPANISH_IRREGULAR:
        return SPANISH_IRREGULAR[infinitive].split()
    stem, ending = infinitive[:-2], infinitive[-2:]
    if infinitive.endswith("uir"):
        return [stem + end for end in "ye yó ía yen yeron ían ido yendo".split()]
    present = STEM_CHANGES.get(infinitive, stem + ("a" if ending == "ar" else "e"))
    if ending == "ar":
        return [present, stem + "ó", stem + "aba", present + "n", stem + "aron", stem + "aban", stem + "ado", stem + "ando"]
    return [present, stem + "ió", stem + "ía", present + "n", stem + "ieron", stem + "ían", stem + "ido", stem + "iendo"]


def _spanish_shapes(infinitive: str) -> Iterator[tuple[str, str]]:
    for form in _spanish_forms(infinitive):
        participle = form.endswith(("ado", "ido", "icho", "uesto", "ito"))
        yield form, "ing" if form.endswith("ndo") else "part" if participle else "finite"


FRENCH_IRREGULAR = {  # finite forms | participles, masculine
    "dire": "dit disait disent disaient | dit", "prédire": "prédit prédisait prédisent | prédit",
    "écrire": "écrit écrivait écrivent | écrit", "répondre": "répond répondait répondent | répondu",
    "avertir": "avertit avertissait avertissent | averti", "renchérir": "renchérit | renchéri", "réjouir": "réjouit | réjoui",
    "démentir": "dément démentait démentent | démenti", "prévenir": "prévient prévenait préviennent | prévenu",
    "soutenir": "soutient soutenait soutiennent | soutenu", "maintenir": "maintient maintenait maintiennent | maintenu",
    "admettre": "admet admettait admettent | admis", "promettre": "promet promettait promettent | promis",
    "reprendre": "reprend reprenait reprennent | repris", "poursuivre": "poursuit poursuivait poursuivent | poursuivi",
    "conclure": "conclut concluait concluent | conclu", "reconnaître": "reconnaît reconnait reconnaissait reconnaissent |"
    " reconnu",
    "croire": "croit croyait croient | cru", "craindre": "craint craignait craignent | craint",
    "rappeler": "rappelle rappelait rappellent rappelaient | rappelé", "rejeter": "rejette rejetait rejettent | rejeté",
    "marteler": "martèle martelait martèlent | martelé",
}  # fmt: skip


def _french_shapes(infinitive: str) -> Iterator[tuple[str, str]]:
    """Third persons of present and imperfect, participles, the gerund."""
    if infinitive in FRENCH_IRREGULAR:
        finite, _, participles = FRENCH_IRREGULAR[infinitive].partition(" | ")
        yield from ((form, "finite") for form in finite.split() if form not in participles.split())
        for form in participles.split():
            # "dit", "écrit" and "prédit" are the present and the participle: no auxiliary is asked for.
            shape = "finite" if form in finite.split() else "part"
            yield from ((form, shape), (form + "e", "part"), (form + "s", "part"), (form + "es", "part"))
        return
    stem = infinitive[:-2]
    open_ = re.sub(r"é(?=[^aeiouyé]+$)", "è", stem)  # préciser, but répéter: répète
    soft = stem + "e" if stem.endswith("g") else stem[:-1] + "ç" if stem.endswith("c") else stem
    yield from ((form, "finite") for form in (open_ + "e", open_ + "ent", soft + "ait", soft + "aient"))
    yield from ((stem + ending, "part") for ending in ("é", "ée", "és", "ées"))
    yield soft + "ant", "ing"


PORTUGUESE_IRREGULAR = {
    "dizer": "diz dizem disse disseram dizia diziam | dito | dizendo",
    "prever": "prevê preveem previu previram | previsto | prevendo",
    "escrever": "escreve escrevem escreveu escreveram | escrito | escrevendo",
    "pedir": "pede pedem pediu pediram | pedido | pedindo",
    "referir": "refere referem referiu referiram | referido | referindo",
    "desmentir": "desmente desmentem desmentiu desmentiram | desmentido | desmentindo",
    "advertir": "adverte advertem advertiu advertiram | advertido | advertindo",
    "prosseguir": "prossegue prosseguem prosseguiu prosseguiram | prosseguido | prosseguindo",
    "concluir": "conclui concluem concluiu concluíram | concluído | concluindo",
}


def _portuguese_shapes(infinitive: str) -> Iterator[tuple[str, str]]:
    """Third persons of present, preterite and imperfect; participle and gerund."""
    if infinitive in PORTUGUESE_IRREGULAR:
        for forms, shape in zip(PORTUGUESE_IRREGULAR[infinitive].split(" | "), ("finite", "part", "ing"), strict=True):
            yield from ((form, shape) for form in forms.split())
        return
    stem, ending = infinitive[:-2], infinitive[-2:]
    endings = {"ar": "a am ou aram ava avam", "er": "e em eu eram ia iam", "ir": "e em iu iram ia iam"}[ending]
    yield from ((stem + end, "finite") for end in endings.split())
    yield stem + ("ado" if ending == "ar" else "ido"), "part"
    yield infinitive[:-1] + "ndo", "ing"


ITALIAN_IRREGULAR = {
    "dire": "dice dicono disse dissero diceva dicevano | detto | dicendo",
    "aggiungere": "aggiunge aggiungono aggiunse aggiungeva | aggiunto | aggiungendo",
    "scrivere": "scrive scrivono scrisse scriveva | scritto | scrivendo",
    "rispondere": "risponde rispondono rispose rispondeva | risposto | rispondendo",
    "sostenere": "sostiene sostengono sostenne sosteneva | sostenuto | sostenendo",
    "ammettere": "ammette ammettono ammise ammetteva | ammesso | ammettendo",
    "promettere": "promette promettono promise prometteva | promesso | promettendo",
    "chiedere": "chiede chiedono chiese chiedeva | chiesto | chiedendo",
    "concludere": "conclude concludono concluse concludeva | concluso | concludendo",
    "respingere": "respinge respingono respinse | respinto | respingendo",
    "riconoscere": "riconosce riconoscono riconobbe | riconosciuto | riconoscendo",
    "ritenere": "ritiene ritengono riteneva | ritenuto | ritenendo",
    "insistere": "insiste insistono | insistito | insistendo",
    "ribadire": "ribadisce ribadiscono ribadiva ribadì | ribadito | ribadendo",
    "riferire": "riferisce riferiscono riferiva riferì | riferito | riferendo",
    "garantire": "garantisce garantiscono | garantito | garantendo",
    "smentire": "smentisce smentiscono smentì | smentito | smentendo",
    "incalzare": "incalza incalzano | incalzato | incalzando",
}


def _italian_shapes(infinitive: str) -> Iterator[tuple[str, str]]:
    """Third persons of present, imperfect and past; participle and gerund."""
    if infinitive in ITALIAN_IRREGULAR:
        for forms, shape in zip(ITALIAN_IRREGULAR[infinitive].split(" | "), ("finite", "part", "ing"), strict=True):
            yield from ((form, shape) for form in forms.split())
        return
    stem, ending = infinitive[:-3], infinitive[-3:]
    endings = {"are": "a ano ava avano ò arono", "ere": "e ono eva evano", "ire": "e ono iva ivano ì irono"}[ending]
    yield from ((stem + end, "finite") for end in endings.split())
    yield stem + {"are": "ato", "ere": "uto", "ire": "ito"}[ending], "part"
    yield stem + ("ando" if ending == "are" else "endo"), "ing"
