"""Pure: a question that leans on the conversation -> one that can be searched by itself, with no model.

    "shorter" | "and in Spanish?" | "only from Spanish outlets"   the question before, in another way
    "and what did Marwick say?"                                    what the question before was about, behind the new one

Only questions that lean are touched (a pronoun without its noun, an ellipsis, a few words), and only the user's own earlier
questions are carried over: a new topic stays clean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.questions import question_kind
from bot.records import Turn
from index.records import Period
from index.search import question_filters as index_asked
from index.text.dates import mentions
from index.text.fold import fold
from index.text.names import WORD, content_stems, names_in

_PRONOUNS = {
    "en": "he she they it him her them his hers their its this that these those there then one ones same",
    "es": "el ella ellos ellas eso esto esa ese esos esas le les lo la su sus alli ahi entonces mismo misma",
    "fr": "il elle ils elles lui leur eux son sa ses cela ca ce y en la-bas alors meme",
    "de": "er sie es ihm ihr ihn ihnen sein seine seinen ihre ihren das dies dort dann davon dazu darauf",
    "pt": "ele ela eles elas isso isto esse essa lhe lhes seu sua seus suas la ali entao mesmo",
}
# Words that also serve as articles or dummy subjects lean only where nothing else of substance stands in the question.
_WEAK = frozenset(
    ["el", "la", "lo", "le", "les", "es", "it", "this", "that", "there", "en", "y", "ce", "sie", "das", "la-bas", "la", "su"]
)
_OPENING = re.compile(
    r"^\W*(?:and|but|so|also|what about|how about|why|who else|anything else|more|y|pero|tambien|e|que hay de|por que|"
    r"quien mas|et|mais|aussi|pourquoi|und|aber|auch|warum|wieso|mas|tambem|e quanto a)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """What a question means after those before it."""

    searched: str  # the question that can be searched by itself
    again: bool = False  # an earlier question put in another way: not to be reworded any more
    lang: str = ""  # the answer is wanted in this language
    brief: bool = False  # and shorter
    after: int = 0  # asks what came after that; 2: after what came after that
    alone: str = ""  # the question without what was carried over, where it is one: for when nothing is found with it


def understood(question: str, history: Sequence[Turn], lang: str) -> Meant:
    """What a question means, by rule.

    >>> understood("Only from Spanish outlets", [Turn("user", "What did Olsen say?")], "en").searched
    'What did Olsen say, from Spanish outlets?'
    """
    before = previous(history, lang)
    if before is None:
        return Meant(searched=question)
    folded = " ".join(re.findall(r"[\w'-]+", fold(question)))
    if _BRIEF.fullmatch(folded):
        return replace(before, again=True, brief=True)
    if (match := _IN_LANGUAGE.fullmatch(folded)) and (wanted := _LANGUAGES.get(match["lang"])):
        return replace(before, again=True, lang=wanted)
    if _AFTERWARDS.fullmatch(folded):
        return replace(before, again=True, brief=False, after=before.after + 1)
    if narrowing := narrower(question, lang):
        return Meant(searched=f"{before.searched.rstrip(' ?.!')}, {narrowing}?", again=True, lang=before.lang)
    if moved := elsewhere(question, before.searched) or somebody_else(question, before.searched, lang):
        return Meant(searched=moved, again=True, lang=before.lang)
    searched = standalone(question, history, lang)
    alone = bare(question, lang) if searched != question else ""
    return Meant(searched=searched, alone=alone)


def previous(history: Sequence[Turn], lang: str) -> Meant | None:
    """What the last question of a conversation meant; None before the first."""
    asked = [n for n, turn in enumerate(history) if turn.role == "user"][-4:]
    return understood(history[asked[-1]].content, history[asked[0] : asked[-1]], lang) if asked else None


def narrower(question: str, lang: str) -> str:
    """The words of a follow-up that only narrows: sources, languages, a time; "" if it asks anything else.

    >>> narrower("¿Y según EFE?", "es"), narrower("And why?", "en")
    ('según EFE', '')
    """
    text = _NARROWING.sub("", question.strip(" ¿?¡!."), count=1).strip(" ,")
    if not text or len(text.split()) > 9:
        return ""
    if re.match(
        r"(?:according to|as reported by|segun|de acuerdo con|selon|d'apres|laut|segundo|de acordo com)\s+\S", fold(text)
    ):
        return text
    if question_kind.kind(text) != "other":
        return ""
    inside = _INSIDE.get(lang, "in")
    for worded in (text, _FROM.sub(inside, text), f"{inside} {_ONLY.sub('', text)}"):
        dates = mentions(worded, _SOME_DAY, lang)
        chips = index_asked.read(worded, _nobody(), dates).chips
        spans = [(c.start, c.end) for c in chips] + [(m.start, m.end) for m in dates]
        rest = "".join(c for i, c in enumerate(worded) if not any(a <= i < b for a, b in spans))
        if spans and not content_stems(rest, lang) and not names_in(f"x {rest}", lang):
            return worded
    return ""


def elsewhere(question: str, before: str) -> str:
    """ "And in Norwick?": the question before, with that place for its own; "" if the follow-up is none of this kind."""
    text = _NARROWING.sub("", question.strip(" ¿?¡!."), count=1)
    match = re.fullmatch(rf"{_PREPOSITION} (?P<name>{_NAME})", text)
    if match is None:
        return ""
    own = re.compile(rf"(?<!\w){match['prep']} {_NAME}(?!\w)")
    stem = before.rstrip(" ?.!")
    return f"{own.sub(lambda m: text, stem, count=1)}?" if own.search(stem) else f"{stem}, {text}?"


def somebody_else(question: str, before: str, lang: str) -> str:
    """ "And Lavrov?": what was asked of somebody, asked of him; "" if nobody is named in either.

    >>> somebody_else("¿Y Lavrov?", "¿Qué dijo Blinken en Norwick?", "es")
    '¿Qué dijo Lavrov en Norwick?'
    """
    text = _NARROWING.sub("", question.strip(" ¿?¡!."), count=1)
    text = re.sub(r"^(?:about|with|de|von|über|à propos de|quanto a|con|mit)\s+", "", text, count=1)
    if text == question.strip(" ¿?¡!.") or not re.fullmatch(_WHO, text):
        return ""
    named = question_kind.asked_speakers(before, lang) or _first_names(before, lang)
    there = re.search(r"\s+".join(map(re.escape, named)), before) if named else None
    return before[: there.start()] + text + before[there.end() :] if there else ""


def _first_names(question: str, lang: str) -> tuple[str, ...]:
    """The first run of names of a question: "Elena Robledo"."""
    named, run = names_in(question, lang), list[str]()
    last = -9
    for match in WORD.finditer(question):
        if match.group() not in named:
            continue
        if run and match.start() - last > 1:
            break
        run.append(match.group())
        last = match.end()
    return tuple(run)


@cache
def _nobody() -> index_asked.Names:
    return index_asked.names((), ())


def bare(question: str, lang: str) -> str:
    """A follow-up that is a question by itself,
    without its "and": it names whom it asks about. "" if it leans on a pronoun."""
    text = _AND.sub("", question.strip(" ¿¡"), count=1)
    return text[:1].upper() + text[1:] if question_kind.asked_speakers(text, lang) else ""


_INSIDE = {"en": "in", "es": "en", "fr": "dans", "de": "in", "pt": "em"}
_FROM = re.compile(r"^(?:from|by|de|aus|von|des|dos|das)\b", re.I)
_ONLY = re.compile(r"\s+(?:only|please|solo|sólo|solamente|seulement|nur|só|apenas)$", re.I)
_PREPOSITION = r"(?P<prep>in|at|from|en|à|au|dans|bei|em|no|na)"
_NAME = r"(?:(?:the|la|el|le|der|die|den|o|a) )?[A-ZÀ-Þ][\w'’-]*(?: (?:of|de|del|da|do|du)? ?[A-ZÀ-Þ][\w'’-]*)*"
_WHO = r"[A-ZÀ-Þ][\w'’-]*(?: (?:(?:of|de|del|da|do|du|von|van|al|bin) )?[A-ZÀ-Þ][\w'’-]*){0,3}"
_SOME_DAY = Period.parse("2024-06-12")  # whether words name a time does not depend on the day
_AND = re.compile(r"^(?:and|but|so|y|e|pero|et|mais|und|aber|mas)\b[ ,]*", re.I)
_NARROWING = re.compile(
    r"^(?:(?:and|but|ok|please|show me|give me|only|just|y|e|pero|solo|sólo|solamente|únicamente|et|mais|seulement|"
    r"uniquement|que|und|"
    r"aber|nur|mas|só|somente|apenas|what about|how about|qué hay de|las|los|those|the ones|ones)\b[ ,]*)+",
    re.I,
)
_BRIEF = re.compile(
    r"(?:please )?(?:a (?:bit|little) )?(?:shorter|briefer|more briefly|in short|(?:keep it|make it|be) (?:short|"
    r"shorter|brief|briefer)|too long|"
    r"tl dr|tldr|summari[sz]e(?: it| that)?|in one sentence|mas (?:corto|breve)|mas brevemente|en breve|resume(?:lo)?|"
    r"en una frase|"
    r"plus court|plus bref|en bref|resume|en une phrase|kurzer|kurz|kurzer bitte|in einem satz|mais curto|mais breve|"
    r"em resumo|"
    r"em uma frase|numa frase)(?: please| por favor| bitte| s'il (?:te|vous) plait)?"
)
_LANGUAGE_NAMES = {
    "en": "english ingles anglais englisch",
    "es": "spanish espanol castellano espagnol spanisch espanhol",
    "fr": "french frances francais franzosisch",
    "de": "german aleman allemand deutsch alemao",
    "pt": "portuguese portugues portugais portugiesisch",
}
_LANGUAGES = {name: lang for lang, names in _LANGUAGE_NAMES.items() for name in names.split()}
_IN_LANGUAGE = re.compile(
    r"(?:and |now |y |ahora |et |maintenant |und |jetzt |e |agora |please )*(?:the same |lo mismo |la meme chose |"
    r"dasselbe |o mesmo )?"
    r"(?:in|en|auf|em|to|answer in|responde en|reponds en|antworte auf|responda em) (?P<lang>\w+)"
    r"(?: please| por favor| bitte| s'il (?:te|vous) plait)?"
)


_AFTERWARDS = re.compile(  # "and then?"
    r"(?:(?:and|but|so|well|y|pero|et|mais|und|aber|e|mas) )*(?:"
    r"then(?: what)?|afterwards?|after (?:that|this)|later(?: on)?|next|since(?: then)?|what(?:'s| is| was)? next|what then|"
    r"what (?:has )?(?:happened|came|comes|followed|happens)(?: (?:next|then|afterwards?|after (?:that|this)|later(?: on)?|"
    r"since(?: then)?))|what followed|"
    r"(?:que (?:mas )?(?:paso|ocurrio|sucedio|ha pasado|vino) )?(?:despues(?: de (?:eso|esto))?|luego|mas tarde|desde entonces|"
    r"a continuacion|entonces)|"
    r"(?:(?:qu'est-ce qui |que )?(?:s'est(?:-il)? passe|est(?:-il)? arrive) )?(?:ensuite|apres(?: ca| cela)?|puis|"
    r"depuis(?: lors)?|par la suite)|"
    r"(?:was (?:geschah|passierte|kam|ist|folgte) )?(?:dann|danach|nachher|spater|seitdem|darauf)(?: (?:passiert|geschehen))?|"
    r"wie ging es weiter|was folgte|"
    r"(?:o )?(?:que (?:aconteceu|houve|veio|ocorreu) )?(?:depois(?: disso)?|em seguida|mais tarde|desde entao))"
)


def leans(question: str, lang: str) -> bool:
    """Whether a question cannot be understood without what was said before."""
    folded = fold(question)
    tokens = re.findall(r"[\w'-]+", folded)
    substance = [t for t in content_stems(question, lang) if not t.isdigit()]
    pronouns = set(_PRONOUNS.get(lang, _PRONOUNS["en"]).split())
    if _OPENING.search(folded) and len(substance) <= 4:
        return True
    if any(t in pronouns - _WEAK for t in tokens) and not names_in(question, lang):
        return True
    if any(t in pronouns & _WEAK for t in tokens) and len(substance) <= 2 and not names_in(question, lang):
        return True
    return len(substance) <= 1 and not names_in(question, lang)


def standalone(question: str, history: Sequence[Turn], lang: str) -> str:
    """The question, with what it leans on behind it in brackets; unchanged where it does not lean."""
    earlier = [turn.content for turn in history if turn.role == "user"][-4:]
    if not earlier or not leans(question, lang):
        return question
    for asked in reversed(earlier):
        if _BRIEF.fullmatch(fold(asked).strip(" .!?")) or narrower(asked, lang):
            continue
        topic = carried(asked, question, lang)
        if topic:
            return f"{question.rstrip()} ({topic})"
    return question


def carried(earlier: str, question: str, lang: str) -> str:
    """The words of an earlier question that a later one takes over, in their order; "" if that one only leaned itself.

    Who the later question names replaces the first name of the earlier one: "and what did Lavrov answer?" after a question
    about Blinken is not about Blinken.
    """
    if leans(earlier, lang) and not names_in(earlier, lang):
        return ""
    have = content_stems(question, lang)
    own = names_in(question, lang)
    earlier_names = names_in(earlier, lang)
    dropped = set(question_kind.asked_speakers(earlier, lang) or earlier_names[:1]) if own else set()
    kept = []
    for match in WORD.finditer(earlier):
        word = match.group()
        stems = content_stems(word, lang)
        told = question_kind.kind(question) == "said" and question_kind.SAYING.search(fold(word))
        if stems and not stems & have and word not in dropped and not told:
            kept.append(word)
    return " ".join(kept)
