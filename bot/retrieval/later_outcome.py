"""Pure: what a later report says has come of it answers first, with the older report beside it, each under its day.

    "Did Helen Marsh resign?"
    ->  Latest report found, 2026-10-28: "Helen Marsh resigned on Tuesday evening."
        Older report, 2026-10-14: "Helen Marsh said she would not resign."

Where yes or no is asked, and the later sentence tells the act, or what has undone it, as done and of whom the question
names: not of her deputy, not as a demand, a plan or a "not". What "still" asks is told by the newest report whose sentence
answers as well as the best; figures: `latest_figure.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.phrases import say
from bot.questions.question import Question
from bot.retrieval.candidates import BELOW, Candidate, moment, sentences_of
from bot.retrieval.deciding import OPPOSITES, named, outcomes
from bot.retrieval.latest_figure import EVEN, HITS, NAMED, later, newest_figure_first, share_named
from bot.verification.denials import denied
from bot.verification.meaning import told_as_done
from bot.verification.quantities import said_in
from bot.verification.vocabulary import says_no
from index.records import Hit
from index.text.fold import Folded, fold
from index.text.lexicon import Lexicon
from index.text.names import WORD, content_stems, names_in

# What an act is undone by: a bridge that was closed is open again.
UNDONE = {
    "closed": "opened", "opened": "closed", "arrested": "freed", "convicted": "acquitted", "missing": "found",
    "held": "called_off", "freed": "arrested",
}  # fmt: skip
ENDS = frozenset(("left", "died"))  # what ends an office, or with their opposites keeps it
DENIED = frozenset(("left", "died", "closed", "called_off", "arrested"))  # that are denied first and then done
BREAK = re.compile(r"[,;:–—“”«»\"()]")
NEAR = 5  # words before a name in which its act may stand: "the court sentenced Ann Lee", "dimitió Ana Paz"
PARTS = 3  # of a sentence behind a name: "Ann Lee, the minister, resigned"


def later_first(
    question: Question, ranked: Sequence[Candidate], hits: Sequence[Hit]
) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """Sentences, best first, with the latest that tells what became of it before them; as they were where none does.

    And the sentence whose figure is overtaken by a newer one, if one is: it is named, not shown.
    """
    told = _undone_first(question, ranked, hits) or _still_first(question, ranked)
    return (told, ()) if told else newest_figure_first(question, ranked, hits)


def _still_first(question: Question, ranked: Sequence[Candidate]) -> tuple[Candidate, ...] | None:
    """Sentences, best first; of those that answer "Is she still minister?" as well as the best, the one of the newest report
    before them, each under its day. None where nothing later does, or no such question is asked.
    """
    state = _behind_still(question)
    if not ranked or state is None or question.dates or not question.names:
        return None
    best = ranked[0]
    news = [
        one
        for one in ranked
        if one.score >= best.score - EVEN and later(one, best)
        if min(share_named(question, c.passage) for c in (one, best)) >= NAMED and _on_the_state(question, one, state)
    ]
    return _both_told(question, max(news, key=moment), best, ranked) if news else None  # of one report, the best


def _behind_still(question: Question) -> str | None:
    """What a question for yes or no says behind "still": "mayor of Tarn"; None where it has no such word."""
    folded = Folded(question.text)
    still = Lexicon(question.lang).still.search(folded.text) if question.whether else None
    return question.text[folded.at(still.end()) :] if still else None


def _on_the_state(question: Question, one: Candidate, state: str) -> bool:
    """Whether a sentence has a word of what may still be so, or tells what became of it: "mayor", "he stepped down"."""
    lang, acts = one.passage.lang, outcomes(question.text, question.lang) | ENDS
    if outcomes(one.text, lang) & (acts | {OPPOSITES[act] for act in acts}):
        return True
    offices = Lexicon(question.lang).offices  # a German one looks like a name
    names = content_stems(" ".join(name for name in question.names if name.lower() not in offices), question.lang)
    return lang == question.lang and not content_stems(one.text, lang).isdisjoint(content_stems(state, lang) - names)


def _undone_first(question: Question, ranked: Sequence[Candidate], hits: Sequence[Hit]) -> tuple[Candidate, ...] | None:
    """The latest sentence that tells the act, or what has undone it, as done, and the best; None where none does."""
    acts = outcomes(question.text, question.lang) if question.whether else frozenset[str]()
    published = ranked[0].passage.published if ranked else None
    if not acts or published is None:
        return None
    older = ranked[0]
    news = frozenset(UNDONE[act] for act in acts if act in UNDONE)
    if not _tells(question, older, acts):
        news |= acts
    news_told = [one for one in _later_sentences(older, hits) if _tells(question, one, news)]
    return _both_told(question, max(news_told, key=moment), older, ranked) if news_told else None


def done_after_all(
    question: Question, shown: Iterable[Candidate], hits: Sequence[Hit]
) -> Iterator[tuple[Candidate, Candidate]]:
    """What was denied in a sentence that is shown and a later report tells as done: that report's sentence, and the denial."""
    for denial in shown:
        lang = denial.passage.lang
        for content, _ in denied(denial.text, lang):
            acts = outcomes(content, lang) & DENIED
            inside = {fold(word) for word in WORD.findall(content)}
            who = [n for n in _names(denial.text, lang) if fold(n) in inside] or [
                n for said in said_in(denial.text, lang) for n in _names(said.speaker, lang)
            ]
            who = who or _names(denial.text, lang)
            if acts and who:
                asked = replace(question.reworded(f"{content.lower()} {' '.join(dict.fromkeys(who))}"), lang=lang)
                news = [one for one in _later_sentences(denial, hits) if _tells(asked, one, acts)]
                yield from [(max(news, key=moment), denial)] if news else []
                break


