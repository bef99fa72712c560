"""Read a person's layer: a TOML or CSV file, entry by entry, each knowing its line.

Whoever maps reads `read_overlay` and stops at the first thing that is wrong; `lint` wants them all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from geomap.errors import GazetteerError
from geomap.gazetteer.layers import as_csv as layer_csv
from geomap.gazetteer.layers import as_toml as layer_toml
from geomap.gazetteer.layers.as_csv import Sheet
from geomap.gazetteer.layers.entries import Entry, PlaceEntry, entry_of
from geomap.gazetteer.layers.places import overlay_of
from geomap.gazetteer.layers.stretch import Stretch
from geomap.gazetteer.overlay import Overlay

__all__ = [
    "LayerText",
    "Parsed",
    "parsed",
    "read_layer",
    "read_overlay",
    "read_problems",
    "sound",
    "suffix_of",
    "text_of",
]

_UTF8_MARK = "\ufeff"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_SAVE_AS = "Save the file as UTF-8; in Excel: 'CSV UTF-8'"


class LayerText(NamedTuple):
    """A layer as its file has it; `sheet` is None for TOML."""

    text: str
    stretches: Sequence[Stretch]
    sheet: Sheet | None


class Parsed(NamedTuple):
    """A layer, its entries that could be read, and what is wrong with the others."""

    layer: LayerText
    entries: Sequence[Entry]
    problems: Sequence[GazetteerError] = ()


def read_layer(path: Path) -> list[Entry]:
    """Return the entries of a file in its order; the first that is wrong is an error."""
    return list(sound(parsed(text_of(_bytes(path), path=path), path)).entries)


def read_problems(path: Path) -> tuple[Sequence[Entry], Sequence[GazetteerError]]:
    """Return the entries that can be read and, in order of their lines, all that is wrong with the file."""
    try:
        found = parsed(text_of(_bytes(path), path=path), path)
    except GazetteerError as error:
        return (), (error,)
    return found.entries, found.problems


def read_overlay(path: Path, *, title: str = "") -> Overlay:
    """Return the layer that a file makes; `title` is what places without a source name as theirs."""
    # Read once: the digest must be that of what was read, whoever writes meanwhile.
    content = _bytes(path)
    entries = sound(parsed(text_of(content, path=path), path)).entries
    overlay = overlay_of(entries, title=title or path.name, digest=hashlib.sha256(content).hexdigest())
    return replace(overlay, path=path)


def sound(found: Parsed) -> Parsed:
    """Return a layer in which nothing is wrong; the first that is wrong is an error."""
    if found.problems:
        raise found.problems[0]
    return found


# A command asks several times for the layer it edits, and a layer may have 20,000 entries.
@lru_cache(maxsize=4)
def parsed(text: str, path: Path) -> Parsed:
    """Return what a text says; `path` tells the format and stands in what is said of it."""
    if suffix_of(path) == ".toml":
        layer = LayerText(text, layer_toml.stretches(text, path=path), None)
    else:
        sheet = layer_csv.sheet_of(text, path=path)
        layer = LayerText(text, sheet.stretches, sheet)
    entries, problems = _checked(layer.stretches, path)
    return Parsed(layer, tuple(entries), tuple(problems))


def suffix_of(path: Path) -> str:
    """Return .toml or .csv; a file of another name is no layer."""
    suffix = path.suffix.lower()
    if suffix not in {".toml", ".csv"}:
        raise GazetteerError(f"{suffix or 'no suffix'!r} is no layer", path=path, hint="Name a .toml or .csv file")
    return suffix


def _checked(stretches: Sequence[Stretch], path: Path) -> tuple[list[Entry], list[GazetteerError]]:
    entries: list[Entry] = []
    problems: list[GazetteerError] = []
    lines: dict[str, int] = {}
    for stretch in stretches:
        try:
            entry = entry_of(stretch.row, path=path, line=stretch.line)
        except GazetteerError as error:
            problems.append(error)
            continue
        if isinstance(entry, PlaceEntry) and entry.id in lines:
            problem = f"the id {entry.id!r} stands already in line {lines[entry.id]}"
            hint = "Two places have two ids: change one, or leave it out"
            problems.append(GazetteerError(problem, path=path, line=stretch.line, hint=hint))
            continue
        if isinstance(entry, PlaceEntry) and entry.id:
            lines[entry.id] = stretch.line
        entries.append(entry)
    return entries, problems


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
