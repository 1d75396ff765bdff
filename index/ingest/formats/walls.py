"""Pages that stand where an article should: consent, bot checks, paywalls, sign-ins, soft 404s, maintenance. Pure.

    kind(text, titles, source, lang) -> "robot"           what the page is instead of an article; "" if it is an article
    without_notes(text, lang)        -> the text without "subscribe to read on" around it

A wall speaks to its reader, of itself: "we use cookies", "your browser", "please sign in". News does neither, but for what it
quotes. So a page is a wall if hardly a sentence of it tells of anything else. Its words are the tables `walls` (of each kind,
words of a sentence) and `wall_words` (that speak to a reader) of `index/text/data/LANG.toml`. A wall in imperatives alone
("Subscribe to read on. Already a subscriber?") says so twice, and next to nothing else. An article about cookies, a
captcha or a paywall is told by its other sentences, and a sentence or two above a paywall are an article: what can be read
is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from index.text.fold import fold_text
from index.text.language import identify
from index.text.lexicon import Lexicon

WHY = {
    "consent": "no article: the page asks for consent to cookies or tracking",
    "javascript": "no article: the page asks for JavaScript, cookies or another browser",
    "robot": "no article: the page checks whether its reader is a robot",
    "refused": "no article: the site refuses access",
    "adblock": "no article: the page asks for an ad blocker to be switched off",
    "paid": "no article: the page shows its text to subscribers only",
    "login": "no article: the page asks its reader to sign in",
    "region": "no article: the site shows the page in certain countries only",
    "missing": "no article: the site says that there is no such page",
    "moved": "no article: the page only says that it has moved",
    "upkeep": "no article: the site says that it is out of order",
}

LONGEST = 8000  # characters: no wall is longer
HEAD = 900  # characters in which a wall says what it is
STRONG = 0.3  # of a wall's letters, at least, are in sentences of its kinds
NEWS, NEWS_BEHIND = 0.25, 0.35  # of them, at most, are in sentences of no such words; the same where the first is of its kinds
SHORT, NEWS_UNDER_TITLE = 1500, 0.6  # characters and the same, where the title is a wall's: soft 404s list other articles
SAID = 2  # sentences of its kinds, at least, in a wall without a word to its reader
BARE = 700  # characters: a page that a bot check's own script is on, and that says no more, is that check
TITLED = 0.6  # of a title: as much in words of a wall, and it is a wall's
COVERED, COVERED_TO_READER = 0.2, 0.12  # of a sentence, and one that speaks to its reader: less, and it tells of a wall
LEAD = 25  # letters in lines of nothing but news from which the page of a paywall or a sign-in is an article, if a short one
OFFER = 250  # letters of other sentences below a paywall that says so first: more is an article behind a badge
ENOUGH = 100  # the same of other walls, of which a line may be in words that no table has
BUTTON = 12  # letters: what is shorter tells of nothing
LINES = 8  # around a text that may be notes


@dataclass(frozen=True, slots=True)
class _Sentence:
    kind: str  # of a wall; "news"; "weak": speaks to the reader; "": a heading, a name, a button
    letters: int


def kind(text: str, titles: Sequence[str], source: str, lang: str) -> str:
    """What a page is instead of an article, a key of `WHY`; "" if it is one.

    `titles` are its window's title and its first headings, `source` its markup, `lang` the language that it declares.
    """
    if len(text) > LONGEST:
        return ""
    if len(text) < BARE and (sign := _by_markup(source)):
        return sign
    words = _Words(text, lang)
    titled = next((found for title in titles if (found := words.of_title(title))), "")
    if not titled and not words.somewhere(text[:HEAD]):
        return ""
    lines = [words.sentences(line, titles) for line in text.split("\n")]
    sentences = [one for line in lines for one in line]
    letters = _letters(sentences)
    strong, whole = sum(letters[name] for name in WHY), sum(letters.values()) or 1
    if titled and len(text) <= SHORT and letters["news"] <= NEWS_UNDER_TITLE * whole and words.speaks_to_reader(text):
        return titled
    most = max(WHY, key=lambda name: letters[name])
    if not titled and not words.speaks_to_reader(text):
        said = sum(one.kind in WHY for one in sentences)
        if said < SAID or letters["news"] > NEWS * whole:
            return ""
    first = next((one.kind for one in sentences if one.kind), "")
    if first in ("paid", "login") and letters["news"] <= OFFER and strong + letters["weak"] >= STRONG * whole:
        return first  # what stands below a paywall is what a subscription offers
    if strong < STRONG * whole or letters["news"] > (NEWS_BEHIND if first in WHY else NEWS) * whole:
        return ""
    return "" if _told(lines) >= (LEAD if most in ("paid", "login") else ENOUGH) else most


def without_notes(text: str, lang: str) -> str:
    """The text without the lines before and behind it that ask for a subscription, a sign-in, consent or JavaScript.

    Where they are longer than the rest of the text, they are left out wherever they stand.
    """
    lines = text.split("\n")
    words = _Words(text, lang)
    head, tail = "\n".join(lines[:LINES]), "\n".join(lines[-LINES:])
    if not words.somewhere(head[:HEAD]) and not words.somewhere(tail[-HEAD:]):
        return text
    start, end = 0, len(lines)
    for at in range(len(lines) - 1, max(0, len(lines) - LINES) - 1, -1):
        found = words.note(lines[at])
        if found == "news":
            break
        if found == "note":
            end = at
    while start < min(LINES, end) and words.note(lines[start]) == "note":
        start += 1
    kept = lines[start:end]
    if len(text) <= LONGEST:
        noted = [line for line in kept if words.note(line) == "note"]
        if 2 * sum(map(len, noted)) > sum(map(len, kept)):
            kept = [line for line in kept if line not in noted]
    return "\n".join(kept) or text


_NOTES = frozenset(("paid", "login", "consent", "javascript", "adblock"))
_QUOTED = re.compile(
    r"“[^”\n]{1,400}”|„[^“”\n]{1,400}[“”]|«[^»\n]{1,400}»|「[^」\n]{1,200}」|『[^』\n]{1,200}』|\"[^\"\n]{1,400}\""
)
_SENTENCE = re.compile(r".+?(?:[.!?…]+[\"'”»)\]]*(?=\s|$)|[。！？؟]+|$)")
_ENDS = re.compile(r"[.!?…。！？؟][\"'”»)\]□]*$")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_PARTS = re.compile(r"\s+[-–—|•·:]\s+|\s*[|•]\s*|:\s+|[()]")


class _Words:
    """The tables for one text: of the language it declares, of the one it is in, and English, in which many walls are."""

    def __init__(self, text: str, lang: str) -> None:
        head = text[:HEAD]
        known = lang if _is_in(head, lang) else identify(head, lang)
        self._lexicons = [Lexicon(one) for one in dict.fromkeys((known, lang, "en")) if one]

    def somewhere(self, text: str) -> bool:
        """Whether a text has words of a wall anywhere."""
        folded = fold_text(text)
        return any(lexicon.walls.search(folded) for lexicon in self._lexicons)

    def speaks_to_reader(self, text: str) -> bool:
        """Whether a text has words that are said to a reader."""
        folded = fold_text(text)
        return any(lexicon.wall_words.search(folded) for lexicon in self._lexicons)

    def of_title(self, title: str) -> str:
        """The kind of wall that a title names, the site's name aside: it says nothing else."""
        for part in _PARTS.split(title.strip()):
            folded = fold_text(part.strip(" .!?…"))
            for lexicon in self._lexicons:
                matches = list(lexicon.walls.finditer(folded))
                if matches and sum(len(match[0]) for match in matches) >= TITLED * len(folded):
                    return matches[0].lastgroup or ""
            if len(folded) > 12:  # the first that says something decides: "Access denied: reporters shut out"
                break
        return ""

    def sentences(self, line: str, titles: Sequence[str] = ()) -> list[_Sentence]:
        """The sentences of a line. What is quoted is read as news: it is told of."""
        line = line.strip()
        heading = any(line and line in title for title in titles)
        masked = _QUOTED.sub(lambda match: "□" * len(match[0]), line)
        found = []
        for match in _SENTENCE.finditer(masked):
            if sentence := match[0].strip():
                letters = len(sentence) + 2 * len(_WIDE.findall(line[match.start() : match.end()]))
                found.append(_Sentence(self._kind(sentence, letters, heading), letters))
        return found

    def _kind(self, sentence: str, letters: int, heading: bool) -> str:
        folded = fold_text(sentence)
        to_reader = any(lexicon.wall_words.search(folded) for lexicon in self._lexicons)
        for lexicon in self._lexicons:
            matches = list(lexicon.walls.finditer(folded))
            covered = COVERED_TO_READER if to_reader else COVERED
            if matches and sum(len(match[0]) for match in matches) >= covered * len(folded):
                rest = lexicon.walls.sub(" ", folded)
                if not to_reader and _ENDS.search(sentence) and any(_tells(rest, one) for one in self._lexicons):
                    return "news"
                return matches[0].lastgroup or ""
        if to_reader:
            return "weak"
        told = letters > 60 or (letters >= BUTTON and _ENDS.search(sentence))
        return "news" if told and not heading else ""

    def note(self, line: str) -> str:
        """A line that is "news", a "note" of the site's own, or "" where it may be either."""
        found = {one.kind for one in self.sentences(line)}
        if "news" in found or found - _NOTES - {"weak", ""}:
            return "news"
        return "note" if found & _NOTES else ""


