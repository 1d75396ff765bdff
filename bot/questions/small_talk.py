"""Pure: what is said to a bot, or between people near it, and is no question for a library.

    small_talk("Danke dir!", "en")                               -> SmallTalk("thanks", "de")
    small_talk("Danke Merkel Plakate", "de")                     -> None: its words are not all small talk
    without_courtesy("Hi, what happened in Norwick?", "en")      -> "What happened in Norwick?"
    plainly_asked("Marta, can you take this?", "en")             -> False: it is put to Marta

A message is small talk where all of it is: greetings and thanks are units, and a name or a topic beside them makes a question.
What these words do not tell, `bot.retrieval.talk_classifier` does; questions about the bot are told by it alone.
A few words do not tell their language, so that the tables of every language are tried, the conversation's first. More words do:
then only its own, the conversation's and English are read, as thirteen languages cost a cold question a tenth of its time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import Literal, get_args

from bot.phrases import languages as worded_languages
from bot.phrases import say
from bot.records import Turn
from index.text.fold import Folded
from index.text.language import identify
from index.text.lexicon import Lexicon, languages
from index.text.names import names_in
from index.text.numbers import numbers_in

SmallTalkKind = Literal["help", "about", "colleagues", "thanks", "goodbye", "greeting", "acknowledged"]
ORDER: tuple[SmallTalkKind, ...] = get_args(SmallTalkKind)  # of what a message says, the first of these is answered
SHORT = 5  # words that may not tell their language
LONGEST, LONGEST_UNSPACED = 16, 40  # words, or signs, of a message that may be small talk
_QUESTION = re.compile(r"[?？؟]")
_CALLED = re.compile(r"(?<=\w),\s+[A-ZÀ-Þ][\w'’-]+\s*([?!.]*)\s*$")  # "… , Ben?"
_BEHIND_COURTESY = re.compile(r"[,.!:;–—，。！、\n]|\s-")
_NAMED = re.compile(r"\W*[^\W\d_]\w+(?: [^\W\d_]\w+)?[,:] +")  # "Marta, can you …"
_AT = re.compile(r"\s*@(?!dragoman\b)[^\W\d_]\w*[\s,:]", re.IGNORECASE)  # "@Marta can you …"


@dataclass(frozen=True, slots=True)
class SmallTalk:
    """What a message is that is no question, and the language it is said in."""

    kind: SmallTalkKind
    lang: str


def small_talk(text: str, lang: str, *, after: bool = False) -> SmallTalk | None:
    """What sort of small talk a message is; None where any of its words may be a question's.

    `lang`: the conversation's, which two words do not tell. `after`: something was asked before, and "How does it work?" is
    about that.
    """
    folded = Folded(text).text
    if not re.search(r"\w", folded):
        return SmallTalk("acknowledged", lang) if folded.strip(" ?？.…") else None
    if len(folded.split()) > LONGEST:
        return None
    said = _units(folded, _spoken(text, lang))
    if said is None and _between_people(text, lang):
        return SmallTalk("colleagues", identify(text, default=lang))
    if after and said and said.kind == "help" and Lexicon(said.lang).leaning_pronouns.intersection(re.findall(r"\w+", folded)):
        return None
    return said


def without_small_talk(history: Sequence[Turn], lang: str) -> tuple[Turn, ...]:
    """The turns before a question that were about something, with what was replied to them.

    Talk is told by its words, or by the reply that it got: a trained part knew it then (`bot.retrieval.talk_classifier`).
    """
    kept: list[Turn] = []
    idle = False
    for turn, following in zip_longest(history, history[1:]):
        if turn.role == "user":
            told = following is not None and following.role == "assistant" and following.content in _replies()
            idle = told or small_talk(turn.content, lang, after=bool(kept)) is not None
        if not idle:
            kept.append(turn)
    return tuple(kept)


@cache
def _replies() -> frozenset[str]:
    """All that is replied to talk."""
    return frozenset(say(f"reply_{kind}", lang) for kind in ORDER for lang in worded_languages())


def _units(folded: str, tried: Iterable[Lexicon]) -> SmallTalk | None:
    """The sort of a message that is made of units of small talk in one language, and of nothing else."""
    folded = re.sub(r"([^\W\d_])\1{2,}", r"\1", folded)  # "merciii"
    for words in tried:
        if _whole(folded, words):
            said = {match.lastgroup for match in words.chat_units.finditer(folded)}
            return SmallTalk(next((kind for kind in ORDER if kind in said), "acknowledged"), words.lang)
    return None


def without_courtesy(text: str, lang: str) -> str:
    """A question without the greeting or thanks before it, where a mark stands between them."""
    folded = Folded(text).text
    for words in _lexicons(lang) if _BEHIND_COURTESY.search(folded) else ():
        match = _lead(words.lang).match(folded)
        if match and re.search(r"\w", folded[match.end() :]):
            rest = text[Folded(text).at(match.end()) :].strip()
            return rest[:1].upper() + rest[1:]
    return text


def plainly_asked(text: str, lang: str) -> bool:
    """Whether a message among people, without a mention, is a question for the bot: none to a colleague, and no remark."""
    if small_talk(text, lang):
        return False
    asked = without_courtesy(text, lang).strip()
    if _NAMED.match(asked) and _put_to_people(_NAMED.sub("", asked, count=1), lang):
        return False
    tried = _likely(asked, lang)
    folded = Folded(asked).text.lstrip(" ¿¡\"'(")
    if any(words.chat_request.match(folded) or words.talk_more.match(folded) for words in tried):
        return True
    if any(words.chat_you.match(folded) for words in tried):
        return False
    return bool(_QUESTION.search(asked)) or any(words.chat_opening.match(folded) for words in tried)


def vague(text: str, lang: str) -> bool:
    """Whether a question names nothing that could be looked for: "What do you think?", "And?"."""
    folded = re.findall(r"\w+", Folded(text).text)
    tried = _lexicons(lang) if len(folded) <= SHORT else (Lexicon(lang),)
    empty = any(
        all(word in words.vague_words or word in words.stopwords for word in folded) for words in tried if words.vague_words
    )
    return empty and not names_something(text)  # in this order: names in a text of any language need the tables of all


def names_something(text: str) -> bool:
    """Whether it has names, figures or addresses."""
    return bool(names_in(text) or numbers_in(text) or re.search(r"\w\.\w", text))


def asks_to_check(text: str, lang: str) -> bool:
    """Whether it asks for what is sent with it to be checked: "check this, please"."""
    folded = Folded(text).text.strip(" ¿¡")
    return any(words.chat_check.match(folded) for words in _spoken(text, lang))


def _between_people(text: str, lang: str) -> bool:
    """Whether a message is said to a colleague: called by name, about one's own day, or about lunch."""
    if _AT.match(text):
        return True
    tried = _likely(text, lang)
    named = _NAMED.match(text)
    text = _CALLED.sub(r"\1", text)
    called = named and text.lstrip()[:1].isupper() and not _function_word(named.group(), tried)
    if named and called and _put_to_people(text[named.end() :], lang):
        return True
    told = False
    for part, mark in re.findall(r"([^,;.!?？…]*\w[^,;.!?？…]*)([?？]?)", text):
        folded = Folded(part).text.strip(" ¿¡\"'-–—")
        if any(words.chat_office.fullmatch(folded) for words in _spoken(text, lang)):
            told = True
        elif mark or any(words.chat_request.match(folded) for words in tried):
            return False
        elif told:
            continue
        elif not _in_capitals(part) and any(words.chat_colleague.match(folded) for words in tried):
            told = True
        elif not _units(folded, _spoken(text, lang)):
            return False
    return told


