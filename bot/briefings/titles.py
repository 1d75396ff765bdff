"""Which article's title heads an event: the clearest one of its reports, in the reader's language where there is one.

A title is a title, not a sentence that was checked: it is shown as its outlet wrote it, with the number of its article. The
lead beneath it says what happened.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

import numpy as np

from bot.briefings.key_sentences import KeySentence
from index.records import Article
from index.search.recent_reports import Report
from index.text.fold import Folded
from index.text.lexicon import Lexicon
from index.text.names import WORD
from index.text.printable import line
from index.text.terms import UNSPACED

OURS = 0.3  # preference for the reader's language, as a cosine
LEADS = 0.15  # and for the article that the lead is from
TEASES = 0.4  # against a title that asks, or promises to tell
SHOUTS = 0.2  # against one in capitals
FEWEST, SHORTEST, LONGEST = 3, 12, 200  # words, and characters, of a title that can be shown

_UNSPACED = re.compile(f"[{UNSPACED}]")


def clearest(by_report: Sequence[Sequence[KeySentence]], lead: KeySentence, lang: str) -> tuple[Report, str] | None:
    """(report, its title as one line) of the title that says best what an event's reports tell; None if none is fit."""
    reports = [sentences[0].report for sentences in by_report if sentences]
    best, top = None, -np.inf
    for report in reports:
        text = shown(report.article)
        if not text:
            continue
        told = [float(report.title @ other.vector) for other in reports]
        score = float(np.mean(told)) if told else 0.0
        score += OURS * (report.article.lang == lang) + LEADS * (report is lead.report)
        score -= TEASES * teases(text, report.article.lang) + SHOUTS * (text.isupper())
        if score > top:
            best, top = (report, text), score
    return best


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
