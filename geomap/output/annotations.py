"""Write annotations as JSON, one document a line: the schema of docs/formats.md."""

from __future__ import annotations

import json
from typing import Any

from geomap.model import Annotation, DerivedArea, Place, Resolution

__all__ = ["annotation_json"]

# Probabilities beyond this many digits are noise.
DIGITS = 4


def annotation_json(annotation: Annotation) -> str:
    """Return one line of JSON, keys in the documented order, without a line end."""
    places = {r.place.id: r.place for r in annotation.resolutions if r.place}
    record = {
        "id": annotation.document.id,
        "toponyms": [_toponym(resolution) for resolution in annotation.resolutions],
        "actors": [
            {
                "id": actor.id,
                "name": actor.name,
                "type": actor.type,
                "mentions": [list(span) for span in actor.mentions],
            }
            for actor in annotation.actors
        ],
        "links": [
            {
                "actor": link.actor_id,
                "actor_span": list(link.actor_span),
                "relation": link.relation,
                "status": link.status,
                "place": places[link.place_id].name,
                "place_span": list(link.place_span),
                "geonameid": places[link.place_id].geonameid,
                "tier": link.tier,
                "attribution": link.attribution,
                "evidence": list(link.evidence),
                "rule": link.rule,
            }
            for link in annotation.links
        ],
        "focus": [
            {**_named(focus.place), "kind": focus.place.kind, "share": round(focus.share, DIGITS)}
            for focus in annotation.focus
        ],
        "written_at": [_named(place) for place in annotation.written_at],
        "unresolved": [
            {"start": r.mention.start, "end": r.mention.end, "text": r.mention.text, "role": r.mention.role}
            for r in annotation.resolutions
            if r.place is None
        ],
        "warnings": list(annotation.warnings),
    }
    return json.dumps(record, ensure_ascii=False, allow_nan=False)


def _toponym(resolution: Resolution) -> dict[str, Any]:
    mention, place, runner_up = resolution.mention, resolution.place, resolution.runner_up
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "role": mention.role,
        **_place_fields(place),
        "area": _area(resolution.area) if resolution.area else None,
        "precision": resolution.precision,
        "radius_km": resolution.radius_km,
        "confidence": round(resolution.confidence, DIGITS),
        "runner_up": {"name": runner_up.place.name, **_point(runner_up.place)} if place and runner_up else None,
        "why": resolution.why,
    }


def _place_fields(place: Place | None) -> dict[str, Any]:
    if place is None:
        keys = ("name", "geonameid", "kind", "country", "admin1", "lat", "lon", "bbox")
        return dict.fromkeys(keys)
    return {
        "name": place.name,
        "geonameid": place.geonameid,
        "kind": place.kind,
        "country": place.country or None,
        "admin1": place.admin1 or None,
        "lat": place.lat,
        "lon": place.lon,
        "bbox": list(place.bbox) if place.bbox else None,
    }


def _area(area: DerivedArea) -> dict[str, Any]:
    return {
        "text": area.text,
        "start": area.start,
        "end": area.end,
        "relation": area.relation,
        "lat": area.lat,
        "lon": area.lon,
        "radius_km": area.radius_km,
        "bbox": list(area.bbox) if area.bbox else None,
    }


def _named(place: Place) -> dict[str, Any]:
    return {"name": place.name, "geonameid": place.geonameid}


def _point(place: Place) -> dict[str, Any]:
    return {"geonameid": place.geonameid, "lat": place.lat, "lon": place.lon}
