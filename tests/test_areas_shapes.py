"""Where derived areas lie and how large they are, and how far the places themselves may reach."""

from __future__ import annotations

import pytest

from geomap.areas import radius_km
from geomap.borders import Borders
from geomap.geo import distance_km
from geomap.model import BBox, Kind, Place
from tests.areas_world import PLACES, area_of, resolved

# A border of the base map is drawn some kilometres off.
DRAWN_KM = 5.0


@pytest.fixture(scope="module")
def borders():
    return Borders.load()


def apart_km(area, place):
    return distance_km(a_lat=area.lat, a_lon=area.lon, b_lat=place.lat, b_lon=place.lon)


@pytest.mark.parametrize(
    ("wind", "north", "east"),
    [("north", 1, 0), ("east", 0, 1), ("south", -1, 0), ("west", 0, -1), ("north-west", 1, -1), ("southeast", -1, 1)],
)
def test_a_distance_is_gone_in_its_direction(wind, north, east):
    """40 km is 40 km, on the side that the wind names."""
    area, town = area_of(f"They met 40 km {wind} of [Mosul]."), PLACES["Mosul"]

    assert apart_km(area, town) == pytest.approx(40, abs=0.1)
    for difference, side in ((area.lat - town.lat, north), (area.lon - town.lon, east)):
        assert (difference > 0.1) - (difference < -0.1) == side


def test_units_are_what_they_are_at_sea_and_on_land():
    """A mile, a nautical mile and a thousand metres."""
    for said, km in (("10 miles", 16.09), ("10 nautical miles", 18.52), ("900 metres", 0.9), ("two dozen km", 24)):
        area = area_of(f"They met {said} north of [Tyre].")

        assert apart_km(area, PLACES["Tyre"]) == pytest.approx(km, abs=0.05), said


def test_a_rounder_number_is_a_wider_guess():
    """41 km is meant more closely than 40, 40 more closely than "about 40", and that more than "dozens"."""
    said = ["41 km", "40 km", "about 40 km", "dozens of km"]
    radii = [area_of(f"They met {amount} north of [Tyre].").radius_km for amount in said]

    assert radii == sorted(set(radii))


def test_a_named_wind_of_sixteen_is_meant_more_closely():
    """North-north-east leaves half the room that north does."""
    wide, close = (area_of(f"They met 80 km {wind} of [Tyre].") for wind in ("north", "north-northeast"))

    assert close.radius_km < wide.radius_km


def test_near_goes_round_the_town_and_as_far_as_is_said():
    """The circle is the place's own, and what is said to be within 5 km is."""
    near, within = area_of("Near [Mosul]."), area_of("Within 5 km of [Mosul].")

    assert (near.lat, near.lon) == (36.335, 43.119)
    assert within.radius_km < near.radius_km
    assert within.radius_km == pytest.approx(radius_km(PLACES["Mosul"]) + 5.5, abs=0.1)


def test_between_is_half_way():
    """Both towns lie on the rim of the circle."""
    area = area_of("Somewhere between [Mosul] and [Erbil].")

    assert apart_km(area, PLACES["Mosul"]) == pytest.approx(area.radius_km, rel=0.01)
    assert apart_km(area, PLACES["Erbil"]) == pytest.approx(area.radius_km, rel=0.01)


@pytest.mark.parametrize("side", ["southern", "northern", "eastern", "western", "central", "south-eastern"])
@pytest.mark.parametrize("name", ["Lebanon", "Libya", "Mali", "Pakistan", "Somalia", "United States"])
def test_a_part_of_a_country_lies_in_it(borders, name, side):
    """The point is never abroad or at sea, and the radius holds the whole part."""
    area, country = area_of(f"Rain in {side} [{name}]."), PLACES[name]

    assert borders.distance_outside_km(country.country, lat=area.lat, lon=area.lon) == 0
    for lat in (area.bbox.south, area.bbox.north):
        assert distance_km(a_lat=area.lat, a_lon=area.lon, b_lat=lat, b_lon=area.lon) <= area.radius_km + 1


def test_a_part_lies_on_its_side():
    """Southern Lebanon is south of its middle and of northern Lebanon; the two do not meet."""
    south, north = (area_of(f"Rain in {side} [Lebanon].") for side in ("southern", "northern"))

    assert south.bbox.north < north.bbox.south
    assert south.lat < PLACES["Lebanon"].lat < north.lat


def test_the_corner_of_a_country_that_lies_aslant_is_in_its_land():
    """North-western Pakistan is round Peshawar, though the corner of the country's box is in Afghanistan."""
    area = area_of("Rain in north-western [Pakistan].")

    assert apart_km(area, PLACES["Peshawar"]) < 0.75 * area.radius_km
    assert area.radius_km < 600


def test_the_west_of_a_country_is_not_its_farthest_island():
    """Alaska, Hawaii and Guam do not stretch the main land that "western" is a part of."""
    area = area_of("Fires in the western [United States].")

    assert area.lon == pytest.approx(-115, abs=4)
    assert area.radius_km < 1_600


def test_a_part_of_a_coast_is_a_coast(borders):
    """Libya's western coast is by the sea, not in the desert behind it."""
    area = area_of("Boats left [Libya]'s western coast.")

    assert area.lat > 31
    assert borders.distance_outside_km("LY", lat=area.lat, lon=area.lon) < DRAWN_KM


