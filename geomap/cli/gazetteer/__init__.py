"""`geomap gazetteer`: look into the world's places, and make them one's own."""

from __future__ import annotations

import click

from geomap.cli.lazy import LazyGroup

__all__ = ["command"]

_HERE = "geomap.cli.gazetteer"
_COMMANDS = {
    "search": f"{_HERE}.look:search",
    "show": f"{_HERE}.look:show",
    "info": f"{_HERE}.look:info",
    "add": f"{_HERE}.edit:add",
    "alias": f"{_HERE}.edit:alias",
    "block": f"{_HERE}.edit:block",
    "prefer": f"{_HERE}.edit:prefer",
    "lint": f"{_HERE}.lint:command",
    "import": f"{_HERE}.imports:command",
    "export": f"{_HERE}.export:command",
    "build": f"{_HERE}.build:command",
}


@click.command(name="gazetteer", cls=LazyGroup, lazy=_COMMANDS)
def command() -> None:
    """Look into the gazetteer, add to it, correct it, and bring your own.

    Your entries lie in gazetteer.toml (or gazetteer.csv) in the current folder, or with --user in your
    own folder; they win over installed gazetteers, and those over the one that comes with geomap.

    \b
    Example: geomap gazetteer search Mosul
    """