def _names(text: str, lang: str) -> list[str]:
    return [name for name in names_in(f"x {text}", lang) if fold(name) not in Lexicon(lang).weekdays]


def _later_sentences(older: Candidate, hits: Sequence[Hit]) -> Iterator[Candidate]:
    """Every sentence of the first hits, read or not, whose report came out after another's."""
    for hit in hits[:HITS]:
        for passage in hit.passages:
            if passage.article_id != older.passage.article_id:
                yield from (one for one in sentences_of(passage, 0) if later(one, older))


def _both_told(question: Question, latest: Candidate, older: Candidate, ranked: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Two sentences under their days, before what is neither."""
    best = older.score
    told = (_dated(latest, "newest_report", question, best + 1), _dated(older, "older_report", question, best))
    places = {(c.passage.article_id, c.start) for c in told}
    rest = (replace(c, score=c.score - BELOW) for c in ranked if (c.passage.article_id, c.start) not in places)
    return (*told, *rest)


def _dated(candidate: Candidate, phrase: str, question: Question, score: float) -> Candidate:
    heading = say(phrase, question.lang, date=str(candidate.passage.published)[:10])
    return replace(candidate, heading=heading, score=score)


def _tells(question: Question, one: Candidate, acts: frozenset[str]) -> bool:
    """Whether a sentence tells one of the acts as done of whom or what the question names."""
    lang = one.passage.lang
    if not outcomes(one.text, lang) & acts or not named(question, one):
        return False
    if question.names:
        return any(_done(question, clause, lang, acts, participle) for clause, participle in _clauses(question, one))
    same = lang == question.lang and len(question.stems) > 1 and question.stems <= content_stems(one.text, lang)
    return same and _done(question, one.text, lang, acts)  # "Has the transport minister resigned?"


def _done(question: Question, clause: str, lang: str, acts: frozenset[str], participle: bool = False) -> bool:
    """Whether a clause tells an act, up to its word where that is not last, as done. `participle`: see `told_as_done`."""
    folded, language = Folded(clause), Lexicon(lang)
    spans = (folded.span(m) for m in language.outcomes.finditer(folded.text) if m.lastgroup in acts)
    start, end = next(spans, (0, 0))
    told = clause if language.capital_nouns else clause[:end]  # a German verb is last
    if not end or says_no(told, lang) or not told_as_done(told, lang, participle=participle):
        return False
    same = lang == question.lang and question.stems & content_stems(clause[start:end], lang)
    passive = participle or not language.passive_verbs.isdisjoint(clause[:start].lower().split())
    return bool(same) or passive or not _has_object(clause[end:].split(), language)


def _has_object(words: Sequence[str], language: Lexicon) -> bool:
    """Whether somebody else follows: "Helen Marsh dismissed two aides" is no end of hers, "quit her post" is."""
    first = words[0] if words else ""
    other = first.lower() in language.determiners - language.possessives or first.lower() in language.numerals
    return other or (first[:1].isupper() and not language.capital_nouns)


def _clauses(question: Question, one: Candidate) -> Iterator[tuple[str, bool]]:
    """What a sentence tells of the last name of a question: (words, whether they stand right behind "Ann Lee,")."""
    text, language = one.text.rstrip(" .!?"), Lexicon(one.passage.lang)
    for match in re.finditer(rf"(?<!\w){re.escape(question.names[-1])}(?!\w)", text):
        before, after = text[: match.start()].split(), text[match.end() :]
        while before and before[-1][0].isupper() and len(before) > 1:
            before.pop()  # "Transport minister Helen"
        beside = BREAK.split(" ".join(before))[-1]
        parts = BREAK.split(after)
        yield from _relative(parts, language)
        of_another = len(before) > 1 and before[-1].lower() in language.inner_prepositions
        of_another = of_another and f" {before[-2].lower()} " not in f" {question.text.lower()} "
        foreseen = language.to_come.search(beside.lower()) or language.claim_denials.search(beside.lower())
        if of_another or foreseen or re.match(r"['’]s\b", after):
            continue
        for number, part in enumerate(parts[: PARTS if after[:1] == "," else 1]):
            if number == 0 or not _begins_anew(part.split(), language):
                yield from ((piece, number == 1) for piece in _joined(part, language))
        yield " ".join(beside.split()[-NEAR:]), False


def _relative(parts: Sequence[str], language: Lexicon) -> Iterator[tuple[str, bool]]:
    """The clause or the participle behind a name and a comma: "Ann Lee, who left", "Sie ist Ann Lee gewidmet, die starb"."""
    if len(parts) < 2 or len(parts[0].split()) > 2:
        return
    words = parts[1].split()
    relatives = language.relatives | (language.definite_articles if language.capital_nouns else frozenset())
    if words and (words[0].lower() in relatives or (not parts[0].strip() and not _begins_anew(words, language))):
        last = language.capital_nouns and words[-1].lower() in language.auxiliaries  # "die gestorben ist"
        yield (parts[1], last) if words[0].lower() in relatives else (words[0], True)


def _begins_anew(words: Sequence[str], language: Lexicon) -> bool:
    """Whether a part of a sentence has a subject of its own."""
    first = words[0].lower() if words else ""
    return bool(words) and (words[0][0].isupper() or first in language.determiners | language.he | language.she)


def _joined(part: str, language: Lexicon) -> Iterator[str]:
    """The parts that "and" joins, as far as they are about the same: "was fined and sentenced", not "and her deputy left"."""
    ands = "|".join(map(re.escape, sorted(language.and_words))) or "(?!)"
    for number, piece in enumerate(re.split(rf"\s(?:{ands})\s", part)):
        if number and _begins_anew(piece.split(), language):
            return
        yield piece
