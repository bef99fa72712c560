"""A few real places, and articles in which their names are marked: "40 km north of [Mosul]"."""

from __future__ import annotations

import re

from geomap.areas import with_areas
from geomap.model import (
    BBox,
    Candidate,
    DerivedArea,
    Kind,
    Label,
    Mention,
    NameKind,
    Outcome,
    Place,
    Resolution,
    Role,
)

__all__ = ["PLACES", "area_of", "resolved"]


def _place(name: str, kind: Kind, lat: float, lon: float, country: str, **more) -> Place:
    return Place(f"geomap:{name.lower().replace(' ', '-')}", name, kind, lat, lon, country, **more)


PLACES = {
    place.name: place
    for place in (
        _place("Mosul", Kind.CITY, 36.335, 43.119, "IQ", population=1_700_000),
        _place("Erbil", Kind.CITY, 36.191, 44.009, "IQ", population=930_000),
        _place("Tyre", Kind.CITY, 33.27, 35.2, "LB", population=135_000),
        _place("Lebanon", Kind.COUNTRY, 33.83, 35.83, "LB", bbox=BBox(35.1, 33.05, 36.62, 34.69)),
        _place("Israel", Kind.COUNTRY, 31.5, 34.75, "IL", bbox=BBox(34.27, 29.49, 35.9, 33.33)),
        _place("Libya", Kind.COUNTRY, 28.0, 17.0, "LY", bbox=BBox(9.39, 19.5, 25.15, 33.17)),
        _place("Pakistan", Kind.COUNTRY, 30.0, 70.0, "PK", bbox=BBox(60.87, 23.69, 77.84, 37.1)),
        _place("Peshawar", Kind.CITY, 34.008, 71.578, "PK", population=1_970_000),
        _place("Mali", Kind.COUNTRY, 18.0, -2.0, "ML", bbox=BBox(-12.24, 10.16, 4.27, 25.0)),
        _place("Niger", Kind.COUNTRY, 18.0, 9.0, "NE", bbox=BBox(0.17, 11.69, 16.0, 23.53)),
        _place("Somalia", Kind.COUNTRY, 6.0, 48.0, "SO", bbox=BBox(40.98, -1.67, 51.41, 11.98)),
        _place("United States", Kind.COUNTRY, 39.76, -98.5, "US", bbox=BBox(-179.1, 18.9, -66.9, 71.4)),
        _place("Gaza Strip", Kind.REGION, 31.42, 34.36, "PS", bbox=BBox(34.2, 31.2, 34.6, 31.6)),
        _place("Egypt", Kind.COUNTRY, 27.0, 30.0, "EG", bbox=BBox(24.7, 22.0, 36.9, 31.7)),
        _place("Texas", Kind.ADMIN1, 31.25, -99.25, "US", bbox=BBox(-106.65, 25.84, -93.51, 36.5)),
        _place("Euphrates", Kind.RIVER, 32.6, 44.2, "", bbox=BBox(37.0, 30.9, 47.5, 39.9)),
        _place("Red Sea", Kind.SEA, 20.3, 38.5, "", bbox=BBox(32.3, 12.5, 43.6, 30.0)),
        _place("Fiji", Kind.COUNTRY, -18.0, 178.0, "FJ", bbox=BBox(176.9, -20.7, -178.2, -12.5)),
        _place("Chukotka", Kind.ADMIN1, 66.0, 170.0, "RU", bbox=BBox(158.0, 61.8, -169.6, 71.6)),
        _place("Beijing", Kind.CITY, 39.907, 116.397, "CN", population=18_960_000),
        _place("North Carolina", Kind.ADMIN1, 35.5, -80.0, "US", bbox=BBox(-84.3, 33.8, -75.5, 36.6)),
        _place("Salerno", Kind.FACILITY, 33.36, 69.95, "AF"),
        _place("Nowhere", Kind.CITY, 0.0, 0.0, ""),
    )
}
# "[Turkish:demonym]": a name in another role, or of no place.
_NAME = re.compile(r"\[([^\]:]+)(?::(\w+))?\]")


def resolved(article: str) -> tuple[str, list[Mention], list[Resolution]]:
    """Return the text of an article without its brackets, its mentions, and their resolutions with areas.

    "[Washington:metonym]" gives a role, "[Jane Doe:person]" is no place.
    """
    parts, mentions, resolutions = [], [], []
    at = end = 0
    for match in _NAME.finditer(article):
        parts.append(article[end : match.start()])
        at += len(parts[-1])
        end, name, said = match.end(), match[1], match[2] or "literal"
        label = Label.PERSON if said == "person" else Label.PLACE
        role = Role.LITERAL if said == "person" else Role(said)
        mentions.append(Mention(at, at + len(name), name, label, role, "test"))
        place = PLACES.get(name)
        if label is Label.PLACE and place is not None:
            candidate = Candidate(place, 1.0, NameKind.NAME)
            resolutions.append(Resolution(mentions[-1], Outcome.RESOLVED, (candidate,), 0.9, "test"))
        elif label is Label.PLACE:
            resolutions.append(Resolution(mentions[-1], Outcome.UNKNOWN, (), 0.0, "test"))
        parts.append(name)
        at += len(name)
    text = "".join([*parts, article[end:]])
    return text, mentions, with_areas(text, mentions, resolutions)


def area_of(article: str) -> DerivedArea | None:
    """Return the first area of an article."""
    _, _, resolutions = resolved(article)
    return next((resolution.area for resolution in resolutions if resolution.area), None)
