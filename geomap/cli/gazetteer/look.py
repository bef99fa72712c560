"""`geomap gazetteer search|show|info`: look into the gazetteer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geomap.cli.shared import gazetteer_option, open_layers, tell
from geomap.errors import InputError
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
        raise InputError("holds no letter or digit to look for", where=repr(name), hint="Give a name, such as: Mosul")
    gazetteer = _open(index, layer)
    found = gazetteer.search(wanted, limit=limit)
    if found and next(gazetteer.keys(name_key(wanted)), None) is None:
        tell("note", f"nothing is called {name!r}; of a shorter form of it, or spelt otherwise:")
    for named in found:
        click.echo(line_of(named))
    if gazetteer.blocks(name_key(wanted)):
        tell("blocked", f"{name!r} is blocked by a layer of yours")
    elif not found:
        _suggest(wanted, gazetteer, limit)


@click.command()
@click.argument("place_id", metavar="PLACE")
@_INDEX
@gazetteer_option
def show(place_id: str, index: Path | None, layer: Path | None) -> None:
    """Print all that the gazetteer knows of PLACE, an id as `search` prints it, or a name that one place has.

    \b
    Example: geomap gazetteer show geonames:99072
    """
    from geomap.cli.gazetteer.choose import chosen

    place = chosen(clean(place_id).text, _open(index, layer))
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


def _suggest(wanted: str, gazetteer: Layered, limit: int) -> None:
    """Print what is spelt nearly so, and say that nothing has the name."""
    from geomap.gazetteer.suggest import suggest

    near = suggest(wanted, gazetteer, limit=limit)
    for suggestion in near:
        click.echo(_line(suggestion.place, "spelt nearly so"))
    hint = "What is listed is spelt nearly so" if near else "Add it, if it is a place: geomap gazetteer add --help"
    raise InputError("nothing is called so", where=wanted, hint=hint)


def _overlay_lines(overlay: Overlay) -> Iterator[str]:
    # Every layer of a folder has the same name.
    yield f"layer     {overlay.path or overlay.title}"
    yield f"digest    {overlay.digest}"
    counts = {name: len(getattr(overlay, name)) for name in ("places", "names", "blocked", "preferred")}
    yield from (f"{name:<10}{count:,}" for name, count in counts.items() if count)


def _index_lines(about: Mapping[str, Any]) -> Iterator[str]:
    yield f"index     {about['title']}"
    yield f"format    {about['format']}"
    yield f"digest    {about['digest']}"
    yield f"places    {about['places']:,}"
    for kind, count in about["places_by_kind"].items():
        if count:
            yield f"  {kind:<15}{count:>9,}"
    yield f"names     {about['names']:,}"
    yield "sources"
    for package in about["packages"]:
        # What a person imported has no version, only the day of the file.
        edition = package["version"] or package.get("date", "")
        yield f"  {' '.join(filter(None, (package['name'], edition)))} ({package['licence']})"
        yield f"    {package['takes']}"
        if package["sha256"]:
            yield f"    sha256 {package['sha256']}"


def _where(place: Place) -> str:
    return ", ".join(filter(None, (place.admin1, place.country)))
