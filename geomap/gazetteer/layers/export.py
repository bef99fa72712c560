"""Write the entries of a layer for other programs: CSV, TOML, or the places as GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from geomap.gazetteer.layers import as_csv as layer_csv
from geomap.gazetteer.layers import as_toml as layer_toml
from geomap.gazetteer.layers.entries import Entry, PlaceEntry
from geomap.gazetteer.layers.places import places_with_ids

__all__ = ["text_of"]


def text_of(entries: Sequence[Entry], form: str, *, title: str) -> tuple[str, int]:
    """Return the text of a file in the format csv, toml or geojson, and how many entries are in it."""
    match form:
        case "csv":
            return layer_csv.HEAD + layer_csv.header() + layer_csv.rows_of(entries), len(entries)
        case "toml":
            return "\n".join([layer_toml.HEAD, *map(layer_toml.table, entries)]), len(entries)
        case _:
            features = [_feature(entry, id_, title) for entry, id_ in places_with_ids(entries)]
            collection = {"type": "FeatureCollection", "features": features}
            return json.dumps(collection, ensure_ascii=False, indent=1) + "\n", len(features)


def _feature(entry: PlaceEntry, id_: str, title: str) -> dict[str, Any]:
    properties = {
        "name": entry.name,
        "kind": entry.kind,
        "country": entry.country,
        "names": list(entry.names),
        "population": entry.population,
        "disputed": entry.disputed,
        "note": entry.note,
        "source": entry.source or title,
    }
    return {
        "type": "Feature",
        "id": id_,
        **({"bbox": list(entry.bbox)} if entry.bbox else {}),
        # GeoJSON has the longitude first.
        "geometry": {"type": "Point", "coordinates": [entry.lon, entry.lat]},
        "properties": {name: value for name, value in properties.items() if value or value is False},
    }
