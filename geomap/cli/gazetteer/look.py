"""`geomap gazetteer search|show|info`: look into the gazetteer."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geomap.cli.shared import gazetteer_option, open_layers
from geomap.read.decode import clean
from geomap.words import name_key

if TYPE_CHECKING:
    from geomap.gazetteer.layered import Layered
    from geomap.gazetteer.overlay import Overlay
    from geomap.model import NamedPlace, Place

__all__ = ["info", "line_of", "search", "show"]

_INDEX = click.option(
    "--index",
    type=click.Path(file_okay=False, path_type=Path),
    help="Look into this index alone, without any layer.",
)


@click.command()
@click.argument("name")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1), help="How many places to print.")
@_INDEX
@gazetteer_option
def search(name: str, limit: int, index: Path | None, layer: Path | None) -> None:
    """List the places called NAME, best first, then those whose names begin so.

    Columns: id, name, kind, division and country, latitude and longitude, how the name belongs.
    Where nothing has the name, places of nearly the same spelling are listed as such.

    \b
    Example: geomap gazetteer search "Deir ez-Zor" --limit 3
    """
    wanted = clean(name).text
    if not name_key(wanted):
        click.echo(f"{name!r} holds no letter or digit to look for. Give a name, such as: Mosul", err=True)
        sys.exit(1)
    gazetteer = _open(index, layer)
    found = gazetteer.search(wanted, limit=limit)
    if found and next(gazetteer.keys(name_key(wanted)), None) is None:
        click.echo(f"Nothing is called {name!r}; of a shorter form of it, or spelt otherwise:", err=True)
    for named in found:
        click.echo(line_of(named))
    if gazetteer.blocks(name_key(wanted)):
        click.echo(f"{name!r} is blocked by a layer of yours.", err=True)
    elif not found:
        _suggest(name, wanted, gazetteer, limit)
        sys.exit(1)


@click.command()
@click.argument("place_id", metavar="ID")
@_INDEX
@gazetteer_option
def show(place_id: str, index: Path | None, layer: Path | None) -> None:
    """Print all that the gazetteer knows of the place ID, as `search` prints it.

    \b
    Example: geomap gazetteer show geonames:99072
    """
    place = _open(index, layer).place(clean(place_id).text)
    if place is None:
        click.echo(f"No place has the id {place_id!r}. Find one with: geomap gazetteer search NAME", err=True)
        sys.exit(1)
    for field in place.__slots__:
        value = getattr(place, field)
        shown = "" if value is None else " ".join(f"{side:g}" for side in value) if field == "bbox" else value
        click.echo(f"{field:<12}{shown}".rstrip())


@click.command()
@_INDEX
@gazetteer_option
def info(index: Path | None, layer: Path | None) -> None:
    """Print the layers, nearest first: what each holds, and from which data under which licence.

    \b
    Example: geomap gazetteer info
    """
    gazetteer = _open(index, layer)
    lines: list[str] = []
    for overlay in gazetteer.overlays:
        lines += [*_overlay_lines(overlay), ""]
    for store in gazetteer.indexes:
        lines += [*_index_lines(store.info()), ""]
    click.echo("\n".join(lines[:-1]))


def line_of(named: NamedPlace) -> str:
    """Return a place as `search` prints it."""
    place = named.place
    marks = ["common word"] * named.common_word + ["your own"] * named.own
    how = ", ".join((named.name_kind.name.lower(), *marks))
    return _line(place, how)


def _line(place: Place, how: str) -> str:
    return "\t".join((place.id, place.name, place.kind, _where(place), f"{place.lat:.5f} {place.lon:.5f}", how))


def _open(index: Path | None, layer: Path | None) -> Layered:
    if index is None:
        return open_layers(layer)
    from geomap.gazetteer.layered import Layered
    from geomap.gazetteer.store import Store

    return Layered([Store.open(index)])


def _suggest(name: str, wanted: str, gazetteer: Layered, limit: int) -> None:
    """Say that nothing has the name, and what is spelt nearly so."""
    from geomap.gazetteer.suggest import suggest

    near = suggest(wanted, gazetteer, limit=limit)
    click.echo(f"Nothing is called {name!r}." + (" Nearly so:" if near else ""), err=True)
    for suggestion in near:
        click.echo(_line(suggestion.place, "spelt nearly so"))


def _overlay_lines(overlay: Overlay) -> Iterator[str]:
    yield f"layer     {overlay.title}"
    yield f"digest    {overlay.digest}"
    yield f"places    {len(overlay.places):,}"
    yield f"names     {len(overlay.names):,}"
    yield f"blocked   {len(overlay.blocked):,}"
    yield f"preferred {len(overlay.preferred):,}"


def _index_lines(about: Mapping[str, Any]) -> Iterator[str]:
    yield f"index     {about['title']}"
    yield f"format    {about['format']}"
    yield f"digest    {about['digest']}"
    yield f"places    {about['places']:,}"
    for kind, count in about["places_by_kind"].items():
        yield f"  {kind:<15}{count:>9,}"
    yield f"names     {about['names']:,}"
    yield "sources"
    for package in about["packages"]:
        yield f"  {' '.join(filter(None, (package['name'], package['version'])))} ({package['licence']})"
        yield f"    {package['takes']}"
        if package["sha256"]:
            yield f"    sha256 {package['sha256']}"


def _where(place: Place) -> str:
    return ", ".join(filter(None, (place.admin1, place.country)))
