"""Pure: what turns the meaning of a sentence although every word of it is there: negation, denial, modality, attribution.

    turned("Olsen confirmed it", "en", "Olsen no lo confirmó", "es") == ["negation"]

By words of each language by itself: "no" denies in Spanish and means "in the" in Portuguese.
"""

from __future__ import annotations

import re

from bot import asking
from index.terms import fold

# Folded. Grammatical negation; in French only its second half, so that "ne … que" is none.
_NOT = {
    "en": r"not|no|never|none|nobody|nothing|without|neither|nor|cannot|\w+n't",
    "es": r"no|nunca|jamas|sin|ni|ningun[ao]?|nadie|nada|tampoco",
    "fr": r"pas|jamais|aucune?|sans|personne|rien|ni|non|nul(?:le)?",
    "de": r"nicht|nie|niemals|kein\w*|ohne|niemand\w*|nichts|weder",
    "pt": r"nao|nunca|jamais|nem|nenhuma?|ninguem|sem|nada",
    "it": r"non|mai|nessun\w*|niente|nulla|senza",
    "ru": r"не|нет|ни|никогда|никто|ничего|без",
    "ar": r"لا|لم|لن|ليس\w*|دون",
}
_UNSPACED_NOT = re.compile("不|没|沒|無|无|未|ない|なかった")
# Saying that something is not so, and turning something down.
_DENY = {
    "en": r"den(?:y|ies|ied|ying|ials?)|disput\w+|contradict\w*",
    "es": r"neg(?:o|aron|ar|aba|ado|ando)|nieg\w+|desment\w+|desmint\w+|desmient\w+",
    "fr": r"dement\w*|demenir|nie(?:r|nt|nie)?|contest\w+|refut\w+",
    "de": r"dementier\w*|bestreit\w*|bestritt\w*|widersp\w+|leugne\w*",
    "pt": r"neg(?:ou|aram|ar|a|am|ava)|desment\w+",
}
_REFUSE = {
    "en": r"refus\w+|reject\w*|declin\w+|turn\w* down|dismiss\w+|exclud\w+|rul\w+ out",
    "es": r"rechaz\w+|rehus\w+|declin\w+|descart\w+|excluy\w+",
    "fr": r"refus\w*|rejet\w*|declin\w+|ecart\w+|exclu\w*",
    "de": r"lehnt\w*|ablehn\w*|abgelehnt\w*|weiger\w*|verweiger\w*|schliess\w* .{0,40}aus|zuruckgewiesen|(?:wies|"
    r"weist|weisen) .{0,60}zuruck",
    "pt": r"rejeit\w+|recus\w+|descart\w+|exclu\w+",
}
_MODAL = {
    "en": r"could|would|may|might|should|reportedly|alleged\w*|accus\w+|claim\w*|according|plan(?:s|ned)? to|willing|"
    r"expected|"
    r"possibl[ey]|likely|perhaps|suspected|appears?|seems?|if|wants?|propos\w+|said to",
    "es": r"podri\w+|habri\w+|seri\w+|tendri\w+|\w{3,}ri(?:a|an)|puede\w*|presunt\w+|supuest\w+|segun|preve\w*|"
    r"planea\w*|posibl[ey]\w*|"
    r"quiza\w*|si|acus\w+",
    "fr": r"pourrai\w+|aurai\w+|serai\w+|devrai\w+|\w{3,}rai(?:t|ent)|peut|peuvent|presume\w*|selon|prevoi\w+|"
    r"envisag\w+|si|accus\w+",
    "de": r"konnte\w*|wurde|wurden|durfte\w*|soll\w*|angeblich\w*|mutmasslich\w*|laut|plant\w*|moglich\w*|vielleicht|"
    r"wenn|falls|"
    r"vorw\w+|zufolge|nach angaben",
    "pt": r"poder(?:a|ao|ia\w*)|teri\w+|seria\w*|\w{3,}ri(?:a|am)|pode\w*|suposta?\w*|alegad\w+|segundo|planeja\w*|"
    r"possive\w+|talvez|se|"
    r"acus\w+",
}


def _compiled(table: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {lang: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for lang, words in table.items()}


_NOTS, _DENIALS, _REFUSALS, _MODALS = map(_compiled, (_NOT, _DENY, _REFUSE, _MODAL))
_MAY = re.compile(r"(?<=\w )May\b|\bMay(?= \d)")  # the month


def turned(text: str, lang: str, evidence: str, other: str) -> list[str]:
    """What turns the meaning: negation or denial on one side only, or modality and attribution that the sentence drops."""
    a, b = (fold(_MAY.sub(" ", t).replace("’", "'")) for t in (text, evidence))
    found = []
    if _opposed(a, lang, b, other):
        found.append("negation")
    hedged = lang in _MODALS and other in _MODALS and bool(_MODALS[other].search(b))
    if hedged and not _MODALS[lang].search(a) and not asking.SAYING.search(a):
        found.append("modality")
    return found


def negated(folded: str, lang: str) -> bool:
    """Whether a folded text has a grammatical negation."""
    return bool(_UNSPACED_NOT.search(folded) or (lang in _NOTS and _NOTS[lang].search(folded)))


def _opposed(a: str, lang: str, b: str, other: str) -> bool:
    """Whether one of two texts denies and the other does not. "Did not accept" and "refused" are one."""
    if lang not in _DENIALS or other not in _DENIALS:
        return (lang in _NOTS or other in _NOTS) and negated(a, lang) != negated(b, other)
    kinds = [(negated(t, of), bool(_DENIALS[of].search(t)), bool(_REFUSALS[of].search(t))) for t, of in ((a, lang), (b, other))]
    (no, deny, refuse), (no2, deny2, refuse2) = kinds
    if any(kinds[0]) != any(kinds[1]):
        return True
    if deny != deny2:  # "denies that it refused" is not "refused"
        return not (no or no2) and (deny and refuse) != (deny2 and refuse2)
    return no != no2 and (deny or refuse) and (deny2 or refuse2)
