"""Put other entries in the places of some of a layer, in one step; every byte between them stays as it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.gazetteer.layers import as_csv as layer_csv
from geomap.gazetteer.layers import as_toml as layer_toml
from geomap.gazetteer.layers.entries import Entry, PlaceEntry
from geomap.gazetteer.layers.places import id_of_name, places_with_ids
from geomap.gazetteer.layers.writing import LayerFile, locked, write

__all__ = ["exchange"]


def exchange(path: Path, pairs: Sequence[tuple[PlaceEntry, PlaceEntry]]) -> None:
    """Write the second place of each pair where the first stands; a place keeps its id, whatever it is called."""
    with locked(path) as file:
        ids = {entry.line: id_ for entry, id_ in places_with_ids(file.entries)}
        by_line = {old.line: (old, _with_id(new, ids.get(old.line, ""))) for old, new in pairs}
        wanted: list[Entry] = []
        for entry in file.entries:
            old, new = by_line.get(entry.line, (entry, entry))
            if old != entry:
                raise _changed(old, path)
            wanted.append(new)
        if by_line.keys() - ids.keys():
            raise _changed(pairs[0][0], path)
        write(file, "".join(_pieces(file, {line: new for line, (_, new) in by_line.items()})), wanted=wanted)


def _pieces(file: LayerFile, changed: dict[int, PlaceEntry]) -> Iterator[str]:
    """Yield the text of the file, in pieces."""
    text, tail = file.layer.text, 0
    for _, line, start, end in file.layer.stretches:
        if line not in changed:
            continue
        yield text[tail:start]
        new = _written(file, changed[line], text[start:end])
        yield new if text.endswith("\n", start, end) else new.removesuffix(file.newline)
        tail = end
    yield text[tail:]


def _written(file: LayerFile, entry: PlaceEntry, before: str) -> str:
    """Return an entry as the file writes it; remarks inside a table move before it."""
    sheet = file.layer.sheet
    if sheet is None:
        remarks = (line for line in before.splitlines(keepends=True) if line.lstrip().startswith("#"))
        return "".join(remarks) + layer_toml.table(entry, newline=file.newline)
    missing = [column for column in layer_csv.used_columns(entry) if column not in sheet.columns]
    if missing:
        hint = f"Add {missing[0]} at the end of its header line; rows may be shorter than the header"
        raise GazetteerError(f"the file has no column {missing[0]!r}", path=file.path, hint=hint)
    return layer_csv.rows_of([entry], columns=sheet.columns, separator=sheet.separator, newline=file.newline)


def _with_id(entry: PlaceEntry, id_: str) -> PlaceEntry:
    return entry if entry.id or id_ == id_of_name(entry.name) else replace(entry, id=id_)


def _changed(entry: Entry, path: Path) -> GazetteerError:
    problem = f"{entry.name!r} was changed by another program just now"
    return GazetteerError(problem, path=path, line=entry.line, hint="Try again")
