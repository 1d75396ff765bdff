"""Pure: a name in the nominative, from the case that a preposition or a noun puts it into: Russian, Polish.

"по словам" tells the case, so that "Лаврова" behind it is Лавров, and "Лавровой" Лаврова. Elsewhere a name is left as it
stands: "Лаврова" may be a woman. The endings are in `Lexicon.name_endings`; the first that fits decides.
"""

from __future__ import annotations

import re

from index.text.lexicon import Lexicon

NAME = re.compile(r"[^\W\d_a-zß-öø-ÿ][^\W\d_]+(?:-[^\W\d_]+)*")


def nominative(phrase: str, lang: str) -> str:
    """The phrase with its capitalised words in the nominative; as it stands in a language without cases of names.

    >>> nominative("министра Сергея Лаврова", "ru"), nominative("Марии Захаровой", "ru")
    ('министра Сергей Лавров', 'Мария Захарова')
    """
    endings = Lexicon(lang).name_endings

    def word(part: str) -> str:
        for ending, instead in endings:
            if len(part) > 3 and ending.search(part):
                return ending.sub(instead, part)
        return part

    def name(match: re.Match[str]) -> str:
        return "-".join(map(word, match[0].split("-"))) if match[0][0].isupper() else match[0]

    return NAME.sub(name, phrase) if endings else phrase
