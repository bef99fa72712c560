"""Make a layer of remembered online answers: candidates only, each with its source, time and licence.

An answer teaches the name that was asked for and no other, whatever the service calls the place; the
newest answer says where it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from geomap.gazetteer.online.answers import kind_of
from geomap.gazetteer.online.remembered import Answer, Remembered, stamp
from geomap.gazetteer.overlay import Overlay
from geomap.model import NameKind, Place
from geomap.words import name_key

__all__ = ["overlay_of"]


def overlay_of(rows: Iterable[Remembered], *, digest: str) -> Overlay:
    """Return remembered answers as a layer of candidates; the newest says where a place is."""
    places: dict[str, Place] = {}
    newest: dict[str, Remembered] = {}
    names: dict[str, dict[str, NameKind]] = {}
    licences: set[str] = set()
    for row in rows:
        key = name_key(row.question.name)
        meant = names.setdefault(key, {})
        for position, place in enumerate(_places(row)):
            # The service's first answer is the place of that name, if it spells it otherwise, too.
            kind = NameKind.NAME if position == 0 or name_key(place.name) == key else NameKind.ALIAS
            if meant.get(place.id) is not NameKind.NAME:
                meant[place.id] = kind
            if place.id not in places or row.asked_at > newest[place.id].asked_at:
                places[place.id], newest[place.id] = place, row
            licences.add(row.licence)
    return Overlay(
        title="remembered online answers",
        digest=digest,
        places=places,
        names={key: tuple(meant.items()) for key, meant in names.items() if key},
        decisive=False,
        credits=tuple(sorted(filter(None, licences))),
    )


def _places(row: Remembered) -> Iterator[Place]:
    provider, endpoint = row.question.provider, row.question.endpoint
    note = f"Found online ({endpoint}, {stamp(row.asked_at)[:10]}). {row.licence}".strip()
    for answer in row.answers:
        kind = kind_of(provider, answer)
        if kind is None:
            continue
        yield Place(
            id=answer.id or f"{provider}:{_hash(answer)}",
            name=answer.name or row.question.name,
            kind=kind,
            lat=answer.lat,
            lon=answer.lon,
            country=answer.country,
            admin1=answer.admin1,
            bbox=answer.bbox,
            source=provider,
            note=note,
        )


def _hash(answer: Answer) -> str:
    told = f"{answer.name}|{answer.lat:.6f}|{answer.lon:.6f}|{answer.country}"
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:12]
