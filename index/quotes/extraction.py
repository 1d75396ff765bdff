"""Pure: text -> who said what.

    paragraphs and quotation marks (`index.text.quotation_marks`) -> sentences with each quotation as one token (`masking`),
    read for cues with their subjects and complements (`parsing`) -> statements, announced or going on (`attribution`) -> names
    (`people`, `coreference`), occasions (`occasions`) and dates (`index.text.dates`)

Rules, not a model: they read every language whose file has verbs of speech (`Lexicon.speech_verbs`), explain themselves, and
cost about a millisecond for a passage. Measurements are in scripts/LOG.md; `python scripts/eval.py quotes` repeats them. Where
the rules are unsure of the speaker they say so: interfaces show a speaker of a `confidence` under `UNCLEAR` as unclear.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal, cast

from index.quotes import tokens as clauses
from index.quotes import transcripts
from index.quotes.attribution import drafts
from index.quotes.chains import chains
from index.quotes.chinese_japanese import Saying, sayings
from index.quotes.coreference import ResolvedSpeaker, resolve
from index.quotes.job_titles import role_words
from index.quotes.masking import ParsedSentence, pieces, read_all, written
from index.quotes.naming import CAPITALS, Referent
from index.quotes.occasions import addressed, occasion
from index.quotes.people import People, Person, people
from index.quotes.tokens import Kind, Reading
from index.quotes.topics import Topic, topics_of
from index.quotes.unresolved import CONFIDENCE, NO_CUE, PLACES, UnresolvedStatement
from index.records import Period
from index.text import dates, quotation_marks
from index.text.fold import fold
from index.text.language import identify
from index.text.lexicon import Lexicon
from index.text.name_cases import nominative
from index.text.person_names import WORD
from index.text.verb_forms import Sense

UNRESOLVED = 0.4  # a factor: of a pronoun that names nobody
UNCLEAR = 0.5  # a speaker of lower confidence is not shown as a fact
MINOR = frozenset(
    "believes intends praises criticizes agrees refuses finds".split()
)  # senses that inside another's words are part of them
NEGATED: dict[Sense, Sense] = {"asserts": "silent", "finds": "silent", "believes": "denies", "intends": "refuses"}
CAPITAL = re.compile(r"(?<![^\W_])[^\W\da-zß-ÿ_]")  # at the head of a word


Words = Literal["original", "translated", ""]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One stretch of somebody's words, or of a report of them. Offsets are code points of the text, half open.

    A quotation that an attribution interrupts (“A,” she said. “B.”) is two statements with the same cue and speaker.
    """

    start: int  # quotation marks included
    end: int
    kind: Kind  # direct: only the speaker's words | mixed: partly quoted | indirect
    cue_start: int | None = None  # the verb with its auxiliaries, or "according to"; None when nothing announces it
    cue_end: int | None = None
    speaker: str = ""  # as written: "he", "the minister", "Lavrov"; the resolved name where the sentence leaves it out
    speaker_start: int | None = None
    speaker_end: int | None = None
    speaker_resolved: str = ""  # the fullest name in the article; "" where it is not certain
    role: str = ""  # as written beside the name here or elsewhere in the article: "president of Russia"
    verb: str = ""  # its lemma in English and Spanish, elsewhere as written
    sense: Sense = ""
    confidence: float = 0.0  # that the speaker is right, 0..1
    addressee: str = ""  # "reporters"
    event: str = ""  # venue or occasion as written: "during a session of the Security Council", "from New York"
    event_start: int | None = None
    event_end: int | None = None
    event_from: int | None = None  # seconds since 1970, UTC, as in Period; from a date beside the cue and the publication date
    event_to: int | None = None
    chain: tuple[str, ...] = ()  # who passed it on, innermost first: ("US intelligence sources", "The New York Times")
    lang: str = ""
    words: Words = ""  # original | translated: the article says that its language was spoken, or another; "" (not told)


