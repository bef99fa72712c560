"""Open the gazetteer of a run: whatever layers there are, nearest first."""

from __future__ import annotations

from pathlib import Path

from geomap.gazetteer.folder import installed_indexes
from geomap.gazetteer.home import CACHE_FILE, INSTALLED, layer_file
from geomap.gazetteer.layered import Layered
from geomap.gazetteer.layers.file import read_overlay
from geomap.gazetteer.online.cache import Cache
from geomap.gazetteer.overlay import Overlay
from geomap.gazetteer.store import Store

__all__ = ["open_gazetteer"]


def open_gazetteer(*, project: Path | None = None, home: Path | None = None) -> Layered:
    """Open the embedded gazetteer under a project's layer and a user's folder; None leaves a part out.

    `project` is a layer file, or a folder that may hold one.
    """
    files = filter(None, (_layer(project), home and layer_file(home)))
    overlays: list[Overlay] = [read_overlay(file) for file in files]
    indexes: list[Store] = []
    if home is not None:
        indexes += map(Store.open, installed_indexes(home / INSTALLED))
        cache = home / CACHE_FILE
        if cache.is_file():
            with Cache.open(cache) as remembered:
                overlays.append(remembered.overlay())
    return Layered([*indexes, Store.open()], overlays)


def _layer(project: Path | None) -> Path | None:
    return layer_file(project) if project is not None and project.is_dir() else project
