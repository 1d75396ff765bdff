"""Pure: whom a follow-up asks about: somebody else, the one asked about before, or nobody that could be told.

"And Lavrov?" | "and the governor?"            what was asked of somebody, asked of him
"Who is she?" | "What else did he say?"        of the one that the question before names
"And him?" after what she said                 nobody knows
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import dropwhile
from typing import Literal

from bot.phrases import languages, say
from bot.questions import question_kind, who_said
from bot.questions.sentence_kind import is_saying
from index.records import Period
from index.text.fold import Folded, fold
from index.text.language import identify
from index.text.lexicon import Lexicon
from index.text.names import WORD, content_stems, full_names, names_in, person
from index.text.person_names import FEMALE, GIVEN, MALE, plain
from index.text.places import places
from index.text.sentences import sentences

SOME_DAY = Period.parse("2024-06-12")  # whether words name a time does not depend on the day


def somebody_else(question: str, before: str, lang: str) -> str:
    """ "And Lavrov?", "and the governor?": what was asked of somebody, asked of him; "" if nobody is named in either.

    >>> somebody_else("¿Y Lavrov?", "¿Qué dijo Blinken en Norwick?", "es")
    '¿Qué dijo Lavrov en Norwick?'
    """
    words = Lexicon(lang)
    text = after(words.follow_about, after(words.follow_narrowing, question.strip(" ¿?¡!.")))
    if text == question.strip(" ¿?¡!."):
        return ""
    speaker = speaker_of(before, lang)
    if speaker in before and _by_office(question, lang):
        return before.replace(speaker, _by_office(question, lang), 1) if speaker else ""
    if not person(lang).fullmatch(text):
        return ""
    seat = _seat(text, before, lang)
    return f"{before[: seat.start]}{text}{before[seat.end :]}" if seat else ""


@dataclass(frozen=True, slots=True)
class _Seat:
    """Where names stand in a question, side by side."""

    start: int
    end: int
    place: bool  # a place does


def _seat(text: str, before: str, lang: str) -> _Seat | None:
    """The names that others stand for: a person's for a person, a place's for a place; None where that cannot be told."""
    runs = _runs(before, lang)
    there = next((run for run in runs if run.place), None)
    somebody = next((run for run in runs if not run.place), None)
    if speakers := question_kind.asked_speakers(before, lang):
        spoken = re.search(r"\s+".join(map(re.escape, speakers)), before)
        somebody = _Seat(*spoken.span(), place=False) if spoken else somebody
    if places(text, lang) and not _given(text):
        return there or (somebody if somebody and places(before[somebody.start : somebody.end], lang) else None)
    if there is None or speakers or _given(text):
        return somebody
    who = somebody is not None or question_kind.kind(before, lang) == "who"
    return None if who else there  # "Who was hurt in Norwick?", "And Duda?": there, or he


def _given(text: str) -> bool:
    """Whether a name of several words begins with a given name."""
    first, _, rest = text.partition(" ")
    return bool(rest) and plain(first.lower()) in GIVEN


def _runs(question: str, lang: str) -> list[_Seat]:
    """The runs of names in a question; those of places stand behind "in", or are known."""
    inside, named, runs, last = set(Lexicon(lang).follow_inside), names_in(question, lang), list[_Seat](), ""
    for match in WORD.finditer(question):
        if match.group() not in named:
            last = match.group().lower()
        elif runs and match.start() - runs[-1].end <= 1:
            runs[-1] = replace(runs[-1], end=match.end())
        else:
            runs.append(_Seat(match.start(), match.end(), last in inside))
            last = ""
    return [replace(run, place=run.place or bool(places(question[run.start : run.end], lang))) for run in runs]


def said_at_all(question: str, lang: str) -> str:
    """ "What did Petrov say about the strike?" without its matter; "" where it has none or asks for nobody's words."""
    if question_kind.kind(question, lang) != "said" or lang not in languages():
        return ""
    speaker = speaker_of(question, lang)
    bare = say("ask_said", lang, name=speaker) if speaker else ""
    return "" if fold(bare) == fold(question) else bare


def _by_office(question: str, lang: str) -> str:
    """The words of "and the governor?": up to four, one of them an office."""
    words = Lexicon(lang)
    text = after(words.follow_and, question.strip(" ¿?¡!."))
    known = (words.offices | words.titles) - words.stopwords
    short = len(text.split()) <= 4 and question_kind.kind(text, lang) == "other"
    return text if short and any(fold(word) in known for word in WORD.findall(text)) else ""


