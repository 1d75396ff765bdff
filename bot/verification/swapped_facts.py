"""Pure: what belongs to what. A sentence may have every number, name and place of its evidence, and yet exchange them.

    crossed("Pires got 41 per cent.", "en", "Moura venceu com 41 %, à frente de Pires.", "pt") == ["41: of Moura"]

A number belongs to the name before it, to the time beside it ("43 % a year ago") and to what it is a part of ("340 of its
1,100"); a place is where something comes from or goes to; a deed is done by the one before its verb. Only what both sides say
plainly is compared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.verification import vocabulary
from bot.verification.quantities import NOUNS
from index.text import places
from index.text.names import WORD, holds_name, names_in, same_name
from index.text.numbers import numeral_spans

BEHIND = 40  # characters behind a number in which a time belongs to it
Values = frozenset[float]


@dataclass(frozen=True, slots=True)
class Number:
    """A numeral and what it belongs to."""

    piece: str
    values: Values
    owner: str  # the name before it in its clause, if there is one
    earlier: bool  # it is said of a time before
    behind_from: bool  # which "from" alone may say, too
    whole: bool  # it is what another number beside it is a part of


def crossed(text: str, lang: str, evidence: str, other: str) -> list[str]:
    """What a sentence gives to somebody or something else than its evidence does."""
    found = []
    known = numbers(evidence, other)
    mine = numbers(text, lang)
    for number in mine:
        same = [one for one in known if one.values & number.values]
        if not same:
            continue
        if all(one.earlier for one in same) and not (
            number.earlier or number.behind_from or _EARLIER.search(vocabulary.folded(text))
        ):
            found.append(f"{number.piece}: of an earlier time")
        if all(one.whole for one in same) and not number.whole and not _part_told(same, known, mine):
            found.append(f"{number.piece}: the whole, not the part")
        if theirs := _owned_by_another(number, same, text, lang, evidence, other):
            found.append(f"{number.piece}: of {theirs}")
    return found + directions(text, lang, evidence, other) + other_doer(text, lang, evidence, other)


def _owned_by_another(number: Number, same: list[Number], text: str, lang: str, evidence: str, other: str) -> str:
    """Whose a number is in the evidence, where the sentence gives it to another one who is there too, and not to him."""
    owners = [one.owner for one in same]
    if not number.owner or not all(owners) or lang in NOUNS or other in NOUNS:
        return ""
    if any(_same(number.owner, owner) for owner in owners) or holds_name(owners[0], text, same_lang=lang == other):
        return ""
    return owners[0] if holds_name(number.owner, evidence, same_lang=lang == other) else ""


def _part_told(same: list[Number], known: list[Number], mine: list[Number]) -> bool:
    """Whether the part that stands before a whole in the evidence is in the sentence too."""
    at = [n for n, one in enumerate(known) if one in same]
    parts = [known[n - 1].values for n in at if n]
    return any(values & number.values for values in parts for number in mine)


def _same(one: str, other: str) -> bool:
    return same_name(one, other, same_lang=False)


_EARLIER = re.compile(
    r"(?<!\w)(?:(?:a|one|two|\w+) years? (?:ago|earlier|before)|last year|the year before|previous(?:ly)?|earlier|before|"
    r"hace \w+ (?:anos?|meses)|(?:el )?ano (?:anterior|pasado)|anterior(?:es)?|antes|il y a|l'an(?:nee)? (?:dernier|"
    r"passe|precedent)\w*|"
    r"auparavant|avant|vor (?:einem|zwei|\w+) jahr\w*|vorjahr\w*|zuvor|vorher|ha (?:um|\w+) anos?|ano (?:passado|"
    r"anterior))(?!\w)"
)


def _first_of_two(flat: str, start: int, end: int) -> bool:
    """Whether a number is where another one began: "from 3 to 3.5"."""
    return bool(_FROM_NUMBER.search(flat[:start]) and _TO_NUMBER.match(flat[end:]))


_FROM_NUMBER = re.compile(r"(?<!\w)(?:from|von|de|del|desde|depuis)\s+(?:el )?$")
_TO_NUMBER = re.compile(r"[^\d.;]{0,18}(?<!\w)(?:to|auf|a|al|hasta|ate|para)\s+(?:el )?\d")  # behind "from 3 per cent"
_WHOLE = re.compile(
    r"\d[\d.,\s]*\s*(?:of|out of|de|des|sur|von|dos|das)\s+(?:its|the|their|his|her|ses|leurs|les|sus|los|las|seus|suas|os|as|"
    r"ihren|seinen|insgesamt|den)?\s*$"
)


def numbers(text: str, lang: str) -> list[Number]:
    """The numerals of a sentence, in their order; "one" and "two" in words left out."""
    flat = vocabulary.folded(text)
    named = [name for name in names_in(f"x {places.without(text)}", lang) if not vocabulary.unit(name)]
    found = []
    for start, end, values in numeral_spans(text, lang):
        if not re.search(r"\d", text[start:end]) and min(values) <= 2:
            continue
        begin = max([m.end() for m in re.finditer(r"[;:–—]", text[:start])] + [0])
        before = [(at, name) for name in named if (at := text.rfind(name, begin, start)) >= 0]
        found.append(
            Number(
                piece=text[start:end],
                values=values,
                owner=max(before)[1] if before else "",
                earlier=bool(
                    _EARLIER.search(re.split(r"[;.]", flat[end : end + BEHIND])[0]) or _first_of_two(flat, start, end)
                ),
                behind_from=bool(_FROM_NUMBER.search(flat[:start])),
                whole=bool(_WHOLE.search(flat[:start])),
            )
        )
    return found


# Deeds that one does alone -> words for them, folded, in five languages.
_DEEDS = {
    name: re.compile(rf"(?<!\w)(?:{forms})(?!\w)")
    for name, forms in {
        "accuse": r"accus\w+|acus(?:o|a|an|aron|ou|aram|ado)|beschuldig\w+|warf\w* .{0,60}vor",
        "criticise": r"critici[sz]\w+|critic(?:o|a|an|aron|ou|aram)|critiqu\w+|kritisier\w+",
        "win": r"won|wins|winning|gan(?:o|aron|a)|venc(?:io|ieron|eu|eram)|ganh(?:ou|aram)|remporte\w*|gagne\w*|"
        r"gewann\w*|gewonnen|"
        r"gewinn\w*|siegt\w*",
        "resign": r"resign\w*|step\w* down|dimit\w+|renunci\w+|demission\w*|zuruckgetreten|tritt .{0,40}zuruck|"
        r"trat .{0,40}zuruck",
        "buy": r"b(?:uys?|ought)|compr(?:o|aron|a|ou|aram)|achet\w+|kauf(?:t|te|ten)|gekauft",
        "sell": r"sells?|sold|vend(?:io|ieron|e|eu|eram)|vendu\w*|verkauf\w*",
        "sue": r"sue[ds]?|suing|demand(?:o|aron)|porte plainte|verklag\w+|process(?:ou|aram)",
        "thank": r"thank\w*|agradec\w+|remerci\w+|dank(?:t|te|ten)|bedank\w+",
        "praise": r"prais\w+|elogi\w+|salue\w*|felicit\w+|lob(?:t|te|ten)|gelobt",
        "arrest": r"arrested|detuv\w+|arresto|arrestaron|arrete\w*|verhafte\w*|festgenommen|prendeu|prenderam|deteve|detiveram",
        "attack": r"attack(?:s|ed)|ataco|atacaron|attaque\w*|griff\w* .{0,40}an|angegriffen|atacou|atacaram",
        "promise": r"promis\w+|pledg\w+|promet\w+|versprach\w*|versproch\w+|verspricht",
        "demand": r"demand(?:s|ed)|call(?:s|ed) for|exig\w+|pid(?:io|e|ieron)|reclam\w+|forder\w+|verlang\w+|pediu|pediram",
        "reject": r"reject\w*|rechaz\w+|rejet\w+|lehn\w+ .{0,40}ab|abgelehnt|rejeit\w+|recus\w+",
    }.items()
}
_DONE_TO = re.compile(r"(?<!\w)(?:was|were|been|being|fue|fueron|sido|a ete|ont ete|wurden?|worden|foi|foram)(?:\s+\w+)?\s+$")


def other_doer(text: str, lang: str, evidence: str, other: str) -> list[str]:
    """Who does something in a sentence that in its evidence somebody else does: "Moura accused" for "Pires acusou"."""
    found = []
    for deed, pattern in _DEEDS.items():
        mine, theirs = (_doer(pattern, t, of) for t, of in ((text, lang), (evidence, other)))
        if mine and theirs and not any(_same(a, b) for a in mine for b in theirs):
            found.append(f"{deed}: {' '.join(theirs)}")
    return found


def _doer(deed: re.Pattern[str], text: str, lang: str) -> tuple[str, ...]:
    """The names before a verb in its clause, the nearest run of them; none where it is passive, or stands there twice."""
    flat = vocabulary.folded(text)
    at = [match.start() for match in deed.finditer(flat)]
    if len(at) != 1 or _DONE_TO.search(flat[: at[0]]):
        return ()
    before = re.split(r"[;:.–—]\s", text[: at[0]])[-1]
    named = set(names_in(f"x {places.without(before)}", lang))
    run: list[str] = []
    for match in reversed(list(WORD.finditer(before))):
        if re.sub(r"['’]s?$", "", match.group()) in named and not vocabulary.unit(match.group()):
            run.append(match.group())
        elif run:
            break
    return tuple(run[::-1])


_COMES = re.compile(
    r"(?<!\w)(?:from|proced\w+ de|desde|proven\w+ (?:de|d')|venant de|aus|vindo de|veio de|vinha de|saiu de)\s+(?:\w+\s+)?$"
)
_GOES = re.compile(
    r"(?<!\w)(?:to|bound for|destined for|towards?|hacia|rumbo a|con destino a|dirig\w+ a|vers|a destination d[eu]|nach|rumo a|"
    r"com destino a)\s+(?:the\s+)?$"
)


def directions(text: str, lang: str, evidence: str, other: str) -> list[str]:
    """The places that something comes from in a sentence, and goes to in its evidence, or the other way round."""
    found = []
    for name in names_in(f"x {text}", lang):
        mine = _way(name, text)
        theirs = next((_way(there, evidence) for there in names_in(f"x {evidence}", other) if _same(name, there)), "")
        if mine and theirs and mine != theirs:
            found.append(f"{name}: {theirs}")
    return found


def _way(name: str, text: str) -> str:
    """ "from" or "to" where a text says so of a place, and not both."""
    before = [vocabulary.folded(text[: match.start()]) for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
    comes, goes = any(_COMES.search(piece) for piece in before), any(_GOES.search(piece) for piece in before)
    return "from" if comes and not goes else "to" if goes and not comes else ""
