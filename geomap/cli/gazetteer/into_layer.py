"""Bring rows into a layer or take them back, and say of each place that stays as it was why it did."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geomap.cli.shared import counted, tell
from geomap.errors import GazetteerError

if TYPE_CHECKING:
    from geomap.gazetteer.imports.layer import Added
    from geomap.gazetteer.imports.matching import Match
    from geomap.gazetteer.imports.report import Tally
    from geomap.gazetteer.imports.undo import Taken
    from geomap.gazetteer.layers.entries import Entry, PlaceEntry

__all__ = ["Request", "bring", "take_back", "take_source_back"]


@dataclass(frozen=True, slots=True)
class Request:
    """What an import was called with, so that it can be said again."""

    files: Sequence[Path]
    columns: Mapping[str, str]
    source: str
    user: bool
    layer: Path | None
    force: bool
    update: bool

    def again(self, option: str) -> str:
        """Return the command with another option, to be pasted."""
        columns = [word for field, column in self.columns.items() for word in ("--map", f"{field}={column}")]
        forced = ["--force"] if self.force and option != "--undo" else []
        options = [*columns, *_sourced(self.source), *_where(user=self.user, layer=self.layer), *forced, option]
        return _command(*options, files=[str(path) for path in self.files])


def bring(layer: Path, rows: Iterable[Entry], tally: Tally, request: Request) -> bool:
    """Add rows to a layer; return whether it has places that rows say otherwise."""
    from geomap.gazetteer.imports.layer import add_to_layer

    added = add_to_layer(layer, rows, tally, update=request.update)
    tell("added", f"{_counted(added.new, added)} to {f'{layer}:{added.line}' if added.new else layer}")
    if added.new:
        tell("undo", request.again("--undo"))
    if added.known:
        differing = len(added.differing)
        more = f", {differing:,} {'differs' if differing == 1 else 'differ'}" if differing else ""
        tell("known", f"{_counted(added.known, added)} there already{more}")
    differences = [_difference(match, update=request.update) for match in added.differing]
    _tell_first("replaced" if request.update else "differs", differences)
    if added.differing and not request.update:
        tell("update", request.again("--replace"))
    return bool(added.differing) and not request.update


def take_back(layer: Path, rows: Iterable[Entry], request: Request) -> bool:
    """Take rows out of a layer; return whether places of theirs stay."""
    from geomap.gazetteer.imports.undo import take_rows

    taken = take_rows(layer, rows, [path.name for path in request.files], force=request.force)
    tell("removed", f"{_counted(taken.gone, taken)} from {layer}")
    _tell_first("stays", [f"{_titled(match)} is not as it came: {layer}:{_line(match)}" for match in taken.changed])
    if taken.changed:
        tell("remove", f"{request.again('--undo')} --force")
    for source, count in sorted(taken.left.items()):
        tell("stays", f"{counted(count, 'place')} with the source {source!r}, in the file no more")
        where = _where(user=request.user, layer=request.layer)
        tell("remove", _command(*_sourced(source), *where, "--undo", files=()))
    return bool(taken.changed or taken.left)


def take_source_back(path: Path, missing: Sequence[Path], source: str, *, user: bool, layer: Path | None) -> None:
    """Take out of a layer all that is of a source, or of files that are gone."""
    from geomap.gazetteer.imports.undo import take_source

    if missing and source:
        command = _command(*_sourced(source), *_where(user=user, layer=layer), "--undo", files=())
        hint = f"All that is of this source, whatever file it came in, is taken out by: {command}"
        raise GazetteerError("there is no such file any more", path=missing[0], hint=hint)
    for name in [file.name for file in missing] or [source]:
        tell("removed", f"{counted(take_source(path, name), 'entry', 'entries')} of {name!r} from {path}")


def _counted(number: int, done: Added | Taken) -> str:
    return counted(number, "place") if done.only_places else counted(number, "entry", "entries")


def _difference(match: Match, *, update: bool) -> str:
    there = match.there
    assert there is not None
    before, now = ("before", "now") if update else ("here", "in the file")
    said = (f"{field} {_shown(there, field)} {before}, {_shown(match.row, field)} {now}" for field in match.differs)
    return f"{_titled(match)}: {'; '.join(said)}"


def _titled(match: Match) -> str:
    return repr(match.there.name if match.there else match.row.name)


def _line(match: Match) -> int:
    return match.there.line if match.there else 0


def _shown(entry: PlaceEntry, field: str) -> str:
    value = getattr(entry, field)
    if field == "names":
        return repr("|".join(value))
    return "nothing" if value in {"", None} else repr(value) if isinstance(value, str) else str(value)


def _tell_first(word: str, lines: Sequence[str]) -> None:
    """Tell what was found, the first of many and how many more there are."""
    from geomap.gazetteer.imports.report import MAX_TOLD

    for line in lines[:MAX_TOLD]:
        tell(word, line)
    if len(lines) > MAX_TOLD:
        tell(word, f"{len(lines) - MAX_TOLD:,} more")


def _sourced(source: str) -> list[str]:
    return ["--source", source] if source else []


def _where(*, user: bool, layer: Path | None) -> list[str]:
    return ["--user"] if user else ["--gazetteer", str(layer)] if layer else []


def _command(*options: str, files: Sequence[str]) -> str:
    # Behind two hyphens, nothing is an option.
    words = [*options, "--", *files] if any(file.startswith("-") for file in files) else [*files, *options]
    return shlex.join(["geomap", "gazetteer", "import", *words])
