"""Read the rows of the files of an import, and tell what was wrong with them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geomap.errors import GazetteerError

if TYPE_CHECKING:
    from geomap.gazetteer.imports.formats import Files
    from geomap.gazetteer.imports.report import Tally
    from geomap.gazetteer.layers.entries import Entry

__all__ = ["rows_of", "sorted_files", "tell_problems"]


def sorted_files(files: Sequence[Path], columns: dict[str, str]) -> Files:
    """Return what the files are together; layers are among the tables, in the order given."""
    from geomap.gazetteer.imports.formats import sort_files
    from geomap.gazetteer.imports.own_files import is_layer

    layers = [] if columns else [path for path in files if is_layer(path)]
    if len(layers) > 1:
        raise GazetteerError("layers are imported one by one", path=layers[1], hint="Import this file by itself")
    given = sort_files([path for path in files if path not in layers])
    if given.dump and layers:
        raise GazetteerError("a GeoNames dump is imported alone", path=layers[0], hint="Import this file by itself")
    return given._replace(tables=tuple(path for path in files if path in {*given.tables, *layers}))


def rows_of(
    given: Files,
    tally: Tally,
    *,
    source: str,
    columns: dict[str, str],
    force: bool,
    stem: str = "",
    limit: int | None = None,
) -> Iterator[Entry]:
    """Yield what the files say, once, and where it can be."""
    from geomap.borders import Borders
    from geomap.gazetteer.english import is_english
    from geomap.gazetteer.imports.checking import in_their_countries, no_more_than, said_once
    from geomap.gazetteer.imports.formats import read_places
    from geomap.gazetteer.imports.own_files import is_layer, read_own
    from geomap.gazetteer.layers.lint_context import Context
    from geomap.gazetteer.opening import open_gazetteer

    context = Context((), open_gazetteer(), Borders.load(), is_english)

    def read(path: Path) -> Iterator[Entry]:
        if not columns and is_layer(path):
            return read_own(path, tally, source=source)
        rows = read_places([path], tally, stem=stem, source=source, columns=columns)
        return no_more_than(limit, rows, path=path) if limit is not None else rows

    checked = (in_their_countries(read(path), tally, path=path, context=context, force=force) for path in given.tables)
    return said_once(chain.from_iterable(checked), tally)


def tell_problems(tally: Tally) -> None:
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
