"""How much of a gold corpus the gazetteer could get right at best, and with no context at all.

    python benchmarks/recall_ceiling.py FOLDER [--index DIR] [--part tune|heldout|all] [--missed]

FOLDER holds JSON lines `{"id", "text", "toponyms": [{"start", "end", "text", "lat", "lon"}]}`; gold spans
are looked up as they stand.  "Ceiling": some candidate lies within 161 km (100 miles) of the gold
point.  "Prior": the first candidate does.  "Population": the candidate of most people does.
"strict" measures to points; otherwise a country or other area holds its whole box.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from geomap.gazetteer import Store
from geomap.model import AREA_KINDS, NamedPlace, Place
from geomap.words import name_key

NEAR_KM = 161.0
EARTH_KM = 6371.0
# What a text may add to a stored name, or leave off.
LEADING = re.compile(
    r"^(?:the|northern|southern|eastern|western|central|north|south|east|west|city of|town of|village of|downtown"
    r"|greater|upper|lower|mid|lake|river|port of|state of|province of|county) (?=\S)",
    re.IGNORECASE,
)
TRAILING = re.compile(
    r" (?:county|counties|parish|province|governorate|district|region|city|town|township|village|river|lake|state"
    r"|area|valley|island|islands|oblast|borough|airport|international airport)$",
    re.IGNORECASE,
)
POSSESSIVE = re.compile(r"['’]s?$")


def forms(text: str) -> Iterator[str]:
    """Yield the name as it stands, then with words taken off."""
    yield text
    bare = POSSESSIVE.sub("", text)
    yield bare
    yield TRAILING.sub("", bare)
    yield LEADING.sub("", bare)
    yield TRAILING.sub("", LEADING.sub("", bare))
    if bare.isupper():
        yield bare.title()
    yield bare.partition(",")[0]


def candidates(store: Store, text: str) -> Sequence[NamedPlace]:
    """Return the places of the first form that has any, in the index's order."""
    return next(filter(None, (store.lookup(name_key(form)) for form in forms(text))), ())


def distance_km(place: Place, lat: float, lon: float) -> float:
    """Return the great-circle distance to a place's point."""
    one, other = radians(place.lat), radians(lat)
    half = sin((other - one) / 2) ** 2 + cos(one) * cos(other) * sin(radians(lon - place.lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def near(place: Place, lat: float, lon: float, *, strict: bool) -> bool:
    """Say whether a place is a right answer for a gold point."""
    if distance_km(place, lat, lon) <= NEAR_KM:
        return True
    if strict or place.bbox is None or place.kind not in AREA_KINDS:
        return False
    west, south, east, north = place.bbox
    inside = west <= lon <= east if west <= east else lon >= west or lon <= east
    return inside and south <= lat <= north


def score(store: Store, rows: Sequence[dict[str, object]], *, missed: Counter[str]) -> dict[str, float]:
    """Return the shares for one corpus."""
    hits: Counter[str] = Counter()
    total = 0
    for row in rows:
        for gold in row["toponyms"]:  # type: ignore[attr-defined]
            if gold.get("lat") is None:
                continue
            total += 1
            lat, lon = float(gold["lat"]), float(gold["lon"])
            found = candidates(store, gold["text"])
            ceiling = set(forms(gold["text"]))
            everything = [c.place for form in sorted(ceiling) for c in store.lookup(name_key(form))]
            for strict in (True, False):
                name = "strict " if strict else ""
                hits[f"{name}ceiling"] += any(near(place, lat, lon, strict=strict) for place in everything)
                if found:
                    crowd = max(found, key=lambda c: (c.place.population, c.place.id)).place
                    hits[f"{name}prior"] += near(found[0].place, lat, lon, strict=strict)
                    hits[f"{name}population"] += near(crowd, lat, lon, strict=strict)
            if not any(near(place, lat, lon, strict=False) for place in everything):
                missed[gold["text"]] += 1
            elif found and not near(found[0].place, lat, lon, strict=False):
                missed["~" + gold["text"]] += 1
    return {"toponyms": total} | {name: 100 * n / total for name, n in hits.items()}


def main() -> None:
    """Print one line a corpus."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--index", type=Path, default=None)
    parser.add_argument("--part", choices=["tune", "heldout", "all"], default="all")
    parser.add_argument("--missed", type=int, default=0, help="print this many missed names")
    options = parser.parse_args()
    store = Store.open(options.index)
    for file in sorted(options.folder.glob("*.jsonl")):
        rows = [json.loads(line) for line in file.open(encoding="utf-8")]
        rows = [row for row in rows if "toponyms" in row]
        ids = options.folder / "heldout" / f"{file.stem}.ids"
        if options.part != "all" and ids.is_file():
            held = set(ids.read_text("utf-8").split())
            rows = [row for row in rows if (str(row["id"]) in held) == (options.part == "heldout")]
        if not rows:
            continue
        missed: Counter[str] = Counter()
        shares = score(store, rows, missed=missed)
        print(file.stem, "  ".join(f"{name} {value:.1f}" for name, value in shares.items()))
        if options.missed:
            never = [(name, n) for name, n in missed.most_common() if not name.startswith("~")]
            wrong = [(name[1:], n) for name, n in missed.most_common() if name.startswith("~")]
            print("  no candidate:", never[: options.missed], file=sys.stderr)
            print("  wrong first: ", wrong[: options.missed], file=sys.stderr)


if __name__ == "__main__":
    main()
