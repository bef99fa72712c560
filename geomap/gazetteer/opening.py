"""Open the gazetteer of a run: whatever layers there are, nearest first.

An installed gazetteer or a cache that is damaged is left out, and said to be: the others are of use
without it.
"""

from __future__ import annotations

import shlex
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.gazetteer.folder import installed_indexes
from geomap.gazetteer.home import CACHE_FILE, INSTALLED, layer_file
from geomap.gazetteer.layered import Layered
from geomap.gazetteer.layers.file import read_overlay
from geomap.gazetteer.online.cache import Cache
from geomap.gazetteer.overlay import Overlay
from geomap.gazetteer.store import Store

__all__ = ["open_gazetteer", "usable_answers", "usable_indexes"]


def open_gazetteer(*, project: Path | None = None, home: Path | None = None) -> Layered:
    """Open the embedded gazetteer under a project's layer and a user's folder; None leaves a part out.

    `project` is a layer file, or a folder that may hold one.
    """
    files = filter(None, (_layer(project), home and layer_file(home)))
    overlays: list[Overlay] = [read_overlay(file) for file in files]
    indexes: list[Store] = []
    problems: list[GazetteerError] = []
    if home is not None:
        indexes, problems = usable_indexes(home / INSTALLED)
        remembered = usable_answers(home / CACHE_FILE)
        if isinstance(remembered, Overlay):
            overlays.append(remembered)
        elif remembered:
            problems.append(remembered)
    return Layered([*indexes, Store.open()], overlays, problems=problems)


def usable_answers(cache: Path) -> Overlay | GazetteerError | None:
    """Return the remembered online answers as a layer, or what is wrong with them; None where there are none."""
    if not cache.is_file():
        return None
    try:
        return _remembered(cache)
    except GazetteerError as error:
        problem = f"{error.problem}, so this run goes on without remembered answers"
        return GazetteerError(problem, path=error.path, hint=error.hint)


def _remembered(cache: Path) -> Overlay:
    with Cache.open(cache) as answers:
        return answers.overlay()


def usable_indexes(folder: Path) -> tuple[list[Store], list[GazetteerError]]:
    """Open the gazetteers installed in a folder; return those that can be used, and what is wrong with the others."""
    opened = [_opened(index) for index in installed_indexes(folder)]
    return (
        [store for store in opened if isinstance(store, Store)],
        [problem for problem in opened if isinstance(problem, GazetteerError)],
    )


def _opened(index: Path) -> Store | GazetteerError:
    try:
        return Store.open(index)
    except GazetteerError as error:
        path, problem = error.path, error.problem
    except OSError as error:
        path, problem = index, f"cannot be read ({error.strerror})"
    hint = f"Import it again, or remove it: geomap gazetteer import --install {shlex.quote(index.name)} --undo"
    return GazetteerError(f"{problem}, so the gazetteer {index.name!r} is left out", path=path, hint=hint)


def _layer(project: Path | None) -> Path | None:
    return layer_file(project) if project is not None and project.is_dir() else project
