"""Pure: whom a model's sentence lets say, think or deny something, and whether the article bears that out.

    attributions of the sentence, by its own reading + who says the words that it stands on, by the article's -> those in doubt

Nobody is believed to have spoken because a model writes so. A speaker is borne out who is, by name or by all the words of an
office, the one whom the article lets say it; where the article's reading tells nobody, one who is named in the very sentences
that the sentence stands on. Whatever form a false attribution takes, it fails here, since no form is looked for: what is in
doubt is not shown, and the article's own sentence stands in (`bot/answers/writing.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.phrases import languages
from bot.verification.caseless_names import called
from bot.verification.claim import Claim
from bot.verification.claimed_names import name_runs
from bot.verification.evidence import SURE, CitedPassage, Span, resolved
from bot.verification.quotations import CheckedQuotation, core, quoted
from bot.verification.speakers import caseless_words, described, heard, is_by_name, named_in, names_of
from index.quotes import UNCLEAR, Statement, is_pronoun, same_person, statements
from index.quotes.people import people
from index.text import places
from index.text.fold import fold
from index.text.lexicon import Lexicon
from index.text.names import WORD, content_stems, holds_name
from index.text.passages import sentences as split_sentences
from index.text.person_names import parts

OPENING = 3  # words of a sentence in which its subject may be "she"
CLEAR = 0.5  # share of a statement's words from which another one says the same


def in_doubt(claim: Claim, checked: Sequence[CheckedQuotation]) -> list[str]:
    """The speakers of a sentence that its words do not bear out, each as the sentence calls it."""
    by_number = {source.number: source for source in claim.sources}
    wrong: list[str] = []
    covered: list[Statement] = []
    for quotation in checked:
        source = by_number.get(quotation.number)
        if quotation.verdict == "exact" and quotation.span is not None and source is not None:
            told = _telling(claim, claim.text.find(core(quotation.text)))
            covered += told
            wrong += _of_quotation(claim, told, source, quotation.span)
    for statement in _told(claim):
        if not any(statement.start < other.end and other.start < statement.end for other in covered):
            wrong += _of_report(claim, statement)
    return list(dict.fromkeys(wrong))


def _told(claim: Claim) -> list[Statement]:
    """Who says what in a sentence: read in its language or else in another: a model may write "said" in a Spanish answer."""
    return _read(claim, lambda one: True)


def _telling(claim: Claim, at: int) -> list[Statement]:
    """Those of them who say what stands at a place."""
    return _read(claim, lambda one: one.start <= at < one.end)


def _read(claim: Claim, wanted: Callable[[Statement], bool]) -> list[Statement]:
    for lang in dict.fromkeys((claim.lang, *(source.passage.lang for source in claim.sources), *languages())):
        told = [one for one in statements(claim.text, lang=lang) if wanted(one) and _tells_whom(one, claim.lang)]
        if told:
            return told
    return []


def content(text: str, lang: str) -> str:
    """What a sentence reports, without who is let say it; all of it, where it reports nothing."""
    told = [one for one in statements(text, lang=lang) if one.confidence >= UNCLEAR and one.kind == "indirect"]
    return " ".join(text[one.start : one.end] for one in told) or text


def _tells_whom(statement: Statement, lang: str) -> bool:
    """Whether a speaker is "she", or surely somebody, and not only a small word that was taken for one."""
    if is_pronoun(statement.speaker, statement.lang):
        return True
    return statement.confidence >= UNCLEAR and all(content_stems(statement.speaker, one) for one in (lang, statement.lang))


def _of_quotation(claim: Claim, told: Sequence[Statement], source: CitedPassage, span: Span) -> list[str]:
    """Who is let say the words of a span and is not the one who says them, or the outlet that prints them; whoever is named
    beside them, where no rule reads whose they are."""
    said = _speakers(source, span)
    near = " ".join([source.heading, _around(source, span), *map(described, said)])
    said = [one for one in said if not is_pronoun(called(one), one.lang)]
    near = near if said else f"{near} {_before(source, span)}"
    if told:
        right = [one for one in told if _is_borne_out(one, said, near)]
        return [
            called(one) for one in told if one not in right and not (right and _holds(names_of(one), near, one.lang, source))
        ]
    beside = claim.text
    for quote in quoted(beside):
        beside = beside.replace(quote, " ")
    beside = places.without(beside)
    names, theirs = named_in(beside, claim.lang), " ".join(map(described, said)) if said else near
    strange = [name for name in names if not holds_name(name, theirs, same_lang=claim.lang == source.passage.lang)]
    lexicon = Lexicon(source.passage.lang)
    plain = lexicon.stopwords | lexicon.question_speech
    strange += [word for word in caseless_words(beside) if word not in theirs and fold(word) not in plain]
    if strange or not said or any(_is_named_in(claim.beside_quotes(claim.text), claim.lang, one) for one in said):
        return strange
    return [beside.strip(' \n.,;:“”«»„"—–-')]


def _of_report(claim: Claim, mine: Statement) -> list[str]:
    """The speaker of an indirect statement whom the sentences that it stands on do not name, or name as one who says another
    thing.

    Who is described in another language, or by no word of an office, is nobody to be held against them; and where they open
    with "she", or are not surely those that a model meant, anybody named before may be.
    """
    by_number = {source.number: source for source in claim.sources}
    own = content_stems(claim.text[mine.start : mine.end], mine.lang)
    near, said, opens = [], list[tuple[float, Statement]](), False
    for words in claim.words:
        source = by_number[words.number]
        around = _around(source, words.sentence)
        opens |= any(is_pronoun(word, source.passage.lang) for word in WORD.findall(around)[:OPENING])
        heard_here = _speakers(source, words.sentence)
        near += [source.heading, around, *map(described, heard_here), *([] if claim.is_close else [source.passage.text])]
        said += [(_shared(own, one, source) if one.lang == mine.lang else 0.0, one) for one in heard_here]
    if is_pronoun(mine.speaker, mine.lang):
        return []
    text, same = " ".join(near), all(source.passage.lang == mine.lang for source in claim.sources)
    known = any(is_by_name(one) for _, one in said)
    if not names_of(mine):
        person = same and any(one.role or _is_person(one, claim) for _, one in said)
        return [called(mine)] if person and not content_stems(mine.speaker, mine.lang) & content_stems(text, mine.lang) else []
    if not any(_names_within(name, mine, text, same=same) for name in _known_as(mine, claim)):
        return [called(mine)] if (same or len(names_of(mine)) > 1) and (known or not opens) else []
    best = max((score for score, _ in said), default=0.0)
    others = best >= CLEAR and all(is_by_name(one) for score, one in said if score == best)
    return (
        [called(mine)] if others and 2 * max((score for score, one in said if _is_one(mine, one)), default=0.0) < best else []
    )


def _shared(own: frozenset[str], theirs: Statement, source: CitedPassage) -> float:
    """How much of the words of a statement another one has."""
    return len(own & content_stems(source.text[theirs.start : theirs.end], theirs.lang)) / max(1, len(own))


def _is_person(statement: Statement, claim: Claim) -> bool:
    """Whether a speaker of an article is one of the people it names."""
    known = (people(source.text, Lexicon(source.passage.lang)).find(called(statement)) for source in claim.sources)
    return any(person is not None and not person.body for person in known)


def _known_as(mine: Statement, claim: Claim) -> list[str]:
    """The name of a speaker, and the surname where the article has one person of that full name and no other of the surname."""
    name = called(mine)
    known = [people(source.text, Lexicon(source.passage.lang)) for source in claim.sources]
    family = parts(name, mine.lang)[-1:]
    return [name, *(one for one in family if any(k.find(name) is not None and k.find(name) is k.find(one) for k in known))]


def _speakers(source: CitedPassage, span: Span) -> list[Statement]:
    """Who says the words of a span in their article, where that is sure."""
    return [s for s in heard(source, span) if s.confidence >= SURE and (s.speaker or s.speaker_resolved)]


def _is_borne_out(mine: Statement, said: Sequence[Statement], near: str) -> bool:
    """Whether a speaker is one of those who say it; where nobody is known to, whether the words around have the name."""
    if said:
        return any(_is_one(mine, other) for other in said)
    return _within(mine, near, "")


def _is_named_in(text: str, lang: str, statement: Statement) -> bool:
    """Whether a text has some name of a speaker, or all words of a description."""
    named = any(holds_name(name, text, same_lang=lang == statement.lang) for name in names_of(statement))
    return named or _within(statement, text, lang)


def _is_one(mine: Statement, theirs: Statement) -> bool:
    """Whether two speakers are one: all the names of the one are the other's, or all the words of an office."""
    if same_person(called(mine), called(theirs)) or _within(mine, described(theirs), theirs.lang):
        return True
    return is_by_name(theirs) and is_by_name(mine) and _within(theirs, described(mine), mine.lang)


