"""Airports, air bases and sea ports: found by their full names only, never by the town's name alone."""

from __future__ import annotations

import csv
import io
import json
import re

from geomap.gazetteer.building.draft import Draft, Drafts
from geomap.gazetteer.building.sources.packages import Package
from geomap.model import Kind
from geomap.words import name_key

__all__ = ["airport_names", "read_airports", "read_ports"]

_BASE = re.compile(r"\b(?:Air Base|Air Force Base|AFB|Airbase|Naval Air Station|RAF|Army Airfield|Military)\b")
_INTERNATIONAL = re.compile(r"\b(?:International|Intl|Regional|Domestic) (?=Airport\b)")


def read_airports(package: Package, drafts: Drafts) -> None:
    """Add the airports that have a public (IATA) code, and the air bases."""
    for row in csv.DictReader(io.StringIO(package.text("airportsdata/airports.csv"))):
        base = bool(_BASE.search(row["name"]))
        if not (row["iata"] or base) or not row["name"]:
            continue
        airport = Draft(
            f"geomap:airport-{row['icao'].lower()}",
            row["name"],
            Kind.AIRPORT,
            row["country"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            feature="AIRB" if base else "AIRP",
            source="airportsdata",
        )
        drafts.add(airport)
        for name in airport_names(row["name"], row["city"]):
            airport.call(name, trusted=True)


def airport_names(name: str, city: str) -> list[str]:
    """Return the shorter forms of an airport's name.

    "London Heathrow Airport" is also "Heathrow Airport" and "Heathrow"; an airport that is called
    after its town alone keeps the word "Airport".
    """
    short = _INTERNATIONAL.sub("", name)
    forms = [short] if short != name else []
    if city and short.startswith(f"{city} ") and short.endswith(" Airport"):
        own = short[len(city) + 1 :]
        core = own.removesuffix(" Airport")
        if core != own and len(core) > 3 and core[0].isupper():
            forms += [own, core]
    return forms


def read_ports(package: Package, drafts: Drafts) -> None:
    """Add the sea ports, as "Port of X" and "X port"."""
    codes = {draft.name: draft.country for draft in drafts.of_kind(Kind.COUNTRY)}
    member = f"searoute-{package.version}/searoute/data/ports.geojson"
    for feature in json.loads(package.read(member))["features"]:
        row = feature["properties"]
        if not (row["name"] and row["port"]):
            continue
        lon, lat = feature["geometry"]["coordinates"]
        name = row["name"].title() if row["name"].isupper() else row["name"]
        port = Draft(
            f"geomap:port-{row['port'].lower()}",
            name if "port" in name_key(name).split() else f"Port of {name}",
            Kind.PORT,
            codes.get(row["cty"], ""),
            lat=lat,
            lon=lon,
            feature="PRT",
            source="searoute",
        )
        drafts.add(port)
        port.call(f"{name} port", trusted=True)
