"""Pure: "this Wednesday" in an article -> the day, to be shown beside it in brackets. The quotation itself stays as it is.

    relative words + the article's publication date, as precise as it is known -> (where, "2025-05-14")

"On Wednesday" may be the one before or the one after: the tense of its clause decides, and where that does not tell nothing is
shown. An article dated by its month only cannot place a day: then the date of publication is shown, and called so.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from bot.phrases import say
from bot.verification import vocabulary
from index.records import Period
from index.text import quotation_marks
from index.text.calendar import weekdays_in
from index.text.dates import Mention, mentions
from index.text.fold import Folded
from index.text.lexicon import Lexicon

DAY = 86_400
MOST = 3  # in one sentence

Aside = tuple[int, str]  # code point of the text behind which it stands, what is shown there


def asides(text: str, published: Period | None, lang: str, ours: str) -> tuple[Aside, ...]:
    """What to show beside the relative dates of a sentence that an article in `lang` printed. `ours`: language of our words.

    >>> asides("Olsen arrived this Wednesday.", Period.parse("2025-05-16"), "en", "en")
    ((28, '2025-05-14'),)
    """
    if published is None:
        return ()
    exact = published.end - published.start <= DAY
    day = published if exact else Period(published.start, published.start + DAY)
    by_date: dict[str, int] = {}
    for mention in mentions(text, day, lang):
        if mention.kind != "relative" or _near(Lexicon(lang).day_idioms, text, mention):
            continue
        period = _turned(text, mention, day, lang) if exact else published
        if period is not None:
            shown = stated(period) if exact else say("published", ours, date=published)
            by_date.setdefault(shown, mention.end)
    return tuple(sorted((at, shown) for shown, at in list(by_date.items())[:MOST] if _outside(text, at)))


def inserted(text: str, beside: tuple[Aside, ...]) -> str:
    """The text with what stands beside its words in brackets."""
    for at, shown in sorted(beside, reverse=True):
        text = f"{text[:at]} [{shown}]{text[at:]}"
    return text


def stated(period: Period) -> str:
    """A day, a month, a year as ISO has them; anything else from its first to its last day."""
    text = str(period)
    if "/" not in text:
        return text[:10]
    first, last = (f"{datetime.fromtimestamp(t, UTC):%Y-%m-%d}" for t in (period.start, period.end - 1))
    return f"{first} – {last}"


def _turned(text: str, mention: Mention, day: Period, lang: str) -> Period | None:
    """The time of a mention, turned to the future where its clause speaks of that; None where it is not clear."""
    if not weekdays_in(text[mention.start : mention.end], lang) or mention.period == day:
        return mention.period
    words, clause = Lexicon(lang), _clause(text, mention)
    if _near(words.last_words, text, mention):
        return mention.period
    if _near(words.next_words, text, mention) or vocabulary.ahead(clause, lang) or words.was_to.search(Folded(clause).text):
        after = datetime.fromtimestamp(mention.period.start, UTC) + timedelta(days=7)
        start = int(after.timestamp())
        return Period(start, start + DAY)
    past = words.done.search(clause.lower()) or words.saying.search(Folded(clause).text)
    return mention.period if past else None


def _near(pattern: re.Pattern[str], text: str, mention: Mention) -> bool:
    """Whether words stand in a mention or right beside it."""
    return pattern.search(Folded(text[max(0, mention.start - 12) : mention.end + 12]).text) is not None


def _clause(text: str, mention: Mention) -> str:
    """The words around a mention up to the next comma or stop."""
    left = max(text.rfind(mark, 0, mention.start) for mark in ',;:.“”«»"—–(') + 1
    ends = [at for mark in ',;:.“”«»"—–)' if (at := text.find(mark, mention.end)) >= 0]
    return text[left : min(ends, default=len(text))]


def _outside(text: str, at: int) -> bool:
    """Whether a place in a text stands outside everything that a reader takes for quoted."""
    probe = quotation_marks.shown(f"{text[:at]} \ue000 {text[at:]}")
    return not any("\ue000" in quotation for quotation in quotation_marks.quotations(probe))
