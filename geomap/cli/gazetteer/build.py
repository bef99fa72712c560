"""`geomap gazetteer build`: make the index that comes with geomap."""

from __future__ import annotations

from pathlib import Path

import click

from geomap.cli.gazetteer.installing import scripts_option
from geomap.cli.shared import tell

__all__ = ["command"]

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command(name="build")
@click.option("--sources", required=True, type=_FOLDER, help="Folder with the packages of sources.toml.")
@click.option(
    "--curated",
    default=Path("gazetteer/curated"),
    show_default=True,
    type=_FOLDER,
    help="Folder of the tables written by hand; sources.toml lies beside it.",
)
@click.option("-o", "--output", type=_FOLDER, help="Where the index goes; without it, into geomap itself.")
@scripts_option
@click.option("--fetch", is_flag=True, help="First download what is missing: the only step that uses the network.")
def command(sources: Path, curated: Path, output: Path | None, scripts: str, fetch: bool) -> None:  # noqa: FBT001
    """Build the index from pinned packages and the tables written by hand.

    Equal inputs give equal bytes.  It takes about a minute and 1 GB of memory.  Give -o a folder in
    "gazetteers" of your own folder, and every later run uses it beside what comes with geomap.

    \b
    Example, in a checkout and online: geomap gazetteer build --sources packages --fetch
    """
    from geomap.gazetteer.building.build import build as build_index
    from geomap.gazetteer.building.fetch import fetch as fetch_packages
    from geomap.gazetteer.building.scripts import Scripts
    from geomap.gazetteer.store import EMBEDDED

    if fetch:
        fetch_packages(curated.parent / "sources.toml", sources, report=_say)
    folder = output or EMBEDDED
    report = build_index(
        sources, curated, folder, scripts=Scripts(scripts), warn=lambda problem: _say(f"Error: {problem}")
    )
    tell("built", f"{folder}: {report.index['places']:,} places, {report.index['names']:,} names")
    tell("left out", f"{len(report.without_point):,} places that no package gives a point for")


def _say(line: str) -> None:
    click.echo(line, err=True)
