"""Questions about who said what: recognised by their words, answered from the statements of the library.

    question -> Asked (speaker, matter, outlet, time) -> Index.quotes -> whole sentences -> those on the matter -> newest first

English and Spanish; a question that is not recognised, or whose speaker has no statement on the matter, goes the ordinary way
(`evidence.py`). What is shown are whole sentences that hold a statement with its cue and its speaker, so that "he denied that"
never hardens into a fact.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot import asking, words
from bot.evidence import Candidate, Evidence, Features, compare, question_words
from bot.extractive import widen
from bot.injection import instructions
from index.dates import Mention, mentions
from index.index import Index
from index.quotes import UNCLEAR
from index.quotes.languages import language
from index.quotes.speakers import TITLES
from index.records import Article, Embeddings, Filter, Period
from index.split import sentences as split_sentences
from index.statements import Quotation, distinct, speaks
from index.terms import fold

if TYPE_CHECKING:
    from bot.evidence import Floats

LOOKED_AT = 300  # statements of a speaker, the newest on the matter
REACH = 600  # characters from a statement to its cue and speaker
MENTIONED = 3  # articles that are read for mere mentions
BEST = 8  # sentences on the matter that are kept
SPREAD = 0.08  # how far below the best a sentence may cover the matter, and how much of it at least: sentences on something
FLOOR = 0.8  # else have .65 to .78 in our samples, in one language or across two
COMPARED = 40  # sentences put beside the matter, in one batch


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a question wants to know of who said what. Every field may be empty, but not speaker and matter both."""

    speaker: str = ""  # as written; "" in "who said that …"
    matter: str = ""  # "North Korea", "at the UN", "that the port would close"
    outlet: str = ""  # as the library has it: "according to EFE"
    period: Period | None = None
    bounded: bool = False  # "since Monday": the period is a condition, otherwise a preference
    denial: bool = False  # "did he deny …"
    place: bool = False  # the matter is an occasion: "at the UN"


