"""bot/verification/document_check.py: quotations as people write them, whole, cut, begun in small letters, joined, altered or made up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.rendering import quotes
from bot.verification import document_check, quotations
from bot.verification.document_check import proofs
from index import Article, Index, Period

pytestmark = pytest.mark.model

ARTICLES = [
    Article(
        id="port",
        lang="en",
        outlet="Coast Courier",
        title="Port to reopen in June",
        url="https://coast.example/port",
        published=Period.parse("2024-05-14"),
        text="Harbour director Mira Osei said that the port of Sarvella will reopen in June. “We will not wait for another winter, and we will not ask the ministry for permission to repair our own cranes,” Osei told reporters at the town hall. “The dockers have been patient,” Osei said. “They will be paid in full by the end of the month.”\n\nThe dockers' leader, Tomas Lind, called the plan “a leap in the dark” and said: “Nobody asked us whether the cranes are safe.” He quoted his father: “My father used to say ‘never trust a crane in the wind’ and he was right,” Lind said. It isn't over, he added: “It's not the end — it's a pause.”",
    ),
    Article(
        id="tide",
        lang="en",
        text="A wall fell in Arden. “The tide took it in one night,” the Arden professor said.",
    ),
    Article(
        id="puerto",
        lang="es",
        outlet="Diario del Cabo",
        title="Las grúas del puerto",
        published=Period.parse("2024-05-16"),
        text="La directora del puerto, Mira Osei, dijo que las grúas están reparadas. «No habrá más retrasos en el puerto de Sarvella», añadió Osei. «El ministerio conocía el problema desde hace años», afirmó el portavoz.",
    ),
]

DRAFTS = [
    ("Osei said “We will not wait for another winter”.", ["exact"]),
    ('Osei said "We will not wait for another winter."', ["exact"]),
    ("Osei said 'We will not wait for another winter'.", ["exact"]),
    ("Osei said “We will not wait for another summer”.", ["altered"]),
    ("Osei said “We won't wait for another winter”.", ["altered"]),
    ("Osei said “We would not wait for another winter”.", ["altered"]),
    ("“We will not wait for another winter […] to repair our own cranes,” Osei said.", ["exact"]),
    ("“We will not wait for another winter ... to repair our own cranes,” Osei said.", ["exact"]),
    ("“[The dockers] will be paid in full by the end of the month,” Osei said.", ["exact"]),
    ("“They [the dockers] will be paid in full by the end of the month,” Osei said.", ["exact"]),
    ("“They will be paid [in full] by the end of the month,” Osei said.", ["exact"]),
    ("“The dockers have been patient. They will be paid in full by the end of the month,” Osei said.", ["altered"]),
    (
        "“The dockers have been patient,” Osei said, “and they will be paid in full by the end of the month.”",
        ["exact", "altered"],
    ),
    ("“We will not wait,” Osei said, “for another winter.”", ["exact", "exact"]),
    ("Lind said: “My father used to say ‘never trust a crane in the wind’ and he was right.”", ["exact"]),
    ("Lind's father said “never trust a crane in the wind”.", ["exact"]),
    ("“No more delays in the port of Sarvella,” Osei said in Spanish.", ["nowhere"]),
    ("Osei: «No habrá más retrasos en el puerto de Sarvella».", ["exact"]),
    ("Osei: “No habrá mas retrasos en el puerto de Sarvella”.", ["altered"]),
    ("The plan is “a leap in the dark”.", ["exact"]),
    ("The plan is a “leap”.", ["exact"]),
    ("The so-called “reform” failed.", ["nowhere"]),
    ("I read “The Old Man and the Sea” on the ferry.", ["nowhere"]),
    ("As “Port to reopen in June” (Coast Courier) reports, things move.", ["exact"]),
    ("In the Diario del Cabo, Osei said “We will not wait for another winter”.", ["elsewhere"]),
    ("According to the Coast Courier, “the dockers have been patient”.", ["exact"]),
    ("“Nobody asked us whether the cranes are dangerous,” Lind said.", ["altered"]),
    ("“It’s not the end – it’s a pause,” he said.", ["exact"]),
    ("“It is not the end, it is a pause,” he said.", ["altered"]),
    (
        "“We will wait for another winter, and we will ask the ministry for permission to repair our own cranes,” she told reporters.",
        ["altered"],
    ),
    ("“We will not wait for another winter, and\nwe will not ask the ministry for permission”, said Osei.", ["exact"]),
    ("“The minister resigned last night after a long dispute,” Osei said.", ["nowhere"]),
    ("Lind called it “a leap into the dark”.", ["altered"]),
    ("Osei said that “the port will be closed for ever”.", ["nowhere"]),
    ("“we will not wait for another winter”, she wrote.", ["exact"]),
    ("“We will NOT wait for another winter,” she said.", ["altered"]),
    ("“El ministerio conocia el problema desde hace años”, dijo.", ["altered"]),
    ("“Nobody asked us…”, Lind said.", ["exact"]),
    ("“The dockers have been patient, and will be paid,” Osei said.", ["nowhere"]),
    ("“the cranes are safe,” Lind said.", ["exact"]),
    # the right words under a wrong name
    ("“We will not wait for another winter,” Tomas Lind said.", ["misattributed"]),
    ("Mira Osei called the plan “a leap in the dark”.", ["misattributed"]),
    ("Tomas Lind: “They will be paid in full by the end of the month.”", ["misattributed"]),
    ("«No habrá más retrasos en el puerto de Sarvella», dijo Tomas Lind.", ["misattributed"]),
    ("„Nobody asked us whether the cranes are safe“, sagte Mira Osei.", ["misattributed"]),
    ("« They will be paid in full », a déclaré le chef des dockers, Tomas Lind, mardi.", ["misattributed"]),
    # nobody is sure to be meant
    ("“The tide took it in one night,” Ann Lee wrote.", ["exact"]),  # the Arden professor may be Ann Lee
    ("The minister said: “They will be paid in full by the end of the month.”", ["exact"]),
    ("“They will be paid in full,” the harbour director said.", ["exact"]),
    ("“El ministerio conocía el problema desde hace años”, dijo Ana Ruiz.", ["exact"]),
    ("“The dockers have been patient,” Director Osei told us.", ["exact"]),
]


SPEAKERS = [  # draft, whom the article lets say it; "": nothing is claimed
    ("“We will not wait for another winter,” said Tomas Lind.", "Mira Osei"),
    ("Lind told the paper: “We will not wait for another winter.”", "Mira Osei"),
    ("“We will not wait for another winter,” Anna Krug told a rally.", "Mira Osei"),
    ("“Nobody asked us whether the cranes are safe,” Mira Osei wrote.", "Tomas Lind"),
    ("«No habrá más retrasos en el puerto de Sarvella», dijo Tomas Lind.", "Mira Osei"),
    ("„No habrá más retrasos en el puerto de Sarvella“, sagte Tomas Lind.", "Mira Osei"),
    ("Tomas Lind has a plan. “We will not wait for another winter,” he said.", "Mira Osei"),
    ("“We will not wait for another winter,” said Mira Osei, who runs the port.", ""),
    ("“We will not wait for another winter,” said Ms Osei.", ""),
    ("“We will not wait for another winter,” said the director.", ""),
    ("“We will not wait for another winter,” the port said.", ""),
    ("“We will not wait for another winter,” Sarvella said.", ""),
    ("“We will not wait for another winter,” they said.", ""),
    ("“El ministerio conocía el problema desde hace años”, dijo Ana Ruiz.", ""),  # a spokesman who may be anybody
    ("Lind's paper prints “We will not wait for another winter”.", ""),
    # a clause of its own behind it says nothing of whose words they are
    ("Mira Osei said: “We will not wait for another winter”, and Tomas Lind said nobody had asked him.", ""),
    ("Osei has said “we will not wait for another winter”, while Tomas Lind said nobody had asked him.", ""),
    ("According to Mira Osei, “we will not wait for another winter”, but Tomas Lind said nobody had asked him.", ""),
    ("Mira Osei dijo: «No habrá más retrasos en el puerto de Sarvella», y Tomas Lind dijo que nadie le preguntó.", ""),
    ("Tomas Lind said: “We will not wait for another winter”, and Mira Osei said nobody had asked her.", "Mira Osei"),
]


NAMED = [  # draft, its status, whom it names
    ("“The dockers have been patient,” said Mira Osei.", "exact", "Mira Osei"),
    ("“They will be paid in full by the end of the month,” said Osei.", "exact", "Osei"),
    ("« The dockers have been patient », a déclaré Mira Osei.", "exact", "Mira Osei"),
    ("Lind called the plan “a leap in the dark”.", "exact", "Lind"),
    ("“The company has never been stronger than today,” Eric Trump said.", "exact", "Eric Trump"),
    # the article does not plainly say so
    ("“We will not wait for another winter,” said Mira Osei.", "exact", "Mira Osei"),
    ("“A fence costs nothing at all,” said Rosa Lindqvist.", "unconfirmed", "Rosa Lindqvist"),  # a given name alone
    ("“The company has never been stronger than today,” Eric Trump Jr. said.", "unconfirmed", "Eric Trump Jr"),
    ("“The company has never been stronger than today,” Trump said.", "unconfirmed", "Trump"),  # there are two
    ("“The company has never been stronger than today,” Donald Trump said.", "unconfirmed", "Donald Trump"),
    ("“We will not wait for another winter,” said Anna Osei.", "unconfirmed", "Anna Osei"),
    ("“We will not wait for another winter,” said the deputy of Mira Osei.", "unconfirmed", "the deputy of Mira Osei"),
    ("“We will not wait for another winter,” Sarvella said.", "unconfirmed", "Sarvella"),
    ("Sayfullo Saipov said: “We are of course disappointed by the ruling.”", "unconfirmed", "Sayfullo Saipov"),
    ("Sayfullo Saipov nannte sich „of course disappointed“.", "unconfirmed", "Sayfullo Saipov"),  # no verb of saying
    ("Bo Berg said “nobody will ever sign that paper”.", "unconfirmed", "Bo Berg"),  # said to him
    ("Kim Larsen said “the tunnel was too narrow for lorries”.", "unconfirmed", "Kim Larsen"),  # the reporter's words
    ("«El ministerio conocía el problema desde hace años», dijo Mira Osei.", "unconfirmed", "Mira Osei"),
    # nobody is named
    ("“We will not wait for another winter,” they said.", "exact", ""),
    ("The plan is “a leap in the dark”.", "exact", ""),
    ("In Sarvella the plan is “a leap in the dark”.", "exact", ""),
    ("Mira Osei has no time. The plan is “a leap in the dark”.", "exact", ""),
]
RALLY = Article(
    id="rally",
    lang="en",
    text="Donald Trump spoke first. “The company has never been stronger than today,” Eric Trump said. “We are of course disappointed by the ruling,” said the lawyer of Sayfullo Saipov. Bo Berg told reporters: “Ann Lee said to me: ‘nobody will ever sign that paper’ and left.” Kim Larsen said that the tunnel was too narrow for lorries. Rosa Lindqvist came late. “A fence costs nothing at all,” Rosa said.",
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index(tmp_path_factory.mktemp("proof") / "library") as index:
        index.add([*ARTICLES, RALLY])
        yield index


@pytest.mark.parametrize(("draft", "verdicts"), DRAFTS)
def test_verdicts(index: Index, draft: str, verdicts: list[str]) -> None:
    found = proofs(draft, index)
    assert [proof.verdict for proof in found] == verdicts
    for proof in found:
        article = index.article(proof.passage.article_id) if proof.passage else None
        assert (proof.passage is None) == (proof.verdict == "nowhere")
        if article and proof.source_start is not None:
            assert proof.source_text == article.text[proof.source_start : proof.source_end]


PRONOUNS = [  # an article that does not name the speaker beside the words
    ("en", "Anna Krug came late. “The bridge opens in the first days of May,” she told us.", "“{}”, said Bo Lind."),
    (
        "en",
        "Anna Krug spoke in the hall. The mayor was there. “The bridge opens in the first days of May”, it was said.",
        "“{}”, Bo Lind said.",
    ),
    ("es", "La alcaldesa Ana Krug llegó tarde. «El puente abre en los primeros días de mayo», dijo.", "«{}», dijo Bo Lind."),
    ("fr", "Anne Krug est venue. « Le pont ouvre aux premiers jours de mai », a-t-elle dit.", "« {} », a dit Bo Lind."),
    ("de", "Anna Krug kam spät. „Die Brücke öffnet in den ersten Tagen des Mai“, sagte sie.", "„{}“, sagte Bo Lind."),
    ("pt", "Ana Krug chegou tarde. “A ponte abre nos primeiros dias de maio”, disse ela.", "“{}”, disse Bo Lind."),
    ("it", "Anna Krug è arrivata. «Il ponte apre nei primi giorni di maggio», ha detto lei.", "«{}», ha detto Bo Lind."),
]


@pytest.mark.parametrize(("lang", "text", "draft"), PRONOUNS)
def test_whom_a_pronoun_means_is_no_proof_against_a_name(tmp_path: Path, lang: str, text: str, draft: str) -> None:
    words = next(text[start:end] for start, end in document_check.quotations(text))
    with Index(tmp_path / "library") as index:
        index.add([Article(id="bridge", lang=lang, text=text)])
        (proof,) = proofs(draft.format(words.rstrip(",")), index)
    assert (proof.status, proof.said_by) == ("unconfirmed", "")


def test_whose_words_they_are_is_said_with_the_line(index: Index) -> None:
    (proof,) = proofs("The plan is new.\n\n“We will not wait for another winter,” Tomas Lind said.", index)
    assert (proof.verdict, proof.said_by, proof.line) == ("misattributed", "Mira Osei", 3)


@pytest.mark.parametrize(("draft", "speaker"), SPEAKERS)
def test_words_under_another_s_name_are_misattributed(index: Index, draft: str, speaker: str) -> None:
    (proof,) = proofs(draft, index)
    assert (proof.verdict, proof.said_by) == (("misattributed", speaker) if speaker else ("exact", ""))


@pytest.mark.parametrize(("draft", "status", "speaker"), NAMED)
def test_a_speaker_is_confirmed_only_where_the_article_plainly_says_so(
    index: Index, draft: str, status: str, speaker: str
) -> None:
    (proof,) = proofs(draft, index)
    assert (proof.verdict, proof.status, proof.speaker) == ("exact", status, speaker)
    assert proof.confirmed == (status == "exact" and bool(speaker))


def test_an_article_that_confirms_the_speaker_comes_before_one_that_does_not(tmp_path: Path) -> None:
    vague = Article(id="vague", lang="en", text="“The bridge opens in the first days of May,” it was said. The bridge opens.")
    plain = Article(id="plain", lang="en", text="“The bridge opens in the first days of May,” said Bo Lind. He knows it well.")
    with Index(tmp_path / "library") as index:
        index.add([vague, plain])
        (proof,) = proofs("“The bridge opens in the first days of May,” said Bo Lind.", index)
    assert proof.confirmed and proof.passage is not None and proof.passage.article_id == "plain"


def test_lines_and_totals_say_what_is_not_confirmed(index: Index) -> None:
    draft = "“The dockers have been patient,” said Mira Osei.\n\n“The dockers have been patient,” said Anna Osei."
    found = proofs(draft, index)
    right, wrong = map(quotes.proof_lines, found)
    assert right.startswith("exact  ") and "said by Mira Osei [confirmed]" in right
    assert wrong.startswith("exact, not confirmed  ") and "does not plainly say that Anna Osei said it" in wrong
    assert quotes.proof_totals(found).startswith("2 exact (1 not confirmed as said by the one named), 0 misattributed")
    row = quotes.proofs_row({"draft": found})
    assert (row["counts"]["exact"], row["unconfirmed_speakers"]) == (2, 1)
    assert [one["speaker_confirmed"] for one in row["quotations"]] == [True, False]


def test_a_paragraph_in_another_language_is_read_in_its_own(index: Index) -> None:
    draft = (
        "The port has been closed since the storm, and nobody knows when it opens again, the mayor said on Monday.\n\n"
        "La directora habló ayer del puerto.\n\n«No habrá más retrasos en el puerto de Sarvella», dijo ayer Tomas Lind en la plaza.\n\n"
        "“The dockers have been patient,” Mira Osei said.\n"
    )
    found = proofs(draft, index)
    assert [(proof.verdict, proof.line) for proof in found] == [("misattributed", 5), ("exact", 7)]


def test_an_article_that_gives_the_words_to_the_one_named_is_enough(tmp_path: Path) -> None:
    wrong = Article(id="wrong", lang="en", text="Nobody waited. “The bridge opens in the first days of May,” said Anna Krug.")
    right = Article(
        id="right", lang="en", text="The bridge opens in May. “The bridge opens in the first days of May,” said Bo Lind."
    )
    with Index(tmp_path / "library") as index:
        index.add([wrong, right])
        (proof,) = proofs("“The bridge opens in the first days of May,” said Bo Lind.", index)
    assert proof.verdict == "exact" and proof.passage is not None and proof.passage.article_id == "right"


def test_a_difference_is_that_of_the_words(index: Index) -> None:
    (proof,) = proofs("“We will NOT wait for another winter,” she said.", index)
    assert proof.difference == "article: not | here: NOT"


def test_a_headline_is_the_article(index: Index) -> None:
    (proof,) = proofs("See “Port to reopen in June” in the Coast Courier.", index)
    assert (proof.verdict, proof.source_text, proof.source_start) == ("exact", "Port to reopen in June", None)


@pytest.mark.parametrize(
    ("quote", "change"),
    [
        ("The harbour will stay closed until the autumn", "spring"),
        ("The tunnel will stay closed until the spring", "harbour"),
        ("Our harbour will stay closed until the spring", "The"),
    ],
)
def test_the_difference_names_the_article_s_word_for_every_other_one(quote: str, change: str) -> None:
    text = "She said so. “The harbour will stay closed until the spring,” she added. Nobody asked."
    span = quotations.nearly(quote, text)
    assert span is not None
    start, end = document_check._to_its_ends(quote, text, span)
    assert text[start:end] == "The harbour will stay closed until the spring"
    assert f"article: {change} |" in quotations.difference(quote, text[start:end])


TWO_SPEAKERS = [  # an article that introduces two speakers, and a sentence with the words of both
    (
        "en",
        "Crane falls. Harbour master Helen Marsh said: “The crane was never inspected.” “Nobody asked me for money,” said councillor Owen Pritchard.",
        "Marsh said “{}”, Pritchard said “{}”.",
    ),
    (
        "de",
        "Hafenchefin Marlies Teubner sagte: „Der Kran wurde nie geprüft.“ „Niemand hat mich um Geld gebeten“, sagte Stadtrat Jost Behrend.",
        "„{}“, sagte Marlies Teubner dem Boten; „{}“, entgegnete Jost Behrend.",
    ),
    (
        "zh",
        "港口主任王丽华说：“这台起重机从来没有检查过。”市议员陈志强说：“没有人向我申请过经费。”",
        "王丽华说“{}”，陈志强说“{}”。",
    ),
    (
        "ja",
        "港長の田中恵子氏は「クレーンは一度も点検されていない」と述べた。市議の佐藤健一氏は「誰も私に予算を求めなかった」と述べた。",
        "田中氏は「{}」と述べ、佐藤氏は「{}」と反論した。",
    ),
    (
        "ar",
        "وقالت مديرة الميناء ليلى منصور: «لم تفحص الرافعة هذا العام». وقال عضو المجلس سامر حداد: «لم يطلب أحد المال من مكتبي».",
        "قالت ليلى منصور «{}»، وقال سامر حداد «{}».",
    ),
]


@pytest.mark.parametrize(("lang", "text", "draft"), TWO_SPEAKERS)
def test_two_speakers_in_one_sentence_have_their_own_words(tmp_path: Path, lang: str, text: str, draft: str) -> None:
    first, second = (text[start:end].rstrip(".,。") for start, end in document_check.quotations(text))
    with Index(tmp_path / "library") as index:
        index.add([Article(id="crane", lang=lang, text=text)])
        right = proofs(draft.format(first, second), index)
        wrong = proofs(draft.format(second, first), index)
    assert [(proof.status, proof.confirmed) for proof in right] == [("exact", True)] * 2
    assert [proof.verdict for proof in wrong] == ["misattributed"] * 2


@pytest.mark.parametrize("speaker", ["المديرة", "مديرة الميناء", "رئيس البلدية"])
def test_an_office_in_a_script_without_capitals_is_nobody_else_by_name(tmp_path: Path, speaker: str) -> None:
    with Index(tmp_path / "library") as index:
        index.add([Article(id="crane", lang="ar", text=TWO_SPEAKERS[-1][1])])
        (proof,) = proofs(f"قالت {speaker}: «لم تفحص الرافعة هذا العام».", index)
    assert proof.verdict == "exact"


def test_a_quotation_inside_another_keeps_its_closing_mark() -> None:
    text = "She wrote: \"I offered to go, and Lee said, 'Let's talk about it tomorrow.'\""
    ((start, end),) = document_check.quotations(text)
    assert text[start:end] == "I offered to go, and Lee said, 'Let's talk about it tomorrow.'"
