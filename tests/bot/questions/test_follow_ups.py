"""bot/questions/follow_ups.py: follow-ups carry over what they lean on; new topics stay clean."""

from __future__ import annotations

import pytest

from bot.questions.follow_ups import resolved, something_else_counted, standalone, told_before
from bot.records import Turn
from index.text.language import identify


def asked(*questions: str) -> list[Turn]:
    turns: list[Turn] = []
    for question in questions:
        turns += [Turn("user", question), Turn("assistant", "The Zebra Society denied it.")]
    return turns


@pytest.mark.parametrize(
    ("lang", "earlier", "question", "carried", "dropped"),
    [
        ("en", "What did Olsen say about the harbour strike?", "And what did Petrov answer?", ["harbour", "strike"], ["Olsen"]),
        ("en", "When did Mara Olsen arrive in Norwick?", "Why did she go there?", ["Mara", "Olsen", "Norwick"], []),
        ("en", "When did Mara Olsen arrive in Norwick?", "Why?", ["Olsen", "Norwick"], []),
        ("es", "¿Cuándo llegó Mara Olsen a Norwick?", "¿Y después?", ["Olsen", "Norwick"], []),
        ("es", "¿Qué dijo Olsen sobre la huelga del puerto?", "¿Y qué respondió Petrov?", ["huelga", "puerto"], ["Olsen"]),
        ("fr", "Qu'a dit Olsen sur la grève du port ?", "Et pourquoi ?", ["Olsen", "grève", "port"], []),
        ("de", "Wann kam Olsen in Norwick an?", "Und warum?", ["Olsen", "Norwick"], []),
        ("pt", "Quando chegou Olsen a Norwick?", "E depois?", ["Olsen", "Norwick"], []),
    ],
)
def test_a_follow_up_carries_the_topic(lang: str, earlier: str, question: str, carried: list[str], dropped: list[str]) -> None:
    result = standalone(question, asked(earlier), lang)
    assert result.startswith(question.rstrip())
    assert all(word in result for word in carried)
    assert not any(word in result for word in dropped)
    assert "Zebra" not in result  # what an assistant said is not evidence of what the user means


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("en", "How many containers were waiting in Brightwater in October?"),
        ("en", "What did the mayor of Brightwater say about the tunnel?"),
        ("es", "¿Qué dijo la alcaldesa de Brightwater sobre el túnel?"),
        ("de", "Was sagte die Bürgermeisterin von Brightwater über den Tunnel?"),
    ],
)
def test_a_new_topic_is_left_alone(lang: str, question: str) -> None:
    assert standalone(question, asked("When did Mara Olsen arrive in Norwick?"), lang) == question


def test_without_history_nothing_changes() -> None:
    assert standalone("And then?", (), "en") == "And then?"


def test_a_chain_of_follow_ups_goes_back_to_the_topic() -> None:
    assert "Norwick" in standalone("And then?", asked("When did Mara Olsen arrive in Norwick?", "And why?"), "en")


@pytest.mark.parametrize(
    ("lang", "earlier", "question", "searched"),
    [
        ("en", "What did Olsen say?", "Only from Spanish outlets", "What did Olsen say, in Spanish outlets?"),
        ("en", "What did Olsen say?", "Spanish media only", "What did Olsen say, in Spanish media?"),
        ("en", "What did Olsen say?", "since Monday?", "What did Olsen say, since Monday?"),
        ("en", "What did Olsen say?", "and according to EFE?", "What did Olsen say, according to EFE?"),
        ("en", "How many ships waited in Selwyn?", "And in Norwick?", "How many ships waited in Norwick?"),
        ("en", "What did Olsen say?", "in the Guardian?", "What did Olsen say, in the Guardian?"),
        ("es", "¿Qué dijo Olsen?", "solo de medios españoles", "¿Qué dijo Olsen, en medios españoles?"),
        ("es", "¿Qué dijo Olsen?", "¿Y según EFE?", "¿Qué dijo Olsen, según EFE?"),
        ("fr", "Qu'a dit Olsen ?", "seulement dans la presse allemande", "Qu'a dit Olsen, dans la presse allemande?"),
        ("de", "Was sagte Olsen?", "nur aus deutschen Medien", "Was sagte Olsen, aus deutschen Medien?"),
        ("pt", "O que disse Olsen?", "só de jornais espanhóis", "O que disse Olsen, em jornais espanhóis?"),
    ],
)
def test_what_only_narrows_is_put_behind_the_question_before(lang: str, earlier: str, question: str, searched: str) -> None:
    meant = resolved(question, asked(earlier), lang)
    assert meant.searched == searched and meant.again