@pytest.mark.parametrize("name", ["Texas", "Red Sea", "Gaza Strip", "Chukotka"])
def test_a_part_of_another_area_is_a_part_of_its_box(name):
    """Two fifths of the box, also across the antimeridian."""
    area, place = area_of(f"Rain in northern [{name}]."), PLACES[name]

    tall = 0.4 * (place.bbox.north - place.bbox.south)
    assert area.bbox.north == pytest.approx(place.bbox.north, abs=0.001)
    assert area.bbox.south == pytest.approx(place.bbox.north - tall, abs=0.001)
    assert (area.bbox.west, area.bbox.east) == (place.bbox.west, place.bbox.east)


def test_a_part_of_a_town_is_within_it():
    """Eastern Mosul reaches no farther than Mosul; the mention stays an exact one."""
    _, _, (found,) = resolved("Shots in eastern [Mosul].")
    town = PLACES["Mosul"]

    assert apart_km(found.area, town) + found.area.radius_km <= radius_km(town) * 1.26
    assert (found.precision, found.radius_km) == (1, round(radius_km(town), 1))


def test_a_border_lies_on_both_countries_edge(borders):
    """The point is on the line that both outlines share, the box goes along it."""
    area = area_of("Clashes along the [Mali]-[Niger] border.")

    for code in ("ML", "NE"):
        assert borders.distance_outside_km(code, lat=area.lat, lon=area.lon) < DRAWN_KM
    assert area.bbox.east - area.bbox.west < 5
    assert 300 < area.radius_km < 600


def test_the_border_of_a_region_is_its_own_stretch(borders):
    """Gaza's border with Egypt is at Rafah, not in the Sinai."""
    area = area_of("Trucks waited at the [Gaza Strip]-[Egypt] border.")

    assert area.lat == pytest.approx(31.3, abs=0.1)
    assert area.radius_km < 30
    assert borders.distance_outside_km("EG", lat=area.lat, lon=area.lon) < DRAWN_KM


def test_off_the_coast_holds_the_coast_and_the_water():
    """Both ends of the coast and 50 km of sea lie in the circle."""
    area = area_of("Pirates off the coast of [Somalia].")

    for lat, lon in ((11.9, 51.2), (-1.6, 41.6), (5.0, 49.0)):
        assert distance_km(a_lat=area.lat, a_lon=area.lon, b_lat=lat, b_lon=lon) <= area.radius_km


def test_beyond_a_large_area_is_beyond_its_edge():
    """North of Lebanon is not in Lebanon; west of a river is one side of it, with its banks."""
    north = area_of("Rain north of [Lebanon].")
    west = area_of("Rain west of the [Euphrates].")

    assert north.bbox.south >= PLACES["Lebanon"].bbox.north - 0.1
    assert west.bbox.west < PLACES["Euphrates"].bbox.west < west.bbox.east < PLACES["Euphrates"].bbox.east


@pytest.mark.parametrize(
    ("article", "precision"),
    [
        ("In [Mosul].", 1),
        ("Near [Mosul].", 2),
        ("40 km north of [Mosul].", 2),
        ("900 km north of [Mosul].", 3),
        ("In [Lebanon].", 3),
        ("In southern [Lebanon].", 3),
        ("In the north of the [Gaza Strip].", 2),
        ("On the [Mali]-[Niger] border.", 3),
    ],
)
def test_precision_is_that_of_the_mention(article, precision):
    """An exact town is 1, near it 2, a country or a part of one 3."""
    _, _, (found, *_) = resolved(article)

    assert found.precision == precision


@pytest.mark.parametrize("article", ["40 km north of [Mosul].", "Near [Mosul].", "Between [Mosul] and [Erbil]."])
def test_the_radius_of_a_mention_reaches_over_its_area(article):
    """Its own point is the place's, so it holds the far side of the area, seen from there."""
    _, _, (found, *_) = resolved(article)

    assert found.radius_km == pytest.approx(apart_km(found.area, found.place) + found.area.radius_km, abs=0.2)


def test_a_town_grows_with_its_people():
    """No smaller than the points of small places are exact, and four times the people is twice the radius."""
    towns = [Place("geomap:t", "T", Kind.CITY, 0, 0, population=people) for people in (0, 1_000_000, 4_000_000)]
    none, one, four = map(radius_km, towns)

    assert none == 2
    assert one == pytest.approx(11.3, abs=0.1)
    assert four == pytest.approx(2 * one)


def test_a_large_division_without_a_box_grows_too():
    """England is no district."""
    assert radius_km(Place("geomap:e", "England", Kind.ADMIN1, 52, -1, population=56_000_000)) > 250


def test_an_area_reaches_to_the_farthest_corner_of_its_box():
    """Across the antimeridian too: Fiji is small."""
    assert radius_km(PLACES["Fiji"]) < 800
    assert radius_km(Place("geomap:a", "A", Kind.REGION, 0, 0, bbox=BBox(0, 0, 1, 1))) == pytest.approx(157, abs=1)


def test_every_kind_has_a_radius():
    """A place without people or box is never taken for a point."""
    assert all(radius_km(Place("geomap:x", "X", kind, 0, 0)) >= 2 for kind in Kind)
