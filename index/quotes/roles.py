"""Pure: what an article says somebody is, beside the name: "the foreign minister, Ann Lee", "Ann Lee, mayor of Rome,"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from index.quotes.job_titles import role_words
from index.text.lexicon import Lexicon


@cache
def _no_role_ends(language: Lexicon) -> frozenset[str]:
    return language.role_ends | language.prepositions | language.determiners


@cache
def _role_patterns(language: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A description in front of a name: "the foreign minister,"; and one behind it: ", mayor of Rome,"."""
    openers = (*language.role_articles, *sorted(language.possessives))
    articles = "|".join(rf"{word.rstrip('’')}['’]" if word.endswith("’") else rf"{word}\s" for word in openers)
    if language.no_articles:
        articles = r"(?=[^\W\d_])"
    listed = (language.role_breaks, language.no_role_starts, language.title_abbreviations)
    breaks, starts, titles = ("|".join(map(re.escape, sorted(words))) or "(?!)" for words in listed)
    before = (
        rf"(?:^|[\s(“\"«,])((?:{articles or '(?!)'})(?:(?! (?:{breaks})\b)[^,.;:()“”\"«»]){{3,70}}?),?\s(?:(?:{titles})\.\s)?$"
    )
    after = rf"(?:\s[A-ZÀ-Þ][\w-]+)*,\s((?!(?:{starts})\b)[^,.;:()“”\"«»]{{4,80}})(,|\.|;|$)"
    return re.compile(before, re.I), re.compile(after)


def roles(name: str, places: Sequence[int], text: str, language: Lexicon) -> list[str]:
    """Descriptions beside the name: "the foreign minister, Ann Lee", "Ann Lee, mayor of Rome,"."""
    found: list[str] = []
    role_before, role_after = _role_patterns(language)
    no_end = _no_role_ends(language)
    for place in places[:4]:
        line = max(text.rfind("\n", 0, place), place - 90, 0)
        before = role_before.search(text, line, place)
        after = role_after.match(text, place + len(name), place + len(name) + 140)
        behind = after[1] if after and not _is_clause(after[1], after[2], language) else ""
        for role in (before[1] if before else "", behind):
            words = role.split()
            while words and words[0].lower() in language.speech_verbs:
                words.pop(0)  # "заявил министр"
            role = role[role.index(words[0]) :] if words else ""
            of_another = not words or words[-1].lower() in no_end  # "the lawyer of Ann Lee"
            of_another = of_another or _holds_speech(words, language)  # "in Arden, the mayor said"
            if not of_another and role_words(" ".join(words[:5]), language) and len(words) <= 12 and role not in found:
                found.append(role)
        titled = re.search(r"(?:\b[A-Z][\w.]+\s){1,3}$", text[line:place])
        if titled and role_words(titled[0], language) and not (before and before[1].endswith(titled[0].strip())):
            found.append(titled[0].strip())
    return found


def _is_clause(beside: str, mark: str, language: Lexicon) -> bool:
    """Whether what stands behind a name and a comma goes on with the sentence: "According to Lee, the owner knew of it."

    It does where a verb stands right behind the office, or what may be one and no comma ends it: of a verb in the past most
    languages have no list.
    """
    words = beside.lower().split()
    if words[0] not in language.definite_articles:
        return False
    at = next((n for n in range(len(words) - 1, 0, -1) if words[n] in language.offices), 0)
    if not at or at + 1 >= len(words) or beside.split()[at + 1][0].isupper():
        return False
    follows = words[at + 1]
    if follows in language.auxiliaries | language.common_verbs:
        return True
    return mark != "," and follows not in language.inner_prepositions | language.prepositions | language.relatives


def _holds_speech(words: Sequence[str], language: Lexicon) -> bool:
    """Whether what stands beside a name is a clause with a verb of speech and no description."""
    looked = words[-1:] if language.inverts else words[1:]
    cues = (language.speech_verbs.get(word.lower()) for word in looked)
    return any(cue is not None and cue.shape == "finite" for cue in cues)
