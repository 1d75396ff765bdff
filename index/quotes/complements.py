"""What is said: the complement of a cue, behind it or in front of it, and where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from index.quotes.noun_phrases import phrase_end
from index.quotes.subjects_behind import right
from index.quotes.tokens import STOPS, Frame, Reading, Token, trim
from index.text.lexicon import Lexicon
from index.text.verb_forms import Cue

NONE = (0, 0)
ENDINGS = frozenset(".?!…,")  # last characters of a quotation after which a new clause begins
HOLDS_NO_SPEECH = frozenset("believes intends finds".split())  # senses whose colon introduces no quotation
SUBJUNCTIVE_WITHIN = 14  # tokens after the comma
ADJUNCTS = 9  # German: tokens of "am Dienstag vor dem Sicherheitsrat" between the verb and the comma
FEW = 4  # tokens of a statement's head that an attribution cuts off
FURTHEST = 16  # tokens between a cue and its "that" or its quotation


def find_content(tokens: Sequence[Token], reading: Reading, later: Sequence[Reading], language: Lexicon) -> None:
    """Sets what is said: a clause that a word or mark announces, a clause in front, or what the cue's frames allow."""
    start = reading.group[1]
    if reading.place == "right":
        start = max(start, reading.subject[1], reading.role[1])
    end = _content_end(tokens, start, later, language)
    if "t" in reading.cue.frames:
        start = _skip_addressee(tokens, start, end, reading, language)
    if start < end and tokens[start].low in language.verb_particles:  # "pointed out"
        start += 1
    if (
        language.subjunctive_verbs
        and start < end
        and tokens[start].low in language.prepositions | language.time_nouns | language.adverbs
    ):
        start = next((n for n in range(start, min(end, start + ADJUNCTS)) if tokens[n].low == ","), start)
    marker = _clause_marker(tokens, start, end, reading, language)
    if marker is not None and reading.group[0] == 0 and reading.cue.shape == "ing":
        end = next((n for n in range(marker, end) if tokens[n].low == "," and tokens[n - 1].quote >= 0), end)
    if marker is not None:
        reading.content, reading.frame = trim(tokens, marker, end), "c"
    elif not _stands_before(tokens, reading, language) and start < end:
        reading.content, reading.frame = _by_frame(tokens, start, end, reading, language)


def _by_frame(
    tokens: Sequence[Token], start: int, end: int, reading: Reading, language: Lexicon
) -> tuple[tuple[int, int], Frame]:
    """The complement that begins right at `start` without "that", and the frame it fits."""
    frames, word = reading.cue.frames, tokens[start]
    if word.low in language.infinitive_marks and "p" not in frames:  # but "apologised to the people for …"
        return (trim(tokens, start, end), "v") if "v" in frames else (NONE, "")
    if "n" in frames and any(token.quote >= 0 for token in tokens[start:end]):
        return trim(tokens, start, end), "n"
    if "p" in frames:
        allowed = _object_prepositions(language, reading.cue.lemma)
        looked = range(start, min(start + (7 if "…" in allowed else 1), end))
        at = next((n for n in looked if tokens[n].low in allowed), -1)
        if at >= 0:
            return trim(tokens, at + 1, end), "p"
    if reading.place == "right":
        return NONE, ""
    bare = "c" in frames and not language.inverts
    if language.subjunctive_verbs and word.low == "," and "c" in frames:  # German: "sagte, er werde kommen"
        verb = any(token.low in language.subjunctive_verbs for token in tokens[start + 1 : start + SUBJUNCTIVE_WITHIN])
        return (trim(tokens, start, end), "c") if verb else (NONE, "")
    if bare and word.low == "," and reading.cue.lemma in language.chief_verbs and end - start > 5:
        quoted_before = any(token.quote >= 0 for token in tokens[:start])
        return (NONE, "") if quoted_before else (trim(tokens, start, end), "c")  # "says, win or lose, he will stay"
    if bare and _starts_clause(tokens, start, end, language):
        return trim(tokens, start, end), "c"
    noun = word.capital or word.low in language.determiners or word.low in language.pronouns or word.quote >= 0
    return (trim(tokens, start, end), "o") if "o" in frames and noun else (NONE, "")


@cache
def _object_prepositions(language: Lexicon, verb: str) -> frozenset[str]:
    """Those that the object of a verb may begin with, and "…" if other words may stand between."""
    table = language.object_prepositions
    return frozenset(table.get(verb, table.get("*", "")).split())


def _starts_clause(tokens: Sequence[Token], start: int, end: int, language: Lexicon) -> bool:
    """Whether a clause may begin here without "that", and not an adjunct of time or place."""
    low = tokens[start].low
    adjunct = low in language.time_nouns or low in language.prepositions or low in language.conjunctions
    return end - start >= 2 and not adjunct and low != "," and low not in STOPS