@pytest.mark.parametrize(
    ("question", "lang", "brief"),
    [
        ("shorter", "", True), ("Shorter, please!", "", True), ("más corto", "", True), ("Kürzer bitte", "", True),
        ("plus court", "", True), ("mais curto", "", True), ("and in Spanish?", "es", False), ("¿Y en inglés?", "en", False),
        ("auf Deutsch", "de", False), ("en français, s'il te plaît", "fr", False), ("em português", "pt", False),
    ],
)  # fmt: skip
def test_the_question_before_is_asked_again_in_another_way(question: str, lang: str, brief: bool) -> None:
    meant = resolved(question, asked("What did Olsen say?"), identify(question, default="en"))
    assert (meant.searched, meant.again, meant.lang, meant.brief) == ("What did Olsen say?", True, lang, brief)


def test_commands_add_up_and_are_no_topic() -> None:
    history = asked("What did Olsen say about tariffs?", "only from French newspapers", "shorter")
    meant = resolved("and in Spanish?", history, "en")
    assert (meant.searched, meant.lang, meant.brief) == ("What did Olsen say about tariffs, in French newspapers?", "es", True)
    assert resolved("And what did Brandt say?", history, "en").searched == "And what did Brandt say? (tariffs)"


def test_a_follow_up_that_names_its_speaker_can_stand_alone() -> None:
    meant = resolved("And what did Marwick say?", asked("What did Robledo say about inspections?"), "en")
    assert meant.alone == "What did Marwick say?"
    assert resolved("And what did she say?", asked("What did Robledo say about inspections?"), "en").alone == ""


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("en", "What happened in Norwick in October?"),
        ("en", "Who wrote the report in the Guardian on the strike?"),
        ("es", "¿Qué pasó en Sarvella desde el lunes?"),
        ("en", "Which ships are in Selwyn?"),
    ],
)
def test_a_question_with_a_filter_of_its_own_is_left_alone(lang: str, question: str) -> None:
    assert resolved(question, asked("What did Mara Olsen say?"), lang).searched == question


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("en", "And then?"), ("en", "what happened next?"), ("en", "So what happened after that?"), ("en", "And afterwards?"),
        ("en", "what's next?"), ("en", "What has happened since then?"), ("es", "¿Y después?"), ("es", "¿y luego?"),
        ("es", "¿Qué pasó después?"), ("es", "¿Y qué ha pasado desde entonces?"), ("fr", "Et ensuite ?"), ("fr", "et après ?"),
        ("fr", "Que s'est-il passé ensuite ?"), ("fr", "Qu'est-ce qui s'est passé après ?"), ("de", "Und dann?"),
        ("de", "Was geschah danach?"), ("de", "Und was ist seitdem passiert?"), ("de", "Wie ging es weiter?"),
        ("pt", "E depois?"), ("pt", "O que aconteceu depois?"), ("pt", "E em seguida?"),
    ],
)  # fmt: skip
def test_what_came_after_is_asked_of_the_question_before(lang: str, question: str) -> None:
    meant = resolved(question, asked("When did Mara Olsen arrive in Norwick?"), lang)
    assert (meant.searched, meant.after, meant.again) == ("When did Mara Olsen arrive in Norwick?", 1, True)
    again = resolved(question, asked("When did Mara Olsen arrive in Norwick?", question), lang)
    assert again.after == 2


