"""OpenAI's protocol, spoken by the clients that people use: what they read back is what the Bot answered."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openai
import pytest
from langchain_openai import ChatOpenAI

from bot.records import Answer
from bot.rendering.marked_text import MarkedText, without_sources
from index.text.token_count import count
from tests.support.site import WAIT, Site, running_site

QUESTION = "When will the port of Sarvella reopen?"
CONVERSATION: Any = [
    {"role": "system", "content": "You are a pirate."},
    {"role": "user", "content": [{"type": "text", "text": "Who is Mira Osei?"}]},
    {"role": "assistant", "content": "Mira Osei is the harbour director [1]"},
    {"role": "user", "content": "What did she say?"},
]
SECRET = "a-secret-of-twenty-four"


@pytest.fixture(scope="session")
def client(site: Site) -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{site.url}/v1", api_key="none", max_retries=0, timeout=WAIT)


def expected(site: Site, answer: Answer) -> MarkedText:
    text = MarkedText(lambda id: f"{site.url}/articles/{id}")
    for source in answer.sources:
        text.source(source)
    for sentence in answer.sentences:
        text.sentence(sentence)
    text.end(answer)
    return text


def holds(text: str, annotations: list[Any], answer: Answer) -> None:
    """Each annotation stands at a mark, and leads to the source of its number: as many as the answer has citations."""
    numbers = [n for part in (*answer.sentences, *answer.notes) for n in dict.fromkeys(c.number for c in part.citations)]
    assert [text[one.start_index : one.end_index] for one in annotations] == [f"[{n}]" for n in numbers]
    sources = {source.number: source for source in answer.sources}
    assert [one.title for one in annotations] == [sources[n].title for n in numbers]
    assert all(one.url == sources[n].url for one, n in zip(annotations, numbers, strict=True) if sources[n].url)


def test_the_model_is_listed(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["dragoman"]
    assert client.models.retrieve("dragoman").owned_by == "dragoman"
    with pytest.raises(openai.NotFoundError, match="called dragoman"):
        client.models.retrieve("gpt-4o")


def test_a_completion_is_the_answer(site: Site, client: openai.OpenAI) -> None:
    answer = site.desk.bot.ask(QUESTION)
    got = client.chat.completions.create(
        model="dragoman", messages=[{"role": "user", "content": QUESTION}], temperature=0.3, seed=7, extra_body={"unknown": 1}
    )
    message = got.choices[0].message
    assert message.content == expected(site, answer).text and got.choices[0].finish_reason == "stop"
    assert (
        "3 June" in message.content and "- [1] [Port of Sarvella to reopen in June](https://courier.example/" in message.content
    )
    holds(message.content, [one.url_citation for one in message.annotations or []], answer)
    assert got.usage and got.usage.completion_tokens == count([message.content])[0]
    assert got.usage.prompt_tokens == count([QUESTION])[0]


def test_a_streamed_completion_is_the_same(site: Site, client: openai.OpenAI) -> None:
    answer, text, annotations, usage = site.desk.bot.ask(QUESTION), "", [], None
    stream = client.chat.completions.create(
        model="dragoman", messages=[{"role": "user", "content": QUESTION}], stream=True, stream_options={"include_usage": True}
    )
    pieces = 0
    for chunk in stream:
        usage = chunk.usage or usage
        for choice in chunk.choices:
            text += choice.delta.content or ""
            pieces += bool(choice.delta.content)
            annotations += (choice.delta.model_extra or {}).get("annotations", [])
    assert text == expected(site, answer).text and pieces == len(answer.sentences) + 1
    holds(
        text,
        [openai.types.chat.chat_completion_message.AnnotationURLCitation(**one["url_citation"]) for one in annotations],
        answer,
    )
    assert usage and usage.completion_tokens == count([text])[0]


def test_the_messages_before_are_the_history(site: Site, client: openai.OpenAI) -> None:
    got = client.chat.completions.create(model="dragoman", messages=CONVERSATION)
    assert "What did Mira Osei say?" in (got.choices[0].message.content or "")


def test_a_response_streamed_or_not_is_the_answer(site: Site, client: openai.OpenAI) -> None:
    answer = site.desk.bot.ask(QUESTION)
    got = client.responses.create(model="dragoman", input=QUESTION)
    assert got.status == "completed" and got.output_text == expected(site, answer).text
    part: Any = got.output[0].content[0]  # type: ignore[union-attr, index]
    holds(got.output_text, part.annotations, answer)
    assert got.usage and got.usage.output_tokens == count([got.output_text])[0]
    with client.responses.stream(model="dragoman", input=[{"role": "user", "content": QUESTION}]) as stream:
        events = list(stream)
        final = stream.get_final_response()
    assert final.output_text == got.output_text
    holds(final.output_text, final.output[0].content[0].annotations, answer)  # type: ignore[union-attr, index, arg-type]
    assert [event.sequence_number for event in events] == list(range(len(events)))
    assert events[0].type == "response.created" and events[-1].type == "response.completed"
    added = [event for event in events if event.type == "response.output_text.annotation.added"]
    assert len(added) == len(part.annotations)


def test_a_response_follows_the_one_before(client: openai.OpenAI) -> None:
    first = client.responses.create(model="dragoman", input="Who is Mira Osei?")
    second = client.responses.create(model="dragoman", input="What did she say?", previous_response_id=first.id)
    assert "What did Mira Osei say?" in second.output_text and second.previous_response_id == first.id
    unkept = client.responses.create(model="dragoman", input="Who is Mira Osei?", store=False)
    with pytest.raises(openai.NotFoundError, match="no longer kept"):
        client.responses.create(model="dragoman", input="What did she say?", previous_response_id=unkept.id)


def test_langchain_reads_it(site: Site) -> None:
    for responses in (False, True):
        chat = ChatOpenAI(
            model="dragoman", base_url=f"{site.url}/v1", api_key="none", use_responses_api=responses, max_retries=0
        )  # type: ignore[arg-type]
        told = chat.invoke(QUESTION)
        assert "3 June" in told.text and told.usage_metadata and told.usage_metadata["output_tokens"] > 0
        assert "".join(chunk.text for chunk in chat.stream(QUESTION)) == told.text
    block: Any = told.content_blocks[0]
    assert block["annotations"][0]["title"] == "Port of Sarvella to reopen in June"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"tools": [{"type": "function", "function": {"name": "f", "parameters": {}}}]}, "calls no tools"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:,"}}]}]}, "text alone"),
        ({"functions": [{"name": "f", "parameters": {}}]}, "calls no tools"),
        ({"response_format": {"type": "json_schema", "json_schema": {"name": "x", "schema": {}}}}, "answers in text"),
        ({"messages": [{"role": "assistant", "content": "x"}]}, "has to be the user's"),
        ({"messages": [{"role": "user", "content": "x"}, {"role": "user", "content": " "}]}, "has to be the user's"),
        ({"messages": [{"role": "user", "content": "x" * 2001}]}, "2,000 characters"),
    ],
)
def test_what_it_does_not_do_is_said_in_words(client: openai.OpenAI, more: dict[str, Any], words: str) -> None:
    with pytest.raises(openai.BadRequestError, match=words):
        client.chat.completions.create(**({"model": "dragoman", "messages": [{"role": "user", "content": "x"}]} | more))


def test_a_conversation_goes_on_after_a_picture_and_however_long_it_is(client: openai.OpenAI) -> None:
    picture = {"type": "image_url", "image_url": {"url": "data:,"}}
    before: Any = [
        {"role": "user", "content": [{"type": "text", "text": "What is this?"}, picture]},
        {"role": "assistant", "content": [{"type": "refusal", "refusal": "A picture."}]},
    ] * 250
    got = client.chat.completions.create(model="dragoman", messages=[*before, *CONVERSATION])
    assert "What did Mira Osei say?" in (got.choices[0].message.content or "")


def test_what_responses_cannot_do_is_said_in_words(client: openai.OpenAI) -> None:
    with pytest.raises(openai.BadRequestError, match="keeps no conversations"):
        client.responses.create(model="dragoman", input=QUESTION, conversation="conv_1")
    shape: Any = {"format": {"type": "json_schema", "name": "x", "schema": {}}}
    with pytest.raises(openai.BadRequestError, match="answers in text"):
        client.responses.create(model="dragoman", input=QUESTION, text=shape)
    with pytest.raises(openai.UnprocessableEntityError) as told:
        client.responses.create(model="dragoman", input=[{"role": "user", "content": 5}])  # type: ignore[list-item, typeddict-item]
    assert "input.0.content: Input should be a valid string, or: Input should be a valid list" in str(told.value)


def test_errors_are_in_the_protocols_form(site: Site, folder: Path) -> None:
    assert site.client.post("/v1/chat/completions", json={}).json()["error"]["type"] == "invalid_request_error"
    with running_site(folder, tokens={"": SECRET}) as guarded:
        stranger = openai.OpenAI(base_url=f"{guarded.url}/v1", api_key="wrong", max_retries=0)
        with pytest.raises(openai.AuthenticationError, match="A token is needed"):
            stranger.models.list()
        friend = openai.OpenAI(base_url=f"{guarded.url}/v1", api_key=SECRET, max_retries=0)
        assert len(list(friend.models.list())) == 1


def test_an_articles_markup_does_not_act() -> None:
    from bot.records import Citation, Note, Sentence, Source

    evil = "![x](https://evil.example/leak) <img src=x> [a](javascript:alert)"
    source = Source(
        number=1,
        article_id="a/b",
        version=1,
        title=evil,
        outlet="*O*",
        agency="",
        lang="en",
        url="javascript:x",
        published=None,
    )
    citation = Citation(number=1, article_id="a/b", version=1, start=0, end=1, quote=evil)
    sentence = Sentence(text=evil, citations=(citation,), lang="en", status="unconfirmed", heading=evil)
    answer = Answer(
        id="1", question="q", searched="q", lang="en", outcome="answered", sentences=(sentence,), sources=(source,),
        notes=(Note(kind="conflict", text=evil, citations=(citation,)),),
    )  # fmt: skip
    text = MarkedText(lambda id: f"http://here/articles/{id}")
    text.source(source)
    text.sentence(sentence)
    text.end(answer)
    bare = re.sub(r"\\.", "", text.text).replace("](http://here/articles/a/b)", "")
    assert not re.search(r"\]\(|!\[|<|https?:", bare)
    assert "](http://here/articles/a/b)" in text.text
    assert [text.text[one.start : one.end] for one in text.citations] == ["[1]", "[1]", "[1]"]


def test_the_list_of_sources_is_no_part_of_the_history() -> None:
    assert without_sources("Said so [1]\n\n- [1] [T](http://x), O\n- [2] U, P") == "Said so [1]"
    assert without_sources("- [1] kept\n\nSaid so [1]") == "- [1] kept\n\nSaid so [1]"
