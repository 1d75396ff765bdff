"""The language of questions, names and articles."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.text.language import identify
from tests.support import ROOT

QUESTIONS = [
    ("en", "What did Minister Marwick say at the harbour conference?"),
    ("en", "who stopped the Astrid Vale"),
    ("en", "Did José Ángel Müller meet Erdoğan in São Paulo?"),
    ("es", "¿Qué dijo la ministra en la conferencia?"),
    ("es", "cuándo llegó Robledo a Karsund"),
    ("es", "¿Lavrov?"),
    ("fr", "Qu’a dit la ministre à la conférence ?"),
    ("fr", "combien de bateaux ont été contrôlés"),
    ("de", "Was sagte Kessler zum Abschluss der Konferenz?"),
    ("de", "wann beginnen die Kontrollen"),
    ("pt", "O que disse a ministra na conferência?"),
    ("it", "Cosa ha detto la ministra alla conferenza?"),
    ("nl", "wat zei de minister over de haven?"),
    ("ca", "què va dir la ministra amb els seus?"),
    ("pl", "co powiedział minister w porcie?"),
    ("ro", "Ce a spus ministrul la conferință și când?"),
    ("tr", "Bakan konferansta ne dedi?"),
    ("sv", "vad sa ministern om hamnen?"),
    ("da", "hvad sagde ministeren om havnen?"),
    ("no", "hva sa ministeren om havnen?"),
    ("fi", "mitä ministeri sanoi?"),
    ("vi", "bộ trưởng nói gì về cảng?"),
    ("ru", "Что сказала министр на конференции?"),
    ("uk", "Що сказала міністр на конференції?"),
    ("bg", "Какво каза министърът на конференцията?"),
    ("ar", "ماذا قالت الوزيرة في المؤتمر؟"),
    ("fa", "وزیر در کنفرانس چه گفت؟"),
    ("ur", "وزیر نے کانفرنس میں کیا کہا؟"),
    ("zh", "部长在会议上说了什么？"),
    ("ja", "大臣は会議で何と言ったか"),
    ("ko", "장관은 회의에서 뭐라고 했나?"),
    ("hi", "मंत्री ने सम्मेलन में क्या कहा?"),
    ("th", "รัฐมนตรีพูดอะไร"),
    ("el", "Τι είπε ο υπουργός;"),
    ("he", "מה אמר השר?"),
    ("hy", "Ի՞նչ ասաց նախարարը։"),
    ("ka", "რა თქვა მინისტრმა?"),
]


@pytest.mark.parametrize(("lang", "question"), QUESTIONS)
def test_questions(lang: str, question: str) -> None:
    assert identify(question) == lang


@pytest.mark.parametrize(
    "name", ["Lavrov", "Putin Kim", "Kim", "Ursula von der Leyen", "Marwick Robledo Adler", "UN", "2031", "🙂", " ", ""]
)
def test_names_say_nothing_about_the_language(name: str) -> None:
    assert identify(name) == ""
    assert identify(name, default="es") == "es"


def test_a_name_in_another_script_says_at_least_the_script() -> None:
    assert identify("Лавров", default="en") == "ru"
    assert identify("Лавров", default="uk") == "uk"
    assert identify("金正恩", default="en") == "zh"
    assert identify("金正恩", default="ja") == "ja"


def test_addresses_are_not_words() -> None:
    assert identify("https://www.example.org/the/who/what/is/this.html @the_minister #what", default="fr") == "fr"


def test_plain_questions_do_not_load_the_statistics() -> None:
    code = f"import sys; from index.text.language import identify; [identify(q) for q in {[q for _, q in QUESTIONS]!r}]"
    code += "; print('py3langid' in sys.modules, 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT).stdout == "False False\n"


def test_the_same_in_any_thread() -> None:
    texts = ["Tongan harbour ministers praise coral shipping", "Regresó barco robado al puerto", *(q for _, q in QUESTIONS)]
    alone = [identify(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert all(
            list(map(identify, texts)) == alone for _ in pool.map(lambda _: [identify(text) for text in texts], range(16))
        )


def rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def test_real_questions_and_articles(shared: Path) -> None:
    """Floors just under what was measured: questions .992 to 1.0 in en, es, de; every article."""
    questions = rows(shared / "data/xquad/queries.jsonl.gz")
    for lang in ("en", "es", "de"):
        mine = [identify(row["question"]) == lang for row in questions if row["lang"] == lang]
        assert sum(mine) >= 0.99 * len(mine), lang
    articles = rows(shared / "data/ntrex/corpus.jsonl.gz") + rows(shared / "data/wikinews/corpus.jsonl.gz")
    assert [row["id"] for row in articles if identify(row["text"]) != row["lang"]] == []
