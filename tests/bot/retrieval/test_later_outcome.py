"""bot/retrieval/later_outcome.py: what a later report says has come of it answers, and the older one is named as older."""

from __future__ import annotations

import pytest

from bot.questions.question import read
from bot.retrieval.candidates import Candidate, sentences_of
from bot.retrieval.later_outcome import done_after_all, later_first
from index.records import Hit, Passage, Period


def article(id: str, text: str, day: str, lang: str) -> list[Candidate]:
    passage = Passage(
        id=id, article_id=id, version=1, start=0, end=len(text), text=text, lang=lang, title="",
        published=Period.parse(day) if day else None,
    )  # fmt: skip
    return sentences_of(passage, 0)


def told(question: str, lang: str, older: str, newer: str, day: str = "2026-10-28") -> list[tuple[str, str]]:
    """The first two sentences, with their headings."""
    old, new = article("a", older, "2026-10-14", lang), article("b", newer, day, lang)
    hits = [Hit(passage=one[0].passage, score=1.0) for one in (old, new)]
    return [(c.heading, c.text) for c in later_first(read(question, lang=lang), [*old, *new], hits)[0]][:2]


LATER = [  # language, question, the older report, the later one
    ("en", "Did Helen Marsh resign?", "Helen Marsh said she would not resign.", "Helen Marsh, the minister, resigned on Tuesday."),
    ("en", "Has Osk been sentenced?", "Osk has not been sentenced.", "It came after the trial of Osk, who was sentenced to six years."),
    ("en", "Has the Tarn tunnel reopened?", "The Tarn tunnel will stay closed.", "The Tarn tunnel reopened on Thursday."),
    ("en", "Is the Tarn tunnel closed?", "The Tarn tunnel was closed on Monday.", "The Tarn tunnel reopened on Thursday."),
    ("es", "¿Ha dimitido Ana Paz?", "Ana Paz aseguró que no dimitirá.", "Ana Paz dimitió el martes como consejera."),
    ("es", "¿Han liberado a Ana Paz?", "Ana Paz sigue en prisión.", "Ana Paz, liberada el viernes, recibió la medalla."),
    ("fr", "Anne Morel a-t-elle signé ?", "Anne Morel n'a pas signé le traité.", "Anne Morel a signé le traité vendredi."),
    ("de", "Ist Karl Amrein zurückgetreten?", "Karl Amrein sagte, er werde nicht zurücktreten.", "Karl Amrein ist am Sonntag zurückgetreten."),
    ("de", "Ist Karl Osk gestorben?", "Karl Osk liegt im Krankenhaus.", "Die Reise ist Karl Osk gewidmet, der am Freitag gestorben ist."),
    ("pt", "Caio Brandão foi condenado?", "Caio Brandão ainda não foi condenado.", "O dono, Caio Brandão, foi condenado na sexta-feira."),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "question", "older", "newer"), LATER)
def test_what_has_come_of_it_stands_first_and_the_older_report_under_its_day(
    lang: str, question: str, older: str, newer: str
) -> None:
    (latest, first), (dated, second) = told(question, lang, older, newer)
    assert (first, second) == (newer, older)
    assert latest.endswith("2026-10-28") and dated.endswith("2026-10-14")


OTHERS = [  # language, question, the older report, a later one that tells nothing of the kind
    ("en", "Did Helen Marsh resign?", "Helen Marsh said she would not resign.", "The opposition demanded that Helen Marsh resign."),
    ("en", "Did Helen Marsh resign?", "Helen Marsh said she would not resign.", "Helen Marsh will resign in May."),
    ("en", "Did Helen Marsh resign?", "Helen Marsh said she would not resign.", "A deputy of Helen Marsh resigned on Tuesday."),
    ("en", "Did Helen Marsh resign?", "Helen Marsh said she would not resign.", "Helen Marsh's deputy resigned on Tuesday."),
    ("en", "Did Helen Marsh resign?", "Helen Marsh said she would not resign.", "Helen Marsh came, and her deputy resigned."),
    ("en", "Did Helen Marsh resign?", "Helen Marsh said she would not resign.", "Helen Marsh dismissed two aides on Tuesday."),
    ("en", "Is the Osk bill dead?", "The bill of Osk is not dead.", "After sixteen weeks of protests in Osk, police killed a man."),
    ("en", "Did Helen Marsh resign?", "Helen Marsh said she would not resign.", "Friends of Helen Marsh, to step down soon, came."),
    ("en", "Did Helen Marsh resign?", "Helen Marsh said she would not resign.", "The aide Carl Osk resigned on Tuesday."),
    ("en", "Did Helen Marsh resign?", "Helen Marsh resigned on Monday.", "Helen Marsh has not resigned, a friend said."),
    ("en", "What did Helen Marsh do?", "Helen Marsh said she would not resign.", "Helen Marsh resigned on Tuesday."),
    ("es", "¿Ha dimitido Ana Paz?", "Ana Paz aseguró que no dimitirá.", "Piden que dimita Ana Paz."),
    ("es", "¿Ha dimitido Ana Paz?", "Ana Paz aseguró que no dimitirá.", "El sucesor de Ana Paz dimitió el martes."),
    ("fr", "Anne Morel a-t-elle signé ?", "Anne Morel n'a pas signé le traité.", "Anne Morel signera le traité vendredi."),
    ("de", "Ist Karl Amrein zurückgetreten?", "Karl Amrein sagte, er bleibe.", "Karl Amrein soll zurücktreten, fordert die Union."),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "question", "older", "newer"), OTHERS)
