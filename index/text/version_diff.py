"""Pure: what changed between two versions of an article, sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from index.records import Article
from index.text.sentences import sentences


@dataclass(frozen=True, slots=True)
class Change:
    """Sentences of the old text that gave way to sentences of the new one. In code points; an empty span is a place."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int
    old: str  # old.text[old_start:old_end]; "" where something was added
    new: str  # "" where something was taken out


def changes(old: Article, new: Article) -> list[Change]:
    """The changes from one version to another, in order. Sentences that moved are taken out and added.

    >>> a, b = (Article(id="x", text=f"Nine died. {n} are hurt.") for n in ("Two", "Four"))
    >>> [(c.old, c.new) for c in changes(a, b)]
    [('Two are hurt.', 'Four are hurt.')]
    """
    mine, theirs = (sentences(article.text, article.lang) for article in (old, new))
    folded, other = ([_folded(a.text[slice(*span)]) for span in spans] for a, spans in ((old, mine), (new, theirs)))
    changed = []
    for kind, a, b, c, d in SequenceMatcher(None, folded, other, autojunk=False).get_opcodes():
        if kind == "equal" or " ".join(folded[a:b]) == " ".join(other[c:d]):
            continue
        before, after = _span(mine, a, b, old.text), _span(theirs, c, d, new.text)
        changed.append(Change(*before, *after, old.text[slice(*before)], new.text[slice(*after)]))
    return changed


def _folded(text: str) -> str:
    return " ".join(text.split())


def _span(spans: list[tuple[int, int]], first: int, last: int, text: str) -> tuple[int, int]:
    """Where sentences `first` to `last` stand together; for none of them, where they would."""
    if first < last:
        return spans[first][0], spans[last - 1][1]
    at = spans[first][0] if first < len(spans) else len(text)
    return at, at
