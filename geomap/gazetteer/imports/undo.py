"""Take an import back: the rows of its file that stand in the layer as they came, or all of one source.

What was changed since is somebody's work: it stays, and is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from geomap.errors import GazetteerError
from geomap.gazetteer.imports.matching import Match, bare, matched
from geomap.gazetteer.layers.edit import cut
from geomap.gazetteer.layers.entries import Entry, PlaceEntry
from geomap.gazetteer.layers.file import read_layer

__all__ = ["Taken", "take_rows", "take_source"]

_SOURCES_TOLD = 5


class Taken(NamedTuple):
    """How many entries went, the places that were changed since, and how many of each file it has no more."""

    gone: int
    changed: Sequence[Match]
    left: Counter[str]
    only_places: bool


def take_rows(layer: Path, rows: Iterable[Entry], files: Sequence[str], *, force: bool = False) -> Taken:
    """Cut what rows brought; `files` are the sources of rows that name none, `force` cuts what was changed, too."""
    given = list(rows)
    there = _read(layer)
    matches = matched(_places(given), _places(there))
    came = [match for match in matches if match.there and match.there.source == match.row.source]
    changed = [match for match in came if not force and _is_changed(match)]
    gone: list[Entry] = [match.there for match in came if match.there and (force or not _is_changed(match))]
    names = {(type(entry), entry.name, entry.source) for entry in given if not isinstance(entry, PlaceEntry)}
    gone += [entry for entry in there if (type(entry), entry.name, entry.source) in names]
    brought = {match.there for match in came}
    left = Counter(entry.source for entry in _places(there) if entry.source in files and entry not in brought)
    if not gone and not changed and not left:
        raise _nothing("none of these rows stands here as it came", there, layer)
    if gone:
        cut(layer, *gone)
    return Taken(len(gone), changed, left, not names)


def take_source(layer: Path, source: str) -> int:
    """Cut all entries of a source out of a layer; return how many there were."""
    there = _read(layer)
    gone = [entry for entry in there if entry.source == source]
    if not gone:
        raise _nothing(f"no entry here has the source {source!r}", there, layer)
    cut(layer, *gone)
    return len(gone)


def _is_changed(match: Match) -> bool:
    return match.there is not None and bare(match.there) != bare(match.row)


def _read(layer: Path) -> list[Entry]:
    if not layer.exists():
        raise GazetteerError("there is no such layer", path=layer, hint="Nothing was taken out")
    return read_layer(layer)


def _places(entries: Iterable[Entry]) -> list[PlaceEntry]:
    return [entry for entry in entries if isinstance(entry, PlaceEntry)]


def _nothing(problem: str, there: Sequence[Entry], layer: Path) -> GazetteerError:
    sources = [repr(source) for source, _ in Counter(filter(None, (e.source for e in there))).most_common()]
    told = ", ".join([*sources[:_SOURCES_TOLD], *(["..."] if len(sources) > _SOURCES_TOLD else [])])
    hint = f"Sources here are {told}: --source SOURCE --undo takes one out" if sources else "Nothing was taken out"
    return GazetteerError(problem, path=layer, hint=hint)
