"""index/text/quotation_cuts.py: a part of what somebody said never stands as the paper's own words."""

from __future__ import annotations

import pytest

from index.text.quotation_cuts import cut
from index.text.quotation_marks import quotations, shown

# Language, a paragraph, a stretch of it, and how it is shown.
CUTS = [
    ("en", 'Marn wrote: "Wow! Thousands came to the quay. I will be there, too!" The quay is wet.',
     "Thousands came to the quay.", "[…] “Thousands came to the quay.” […]"),
    ("en", "“It is cold. It is late,” she said.", "“It is cold.", "“It is cold.” […]"),
    ("en", "“It is cold. It is late.” She left.", "It is late.", "[…] “It is late.”"),
    ("fr", "Un porte-parole a déclaré : « Le personnel est là. Six agents ont été soignés. Rien ne reste impuni. »",
     "Six agents ont été soignés.", "[…] «Six agents ont été soignés.» […]"),
    ("es", "El alcalde dijo: «Vengo a hablar. No traigo banderas. Traigo barcos».", "No traigo banderas.",
     "[…] «No traigo banderas.» […]"),
    ("de", "Er sagte: „Wir gehen. Wir kommen nie wieder. Adieu.“ Dann ging er.", "Wir kommen nie wieder.",
     "[…] „Wir kommen nie wieder.“ […]"),
    ("pt", 'Disse Moura: "É normal. Querem ser famosos. Sou feliz."', "Querem ser famosos.", "[…] “Querem ser famosos.” […]"),
    ("pl", "Halicka napisała: „Port stoi. Statki czekają. Ludzie też.”", "Statki czekają.", "[…] „Statki czekają.” […]"),
    ("en", "“The first of two paragraphs has no mark at its end.\n“The last one has.”",
     "“The first of two paragraphs has no mark at its end.", "“The first of two paragraphs has no mark at its end.” […]"),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "stretch", "seen"), CUTS)
def test_a_part_of_a_quotation_is_shown_as_one(lang: str, text: str, stretch: str, seen: str) -> None:
    start = text.index(stretch)
    result = shown(cut(text, start, start + len(stretch), lang).shown(stretch))
    assert result == seen
    assert all(quotation in text for quotation in quotations(result))  # the dots are not in the marks: they are ours


@pytest.mark.parametrize(
    ("text", "stretch"),
    [
        ('Marn wrote: "Wow! Thousands came." The quay is wet.', "The quay is wet."),
        ('Marn wrote: "Wow! Thousands came." The quay is wet.', 'Marn wrote: "Wow! Thousands came."'),
        ("“It is cold,” she said. “It is late.”", "“It is cold,” she said."),
        ("“It is cold,” she said. He left. “It is late.”", "He left."),
        ("It is the lady’s boat. The crew's pay is late. The boats’ owner left.", "The crew's pay is late."),
        ('A stray " mark. The pier is closed. It is late.', "The pier is closed."),
        ('The pipe is 6" wide. The pier is closed. The other is 10" wide.', "The pier is closed."),
    ],
)
def test_the_papers_own_words_get_no_marks(text: str, stretch: str) -> None:
    start = text.index(stretch)
    assert not cut(text, start, start + len(stretch), "en")


@pytest.mark.parametrize(
    ("lang", "text", "seen"),
    [
        ("en", "Asked about it, Osk told the paper: “I am glad that she stepped back.",
         "Asked about it, Osk told the paper: “I am glad that she stepped back.” […]"),
        ("es", 'La hija anunció hoy, "Mi madre se va de Karsund.', "La hija anunció hoy, “Mi madre se va de Karsund.” […]"),
        ("de", "Osk sagte dem Blatt: „Wir bleiben im Hafen.", "Osk sagte dem Blatt: „Wir bleiben im Hafen.“ […]"),
        ("fr", "Osk a déclaré : « Nous restons au port.", "Osk a déclaré : « Nous restons au port.» […]"),
    ],
)  # fmt: skip
def test_what_an_excerpt_never_closes_keeps_its_mark(lang: str, text: str, seen: str) -> None:
    """The words of a speaker stood there as the paper's own; nothing of the text is cut."""
    result = cut(text, 0, len(text), lang)
    assert shown(result.shown(text)) == seen and not result


def test_inches_and_strays_open_nothing() -> None:
    for text in ('The pipe is 6" wide and the pier is closed.', 'A stray " mark, and the pier is closed.'):
        assert cut(text, 0, len(text), "en").shown(text) == text
