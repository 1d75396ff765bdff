"""What a client of OpenAI's protocol sends, read into a question with its history. Pure.

Parameters that nobody here knows are ignored, as servers of this protocol do. What a client would wait for in vain is refused
in words: calls of tools, an answer in a schema of its own, a conversation that another server keeps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, Literal, cast

from pydantic import BaseModel, ConfigDict, Field

from bot.records import AskRequest, Turn
from bot.rendering.marked_text import without_sources
from bot.web.problems import Refused
from bot.web.requests import QUESTION, TEXT

MODEL = "dragoman"
READ = ("text", "input_text", "output_text")  # kinds of parts of a message
NO_TOOLS = "Dragoman calls no tools: it searches its own library. Leave 'tools' out, or send tool_choice 'none'."
NO_FORMAT = "Dragoman answers in text. Leave the format '{kind}' out; POST /v1/ask gives the answer as JSON."
NO_CONVERSATIONS = "Dragoman keeps no conversations. Send the messages before, or the id of the answer as previous_response_id."


class PartBody(BaseModel):
    """A part of a message."""

    model_config = ConfigDict(extra="ignore")
    type: str = "text"
    text: str = ""


class MessageBody(BaseModel):
    """A message. Those of system, developer and tools are not read."""

    model_config = ConfigDict(extra="ignore")
    role: str = "user"
    content: str | list[PartBody] | None = None

    def words(self) -> str:
        """Its text; parts that are none are left out."""
        if self.content is None or isinstance(self.content, str):
            return self.content or ""
        return "\n".join(part.text for part in self.content if part.type in READ)

    def refuse_pictures(self) -> None:
        """Refused where it holds what is no text: an answer would be to another question than was asked."""
        parts = self.content if isinstance(self.content, list) else []
        if other := next((part.type for part in parts if part.type not in READ), ""):
            raise Refused(400, f"Dragoman reads text alone: leave out the part of type '{other[:40]}'.")


class FormatBody(BaseModel):
    """What an answer is to be written in."""

    model_config = ConfigDict(extra="ignore")
    type: str = "text"

    def refuse(self) -> None:
        if self.type != "text":
            raise Refused(400, NO_FORMAT.format(kind=self.type[:40]))


class _ChatBody(BaseModel):
    model_config = ConfigDict(extra="ignore")
    model: str | None = MODEL
    stream: bool | None = False
    tools: list[Any] | None = None
    tool_choice: Any = None

    def refuse_tools(self) -> None:
        if self.tools and self.tool_choice != "none":
            raise Refused(400, NO_TOOLS)


class StreamOptions(BaseModel):
    """Of a stream."""

    model_config = ConfigDict(extra="ignore")
    include_usage: bool | None = False


class CompletionBody(_ChatBody):
    """A request of Chat Completions."""

    messages: Annotated[list[MessageBody], Field(min_length=1)]
    stream_options: StreamOptions | None = None
    response_format: FormatBody | None = None
    functions: list[Any] | None = None  # what tools were called before
    function_call: Any = None

    def request(self) -> AskRequest:
        self.refuse_tools()
        if self.functions and self.function_call != "none":
            raise Refused(400, NO_TOOLS)
        if self.response_format:
            self.response_format.refuse()
        return asked(self.messages)

    def texts(self) -> list[str]:
        return [message.words() for message in self.messages]


class ItemBody(MessageBody):
    """A message of Responses, or another item, which is not read."""

    type: str = "message"


class TextBody(BaseModel):
    """How Responses names the format."""

    model_config = ConfigDict(extra="ignore")
    format: FormatBody | None = None


class ResponseBody(_ChatBody):
    """A request of Responses."""

    input: str | Annotated[list[ItemBody], Field(min_length=1)]
    previous_response_id: str | None = Field(default=None, max_length=80)
    conversation: Any = None
    store: bool | None = True
    instructions: str | None = None
    text: TextBody | None = None

    def request(self) -> AskRequest:
        self.refuse_tools()
        if self.conversation:
            raise Refused(400, NO_CONVERSATIONS)
        if self.text and self.text.format:
            self.text.format.refuse()
        return asked(self.messages())

    def messages(self) -> Sequence[MessageBody]:
        if isinstance(self.input, str):
            return [MessageBody(content=self.input)]
        return [item for item in self.input if item.type == "message"]

    def texts(self) -> list[str]:
        return [message.words() for message in self.messages()]

    @property
    def parent(self) -> str:
        """The id of the answer it follows, or ""."""
        return (self.previous_response_id or "").removeprefix("resp_")


def asked(messages: Iterable[MessageBody]) -> AskRequest:
    """The last message is the question, those of user and assistant before it the history; Refused where it is none."""
    turns: list[Turn] = []
    last = MessageBody()
    for message in messages:
        if message.role not in ("user", "assistant"):
            continue
        last, role = message, cast(Literal["user", "assistant"], message.role)
        if words := message.words().strip():
            turns.append(Turn(role, without_sources(words)[:TEXT] if role == "assistant" else words))
    last.refuse_pictures()
    if last.role != "user" or not last.words().strip():
        raise Refused(400, "The last message has to be the user's, with a question as its text.")
    if len(turns[-1].content) > QUESTION:
        raise Refused(400, f"A question may have {QUESTION:,} characters. Ask in fewer words.")
    return AskRequest(turns[-1].content, [Turn(turn.role, turn.content[:TEXT]) for turn in turns[:-1]][-40:])
