"""Read a layer to change it, and put the new text in its place, so that nobody's entry is lost.

One writer at a time holds the file's lock; what it is about to write is read back first and then put in
the file's place in one step, so that a stop at any moment leaves either the old file or the new one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeVar

from geomap.errors import GazetteerError
from geomap.gazetteer.layers import as_csv as layer_csv
from geomap.gazetteer.layers import as_toml as layer_toml
from geomap.gazetteer.layers.entries import Entry
from geomap.gazetteer.layers.file import LayerText, parsed, sound, suffix_of, text_of

__all__ = ["LayerFile", "locked", "write"]

# A writer needs milliseconds; one that holds the file for longer has hung.
LOCK_TIMEOUT_S = 30.0
_UTF8_MARK = b"\xef\xbb\xbf"

T = TypeVar("T")


class LayerFile(NamedTuple):
    """A layer that this process alone may write: its entries, and what its bytes look like."""

    path: Path
    mark: bytes
    newline: str
    layer: LayerText
    entries: Sequence[Entry]


@contextmanager
def locked(path: Path) -> Iterator[LayerFile]:
    """Read a layer while no other process may write it."""
    from filelock import FileLock, Timeout

    # A name that no layer can have is refused before anything is made.
    suffix_of(path)
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


def _read(path: Path, target: Path) -> LayerFile:
    """Return the file as it is; a new one begins with a remark that says how to write it."""
    if not target.exists():
        head = (layer_toml if target.suffix.lower() == ".toml" else layer_csv).HEAD
        return LayerFile(path, b"", "\n", parsed(head, path).layer, [])
    content = _tried(target.read_bytes, path)
    text = text_of(content, path=path)
    layer, entries, _ = sound(parsed(text, path))
    mark = _UTF8_MARK if content.startswith(_UTF8_MARK) else b""
    return LayerFile(path, mark, "\r\n" if "\r\n" in text else "\n", layer, entries)


def write(file: LayerFile, text: str, *, wanted: Sequence[Entry]) -> None:
    """Put a text in the file's place, once reading it back has given what is wanted."""
    if list(sound(parsed(text, file.path)).entries) != list(wanted):
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
    return GazetteerError(
        f"cannot be written ({error.strerror})", path=path, hint="Make it writable, or name another file"
    )
