"""Measure error radii and derived areas on a folder of gold toponyms: their development part.

An error radius is right where it holds the gold's point of a place that was found.  A derived area can be
checked where the text says what lies in it: in "Hit, 20 km west of Ramadi" the gold point of Hit.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geomap.geo import distance_km
from geomap.model import Annotation, DerivedArea, Resolution
from geomap.pipeline import Tools, annotate_all
from geomap.read.document import document_from_text
from geomap.resolve.fit import development

# "Hit, a town 20 km west of Ramadi": what may stand between a name and what tells where it is.
APPOSITION = re.compile(
    r"(?:,\s|\s\(|\s)(?:(?:which|that)\s)?"
    r"(?:(?:is|was|lies|located|situated|some|a|an|the|in)\s){0,3}(?:[a-z]+\s(?:in\s)?)?"
)
Gold = dict[str, Any]


def main() -> None:
    """Print for each corpus the share of points within the radius, and for each rule the share within its areas."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="holds NAME.jsonl and heldout/NAME.ids")
    parser.add_argument("--show", action="store_true", help="print every area that was read")
    parser.add_argument("--tagger", default="fast", help="which finds the names [default: fast]")
    options = parser.parse_args()
    tools = Tools.load(links=False, tagger=options.tagger)
    areas: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for path in sorted(options.folder.glob("*.jsonl")):
        records = unheld(path)
        if not records or "toponyms" not in records[0]:
            continue
        documents = [document_from_text(record["text"], id=str(record["id"])) for record in records]
        held: defaultdict[str, list[bool]] = defaultdict(list)
        count = 0
        for record, annotation in zip(records, annotate_all(documents, tools), strict=True):
            gold = {(g["start"], g["end"]): g for g in record["toponyms"] if g.get("lat") is not None}
            for kind, is_held in radii(annotation, gold):
                held[kind].append(is_held)
            for area, apart in located(annotation, gold):
                areas[area.rule].append((apart, area.radius_km))
                if options.show:
                    print(f"  {apart:.0f} km off, radius {area.radius_km:.0f}: {snippet(annotation, area)}")
            count += len({(r.area.start, r.area.end) for r in annotation.resolutions if r.area})
            if options.show:
                for area in {r.area.start: r.area for r in annotation.resolutions if r.area}.values():
                    print(f"  {area.rule}: {snippet(annotation, area)}")
        everything = [is_held for each in held.values() for is_held in each]
        kinds = "  ".join(f"{kind} {sum(v) / len(v):.3f} of {len(v)}" for kind, v in sorted(held.items()))
        share = sum(everything) / len(everything)
        print(f"{path.stem}: within the radius {share:.3f} of {len(everything)} found places; {count} areas\n  {kinds}")
    for rule, found in sorted(areas.items()):
        print(f"{rule:10} {sum(apart <= km for apart, km in found):3} of {len(found):3} points within the area")


def unheld(path: Path) -> list[Gold]:
    """Return the records of a corpus that are not held out."""
    ids = path.parent / "heldout" / f"{path.stem}.ids"
    return development(path, set(ids.read_text(encoding="utf-8").split()) if ids.is_file() else set())


def radii(annotation: Annotation, gold: dict[tuple[int, int], Gold]) -> Iterator[tuple[str, bool]]:
    """Yield for each place that was found its kind, and whether the radius holds the gold's point."""
    for resolution in annotation.resolutions:
        truth = gold.get((resolution.mention.start, resolution.mention.end))
        if truth is not None and is_right(resolution, truth):
            assert resolution.place is not None
            assert resolution.radius_km is not None
            yield resolution.place.kind, apart_km(resolution, truth) <= resolution.radius_km


def is_right(resolution: Resolution, truth: Gold | None) -> bool:
    """Say whether the place found is the gold's."""
    place = resolution.place
    return place is not None and truth is not None and str(truth.get("geonameid")) == str(place.geonameid)


def apart_km(resolution: Resolution, truth: Gold) -> float:
    """Return how far the gold's point is from ours."""
    assert resolution.place is not None
    lat, lon = float(truth["lat"]), float(truth["lon"])
    return distance_km(a_lat=resolution.place.lat, a_lon=resolution.place.lon, b_lat=lat, b_lon=lon)


def located(annotation: Annotation, gold: dict[tuple[int, int], Gold]) -> Iterator[tuple[DerivedArea, float]]:
    """Yield the areas that tell where a gold name right before them lies, and how far its point is from theirs.

    Only those built from the place that the gold has.
    """
    text = annotation.document.text
    ends = {end: truth for (_, end), truth in gold.items()}
    right = [r for r in annotation.resolutions if is_right(r, gold.get((r.mention.start, r.mention.end)))]
    for area in {r.area.start: r.area for r in right if r.area}.values():
        for end in range(max(0, area.start - 40), area.start):
            truth = ends.get(end)
            if truth is not None and APPOSITION.fullmatch(text, end, area.start):
                lat, lon = float(truth["lat"]), float(truth["lon"])
                yield area, distance_km(a_lat=area.lat, a_lon=area.lon, b_lat=lat, b_lon=lon)


def snippet(annotation: Annotation, area: DerivedArea) -> str:
    """Return an area's phrase, in brackets, among some of the words round it."""
    text = annotation.document.text
    before, after = text[max(0, area.start - 60) : area.start], text[area.end : area.end + 25]
    return " ".join(f"{before}[{area.text}]{after}".split())


if __name__ == "__main__":
    main()
