"""The values of remembered online answers: what was asked, how it went, and what the service said.

A failure is not an answer: "the service was down" and "there is no such place" are different outcomes,
with different times after which the same question may be asked again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from math import isfinite
from typing import Any, NamedTuple

from geomap.model import BBox

__all__ = ["Answer", "AskOutcome", "Keeping", "Question", "Remembered", "bbox_of", "is_sound", "moment", "stamp"]

# A place that a map service does not know may have been drawn in there a season later.
NOT_FOUND_KEPT = timedelta(days=90)
# Long enough that a run started again by accident does not repeat its mistakes.
FAILED_KEPT = timedelta(minutes=1)
FORBIDDEN_KEPT = timedelta(minutes=10)
# The ids that a service may give; a place of the gazetteer or of a person is none of its business.
_ID = re.compile(r"(?:osm:(?:node|way|relation):\d{1,18}|geonames:\d{1,12})?")
_UNSOUND = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class AskOutcome(StrEnum):
    """How a question to an online service ended."""

    FOUND = "found"
    NOT_FOUND = "not_found"  # the service answered, and knows no such place
    FAILED = "failed"  # no answer, or none that makes sense
    FORBIDDEN = "forbidden"  # the service does not want to be asked by us


NO_ANSWER = frozenset({AskOutcome.FAILED, AskOutcome.FORBIDDEN})


class Question(NamedTuple):
    """What tells one question from another.  `country` is ISO 3166-1 alpha-2, '' where no hint was given."""

    name: str
    country: str
    language: str
    provider: str
    endpoint: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One place as a service told it, in its own words for what the place is."""

    name: str
    lat: float
    lon: float
    id: str = ""
    address: str = ""
    category: str = ""
    type: str = ""
    level: str = ""  # what the place is in an address: city, state, county ...
    country: str = ""
    admin1: str = ""
    bbox: BBox | None = None

    def __post_init__(self) -> None:
        if not (isfinite(self.lat) and isfinite(self.lon)):
            raise ValueError(f"lat={self.lat}, lon={self.lon} is no point")
        if abs(self.lat) > 90 or abs(self.lon) > 180:
            raise ValueError(f"lat={self.lat}, lon={self.lon} is outside -90 to 90, -180 to 180")
        if not _ID.fullmatch(self.id):
            raise ValueError(f"id={self.id!r} is no id of OpenStreetMap or GeoNames")

    def as_json(self) -> dict[str, Any]:
        """Return what is known, empty fields left out."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in fields.items() if value not in {"", None}}

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> Answer:
        """Read what `as_json` wrote; ValueError where that is not what stands there."""
        if not isinstance(fields, Mapping) or not set(fields) <= set(cls.__slots__):
            raise ValueError("an answer has fields that geomap does not know")
        given = dict(fields)
        try:
            lat, lon, box = float(given.pop("lat")), float(given.pop("lon")), bbox_of(given.pop("bbox", None))
            texts = "".join([given["name"], *given.values()])
        except (KeyError, TypeError) as error:
            raise ValueError(f"an answer lacks name, lat or lon, or one is of the wrong type ({error})") from error
        if not is_sound(texts):
            raise ValueError(f"an answer holds control characters: {texts!r}")
        return cls(lat=lat, lon=lon, bbox=box, **given)


@dataclass(frozen=True, slots=True)
class Remembered:
    """One question with what came of it.

    `raw` is the body of the service's answer exactly as it came; `licence` is the service's own line.
    """

    question: Question
    outcome: AskOutcome
    asked_at: datetime
    answers: tuple[Answer, ...] = ()
    raw: str = ""
    licence: str = ""
    detail: str = ""
    latency_ms: int = 0


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long each outcome saves asking again; None is for ever."""

    found: timedelta | None = None
    not_found: timedelta | None = NOT_FOUND_KEPT
    failed: timedelta = FAILED_KEPT
    forbidden: timedelta = FORBIDDEN_KEPT

    def is_current(self, row: Remembered, now: datetime) -> bool:
        """Say whether a remembered outcome still stands for asking."""
        kept: timedelta | None = getattr(self, row.outcome)
        age = now - row.asked_at
        if row.outcome in NO_ANSWER:
            # After a clock was set back, a failure of the future must not stop anyone.
            return timedelta(0) <= age < kept if kept is not None else False
        return kept is None or age < kept


def bbox_of(sides: object) -> BBox | None:
    """Return west, south, east, north as a box, None where there is none; ValueError for sides that make none."""
    if sides is None:
        return None
    if not isinstance(sides, list | tuple) or len(sides) != 4:
        raise ValueError(f"bbox={sides!r} does not have four sides")
    try:
        box = BBox(*(float(side) for side in sides))
    except TypeError as error:
        raise ValueError(f"bbox={sides!r} is not of numbers") from error
    if not (-90 <= box.south <= box.north <= 90 and abs(box.west) <= 180 and abs(box.east) <= 180):
        raise ValueError(f"bbox={sides!r} is no box of west, south, east, north in degrees")
    return box


def is_sound(text: str) -> bool:
    """Say whether a text can be stored, sent and shown: no control characters, no half of a surrogate pair."""
    return not _UNSOUND.search(text)


def stamp(when: datetime) -> str:
    """Return a time as it is stored: UTC, of equal length, so that texts sort as the times do."""
    return when.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment(text: str) -> datetime:
    """Read a stored time; ValueError where it is none, or says no time zone."""
    when = datetime.fromisoformat(text)
    if when.tzinfo is None:
        raise ValueError(f"the time {text!r} has no time zone")
    return when.astimezone(UTC)
