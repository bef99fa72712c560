"""Put an index in place whole or not at all, whoever else writes there and whenever the power goes.

The files of an index lie in a folder named by their digest, and index.json names that folder: replacing
index.json, one rename, replaces the index.  What a killed process leaves behind is cleared by the next.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from geomap.errors import GazetteerError
from geomap.gazetteer import layout

__all__ = ["publish", "staging", "withdraw"]

# Names that nobody else gives to what lies in the same folder.
_LOCK = ".geomap.lock"
_STAGING = ".geomap-building-"
_CHUNK_BYTES = 1 << 20
# Enough that two indexes never share a folder, and short enough to read.
_DIGEST_CHARS = 16
_DATA = re.compile(f"[0-9a-f]{{{_DIGEST_CHARS}}}")


@contextmanager
def staging(target: Path) -> Iterator[Path]:
    """Give an empty folder to write an index in; another process that writes the same index waits for its turn."""
    with _alone(target):
        for left in target.glob(f"{_STAGING}*/"):
            shutil.rmtree(left)
        folder = Path(tempfile.mkdtemp(prefix=_STAGING, dir=target))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def publish(target: Path, folder: Path, about: Mapping[str, Any]) -> dict[str, Any]:
    """Make the files of a staging folder the index at `target`; return what its index.json says."""
    files = {file.name: _digest(file) for file in sorted(folder.iterdir())}
    digest = hashlib.sha256("".join(files.values()).encode()).hexdigest()
    index = {"format": layout.FORMAT_VERSION, "digest": digest, "data": digest[:_DIGEST_CHARS], "files": files, **about}
    for file in folder.iterdir():
        _flush(file)
    _flush(folder)
    folder.chmod(0o755)
    data = target / str(index["data"])
    if data.exists() and {file.name: _digest(file) for file in sorted(data.iterdir())} != files:
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
    """Remove an index and all that belongs to it."""
    if not (target / layout.INDEX_FILE).is_file():
        raise GazetteerError("there is no gazetteer index", path=target, hint="See: geomap gazetteer info")
    with _alone(target):
        (target / layout.INDEX_FILE).unlink(missing_ok=True)
        for part in (*_data_folders(target), *target.glob(f"{_STAGING}*")):
            shutil.rmtree(part)


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    from filelock import FileLock

    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GazetteerError(
            f"the folder cannot be made ({error.strerror})", path=target, hint="Choose another."
        ) from error
    lock = target / _LOCK
    with FileLock(lock):
        try:
            yield
        finally:
            # While it is held: whoever waits for it notices, and makes a new one.
            lock.unlink(missing_ok=True)
            # An index that was never finished leaves no empty folder; anybody's file keeps it.
            with suppress(OSError):
                target.rmdir()


def _data_folders(target: Path) -> list[Path]:
    """Return the folders of files of an index, the present one and those left behind, and nobody else's."""
    return [file.parent for file in target.glob(f"*/{layout.PLACES_FILE}") if _DATA.fullmatch(file.parent.name)]


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _flush(path: Path) -> None:
    """Wait until a file or folder is on the disk."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
