"""Open a file to import: plain or zipped, its bytes counted as they are read.

A zip is somebody else's: whatever is wrong with it, packed or as it is unpacked, is one line.
"""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TypeAlias

from geomap.errors import GazetteerError

__all__ = ["WHOLE_MAX_BYTES", "BytesRead", "numbered_lines", "opened"]

# Told how many bytes of the file on disk were read so far.
BytesRead: TypeAlias = Callable[[int], None]
# A file that is read at once takes several times its size as rows; larger ones are dumps, which are streamed.
WHOLE_MAX_BYTES = 1_000_000_000
_TELL_EVERY_LINES = 20_000
_BUFFER_BYTES = 1 << 18
_README = "readme.txt"
# How a zip begins, and one without any file.
_ZIPS = frozenset([b"PK\3\4", b"PK\5\6"])
_SIGN_BYTES = 4
_LOCKED = 1
_METHODS = frozenset([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
# What zipfile raises at a head that is not as the format says, and at contents that are not.
_BROKEN_HEAD = (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, struct.error)
_BROKEN_CONTENT = (zipfile.BadZipFile, zlib.error, EOFError)


@contextmanager
def opened(path: Path, *, max_bytes: int | None = None) -> Iterator[tuple[IO[bytes], Callable[[], int]]]:
    """Give the bytes of a file, or of the largest file in a zip, and a function that says how far they were read.

    More than `max_bytes`, unpacked, are refused before the first is read.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise GazetteerError(f"cannot be read ({error.strerror})", path=path, hint="Name a file") from error
    with file:
        zipped = file.read(_SIGN_BYTES) in _ZIPS
        file.seek(0)
        if not zipped:
            _check_size(path, os.fstat(file.fileno()).st_size, max_bytes)
            yield file, file.tell
            return
        try:
            archive = zipfile.ZipFile(file)
        except _BROKEN_HEAD as error:
            raise _damaged(path) from error
        with archive, _unpacked(archive, path, max_bytes) as stream:
            yield stream, file.tell


def numbered_lines(path: Path, progress: BytesRead) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a file with their numbers, without their ends."""
    with opened(path) as (stream, told):
        for number, line in enumerate(stream, start=1):
            if not number % _TELL_EVERY_LINES:
                progress(told())
            yield number, line.rstrip(b"\r\n")
        progress(path.stat().st_size)


def _unpacked(archive: zipfile.ZipFile, path: Path, max_bytes: int | None) -> IO[bytes]:
    """Return the bytes of the largest file of a zip that is no note about the others."""
    members = [entry for entry in archive.infolist() if not entry.is_dir() and entry.filename.lower() != _README]
    if not members:
        raise GazetteerError("this zip is empty", path=path, hint="Fetch it again")
    member = max(members, key=lambda entry: entry.file_size)
    if member.flag_bits & _LOCKED:
        raise GazetteerError("this zip is locked by a password", path=path, hint="Unpack it and name the file in it")
    if member.compress_type not in _METHODS:
        problem = "this zip is packed in a way that is not read here"
        raise GazetteerError(problem, path=path, hint="Unpack it and name the file in it")
    # No more is ever unpacked than the head says.
    _check_size(path, member.file_size, max_bytes)
    try:
        stream = archive.open(member)
    except _BROKEN_HEAD as error:
        raise _damaged(path) from error
    return io.BufferedReader(_Unpacking(stream, path), _BUFFER_BYTES)


class _Unpacking(io.RawIOBase):
    """The bytes of a file in a zip, as they are unpacked."""

    def __init__(self, packed: IO[bytes], path: Path) -> None:
        self._packed = packed
        self._path = path

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        try:
            content = self._packed.read(len(view))
        except _BROKEN_CONTENT as error:
            raise _damaged(self._path) from error
        view[: len(content)] = content
        return len(content)

    def close(self) -> None:
        self._packed.close()
        super().close()


def _check_size(path: Path, size_bytes: int, max_bytes: int | None) -> None:
    if max_bytes is not None and size_bytes > max_bytes:
        problem = f"{size_bytes / 1e9:.1f} GB are more than the {max_bytes / 1e9:g} GB that a table may have"
        raise GazetteerError(problem, path=path, hint="Cut it into several files, or import a GeoNames dump")


def _damaged(path: Path) -> GazetteerError:
    return GazetteerError("this zip is damaged", path=path, hint="Fetch it again")
