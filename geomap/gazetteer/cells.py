"""Read and write the tables that people keep in spreadsheets: separators, byte-order mark, formula guard.

A spreadsheet runs a cell that begins like a formula: cells we write are guarded by an apostrophe, which
is taken off again on reading.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from geomap.errors import InputError

__all__ = ["SEPARATORS", "Cells", "guarded", "read_rows", "unguarded"]

# What spreadsheets and their users separate cells with.
SEPARATORS = ",;\t"
# What Excel, LibreOffice and Google Sheets take for the beginning of a formula, behind any of our guards.
_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


class Cells(NamedTuple):
    """One row, and the line it begins on."""

    line: int
    cells: list[str]


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _LIKE_A_FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return what `guarded` was given."""
    return cell[1:] if _GUARDED.match(cell) else cell


def read_rows(path: Path) -> Iterator[Cells]:
    """Yield the rows of a file that hold something, the header first; what is no table of UTF-8 is an error."""
    text = _text(path)
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(SEPARATORS, key=first.count), strict=True)
    line = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            problem = f"is no row of a CSV table ({error})"
            raise InputError(problem, where=str(path), line=line, hint="Check the quotes of this row") from error
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield Cells(line, cells)
        line = reader.line_num + 1


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        problem = f"cannot be opened ({error.strerror})"
        raise InputError(problem, where=str(path), hint="Check the path") from error
    except UnicodeDecodeError as error:
        problem = f"is not UTF-8 (byte {error.start})"
        raise InputError(problem, where=str(path), hint='Save it as "CSV UTF-8"') from error
