"""Pure: a question that leans on the conversation -> one that can be searched by itself, with no model.

    "shorter" | "in Spanish" | "when was that?"     the question before, in another way (`follow_up_commands`)
    "only from Spanish outlets" | "and Lavrov?"     the same, narrowed, or of somebody else
    "who is she?" | "what else did she say?"        of whom the question before was about
    "and what did Marwick say?"                     what the question before was about, behind the new one
    "what is new?"                                  the news, whatever was asked before

Only questions that lean are touched (a pronoun without its noun, an ellipsis, a few words), and only the user's own earlier
questions are carried over: a new topic stays clean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from bot.questions import question_kind
from bot.questions.follow_up_commands import FollowUp, commanded, is_command, restyles
from bot.questions.follow_up_persons import (
    SOME_DAY,
    after,
    either,
    nobody_meant,
    of_the_same,
    on_something_else,
    only_a_pronoun,
    said_at_all,
    somebody_else,
    who_or_what_else,
)
from bot.questions.sentence_kind import is_saying
from bot.records import Turn
from index.search import question_filters as index_asked
from index.text.dates import mentions
from index.text.fold import Folded, fold
from index.text.lexicon import Lexicon
from index.text.lexicon_tables import NEVER
from index.text.names import CAPITALISED, WORD, content_stems, names_in

REMEMBERED = 12  # questions that are gone back over to what a follow-up is about


def resolved(question: str, history: Sequence[Turn], lang: str) -> FollowUp:
    """What a question means, by rule.

    >>> resolved("Only from Spanish outlets", [Turn("user", "What did Olsen say?")], "en").searched
    'What did Olsen say, in Spanish outlets?'
    """
    before = previous(history, lang)
    if before is None:
        return FollowUp(searched=question)
    if command := commanded(question, lang, before):
        return command
    if narrowing := narrower(question, lang):
        return replace(before, narrowed=", ".join(filter(None, (before.narrowed, narrowing)))).moved(before.whole)
    if news_of_anything(question, lang):
        return FollowUp(searched=question, news=True)
    if moved := elsewhere(question, before.whole, lang) or on_something_else(question, before.whole, lang):
        return replace(before.moved(moved), exchanged=True)
    if moved := something_else_counted(question, before.whole, lang):
        return replace(before.moved(moved), exchanged=True)
    if moved := somebody_else(question, before.whole, lang):
        return replace(before.moved(moved, said_at_all(moved, lang)), exchanged=True)
    if person := who_or_what_else(question, before.whole, lang):
        return FollowUp(searched=person, again=True, unseen=bool(Lexicon(lang).ask_else.search(Folded(question).text)))
    if nobody_meant(question, before.whole, lang, _reply(history)):
        return FollowUp(searched=question, whom=True)
    if named := of_the_same(question, before.whole, lang, _reply(history)):
        return FollowUp(searched=named)
    leaning = leans(question, lang)
    earlier, words = leant_on(question, history, lang, hanging=not leaning and hangs(question, lang))
    if not words:
        return FollowUp(searched=question)
    return FollowUp(
        searched=f"{question.rstrip()} ({words})", alone=bare(question, lang) if leaning else question, hanging=not leaning,
        earlier=earlier, carried=words,
    )  # fmt: skip


def _reply(history: Sequence[Turn]) -> str:
    """The last reply."""
    return next((turn.content for turn in reversed(history) if turn.role == "assistant"), "")


def told_before(question: str, history: Sequence[Turn], lang: str) -> list[str]:
    """The replies that a question for what was not told yet is held against: all before it, or before it was first put."""
    asked = [n for n, turn in enumerate(history) if turn.role == "user"]
    end = len(history)
    if restyles(question, lang):
        end = next((n for n in reversed(asked) if not _passed_over(history[n].content, lang)), 0)
    return [turn.content for turn in history[:end] if turn.role == "assistant"]


def _passed_over(question: str, lang: str) -> bool:
    return restyles(question, lang) or only_a_pronoun(question, lang)


def previous(history: Sequence[Turn], lang: str) -> FollowUp | None:
    """What the last question of a conversation meant that was understood; None before the first."""
    asked = [n for n, turn in enumerate(history) if turn.role == "user"][-REMEMBERED:]
    meant = (resolved(history[n].content, history[asked[0] : n], lang) for n in reversed(asked))
    return next((one for one in meant if not one.whom), None)


def narrower(question: str, lang: str) -> str:
    """The words of a follow-up that only narrows: sources, languages, a time; "" if it asks anything else.

    >>> narrower("¿Y según EFE?", "es"), narrower("And why?", "en")
    ('según EFE', '')
    """
    words = Lexicon(lang)
    text = after(words.follow_narrowing, question.strip(" ¿?¡!.")).strip(" ,")
    if not text or len(text.split()) > 9:
        return ""
    if words.follow_according.match(Folded(text).text):
        return text
    if question_kind.kind(text, lang) != "other":
        return ""
    inside = next(iter(words.follow_inside), "in")
    source = after(words.follow_from, text)
    only = words.follow_only.search(Folded(text).text)
    bare = text[: Folded(text).at(only.start())] if only else text
    for worded in (text, f"{inside}{source}" if source != text else text, f"{inside} {bare}"):
        dates = mentions(worded, SOME_DAY, lang)
        chips = index_asked.read(worded, _nobody(), dates, lang).chips
        spans = [(c.start, c.end) for c in chips] + [(m.start, m.end) for m in dates]
        rest = "".join(c for i, c in enumerate(worded) if not any(a <= i < b for a, b in spans))
        if spans and not content_stems(rest, lang) and not names_in(f"x {rest}", lang):
            return worded
    return ""


def elsewhere(question: str, before: str, lang: str) -> str:
    """ "And in Norwick?": the question before, with that place for its own; "" if the follow-up is none of this kind."""
    text = after(Lexicon(lang).follow_narrowing, question.strip(" ¿?¡!."))
    match = _place(lang).fullmatch(text)
    if match is None:
        return ""
    name = _place(lang).pattern.partition(" ")[2].replace("?P<name>", "?:")
    own = re.compile(rf"(?<!\w){match['prep']} {name}(?!\w)")
    stem = before.rstrip(" ?.!")
    return f"{own.sub(lambda m: text, stem, count=1)}?" if own.search(stem) else f"{stem}, {text}?"


def something_else_counted(question: str, before: str, lang: str) -> str:
    """ "And the wounded?": the question before, which asked for a number, with that in the place of what it counted.

    >>> something_else_counted("Und Verletzte?", "Wie viele Tote gab es in Norwick?", "de")
    'Wie viele Verletzte gab es in Norwick?'
    """
    lexicon, put = Lexicon(lang), question.strip(" ¿?¡!.")
    text, at = after(lexicon.follow_and, put), min(question_kind.counted(before, lang), default=0)
    first, _, rest = text.partition(" ")
    if fold(first) in {*lexicon.name_articles, *lexicon.subject_articles, *lexicon.how_many_of}:  # "the wounded"
        text = rest
    known = any(table.search(Folded(text).text) for table in (lexicon.counted, lexicon.fates))
    named = not known and bool(names_in(f"x {text}", lang) or lexicon.capital_nouns)  # "and Petrov?"
    named = named or any(fold(word) in lexicon.offices | lexicon.titles for word in WORD.findall(text))  # "and the mayor?"
    plain = all(content_stems(word, lang) and not asks(word, lang) for word in WORD.findall(text))
    before_it = WORD.match(before, at)
    if text == put or not at or not before_it or named or not plain or not 1 <= len(text.split()) <= 2:
        return ""
    return f"{before[:at]}{text}{before[before_it.end() :]}"


@cache
def _nobody() -> index_asked.Names:
    return index_asked.names((), ())


def news_of_anything(question: str, lang: str) -> bool:
    """Whether it asks what is new, or what a time brought, and points at nothing that was said before.

    >>> [news_of_anything(asked, "en") for asked in ("Any news?", "What happened this week?", "Any news on that?", "Why?")]
    [True, True, False, False]
    """
    if not question_kind.asks_for_news(question, lang):
        return False
    words, times = Lexicon(lang), mentions(question, SOME_DAY, lang)
    timeless = "".join(c for i, c in enumerate(question) if not any(time.start <= i < time.end for time in times))
    points = set(re.findall(r"[\w'-]+", Folded(timeless).text)) & words.leaning_pronouns - words.news_around
    return not points and (bool(times) or question_kind.names_news(question, lang))


def bare(question: str, lang: str) -> str:
    """A follow-up that is a question by itself, without its "and": it names whom it asks about. "" if it leans on a pronoun."""
    text = after(Lexicon(lang).follow_and, question.strip(" ¿¡"))
    return text[:1].upper() + text[1:] if question_kind.asked_speakers(text, lang) else ""


@cache
def _place(lang: str) -> re.Pattern[str]:
    """ "in Norwick", "à la Haye": a preposition and a name."""
    words = Lexicon(lang)
    if not words.follow_place:
        return NEVER
    article = f"(?:(?:{either(words.name_articles)}) )?" if words.name_articles else ""
    name = f"{article}{CAPITALISED}(?: (?:(?:{either(words.name_links)}) )?{CAPITALISED})*"
    return re.compile(rf"(?P<prep>{either(words.follow_place)}) (?P<name>{name})")


def leans(question: str, lang: str) -> bool:
    """Whether a question cannot be understood without what was said before."""
    words = Lexicon(lang)
    folded = Folded(question).text.lstrip(" ¿¡?!.,;:")
    tokens = set(re.findall(r"[\w'-]+", folded))
    substance = [t for t in content_stems(question, lang) if not t.isdigit()]
    leaning = tokens & words.leaning_pronouns
    if words.follow_opening.match(folded) and len(substance) <= 4:
        return bool(leaning - words.weak_pronouns) or not _own_topic(question, lang)
    if names_in(question, lang):
        return False
    return bool(leaning - words.weak_pronouns) or len(substance) <= (2 if leaning else 1)


def asks(word: str, lang: str) -> bool:
    """Whether a word only asks: "who", "how", "many"."""
    words = Lexicon(lang)
    return word.lower() in words.asking_words or fold(word) in words.how_many or fold(word) in words.which_words


def goes_on(question: str, lang: str) -> bool:
    """Whether it begins as what goes on does, or names nothing: "And how many in Norwick?", "was there a fire?"."""
    opening = Lexicon(lang).follow_opening.match(Folded(question).text.lstrip(" ¿¡?!.,;:"))
    return bool(opening) or not names_in(question, lang)


def _own_topic(question: str, lang: str) -> bool:
    """Whether it names somebody and what it wants of them: "What about the elections in Peru?", not "And Petrov?"."""
    names = [name for name in names_in(question, lang) if len(re.split("['’]", name)[0]) > 1]  # "I'm" is nobody's
    named = {stem for name in names for stem in content_stems(name, lang)}
    about = [w for w in WORD.findall(question) if content_stems(w, lang) and not is_saying(w, lang)]
    return bool(named) and len({stem for word in about for stem in content_stems(word, lang)}) > 1


def hangs(question: str, lang: str) -> bool:
    """Whether a question names nothing that it could be about: "how many people died?"."""
    if names_in(question, lang) or question_kind.answer(question, lang) == "any":
        return False
    asking = {word for match in Lexicon(lang).asks_for.finditer(Folded(question).text) for word in match.group().split()[:2]}
    asking |= Lexicon(lang).how_many
    return len([word for word in WORD.findall(question) if content_stems(word, lang) and fold(word) not in asking]) <= 2


def standalone(question: str, history: Sequence[Turn], lang: str) -> str:
    """The question, with what it leans on behind it in brackets; unchanged where it does not lean."""
    _, words = leant_on(question, history, lang)
    return f"{question.rstrip()} ({words})" if words else question


def leant_on(question: str, history: Sequence[Turn], lang: str, *, hanging: bool = False) -> tuple[str, str]:
    """The earlier question that a follow-up leans on, and the words it takes over from it; ("", "") where it does not lean.

    `hanging`: it does, whatever its words.
    """
    asked = [turn.content for turn in history if turn.role == "user"][-REMEMBERED:][::-1]
    asked.sort(key=lambda earlier: hangs(earlier, lang))  # "over how many years?" was about something before it
    for earlier in asked if asked and (hanging or leans(question, lang)) else []:
        if is_command(earlier, lang) or narrower(earlier, lang) or only_a_pronoun(earlier, lang):
            continue
        if words := carried(earlier, question, lang):
            return earlier, words
    return "", ""


def carried(earlier: str, question: str, lang: str) -> str:
    """The words of an earlier question that a later one takes over, in their order; "" if that one only leaned itself.

    Who the later question names replaces the first name of the earlier one: "and what did Lavrov answer?" after a question
    about Blinken is not about Blinken.
    """
    if leans(earlier, lang) and not names_in(earlier, lang):
        return ""
    have = content_stems(question, lang)
    own = names_in(question, lang)
    earlier_names = names_in(earlier, lang)
    dropped = set(question_kind.asked_speakers(earlier, lang) or earlier_names[:1]) if own else set()
    kept = []
    for match in WORD.finditer(earlier):
        word = match.group()
        stems = content_stems(word, lang)
        saying = question_kind.kind(question, lang) == "said" and is_saying(word, lang)
        if stems and not stems & have and word not in dropped and not saying and not asks(word, lang):
            kept.append(word)
    return " ".join(kept)
