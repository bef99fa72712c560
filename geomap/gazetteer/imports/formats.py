"""Say which format a file has, by its content and not by its name, and read its places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from geomap.errors import GazetteerError
from geomap.gazetteer.imports.dump import COMPANIONS, Dump, find_dump, is_dump
from geomap.gazetteer.imports.geojson import read_geojson
from geomap.gazetteer.imports.given import entries_of, slug
from geomap.gazetteer.imports.opening import opened
from geomap.gazetteer.imports.report import Tally
from geomap.gazetteer.imports.tables import read_table
from geomap.gazetteer.layers.entries import PlaceEntry

__all__ = ["Files", "Format", "format_of", "read_places", "sort_files"]

_FIRST_LINE_MAX_BYTES = 65_536
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class Format(StrEnum):
    """The formats of gazetteers."""

    DUMP = "GeoNames dump"
    COMPANION = "table beside a GeoNames dump"
    GEOJSON = "GeoJSON"
    TABLE = "table"


class Files(NamedTuple):
    """The files of one import: a dump of GeoNames, or files of rows."""

    dump: Dump | None
    tables: tuple[Path, ...]


def format_of(path: Path) -> Format:
    """Return the format of a file."""
    with opened(path) as (stream, _):
        line = stream.readline(_FIRST_LINE_MAX_BYTES)
    if is_dump(line):
        return Format.DUMP
    if path.name.partition(".")[0] in COMPANIONS:
        return Format.COMPANION
    start = line
    for mark in _MARKS:
        start = start.removeprefix(mark)
    return Format.GEOJSON if start.lstrip(b" \t\r\n\0")[:1] in {b"{", b"["} else Format.TABLE


def sort_files(paths: Sequence[Path]) -> Files:
    """Return what the files given are together."""
    formats = {path: format_of(path) for path in paths}
    dumps = [path for path, format_ in formats.items() if format_ is Format.DUMP]
    beside = tuple(path for path, format_ in formats.items() if format_ is Format.COMPANION)
    tables = tuple(path for path, format_ in formats.items() if format_ in {Format.GEOJSON, Format.TABLE})
    if len(dumps) > 1 or (dumps and tables):
        second = [*dumps, *tables][1]
        raise GazetteerError("a GeoNames dump is imported alone", path=second, hint="Import this file by itself")
    if beside and not dumps:
        raise GazetteerError(
            "this adds to a GeoNames dump", path=beside[0], hint="Name the dump, too: allCountries.txt or XX.txt"
        )
    return Files(find_dump(dumps[0], beside) if dumps else None, tables)


def read_places(
    paths: Sequence[Path], tally: Tally, *, stem: str = "", source: str = "", columns: Mapping[str, str]
) -> Iterator[PlaceEntry]:
    """Yield the places of files of rows; `stem` begins the ids of files that number their places."""
    for path in paths:
        read = read_geojson if format_of(path) is Format.GEOJSON else read_table
        rows = read(path, tally, columns=columns)
        yield from entries_of(rows, tally, stem=stem or slug(path.name.partition(".")[0]), source=source)
