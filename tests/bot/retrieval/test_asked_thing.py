"""bot/retrieval/asked_thing.py: a sentence holds the kind of thing that is asked for, or it does not."""

from __future__ import annotations

import pytest

from bot.questions.question import read
from bot.retrieval.asked_thing import held


@pytest.mark.parametrize(
    ("lang", "question", "text", "value"),
    [
        ("en", "How much did the clean-up at Gull Point cost?", "Lowen Lines paid $240,000 for the clean-up.", 1),
        ("en", "How much did the clean-up at Gull Point cost?", "Some 45 people cleaned the beach.", 0),
        ("es", "¿Cuánto costó la presa?", "La presa tiene 62 metros de altura.", 0),
        ("es", "¿Cuánto costó la presa?", "La presa costó 40 millones de euros.", 1),
        ("fr", "Quelle part des élèves dort mal ?", "Un tiers, 34 %, dort mal.", 1),
        ("de", "Wie lange dauerte der Streik?", "Der Streik dauerte 18 Tage.", 1),
        ("de", "Wie lange dauerte der Streik?", "Am Streik nahmen 210 Arbeiter teil.", 0),
        ("en", "What time did Osk run in Terlow?", "Osk ran in Terlow.", 0),
        ("en", "What time did Osk run in Terlow?", "Osk ran in Terlow at 9:30 on Sunday.", 0),
        ("en", "What time did Osk run in Terlow?", "She finished in 26:48.", 1),
        ("en", "What was Osk's time in Terlow?", "She needed 2 hours and 4 minutes.", 1),
        ("es", "¿En qué tiempo corrió Osk en Terlow?", "Osk salió a las 9:30.", 0),
        ("es", "¿Cuál fue el tiempo de Osk en Terlow?", "Acabó en 2:09:33.", 1),
        ("de", "Welche Zeit lief Osk in Terlow?", "Osk startete um 9:30 Uhr.", 0),
        ("de", "Was war Osks Zeit in Terlow?", "Sie schlug nach 1:52,4 an.", 1),
        ("fr", "Quel a été le temps d'Osk à Terlow ?", "Osk est partie à 9 h 30.", 0),
        ("fr", "En quel temps Osk a-t-elle couru ?", "Elle a couru en 1 h 12.", 1),
        ("fr", "En quel temps Osk a-t-elle couru ?", "Elle a couru en 41 min 10 s.", 1),
        ("pt", "Qual foi o tempo de Osk em Terlow?", "Ela terminou em 2:09:33.", 1),
        ("it", "In quanto tempo ha corso Osk?", "Ha corso in 2:09:33.", 1),
        ("en", "How old was the captain?", "The captain, aged 44, was unhurt.", 1),
        ("en", "How many people died in the fire?", "The fire killed seventeen people.", 1),
        ("en", "How many people died in the fire?", "It took five hours to put out.", 0.5),
        ("en", "When did the ferry leave?", "The ferry left at 05:50.", 1),
        ("en", "When did the ferry leave?", "The ferry left the island.", 0),
        ("pt", "Como se chama o pastor de Almazor?", "Um pastor perdeu as ovelhas em Almazor.", 0),
        ("pt", "Como se chama o pastor de Almazor?", "O pastor, Horácio Semedo, perdeu as ovelhas.", 1),
        ("fr", "Pourquoi le quai est-il fermé ?", "Le quai est fermé en raison du gel.", 1),
        ("fr", "Pourquoi le quai est-il fermé ?", "Le quai est fermé.", 0),
        ("en", "What did the auditor find?", "The auditor found nothing.", None),
    ],
)
def test_a_sentence_holds_what_is_asked_for(lang: str, question: str, text: str, value: float | None) -> None:
    assert held(read(question, lang=lang), text, lang) == value


def test_a_reason_may_stand_in_the_sentence_after() -> None:
    asked = read("Why is the bridge shut?", lang="en")
    assert held(asked, "The bridge is shut.", "en", "That is because of the frost.") == 1
