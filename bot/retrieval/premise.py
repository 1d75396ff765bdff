"""What the articles say in place of what a question takes for granted: "Who was shot in Port Varrow?" -> "Nobody was hurt."."""

from __future__ import annotations

from bot.retrieval.evidence import Candidate, Evidence
from index.text.names import holds_name

NEAR = 0.78  # likeness of words from which two are taken for one in another form or language


def instead(evidence: Evidence) -> Candidate | None:
    """What the articles say in place of what a question takes for granted: a sentence that has all of its content but one name.

    None if no sentence is near enough.
    """
    asked, topic = evidence.question.words, evidence.question.topic_words
    content = [i for i, word in enumerate(asked) if word.content]
    # "What did X say?" asks about nothing else: anybody else's words are no answer to it.
    names = [i for i in content if asked[i].name and topic - {i}]
    if not topic:
        return None
    best, nearest_yet = NEAR, None
    for candidate in evidence.candidates:
        if len(candidate.cover) != len(asked):  # found in another way than by the question's words
            continue
        same = candidate.passage.lang == evidence.lang
        here = list(candidate.cover)
        for i in names:
            if holds_name(asked[i].text, candidate.text, same_lang=same):
                here[i] = 1.0
        least = sorted(content, key=lambda i: here[i])
        rest = least[1:] if least and least[0] in names else least  # the name to leave out is the least near
        if rest and here[rest[0]] > best:
            best, nearest_yet = here[rest[0]], candidate
    return nearest_yet
