"""`geomap gazetteer`: look into the index of places, and build it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geomap.read.decode import clean
from geomap.words import name_key

if TYPE_CHECKING:
    from geomap.gazetteer.store import Store
    from geomap.model import NamedPlace, Place

__all__ = ["command", "gazetteer"]

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group(name="gazetteer")
def gazetteer() -> None:
    """Look into the index of the world's places.

    \b
    Example: geomap gazetteer search Mosul
    """


command = gazetteer


@gazetteer.command()
@click.argument("name")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1), help="How many places to print.")
@click.option("--index", type=_FOLDER, help="Another index than the one that comes with geomap.")
def search(name: str, limit: int, index: Path | None) -> None:
    """List the places called NAME, best first, then those whose names begin so.

    Columns: id, name, kind, division and country, latitude and longitude, how the name belongs.

    \b
    Example: geomap gazetteer search "Deir ez-Zor" --limit 3
    """
    wanted = clean(name).text
    if not name_key(wanted):
        click.echo(f"{name!r} holds no letter or digit to look for. Give a name, such as: Mosul", err=True)
        sys.exit(1)
    found = _open(index).search(wanted, limit=limit)
    for named in found:
        click.echo(_line(named))
    if not found:
        click.echo(f"Nothing is called {name!r}.", err=True)
        sys.exit(1)


@gazetteer.command()
@click.argument("place_id", metavar="ID")
@click.option("--index", type=_FOLDER, help="Another index than the one that comes with geomap.")
def show(place_id: str, index: Path | None) -> None:
    """Print all that the index knows of the place ID, as `search` prints it.

    \b
    Example: geomap gazetteer show geonames:99072
    """
    place = _open(index).place(clean(place_id).text)
    if place is None:
        click.echo(f"No place has the id {place_id!r}. Find one with: geomap gazetteer search NAME", err=True)
        sys.exit(1)
    for field in place.__slots__:
        value = getattr(place, field)
        shown = "" if value is None else " ".join(f"{side:g}" for side in value) if field == "bbox" else value
        click.echo(f"{field:<12}{shown}".rstrip())


@gazetteer.command()
@click.option("--index", type=_FOLDER, help="Another index than the one that comes with geomap.")
def info(index: Path | None) -> None:
    """Print what the index holds, and which data it was built from under which licence.

    \b
    Example: geomap gazetteer info
    """
    about = _open(index).info()
    click.echo(f"format    {about['format']}")
    click.echo(f"digest    {about['digest']}")
    click.echo(f"places    {about['places']:,}")
    for kind, count in about["places_by_kind"].items():
        click.echo(f"  {kind:<15}{count:>9,}")
    click.echo(f"names     {about['names']:,}")
    click.echo("sources")
    for package in about["packages"]:
        click.echo(f"  {' '.join(filter(None, (package['name'], package['version'])))} ({package['licence']})")
        click.echo(f"    {package['takes']}")
        if package["sha256"]:
            click.echo(f"    sha256 {package['sha256']}")


@gazetteer.command()
@click.option("--sources", required=True, type=_FOLDER, help="Folder with the packages of sources.toml.")
@click.option(
    "--curated",
    default=Path("gazetteer/curated"),
    show_default=True,
    type=_FOLDER,
    help="Folder of the tables written by hand; sources.toml lies beside it.",
)
@click.option("-o", "--output", type=_FOLDER, help="Where the index goes; without it, into geomap itself.")
@click.option("--fetch", is_flag=True, help="First download what is missing: the only step that uses the network.")
def build(sources: Path, curated: Path, output: Path | None, fetch: bool) -> None:  # noqa: FBT001
    """Build the index from pinned packages and the tables written by hand.

    Equal inputs give equal bytes.  It takes about a minute and 1 GB of memory.

    \b
    Example, in a checkout and online: geomap gazetteer build --sources packages --fetch
    """
    from geomap.gazetteer.build import build as build_index
    from geomap.gazetteer.fetch import fetch as fetch_packages
    from geomap.gazetteer.store import EMBEDDED

    if fetch:
        fetch_packages(curated.parent / "sources.toml", sources, report=_tell)
    folder = output or EMBEDDED
    report = build_index(sources, curated, folder, warn=lambda problem: _tell(f"Error: {problem}"))
    _tell(f"built     {folder}: {report.index['places']:,} places, {report.index['names']:,} names")
    _tell(f"left out  {len(report.without_point):,} places that no package gives a point for")


def _open(index: Path | None) -> Store:
    from geomap.gazetteer.store import Store

    return Store.open(index)


def _tell(text: str) -> None:
    click.echo(text, err=True)


def _line(named: NamedPlace) -> str:
    place = named.place
    how = named.name_kind.name.lower() + (", common word" if named.common_word else "")
    return "\t".join((place.id, place.name, place.kind, _where(place), f"{place.lat:.5f} {place.lon:.5f}", how))


def _where(place: Place) -> str:
    return ", ".join(filter(None, (place.admin1, place.country)))
