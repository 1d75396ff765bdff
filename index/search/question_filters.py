"""Pure: what a question asks for beside its matter: outlets, authors, languages, a time of publication.

    "What did Lavrov say since Monday, according to EFE?"  ->  Chips: "according to EFE", "since Monday"

Only what stands as a source is taken ("according to EFE", "in the Guardian", "the Guardian's report"), and only names that the
library has. An outlet that the question is about ("Why did Reuters strike?") and a day on which something happened ("on 13
September") are left to ranking, where they weigh: the article may be another's, or a later one. So are outlets in questions of
many clauses, each of which may have another source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache

from index.records import Chip, Filter, Period
from index.text.dates import Mention
from index.text.fold import Folded, fold
from index.text.terms import UNSPACED, skeleton

SHORT = 16  # words beside them up to which an outlet or a window is about all of a question; in a longer one, about one clause
LONGEST = 6  # words of a name that are looked up


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for."""

    chips: tuple[Chip, ...] = ()  # what it insists on, in its order
    sources: frozenset[str] = frozenset()  # outlets that clauses of it name: they weigh, since another clause may name none


@dataclass(frozen=True, slots=True)
class Names:
    """What a question may call the library's sources: folded words -> the names as the library has them."""

    sources: Mapping[tuple[str, ...], frozenset[str]]
    authors: Mapping[tuple[str, ...], frozenset[str]]
    first: frozenset[str]  # words that a name begins with


def names(sources: Iterable[str], authors: Iterable[str]) -> Names:
    """The names of outlets and agencies, and of authors, with the shorter ones that people use.

    >>> sorted(names(["The Guardian - World"], []).sources)
    [('guardian',), ('guardian', 'world'), ('the', 'guardian'), ('the', 'guardian', 'world')]
    """
    known: dict[tuple[str, ...], set[str]] = {}
    for source in sources:
        for agency in {source, *source.split(", ")}:  # "EFE, Europa Press": the report of both
            for alias in _aliases(agency):
                known.setdefault(alias, set()).add(source)
    people: dict[tuple[str, ...], set[str]] = {}
    for author in authors:
        words = _words(author)
        if len(words) > 1:  # a first name alone is anybody's
            people.setdefault(words, set()).add(author)
    sources_of, authors_of = ({key: frozenset(of) for key, of in found.items()} for found in (known, people))
    return Names(sources_of, authors_of, frozenset(words[0] for words in (*known, *people)))


def read(question: str, known: Names, dates: Sequence[Mention] = ()) -> Asked:
    """What the question asks for. `dates`: those that it names."""
    folded = Folded(question)
    sources = [_placed(chip, folded) for chip in _sources(question, folded, known)]
    found = [_placed(chip, folded) for chip in (*_authors(question, folded, known), *_languages(folded.text))]
    every = sorted([*found, *sources, *_dates(question, dates)], key=lambda chip: (chip.start, chip.end))
    if len(re.findall(r"\w+", without(question, every))) <= SHORT:
        return Asked(tuple(every))
    return Asked(tuple(chip for chip in every if chip in found), frozenset().union(*(chip.filter.sources for chip in sources)))


def _placed(chip: Chip, folded: Folded) -> Chip:
    """A chip whose place in the folded question is made one in the question."""
    return replace(chip, start=folded.at(chip.start), end=folded.at(chip.end))


def narrowed(filter: Filter | None, chips: Iterable[Chip]) -> Filter | None:
    """The caller's filter and all that the chips ask for; None if the two exclude each other.

    Outlets are alternatives ("as reported by X and by Y"), and so are authors and languages; of windows what they share counts.
    """
    filter = filter or Filter()
    window = filter.window
    sets: dict[str, frozenset[str]] = {}
    for chip in chips:
        for name in ("sources", "authors", "langs"):
            sets[name] = sets.get(name, frozenset()) | getattr(chip.filter, name)
        if chip.filter.window:
            mine, theirs = chip.filter.window, window or chip.filter.window
            if not mine.overlaps(theirs):
                return None
            window = Period(max(mine.start, theirs.start), min(mine.end, theirs.end))
    both = {}
    for name, wanted in sets.items():
        given: frozenset[str] = getattr(filter, name)
        both[name] = given & wanted if given and wanted else given | wanted
        if given and wanted and not both[name]:
            return None
    return replace(filter, window=window, **both)


