"""Pure: a Russian name in the nominative, from the case that "по словам" or "согласно" puts it into.

The preposition tells the case, so that "Лаврова" behind "по словам" is Лавров, and "Лавровой" Лаврова. Elsewhere a name is left
as it stands: "Лаврова" may be a woman.
"""

from __future__ import annotations

import re

CYRILLIC = re.compile(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)*")
ENDINGS = tuple((re.compile(f"{ending}$"), nominative) for ending, nominative in (
    ("(?<=[цс]к)ого", "ий"), ("(?<=[цс]к)ому", "ий"), ("(?<=[цс]к)им", "ий"), ("(?<=[цс]к)ой", "ая"),  # Зеленского, Зеленской
    ("(?<=[оеё]в)(?:а|у|ым|е)", ""), ("(?<=[иы]н)(?:а|у|ым|е)", ""),  # Лаврова, Путиным
    ("(?<=[оеё]в)ой", "а"), ("(?<=[иы]н)ой", "а"),  # Захаровой
    ("(?<=[аеиоуыэюя])(?:я|ю|ем)", "й"), ("(?<=и)и", "я"),  # Сергея, Дмитрию; Марии
    ("(?<=ь)и", "я"), ("(?<=[гкх])и", "а"), ("(?<=[бвдзлмнпрстфцчшщж])ы", "а"),  # Натальи, Ольги, Обамы
    ("(?<=[бвгджзйклмнпрстфхцчшщ])(?:а|у|ом)", ""), ("(?<=[лрнт])(?:я|ю)", "ь"),  # Байдена, Трампу; Игоря
    ("(?<=[нлртмд])е", "а"),  # Анне
))  # fmt: skip


def nominative(phrase: str) -> str:
    """The phrase with its capitalised words in the nominative.

    >>> nominative("министра Сергея Лаврова"), nominative("Марии Захаровой"), nominative("Владимира Зеленского")
    ('министра Сергей Лавров', 'Мария Захарова', 'Владимир Зеленский')
    """
    return CYRILLIC.sub(lambda match: "-".join(map(_word, match[0].split("-"))), phrase)


def _word(word: str) -> str:
    for ending, nominative_ending in ENDINGS:
        if len(word) > 3 and ending.search(word):
            return ending.sub(nominative_ending, word)
    return word
