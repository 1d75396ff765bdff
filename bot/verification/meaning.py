"""Pure: what turns the meaning of a sentence although every word of it is there: negation, denial, modality, attribution, what
is to come told as done, "at most" for "at least", a fall for a rise.

    turned("Olsen confirmed it", "en", "Olsen no lo confirmó", "es") == ["negation"]

By words of each language by itself: "no" denies in Spanish and means "in the" in Portuguese.
"""

from __future__ import annotations

import re

from bot.questions import question_kind
from bot.verification import vocabulary
from index.text.fold import fold
from index.text.lexicon import Lexicon
from index.text.names import content_stems, holds_name, names_in
from index.text.numbers import numbers_in

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
    r"expect\w*|"
    r"possibl[ey]|likely|perhaps|suspected|appears?|seems?|if|wants?|propos\w+|said to",
    "es": r"podri\w+|habri\w+|seri\w+|tendri\w+|\w{3,}ri(?:a|an)|puede\w*|presunt\w+|supuest\w+|segun|preve\w*|"
    r"planea\w*|posibl[ey]\w*|"
    r"quiza\w*|si|acus\w+|esper(?:a|an|aba\w*)",
    "fr": r"pourrai\w+|aurai\w+|serai\w+|devrai\w+|\w{3,}rai(?:t|ent)|peut|peuvent|presume\w*|selon|prevoi\w+|"
    r"envisag\w+|si|accus\w+|atten(?:d|dai\w*|dent|du\w*)|s'attend\w*",
    "de": r"konnte\w*|wuerden?|erwart\w+|rechne\w+|durfte\w*|soll\w*|angeblich\w*|mutmasslich\w*|laut|plant\w*|"
    r"moglich\w*|vielleicht|"
    r"wenn|falls|"
    r"vorw\w+|w(?:ar|ir|er)ft?\w* .{0,60}vor|zufolge|nach angaben",
    "pt": r"poder(?:a|ao|ia\w*)|teri\w+|seria\w*|\w{3,}ri(?:a|am)|pode\w*|suposta?\w*|alegad\w+|segundo|planeja\w*|"
    r"possive\w+|talvez|se|"
    r"acus\w+|esper(?:a|am|ava\w*)",
}


