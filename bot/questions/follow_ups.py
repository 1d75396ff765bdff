"""Pure: a question that leans on the conversation -> one that can be searched by itself, with no model.

    "shorter" | "and in Spanish?" | "only from Spanish outlets"   the question before, in another way
    "and what did Marwick say?"                                    what the question before was about, behind the new one

Only questions that lean are touched (a pronoun without its noun, an ellipsis, a few words), and only the user's own earlier
questions are carried over: a new topic stays clean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from bot.questions import question_kind
from bot.questions.sentence_kind import is_saying
from bot.records import Turn
from index.records import Period
from index.search import question_filters as index_asked
from index.text.dates import mentions
from index.text.fold import Folded, fold
from index.text.lexicon import Lexicon, languages
from index.text.lexicon_tables import NEVER
from index.text.names import WORD, content_stems, names_in
from index.text.places import places


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What a question means after those before it."""

    searched: str  # the question that can be searched by itself
    again: bool = False  # an earlier question put in another way: not to be reworded any more
    lang: str = ""  # the answer is wanted in this language
    brief: bool = False  # and shorter
    after: int = 0  # asks what came after that; 2: after what came after that
    alone: str = ""  # the question without what was carried over, where it is one: for when nothing is found with it


def resolved(question: str, history: Sequence[Turn], lang: str) -> FollowUp:
    """What a question means, by rule.

    >>> resolved("Only from Spanish outlets", [Turn("user", "What did Olsen say?")], "en").searched
    'What did Olsen say, in Spanish outlets?'
    """
    before = previous(history, lang)
    if before is None:
        return FollowUp(searched=question)
    if commanded := _commanded(question, lang, before):
        return commanded
    if narrowing := narrower(question, lang):
        return FollowUp(searched=f"{before.searched.rstrip(' ?.!')}, {narrowing}?", again=True, lang=before.lang)
    if moved := elsewhere(question, before.searched, lang) or somebody_else(question, before.searched, lang):
        return FollowUp(searched=moved, again=True, lang=before.lang)
    if named := of_the_same(question, before.searched, lang):
        return FollowUp(searched=named)
    searched = standalone(question, history, lang)
    alone = bare(question, lang) if searched != question else ""
    return FollowUp(searched=searched, alone=alone)


def _commanded(question: str, lang: str, before: FollowUp) -> FollowUp | None:
    """The question before as "shorter", "in Spanish" or "and then?" changes it; None where the words are no such command.

    Two words are too few to tell their language: after the conversation's own, every language's whole commands are tried.
    """
    command = _plain(question)
    for words in map(Lexicon, dict.fromkeys((lang, *languages()))):
        if words.ask_shorter.fullmatch(command):
            return replace(before, again=True, brief=True)
        if (match := words.ask_language.fullmatch(command)) and (wanted := words.language_names.get(match["lang"])):
            return replace(before, again=True, lang=wanted)
        if words.ask_after.fullmatch(command):
            return replace(before, again=True, brief=False, after=before.after + 1)
    return None


def _plain(question: str) -> str:
    """A question's words, folded, with nothing between them."""
    return " ".join(re.findall(r"[\w'-]+", Folded(question).text))


def previous(history: Sequence[Turn], lang: str) -> FollowUp | None:
    """What the last question of a conversation meant; None before the first."""
    asked = [n for n, turn in enumerate(history) if turn.role == "user"][-4:]
    return resolved(history[asked[-1]].content, history[asked[0] : asked[-1]], lang) if asked else None


