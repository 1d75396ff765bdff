"""Pure: the names, places and addresses of a sentence that its source does not have.

    "Arrieta paid in Vienna" + words in which Robledo pays in Berlin -> ["Vienna", "Arrieta"]

A government that the passage calls Moscow is none of them, nor is a name that it spells otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.verification.claim import Claim
from bot.verification.evidence import resolved, somebody
from index.quotes import is_pronoun
from index.text import places
from index.text.fold import fold
from index.text.language import BEYOND_LATIN
from index.text.lexicon import Lexicon
from index.text.names import WORD, holds_name, names_in

OPENING = 3  # words of a sentence in which its subject may be "he"
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>()\[\]“”\"]+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|info|io|gov|edu|ru|cn)\b(?:/\S*)?",
    re.I,
)


_MARKUP = re.compile(r"</?[a-z][^<>]*>|!?\[[^\[\]]*\]\([^()]*\)", re.I)  # a tag, a link of Markdown


def strange_links(claim: Claim) -> list[str]:
    """Addresses and markup that no source has."""
    held = [f"{s.passage.title} {s.passage.outlet} {s.passage.url} {s.text}".lower() for s in claim.sources]
    found = (match for pattern in (_LINK, _MARKUP) for match in pattern.finditer(claim.text))
    links = (match.group().rstrip(".,;") for match in found)
    return [link for link in links if not any(link.lower() in text for text in held)]


def strange_names(claim: Claim) -> list[str]:
    """Names and places that neither the passage has, nor its heading, nor those it calls "he".

    Of a name of several words one that is known vouches for the others, if some passage has them. Across languages, and in one
    that writes its nouns like names, a single capital is none: "Gobierno", "Militärlabor".
    """
    held = claim.held()
    known = frozenset().union(*(places.codes(text, other) for text, other in held))
    found = [claim.text[p.start : p.end] for p in places.places(claim.text, claim.lang) if not _is_known(p.code, known)]
    plain = not Lexicon(claim.lang).capital_nouns and all(lang == claim.lang for _, lang in held)
    spelled = not any(_in_other_letters(claim.text, source.passage.text) for source in claim.sources)
    for run in name_runs(claim.text, claim.lang) if spelled else ():
        strange = [name for name in run if not _holds(name, held, claim.lang)]
        if len(strange) < len(run):
            strange = [name for name in strange if not _holds(name, claim.shown, claim.lang)] if plain else []
        elif len(run) == 1 and not plain:
            strange = []
        found += [" ".join(strange)] if strange else []
    return found + [name for name in _exchanged(claim) if name not in found]


def _in_other_letters(text: str, other: str) -> bool:
    """Whether two texts are in different scripts: each language spells foreign names in its own way ("Mochow", "Мохов")."""
    return _beyond_latin(text) != _beyond_latin(other)


def _beyond_latin(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return 2 * sum(char >= BEYOND_LATIN for char in letters) > len(letters)


def _exchanged(claim: Claim) -> list[str]:
    """Whoever is a person of the article, or speaks in it, and is named by a claim and not by the sentences that it stands on.

    Sentences that open with "she" may be about anybody named before, and where a model named no words they may be others.
    """
    near = claim.stretches("sentences")
    opens = any(is_pronoun(word, lang) for text, lang in near for word in WORD.findall(text)[:OPENING])
    if opens or not claim.is_close:
        return []
    by_number = {source.number: source for source in claim.sources}
    near += [(resolved(by_number[words.number], words.sentence), by_number[words.number].passage.lang) for words in claim.words]
    beside = [(claim.beside_quotes(claim.text), claim.lang)]
    theirs = {name: source.passage.lang for source in claim.sources for name in somebody(source)}
    mine = [name for name in sorted(theirs) if _stands_in(name, beside) and not _stands_in(name, near)]
    return [name for name in mine if not any(_holds(word, near, theirs[name]) for word in name.split())]


def _stands_in(name: str, texts: Sequence[tuple[str, str]]) -> bool:
    """Whether a text has all words of a name, in whatever script."""
    return any(
        name in text or all(holds_name(word, text, same_lang=not _in_other_letters(text, name)) for word in name.split())
        for text, _ in texts
    )


def name_runs(text: str, lang: str) -> list[tuple[str, ...]]:
    """Names that stand together, as of one person: (("Mara", "Olsen"), ("Brandt",)). Places and units ("Tagen") left out."""
    runs: list[tuple[str, ...]] = []
    last = -9
    left = places.without(text)
    named = set(names_in(left, lang))
    for match in WORD.finditer(left):
        word = re.sub(r"['’]s?$", "", match.group())
        if word not in named or Lexicon(lang).measures.fullmatch(fold(word)):
            continue
        if runs and match.start() - last == 1:
            runs[-1] = (*runs[-1], word)
        else:
            runs.append((word,))
        last = match.end()
    return runs


def _holds(name: str, texts: Sequence[tuple[str, str]], lang: str) -> bool:
    """Whether some text has a name, if only with other capitals: El País, "El país"."""
    return any(holds_name(name, text, same_lang=other == lang) or fold(name) in fold(text) for text, other in texts)


def _is_known(code: str, known: frozenset[str]) -> bool:
    """Whether a place is among known ones: Moscow is Russia's government, and the reverse."""
    country, _, city = code.partition("/")
    return code in known or (country in known and not (city and any(k.startswith(f"{country}/") for k in known)))
