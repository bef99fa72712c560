"""Change a layer by one entry, and say what changed, what looks wrong and how to take it back."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.cli.gazetteer.layers import context_of
from geomap.cli.shared import tell
from geomap.errors import GazetteerError
from geomap.words import name_key

if TYPE_CHECKING:
    from geomap.gazetteer.layers.entries import Entry
    from geomap.model import Place

__all__ = ["described", "entries_of", "is_at", "is_there", "may_mean", "put", "take_out", "tell_undo"]

Same = Callable[["Entry"], bool]


def put(path: Path, entry: Entry, *, force: bool = False) -> int:
    """Add an entry to a layer, with a warning for what looks wrong; swapped coordinates are refused."""
    from geomap.gazetteer.layers.edit import append
    from geomap.gazetteer.layers.lint import look_at

    entries = entries_of(path)
    new = replace(entry, line=1 + max((known.line for known in entries), default=0))
    findings = list(look_at(new, context_of(path, [*entries, new])))
    for finding in findings:
        if finding.rule == "swapped_coordinates" and not force:
            raise GazetteerError(
                finding.problem, path=path, hint=f"{finding.remedy} Nothing was added; --force adds it all the same"
            )
    line = append(path, [entry])
    for finding in findings:
        tell("warning", f"{finding.problem}. {finding.remedy}")
    return line


def take_out(path: Path, name: str, is_meant: Same) -> None:
    """Take the last entry of that name out of a layer."""
    from geomap.gazetteer.layers.edit import cut

    found = [entry for entry in entries_of(path) if entry.name == name and is_meant(entry)]
    if not found:
        raise GazetteerError(f"no such entry says {name!r}", path=path, hint="Nothing was taken out")
    line = cut(path, found[-1])
    tell("taken out", f"{name}: {path}, where it was line {line}")


def is_there(path: Path, entry: Entry, is_same: Same) -> bool:
    """Tell that an entry of that name stands in the layer already, if one does; one that says otherwise is an error."""
    key = name_key(entry.name)
    found = next((other for other in entries_of(path) if name_key(other.name) == key and is_same(other)), None)
    if found is None:
        return False
    if fields := _said_otherwise(entry, found):
        problem = f"{found.name!r} stands here already, with another {' and '.join(fields)}"
        hint = "Change it in the file, or take it out with --undo and add it again"
        raise GazetteerError(problem, path=path, line=found.line, hint=hint)
    tell("known", f"{found.name} stands there already: {path}:{found.line}")
    return True


def _said_otherwise(entry: Entry, other: Entry) -> list[str]:
    """Return the fields of which an entry says something that the other does not say."""
    said = {field: getattr(entry, field) for field in entry.__slots__ if field not in {"name", "line"}}
    return [
        field
        for field, value in said.items()
        if (value is False or value not in {"", (), 0, None}) and value != getattr(other, field)
    ]


def is_at(entry: Any, fields: dict[str, Any], place_id: str | None) -> bool:
    """Say whether a place has the point and the id that are given, if they are."""
    given = ((entry.lat, fields["lat"]), (entry.lon, fields["lon"]))
    return place_id in {None, entry.id} and all(text is None or f"{value!r}" == _number(text) for value, text in given)


def may_mean(place_id: str, place: str) -> bool:
    """Say whether `place`, an id or a name, may be what an entry stores as an id."""
    return ":" not in place or place == place_id


def entries_of(path: Path) -> Sequence[Entry]:
    """Return the entries of a layer, none if it is not there yet."""
    from geomap.gazetteer.layers.file import read_layer

    return read_layer(path) if path.exists() else []


def described(place: Place) -> str:
    """Return a place in a few words, its id last."""
    return ", ".join(filter(None, (place.name, place.kind, place.country, place.id)))


def tell_undo(command: str, *arguments: str, user: bool, layer: Path | None, options: Sequence[str] = ()) -> None:
    """Print the command that takes an entry back."""
    where = ["--user"] if user else ["--gazetteer", str(layer)] if layer else []
    options = [*options, *where, "--undo"]
    # Behind two hyphens, nothing is an option.
    words = [*options, "--", *arguments] if arguments[0].startswith("-") else [*arguments, *options]
    tell("undo", shlex.join(["geomap", "gazetteer", command, *words]))


def _number(text: str) -> str:
    try:
        return repr(float(text))
    except ValueError:
        return text
