"""Pure: who a speaker is that is a pronoun or a bare surname, where the article says so: shown in brackets behind it.

"“We stop,” she said"  ->  she [Oona Brannock]        "Brannock said …"  ->  Brannock [Oona Brannock]

Of two people with one surname neither is named: the article alone knows which of them "Smith" is. A surname that does not
speak is left alone, and one that a place has: "Washington", "Austin" and "Rice" are as often no people.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.records import Sentence
from bot.retrieval.context import is_pronoun
from index.quotes import Statement
from index.quotes.quotation import read
from index.records import Article
from index.text.fold import fold
from index.text.lexicon import Lexicon
from index.text.names import full_names, holds_name
from index.text.places import places

SURE = 0.7  # confidence from which a speaker's name is put beside what stands for it

Aside = tuple[int, str]  # code point of the article, a name that stands elsewhere in it


def speakers(article: Article, start: int, end: int, known: Sequence[Statement] | None = None) -> tuple[Aside, ...]:
    """(where, name) of the first speaker in the span that is a pronoun or a surname.

    `known`: who says what in the article; None: it is read now.
    """
    statements = read(article) if known is None else known
    text, lang = article.text[start:end], article.lang
    by_place: dict[int, str] = {}
    for said in statements:
        if said.speaker_end is None or said.speaker_start is None or not start <= said.speaker_start < said.speaker_end <= end:
            continue
        name = said.speaker_resolved
        if not name or name not in article.text or said.confidence < SURE:
            continue
        pronoun = is_pronoun(said.speaker, lang) and not holds_name(name.split()[-1], text, same_lang=True)
        surname = _is_surname(said.speaker, name) and not places(said.speaker, lang) and not _others(article, name)
        if pronoun or (surname and name not in text):
            by_place[said.speaker_end] = name
    return tuple(sorted(by_place.items())[:1])


def _others(article: Article, name: str) -> bool:
    """Whether an article has another name, in full, that ends with the same surname: whoever has a title before it has none."""
    words, surname = Lexicon(article.lang), name.split()[-1]
    for run in full_names(article.text, article.lang):
        parts = run.split()
        while fold(parts[0]) in words.titles | words.offices and len(parts) > 1:
            parts = parts[1:]
        if len(parts) > 1 and parts[-1] == surname and not f" {name}".endswith(f" {' '.join(parts)}"):
            return True
    return False


def _is_surname(word: str, name: str) -> bool:
    """Whether a word is the last of a person's name: of "Elena Robledo of Sanvara" none is."""
    *first, last = name.split()
    return bool(first) and word == last and all(part[0].isupper() for part in first)


def not_told(asides: Sequence[Aside], text: str, before: Sequence[Sentence]) -> tuple[Aside, ...]:
    """Those that are needed: a surname is explained where it is first told, a pronoun always. `text`: the article's."""

    def known(at: int, name: str) -> bool:
        return text[:at].endswith(name.split()[-1]) and any(name in sentence.text for sentence in before)

    return tuple((at, name) for at, name in asides if not known(at, name))
