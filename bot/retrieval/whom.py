"""Pure: the person that a pronoun in a follow-up stands for, by the articles found: of those asked about and told of before.

"Who won the women's race?"   "Lena Varga won …"   "What time did she run?"   ->   "What time did Varga run?"

The one whose gender is the pronoun's, by the article's own words (`index.quotes.people`); nobody where that may be two.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from bot.questions.question import Question
from index.quotes.people import Person, people
from index.records import Article, Hit
from index.text.lexicon import Lexicon
from index.text.names import holds_name
from index.text.person_names import FAMILY_FIRST

READ = 3  # hits whose articles are read for who is who


def of_whom(question: Question, hits: Sequence[Hit], article: Callable[[str, int], Article | None]) -> Question:
    """A follow-up with the name of the person that its pronoun stands for; as it is where it has none, or nobody is meant.

    The hits were found by the words that it took over from the question before: with the name it is asked without them.
    """
    if not question.pronoun:
        return question
    for hit in hits[:READ]:
        text = article(hit.passage.article_id, hit.passage.version)
        meant = _meant(text, question) if text is not None else []
        if len(meant) > 1:
            return question  # another article that names one of them does not say who is meant
        if meant:
            words = meant[0].split()  # what the sentences after the first call somebody
            return question.naming(meant[0] if words[0].lower() in FAMILY_FIRST else words[-1])
    return question


def _meant(article: Article, question: Question) -> list[str]:
    """The people of an article who were asked about or told of last, and are sure to have that gender; else those who may.

    The one whom the questions before name goes before those told of, unless who it is was asked for.
    """
    persons = [one for one in people(article.text, Lexicon(article.lang)).persons if one.human]
    asked = [one.name for one in persons if one.gender in ("", question.pronoun) and _named(one, question.leans_on)]
    if len(asked) == 1:
        return asked
    told = [one for one in persons if _told_of(one, question)]
    sure = [one.name for one in told if one.gender == question.pronoun]
    return sure or [one.name for one in told if not one.gender]


def _told_of(person: Person, question: Question) -> bool:
    """Whether the last question or the reply to it names somebody, by whatever part of the name."""
    asked = [n for n, turn in enumerate(question.history) if turn.role == "user"]
    last = " ".join(re.sub(r"\s+", " ", turn.content) for turn in question.history[asked[-1] :]) if asked else ""
    return _named(person, last)


def _named(person: Person, text: str) -> bool:
    return holds_name(person.name.split()[-1], text, same_lang=False)
