"""Pure: the two sides of a question that sets things beside each other, each a question that can be searched by itself.

sides("Which killed more people, Hurricane Osk or Typhoon Tavi?")
->  "Which killed more people, Hurricane Osk?", "Which killed more people, Typhoon Tavi?"

What stands behind a joint takes the place of what stands before it: from a small word that both begin with ("the crash in
Norwick or the fire in Selwyn", "how many in Norwick and how many in Selwyn"), else two names, or two years.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.questions.sentence_kind import is_saying
from bot.questions.words import Word
from index.text.fold import Folded, fold
from index.text.lexicon import Lexicon
from index.text.names import WORD

SMALL = 3  # words that are no names, of a name of several words: "Minister of Ports Osei"
STOP = re.compile(r"[,;:?]")
Stretch = tuple[int, int]  # first and last of some words


def sides(question: str, words: Sequence[Word], lang: str, *, each: bool = False) -> tuple[str, ...]:
    """Two questions, one for each side; none where the question does not compare, or names no two things.

    `each`: it asks for what two that are named have each, a figure or words: "How old were Osk and Lind?".
    """
    lexicon = Lexicon(lang)
    head = [place for place, word in enumerate(words) if word.end <= question.find(":")]  # "Osk and Lind: who was older?"
    if not (each or head or lexicon.asks_to_compare.search(Folded(question).text)):
        return ()
    ors = [i for i, word in enumerate(words) if i and fold(word.text) in lexicon.or_words]
    joints = [i for i, word in enumerate(words) if i and fold(word.text) in lexicon.between_sides and i not in ors]
    for joint in (*reversed(ors), *joints):  # a question for one of two ends with "or"
        if found := _phrases(question, words, joint, lexicon):
            return _exchanged(question, words, *found, lexicon)
    for place in head[:-1]:  # "Osk in Norwick, Lind in Selwyn: what were their times?"
        mine, other = (head[0], place), (place + 1, head[-1])
        if "," in _gap(question, words, place) and all(
            any(_named(word, lexicon) for word in words[a : b + 1]) for a, b in (mine, other)
        ):
            return _exchanged(question, words, mine, place, other, lexicon)
    return ()


def _phrases(question: str, words: Sequence[Word], joint: int, lexicon: Lexicon) -> tuple[Stretch, int, Stretch] | None:
    """The side before a joint, the last word before it, and the side behind it; None where it joins no two things."""
    before = joint - 1
    while before > 0 and lexicon.asks_to_compare.fullmatch(fold(words[before].text)):
        before -= 1  # "in Norwick compared with Selwyn"
    behind = next((i for i in range(joint + 1, len(words)) if _tells(words[i], lexicon)), None)
    if behind is None or any(STOP.search(_gap(question, words, i)) for i in range(joint, behind)):
        return None
    runs = _runs(question, words, lexicon)
    for opener in range(behind - 1, joint, -1):
        relative = words[opener].text.lower() in lexicon.relatives  # "the ship that left and the one that stayed"
        bare = relative and words[opener - 1].text.lower() not in lexicon.determiners
        first = None if bare else _opened(words, before, words[opener].text, lexicon)
        if first is not None:
            return (first, before), before, (opener, _last(question, words, behind, words[first : before + 1], runs, lexicon))
    own = next((run for run in runs if run[0] == behind), None)
    mine = [run for run in runs if run[1] == before]
    if (
        not mine and words[before].text[:1].isupper() and _tells(words[before], lexicon)
    ):  # "Osk and Lind …": no name is told by the capital of a first word
        mine = [(before, before)]
    if own and _numbered(words[own[1]]):
        mine = [run for run in runs if run[1] <= before and _numbered(words[run[1]])] or mine
    if mine and own:
        return mine[-1], before, own
    last = _last(question, words, behind, words[before : before + 1], runs, lexicon)
    asks = any(word.text.lower() in lexicon.asking_words for word in words[joint:behind])  # "and how long did it take"
    return (mine[-1], before, (joint + 1, last)) if mine and not asks and _named(words[last], lexicon) else None


def _opened(words: Sequence[Word], before: int, opener: str, lexicon: Lexicon) -> int | None:
    """The last place before a joint from which a side begins with a small word that the other begins with, too."""
    low = opener.lower()
    if low in lexicon.asking_words or low not in lexicon.prepositions | lexicon.determiners | lexicon.relatives:
        return None
    places = (i for i in range(before - 1, -1, -1) if words[i].text.lower() == low)
    return next((i for i in places if any(_tells(word, lexicon) for word in words[i + 1 : before + 1])), None)


def _last(
    question: str, words: Sequence[Word], behind: int, first: Sequence[Word], runs: Sequence[Stretch], lexicon: Lexicon
) -> int:
    """Where the side behind a joint ends: with its name where the other ends with one, else after as many words that tell."""
    stop = next((i for i in range(behind, len(words)) if STOP.search(_gap(question, words, i))), len(words) - 1)
    if _named(first[-1], lexicon):
        return next((end for _, end in runs if behind <= end <= stop), stop)
    telling = [i for i in range(behind, stop + 1) if words[i].content]
    return telling[: max(1, sum(word.content for word in first))][-1] if telling else stop


def _gap(question: str, words: Sequence[Word], place: int) -> str:
    """What stands between a word and the next."""
    return question[words[place].end : words[place + 1].start if place + 1 < len(words) else None]


def _tells(word: Word, lexicon: Lexicon) -> bool:
    """Whether it carries meaning, and does not only ask."""
    low = fold(word.text)
    return (word.content or _named(word, lexicon)) and low not in lexicon.asking_words and low not in lexicon.how_many


def _named(word: Word, lexicon: Lexicon) -> bool:
    return word.name or _numbered(word) or fold(word.text) in lexicon.months


def _numbered(word: Word) -> bool:
    return any(char.isdigit() for char in word.text)


def _runs(question: str, words: Sequence[Word], lexicon: Lexicon) -> list[Stretch]:
    """(first, last) places in `words` of names and years, those of one name together: no comma stands in one."""
    runs: list[Stretch] = []
    for place, word in enumerate(words):
        if not _named(word, lexicon):
            continue
        gap = words[runs[-1][1] + 1 : place] if runs else ()
        apart = not runs or "," in question[words[runs[-1][1]].end : word.start] or len(gap) >= SMALL
        inner = lexicon.inner_prepositions | lexicon.determiners
        if not apart and all(fold(w.text) not in lexicon.between_sides and w.text.lower() in inner for w in gap):
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


def _exchanged(
    question: str, words: Sequence[Word], mine: Stretch, before: int, other: Stretch, lexicon: Lexicon
) -> tuple[str, ...]:
    """The question with the first side alone, and with the second in its place, each without the words that only compare."""
    start, end = words[mine[0]].start, words[mine[1]].end
    behind = f"{question[end : words[before].end]}{question[words[other[1]].end :]}"
    put = (question[start:end], question[words[other[0]].start : words[other[1]].end])
    if lexicon.asked_said and any(is_saying(word.text, lexicon.lang) for word in words if not start <= word.start < end):
        matter = WORD.sub(lambda word: "" if _says(word.group(), lexicon) else word.group(), behind).strip(" ?.,;:")
        return tuple(lexicon.asked_said[0].format(speaker=side, matter=" ".join(matter.split())) for side in put)
    return tuple(_bare(f"{question[:start]}{side}{behind}", lexicon) for side in put)


def _says(word: str, lexicon: Lexicon) -> bool:
    """Whether it is a verb of saying, or goes with one: "ont dit"."""
    return word.lower() in lexicon.auxiliaries or is_saying(word, lexicon.lang)


def _bare(text: str, lexicon: Lexicon) -> str:
    """A question without the words that only compare, nor a small word that stands there twice: "de de"."""
    compares = [m for m in WORD.finditer(text) if lexicon.asks_to_compare.fullmatch(fold(m.group()))]
    for match in reversed([m for m in compares if fold(m.group()) not in lexicon.stopwords]):
        text = f"{text[: match.start()]} {text[match.end() :]}"
    return re.sub(r"\b([^\W\dA-ZÀ-Þ]\w*) \1\b", r"\1", " ".join(text.split()))
