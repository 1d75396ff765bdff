"""Pure: which words of a text are somebody's statement, and which reading of a sentence says whose.

announced: by a cue of the statement's own sentence
unannounced: quotations that stand alone go on with the speaker before, or the sentence before has announced them
passed_on: what a quoted speaker says that others said
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal

from index.quotes import tokens as clauses
from index.quotes.colons import after_colon, headline, of_speech
from index.quotes.masking import ParsedSentence, Piece, inner
from index.quotes.tokens import Reading, Token
from index.quotes.topics import topic
from index.quotes.unresolved import How, UnresolvedStatement, direct
from index.text.lexicon import Lexicon
from index.text.verb_forms import Cue

BETWEEN = frozenset((",", "-", "—", "–", "―", ".", "''"))  # what may stand between a quotation and its cue
AROUND = frozenset((".", ",", "-", "—", "–", "(", ")", "...", "…", "[", "]"))
Span = tuple[int, int]


def drafts(
    text: str, read_sentences: list[ParsedSentence], pieces: Sequence[Piece], language: Lexicon
) -> list[UnresolvedStatement]:
    """All statements, in order of start. Adds to `read_sentences` a sentence for each quotation in which others are quoted."""
    statements = _announced(read_sentences, pieces, language)
    _unannounced(text, read_sentences, pieces, statements, language)
    statements += _passed_on(text, read_sentences, statements, language)
    return sorted(statements, key=lambda draft: (draft.start, -draft.end))


# -------------------------------------------------------------------------------------------------------------- announced


def _announced(
    read_sentences: Sequence[ParsedSentence], pieces: Sequence[Piece], language: Lexicon
) -> list[UnresolvedStatement]:
    statements: list[UnresolvedStatement] = []
    for number, sentence in enumerate(read_sentences):
        if not sentence.quoted and not sentence.readings:
            continue
        tokens = sentence.tokens
        taken: set[int] = set()
        for n, token in enumerate(tokens):  # “…,” X said: the cue right after the quotation
            reading = _claimed_by(sentence, n, pieces, language) if token.quote >= 0 else None
            if reading is not None and not _better_before(sentence, n, reading, language):
                taken.add(n)
                reading.quotes.append(n)
                if reading.content[0] <= n < reading.content[1]:
                    reading.content = (0, 0)
        _truncate(sentence, language)
        for reading in sentence.readings:
            statements += [direct(tokens[n], "after", number, reading) for n in reading.quotes]
            statements += _content(sentence, number, reading, taken, language)
    return statements


def _content(
    sentence: ParsedSentence, number: int, reading: Reading, taken: set[int], language: Lexicon
) -> list[UnresolvedStatement]:
    """The statement that a reading's complement is. `taken`: quotations that a cue behind them has claimed; adds to it."""
    tokens = sentence.tokens
    first, after = reading.content
    if reading.cue.lemma in language.citing_verbs and any(
        other.place == "according" and reading.group[0] - other.subject[1] in (0, 1) for other in sentence.readings
    ):
        return []  # "according to X, citing Y": a link of the chain
    inside = [n for n in range(first, after) if tokens[n].quote >= 0]
    claimed = next((n for n in inside if n in taken), None)
    if claimed is not None:
        first, after = clauses.trim(tokens, first, claimed)
        inside = [n for n in inside if n < after]
        if after - first < 2:
            return []
    if first == after:
        return []
    taken.update(inside)
    if len(inside) == after - first and reading.frame == "c" and not reading.that:
        return [direct(tokens[n], "before", number, reading) for n in inside]
    if reading.place == "nobody" and not inside:
        return []
    kind: Literal["mixed", "indirect"] = "mixed" if inside else "indirect"
    return [UnresolvedStatement(tokens[first].start, tokens[after - 1].end, kind, kind, number, reading, number)]


def _truncate(sentence: ParsedSentence, language: Lexicon) -> None:
    """Ends a content before a later cue in it that has a quotation of its own: "… when he exclaimed: “…”"."""
    tokens = sentence.tokens
    for other in sentence.readings:
        first, after = other.content
        if first == after or other.frame not in ("c", "n") or any(tokens[n].quote < 0 for n in range(first, after)):
            continue
        for reading in sentence.readings:
            nearer = reading.group[1] <= other.group[0] < reading.content[0] < after
            if nearer and other.place in ("left", "right"):  # "said Lee, while Paz has said: “…”"
                reading.content = (0, 0)
            if reading.content[0] < other.group[0] < reading.content[1]:
                lead = min(other.group[0], other.subject[0]) if other.place == "left" else other.group[0]
                while lead > reading.content[0] and tokens[lead - 1].low in language.clause_leads:
                    lead -= 1
                reading.content = clauses.trim(tokens, reading.content[0], lead)


