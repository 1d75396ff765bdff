"""bot/verification/taken_back.py: what the next sentence says is not so is never shown without it."""

from __future__ import annotations

import pytest

from bot.verification.taken_back import with_what_takes_it_back

TAKEN_BACK = [
    ("en", "The Post wrote that Olsen had slept for an hour.| That is wrong. She had slept for a minute.| It rains."),
    ("en", "A video claims that Olsen slept through the vote.| She did not. The record has her vote at 15:12."),
    ("en", "A post says the bridge has fallen down.| The claim is false, the city says."),
    ("en", "Claim: the quay is sold.|\n\nVerdict: false."),
    ("de", "Im Netz heißt es, Olsen habe das Auto geschenkt bekommen.| Das stimmt nicht. Sie hat es gekauft.| Es regnet."),
    ("es", "Un mensaje asegura que el agua está contaminada.| No es cierto. El laboratorio la midió ayer."),
    ("fr", "Selon une publication, la maire a vendu le bois.| C’est faux. Le bois est à la commune.| Il pleut."),
    ("pt", "Circula nas redes que a ponte vai cair.| A informação é falsa. A ponte vai ser pintada."),
    ("pl", "Napisaliśmy, że radna odeszła.| To nieprawda. Radna odeszła tylko z komisji."),
    ("it", "Un messaggio dice che il ponte è crollato.| È falso. Il ponte è chiuso."),
    ("ru", "В сети пишут, что мост упал.| Это неправда. Мост закрыт."),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "marked"), TAKEN_BACK)
def test_a_sentence_has_what_takes_it_back_and_what_is_true_behind_it(lang: str, marked: str) -> None:
    claim, back, *_ = marked.split("|")
    start, end = with_what_takes_it_back(marked.replace("|", ""), 0, len(claim), lang)
    assert marked.replace("|", "")[start:end] == claim + back


@pytest.mark.parametrize(
    ("lang", "claim", "rest"),
    [
        ("en", "Olsen said the bridge was safe.", " That is what the engineers had told her."),
        ("en", "Olsen said the bridge was safe.", " She did not say who had told her so."),
        ("en", "Eleven were hurt, Olsen said.", " Nobody has died."),
        ("de", "Olsen nannte die Brücke sicher.", " Das ist auch das Urteil der Prüfer."),
        ("es", "Olsen dijo que el puente es seguro.", " Es tarde para cerrarlo."),
    ],
)
def test_what_goes_on_takes_nothing_back(lang: str, claim: str, rest: str) -> None:
    assert with_what_takes_it_back(claim + rest, 0, len(claim), lang) == (0, len(claim))


def test_a_part_of_a_sentence_that_is_taken_back_is_widened_too() -> None:
    text = "The Post wrote that Olsen slept, and that it rained. That is wrong. She voted."
    assert with_what_takes_it_back(text, 0, 31, "en") == (0, len(text))
