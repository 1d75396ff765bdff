"""Pure: text -> the keys of the lexical index, for writing and for asking.

    text -> words -> terms   stems of one language; they are compared inside that language
                  -> names   spelling-proof keys of names and numbers; comparable across languages and alphabets
                  -> keys    both, distinct, each term marked with its language

>>> terms("The ministers met in Pyongyang.", "en")
['minist', 'met', 'pyongyang']
>>> names("Serguéi Lavrov llegó a Pionyang", "es") == names("Sergey Lavrov was in Pyongyang", "en")
True
>>> keys("Ministers met", "en")
['en·met', 'en·minist', '§mnstrs']
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import Stemmer

VERSION = "4"  # to be raised when `terms`, `names` or `repair.splits` give something else: libraries then remake their index
MOST = 60_000  # tokens a language whose keys are remembered: 10 MB
NAME = "§"  # marks a name's key, where a term's has its language

STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "ne": "nepali", "nl": "dutch", "no": "norwegian", "nb": "norwegian", "nn": "norwegian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "tr": "turkish",
    "yi": "yiddish",
}  # fmt: skip
"""Snowball's algorithms by language (snowballstem.org). A language without one is indexed by its folded words."""

# Scripts written without spaces, and Hangul, whose particles stick to the noun: indexed as character bigrams.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # kana and Han
    "\uac00-\ud7af\U00020000-\U0003ffff"  # Hangul, rare Han
)
NUMBER = r"\d+(?:[.,]\d+)*"
INITIALS = r"(?:[^\W\d_]{1,2}\.){2,}"  # U.N., EE.UU.
MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0900-\u0dff"  # written on letters, and inside the words of Indic scripts
TOKEN = re.compile(rf"[{UNSPACED}]+|{NUMBER}|{INITIALS}|(?:(?![{UNSPACED}])[^\W_][{MARKS}]*)+")
# The same where none of these characters occurs, which most texts of Europe show at one look: six times as fast.
RARE = re.compile(f"[{UNSPACED}{MARKS}]")
PLAIN = re.compile(rf"{NUMBER}|{INITIALS}|[^\W_]+")
RUN = re.compile(f"[{UNSPACED}]")
LETTERS = str.maketrans({
    "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d",
    "ى": "ي", "ی": "ي", "ئ": "ي", "ک": "ك", "ة": "ه", "ؤ": "و", "ـ": "",
})  # fmt: skip


def keys(text: str, lang: str = "") -> list[str]:
    """What the index keeps of a passage: its distinct terms, "en·minist", and names, "§lfrf", sorted.

    A key has no white space and no ASCII punctuation: joined by spaces, they pass FTS5's `ascii` tokenizer unharmed.
    """
    return sorted(key_set(text, lang))


def key_set(text: str, lang: str = "") -> set[str]:
    """The same, as they come."""
    return set(chain.from_iterable(map(_known_keys(lang).__getitem__, set(_tokens(text)))))


def question_keys(text: str, langs: Iterable[str]) -> dict[str, str]:
    """Key -> its language, or NAME, of what a question is looked up by. `langs`: its own, or all there are if it is not known.

    A question without a capital letter may still name somebody: then any of its words may be a name.
    """
    found: dict[str, str] = {}
    for lang in langs:
        found |= {f"{lang}·{term}": lang for term in terms(text, lang)}
        asked = text if any(c.isupper() for c in text) else " ".join(word.capitalize() for word in text.split())
        found |= {NAME + name: NAME for name in names(asked, lang)}
    return found


def asks_what_was_said(question: str, lang: str = "") -> bool:
    """Whether a short question is about somebody's words: "What did Lavrov say?", "¿Qué dijo Blinken en la ONU?".

    There the name is nearly all there is to look for; in a longer one, or in a headline ("X says …"), the rest says more. What
    is asked for comes before the verb: "Corea dice que no" is a headline, and its "que" no question.
    """
    if any(word in question for word in SPEECH_UNSPACED):
        return any(word in question for word in WHAT_UNSPACED)
    words = [fold(word) for word in re.findall(r"\w+", question)]
    what = next((i for i, word in enumerate(words) if word in WHAT and word not in ELSE.get(lang, ())), len(words))
    return len(set(words)) <= SHORT and not SPEECH.isdisjoint(words[what:])


def terms(text: str, lang: str = "") -> list[str]:
    """Stems in the order of the text, stop words dropped, repetitions kept. `lang` is a BCP 47 primary tag."""
    return [term for token in _tokens(text) for term in _terms(token, lang)]