def test_a_demand_a_plan_and_another_s_act_change_nothing(lang: str, question: str, older: str, newer: str) -> None:
    assert told(question, lang, older, newer)[0] == ("", older)


@pytest.mark.parametrize("day", ["2026-10-13", "2026-10-14", "", "2028-10-14"])
def test_what_is_not_surely_later_changes_nothing(day: str) -> None:
    older = "Helen Marsh said she would not resign."
    assert told("Did Helen Marsh resign?", "en", older, "Helen Marsh resigned on Tuesday.", day)[0] == ("", older)


NEWER = [  # language, question, the older report, the newer one
    ("en", "Is Helen Marsh still minister?", "Helen Marsh became minister on Monday.", "Helen Marsh stepped aside on Tuesday."),
    ("en", "Is Helen Marsh still mayor?", "Helen Marsh became mayor.", "Helen Marsh is no longer mayor."),
    ("en", "Is Carl Osk still in prison?", "Carl Osk was jailed in May.", "Carl Osk was freed on Friday."),
    ("en", "Does Carl Osk still own the mill?", "Carl Osk bought the mill.", "Carl Osk sold the mill."),
    ("es", "¿Sigue Ana Paz en el cargo?", "Ana Paz asumió el cargo el lunes.", "Ana Paz dejó el cargo el martes."),
    ("de", "Ist Karl Osk noch Bürgermeister?", "Karl Osk weist Forderungen zurück.", "Karl Osk hat sein Amt aufgegeben."),
    ("de", "Ist Karl Osk noch Bürgermeister?", "Karl Osk kam am Montag.", "Bürgermeister Karl Osk empfing Gäste."),
    ("fr", "Anne Morel est-elle toujours ministre ?", "Anne Morel est ministre.", "Anne Morel a quitté le ministère."),
    ("fr", "Anne Morel est-elle encore maire ?", "Anne Morel est maire.", "Anne Morel reste maire."),
]


@pytest.mark.parametrize(("lang", "question", "older", "newer"), NEWER)
def test_whether_something_is_still_so_the_newest_report_tells(lang: str, question: str, older: str, newer: str) -> None:
    (latest, first), (dated, second) = told(question, lang, older, newer)
    assert (first, second) == (newer, older)
    assert latest.endswith("2026-10-28") and dated.endswith("2026-10-14")


FIGURES = [
    ("en", "How many people were hurt in Tarn?", "17 people were hurt in Tarn.", "14 people were hurt in Tarn, not 17."),
    ("en", "How long was the Tarn tunnel closed?", "Tarn tunnel: closed for six weeks.", "Tarn tunnel: closed for 48 days."),
    ("es", "¿Cuánto costará la presa de Tarn?", "La presa de Tarn costará 90 euros.", "La presa de Tarn costará 120 euros."),
    ("de", "Wie viele Menschen kamen nach Tarn?", "Nach Tarn kamen 300 Menschen.", "Nach Tarn kamen 500 Menschen."),
    ("fr", "Combien de temps a duré la grève de Tarn ?", "La grève de Tarn dure deux jours.", "La grève de Tarn a duré neuf jours."),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "question", "older", "newer"), FIGURES)
def test_of_figures_that_answer_alike_the_newest_stands_first(lang: str, question: str, older: str, newer: str) -> None:
    assert told(question, lang, older, newer) == [("", newer), ("", older)]


