"""Distances and boxes on a round earth, the antimeridian included."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.geo import (
    box_around,
    box_centre,
    box_contains,
    box_union,
    box_width_deg,
    distance_km,
    geodesic_km,
    inner_point,
    wrap_lon,
)
from geomap.model import BBox

LATS = st.integers(-90 * 64, 90 * 64).map(lambda n: n / 64)
LONS = st.integers(-180 * 64, 180 * 64 - 1).map(lambda n: n / 64)  # binary fractions add up exactly
FIJI_AND_TONGA = [(-17.8, 178.0), (-21.1, -175.2)]


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


def test_the_smallest_box_may_cross_the_antimeridian():
    """Fiji and Tonga are neighbours: their box is seven degrees wide, not 353."""
    box = box_around(FIJI_AND_TONGA)

    assert box == pytest.approx(BBox(178.0, -21.1, -175.2, -17.8))
    assert box_width_deg(box) == pytest.approx(6.8)
    assert box_contains(box, lat=-20, lon=180)
    assert not box_contains(box, lat=-20, lon=0)
    assert box_centre(box) == pytest.approx((-19.45, -178.6))


def test_boxes_unite_across_the_antimeridian():
    """A box that crosses it swallows its neighbours on both sides."""
    crossing, east = BBox(170, -10, -160, 10), BBox(-175, 0, -170, 20)

    assert box_union([east, crossing]) == BBox(170, -10, -160, 20)
    assert box_union([BBox(-180, -90, 180, 90), east]) == BBox(-180, -90, 180, 90)


def test_both_ends_of_the_map_are_one_meridian():
    """A box that ends at 180 holds -180."""
    assert box_contains(BBox(170, -1, 180, 1), lat=0, lon=-180)
    assert box_contains(BBox(-180, -1, -170, 1), lat=0, lon=180)


def test_nothing_has_no_box():
    """No points, no box: never one at 0, 0."""
    assert box_around([]) is None
    assert box_union([]) is None


@given(st.lists(st.tuples(LATS, LONS), min_size=1, max_size=8))
def test_a_box_holds_every_point_it_was_made_of(points):
    """Whatever the points, none falls out."""
    box = box_around(points)

    for lat, lon in points:
        assert box_contains(box, lat=lat, lon=wrap_lon(lon))


@given(st.lists(st.tuples(LONS, LONS), min_size=1, max_size=6))
def test_a_union_holds_the_corners_of_every_box(spans):
    """Crossing or not, no box is cut."""
    boxes = [BBox(wrap_lon(west), -1, wrap_lon(east), 1) for west, east in spans]
    union = box_union(boxes)

    for box in boxes:
        assert box_contains(union, lat=0, lon=box.west)
        assert box_contains(union, lat=0, lon=box.east)
        assert box_contains(union, lat=0, lon=box_centre(box)[1])


def test_the_inner_point_of_a_bent_shape_lies_inside_it():
    """The centroid of a horseshoe is outside; this point is not."""
    horseshoe = [(0, 0), (10, 0), (10, 10), (8, 10), (8, 2), (2, 2), (2, 10), (0, 10), (0, 0)]
    lat, lon, area = inner_point(horseshoe)

    assert area == pytest.approx(52)
    assert lat < 2 or lon < 2 or lon > 8
    assert inner_point([(5, 6), (5, 7)]) == (6, 5, 0.0)