def _claimed_by(sentence: ParsedSentence, n: int, pieces: Sequence[Piece], language: Lexicon) -> Reading | None:
    """The reading that directly follows the quotation at token `n`."""
    tokens = sentence.tokens
    if _is_embedded(sentence, n, language):
        return None
    at = n + 1
    while at < len(tokens) and (tokens[at].low in BETWEEN or tokens[at].quote >= 0) and at - n < 4:
        at += 1
    for reading in sentence.readings:
        if reading.group[0] < at or not set(reading.cue.frames) & set("cdt"):
            continue
        lead = min(reading.group[0], reading.subject[0]) if reading.place == "left" else reading.group[0]
        if reading.place == "left" and reading.role != (0, 0):
            lead = min(lead, reading.role[0])  # “…,” the mayor, Ann Lee, said
        if lead == at:
            return reading
        gap = tokens[at:lead]
        if reading.place == "left" and gap and gap[-1].low in language.conjunctions | language.clause_breaks:
            return None  # “…”, and Ann Lee said: a clause of its own
        short = len(gap) <= 3 and not any(token.low in clauses.STOPS or token.quote >= 0 for token in gap)
        if reading.place not in ("left", "right", "") or not short:
            return None
        return reading if tokens[n + 1].low == "," or pieces[tokens[n].quote].ending in ",?!" else None
    return None


def _is_embedded(sentence: ParsedSentence, n: int, language: Lexicon) -> bool:
    """Whether the quotation at token `n` is a part of the narrator's clause: “Today” in: the head of “Today,” said."""
    if n == 0:
        return False
    before = sentence.tokens[n - 1]
    if before.quote >= 0 or not before.low[:1].isalnum():
        return before.low in ("’", "'")
    for reading in sentence.readings:
        if reading.group[0] <= n - 1 < reading.group[1]:
            return False
        if (
            reading.quotes
            and before.low in language.conjunctions | language.clause_breaks
            and sentence.tokens[n - 2].low == ","
        ):
            return False  # “…,” said Lee, and “…,” said Paz
        if reading.place == "right" and reading.subject[0] <= n - 1 < max(reading.subject[1], reading.role[1]):
            return False
    return True


def _better_before(sentence: ParsedSentence, n: int, after: Reading, language: Lexicon) -> bool:
    """Whether a cue in front of the quotation claims it more plainly than the one behind.

    The attributions of a sentence stand on one side: X said “a”, Y said “b” has both in front; “a”, said X, “b”, said Y behind.
    """
    tokens = sentence.tokens
    for reading in sentence.readings:
        first, end = reading.content
        if reading is not after and reading.place != "nobody" and first <= n < end and reading.group[1] <= n and n > 0:
            if reading.quotes and first < n:
                return False
            behind = reading.subject[1] if reading.place == "right" else reading.group[1]
            plain = n == behind or first < n or (tokens[n - 1].low in (":", ",") or tokens[n - 1].low in language.that)
            comma = n + 1 < len(tokens) and tokens[n + 1].low == "," and first == n
            own = after.group[1] <= after.content[0] < after.content[1]  # what it says follows it
            named = reading.place in ("left", "right", "according")
            beside = named and first == n <= max(reading.group[1], reading.subject[1]) + 1
            return plain and ((own and beside) or not (after.place in ("left", "right") and comma))
    return False


# ------------------------------------------------------------------------------------------------------------ unannounced


def _unannounced(
    text: str,
    read_sentences: Sequence[ParsedSentence],
    pieces: Sequence[Piece],
    statements: list[UnresolvedStatement],
    language: Lexicon,
) -> None:
    """Adds the quotations that no cue of their sentence claims."""
    by_quote = {draft.quote: draft for draft in statements if draft.quote >= 0}
    claimed = set(by_quote)
    by_sentence: dict[int, list[UnresolvedStatement]] = {}
    for draft in statements:
        by_sentence.setdefault(draft.sentence, []).append(draft)
        if draft.quote < 0:
            tokens = read_sentences[draft.sentence].tokens
            claimed.update(token.quote for token in tokens if token.quote >= 0 and draft.start <= token.start < draft.end)
    for number, sentence in enumerate(read_sentences):
        if not sentence.quoted:
            continue
        bare = not any(token.quote < 0 and token.low not in AROUND for token in sentence.tokens)
        for n, token in enumerate(sentence.tokens):
            if token.quote < 0 or token.quote in claimed:
                continue
            new = (
                headline(sentence.tokens, n, number, language)
                or _cut_off(token, number, pieces, by_quote)
                or after_colon(sentence.tokens, n, number, language)
            )
            if new is None and bare and _is_sentence(text, pieces[token.quote]):
                same = next((other for other in reversed(by_sentence.get(number, [])) if other.start < token.start), None)
                new = (
                    _copy(same, token, number, "goes on")
                    if same
                    else _goes_on(text, read_sentences, number, token, by_sentence, pieces, language)
                )
            if new is not None:
                statements.append(new)
                by_sentence.setdefault(number, []).append(new)
                claimed.add(token.quote)
                by_quote[token.quote] = new


