"""Add entries to a layer, or take one out again, and leave every other byte as it was.

One writer at a time holds the file's lock; what it is about to write is read back first and then put in
the file's place in one step, so that a stop at any moment leaves either the old file or the new one.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from geomap.errors import GazetteerError
from geomap.gazetteer.layers import as_csv as layer_csv
from geomap.gazetteer.layers import as_toml as layer_toml
from geomap.gazetteer.layers.entries import COLUMNS, Entry, PlaceEntry, places_with_ids
from geomap.gazetteer.layers.file import LayerText, checked, layer_text, text_of
from geomap.gazetteer.layers.stretch import Lines, Stretch

__all__ = ["append", "cut"]

# A writer needs milliseconds; one that holds the file for longer has hung.
LOCK_TIMEOUT_S = 30.0
_UTF8_MARK = b"\xef\xbb\xbf"

T = TypeVar("T")


class _File(NamedTuple):
    """A layer that this process alone may write: its entries, and what its bytes look like."""

    path: Path
    mark: bytes
    newline: str
    layer: LayerText
    entries: list[Entry]


def append(path: Path, entries: Sequence[Entry]) -> int:
    """Add entries at the end of a layer, which is made if it is not there; return the line of the first.

    A place called like one that is there gets its id written down, so that it keeps it whatever is cut.
    """
    with _locked(path) as file:
        new = _with_ids(file, entries)
        text, start = (_appended_toml if file.layer.sheet is None else _appended_csv)(file, new)
        _write(file, text, wanted=[*file.entries, *new])
        return Lines(text).at(start)


def cut(path: Path, *entries: Entry) -> int:
    """Take entries out of a layer, of equal ones the last; return the line of the first."""
    if not path.exists():
        raise GazetteerError("there is no such file", path=path, hint="Nothing was added to it")
    with _locked(path) as file:
        numbers = _numbers(file, entries)
        stretches = [file.layer.stretches[number] for number in numbers]
        gone = set(numbers)
        kept = [entry for number, entry in enumerate(file.entries) if number not in gone]
        _write(file, _without(file, stretches), wanted=kept)
        return stretches[0].line


def _numbers(file: _File, entries: Sequence[Entry]) -> list[int]:
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


def _without(file: _File, stretches: Sequence[Stretch]) -> str:
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


def _appended_toml(file: _File, entries: Sequence[Entry]) -> tuple[str, int]:
    """Return the new text, and where the first entry begins; the last line keeps its break, or its lack of one."""
    text, newline = file.layer.text, file.newline
    tables = newline.join(layer_toml.table(entry, newline=newline) for entry in entries)
    if text and not text.endswith("\n"):
        tables, text = tables.removesuffix(newline), text + newline
    text += newline if text else ""
    return text + tables, len(text)


def _appended_csv(file: _File, entries: Sequence[Entry]) -> tuple[str, int]:
    """Return the new text, and where the first entry begins; a column that the file lacks is an error."""
    text, newline, sheet = file.layer.text, file.newline, file.layer.sheet
    assert sheet is not None
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


def _with_ids(file: _File, entries: Sequence[Entry]) -> list[Entry]:
    """Return the new entries; a place whose id is not simply its name gets it written down."""
    before = [id_ for _, id_ in places_with_ids(file.entries)]
    after = [id_ for _, id_ in places_with_ids([*file.entries, *entries])]
    moved = next((old for old, new in zip(before, after, strict=False) if old != new), None)
    if moved:
        raise GazetteerError(f"the id {moved!r} is that of another place", path=file.path, hint="Give another id")
    ids = iter(after[len(before) :])
    return [_numbered(entry, next(ids)) if isinstance(entry, PlaceEntry) else entry for entry in entries]


def _numbered(entry: PlaceEntry, id_: str) -> PlaceEntry:
    ((_, alone),) = places_with_ids([entry])
    return entry if id_ == alone else replace(entry, id=id_)


@contextmanager
def _locked(path: Path) -> Iterator[_File]:
    """Read a layer while no other process may write it."""
    from filelock import FileLock, Timeout

    # A name that no layer can have is refused before anything is made.
    layer_text("", path=path)
    target = path.resolve()
    _tried(lambda: target.parent.mkdir(parents=True, exist_ok=True), path)
    lock = FileLock(target.with_name(f".{target.name}.lock"), timeout=LOCK_TIMEOUT_S)
    try:
        lock.acquire()
    except Timeout as error:
        problem = f"another geomap has been writing this file for {LOCK_TIMEOUT_S:.0f} s"
        raise GazetteerError(problem, path=path, hint="Wait for it, or end it") from error
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        yield _read(path, target)
    finally:
        lock.release()


def _read(path: Path, target: Path) -> _File:
    """Return the file as it is; a new one begins with a remark that says how to write it."""
    if not target.exists():
        head = (layer_toml if target.suffix.lower() == ".toml" else layer_csv).HEAD
        return _File(path, b"", "\n", layer_text(head, path=path), [])
    content = _tried(target.read_bytes, path)
    text = text_of(content, path=path)
    layer = layer_text(text, path=path)
    entries, problems = checked(layer.stretches, path=path)
    if problems:
        raise problems[0]
    mark = _UTF8_MARK if content.startswith(_UTF8_MARK) else b""
    return _File(path, mark, "\r\n" if "\r\n" in text else "\n", layer, entries)


def _write(file: _File, text: str, *, wanted: Sequence[Entry]) -> None:
    """Put a text in the file's place, once reading it back has given what is wanted."""
    entries, problems = checked(layer_text(text, path=file.path).stretches, path=file.path)
    if problems:
        raise problems[0]
    if entries != list(wanted):
        raise GazetteerError(
            "what was to be written would be read otherwise", path=file.path, hint="Write the entry by hand"
        )
    _tried(lambda: _replace(file.path.resolve(), file.mark + text.encode("utf-8")), file.path)


def _replace(target: Path, content: bytes) -> None:
    """Write beside the file, then take its place; whoever holds the lock may use the one name for that."""
    part = target.with_name(f".{target.name}.part")
    with part.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    if target.exists():
        part.chmod(target.stat().st_mode & 0o777)
    part.replace(target)
    if os.name == "posix":
        # The new name must outlive a power cut too.
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _tried(step: Callable[[], T], path: Path) -> T:
    """Do what touches the disk; what the disk says against it is told in one line."""
    try:
        return step()
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> GazetteerError:
    return GazetteerError(f"cannot be written ({error.strerror})", path=path, hint="Choose another --gazetteer")
