"""`geomap gazetteer import`: bring a whole gazetteer, or a table of one's own."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geomap.cli.gazetteer.import_rows import rows_of, sorted_files, tell_problems
from geomap.cli.gazetteer.installing import install, remove, scripts_option
from geomap.cli.gazetteer.into_layer import Request, bring, take_back, take_source_back
from geomap.cli.gazetteer.layers import layer_options, layer_path
from geomap.errors import GazetteerError

if TYPE_CHECKING:
    from geomap.gazetteer.imports.formats import Files
    from geomap.gazetteer.imports.install import Origin

__all__ = ["command"]

# To take an import back, the file need not be there any more.
_FILE = click.Path(dir_okay=False, path_type=Path)
_GEONAMES_LICENCE = "CC BY 4.0"


def _columns(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Return --map FIELD=COLUMN as a mapping."""
    pairs = [value.partition("=") for value in values]
    for field, mark, column in pairs:
        if not (field and mark and column):
            raise click.BadParameter(f"{field + mark + column!r} is not FIELD=COLUMN, such as name=Title")
    return {field.strip(): column.strip() for field, _, column in pairs}


@click.command(name="import")
@click.argument("files", nargs=-1, type=_FILE, metavar="FILE...")
@click.option("--install", "name", metavar="NAME", help="Install the places as a gazetteer of their own, of this name.")
@click.option(
    "--map", "columns", multiple=True, metavar="FIELD=COLUMN", callback=_columns, help="In which column a field stands."
)
@scripts_option
@click.option(
    "--features",
    default="news",
    show_default=True,
    type=click.Choice(["news", "all"]),
    help="Of a GeoNames dump, what news names, or also schools, wells, hotels and the like.",
)
@click.option("--source", default="", help="Where the places come from, for those whose row does not say.")
@click.option("--licence", default="", help="The licence of an installed gazetteer, printed with every map.")
@click.option("--replace", "update", is_flag=True, help="Let rows change the places that your layer has already.")
@click.option("--force", is_flag=True, help="Take swapped coordinates as they are; undo also what was changed since.")
@click.option("--undo", is_flag=True, help="Take this import back: give the same arguments, or --source alone.")
@layer_options
def command(  # noqa: PLR0917 - click hands over every option
    files: tuple[Path, ...],
    name: str | None,
    columns: dict[str, str],
    scripts: str,
    features: str,
    source: str,
    licence: str,
    update: bool,  # noqa: FBT001
    force: bool,  # noqa: FBT001
    undo: bool,  # noqa: FBT001
    user: bool,  # noqa: FBT001
    layer: Path | None,
) -> None:
    """Bring the places of FILE in: CSV, TSV, GeoJSON, Linked Places, Wikidata, Pleiades or a GeoNames dump.

    A table of up to 20,000 places goes into your layer, where you can edit it; a GeoNames dump (with
    alternateNamesV2.txt and the other tables beside it), or anything with --install, becomes a gazetteer of
    its own, which every later run uses.  What `geomap gazetteer export` writes comes in whole.  Fields to
    map: name, lat, lon, point, country, kind, names, population, bbox, id, geonameid, note, source.

    \b
    Example, with a file of yours: geomap gazetteer import villages.csv --map name=Title
    """
    from geomap.gazetteer.imports.layer import MAX_ROWS
    from geomap.gazetteer.imports.report import Tally

    if name is not None:
        _check_name(name, undo=undo, elsewhere=user or bool(layer))
    if name is not None and undo:
        # The file may be gone by now.
        remove(name)
        return
    missing = [path for path in files if not path.exists()]
    if undo and (missing or (source and not files)):
        take_source_back(layer_path(user=user, layer=layer), missing, source, user=user, layer=layer)
        return
    if not files:
        raise click.UsageError("Missing argument 'FILE...'")
    if missing:
        raise click.BadParameter(f"File {str(missing[0])!r} does not exist.", param_hint="'FILE...'")
    tally = Tally()
    given = sorted_files(files, columns)
    origin = _origin(given, name or "", source, licence)
    _check_options(origin, licence=licence, update=update)
    if origin.name and undo:
        remove(origin.name)
        return
    if origin.name:
        install(given, origin, tally, columns=columns, scripts=scripts, all_features=features == "all", force=force)
        tell_problems(tally)
        return
    path = layer_path(user=user, layer=layer)
    _check_other(given.tables, path)
    rows = rows_of(given, tally, source=source, columns=columns, force=force or undo, limit=MAX_ROWS)
    request = Request(given.tables, columns, source, user=user, layer=layer, force=force, update=update)
    if undo:
        left = take_back(path, rows, request)
    else:
        left = bring(path, rows, tally, request)
        tell_problems(tally)
    if left:
        sys.exit(1)


def _check_name(name: str, *, undo: bool, elsewhere: bool) -> None:
    """Refuse what no gazetteer can be called, before a large table is read."""
    from geomap.gazetteer.imports.installed import install_folder

    if elsewhere:
        raise click.UsageError("--install makes a gazetteer of its own: leave out --user and --gazetteer")
    if not undo:
        install_folder(name)


def _check_options(origin: Origin, *, licence: str, update: bool) -> None:
    if licence and not origin.name:
        raise click.UsageError("--licence belongs to --install; for a layer, write it into --source")
    if origin.name and update:
        raise click.UsageError("--replace belongs to a layer; what is installed is replaced anyway")


def _check_other(files: Sequence[Path], layer: Path) -> None:
    for file in files:
        if file.resolve() == layer.resolve():
            raise GazetteerError("this is the layer itself", path=file, hint="Name another one with --gazetteer")


def _origin(given: Files, name: str, source: str, licence: str) -> Origin:
    from geomap.gazetteer.imports.install import GEONAMES_SOURCE, Origin

    if not given.dump:
        return Origin(name, given.tables, source, licence)
    paths = (given.dump.main, *given.dump.companions.values())
    title = name or given.dump.main.name.partition(".")[0]
    return Origin(title, paths, source or GEONAMES_SOURCE, licence or _GEONAMES_LICENCE)