def on_something_else(question: str, before: str, lang: str) -> str:
    """ "And about the port?": what the one asked about before says on that; "" if the follow-up is none of this kind.

    >>> on_something_else("¿Y sobre el puerto?", "¿Qué dijo Rivas sobre la mina?", "es")
    '¿Qué dijo Rivas sobre el puerto?'
    """
    words, text = Lexicon(lang), after(Lexicon(lang).follow_and, question.strip(" ¿?¡!."))
    lead = words.say_leads.match(Folded(text).text)
    speaker = speaker_of(before, lang)
    begun = text != question.strip(" ¿?¡!.") and fold(text.split()[0]) not in words.say_breaks
    if not (lead and lead.end() and begun and speaker and content_stems(text, lang)) or lang not in languages():
        return ""
    if {fold(word) for word in WORD.findall(text)[1:]} & {*words.which_words, *words.who_words}:
        return ""  # "and against which team did she play?" is a question of its own
    if len(text.split()) > 8 or question_kind.kind(text, lang) != "other":
        return ""
    asked = say("ask_said", lang, name=speaker)
    return f"{asked.rstrip(' ?')} {text}{asked[len(asked.rstrip(' ?')) :]}"


def who_or_what_else(question: str, before: str, lang: str) -> str:
    """ "Who is she?", "What else did he say?": asked of the one that the question before names; "" if it names no one.

    >>> who_or_what_else("what else did she say?", "What did Olsen say about the strike?", "en")
    'What did Olsen say?'
    """
    words = Lexicon(lang)
    rest = words.ask_else.sub(" ", Folded(question).text)
    if names_in(question, lang) or lang not in languages():
        return ""
    own = [
        w
        for w in WORD.findall(rest)
        if content_stems(w, lang) and not is_saying(w, lang) and fold(w) not in words.person_pronouns
    ]
    asked = question_kind.kind(question, lang)
    more = bool(words.ask_else.search(Folded(question).text))
    name = speaker_of(before, lang) or (_full_name(before, lang) if asked == "said" else "")
    if own or not name or not (asked == "who" or (asked == "said" and more)):
        return ""
    return say("ask_said" if asked == "said" else "ask_who", lang, name=name)


def of_the_same(question: str, before: str, lang: str, reply: str = "") -> str:
    """ "What did she say?" behind a question about somebody, with the name in it; "" if it asks no such thing.

    `reply`: what was told, where the question before asked who holds an office or did something.

    >>> of_the_same("And what did she say about the port?", "Who is Mara Olsen?", "en")
    'What did Mara Olsen say about the port?'
    >>> of_the_same("¿Y qué dijo de la huelga?", "¿Quién es Mara Olsen?", "es")
    '¿Qué dijo Mara Olsen de la huelga?'
    """
    if question_kind.kind(question, lang) != "said" or names_in(question, lang):
        return ""
    asked_who = question_kind.kind(before, lang) == "who"
    named = speaker_of(before, lang) or (_one(_who(question, before, reply, lang)) if asked_who else _full_name(before, lang))
    words, text = Lexicon(lang), after(Lexicon(lang).follow_and, question.strip(" ¿¡"))
    if not named or not text:
        return ""
    text = f"{'¿' if '¿' in question else ''}{text[:1].upper()}{text[1:]}"
    tokens = list(WORD.finditer(text))
    if {fold(token.group()) for token in tokens} & words.leaning_pronouns - {*words.third_person, *words.subject_articles}:
        return ""  # "Did she deny it?" leans on more than a name
    if stands_in := with_name(text, named, lang):
        return stands_in
    said = next((token for token in tokens if is_saying(token.group(), lang)), None) if words.elides_subject else None
    return f"{text[: said.end()]} {named}{text[said.end() :]}" if said else ""


def _who(question: str, before: str, reply: str, lang: str) -> tuple[str, ...]:
    """Whom a pronoun behind a question who did something may mean: whom that names, else whom its reply begins with."""
    own = " ".join(_first_names(before, lang))
    if _given(own) or (own and not reply and not places(before, lang)):
        return (own,)
    first = next((reply[start:end] for start, end in sentences(reply, lang)), "")  # what comes behind it tells of others
    spoken = identify(first, default=lang)
    named = {bare: name for name in full_names(first, spoken) if (bare := _without_office(name, spoken))}
    other = {"f": MALE, "m": FEMALE}.get(gender_of_pronoun(question, lang), frozenset[str]())
    officers = {bare for bare, name in named.items() if bare != name or _office_before(first, bare, spoken)}
    people = (name for name in named if name in officers or plain(name.split()[0].lower()) in GIVEN)
    return tuple(name for name in people if plain(name.split()[0].lower()) not in other - (FEMALE & MALE))