_SAID = r"(?:say|said|saying|says|tell|told|speak|spoke|talk(?:ed)?|state[ds]?|declare[ds]?|den(?:y|ied|ies)|warn(?:ed|s)?)"
_SAY = (
    r"(?:say|said|saying|says|tell|told|claim(?:ed|s)?|state[ds]?|declare[ds]?|respond(?:ed|s)?|reply|replied|answer(?:ed|s)?|comment(?:ed|s)?"
    r"|warn(?:ed|s)?|criticize[ds]?|criticise[ds]?|accuse[ds]?|announce[ds]?|promise[ds]?|argue[ds]?|explain(?:ed|s)?|suggest(?:ed|s)?"
    r"|den(?:y|ied|ies)|reject(?:ed|s)?|insist(?:ed|s)?|confirm(?:ed|s)?|admit(?:ted|s)?|demand(?:ed|s)?|react(?:ed|s)?"
    r"|tweet(?:ed|s)?|threaten(?:ed|s)?|speak|spoke|talk(?:ed)?)"
)
_DICE = (
    r"(?:dijo|dice|dicen|dijeron|dicho|declaro|declararon|declarado|afirmo|afirman|afirmaron|afirmado|respondio|respondieron|respondido|contesto"
    r"|contestaron|advirtio|advirtieron|advertido|acuso|acusaron|nego|negaron|negado|niega|niegan|desmintio|desmintieron|desmentido|desmiente"
    r"|rechazo|rechazaron|rechazado|anuncio|anunciaron|anunciado|opina|opinan|opino|aseguro|aseguraron|asegura|asegurado|senalo|senalaron"
    r"|explico|explicaron|explicado|comento|comentaron|comentado|critico|criticaron|criticado|prometio|prometido|pidio"
    r"|pidieron|pedido|exigio|exigido|reconocio|admitio|confirmo|confirmado|manifesto|expreso|sostuvo|insistio|reitero|agrego|escribio|hablo|menciono|piensa)"
)
_AUX = r"(?:did|does|do|has|have|had|is|was|were|are|could|would|will)"
_ON = r"(?:about|on|regarding|concerning|over|of|in response to|to|as to|for|after|that|when|if|whether|as)"
_SOBRE = r"(?:sobre|acerca del?|respecto (?:al?|del?)|en relacion con|a proposito del?|ante|contra|tras|que|en|durante|al?|desde|por|con|cuando|si)"
_OUTLETS = r"(?:which|what) (?:\w+ ){0,2}(?:outlets?|newspapers?|papers?|media|sources?|sites?|agencies)"
_MEDIOS = r"(?:que|cuales|qué) (?:\w+ ){0,2}(?:medios?|diarios?|periodicos?|agencias?|fuentes?)"
_NOUN = r"(?:response|reaction|reply|comments?|statements?|position|view|opinion|stance|remarks?|words|answer|quotes?)"
_NOMBRE = r"(?:respuesta|reaccion|comentarios?|declaracion(?:es)?|posicion|opinion|postura|palabras|citas)"
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^{_OUTLETS} (?:have )?(?:quot\w+|cit\w+|report\w*) (?P<speaker>.+?)(?: (?:about|on|regarding|over) (?P<matter>.+))?$",
        rf"^{_MEDIOS} (?:han )?(?:cit\w+|recog\w+) (?:al? )?(?P<speaker>.+?)(?: (?:sobre|acerca del?) (?P<matter>.+))?$",
        rf"^who(?: else)? (?:has |have )?(?P<verb>{_SAY})\b ?(?P<matter>.+)?$",
        rf"^quien(?:es)? (?:ha |han )?(?P<verb>{_DICE})\b ?(?P<matter>.+)?$",
        rf"^(?:when|where|why) {_AUX}(?: not|n't)? (?P<speaker>.+?) (?:ever |also |publicly )?(?P<verb>{_SAID})\b ?(?P<matter>.+)?$",
        rf"^(?:\w+ ){{0,4}}?(?:what|how|whom?)(?: else| exactly)? {_AUX}(?: not|n't)? (?P<speaker>.+?) (?:ever |also |publicly |been )?"
         rf"(?P<verb>{_SAY})\b ?(?P<matter>.+)?$",
        rf"^{_AUX}(?: not|n't)? (?P<speaker>.+?) (?:ever |also |publicly )?(?P<verb>{_SAY})\b ?(?P<matter>.+)?$",
        rf"^(?:.*\b)?what (?P<speaker>.+?) (?:has |have |had |is |was )?(?P<verb>{_SAY})\b ?(?P<matter>.+)?$",
        rf"^(?:.*\b)?{_NOUN} (?:by|from|of) (?P<speaker>.+?)(?: (?:about|on|regarding|to|over) (?P<matter>.+))?$",
        rf"^(?:.*\b)?(?:what (?:is|was|were|are) )(?P<speaker>.+?)['’]s? {_NOUN}(?: (?:about|on|regarding|to|over) (?P<matter>.+))?$",
        rf"^(?:\w+ ){{0,4}}?(?:que|como|cuando|donde|por que|a quien)(?: mas)? (?:le |les |se |lo )?(?:ha |han |habia |habian )?(?P<verb>{_DICE})\b "
         rf"(?P<speaker>.+?)(?: (?P<matter>{_SOBRE}\b.+))?$",
        rf"^(?:.*\b)?{_NOMBRE} (?:del? )(?P<speaker>.+?)(?: (?:sobre|acerca del?|a) (?P<matter>.+))?$",
        rf"^(?:ha |han |habia )?(?P<verb>{_DICE})\b (?P<speaker>.+?)(?: (?P<matter>(?:{_SOBRE}|la|las|los|el|haber|estar|ser)\b.+))?$",
    )
)  # fmt: skip
_PLACE = re.compile(r"^(?:at|in|during|en|durante|ante)\b")
_DENIES = re.compile(r"^(?:den|reject|neg|nieg|desmi|desment|rechaz)")
_FIRST = re.compile(r"^(?:according to|segun|de acuerdo con)\s+(?P<name>[^,]+),\s*")
_ACCORDING = re.compile(
    r"[,\s]*\b(?:according to|as reported (?:by|in)|reported (?:by|in)|segun|de acuerdo con)\s+(?P<name>.+)$"
)
_IN = re.compile(r"[,\s]*\b(?:in|by|en)\s+(?P<name>[^,]+)$")
_LOOSE = re.compile(
    r"(?:[\s,;:]|\b(?:on|in|at|since|before|after|until|the|of|during|el|la|los|las|en|de|del|desde|hasta|antes|despues|durante)\b)+$"
)
_LEADS = re.compile(rf"^(?:(?:anything|something|algo) )?(?:{_ON}|{_SOBRE}) (?:the |el |la |los |las )?")
_POINTLESS = re.compile(r"^(?:anything|something|it|so|this|that|lately|recently|algo|ello|eso|esto|yes|no)?$")
_NOBODY = frozenset(
    "he she they it we you i this that there people anyone anybody everyone somebody someone been being not is are was were ella ellos ellas usted "
    "ustedes se alguien nadie".split()
)


