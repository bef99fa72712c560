"""What a small layer says: places and names of its own, names to block, and meanings to prefer.

An overlay is a value; whoever reads one from a file, or from the remembered online answers, makes it.
`geomap.gazetteer.layered` lays overlays over the indexes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from geomap.model import NameKind, Place

__all__ = ["Overlay"]


@dataclass(frozen=True, slots=True)
class Overlay:
    """One layer of a person's own entries, all keys as `words.name_key` makes them.

    `names` maps a key to (place id, how the name belongs); the ids are of `places` or of any layer
    farther down.  `unsaid` holds, by id, the fields (kind, disputed) of which an entry says nothing: its
    place has what a new place gets, unless a layer farther down knows better.  `decisive` says that a
    person put the entries there for this very purpose, so that they win over whatever lies below;
    remembered online answers are candidates like any other.  `path` is the file it was read from, if any.
    """

    title: str
    digest: str
    places: Mapping[str, Place] = field(default_factory=dict)
    names: Mapping[str, tuple[tuple[str, NameKind], ...]] = field(default_factory=dict)
    blocked: frozenset[str] = frozenset()
    preferred: Mapping[str, str] = field(default_factory=dict)
    unsaid: Mapping[str, frozenset[str]] = field(default_factory=dict)
    decisive: bool = True
    credits: tuple[str, ...] = ()
    path: Path | None = None
