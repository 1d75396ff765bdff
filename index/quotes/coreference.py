"""Pure: whom a speaker's phrase means at its place: "he", "the minister", "Lavrov", or nothing at all (Spanish "dijo").

resolve -> a name: the article's full form | a description: the one person described so | a pronoun or nothing: the
person who spoke or was the subject last, if the gender allows it
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from index.quotes.job_titles import role_words
from index.quotes.masking import ParsedSentence
from index.quotes.naming import CAPITALS, Referent, named, surname_of_several
from index.quotes.people import Gender, People, Person
from index.quotes.topics import Topic
from index.text.lexicon import Lexicon
from index.text.person_names import FEMALE, MALE, plain

ANYTHING = 0.5  # "el estudio señala … Subraya": right too seldom to be shown as the speaker
LOOK_BACK = 4  # sentences
APPOSED = 40  # characters behind "The minister" where its name may stand: "The minister, Ann Lee, came"
MOST_TURNS = 60  # speakers so far that are looked at


@dataclass(slots=True)
class ResolvedSpeaker:
    """A speaker already resolved."""

    sentence: int
    person: Person | None
    phrase: str
    passing: bool = False  # a source beside the sentence, "according to Ann Lee": what goes on is seldom hers
    name: str = ""  # of the person, or as far as it is known
    end: int = 0  # of its phrase, where it only names somebody or something: "Ann Lee accused Mary Poe"


class Subject(NamedTuple):
    """Who spoke in a sentence, or whom it begins with."""

    person: Person | None
    phrase: str
    spoke: bool
    aside: bool = False  # no subject: "according to Ann Lee", "Ann Lee's boat"
    name: str = ""  # of somebody who is called "he" and whose full name the article does not have
    end: int = 0  # of its phrase, where it reports nothing: "Ann Lee sued Mary Poe"


def resolve(
    phrase: str,
    place: int,
    sentence: int,
    turns: Sequence[ResolvedSpeaker],
    topics: Callable[[int], Sequence[Topic]],
    table: People,
    sentences: Sequence[ParsedSentence],
    several: bool = False,
) -> Referent:
    """Whom `phrase` (as written; "" if the sentence has no subject) means at offset `place` of sentence number `sentence`.

    `turns`: the speakers so far. `topics`: for a sentence's number its `topics_of`. `several`: the verb is a plural.
    """
    language = table.language
    words = phrase.lower().replace("’", "'").split()
    head = words[0].split("'")[0] if words else ""
    if len(words) <= 1 and (not words or head in language.he or head in language.she):
        gender: Gender = "f" if head in language.she else "m" if head in language.he else ""
        if gender:
            return _man_or_woman(place, sentence, gender, turns, topics, table, sentences)
        return _antecedent(place, sentence, turns, topics, table, language, several)
    if len(words) == 1 and head in language.they | language.first_person | language.pronouns | language.neutral_words:
        return Referent(None, "", 1.0)
    return named(phrase, place, table, language)


def _man_or_woman(
    place: int,
    sentence: int,
    gender: Gender,
    turns: Sequence[ResolvedSpeaker],
    topics: Callable[[int], Sequence[Topic]],
    table: People,
    sentences: Sequence[ParsedSentence],
) -> Referent:
    """Whom "he" or "she" means where that is sure: the subject named last, if nobody else whom it may mean is named since;
    without a subject the only one named near."""
    unclear = Referent(None, "", 0.9)
    until = _before_adjunct(place, sentences[sentence], table.language)
    for back in range(sentence, max(-1, sentence - LOOK_BACK - 1), -1):
        for subject in _subjects(back, place, turns, topics, table):
            person = subject.person
            behind = 0 if table.language.name_endings else subject.end  # there “Петра Смирнова” may be a man or a woman
            since = sentences[back].start if subject.aside else behind or min(sentences[back].end, place)
            others = [one for one in _named_between(since, until, gender, table, sentences) if one is not person]
            if person is None:
                near = subject.spoke and back >= sentence - 2
                name = subject.name or (_bare_name(subject.phrase, gender, table) if near else "")
                if name and _may_be_meant(subject.phrase, gender, table):
                    return unclear if others else Referent(None, name, 0.8)
                if _may_be_meant(subject.phrase, gender, table) and (back < sentence or " " in subject.phrase):
                    return unclear
            elif not person.body and _fits(person, gender):
                near, rival = subject.spoke and back >= sentence - 1, _has_rival(person, place, gender, table)
                sure = near or not rival if _is_somebody(person) else near and not rival
                if others or not sure:
                    return unclear
                return Referent(person, person.name, 0.9 if back >= sentence - 2 else 0.8)
    alone = _only_one_named(until, sentence, gender, table, sentences)
    return Referent(alone, alone.name, 0.8) if alone is not None else unclear


def _only_one_named(
    until: int, sentence: int, gender: Gender, table: People, sentences: Sequence[ParsedSentence]
) -> Person | None:
    """The one man, or woman, named since the paragraph began, with no "he" in front of the name that means another."""
    begin = min(one.start for one in sentences if one.paragraph == sentences[sentence].paragraph)
    near = _named_between(begin, until, gender, table, sentences)
    if len(near) != 1 or not (near[0].human and near[0].gender):
        return None
    first = next(at for at in near[0].places if at >= begin)
    pronouns = table.language.she if gender == "f" else table.language.he
    before = (token for one in sentences if begin <= one.start < first for token in one.tokens if token.start < first)
    return near[0] if all(token.low not in pronouns for token in before) else None


def _before_adjunct(place: int, sentence: ParsedSentence, language: Lexicon) -> int:
    """Where the names end that "he" at `place` may mean: whoever "Speaking to Ann Lee, he said" names is another."""
    first = next((token for token in sentence.tokens if token.quote < 0 and token.low[0].isalnum()), None)
    if first is None or first.start >= place:
        return place
    adjunct = first.low.endswith(language.gerund_endings) or language.asked_participles.match(first.low)
    return sentence.start if adjunct else place


def _subjects(
    sentence: int,
    place: int,
    turns: Sequence[ResolvedSpeaker],
    topics: Callable[[int], Sequence[Topic]],
    table: People,
) -> Iterator[Subject]:
    """Who spoke in a sentence, the last one first, and whom it begins with in front of `place`."""
    language = table.language
    for turn in islice(reversed(turns), MOST_TURNS):
        if turn.sentence < sentence:
            break
        if turn.sentence == sentence and turn.phrase:
            spoken = turn.phrase.lower() in language.he | language.she
            yield Subject(turn.person, turn.phrase, True, turn.passing, turn.name if spoken else "", turn.end)
    for at, phrase, speaks, reports in topics(sentence):
        spoken = phrase.lower() in language.he | language.she  # narrated of whoever was meant before
        if phrase and at < place and not spoken:
            end = at + len(phrase)
            person = named(phrase, end + APPOSED, table, language, given=speaks).person or table.at(end + len(", "))
            owner = _owner(phrase, at, table) if person is None else None
            yield Subject(person or owner, phrase, speaks, owner is not None, end=0 if reports else end)


def _owner(phrase: str, place: int, table: People) -> Person | None:
    """Ann Lee, of "Ann Lee's boat"."""
    owner = phrase[:-2] if phrase.endswith(("’s", "'s")) else ""
    return named(owner, place, table, table.language).person if owner else None


def _bare_name(phrase: str, gender: Gender, table: People) -> str:
    """A given name alone, or a surname behind an office, that the article has in no fuller form: Diana, "president Ruiz"."""
    language, tail = table.language, CAPITALS.search(phrase)
    words = [word for word in tail[0].split() if word.lower() not in language.titles | language.offices] if tail else []
    if not words or words[-1].endswith(("’s", "'s")) or surname_of_several(words[-1], table):
        return ""
    name = plain(words[-1].lower())
    known = len(words) == 1 and name in (FEMALE if gender == "f" else MALE) and name not in (MALE if gender == "f" else FEMALE)
    return words[-1] if known or (role_words(phrase, language) and tail and tail[0] != phrase) else ""


def _may_be_meant(phrase: str, gender: Gender, table: People) -> bool:
    """Whether "he" may mean whom a phrase means: another "he", "the minister", a surname that nobody or several have here."""
    language = table.language
    low = phrase.lower()
    if low in language.he or low in language.she:
        return low in (language.she if gender == "f" else language.he)
    if low in language.they | language.first_person | language.pronouns | language.neutral_words:
        return False
    if role_words(phrase, language):
        return True
    words = low.split()
    capital = phrase[0].isupper() and not _has_article(phrase, language) and (len(words) > 1 or low in table.names)
    return capital and language.bodies.isdisjoint(words) and words[0] not in language.time_nouns


def _named_between(start: int, end: int, gender: Gender, table: People, sentences: Sequence[ParsedSentence]) -> list[Person]:
    """Everybody whom "he" may mean and who is named in a stretch of text, quotations left out."""
    marks = [
        (token.start, token.end)
        for one in sentences
        if one.quoted and one.start < end and start < one.end
        for token in one.tokens
        if token.quote >= 0
    ]
    return [
        person
        for person in (*table.persons, *table.alone)
        if _is_somebody(person)
        and _fits(person, gender)
        and any(start <= at < end and not any(a <= at < b for a, b in marks) for at in person.places)
    ]


def _is_somebody(person: Person) -> bool:
    """Whether a name is a person's: by the given name, an office or a title, or because the surname stands alone."""
    return not person.body and (person.human or person.called)


