"""Add entries to a layer, or take one out again, and leave every other byte as it was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.gazetteer.layers import as_csv as layer_csv
from geomap.gazetteer.layers import as_toml as layer_toml
from geomap.gazetteer.layers.as_csv import Sheet
from geomap.gazetteer.layers.entries import COLUMNS, Entry, PlaceEntry
from geomap.gazetteer.layers.places import id_of_name, places_with_ids
from geomap.gazetteer.layers.stretch import Lines, Stretch
from geomap.gazetteer.layers.writing import LayerFile, locked, write

__all__ = ["append", "cut"]


def append(path: Path, entries: Sequence[Entry]) -> int:
    """Add entries at the end of a layer, which is made if it is not there; return the line of the first.

    A place called like one that is there gets its id written down, so that it keeps it whatever is cut.
    """
    with locked(path) as file:
        new = _with_ids(file, entries)
        sheet = file.layer.sheet
        text, start = _appended_toml(file, new) if sheet is None else _appended_csv(file, sheet, new)
        write(file, text, wanted=[*file.entries, *new])
        return Lines(text).at(start)


def cut(path: Path, *entries: Entry) -> int:
    """Take entries out of a layer, of equal ones the last; return the line of the first."""
    if not path.exists():
        raise GazetteerError("there is no such file", path=path, hint="Nothing was added to it")
    with locked(path) as file:
        numbers = _numbers(file, entries)
        stretches = [file.layer.stretches[number] for number in numbers]
        gone = set(numbers)
        kept = [entry for number, entry in enumerate(file.entries) if number not in gone]
        write(file, _without(file, stretches), wanted=kept)
        return stretches[0].line


def _numbers(file: LayerFile, entries: Sequence[Entry]) -> list[int]:
    """Return which entries of the file are meant, in its order."""
    there: defaultdict[Entry, list[int]] = defaultdict(list)
    for number, entry in enumerate(file.entries):
        there[entry].append(number)
    for entry in entries:
        if not there[entry]:
            raise GazetteerError(
                f"no entry says {entry.name!r} so", path=file.path, hint="See the file for what it says"
            )
    return sorted(there[entry].pop() for entry in entries)


def _without(file: LayerFile, stretches: Sequence[Stretch]) -> str:
    """Return the text without some entries, and without the line breaks that `append` put before them."""
    text, newline = file.layer.text, file.newline
    kept: list[str] = []
    tail = len(text)
    for _, _, begin, end in reversed(stretches):
        start = begin
        kept.append(text[end:tail])
        if file.layer.sheet is None and text.endswith("\n" + newline, 0, start):
            # The blank line before a table.
            start -= len(newline)
        if not any(kept) and not text.endswith("\n") and text.endswith(newline, 0, start):
            # The last line had no break before, and has none afterwards.
            start -= len(newline)
        tail = start
    return text[:tail] + "".join(reversed(kept))


def _appended_toml(file: LayerFile, entries: Sequence[Entry]) -> tuple[str, int]:
    """Return the new text, and where the first entry begins; the last line keeps its break, or its lack of one."""
    text, newline = file.layer.text, file.newline
    tables = newline.join(layer_toml.table(entry, newline=newline) for entry in entries)
    if text and not text.endswith("\n"):
        tables, text = tables.removesuffix(newline), text + newline
    text += newline if text else ""
    return text + tables, len(text)


def _appended_csv(file: LayerFile, sheet: Sheet, entries: Sequence[Entry]) -> tuple[str, int]:
    """Return the new text, and where the first entry begins; a column that the file lacks is an error."""
    text, newline = file.layer.text, file.newline
    columns, separator = sheet.columns, sheet.separator
    if not columns:
        ended = text + ("" if not text or text.endswith("\n") else newline)
        text, columns, separator = ended + layer_csv.header(newline=newline), COLUMNS, ","
    missing = [column for entry in entries for column in layer_csv.used_columns(entry) if column not in columns]
    if missing:
        raise GazetteerError(
            f"the file has no column {missing[0]!r}",
            path=file.path,
            hint=f"Add {missing[0]} at the end of its header line; rows may be shorter than the header",
        )
    rows = layer_csv.rows_of(entries, columns=columns, separator=separator, newline=newline)
    if not text.endswith("\n"):
        rows, text = rows.removesuffix(newline), text + newline
    return text + rows, len(text)


def _with_ids(file: LayerFile, entries: Sequence[Entry]) -> list[Entry]:
    """Return the new entries; a place whose id is not simply its name gets it written down."""
    there = list(places_with_ids(file.entries))
    made = {id_ for entry, id_ in there if not entry.id}
    for entry in entries:
        if isinstance(entry, PlaceEntry) and entry.id in made:
            problem = f"the id {entry.id!r} is that of another place"
            raise GazetteerError(problem, path=file.path, hint="Give another id")
    ids = (id_ for _, id_ in places_with_ids(entries, taken=(id_ for _, id_ in there)))
    return [_numbered(entry, next(ids)) if isinstance(entry, PlaceEntry) else entry for entry in entries]


def _numbered(entry: PlaceEntry, id_: str) -> PlaceEntry:
    return entry if id_ == id_of_name(entry.name) else replace(entry, id=id_)