@pytest.mark.parametrize(
    ("lang", "earlier", "question", "searched"),
    [
        ("en", "What did Mara Olsen say in Norwick?", "And Lavrov?", "What did Lavrov say in Norwick?"),
        ("en", "What did Lavrov say?", "And Ursula von der Leyen?", "What did Ursula von der Leyen say?"),
        ("es", "¿Qué dijo Lavrov?", "¿Y Juan de los Ríos?", "¿Qué dijo Juan de los Ríos?"),
        ("en", "Why did Olsen resign?", "what about Jon Petrov?", "Why did Jon Petrov resign?"),
        ("es", "¿Qué dijo Blinken en Norwick?", "¿Y Lavrov?", "¿Qué dijo Lavrov en Norwick?"),
        ("es", "¿Qué dijo Blinken en Norwick?", "¿Qué hay de Lavrov?", "¿Qué dijo Lavrov en Norwick?"),
        ("fr", "Qu'a dit Olsen sur la grève ?", "Et Petrov ?", "Qu'a dit Petrov sur la grève ?"),
        ("de", "Was sagte Mara Olsen zum Streik?", "Und Petrov?", "Was sagte Petrov zum Streik?"),
        ("pt", "O que disse Olsen sobre a greve?", "E Petrov?", "O que disse Petrov sobre a greve?"),
    ],
)
def test_somebody_else_takes_the_place_of_the_one_asked_about(lang: str, earlier: str, question: str, searched: str) -> None:
    meant = resolved(question, asked(earlier), lang)
    assert meant.searched == searched and meant.again


@pytest.mark.parametrize(
    ("lang", "earlier", "question", "searched"),
    [
        ("en", "Who is Mara Olsen?", "What did she say?", "What did Mara Olsen say?"),
        ("en", "What did Olsen say about tariffs?", "and what did he say about ships?", "What did Olsen say about ships?"),
        ("es", "¿Quién es Mara Olsen?", "¿Qué dijo?", "¿Qué dijo Mara Olsen?"),
        ("es", "¿Quién es Mara Olsen?", "¿Y qué dijo ella sobre el puerto?", "¿Qué dijo Mara Olsen sobre el puerto?"),
        ("fr", "Qui est Mara Olsen ?", "Et qu'a-t-elle dit du port ?", "Qu'a dit Mara Olsen du port ?"),
        ("de", "Wer ist Mara Olsen?", "Was hat sie zum Hafen gesagt?", "Was hat Mara Olsen zum Hafen gesagt?"),
        ("pt", "Quem é Mara Olsen?", "O que ela disse?", "O que Mara Olsen disse?"),
        ("pl", "Kim jest Mara Olsen?", "Co powiedziała?", "Co powiedziała Mara Olsen?"),
    ],
)
def test_what_she_said_is_asked_of_the_one_before(lang: str, earlier: str, question: str, searched: str) -> None:
    assert resolved(question, asked(earlier), lang).searched == searched


@pytest.mark.parametrize(
    ("lang", "earlier", "question"),
    [
        ("en", "Who is Mara Olsen?", "and against which team did she play?"),
        ("es", "¿Quién es Mara Olsen?", "¿y contra qué equipo debutó?"),
        ("fr", "Qui est Mara Olsen ?", "et contre quelle équipe a-t-elle joué ?"),
        ("de", "Wer ist Mara Olsen?", "und gegen welches Team spielte sie?"),
        ("pt", "Quem é Mara Olsen?", "e contra que equipa jogou?"),
    ],
)
def test_a_question_behind_a_preposition_asks_for_no_words_of_anybody(lang: str, earlier: str, question: str) -> None:
    assert resolved(question, asked(earlier), lang).searched == f"{question} (Mara Olsen)"


def test_a_place_or_a_deed_says_nothing() -> None:
    for earlier in ("What happened in Norwick?", "Who was arrested in Paris?"):
        assert resolved("What did she say?", asked(earlier), "en").searched.startswith("What did she say? (")
    assert "tariffs" in resolved("Did he deny it?", asked("What did Olsen say about tariffs?"), "en").searched


