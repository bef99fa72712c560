"""Read the places of a table: CSV or TSV, with whatever columns it has."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.gazetteer.imports.columns import columns_of
from geomap.gazetteer.imports.decoding import read_text
from geomap.gazetteer.imports.given import Given
from geomap.gazetteer.imports.report import Tally

__all__ = ["read_table"]

_SEPARATORS = ",;\t|"
_QUOTED = re.compile('"[^"]*"')
# Spreadsheets in most of Europe write 33,28 and put semicolons between columns.
_DECIMAL_COMMA = re.compile(r"([+-]?\d+),(\d+)")
# A description of a place is shorter; a cell that is longer is a quote that was never closed.
_CELL_MAX_CHARS = 1_000_000


def read_table(path: Path, tally: Tally, *, columns: Mapping[str, str]) -> Iterator[Given]:
    """Yield the rows of a table, each with its line and its fields; `columns` are those the user named."""
    text = read_text(path, tally)
    header_line = text.partition("\n")[0]
    separator = "\t" if path.suffix.lower() == ".tsv" else _separator(header_line)
    rows = _rows(path, text, separator, tally)
    _, header = next(rows, (1, []))
    if not any(header):
        raise GazetteerError("this file is empty", path=path, hint="The first line names the columns.")
    header = [cell.strip() for cell in header]
    found = columns_of(header, columns, path=path)
    tally.remarks.append(f"columns   {found.told()}{f' ({found.mapping})' if found.mapping else ''}")
    unused = [column for column in header if column and column not in found.by_field.values() and column != "entry"]
    if unused:
        tally.remarks.append(f"not used  {', '.join(unused)}")
    for line, cells in rows:
        if not any(map(str.strip, cells)):
            continue
        tally.rows += 1
        if len(cells) > len(header):
            problem = f"{len(cells)} cells, the header has {len(header)}"
            hint = f"Put quotes around a cell that holds {separator!r}."
            tally.refuse(GazetteerError(problem, path=path, line=line, hint=hint))
            continue
        named = dict(zip(header, cells, strict=False))
        if named.get("entry", "").strip().casefold() not in {"", "place"}:
            tally.left_out["an alias, block or prefer, which is no place"] += 1
            continue
        fields = found.row(named)
        if separator == ";":
            for field in ("lat", "lon"):
                fields.update({field: _DECIMAL_COMMA.sub(r"\1.\2", fields[field])} if field in fields else {})
        yield Given(path, fields, line=line)


def _separator(header: str) -> str:
    unquoted = _QUOTED.sub("", header)
    return max(_SEPARATORS, key=unquoted.count)


def _rows(path: Path, text: str, separator: str, tally: Tally) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with the lines they begin in."""
    before = csv.field_size_limit(_CELL_MAX_CHARS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                hint = "Is a quote open that is never closed?"
                tally.refuse(GazetteerError(str(error), path=path, line=line, hint=hint))
                return
            yield line, cells
    finally:
        csv.field_size_limit(before)
