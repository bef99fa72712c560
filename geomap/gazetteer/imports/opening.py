"""Open a file to import: plain or zipped, its bytes counted as they are read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TypeAlias

from geomap.errors import GazetteerError

__all__ = ["BytesRead", "numbered_lines", "opened"]

# Told how many bytes of the file on disk were read so far.
BytesRead: TypeAlias = Callable[[int], None]
_TELL_EVERY_LINES = 20_000
_README = "readme.txt"
_ZIP = b"PK\3\4"


@contextmanager
def opened(path: Path) -> Iterator[tuple[IO[bytes], Callable[[], int]]]:
    """Give the bytes of a file, or of the largest file in a zip, and a function that says how far they were read."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise GazetteerError(f"cannot be read ({error.strerror})", path=path, hint="Name a file.") from error
    with file:
        if file.read(len(_ZIP)) != _ZIP:
            file.seek(0)
            yield file, file.tell
            return
        try:
            archive = zipfile.ZipFile(file)
        except zipfile.BadZipFile as error:
            raise GazetteerError("this zip is damaged", path=path, hint="Fetch it again.") from error
        with archive, archive.open(_member(archive, path)) as inner:
            yield io.BufferedReader(inner, 1 << 18), file.tell  # type: ignore[type-var]


def numbered_lines(path: Path, progress: BytesRead) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a file with their numbers, without their ends."""
    with opened(path) as (stream, told):
        for number, line in enumerate(stream, start=1):
            if not number % _TELL_EVERY_LINES:
                progress(told())
            yield number, line.rstrip(b"\r\n")
        progress(path.stat().st_size)


def _member(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    members = [entry for entry in archive.infolist() if not entry.is_dir() and entry.filename.lower() != _README]
    if not members:
        raise GazetteerError("this zip is empty", path=path, hint="Fetch it again.")
    return max(members, key=lambda entry: entry.file_size)
