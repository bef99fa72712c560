"""Look at what comes in as `geomap gazetteer add` does at one place: swapped, far abroad, or said before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.gazetteer.imports.report import Tally
from geomap.gazetteer.layers.entries import Entry, PlaceEntry
from geomap.gazetteer.layers.lint_context import Context
from geomap.gazetteer.layers.lint_rules import outside_its_country, swapped_coordinates
from geomap.words import name_key

__all__ = ["in_their_countries", "no_more_than", "said_once"]

_REPEATED = "a row that repeats the name and point of one before"


def in_their_countries(
    entries: Iterable[Entry], tally: Tally, *, path: Path, context: Context, force: bool
) -> Iterator[Entry]:
    """Yield the entries but places with swapped coordinates, which `force` takes; others far abroad are told."""
    for entry in entries:
        line = entry.line or None
        swapped = next(swapped_coordinates(entry, context), None)
        if swapped and not force:
            _, problem, remedy = swapped
            hint = f"{remedy} The row was left out; --force takes it all the same"
            tally.refuse(GazetteerError(problem, path=path, line=line, hint=hint))
            continue
        for _, problem, remedy in [swapped] if swapped else outside_its_country(entry, context):
            tally.warn(GazetteerError(problem, path=path, line=line, hint=remedy))
        yield entry


def no_more_than(limit: int, entries: Iterable[Entry], *, path: Path) -> Iterator[Entry]:
    """Yield the entries of a file, or refuse the file before anything slow is done with it."""
    read = list(islice(entries, limit + 1))
    if len(read) > limit:
        problem = f"more than the {limit:,} places that a layer should hold"
        raise GazetteerError(problem, path=path, hint="Install them as a gazetteer of their own: --install NAME")
    yield from read


def said_once(entries: Iterable[Entry], tally: Tally) -> Iterator[Entry]:
    """Yield the entries but those that repeat one before; places with different ids stay two."""
    said: set[Entry] = set()
    points: set[tuple[str, float, float]] = set()
    for entry in entries:
        point = (name_key(entry.name), entry.lat, entry.lon) if isinstance(entry, PlaceEntry) and not entry.id else None
        if entry in said or point in points:
            tally.left_out[_REPEATED] += 1
            continue
        said.add(entry)
        if point:
            points.add(point)
        yield entry