def _in_capitals(text: str) -> bool:
    """Whether it is written as a title is: "I Am Legend"."""
    return text.split()[1:2] != [] and text.split()[1][:1].isupper()


def _function_word(word: str, tried: Iterable[Lexicon]) -> bool:
    """Whether a word before a comma is none that somebody is called by: "So, do you have a number?"."""
    bare = Folded(word).text.strip(" ,:")
    return any(bare in words.stopwords or _whole(bare, words) for words in tried)


def _put_to_people(text: str, lang: str) -> bool:
    """Whether the words behind a name are put to whom it names."""
    folded = Folded(text).text.lstrip(" ¿¡")
    return any(words.chat_you.match(folded) or words.chat_colleague.match(folded) for words in _likely(text, lang))


def _likely(text: str, lang: str) -> tuple[Lexicon, ...]:
    """The languages that a message may be in: its own and the conversation's; any, where its words do not tell."""
    own = identify(text, default="")
    return tuple(map(Lexicon, dict.fromkeys((own, lang)))) if own else tuple(_lexicons(lang))


def _spoken(text: str, lang: str) -> Iterator[Lexicon]:
    """The languages that a message may be spoken in, by people who greet in English everywhere."""
    own = identify(text, default="") if len(text.split()) > SHORT else ""
    return map(Lexicon, dict.fromkeys((lang, own, "en"))) if own else _lexicons(lang)


def _lexicons(lang: str) -> Iterator[Lexicon]:
    return map(Lexicon, dict.fromkeys((lang, "en", *languages())))


def _whole(folded: str, words: Lexicon) -> bool:
    """Whether a text is small talk and nothing else: units of it, and words that may stand between them.

    By the places that units lead to, each looked at once: as one expression it takes seconds over "ok ok ok … Peru".
    """
    if words.unspaced and len(folded) > LONGEST_UNSPACED:
        return False
    runs = [match.span() for match in re.finditer(r"\w" if words.unspaced else r"[^\W_]+", folded)]
    unit, filler = _expression(words.lang, ORDER), _expression(words.lang, ("filler",))
    reached = {0: False}  # so many runs are small talk; whether one of them is more than filler
    for at in range(len(runs)):
        if at not in reached:
            continue
        for end in range(at, len(runs)):
            piece = folded[runs[at][0] : runs[end][1]]
            if unit.fullmatch(piece):
                reached[end + 1] = True
            elif filler.fullmatch(piece):
                reached[end + 1] = reached.get(end + 1, False) or reached[at]
    return reached.get(len(runs), False)


@cache
def _expression(lang: str, kinds: tuple[str, ...]) -> re.Pattern[str]:
    """The units of some kinds."""
    return Lexicon(lang).pattern("|".join(f"{{chat_units.{kind}}}" for kind in kinds))


@cache
def _lead(lang: str) -> re.Pattern[str]:
    """Greetings, thanks and such at the beginning of a message, with the mark behind them."""
    words = Lexicon(lang)
    courtesy, filler = _unit(words, ("greeting", "thanks", "acknowledged")), _unit(words, ("filler",))
    return words.pattern(rf"[¡¿\s]*(?:{courtesy}(?:[\s,]+{filler})*\s*(?:{_BEHIND_COURTESY.pattern})+\s*)+")


def _unit(words: Lexicon, kinds: Iterable[str]) -> str:
    """One unit of some kinds, as whole words where a language sets them apart."""
    rows = (f"{{chat_units.{kind}}}" for kind in kinds)
    either = f"(?:{'|'.join(rows)})"
    return either if words.unspaced else rf"(?<!\w){either}(?!\w)"
