"""Say which gazetteers are installed, and what another one may be called.

Its name is that of a folder and, as a slug, begins its ids: so it must be a good folder on every system, and no
two gazetteers may have one slug, or their places would have one id.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.gazetteer.folder import installed_indexes, read_index
from geomap.gazetteer.home import INSTALLED, home
from geomap.gazetteer.imports.given import slug
from geomap.gazetteer.layout import INDEX_FILE

__all__ = ["install_folder", "installed_folder", "replaced"]

_NAME_MAX_CHARS = 64
# Windows drops a dot or space at the end.
_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9 ._-]*[A-Za-z0-9])?")
_RULE = (
    "Use letters a to z, digits, spaces, dots, hyphens and underscores, with a letter or digit first and last;"
    f" {_NAME_MAX_CHARS} characters at most"
)
# What begins the ids of others.
_RESERVED = frozenset({"geomap", "geonames", "osm", "own", "pleiades", "wikidata"})
# Windows opens a device under these names, with any ending.
_DEVICES = frozenset({"aux", "con", "nul", "prn", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})


def install_folder(name: str) -> Path:
    """Return where a gazetteer of this name lies or is to lie; a name that none can have is refused."""
    folder = home() / INSTALLED
    # Nobody reads more of a name that is too long.
    problem = f"{name[:_NAME_MAX_CHARS]!r} cannot be the name of a gazetteer"
    if not _NAME.fullmatch(name) or len(name) > _NAME_MAX_CHARS:
        raise GazetteerError(problem, path=folder, hint=_RULE)
    start = slug(name)
    if start in _RESERVED:
        raise GazetteerError(f"{problem}: ids that begin with {start}: are taken", path=folder, hint="Choose another")
    if name.partition(".")[0].rstrip().casefold() in _DEVICES:
        raise GazetteerError(f"{problem}: on Windows it is a device", path=folder, hint="Choose another")
    for other in _names():
        if other != name and slug(other) == start:
            hint = f"Choose another, or first remove that one: {_undo(other)}"
            raise GazetteerError(f"{problem} beside {other!r}: both make ids {start}:", path=folder, hint=hint)
    return folder / name


def installed_folder(name: str) -> Path:
    """Return where the gazetteer of this name lies, one that an earlier geomap let have it included."""
    folder = home() / INSTALLED
    if name not in _names() and not _NAME.fullmatch(name):
        raise GazetteerError(
            f"{name[:_NAME_MAX_CHARS]!r} cannot be the name of a gazetteer",
            path=folder,
            hint="See: geomap gazetteer info",
        )
    return folder / name


def replaced(name: str) -> str:
    """Return what installing under a name replaces, with its files and places; '' for nothing."""
    folder = install_folder(name)
    if not (folder / INDEX_FILE).exists():
        return ""
    try:
        index = read_index(folder)
    except GazetteerError:
        return f"{name} (damaged)"
    files = ", ".join(package["name"] for package in index["packages"])
    places = index["places"]
    return f"{name} ({files}, {places:,} {'place' if places == 1 else 'places'})"


def _names() -> list[str]:
    return [folder.name for folder in installed_indexes(home() / INSTALLED)]


def _undo(name: str) -> str:
    return f"geomap gazetteer import --install {shlex.quote(name)} --undo"