def names(text: str, lang: str = "") -> list[str]:
    """Keys of names and numbers, in the order of the text: equal for the spellings one name has in other languages.

    A name is a word with a capital letter; in an alphabet without capitals, any word. Stop words are no names.
    """
    return [name for token in _tokens(text) if (name := _name(token, lang))]


def _tokens(text: str) -> list[str]:
    """Words, numbers, initials, and runs of scripts without spaces, as they stand in the text."""
    found: list[str] = (PLAIN if text.isascii() or not RARE.search(text) else TOKEN).findall(text)
    return found


class _Known(dict[str, tuple[str, ...]]):
    """Token -> its keys in one language, made at the first look: news says most of its words again and again.

    A dict, because `map` over its items takes a third of the time of calls to a remembering function.
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __missing__(self, token: str) -> tuple[str, ...]:
        if len(self) >= MOST:
            self.clear()
        keys = self[token] = _keys(token, self.lang)
        return keys


_known_keys = cache(_Known)


def _keys(token: str, lang: str) -> tuple[str, ...]:
    """The keys of one token."""
    if token.isascii() and token.islower() and token.isalpha():  # a word and no name, as most are
        stem = _stem(token, lang)
        return () if stem in STOP.get(lang, ()) else (f"{lang}·{stem}",)
    name = _name(token, lang)
    return (*(f"{lang}·{term}" for term in _terms(token, lang)), *((NAME + name,) if name else ()))


def _terms(token: str, lang: str) -> list[str]:
    if RUN.match(token):
        return _bigrams(token)
    if token[0].isdecimal():
        return [_digits(token)]
    if "." in token:
        return [fold(token.replace(".", ""))]
    stem = _stem(token.lower(), lang)
    return [] if stem in STOP.get(lang, ()) else [stem]


def _name(token: str, lang: str) -> str:
    """The key of a name or number, "" if the token is neither."""
    if RUN.match(token):
        return ""
    if token[0].isdecimal():
        return _digits(token)
    if "." in token:
        return fold(token.replace(".", ""))
    return skeleton(token) if token[0] == token[0].upper() and fold(token) not in STOP.get(lang, ()) else ""


# What people do with words, as questions about the news have it, folded; and in scripts without spaces.
SPEECH = frozenset(
    "say says said saying tell told state stated claim claimed declare declared announce announced comment commented "
    "warn warned accuse accused promise promised demand demanded respond responded reply replied deny denied criticize "
    "criticise criticized criticised describe described argue argued dice dicen dijo dijeron dicho declaro declararon "
    "afirmo aseguro anuncio acuso advirtio prometio exigio respondio nego critico califico opino dit dire declare "
    "affirme annonce accuse averti promis repondu exige sagt sagte sagten gesagt erklart erklarte behauptet behauptete "
    "warnte forderte versprach antwortete diz disse disseram dito declarou afirmou anunciou acusou alertou prometeu "
    "respondeu detto dichiarato affermato annunciato accusato promesso risposto zei zegt zeiden gezegd verklaarde sade "
    "sager sagde powiedzial powiedziala oswiadczyl declarat spus dedi soyledi acikladi сказал сказала сказали заявил "
    "заявила заявили сообщил сообщила говорит сказав сказала заявив заявила ειπε δηλωσε قال قالت قالوا صرح صرحت اعلن "
    "اعلنت اتهم گفت گفته اعلام אמר אמרה אמרו הצהיר कहा बताया mengatakan berkata noi".split()
)
WHAT = frozenset(
    "what que qu was che cosa o wat vad hvad hva co ce ne что що τι ماذا ما چه מה क्या apa gi"
    " how como comment wie come hoe hur jak как كيف whom quien quienes qui wem".split()
)
ELSE = {"en": ("was", "come", "co", "wie")}  # question words of other languages that are others here
SHORT = 10  # distinct words
WHAT_UNSPACED = ("什么", "什麼", "何", "무슨", "무엇", "뭐", "อะไร")
SPEECH_UNSPACED = ("说", "說", "表示", "声称", "宣布", "述べ", "言っ", "言い", "発言", "말했", "밝혔", "발언", "พูด", "กล่าว")


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Lower case without accents: "Pekín" -> "pekin". The vowel signs of Indic scripts stay."""
    word = word.lower()
    if word.isascii():
        return word
    word = unicodedata.normalize("NFKD", word.translate(LETTERS))
    return "".join(c for c in word if not unicodedata.combining(c)).lower().translate(LETTERS)