def without(question: str, chips: Iterable[Chip]) -> str:
    """The question without the words of its chips; as it is, where nothing would be left."""
    kept, at = [], 0
    for chip in sorted(chips, key=lambda chip: chip.start):
        kept.append(question[at : chip.start])
        at = max(at, chip.end)
    rest = re.sub(r"\s+(?=[.,?!])", "", " ".join(" ".join([*kept, question[at:]]).split())).lstrip(" ,")
    return rest if re.search(r"\w\w", rest) else question


_PICTURE = re.compile(
    r"\b(?:captions?|pies? de (?:la )?(?:foto|imagen)\w*|leyendas? de (?:la )?(?:foto|imagen)\w*|legendes?|bildunterschrift\w*|"
    r"bildtext\w*|legendas?|(?:in|on|en|na|dans|sur|auf|im|em) (?:the|la|a|dem|der|l')? ?(?:photo\w*|pictures?|foto\w*|imagen|"
    r"image|bild\w*|imagem))\b"
)


def asks_of_a_picture(question: str) -> bool:
    """Whether a question asks what a picture shows: then a caption says it best."""
    return bool(_PICTURE.search(Folded(question).text))


# Outlets, agencies, authors

SAYS = (  # verbs of which a source is the grammatical agent or place, as they stand before "by" or "in"
    "reported|published|covered|mentioned|discussed|described|highlighted|noted|written|stated|featured|cited|detailed|"
    "carried|revealed|portrayed|quoted|analy[sz]ed|suggested|broadcast|aired|run|printed|"
    "publicad[oa]s?|informad[oa]s?|recogid[oa]s?|citad[oa]s?|difundid[oa]s?|descrit[oa]s?|emitid[oa]s?|"
    "publiee?s?|rapportee?s?|relayee?s?|citee?s?|evoquee?s?|veroffentlicht|berichtet|gemeldet|zitiert|"
    "pubblicat[oaie]|riportat[oaie]|citat[oaie]|relatad[oa]s?|noticiad[oa]s?|divulgad[oa]s?"
)
PIECE = (  # what a source publishes
    "articles?|reports?|story|stories|pieces?|coverage|news|headlines?|columns?|reviews?|interviews?|reporting|posts?|"
    "analysis|dispatch(?:es)?|editorials?|account|"
    "articulos?|noticias?|notas?|reportajes?|cronicas?|informacion(?:es)?|entrevistas?|cables?|despachos?|"
    "reportages?|depeches?|enquetes?|chroniques?|entretien|"
    "artikeln?|berichte?n?|bericht(?:en)?|meldung(?:en)?|nachrichten|kommentar|beitrag|"
    "artigos?|reportagens|reportagem|noticia|articol[oi]|notizi[ae]|servizio|статьях?|статье|статья|сообщени[яеи]|новости"
)
ACCORDING = (
    "according to|as per|per|as reported (?:by|in|on)|as covered by|citing|"
    "segun(?: (?:informa|informo|publica|publico|recoge|reporta|reporto|cuenta|dice))?|de acuerdo con|conforme a|informa|"
    "selon|d'apres|laut|nach angaben (?:von|der|des)|nach berichten (?:von|der|des)|wie|secondo|stando a|segundo|"
    "de acordo com|conforme|volgens|enligt|ifolge|wedlug|podle|potrivit|conform|согласно|по данным|по сообщению|"
    "по сообщениям|по информации|как сообщает|как сообщил[аои]?|за даними|за повідомленням|"
    "publico|publica|informo|informa|reporto|reporta|ecrit|publie|rapporte|schreibt|schrieb|berichtet|berichtete|meldet|"
    "meldete|publicou|noticiou|informou|scrive|riporta|сообщает|сообщил[аои]?|пишет|"
    "وفقا|بحسب|حسب|نقلا عن|συμφωνα με"
)
BY = (
    "by|in|on|from|at|of|por|en|de|del|par|dans|du|von|der|des|im|in der|in dem|vom|da|dal|dalla|sul|su|di|della|pel[oa]|n[oa]|"
    "d[oa]|в|от"
)
IN = "in|on|en|dans|im|in der|in dem|em|no|na|su|sul|sulla|nel|nella|в|на|في"
FILLER = (
    "the|a|an|both|either|only|el|la|los|las|lo|le|les|l'|un|une|una|der|die|das|den|dem|il|gli|o|os|as|"
    "newspaper|daily|news agency|agency|website|broadcaster|magazine|"
    "diario|periodico|agencia|cadena|revista|medio|journal|quotidien|agence|chaine|zeitung|nachrichtenagentur|agentur|sender|"
    "giornale|quotidiano|agenzia|jornal|agencia de noticias|газет[аыеу]|агентств[оауе]"
)
REPORTS = (  # what is said of a source behind its name
    f"(?:{PIECE})|reported|reports|wrote|writes|publishes|published|covered|covers|suggests?|"
    "publico|publica|informo|informa|reporto|reporta|publie|rapporte|berichtete|berichtet|schrieb|schreibt|meldet|"
    "publicou|noticiou|informou|riporta|scrive|report|publish|cover|write"
)
NOT = (
    r"\b(?:not|other than|except|excluding|besides|unlike|no|sin|excepto|salvo|sauf|hors|ausser|nicht|exceto|tranne|кроме)\b"
    r"[^,;]{0,24}$"
)
WROTE = (
    "written|opinion|op-ed|signed|byline|escrit[oa]s?|firmad[oa]s?|columna|ecrite?s?|signee?s?|tribune|geschrieben|kolumne|"
    "coluna|assinad[oa]s?|scritt[oaie]|firmat[oaie]"
)
WRITES = (  # what an author does, before or behind the name; who "says" something is seldom the author
    "write|writes|wrote|has written|argues|escrib[eio]o?|ha escrito|ecrit|a ecrit|schreibt|schrieb|hat geschrieben"
    "|escreve|escreveu|scrive|ha scritto|пишет|написал[аи]?"
)
ARTICLES = frozenset("the el la los las le les l der die das il lo o a os as de het den det".split())
OPEN, CLOSE = "[\"'“‘«„(]", "[\"'”’»“)]"
AND = r"(?:[,;&/]\s*)?(?:\b(?:and|or|y|e|o|et|ou|und|oder|и|или|as well as|and by|and in|y por|et par|und von)\b)?"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    lead = rf"\s+(?:(?:{FILLER})\s+|l'|{OPEN}\s*)*$"
    behind = rf"^{CLOSE}?(?:'s|’s)?\s+(?:[\w-]+\s+)?"
    return {
        "source": re.compile(rf"(?<!\w)(?:{ACCORDING}|(?:{SAYS}|{PIECE})\s+(?:both\s+)?(?:{BY})){lead}"),
        "in": re.compile(rf"(?<!\w)(?:{IN}){lead}"),
        "reports": re.compile(rf"{behind}(?:{REPORTS})(?!\w)"),
        "wrote": re.compile(rf"(?<!\w)(?:{PIECE}|{SAYS}|{WROTE})\s+(?:by|por|de|par|von|da|di){lead}"),
        "written": re.compile(rf"{behind}(?:{PIECE}|op-ed|opinion)(?!\w)|^\s+(?:{WRITES})(?!\w|\s+(?:to|a|an|au?x?)\s)"),
        "writes": re.compile(rf"(?<!\w)(?:{WRITES})\s+$"),
        "not": re.compile(NOT),
        "and": re.compile(rf"^{CLOSE}?\s*{AND}\s*(?:(?:{FILLER})\s+|l'|{OPEN}\s*)*$"),
    }


