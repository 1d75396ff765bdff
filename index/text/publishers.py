"""Pure: who published an article: names that mean one outlet, whose a host is, and which hosts only carry what others wrote.

    publishers.called("Guardian")                       -> The Guardian
    publishers.at("https://www.theguardian.com/world")  -> The Guardian
    publishers.claim("Reuters", "https://a.example/1")  -> ("Reuters", "a.example"): it only calls itself so
    publishers.labels("The Sun", url)                   -> what reports have in common that are not independent of one another

What is known stands in `data/outlets.toml`; the settings add to it and go before it. A name that several outlets have ("The
Times") says nothing without a host.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from index.text import outlets
from index.text.fold import fold
from index.text.sites import site
from index.text.terms import UNSPACED

Tier = Literal["trusted", "", "doubtful"]
Carrier = Literal["", "relay", "aggregator", "archive"]
_CLAIM = re.compile(r"(.+) \(([^()\s]+)\)")  # how an outlet is kept that does not fit its host: "Reuters (a.example)"
PARTS = re.compile(r"\s+[-–—|»·:>]+\s+|\s*[|｜»]\s*|:\s+")  # what stands between the parts of a name: "World | Herald"
_DEVICE = re.compile(r"^(?:m|mobile|amp|touch)\.")  # the same site for telephones
_BESIDE = re.compile(rf" (?=[{UNSPACED}])|(?<=[{UNSPACED}]) ")  # spaces that are as often left out
_DOMAIN = re.compile(r"(?:[\w-]+\.)+[^\W\d]{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """One outlet."""

    name: str  # as it is shown
    names: tuple[str, ...] = ()  # what else it is called
    hosts: tuple[str, ...] = ()  # its own, without "www."; what is beneath them is its, too
    owner: str = ""  # a group that has several
    tier: Tier = ""  # as the settings say
    agency: bool = False  # others print its reports
    shared: bool = False  # other outlets have its name


@dataclass(frozen=True)
class Publishers:
    """All that is known. Hashable, so that look-ups are remembered."""

    own: tuple[Publisher, ...] = ()  # of the settings

    @cached_property
    def _all(self) -> tuple[Publisher, ...]:
        told = {name for publisher in self.own for name in (publisher.name, *publisher.names)}
        return (*self.own, *(one for one in _shipped() if one.name not in told))

    @cached_property
    def _names(self) -> dict[str, Publisher]:
        """Key -> outlet; where two have it, the first."""
        return {form: publisher for publisher in reversed(self._all) for form in _forms_of(publisher)}

    @cached_property
    def _hosts(self) -> dict[str, Publisher]:
        return {host: publisher for publisher in reversed(self._all) for host in publisher.hosts}

    # Whose

    def called(self, name: str) -> Publisher | None:
        """The outlet of that name, also under another of its names or as its host; None if none is known."""
        words = key(_undisguised(name.strip().lower().removeprefix("www.")))
        return self._names.get(words) or self._names.get(words.removeprefix("the "))

    def at(self, url: str) -> Publisher | None:
        """The outlet whose host an address has, behind what only carries it."""
        host = host_of(url)
        while host:
            if host in self._hosts:
                return self._hosts[host]
            host = host.partition(".")[2]
        return None

    def fits(self, publisher: Publisher, url: str) -> bool:
        """Whether an outlet may be the one of an address: it is its host's, or of its owner, or nobody knows."""
        host = host_of(url)
        if not host or not publisher.hosts or carried(url) == "aggregator":
            return True
        there = self.at(url)
        return there is not None and (there == publisher or bool(there.owner and there.owner == publisher.owner))

    def claim(self, outlet: str, url: str) -> tuple[str, str] | None:
        """(the name that an outlet gives itself, where it is from), where it is another's name; None if it may be right."""
        kept = _CLAIM.fullmatch(outlet)
        name, told = (kept[1], kept[2]) if kept else (outlet, "")
        publisher = self.called(name) or self._section(name)
        if publisher is None:
            return None
        if kept:
            fits = self.fits(publisher, f"http://{told}/") and bool(_DOMAIN.fullmatch(told))
            return None if fits else (name, told)
        return None if publisher.shared or self.fits(publisher, url) else (name, host_of(url))

    def _section(self, name: str) -> Publisher | None:
        """The outlet of "Reuters - World", "World | Reuters"."""
        parts = re.split(r"\s+[-–—|»>]\s+|\s*[|｜»]\s*", name)
        return next((one for part in (parts[0], parts[-1]) if (one := self.called(part))), None) if len(parts) > 1 else None

    # What it is called

    def shown(self, outlet: str, url: str = "") -> str:
        """The name by which an outlet is known; a claim as it is kept.

        >>> Publishers().shown("Guardian"), Publishers().shown("Reuters", "https://a.example/1")
        ('The Guardian', 'Reuters (a.example)')
        """
        if claim := self.claim(outlet, url):
            return f"{claim[0]} ({claim[1]})"
        if kept := _CLAIM.fullmatch(outlet):
            publisher = self.called(kept[1])
            return publisher.name if publisher else outlet
        there = self.at(url)
        if there and (not outlet or any(form in _forms_of(there) for form in _heads(outlet))):
            return there.name
        publisher = self.called(outlet)
        return publisher.name if publisher and not publisher.shared else outlet

    def kept(self, outlet: str, url: str) -> str:
        """The name as it came in; with where it is from, if it is another's: "Reuters (a.example)"."""
        claim = self.claim(outlet, url)
        return f"{claim[0]} ({claim[1]})" if claim else outlet

    def spellings(self, name: str) -> frozenset[str]:
        """Every folded way in which an outlet of that name may be kept: for filters."""
        publisher = self.called(name)
        bare = _bare(fold(name.strip()))
        plain = {fold(name.strip()), bare, *(f"{article} {bare}" for article in outlets.words("articles"))}
        if publisher:
            plain |= {fold(one) for one in (publisher.name, *publisher.names, *publisher.hosts)}
            plain |= {_bare(one) for one in plain}
        return frozenset(plain)

    def names(self, name: str) -> tuple[str, ...]:
        """What else an outlet is called, with the name itself."""
        publisher = self.called(name)
        return (name, publisher.name, *publisher.names) if publisher else (name,)

    # What counts as one

    def labels(self, outlet: str, url: str = "", agency: str = "") -> frozenset[str]:
        """Marks of whose report it is. Two reports that share one are not independent: one outlet, one site, one owner, or one
        agency. Empty: nobody knows.

        >>> sorted(Publishers().labels("Guardian", "https://www.theguardian.com/1"))
        ['outlet guardian', 'owner guardian media group', 'site theguardian.com']
        """
        if agency:
            return frozenset(self._label(name) for name in agency.split(", "))
        made: set[str] = set()
        host = host_of(url)
        if host and not _kind(host):
            made.add(f"site {site('http://' + _DEVICE.sub('', host))}")
        claim = self.claim(outlet, url)
        if claim:
            return frozenset(made or {f"site {claim[1]}"})
        publisher = self.at(url) or self.called(outlet)
        if publisher and not (publisher.shared and made and publisher != self.at(url)):
            made.add(self._label(publisher.name))
            made |= {f"owner {fold(publisher.owner)}"} if publisher.owner else set()
        elif outlet and not publisher:
            made.add(self._label(outlet))
        return frozenset(made)

    def _label(self, name: str) -> str:
        publisher = self.called(name)
        return f"outlet {key(publisher.name if publisher else name).removeprefix('the ')}"

    def tier(self, outlet: str, url: str = "") -> Tier:
        """How far the settings trust an outlet; one that claims another's name is doubtful."""
        if self.claim(outlet, url):
            return "doubtful"
        publisher = self.at(url) or self.called(outlet)
        return publisher.tier if publisher else ""