def _copy(last: UnresolvedStatement, token: Token, number: int, how: How) -> UnresolvedStatement:
    return direct(token, how, number, last.reading, last.source)


def _cut_off(
    token: Token, number: int, pieces: Sequence[Piece], statements: Mapping[int, UnresolvedStatement]
) -> UnresolvedStatement | None:
    """The rest of a quotation or of a line of dialogue that an insertion has cut."""
    piece = pieces[token.quote]
    if token.quote == 0 or (piece.whole and piece.mark is not None):
        return None
    before = pieces[token.quote - 1]
    if before.mark is not piece.mark or (before.whole and piece.mark is not None) or piece.start - before.end > 150:
        return None
    last = statements.get(token.quote - 1)
    return _copy(last, token, number, "goes on") if last is not None else None


def _is_sentence(text: str, piece: Piece) -> bool:
    """Whether a quotation with nothing beside it is what somebody said, and not a title or a word of doubt."""
    return piece.ending in ".!?…," or len(text[piece.start : piece.end].split()) >= 4


def _goes_on(
    text: str,
    read_sentences: Sequence[ParsedSentence],
    number: int,
    token: Token,
    by_sentence: dict[int, list[UnresolvedStatement]],
    pieces: Sequence[Piece],
    language: Lexicon,
) -> UnresolvedStatement | None:
    """The statement before, whose speaker goes on here; or a draft that says that nobody is known to."""
    if number == 0:
        return direct(token, "alone", number, None)
    sentence, previous = read_sentences[number], number - 1
    before = read_sentences[previous]
    if text[before.end - 1] == ":":
        if before.readings:
            return direct(token, "announced", number, before.readings[-1], previous)
        tokens = before.tokens
        spoken = of_speech(tokens, len(tokens) - 1, language)
        colon = len(tokens) - 1
        reading = Reading(Cue(":", "asserts", "c"), colon, (colon, colon + 1), spoken or (0, 0), place="left")
        return direct(token, "speech of", number, reading, previous) if spoken else None
    earlier = by_sentence.get(previous)
    last = earlier[-1] if earlier else None
    if before.paragraph == sentence.paragraph:
        if last is not None:
            return _copy(last, token, number, "goes on" if last.kind == "direct" else "goes on after report")
        for back in range(previous - 1, max(-1, previous - 3), -1):
            if _names_another(read_sentences[back + 1], language):
                break
            if read_sentences[back].paragraph == sentence.paragraph and by_sentence.get(back):
                return _copy(by_sentence[back][-1], token, number, "goes on after narration")
        return direct(token, "subject before", number, None, previous)
    if last is None:
        return direct(token, "alone", number, None, previous)
    mark = pieces[last.quote].mark if last.quote >= 0 else None
    if mark is not None and mark.continues:
        return _copy(last, token, number, "paragraphs")
    if last.kind == "direct":
        return _copy(last, token, number, "next paragraph")
    source = last.reading is not None and last.reading.place == "according"  # "…, according to the agency"
    if source or pieces[token.quote].ending == "?":
        return direct(token, "alone", number, None, previous)
    return _copy(last, token, number, "next paragraph after report")


def _names_another(sentence: ParsedSentence, language: Lexicon) -> bool:
    """Whether a sentence of narration begins with a name: then what follows it may be that person's words."""
    span = topic(sentence.tokens, language)
    return span is not None and any(token.capital for token in sentence.tokens[span[0] + (span[0] == 0) : span[1]])


# -------------------------------------------------------------------------------------------------------------- passed on


@cache
def _reporting(language: Lexicon) -> re.Pattern[str]:
    """The words inside a quotation that show that others are quoted in it."""
    return re.compile(rf"\b(?:{'|'.join(sorted(language.inner_speech))})\b")


def _passed_on(
    text: str, read_sentences: list[ParsedSentence], statements: Sequence[UnresolvedStatement], language: Lexicon
) -> list[UnresolvedStatement]:
    """What a quoted speaker says that others, by name, have said: “Putin said they discussed …”."""
    new: list[UnresolvedStatement] = []
    if not language.inner_speech:
        return new
    reporting = _reporting(language)
    for draft in statements:
        if draft.kind != "direct" or not reporting.search(text, draft.start, draft.end):
            continue
        sentence = inner(text, draft.start, draft.end, language)
        read_sentences.append(sentence)
        for reading in sentence.readings:
            first, after = reading.content
            named = reading.place == "left" and sentence.tokens[reading.subject[0]].capital and reading.frame == "c"
            pronoun = sentence.tokens[reading.subject[0]].low in language.pronouns
            if named and not pronoun and first < after:
                end = next((n for n in range(first, after) if sentence.tokens[n].low in clauses.STOPS), after)
                span = sentence.span((first, end))
                if span[0] is not None:
                    new.append(
                        UnresolvedStatement(
                            span[0], span[1], "indirect", "inside", draft.sentence, reading, len(read_sentences) - 1
                        )
                    )
    return new
