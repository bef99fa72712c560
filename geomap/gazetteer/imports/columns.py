"""Say which column of somebody's table holds which field of a place.

What the user maps wins, then a mapping with a name whose columns are all there, then usual names.
"""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from geomap.errors import GazetteerError
from geomap.gazetteer.rows import own_rows

__all__ = ["FIELDS", "Columns", "columns_of", "listed"]

USUAL = "usual"
# `point` is a cell with both: "Point(44.4 33.3)" or "33.3, 44.4"; the ids differ in what they number.
FIELDS = (
    "name", "lat", "lon", "point", "country", "kind", "names", "population", "bbox", "disputed", "id", "geonameid",
    "wikidata", "pleiades", "note", "source",
)  # fmt: skip
# About two lines of a terminal.
_LISTED_MAX_CHARS = 200
_COORDINATES = ("lat", "lon")
# Beside degrees, maps give metres under these names.
_OF_MAPS = frozenset({"x", "y"})


class _Usual(NamedTuple):
    column: str
    field: str
    needed: bool


@dataclass(frozen=True, slots=True)
class Columns:
    """The column of each field, and the mapping that told them ('' when the user told all)."""

    by_field: Mapping[str, str]
    mapping: str

    def row(self, cells: Mapping[str, str]) -> dict[str, str]:
        """Return the fields of a row that are not empty."""
        return {field: cell for field, column in self.by_field.items() if (cell := (cells.get(column) or "").strip())}

    def told(self) -> str:
        """Return the mapping as it would be given with --map."""
        return listed(f"{field}={column}" for field, column in self.by_field.items())


def columns_of(header: Sequence[str], given: Mapping[str, str], *, path: Path) -> Columns:
    """Return the columns of a table; `given` are fields with the columns the user names."""
    for field, column in given.items():
        if field not in FIELDS:
            raise GazetteerError(f"--map {field}={column}: no field {field!r}", path=path, hint=_known(FIELDS))
        if column not in header:
            raise GazetteerError(f"--map {field}={column}: no such column", path=path, line=1, hint=_known(header))
    found, mapping = _found(header, given, path=path)
    by_field = {field: given.get(field, found.get(field, "")) for field in FIELDS}
    if set(given) & {"lat", "lon"}:
        by_field["point"] = given.get("point", "")
    if "point" in given or (by_field["point"] and not (by_field["lat"] and by_field["lon"])):
        by_field["lat"] = by_field["lon"] = ""
    elif by_field["lat"] and by_field["lon"]:
        by_field["point"] = ""
    missing = [field for field in ("name", "lat", "lon") if not by_field[field]]
    if by_field["point"]:
        missing = [field for field in missing if field == "name"]
    if missing:
        hint = f"Say which: {' '.join(f'--map {field}=COLUMN' for field in missing)}. {_known(header)}"
        raise GazetteerError(f"no column is clearly the {' or the '.join(missing)}", path=path, line=1, hint=hint)
    return Columns({field: column for field, column in by_field.items() if column}, mapping)


def listed(names: Iterable[str]) -> str:
    """Return names as a message shows them: in one line, which a table of hundreds of columns does not fill."""
    shown = "".join(char if char.isprintable() else " " for char in ", ".join(names))
    shown = " ".join(shown.split())
    return shown if len(shown) <= _LISTED_MAX_CHARS else f"{shown[:_LISTED_MAX_CHARS]} ..."


def _found(header: Sequence[str], given: Mapping[str, str], *, path: Path) -> tuple[dict[str, str], str]:
    columns: defaultdict[str, list[str]] = defaultdict(list)
    for column in header:
        columns[_plain(column)].append(column)
    for mapping, usual in _mappings().items():
        if not all(_plain(row.column) in columns for row in usual if row.needed):
            continue
        found: defaultdict[str, list[str]] = defaultdict(list)
        for row in usual:
            found[row.field] += columns.get(_plain(row.column), ())
        for field in [] if "point" in given else [field for field in _COORDINATES if field not in given]:
            _check_alone(field, found[field], path)
        return {field: of_field[0] for field, of_field in found.items() if of_field}, mapping
    return {}, ""


def _check_alone(field: str, columns: Sequence[str], path: Path) -> None:
    """Complain where two columns may hold a coordinate: one of a pair must not be put with one of another."""
    sure = [column for column in columns if _plain(column) not in _OF_MAPS] or columns
    if len(sure) > 1:
        ways = " or ".join(f"--map {field}={shlex.quote(column)}" for column in dict.fromkeys(sure))
        problem = f"{len(sure)} columns may be the {field}: {', '.join(sure)}"
        hint = f"Say which: {ways}" if len(set(sure)) > 1 else "Call them different names"
        raise GazetteerError(problem, path=path, line=1, hint=hint)


@cache
def _mappings() -> dict[str, list[_Usual]]:
    mappings: defaultdict[str, list[_Usual]] = defaultdict(list)
    for row in own_rows("import_columns.tsv"):
        mappings[row["mapping"]].append(_Usual(row["column"], row["field"], row["marks"] == "yes"))
    # Any table has all the columns that "usual" needs: none.
    return dict(sorted(mappings.items(), key=lambda item: item[0] == USUAL))


def _plain(column: str) -> str:
    return "".join(filter(str.isalnum, column.casefold()))


def _known(names: Sequence[str]) -> str:
    return f"There are: {listed(names)}"
