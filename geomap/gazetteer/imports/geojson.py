"""Read the places of a GeoJSON file; one in the Linked Places format says more, and is read so.

A point is taken as it is; of an area its extent and a point inside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from geomap.errors import GazetteerError
from geomap.gazetteer.imports.columns import columns_of
from geomap.gazetteer.imports.decoding import read_text
from geomap.gazetteer.imports.given import Given
from geomap.gazetteer.imports.report import Tally
from geomap.gazetteer.imports.shapes import point_and_extent
from geomap.gazetteer.layout import is_geonames_number

__all__ = ["read_geojson"]

_HINT = "A GeoJSON file is an object with type FeatureCollection and a list of features"
# What a file is told to hold where its point comes from the geometry.
_SHAPE = {"lat": "lat", "lon": "lon"}

# What reading a geometry raises that is not as the format says; shapely's own errors are ValueErrors or of these.
_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError)


def read_geojson(path: Path, tally: Tally, *, columns: Mapping[str, str]) -> Iterator[Given]:
    """Yield the places of the features; `columns` maps fields to properties that the user named."""
    for number, feature in enumerate(_features(path, tally), start=1):
        tally.rows += 1
        title = f"feature {number}"
        if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
            tally.refuse(GazetteerError(f"{title} is no object with properties", path=path, hint=_HINT))
            continue
        properties = feature.get("properties") or {}
        linked = _linked(feature, properties) if "@id" in feature or "names" in feature else None
        try:
            fields = linked if linked is not None else _mapped(feature, properties, columns, path, tally)
            shape = point_and_extent(feature.get("geometry"))
        except GazetteerError as error:
            tally.refuse(GazetteerError(f"{title}: {error.problem}", path=path, hint=error.hint))
            continue
        except _BROKEN as error:
            hint = "See the GeoJSON format, RFC 7946"
            tally.refuse(GazetteerError(f"{title} has a broken geometry ({error})", path=path, hint=hint))
            continue
        yield Given(path, {**fields, **shape}, title=title)


def _features(path: Path, tally: Tally) -> list[Any]:
    text = read_text(path, tally)
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise GazetteerError("this is not JSON", path=path, line=line, hint=_HINT) from error
    if isinstance(given, dict) and given.get("type") == "Feature":
        return [given]
    features = given.get("features") if isinstance(given, dict) else None
    if not isinstance(features, list):
        raise GazetteerError("this is no collection of features", path=path, hint=_HINT)
    return features


def _mapped(
    feature: Mapping[str, Any], properties: Mapping[str, Any], columns: Mapping[str, str], path: Path, tally: Tally
) -> dict[str, Any]:
    """Return the fields of a feature's properties, found as the columns of a table are."""
    texts = {key: _text(value) for key, value in properties.items() if key not in _SHAPE}
    if "id" in feature:
        texts.setdefault("id", _text(feature["id"]))
    if not any(texts.values()):
        hint = "A place has at least a property that is its name"
        raise GazetteerError("it has no properties, so no name", path=path, hint=hint)
    found = columns_of([*texts, *_SHAPE], dict(columns) | _SHAPE, path=path)
    if tally.rows == 1:
        tally.remarks.append(f"columns   {found.told()} (as in the first feature)")
    fields: dict[str, Any] = found.row({**texts, "lat": "", "lon": ""})
    by_language = properties.get(found.by_field.get("names", ""))
    if isinstance(by_language, dict):
        # A list, so that no name is cut at a comma of its own.
        fields["names"] = [name for name in dict.fromkeys(_strings(by_language)) if name != fields.get("name")]
    return fields


def _linked(feature: Mapping[str, Any], properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a feature of the Linked Places format, version 1."""
    title = _text(properties.get("title")) or _text(properties.get("name"))
    names = [_text(name.get("toponym")) for name in _dicts(feature.get("names"))]
    name = title or next(filter(None, names), "")
    codes = properties.get("ccodes") or []
    notes = [_text(row["value"]) for row in _dicts(feature.get("descriptions")) if row.get("value")]
    span = _span(feature.get("when"))
    fields = {
        "name": name,
        "names": [other for other in dict.fromkeys(names) if other and other != name],
        "id": _text(feature.get("@id")),
        "country": _text(codes[0]) if isinstance(codes, list) and len(codes) == 1 else "",
        "kind": [
            _text(row[key]) for row in _dicts(feature.get("types")) for key in ("label", "sourceLabel") if key in row
        ],
        "note": " ".join([*notes[:1], *([span] if span else [])]),
    }
    for link in _dicts(feature.get("links")):
        scheme, _, number = str(link.get("identifier", "")).rpartition(":")
        if link.get("type") in {"exactMatch", "sameAs"} and scheme == "gn" and is_geonames_number(number):
            fields["geonameid"] = number
    return {field: value for field, value in fields.items() if value}


def _span(when: Any) -> str:
    """Return the years of a `when` as readers would write them."""
    spans = [
        " to ".join(filter(None, (_year(span.get("start")), _year(span.get("end")))))
        for span in _dicts(when.get("timespans") if isinstance(when, dict) else None)
    ]
    told = ", ".join(filter(None, spans))
    return f"({told})" if told else ""


def _year(limit: Any) -> str:
    value = next((str(limit[key]) for key in ("in", "earliest", "latest") if limit.get(key)), "") if limit else ""
    return f"{value[1:].lstrip('0')} BC" if value.startswith("-") and value[1:].isdecimal() else value


def _dicts(value: Any) -> list[dict[str, Any]]:
    rows = value if isinstance(value, list) else []
    return [row for row in rows if isinstance(row, dict)]


def _text(value: Any) -> str:
    """Return a value as a cell would hold it; an object has no place in one cell."""
    if isinstance(value, list):
        return "|".join(filter(None, map(_text, value)))
    return "" if value is None or isinstance(value, dict) else str(value)


def _strings(value: Any) -> Iterator[str]:
    """Yield the names of an object such as {"primary": ..., "common": {"en": ...}}, in its order."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        yield from (name for name in value if isinstance(name, str) and name)
    elif isinstance(value, str) and value:
        yield value
