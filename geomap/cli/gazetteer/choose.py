"""Find the one place that a person means by an id or a name, or list those that it may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from geomap.cli.gazetteer.look import line_of
from geomap.errors import InputError
from geomap.model import Kind, NamedPlace, NameKind, Place
from geomap.words import name_key

if TYPE_CHECKING:
    from geomap.gazetteer.layered import Layered

__all__ = ["chosen", "country_of", "kind_of"]

# More than a person reads through; --kind and --country make them fewer.
SHOWN_MAX = 10


def chosen(place: str, gazetteer: Layered, *, kind: str = "", country: str = "") -> Place:
    """Return the place with this id, or the only one of this name that is of the kind and country."""
    if known := gazetteer.place(place):
        return known
    named = [found for found in gazetteer.lookup(name_key(place)) if found.name_kind is not NameKind.DEMONYM]
    wanted = kind_of(kind) if kind else None
    code = country_of(country) if country else ""
    fitting = [found for found in named if _fits(found.place, wanted, code)]
    if len(fitting) == 1:
        return fitting[0].place
    hint = "Give the id instead, the first word of its line, or choose with --kind and --country"
    if fitting:
        _show(fitting)
        raise InputError(f"{len(fitting)} places are called so", where=place, hint=hint)
    if named:
        _show(named)
        raise InputError(f"none of {len(named)} such places is of that kind and country", where=place, hint=hint)
    problem = "no place has this id" if ":" in place else "no place is called so"
    raise InputError(problem, where=place, hint="Find one with: geomap gazetteer search NAME")


def kind_of(word: str) -> Kind:
    """Return the kind that a plain word stands for."""
    from geomap.gazetteer.tables import kinds

    kind = kinds().get(" ".join(word.casefold().split()))
    if kind is None:
        raise InputError("no kind of place", where=word, hint=f"Kinds are {', '.join(Kind)}, and plain words for them")
    return kind


def country_of(word: str) -> str:
    """Return the code that a code or a name stands for."""
    from geomap.gazetteer import tables

    code = word.upper() if word.upper() in tables.countries() else tables.country_names().get(name_key(word).lower())
    if code is None:
        raise InputError("no country", where=word, hint="Write its two letters, such as LB, or its name")
    return code


def _fits(place: Place, kind: Kind | None, country: str) -> bool:
    return kind in {None, place.kind} and country in {"", place.country}


def _show(found: list[NamedPlace]) -> None:
    for named in found[:SHOWN_MAX]:
        click.echo(line_of(named))
    if len(found) > SHOWN_MAX:
        click.echo(f"... and {len(found) - SHOWN_MAX} more", err=True)