HURT = "17 people were hurt in Tarn."
MAYOR = "Helen Marsh became mayor on Monday."
OTHER = [  # language, question, the older report, a newer one that does not answer it
    ("en", "How many people were hurt in Tarn?", HURT, "14 people were hurt in Osk."),  # elsewhere
    ("en", "How many people were hurt in Tarn?", HURT, "Some say that Tarn is quiet."),  # no figure
    ("en", "How many people were hurt in Tarn in October 2026?", HURT, "14 people were hurt in Tarn."),  # at that time
    ("en", "Who was hurt in Tarn?", HURT, "14 people were hurt in Tarn."),
    ("en", "Is Helen Marsh still mayor?", MAYOR, "Helen Marsh sang at a fair."),
    ("en", "Is the bridge of Tarn still open?", "The bridge of Tarn is open.", "The bridge of Tarn is painted red."),
    ("en", "Is the still of Carl Osk legal?", "The still of Carl Osk is legal.", "The legal adviser of Carl Osk met the press."),
    ("es", "¿Todavía es ministra Ana Paz?", "Ana Paz asumió como ministra.", "Ana Paz visitó una feria."),
    ("es", "¿Le siguen pagando a Ana Paz en Tarn?", "A Ana Paz le pagan en Tarn.", "Ana Paz cantó en la feria de Tarn."),
    ("fr", "Anne Morel est-elle encore maire ?", "Anne Morel est maire.", "Anne Morel a chanté à la foire."),
    ("fr", "Anne Morel a-t-elle encore gagné la course ?", "Anne Morel a couru.", "La course de Anne Morel est demain."),
    ("de", "Ist Karl Osk noch Bürgermeister?", "Karl Osk wurde Bürgermeister.", "Karl Osk sang auf dem Markt."),
    ("de", "Gab es in Tarn noch weitere Verletzte?", "In Tarn gab es Verletzte.", "Die Verletzte aus Tarn heißt Anna."),
    ("de", "Kam Karl Osk noch rechtzeitig?", "Karl Osk kam.", "Karl Osk kam rechtzeitig zum Essen."),
    ("pt", "Caio Brandão ainda é prefeito?", "Caio Brandão virou prefeito.", "Caio Brandão dançou numa festa."),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "question", "older", "newer"), OTHER)
def test_what_does_not_tell_what_is_asked_stands_behind_however_new(lang: str, question: str, older: str, newer: str) -> None:
    assert told(question, lang, older, newer)[0] == ("", older)


@pytest.mark.parametrize("day", ["2026-10-13", "2029-10-28"])
def test_a_figure_that_is_not_surely_a_later_one_of_the_same_stands_behind(day: str) -> None:
    assert told("How many people were hurt in Tarn?", "en", HURT, "14 people were hurt in Tarn.", day)[0] == ("", HURT)


DENIED = [  # language, a denial, a later report, and whether that tells what was denied
    ("en", "Helen Marsh denied on Monday that she would resign.", "Minister Helen Marsh resigned on Thursday.", True),
    ("de", "Karl Amrein hat dementiert, dass er das Amt verlässt.", "Karl Amrein ist am Sonntag zurückgetreten.", True),
    ("es", "Ana Paz negó que fuera a dimitir.", "Ana Paz dimitió el martes.", True),
    ("en", "Helen Marsh denied on Monday that she would resign.", "Helen Marsh's deputy resigned on Thursday.", False),
    ("en", "Helen Marsh denied on Monday that she would resign.", "Friends expect that Helen Marsh will resign.", False),
    ("en", "Helen Marsh denied on Monday that she took money.", "Helen Marsh resigned on Thursday.", False),
    ("en", "Helen Marsh said on Monday that she would resign.", "Helen Marsh resigned on Thursday.", False),
]


@pytest.mark.parametrize(("lang", "denial", "later", "done"), DENIED)
def test_what_was_denied_and_is_told_as_done_later(lang: str, denial: str, later: str, done: bool) -> None:
    old, new = article("a", denial, "2026-10-14", lang), article("b", later, "2026-10-28", lang)
    hits = [Hit(passage=one[0].passage, score=1.0) for one in (old, new)]
    assert list(done_after_all(read("What was said?", lang=lang), old, hits)) == ([(new[0], old[0])] if done else [])
    assert not list(done_after_all(read("What was said?", lang=lang), new, hits))  # nothing was said after it