def _one(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else ""


def _without_office(name: str, lang: str) -> str:
    """ "Captain Mara Olsen": her name; "" where no full name is left."""
    offices = Lexicon(lang).offices | Lexicon(lang).titles
    kept = list(dropwhile(lambda word: fold(word) in offices, name.split()))
    return " ".join(kept) if len(kept) > 1 else ""


def _office_before(text: str, name: str, lang: str) -> bool:
    before = WORD.findall(text[: text.index(name)])
    return bool(before) and fold(before[-1]) in Lexicon(lang).offices


def gender_of_pronoun(question: str, lang: str) -> Literal["f", "m", ""]:
    """The gender of the one whom a question has a pronoun for: "f" or "m"; "" where it has none, or for several, or no one."""
    words = Lexicon(lang)
    if words.nobody_s.search(Folded(question).text):  # "y a-t-il", "wie viele waren sie"
        return ""
    tokens = {piece for word in WORD.findall(question.lower()) for piece in (word, word.rpartition("-")[2])}
    subjects = {piece for piece in tokens if fold(piece) in words.third_person}
    she, he = subjects & words.she, subjects & words.he
    return "f" if she and not he else "m" if he and not she else ""


def with_name(question: str, name: str, lang: str, gender: Literal["f", "m", ""] = "") -> str:
    """A question with a name in place of its pronoun, of a gender if one is given; "" where it has none.

    >>> with_name("Où est-elle née ?", "Mara Olsen", "fr")
    'Où est née Mara Olsen ?'
    """
    words, tokens = Lexicon(lang), list(WORD.finditer(question))
    meant = {"f": words.she, "m": words.he}.get(gender, words.he | words.she | words.they)
    for at, token in enumerate(tokens):
        verb, _, pronoun = token.group().lower().rpartition("-")
        if fold(pronoun) in words.third_person and pronoun in meant:  # Spanish "él", not "el"
            stem = token.group()[: len(verb)].removesuffix("-t")
            behind = tokens[at + 1] if at + 1 < len(tokens) and fold(stem).rpartition("'")[2] in words.auxiliaries else None
            if behind is not None:  # French "a-t-elle dit": the name comes behind
                return f"{question[: token.start()]}{stem} {behind.group()} {name}{question[behind.end() :]}"
            return f"{question[: token.start()]}{stem}{' ' if stem else ''}{name}{question[token.end() :]}"
    return ""


def nobody_meant(question: str, before: str, lang: str, reply: str = "") -> bool:
    """Whether "him" may be anybody: "And him?" after what she said, "And what did he say?" after who replaced Sam Altman."""
    if only_a_pronoun(question, lang):
        return bool(speaker_of(before, lang))
    tokens = {fold(word) for word in WORD.findall(question)}
    if not tokens & Lexicon(lang).person_pronouns or question_kind.kind(question, lang) != "said" or names_in(question, lang):
        return False
    asked_who = bool(reply) and question_kind.kind(before, lang) == "who" and not speaker_of(before, lang)
    if asked_who and (people := _who(question, before, reply, lang)):
        return len(people) > 1
    several = full_names(before, lang) and not _full_name(before, lang)
    return bool(several and not speaker_of(before, lang))


def only_a_pronoun(question: str, lang: str) -> bool:
    """ "And him?": whoever is meant, it is not the one asked about before."""
    words = Lexicon(lang)
    text = after(words.follow_and, question.strip(" ¿?¡!."))
    return text != question.strip(" ¿?¡!.") and fold(text) in words.person_pronouns


# Names ----------------------------------------------------------------------------------------------------------------------


def speaker_of(question: str, lang: str) -> str:
    """Whom a question asks about: whose words, or who somebody is; "" for any other question."""
    for tried in dict.fromkeys((lang, identify(question, default=lang))):
        said = who_said.read(question, tried, list, SOME_DAY)
        if said and said.speaker:
            return said.speaker
        if speakers := question_kind.asked_speakers(question, tried):
            return " ".join(speakers)
        names = _first_names(question, tried)
        named = {stem for name in names for stem in content_stems(name, tried)}
        if names and question_kind.kind(question, tried) == "who" and not content_stems(question, tried) - named:
            return " ".join(names)
    return ""


def _full_name(question: str, lang: str) -> str:
    """The one name of several words in a question that does not ask who it is; "" where there are more, or none."""
    names = full_names(question, lang)
    return names[0] if len(names) == 1 and question_kind.kind(question, lang) != "who" else ""


def _first_names(question: str, lang: str) -> tuple[str, ...]:
    """The first run of names of a question: "Elena Robledo"."""
    runs = _runs(question, lang)
    return tuple(WORD.findall(question, runs[0].start, runs[0].end)) if runs else ()


def either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


def after(pattern: re.Pattern[str], text: str) -> str:
    """The text behind what a pattern matches at its beginning; all of it where it does not."""
    folded = Folded(text)
    match = pattern.match(folded.text)
    return text[folded.at(match.end()) :] if match else text
