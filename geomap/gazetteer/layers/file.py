"""Read a person's layer: a TOML or CSV file, entry by entry, each knowing its line.

Whoever maps reads `read_overlay` and stops at the first thing that is wrong; `lint` wants them all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from geomap.errors import GazetteerError
from geomap.gazetteer.layers import as_csv as layer_csv
from geomap.gazetteer.layers import as_toml as layer_toml
from geomap.gazetteer.layers.as_csv import Sheet
from geomap.gazetteer.layers.entries import Entry, PlaceEntry, entry_of, overlay_of
from geomap.gazetteer.layers.stretch import Stretch
from geomap.gazetteer.overlay import Overlay

__all__ = ["LayerText", "Problems", "layer_text", "read_layer", "read_overlay", "read_problems", "text_of"]

_UTF8_MARK = "\ufeff"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SAVE_AS = "Save the file as UTF-8; in Excel: 'CSV UTF-8'"


class LayerText(NamedTuple):
    """A layer as its file has it; `sheet` is None for TOML."""

    text: str
    stretches: Sequence[Stretch]
    sheet: Sheet | None


class Problems(NamedTuple):
    """The entries that could be read, and what is wrong with the others."""

    entries: list[Entry]
    problems: list[GazetteerError]


def read_layer(path: Path) -> list[Entry]:
    """Return the entries of a file in its order; the first that is wrong is an error."""
    entries, problems = read_problems(path)
    if problems:
        raise problems[0]
    return entries


def read_problems(path: Path) -> Problems:
    """Return the entries that can be read and, in order of their lines, all that is wrong with the file."""
    try:
        layer = layer_text(text_of(_bytes(path), path=path), path=path)
    except GazetteerError as error:
        return Problems([], [error])
    return checked(layer.stretches, path=path)


def read_overlay(path: Path, *, title: str = "") -> Overlay:
    """Return the layer that a file makes; `title` is what places without a source name as theirs."""
    digest = hashlib.sha256(_bytes(path)).hexdigest()
    return overlay_of(read_layer(path), title=title or path.name, digest=digest)


def layer_text(text: str, *, path: Path) -> LayerText:
    """Return the entries of a text with the characters they stand in; `path` tells the format."""
    match path.suffix.lower():
        case ".toml":
            return LayerText(text, layer_toml.stretches(text, path=path), None)
        case ".csv":
            sheet = layer_csv.sheet_of(text, path=path)
            return LayerText(text, sheet.stretches, sheet)
        case suffix:
            raise GazetteerError(f"{suffix or 'no suffix'!r} is no layer", path=path, hint="Name a .toml or .csv file")


def checked(stretches: Sequence[Stretch], *, path: Path) -> Problems:
    """Return what the stretches say, and what is wrong with them."""
    found = Problems([], [])
    lines: dict[str, int] = {}
    for stretch in stretches:
        try:
            entry = entry_of(stretch.row, path=path, line=stretch.line)
        except GazetteerError as error:
            found.problems.append(error)
            continue
        if isinstance(entry, PlaceEntry) and entry.id in lines:
            problem = f"the id {entry.id!r} stands already in line {lines[entry.id]}"
            hint = "Two places have two ids: change one, or leave it out"
            found.problems.append(GazetteerError(problem, path=path, line=stretch.line, hint=hint))
            continue
        if isinstance(entry, PlaceEntry) and entry.id:
            lines[entry.id] = stretch.line
        found.entries.append(entry)
    return found


def text_of(content: bytes, *, path: Path) -> str:
    """Return the text of a file, without the mark that some programs put before UTF-8."""
    if content.startswith(_UTF16_MARKS):
        raise GazetteerError("the file is UTF-16", path=path, line=1, hint=_SAVE_AS)
    try:
        return content.decode("utf-8").removeprefix(_UTF8_MARK)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problem = f"the byte {content[error.start]:02X} is no UTF-8"
        raise GazetteerError(problem, path=path, line=line, hint=_SAVE_AS) from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise GazetteerError(problem, path=path, hint="Name a .toml or .csv file that you may read") from error
