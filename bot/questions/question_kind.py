"""Pure: what sort of answer a question asks for. `question.py` makes one record of it.

    kind("¿Cuántos contenedores?", "es") == "count"
    asked_speakers("What did President Olsen say?", "en") == ("President", "Olsen")

By short lists of question words, verbs of saying and connectives of the question's language (`index/text/data`).
"""

from __future__ import annotations

import re
from typing import Literal

from bot.questions.sentence_kind import is_saying
from index.text.fold import Folded, fold
from index.text.lexicon import Lexicon, languages
from index.text.names import WORD, content_stems, names_in

Kind = Literal["said", "who", "when", "where", "count", "why", "other"]
Answer = Literal["age", "share", "duration", "money", "count", "figure", "name", "who", "when", "where", "why", "any"]
_FINER: tuple[Answer, ...] = ("age", "share", "duration", "money")  # kinds of counts
NUMBERS: tuple[Answer, ...] = (*_FINER, "count", "figure")  # "figure": a count or measure of whatever
BEFORE = 120  # characters before a speaker's name that its verb may stand in
SHORT = 5  # words of a question that may not tell its language


def kind(question: str, lang: str) -> Kind:
    """What sort of answer a question asks for; "other" where its words do not tell."""
    words, text = Lexicon(lang), re.sub(r"[^\w\s]", " ", Folded(question).text)
    patterns: dict[Kind, re.Pattern[str]] = {  # in the order in which they are tried
        "count": words.asks_count, "when": words.asks_when, "said": words.asks_said, "who": words.asks_who,
        "why": words.asks_why, "where": words.asks_where,
    }  # fmt: skip
    found = {name: match.start() for name, pattern in patterns.items() if (match := pattern.search(text))}
    if found.get("when", 0) > min(found.values(), default=0):  # "Who was in command when it ran aground?"
        del found["when"]
    return next(iter(found), "other")


def answer(question: str, lang: str) -> Answer:
    """What a sentence that answers has to hold; "any" where the words of the question do not tell.

    >>> answer("¿Cuánto tardó el barco?", "es"), answer("What was the ship called?", "en")
    ('duration', 'name')
    """
    text = " ".join(re.sub(r"[^\w\s]", " ", Folded(question).text).split())
    asked = {match.lastgroup for match in Lexicon(lang).asks_for.finditer(text)}
    sort = kind(question, lang)
    finer = next((name for name in _FINER if name in asked), "count" if sort == "count" else None)
    if finer or sort in ("said", "other"):
        return finer or ("name" if "name" in asked else "any")
    return "name" if "name" in asked and sort == "who" else sort  # type: ignore[return-value]


def compared_by(question: str, lang: str) -> Answer | None:
    """The figure that tells which of two has more of something; None where the words of the question name none.

    >>> compared_by("Who was older, Osk or Lind?", "en"), compared_by("Did Osk or Lind cost more lives?", "en")
    ('age', 'figure')
    """
    asked = {match.lastgroup for match in Lexicon(lang).compared_by.finditer(Folded(question).text)}
    return next((name for name in NUMBERS if name in asked), None)


def asks_whether(question: str, lang: str) -> bool:
    """Whether yes or no answers a question.

    >>> asks_whether("¿Fue condenado?", "es"), asks_whether("¿A quién condenaron?", "es")
    (True, False)
    """
    if answer(question, lang) != "any" or (lang != "en" and "?" not in question):
        return False
    put = question.rpartition("¿")[2].partition("?")[0]
    put = " ".join(re.sub(r"[^\w\s]", " ", Folded(put).text).split())
    return bool(Lexicon(lang).asks_whether.search(put))


def overview_words(question: str, lang: str) -> int:
    """How many words a question begins with that ask what happened in a matter as a whole; 0 where it asks something else.

    >>> overview_words("¿Qué pasó en Norwick?", "es"), overview_words("Who was hurt in Norwick?", "en")
    (3, 0)
    """
    text = re.sub(r"[^\w\s'-]", " ", Folded(question).text.replace("’", "'"))
    asks = Lexicon(lang).asks_overview.match(" ".join(text.split()))
    return len(WORD.findall(asks.group())) if asks else 0


