"""Does the gazetteer know the names that news of conflicts prints, and where they are?

    python benchmarks/checklist.py [--index DIR] [--list FILE ...] [--missed]

A list is a table with tabs: category, name, country, lat, lon, west, south, east, north.  A place with a
point is found when some candidate of the name lies within 25 km of it; an area, when a candidate's point
lies in the box, or the candidate's own box and this one cover each other by half of the smaller.  "First":
the candidate that a bare name means first is right.  The lists were written from general knowledge, not
from the tables that they measure.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from geomap.gazetteer import Store
from geomap.model import BBox, Place
from geomap.words import name_key

LISTS = sorted((Path(__file__).parent / "data").glob("*_names.tsv"))
NEAR_KM = 25.0
EARTH_KM = 6371.0
# Boxes drawn by different hands agree when half of the smaller lies in the larger.
SHARED = 0.5


@dataclass(frozen=True, slots=True)
class Wanted:
    """One name of a list, and where it is: a point or a box."""

    category: str
    name: str
    country: str
    lat: float | None
    lon: float | None
    bbox: BBox | None


def read_list(path: Path) -> Iterator[Wanted]:
    """Read a list."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"):
            box = BBox(*(float(row[side]) for side in ("west", "south", "east", "north"))) if row["west"] else None
            lat, lon = (float(row["lat"]), float(row["lon"])) if row["lat"] else (None, None)
            yield Wanted(row["category"], row["name"], row["country"], lat, lon, box)


def distance_km(place: Place, lat: float, lon: float) -> float:
    """Return the great-circle distance to a place's point."""
    one, other = radians(place.lat), radians(lat)
    half = sin((other - one) / 2) ** 2 + cos(one) * cos(other) * sin(radians(lon - place.lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def width(box: BBox) -> float:
    """Return the degrees from west to east, over the date line where the box crosses it."""
    return (box.east - box.west) % 360


def holds(box: BBox, lat: float, lon: float) -> bool:
    """Say whether a point lies in a box."""
    return box.south <= lat <= box.north and (lon - box.west) % 360 <= width(box)


def agree(one: BBox, other: BBox) -> bool:
    """Say whether half of the smaller box lies in the larger."""
    shift = (other.west - one.west) % 360
    east_west = max(0.0, min(width(one), shift + width(other)) - shift, min(width(one), shift + width(other) - 360))
    north_south = max(0.0, min(one.north, other.north) - max(one.south, other.south))
    smaller = min(width(box) * (box.north - box.south) for box in (one, other))
    return east_west * north_south >= SHARED * smaller > 0


def right(place: Place, wanted: Wanted) -> bool:
    """Say whether a candidate is the place that the list means."""
    if wanted.lat is not None and wanted.lon is not None:
        return distance_km(place, wanted.lat, wanted.lon) <= NEAR_KM
    assert wanted.bbox is not None
    return holds(wanted.bbox, place.lat, place.lon) or (place.bbox is not None and agree(place.bbox, wanted.bbox))


def bare(name: str) -> str:
    """Return the key of a name without the article that a sentence puts before it."""
    return name_key(name.removeprefix("the "))


def known(places: list[Place]) -> str:
    """Say what the index has under a name that was not found."""
    if not places:
        return "no candidate"
    return "; ".join(f"{p.name} ({p.kind}, {p.country} {p.lat:.2f} {p.lon:.2f})" for p in places[:3])


def measure(store: Store, path: Path, *, missed: bool) -> None:
    """Print what share of one list is found, a line a category."""
    total: Counter[str] = Counter()
    found: Counter[str] = Counter()
    first: Counter[str] = Counter()
    misses: list[str] = []
    for wanted in read_list(path):
        places = [named.place for named in store.lookup(name_key(wanted.name)) or store.lookup(bare(wanted.name))]
        answers = [right(place, wanted) for place in places]
        for group in (wanted.category, "all"):
            total[group] += 1
            found[group] += any(answers)
            first[group] += answers[:1] == [True]
        if not any(answers):
            misses.append(f"  missed  {wanted.category}: {wanted.name} ({wanted.country}): {known(places)}")
        elif not answers[0]:
            misses.append(f"  second  {wanted.category}: {wanted.name} ({wanted.country}): {known(places)}")
    print(path.name)
    for group, n in total.items():
        print(f"  {group:<20} {n:>5}  found {100 * found[group] / n:5.1f}  first {100 * first[group] / n:5.1f}")
    if missed:
        print("\n".join(sorted(misses)))


def main() -> None:
    """Measure every list."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, default=None)
    parser.add_argument("--list", type=Path, nargs="+", default=LISTS, help="lists of the same columns")
    parser.add_argument("--missed", action="store_true", help="list the names that are not found, or not first")
    options = parser.parse_args()
    store = Store.open(options.index)
    for path in options.list:
        measure(store, path, missed=options.missed)


if __name__ == "__main__":
    main()
