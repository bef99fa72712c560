"""Know a layer among the files to import, such as `geomap gazetteer export` writes, and read all that it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from geomap.gazetteer.imports.matching import bare
from geomap.gazetteer.imports.report import Tally
from geomap.gazetteer.layers.entries import COLUMNS, Entry, PlaceEntry
from geomap.gazetteer.layers.file import read_problems

__all__ = ["is_layer", "only_places", "read_own"]

# A header and the remarks before it are shorter.
_HEAD_MAX_BYTES = 65_536
_SEPARATOR = re.compile("[,;\t]")


def is_layer(path: Path) -> bool:
    """Say whether a file is TOML, or a table with our columns that begins with remarks or says what each row is."""
    if path.suffix.lower() != ".csv":
        return path.suffix.lower() == ".toml"
    try:
        stream = path.open("rb")
    except OSError:
        # Whoever reads it as a table says why not.
        return False
    with stream:
        head = stream.read(_HEAD_MAX_BYTES).decode("utf-8-sig", "replace")
    lines = [line for line in head.splitlines() if line.strip()]
    header = next((line for line in lines if not line.startswith("#")), "")
    columns = {cell.strip(' "').lower() for cell in _SEPARATOR.split(header)} - {""}
    return "name" in columns <= set(COLUMNS) and ("entry" in columns or lines[0].startswith("#"))


def read_own(path: Path, tally: Tally, *, source: str = "") -> Iterator[Entry]:
    """Yield the entries of a layer; `source` serves those that name none, else the file's name does."""
    entries, problems = read_problems(path)
    tally.rows += len(entries) + len(problems)
    for problem in problems:
        tally.refuse(problem)
    for entry in entries:
        yield entry if entry.source else replace(entry, source=source or path.name)


def only_places(entries: Iterable[Entry], tally: Tally) -> Iterator[PlaceEntry]:
    """Yield the places without the ids of a layer: an installed gazetteer makes its own."""
    for entry in entries:
        if isinstance(entry, PlaceEntry):
            yield bare(entry)
        else:
            tally.left_out["an alias, block or prefer, which is no place"] += 1
