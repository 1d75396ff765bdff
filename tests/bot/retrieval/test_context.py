"""bot/retrieval/context.py: a sentence is shown with what it needs of the quotation that it belongs to."""

from __future__ import annotations

import pytest

from bot.retrieval.context import whole, widen


def part(text: str, stretch: str, how: object, lang: str = "en") -> str:
    start = text.index(stretch)
    a, b = how(text, start, start + len(stretch), lang)  # type: ignore[operator]
    return text[a:b]


TWEET = 'The quay is wet. Marn wrote: "Wow! Thousands came to the quay. I will be there, too!" The harbour is shut.'


def test_the_middle_of_a_quotation_is_widened_to_all_of_it() -> None:
    assert part(TWEET, "Thousands came to the quay.", widen) == (
        'Marn wrote: "Wow! Thousands came to the quay. I will be there, too!"'
    )
    french = "Il pleut. Un porte-parole a déclaré : « Le personnel est là. Six agents sont soignés. Rien ne reste impuni. » Il est parti."
    assert part(french, "Six agents sont soignés.", widen, "fr").startswith("Un porte-parole a déclaré : « Le personnel")


@pytest.mark.parametrize(
    ("text", "stretch", "expected"),
    [
        ("“Whenever they wave,” wrote Wan. “They always strike. It is over.” The quay is wet.", "“Whenever they wave,” wrote Wan.",
         "“Whenever they wave,” wrote Wan. “They always strike. It is over.”"),
        ("It rains. “Will he come?” Fell asks. “I doubt it.” The quay is wet.", "Fell asks. “I doubt it.”",
         "“Will he come?” Fell asks. “I doubt it.”"),
        ("“It is cold,” Fell said. The quay is wet. “It is late,” Marn said.", "“It is cold,” Fell said.", "“It is cold,” Fell said."),
        ("Fell said it was cold. “It is late,” Marn said.", "Fell said it was cold.", "Fell said it was cold."),
    ],
)  # fmt: skip
def test_a_quotation_is_whole(text: str, stretch: str, expected: str) -> None:
    assert part(text, stretch, whole) == expected