def statements(text: str, *, lang: str = "", title: str = "", published: Period | None = None) -> list[Statement]:
    """Who said what in `text`, in order of start.

    `lang`: BCP 47 tag; without one the text is looked at. `title` adds names.
    `published` dates "on Monday".

    >>> text = "“We will come,” Ann Lee said. She denied that it was late."
    >>> [(s.speaker, s.kind, s.verb) for s in statements(text, lang="en")]
    [('Ann Lee', 'direct', 'say'), ('She', 'indirect', 'deny')]
    """
    tag = lang.split("-")[0].lower() or identify(text)
    if tag in ("zh", "ja"):
        return [_of_saying(text, tag, saying) for saying in sayings(text, tag, quotation_marks.quotes(text, lang=tag))]
    language = Lexicon(tag)
    paragraphs = quotation_marks.paragraphs(text)
    quoted = pieces(text, paragraphs, quotation_marks.quotes(text, paragraphs, tag), language)
    glued = clauses.lost_spaces(text, language)
    read_sentences = read_all(text, tag, language, paragraphs, quoted, glued)
    drafted = drafts(text, read_sentences, quoted, language)
    own = [draft for draft in drafted if _of_own_text(text, read_sentences[draft.source], draft, language)]
    if own and any(language.corrects.search(fold(part)) for part in (title, text)):
        drafted = [draft for draft in drafted if draft not in own]
    lines = transcripts.lines(
        text, language, paragraphs, [(statement.start, statement.end) for statement in drafted if statement.kind == "direct"]
    )
    spoken = transcripts.answers(text, language, paragraphs)
    if not (drafted or lines or spoken):
        return []  # reading the names would take half of the time
    table = people(f"{text}\n{title}", language, glued)
    resolved = _resolved(text, tag, language, read_sentences, drafted, table, published)
    if lines:
        resolved = sorted(
            [*resolved, *(_of_line(text, tag, line, table) for line in lines)],
            key=lambda statement: (statement.start, -statement.end),
        )
    if spoken:
        who = table.interviewed(spoken[0][0])
        answered = (
            _of_answer(tag, span, who) for span in spoken if not any(overlapping(span, (s.start, s.end)) for s in resolved)
        )
        resolved = sorted([*resolved, *answered], key=lambda statement: (statement.start, -statement.end))
    return list(_nested(resolved))


def _of_own_text(text: str, sentence: ParsedSentence, draft: UnresolvedStatement, language: Lexicon) -> bool:
    """Whether the speaker is "the article": in a correction that is the report that it corrects, and nobody who spoke."""
    words = WORD.findall(written(text, sentence.span(draft.reading.subject if draft.reading else (0, 0))).lower())
    return 0 < len(words) < 3 and re.split("['’]", words[-1])[-1] in language.own_texts


