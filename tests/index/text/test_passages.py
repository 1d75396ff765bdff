"""Sentences and passages: a table of hard cases in our own words, and properties on any text."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.text import token_count
from index.text.passages import PART, sentences, split

# "|" marks where one sentence ends and the next begins. Language, text.
CASES = [
    ("en", "Mr. Ash met Dr. J. K. Reed in the U.S. Capitol on Jan. 5. | They spoke until 7 p.m. | Nobody took notes."),
    ("en", "The court heard Ash v. Reed. | It was case c. 12."),
    ("en", "The fleet left the U.S. | The crew stayed."),
    ("en", "Prices rose 3.5 per cent to 1,204.50 marks. | No. 7 was sold out. | He said no. | She agreed."),
    ("en", "“We shall not sell the port,” she said. | “It is ours.” | He laughed."),
    ("en", "“The line is closed. | Nobody may cross it,” the guard said."),
    ("en", "He asked: “Why now?” and left. | “Never!” he cried."),
    ("en", "An accord was near (see p. 5). | It failed. | (Reporting by Ann Roe.) | More follows."),
    ("en", "The talks ended without an accord between the sides. . | Nothing was signed."),
    ("en", "No neighbour is closer than Norland.a State that sits on the council."),
    ("en", "The vote was over.¦The hall emptied."),
    ("en", "“It may begin next month.”Marlow said in the hall, where he had come to speak."),
    ("en", "See https://news.example.org/a.b?c=D.E for more. | Write to desk@example.org. | Thanks."),
    ("en", "Well... perhaps. | “I waited…” | Then he was gone."),
    ("en", "Robert Ash Sr. founded it. | Robert Ash Jr. sold it to Reed & Co. in May."),
    ("en", "It grew [...] and grew. | Source [3]. | The rest is history.[4] | Nobody knows."),
    ("en", "He didn't. | I did. | King Henry VIII. of the play wept."),
    ("en", "who wrote this. | nobody knows. | not even the clerk."),
    ("es", "El Sr. Vela viajó a EE.UU. con la Dra. Ana M. Ríos. | Volvió a las 8 a. m. del lunes."),
    ("es", "Eligió la opción a. | Nadie protestó. | El lic. Vela y el ing. Ríos callaron."),
    ("es", "Viajó a EE. UU. | El martes regresó."),
    ("es", "—¿Vendrá usted? —preguntó el juez. | «¿Por qué no?», dijo Vela."),
    ("es", "Costó 1.234,5 pesos, p. ej. en el mercado núm. 3. | ¡Qué caro! | ¿Quién lo paga? | Nadie."),
    ("es", "«No venderemos el puerto», dijo. | “Es nuestro.” | Nadie respondió."),
    ("fr", "« Nous ne vendrons pas. » | M. Le Goff a quitté la salle avec Mme Roy. | Le vote a eu lieu à 18 h."),
    ("fr", "« Pourquoi maintenant ? », a-t-il demandé. | Personne n’a répondu ! | L’O.N.U. se tait."),
    ("de", "Am 3. Oktober traf er Dr. Weiß, z. B. in Bonn. | Der 2. Weltkrieg war vorbei."),
    ("de", "Die Münze ist von 30 v. Chr. und wurde 1999 verkauft."),
    ("de", "Es kamen 300. | Die Halle war leer. | Das war 1999. | Franz II. lachte."),
    ("de", "„Wir verkaufen den Hafen nicht.“ | Er lachte. | »Nie wieder!« | Sie ging d. h. sie lief."),
    ("de", "Es gab Äpfel, Birnen usw. | Die Gäste aßen sie im 19. Jahrhundert gern."),
    ("pt", "O Sr. Dias pagou R$ 1.500,00 à Dra. Luz. | “Não vendemos”, disse. | Voltou às 9h."),
    ("it", "Il dott. Neri e la sig.ra Verdi arrivarono alle 8.30. | «Non vendiamo», disse. | Perché? | Nessuno lo sa."),
    ("ru", "В 2023 г. население выросло на 3,5 млн. человек, т.е. вдвое. | Он уехал в г. Ясный."),
    ("ru", "Это был я. | Потом пришли другие. | Он жил в с. Ивановка, на р. Ясной."),
    ("ru", "«Когда?» — спросил В. В. Орлов. | Ему не ответили."),
    ("ru", "«Мы не продаём порт», — сказала она. | Это было в 1999 г. | Он молчал."),
    ("ar", "قال د. سالم إن الميناء ليس للبيع. | هل يعود الوفد؟ | لا أحد يعلم."),
    ("ar", "انتهت المحادثات.¦وعاد الوفد إلى بلاده."),
    ("zh", "部长昨天到达港口。¦他说：“我们不卖港口。”¦谁会相信？¦没有人！"),
    ("zh", "“港口不出售。”部长说。¦会议结束了。"),
    ("ja", "大臣は「港は売らない。」と述べた。¦会議は終わった。¦本当か？¦誰も知らない。"),
    ("hi", "मंत्री कल आए। | क्या वे लौटेंगे? | कोई नहीं जानता।"),
    ("hy", "Նախարարը եկավ։ | Ոչ ոք չխոսեց։"),
    ("th", "รัฐมนตรีเดินทางถึงท่าเรือเมื่อวานนี้ เขาไม่ได้พูดกับผู้สื่อข่าว"),
    ("el", "Ο υπουργός έφτασε χθες. | Κανείς δεν μίλησε."),
    ("ko", "장관은 어제 도착했다. | 아무도 말하지 않았다."),
]  # fmt: skip


def cut(text: str, lang: str = "") -> list[str]:
    return [text[start:end] for start, end in sentences(text, lang)]


def test_a_date_in_front_of_a_text_is_no_part_of_its_first_sentence() -> None:
    text = " date 2023-10 La ministra llegó este miércoles. Habló poco."
    found = [text[a:b] for a, b in sentences(text, "es")]
    assert found == ["date 2023-10", "La ministra llegó este miércoles.", "Habló poco."]


@pytest.mark.parametrize(("lang", "marked"), CASES)
@pytest.mark.parametrize("known", [True, False])
def test_sentences(lang: str, marked: str, known: bool) -> None:
    expected = re.split(r" \| |¦", marked)
    assert cut(marked.replace(" | ", " ").replace("¦", ""), lang if known else "") == expected


def test_a_quotation_mark_never_begins_the_next_sentence() -> None:
    for close in ("”", '"', "’", "»", "“", ")", "”)", " »"):
        open_ = {"”": "“", '"': '"', "’": "‘", "»": "«", "“": "„", ")": "(", "”)": "(“", " »": "« "}[close]
        text = f"He said: {open_}One ends here. Two ends here.{close} Three ends here."
        assert cut(text) == [f"He said: {open_}One ends here.", f"Two ends here.{close}", "Three ends here."], close


def test_paragraphs_and_headlines_end_without_a_full_stop() -> None:
    text = "Talks in Port Ash\n\nMinister arrives on Monday (Wire/Photo)\n\nThe minister came\r\n\r\n- one\n- two\n* three"
    assert cut(text) == [
        "Talks in Port Ash",
        "Minister arrives on Monday (Wire/Photo)",
        "The minister came",
        "- one",
        "- two",
        "* three",
    ]


def test_lines_of_equal_rank_are_separate_but_wrapped_lines_are_one() -> None:
    separate = "Markets rise after the vote\nThe minister spoke for an hour and left by the back door.\nNobody followed"
    assert len(cut(separate)) == 3
    wrapped = (
        "The minister spoke for an hour and left by the back door, while the\n"
        "crowd waited at the front of the hall. Nobody had told them that Mr.\n"
        "Ash would not return to the square. The police sent them home later\n"
        "that evening.\n\nA second paragraph follows."
    )
    assert [sentence.replace("\n", " ") for sentence in cut(wrapped)] == [
        "The minister spoke for an hour and left by the back door, while the crowd waited at the front of the hall.",
        "Nobody had told them that Mr. Ash would not return to the square.",
        "The police sent them home later that evening.",
        "A second paragraph follows.",
    ]


def test_wrapped_lines_in_a_script_without_case() -> None:
    line = "部长昨天到达港口并与当地官员会谈但没有公布任何细节也没有回答记者提出的问题随后离开"
    assert len(cut(f"{line}\n{line}\n{line}\n结束了。")) == 1


# Any text: letters of many scripts, sentence marks, white space of all kinds, marks that combine, lone surrogates.
PIECES = st.sampled_from(
    [
        *"aZé9 .!?…\n\r\t\"'“”‘’«»()[]-—,;:中。」「あン한\u00a0\u2028\x0b\u200d\u0301\ud83dﷺ।؟\x00",
        *"👩‍👩‍👧|🇪🇸|ไทย|नमस्ते|عرب|שלום|Mr.|U.S.|3.|z. B.|www.a.b|\r\n\r\n|word |Wort. |. .|.”".split("|"),
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=200).map("".join))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_sentences_cover_the_text(text: str) -> None:
    check_spans(text, sentences(text))


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.integers(16, 60), st.booleans())
def test_passages_cover_the_text_within_the_budget(text: str, budget: int, windowed: bool) -> None:
    def embedder_count(texts: Sequence[str]) -> list[int]:
        return [len(unicodedata.normalize("NFKC", part)) // 2 + 4 for part in texts]

    spans = split(text, budget=budget, count=embedder_count if windowed else None, window=64)
    check_spans(text, spans)
    parts = [text[start:end] for start, end in spans]
    assert all(n <= budget for n in token_count.count(parts))
    if windowed:
        assert all(n <= 64 for n in embedder_count(parts))


def check_spans(text: str, spans: list[tuple[int, int]]) -> None:
    """Ordered, apart, trimmed, and all that lies between is blank."""
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()


def test_a_passage_is_whole_sentences() -> None:
    text = " ".join(f"Sentence number {n} tells what the minister did on that day in the harbour." for n in range(60))
    borders = {start for start, _ in sentences(text)} | {end for _, end in sentences(text)}
    spans = split(text, budget=100)
    assert {border for span in spans for border in span} <= borders
    sizes = token_count.count([text[start:end] for start, end in spans])
    assert max(sizes) <= 100
    assert min(sizes) >= 45  # full, and the last two balanced


def test_a_passage_ends_with_a_paragraph_when_one_ends_near_the_budget() -> None:
    same = " ".join(["The minister said that the harbour would stay open."] * 8)  # 80 tokens
    paragraphs = [f"Day {n}. {same}" for n in range(5)]
    text = "\n\n".join(paragraphs)
    assert [text[start:end] for start, end in split(text, budget=100)] == paragraphs


def test_repeated_captions_and_bare_credits_are_in_no_passage() -> None:
    opening = "The council of Norby opened the second pier on Monday."
    caption = "Mira Osei cuts the ribbon on the second pier of Norby (AFP)"
    closing = "The work took eighteen months and cost less than planned."
    text = "\n\n".join([opening, caption, f"{caption} (AFP/)", "Foto: EFE", closing])
    found = [text[start:end] for start, end in split(text)]
    assert "".join(found).count("cuts the ribbon") == 1
    assert "Foto" not in "".join(found) and found[0].startswith(opening) and found[-1].endswith(closing)
    assert split("Foto: EFE") == [(0, 9)]  # never an article without a passage


def test_golden_spans_stay_in_a_passage(shared: Path) -> None:
    """The sample articles carry doubled captions, and one of the golden answers stands in a caption."""
    folder = shared / "data" / "seeds"
    texts = {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.txt")}
    spans = {name: split(text) for name, text in texts.items()}
    rows = [json.loads(line) for line in (folder / "golden.jsonl").read_text(encoding="utf-8").splitlines()]
    gold = [span for row in rows for span in row["gold_spans"]]
    assert len(gold) > 10
    for span in gold:
        assert any(start <= span["start"] and span["end"] <= end for start, end in spans[span["doc_id"]]), span["text"]


def test_an_overlong_sentence_is_cut_at_clauses_then_words_then_characters() -> None:
    clause = "the delegates from the northern provinces agreed to meet again in the spring"
    text = ", ".join([clause] * 40)
    assert {text[start:end].removesuffix(",").split(",")[0] for start, end in split(text, budget=64)} == {clause}
    words = "delegates " * 400
    assert all(
        words[start:end].split()[0] == words[start:end].split()[-1] == "delegates" for start, end in split(words, budget=64)
    )
    family = "👩‍👩‍👧" * 60
    assert all((end - start) % 5 == 0 for start, end in split(family, budget=64))
    assert all(
        not unicodedata.category(ch := ("नि" * 300)[start]).startswith("M") and ch for start, _ in split("नि" * 300, budget=32)
    )


def test_a_long_line_is_cut_in_linear_work() -> None:
    """The work is counted in tokens measured, not in seconds: at most a few times the text's own."""
    measured = 0

    def counting(texts: Sequence[str]) -> list[int]:
        nonlocal measured
        measured += sum(map(len, texts))
        return [len(part) // 4 + 2 for part in texts]

    for text in ("word " * 40_000, "x" * 200_000, "中文" * 50_000, "A short one. " * 15_000, ("。" * 9 + "a") * 20_000):
        measured = 0
        split(text, count=counting)
        assert measured <= 8 * len(text)


def test_limits_that_cannot_hold_one_character_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 16"):
        split("text", budget=4)


def test_nothing_in_nothing_out() -> None:
    assert split("") == split(" \n\t") == sentences("") == []


def test_a_dump_is_split_in_parts_and_loses_nothing() -> None:
    text = "\n".join(f"Number {n} of the long list is here." for n in range(50_000))
    spans = split(text, lang="en")
    assert len(text) > 2 * PART and all(first[1] <= second[0] for first, second in pairwise(spans))
    assert "".join(text[start:end] for start, end in spans).replace("\n", "").count("list is here.") == 50_000
    assert all(text[start:end].startswith("Number") and text[start:end].endswith(".") for start, end in spans)
