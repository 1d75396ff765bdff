"""English: the verbs that announce speech and the small words around them.

Verbs were kept or dropped by how often annotators of news took them as a cue (`scripts/eval_quotes.py --cues`).
"""

from __future__ import annotations

from collections.abc import Iterator

from index.quotes.cues import Language, table, words

ENGLISH = """
asserts c: say add note claim argue explain insist declare suggest acknowledge recall contend stress emphasize emphasise
  reiterate assert opine concede admit conclude observe reveal confirm disclose boast brag joke quip lament complain mention
  estimate predict allege assume reckon imply testify caution tweet retweet theorize elaborate clarify report announce
  indicate hint signal recount attest posit retort counter concur underscore underline repeat write
asserts d: reply respond answer begin continue conclude finish interject offer post email blog text state maintain remark
  comment reason shout yell chant exclaim cry scream whisper mutter murmur beam smile laugh sigh snap gush intone proclaim
  deadpan roar bellow read thunder chime crow rail muse scoff sneer bark blurt marvel rejoice
asserts t: tell inform assure remind notify reassure advise brief
denies c: deny refute rebut
denies o: reject dismiss dispute repudiate disavow downplay
asks c: ask wonder inquire enquire
asks o: question query
threatens vc: threaten
warns tcp: warn
promises vd: vow pledge promise swear
refuses v: decline refuse
agrees vc: agree
urges t: urge encourage implore beseech exhort instruct order
urges oc: demand propose recommend request
accuses o: accuse blame
criticizes op: criticize criticise blast slam condemn denounce decry attack assail mock ridicule deride lambaste bemoan
  chide berate pan
praises o: praise applaud hail laud tout commend thank endorse welcome
asserts o: defend describe portray characterize characterise highlight discuss cite invoke echo express voice outline detail
  reference
calls np: call
calls n: label brand dub describe term deem
believes c: believe think fear hope expect doubt suspect
believes d: know realize understand feel worry
intends v: want hope seek plan intend prefer
finds c: show suggest
finds d: find prove demonstrate learn
"""
IRREGULAR = """say:says,said,said,saying tell:tells,told,told,telling write:writes,wrote,written,writing
  think:thinks,thought,thought,
thinking know:knows,knew,known,knowing find:finds,found,found,finding feel:feels,felt,felt,feeling
  begin:begins,began,begun,beginning
show:shows,showed,shown,showing swear:swears,swore,sworn,swearing read:reads,read,read,reading
  understand:understands,understood,
understood,understanding seek:seeks,sought,sought,seeking deny:denies,denied,denied,denying
  prove:proves,proved,proven,proving"""
DOUBLED = frozenset("admit blog chat chip pan rebut refer brag quip submit".split())


def english() -> Language:
    """The table of English."""
    return Language(
        cues=table(ENGLISH, _forms),
        that=frozenset({"that"}),
        auxiliaries=words("has have had is was were are be been being will would could can may might must should did"
                " does do not never to"
                         " hasn’t haven’t hadn’t isn’t wasn’t weren’t aren’t won’t wouldn’t didn’t doesn’t don’t"
                                 " couldn’t can’t cannot"),
        adverbs=words("also later then now again still once often always sometimes simply just even already further instead"
                     " perhaps first both all went on famously yet soon long"),
        determiners=words("the a an this that these those his her its their my our your some many several most all both"
                " one two three four"
                         " five six ten another each every no other few dozens hundreds thousands"),
        prepositions=words("in on at by for with from about during after before under over into through against among"
                " between since until"
                          " despite without within amid to of as like near per via speaking asked following according"
                                  " citing besides"
                          " throughout upon toward towards regarding given"),
        inside=words("of for from at with in"),
        breaks=words("that which while when where as because since though although if unless whether what how why so"
                " than after before"
                    " until whereas whose once"),
        conjunctions=words("and but or yet"),
        pronouns=words("he she they it we i you who"),
        relatives=words("who which"),
        according=(("according", "to"), ("in", "the", "words", "of")),
        when=words("monday tuesday wednesday thursday friday saturday sunday january february march april may june july"
                " august september"
                  " october november december yesterday today tonight tomorrow earlier later recently afterward"
                          " afterwards last this next"
                  " week month year night morning afternoon evening ago"),
        indirect=True,
        mends_spaces=True,
    )  # fmt: skip


IRREGULAR_FORMS = {
    lemma: forms.split(",") for lemma, _, forms in (entry.partition(":") for entry in IRREGULAR.replace(",\n", ",").split())
}


def _forms(lemma: str) -> Iterator[tuple[str, str]]:
    name = lemma.partition("-")[0]
    third, past, participle, ing = IRREGULAR_FORMS.get(name) or _english_forms(name)
    yield from ((third, "finite"), (past, "finite"), (participle, "finite"), (ing, "ing"), (name, "base"))


def _english_forms(lemma: str) -> tuple[str, str, str, str]:
    """Third person, past, participle, -ing."""
    if lemma.endswith("e"):
        past, ing = lemma + "d", lemma[:-1] + "ing"
    elif lemma.endswith("y") and lemma[-2] not in "aeiou":
        past, ing = lemma[:-1] + "ied", lemma + "ing"
    elif lemma in DOUBLED:
        past, ing = lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing"
    else:
        past, ing = lemma + "ed", lemma + "ing"
    if lemma.endswith(("s", "sh", "ch", "x")):
        third = lemma + "es"
    else:
        third = lemma[:-1] + "ies" if past.endswith("ied") and lemma.endswith("y") else lemma + "s"
    return third, past, past, ing
