"""What refuses a question whatever its score: a name in no article, a topic nothing is like, a reversed deed, no topic or word.

    "When will the port of Sarvella reopen?" over articles on Sanvara          a name that is nowhere
    "What did Haddad say about wine?" over what Haddad said of inspections     nothing on the topic
    "Why did Putin thank Kim?" over "Kim thanked Putin"                        the other way round
    "Why was Marn acquitted?" over a trial that has not ended                  a deed told nowhere, nor its opposite

The likeness of tokens alone does not tell names: a translated one ("Ginebra" in an English article) is .75 to .86 like its
nearest word, an invented one up to .82. What a table knows (`index.text.places`) is looked up; of what is left, in alphabets
that have capitals, hardly a name is translated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from bot.questions.agent_patient import reversed_in
from bot.questions.question import Question
from bot.retrieval.candidates import Candidate
from bot.retrieval.deciding import OPPOSITES, outcomes, taken_for_granted
from bot.retrieval.word_coverage import TokenEmbeddings
from index.records import Hit
from index.text.lexicon import Lexicon
from index.text.names import holds_name
from index.text.places import codes, places

# Cover of every word of a name, below which it is not there: of 24 questions with invented names 16 are refused for it, of 230
# answerable ones of our own and of deskqa two, both refused without it.
GONE = 0.805
# Mean cover of what a who-said question is about, by the best sentence and its neighbours, below which nothing is on it: of 17
# answerable ones (deskqa and ours) all but one have .80 and more, on something else .65 to .75.
ON_TOPIC = 0.76
# The same across languages: of 15 on real articles the six that are on the topic have .738 and more ("arrest", "aprehensión"),
# eight of those that are not .717 at most, one .736.
ON_TOPIC_ACROSS = 0.73
# Characters of a piece in the mean, up to which a word is none that the model has met. Of 40 words and names in seven languages
# three have no longer ones ("Fähre", "Pohiva"), which articles that have them cover; of 22 rows of keys and made-up words 17.
PIECE = 2
SYMBOL = 3  # characters of what may be an abbreviation
_LATIN = re.compile("[A-Za-zÀ-ɏ]")


def refused(question: Question, candidates: Sequence[Candidate], hits: Sequence[Hit], *, by_tokens: bool) -> bool:
    """Whether nothing found can answer. `candidates`: the sentences that were read, best first; one at least.

    `by_tokens`: how far they cover the question is measured by vectors of tokens, and not by spelling.
    """
    if question.without_dates().asks_for_news_alone and question.kind != "said":  # told, if anything came out
        return True
    same = [c.text for c in candidates if c.passage.lang == question.lang]
    absent = by_tokens and (absent_names(question, candidates, hits) or off_topic(question, candidates))
    return bool(absent) or reversed_in(question.deed, question.lang, same) or untold(question, candidates)


def no_words(question: Question, candidates: Sequence[Candidate], embeddings: TokenEmbeddings) -> bool:
    """Whether it is made of no words: "asdfgh qwerty". The model reads each in the shortest pieces, and nothing has them."""
    if not question.words or any(max(c.cover[i] for c in candidates) >= GONE for i in range(len(question.words))):
        return False
    spans = embeddings.embed_tokens([question.text], query=True)[0].spans
    pieces = [sum(word.start < end and start < word.end for start, end in spans) for word in question.words]
    return all(
        _LATIN.match(word.text) and len(word.text) > SYMBOL and PIECE * count >= len(word.text)
        for word, count in zip(question.words, pieces, strict=True)
    )


def untold(question: Question, candidates: Sequence[Candidate]) -> bool:
    """Whether a question who did an act, why or when finds an article that tells neither the act nor its opposite."""
    if question.kind not in ("who", "why", "when") or Lexicon(question.lang).to_come.search(question.text.lower()):
        return False
    acts, best = taken_for_granted(question), candidates[0].passage
    here = [best.title, *(c.text for c in candidates if c.passage.article_id == best.article_id)]
    told = frozenset().union(*(outcomes(text, best.lang) for text in here))
    return bool(acts) and not told & (acts | {OPPOSITES[kind] for kind in acts})


def off_topic(question: Question, candidates: Sequence[Candidate]) -> bool:
    """Whether a question asks what somebody said about something that the best sentence and its neighbours are not about."""
    asked, topic = question.who_said, [i for i in question.topic_words if question.words[i].text not in question.speakers]
    if asked is None or not asked.topic or asked.place or not question.speakers or not topic:  # "at the opening": an occasion
        return False
    window = around_best(candidates)
    enough = ON_TOPIC if window[0].passage.lang == question.lang else ON_TOPIC_ACROSS
    return sum(max(c.cover[i] for c in window) for i in topic) / len(topic) < enough


def around_best(candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """The best sentence with those read before and after it in its article."""
    best = candidates[0]
    article = sorted((c for c in candidates if c.passage.article_id == best.passage.article_id), key=lambda c: c.start)
    at = article.index(best)
    return article[max(0, at - 1) : at + 2]


def absent_names(question: Question, candidates: Sequence[Candidate], hits: Sequence[Hit]) -> tuple[str, ...]:
    """The words of the names that are nowhere."""
    best = candidates[0].passage.article_id
    read = [c.cover for c in candidates if c.passage.article_id == best]
    passages = [passage for hit in hits for passage in hit.passages]
    texts = [(f"{p.title} {p.outlet} {p.text}", p.lang) for p in passages]
    known = places(question.text, question.lang)
    gone: list[str] = []
    for run in _runs(question):
        words = [question.words[i] for i in run]
        if Lexicon(question.lang).capital_nouns and len(words) == 1:  # "Schlepper" may be no name
            continue
        if not all(_LATIN.match(word.text) for word in words) or max(cover[i] for cover in read for i in run) >= GONE:
            continue
        listed = [place.code for place in known for word in words if place.start <= word.start < place.end]
        spelled = any(holds_name(word.text, text, same_lang=lang == question.lang) for word in words for text, lang in texts)
        if not spelled and not any(code in codes(text, lang) for code in listed for text, lang in texts):
            gone += [word.text for word in words]
    return tuple(gone)


def _runs(question: Question) -> list[list[int]]:
    """The places of names, those that stand side by side together."""
    places_of_names = [i for i, word in enumerate(question.words) if word.name]
    return [[i for _, i in run] for _, run in groupby(enumerate(places_of_names), lambda pair: pair[1] - pair[0])]
