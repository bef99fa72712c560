"""Find the rows of a CSV layer with the characters they stand in, and write entries as CSV.

Rows keep their places in the text, so that one can be cut out and every other byte stays.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from geomap.errors import GazetteerError
from geomap.gazetteer.cells import SEPARATORS, guarded, unguarded
from geomap.gazetteer.layers.entries import COLUMNS, Entry, did_you_mean, word_of
from geomap.gazetteer.layers.stretch import Lines, Stretch

__all__ = ["HEAD", "Sheet", "header", "rows_of", "sheet_of", "used_columns"]

# How a new file begins.  No comma, semicolon or quote: a spreadsheet keeps each line in one cell.
HEAD = """\
# Places and names of this project's own for geomap - they win over the gazetteer it comes with.
# One row an entry: place or alias or block or prefer. A | stands between names - bbox is west south east north.
"""
_NUMBERS = frozenset({"lat", "lon", "population", "bbox"})


class Sheet(NamedTuple):
    """A file's header and rows."""

    columns: tuple[str, ...]
    separator: str
    stretches: tuple[Stretch, ...]


class _Record(NamedTuple):
    cells: list[str]
    start: int
    end: int


def sheet_of(text: str, *, path: Path) -> Sheet:
    """Return the rows of a file in its order; a file that is no CSV is an error, an empty one has no columns."""
    separator = _separator(text)
    records = _records(text, separator, path)
    header = next(records, None)
    if header is None:
        return Sheet((), separator, ())
    lines = Lines(text)
    columns = tuple(cell.strip().lower() for cell in header.cells)
    _check_columns(columns, path, lines.at(header.start))
    found = []
    for record in records:
        line = lines.at(record.start)
        if len(record.cells) > len(columns) and any(map(str.strip, record.cells[len(columns) :])):
            raise GazetteerError(
                f"{len(record.cells)} cells where the header has {len(columns)}",
                path=path,
                line=line,
                hint=f"A name with {separator!r} in it stands in double quotes",
            )
        if any(map(str.strip, record.cells)):
            row = {name: unguarded(cell) for name, cell in zip(columns, record.cells, strict=False) if name}
            found.append(Stretch(row, line, record.start, record.end))
    return Sheet(columns, separator, tuple(found))


def rows_of(
    entries: Iterable[Entry], *, columns: Sequence[str] = COLUMNS, separator: str = ",", newline: str = "\n"
) -> str:
    """Return entries as rows, each with a line break at its end."""
    return "".join(_line([_cell(entry, column) for column in columns], separator, newline) for entry in entries)


def header(*, newline: str = "\n") -> str:
    """Return the header line of a new file."""
    return _line(list(COLUMNS), ",", newline)


def used_columns(entry: Entry) -> list[str]:
    """Return the columns without which an entry cannot be written."""
    return [column for column in COLUMNS if _cell(entry, column)]


def _cell(entry: Entry, column: str) -> str:
    if column == "entry":
        word = word_of(entry)
        return "" if word == "place" else word
    value = getattr(entry, column, "")
    if column in {"lat", "lon"}:
        return "" if value == "" else repr(value)
    if column in _NUMBERS:
        return " ".join(map(repr, value)) if isinstance(value, tuple) else str(value or "")
    if column == "names":
        return guarded("|".join(value))
    return str(value).lower() if isinstance(value, bool) else guarded(value or "")


def _line(cells: Sequence[str], separator: str, newline: str) -> str:
    line = _written(cells, separator, newline, csv.QUOTE_MINIMAL)
    # Unquoted, such a row would be read as a remark, or not at all.
    return _written(cells, separator, newline, csv.QUOTE_ALL) if line.startswith("#") or not line.strip() else line


def _written(cells: Sequence[str], separator: str, newline: str, quoting: Any) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=separator, lineterminator=newline, quoting=quoting).writerow(cells)
    return buffer.getvalue()


def _records(text: str, separator: str, path: Path) -> Iterator[_Record]:
    """Yield the records of a file, without remarks and blank lines between them."""
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        lines.between_records = True
        try:
            cells = next(reader, None)
        except csv.Error as error:
            hint = "A cell that begins with a double quote must end with one; inside, write two"
            raise GazetteerError(f"no CSV: {error}", path=path, line=Lines(text).at(lines.start), hint=hint) from error
        if cells is None:
            return
        yield _Record(cells, lines.start, lines.position)


class _Lines:
    """The lines that a CSV reader asks for; knows where the record it reads began and ended."""

    def __init__(self, text: str) -> None:
        self._lines = iter(io.StringIO(text, newline=""))
        self.between_records = True
        self.start = self.position = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        while True:
            line = next(self._lines)
            start, self.position = self.position, self.position + len(line)
            if not self.between_records:
                return line
            if line.strip() and not line.lstrip().startswith("#"):
                self.start, self.between_records = start, False
                return line


def _separator(text: str) -> str:
    """Return the separator that cuts the header into most columns of ours."""
    lines = (line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#"))
    first = next(lines, "").lower()
    known = frozenset(COLUMNS)
    return max(SEPARATORS, key=lambda mark: len(known & {cell.strip(' "\r') for cell in first.split(mark)}))


def _check_columns(columns: Sequence[str], path: Path, line: int) -> None:
    for number, column in enumerate(columns):
        if column and column not in COLUMNS:
            problem, hint = f"unknown column {column!r}", did_you_mean(column, COLUMNS)
        elif column and column in columns[:number]:
            problem, hint = f"the column {column!r} comes twice", "Keep one"
        else:
            continue
        raise GazetteerError(problem, path=path, line=line, hint=hint)
    if "name" not in columns:
        raise GazetteerError("no column 'name'", path=path, line=line, hint=f"The header is {','.join(COLUMNS)}")