# Language, what was talked about, and a new question that has nothing to do with it.
CHANGES = [
    ("en", "When did Mara Olsen arrive in Norwick?", "How high is the water in the Sorrel dam?"),
    ("en", "What did Olsen say about tariffs?", "Who won the cycling race on Sunday?"),
    ("en", "Why did the dockers strike?", "Which vaccines were approved in Kisora?"),
    ("en", "How many ships waited in Selwyn?", "Did Vantor Steel close its mill?"),
    ("en", "What did Kessler deny?", "Where is the film festival held this year?"),
    ("en", "Who was arrested in Kelheim?", "What is the inflation rate in Altura?"),
    ("en", "What happened to the ferry Orsola?", "What did Souza say about the budget?"),
    ("es", "¿Cuándo llegó Olsen a Norwick?", "¿Cuántos incendios hubo en Sierra Parda?"),
    ("es", "¿Qué dijo Rivas sobre la mina?", "¿Quién dirige el banco central de Kovar?"),
    ("es", "¿Por qué cerró la fábrica?", "¿Dónde se celebra la cumbre del clima?"),
    ("es", "¿Quién ganó las elecciones en Alva?", "¿Qué medidas aprobó el parlamento de Tervo?"),
    ("fr", "Qu'a dit Lorne sur l'accord ?", "Combien de vols ont été annulés à Marlonne ?"),
    ("fr", "Quand Aubert est-il arrivé à Ostrel ?", "Qui a remporté le prix Duval ?"),
    ("fr", "Pourquoi la grève dure-t-elle ?", "Où se trouve la centrale de Belin ?"),
    ("de", "Was sagte Weller zum Werk?", "Wie viele Wölfe leben in Harsefeld?"),
    ("de", "Wann kam Olsen in Norwick an?", "Wer leitet die Behörde für Kernenergie?"),
    ("de", "Warum streikten die Fahrer?", "Wo liegt das neue Stadion von Rhenau?"),
    ("pt", "O que disse Moura sobre Pires?", "Quantas casas o terremoto destruiu em Monteluz?"),
    ("pt", "Quando chegou Olsen a Norwick?", "Quem venceu a maratona de Porto Novo?"),
    ("pt", "Por que fechou a fábrica?", "Onde fica o museu da Lagoa?"),
]


@pytest.mark.parametrize(("lang", "earlier", "question"), CHANGES)
def test_another_topic_takes_nothing_over(lang: str, earlier: str, question: str) -> None:
    for history in (asked(earlier), asked(earlier, "And then?"), asked(earlier, "Why?", "shorter")):
        meant = resolved(question, history, lang)
        assert (meant.searched, meant.again, meant.after, meant.lang, meant.brief) == (question, False, 0, "", False)


@pytest.mark.parametrize(
    ("question", "searched"),
    [
        ("krócej", "Co powiedziała Halicka o porcie w Gdyni?"),
        ("a po niemiecku?", "Co powiedziała Halicka o porcie w Gdyni?"),
        ("I co potem?", "Co powiedziała Halicka o porcie w Gdyni?"),
        ("a w Lizbonie?", "Co powiedziała Halicka o porcie w Lizbonie?"),
    ],
)
def test_polish_follow_ups_are_read_by_its_data_alone(question: str, searched: str) -> None:
    assert resolved(question, asked("Co powiedziała Halicka o porcie w Gdyni?"), "pl").searched == searched


BEFORE = {
    "en": "What did Mara Olsen say about the strike?", "es": "¿Qué dijo Mara Olsen sobre la huelga?",
    "de": "Was sagte Mara Olsen zum Streik?", "fr": "Qu'a dit Mara Olsen sur la grève ?",
    "pt": "O que disse Mara Olsen sobre a greve?", "pl": "Co powiedziała Halicka o porcie w Gdyni?",
}  # fmt: skip


@pytest.mark.parametrize(
    ("what", "lang", "commands"),
    [
        ("sure", "en", ["are you sure?", "Really?", "is that true?", "How do you know that?"]),
        ("sure", "es", ["¿Seguro?", "¿estás seguro?", "¿de verdad?"]), ("sure", "de", ["Bist du sicher?", "wirklich?"]),
        ("sure", "fr", ["tu es sûr ?", "vraiment ?"]), ("sure", "pt", ["tem certeza?"]), ("sure", "pl", ["jesteś pewna?"]),
        ("when", "en", ["when was that?", "And when?", "when did she say that?", "on what day was that?"]),
        ("when", "es", ["¿cuándo fue eso?", "¿y cuándo?", "¿qué día fue?"]), ("when", "de", ["Wann war das?", "und wann genau?"]),
        ("when", "fr", ["Quand ?", "c'était quand ?"]), ("when", "pt", ["quando foi isso?"]), ("when", "pl", ["kiedy to było?"]),
        ("unseen", "en", ["tell me more", "more sources", "what else?", "Anything else?", "go on"]),
        ("unseen", "es", ["¿algo más?", "más detalles", "dime más"]), ("unseen", "de", ["mehr dazu", "sonst noch was?"]),
        ("unseen", "fr", ["quoi d'autre ?", "d'autres sources"]), ("unseen", "pt", ["mais alguma coisa?"]),
        ("unseen", "pl", ["coś jeszcze?"]),
    ],
)  # fmt: skip
def test_commands_keep_the_question_before(what: str, lang: str, commands: list[str]) -> None:
    for command in commands:
        meant = resolved(command, asked(BEFORE[lang]), lang)
        assert (meant.searched, meant.again, getattr(meant, what)) == (BEFORE[lang], True, True), command


