"""English names of countries and first-level divisions, from Unicode CLDR.

GeoNames' own names are those of maps ("Nīnawá"); CLDR's are those of English text ("Nineveh").
"""

from __future__ import annotations

import json
import re
from typing import Any

from geomap.gazetteer.building.draft import Draft, Drafts
from geomap.gazetteer.building.sources.likeness import likeness
from geomap.gazetteer.building.sources.packages import Package
from geomap.model import Kind, NameKind

__all__ = ["read_country_names", "read_division_names"]

# CLDR's names are for menus ("Congo - Kinshasa"); these are what English papers print.
_NEWS_NAMES = {
    "BA": "Bosnia and Herzegovina",
    "CD": "Democratic Republic of the Congo",
    "CG": "Republic of the Congo",
    "CI": "Ivory Coast",
    "CZ": "Czech Republic",
    "HK": "Hong Kong",
    "MM": "Myanmar",
    "MO": "Macao",
    "PS": "Palestine",
    "TL": "East Timor",
    "TR": "Turkey",
}
# Languages whose names of countries English texts quote now and then.
_OTHER_LANGUAGES = ("de", "es", "fr", "it", "nl", "pt", "sv")
# ISO has given some codes to other divisions since GeoNames took them (Iran's in 2020), so a name
# must also look like one that the division has.
_MIN_LIKENESS = 0.6
# CLDR tells some namesakes apart by a raised digit.
_RAISED = re.compile("[\u00b9\u00b2\u00b3]")


def read_country_names(package: Package, drafts: Drafts) -> None:
    """Name every country as English papers do, and add CLDR's other names for it."""
    english = _territories(package, "en")
    for key, name in english.items():
        code, _, variant = key.partition("-alt-")
        country = drafts.country(code)
        if country is None or (variant and name.isupper()):
            continue
        if variant:
            country.call(name, NameKind.NAME, trusted=True)
        else:
            country.rename(name.replace("&", "and"))
            country.call(name, NameKind.NAME, trusted=True)
    for code, name in _NEWS_NAMES.items():
        if country := drafts.country(code):
            country.rename(name)
    for language in _OTHER_LANGUAGES:
        for key, name in _territories(package, language).items():
            if country := drafts.country(key):
                country.call(name)


def read_division_names(package: Package, drafts: Drafts) -> None:
    """Name first-level divisions in English, matched by their ISO 3166-2 code."""
    document = json.loads(package.read("package/subdivisions/en/en.json"))
    names = document["subdivisions"]["localeDisplayNames"]["subdivisions"]
    for division in drafts.of_kind(Kind.ADMIN1, Kind.ADMIN2):
        name = _RAISED.sub("", names.get(division.iso.replace("-", "").lower(), ""))
        if not name or not _alike(name, division):
            continue
        if division.kind is Kind.ADMIN1:
            division.rename(name)
            division.english = True
        else:
            division.call(name, NameKind.NAME, trusted=True)


def _alike(name: str, division: Draft) -> bool:
    """Say whether a name resembles one of the division's own."""
    return any(likeness(name, own) >= _MIN_LIKENESS for own in division.names)


def _territories(package: Package, language: str) -> dict[str, str]:
    document: dict[str, Any] = json.loads(package.read(f"package/main/{language}/territories.json"))
    names: dict[str, str] = document["main"][language]["localeDisplayNames"]["territories"]
    return names
