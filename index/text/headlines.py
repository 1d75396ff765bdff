"""Pure: a title without the outlet's name at its end: "Harbour talks resume - Reuters".

Only what is the outlet's name goes: the dash of "Gipfel in Genf – die Zeit drängt" is the headline's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.text.fold import fold
from index.text.names import WORD
from index.text.publishers import PARTS, Publishers, host_of, key, nameless, relay, transport

_TAIL = re.compile(r"^(.*\S)(?:\s+[-–—−‒|·•»]\s+|\s*[|｜]\s*|\s*－\s*|\s+::\s+)(\S.*)$", re.DOTALL)
LONGEST = 80  # characters of an outlet's name


def headline(title: str, names: Iterable[str], url: str, publishers: Publishers) -> str:
    """The title without the names of its outlet at its end. `names`: what the feed, the entry or the page call it.

    >>> headline("Gipfel im Hafen – DIE ZEIT", ["ZEIT ONLINE"], "https://www.zeit.de/a", Publishers())
    'Gipfel im Hafen'
    """
    known = _known(tuple(names), url, publishers)
    while (match := _TAIL.match(title)) and len(match[2]) <= LONGEST and _says_something(match[1]):
        own = known.get(key(match[2])) or known.get(key(match[2]).removeprefix("www."))
        own = match[2] if own is None and _named_after(match[2], url) else own
        if own is None or (match[2][:1].islower() and own[:1].isupper() and "." not in match[2]):
            break
        title = match[1]
    return title


def last_part(title: str) -> tuple[str, str]:
    """(headline, outlet) of a title that is known to end in its outlet, as those of Google News; ("", "") if it does not."""
    match = _TAIL.match(title)
    return (match[1], match[2]) if match and len(match[2]) <= LONGEST and _says_something(match[1]) else ("", "")


def outlet_in(name: str, url: str) -> str:
    """The part of a feed's title that its host is named after, without its section or slogan; else the title as it is.

    >>> outlet_in("Folha do Rio - Em cima da hora - Principal", "https://www.folhadorio.example/1")
    'Folha do Rio'
    """
    every = PARTS.split(name)
    parts = [part for part in every if part and not relay(part) and not nameless(part)]
    if len(every) < 2 or not parts:
        return name
    named = next((part for part in (parts[0], parts[-1], *parts) if _named_after(part, url)), "")
    return named or (parts[0] if len(parts) == 1 or "»" in name else name)


def _known(names: tuple[str, ...], url: str, publishers: Publishers) -> dict[str, str]:
    """Key of a name -> as it is written: of the outlet, of all that is known of it, of its host."""
    made: dict[str, str] = {}
    there = publishers.at(url)
    host = host_of(url)
    every = [name for name in names if not transport(name)]
    every += [outlet_in(name, url) for name in every]
    every += [other for name in every for other in publishers.names(name)]
    every += [there.name, *there.names, *there.hosts] if there else []
    every += [name for name in (host, host.partition(".")[2]) if "." in name]
    for name in every:
        made.setdefault(key(name), name)
    return made


def _named_after(name: str, url: str) -> bool:
    """Whether a host has a name's letters: "Terlower Bote" and terlower-bote.example."""
    letters, host = _letters(name), host_of(url)
    labels = {_letters(label) for label in host.split(".")} | {_letters(host)}
    return len(letters) > 2 and letters in labels


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))


def _says_something(title: str) -> bool:
    """Whether a headline is left: two words, or four letters of a script without spaces."""
    return len(WORD.findall(title)) > 1 or sum(letter > "\u2e80" for letter in title) >= 4
