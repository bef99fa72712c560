"""Distances and points on a round earth, the antimeridian included."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.geo import destination, distance_km, geodesic_km, inner_point, middle

LATS = st.integers(-90 * 64, 90 * 64).map(lambda n: n / 64)
LONS = st.integers(-180 * 64, 180 * 64 - 1).map(lambda n: n / 64)  # binary fractions add up exactly


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        pytest.param((48.85, 2.35), (48.85, 2.35), 0, id="nowhere to go"),
        pytest.param((48.853, 2.349), (51.509, -0.126), 344, id="Paris to London"),
        pytest.param((0, 179.5), (0, -179.5), 111, id="over the antimeridian"),
        pytest.param((90, 0), (-90, 0), 20015, id="pole to pole"),
    ],
)
def test_a_distance_is_the_shortest_way_over_the_globe(a, b, km):
    """Great-circle kilometres, whichever side of the antimeridian."""
    assert distance_km(a_lat=a[0], a_lon=a[1], b_lat=b[0], b_lon=b[1]) == pytest.approx(km, abs=1)


@given(LATS, LONS, LATS, LONS)
def test_the_fast_distance_is_close_to_the_exact_one(a_lat, a_lon, b_lat, b_lon):
    """The sphere is at most 0.6 % away from the ellipsoid."""
    fast = distance_km(a_lat=a_lat, a_lon=a_lon, b_lat=b_lat, b_lon=b_lon)
    exact = geodesic_km(a_lat=a_lat, a_lon=a_lon, b_lat=b_lat, b_lon=b_lon)

    assert fast == pytest.approx(exact, rel=0.006, abs=0.001)


def test_the_inner_point_of_a_bent_shape_lies_inside_it():
    """The centroid of a horseshoe is outside; this point is not."""
    horseshoe = [(0, 0), (10, 0), (10, 10), (8, 10), (8, 2), (2, 2), (2, 10), (0, 10), (0, 0)]
    lat, lon, area = inner_point(horseshoe)

    assert area == pytest.approx(52)
    assert lat < 2 or lon < 2 or lon > 8
    assert inner_point([(5, 6), (5, 7)]) == (6, 5, 0.0)


@pytest.mark.parametrize("bearing_deg", [0, 45, 90, 180, 300])
@pytest.mark.parametrize(("lat", "lon"), [(0, 0), (36.3, 43.1), (-18, 179.9), (89, 10)])
def test_a_destination_is_as_far_as_one_went(lat, lon, bearing_deg):
    """Also across the antimeridian and near a pole."""
    there_lat, there_lon = destination(lat=lat, lon=lon, bearing_deg=bearing_deg, km=150)

    assert distance_km(a_lat=lat, a_lon=lon, b_lat=there_lat, b_lon=there_lon) == pytest.approx(150, abs=0.001)
    assert -180 <= there_lon < 180


def test_the_middle_of_two_points_is_as_far_from_both():
    """Across the antimeridian it lies there, not on the other side of the world."""
    lat, lon = middle([(-17, 178), (-19, -178)])

    assert (round(lat, 1), round(abs(lon), 1)) == (-18, 180)
