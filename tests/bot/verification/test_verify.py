"""bot/verification/verify.py: what stands in the words that a sentence points at passes, and what a blocker stops is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.verification.evidence import CitedPassage
from bot.verification.quotations import core, difference, nearly, quoted, verdict
from bot.verification.verify import Checked, check
from index.records import Passage, Period, passage_id
from index.text import quotation_marks
from index.text.verbatim import locate

ENGLISH = (
    "The harbour of Norwick reopened on Monday, 6 May 2024, after eleven weeks. The port authority said more than 1,200 "
    "containers were waiting. “We will not rest until the last ship is unloaded,” said its director, Mara Olsen. "
    "The union may strike again in October, according to the Norwick Herald."
)
SPANISH = (
    "El puerto de Norwick reabrió el lunes tras once semanas. La autoridad portuaria dijo que esperaban más de mil doscientos "
    "contenedores. «No descansaremos», dijo su directora, Mara Olsen. El sindicato podría ir de nuevo a la huelga en octubre."
)
OTHER = "The mayor of Brightwater said: “The tunnel is safe for everybody who uses it.” Work ends in 2026."


def source(number: int, text: str, lang: str = "en") -> CitedPassage:
    passage = Passage(
        id=passage_id(f"a{number}", 1, 0, len(text)), article_id=f"a{number}", version=1, start=0, end=len(text), text=text,
        lang=lang, outlet="Norwick Herald", published=Period.parse("2024-05-07"), url=f"https://news.example/{number}",
    )  # fmt: skip
    return CitedPassage(number, passage, text)


SOURCES = (source(1, ENGLISH), source(2, SPANISH, "es"), source(3, OTHER))


def of(text: str, evidence: str, *words: str, lang: str = "en", other: str = "en") -> Checked:
    """A sentence against one passage and words of it; all of it, where none are named."""
    return check(text, (1,), (source(1, evidence, other),), lang, words=[(1, piece) for piece in words or (evidence,)])


def reasons(checked: Checked) -> set[str]:
    return {block.reason for block in checked.blocks}


@pytest.mark.parametrize(
    ("text", "cites", "lang"),
    [
        ("The harbour of Norwick reopened on Monday, 6 May 2024.", (1,), "en"),
        ("The port authority said more than 1,200 containers were waiting.", (1,), "en"),
        ("“We will not rest until the last ship is unloaded”, said Mara Olsen, the director.", (1,), "en"),
        ('The director said "We will not rest until the last ship is unloaded".', (1,), "en"),
        ("The union may strike again in October, according to the Norwick Herald.", (1,), "en"),
        ("El puerto de Norwick reabrió el lunes tras once semanas.", (2,), "es"),
        ("The harbour of Norwick reopened on Monday after eleven weeks.", (), "en"),  # no citation, but very like one
    ],
)
def test_what_the_passage_says_passes(text: str, cites: tuple[int, ...], lang: str) -> None:
    checked = check(text, cites, SOURCES, lang)
    assert checked.blocks == () and checked.words


@pytest.mark.parametrize(
    ("text", "cites", "reason"),
    [
        ("The mayor likes Norwick in spring.", (), "citation"),
        ("The harbour of Norwick reopened on Monday.", (9,), "citation"),
        ("The harbour of Norwick reopened on Monday.", (1, 99), "citation"),
        ("The director said “We never rest until each ship is home”.", (1,), "quotation"),
        ("The director said “We will rest until the last ship is unloaded”.", (1,), "quotation"),
        ("The director, Mara Olsen, said “The tunnel is safe for everybody who uses it” of the last ship unloaded.", (1,), "quotation"),
        ("“We will not rest until the last ship is unloaded”, said Jonas Brandt.", (1,), "speaker"),
        ("The port authority said more than 1,300 containers were waiting.", (1,), "number"),
        ("The harbour of Norwick reopened on Tuesday, 6 May 2024.", (1,), "date"),
        ("The union may strike again in November, according to the Norwick Herald.", (1,), "date"),
        ("The director of the port authority, Anna Petrov, said containers were waiting.", (1,), "name"),
        ("The harbour of Norwick reopened on Monday after eleven weeks, see https://evil.example/x for more.", (1,), "link"),
        ("The harbour of Norwick reopened on Monday after eleven weeks, write to desk@evil.example now.", (1,), "link"),
        ("The harbour of Norwick never reopened on Monday after eleven weeks.", (1,), "negation"),
        ("Fishing quotas in the northern sea were cut by ministers.", (1,), "words"),
    ],
)  # fmt: skip
def test_what_it_does_not_say_is_named(text: str, cites: tuple[int, ...], reason: str) -> None:
    assert reason in reasons(check(text, cites, SOURCES, "en"))


# The words that a sentence points at


def test_words_are_found_whatever_kind_of_marks_and_spaces_they_have() -> None:
    checked = check(
        "The director will not rest.", (1,), SOURCES, "en", words=[(1, '"We will  not rest until the last ship is unloaded"')]
    )
    (words,) = checked.words
    assert checked.ok and ENGLISH[slice(*words.span)] == "“We will not rest until the last ship is unloaded"[1:]
    assert ENGLISH[slice(*words.sentence)].startswith("“We will") and ENGLISH[slice(*words.sentence)].endswith("Mara Olsen.")


@pytest.mark.parametrize("words", ["We will never rest", "we will not rest", "will not res", "No descansaremos nunca"])
def test_words_that_no_passage_has_stop_a_sentence(words: str) -> None:
    assert "words" in reasons(check("The director will not rest.", (1,), SOURCES, "en", words=[(1, words)]))


def test_words_decide_where_the_number_is_wrong() -> None:
    checked = check("The tunnel is safe, says the mayor.", (1,), SOURCES, "en", words=[(1, "The tunnel is safe for everybody")])
    assert checked.ok and [words.number for words in checked.words] == [3]


def test_words_with_a_gap_are_two_stretches() -> None:
    checked = check(
        "The harbour was closed for eleven weeks.",
        (1,),
        SOURCES,
        "en",
        words=[(1, "The harbour of Norwick … after eleven weeks")],
    )
    assert checked.ok and [ENGLISH[slice(*w.span)] for w in checked.words] == ["The harbour of Norwick", "after eleven weeks"]


def test_a_sentence_is_held_against_its_own_words_and_no_others() -> None:
    evidence = "The mayor denied that the bridge was unsafe. The engineer said that the tunnel was closed."
    assert of("The tunnel was closed, the engineer said.", evidence, "The engineer said that the tunnel was closed").ok
    assert reasons(of("The bridge was unsafe, the mayor said.", evidence, "The mayor denied that the bridge was unsafe")) == {
        "negation"
    }


# Each blocker: what it stops, and its neighbour that it lets pass


@pytest.mark.parametrize(
    ("text", "lang", "evidence", "other", "reason"),
    [
        ("The repair cost 5.7 million crowns.", "en", "The repair cost 5.7  million crowns.", "en", ""),
        ("Three of the five members agreed.", "en", "Los cinco miembros votaron a favor.", "es", "number"),
        ("The firm sells in four countries.", "en", "The firm sells in France, Germany, Italy, and Spain.", "en", ""),
        ("It cost 9 million instead of 6 million.", "en", "Il a coûté 9 millions, contre 6 prévus.", "fr", ""),
        ("Sixty-eight people were confirmed dead.", "en", "The governor said 68 people were missing.", "en", "counted"),
        ("The search covered 160 square kilometres.", "en", "The search covered 160 square miles.", "en", "counted"),
        ("The search covered 160 square miles.", "en", "La búsqueda cubrió 160 millas cuadradas.", "es", ""),
        ("It collapsed on Sunday, 5 May.", "en", "It collapsed on Sunday.", "en", ""),
        ("It collapsed on 4 May.", "en", "It collapsed on Sunday.", "en", "date"),
        ("The ban has been in force since 1992.", "en", "The ban has been in force since 2011.", "en", "date"),
        ("Moscow rejected the claim.", "en", "The Russian government rejected the claim.", "en", ""),
        ("London rejected the claim.", "en", "The Russian government rejected the claim.", "en", "name speaker"),
        ("El Gobierno aprobó la ley.", "es", "The government passed the law.", "en", ""),
        ("Das Militärlabor prüfte das Blut.", "de", "A military laboratory tested the blood.", "en", ""),
        ("Anna Petrow prüfte das Blut.", "de", "A military laboratory tested the blood.", "en", "name"),
        ("The Norwick Herald reports that the tunnel is closed.", "en", "The tunnel is closed.", "en", ""),  # its outlet
        ("The lab found no poison.", "en", "The lab found poison in the blood.", "en", "negation"),
        ("The lab did not raise the alarm.", "en", "The lab kept quiet.", "en", ""),
        ("Brandt lehnte das Angebot ab.", "de", "Brandt did not accept the offer.", "en", ""),
        ("Le gouvernement dément le projet.", "fr", "The government denied the plan.", "en", ""),
        ("Le gouvernement a confirmé le projet.", "fr", "The government denied the plan.", "en", "negation"),
        ("Olsen confirmed it.", "en", "Olsen no lo confirmó.", "es", "negation"),
        ("Kovar sent the letter.", "en", "Kovar will send the letter.", "en", "plan"),
        ("Kovar will send the letter.", "en", "Kovar will send the letter.", "en", ""),
        ("México ha presentado cargos.", "es", "Mexico would consider bringing charges.", "en", "plan"),
    ],
)  # fmt: skip
def test_a_blocker_stops_this_and_not_that(text: str, lang: str, evidence: str, other: str, reason: str) -> None:
    assert reasons(of(text, evidence, lang=lang, other=other)) == set(reason.split())


def test_a_word_denies_in_its_own_language_only() -> None:
    """English "sin" is no denial, Portuguese "mais de" no contrast."""
    assert of("The bishop spoke of sin.", "The bishop spoke of sin at length.").ok
    assert of("Mais de cem navios não saíram.", "Mais de cem navios não saíram do porto.", lang="pt", other="pt").ok


HE = (
    "At the council in Norwick, Mara Olsen criticized the meeting of Brandt and Sørli.\n\n“A shipment of cranes would violate "
    "several agreements,” she said.\n\nSørli said that it is hard to find a port that keeps fewer rules."
)


@pytest.mark.parametrize(("who", "ok"), [("Olsen", True), ("Mara Olsen", True), ("Sørli", False), ("Brandt", False)])
def test_a_quotation_is_of_the_one_whom_the_article_calls_she_there(who: str, ok: bool) -> None:
    words = "“A shipment of cranes would violate several agreements,” she said"
    checked = of(f"“A shipment of cranes would violate several agreements”, {who} said.", HE, words)
    assert reasons(checked) == (set() if ok else {"speaker"})


@pytest.mark.parametrize("said", ["said", "disse", "dijo", "a déclaré", "sagte", "powiedział"])
@pytest.mark.parametrize("lang", ["en", "pt", "de"])
def test_a_speaker_is_read_whatever_language_the_verb_is_in(said: str, lang: str) -> None:
    article = "“We all have to pull together,” Edvard Sørli said, in the presence of Mara Olsen."
    right, wrong = (f"“We all have to pull together”, {said} {who}." for who in ("Edvard Sørli", "Mara Olsen"))
    assert reasons(of(right, article, lang=lang)) == set()
    assert reasons(of(wrong, article, lang=lang)) == {"speaker"}


# Quotations


def test_punctuation_the_article_does_not_quote_moves_outside() -> None:
    checked = check("“The tunnel is safe,” said the mayor of Brightwater.", (3,), SOURCES, "en")
    assert checked.text == "“The tunnel is safe”, said the mayor of Brightwater."
    assert all(locate(q, OTHER) for q in quotation_marks.quotations(checked.text))


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("We will not rest until the last ship is unloaded", "exact"),
        ("we will rest until the last ship is unloaded", "altered"),
        ("The tunnel is safe for everybody", "elsewhere"),
        ("Nobody will ever see those ships again", "nowhere"),
    ],
)
def test_the_four_verdicts(quote: str, expected: str) -> None:
    found = verdict(quote, SOURCES[:1], SOURCES)
    assert found.verdict == expected
    if expected == "altered":
        assert "not" in found.difference


def test_difference_shows_both_sides() -> None:
    assert difference("we will stop now", "we will not stop now") == "article: not | here: (nothing)"


def test_single_marks_count_from_three_words() -> None:
    assert quoted("She called it ‘a new beginning’ for the harbour's crews.") == ["a new beginning"]
    assert quoted("The harbour's crews didn't stop.") == []


# Whatever a model writes


@given(st.text(max_size=200), st.text(max_size=200))
def test_nearly_never_points_outside(quote: str, text: str) -> None:
    if near := nearly(quote, text):
        assert 0 <= near[0] < near[1] <= len(text)


@given(st.text(max_size=120), st.lists(st.integers(-2, 9), max_size=3), st.lists(st.text(max_size=40), max_size=2))
def test_no_model_text_makes_check_fail_or_pass_without_a_source(text: str, cites: list[int], words: list[str]) -> None:
    checked = check(text, cites, SOURCES, "en", words=[(0, piece) for piece in words])
    if checked.ok:
        assert checked.words
    for quotation in quotation_marks.quotations(checked.text):
        assert not checked.ok or any(locate(quotation, s.text) or locate(core(quotation), s.text) for s in SOURCES)


def test_a_bound_with_no_in_it_denies_nothing() -> None:
    from bot.verification.meaning import turns

    for text, lang in (
        ("No fewer than 62 people died.", "en"), ("No menos de 62 personas murieron.", "es"), ("Pas moins de 62 morts.", "fr"),
        ("Nicht weniger als 62 Tote.", "de"), ("Não menos de 62 mortos.", "pt"), ("Не менее 62 погибших.", "ru"),
    ):  # fmt: skip
        assert not turns(text, lang).negated, text
    assert turns("No one died.", "en").negated and turns("Nicht alle kamen.", "de").negated


# Kinds that sentences written by people who had not seen the rules brought up


@pytest.mark.parametrize(
    ("text", "evidence", "lang", "other"),
    [
        ("The judge cut the sentence by 25 percent.", "She reduced the sentence by a quarter.", "en", "en"),
        ("Der Vertrag brachte 20 Prozent des Umsatzes.", "Der Vertrag machte ein Fünftel des Umsatzes aus.", "de", "de"),
        ("The journey is almost 4,000 kilometres longer.", "They fly 3,900 kilometres more than before.", "en", "en"),
        ("The tugs were to try again at high tide.", "The tugs will try again at high tide.", "en", "en"),
        ("Sie kamen nach 18 Tagen Streik zurück.", "Workers returned after an 18-day strike.", "de", "en"),
        ("La récompense est de 20 000 euros.", "L'assureur promet une récompense de 20 000 euros.", "fr", "fr"),
        ("Tarkvo's founder called the suit “a diversion”.", "Tarkvo founder Rein Ojamaa called it “a diversion”.", "en", "en"),
        (
            "Die Behörde nannte den Fehler »vorhersehbar«.",
            "Die Behörde prüfte. Sie nannte den Fehler »vorhersehbar«.",
            "de",
            "de",
        ),
        ("She ran it from 1977 to 1995.", "Elle dirigea le port de 1977 à 1995.", "en", "fr"),
        (
            "The strike began on 4 May 2024, three days before the talks.",
            "It began on Saturday; talks were on Tuesday.",
            "en",
            "en",
        ),
        ("Le vote du 20 mai a lieu deux semaines après la grève.", "The strike was on 6 May, the vote on 20 May.", "fr", "en"),
        ("Sie kam 1995, achtzehn Jahre nach der Gründung.", "Founded in 1977, it took her on in 1995.", "de", "en"),
        ("No sharks were seen there before 2017.", "The sharks came to stay in 2017.", "en", "en"),
        ("Elle n'a plus parlé après 2021.", "She last spoke in 2021.", "fr", "en"),
        (
            "The officials came on 3 January 2020.",
            "He wrote to them on 30 December 2019. Four days later officials came.",
            "en",
            "en",
        ),
        ("Die Wahl ist am 13. Mai 2024.", "The talks are on 6 May, the vote is a week later.", "de", "en"),
        ("Haddad wollte “sofort” gehen.", "Minister Omar al-Haddad kam. “Wir gehen sofort”, sagte er.", "de", "de"),
        ("Three quarters had no insurance.", "Solo uno de cada cuatro tenía seguro.", "en", "es"),
        ("Sie kam nach fünf Monaten.", "وصلت بعد خمسة أشهر", "de", "ar"),
        ("In all, 17 people were hurt.", "Eight passengers, six crew and three passers-by were hurt.", "en", "en"),
        ("She will be sentenced on 17 January 2025.", "She will be sentenced on 17 January.", "en", "en"),
        ("Pay rises again the following January.", "Wages rise in May and in January 2025.", "en", "en"),
        ("Kapitän Mochow nannte keine Ursache.", "Капитан Мохов причину не назвал.", "de", "ru"),
        ("Mil personas quedaron sin hogar en Pedra Funda.", "Mil pessoas ficaram desabrigadas em Pedra Funda.", "es", "pt"),
        ("Sentencing is due once a hearing has been held.", "She will be sentenced after a hearing.", "en", "en"),
        ("El juicio quedó fijado para el 3 de junio.", "The trial will start on 3 June.", "es", "en"),
        ("The council voted the plan down.", "The council rejected the plan.", "en", "en"),
        (
            "Das Wasser stieg auf 138 Zentimeter.",
            "Le barriere non si sono alzate, e l'acqua è arrivata a 138 centimetri.",
            "de",
            "it",
        ),
        ("El botín es de 4,6 millones, no de 7.", "Le butin est de 4,6 millions, et non de 7.", "es", "fr"),
        (
            "“Spaniels do not live to be ten”, Leonie Faulk said.",
            "A clerk, Leonie Faulk, came. “Spaniels do not live to be ten,” she said.",
            "en",
            "en",
        ),
    ],
)
def test_what_was_stopped_although_it_is_true_passes(text: str, evidence: str, lang: str, other: str) -> None:
    assert of(text, evidence, lang=lang, other=other).blocks == ()


@pytest.mark.parametrize(
    ("text", "evidence", "lang", "reason"),
    [
        ("Edda Brix nannte die Klage »ein Ablenkungsmanöver«.", "Rein Ojamaa nannte sie »ein Ablenkungsmanöver«.", "de", "speaker"),
        ("Adelmann les juge « solides mais à confirmer ».", "Lucien Ostermann les juge « solides mais à confirmer ».", "fr", "speaker"),
        ("La récompense est de 860 000 euros.", "L'assureur promet une récompense de 20 000 euros.", "fr", "number"),
        ("It began on 4 May 2024, five days before the talks.", "It began on Saturday; talks were on Tuesday.", "en", "number"),
        ("The officials came on 5 January 2020.", "He wrote on 30 December 2019. Four days later officials came.", "en", "date"),
        ("Sie kam 1995, zwölf Jahre nach der Gründung.", "Gegründet 1977, nahm man sie 1995.", "de", "number"),
        ("About 400 gallons of diesel leaked.", "A little diesel, estimated at 400 litres, leaked.", "en", "counted"),
        ("The judge cut the sentence by 30 percent.", "She reduced the sentence by a quarter.", "en", "number"),
        ("The journey is almost 5,000 kilometres longer.", "They fly 3,900 kilometres more than before.", "en", "number"),
        ("Heppner agreed to step down.", "Heppner rejected calls to step down.", "en", "negation"),
        ("Sanchís adelantará las elecciones.", "Sanchís descartó adelantar las elecciones.", "es", "negation"),
        ("It ran aground on 7 May 2024.", "It ran aground on Monday.", "en", "date"),  # the day above the passage, not its own
        ("Es liefen 40.000 Kubikmeter aus.", "Es liefen 40.000 Liter aus.", "de", "counted"),
        ("She was sentenced on 18 January 2025.", "She was sentenced on 17 January.", "en", "date"),
    ],
)  # fmt: skip
def test_what_passed_although_it_is_false_is_stopped(text: str, evidence: str, lang: str, reason: str) -> None:
    assert reason in reasons(of(text, evidence, lang=lang, other=lang))


LAWYERS = "Solène Guivarch spoke for the fishermen in court. Hubert Cassagne announced an appeal. She was heard by Ana Ribas."


@pytest.mark.parametrize(
    ("text", "words", "ok"),
    [
        ("Solène Guivarch announced an appeal.", "Hubert Cassagne announced an appeal", False),
        ("Hubert Cassagne announced an appeal.", "Hubert Cassagne announced an appeal", True),
        ("Solène Guivarch was heard by a judge.", "She was heard by Ana Ribas", True),  # for the judge
    ],
)
def test_somebody_else_of_the_passage_is_not_whom_the_words_name(text: str, words: str, ok: bool) -> None:
    assert reasons(of(text, LAWYERS, words)) == (set() if ok else {"name", "speaker"})


@pytest.mark.parametrize(
    ("text", "evidence", "asked"),
    [
        ("Houlder was not convicted of fraud.", "Houlder was cleared of fraud.", True),
        ("The shaft may be ready by 9 October 2025.", "The shaft will be ready in three weeks.", True),
        ("Olsen said “never”, and the port is not open.", "The port is open, Brandt said. “Never,” said Ferro.", False),
    ],
)
def test_only_what_stops_true_sentences_now_and_then_is_left_to_a_judge(text: str, evidence: str, asked: bool) -> None:
    checked = of(text, evidence)
    assert not checked.ok and checked.judgeable is asked
