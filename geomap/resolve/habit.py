"""What the articles of one source have in common: a local paper writes about its own state, day after day.

Many documents are read together, so what is likely in the others of a source tells which of fifty towns
of one name is meant in this one.  A document is never its own witness.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from geomap.gazetteer.tables import countries
from geomap.model import Place

__all__ = ["NO_HABIT", "Habit", "Habits", "at_home", "home_country", "publisher", "share_out"]

# A few articles are no habit: shares are as if so many more had been read, about nowhere.
UNSEEN_DOCUMENTS = 2.0
# A place counts when it is at least this likely.
LIKELY = 0.5
_ADDRESS = re.compile(r"(?:[a-z]+://)?[^\s/]+\.[^\s/]+(?:/\S*)?", re.IGNORECASE)
# Domains of countries that anybody rents, because of what they spell.
_RENTED = frozenset(
    {
        "ag", "ai", "as", "cc", "co", "dj", "fm", "gg", "im", "io", "la", "ly", "me", "ms", "mu", "nu",
        "pm", "pw", "sc", "sh", "st", "tk", "to", "tv", "vc", "ws",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Habit:
    """How the places in a source's articles share out among states and provinces; each article weighs the same.

    `own` is the part of the document in question, which is left out; `country` is where the source is at home,
    as a code of two letters, or ''.
    """

    by_admin1: Mapping[str, float]
    documents: int
    own: Mapping[str, float] = field(default_factory=dict)
    country: str = ""

    @property
    def others(self) -> int:
        """Return how many other articles of the source say something."""
        return self.documents - bool(self.own)

    def share(self, admin1_id: str) -> float:
        """Return the share of the other articles' places that lie in a state or province, by its id."""
        others = self.others
        if not others:
            return 0.0
        return (self.by_admin1.get(admin1_id, 0.0) - self.own.get(admin1_id, 0.0)) / (others + UNSEEN_DOCUMENTS)


NO_HABIT = Habit({}, 0)


class Habits:
    """The habits of every source read so far."""

    def __init__(self) -> None:
        self._by_admin1: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._documents: Counter[str] = Counter()

    def add(self, source: str, shares: Mapping[str, float]) -> None:
        """Take note of one article's places (see `share_out`); one without places, or of nobody, says nothing."""
        if source and shares:
            self._by_admin1[source].update(shares)
            self._documents[source] += 1

    def of(self, source: str, *, own: Mapping[str, float]) -> Habit:
        """Return a source's habit, for the article whose own part was added as `own`."""
        if not source:
            return NO_HABIT
        return Habit(self._by_admin1[source], self._documents[source], own, home_country(source))


def at_home(source: str) -> Habit:
    """Return what a source's name alone tells."""
    return Habit({}, 0, country=home_country(source))


def home_country(source: str) -> str:
    """Return the country of a source that is given as an address, by its domain: CA for "lfpress.ca"; else ''."""
    domain = _host(source).rpartition(".")[2]
    code = "GB" if domain == "uk" else domain.upper()
    return code if domain not in _RENTED and code in countries() else ""


def publisher(*, source: str, url: str) -> str:
    """Return who published an article, by name or host, or '' where it does not tell."""
    return _host(source) or source.strip() or _host(url)


def _host(address: str) -> str:
    """Return the host of an address, with or without its scheme, in one spelling; '' for what is none."""
    address = address.strip()
    if not _ADDRESS.fullmatch(address):
        return ""
    try:
        host = urlsplit(address if "://" in address else f"//{address}").hostname or ""
    except ValueError:  # a host in brackets that is none
        return ""
    return host.rstrip(".").removeprefix("www.")


def share_out(likely: Iterable[tuple[Place, float] | None]) -> dict[str, float]:
    """Return how the likely places of an article share out among states and provinces; the shares sum to 1."""
    parts: defaultdict[str, float] = defaultdict(float)
    for place, probability in filter(None, likely):
        if probability >= LIKELY:
            parts[place.admin1_id or place.id] += probability
    total = sum(parts.values())
    return {admin1: part / total for admin1, part in parts.items()}
