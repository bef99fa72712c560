"""Which layer a command means, and what lies around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from geomap.errors import GazetteerError

if TYPE_CHECKING:
    from geomap.gazetteer.layered import Layered
    from geomap.gazetteer.layers.entries import Entry
    from geomap.gazetteer.layers.lint_context import Context

__all__ = ["around", "below", "context_of", "layer_options", "layer_path"]

Command = TypeVar("Command", bound=Callable[..., Any])


def layer_options(command: Command) -> Command:
    """Say which layer is meant: the project's, the user's own, or any file."""
    command = click.option(
        "--gazetteer",
        "layer",
        metavar="FILE",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Another layer than gazetteer.toml or gazetteer.csv in the current folder.",
    )(command)
    return click.option("--user", is_flag=True, help="Your own layer, which lies under every project's.")(command)


def layer_path(*, user: bool, layer: Path | None) -> Path:
    """Return the layer that is meant, which need not be there yet."""
    from geomap.gazetteer.home import LAYER_FILES, home, layer_file

    if user and layer is not None:
        raise click.UsageError("--user and --gazetteer name two layers: give one.")
    if layer is not None and not layer.parent.is_dir():
        raise GazetteerError(f"the folder {str(layer.parent)!r} does not exist", path=layer, hint="Create it first")
    folder = home() if user else Path()
    return layer or layer_file(folder) or folder / LAYER_FILES[0]


def around(path: Path) -> Layered:
    """Open the gazetteer as a map with this layer sees it."""
    from geomap.gazetteer.home import home
    from geomap.gazetteer.opening import open_gazetteer

    return open_gazetteer(project=path if path.is_file() and not _is_users(path) else None, home=home())


def below(path: Path) -> Layered:
    """Open what lies under a layer."""
    from geomap.gazetteer.home import home
    from geomap.gazetteer.layered import Layered
    from geomap.gazetteer.opening import open_gazetteer

    if not _is_users(path):
        return open_gazetteer(home=home())
    try:
        gazetteer = open_gazetteer(home=home())
    except GazetteerError:
        # The user's layer itself cannot be read, which is what `lint` is about to say.
        return open_gazetteer()
    return Layered(gazetteer.indexes, [overlay for overlay in gazetteer.overlays if not overlay.decisive])


def context_of(path: Path, entries: Sequence[Entry]) -> Context:
    """Return what the entries of a layer are compared with."""
    from geomap.borders import Borders
    from geomap.gazetteer.english import is_english
    from geomap.gazetteer.home import layer_file
    from geomap.gazetteer.layers.file import read_problems
    from geomap.gazetteer.layers.lint_context import Context
    from geomap.gazetteer.layers.places import overlay_of

    project = layer_file(Path()) if _is_users(path) else None
    nearer = [overlay_of(read_problems(project)[0], title=str(project), digest="")] if project else []
    return Context(entries, below(path), Borders.load(), is_english, nearer)


def _is_users(path: Path) -> bool:
    from geomap.gazetteer.home import home

    return path.resolve().parent == home().resolve()