def narrower(question: str, lang: str) -> str:
    """The words of a follow-up that only narrows: sources, languages, a time; "" if it asks anything else.

    >>> narrower("¿Y según EFE?", "es"), narrower("And why?", "en")
    ('según EFE', '')
    """
    words = Lexicon(lang)
    text = _after(words.follow_narrowing, question.strip(" ¿?¡!.")).strip(" ,")
    if not text or len(text.split()) > 9:
        return ""
    if words.follow_according.match(Folded(text).text):
        return text
    if question_kind.kind(text, lang) != "other":
        return ""
    inside = next(iter(words.follow_inside), "in")
    source = _after(words.follow_from, text)
    only = words.follow_only.search(Folded(text).text)
    bare = text[: Folded(text).at(only.start())] if only else text
    for worded in (text, f"{inside}{source}" if source != text else text, f"{inside} {bare}"):
        dates = mentions(worded, _SOME_DAY, lang)
        chips = index_asked.read(worded, _nobody(), dates, lang).chips
        spans = [(c.start, c.end) for c in chips] + [(m.start, m.end) for m in dates]
        rest = "".join(c for i, c in enumerate(worded) if not any(a <= i < b for a, b in spans))
        if spans and not content_stems(rest, lang) and not names_in(f"x {rest}", lang):
            return worded
    return ""


def elsewhere(question: str, before: str, lang: str) -> str:
    """ "And in Norwick?": the question before, with that place for its own; "" if the follow-up is none of this kind."""
    text = _after(Lexicon(lang).follow_narrowing, question.strip(" ¿?¡!."))
    match = _place(lang).fullmatch(text)
    if match is None:
        return ""
    name = _place(lang).pattern.partition(" ")[2].replace("?P<name>", "?:")
    own = re.compile(rf"(?<!\w){match['prep']} {name}(?!\w)")
    stem = before.rstrip(" ?.!")
    return f"{own.sub(lambda m: text, stem, count=1)}?" if own.search(stem) else f"{stem}, {text}?"


def somebody_else(question: str, before: str, lang: str) -> str:
    """ "And Lavrov?": what was asked of somebody, asked of him; "" if nobody is named in either.

    >>> somebody_else("¿Y Lavrov?", "¿Qué dijo Blinken en Norwick?", "es")
    '¿Qué dijo Lavrov en Norwick?'
    """
    words = Lexicon(lang)
    text = _after(words.follow_about, _after(words.follow_narrowing, question.strip(" ¿?¡!.")))
    if text == question.strip(" ¿?¡!.") or not _person(lang).fullmatch(text):
        return ""
    named = question_kind.asked_speakers(before, lang) or _first_names(before, lang)
    there = re.search(r"\s+".join(map(re.escape, named)), before) if named else None
    return before[: there.start()] + text + before[there.end() :] if there else ""


def of_the_same(question: str, before: str, lang: str) -> str:
    """ "What did she say?" behind a question about somebody, with the name in it; "" if it asks no such thing.

    >>> of_the_same("And what did she say about the port?", "Who is Mara Olsen?", "en")
    'What did Mara Olsen say about the port?'
    >>> of_the_same("¿Y qué dijo de la huelga?", "¿Quién es Mara Olsen?", "es")
    '¿Qué dijo Mara Olsen de la huelga?'
    """
    if question_kind.kind(question, lang) != "said" or names_in(question, lang):
        return ""
    somebody = question_kind.kind(before, lang) == "who" and not places(before, lang)
    named = " ".join(question_kind.asked_speakers(before, lang) or (_first_names(before, lang) if somebody else ()))
    words, text = Lexicon(lang), _after(Lexicon(lang).follow_and, question.strip(" ¿¡"))
    if not named or not text:
        return ""
    text = f"{'¿' if '¿' in question else ''}{text[:1].upper()}{text[1:]}"
    tokens = list(WORD.finditer(text))
    if {fold(token.group()) for token in tokens} & words.leaning_pronouns - {*words.third_person, *words.subject_articles}:
        return ""  # "Did she deny it?" leans on more than a name
    for at, token in enumerate(tokens):
        verb, _, pronoun = fold(token.group()).rpartition("-")
        if (pronoun or verb) in words.third_person:
            stem = token.group()[: len(verb)].removesuffix("-t")
            rest = tokens[at + 1] if stem and at + 1 < len(tokens) else None  # French "a-t-elle dit": the name comes behind
            if rest is not None:
                return f"{text[: token.start()]}{stem} {rest.group()} {named}{text[rest.end() :]}"
            return f"{text[: token.start()]}{stem}{' ' if stem else ''}{named}{text[token.end() :]}"
    said = next((token for token in tokens if is_saying(token.group(), lang)), None) if words.elides_subject else None
    return f"{text[: said.end()]} {named}{text[said.end() :]}" if said else ""


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
    """A follow-up that is a question by itself, without its "and": it names whom it asks about. "" if it leans on a pronoun."""
    text = _after(Lexicon(lang).follow_and, question.strip(" ¿¡"))
    return text[:1].upper() + text[1:] if question_kind.asked_speakers(text, lang) else ""


