"""Make a point and an extent of a geometry of GeoJSON: a point is as it is, of an area the point lies inside."""

from __future__ import annotations

from typing import Any

from geomap.geo import wrap_lon

__all__ = ["point_and_extent"]

_SHAPES = frozenset(["LineString", "MultiLineString", "MultiPoint", "Polygon", "MultiPolygon", "GeometryCollection"])
_LINES = frozenset(["LineString", "LinearRing"])
_AROUND = 360.0


def point_and_extent(geometry: Any) -> dict[str, Any]:
    """Return lat, lon and, of an area, the extent; {} where there is no geometry."""
    if not geometry:
        return {}
    if geometry.get("type") == "Point":
        lon, lat = geometry["coordinates"][:2]
        return {"lat": lat, "lon": lon}
    import shapely
    from shapely.geometry import shape

    if geometry["type"] not in _SHAPES:
        raise ValueError(f"{geometry['type']!r} is no shape")
    whole = shapely.make_valid(_continued(shape(geometry)))
    if whole.is_empty:
        return {}
    inner = whole.representative_point()
    west, south, east, north = _bounds(whole)
    if west == east and south == north:
        return {"lat": inner.y, "lon": wrap_lon(inner.x)}
    return {"lat": inner.y, "lon": wrap_lon(inner.x), "bbox": [west, south, east, north]}


def _continued(whole: Any) -> Any:
    """Return a shape whose line leaps from 179 to -179 degrees in degrees that go on counting: from 179 to 181.

    Such an area should have been cut in two at the date line; nobody means one that spans the rest of the world.
    """
    import shapely

    lines = (getattr(part, "exterior", part) for part in shapely.get_parts(whole))
    if not any(line.geom_type in _LINES and _leaps(shapely.get_coordinates(line)[:, 0]) for line in lines):
        return whole
    return shapely.transform(whole, lambda points: points + (points[:, :1] < 0) * [_AROUND, 0])


def _leaps(lons: Any) -> bool:
    """Say whether two neighbours lie more than half the world apart; from -180 to 180 is along one line."""
    steps = abs(lons[1:] - lons[:-1])
    return bool(((steps > _AROUND / 2) & (steps < _AROUND)).any())


def _bounds(whole: Any) -> tuple[float, float, float, float]:
    """Return west, south, east and north; west is greater where an area lies on both sides of the date line."""
    west, south, east, north = whole.bounds
    if east > 180 or west < -180:
        return wrap_lon(west), south, wrap_lon(east), north
    parts = [part.bounds for part in getattr(whole, "geoms", ())]
    if parts and west == -180 and east == 180:
        eastern = [part[0] for part in parts if part[0] >= 0]
        western = [part[2] for part in parts if part[2] <= 0]
        if len(eastern) + len(western) == len(parts):
            return min(eastern), south, max(western), north
    return west, south, east, north
