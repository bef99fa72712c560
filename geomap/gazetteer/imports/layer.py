"""Put a small file's places into the layer of a project or a user, once; and take them out again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from geomap.errors import GazetteerError
from geomap.gazetteer.imports.report import Tally
from geomap.gazetteer.layers.edit import append, cut
from geomap.gazetteer.layers.entries import PlaceEntry
from geomap.gazetteer.layers.file import read_layer

__all__ = ["MAX_ROWS", "Added", "add_to_layer", "take_from_layer"]

# A layer is read whole at every start, in about 50 microseconds a row.
MAX_ROWS = 20_000


class Added(NamedTuple):
    """How many entries are new, how many were there before, and the line of the first new one."""

    new: int
    known: int
    line: int


def add_to_layer(layer: Path, entries: Sequence[PlaceEntry], tally: Tally) -> Added:
    """Append the places that the layer does not have yet; one with an id that stands there already is refused."""
    if len(entries) > MAX_ROWS:
        raise GazetteerError(
            f"{len(entries):,} places are more than the {MAX_ROWS:,} that a layer should hold",
            path=layer,
            hint="Install them as a gazetteer of their own: --install NAME",
        )
    there = _places(layer)
    known = {_bare(entry) for entry in there}
    lines = {entry.id: entry.line for entry in there if entry.id}
    new: list[PlaceEntry] = []
    added: set[str] = set()
    # A file may say a thing twice.
    for entry in dict.fromkeys(entries):
        if _bare(entry) in known:
            continue
        if entry.id in lines:
            problem = f"the id {entry.id!r} is taken here, so {entry.name!r} was not added"
            hint = "Correct it here, or take the first import back (--undo) before this one"
            tally.refuse(GazetteerError(problem, path=layer, line=lines[entry.id], hint=hint))
            continue
        if entry.id and entry.id in added:
            # Queries give a row for each type or coordinate of a place.
            tally.left_out["a place whose id came before in the file"] += 1
            continue
        added.add(entry.id)
        new.append(entry)
    line = append(layer, new) if new else 0
    return Added(len(new), sum(_bare(entry) in known for entry in entries), line)


def take_from_layer(layer: Path, entries: Sequence[PlaceEntry]) -> int:
    """Cut the places of a file out of a layer; return how many there were."""
    brought = {_bare(entry) for entry in entries}
    there = [entry for entry in _places(layer) if _bare(entry) in brought]
    if there:
        cut(layer, *there)
    return len(there)


def _places(layer: Path) -> list[PlaceEntry]:
    return [entry for entry in read_layer(layer) if isinstance(entry, PlaceEntry)] if layer.exists() else []


def _bare(entry: PlaceEntry) -> PlaceEntry:
    """Return an entry without the id that a layer gives to the second place of a name."""
    return replace(entry, id="") if entry.id.startswith("own:") else entry