def _skip_addressee(tokens: Sequence[Token], start: int, end: int, reading: Reading, language: Lexicon) -> int:
    """Past the person spoken to: "told reporters that"."""
    if start < end and tokens[start].low in language.topic_prepositions:
        return start
    for n in range(start, min(end, start + 14)):
        word = tokens[n]
        mark = word.low in language.that or word.low in (":", ",") or word.low in language.complement_words
        if mark or word.quote >= 0:
            named = next((k for k in range(start, n) if _is_adjunct(tokens[k].low, language)), n)
            if named > start:
                reading.addressee = (start, named)
            return n
    phrase = start
    if start < end and (tokens[start].low in language.pronouns or tokens[start].low in language.addressees):
        phrase = start + 1
    else:
        while phrase < end and tokens[phrase].capital:
            phrase += 1
        if phrase == start and start + 1 < end and tokens[start].low in language.determiners:
            phrase = start + 2
            while phrase < end and tokens[phrase - 1].capital and tokens[phrase].capital:  # "the Arden Post"
                phrase += 1
    if phrase > start:
        reading.addressee = (start, phrase)
    return phrase


def _is_adjunct(low: str, language: Lexicon) -> bool:
    return low in language.time_nouns or (low in language.prepositions and low not in language.case_prepositions)


def _clause_marker(tokens: Sequence[Token], start: int, end: int, reading: Reading, language: Lexicon) -> int | None:
    """Where the complement begins, if "that", a colon or a quotation shows it."""
    for n in range(start, min(end, start + FURTHEST)):
        word = tokens[n]
        if word.low in language.that:
            if n == start and reading.place == "right" and any(token.quote >= 0 for token in tokens[: reading.at]):
                return None  # “…,” said a director who asked not to be named
            reading.that = True
            return n + 1
        if word.quote >= 0:
            if reading.cue.frames == "v":
                return None  # "with rents declining, “there is no reason”"
            # Adjuncts may stand between the cue and the quotation, but the quotation is not part of one: on ABC’s “This Week”.
            before = tokens[n - 1].low
            part = (
                before.endswith(language.possessive_endings)
                or before in language.determiners
                or before in language.prepositions
            )
            if n == start and "c" not in reading.cue.frames:  # "reads “The Post” every day" says nothing
                return n if n + 1 == end or tokens[n + 1].low in (",", ":") or tokens[n + 1].quote >= 0 else None
            return n if n == start or not part else None
        if word.low == ":":
            return None if reading.cue.sense in HOLDS_NO_SPEECH else n + 1
        if word.low == "," and n > start and n + 1 < end and tokens[n + 1].quote >= 0:
            return n + 1
        if n == start:
            if word.low in language.if_words:
                return n
            if word.low in language.clause_breaks and word.low not in language.relatives and reading.place != "right":
                return n
            timed = (
                word.low in language.time_nouns or word.low in language.adverbs or word.low.endswith(language.adverb_endings)
            )
            if word.low in language.determiners and n + 1 < end and tokens[n + 1].low in language.time_nouns:
                continue  # "aseguró el miércoles que"
            if not (timed or word.low in language.prepositions or word.low in language.article_prepositions or word.low == ","):
                colon = next((k for k in range(n + 1, min(end - 1, n + 5)) if tokens[k].low == ":"), -1)
                return colon + 1 if colon > 0 and tokens[colon + 1].quote >= 0 else None  # "dijo emocionado: “…”"
        elif n > start + 1 and language.speech_verbs and not word.capital:
            cue = language.speech_verbs.get(word.low)
            noun = tokens[n - 1].low in language.determiners or tokens[n - 1].low in language.prepositions  # "en su cuenta de"
            if cue is not None and cue.shape == "finite" and not noun:
                return None
    return None


def _stands_before(tokens: Sequence[Token], reading: Reading, language: Lexicon) -> bool:
    """Whether the statement stands in front, "…, X said" at the end of a sentence; sets the content if so."""
    if not set(reading.cue.frames) & set("cdt") or reading.place not in ("left", "right", ""):
        return False
    first, after = reading.group
    if reading.place == "left":
        first = min(first, *(span[0] for span in (reading.subject, reading.role) if span != NONE))
    elif reading.place == "right":
        after = max(after, reading.subject[1], reading.role[1])
    least = 3 if any(token.quote >= 0 for token in tokens[:first]) else 5
    if first < least or tokens[first - 1].low != ",":
        return False
    if reading.cue.sense == "asserts" and _ends_telling(tokens, reading.addressee, language):
        after = max(after, reading.addressee[1])  # "…, Ann Lee told reporters on Friday", but not "…, they asked me to"
    if after < len(tokens):
        rest = tokens[after]
        adjunct = rest.low in language.prepositions or rest.low in language.time_nouns or rest.low in language.clause_breaks
        dated = rest.low in language.determiners and after + 1 < len(tokens) and tokens[after + 1].low in language.time_nouns
        adjunct = adjunct or dated  # "dijo el martes"
        if not (adjunct or rest.low in STOPS or rest.low == "," or rest.quote >= 0):
            return False
    start = first - 1
    while start > 0 and not _ends_before(tokens, start - 1):
        start -= 1
    if tokens[start].low in language.conjunctions:
        start += 1
    length = first - 1 - start
    adverbial = tokens[start].low in language.prepositions and not language.inverts and length < 8
    if length < (2 if any(token.quote >= 0 for token in tokens[start : first - 1]) else 4) or adverbial:
        return False
    reading.content, reading.frame = (start, first - 1), "c"
    return True