def counted(question: str, lang: str) -> frozenset[int]:
    """Where the words begin that name the thing whose number is asked for: the content words right behind "how many".

    "How many times" counts no thing, and "how many people" whatever people the articles name: sailors, pupils, the dead.
    """
    words = Lexicon(lang)
    starts: list[int] = []
    begun = False
    for match in WORD.finditer(question):
        token = fold(match.group())
        if not begun:
            begun = token in words.how_many
        elif token in words.stopwords and (starts or token not in words.how_many_of):
            break
        elif token not in words.countless and token not in words.how_many_of:
            starts.append(match.start())
    return frozenset(starts)


def asks_who_reports(question: str, lang: str) -> bool:
    """Whether a question asks whose report something is: then the line that says so is an answer, and else none."""
    return bool(Lexicon(lang).who_reports.search(Folded(question).text))


def asked_speakers(question: str, lang: str) -> tuple[str, ...]:
    """Whom a who-said question asks about: the first name behind its verb, every word of it."""
    if kind(question, lang) != "said":
        return ()
    named = names_in(question, lang)
    before = Lexicon(lang).before_speaker
    speaker: list[str] = []
    last = -9
    for match in WORD.finditer(question):
        word = re.sub(r"['’]s?$", "", match.group())
        if word not in named:
            continue
        if (speaker and match.start() - last <= 1) or (
            not speaker and before.search(Folded(question[max(0, match.start() - BEFORE) : match.start()]).text)
        ):
            speaker.append(word)
        elif speaker:
            break
        last = match.end()
    return tuple(speaker)


def asks_for_everything(question: str, lang: str) -> bool:
    """Whether a who-said question names a speaker (and perhaps a place) but no topic: "What did Olsen say in Norwick?"."""
    named = names_in(question, lang)
    if not asked_speakers(question, lang):
        return False
    rest = [m.group() for m in WORD.finditer(question) if re.sub(r"['’]s?$", "", m.group()) not in named]
    return not any(content_stems(word, lang) and not is_saying(word, lang) for word in rest)


def asks_for_news(question: str, lang: str, *, whole: bool = True) -> bool:
    """Whether a question asks what is new, what happened or what was said and, where `whole`, names nothing it should be about.

    >>> asks_for_news("¿Qué hay de nuevo?", "es"), asks_for_news("Any news about the strait?", "en")
    (True, False)
    """
    return any(_asks_for_news(question, each, whole) for each in _tried(question, lang))


def names_news(question: str, lang: str) -> bool:
    """Whether a question has a word for what is new, and not only for what happened, was said or is told in short.

    >>> names_news("Any news?", "en"), names_news("What happened?", "en"), names_news("Was gibt's Neues?", "en")
    (True, False, True)
    """
    tokens = {re.sub(r"['’]s$", "", word) for word in WORD.findall(Folded(question).text)}
    return any(Lexicon(each).news_new & tokens for each in _tried(question, lang))


def _tried(question: str, lang: str) -> tuple[str, ...]:
    """The languages it is read in: "Resumen de la semana" is too short to tell its own."""
    return tuple(dict.fromkeys((lang, *languages()))) if len(question.split()) <= SHORT else (lang,)


def _asks_for_news(question: str, lang: str, whole: bool) -> bool:
    lexicon, text = Lexicon(lang), Folded(question).text
    if re.search(r"[\u4e00-\u9fff]", text):
        bare = re.sub(r"\W", "", text)
        return any(word in bare for word in lexicon.news_words) and (not whole or bool(lexicon.news_unspaced.fullmatch(bare)))
    tokens = [re.sub(r"['’]s$", "", match.group()) for match in WORD.finditer(text)]
    sort = kind(question, lang)
    news = bool(lexicon.news_words.intersection(tokens)) or (sort == "said" and not names_in(question, lang))
    if sort not in ("other", "said") or not news:
        return False
    idle = lexicon.news_words | lexicon.news_around | lexicon.stopwords
    return not whole or all(word in idle or is_saying(word, lang) for word in tokens)