def _stem(word: str, lang: str) -> str:
    """The stem of a lower-case word, folded; a stop word as it is."""
    plain = word.isascii()
    folded = word if plain else fold(word)
    stemmer = _stemmer(lang)
    if stemmer is None or folded in STOP.get(lang, ()):
        return folded
    stem: str = stemmer.stemWord(word if plain else unicodedata.normalize("NFC", word))
    return stem if plain else fold(stem)


@cache
def _stemmer(lang: str) -> Stemmer.Stemmer | None:
    """One stemmer a language; its own cache is off, because ours is shared by all of them."""
    import Stemmer

    return Stemmer.Stemmer(STEMMERS[lang], 0) if lang in STEMMERS else None


def _bigrams(run: str) -> list[str]:
    run = unicodedata.normalize("NFKC", run)
    return [run[i : i + 2] for i in range(len(run) - 1)] or [run]


def _digits(number: str) -> str:
    """Thousands separators differ by language: "1,200" and "1.200" are both "1200". Any script's digits."""
    return "".join(str(unicodedata.decimal(c)) for c in number if c.isdecimal())


# Letters of other alphabets by the sound most romanisations give them. Vowels only matter at the start of a word.
ALPHABETS = (
    "а=a б=b в=v г=g ґ=g д=d е=e э=e є=e ж=zh з=z и=i і=i ї=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=h ц=ts ч=ch "
    "ш=sh щ=sh ы=i ю=u я=a ь= ъ= "
    "α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=ks ο=o π=p ρ=r σ=s ς=s τ=t υ=i φ=f χ=h ψ=ps ω=o "
    "ا=a ب=b ت=t ث=th ج=j ح=h خ=h د=d ذ=d ر=r ز=z س=s ش=sh ص=s ض=d ط=t ظ=z ع= غ=g ف=f ق=k ك=k ل=l م=m ن=n ه=h و=u ي=i ء= "
    "پ=p چ=ch ژ=zh گ=g ڤ=v "
    "א=a ב=b ג=g ד=d ה=h ו=u ז=z ח=h ט=t י=i כ=k ך=k ל=l מ=m ם=m נ=n ן=n ס=s ע= פ=p ף=f צ=ts ץ=ts ק=k ר=r ש=sh ת=t"
)
LATIN = str.maketrans(dict(pair.split("=") for pair in ALPHABETS.split()))
# Spellings of one sound in the languages of the Latin alphabet, applied from left to right.
SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^al(?=[a-z]{4})|(?<=[aeiou])h(?![aeiou])", ""),  # the Arabic article; a silent h
        (r"tsch|tch|sch|sh|ch|cz|sz|tj", "x"),
        (r"ph|v|w", "f"),
        (r"gu(?=[eiy])|gh", "g"),
        (r"kh|^j(?=[aou])", "h"),
        (r"th", "t"),
        (r"qu|q|ck|c(?![eiy])", "k"),
        (r"zh", "j"),
        (r"ts|tz|c|z|ss", "s"),
        (r"x(?=[aeiouy]|$)", "x"),
        (r"ng", "n"),
        (r"(?<=[aeiouy])j|j(?=[^aeiouy]|$)", ""),  # Sergej, Selenskyj
        (r"(.)\1+", r"\1"),
        (r"^[aeiouy]+", "a"),
        (r"(?<!^)[aeiouyh]", ""),
    )
]


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """The consonants of a name as most languages would write them: "Pionyang", "Pyongyang", "Пхеньян" -> one key.

    A key of fewer than three letters says too little: the folded, romanised word is returned instead.
    """
    romanised = fold(word).translate(LATIN)
    key = romanised
    for pattern, sound in SOUNDS:
        key = pattern.sub(sound, key)
    return key if len(key) >= 3 else romanised


