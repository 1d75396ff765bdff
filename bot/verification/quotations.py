"""Pure: is a quotation in the articles word for word, and is it said by whom the sentence says?

“Never,” Olsen said. + the article's text and who says what in it -> exact | altered | elsewhere | nowhere, and of whom
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from bot.phrases import languages
from bot.verification import caseless_names as caseless
from bot.verification.evidence import SURE, CitedPassage, Span, said_in
from index.quotes import UNCLEAR, Statement, is_pronoun, quotes, same_person, statements
from index.quotes.job_titles import role_words
from index.quotes.people import People, people
from index.text import quotation_marks
from index.text.fold import fold
from index.text.lexicon import Lexicon
from index.text.names import WORD, content_stems, holds_name, names_in, same_name
from index.text.passages import sentences as split_sentences
from index.text.person_names import FAMILY_FIRST, GENERATIONS, parts
from index.text.verbatim import alike, locate

Verdict = Literal["exact", "misattributed", "altered", "elsewhere", "nowhere"]

ALIKE = 0.8  # likeness of words, from which a quotation counts as altered and not as invented
SHORT = 3  # words up to which single marks are apostrophes, or a title


@dataclass(frozen=True, slots=True)
class CheckedQuotation:
    """What became of one quotation in a sentence."""

    text: str
    verdict: Verdict
    number: int = 0  # of the source that has it (or nearly has it); 0: none
    span: Span | None = None
    difference: str = ""  # "article: … | here: …" where altered


_SINGLE = re.compile(r"(?:(?<=^)|(?<=[\s(\[:—–-]))[‘']([^‘’']*(?:\w['’]\w[^‘’']*)*)[’'](?=$|[\s.,;:!?)\]—–-])")


_GLUED = re.compile(r"\b[a-zà-ÿ]{1,4}['’](?=[A-ZÀ-Þ])")  # l’Agence, dell’Agenzia


def quoted(text: str) -> list[str]:
    """The quotations of a sentence, also those in single marks when they have three words or more."""
    singles = [m[1].strip() for m in _SINGLE.finditer(quotation_marks.DOUBLE.sub(" ", text)) if len(m[1].split()) >= SHORT]
    return [q for q in quotation_marks.quotations(text) if WORD.search(q)] + singles


def core(quote: str) -> str:
    """Without the punctuation at its end, which writers put inside the marks whether the source has it or not."""
    return quote.rstrip(" .,;:!?…，。；：！？、")


def verdict(quote: str, cited: Sequence[CitedPassage], sources: Sequence[CitedPassage]) -> CheckedQuotation:
    """One quotation: word for word in a cited article, changed, in another article, or in none."""
    for source in cited:
        if span := locate(quote, source.text) or locate(core(quote), source.text):
            return CheckedQuotation(quote, "exact", source.number, span)
    for source in (source for source in sources if source not in cited):
        if span := locate(core(quote), source.text):
            return CheckedQuotation(quote, "elsewhere", source.number, span)
    for source in cited:
        if span := nearly(quote, source.text):
            return CheckedQuotation(quote, "altered", source.number, span, difference(quote, source.text[span[0] : span[1]]))
    return CheckedQuotation(quote, "nowhere")


def nearly(quote: str, text: str) -> Span | None:
    """The stretch of a text that a quotation is a changed copy of; None if nothing is alike enough."""
    wanted = [fold(m.group()) for m in WORD.finditer(quote)]
    spans = [(m.start(), m.end(), fold(m.group())) for m in WORD.finditer(text)]
    if len(wanted) < 3:
        return None
    best, at = ALIKE, None
    matcher: difflib.SequenceMatcher[str] = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    have = set(wanted)
    for i in range(len(spans) - 1):
        if spans[i][2] not in have:
            continue
        for size in range(max(1, len(wanted) - 2), len(wanted) + 3):
            window = spans[i : i + size]
            if len(window) < size or sum(w in have for _, _, w in window) < ALIKE * len(wanted) - 1:
                continue
            matcher.set_seq1([w for _, _, w in window])
            if (ratio := matcher.ratio()) > best:
                best, at = ratio, (window[0][0], window[-1][1])
    return at


def difference(quote: str, original: str) -> str:
    """What was changed, word by word: "article: … | here: …"."""
    a, b = original.split(), quote.split()
    compared = difflib.SequenceMatcher(None, [*map(alike, a)], [*map(alike, b)], autojunk=False)
    changes = [op for op in compared.get_opcodes() if op[0] != "equal"]
    return "; ".join(
        f"article: {' '.join(a[i:j]) or '(nothing)'} | here: {' '.join(b[k:m]) or '(nothing)'}" for _, i, j, k, m in changes
    )


def punctuation_outside(text: str, cited: Sequence[CitedPassage]) -> str:
    """“never,” he said -> “never”, he said, where the article has no comma there."""
    for quote in quotation_marks.quotations(text):
        bare = core(quote)
        if bare in ("", quote) or any(locate(quote, source.text) for source in cited):
            continue
        if any(locate(bare, source.text) for source in cited):
            start = text.index(quote)
            mark = re.compile(r"\s*[”»›]").match(text, start + len(quote))
            if mark:
                text = text[:start] + bare + mark.group().strip() + quote[len(bare) :].strip() + text[mark.end() :]
    return text


# Who said it -----------------------------------------------------------------------------------------------------------------


def other_speakers(text: str, lang: str, checked: Sequence[CheckedQuotation], sources: Sequence[CitedPassage]) -> list[str]:
    """Whom a sentence lets say a quotation that the article does not give to them.

    Who "he" is in the article is what the article's statements tell. Where they do not tell, the name has to stand in the
    very sentence of the quotation; and where no rule tells whom the sentence lets say it, every name beside the quotation.
    """
    by_number = {source.number: source for source in sources}
    wrong: list[str] = []
    for quotation in checked:
        source = by_number.get(quotation.number)
        if quotation.verdict != "exact" or quotation.span is None or source is None:
            continue
        told = _telling(text, text.find(core(quotation.text)), lang, source.passage.lang)
        wrong += [s.speaker_resolved or s.speaker for s in told if _is_another(s, source, quotation.span)]
        if not any(map(_tells_whom, told)):
            wrong += _strangers(text, lang, source, quotation.span)
    return list(dict.fromkeys(wrong))


def _telling(text: str, at: int, lang: str, other: str) -> list[Statement]:
    """Who says what stands at a place of a sentence: read in its language, or where that is not clear in another one, as a
    model may write "said" in a Spanish answer."""
    for one in dict.fromkeys((lang, other, *languages())):
        found = [s for s in statements(text, lang=one) if s.start <= at < s.end and s.confidence >= UNCLEAR and s.speaker]
        if found:
            return found
    return []


def said_by(told: Sequence[Statement], lang: str, start: int, end: int, source: CitedPassage, span: Span) -> str:
    """Who says a quotation in its article, named beside the words, where a text gives it to another; "" where it does not.

    Whom "he" means is read wrongly too often.

    `told`: who says what in the text, in `lang`; start and end: of the quotation in it; `span`: of its words in the article.
    """
    mine = [s for s in told if s.start <= start and end <= s.end and s.confidence >= SURE and is_by_name(s)]
    said = [s for s in said_in(source.text, source.passage.lang) if s.confidence >= SURE and _says_its_name(s)]
    heard = [s for s in said if s.start <= span[0] and span[1] <= s.end]
    if heard and mine and caseless.is_caseless(caseless.called(heard[0])):
        return caseless.called(heard[0]) if all(caseless.is_another(caseless.called(s), heard[0], said) for s in mine) else ""
    mine = [one for one in mine if _is_one_person(one, source)]
    if not mine or not heard or any(map(_is_office, heard)):
        return ""
    same = any(_same(one, other, lang, source.passage.lang) for one in mine for other in heard)
    return "" if same else heard[0].speaker_resolved or heard[0].speaker


def is_given_to(names: Iterable[str], source: CitedPassage, span: Span) -> bool:
    """Whether an article plainly gives the words of a span to somebody, by one of the names.

    That one's own words, named where they are said (whom "he" means is read wrongly too often), no other's inside them, nor as
    somebody else tells it.
    """
    lang = source.passage.lang
    heard = [s for s in said_in(source.text, lang) if s.start < span[1] and span[0] < s.end]
    marks = [quote for quote in quotes(source.text) if quote.start <= span[0] and span[1] <= quote.end]
    begun, ended = (any(s.start <= at < s.end for s in heard) for at in (span[0], span[1] - 1))
    if not (begun and ended) or any(quote.depth for quote in marks):
        return False
    if not all(s.confidence >= SURE and not s.chain and (marks or s.kind == "direct") and _says_its_name(s) for s in heard):
        return False
    known = people(source.text, Lexicon(lang))
    return any(all(_is_named(name, s, known) for s in heard) for name in names)


def is_by_name(statement: Statement) -> bool:
    """Whether a speaker has a name; in a script without capitals, whether it is no pronoun."""
    name = statement.speaker_resolved or statement.speaker
    return not is_pronoun(name, statement.lang) if _caseless(name) else not is_unnamed(statement)


def _says_its_name(statement: Statement) -> bool:
    """Whether a speaker is written there by a surname, and not as "he", as a role, by a given name, or not at all."""
    if caseless.is_caseless(caseless.called(statement)):
        return caseless.says_its_name(statement) and is_by_name(statement)
    first, *others = parts(statement.speaker_resolved or statement.speaker, statement.lang) or ("",)
    surnames = others if others and first not in FAMILY_FIRST else [first, *others]
    written = set(surnames).intersection(parts(statement.speaker, statement.lang))
    return statement.speaker_start is not None and bool(written) and is_by_name(statement)


def _is_named(name: str, statement: Statement, known: People) -> bool:
    """Whether a name means a speaker, among all that an article knows: in full, letter for letter, or as the one Lind there."""
    if caseless.is_caseless(name):
        return caseless.means(name, statement)
    speaker = statement.speaker_resolved or statement.speaker
    lang = known.language.lang
    mine, theirs = parts(name, lang), parts(speaker, lang)
    if GENERATIONS.intersection(mine) != GENERATIONS.intersection(theirs):
        return False
    if mine == theirs or same_person(name, speaker, lang):
        return True
    one = known.find(name, given=False)
    return one is not None and one is known.find(speaker, given=False)


def _is_office(statement: Statement) -> bool:
    """Whether a speaker is described and not named: "the Wooster professor" may be anybody."""
    language, name = Lexicon(statement.lang), statement.speaker_resolved or statement.speaker
    return name.split()[0].lower() in language.determiners and bool(role_words(name, language))


def _is_one_person(statement: Statement, source: CitedPassage) -> bool:
    """Whether a speaker is somebody and no house: "Ford" alone is one only where the article has a person of that name."""
    if len(_names(statement, statement.lang)) > 1:
        return True
    known = people(source.text, Lexicon(source.passage.lang)).find(statement.speaker_resolved or statement.speaker)
    return known is not None and (known.human or known.called)


def _tells_whom(statement: Statement) -> bool:
    """Whether a speaker is somebody, and not only a small word that was taken for one."""
    return is_pronoun(statement.speaker, statement.lang) or bool(content_stems(statement.speaker, statement.lang))


def _is_another(statement: Statement, source: CitedPassage, span: Span) -> bool:
    """Whether the article gives the words of a span to somebody else than the speaker of a statement: of another name, or,
    where it names who says them, "the police", which it does not have beside them. "The minister" may be anybody.
    """
    if is_by_name(statement):
        return not _speaks(statement, source, span, statement.lang)
    lang, heard = statement.lang, _heard(source, span)
    words = content_stems(statement.speaker, lang)
    told = not words or is_pronoun(statement.speaker, lang) or role_words(statement.speaker, Lexicon(lang))
    if told or lang != source.passage.lang or not any(is_by_name(s) and s.confidence >= SURE for s in heard):
        return False
    return not words & content_stems(" ".join([*_around(source, span), *(s.role for s in heard)]), lang)


def _strangers(text: str, lang: str, source: CitedPassage, span: Span) -> list[str]:
    """The name beside a quotation where no rule tells whose it is ("Brix calls it »a diversion«"), if none of the names beside
    it is of who says it in the article; where that is not clear, if the article has none of them near its words, nor in its
    heading.

    In a language that writes its nouns like names only words side by side are a name, unless it is clear. In a script without
    capitals every word may be one.
    """
    beside, heard = _beside_quotations(text), _heard(source, span)
    names = _named_in(beside, lang)
    said = " ".join(f"{s.speaker} {s.speaker_resolved} {s.role} {' '.join(s.chain)}" for s in heard)
    sure = any(is_by_name(s) and s.confidence >= SURE for s in heard)
    if Lexicon(lang).capital_nouns and not sure:
        names = tuple(name for pair in pairwise(names) if " ".join(pair) in text for name in pair)
    near = said if sure else " ".join([source.heading, *_around(source, span), said])
    known = any(holds_name(name, near, same_lang=lang == source.passage.lang) for name in names)
    strange = [] if known or not names else [" ".join(dict.fromkeys(names))]
    lexicon = Lexicon(source.passage.lang)
    plain = lexicon.stopwords | lexicon.question_speech
    return strange + [word for word in _caseless(beside) if word not in near and fold(word) not in plain]


def _caseless(text: str) -> list[str]:
    """The words of a text in a script without capitals."""
    return [m.group() for m in WORD.finditer(text) if m.group()[0].isalpha() and m.group().upper() == m.group().lower()]


def _named_in(text: str, lang: str) -> tuple[str, ...]:
    """The names in words that do not begin a sentence, also behind an article that is written in one with them."""
    return names_in("x " + _GLUED.sub("", text), lang)


def _heard(source: CitedPassage, span: Span) -> list[Statement]:
    """Who says the words of a span in their article."""
    return [s for s in said_in(source.text, source.passage.lang) if s.start < span[1] and span[0] < s.end]


def _beside_quotations(text: str) -> str:
    for quote in quoted(text):
        text = text.replace(quote, " ")
    return text


def _around(source: CitedPassage, span: Span) -> tuple[str, str]:
    """The sentence that holds a span, or the sentences, and the one before in its paragraph."""
    text = source.text
    spans = split_sentences(text, source.passage.lang)
    inside = [n for n, (start, end) in enumerate(spans) if start < span[1] and span[0] < end]
    if not inside:
        return text[slice(*span)], ""
    start, end = spans[inside[0]][0], spans[inside[-1]][1]
    before = text[slice(*spans[inside[0] - 1])] if inside[0] else ""
    between = text[spans[inside[0] - 1][1] : start] if inside[0] else ""
    return text[start:end], "" if "\n" in between else before


def is_unnamed(statement: Statement) -> bool:
    """Whether a speaker has no name in the sentence itself: then there is nobody to be wrong about."""
    return not _named_in(statement.speaker_resolved or statement.speaker, statement.lang)


def _speaks(statement: Statement, source: CitedPassage, span: Span, lang: str) -> bool:
    """Whether the article gives the words of a span to the speaker of a statement."""
    sure = [s for s in _heard(source, span) if (is_by_name(s) or s.role) and s.confidence >= SURE]
    if sure:
        return any(_same(statement, s, lang, source.passage.lang) for s in sure)
    here, before = _around(source, span)
    mine, same = _names(statement, lang), lang == source.passage.lang
    if any(holds_name(name, here, same_lang=same) for name in mine):
        return True
    named = names_in(before, source.passage.lang)  # "she", behind a sentence that names one person
    return bool(named) and all(any(same_name(name, other, same_lang=same) for other in mine) for name in named)


def _names(statement: Statement, lang: str) -> tuple[str, ...]:
    """The words of a speaker that are names; in a script without capitals all of them."""
    name = statement.speaker_resolved or statement.speaker
    return tuple(_caseless(name)) or _named_in(name, lang)


def _same(mine: Statement, theirs: Statement, lang: str, other: str) -> bool:
    there = f"{theirs.speaker} {theirs.speaker_resolved} {theirs.role} {' '.join(theirs.chain)}"
    if any(same_person(mine.speaker_resolved or mine.speaker, name) for name in _all_names(theirs)):
        return True
    names = _names(mine, lang)
    if _caseless(there) and any(map(_caseless, names)):
        return all(name in there for name in names)
    return any(holds_name(name, there, same_lang=lang == other) for name in names)


def _all_names(statement: Statement) -> Iterable[str]:
    return filter(None, (statement.speaker_resolved, statement.speaker))
