"""Statements and proofs as rows of JSON and CSV, and as lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.phrases import say
from bot.rendering.answer_text import facts, when
from bot.rendering.json_rows import SCHEMA, dates
from index.quotes.quotation import speaker
from index.text.printable import line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.rendering.schema import ProofRow, ProofsRow, QuotationRow
    from bot.verification.document_check import Proof
    from index.quotes.quotation import Quotation

COLUMNS = (
    "article_id", "version", "start", "end", "cue_start", "cue_end", "speaker", "speaker_start", "speaker_end", "kind",
    "confidence", "event", "event_from", "event_to", "name", "role", "verb", "sense", "lang", "outlet",
    "published_from", "published_to", "url", "text",
)  # fmt: skip


def is_clear(quotation: Quotation) -> bool:
    """Whether the rules are sure enough of the speaker to name one."""
    return bool(speaker(quotation))


def quotation_row(quotation: Quotation) -> QuotationRow:
    """One statement, as `quotes --json` and `--csv` list it. The speaker is "unclear" where the rules are not sure enough."""
    clear = is_clear(quotation)
    return {
        "article_id": quotation.article_id,
        "version": quotation.version,
        "start": quotation.start,
        "end": quotation.end,
        "cue_start": quotation.cue_start,
        "cue_end": quotation.cue_end,
        "speaker": (quotation.speaker or quotation.speaker_resolved) if clear else "unclear",
        "speaker_start": quotation.speaker_start,
        "speaker_end": quotation.speaker_end,
        "kind": quotation.kind,
        "confidence": quotation.confidence,
        "event": quotation.event,
        "event_from": _iso(quotation.event_from),
        "event_to": _iso(quotation.event_to),
        "name": quotation.speaker_resolved if clear else "",
        "role": quotation.role,
        "verb": quotation.verb,
        "sense": quotation.sense,
        "addressee": quotation.addressee,
        "chain": list(quotation.chain),
        "lang": quotation.lang,
        "words": quotation.words,
        "outlet": quotation.outlet,
        **dates(quotation.published),
        "url": quotation.passage.url,
        "text": quotation.text,
    }


def verb_as_written(quotation: Quotation) -> str:
    """The verb of a statement in the article's own form: "said", not "say"."""
    if quotation.cue_start is None or quotation.cue_end is None:
        return quotation.verb
    passage = quotation.passage
    return passage.text[max(0, quotation.cue_start - passage.start) : quotation.cue_end - passage.start] or quotation.verb


def quotation_lines(quotation: Quotation, lang: str = "en", outlets: Sequence[str] = ()) -> str:
    """One statement for people: whose, how and when, then the words, then where.

    `lang`: of our own words. `outlets`: others that print the same words.
    """
    name = speaker(quotation) or say("unclear", lang)
    passed_on = f" (passed on by {', '.join(quotation.chain[1:])})" if len(quotation.chain) > 1 else ""
    head = [
        f"{line(name)}{line(passed_on)}",
        line(verb_as_written(quotation)),
        line(quotation.event),
        when(quotation.date, lang),
    ]
    where = "; ".join(filter(None, (f"{line(quotation.article_id)}: {facts(quotation.passage, lang)}", also_in(outlets, lang))))
    return f"{', '.join(part for part in head if part)}\n  {line(quotation.text)}\n  {where}"


def also_in(outlets: Sequence[str], lang: str) -> str:
    """Which outlets print the same: "also in Harbour Times"; "" for none."""
    return say("also_in", lang, outlets=", ".join(map(line, outlets))) if outlets else ""


def _iso(seconds: int | None) -> str | None:
    from index.records import Period

    return None if seconds is None else dates(Period(seconds, seconds + 1))["published_from"]


def proof_row(proof: Proof, file: str) -> ProofRow:
    """One quotation of a draft, as `verify --json` lists it."""
    passage = proof.passage
    return {
        "file": file,
        "quote": proof.quote,
        "line": proof.line,
        "start": proof.start,
        "end": proof.end,
        "verdict": proof.verdict,
        "difference": proof.difference,
        "said_by": proof.said_by,
        "speaker": proof.speaker,
        "speaker_confirmed": proof.confirmed if proof.speaker else None,
        "article_id": passage.article_id if passage else None,
        "version": passage.version if passage else None,
        "source_start": proof.source_start,
        "source_end": proof.source_end,
        "source_text": proof.source_text,
        "title": passage.title if passage else "",
        "outlet": passage.outlet if passage else "",
        "url": passage.url if passage else "",
        **dates(passage.published if passage else None),
    }


def proofs_row(checked: Mapping[str, Sequence[Proof]]) -> ProofsRow:
    """What `verify --json` gives of drafts, by their files: how many of each verdict, and each quotation."""
    from bot.verification.document_check import VERDICTS

    proofs = [proof for own in checked.values() for proof in own]
    counts: dict[str, int] = {verdict: sum(proof.verdict == verdict for proof in proofs) for verdict in VERDICTS}
    return {
        "schema": SCHEMA, "file": next(iter(checked)) if len(checked) == 1 else "", "counts": counts,
        "unconfirmed_speakers": sum(proof.unconfirmed for proof in proofs),
        "quotations": [proof_row(proof, file) for file, own in checked.items() for proof in own],
    }  # fmt: skip


def told_of_proof(proof: Proof, lang: str = "en") -> str:
    """What there is to say beside the verdict: what was changed, who said it, whether that is confirmed; "" if nothing."""
    if proof.difference:
        return proof.difference
    if proof.said_by:
        return say("web_said_by", lang, name=proof.said_by)
    if not proof.speaker:
        return ""
    return say("web_unconfirmed_speaker" if proof.unconfirmed else "web_confirmed_speaker", lang, name=proof.speaker)


def proof_totals(proofs: Sequence[Proof]) -> str:
    """How many of each verdict, and how many have words that are right and a speaker whom the article does not confirm."""
    from bot.verification.document_check import VERDICTS

    totals = []
    for verdict in VERDICTS:
        alike = [proof for proof in proofs if proof.verdict == verdict]
        doubtful = sum(proof.unconfirmed for proof in alike)
        totals.append(f"{len(alike)} {verdict}" + (f" ({doubtful} not confirmed as said by the one named)" if doubtful else ""))
    return ", ".join(totals)


def proof_lines(proof: Proof, file: str = "") -> str:
    """One quotation of a draft for people; `file`: where it stands, where there are several."""
    where = f"\n           {line(proof.passage.article_id)}: {facts(proof.passage)}" if proof.passage else ""
    told = told_of_proof(proof)
    change = f"\n           {line(told)}" if told else ""
    verdict = "exact, not confirmed" if proof.status == "unconfirmed" else proof.verdict
    return f"{verdict:9}  “{line(proof.quote)}” ({line(file)}{', ' * bool(file)}line {proof.line}){change}{where}"


def csv_cell(value: object) -> str:
    """A value as a cell that no spreadsheet takes for a formula: = + - @ at its start get an apostrophe in front."""
    text = "" if value is None else "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    risky = text.lstrip()[:1] in ("=", "+", "-", "@") or text[:1] in ("\t", "\r")
    return f"'{text}" if risky and isinstance(value, str | list) else text