def _sources(question: str, folded: Folded, known: Names) -> Iterator[Chip]:
    text = folded.text
    named = list(_named(question, folded, known.sources, known.first))
    taken = [_cue(text, start, end) for start, end, _ in named]
    for _ in named:  # "reported by Fortune, The Verge and TechCrunch": a neighbour in a list is what its neighbour is
        for i in range(len(named) - 1):
            if (taken[i] is None) != (taken[i + 1] is None) and _patterns()["and"].search(text[named[i][1] : named[i + 1][0]]):
                at = i if taken[i] is None else i + 1
                taken[at] = named[at][0]
    refused = [bool(_patterns()["not"].search(text[:start])) for start, *_ in named]
    if any(cue is not None and not no for cue, no in zip(taken, refused, strict=True)):
        for (start, end, values), cue, no in zip(named, taken, refused, strict=True):
            if not no:  # a name beside a source may be one too ("... that Fortune alleges"): better one too many than too few
                yield Chip(kind="outlet", start=start if cue is None else cue, end=end, filter=Filter(sources=values))
    for alias, values in known.sources.items():  # Chinese and Japanese have no spaces to find names by
        if len(alias) == 1 and re.match(f"[{UNSPACED}]", alias[0]):
            for match in re.finditer(
                rf"(?:据|根据|根據|在)?{re.escape(alias[0])}(?:的?报道|的?報道|报导|によると|によれば)?", text
            ):
                if len(match.group()) > len(alias[0]):
                    yield Chip(kind="outlet", start=match.start(), end=match.end(), filter=Filter(sources=values))