def _within(statement: Statement, text: str, lang: str) -> bool:
    """Whether a text has the name of a speaker, or all words of a description."""
    if is_pronoun(statement.speaker, statement.lang) and not statement.speaker_resolved:
        return False
    if names_of(statement):
        return _names_within(called(statement), statement, text, same=lang in ("", statement.lang))
    return content_stems(statement.speaker, statement.lang) <= content_stems(text, statement.lang)


def _names_within(name: str, statement: Statement, text: str, *, same: bool) -> bool:
    """Whether a text has all words of a speaker's name; or the country, if it is one."""
    words = [word for word in names_of(statement) if word in name or name == fold(word)] or [name]
    if caseless_words(text) and any(map(caseless_words, words)):
        return all(word in text for word in words)
    if (countries := _countries(name)) and countries <= _countries(text):
        return True
    small = {fold(match.group()) for match in WORD.finditer(text)}  # El País, "El país"
    return all(holds_name(word, text, same_lang=same) or fold(word) in small for word in words)


def _countries(text: str) -> frozenset[str]:
    return frozenset(code.partition("/")[0] for code in places.codes(text))


def _holds(names: Sequence[str], text: str, lang: str, source: CitedPassage) -> bool:
    return bool(names) and all(holds_name(name, text, same_lang=lang == source.passage.lang) for name in names)


def _before(source: CitedPassage, span: Span) -> str:
    """The sentence before a span in its paragraph, if it names one person alone."""
    start = source.text.rfind("\n", 0, span[0]) + 1
    ends = split_sentences(source.text[start : span[0]], source.passage.lang)[-2:-1]
    before = source.text[start + ends[0][0] : start + ends[0][1]] if ends else ""
    return before if len(name_runs(before, source.passage.lang)) < 2 else ""


def _around(source: CitedPassage, span: Span) -> str:
    """The sentences that hold a span, with whom "she" means there."""
    spans = split_sentences(source.text, source.passage.lang)
    inside = [(a, b) for a, b in spans if a < span[1] and span[0] < b] or [span]
    whole = (inside[0][0], inside[-1][1])
    return f"{source.text[slice(*whole)]} {resolved(source, whole)}"
