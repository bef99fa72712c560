"""Read a table written by hand: tabs, a header line, `#` for remarks; every row knows its line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from geomap.errors import GazetteerError

__all__ = ["Row", "own_rows", "read_rows"]

_TABLES = Path(__file__).parent / "tables"


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `row["name"]` is the cell of a column, without surrounding spaces."""

    path: Path
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def error(self, problem: str, *, hint: str) -> GazetteerError:
        """Return an error that points at this row."""
        return GazetteerError(problem, path=self.path, line=self.line, hint=hint)


def own_rows(table: str | Path) -> list[Row]:
    """Return the rows of a table that comes with geomap: the gazetteer's by its name, another part's by its path.

    One that is not whole is no table to go on with.
    """
    problems: list[GazetteerError] = []
    path = _TABLES / table if isinstance(table, str) else table
    rows = list(read_rows(path, problems))
    if not rows:
        raise GazetteerError("this table is missing or empty", path=path, hint="Install geomap again")
    if problems:
        raise problems[0]
    return rows


def read_rows(path: Path, problems: list[GazetteerError]) -> Iterator[Row]:
    """Yield the rows of a table; a missing table has none, and a ragged row is added to `problems`."""
    if not path.is_file():
        return
    header: list[str] = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if not header:
            header = cells
            continue
        if len(cells) > len(header) or not cells[0]:
            problem = (
                f"{len(cells)} cells where the header has {len(header)}" if cells[0] else "the first cell is empty"
            )
            problems.append(GazetteerError(problem, path=path, line=number, hint=f"Columns: {', '.join(header)}"))
            continue
        cells += [""] * (len(header) - len(cells))
        yield Row(path, number, dict(zip(header, cells, strict=True)))
