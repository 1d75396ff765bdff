"""bot/llm/prompts.py and the files of prompts/."""

from __future__ import annotations

import pytest

from bot.llm.prompts import VARIABLES, Prompt, check, load
from index.errors import SettingsError


@pytest.mark.parametrize("name", sorted(VARIABLES))
def test_every_prompt_loads_with_the_variables_its_caller_fills_in(name: str) -> None:
    filled = load(name).fill(**{variable: f"<{variable}>" for variable in VARIABLES[name]})
    assert all(f"<{variable}>" in filled for variable in VARIABLES[name])
    assert "$" not in filled


def test_a_dollar_sign_in_a_value_is_only_a_dollar_sign() -> None:
    assert Prompt("p", "It costs $price.").fill(price="$5 $name") == "It costs $5 $name."


@pytest.mark.parametrize(
    ("text", "message"),
    [("no variables", "$price is missing"), ("$price $prize", "$prize is unknown"), ("$price costs 5 $", "$ stands alone")],
)
def test_a_prompt_with_other_variables_is_refused(text: str, message: str) -> None:
    with pytest.raises(SettingsError) as error:
        check(Prompt("p", text), frozenset({"price"}))
    assert message in str(error.value) and "prompts/p.md" in str(error.value)


def test_the_version_follows_the_text() -> None:
    one, other = Prompt("answer", "a"), Prompt("answer", "b")
    assert one.version.startswith("answer@") and one.version != other.version
    assert one.version == Prompt("answer", "a").version


def test_the_answer_prompt_asks_for_what_the_code_reads() -> None:
    from bot.llm.reply_parser import REFUSAL, refuses

    assert "[2]" in load("form_lines").text and '"sentence"' in load("form_json").text
    assert refuses(REFUSAL) and refuses(f" {REFUSAL.lower()}. ") and not refuses(f"{REFUSAL} was found by the court [1].")


@pytest.mark.parametrize("name", ["answer", "briefing"])
def test_a_prompt_asks_for_one_form_of_reply(name: str) -> None:
    from bot.llm.json_reply import SCHEMA
    from bot.llm.prompts import in_form

    in_json, in_lines = (in_form(name, form) for form in ("json", "lines"))
    assert in_json.version != in_lines.version and "$form" not in in_json.text + in_lines.text
    assert "$refusal" in in_lines.text and "$refusal" not in in_json.text
    assert all(f'"{key}"' in in_json.text and f'"{key}"' not in in_lines.text for key in SCHEMA["required"])


def test_fewer_passages_are_the_first_half_and_the_question_stays() -> None:
    from bot.llm.prompts import fewer

    blocks = [f"[{n}] (A title, 2025)\n<<<\nText {n}\n\nof it [9]\n>>>" for n in range(1, 6)]
    prompt = "Rules: like [2].\n\nPassages:\n" + "\n\n".join(blocks) + "\n\nQuestion: why?"
    shorter = fewer(prompt)
    assert [f"Text {n}" in shorter for n in range(1, 6)] == [True, True, False, False, False]
    assert shorter.startswith("Rules: like [2].") and shorter.endswith("Question: why?")
    assert fewer(fewer(shorter)) == fewer(shorter) != shorter
