"""Two people in one sentence, each with words of their own, and whom one speaks to: every quotation is its speaker's."""

from __future__ import annotations

import pytest

from index.quotes import quotes, statements

TWO = [
    ("en", "Lund said “three letters too late”, Cowan said “I never knew of it”.", "Lund", "Cowan"),
    ("en", "While Lund insisted “three letters too late”, Cowan countered: “I never knew of it”.", "Lund", "Cowan"),
    ("en", "“Three letters too late,” said Lund, and “I never knew of it,” said Cowan.", "Lund", "Cowan"),
    ("en", "According to Lund, “three letters too late”, but Cowan told reporters “I never knew of it”.", "Lund", "Cowan"),
    ("es", "Fernando dijo «tres cartas demasiado tarde», Cobos dijo «yo nunca lo supe».", "Fernando", "Cobos"),
    ("fr", "Lund a dit « trois lettres trop tard », Cowan a dit « je ne savais rien ».", "Lund", "Cowan"),
    ("de", "„Drei Briefe zu spät“, sagte Lund dem Hafenboten; „ich wusste es nie“, entgegnete Cowan.", "Lund", "Cowan"),
    ("de", "Laut Lund „drei Briefe zu spät“, Cowan dagegen betonte: „ich wusste es nie“.", "Lund", "Cowan"),
    ("pt", "Lund disse “três cartas tarde demais”, Cowan disse “eu nunca soube”.", "Lund", "Cowan"),
    ("it", "«Tre lettere troppo tardi», ha detto Lund, mentre Cowan ha dichiarato: «non ne sapevo nulla».", "Lund", "Cowan"),
    ("pl", "Lund powiedziała „trzy listy za późno”, Cowan powiedział „nigdy nie wiedziałem”.", "Lund", "Cowan"),
    ("ru", "Лунд сказала «три письма опоздали», Коуэн сказал «я не знал».", "Лунд", "Коуэн"),
    ("ru", "«Три письма опоздали», — сообщила Лунд, а «я не знал», — возразил Коуэн.", "Лунд", "Коуэн"),
    ("it", "Lund ha ammesso: «tre lettere tardi»; Cowan invece ha ribattuto: «non ne sapevo nulla».", "Lund", "Cowan"),
    ("zh", "赵雪梅说“晚了三封信”，而孙立军则回应：“我从来不知道”。", "赵雪梅", "孙立军"),
    ("zh", "“晚了三封信”，赵雪梅说；“我从来不知道”，孙立军回答。", "赵雪梅", "孙立军"),
    ("ja", "山本由美氏は「手紙が三通遅すぎた」と述べ、小林浩二氏は「私は知らなかった」と反論した。", "山本由美", "小林浩二"),
    ("ar", "قالت هدى نصار «ثلاث رسائل متأخرة»، وقال كريم زيدان «لم أعرف ذلك».", "هدى نصار", "كريم زيدان"),
    ("ar", "قالت نصار: «ثلاث رسائل متأخرة»، بينما قال زيدان: «لم أعرف ذلك».", "نصار", "زيدان"),
]


@pytest.mark.parametrize(("lang", "text", "first", "second"), TWO)
def test_each_quotation_is_its_own_speaker_s(lang: str, text: str, first: str, second: str) -> None:
    said = statements(text, lang=lang)
    assert [
        [s.speaker_resolved or s.speaker for s in said if s.start <= quote.start < s.end] for quote in quotes(text, lang=lang)
    ] == [[first], [second]]


def test_what_a_gerund_introduces_in_front_is_the_main_clause_s() -> None:
    text = "In the post announcing “the boat is back”, Quayline said, “Although we did at first take it down”."
    assert {s.speaker for s in statements(text, lang="en") if s.kind == "direct"} == {"Quayline"}


SPOKEN_TO = [
    ("„Wir kommen“, sagte Grete Lund dem Hafenboten.", "Grete Lund"),
    ("„Wir kommen“, sagte Grete Lund der Deutschen Presse-Agentur.", "Grete Lund"),
    ("„Wir kommen“, sagte Lund der Neuen Hafenzeitung am Montag.", "Lund"),
    ("„Wir kommen“, sagte Polizeisprecherin Anke Voss den Reportern.", "Polizeisprecherin Anke Voss"),
    ("„Wir kommen“, sagte der Sprecher der Polizei.", "der Sprecher der Polizei"),
    ("„Wir kommen“, sagte die Sprecherin der Stadt dem Blatt.", "die Sprecherin der Stadt"),
]


@pytest.mark.parametrize(("text", "speaker"), SPOKEN_TO)
def test_german_tells_by_the_dative_whom_one_speaks_to(text: str, speaker: str) -> None:
    assert [s.speaker for s in statements(text, lang="de")] == [speaker]


def test_an_office_at_the_end_of_a_compound_is_no_part_of_a_german_name() -> None:
    text = "Hafenchefin Marlies Teubner sagte: „Der Kran fiel um.“ Teubner ging."
    assert statements(text, lang="de")[0].speaker_resolved == "Marlies Teubner"