@pytest.mark.parametrize(
    ("lang", "question", "searched", "unseen"),
    [
        ("en", "Who is she?", "Who is Mara Olsen?", False), ("en", "what else did she say?", "What did Mara Olsen say?", True),
        ("en", "and what did she say?", "What did Mara Olsen say?", False), ("es", "¿quién es?", "¿Quién es Mara Olsen?", False),
        ("es", "¿y qué más dijo ella?", "¿Qué dijo Mara Olsen?", True), ("de", "wer ist sie?", "Wer ist Mara Olsen?", False),
        ("de", "was hat sie noch gesagt?", "Was sagte Mara Olsen?", True), ("fr", "qui est-elle ?", "Qui est Mara Olsen ?", False),
        ("pt", "que mais disse ela?", "O que disse Mara Olsen?", True), ("pt", "quem é ela?", "Quem é Mara Olsen?", False),
    ],
)  # fmt: skip
def test_a_pronoun_is_the_one_asked_about_before(lang: str, question: str, searched: str, unseen: bool) -> None:
    meant = resolved(question, asked(BEFORE[lang]), lang)
    assert (meant.searched, meant.unseen, meant.whom) == (searched, unseen, False)
    assert resolved(question, asked(searched.replace("?", " then?"), BEFORE[lang], "shorter"), lang).searched == searched


def test_whose_words_follow_somebody_who_was_asked_for() -> None:
    assert resolved("what did she say?", asked("Who is Mara Olsen?"), "en").searched == "What did Mara Olsen say?"
    assert resolved("and what did he say?", asked("When did Jon Petrov resign?"), "en").searched == "What did Jon Petrov say?"


@pytest.mark.parametrize(
    ("lang", "question"), [("en", "and him?"), ("es", "¿y él?"), ("de", "und er?"), ("fr", "et lui ?"), ("pt", "e ele?")]
)
def test_another_ones_pronoun_is_asked_back_and_forgotten(lang: str, question: str) -> None:
    history = asked(BEFORE[lang])
    assert resolved(question, history, lang).whom
    assert resolved("shorter", [*history, *asked(question)], lang).searched == BEFORE[lang]


@pytest.mark.parametrize(
    ("lang", "question", "searched"),
    [
        ("en", "and the governor?", "What did the governor say about the strike?"),
        ("en", "And about the port?", "What did Mara Olsen say about the port?"),
        ("es", "¿Y sobre el puerto?", "¿Qué dijo Mara Olsen sobre el puerto?"),
        ("de", "Und zum Hafen?", "Was sagte Mara Olsen zum Hafen?"),
        ("fr", "Et sur le port ?", "Qu'a dit Mara Olsen sur le port ?"),
        ("pt", "E sobre o porto?", "O que disse Mara Olsen sobre o porto?"),
    ],
)
def test_an_office_or_a_matter_takes_the_place_of_another(lang: str, question: str, searched: str) -> None:
    assert resolved(question, asked(BEFORE[lang]), lang).searched == searched


def test_what_names_nothing_is_about_what_was_asked_before_or_else_about_anything() -> None:
    meant = resolved("how many people died?", asked("What caused the fire in Norwick?"), "en")
    assert (meant.searched, meant.alone, meant.hanging) == (
        "how many people died? (caused fire Norwick)", "how many people died?", True,
    )  # fmt: skip


