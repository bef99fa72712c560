"""Read gold: texts with every toponym marked, each with the point it means.

A gold set that is wrong makes every figure wrong, so a span that is not its text, a doubled id or a toponym
without coordinates (null says that nobody knows them) stops the reading.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from geomap.errors import InputError
from geomap.evaluate.lines import Record, read_records

__all__ = ["SHIPPED", "GoldDocument", "GoldLink", "GoldSet", "GoldToponym", "read_gold"]

# The gold set written for geomap.
SHIPPED = Path(__file__).parent / "gold" / "news.jsonl"

_HINT = 'A line of gold holds {"id", "text", "toponyms": [{"start", "end", "text", "lat", "lon", ...}]}'
# What a toponym may say of itself besides its place; figures are given for each value.
_LABELS = ("type", "group", "role")


@dataclass(frozen=True, slots=True)
class GoldToponym:
    """One marked name.  `lat` and `lon` are None where the annotators gave no place."""

    start: int
    end: int
    text: str
    lat: float | None
    lon: float | None
    geonameid: str
    country: str
    labels: Mapping[str, str]

    @property
    def placed(self) -> bool:
        """Say whether the annotators gave a point."""
        return self.lat is not None and self.lon is not None


@dataclass(frozen=True, slots=True)
class GoldLink:
    """One actor and one place that the text binds.  Without `core`, nobody need find it, and whoever does is right."""

    actor: str
    actor_names: tuple[str, ...]
    place: str
    place_names: tuple[str, ...]
    geonameid: str
    relation: str
    status: str
    core: bool


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One text with its toponyms.  `links` is None where nobody marked them."""

    id: str
    text: str
    title: str
    date: str
    source: str
    url: str
    lang: str
    toponyms: tuple[GoldToponym, ...]
    partial: bool
    links: tuple[GoldLink, ...] | None


@dataclass(frozen=True, slots=True)
class GoldSet:
    """One file of gold; `digest` is its SHA-256."""

    name: str
    digest: str
    documents: tuple[GoldDocument, ...]

    def only(self, ids: Iterable[str], *, where: str) -> GoldSet:
        """Return the documents with these ids; `where` names the list."""
        wanted = frozenset(ids)
        kept = tuple(document for document in self.documents if document.id in wanted)
        if not kept:
            raise InputError(f"no document of {self.name!r} has one of these ids", where=where, hint="One id a line")
        return GoldSet(self.name, self.digest, kept)


def read_gold(path: Path) -> GoldSet:
    """Return the documents of a gold file, or raise at the first thing that is wrong."""
    documents = tuple(_document(record) for record in read_records(path, hint=_HINT))
    if not documents:
        raise InputError("is empty", where=str(path), hint=_HINT)
    return GoldSet(path.stem, hashlib.sha256(path.read_bytes()).hexdigest(), documents)


def _document(record: Record) -> GoldDocument:
    text = record.fields.get("text")
    if not isinstance(text, str):
        raise record.problem('no "text" that is a string', _HINT)
    if "toponyms" not in record.fields:
        raise record.problem('no "toponyms"', _HINT)
    return GoldDocument(
        id=record.string("id"),
        text=text,
        title=record.string("title"),
        date=record.string("date"),
        source=record.string("source") or record.string("domain"),
        url=record.string("url"),
        lang=record.string("lang"),
        toponyms=tuple(_toponym(row, text) for row in record.objects("toponyms")),
        partial=record.fields.get("partial") is True,
        links=_links(record) if "links" in record.fields else None,
    )


def _links(record: Record) -> tuple[GoldLink, ...]:
    names = {actor.string("id"): actor.strings("aliases") for actor in record.objects("actors")}
    return tuple(_link(row, names) for row in record.objects("links"))


def _link(row: Record, names: Mapping[str, tuple[str, ...]]) -> GoldLink:
    actor, place = row.string("actor"), row.string("place")
    if not names.get(actor) or not place:
        raise row.problem(
            f"a link of {actor!r} to {place!r}", 'Name a place, and an actor that "actors" has with its "aliases"'
        )
    return GoldLink(
        actor=actor,
        actor_names=names[actor],
        place=place,
        place_names=(place, *row.strings("place_aliases")),
        geonameid=row.string("geonameid"),
        relation=row.string("relation"),
        status=row.string("status"),
        core=row.fields.get("core", True) is True,
    )


def _toponym(row: Record, text: str) -> GoldToponym:
    start, end, surface = row.offset("start"), row.offset("end"), row.string("text")
    if start >= end or text[start:end] != surface:
        found = f"{text[start:end]!r}" if start < end <= len(text) else "not in the text"
        raise row.problem(f"the span [{start}, {end}) of {surface!r} is {found}", "Count characters, half-open")
    lat, lon = row.degrees("lat", limit=90), row.degrees("lon", limit=180)
    if (lat is None) != (lon is None):
        raise row.problem(f"{surface!r} has half a point", 'Write both "lat" and "lon", or null for both')
    labels = {name: row.string(name) for name in _LABELS if row.string(name)}
    return GoldToponym(start, end, surface, lat, lon, row.string("geonameid"), row.string("country"), labels)
