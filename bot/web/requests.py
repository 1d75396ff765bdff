"""What the API takes: bodies and parameters, with their limits, and the records they stand for."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.records import AskRequest, Beat, Turn
from bot.web.problems import Refused
from index.records import ChipKind, Filter, Period, Scope

QUESTION, TEXT, DRAFT = 2_000, 20_000, 200_000  # characters: of a question, of a turn of the history, of a draft
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Date = Annotated[str, Field(max_length=40, description="2023, 2023-10, 2023-10-18 or a time of ISO 8601", examples=["2023-10"])]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=QUESTION)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Narrowing(_Body):
    """What narrows the articles: values of a field are alternatives, and all fields must hold."""

    langs: list[Name] = Field(default=[], max_length=50, description='languages: "en", "es"')
    outlets: list[Name] = Field(default=[], max_length=50, description="outlets, whatever their case and accents")
    authors: list[Name] = Field(default=[], max_length=50)
    since: Date | None = None
    until: Date | None = None
    as_of: Date | None = Field(default=None, description="as if it were then: nothing later is seen")

    def filter(self) -> Filter | None:
        window = Period.between(date("since", self.since), date("until", self.until))
        langs = frozenset(lang.strip().lower() for lang in self.langs)
        wanted = Filter(langs=langs, outlets=frozenset(self.outlets), authors=frozenset(self.authors), window=window)
        return wanted if wanted else None

    def scope(self, without: frozenset[str] = frozenset()) -> Scope:
        return Scope(filter=self.filter(), as_of=date("as_of", self.as_of), without=without)


class TurnBody(_Body):
    """A turn of the conversation before."""

    role: Literal["user", "assistant"]
    content: Annotated[str, StringConstraints(max_length=TEXT)]


class AskBody(Narrowing):
    """A question."""

    question: Words
    history: list[TurnBody] = Field(default=[], max_length=40, description="the turns before it, oldest first")
    parent: str = Field(default="", max_length=64, description="or: id of the answer it follows")
    without: list[ChipKind] = Field(default=[], max_length=4, description="kinds of chips not to be read from the question")
    language: Annotated[str, StringConstraints(pattern="^([a-z]{2,3})?$")] = Field(default="", description="of our own words")
    stream: bool = Field(default=False, description="server-sent events; so does Accept: text/event-stream")

    def request(self) -> AskRequest:
        turns = [Turn(turn.role, turn.content) for turn in self.history]
        return AskRequest(self.question, turns, scope=self.scope(frozenset(self.without)), language=self.language)


class SearchBody(Narrowing):
    """A search."""

    question: Words
    k: int = Field(default=10, ge=1, le=100, description="articles at most")
    without: list[ChipKind] = Field(default=[], max_length=4)


class QuotesBody(Narrowing):
    """Who said what."""

    speaker: Annotated[str, StringConstraints(max_length=200)] = Field(default="", description="in any spelling")
    about: Annotated[str, StringConstraints(max_length=QUESTION)] = Field(default="", description="in any language")
    original: bool = Field(default=False, description="without words that their article calls a translation")
    limit: int = Field(default=50, ge=1, le=500)


class VerifyBody(Narrowing):
    """A draft whose quotations are checked."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=DRAFT)]
    name: Annotated[str, StringConstraints(max_length=200)] = Field(default="", description="given back as `file`")


class BriefBody(_Body):
    """A briefing to be made: a beat of the settings by name, or one of these words."""

    beat: Annotated[str, StringConstraints(pattern=r"^[\w-]{1,40}$")]
    topics: list[Name] = Field(default=[], max_length=20)
    people: list[Name] = Field(default=[], max_length=20)
    places: list[Name] = Field(default=[], max_length=20)
    outlets: list[Name] = Field(default=[], max_length=20)
    languages: list[Name] = Field(default=[], max_length=20)
    length: int | None = Field(default=None, ge=1, le=50)
    since: Date | None = None
    until: Date | None = None
    as_of: Date | None = None
    keep: bool = Field(default=False, description="remember it, so that the next one tells what is new after it")

    def of(self, known: Beat | None) -> Beat:
        names = ("topics", "people", "places", "outlets", "languages")
        said = {name: tuple(given) for name in names if (given := getattr(self, name))}
        made = known or Beat(name=self.beat, topics=() if said else (self.beat,))
        return replace(made, **said, length=self.length or made.length)  # type: ignore[arg-type]


class FeedbackBody(_Body):
    """What somebody thought of an answer that is kept."""

    answer: Annotated[str, StringConstraints(pattern="^[0-9a-f]{32}$")] = Field(description="its id")
    value: Literal[1, -1]


def date(name: str, text: str | None) -> Period | None:
    """A date of a request; Refused with 422 if it is none."""
    if not text:
        return None
    try:
        return Period.parse(text)
    except ValueError:
        raise Refused(422, f"{name}: '{text}' is not a date; write 2023, 2023-10 or 2023-10-18.") from None
