"""Say where a user's own things lie: their layer, installed gazetteers, remembered online answers."""

from __future__ import annotations

import os
from pathlib import Path

from geomap.errors import GazetteerError

__all__ = ["CACHE_FILE", "ENVIRONMENT", "INSTALLED", "LAYER_FILES", "home", "layer_file"]

# Names another folder, for a machine shared by several projects or for a test.
ENVIRONMENT = "GEOMAP_HOME"
# The same names in the user's folder and in the folder of a project.
LAYER_FILES = ("gazetteer.toml", "gazetteer.csv")
INSTALLED = "gazetteers"
CACHE_FILE = "cache.sqlite"


def home() -> Path:
    """Return the user's folder, which need not exist."""
    given = os.environ.get(ENVIRONMENT)
    if given:
        return Path(given)
    from platformdirs import user_data_path

    return user_data_path("geomap", appauthor=False)


def layer_file(folder: Path) -> Path | None:
    """Return the layer that lies in a folder, or None; two would leave open which one is nearer."""
    found = [folder / name for name in LAYER_FILES if (folder / name).is_file()]
    if len(found) > 1:
        raise GazetteerError(
            f"there is also a {found[1].name}", path=found[0], hint="A folder has one layer: keep one of the two"
        )
    return found[0] if found else None
