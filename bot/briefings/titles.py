"""Which article's title heads an event: the clearest one of its reports, in the reader's language where there is one.

A title is a title, not a sentence that was checked: it is shown as its outlet wrote it, with the number of its article. The
lead beneath it says what happened; it heads the event itself where the best title only asks or promises to tell.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from bot.briefings.key_sentences import KeySentence, whole_by_itself
from bot.briefings.title_classifier import TELLS, odds
from index.records import Article
from index.search.recent_reports import Report
from index.text.dates import mentions
from index.text.fold import Folded
from index.text.lexicon import Lexicon
from index.text.names import WORD
from index.text.printable import title_line
from index.text.terms import UNSPACED, names

LEAD_TELLS = (
    1.0  # log-odds that a lead tells news, by what titles are judged by: of 19 leads under titles that do not, 10 have more
)
LEADS = 0.15  # and for the article that the lead is from
TEASES = 0.4  # against a title that asks, or promises to tell, or tells no news
SHOUTS = 0.2  # against one in capitals
FEWEST, SHORTEST, LONGEST = 3, 12, 200  # words, and characters, of a title that can be shown

Embed = Callable[[list[str]], ArrayLike]

_UNSPACED = re.compile(f"[{UNSPACED}]")


def clearest(
    by_report: Sequence[Sequence[KeySentence]], lead: KeySentence, lang: str, embedder: str = "", embed: Embed | None = None
) -> tuple[Report, str] | None:
    """(report, its title as one line) of the title that says best what an event's reports tell.

    None if none is fit, or the best one tells nothing and the lead does. `embedder`: whose vectors the reports have, `embed`
    what makes them. ModelError.
    """
    reports = [sentences[0].report for sentences in by_report if sentences]
    titled = _titled(by_report)
    titled = [one for one in titled if one[0].article.lang == lang] or titled
    best, top = None, -np.inf
    for report, text in titled:
        score = float(np.mean([float(report.title @ other.vector) for other in reports])) + LEADS * (report is lead.report)
        score -= TEASES * _doubt(report, text, embedder) + SHOUTS * (text.isupper())
        if score > top:
            best, top = (report, text), score
    return None if best and not tells(*best, embedder) and _is_news(lead, lang, embedder, embed) else best


def tell_news(
    by_report: Sequence[Sequence[KeySentence]], lead: KeySentence | None, embedder: str, embed: Embed | None = None
) -> bool:
    """Whether any title of an event tells news, or its lead does. Where there is no title, nothing speaks against it."""
    reports = [sentences[0].report for sentences in by_report if sentences]
    titled = [(report, text) for report in reports if (text := _title(report.article))]
    if not titled or any(tells(*one, embedder) for one in titled):
        return True
    return lead is not None and _is_news(lead, lead.lang, embedder, embed)


def _titled(by_report: Sequence[Sequence[KeySentence]]) -> list[tuple[Report, str]]:
    reports = [sentences[0].report for sentences in by_report if sentences]
    return [(report, text) for report in reports if (text := shown(report.article))]


def _doubt(report: Report, title: str, embedder: str) -> float:
    """How little a title tells, 0..1."""
    return 1.0 if teases(title, report.article.lang) else 1 / (1 + math.exp(odds(report.heading, embedder)))


def tells(report: Report, title: str, embedder: str) -> bool:
    """Whether a report's title tells news, as far as can be seen."""
    return not teases(title, report.article.lang) and odds(report.heading, embedder) > TELLS


def _is_news(lead: KeySentence, lang: str, embedder: str, embed: Embed | None) -> bool:
    """Whether a lead can head an event: whole, in the reader's language, with a name, and another day than its report's; and,
    read as a title, tells news more surely than a title has to."""
    article = lead.report.article
    if lead.lang != lang or len(lead.text) > LONGEST or not whole_by_itself(lead) or not names(lead.text, lead.lang):
        return False
    if not article.published:
        return False
    named = [mention for mention in mentions(lead.text, article.published, lead.lang) if mention.kind in ("relative", "day")]
    if all(mention.period.overlaps(article.published) for mention in named):  # "today" may mean nowadays
        return False
    return embed is None or odds(np.asarray(embed([lead.text]), np.float32)[0], embedder) > LEAD_TELLS


def shown(article: Article) -> str:
    """An article's title as it can head an event; "" where it has none that says something."""
    text = _title(article)
    return text if len(text) <= LONGEST else ""


def _title(article: Article) -> str:
    """An article's title as one line; "" where it is too short to say something."""
    text = title_line(article.title)
    words = len(WORD.findall(text))
    long_enough = (words >= FEWEST and len(text) >= SHORTEST) or (_UNSPACED.search(text) is not None and len(text) >= 6)
    return text if long_enough else ""


def teases(title: str, lang: str) -> bool:
    """Whether a title asks a question, or promises to tell, in place of telling."""
    return title.rstrip("»”\"'’ ").endswith(("?", "？", "؟", "…", "...")) or (
        Lexicon(lang).teasing_titles.search(Folded(title).text) is not None
    )
