"""Answer look-ups from several layers as if they were one gazetteer: the nearest layer wins.

Overlays (the project's file, the user's own) lie over indexes (installed, then the one that comes with
geomap); remembered online answers lie under them all.  Nothing is copied: each look-up asks the layers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from heapq import nsmallest

from geomap.errors import GeomapError
from geomap.gazetteer.joining import corrected, joined
from geomap.gazetteer.overlay import Overlay
from geomap.gazetteer.shortening import forms
from geomap.gazetteer.store import Store
from geomap.model import NamedPlace, NameKind, Place
from geomap.words import name_key

__all__ = ["Layered"]

# A news corpus asks for some ten thousand names over and over.
_CACHED_NAMES = 16_384
# What names begin with is asked at every capital: of a word, mostly, seldom of two or three.
_CACHED_PHRASES = 65_536
# Most places have a handful of names that begin alike; more are fetched where that was not enough.
_KEYS_A_PLACE = 16


class Layered:
    """All layers of a run, nearest first; answers what `Store` answers."""

    def __init__(
        self, indexes: Sequence[Store], overlays: Sequence[Overlay] = (), *, problems: Sequence[GeomapError] = ()
    ) -> None:
        self._indexes = tuple(indexes)
        self._problems = tuple(problems)
        self._overlays = tuple(overlays)
        self._decisive = tuple(overlay for overlay in overlays if overlay.decisive)
        self._remembered = tuple(overlay for overlay in overlays if not overlay.decisive)
        self._own_keys = frozenset(key for o in overlays for key in (*o.names, *o.preferred))
        self._own_starts = frozenset(key[:i] for key in self._own_keys for i, mark in enumerate(key) if mark == " ")
        self._blocking = frozenset(key for o in overlays for key in o.blocked)
        # Most runs have no layer but one.
        self._alone = self._indexes[0] if len(self._indexes) == 1 and not self._overlays else None
        self._meanings = lru_cache(_CACHED_NAMES)(self._read_meanings)
        self._first = lru_cache(_CACHED_NAMES)(self._read_first)
        self._reach = lru_cache(_CACHED_PHRASES)(self._read_reach)

    def __contains__(self, key: str) -> bool:
        return bool(self.lookup(key))

    def blocks(self, key: str) -> bool:
        """Say whether some layer blocks a key, and no nearer layer gives it a place."""
        return key in self._blocking and not self.lookup(key)

    def reach(self, phrase: str) -> tuple[bool, bool]:
        """Say whether `phrase` is a known key, and whether some key has more words after it."""
        return self._reach(phrase)

    def lookup(self, key: str, /) -> tuple[NamedPlace, ...]:
        """Return the places a key (see `words.name_key`) can mean, best first; () when there are none."""
        return self._meanings(key)

    def first(self, key: str, /) -> NamedPlace | None:
        """Return the first of what `lookup` gives, or None: most names that texts hold are never asked for more."""
        return self._first(key)

    def spelt_like(self, name: str, /) -> tuple[NamedPlace, ...]:
        """Return the places whose names are other transliterations of `name`, best first."""
        found = {named.place.id: named for index in self._indexes for named in index.spelt_like(name)}
        return tuple(named._replace(place=self.place(id_) or named.place) for id_, named in found.items())

    def place(self, id: str) -> Place | None:  # noqa: A002 - the field's own name
        """Return a place by its id, or None."""
        for overlay in self._decisive:
            if id in overlay.places:
                return corrected(overlay.places[id], self._indexed(id), overlay.unsaid.get(id, frozenset()))
        return self._indexed(id) or next(
            (overlay.places[id] for overlay in self._remembered if id in overlay.places), None
        )

    def search(self, text: str, *, limit: int = 10) -> list[NamedPlace]:
        """Return the places named exactly so, then those whose names begin so; none for a text without a name.

        Where there are none, those of a shorter form of the name, or of another transliteration of it.
        """
        key = name_key(text)
        if not key:
            return []
        found: dict[str, NamedPlace] = {}
        count = _KEYS_A_PLACE * limit
        while True:
            names = nsmallest(count, self.keys(key), key=_shortest_first)
            for name in dict.fromkeys((key, *names)):
                for named in self.lookup(name):
                    found.setdefault(named.place.id, named)
                if len(found) >= limit:
                    break
            if len(found) >= limit or len(names) < count:
                break
            count *= _KEYS_A_PLACE
        return list(found.values())[:limit] or list(self._nearly(text))[:limit]

    def keys(self, start: str = "") -> Iterator[str]:
        """Yield every known key that begins with `start`, layer by layer; a key of two layers comes twice."""
        yield from (key for key in self._own_keys if key.startswith(start))
        for index in self._indexes:
            yield from index.keys(start)

    @property
    def indexes(self) -> tuple[Store, ...]:
        """Return the binary layers, nearest first; the last is the one that comes with geomap."""
        return self._indexes

    @property
    def overlays(self) -> tuple[Overlay, ...]:
        """Return the layers of a person's own entries, nearest first."""
        return self._overlays

    @property
    def problems(self) -> tuple[GeomapError, ...]:
        """Return why layers that should be here are left out."""
        return self._problems

    @property
    def digest(self) -> str:
        """Return one hash of everything that can change an answer."""
        parts = [*(o.digest for o in self._overlays), *(index.info()["digest"] for index in self._indexes)]
        return parts[0] if len(parts) == 1 else hashlib.sha256("".join(parts).encode()).hexdigest()

    def describe(self) -> str:
        """Return what the layers are, nearest first, with digests: what a reader needs to get the same result."""
        overlays = [
            f"{overlay.title} {overlay.digest[:12]} ({len(overlay.names):,} names)" for overlay in self._overlays
        ]
        indexes = [
            f"{about['digest'][:12]} ({about['places']:,} places, {about['names']:,} names)"
            for about in (index.info() for index in self._indexes)
        ]
        return "; ".join(overlays + indexes)

    @property
    def credits(self) -> tuple[str, ...]:
        """Return the lines that every map drawn from these layers must print."""
        lines = [line for index in self._indexes[::-1] for line in index.credits]
        lines += [line for overlay in self._overlays for line in overlay.credits]
        return tuple(dict.fromkeys(lines))

    def _indexed(self, id_: str) -> Place | None:
        known = [place for index in self._indexes if (place := index.place(id_))]
        return joined(known[0], known[-1]) if known else None

    def _nearly(self, text: str) -> Sequence[NamedPlace]:
        """Return what the longest form of a name means that any layer knows, or knows in another transliteration."""
        names = list(forms(text))
        if any(self.blocks(name_key(name)) for name in names):
            return ()
        for look in (lambda name: self.lookup(name_key(name)), self.spelt_like):
            for name in names:
                if found := look(name):
                    return found
        return ()

    def _read_reach(self, phrase: str) -> tuple[bool, bool]:
        if self._alone:
            return self._alone.reach(phrase)
        found = [index.reach(phrase) for index in self._indexes]
        is_key = phrase in self._own_keys or any(here for here, _ in found)
        # It may be blocked, or the name of a place that no layer has any more.
        known = is_key and bool(self.lookup(phrase))
        return known, phrase in self._own_starts or any(goes_on for _, goes_on in found)

    def _read_first(self, key: str) -> NamedPlace | None:
        return self._alone.first(key) if self._alone else next(iter(self.lookup(key)), None)

    def _read_meanings(self, key: str) -> tuple[NamedPlace, ...]:
        if self._alone:
            return self._alone.lookup(key)
        found: dict[str, NamedPlace] = {}
        for overlay in self._decisive:
            for id_, kind in _meant(overlay, key):
                place = self.place(id_)
                if place and id_ not in found:
                    found[id_] = NamedPlace(place, kind, common_word=False, own=True)
            if key in overlay.blocked:
                return tuple(found.values())
        below = [named for index in self._indexes for named in index.lookup(key)]
        common = any(named.common_word for named in below)
        for named in below:
            place = self.place(named.place.id) or named.place
            found.setdefault(place.id, named._replace(place=place, common_word=common))
        for overlay in self._remembered:
            for id_, kind in _meant(overlay, key):
                found.setdefault(id_, NamedPlace(self.place(id_) or overlay.places[id_], kind, common))
        return tuple(found.values())


def _shortest_first(name: str) -> tuple[int, str]:
    return len(name), name


def _meant(overlay: Overlay, key: str) -> Iterator[tuple[str, NameKind]]:
    """Yield what an overlay says a key means, what it prefers first."""
    if key in overlay.preferred:
        yield overlay.preferred[key], NameKind.NAME
    yield from overlay.names.get(key, ())
