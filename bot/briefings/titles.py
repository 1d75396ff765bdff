"""Which article's title heads an event: the clearest one of its reports, in the reader's language where there is one.

A title is a title, not a sentence that was checked: it is shown as its outlet wrote it, with the number of its article. The
lead beneath it says what happened; it heads the event itself where the best title only asks or promises to tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

import numpy as np

from bot.briefings.key_sentences import KeySentence, whole_by_itself
from index.records import Article
from index.search.recent_reports import Report
from index.text.dates import mentions
from index.text.fold import Folded
from index.text.lexicon import Lexicon
from index.text.names import WORD
from index.text.printable import line
from index.text.terms import UNSPACED, names

LEADS = 0.15  # and for the article that the lead is from
TEASES = 0.4  # against a title that asks, or promises to tell
SHOUTS = 0.2  # against one in capitals
FEWEST, SHORTEST, LONGEST = 3, 12, 200  # words, and characters, of a title that can be shown

_UNSPACED = re.compile(f"[{UNSPACED}]")


def clearest(by_report: Sequence[Sequence[KeySentence]], lead: KeySentence, lang: str) -> tuple[Report, str] | None:
    """(report, its title as one line) of the title that says best what an event's reports tell.

    None if none is fit, or the best one tells nothing and the lead does.
    """
    reports = [sentences[0].report for sentences in by_report if sentences]
    titled = [(report, text) for report in reports if (text := shown(report.article))]
    titled = [one for one in titled if one[0].article.lang == lang] or titled
    best, top = None, -np.inf
    for report, text in titled:
        score = float(np.mean([float(report.title @ other.vector) for other in reports])) + LEADS * (report is lead.report)
        score -= TEASES * teases(text, report.article.lang) + SHOUTS * (text.isupper())
        if score > top:
            best, top = (report, text), score
    return None if best and teases(best[1], best[0].article.lang) and _is_news(lead, lang) else best


def _is_news(lead: KeySentence, lang: str) -> bool:
    """Whether a lead can head an event: whole by itself, in the reader's language, about somebody or a place, on a day."""
    article = lead.report.article
    if lead.lang != lang or len(lead.text) > LONGEST or not whole_by_itself(lead) or not names(lead.text, lead.lang):
        return False
    named = mentions(lead.text, article.published, lead.lang) if article.published else []
    return any(mention.kind in ("relative", "day") for mention in named)


def shown(article: Article) -> str:
    """An article's title as it can head an event; "" where it has none that says something."""
    text = line(unescape(article.title)).strip()
    words = len(WORD.findall(text))
    long_enough = (words >= FEWEST and len(text) >= SHORTEST) or (_UNSPACED.search(text) is not None and len(text) >= 6)
    return text if long_enough and len(text) <= LONGEST else ""


def teases(title: str, lang: str) -> bool:
    """Whether a title asks a question, or promises to tell, in place of telling."""
    return title.rstrip("»”\"'’ ").endswith(("?", "？", "؟", "…", "...")) or (
        Lexicon(lang).teasing_titles.search(Folded(title).text) is not None
    )