_SOME_DAY = Period.parse("2024-06-12")  # whether words name a time does not depend on the day
_CAPITALISED = r"[A-ZÀ-Þ][\w'’-]*"


@cache
def _place(lang: str) -> re.Pattern[str]:
    """ "in Norwick", "à la Haye": a preposition and a name."""
    words = Lexicon(lang)
    if not words.follow_place:
        return NEVER
    article = f"(?:(?:{_either(words.name_articles)}) )?" if words.name_articles else ""
    name = f"{article}{_CAPITALISED}(?: (?:(?:{_either(words.name_links)}) )?{_CAPITALISED})*"
    return re.compile(rf"(?P<prep>{_either(words.follow_place)}) (?P<name>{name})")


@cache
def _person(lang: str) -> re.Pattern[str]:
    """ "Lavrov", "Ursula von der Leyen": up to four words of a name."""
    links = (*Lexicon(lang).name_links, "van", "von", "al", "bin", "de", "del", "da", "do", "du")
    return re.compile(rf"{_CAPITALISED}(?: (?:(?:{_either(links)}) )?{_CAPITALISED}){{0,3}}")


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


def _after(pattern: re.Pattern[str], text: str) -> str:
    """The text behind what a pattern matches at its beginning; all of it where it does not."""
    folded = Folded(text)
    match = pattern.match(folded.text)
    return text[folded.at(match.end()) :] if match else text


def leans(question: str, lang: str) -> bool:
    """Whether a question cannot be understood without what was said before."""
    words = Lexicon(lang)
    folded = Folded(question).text.lstrip(" ¿¡?!.,;:")
    tokens = set(re.findall(r"[\w'-]+", folded))
    substance = [t for t in content_stems(question, lang) if not t.isdigit()]
    leaning = tokens & words.leaning_pronouns
    if words.follow_opening.match(folded) and len(substance) <= 4:
        return bool(leaning - words.weak_pronouns) or not _own_topic(question, lang)
    if names_in(question, lang):
        return False
    return bool(leaning - words.weak_pronouns) or len(substance) <= (2 if leaning else 1)


def _own_topic(question: str, lang: str) -> bool:
    """Whether it names somebody and what it wants of them: "What about the elections in Peru?", not "And Petrov?"."""
    names = [name for name in names_in(question, lang) if len(re.split("['’]", name)[0]) > 1]  # "I'm" is nobody's
    named = {stem for name in names for stem in content_stems(name, lang)}
    about = [w for w in WORD.findall(question) if content_stems(w, lang) and not is_saying(w, lang)]
    return bool(named) and len({stem for word in about for stem in content_stems(word, lang)}) > 1


def standalone(question: str, history: Sequence[Turn], lang: str) -> str:
    """The question, with what it leans on behind it in brackets; unchanged where it does not lean."""
    earlier = [turn.content for turn in history if turn.role == "user"][-4:]
    if not earlier or not leans(question, lang):
        return question
    for asked in reversed(earlier):
        if Lexicon(lang).ask_shorter.fullmatch(_plain(asked)) or narrower(asked, lang):
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
        saying = question_kind.kind(question, lang) == "said" and is_saying(word, lang)
        if stems and not stems & have and word not in dropped and not saying:
            kept.append(word)
    return " ".join(kept)
