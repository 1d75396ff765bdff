"""Pure: who publishes an entry of a feed, and its title without that name. Not who carries it: Google News, FeedBurner."""

from __future__ import annotations

from dataclasses import dataclass

from index.text.headlines import headline, last_part, outlet_in
from index.text.publishers import SHIPPED, carried, nameless, transport
from index.text.sites import host, same_site


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryNames:
    """What a feed and one of its entries say of the outlet."""

    title: str  # of the feed
    source: str = ""  # whom the entry names
    source_url: str = ""
    home: str = ""  # the page that the feed says it is of

    def of(self, title: str, address: str, feed_site: str, *, foreign: bool) -> tuple[str, str]:
        """(the entry's title, its outlet). `address`: the entry's; `foreign`: it is of another site than the feed."""
        outlet = self._outlet(address, feed_site, foreign)
        if not outlet and host(address) == "news.google.com":  # each of its titles ends in the outlet
            title, outlet = last_part(title) if last_part(title)[0] else (title, "")
        at = self.source_url or address or feed_site
        names = [name for name in (outlet, self.source, "" if foreign else self.title) if name]
        return headline(title, names, at, SHIPPED), outlet

    def _outlet(self, address: str, feed_site: str, foreign: bool) -> str:
        if self.source and not transport(self.source):
            return self.source
        there = SHIPPED.at(address)
        relayed = carried(feed_site) == "relay" and same_site(self.home, address)
        if foreign and not relayed:
            return there.name if there else host(address)
        if nameless(self.title) or not self.title:
            return there.name if there else host(address or feed_site)
        site = self.home if relayed else address or feed_site
        own = outlet_in(self.title, site)
        if transport(own):
            return there.name if there else ""
        return there.name if there and SHIPPED.shown(own, site) == there.name else own