def _ends_telling(tokens: Sequence[Token], addressee: tuple[int, int], language: Lexicon) -> bool:
    """Whether nothing more is told behind the one spoken to: the clause ends, or its day or place follows."""
    first, after = addressee
    small = language.determiners | language.addressees | language.pronouns
    if first == after or not all(token.capital or token.low in small for token in tokens[first:after]):
        return False
    low = tokens[after].low if after < len(tokens) else "."
    adjunct = low in language.prepositions - language.infinitive_marks - language.inner_prepositions
    return adjunct or low in language.time_nouns or low in STOPS or low == ","


def _ends_before(tokens: Sequence[Token], n: int) -> bool:
    """Whether a statement that stands before its cue cannot reach over token `n`."""
    return tokens[n].low in (";", ":") or (tokens[n].ending in ENDINGS and tokens[n].quote >= 0) or is_glued_stop(tokens, n)


def is_glued_stop(tokens: Sequence[Token], n: int) -> bool:
    """Whether token `n` is a full stop that lost its space: "than Russia.a State"."""
    if tokens[n].low != "." or not 0 < n < len(tokens) - 1:
        return False
    return tokens[n].end == tokens[n + 1].start and tokens[n + 1].low[0].isalpha() and len(tokens[n - 1].low) > 2


def _content_end(tokens: Sequence[Token], start: int, later: Sequence[Reading], language: Lexicon) -> int:
    """Where the complement ends: at the sentence's end, or before the next attribution."""
    end = len(tokens)
    while end > start and tokens[end - 1].low in (".", "!", "…", ";", "?") and tokens[end - 1].quote < 0:
        end -= 1
    end = next((n for n in range(start, end) if (tokens[n].low == ";" and n > start + 3) or is_glued_stop(tokens, n)), end)
    for other in later:
        if other.group[0] <= start:
            continue
        if other.place == "according":
            return min(end, _before_comma(tokens, other.group[0]))
        lead = min(other.group[0], other.subject[0]) if other.place == "left" else other.group[0]
        before = tokens[lead - 1].low if lead else ""
        earlier = tokens[lead - 2] if lead >= 2 else tokens[0]
        if before == "," and earlier.quote >= 0 and other.place in ("", "right"):
            return min(end, lead - 1)  # “…”, señaló
        if (before in language.relatives or before in language.oblique_relatives) and earlier.low == ",":
            return min(end, lead - 2)
        if language.dash_speech and before in ("–", "—") and other.place in ("", "right"):
            return min(end, lead - 1)  # "… – relacjonuje rozgłośnia"
        if before == "," and other.cue.shape == "ing":
            return min(end, lead - 1)
        joined = before in language.conjunctions and other.cue.shape == "finite"
        if joined and (other.place == "shared" or (other.place == "left" and earlier.low == ",")):
            return min(end, _before_comma(tokens, lead - 1))
    return end


def _before_comma(tokens: Sequence[Token], at: int) -> int:
    return at - 1 if at and tokens[at - 1].low == "," else at


def according(tokens: Sequence[Token], language: Lexicon) -> list[Reading]:
    """Cues without a verb: "according to X", "según informó X", "in his view", "for X, it is clear: “…”"."""
    readings: list[Reading] = []
    lows = [token.low for token in tokens]
    announcing = _announcing(language)
    for at, low in enumerate(lows):
        for phrase in announcing.get(low, ()):
            after = at + len(phrase)
            if lows[at:after] != list(phrase):
                continue
            cue = Cue(" ".join(phrase), "asserts", "c")
            if phrase in language.own_view:
                free = language.name_ends_phrase
                if after < len(tokens) and (free or lows[after] == "," or tokens[after].quote >= 0):
                    readings.append(Reading(cue, at, (at, after), place="according"))
                break
            named = after
            after, subject = _source(tokens, after, language)
            if language.name_ends_phrase:
                subject = _first_name(tokens, subject, language)
            if tokens[subject[0] : subject[1]] and tokens[subject[0]].low in language.no_sources:
                break  # "according to plan"
            if subject[1] > subject[0] and (after > named or phrase not in language.according_with_verb):
                readings.append(Reading(cue, at, (at, after), subject, place="according"))
            break
    if lows and lows[0] in language.viewpoint and any(token.quote >= 0 for token in tokens[2:]):
        after, subject = _source(tokens, 1, language)
        named = any(token.capital or token.low in language.offices for token in tokens[slice(*subject)])
        if after == 1 and named and subject[1] < len(tokens) and lows[subject[1]] == ",":
            readings.insert(0, Reading(Cue(lows[0], "asserts", "c"), 0, (0, 1), subject, place="according"))
    return readings


