"""Pure: questions about who said what, recognised by the forms that their language has for them (`say_forms`, a data file).

    read("What did Blinken say about North Korea?", …) -> WhoSaid(speaker="Blinken", topic="North Korea")

The forms are tried in order over the folded question; what a question does not say in one of these ways is no question of this
kind, and goes the ordinary way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from index.records import Period
from index.text.dates import Mention, mentions
from index.text.fold import Folded, fold
from index.text.lexicon import Lexicon

CARRIED = "? ("  # how follow-ups put the topic of the question before behind theirs


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoSaid:
    """What a question wants to know of who said what. Every field may be empty, but not speaker and topic both."""

    speaker: str = ""  # as written; "" in "who said that …"
    topic: str = ""  # "North Korea", "at the UN", "that the port would close"
    outlet: str = ""  # as the library has it: "according to EFE"
    period: Period | None = None
    bounded: bool = False  # "since Monday": the period is a condition, otherwise a preference
    denial: bool = False  # "did he deny …"
    place: bool = False  # the topic is an occasion: "at the UN"
    original: bool = False  # "in the original language": no quotation that its article calls a translation
    carried: bool = False  # the topic is that of the question before, in brackets: "What did she say? (the port)"
    outlets: bool = False  # "which outlets quote …": one statement of each


def read(question: str, lang: str, outlets: Callable[[], Iterable[str]], now: Period) -> WhoSaid | None:
    """What a question about who said what asks for; None if it is none, or in a language without such forms.

    `outlets`: those of the library. `now`: what "since Monday" counts from.

    >>> asked = read("What did Blinken say about North Korea?", "en", list, Period.parse("2023-10-20"))
    >>> (asked.speaker, asked.topic) if asked else None
    ('Blinken', 'North Korea')
    """
    words = Lexicon(lang)
    if not words.say_forms:
        return None
    text = " ".join(question.split()).strip(" ¿?¡!.؟？")
    dated = mentions(text, now, lang)
    for mention in reversed(dated):
        text = without_loose_end(text[: mention.start], words) + text[mention.end :]
    original = words.say_original.search(Folded(text).text) is not None
    text = _without(words.say_original, text.strip(" ,;:")).strip(" ,;:")
    text, outlet = _without_outlet(text, words, outlets)
    text, _, earlier = text.partition(CARRIED)
    text, earlier = without_loose_end(text, words).strip(" ?"), earlier.removesuffix(")")
    folded = Folded(text)
    for form in words.say_forms:
        match = form.match(folded.text)
        if match is None:
            continue
        parts = {name: text[slice(*folded.span(match, name))].strip(" ,;:") for name, part in match.groupdict().items() if part}
        speaker, topic = _speaker_and_topic(parts.get("speaker", ""), parts.get("matter", ""), words)
        carried, topic = bool(earlier and not topic), topic or earlier
        if not _is_somebody(speaker, words) if "speaker" in form.groupindex else not topic:
            continue
        bounds = [mention.period for mention in dated if mention.kind in ("since", "until")]
        return WhoSaid(
            speaker=speaker, topic=topic, outlet=outlet, period=_period(dated, bounds), bounded=bool(bounds),
            denial=bool(words.say_denials.match(fold(parts.get("verb", "")))),
            place=bool(topic and words.say_occasion.match(fold(parts.get("matter", "")))),
            carried=carried, original=original, outlets=bool(words.say_outlets.match(folded.text)),
        )  # fmt: skip
    return None


def _speaker_and_topic(speaker: str, topic: str, words: Lexicon) -> tuple[str, str]:
    """Both without what only joins them to the sentence: "on the port" -> "port"; ("Osei de la huelga", "") -> both apart."""
    folded = Folded(topic)
    if lead := words.say_leads.match(folded.text):
        topic = topic[folded.at(lead.end()) :]
    if speaker[:1].isupper() and (cut := words.say_cut.search(speaker)):
        speaker, topic = speaker[: cut.start()], f"{speaker[cut.end() :]} {topic}".strip()
    return speaker, "" if fold(topic) in words.say_nothing else topic


def _period(dated: Sequence[Mention], bounds: Sequence[Period]) -> Period | None:
    """The time that the dates of a question mean together: what lies inside all bounds, else from the first to the last."""
    if not dated:
        return None
    named = [mention.period for mention in dated]
    start, end = (max(p.start for p in bounds), min(p.end for p in bounds)) if bounds else (
        min(p.start for p in named), max(p.end for p in named)
    )  # fmt: skip
    return Period(start, end) if start < end else None


def _without_outlet(text: str, words: Lexicon, outlets: Callable[[], Iterable[str]]) -> tuple[str, str]:
    """The question without "according to EFE", and that outlet as the library has it; "" if it names none."""
    folded = Folded(text)
    matches = (
        words.according_first.match(folded.text),
        words.according_last.search(folded.text),
        words.according_in.search(folded.text),
    )
    for match, exact in zip(matches, (False, False, True), strict=True):
        if match is None:
            continue
        asked = _name(match["name"], words)
        for outlet in sorted(outlets(), key=len, reverse=True):
            known = _name(outlet, words)
            if known and (known == asked or (not exact and (known <= asked or asked <= known) and asked)):
                start, end = folded.span(match)
                return text[:start] + text[end:], outlet
    return text, ""


def _name(outlet: str, words: Lexicon) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", fold(outlet))) - words.outlet_articles


def _without(pattern: re.Pattern[str], text: str) -> str:
    """The text up to where a pattern begins."""
    folded = Folded(text)
    match = pattern.search(folded.text)
    return text[: folded.at(match.start())] if match else text


def without_loose_end(text: str, words: Lexicon) -> str:
    """The text without the small words that a date or an outlet left behind at its end: "on the"."""
    text = text.rstrip(" ,;:")
    while (last := text.rpartition(" ")[2]) and fold(last) in words.loose_ends:
        text = text[: -len(last)].rstrip(" ,;:")
    return text


def _is_somebody(speaker: str, words: Lexicon) -> bool:
    """Whether the words can be a speaker: no pronoun, no half sentence."""
    parts = re.findall(r"[^\W_]+", fold(speaker))
    return (
        0 < len(parts) <= 10
        and not all(part in words.outlet_articles for part in parts)
        and not words.say_nobody & {parts[0], parts[-1]}
        and not words.say_breaks & set(parts)
    )
