"""Read the places of a table: CSV or TSV, with whatever columns it has."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.gazetteer.imports.columns import columns_of, listed
from geomap.gazetteer.imports.decoding import read_text
from geomap.gazetteer.imports.given import Given
from geomap.gazetteer.imports.report import Tally

__all__ = ["read_table"]

_SEPARATORS = ",;\t|"
_QUOTED = re.compile('"[^"]*"')
# Spreadsheets in most of Europe write 33,28 and put semicolons between columns.
_DECIMAL_COMMA = re.compile(r"([+-]?\d+),(\d+)")


def read_table(path: Path, tally: Tally, *, columns: Mapping[str, str]) -> Iterator[Given]:
    """Yield the rows of a table, each with its line and its fields; `columns` are those the user named."""
    text = read_text(path, tally)
    header_line = text.partition("\n")[0]
    separator = "\t" if path.suffix.lower() == ".tsv" else _separator(header_line)
    rows = _rows(path, text, separator, tally)
    _, header = next(rows, (1, []))
    if not any(header):
        raise GazetteerError("this file is empty", path=path, hint="The first line names the columns")
    header = [cell.strip() for cell in header]
    found = columns_of(header, columns, path=path)
    tally.remarks.append(f"columns   {found.told()}{f' ({found.mapping})' if found.mapping else ''}")
    unused = [column for column in header if column and column not in found.by_field.values() and column != "entry"]
    if unused:
        tally.remarks.append(f"not used  {listed(unused)}")
    for line, cells in rows:
        if not any(map(str.strip, cells)):
            continue
        tally.rows += 1
        if len(cells) > len(header):
            problem = f"{len(cells)} cells, the header has {len(header)}"
            hint = f"Put quotes around a cell that holds {separator!r}"
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
    """Yield the rows with the lines they begin in; after a quote that runs wild over lines, no more."""
    # The limit of a cell is the whole process's, and stays as it is: far more than a description of a place.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            # Of a row that ends where its line ends, the next one is known to be whole.
            lost = "" if reader.line_num == line else ", and no row from here on was read"
            hint = "A cell that begins with a double quote must end with one; inside, write two"
            tally.refuse(GazetteerError(f"no CSV: {error}{lost}", path=path, line=line, hint=hint))
            if lost:
                return
            continue
        if cells is None:
            return
        yield line, cells