@cache
def _announcing(language: Lexicon) -> dict[str, list[tuple[str, ...]]]:
    """`own_view` and `according` by their first words, in their order."""
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for phrase in (*language.own_view, *language.according, *language.according_with_verb):
        phrases.setdefault(phrase[0], []).append(phrase)
    return phrases


def _source(tokens: Sequence[Token], after: int, language: Lexicon) -> tuple[int, tuple[int, int]]:
    """End of the cue, and who is named behind it."""
    while after < len(tokens) and tokens[after].low in language.source_fillers:
        after += 1
    if after < len(tokens) and tokens[after].low in language.speech_verbs and not tokens[after].capital:
        after += 1  # "según informó la televisión"
        subject = right(tokens, after, language)
        if subject is None and language.no_articles:  # "jak twierdzi inwestor"
            return after, (after, phrase_end(tokens, after, language, 3))
        return after, (subject or (NONE, NONE))[0]
    apposed = right(tokens, after, language)
    if (
        apposed is not None
        and apposed[1][0] == after
        and any(token.low in language.offices for token in tokens[slice(*apposed[1])])
    ):
        return after, apposed[0]  # "según el secretario general, Ana Ruiz"
    end = phrase_end(tokens, after, language, 20)
    if end < len(tokens) - 1 and tokens[end].low in language.like_words:  # "media such as"
        end = phrase_end(tokens, end + 1, language, 12)
    return after, (after, end)


def _first_name(tokens: Sequence[Token], span: tuple[int, int], language: Lexicon) -> tuple[int, int]:
    """The first word alone of a source that is neither a name nor an office: nothing shows where its phrase ends."""
    sure = any(token.capital or token.low in language.offices for token in tokens[slice(*span)])
    return span if sure or span[1] <= span[0] else (span[0], span[0] + 1)


def find_according_content(tokens: Sequence[Token], reading: Reading, later: Sequence[Reading], language: Lexicon) -> None:
    """Sets what is said "according to X": the rest of the sentence, behind or in front."""
    first, after = reading.group[0], max(reading.group[1], reading.subject[1])
    end = _content_end(tokens, after, [other for other in later if other.cue.lemma not in language.citing_verbs], language)
    said = next((n for n in range(after, min(after + 2, len(tokens))) if tokens[n].low not in (",", ":")), after)
    if first <= 1 and said < len(tokens) and tokens[said].quote >= 0 and any(other.group[0] > said for other in later):
        reading.content, reading.frame = (said, said + 1), "c"  # "According to X “…”, but Y said"
        return
    if first <= 1:
        comma = next((n for n in range(after, end) if tokens[n].low == ","), end)
        if any(tokens[n].low in language.citing_forms for n in range(after, min(comma + 2, end))) and tokens[after].low == ",":
            comma = next((n for n in range(comma + 1, end) if tokens[n].low == ","), end)
        no_comma = language.capital_nouns or language.name_ends_phrase  # German: "Laut X fehlen Lehrer"
        if comma < end or no_comma:
            reading.content, reading.frame = _after_its_colon(tokens, trim(tokens, comma if comma < end else after, end)), "c"
        return
    start = first
    while start > 0 and tokens[start - 1].low not in (";", ":"):
        start -= 1
    if start < first and tokens[start].low in language.conjunctions:
        start += 1
    inserted = tokens[first - 1].low == "," and after < end and tokens[after].low == ","
    small = language.clause_breaks | language.conjunctions | language.prepositions
    head = first - 1 - start
    if (
        inserted and head <= FEW and end - after > 2 * head and tokens[after + 1].low not in small
    ):  # "The bridge, according to X, will open in May"
        reading.content, reading.frame = trim(tokens, after, end), "c"
        return
    reading.content, reading.frame = trim(tokens, start, first), "c"


def _after_its_colon(tokens: Sequence[Token], span: tuple[int, int]) -> tuple[int, int]:
    """The quotation alone where a colon introduces it: "According to X, it is clear: “…”"."""
    first, after = span
    return (after - 1, after) if after - first > 2 and tokens[after - 1].quote >= 0 and tokens[after - 2].low == ":" else span