def look(
    question: str, lang: str, index: Index, *, filter: Filter | None = None, as_of: Period | None = None
) -> Evidence | None:
    """The evidence of a question about who said what; None if it is none, or if nobody is on record with it."""
    now = int(time.time())
    asked = read(question, lang, index.library.outlets, as_of or Period(now, now + 1))
    if asked is None:
        return None
    found = trusted(find(index, asked, filter, as_of))
    said = sentences(found, index.article)
    if asked.matter:
        said = on_the_matter(asked, lang, said, index.embeddings)
    else:
        said = merged([*ordered(said, asked), *mentions_of(asked, found, index, filter, as_of)])
    return evidence(question, lang, ordered(said, asked))


# Reading the question --------------------------------------------------------------------------------------------------------


def read(question: str, lang: str, outlets: Callable[[], Iterable[str]], now: Period) -> Asked | None:
    """What a question about who said what asks for; None if it is none, or in another language than English and Spanish.

    `outlets`: those of the library. `now`: what "since Monday" counts from.

    >>> asked = read("What did Blinken say about North Korea?", "en", list, Period.parse("2023-10-20"))
    >>> (asked.speaker, asked.matter) if asked else None
    ('Blinken', 'North Korea')
    """
    text = " ".join(question.split()).strip(" ¿?¡!.")
    dated = mentions(text, now, lang)
    for mention in reversed(dated):
        before = text[: mention.start]
        text = before[: len(before) - len(_end(_LOOSE, before))] + text[mention.end :]
    text, outlet = _without_outlet(text.strip(" ,;:"), outlets)
    text = text[: len(text) - len(_end(_LOOSE, text))]
    folded = _folded(text)
    for pattern in _FORMS:
        match = pattern.match(folded)
        if match is None:
            continue
        parts = {name: text[slice(*match.span(name))].strip(" ,;:") for name, value in match.groupdict().items() if value}
        matter = parts.get("matter", "")
        place = bool(_PLACE.match(_folded(matter)))
        matter = matter[len(_end(_LEADS, _folded(matter))) :]
        speaker = parts.get("speaker", "")
        if speaker[:1].isupper() and (
            cut := re.search(r" (?:de|al?) (?=(?:la|los|las|lo|el|que) |[^\W_A-Z])| (?:del|al) ", speaker)
        ):
            speaker, matter = speaker[: cut.start()], f"{speaker[cut.end() :]} {matter}".strip()
        if _POINTLESS.match(_folded(matter)):
            matter = ""
        if not _somebody(speaker) if "speaker" in pattern.groupindex else not matter:
            continue
        bounds = [mention.period for mention in dated if mention.kind in ("since", "until")]
        denial = bool(_DENIES.match(_folded(parts.get("verb", ""))))
        return Asked(
            speaker=speaker, matter=matter, outlet=outlet, period=_period(dated, bounds), bounded=bool(bounds), denial=denial,
            place=place and bool(matter),
        )  # fmt: skip
    return None


def _period(dated: Sequence[Mention], bounds: Sequence[Period]) -> Period | None:
    """The time that the dates of a question mean together: what lies inside all bounds, else from the first to the last."""
    if not dated:
        return None
    named = [mention.period for mention in dated]
    start, end = (max(p.start for p in bounds), min(p.end for p in bounds)) if bounds else (
        min(p.start for p in named), max(p.end for p in named)
    )  # fmt: skip
    return Period(start, end) if start < end else None


def _without_outlet(text: str, outlets: Callable[[], Iterable[str]]) -> tuple[str, str]:
    """The question without "according to EFE", and that outlet as the library has it; "" if it names none."""
    folded = _folded(text)
    for pattern, exact in ((_FIRST, False), (_ACCORDING, False), (_IN, True)):
        match = pattern.search(folded)
        if match is None:
            continue
        asked = _names(match["name"])
        for outlet in sorted(outlets(), key=len, reverse=True):
            known = _names(outlet)
            if known and (known == asked or (not exact and (known <= asked or asked <= known) and asked)):
                return text[: match.start()] + text[match.end() :], outlet
    return text, ""


