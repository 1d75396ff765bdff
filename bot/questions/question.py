"""A question, read once: what comes after takes this record, and nobody else reads its words.

    read("And in Norwick?", [Turn("user", "What did Olsen say?"), ...]).text      ->  "What did Olsen say, in Norwick?"
    read("What did Olsen say in Norwick?", lang="en").speakers                    ->  ("Olsen",)

words, history -> its language, and what it means after the questions before it (`follow_ups`) -> Question

Each fact is read when it is first asked for, and kept. What no rule can tell from the words alone (a chat model's wording, the
capitals that the articles have) makes a new Question: `question.reworded(text)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from bot.questions import agent_patient, capitals, follow_up_persons, parts, question_kind, sides, small_talk, who_said
from bot.questions.follow_up_commands import FollowUp
from bot.questions.follow_ups import asks, goes_on, resolved, told_before
from bot.questions.sentence_kind import is_saying
from bot.questions.words import QueryText
from bot.records import Turn
from index.records import Period
from index.search.question_filters import asks_of_a_picture
from index.text.dates import Mention, mentions
from index.text.fold import Folded, fold
from index.text.language import identify
from index.text.lexicon import Lexicon
from index.text.names import WORD, content_stems, names_in
from index.text.numbers import numbers_in

LONGEST = 2_000  # characters of a question that are read
SHORT = 3  # words, up to which a follow-up takes the language of the question before, if its own is not plain


@dataclass(frozen=True, slots=True)
class Context:
    """What a question is read against."""

    now: Period = field(default_factory=Period.now)  # what "yesterday" counts from
    outlets: Callable[[], Iterable[str]] = list  # of the library: asked for where words may name one


@dataclass(frozen=True, kw_only=True)
class Question(QueryText):
    """A question with all that is read from its words."""

    asked: str  # as it was put, without a greeting before it; `text` is what can be searched by itself
    whole: str = ""  # with that greeting, or thanks: "Mil gracias, crack"
    follow_up: FollowUp
    context: Context
    small_talk: small_talk.SmallTalk | None = None  # it is no question but this
    history: tuple[Turn, ...] = ()  # the turns before it that were about something
    cut: bool = False  # whether it is longer than what is read of it
    by: question_kind.Answer | None = None  # of one side of a comparison, by what it is compared: "older" asks for an age

    def reworded(self, text: str, *, now: Period | None = None) -> Question:
        """The same question in other words, or at another time."""
        context = self.context if now is None else replace(self.context, now=now)
        same = text == self.text and context == self.context
        return self if same else replace(self, text=text, context=context)

    def left_to_a_model(self) -> Question:
        """The same where a chat model words follow-ups: "when was that?" means to it what it means to people."""
        follow_up = self.follow_up
        if not (follow_up.when or follow_up.unseen or follow_up.sure or follow_up.whom):
            return self
        plain = replace(follow_up, when=False, unseen=False, sure=False, whom=False, again=False, earlier="")
        return replace(self, follow_up=plain)

    def without_dates(self, overlapping: Period | None = None, *, now: Period | None = None) -> Question:
        """Without the times that it names, or those of them that overlap one; `now`: what they count from."""
        text, words = self.text, Lexicon(self.lang)
        for date in reversed(self.reworded(text, now=now).dates):
            if overlapping is None or overlapping.overlaps(date.period):
                text = f"{who_said.without_loose_end(text[: date.start], words)}{text[date.end :]}"
        return self.reworded(text)

    @cached_property
    def pronoun(self) -> Literal["f", "m", ""]:
        """The gender of the one for whom a follow-up has "he" or "she"; "" where it has none, or names its topic itself."""
        leans = self.follow_up.carried and self.text.endswith(f" ({self.follow_up.carried})")
        return follow_up_persons.gender_of_pronoun(self._without_carried, self.lang) if leans else ""

    def naming(self, person: str) -> Question:
        """The same with a name for that pronoun, and without what was carried over."""
        asked = follow_up_persons.with_name(self._without_carried, person, self.lang, self.pronoun)
        return self.reworded(asked or self.text)

    @property
    def thanks(self) -> bool:
        """Whether what stands before it is thanks."""
        said = small_talk.small_talk(self.whole[: len(self.whole) - len(self.asked)], self.lang)
        return said is not None and said.kind == "thanks"

    @property
    def _without_carried(self) -> str:
        return self.text.removesuffix(f" ({self.follow_up.carried})")

    @cached_property
    def goes_on(self) -> bool:
        """Whether a follow-up may be about what was told before: it leans on that, or names nothing of its own."""
        meant, own, lang = self.follow_up, self.own_words, self.lang
        put_again = (
            (meant.again and not meant.exchanged) or meant.news or meant.whom or meant.sure or meant.when or meant.unseen
        )
        other = self.overview or question_kind.asks_for_news(own, lang) or question_kind.kind(own, lang) == "said"
        if not self.history or put_again or other:
            return False
        return bool(meant.carried) or meant.exchanged or goes_on(own, lang)

    @property
    def own_words(self) -> str:
        """A follow-up without what was carried over; where it exchanges a word of the question before, that question."""
        return self.follow_up.own if self.follow_up.exchanged else self.asked

    @cached_property
    def says_what(self) -> bool:
        """Whether those say what is asked for, and not only how: "And the fine?", not "By how much?"."""
        return any(content_stems(word, self.lang) for word in WORD.findall(self.own_words) if not asks(word, self.lang))

    @cached_property
    def leans_on(self) -> str:
        """What was carried over of whom or what the question before was about; "" where that asked who it is."""
        before = self.follow_up.earlier
        return "" if question_kind.kind(before, self.lang) == "who" else self.follow_up.carried

    @cached_property
    def names_carried(self) -> tuple[str, ...]:
        """The names in what was carried over."""
        return names_in(self.follow_up.carried, self.lang)

    @cached_property
    def kind(self) -> question_kind.Kind:
        """What sort of answer it asks for."""
        return question_kind.kind(self.text, self.lang)

    @cached_property
    def answer(self) -> question_kind.Answer:
        """What a sentence that answers it has to hold."""
        return self.by or question_kind.answer(self.text, self.lang)

    @cached_property
    def whether(self) -> bool:
        """Whether yes or no answers it."""
        return self.by is None and question_kind.asks_whether(self.text, self.lang)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of the words that carry meaning."""
        return content_stems(self.text, self.lang)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names in it, once each."""
        return names_in(self.text, self.lang)

    @cached_property
    def numbers(self) -> frozenset[float]:
        """Its numbers, however they are written."""
        return numbers_in(self.text, self.lang)

    @cached_property
    def dates(self) -> tuple[Mention, ...]:
        """The times that it names."""
        return tuple(mentions(self.text, self.context.now, self.lang))

    @cached_property
    def counted(self) -> frozenset[int]:
        """Where the words begin that name the thing whose number is asked for."""
        return question_kind.counted(self.text, self.lang)

    @cached_property
    def asked_nouns(self) -> tuple[int, ...]:
        """Places in `words` of what the answer names one of: "which hospital", "who was the captain", "how many ships"."""
        words, lexicon = self.words, Lexicon(self.lang)
        folded = [fold(word.text) for word in words]

        def noun(at: int) -> bool:
            return at < len(words) and words[at].content and (lexicon.capital_nouns or not words[at].name)

        for at, word in enumerate(folded):
            if word in lexicon.which_words and noun(at + 1):
                return (at + 1,)
            if word in lexicon.who_words and noun(at + 3) and not any(of.content for of in words[at + 1 : at + 3]):
                return (at + 3,)
        return tuple(i for i, word in enumerate(words) if word.start in self.counted and not word.name)

    @cached_property
    def several(self) -> bool:
        """Whether it asks for several things, which may stand in several articles: "which actors", "name the ships"."""
        plural = Lexicon(self.lang).asks_several.search(Folded(self.text).text)
        listed = self.kind in ("other", "who", "where", "why") or (self.kind == "said" and not self.speakers)
        return bool(plural) and listed and not self.sides

    @cached_property
    def overview(self) -> tuple[int, ...]:
        """Places in `words` of the matter that it wants an overview of: "what happened in Norwick", "the latest on the strike".

        None where it asks something else.
        """
        asking = question_kind.overview_words(self.text, self.lang)
        matter = [i for i, word in enumerate(self.words) if i >= asking and word.content] if asking else []
        idle = Lexicon(self.lang).overview_nouns
        matter = [i for i in matter if fold(self.words[i].text) not in idle]
        return tuple(i for i in matter if not any(date.start <= self.words[i].start < date.end for date in self.dates))

    @cached_property
    def sides(self) -> tuple[str, ...]:
        """The two things that it sets beside each other, each as a question; none where it does not."""
        each = self.answer in (*question_kind.NUMBERS, "when") or self.kind == "said"
        return sides.sides(self.text, self.words, self.lang, each=each)

    def side(self, text: str) -> Question:
        """One of its sides as a question of its own: it asks for the figure by which they are compared, if for one."""
        asked = self.reworded(text)
        asked = asked.reworded(asked.parts[0].searched) if asked.parts else asked
        if asked.kind == "said" or asked.answer in ("when", "where", "why"):
            return asked
        own = asked.answer if asked.answer in question_kind.NUMBERS else None
        return replace(asked, by=own or question_kind.compared_by(self.text, self.lang))

    @cached_property
    def parts(self) -> tuple[parts.Part, ...]:
        """The two things that it asks, each as a question; none where it asks one, or sets two beside each other."""
        return parts.parts(self.text, self.words, self.lang, compared=bool(self.sides))

    @cached_property
    def speakers(self) -> tuple[str, ...]:
        """Whom a question of kind "said" asks about, every word of the name."""
        return question_kind.asked_speakers(self.text, self.lang)

    @cached_property
    def everything(self) -> bool:
        """Whether it wants all that somebody said, on no topic."""
        return question_kind.asks_for_everything(self.text, self.lang)

    @cached_property
    def topic_words(self) -> frozenset[int]:
        """Places in `words` of those that carry meaning and are no verb of saying."""
        return frozenset(i for i, word in enumerate(self.words) if word.content and not is_saying(word.text, self.lang))

    @cached_property
    def asks_who_reports(self) -> bool:
        """Whether it asks whose report something is."""
        return question_kind.asks_who_reports(self.text, self.lang)

    @cached_property
    def asks_of_a_picture(self) -> bool:
        """Whether it asks what a picture shows."""
        return asks_of_a_picture(self.text, self.lang)

    @cached_property
    def asks_for_news(self) -> bool:
        """Whether it asks what is new, about whatever."""
        return question_kind.asks_for_news(self.text, self.lang, whole=False)

    @cached_property
    def asks_for_news_alone(self) -> bool:
        """Whether it asks what is new and names nothing that it should be about."""
        return question_kind.asks_for_news(self.text, self.lang)

    @cached_property
    def vague(self) -> bool:
        """Whether it names nothing that could be looked for, nor does what was asked before."""
        if self.follow_up.again or self.follow_up.after or (self.asks_for_news_alone and self.kind != "said"):
            return False
        return small_talk.vague(self.text, self.lang)

    @cached_property
    def names_something(self) -> bool:
        """Whether it has names, figures or addresses."""
        return small_talk.names_something(self.text)

    @cached_property
    def told_before(self) -> list[str]:
        """The replies that a question for what was not told yet is held against."""
        return told_before(self.asked, self.history, self.lang)

    @cached_property
    def replies(self) -> list[str]:
        """All replies before it."""
        return [turn.content for turn in self.history if turn.role == "assistant"]

    @cached_property
    def plainly_asked(self) -> bool:
        """Whether among people, without a mention, it is a question for the bot."""
        again = bool(self.follow_up.again or self.follow_up.after)
        return self.small_talk is None and (again or small_talk.plainly_asked(self.asked, self.lang))

    @cached_property
    def asks_to_check(self) -> bool:
        """Whether it asks for the quotations of what is sent with it to be checked."""
        return small_talk.asks_to_check(self.asked, self.lang)

    @cached_property
    def hurried(self) -> bool:
        """Whether it is typed without capitals, or in nothing else."""
        return capitals.hurried(self.text, self.lang)

    @cached_property
    def deed(self) -> agent_patient.Deed | None:
        """Who does what to whom in it."""
        return agent_patient.asked(self.text, self.lang)

    @cached_property
    def who_said(self) -> who_said.WhoSaid | None:
        """What it wants to know of who said what; None if it is no such question."""
        return who_said.read(self.text, self.lang, self.context.outlets, self.context.now)


def ends_of(text: str) -> str:
    """A question as far as it is read: of one that is longer than LONGEST, a pasted article, how it begins and how it ends.

    What is asked stands before or behind what was pasted, and the model reads some 2,000 characters.
    """
    if len(text) <= LONGEST:
        return text
    half = LONGEST // 2
    return f"{text[:half].rpartition(' ')[0] or text[:half]} … {text[-half:].partition(' ')[2] or text[-half:]}"


def read(
    asked: str, history: Sequence[Turn] = (), *, lang: str = "", default: str = "en", context: Context | None = None
) -> Question:
    """A question as it has to be understood after the turns before it. `lang`: its language, where that is known.

    `default`: the language, where neither its words nor those of the conversation tell.
    """
    asked, whole = ends_of(asked), asked
    history = small_talk.without_small_talk(history, lang or default)
    longer = (turn.content for turn in history[::-1] if turn.role == "user" and len(turn.content.split()) > SHORT)
    default = identify(next(longer, ""), default=default)  # "et Marwick ?" says little of its language
    spoken = lang or identify(asked, default=default)
    news = question_kind.asks_for_news(asked, spoken)
    talk = None if news else small_talk.small_talk(asked, lang or default, after=bool(history))
    question = asked if talk else small_talk.without_courtesy(asked, spoken)
    if question != asked and not lang:
        spoken = identify(question, default=spoken)
    follow_up = resolved(question, history, spoken)
    if follow_up.again and not lang:
        spoken = identify(follow_up.searched, default=default)
    spoken = talk.lang if talk and not lang else spoken
    return Question(
        text=follow_up.searched, lang=spoken, asked=question, follow_up=follow_up, context=context or Context(),
        whole=asked,
        small_talk=talk, history=history, cut=asked != whole,
    )  # fmt: skip
