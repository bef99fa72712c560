"""Read one field of an entry as a person wrote it, or say what is wrong with it and how to mend it.

Nothing is guessed: a value that could mean two things is refused, with the likely remedy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from math import isfinite
from pathlib import Path
from typing import Any, NoReturn

from geomap.errors import GazetteerError
from geomap.gazetteer import tables
from geomap.gazetteer.layers.texts import BETWEEN_NAMES, name_fault, text_fault
from geomap.model import BBox
from geomap.words import name_key

__all__ = ["Fields", "degrees"]

# More people than live on earth.
POPULATION_MAX = 10_000_000_000

_ID = re.compile(r"[a-z][a-z0-9_-]*:[^\s|]+")
_GEONAMES_ID = re.compile(r"geonames:[1-9]\d{0,9}")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
# 1,000 or 1.000: marks between thousands.
_GROUPED = re.compile(r"\d{1,3}(?:[,.' \u00a0\u202f]\d{3})+")
_PLAIN_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_YES_NO = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_DEGREES_HINT = "Write decimal degrees, such as 33.28; south and west are negative"


class Fields:
    """The fields of one entry, and where it stands; an empty field is one that was not given."""

    def __init__(self, row: Mapping[str, Any], *, path: Path, line: int | None) -> None:
        self._row = {name: value for name, value in row.items() if value is not None and value not in ("", [])}
        self._path, self._line = path, line
        # What whoever wrote the file calls a field.
        self.called = "key" if path.suffix.lower() == ".toml" else "column"
        self.title = repr(self._row.get("name", "this entry"))

    def __iter__(self) -> Any:
        return iter(self._row)

    def fail(self, problem: str, *, hint: str) -> NoReturn:
        """Say what is wrong with this entry."""
        raise GazetteerError(problem, path=self._path, line=self._line, hint=hint)

    def name(self) -> str:
        """Return the name, in which there must be something to look up."""
        name = self.text("name")
        if not name:
            self.fail("an entry without a name", hint="Write name, as the texts have it")
        return self._checked_name(name)

    def names(self) -> tuple[str, ...]:
        """Return the other names: a list, or one text with | between them."""
        given = self._row.get("names", ())
        parts = given.split(BETWEEN_NAMES) if isinstance(given, str) else given
        if not isinstance(parts, list | tuple) or not all(isinstance(part, str) for part in parts):
            self.fail(f"{self.title} has names={given!r}", hint='Write names = ["one", "another"]')
        return tuple(self._checked_name(self._checked_text(part, "names")) for part in parts if part.strip())

    def text(self, field: str, *, lines: bool = False) -> str:
        """Return a text without surrounding space, '' when it is not given; only a note may have several lines."""
        value = self._row.get(field, "")
        if not isinstance(value, str):
            self.fail(f"{self.title} has {field}={value!r}, which is no text", hint=f'Write {field} = "{value}"')
        # Windows ends the lines of a note in two characters, which are one line break.
        return self._checked_text(value.replace("\r\n", "\n") if lines else value, field, lines=lines)

    def number(self, field: str) -> float | None:
        """Return a number, or None when it is not given."""
        value = self._row.get(field)
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        if isinstance(value, str) and _PLAIN_NUMBER.fullmatch(value.strip()):
            value = float(value)
        # Whole numbers may be too long to be a float at all.
        if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(number := float(str(value))):
            return number
        hint = _DEGREES_HINT if field in {"lat", "lon"} else "Write a whole number, such as 1200"
        if isinstance(value, str) and _DECIMAL_COMMA.fullmatch(value.strip()):
            hint = f"Write a point: {value.strip().replace(',', '.')}"
        return self.fail(f"{self.title} has {field}={value!r}, which is no number", hint=hint)

    def point(self) -> tuple[float, float]:
        """Return the latitude and longitude."""
        lat, lon = self.number("lat"), self.number("lon")
        if lat is None or lon is None:
            missing = " and ".join(name for name, value in (("lat", lat), ("lon", lon)) if value is None)
            return self.fail(f"{self.title} has no {missing}", hint=_DEGREES_HINT)
        if abs(lat) > 90:
            swapped = abs(lon) <= 90 and abs(lat) <= 180
            self.fail(
                f"{self.title} has lat={degrees(lat)}, outside -90 to 90",
                hint=f"lat={degrees(lon)}, lon={degrees(lat)} would be valid: are the two columns swapped?"
                if swapped
                else _DEGREES_HINT,
            )
        if abs(lon) > 180:
            hint = f"lon={degrees((lon + 180) % 360 - 180)} is the same meridian" if lon < 360 else _DEGREES_HINT
            self.fail(f"{self.title} has lon={degrees(lon)}, outside -180 to 180", hint=hint)
        if lat == lon == 0:
            self.fail(
                f"{self.title} has lat=0, lon=0, in the Atlantic, where no place is",
                hint="That is what tools write for 'unknown': look the place up",
            )
        return lat, lon

    def country(self) -> str:
        """Return a country's code of two letters, or '' when it is not given."""
        given = self.text("country")
        if not given or given.upper() in tables.countries():
            return given.upper()
        key = name_key(given).lower()
        code = tables.country_names().get(key)
        near = get_close_matches(key, tables.country_names(), n=1)
        if code is None and near:
            code = tables.country_names()[near[0]]
        return self.fail(
            f"{self.title} has country={given!r}, which is no code of ISO 3166-1",
            hint=f"Write {code} for {tables.countries()[code]}"
            if code
            else "Write two letters, such as LB for Lebanon; leave it out at sea",
        )

    def kind(self) -> str:
        """Return the word for what the place is, or '' when it is not given."""
        given = self.text("kind")
        word = " ".join(given.casefold().replace("_", " ").split())
        if not word or word in tables.kinds():
            return word
        near = get_close_matches(word, tables.kinds(), n=2, cutoff=0.7)
        hint = f"Did you mean {' or '.join(map(repr, near))}?" if near else "Write village, province, base, lake, ..."
        return self.fail(f"{self.title} has kind={given!r}, which is no kind of place", hint=hint)

    def place_id(self, field: str) -> str:
        """Return the id of a place, or '' when it is not given."""
        given = self.text(field)
        if not given:
            return ""
        if not _ID.fullmatch(given) or (given.startswith("geonames:") and not _GEONAMES_ID.fullmatch(given)):
            self.fail(
                f"{self.title} has {field}={given!r}, which is no id",
                hint="Write one as 'geomap gazetteer search' prints it, such as geonames:99072, or own:my-place",
            )
        return given

    def population(self) -> int:
        """Return how many people live there, 0 when it is not given."""
        given = self._row.get("population", "")
        if isinstance(given, str) and _GROUPED.fullmatch(given.strip()):
            plain = "".join(filter(str.isdecimal, given))
            self.fail(f"{self.title} has population={given!r}", hint=f"Write it without marks between: {plain}")
        number = self.number("population") or 0.0
        if number != int(number) or not 0 <= number <= POPULATION_MAX:
            self.fail(f"{self.title} has population={given}", hint=f"Write a whole number, 0 to {POPULATION_MAX}")
        return int(number)

    def flag(self, field: str) -> bool | None:
        """Return a yes or no, or None when it is not given."""
        if field not in self._row:
            return None
        value = self._row[field]
        flag = _YES_NO.get(str(value).strip().casefold())
        if flag is None:
            return self.fail(f"{self.title} has {field}={value!r}", hint="Write true or false")
        return flag

    def bbox(self, *, lat: float, lon: float) -> BBox | None:
        """Return the extent, in which the point must lie, or None when it is not given."""
        given = self._row.get("bbox")
        if given is None:
            return None
        box = _box(given.replace(",", " ").split() if isinstance(given, str) else given)
        hint = "Write west, south, east, north in degrees"
        if box is None:
            return self.fail(f"{self.title} has bbox={given!r}, not four numbers", hint=hint)
        if not (-90 <= box.south <= box.north <= 90 and abs(box.west) <= 180 and abs(box.east) <= 180):
            return self.fail(f"{self.title} has bbox={given!r}, which is no part of the world", hint=hint)
        across = box.west <= lon <= box.east if box.west <= box.east else lon >= box.west or lon <= box.east
        if not (across and box.south <= lat <= box.north):
            return self.fail(
                f"{self.title} has bbox={given!r}, in which lat={degrees(lat)}, lon={degrees(lon)} does not lie",
                hint=hint,
            )
        return box

    def _checked_name(self, name: str) -> str:
        if fault := name_fault(name):
            self.fail(fault.problem, hint=fault.hint)
        return name

    def _checked_text(self, text: str, field: str, *, lines: bool = False) -> str:
        if fault := text_fault(text, field=field, of=self.title, lines=lines):
            self.fail(fault.problem, hint=fault.hint)
        return text.strip()


def degrees(value: float) -> str:
    """Return degrees as a person writes them."""
    return f"{value:.10g}"


def _box(sides: object) -> BBox | None:
    if not isinstance(sides, Sequence) or len(sides) != 4:
        return None
    if not all(isinstance(side, str | int | float) and _PLAIN_NUMBER.fullmatch(str(side)) for side in sides):
        return None
    return BBox(*(float(str(side)) for side in sides))
