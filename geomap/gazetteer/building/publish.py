"""Put an index in place whole or not at all, whoever else writes there and whenever the power goes.

The files of an index lie in a folder named by their digest, and index.json names that folder: replacing
index.json, one rename, replaces the index.  What a killed process leaves behind is cleared by the next.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from geomap.errors import GazetteerError
from geomap.gazetteer import layout
from geomap.gazetteer.building.checksum import sha256_of

__all__ = ["publish", "staging", "withdraw"]

# Names that nobody else gives to what lies in the same folder.
_LOCK = ".geomap.lock"
_STAGING = ".geomap-building-"


@contextmanager
def staging(target: Path) -> Iterator[Path]:
    """Give an empty folder to write an index in; another process that writes the same index waits for its turn."""
    with _alone(target):
        _clear(target)
        folder = Path(tempfile.mkdtemp(prefix=_STAGING, dir=target))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def publish(target: Path, folder: Path, about: Mapping[str, Any]) -> dict[str, Any]:
    """Make the files of a staging folder the index at `target`; return what its index.json says."""
    files = _checksums(folder)
    digest = hashlib.sha256("".join(files.values()).encode()).hexdigest()
    data = target / digest[: layout.DATA_CHARS]
    index = {"format": layout.FORMAT_VERSION, "digest": digest, "data": data.name, "files": files, **about}
    for file in folder.iterdir():
        _flush(file)
    _flush(folder)
    folder.chmod(0o755)
    if data.exists() and _checksums(data) != files:
        # Somebody damaged it; the index is of no use meanwhile.
        shutil.rmtree(data)
    if not data.exists():
        folder.rename(data)
    text = json.dumps(index, indent=1, ensure_ascii=False) + "\n"
    fresh = target / f"{_STAGING}{layout.INDEX_FILE}"
    fresh.write_text(text, "utf-8")
    _flush(fresh)
    fresh.replace(target / layout.INDEX_FILE)
    _flush(target)
    for other in _data_folders(target):
        if other != data:
            shutil.rmtree(other)
    return index


def withdraw(target: Path) -> None:
    """Remove an index and all that belongs to it, what a killed process left behind included."""
    file = target / layout.INDEX_FILE
    if not (file.is_file() or _data_folders(target) or _left_behind(target)):
        raise GazetteerError("there is no gazetteer index", path=target, hint="See: geomap gazetteer info")
    with _alone(target):
        file.unlink(missing_ok=True)
        for folder in _data_folders(target):
            shutil.rmtree(folder)
        _clear(target)


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    from filelock import FileLock

    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GazetteerError(
            f"the folder cannot be made ({error.strerror})", path=target, hint="Choose another"
        ) from error
    lock = target / _LOCK
    try:
        with FileLock(lock):
            try:
                yield
            finally:
                # While it is held: whoever waits for it notices, and makes a new one.  Windows removes no file
                # that is open; there FileLock itself does so at the end.
                with suppress(PermissionError):
                    lock.unlink(missing_ok=True)
    finally:
        # An index that was never finished leaves no empty folder; anybody's file keeps it.
        with suppress(OSError):
            target.rmdir()


def _data_folders(target: Path) -> list[Path]:
    """Return the folders of files of an index, the present one and those left behind, and nobody else's."""
    files = target.glob(f"*/{layout.PLACES_FILE}")
    return [file.parent for file in files if layout.is_data_folder(file.parent.name)]


def _left_behind(target: Path) -> list[Path]:
    """Return what a killed process was writing: a folder of files, or the next index.json."""
    return list(target.glob(f"{_STAGING}*"))


def _clear(target: Path) -> None:
    """Remove what a killed process left behind; nobody else is writing."""
    for left in _left_behind(target):
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink()


def _checksums(folder: Path) -> dict[str, str]:
    return {file.name: sha256_of(file) for file in sorted(folder.iterdir())}


def _flush(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