def independent(reports: Iterable[frozenset[str]]) -> int:
    """How many of some reports, each with its labels, are independent. One without a label counts: nobody knows.

    A report that two agencies signed adds nothing to theirs.

    >>> independent([frozenset({"site a"}), frozenset({"site a", "owner b"}), frozenset({"owner b"})])
    1
    """
    count, seen = 0, list[frozenset[str]]()
    for labels in reports:
        if not labels:
            count += 1
            continue
        joined = [one for one in seen if one & labels]
        seen = [one for one in seen if not one & labels] + [labels.union(*joined)]
    return count + len(seen)


# Hosts ------------------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def host_of(url: str) -> str:
    """The host of the page that an address leads to, without "www.": behind archives, translations and links of aggregators.

    >>> host_of("https://web.archive.org/web/2024/https://www.lemonde.fr/a"), host_of("https://www-zeit-de.translate.goog/")
    ('lemonde.fr', 'zeit.de')
    """
    return _host(behind(url))


def behind(url: str) -> str:
    """The address of the page that another one leads to, or keeps a copy or a translation of."""
    for _ in range(2):
        inner = (forwarded(url) or _copied(url)) if _kind(_host(url, www=True)) else ""
        if not inner:
            break
        url = inner
    return url


@lru_cache(maxsize=4096)
def forwarded(url: str) -> str:
    """The address that a link of Bing News or of Google Alerts forwards to; "" if it is none of these."""
    host = _host(url, www=True)
    if not (_within(host, "aggregator_hosts") or _within(host, "relay_hosts")):
        return ""
    query = parse_qs(urlsplit(url).query[:4000])
    return next((link for name in ("url", "q", "u") for link in query.get(name, ()) if re.match("https?://", link)), "")


@lru_cache(maxsize=4096)
def _copied(url: str) -> str:
    host = _host(url, www=True)
    if not host:
        return ""
    parts = urlsplit(url)
    if host.endswith((".translate.goog", ".cdn.ampproject.org")):
        label = host.split(".")[0]
        name = re.sub(r"--|-", lambda match: "-" if match.group() == "--" else ".", label)
        return f"https://{name}{parts.path}"
    if host in ("www.google.com", "google.com") and (amp := re.match(r"/amp/s?/?([^/]+\.[^/]+.*)", parts.path)):
        return f"https://{amp[1]}"
    if _within(host, "archive_hosts") and (copy := re.search(r"/(https?:/{1,2}[^/].*)", parts.path)):
        return re.sub(r"^(https?:)/{1,2}", r"\1//", copy[1])
    return ""