def _cue(text: str, start: int, end: int) -> int | None:
    """Where the words begin that make the name at [start, end) a source; None: it may be what the question is about."""
    patterns = _patterns()
    if match := patterns["source"].search(text[:start]):
        return match.start()
    if patterns["reports"].search(text[end:]):
        return start
    if (match := patterns["in"].search(text[:start])) and not re.match(r"(?:'s)?\s+\w", text[end:]):
        return match.start()  # only before a pause: "in Fortune 500", "in The Age of steam", "in Time's list"
    return None


def _authors(question: str, folded: Folded, known: Names) -> Iterator[Chip]:
    patterns, text = _patterns(), folded.text
    for start, end, values in _named(question, folded, known.authors, known.first):
        match = patterns["wrote"].search(text[:start])
        if match or patterns["written"].search(text[end:]) or patterns["writes"].search(text[:start]):
            yield Chip(kind="author", start=match.start() if match else start, end=end, filter=Filter(authors=values))


def _named(
    question: str, folded: Folded, known: Mapping[tuple[str, ...], frozenset[str]], first: frozenset[str]
) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Where the question has one of the names, the longest first: (start, end, what they stand for)."""
    words = [(match.start(), match.end(), fold(match.group())) for match in re.finditer(r"\w+", folded.text)]
    cased = any(c.isupper() for c in question[1:])
    at = 0
    while at < len(words):
        word = words[at][2]
        if word.isascii() and word not in first:
            at += 1
            continue
        for n in range(min(LONGEST, len(words) - at), 0, -1):
            start, end = words[at][0], words[at + n - 1][1]
            values = _called(tuple(word for *_, word in words[at : at + n]), known)
            name = question[folded.at(start) : folded.at(end)]
            if values and (not cased or not name.islower() or name in values):  # "a fortune"; but "dpa" writes itself so
                yield start, end, values
                at += n - 1
                break
        at += 1


def _called(words: tuple[str, ...], known: Mapping[tuple[str, ...], frozenset[str]]) -> frozenset[str]:
    """What the words stand for; in another alphabet, what is written so in Latin letters: "ТАСС" is TASS."""
    if words in known or all(word.isascii() for word in words):
        return known.get(words, frozenset())
    one = words[0]
    for first in (one, one[1:]) if re.match("[لب]", one) else (one,):  # Arabic writes "of" and "by" in one with the name
        if (first, *words[1:]) in known:
            return known[first, *words[1:]]
        key = tuple(map(skeleton, (first, *words[1:])))
        for alias, values in known.items():
            if len(alias) == len(key) and tuple(map(skeleton, alias)) == key and len("".join(key)) > 3:
                return values
    return frozenset()


def _aliases(name: str) -> Iterator[tuple[str, ...]]:
    """What a source may be called: "CNBC | World Business News Leader" is CNBC, and "BBC News" the BBC."""
    for part in dict.fromkeys([name, re.split(r"\s+[-–—|]\s+|: ", name)[0]]):
        words = _words(re.sub(r"\.(?:com?|org|net|es|fr|de|it|ru|co\.uk|com\.\w\w)\b", "", part))
        for article in (0, 1):
            short = words[article:]
            if short and (not article or words[0] in ARTICLES) and len("".join(short)) > 1:
                yield short
        if len(words) == 2 and words[1] in ("news", "noticias", "online", "press") and part.split()[0].isupper():
            yield words[:1]


def _words(text: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in re.findall(r"\w+", Folded(text).text))


# Languages

TONGUES = {
    "ar": r"arab\w*|араб\w*|العربيه|阿拉伯",
    "de": r"german|deutsch\w*|aleman\w*|allemand\w*|alema\w?|tedesc\w+|germano(?:ph|f)on\w+|немецк\w+|الالمانيه|德国|德语",
    "en": r"english|engl\w+|ingles\w*|anglais\w*|anglo(?:ph|f)on\w+|английск\w+|англоязычн\w+|الانجليزيه|英语|英文",
    "es": r"spanish|spanisch\w*|espanol\w*|hispan\w*|castellan\w*|espagnol\w*|espanho(?:l\w*|is)|spagnol\w*|испанск\w+"
    r"|испаноязычн\w+|الاسبانيه|西班牙",
    "fr": r"french|franzosisch\w*|frances\w*|francais\w*|franco(?:ph|f)on\w+|французск\w+|франкоязычн\w+"
    r"|الفرنسيه|法国|法语",
    "it": r"italian\w*|italienisch\w*|italien\w*|итальянск\w+|الايطاليه|意大利",
    "ja": r"japan\w*|japones\w*|giappones\w*|японск\w+|日本",
    "nl": r"dutch|niederlandisch\w*|holandes\w*|neerlandais\w*|нидерландск\w+",
    "pl": r"polish|polnisch\w*|polac\w+|polonais\w*|polones\w*|польск\w+",
    "pt": r"portuguese|portugiesisch\w*|portugues\w*|portugais\w*|luso(?:ph|f)on\w+|portoghes\w+"
    r"|португальск\w+|البرتغاليه|葡萄牙",
    "ru": r"russian|russisch\w*|rus[oa]s?|russes?|russophone\w*|russ[oaie]|русскоязычн\w+|российск\w+|русск\w+|الروسيه"
    r"|俄罗斯|俄语",
    "tr": r"turkish|turkisch\w*|turc[oa]s?|turque?s?|турецк\w+",
    "uk": r"ukrainian|ukrainisch\w*|ucranian[oa]s?|ukrainien\w*|украинск\w+",
    "zh": r"chinese|chinesisch\w*|chin[oa]s?|chinois\w*|chines\w*|cinese|cinesi|китайск\w+|الصينيه|中国|中文",
}
"""Words for a language, and for the press of a country that speaks it, folded."""
PRESS = (
    "press|media|newspapers?|papers|outlets|sources|articles|coverage|publications|prensa|medios|periodicos|diarios|fuentes|"
    "articulos|presse|medien|zeitungen|artikeln?|quellen|medias|journaux|imprensa|meios|jornais|fontes|artigos|stampa|"
    "giornali|fonti|articoli|пресс[аеуы]|сми|газет[аы]х?|стать[ия]х?|источник[аи]х?|الصحافه|الاعلام|الصحف|媒体|报纸"
)
SPEAKING = "phone|fon[oae]|hablante|sprachig|язычн"
INSIDE = "in|across|throughout|among|en|entre|dans|parmi|im|unter|em|na|nas|nos|no|nella|nei|sui|sulla|negli|в|في|在"


@cache
def _tongue(lang: str) -> re.Pattern[str]:
    """In so many words ("Spanish-language", "en español"), or as the place to look in ("in the French press")."""
    names = TONGUES[lang]
    the = r"(?:(?:the|la|las|el|los|les|der|den|dem|die|a|os|as|gli|i)\s+)?"
    of = r"(?:(?:en|de langue|de lengua|de habla|in|em|di lingua|de lingua|на)\s+)?"
    spoken = rf"(?=\w*(?:{SPEAKING}))(?:{names})(?!\w)"  # "francophone": the language and nothing else
    return re.compile(
        rf"(?<!\w)(?:(?:{INSIDE})\s+)?{the}(?:{names})[- ](?:language|sprachig\w*)(?:\s+(?:{PRESS}))?(?!\w)"
        rf"|(?<!\w)(?:(?:{INSIDE})\s+)?{the}(?:{spoken}\s+(?:{PRESS})|(?:{PRESS})\s+{spoken})(?!\w)"
        rf"|(?<!\w)(?:{INSIDE})\s+{the}(?:{names})(?:sprachig\w*)?\s+(?:{PRESS})(?!\w)"
        rf"|(?<!\w)(?:{INSIDE})\s+{the}(?:{PRESS})\s+{of}(?:{names})(?!\w)"
        rf"|(?<!\w)(?:{PRESS})\s+(?:written\s+|published\s+|escritos?\s+|publicados?\s+)?(?:in|en|em|auf|на)\s+(?:{names})(?!\w)"
        rf"|在(?:{names})(?:{PRESS})"
    )


def _languages(text: str) -> Iterator[Chip]:
    for lang in TONGUES:
        for match in _tongue(lang).finditer(text):
            yield Chip(kind="language", start=match.start(), end=match.end(), filter=Filter(langs=frozenset({lang})))


# Dates

PUBLISHED = (
    rf"(?<!\w)(?:published|posted|printed|{PIECE}|publicad[oa]s?|publiee?s?|veroffentlicht|pubblicat[oaie])\s+"
    r"(?:(?:on|in|from|of|for|el|del?|en|la|le|du|les|des|au|am|vom|im|aus|em|no|na|do|da|il|dal|nel|за|от|в)\s+)*$"
)


def _dates(question: str, named: Sequence[Mention]) -> Iterator[Chip]:
    """The window that the whole question insists on: a range, or a time of publication in so many words."""
    if not named:
        return
    bounds = [mention for mention in named if _bounds(mention) or re.search(PUBLISHED, Folded(question[: mention.start]).text)]
    if len(bounds) < len(named) or [m.kind for m in bounds] not in (["since", "until"], [bounds[0].kind]):
        return
    window = Period(max(m.period.start for m in bounds), min(m.period.end for m in bounds))
    if window.start < window.end:
        for mention in bounds:
            yield Chip(kind="dates", start=mention.start, end=mention.end, filter=Filter(window=window))


def _bounds(mention: Mention) -> bool:
    """Whether it names a range. "Before 2017" does not: what was so then may be told in any later article."""
    if mention.kind == "until":
        return datetime.fromtimestamp(mention.period.end, UTC).strftime("%m%d") != "0101"
    return mention.kind in ("since", "range")
