"""Pure: who does something to whom, as far as the order of words tells: "Kim thanked Putin" does not say why Putin thanked Kim.

    asked("Why did Putin thank Kim?", "en") -> Deed(agent=("Putin",), verb="thank", patient=("Kim",))
    reversed_in("Why did Putin thank Kim?", "en", ["Kim thanked Putin for the grain."]) is True

For English, French, Spanish and Portuguese, where the one who does it stands before the verb, unless it is passive. German has
cases for that, and is left alone. Only the very verb of the question counts, and only between names: what this does not see is
decided as if the file were not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.text.fold import fold
from index.text.lexicon import Lexicon
from index.text.names import content_stems, names_in, same_name
from index.text.places import places

REACH = 8  # words between a verb and a name that belongs to it


@dataclass(frozen=True, slots=True)
class Deed:
    """Somebody does something to somebody."""

    agent: tuple[str, ...]
    verb: str  # its stem
    patient: tuple[str, ...]


_TOKEN = re.compile(r"[^\W_][\w'’.-]*\w|[^\W_]|[,;:.!?]")


def asked(question: str, lang: str) -> Deed | None:
    """Who does what to whom in a question; None where its order does not tell.

    >>> asked("¿Por qué agradeció Putin a Kim?", "es")
    Deed(agent=('Putin',), verb='agradec', patient=('Kim',))
    """
    if not Lexicon(lang).passive_verbs:
        return None
    tokens = _tokens(question, lang)
    for n, (word, name) in enumerate(tokens):
        stem = "" if name else _stem(word, lang)
        if not stem or Lexicon(lang).mutual_verbs.search(fold(word)) or _describes(tokens, n, lang):
            continue
        before, after = _names(tokens[:n][::-1], 2)[::-1], _names(tokens[n + 1 :], 4)
        if before and after and (lang != "en" or _inverted(tokens, n)) and (lang != "es" or _to_somebody(tokens[n + 1 :])):
            return Deed(after, stem, before) if _passive(tokens, n, lang) else Deed(before, stem, after)
        if not before and lang in ("es", "pt") and len(groups := _two(tokens[n + 1 :], lang)) == 2:  # the verb comes first
            return Deed(groups[0], stem, groups[1])
    return None


def told(sentence: str, lang: str, verb: str) -> Iterator[Deed]:
    """Who does to whom what a verb says, each time that a sentence has it."""
    tokens = _tokens(sentence, lang)
    for n, (word, name) in enumerate(tokens):
        if name or _stem(word, lang) != verb:
            continue
        before, after = _names(tokens[:n][::-1], REACH)[::-1], _names(tokens[n + 1 :], REACH)
        if not before or not after:
            continue
        yield Deed(after, verb, before) if _passive(tokens, n, lang) else Deed(before, verb, after)


def reversed_in(deed: Deed | None, lang: str, sentences: Iterable[str]) -> bool:
    """Whether sentences in the question's language tell its deed the other way round, and none tells it as asked."""
    if deed is None:
        return False
    clauses = [clause for sentence in sentences for clause in told(sentence, lang, deed.verb)]
    straight = [clause for clause in clauses if _same(clause.agent, deed.agent) and _same(clause.patient, deed.patient)]
    return not straight and any(_same(clause.agent, deed.patient) and _same(clause.patient, deed.agent) for clause in clauses)


def _inverted(tokens: Sequence[tuple[str, bool]], n: int) -> bool:
    """Whether a helping verb stands before the names before the word at `n`: in an English question that word is its verb."""
    while n and not tokens[n - 1][1]:
        n -= 1
    while n and tokens[n - 1][1]:
        n -= 1
    return any(fold(word) in Lexicon("en").inverting_verbs for word, _ in tokens[max(0, n - 3) : n])


def _describes(tokens: Sequence[tuple[str, bool]], n: int, lang: str) -> bool:
    """Whether the word at `n` says what the name right behind it is, and of which country: "the Ostranian broadcaster TVK"."""
    behind = n + 1 < len(tokens) and tokens[n + 1][1]
    if not behind or n < 2 or not tokens[n - 1][1]:
        return False
    return fold(tokens[n - 2][0]) in Lexicon(lang).name_articles and bool(places(tokens[n - 1][0], lang))


def _to_somebody(tokens: Sequence[tuple[str, bool]]) -> bool:
    """Whether "a", "al" or the one who did it stands behind a Spanish verb."""
    return bool(tokens) and fold(tokens[0][0]) in Lexicon("es").to_somebody


def _passive(tokens: Sequence[tuple[str, bool]], n: int, lang: str) -> bool:
    """Whether what the verb at `n` says is done by the one behind it."""
    words = Lexicon(lang)
    passive = any(fold(word) in words.passive_verbs for word, _ in tokens[max(0, n - 8) : n])
    return passive and any(fold(word) in words.by_words for word, _ in tokens[n + 1 : n + 4])


def _same(some: Sequence[str], others: Sequence[str]) -> bool:
    return any(same_name(a, b, same_lang=True) for a in some for b in others)


def _tokens(text: str, lang: str) -> list[tuple[str, bool]]:
    """The words of a text and its stops, each with whether it is a name."""
    named = set(names_in(text, lang)) | set(names_in(f"x {text}", lang))
    return [(w, re.sub(r"['’]s?$", "", w) in named) for w in _TOKEN.findall(text)]


def _stem(word: str, lang: str) -> str:
    """The stem of a word that can be a verb: not of a name, a stop, a helping verb."""
    words = Lexicon(lang)
    bare = words.inverted_pronoun.sub("", word.lower())
    if fold(bare) in words.helping_verbs or len(bare) < 3 or not bare[0].isalpha():
        return ""
    return next(iter(content_stems(bare, lang)), "").rstrip("e")


def _names(tokens: Sequence[tuple[str, bool]], reach: int) -> tuple[str, ...]:
    """The nearest run of names, `reach` words away at most and before any stop."""
    names: list[str] = []
    for n, (word, name) in enumerate(tokens):
        if name:
            names.append(word)
        elif names or n >= reach or word in ",;:.!?":
            break
    return tuple(re.sub(r"['’]s?$", "", word) for word in names)


def _two(tokens: Sequence[tuple[str, bool]], lang: str) -> list[tuple[str, ...]]:
    """The first two runs of names, with "a", "al" or "ao" before the second: who, and whom."""
    first = _names(tokens, 2)
    if not first:
        return []
    last = next(n for n, (word, _) in enumerate(tokens) if first[-1] in word)
    rest = list(tokens[last + 1 :])
    if not rest or fold(rest[0][0]) not in Lexicon(lang).to_somebody:
        return [first]
    second = _names(rest[1:], 4)
    return [first, second] if second else [first]
