"""Say in plain words what a derived area is and how exact."""

from __future__ import annotations

from geomap.model import DerivedArea

__all__ = ["describe"]

# Below this a whole number of kilometres is too coarse.
FINE_BELOW_KM = 2.0


def describe(area: DerivedArea) -> str:
    """Return the words: "40 km north of Mosul, around 36.70, 43.12, give or take 10 km"."""
    phrase = " ".join(area.text.split())
    radius = f"{area.radius_km:.1f}" if area.radius_km < FINE_BELOW_KM else f"{area.radius_km:,.0f}"
    return f"{phrase}, around {area.lat:.2f}, {area.lon:.2f}, give or take {radius} km"
