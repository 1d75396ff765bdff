"""Pure: "this Wednesday" in an article -> the day, to be shown beside it in brackets. The quotation itself stays as it is.

    relative words + the article's publication date, as precise as it is known -> (where, "2025-05-14")

"On Wednesday" may be the one before or the one after: the tense of its clause decides, and where that does not tell nothing is
shown. Nor is anything shown where an article was rewritten after its date: its title looks ahead to what is told as done
("Trial starts soon": "the trial started Tuesday"). An article dated by its month only cannot place a day: then the date of
publication is shown, and called so.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from bot.phrases import say
from bot.verification import vocabulary
from index.records import Period
from index.text import quotation_marks
from index.text.calendar import weekdays_in
from index.text.dates import Mention, mentions, without_weekdays_of_days
from index.text.fold import Folded
from index.text.lexicon import Lexicon
from index.text.names import WORD, content_stems

DAY = 86_400
MOST = 3  # in one sentence
JUST = 2 * DAY  # seconds that a day may lie back for it to be the one that something was meant for
BORDERS = ',;:.“”«»"—–('
GOING_ON = ",)–—"  # borders behind which a sentence may go on
BORDER = re.compile(r'[,;“”«»"—–)]|:(?!\d)|\.(?!\w)')

_NAME = re.compile(r"[^\W\d_a-zà-ÿ][\w’'-]*[ ]\Z")  # a word with a capital, right before

Aside = tuple[int, str]  # code point of the text behind which it stands, what is shown there


def asides(text: str, published: Period | None, lang: str, ours: str, *, title: str = "") -> tuple[Aside, ...]:
    """What to show beside the relative dates of a sentence that an article in `lang` printed. `ours`: language of our words.

    `title`: the article's, which may tell that it was rewritten later.

    >>> asides("Olsen arrived this Wednesday.", Period.parse("2025-05-16"), "en", "en")
    ((28, '2025-05-14'),)
    """
    if published is None:
        return ()
    exact = published.end - published.start <= DAY
    day = published if exact else Period(published.start, published.start + DAY)
    by_date: dict[str, int] = {}
    for mention in without_weekdays_of_days(text, mentions(text, day, lang), lang):
        if mention.kind != "relative" or _near(Lexicon(lang).day_idioms, text, mention) or _in_a_name(text, mention, lang):
            continue
        period = _turned(text, mention, day, lang, title) if exact else published
        if period is not None:
            shown = stated(period) if exact else say("published", ours, date=published)
            rest = Lexicon(lang).day_continues.match(text, mention.end)
            by_date.setdefault(shown, rest.end() if rest else mention.end)
    return tuple(sorted((at, shown) for shown, at in list(by_date.items())[:MOST] if _outside(text, at)))


def _in_a_name(text: str, mention: Mention, lang: str) -> bool:
    """Whether a word for a day only ends a name: "a source told Entertainment Tonight"."""
    word = text[mention.start : mention.end]
    capital = word[:1].isupper() and not Lexicon(lang).capital_nouns and not weekdays_in(word, lang)
    return capital and _NAME.search(text, 0, mention.start) is not None


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


def _turned(text: str, mention: Mention, day: Period, lang: str, title: str) -> Period | None:
    """The time of a mention, turned to the future where its clause speaks of that; None where it is not clear."""
    if not weekdays_in(text[mention.start : mention.end], lang) or mention.period == day:
        return mention.period
    words = Lexicon(lang)
    if _near(words.last_words, text, mention):
        return mention.period
    clause = _clause(text, mention, lang)
    tense, verb = _nearest(clause, text[mention.start : mention.end], lang)
    if tense == "meant" and day.start - mention.period.start <= JUST and not _near(words.next_words, text, mention):
        return None  # "was to pass on Wednesday", on Thursday: the day before, or in a week?
    if _near(words.next_words, text, mention) or tense in ("to come", "meant"):
        after = datetime.fromtimestamp(mention.period.start, UTC) + timedelta(days=7)
        start = int(after.timestamp())
        return Period(start, start + DAY)
    return mention.period if tense == "past" and not _announced(verb, title, lang) else None


def _announced(verb: str, title: str, lang: str) -> bool:
    """Whether a title looks ahead to what a verb tells as done."""
    coming = vocabulary.ahead(title, lang) or Lexicon(lang).soon.search(Folded(title).text)
    return bool(coming and content_stems(verb, lang) & content_stems(title, lang))


def _nearest(clause: str, day: str, lang: str) -> tuple[str, str]:
    """(tense, verb) of the verb that is nearest to a day in its clause: "past", "to come", "meant" ("was to leave"), or "".

    "On Thursday, Olsen said he would leave on Monday": Thursday is past, and Monday to come.
    """
    words, flat = Lexicon(lang), Folded(clause).text
    at = max(0, clause.find(day))
    end = at + len(day)
    verbs = [(match, "past") for match in words.done.finditer(clause.lower())]
    verbs += [(match, "past") for match in words.saying.finditer(flat)]
    verbs += [(match, "to come") for match in words.planned.finditer(flat)]
    verbs += [(match, "meant") for match in words.was_to.finditer(flat)]
    verbs += [(match, "to come") for match in words.planned_endings.finditer(clause)]
    verbs = [(match, tense) for match, tense in verbs if match.start() < end or not _relative(clause, match.start(), words)]
    apart = [(max(match.start() - end, at - match.end(), 0), tense == "past", tense, match.group()) for match, tense in verbs]
    return min(apart)[2:] if apart else ("", "")


def _relative(clause: str, at: int, words: Lexicon) -> bool:
    """Whether the verb there only tells more of somebody or something: "the fair that he proposed"."""
    return any(word.lower() in words.relatives for word in WORD.findall(clause[:at])[-2:])


def _near(pattern: re.Pattern[str], text: str, mention: Mention) -> bool:
    """Whether words stand in a mention or right beside it, with only spaces between: not so in "begins on Monday, may last"."""
    before = re.search(r"(?:\w+ ){0,2}\Z", text[: mention.start])
    after = re.match(r"(?: \w+){0,2}", text[mention.end :])
    around = (before[0] if before else "") + text[mention.start : mention.end] + (after[0] if after else "")
    return pattern.search(Folded(around).text) is not None


def _clause(text: str, mention: Mention, lang: str) -> str:
    """The words around a mention up to the next comma or stop; where they have no verb ("On Wednesday,"), the next that have.

    A clause that tells more of somebody, "who will retire", is passed over.
    """
    left = max(text.rfind(mark, 0, mention.start) for mark in BORDERS) + 1
    right = _border(text, mention.end)
    clause = text[left:right]
    while not _has_verb(clause, lang) and right < len(text) and text[right] in GOING_ON:
        start, right = right + 1, _border(text, right + 1)
        opening = WORD.match(text[start:right].lstrip())
        if not (opening and opening[0].lower() in Lexicon(lang).relatives):
            clause = text[left : mention.end] + text[start:right]
    return clause


def _border(text: str, start: int) -> int:
    """Where the next comma or stop is; a dot inside a number or between capitals is none."""
    match = BORDER.search(text, start)
    return match.start() if match else len(text)


def _has_verb(clause: str, lang: str) -> bool:
    """Whether a clause tells of something past or to come."""
    words = Lexicon(lang)
    found = words.done.search(clause.lower()) or words.saying.search(Folded(clause).text)
    return bool(found) or vocabulary.ahead(clause, lang)


def _outside(text: str, at: int) -> bool:
    """Whether a place in a text stands outside everything that a reader takes for quoted."""
    probe = quotation_marks.shown(f"{text[:at]} \ue000 {text[at:]}")
    return not any("\ue000" in quotation for quotation in quotation_marks.quotations(probe))
