"""Whom a model lets say something: not in its words where the article does not bear it out, whatever form it has."""

from __future__ import annotations

import pytest

from bot.answers.writing import Writing
from bot.questions.question import read
from bot.records import Draft, Sentence
from bot.retrieval.candidates import passage_of
from bot.retrieval.evidence import Evidence, Features
from index.records import Article, Period

STORIES = {
    "en": "“Two of the four gears are simply worn out,” the inspector, Gwen Ashby, told a hearing. Hotel keeper Rafe Doyle called the "
    "closure a disaster for the village. The regional president, Ute Brandl, said that a bus would replace it from December.",
    "es": "La directora del museo, Elvira Sanz, anunció ayer que el cuadro volverá en octubre. «Nadie pagó un solo euro por su "
    "regreso», aseguró Sanz. El comisario Bruno Leal explicó que el ladrón era un antiguo vigilante.",
    "de": "„Wir hatten Wasser für zwanzig Minuten, dann war Schluss“, berichtete Einsatzleiterin Britta Koss. Der Eigentümer Falk "
    "Rieder will die Halle wieder aufbauen. Stadtrat Timo Wend hält Brandstiftung für wahrscheinlich.",
    "fr": "« La scène aurait fini dans la rivière », a expliqué la régisseuse Maud Pernin. L'adjoint à la culture, Salim Bey, estime "
    "que la ville perdra un million d'euros.",
    "pt": "«O telhado foi reparado com telhas emprestadas», contou o empreiteiro Rui Pestana. O vereador Gil Tavares acha que a obra "
    "foi cara demais. A escola reabre na segunda-feira, garantiu a diretora Inês Calado.",
    "ru": "«Отопление здесь отключали трижды за зиму», — пожаловался электрик Антон Грач. Депутат Лев Самойлов считает, что роддом "
    "закроют навсегда.",
    "zh": "“桥墩下面已经被水掏空了，”工程师何秀兰告诉记者。县长罗建平表示，新桥将在明年六月通车。村民孙大海认为，政府早就知道情况。",
    "ar": "وقالت المهندسة هدى الشامي: «الرافعة الكبيرة لم تفحص منذ عشر سنوات». وأوضح مدير الميناء فؤاد الخطيب أن الميناء سيعاد فتحه في "
    "يناير. ويرى النقابي رامي سعد أن العمال سيضربون.",
}  # fmt: skip


def shown(text: str, lang: str, spoken: str) -> Sentence | None:
    article = Article(
        id="a", lang=lang, title="", outlet="Torvay Times", text=STORIES[lang], published=Period.parse("2025-05-14")
    )
    evidence = Evidence(
        question=read("?", lang=spoken), passages=(passage_of(article),), candidates=(), features=Features(), probability=1.0
    )
    return Writing(evidence, spoken, lambda id, version: article).add(Draft(text=text, cites=(1,)))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "As far as Rafe Doyle is concerned, “two of the four gears are simply worn out”."),
        ("en", "“Two of the four gears are simply worn out” is how Ute Brandl put it."),
        ("en", "The hotel keeper, in a statement: “Two of the four gears are simply worn out.”"),
        ("en", "Ute Brandl's claim that “two of the four gears are simply worn out” was heard on Wednesday."),
        ("en", "Ute Brandl told Gwen Ashby: “Two of the four gears are simply worn out.”"),
        ("en", "“Two of the four gears are simply worn out” was said by the regional president."),
        ("en", "He said: “Two of the four gears are simply worn out.”"),
        ("en", "Gwen Ashby called the closure a disaster for the village."),
        ("en", "The inspector said that a bus would replace it from December."),
        ("es", "«Nadie pagó un solo euro por su regreso» fueron las palabras de Bruno Leal."),
        ("es", "Elvira Sanz explicó que el ladrón era un antiguo vigilante."),
        ("es", "Que el cuadro volverá en octubre lo anunció el comisario Bruno Leal."),
        ("de", "Von Timo Wend stammt der Satz: „Wir hatten Wasser für zwanzig Minuten, dann war Schluss“."),
        ("de", "Der Eigentümer berichtete: „Wir hatten Wasser für zwanzig Minuten, dann war Schluss.“"),
        ("de", "Falk Rieder hält Brandstiftung für wahrscheinlich."),
        ("fr", "« La scène aurait fini dans la rivière », dixit Salim Bey."),
        ("fr", "Maud Pernin estime que la ville perdra un million d'euros."),
        ("pt", "O vereador contou: «O telhado foi reparado com telhas emprestadas»."),
        ("pt", "Na opinião de Inês Calado, a obra foi cara demais."),
        ("ru", "«Отопление здесь отключали трижды за зиму» — слова Льва Самойлова."),
        ("ru", "По мнению Антона Грача, роддом закроют навсегда."),
        ("zh", "“桥墩下面已经被水掏空了”是孙大海的原话。"),
        ("zh", "罗建平认为，政府早就知道情况。"),
        ("ar", "وفقا لمدير الميناء، «الرافعة الكبيرة لم تفحص منذ عشر سنوات»."),
        ("ar", "يرى فؤاد الخطيب أن العمال سيضربون."),
    ],
)
@pytest.mark.parametrize("english", [False, True])
def test_what_the_article_does_not_bear_out_is_not_shown_in_a_models_words(lang: str, text: str, english: bool) -> None:
    sentence = shown(text, lang, "en" if english else lang)
    assert sentence is None or (sentence.status == "quoted" and sentence.text.strip("…") in STORIES[lang])


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "“Two of the four gears are simply worn out,” Ashby said."),
        ("en", "The inspector said: “Two of the four gears are simply worn out.”"),
        ("en", "From December a bus would replace it, regional president Ute Brandl said."),
        ("es", "El comisario Leal explicó que el ladrón era un antiguo vigilante."),
        ("de", "Timo Wend hält Brandstiftung für wahrscheinlich."),
        ("fr", "« La scène aurait fini dans la rivière », selon Maud Pernin."),
        ("pt", "Gil Tavares acha que a obra foi cara demais."),
        ("ru", "Лев Самойлов считает, что роддом закроют навсегда."),
        ("zh", "工程师何秀兰说：“桥墩下面已经被水掏空了。”"),
        ("ar", "وأوضح فؤاد الخطيب أن الميناء سيعاد فتحه في يناير."),
    ],
)
def test_what_it_bears_out_is(lang: str, text: str) -> None:
    sentence = shown(text, lang, lang)
    assert sentence is not None and sentence.status == "unconfirmed"


def test_the_articles_own_sentence_stands_in_for_what_nobody_is_known_to_have_said() -> None:
    sentence = shown("Gwen Ashby said that a bus would replace it from December.", "en", "en")
    assert sentence is not None and sentence.text.startswith("The regional president, Ute Brandl, said")