def _antecedent(
    place: int,
    sentence: int,
    turns: Sequence[ResolvedSpeaker],
    topics: Callable[[int], Sequence[Topic]],
    table: People,
    language: Lexicon,
    several: bool,
) -> Referent:
    """The person a missing subject stands for: who spoke or was the subject last."""
    body: Referent | None = None
    for back in range(sentence, max(-1, sentence - LOOK_BACK - 1), -1):
        for turn in islice(reversed(turns), MOST_TURNS):
            if turn.sentence < back:
                break
            if turn.sentence != back or turn.passing or turn.phrase.lower() in language.they | language.first_person:
                continue
            if turn.person is not None and not turn.person.body:
                if several:
                    continue
                return Referent(turn.person, turn.person.name, 0.9 if back >= sentence - 2 else 0.8)
            if (
                turn.phrase[:1].isupper()
                and turn.person is None
                and back >= sentence - 2
                and not _has_article(turn.phrase, language)
            ):
                if surname_of_several(turn.phrase.split()[-1], table):
                    return Referent(None, "", 0.6)
                return Referent(None, turn.phrase, 0.8)
            if turn.phrase and turn.person is None and body is None and _is_plural(turn.phrase, language) == several:
                body = Referent(None, turn.phrase, ANYTHING)
        for at, topic, speaks, _ in topics(back):
            if not topic or at >= place:
                continue
            person = named(topic, at + len(topic) + APPOSED, table, language, given=speaks).person
            if person is not None and not person.body and not several:
                return Referent(person, person.name, 0.85 if person.human else 0.7)
            if speaks and language.elides_subject and back >= sentence - 1 and _is_bare_name(topic, language):
                return Referent(None, topic, 0.8)  # "AMLO respondió con gracia. “…”, señaló."
    if body is not None:
        return body
    person = None if several else table.nearest(place, "", 400)
    return Referent(person, person.name, ANYTHING) if person is not None else Referent(None, "", 0.0)


def _is_bare_name(phrase: str, language: Lexicon) -> bool:
    """One or two words with capitals, that are nobody named in full."""
    words = phrase.split()
    return len(words) < 3 and all(word[0].isupper() for word in words) and not _has_article(phrase, language)


def _is_plural(phrase: str, language: Lexicon) -> bool:
    """By its article: "las audiciones" did not say "dijo"."""
    return phrase.split()[0].lower() in language.plural_determiners


def _has_article(phrase: str, language: Lexicon) -> bool:
    return phrase.split()[0].lower() in language.determiners


def _has_rival(person: Person, place: int, gender: Gender, table: People) -> bool:
    """Whether a man, or a woman, has been named since somebody of whom the text does not tell that "he" may be meant."""
    if person.human and person.gender:
        return False
    other = table.nearest(place, gender, 400)
    return other is not None and other is not person and other.gender == gender


def _fits(person: Person, gender: Gender) -> bool:
    return person.gender in ("", gender)