def carried(url: str) -> Carrier:
    """What kind of host only carries what stands at an address; "" if it is a publisher's."""
    return _kind(_host(behind(url), www=True))


@lru_cache(maxsize=4096)
def _kind(host: str) -> Carrier:
    return next((kind for table, kind in _CARRIERS if _within(host, table)), "")


_CARRIERS: tuple[tuple[str, Carrier], ...] = (
    ("relay_hosts", "relay"), ("aggregator_hosts", "aggregator"), ("archive_hosts", "archive"),
)  # fmt: skip


def _within(host: str, table: str) -> bool:
    """Whether a host is one of a table or beneath it; of one with "www." nothing beneath is: sites.google.com."""
    hosts = outlets.words(table)
    parts = host.removeprefix("www.").split(".")
    return host in hosts or f"www.{host}" in hosts or any(".".join(parts[n:]) in hosts for n in range(len(parts)))


def _host(url: str, *, www: bool = False) -> str:
    try:
        host = (urlsplit(url.strip()).hostname or "").rstrip(".")
    except ValueError:
        return ""
    return host if www else host.removeprefix("www.")


# Names ------------------------------------------------------------------------------------------------------------------------


# Cyrillic and Greek letters that look like Latin ones
_LOOK_ALIKE = str.maketrans("аеорсухіјѕԁһӏкмтвгпαοριεκντυχγ", "aeopcyxijsdhlkmtbrnaopiekvtuxy")


def _undisguised(name: str) -> str:
    """A name whose words do not mix alphabets: "Rеuters" with a Cyrillic letter calls itself Reuters.

    >>> _undisguised("r\u0435uters") == "reuters", _undisguised("вести") == "вести"
    (True, True)
    """
    words = name.split(" ")
    mixed = [any("a" <= letter <= "z" for letter in word) and not word.isascii() for word in words]
    return " ".join(word.translate(_LOOK_ALIKE) if mix else word for word, mix in zip(words, mixed, strict=True))


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """The words of a name, folded: what names are compared by.

    >>> key("F.A.Z."), key("EL PAÍS"), key("Agence France-Presse"), key("BBC 中文") == key("BBC中文")
    ('f.a.z.', 'el pais', 'agence france presse', True)
    """
    return _BESIDE.sub("", " ".join(re.sub(r"[-–—_/«»\"“”„']+", " ", fold(name)).split()))


def nameless(name: str) -> bool:
    """Whether a title names nobody: "RSS", "Startseite"."""
    plain = " ".join(fold(name).split())
    return plain.startswith(("http://", "https://")) or bool(outlets.pattern("nameless").fullmatch(plain))


def relay(name: str) -> bool:
    """Whether it is what a relay adds to the title of a feed: "Kill the Newsletter"."""
    return bool(outlets.pattern("relay_names").fullmatch(" ".join(fold(name).split())))


def transport(name: str) -> bool:
    """Whether a title of a feed, or the name that a page gives itself, names no outlet but what carries them, or nobody at all.

    >>> transport("«UN» - Google News"), transport("MSN"), transport("Startseite"), transport("Terlower Bote")
    (True, True, True, False)
    """
    plain = " ".join(fold(name).split())
    carrier = outlets.pattern("transport_names")
    parts = PARTS.split(plain)
    return (
        not plain
        or nameless(name)
        or relay(name)
        or any(carrier.fullmatch(part.strip(" \"'«»-–—")) for part in (parts[0], parts[-1]))
    )


def _heads(outlet: str) -> Iterator[str]:
    """The keys of a name and of the first and last part of one with a section or a slogan: "World | The Guardian"."""
    parts = PARTS.split(outlet)
    yield from dict.fromkeys(key(part) for part in (outlet, parts[0], parts[-1]))


def _bare(name: str) -> str:
    """A folded name without the article that it begins with."""
    first, _, rest = name.partition(" ")
    return rest if rest and first in outlets.words("articles") else name


def _forms(name: str) -> tuple[str, ...]:
    full = key(name)
    return tuple(dict.fromkeys((full, _bare(full), full.replace(".", ""))))


@lru_cache(maxsize=1024)
def _forms_of(publisher: Publisher) -> frozenset[str]:
    return frozenset(form for name in (publisher.name, *publisher.names, *publisher.hosts) for form in _forms(name))


@cache
def _shipped() -> tuple[Publisher, ...]:
    return tuple(
        Publisher(
            name=name,
            names=tuple(filter(None, str(row.get("names", "")).split("|"))),
            hosts=tuple(str(row.get("hosts", "")).split()),
            owner=str(row.get("owner", "")),
            agency=bool(row.get("agency")),
            shared=bool(row.get("shared")),
        )
        for name, row in outlets.known().items()
    )


SHIPPED = Publishers()
