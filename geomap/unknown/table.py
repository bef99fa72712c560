"""Write unknown names as a table to fill in, whose first columns `geomap gazetteer import` reads.

`lat` and `lon` stay empty: a guess that looks like a coordinate would be taken for one.  `country`
and `kind` are filled in only where the texts leave little doubt.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from geomap.gazetteer.cells import Cells, guarded, read_rows, unguarded
from geomap.model import Place
from geomap.unknown.names import UnknownName
from geomap.unknown.snippet import clean

__all__ = ["COLUMNS", "as_csv", "filled_in"]

COLUMNS = (
    "name", "lat", "lon", "country", "kind", "names", "note", "source",
    "mentions", "documents", "region_guess", "near_spellings", "snippet",
)  # fmt: skip
# As a layer writes several names in one cell.
_BETWEEN = "|"


def as_csv(names: Iterable[UnknownName]) -> str:
    """Return the table: a header, and one row a name.  No cell can be taken for a formula."""
    buffer = io.StringIO(newline="")
    rows = csv.writer(buffer, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows([guarded(cell) for cell in _row(name)] for name in names)
    return buffer.getvalue()


def filled_in(path: Path) -> set[str]:
    """Return the names of an older table's rows that somebody has given a latitude and a longitude."""
    rows = read_rows(path)
    header = [cell.strip().lower() for cell in next(rows, Cells(1, [])).cells]
    found = (dict(zip(header, map(str.strip, cells), strict=False)) for _, cells in rows)
    return {unguarded(row["name"]) for row in found if row.get("name") and row.get("lat") and row.get("lon")}


def _row(name: UnknownName) -> tuple[str, ...]:
    region = name.region
    return (
        _plain(name.name),
        "",
        "",
        region.country if region and region.is_strong else "",
        name.kind,
        _BETWEEN.join(map(_plain, name.variants)),
        "",
        "",
        str(name.mentions),
        str(name.documents),
        str(region or ""),
        f" {_BETWEEN} ".join(map(_near, name.near)),
        f" {_BETWEEN} ".join(f"[{clean(shown.document_id)}] {shown.text}" for shown in name.snippets),
    )


def _plain(name: str) -> str:
    return clean(name).replace(_BETWEEN, " ")


def _near(place: Place) -> str:
    where = ", ".join(filter(None, (place.kind.value, place.admin1, place.country)))
    return f"{place.name} ({where}) {place.id}"