# Words that say nothing about the subject, folded; the question words of each language are among them.
STOP: dict[str, frozenset[str]] = {
    lang: frozenset(words.split())
    for lang, words in {
        "en": (
            "a about after against all also am an and any are as at be because been before being between but by can could did "
            "do does during each few for from further had has have having he her here hers him his how i if in into is it its "
            "just me more most my no nor not of off on once only or other our out over own s same she should so some such t "
            "than that the their them then there these they this those through to too under until up very was we were what "
            "when where which while who whom whose why will with would you your"
        ),
        "es": (
            "a al algo algun alguna algunos ante antes aquel aquella asi aun aunque bajo bien cada como con contra cual "
            "cuales cuando cuanta cuantas cuanto cuantos cuya cuyo de del desde donde dos durante e el ella ellas ellos en "
            "entre era eran es esa esas ese eso esos esta estaba estan estas este esto estos fue fueron ha han hasta hay hizo "
            "la las le les lo los mas me mi mientras muy ni no nos o os otra otro otros para pero por porque que quien "
            "quienes se segun ser si sin sobre son su sus tambien tan tanto te tiene todo todos tras tu un una uno unos y ya "
            "yo"
        ),
        "fr": (
            "a afin ai alors apres au aucun aussi autre autres aux avant avec avoir c ce cela celle celui ces cet cette ceux "
            "chez comme comment contre d dans de depuis des deux dont du elle elles en encore entre est et etaient etait ete "
            "etre eu fait il ils j je l la le les leur leurs lors lui m ma mais me meme mes moi mon n ne ni nos notre nous on "
            "ont ou par pas pendant peu plus pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa sans se selon "
            "sera ses si son sont sous sur t ta tant te toi ton tous tout toute toutes tres tu un une vers vos votre vous y"
        ),
        "de": (
            "ab aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bin bis bist da damit "
            "dann das dass dem den denn der des dessen die dies diese diesem diesen dieser dieses doch dort du durch ein eine "
            "einem einen einer eines er es etwas fur gegen gegenuber hat hatte hatten hier ich ihm ihn ihnen ihr ihre ihrem "
            "ihren ihrer im in ins ist jede jedem jeden jeder kann kein keine konnen konnte man mehr mit nach nicht nichts "
            "noch nun nur ob oder ohne sehr sein seine seinem seinen seiner seit sich sie sind so solche soll sollte sowie "
            "uber um und uns unter vom von vor war waren warum was wegen weil welche welchem welchen welcher welches wenn wer "
            "werde werden wie wieder wir wird wo wurde wurden zu zum zur zwischen"
        ),
        "pt": (
            "a ao aos apos aquela aquele aquilo as ate com como contra cuja cujo da das de dela dele deles depois desde do "
            "dos durante e ela elas ele eles em entre era eram essa essas esse esses esta estao estas estava este estes eu "
            "foi foram ha isso isto ja la lhe mais mas me mesmo meu minha muito na nao nas nem no nos nossa nosso num numa o "
            "onde os ou para pela pelas pelo pelos perante por porque quais qual quando quanto quantos que quem sao se "
            "segundo sem ser seu seus sim so sob sobre sua suas tambem te tem tendo ter teu tudo um uma voce"
        ),
        "it": (
            "a ad agli ai al alla alle allo anche c che chi ci come con contro cui d da dagli dai dal dalla dalle dallo degli "
            "dei del della delle dello di dopo dove due durante e ed era erano essere fra fu gli ha hanno i il in io l la le "
            "lei li lo loro lui ma mentre mi mio ne nei nel nella nelle nello no noi non nostro o ogni per perche piu poi "
            "prima pro quale quali quando quanti quanto quella quelle quelli quello questa queste questi questo se secondo "
            "sei si sia solo sono sopra sotto sta su sua sue sugli sui sul sulla sulle suo suoi te tra tu tutti tutto un una "
            "uno vi voi"
        ),
        "nl": (
            "aan al alle als bij dan dat de der deze die dit doch doen door dus een eens en er had heb hebben heeft hem het "
            "hier hij hoe hoeveel hun ik in is ja je kan kon kunnen maar me meer men met mij mijn na naar niet nog nu of om "
            "omdat onder ons ook op over reeds sinds te tegen tijdens toch toen tot tussen u uit van veel voor waar waarom "
            "wanneer waren was wat welk welke werd werden wie wij wil worden wordt ze zei zich zij zijn zo zonder zou"
        ),
        "sv": (
            "alla allt an att av blev bli blir da dar de dem den denna deras dess dessa det detta dig din dina du efter ej "
            "eller en er ett for fran ha hade han hans har hen henne hennes hon honom hos hur i icke in inom inte jag ju kan "
            "kunde man med mellan men mig min mina mot mycket nagon nagot nar ni nu och om oss over pa sa sadan sedan sig sin "
            "sina sitt ska skulle som till under upp ut utan vad var vara varfor vart vem vi vid vilka vilken vilket vore"
        ),
        "no": (
            "alle at av ble bli blir da de deg dem den denne der deres det dette din disse du eller en er et etter for fordi "
            "fra ha hadde han hans har hun hva hvem hvilke hvilken hvor hvorfor i ikke ingen inn jeg kan med mellom men mot "
            "nar ned noe noen og om oss over pa sa seg selv sin sine skal skulle som til under ut var vart ved vi vil ville"
        ),
        "da": (
            "af alle at blev bliver da de den denne der deres det dette dig din disse du efter eller en er et for fordi fra "
            "ham han hans har havde hun hvad hvem hvilke hvilken hvor hvorfor hvornar i ikke jeg kan man med mellem men mod "
            "nar ned noget nogle nu og om op os over pa sa selv sig sin skal som til ud under var ved vi vil ville"
        ),
        "fi": (
            "ei eivat ennen etta ettei han hanen ilman ja jo joka jos jotka jotta kanssa kuin kuinka kuka kun kuten me mika "
            "mikali milloin minka missa mista mita mutta myos ne niiden niin nyt oli olivat olla on ovat paljon se seka sen "
            "sina sita taas tai tama taman tata te vai varten voi"
        ),
        "pl": (
            "a aby albo ale az bardzo bez bo by byc byl byla bylo byly co czy dla dlaczego do gdy gdzie i ich ile im innych "
            "ja jak jaka jaki jakie jako je jego jej jest jeszcze juz kiedy kto ktora ktore ktorego ktory ktorych ktorym "
            "ktorzy lub ma maja mi miedzy na nad nie niz o od on ona oni oraz po pod podczas poniewaz przed przez przy sa sie "
            "sobie sposrod swoj ta tak takze tam te tego tej ten to tu tych tylko tym u w we wedlug wraz z za ze zostal"
        ),
        "cs": (
            "a aby ale ani az bez bude by byl byla bylo byly co do i ja jak jako je jeho jej jeji jejich jen jeste ji jiz "
            "jsem jsou k kde kdo kdy kdyz ktera ktere kteri ktery ma mezi mi na nad nebo nez o od on ona pak po pod podle "
            "pokud pred pri pro proc proti s se si sve ta tak take tato te ten tento to tom tu ty u uz v ve vsak z za ze"
        ),
        "ro": (
            "a acea aceasta acest acesta aceste acestei acestui ai al ale am ar are as asa au ca cand care cat ce cei cel "
            "cele cu cum da dar de decat deci despre din dintre doar dupa ei el ele era este eu fi fie fost in inainte intre "
            "la le lor lui mai ne ni nici nu o or pe pentru prin printre sa sale sau se si sub sunt te un una unde unei unor "
            "unui va vor"
        ),
        "hu": (
            "a abban ahhoz ahogy aki akik amely amelyek ami ani az azon azt azzal be csak de e ebben egy egyik el es ez ezek "
            "ezt fel ha hanem hogy hol igen is itt ki kik kinek kozott le lenne lett mar meg mely mert mi miert mig mikor "
            "milyen mint mit mivel most nagyon ne nem nincs o ok oket olyan ott s sem szamara szerint tobb utan vagy van "
            "vannak volt voltak"
        ),
        "tr": (
            "acaba ama ancak artik asla bana bazi ben beri bile bir biraz biz bu buna bunu bunun cok cunku da daha de degil "
            "diye eger en gibi gore hangi hem hep her hic icin ile ise itibaren kac kadar karsi ki kim kime kimin mi mu nasil "
            "ne neden nerede niye o olan olarak oldu olduğu onlar onu onun sadece sey siz sonra su tarafindan uzere var ve "
            "veya ya yani yok zaman"
        ),
        "id": (
            "ada adalah agar akan antara apa apakah atas atau bagaimana bagi bahwa banyak beberapa belum berapa bisa dalam "
            "dan dapat dari dengan di dia hanya hari harus ia ini itu jika juga kami kapan karena ke kepada ketika kita lagi "
            "lebih maka mana masih mengapa menjadi mereka namun oleh pada para pernah saat saja sangat saya sebagai sebelum "
            "sebuah secara sedang sejak selama sementara seorang seperti serta setelah siapa sudah tahun tapi telah tentang "
            "terhadap tersebut tetapi tidak untuk yaitu yang"
        ),
        "vi": (
            "ai anh ba bao bi boi ca cac cach cai can chi cho chua co con cua cung da dang de den di do du duoc duoi gi giua "
            "hay hoac hon khi khong la lai lam len luc ma mot nao nay neu ngay nguoi nhieu nhu nhung noi o qua ra rang rat "
            "sau se tai the theo thi trong truoc tu va van vao ve vi voi"
        ),
        "el": (
            "αν απο αυτα αυτες αυτη αυτο αυτοι αυτος αυτου για γιατι δε δεν εαν ειναι ειχε εκει ενα ενας επι εχει εχουν η "
            "ηταν θα και κατα με μετα μη μην μια ο οι ομως οπου οπως οσο οτι ποια ποιο ποιοι ποιος ποσα ποσο ποτε που προς "
            "πως σαν σε στα στη στην στις στο στον στους τα τη την της τι τις το τοι τον του τους των ως"
        ),
        "ru": (
            "а без более был была были было быть в вам вас весь во вот все всего всех вы где да даже для до его ее ей если "
            "есть еще же за здесь и из или им их к как какая какие каких какой ко когда которая которое которые который кто "
            "ли либо между меня мне много может мы на над надо наш не него нее нет ни них но ну о об однако он она они оно от "
            "по под почему при про с сам свое своих свой свою себя сколько со так также такой там те тем то того тоже той "
            "только том ты у уже хотя чего чей чем что чтобы эта эти это этого этой этом этот я"
        ),
        "uk": (
            "а або але б без був була були було бути в вже ви вона вони воно все всі від він де для до з за зі й його кого "
            "коли кому котрий ли ми між на над не немає ну ні о об один однак ось по при про проти під після свій себе "
            "скільки та так також там те тих то того тоді той тому у усі хто це цей цих цього цьому чи чим чому що щоб як яка "
            "який яких якою якщо які є і із інших їх її"
        ),
        "bg": (
            "а ако без беше би бил били бъде в вече все във г да до е един за защо и из или им има как какво като кога което "
            "които кой която към ли между ми на над не него нея но обаче от по под през при с са само се след според ст става "
            "също т така то това този той тя у че ще я"
        ),
        "sr": (
            "а али без би била били био бити већ да до док за због и из између или када како као ко кога код која које који "
            "кроз на над не него ни о од он она они по под после пре при са само се си су та тако то у уз шта што је јер још"
        ),
        "ar": (
            "ا اذا الا التي الذي الذين الى ام اما ان انه انها او اي ايضا اين بان بعد بعض به بها بين تحت تم ثم جدا حتي حول حيث "
            "خلال دون ذلك سوف عام علي عليه عليها عما عن عند عنه غير فان في فيه فيها قال قبل قد كان كانت كل كم كما كيف لا لان "
            "لدي لقد لكن لم لماذا لن له لها ليس ما ماذا متي مثل مع من منذ منه منها نحو هذا هذه هل هم هنا هو هي و وفي وقد ولا "
            "وما ومن وهو وهي يكون"
        ),
        "fa": (
            "از است اما ان اند او اي اين اگر با بايد بر براي به بود بين تا تر جهت حتي خواهد خود در دو را زير سپس شد شده شود "
            "طي كجا كدام كرد كرده كسي كند كه كي ما مي ميان نه نيز نيست هاي هر هم همان همه هيچ و وي يا يك يكي پس پيش چرا چند "
            "چه چون چيست"
        ),
        "he": (
            "אבל או אולי אותה אותו אחר אחרי אחת איך אין איפה אך אל אם אנחנו אני אף את אתה ב בין בכל בלי גם ד ה הוא היא היה "
            "היו היתה הם הן ו זאת זה זו יש כ כאשר כבר כי כך כל כמה כמו כן ל לא לאחר לה להיות להם לו לפי לפיכך לפני לתוך מ "
            "מאוד מאז מה מול מי מתוך מתי נגד ע עד עוד על עם של שלא שלה שלהם שלו תחת"
        ),
        "hi": (
            "अपना अपनी अपने अब आदि इन इस इसका इसकी इसके इसे उन उनका उनकी उनके उस उसका उसकी उसके एक एवं और कब कर करता करते "
            "करना करने कहा कहां का काफी कि कितने किया किस किसने किसी की कुछ के को कोई कौन क्या क्यों गई गए गया जब जहां जा जिस "
            "जो तक तथा तब तो था थी थे दिया दो द्वारा न नहीं ने पर पहले फिर बहुत बाद भी में यदि यह यहां या ये रहा रही रहे लिए "
            "लेकिन वह वहां वाले वे सकता सकते सबसे सभी साथ से हम ही हुआ हुई हुए है हैं हो होता होती होते होना"
        ),
    }.items()
}
STOP |= {"nb": STOP["no"], "nn": STOP["no"]}