def test_a_long_talk_keeps_its_matter_and_takes_no_words_of_commands() -> None:
    history = asked(BEFORE["en"], "when was that?", "shorter", "are you sure?", "in Spanish, please", "tell me more", "shorter")
    assert resolved("and Petrov?", history, "en").searched == "What did Petrov say about the strike?"
    assert resolved("why?", history, "en").carried == "Mara Olsen say strike"


def test_what_was_told_is_held_against_what_else_but_not_against_its_own_repetition() -> None:
    history = [
        Turn("user", "What did Olsen say?"), Turn("assistant", "First."), Turn("user", "what else?"),
        Turn("assistant", "Second."), Turn("user", "shorter"), Turn("assistant", "Third."),
    ]  # fmt: skip
    assert told_before("what else?", history, "en") == ["First.", "Second.", "Third."]
    assert told_before("in Spanish", history, "en") == ["First."]


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("en", "What is new?"), ("en", "any news?"), ("en", "What happened this week?"), ("en", "So what's the latest?"),
        ("en", "Are there any updates?"), ("es", "¿qué hay de nuevo?"), ("es", "¿Alguna novedad en la semana?"),
        ("de", "was gibt's Neues?"), ("de", "Gibt es etwas Neues?"), ("fr", "Quoi de neuf ?"), ("fr", "Les dernières nouvelles ?"),
        ("pt", "O que há de novo?"), ("pl", "Co nowego?"), ("it", "Novità?"), ("ru", "Что нового?"), ("ar", "ما الجديد؟"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("earlier", ["How many died on the ferry?", "What did Olsen say about the strike?"])
def test_what_is_new_is_the_news_whatever_was_asked_before(lang: str, question: str, earlier: str) -> None:
    meant = resolved(question, asked(earlier), lang)
    assert (meant.searched, meant.earlier, meant.news) == (question, "", True)


@pytest.mark.parametrize(
    ("lang", "question"),
    [
        ("en", "Any news on that?"), ("en", "Is there anything new about her?"), ("en", "What happened?"), ("en", "Is it new?"),
        ("en", "And today?"), ("en", "Which articles?"), ("en", "Who is new?"), ("es", "¿Alguna novedad de eso?"), ("es", "¿Qué pasó?"),
        ("de", "Gibt es Neues dazu?"), ("de", "Was ist passiert?"), ("fr", "Du nouveau pour elle ?"),
    ],
)  # fmt: skip
def test_news_of_what_was_asked_before_is_asked_of_that(lang: str, question: str) -> None:
    earlier = "What did Olsen say about the strike?"
    meant = resolved(question, asked(earlier), lang)
    assert not meant.news
    assert any(word in meant.searched for word in ("Olsen", "strike"))


@pytest.mark.parametrize(
    ("lang", "earlier", "question", "searched"),
    [
        ("en", "Who was hurt in Warsaw?", "And Petrov?", "And Petrov? (hurt)"),  # there, or he: nobody can tell
        ("en", "Who did Osei meet in Warsaw?", "And Berlin?", "Who did Osei meet in Berlin?"),
        ("en", "Who did Osei meet in Warsaw?", "And Maria Petrova?", "Who did Maria Petrova meet in Warsaw?"),
        ("en", "Who is Mara Osei?", "And Poland?", "And Poland? (Osei)"),
        ("en", "In Norwick, Lind won which prize?", "And Petrov?", "And Petrov? (Lind won prize)"),
        ("en", "In Norwick, Lind won which prize?", "And Maria Petrova?", "In Norwick, Maria Petrova won which prize?"),
        ("de", "In Norwick, Lind gewann was?", "Und Maria Petrova?", "In Norwick, Maria Petrova gewann was?"),
        ("es", "En Norwick, Lind ganó qué premio?", "¿Y Maria Petrova?", "En Norwick, Maria Petrova ganó qué premio?"),
        ("fr", "À Norwick, Lind a gagné quel prix ?", "Et Maria Petrova ?", "À Norwick, Maria Petrova a gagné quel prix ?"),
        ("en", "How many ships wait in Selwyn?", "And Norwick?", "How many ships wait in Norwick?"),
        ("es", "¿Quién fue detenido en Lima?", "¿Y Rivas?", "¿Y Rivas? (detenido)"),
        ("es", "¿Quién sustituyó a Rivas?", "¿Y Elena Paz?", "¿Quién sustituyó a Elena Paz?"),
        ("de", "Wen traf Osei in Warschau?", "Und Berlin?", "Wen traf Osei in Berlin?"),
        ("de", "Wer wurde in Wien verhaftet?", "Und Petrov?", "Und Petrov? (verhaftet)"),
        ("fr", "Qui a été arrêté à Dakar ?", "Et Petrov ?", "Et Petrov ? (arrêté)"),
    ],
)
def test_a_person_takes_no_place_of_a_place_nor_a_place_that_of_a_person(
    lang: str, earlier: str, question: str, searched: str
) -> None:
    assert resolved(question, asked(earlier), lang).searched == searched


@pytest.mark.parametrize(
    ("lang", "earlier", "question", "searched"),
    [
        ("de", "Wie viele Tote gab es in Norwick?", "Und Verletzte?", "Wie viele Verletzte gab es in Norwick?"),
        ("es", "¿Cuántos muertos hubo en Norwick?", "¿Y heridos?", "¿Cuántos heridos hubo en Norwick?"),
        ("fr", "Combien de morts y a-t-il eu à Norwick ?", "Et de blessés ?", "Combien de blessés y a-t-il eu à Norwick ?"),
        ("pt", "Quantos mortos houve em Norwick?", "E feridos?", "Quantos feridos houve em Norwick?"),
        ("en", "How many men were arrested in Norwick?", "And women?", "How many women were arrested in Norwick?"),
    ],
)
def test_what_is_counted_is_exchanged(lang: str, earlier: str, question: str, searched: str) -> None:
    meant = resolved(question, asked(earlier), lang)
    assert meant.searched == searched and meant.exchanged


@pytest.mark.parametrize(
    ("lang", "earlier", "question"),
    [
        ("en", "How many votes did the senator get?", "And the mayor?"),
        ("en", "How many ships did Olsen see?", "And Petrov?"),
        ("de", "Wie viele Schiffe sah Olsen?", "Und Petrov?"),
        ("en", "How many ships did Olsen see?", "And why?"),
        ("de", "Wie viele kamen?", "Und was ist mit ihrem Mann?"),
    ],
)
def test_a_person_or_a_question_is_not_counted(lang: str, earlier: str, question: str) -> None:
    assert something_else_counted(question, earlier, lang) == ""


def test_a_question_that_hung_on_one_before_it_carries_nothing_itself() -> None:
    turns = asked("What did Mara Olsen plead guilty to in Norwick?", "Over how many years?")
    searched = resolved("Who was the first victim?", turns, "en").searched
    assert "Olsen" in searched and "years" not in searched


@pytest.mark.parametrize(
    ("before", "reply", "question", "lang", "searched"),
    [
        ("Who met on Monday?", "Daniel Ferrier met Anna Voss on Monday.", "what did she say?", "en", "What did Anna Voss say?"),
        ("Who was the captain of the Kittiwake?", "Captain Dan Ferrier had the helm. Ida Voss agreed.", "what did he say?", "en", "What did Dan Ferrier say?"),
        ("Who resigned as minister?", "Union chairwoman Grete Lund resigned on Monday.", "what did she say?", "en", "What did Grete Lund say?"),
        ("¿Quién dimitió?", "La ministra Aileen Cowan dimitió el lunes.", "¿qué dijo ella?", "es", "¿Qué dijo Aileen Cowan?"),
    ],
)  # fmt: skip
def test_he_is_who_the_reply_names(before: str, reply: str, question: str, lang: str, searched: str) -> None:
    assert resolved(question, [Turn("user", before), Turn("assistant", reply)], lang).searched == searched


def test_where_the_reply_names_several_it_is_asked_whom() -> None:
    history = [Turn("user", "Who met on Monday?"), Turn("assistant", "Daniel Ferrier met Peter Voss on Monday.")]
    assert resolved("what did he say?", history, "en").whom


def test_what_narrows_stays_beside_the_question() -> None:
    history = asked("What did Olsen say?", "only from Spanish outlets", "And Petrov?")
    assert resolved("shorter", history, "en").searched == "What did Petrov say, in Spanish outlets?"
    history = asked("Who was hurt in the storm?", "only from Spanish outlets")
    assert "Petrov outlets" not in resolved("And Petrov?", history, "en").searched
