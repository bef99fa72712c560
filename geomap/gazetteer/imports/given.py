"""One place as somebody's file gives it, and what it becomes: an entry of a layer, or a draft of an index.

Both are made by the rules of `geomap.gazetteer.layers.entries`, so that a row is right or wrong wherever it goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from geomap.errors import GazetteerError
from geomap.gazetteer import tables
from geomap.gazetteer.building.draft import Draft
from geomap.gazetteer.imports.report import Tally
from geomap.gazetteer.layers.entries import PlaceEntry, entry_of
from geomap.gazetteer.layout import is_geonames_number
from geomap.gazetteer.slugs import Slugs
from geomap.model import Kind, NameKind
from geomap.words import name_key

__all__ = ["Given", "drafts_of", "entries_of"]

NO_POINT = "no latitude and longitude yet"
_WKT_POINT = re.compile(r"(?i)(?:SRID=\d+;\s*)?(?:<[^>]*>\s*)?POINT\s*Z?\s*\(\s*(\S+)\s+([^\s)]+)[^)]*\)")
_PAIR = re.compile(r"[(\[]?\s*([+-]?\d+(?:\.\d+)?)\s*[,; ]\s*([+-]?\d+(?:\.\d+)?)\s*[)\]]?")
_BETWEEN_WORDS = re.compile(r"[,;|/]")
_ID = re.compile(r"[a-z][a-z0-9_-]*:[^\s|]+")
_NOT_OF_AN_ID = re.compile(r"[\s|]+")
_LAST_PART = re.compile(r"[^/#:]*$")
_COUNTRY_CODE = re.compile("[A-Za-z]{2}")


@dataclass(frozen=True, slots=True)
class Given:
    """The fields of a place under the names of `columns.FIELDS`, and where they stand.

    `title` says which part of a file without lines this is.
    """

    path: Path
    fields: dict[str, Any]
    line: int | None = None
    title: str = ""


def entries_of(rows: Iterable[Given], tally: Tally, *, stem: str, source: str = "") -> Iterator[PlaceEntry]:
    """Yield the places that rows give; a wrong row is told, one without a point only counted.

    `stem` begins the ids of a file that numbers its places itself; `source` serves rows that name none.
    """
    for given in rows:
        fields = dict(given.fields)
        _set_point(fields)
        if not fields.get("lat") and not fields.get("lon") and fields.get("lat") != 0:
            tally.left_out[NO_POINT] += 1
            continue
        fields["id"] = _id(fields, stem=stem)
        _set_kind(fields, tally)
        _set_country(fields, tally)
        fields.setdefault("source", source or given.path.name)
        if isinstance(fields.get("names"), str):
            fields["names"] = _names(fields["names"], fields.get("name", ""))
        try:
            entry = entry_of(fields, path=given.path, line=given.line)
        except GazetteerError as error:
            problem = f"{given.title}: {error.problem}" if given.title else error.problem
            tally.refuse(GazetteerError(problem, path=given.path, line=given.line, hint=error.hint))
            continue
        assert isinstance(entry, PlaceEntry)
        yield replace(entry, line=given.line or 0)


def drafts_of(entries: Iterable[PlaceEntry], *, name: str) -> Iterator[Draft]:
    """Yield the places of an installed gazetteer of this name; those without an id get one made of their name."""
    given = list(entries)
    scheme = slug(name)
    slugs = Slugs()
    taken = {entry.id for entry in given if entry.id}
    for entry in given:
        draft = Draft(
            entry.id or slugs.of(f"{scheme}:{slug(entry.name)}", taken),
            entry.name,
            tables.kinds().get(entry.kind, Kind.CITY),
            entry.country,
            entry.lat,
            entry.lon,
            population=entry.population,
            bbox=entry.bbox,
            source=entry.source,
            disputed=bool(entry.disputed),
            note=entry.note,
        )
        draft.call(entry.name, NameKind.NAME, trusted=True)
        for other in entry.names:
            draft.call(other)
        yield draft


def slug(name: str) -> str:
    """Return a name as part of an id."""
    return "-".join("".join(c if c.isalnum() else " " for c in name_key(name).lower()).split()) or "gazetteer"


def _set_point(fields: dict[str, Any]) -> None:
    """Put what a `point` cell says into lat and lon; what cannot be read stays, and is told as a wrong latitude."""
    text = fields.pop("point", None)
    if text is None:
        return
    if match := _WKT_POINT.fullmatch(text.strip()):
        fields["lon"], fields["lat"] = match.groups()
    elif match := _PAIR.fullmatch(text.strip()):
        fields["lat"], fields["lon"] = match.groups()
    else:
        fields["lat"] = fields["lon"] = text


def _id(fields: dict[str, Any], *, stem: str) -> str:
    """Return the id of a place: GeoNames' number, the scheme of a known collection, or the file's own number."""
    own = {scheme: str(fields.pop(scheme, "")) for scheme in ("geonameid", "wikidata", "pleiades")}
    given = str(fields.get("id", "")).strip()
    if is_geonames_number(own["geonameid"]):
        return f"geonames:{int(own['geonameid'])}"
    for scheme in ("wikidata", "pleiades"):
        if own[scheme]:
            return f"{scheme}:{_last_part(own[scheme])}"
    if not given or (_ID.fullmatch(given) and "//" not in given):
        return given
    return f"{stem}:{_last_part(given)}"


def _last_part(text: str) -> str:
    """Return the last part of an address, as one word."""
    match = _LAST_PART.search(text.strip().rstrip("/"))
    return _NOT_OF_AN_ID.sub("-", match.group() if match else text)


def _set_kind(fields: dict[str, Any], tally: Tally) -> None:
    """Keep the first word for a kind that is known; other collections have words of their own."""
    given = fields.pop("kind", "")
    words = [word.strip() for word in _BETWEEN_WORDS.split(given)] if isinstance(given, str) else [*map(str, given)]
    known = [word for word in words if " ".join(word.casefold().replace("_", " ").split()) in tables.kinds()]
    if known:
        fields["kind"] = known[0]
    elif any(words):
        tally.unknown_kinds[str(words[0])] += 1


def _set_country(fields: dict[str, Any], tally: Tally) -> None:
    """Keep a code, or the code of a country's name; of several countries none."""
    given = fields.get("country")
    if not isinstance(given, str) or given.strip().upper() in tables.countries():
        return
    code = tables.country_names().get(name_key(given).lower())
    if code:
        fields["country"] = code
    elif not _COUNTRY_CODE.fullmatch(given):
        del fields["country"]
        tally.unknown_countries[given] += 1


def _names(text: str, name: str) -> list[str]:
    """Return the names of a cell, between | or ; or commas, without the main one."""
    mark = next((mark for mark in "|;," if mark in text), "|")
    found = (part.strip() for part in text.split(mark))
    return [part for part in dict.fromkeys(found) if part and part != name and any(map(str.isalpha, part))]
