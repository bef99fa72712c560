"""The measures of geoparsing, as the literature defines them: distance, area under the error curve, F1, median.

They add in a fixed order, so that two scorers that read the same files agree to the last digit.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import asin, cos, log, radians, sin, sqrt

__all__ = ["FARTHEST_KM", "area_under", "error_km", "f1", "log_error", "median", "ratio"]

# The mean radius of the WGS 84 ellipsoid (IUGG).
_RADIUS_KM = 6371.0088
# Half way round the earth, as Gritta et al. 2018 round it: the error of a name without a place.
FARTHEST_KM = 20039.0


def error_km(*, a_lat: float, a_lon: float, b_lat: float, b_lon: float) -> float:
    """Return the great-circle distance.

    Angles become radians before they are subtracted, as in the published scorers: `geo.distance_km`
    differs from them in the last digit.
    """
    a_phi, b_phi = radians(a_lat), radians(b_lat)
    across = sin((radians(b_lon) - radians(a_lon)) / 2) ** 2
    h = sin((b_phi - a_phi) / 2) ** 2 + cos(a_phi) * cos(b_phi) * across
    return 2 * _RADIUS_KM * asin(min(1.0, sqrt(h)))


def log_error(km: float) -> float:
    """Return the logarithm of an error, from 0 for none to 1 for the farthest."""
    return min(1.0, log(min(max(km, 0.0), FARTHEST_KM) + 1) / log(FARTHEST_KM))


def area_under(log_errors: Sequence[float]) -> float | None:
    """Return the area under the sorted logarithms of the errors: 0 best, 1 worst (Jurgens et al. 2015)."""
    heights = sorted(log_errors)
    if len(heights) < 2:
        return heights[0] if heights else None
    return (sum(heights) - (heights[0] + heights[-1]) / 2) / (len(heights) - 1)


def median(values: Sequence[float]) -> float | None:
    """Return the middle value, or the mean of the two in the middle."""
    if not values:
        return None
    ranked, middle = sorted(values), len(values) // 2
    return ranked[middle] if len(ranked) % 2 else (ranked[middle - 1] + ranked[middle]) / 2


def ratio(part: float, whole: float) -> float | None:
    """Return a share, or None of nothing."""
    return part / whole if whole else None


def f1(precision: float | None, recall: float | None) -> float | None:
    """Return the harmonic mean."""
    if precision is None or recall is None:
        return None
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
