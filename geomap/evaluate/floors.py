"""Hold figures to floors: a file names the least that each may be, and the gold it was measured on.

A floor is lowered by whoever edits the file, in plain sight.  Where the gold has changed, its floors mean nothing
until they are measured anew.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from geomap.errors import InputError
from geomap.evaluate.report import Report

__all__ = ["below_floors", "read_floors"]

_HINT = 'Write a table for each gold set, such as [news], with digest = "..." and "strict.e2e_f1" = 0.7'
_DIGEST = "digest"


def read_floors(path: Path) -> Mapping[str, Mapping[str, Any]]:
    """Return the tables of a floors file."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=str(path), hint=_HINT) from error
    except ValueError as error:
        raise InputError(f"is not TOML: {error}", where=str(path), hint=_HINT) from error
    if not tables or not all(isinstance(table, dict) for table in tables.values()):
        raise InputError("has no tables", where=str(path), hint=_HINT)
    return tables


def below_floors(reports: Sequence[Report], floors: Mapping[str, Mapping[str, Any]], *, where: str) -> Iterator[str]:
    """Yield a line for every figure below its floor; `where` names the file of the floors."""
    by_name = {report.name: report for report in reports}
    for name, table in floors.items():
        if name not in by_name:
            raise InputError(f"[{name}] is no gold set of this run", where=where, hint="Name the gold file it is for")
        report = by_name[name]
        for path, floor in table.items():
            if path == _DIGEST:
                if floor != report.digest:
                    yield f"{name}: the gold is not that of the floors (SHA-256 {report.digest})"
                continue
            figure = _figure(report, path, where=where)
            if not isinstance(floor, int | float):
                raise InputError(f"[{name}] {path} = {floor!r}", where=where, hint="Write a number")
            if figure is None or figure < floor:
                shown = "nothing" if figure is None else f"{figure:.4f}"
                yield f"{name}: {path} is {shown}, below its floor of {floor:.4f}"


def _figure(report: Report, path: str, *, where: str) -> float | None:
    """Return a figure by its path in the JSON."""
    value: Any = asdict(report)
    for name in path.split("."):
        value = value.get(name, ...) if isinstance(value, dict) else ...
    if value is not None and not isinstance(value, int | float):
        raise InputError(f"{path!r} is no figure", where=where, hint="Take a path from --json, such as strict.e2e_f1")
    return value