def _compiled(table: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {lang: re.compile(rf"(?<!\w)(?:{words})(?!\w)") for lang, words in table.items()}


_NOTS, _DENIALS, _REFUSALS, _MODALS = map(_compiled, (_NOT, _DENY, _REFUSE, _MODAL))
_MAY = re.compile(r"(?<=\w )May\b|\bMay(?= \d)")  # the month


def turned(text: str, lang: str, evidence: str, other: str) -> list[str]:
    """What turns the meaning: negation or denial on one side only, modality and attribution that the sentence drops, what is
    yet to come told as done, another bound or direction of a quantity.

    Of its evidence only the clause counts that the sentence is about, where names and numbers tell which.
    """
    evidence = clause(text, lang, evidence, other)
    a, b = (fold(_MAY.sub(" ", t).replace("’", "'").replace("ürde", "uerde")) for t in (text, evidence))
    found = []
    if _opposed(a, lang, b, other):
        found.append("negation")
    hedged = lang in _MODALS and other in _MODALS and bool(_MODALS[other].search(b))
    if hedged and not _MODALS[lang].search(a) and not Lexicon(lang).saying.search(a):
        found.append("modality")
    if told_as_done(text, lang, evidence, other):
        found.append("what is to come")
    return found + [name for name, kinds in _SCALES.items() if _other_kind(kinds, a, lang, b, other)]


_CLAUSE = re.compile(
    r";|–|—|, (?=(?:but|while|whereas|although|pero|mientras|aunque|mais|tandis|alors que|aber|sondern|wahrend|während|"
    r"doch|mas|"
    r"enquanto|embora)\b)"
)


def clause(text: str, lang: str, evidence: str, other: str) -> str:
    """The clause of its evidence that a sentence is about; all of it, where that is not sure.

    >>> clause("Ute Lang asked for money.", "en", "Lang forderte Geld; Petersen lehnte ab.", "de")
    'Lang forderte Geld'
    """
    pieces = [piece.strip() for piece in _CLAUSE.split(evidence) if piece.strip()]
    if len(pieces) < 2:
        return evidence
    named, counted = names_in(f"x {text}", lang), numbers_in(text, lang)
    scores = [
        sum(holds_name(name, piece, same_lang=lang == other) for name in named)
        + len(counted & numbers_in(piece, other))
        + (len(content_stems(text, lang) & content_stems(piece, other)) if lang == other else 0)
        for piece in pieces
    ]
    best = max(scores)
    return pieces[scores.index(best)] if best and sorted(scores)[-2] < best / 2 else evidence


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


# What is to come -------------------------------------------------------------------------------------------------------------

_AHEAD = {  # not folded: the accent makes the tense
    "en": r"will|shall|\w+'ll|plan(?:s|ned)? to|promis\w+|pledg\w+|vow\w*|intend\w*|going to|due to|about to|set to|"
    r"(?:is|are) to|"
    r"wants?|urg\w+|ask\w*|demand\w*|call(?:s|ed)? (?:for|on)|agree[ds]? to|offer\w*|would|could|may|might|should|"
    r"seeks?|sought",
    "es": r"\w{2,}(?:rá|rán|remos)|van? a|promet\w+|prev[eé]n?|previst\w+|planea\w*|pretend\w+|pid\w+|exig\w+|quier\w+|"
    r"acord\w+|ofrec\w+|"
    r"\w{3,}ría\w*|pued\w+|propon\w+|propus\w+",
    "fr": r"\w{3,}(?:era|eront|ira|iront|dra|dront|vra|vront)|sera|seront|aura|auront|va|vont|prom(?:et|is)\w*|prévo\w+|"
    r"prévue?s?|veut|"
    r"veulent|exig\w+|demand\w+|\w{3,}rai(?:t|ent)|peut|peuvent|doit|doivent|propos\w+|accept\w+ de",
    "de": r"wird|werden|soll\w*|will|wollen|verspr\w+|versproch\w+|plan\w*|forder\w*|verlang\w*|würde\w*|könnt\w*|möcht\w*|"
    r"bot|bietet|vereinbar\w+|zu \w+en",
    "pt": r"\w{2,}(?:rá|rão)|vai|vão|promet\w+|prev[êe]\w{0,3}|previst\w+|pretend\w+|quer|querem|exig\w+|ped\w+|"
    r"\w{3,}ria\w*|pod\w+|"
    r"deve\w*|propõ\w+",
}
_DONE = {
    "en": r"\w{3,}ed|was|were|had|has|have|won|sold|bought|built|left|met|began|gave|took|went|came|held|made|paid|sent|"
    r"rose|fell",
    "es": r"\w{2,}(?:ó|aron|ieron|eron)|ha[n]? \w+d[oa]s?|fue(?:ron)?",
    "fr": r"(?:a|ont|est|sont) (?:\w+ )?(?:été )?\w+(?:é|ée|és|ées|i|is|u|us|it|its|ert|erte|oint|eint)",
    "de": r"(?:hat|haben|ist|sind)\b.{0,80}\bge\w+(?:t|en)|\w{3,}te|\w{3,}ten|war|waren",
    "pt": r"\w{2,}(?:ou|aram|eram|iram|eu|iu)|foi|foram",
}
_COMING, _PAST = _compiled(_AHEAD), _compiled(_DONE)


def told_as_done(text: str, lang: str, evidence: str, other: str) -> bool:
    """Whether a sentence says of something that it happened, where its evidence knows only that it is to come.

    >>> told_as_done("Kovar resumed the talks.", "en", "Kovar will resume the talks, diplomats said.", "en")
    True
    """
    if lang not in _COMING or other not in _COMING:
        return False
    a, b = (_MAY.sub(" ", t).lower().replace("’", "'") for t in (text, evidence))
    if not _COMING[other].search(b) or _COMING[lang].search(a):
        return False
    mine, theirs = (_saying_less(_COMING[of].sub(" ", t), of) for t, of in ((a, lang), (b, other)))
    return bool(_PAST[lang].search(mine)) and not _PAST[other].search(theirs)


def _saying_less(text: str, lang: str) -> str:
    """A text without its words of saying: "said" is of the past whatever was said."""
    return " ".join(word for word in text.split() if not question_kind.is_saying(word, lang))


# Quantities ------------------------------------------------------------------------------------------------------------------

# What is measured -> its kinds, folded, in all languages: those of two languages are not mistaken for one another here.
_SCALES: dict[str, dict[str, re.Pattern[str]]] = {
    scale: {kind: re.compile(rf"(?<!\w)(?:{forms})(?!\w)") for kind, forms in kinds.items()}
    for scale, kinds in {
        "bound": {
            "more": r"more than|at least|no fewer than|not less than|mas (?:de|que)|al menos|por lo menos|como minimo|"
            r"plus (?:d[e']|qu[e'])|au moins|"
            r"mehr als|mindestens|wenigstens|mais (?:de|do que|que)|pelo menos|ao menos|no minimo",
            "less": r"less than|fewer than|at most|no more than|not more than|menos (?:de|que)|como maximo|a lo sumo|"
            r"moins (?:d[e']|qu[e'])|au plus|"
            r"au maximum|weniger als|hochstens|maximal|no maximo",
        },
        "multiple": {
            "double": r"double[ds]?|doubling|twice|doble|duplic\w+|doppel\w+|verdoppel\w+|dobro|dobr(?:ou|aram)",
            "half": r"half|halved|halves|mitad|moitie|halfte|halbier\w+|metade",
            "third": r"thirds?|tercio|tiers|drittel\w*|terco",
            "quarter": r"quarters?|viertel\w*|la cuarta parte|um quarto",
            "fifth": r"fifths?|quinto|la quinta parte|cinquieme|funftel\w*",
            "triple": r"tripl\w+|verdreifach\w+|dreifach\w*",
        },
        "direction": {
            "up": r"rais(?:e[sd]?|ing)|ris(?:e[ns]?|ing)|rose|increas\w+|gr(?:ow\w*|ew)|climb\w*|higher|gain(?:s|ed)?|"
            r"sub(?:io|ieron|e|en|"
            r"ida|idas|ira|iran|iu|iram|ir)|aument\w+|crec\w+|crecimiento|augment\w+|hausse|progress(?:e|ent|era|eront|"
            r"ion)|grimp\w+|"
            r"stieg\w*|steig\w*|gestiegen\w*|erhoh\w*|zugenommen|wuchs\w*|gewachsen|angehoben|hoher\w*|cresc\w+|mais alt\w+",
            "down": r"cuts?|cutting|lower(?:s|ed|ing)?|f[ae]ll(?:s|en|ing)?|drop(?:s|ped|ping)?|decreas\w+|reduc\w+|"
            r"baj(?:o|aron|a|an|ada|ar)|"
            r"ca(?:yo|yeron|ida|idas|iu|iram)|recort\w+|disminu\w+|descen\w+|baiss\w+|recul(?:e|ent|er|era)|chut\w+|dimin\w+|"
            r"redui\w+|sank\w*|sink\w*|gesunken\w*|gefallen|fiel\w*|senk\w+|gesenkt\w*|ruckgang\w*|verringer\w*|niedriger\w*|"
            r"baix\w+|diminu\w+|queda|reduz\w+",
        },
        "trade": {
            "buy": r"b(?:uys?|uying|ought)|compr(?:o|aron|a|an|ar|ou|aram)|achet\w+|kauf(?:t|te|ten|en)|gekauft",
            "sell": r"s(?:ells?|elling|old)|vend(?:io|ieron|e|en|er|eu|eram)|vendu\w*|verkauf\w*",
        },
        "door": {
            "open": r"(?:re)?open(?:s|ed|ing)?|(?:re)?abri\w*|abre\w?|(?:r|re)?ouvr\w+|ouvert\w*|(?:wieder)?eroffn\w*|offne\w*",
            "shut": r"clos(?:e[sd]?|ing|ure)|shut\w*|cerr\w+|cierr\w+|ferm(?:e\w*|era|ait)|schliess\w*|schloss|"
            r"geschlossen|fech\w+",
        },
        "custody": {
            "taken": r"arrested|detained|deten\w+|detuv\w+|arrest(?:o|aron|ado\w*)|arrete\w*|verhafte\w*|festgenommen|"
            r"detid[oa]s?|"
            r"pres[oa]s?",
            "freed": r"released|freed|liber(?:o|aron|ad[oa]s?|ou|aram)|libere\w*|freigelassen|soltos?",
        },
        "staff": {
            "in": r"hir(?:e[sd]?|ing)|recruit\w*|contrat(?:o|aron|a|ar|ou|aram|ado\w*)|embauch\w+|eingestellt|"
            r"stellte .{0,40}ein",
            "out": r"dismiss(?:ed|es)|fired|laid off|despid\w+|despedid\w+|licenci\w+|entlass\w+|entliess\w*|demit\w+",
        },
        "outcome": {
            "won": r"won|wins?|winning|gan(?:o|aron|a|ar)|venc(?:io|ieron|eu|eram|e)|ganh(?:ou|aram)|remporte\w*|"
            r"gagne\w*|gewann\w*|"
            r"gewonnen|siegt\w*",
            "lost": r"los(?:t|es?|ing)|perd(?:io|ieron|e|eu|eram|u\w*)|verlor\w*",
        },
    }.items()
}


def _other_kind(kinds: dict[str, re.Pattern[str]], a: str, lang: str, b: str, other: str) -> bool:
    """Whether two folded texts have none of their kinds in common; or the same ones the other way round, of the same things."""
    mine, theirs = (
        [kind for _, kind in sorted((m.start(), kind) for kind, of in kinds.items() for m in of.finditer(text))]
        for text in (a, b)
    )
    if not mine or not theirs:
        return False
    if not set(mine) & set(theirs):
        return True
    if len(mine) == len(theirs) == 2 and mine == theirs[::-1] and mine[0] != mine[1]:
        things, others = ([vocabulary.unit(word) for word in re.findall(r"\w+", text)] for text in (a, b))
        named, there = ([unit[0] for unit in of if unit] for of in (things, others))
        return len(set(named)) >= 2 and named == there
    return False
