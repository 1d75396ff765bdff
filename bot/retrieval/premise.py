"""What the articles say in place of what a question takes for granted: "Who was shot in Port Varrow?" -> "Nobody was hurt."."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.retrieval.candidates import Candidate, has_name
from bot.retrieval.deciding import contradicts, named, none_of
from bot.retrieval.evidence import Evidence
from bot.retrieval.sentence_standing import is_prose
from index.text.names import holds_name
from index.text.quotation_marks import quotations

NEAR = 0.78  # likeness of words from which two are taken for one in another form or language


def instead(evidence: Evidence) -> Candidate | None:
    """What the articles say in place of what a question takes for granted.

    The opposite of its act, that it was nobody's, or a sentence that has all of its content but one name; None if none is near.
    """
    if evidence.candidates and contradicts(evidence.question, evidence.candidates[0]):
        return evidence.candidates[0]
    nobody = next((c for c in evidence.candidates if none_of(evidence.question, c)), None)
    if nobody and named(evidence.question, nobody):
        return nobody
    asked, topic = evidence.question.words, evidence.question.topic_words
    content = [i for i, word in enumerate(asked) if word.content]
    # "What did X say?" asks about nothing else: anybody else's words are no answer to it.
    names = [i for i in content if asked[i].name and topic - {i}]
    if not topic or all(asked[i].name for i in content):  # "Who is Mara Olsen?" is no question about another Olsen
        return None
    spoken = evidence.question.speakers
    best, nearest_yet = NEAR, None
    for candidate in evidence.candidates:
        if len(candidate.cover) != len(asked) or not is_prose(candidate):  # found in another way; or it tells nothing itself
            continue
        same = candidate.passage.lang == evidence.lang
        if spoken and not holds_name(spoken[-1], candidate.text, same_lang=same):  # another's words
            continue
        here = list(candidate.cover)
        for i in names:
            if holds_name(asked[i].text, candidate.text, same_lang=same):
                here[i] = 1.0
        least = sorted(content, key=lambda i: here[i])
        rest = least[1:] if least and least[0] in names else least  # the name to leave out is the least near
        out = asked[least[0]].text  # another fire than that one, where its article lacks it
        elsewhere = rest is not least and not has_name(candidate.passage, out, evidence.lang)
        if rest and here[rest[0]] > best and not elsewhere:
            best, nearest_yet = here[rest[0]], candidate
    return nearest_yet


def of_the_named(evidence: Evidence) -> Evidence:
    """ "Who is P Wilson?", "What did Marn say about the lock?": what names that one, or quotes her in an article on the lock.

    The same evidence where no sentence does.
    """
    question = evidence.question
    content = [word for word in question.words if word.content]
    found: tuple[Candidate, ...] = ()
    if question.kind == "who" and len(content) > 1 and all(word.name for word in content):
        name = re.compile(r"(?<!\w)" + r"\W{1,3}".join(re.escape(word.text) for word in content) + r"(?!\w)")
        found = tuple(candidate for candidate in evidence.candidates if name.search(candidate.text))
    elif question.speakers and (near := instead(evidence)) and quotations(near.text) and named(question, near):
        found = (near,)
    return replace(evidence, candidates=found, probability=1.0, absent=()) if found else evidence
