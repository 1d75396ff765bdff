"""Whether a message is talk and no question for news, in words that no table has: "who nicked my stapler", "quelle journée".

    message -> the embedded model's vector of it -> logistic regressions -> log-odds that it is talk, and of which kind

`bot.questions.small_talk` tells first what its words tell. The vector is the question's, which the search takes, too. The model
card stands in `talk_weights.json`; `python scripts/train_talk.py` makes it again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.questions.question import Question
from bot.questions.small_talk import ORDER, SmallTalk, SmallTalkKind
from bot.retrieval.packed import unpacked
from bot.retrieval.word_coverage import TokenEmbeddings
from index.records import Embeddings
from index.text.names import names_in
from index.text.numbers import numbers_in

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Log-odds from which a message is talk and nothing is searched: none of 300 questions for news held back. Of one that names
# nobody, and asks nothing plainly, `LIKELY` is enough: of 836 more questions none is held back.
SURE = 1.0
FURTHER = 1.0  # more, where something was asked before: "all of them" goes on
LIKELY = 0.0  # from which on what nothing answers is talk, too
OPEN = -0.5  # below it the last part of a message is a question: "ok ta. did anyone get hurt tho"
STEEP, MOST = 3.0, 3.0  # taken from the log-odds of an answer for each that it is talk, and at most
LEAST, LONGEST = 3, 40  # words of a last part that is read by itself; of a message that may be talk

_BORDER = re.compile(r"(?<=[.!?:;,…])\s+")


@dataclass(frozen=True, slots=True)
class TalkWeights:
    """The regressions: of talk, and among talk of each kind."""

    talk: NDArray[np.float32]  # (384,)
    kinds: Mapping[SmallTalkKind, NDArray[np.float32]]  # (384,) each
    biases: Mapping[str, float]


def talk(question: Question, embeddings: Embeddings) -> SmallTalk | None:
    """What sort of talk a message surely is; None where it may be a question, or goes on with one.

    The courtesy before it is a part of what is said: "Mil gracias, crack".
    """
    follows = question.follow_up
    goes_on = follows.again or follows.after or follows.news or follows.whom or follows.lang or follows.brief
    matter = question.overview or question.vague or question.asks_for_news_alone  # "tell me about quantum computing"
    if goes_on or matter or not isinstance(embeddings, TokenEmbeddings):
        return None
    whole = question.whole or question.asked
    said = max({question.asked, whole}, key=lambda text: odds(text, embeddings))
    asks = question.plainly_asked or names_in(said, question.lang) or numbers_in(said, question.lang)
    least = SURE if asks else LIKELY
    if len(said.split()) > LONGEST or odds(said, embeddings) < (SURE + FURTHER if question.history else least):
        return None
    if _ends_in_a_question(whole, embeddings):
        return None
    thanked = question.thanks and not question.plainly_asked
    return SmallTalk("thanks" if thanked else kind(said, embeddings), question.lang)  # "Merci, tu assures" is not about us


def odds(text: str, embeddings: TokenEmbeddings) -> float:
    """Log-odds that a message is talk; -inf where the vectors are another model's."""
    vector, made = embeddings.embed_tokens([text], query=True)[0].vector, weights()
    return float(vector @ made.talk) + made.biases["talk"] if vector.shape == made.talk.shape else float("-inf")


def likely(question: Question, embeddings: Embeddings) -> bool:
    """Whether a message that nothing answers is rather talk than a question; never one that names somebody or a matter."""
    named = question.names_something or question.overview
    if question.history or named or not isinstance(embeddings, TokenEmbeddings):
        return False
    return odds(question.asked, embeddings) > LIKELY and not _ends_in_a_question(question.asked, embeddings)


def _ends_in_a_question(said: str, embeddings: TokenEmbeddings) -> bool:
    """Whether the last part of a message is plainly none of talk."""
    last = _BORDER.split(said)[-1]
    return len(last.split()) >= LEAST and last != said and odds(last, embeddings) < OPEN


def doubt(question: Question, embeddings: Embeddings) -> float:
    """What a message that is rather talk takes from the log-odds of an answer: 0 or less."""
    if question.history or not isinstance(embeddings, TokenEmbeddings):
        return 0.0
    return max(-MOST, min(0.0, STEEP * (LIKELY - odds(question.asked, embeddings))))


def kind(text: str, embeddings: TokenEmbeddings) -> SmallTalkKind:
    """Which sort of talk it is, if it is talk."""
    vector, made = embeddings.embed_tokens([text], query=True)[0].vector, weights()
    return max(ORDER, key=lambda one: float(vector @ made.kinds[one]) + made.biases[one])


@cache
def weights() -> TalkWeights:
    """The shipped ones."""
    row = json.loads((files("bot.retrieval") / "talk_weights.json").read_text(encoding="utf-8"))
    vectors = {name: unpacked(text) for name, text in row["vectors"].items()}
    return TalkWeights(vectors["talk"], {one: vectors[one] for one in ORDER}, row["biases"])