def overlapping(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Whether two spans share a character."""
    return a[0] < b[1] and b[0] < a[1]


def _of_answer(tag: str, span: tuple[int, int], who: Person | None) -> Statement:
    name = who.name if who else ""
    return Statement(
        start=span[0], end=span[1], kind="direct", speaker=name, speaker_resolved=name, sense="asserts",
        confidence=CONFIDENCE["announced"] if who else 0.0, lang=tag,
    )  # fmt: skip


def _of_saying(text: str, tag: str, saying: Saying) -> Statement:
    cue, who = saying.cue or (None, None), saying.who or (None, None)
    return Statement(
        start=saying.start, end=saying.end, kind=saying.kind, cue_start=cue[0], cue_end=cue[1], speaker=written(text, who),
        speaker_start=who[0], speaker_end=who[1], speaker_resolved=saying.name, verb=saying.verb, sense=saying.sense,
        confidence=saying.confidence, lang=tag,
    )  # fmt: skip


def _of_line(text: str, tag: str, line: transcripts.Line, table: People) -> Statement:
    name = written(text, line.name)
    person = table.find(name.title() if name.isupper() else name)
    return Statement(
        start=line.said[0], end=line.said[1], kind="direct", speaker=name, speaker_start=line.name[0], speaker_end=line.name[1],
        speaker_resolved=person.name if person else name, sense="asserts", confidence=CONFIDENCE["headline"], lang=tag,
    )  # fmt: skip


def _resolved(
    text: str,
    tag: str,
    language: Lexicon,
    read_sentences: Sequence[ParsedSentence],
    drafted: Sequence[UnresolvedStatement],
    table: People,
    published: Period | None,
) -> list[Statement]:
    """The drafts with their speakers' names, occasions and dates."""
    topics = cache(lambda number: topics_of(text, read_sentences[number], language))
    turns: list[ResolvedSpeaker] = []
    known: dict[int, Referent] = {}  # by reading: an interrupted quotation has one speaker
    passed_on = {key: chain for sentence in read_sentences for key, chain in chains(text, language, sentence)}
    resolved: list[Statement] = []
    for draft in drafted:
        reading, sentence = draft.reading, read_sentences[draft.source]
        phrase = written(text, sentence.span(reading.subject if reading else (0, 0)))
        referent = known.get(id(reading)) if reading else None
        if referent is None:
            referent = _referent(draft, read_sentences, phrase, tag, turns, topics, table)
        if reading is not None:
            known[id(reading)] = referent
        passing = reading is not None and reading.place == "according" and not _spoke_on(referent, language)
        if draft.how != "inside":
            end = sentence.span(reading.subject)[1] if reading is not None and reading.frame == "o" else 0
            turns.append(ResolvedSpeaker(draft.sentence, referent.person, phrase, passing, referent.name, end or 0))
        chain = passed_on.get(id(reading), ()) if reading else ()
        resolved.append(_statement(text, tag, language, sentence, draft, phrase, referent, chain, published))
    return resolved


def _referent(
    draft: UnresolvedStatement,
    read_sentences: Sequence[ParsedSentence],
    phrase: str,
    tag: str,
    turns: Sequence[ResolvedSpeaker],
    topics: Callable[[int], Sequence[Topic]],
    table: People,
) -> Referent:
    """Whom the subject of a draft means."""
    reading, sentence, language = draft.reading, read_sentences[draft.source], table.language
    if reading is not None and reading.place in ("impersonal", "nobody"):
        return Referent(None, "", 0.0)
    start, _ = sentence.span(reading.subject if reading else (0, 0))
    place = start if start is not None else sentence.tokens[reading.at].start if reading else draft.start
    oblique = bool(language.name_endings) and reading is not None and _governs(reading)
    referent = resolve(
        _nominative(phrase, tag) if oblique else phrase,
        place,
        draft.sentence if draft.how == "inside" else draft.source,
        turns,
        topics,
        table,
        read_sentences,
        _is_plural(sentence, reading, language),
    )
    return _in_nominative(referent, phrase, tag) if oblique else referent


def _statement(
    text: str,
    tag: str,
    language: Lexicon,
    sentence: ParsedSentence,
    draft: UnresolvedStatement,
    phrase: str,
    referent: Referent,
    chain: tuple[str, ...],
    published: Period | None,
) -> Statement:
    reading = draft.reading
    start, end = sentence.span(reading.subject if reading else (0, 0))
    cue = sentence.span(reading.group if reading else (0, 0))
    others = [other.content for other in sentence.readings if other is not reading]
    event = sentence.span(_event(sentence, reading, others, language) if reading else (0, 0))
    date = _date(text, tag, language, sentence, draft, published) if published and reading else None
    return Statement(
        start=draft.start, end=draft.end, kind=draft.kind, cue_start=cue[0], cue_end=cue[1],
        speaker=phrase or referent.name, speaker_start=start, speaker_end=end, speaker_resolved=referent.name,
        role=written(text, sentence.span(reading.role if reading else (0, 0))) or _role(referent),
        verb=reading.cue.lemma if reading else "", sense=_sense(reading, language),
        confidence=_confidence(draft, phrase, referent, language),
        addressee=written(text, sentence.span(reading.addressee if reading else (0, 0))),
        event=written(text, event), event_start=event[0], event_end=event[1],
        event_from=date.start if date else None, event_to=date.end if date else None,
        chain=chain, lang=tag, words=_words(text, language, sentence) if draft.kind != "indirect" else "",
    )  # fmt: skip


def _event(sentence: ParsedSentence, reading: Reading, others: Sequence[tuple[int, int]], language: Lexicon) -> tuple[int, int]:
    """Tokens of the occasion: what stands beside the cue, else who is spoken to; (0, 0) if neither names one."""
    return occasion(sentence.tokens, reading, others, language) or addressed(sentence.tokens, reading, language) or (0, 0)


def _governs(reading: Reading) -> bool:
    """Whether "according to" puts its source into another case: not so "according to what X said"."""
    return reading.place == "according" and reading.group[1] - reading.group[0] == len(reading.cue.lemma.split())


def _in_nominative(referent: Referent, phrase: str, lang: str) -> Referent:
    """With the name in the nominative, where the article has it in no other case than `phrase` does."""
    person = referent.person
    if person is None or person.name not in phrase:
        return referent
    person.name = nominative(person.name, lang)
    return replace(referent, name=person.name)


def _nominative(phrase: str, lang: str) -> str:
    """Вера Соколова for "мэра Веры Соколовой"; a description without a full name as it stands."""
    name = CAPITALS.search(phrase)
    return nominative(name[0], lang) if name is not None and (" " in name[0] or name[0] == phrase) else phrase


def _spoke_on(referent: Referent, language: Lexicon) -> bool:
    """Whether "agregó" may go on with "según Ana Paz"."""
    return language.elides_subject and referent.person is not None and referent.person.human


def _is_plural(sentence: ParsedSentence, reading: Reading | None, language: Lexicon) -> bool:
    if reading is None or reading.place == "according" or not language.elides_subject:
        return False
    first = next(n for n in range(*reading.group) if n == reading.at or sentence.tokens[n].low not in language.adverbs)
    return sentence.tokens[first].low.endswith(language.plural_verb_endings)


def _confidence(draft: UnresolvedStatement, phrase: str, referent: Referent, language: Lexicon) -> float:
    """That the speaker is right: by the way it was found, the subject's place, and how sure the name is."""
    reading = draft.reading
    value = CONFIDENCE[draft.how] * (PLACES[reading.place] if reading else 1.0)
    if not phrase:
        own = reading is None or reading.place == "according"  # "à son avis"
        value *= referent.certainty if language.elides_subject or own else 0.5 * referent.certainty
    elif (
        draft.how in ("colon", "colon of one")
        and referent.person is None
        and not (role_words(phrase, language) or CAPITAL.search(phrase, 1))
    ):
        value *= 0.7  # "Nuevo: …", "El segundo fue peor: …"
    elif draft.how == "colon of one" and (referent.person is None or not language.governing_words.isdisjoint(phrase.split())):
        value = CONFIDENCE["colon"]  # "El padre de Ana Ruiz estalla: …"
    elif phrase.lower() in language.he | language.she:
        value *= referent.certainty if referent.name else UNRESOLVED
    elif not referent.name and phrase.lower() in language.pronouns | language.they | language.first_person:
        value *= UNRESOLVED  # "they", "I": nobody is named
    return round(min(value, CONFIDENCE[draft.how]) if reading is None or draft.how in NO_CUE else value, 3)


def _role(referent: Referent) -> str:
    """What the article calls the person elsewhere."""
    return referent.person.roles[0] if referent.person is not None and referent.person.roles else ""


def _sense(reading: Reading | None, language: Lexicon) -> Sense:
    """The verb's sense; "did not say" reports a silence, "does not think" a denial."""
    if reading is None:
        return ""
    other = language.frame_senses.get(f"{reading.cue.lemma} {reading.frame}")
    if other is not None:
        return cast(Sense, other)
    return NEGATED.get(reading.cue.sense, reading.cue.sense) if reading.negated else reading.cue.sense


def _words(text: str, language: Lexicon, sentence: ParsedSentence) -> Words:
    """original | translated, where the sentence says in which language its quotation was spoken; "" where it does not."""
    if not any(token.quote >= 0 for token in sentence.tokens):
        return ""
    named = language.spoken_in.search(text, sentence.start, sentence.end)
    spoken = language.spoken_languages.get(named["tongue"].lower()) if named is not None else None
    return "" if spoken is None else "original" if spoken == language.lang else "translated"


def _date(
    text: str, tag: str, language: Lexicon, sentence: ParsedSentence, draft: UnresolvedStatement, published: Period
) -> Period | None:
    """The date beside the cue and outside what is said: "on Monday". None if the sentence names none."""
    if not any(token.low in language.time_nouns or token.low.isdecimal() for token in sentence.tokens) or draft.reading is None:
        return None
    at = sentence.tokens[draft.reading.at].start - sentence.start
    content = sentence.span(draft.reading.content) if draft.kind != "direct" else (None, None)
    outside = [
        mention
        for mention in dates.mentions(text[sentence.start : sentence.end], published, tag)
        if mention.kind in ("day", "month", "relative")
        and not (content[0] is not None and content[0] <= sentence.start + mention.start < content[1])
        and not any(token.quote >= 0 and token.start <= sentence.start + mention.start < token.end for token in sentence.tokens)
    ]
    near = min(outside, key=lambda mention: abs(mention.start - at), default=None)
    return near.period if near is not None and abs(near.start - at) < 160 else None


def _nested(statements: Sequence[Statement]) -> Iterator[Statement]:
    """Inside another's words a statement is passed on by that speaker; an attitude there is part of what is said."""
    open_: list[Statement] = []  # sorted by start: those that may contain the next
    for statement in statements:
        open_ = [other for other in open_ if other.end > statement.start]
        outer = [
            other
            for other in open_
            if statement.end <= other.end
            and other.cue_start != statement.cue_start
            and not (other.speaker_start is not None and statement.start <= other.speaker_start < statement.end)
        ]
        open_.append(statement)
        same = bool(outer) and statement.end - statement.start == outer[-1].end - outer[-1].start
        if outer and (statement.sense in MINOR or same):
            continue
        if outer and not statement.chain:
            passed = [other.speaker_resolved or other.speaker for other in reversed(outer)]
            chain = tuple(dict.fromkeys([statement.speaker_resolved or statement.speaker, *passed]))
            statement = replace(statement, chain=chain if len(chain) > 1 and "" not in chain else ())
        yield statement
