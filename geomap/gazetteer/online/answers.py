"""Read what online services answer, and say what kind of place it is.

Each vocabulary (OpenStreetMap's, GeoNames') has one reader from the service's JSON to an `Answer`; what its
words mean as a kind of place is a table, `tables/online_kinds.tsv`, which is asked when the places are made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from geomap.gazetteer.online.remembered import Answer, bbox_of
from geomap.gazetteer.rows import own_rows
from geomap.model import Kind

__all__ = ["Service", "kind_of", "read_answer", "service_of"]

# No name of a place is longer; what is, comes from a broken or a hostile service.
_NAME_MAX_CHARS = 120
_ADDRESS_MAX_CHARS = 400
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_OSM_TYPES = {"n": "node", "w": "way", "r": "relation"}
_NONE = "-"


class Service(NamedTuple):
    """What `tables/online_services.tsv` knows of a service."""

    vocabulary: str
    hint: str
    licence: str


@cache
def service_of(provider: str) -> Service:
    """Return what is known of a service by geopy's name for it."""
    rows = _rows("online_services.tsv")
    known = {row[0]: Service(*("" if cell == _NONE else cell for cell in row[1:])) for row in rows}
    service = known.get(provider, Service("other", "", ""))
    return service if service.licence else service._replace(licence=f"Answered by {provider}, whose terms apply")


def kind_of(provider: str, answer: Answer) -> Kind | None:
    """Return what an answer is as a kind of place, or None for what belongs on no map of news: a shop, a road."""
    return _kind(service_of(provider).vocabulary, answer.category, answer.type, answer.level)


@cache
def _kind(*said: str) -> Kind | None:
    for *pattern, kind in _kinds():
        if all(wanted in {"*", word} for wanted, word in zip(pattern, said, strict=True)):
            return None if kind == _NONE else Kind(kind)
    return None


def read_answer(provider: str, raw: object, *, address: str, lat: float, lon: float) -> Answer:
    """Read one place of a service's answer; ValueError for one that cannot be.

    `address`, `lat` and `lon` are what geopy made of it.
    """
    if not isinstance(raw, Mapping):
        raise ValueError("an answer is no object")  # noqa: TRY004 - the service's fault, not the caller's
    reader = _READERS.get(service_of(provider).vocabulary)
    told = {"lat": lat, "lon": lon} | (reader(raw) if reader else {})
    whole = _plain(address, _ADDRESS_MAX_CHARS)
    name = _plain(told.pop("name", ""), _NAME_MAX_CHARS) or _plain(whole.partition(",")[0], _NAME_MAX_CHARS)
    lat, lon = float(told.pop("lat")), float(told.pop("lon"))
    if lat == lon == 0:
        # What geopy makes of coordinates that are missing.
        raise ValueError("an answer lies at 0, 0")
    box = bbox_of(told.pop("bbox", None))
    fields: dict[str, Any] = {field: _plain(value, _NAME_MAX_CHARS) for field, value in told.items()}
    country = fields.pop("country", "")
    code = country.upper() if _COUNTRY.fullmatch(country) else ""
    return Answer(name=name, lat=lat, lon=lon, address=whole, country=code, bbox=box, **fields)


def _nominatim(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Read Nominatim's JSON; Photon's is GeoJSON with the same words."""
    if "properties" in raw:
        return _photon(raw)
    address = raw.get("address")
    parts = address if isinstance(address, Mapping) else {}
    told: dict[str, Any] = {
        # geopy brings a longitude of 200 to -160, and none at all to 0: the service's own words count.
        "lat": raw["lat"],
        "lon": raw["lon"],
        "name": raw.get("name"),
        "id": _osm_id(raw),
        "category": raw.get("class", raw.get("category")),
        "type": raw.get("type"),
        "level": raw.get("addresstype"),
        "country": parts.get("country_code"),
        "admin1": parts.get("state", parts.get("province", parts.get("region"))),
    }
    sides = raw.get("boundingbox")
    # Around a node the service draws a box of its own making, which is no extent.
    if isinstance(sides, list) and len(sides) == 4 and raw.get("osm_type") != "node":
        south, north, west, east = sides
        told["bbox"] = [west, south, east, north]
    return told


def _photon(raw: Mapping[str, Any]) -> dict[str, Any]:
    fields = raw["properties"] if isinstance(raw["properties"], Mapping) else {}
    lon, lat = raw["geometry"]["coordinates"]
    told: dict[str, Any] = {
        "lat": lat,
        "lon": lon,
        "name": fields.get("name"),
        "id": _osm_id(fields),
        "category": fields.get("osm_key"),
        "type": fields.get("osm_value"),
        "level": fields.get("type"),
        "country": fields.get("countrycode"),
        "admin1": fields.get("state"),
    }
    sides = fields.get("extent")
    if isinstance(sides, list) and len(sides) == 4:
        west, north, east, south = sides
        told["bbox"] = [west, south, east, north]
    return told


def _geonames(raw: Mapping[str, Any]) -> dict[str, Any]:
    number = raw.get("geonameId")
    return {
        "lat": raw["lat"],
        "lon": raw["lng"],
        "name": raw.get("name"),
        "id": f"geonames:{number}" if isinstance(number, int) else "",
        "category": raw.get("fcl"),
        "type": raw.get("fcode"),
        "country": raw.get("countryCode"),
        "admin1": raw.get("adminName1"),
    }


_READERS: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {"osm": _nominatim, "geonames": _geonames}


def _osm_id(raw: Mapping[str, Any]) -> str:
    type_, number = raw.get("osm_type"), raw.get("osm_id")
    if not isinstance(type_, str) or not isinstance(number, int) or type_[:1].lower() not in _OSM_TYPES:
        return ""
    return f"osm:{_OSM_TYPES[type_[0].lower()]}:{number}"


def _plain(text: object, max_chars: int) -> str:
    """Return a text without control characters, in one line of bounded length; '' for what is no text."""
    if not isinstance(text, str):
        return ""
    shown = "".join(c if c.isprintable() else " " for c in text[: 4 * max_chars])
    return " ".join(shown.split())[:max_chars]


def _kinds() -> tuple[tuple[str, ...], ...]:
    return _rows("online_kinds.tsv")


@cache
def _rows(table: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row.cells.values()) for row in own_rows(table))
