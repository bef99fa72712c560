"""`geomap gazetteer export`: write a layer as CSV, TOML or GeoJSON."""

from __future__ import annotations

from pathlib import Path

import click

from geomap.cli.gazetteer.layers import layer_options, layer_path
from geomap.cli.shared import counted, open_output, tell
from geomap.errors import GazetteerError, InputError

__all__ = ["command"]

_FORMATS = ("csv", "toml", "geojson")


@click.command(name="export")
@click.option("-o", "--output", default="-", show_default=True, metavar="FILE", help="The file to write; - is stdout.")
@click.option("--format", "form", type=click.Choice(_FORMATS), help="By the suffix of FILE, or csv, if not given.")
@layer_options
def command(output: str, form: str | None, user: bool, layer: Path | None) -> None:  # noqa: FBT001
    """Write the entries of your layer as one table, for a spreadsheet, another project or a map program.

    CSV and TOML hold everything and can be a layer themselves; GeoJSON holds the places.

    \b
    Example, in a folder with a layer: geomap gazetteer export -o places.geojson
    """
    from geomap.gazetteer.layers.export import text_of
    from geomap.gazetteer.layers.file import read_layer

    path = layer_path(user=user, layer=layer)
    form = form or Path(output).suffix.lower().removeprefix(".") or _FORMATS[0]
    if form not in _FORMATS:
        raise click.UsageError(f"no format is called {form!r}: give --format {'|'.join(_FORMATS)}.")
    if not path.is_file():
        raise GazetteerError("there is no such layer", path=path, hint="Add a place first: geomap gazetteer add --help")
    _spare(output, path)
    entries = read_layer(path)
    text, written = text_of(entries, form, title=path.name)
    with open_output(output) as write:
        write(text)
    left_out = len(entries) - written
    tell("exported", f"{counted(written, 'entry', 'entries')} of {path}")
    if left_out:
        names = (
            "alias, blocked or preferred name, which is no place",
            "aliases, blocked and preferred names, no places",
        )
        tell("left out", counted(left_out, *names))


def _spare(output: str, layer: Path) -> None:
    """Refuse to write over the layer itself, or to put a second layer beside it."""
    from geomap.gazetteer.home import LAYER_FILES

    target = Path(output).resolve()
    if output != "-" and target == layer.resolve():
        raise InputError("this is the layer itself", where=output, hint="Choose another -o")
    beside = [target.with_name(name) for name in LAYER_FILES if name != target.name]
    if target.name in LAYER_FILES and any(map(Path.is_file, beside)):
        raise InputError("this would be a second layer in its folder", where=output, hint="Choose another name")
