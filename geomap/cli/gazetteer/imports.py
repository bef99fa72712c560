"""`geomap gazetteer import`: bring a whole gazetteer, or a table of one's own."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geomap.cli.gazetteer.layers import counted, layer_options, layer_path
from geomap.errors import GazetteerError

if TYPE_CHECKING:
    from geomap.gazetteer.imports.formats import Files
    from geomap.gazetteer.imports.install import Origin, Progress
    from geomap.gazetteer.imports.report import Tally

__all__ = ["command"]

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
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
@click.option(
    "--scripts",
    default="latin",
    show_default=True,
    type=click.Choice(["latin", "all"]),
    help="Which unchecked names an installed gazetteer keeps.",
)
@click.option(
    "--features",
    default="news",
    show_default=True,
    type=click.Choice(["news", "all"]),
    help="Of a GeoNames dump, what news names, or also schools, wells, hotels and the like.",
)
@click.option("--source", default="", help="Where the places come from, for those whose row does not say.")
@click.option("--licence", default="", help="The licence of an installed gazetteer, printed with every map.")
@click.option("--undo", is_flag=True, help="Take this import back.")
@layer_options
def command(  # noqa: PLR0917 - click hands over every option
    files: tuple[Path, ...],
    name: str | None,
    columns: dict[str, str],
    scripts: str,
    features: str,
    source: str,
    licence: str,
    undo: bool,  # noqa: FBT001
    user: bool,  # noqa: FBT001
    layer: Path | None,
) -> None:
    """Bring the places of FILE in: CSV, TSV, GeoJSON, Linked Places, Wikidata, Pleiades or a GeoNames dump.

    A table of up to 20,000 places goes into your layer, where you can edit it; a GeoNames dump (with
    alternateNamesV2.txt and the other tables beside it), or anything with --install, becomes a gazetteer of
    its own, which every later run uses.  Fields to map: name, lat, lon, point, country, kind, names,
    population, bbox, id, geonameid, note, source.

    \b
    Example, with a file of yours: geomap gazetteer import villages.csv --map name=Title
    """
    from geomap.gazetteer.imports.formats import sort_files
    from geomap.gazetteer.imports.install import GEONAMES_SOURCE, Origin
    from geomap.gazetteer.imports.report import Tally

    if name and (user or layer):
        raise click.UsageError("--install makes a gazetteer of its own: leave out --user and --gazetteer")
    if name and undo:
        # The file may be gone by now.
        _uninstall(name)
        return
    if not files:
        raise click.UsageError("Missing argument 'FILE...'")
    given = sort_files(files)
    tally = Tally()
    if given.dump:
        paths = (given.dump.main, *given.dump.companions.values())
        title = name or given.dump.main.name.partition(".")[0]
        origin = Origin(title, paths, source or GEONAMES_SOURCE, licence or _GEONAMES_LICENCE)
    else:
        origin = Origin(name or "", given.tables, source, licence)
    if licence and not origin.name:
        raise click.UsageError("--licence belongs to --install; for a layer, write it into --source")
    if origin.name and undo:
        _uninstall(origin.name)
        return
    if origin.name:
        _install(given, origin, tally, columns=columns, scripts=scripts, all_features=features == "all")
    else:
        _into_layer(layer_path(user=user, layer=layer), given.tables, tally, columns=columns, source=source, undo=undo)
    _tell_problems(tally)


def _install(
    given: Files, origin: Origin, tally: Tally, *, columns: dict[str, str], scripts: str, all_features: bool
) -> None:
    from geomap.gazetteer.building.scripts import Scripts
    from geomap.gazetteer.imports.formats import read_places
    from geomap.gazetteer.imports.given import drafts_of, slug
    from geomap.gazetteer.imports.install import install_drafts, install_dump, install_folder

    if given.dump:
        _tell("reading", ", ".join(path.name for path in origin.paths))
        with _bars() as progress:
            index = install_dump(
                given.dump, origin, tally, scripts=Scripts(scripts), all_features=all_features, progress=progress
            )
    else:
        entries = read_places(given.tables, tally, stem=slug(origin.name), source=origin.source, columns=columns)
        drafts = list(drafts_of(entries, name=origin.name))
        if not drafts:
            _tell_problems(tally)
            raise GazetteerError("there is no place in it", path=given.tables[0], hint="Nothing was installed.")
        index = install_drafts(drafts, origin, scripts=Scripts(scripts))
    _tell("installed", f"{origin.name}: {index['places']:,} places, {index['names']:,} names of {tally.rows:,} rows")
    _tell("in", str(install_folder(origin.name)))
    _tell("undo", f"geomap gazetteer import --install {shlex.quote(origin.name)} --undo")


def _into_layer(
    layer: Path, paths: tuple[Path, ...], tally: Tally, *, columns: dict[str, str], source: str, undo: bool
) -> None:
    from geomap.gazetteer.imports.formats import read_places
    from geomap.gazetteer.imports.layer import add_to_layer, take_from_layer

    entries = list(read_places(paths, tally, source=source, columns=columns))
    if undo:
        _tell("removed", f"{counted(take_from_layer(layer, entries), 'place', 'places')} from {layer}")
        return
    added = add_to_layer(layer, entries, tally)
    where = f"{layer}:{added.line}" if added.new else str(layer)
    _tell("added", f"{counted(added.new, 'place', 'places')} to {where}")
    if added.new:
        _tell("undo", f"geomap gazetteer import {shlex.join(map(str, paths))} --undo, with the same options")
    if added.known:
        _tell("known", f"{counted(added.known, 'place', 'places')} there already")


def _uninstall(name: str) -> None:
    from geomap.gazetteer.imports.install import uninstall

    _tell("removed", f"{name} from {uninstall(name)}")


@contextmanager
def _bars() -> Iterator[Progress]:
    """Give what to tell each step and how far it is: a bar a step on stderr, where a person is watching."""
    if not sys.stderr.isatty():
        yield lambda _step, _done, _total: None
        return
    with ExitStack() as stack:
        bars: dict[str, Any] = {}

        def tell(step: str, done: int, total: int) -> None:
            if step not in bars:
                stack.close()
                bar = click.progressbar(length=max(total, 1), label=f"{step:<9}", file=sys.stderr)
                bars[step] = stack.enter_context(bar)
            bars[step].update(max(0, done - bars[step].pos))

        yield tell


def _tell_problems(tally: Tally) -> None:
    """Print what was wrong and what was left out; a wrong row makes the exit code 1."""
    for line in tally.lines():
        click.echo(line, err=True)
    for problem in tally.problems:
        click.echo(f"Error: {problem}", err=True)
    more = tally.wrong - len(tally.problems)
    if more:
        click.echo(f"Error: {more:,} more rows are wrong", err=True)
    if tally.wrong:
        sys.exit(1)


def _tell(word: str, text: str) -> None:
    click.echo(f"{word:<10}{text}".rstrip(), err=True)