def _tells(folded: str, lexicon: Lexicon) -> bool:
    """Whether words say on which day, or who says so: "… was down on Thursday, the ministry said"."""
    words = re.findall(r"[^\W\d_]+", folded)
    clauses = "," in folded  # "to keep reading" says nothing
    return any(word in lexicon.weekdays or (clauses and word in _said(lexicon)) for word in words)


@cache
def _said(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(map(fold_text, lexicon.speech_verbs))


def _is_in(text: str, lang: str) -> bool:
    """Whether a text may be in a language, by its common words: telling which one it is in takes 1 to 12 ms."""
    lexicon = Lexicon(lang)
    if lexicon.unspaced:
        return bool(_WIDE.search(text))
    words = fold_text(text).split()
    return 5 * sum(word in lexicon.stopwords for word in words) >= len(words) > 0


def _letters(sentences: Sequence[_Sentence]) -> dict[str, int]:
    """Letters of each kind of sentence."""
    letters = dict.fromkeys((*WHY, "weak", "news", ""), 0)
    for one in sentences:
        letters[one.kind] += one.letters
    del letters[""]
    return letters


def _told(lines: Sequence[Sequence[_Sentence]]) -> int:
    """Letters in lines of nothing but news."""
    return sum(one.letters for line in lines if all(other.kind == "news" for other in line) for one in line)


# The scripts and marks of bot checks themselves; those that their makers put on every page of a site are others.
_SIGNS = re.compile(
    r"captcha-delivery\.com|id=[\"']?px-captcha|_Incapsula_Resource|captcha\.awswaf\.com|_cf_chl_opt|/cdn-cgi/challenge-platform/h/"
    r"|ddos-guard/js-challenge|/\.well-known/sgcaptcha|aliyun_waf|acw_sc__v2|/_sec/cp_challenge|geo\.captcha|/TSPD/"
)
_REFRESH = re.compile(
    r"<meta[^<>]{0,80}http-equiv=[\"']?refresh[^<>]{0,40}content=[\"']?\s*(?:\d|10)\s*;\s*url=", re.IGNORECASE
)


def _by_markup(source: str) -> str:
    if _SIGNS.search(source):
        return "robot"
    return "moved" if _REFRESH.search(source) and len(source) < 5000 else ""