def _names(outlet: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", _folded(outlet))) - {"the", "el", "la", "los", "las", "news", "newspaper", "diario"}


def _folded(text: str) -> str:
    """Lower case without accents, character for character: offsets stay."""
    return "".join(fold(char)[:1] or char for char in text).replace("’", "'")


def _end(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(_folded(text))
    return match.group() if match else ""


def _somebody(speaker: str) -> bool:
    """Whether the words can be a speaker: no pronoun, no half sentence."""
    parts = re.findall(r"[^\W_]+", _folded(speaker))
    return (
        0 < len(parts) <= 10
        and parts != ["el"]
        and not _NOBODY & set(parts[:1] + parts[-1:])
        and not {"that", "que"} & set(parts)
    )


# Finding what was said -------------------------------------------------------------------------------------------------------


def find(index: Index, asked: Asked, filter: Filter | None, as_of: Period | None) -> list[Quotation]:
    """The statements asked for, newest first. A period that is no condition is left aside when nothing lies in it."""
    for period in dict.fromkeys((asked.period, asked.period if asked.bounded else None)):

        def quotes(about: str, limit: int, period: Period | None = period) -> list[Quotation]:
            return index.quotes(
                speaker=asked.speaker, about=about, since=period, until=period, limit=limit, filter=narrowed(asked, filter),
                as_of=as_of,
            )  # fmt: skip

        found = quotes("", COMPARED + 1) if asked.speaker else []
        if asked.matter and len(found) in (0, COMPARED + 1):  # too many to compare each
            found = quotes(asked.matter, LOOKED_AT)
        if found:
            break
    if asked.speaker and asked.matter and found:  # a claim is not shown without its denial
        inside = replace(filter or Filter(), ids=frozenset(one.article_id for one in found))
        there = index.quotes(about=asked.matter, limit=LOOKED_AT, filter=inside, as_of=as_of)
        found += [one for one in there if one.sense == "denies" and one not in found]
    return [one for one in distinct(found) if one.confidence >= UNCLEAR]


def narrowed(asked: Asked, filter: Filter | None) -> Filter | None:
    """The filter with the outlet that the question names."""
    return replace(filter or Filter(), outlets=frozenset({asked.outlet})) if asked.outlet else filter


def trusted(found: Sequence[Quotation]) -> list[Quotation]:
    """Without the articles that give a machine instructions: they have no standing as evidence."""
    bad = {one.article_id for one in found if instructions(f"{one.passage.title}\n{one.outlet}\n{one.passage.text}")}
    return [one for one in found if one.article_id not in bad]


def mentions_of(
    asked: Asked, found: Sequence[Quotation], index: Index, filter: Filter | None, as_of: Period | None
) -> list[Said]:
    """Sentences with the speaker's name and a word of saying that the rules made nothing of, in the articles that were found.

    In others, if there are none: those that have the whole name.
    """
    name = words_of(asked.speaker)
    passages = {one.article_id: one.passage for one in reversed(found)} or {
        passage.article_id: passage
        for passage in reversed(index.sharing(asked.speaker, k=20, filter=narrowed(asked, filter), as_of=as_of))
        if all(words.holds_name(word, passage.text, same_lang=True) for word in name)
    }
    kept = list(reversed(passages.values()))[:MENTIONED]
    if not kept or not name:
        return []
    inside = replace(filter or Filter(), ids=frozenset(passage.article_id for passage in kept))
    others = [one for one in index.quotes(limit=1000, filter=inside, as_of=as_of) if one.confidence >= UNCLEAR]
    said = []
    for passage in kept:
        of = index.article(passage.article_id, passage.version)
        taken = [(one.start, one.end) for one in others if one.article_id == passage.article_id]
        for start, end in split_sentences(of.text, of.lang) if of else ():
            text = of.text[start:end] if of else ""
            free = not any(start < b and a < end for a, b in taken)
            if (
                free
                and words.holds_name(name[-1], text, same_lang=True)
                and tells(text, passage.lang)
                and end - start <= LONGEST
            ):
                said.append(Said(Candidate(passage=passage, hit=0, start=start, end=end, text=text), ()))
    return said


def tells(text: str, lang: str) -> bool:
    """Whether a sentence has a word that may announce what somebody says or thinks."""
    cues = language(lang).cues
    return asking.says(text) or any(match.group().lower() in cues for match in words.WORD.finditer(text))


def words_of(name: str) -> list[str]:
    """The words of a name that begin with a capital, without titles."""
    return [word for word in re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", name) if word[0].isupper() and word.lower() not in TITLES]


# From statements to evidence -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """Whole sentences of an article and the statements in them."""

    candidate: Candidate
    statements: tuple[Quotation, ...]

    @property
    def rank(self) -> int:
        """0: somebody's own words; 1: partly; 2: reported; 3: an attitude ("he believes"); 4: only a mention."""
        return min((3 if one.sense in ATTITUDES else KINDS.index(one.kind) for one in self.statements), default=4)


LONGEST = 500  # characters of one speech
KINDS = ("direct", "mixed", "indirect")
ATTITUDES = frozenset(("believes", "intends", "finds", "praises", "criticizes"))


def evidence(question: str, lang: str, said: Sequence[Said]) -> Evidence | None:
    """The sentences to answer with, best first; None where there are none."""
    candidates = tuple(replace(one.candidate, score=10 - place / 100) for place, one in enumerate(said))
    passages = tuple(dict.fromkeys(candidate.passage for candidate in candidates))
    return (
        Evidence(
            question=question, lang=lang, passages=passages, candidates=candidates, features=Features(), probability=1.0, most=9
        )
        if candidates
        else None
    )


def sentences(found: Sequence[Quotation], article: Callable[[str, int], Article | None]) -> list[Said]:
    """The whole sentences of each statement, with its cue and its speaker; those that overlap are one."""
    said: list[Said] = []
    texts: dict[tuple[str, int], str] = {}
    for one in found:
        key = (one.article_id, one.version)
        if key not in texts:
            of = article(*key)
            texts[key] = of.text if of else ""
        text = texts[key]
        if not text:
            continue
        beside = (one.cue_start, one.speaker_start, one.cue_end, one.speaker_end)
        near = [place for place in beside if place is not None and -REACH < place - one.start < one.end - one.start + REACH]
        start, end = shortened(text, widen(text, min([one.start, *near]), max([one.end, *near]), one.lang), one)
        said.append(Said(Candidate(passage=one.passage, hit=0, start=start, end=end, text=text[start:end]), (one,)))
    return merged(said)


def shortened(text: str, span: tuple[int, int], said: Quotation) -> tuple[int, int]:
    """Of a speech as long as a paragraph so many of its sentences as may be shown, on the side where its speaker stands."""
    start, end = span
    if end - start <= LONGEST:
        return span
    cuts = [(start + a, start + b) for a, b in split_sentences(text[start:end], said.lang)] or [span]
    if said.cue_start is not None and said.cue_start - start > (end - start) / 2:
        return next((a for a, _ in cuts if end - a <= LONGEST), cuts[-1][0]), end
    return start, next((b for _, b in reversed(cuts) if b - start <= LONGEST), cuts[0][1])


def merged(said: Sequence[Said]) -> list[Said]:
    """Without overlaps: two statements of one sentence are shown once. The order of the first of each stays."""
    kept: list[Said] = []
    for one in said:
        for place, other in enumerate(kept):
            a, b = one.candidate, other.candidate
            same = (a.passage.article_id, a.passage.version) == (b.passage.article_id, b.passage.version)
            if same and a.start < b.end and b.start < a.end:
                outer = a if a.start <= b.start and b.end <= a.end else b
                kept[place] = Said(outer, (*other.statements, *one.statements))
                break
        else:
            kept.append(one)
    return kept


def on_the_matter(asked: Asked, lang: str, said: Sequence[Said], embeddings: Embeddings) -> list[Said]:
    """Those near enough to what is asked about, in their order."""
    if not said:
        return []
    near = sorted(said, key=lambda one: -max(s.closeness for s in one.statements))[:COMPARED]
    texts = [" ".join(one.candidate.text.split()) for one in near]
    _, cover = compare(asked.matter, lang, texts, [one.candidate.passage.lang for one in near], embeddings)
    weights = [word.weight for word in question_words(asked.matter, lang)]
    value = cover @ weights / max(sum(weights), 1e-6)
    order = {id(one): place for place, one in enumerate(said)}
    if asked.place and value.max() >= FLOOR:  # what follows in the same article was said there, too
        value = occasion(asked, near, value)
    best = sorted(zip(value.tolist(), near, strict=True), key=lambda row: -row[0])[:BEST]
    return sorted((one for v, one in best if v >= max(best[0][0] - SPREAD, FLOOR)), key=lambda one: order[id(one)])


def occasion(asked: Asked, near: Sequence[Said], value: Floats) -> Floats:
    """The values, with the best one for what the speaker says in the same article behind it and with no occasion of its own."""
    first = near[int(value.argmax())].candidate
    follows = [
        one.candidate.passage.article_id == first.passage.article_id
        and one.candidate.start > first.start
        and any(speaks(asked.speaker, statement) and not statement.event for statement in one.statements)
        for one in near
    ]
    raised = value.copy()
    raised[follows] = value.max()
    return raised


def ordered(said: Sequence[Said], asked: Asked) -> list[Said]:
    """Newest day first, one article after the other, own words before reports of them; with "did X deny", denials first."""
    articles = {key: n for n, key in enumerate(dict.fromkeys(one.candidate.passage.article_id for one in said))}

    def key(one: Said) -> tuple[bool, int, int]:
        denies = asked.denial and any(s.sense == "denies" for s in one.statements)
        return (not denies, articles[one.candidate.passage.article_id], one.rank)

    return sorted(said, key=key)
