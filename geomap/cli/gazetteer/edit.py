"""`geomap gazetteer add|alias|block|prefer`: put one entry into a layer, or take it out again."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from geomap.cli.gazetteer.changes import described, entries_of, is_at, is_there, may_mean, put, take_out, tell_undo
from geomap.cli.gazetteer.choose import chosen
from geomap.cli.gazetteer.layers import around, layer_options, layer_path
from geomap.cli.shared import counted, tell
from geomap.errors import GazetteerError
from geomap.read.decode import clean
from geomap.words import name_key

if TYPE_CHECKING:
    from geomap.gazetteer.layers.entries import Entry
    from geomap.model import Place

__all__ = ["add", "alias", "block", "prefer"]

Command = TypeVar("Command", bound=Callable[..., Any])

_KIND = click.option("--kind", default="", metavar="WORD", help="Choose a place of this kind: country, city, ...")
_COUNTRY = click.option("--country", default="", metavar="CODE", help="Choose a place of this country: LB, ...")


def _common(command: Command) -> Command:
    """Take what all entries have, and which layer is meant."""
    options = (
        click.option("--note", default="", help="A remark, which the map shows with a place."),
        click.option("--source", default="", help="Where you have it from."),
        click.option("--undo", is_flag=True, help="Take the entry out again: give the same arguments."),
        layer_options,
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@click.argument("name")
@click.option("--lat", metavar="DEGREES", help="Latitude; south is negative.")
@click.option("--lon", metavar="DEGREES", help="Longitude; west is negative.")
@click.option("--country", metavar="CODE", help="Two letters, such as LB; leave it out at sea.")
@click.option(
    "--kind",
    metavar="WORD",
    help="village, base, crossing, province, lake, ...; city if left out, or what the place of ID is.",
)
@click.option("--names", metavar="A|B", help="Its other names.")
@click.option("--id", "place_id", metavar="ID", help="The id of a place to correct, or one that you choose: own:...")
@click.option("--population", metavar="NUMBER", help="How many people live there.")
@click.option("--bbox", metavar="W,S,E,N", help="Its extent, in degrees.")
@click.option("--disputed/--undisputed", default=None, help="Say that it is contested whose it is, or that it is not.")
@click.option("--force", is_flag=True, help="Add it although latitude and longitude look swapped.")
@_common
def add(
    name: str, *, force: bool, undo: bool, user: bool, layer: Path | None, place_id: str | None, **fields: Any
) -> None:
    """Add the place NAME to your layer.

    Put -- before a NAME that begins with a hyphen.

    \b
    Example: geomap gazetteer add "Kfar Kila" --lat 33.28 --lon 35.56 --country LB --kind village
    """
    from geomap.gazetteer.layers.entries import PlaceEntry, entry_of

    path = layer_path(user=user, layer=layer)
    name = clean(name).text
    if undo:
        take_out(path, name, lambda entry: isinstance(entry, PlaceEntry) and is_at(entry, fields, place_id))
        return
    entry = entry_of({**fields, "name": name, "id": place_id}, path=path)
    assert isinstance(entry, PlaceEntry)
    if is_there(path, entry, lambda other: isinstance(other, PlaceEntry) and is_at(other, fields, place_id)):
        return
    before = around(path)
    others = [named.place for named in before.lookup(name_key(name)) if named.place.id != entry.id]
    known = before.place(entry.id)
    kind, country = entry.kind or (known.kind if known else "city"), entry.country or (known.country if known else "")
    line = put(path, entry, force=force)
    where = f"{kind}{country and f' in {country}'}, {entry.lat:g} {entry.lon:g}"
    tell("added", f"{name}, {where}: {path}:{line}")
    called = " and ".join(repr(given) for given in (name, *entry.names))
    tell("means", f"{called} can mean this place{_besides(others)}")
    options = ("--lat", str(fields["lat"]), "--lon", str(fields["lon"]))
    tell_undo("add", name, user=user, layer=layer, options=options)


@click.command()
@click.argument("name")
@click.argument("place")
@_KIND
@_COUNTRY
@_common
def alias(
    name: str, place: str, *, kind: str, country: str, undo: bool, user: bool, layer: Path | None, **about: str
) -> None:
    """Give PLACE, an id or a name, the other name NAME.

    \b
    Example: geomap gazetteer alias "Mossul" Mosul --country IQ --kind city
    """
    from geomap.gazetteer.layers.entries import AliasEntry

    path = layer_path(user=user, layer=layer)
    name = clean(name).text
    if undo:
        take_out(path, name, lambda entry: isinstance(entry, AliasEntry) and may_mean(entry.place, place))
        return
    found = chosen(clean(place).text, around(path), kind=kind, country=country)
    entry = _entry({"entry": "alias", "name": name, "place": found.id, **about}, path)
    if is_there(path, entry, lambda other: isinstance(other, AliasEntry) and other.place == found.id):
        return
    others = [named.place for named in around(path).lookup(name_key(name)) if named.place.id != found.id]
    line = put(path, entry)
    tell("alias", f"{name} is another name of {described(found)}: {path}:{line}")
    tell("means", f"{name!r} can mean this place{_besides(others)}")
    tell_undo("alias", name, found.id, user=user, layer=layer)


@click.command()
@click.argument("name")
@_common
def block(name: str, *, undo: bool, user: bool, layer: Path | None, **about: str) -> None:
    """Never match NAME; a place of that name in the same layer is matched all the same.

    \b
    Example: geomap gazetteer block Reading --note "means the activity here"
    """
    from geomap.gazetteer.layers.entries import BlockEntry

    path = layer_path(user=user, layer=layer)
    name = clean(name).text
    if undo:
        take_out(path, name, lambda entry: isinstance(entry, BlockEntry))
        return
    entry = _entry({"entry": "block", "name": name, **about}, path)
    if is_there(path, entry, lambda other: isinstance(other, BlockEntry)):
        return
    before = around(path).lookup(name_key(name))
    line = put(path, entry)
    after = around(path).lookup(name_key(name))
    tell("blocked", f"{name}: {path}:{line}")
    if after:
        tell("means", f"{name!r} still means {described(after[0].place)}, which a layer gives the name")
    else:
        hidden = len({named.place.id for named in before})
        tell("means", f"{name!r} will not be matched; {counted(hidden, 'place')} hidden")
    tell_undo("block", name, user=user, layer=layer)


@click.command()
@click.argument("name")
@click.argument("place", required=False)
@_KIND
@_COUNTRY
@_common
def prefer(
    name: str, place: str | None, *, kind: str, country: str, undo: bool, user: bool, layer: Path | None, **about: str
) -> None:
    """Let NAME mean PLACE, an id or a name, whatever else is called so.

    Without PLACE, one of the places called NAME is chosen by --kind and --country.

    \b
    Example: geomap gazetteer prefer Georgia --kind country
    """
    from geomap.gazetteer.layers.entries import PreferEntry

    path = layer_path(user=user, layer=layer)
    name = clean(name).text
    if undo:
        take_out(path, name, lambda entry: isinstance(entry, PreferEntry) and may_mean(entry.place, place or ""))
        return
    found = chosen(clean(place or name).text, around(path), kind=kind, country=country)
    entry = _entry({"entry": "prefer", "name": name, "place": found.id, **about}, path)
    if is_there(path, entry, lambda other: isinstance(other, PreferEntry) and other.place == found.id):
        return
    for other in entries_of(path):
        if isinstance(other, PreferEntry) and name_key(other.name) == name_key(name):
            hint = f"Take that back first: geomap gazetteer prefer {shlex.quote(other.name)} {other.place} --undo"
            raise GazetteerError(f"{name!r} means {other.place} already", path=path, line=other.line, hint=hint)
    others = [named.place for named in around(path).lookup(name_key(name)) if named.place.id != found.id]
    line = put(path, entry)
    tell("preferred", f"{name} is {described(found)}: {path}:{line}")
    tell("means", f"{name!r} means this place; {counted(len(others), 'place')} of that name after it")
    tell_undo("prefer", name, found.id, user=user, layer=layer)


def _entry(row: dict[str, str], path: Path) -> Entry:
    from geomap.gazetteer.layers.entries import entry_of

    return entry_of(row, path=path)


def _besides(others: Sequence[Place]) -> str:
    count = len({place.id for place in others})
    return f", rather than {counted(count, 'place')} of that name" if count else ""
