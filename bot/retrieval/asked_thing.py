"""Pure: whether a sentence holds what a question asks for: a sum of money, an age, a day, a name that the question has not.

asks "How much did the clean-up cost?":  "240,000 pounds were paid" -> True      "45 people cleaned" -> False
asks "What did the minister do?":         anything                  -> None: the words do not tell what to look for
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.questions.question import Question
from bot.questions.question_kind import NUMBERS as NUMBERS
from bot.questions.sentence_kind import explains
from bot.verification import vocabulary
from bot.verification.quantities import figures
from index.records import Period
from index.text.dates import mentions
from index.text.fold import Folded
from index.text.lexicon import Lexicon
from index.text.names import names_in, same_name
from index.text.numbers import CURRENCY, numbers_in

OLDEST = 115  # years
_TIME = re.compile(r"(?<!\d)\d{1,2}[:.h]\d\d(?!\d)|(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_SOME_DAY = Period(0, 1)  # whether words name a time does not depend on the day


def held(question: Question, text: str, lang: str, following: str = "") -> float | None:
    """How far a sentence holds what is asked for, 0..1; None where the question's words do not tell what that is.

    A number of something else than is counted: .5. `following`: the sentence after it, where a reason may stand.
    """
    asked = question.answer
    if asked in NUMBERS:
        new = numbers_in(text, lang) - question.numbers
        return _number(question, asked, text, lang, new) if new else 0.0
    if asked == "when":
        return float(_tells_time(text, lang))
    if asked == "why":
        return float(explains(text, lang) or explains(following, lang))
    if asked in ("who", "name", "where"):
        return float(brings_a_name(question, text, lang))
    return None


def brings_a_name(question: Question, text: str, lang: str) -> bool:
    """Whether a text has a name that the question has not."""
    known = question.names
    return any(not any(same_name(name, k, same_lang=False) for k in known) for name in names_in(text, lang))


def _number(question: Question, asked: str, text: str, lang: str, new: frozenset[float]) -> float:
    told = {match.lastgroup for match in Lexicon(lang).told_by.finditer(Folded(text).text)}
    units = _units(text, lang)
    match asked:
        case "money":
            return float(bool(units & vocabulary.MONEY or "money" in told or CURRENCY.search(text)))
        case "share":
            return 1.0 if "percent" in units or "%" in text else 0.5
        case "duration":
            return float(bool(units & vocabulary.DURATIONS or "duration" in told))
        case "age":
            return 1.0 if "age" in told else 0.5 * any(3 <= number <= OLDEST for number in new)
        case "figure":
            return 1.0 if figures(text, lang) else 0.5
    counted = _units(question.text, question.lang) | vocabulary.fates(question.text, question.lang)
    return 1.0 if not counted or counted & {figure.unit.split()[0] for figure in figures(text, lang)} else 0.5


@lru_cache(maxsize=2_000)
def _units(text: str, lang: str) -> frozenset[str]:
    """The kinds of what a text may count, and of its measures."""
    folded, lexicon = Folded(text).text, Lexicon(lang)
    return frozenset(str(m.lastgroup) for table in (lexicon.counted, lexicon.measures) for m in table.finditer(folded))


@lru_cache(maxsize=2_000)
def _tells_time(text: str, lang: str) -> bool:
    return bool(_TIME.search(text) or mentions(text, _SOME_DAY, lang))
