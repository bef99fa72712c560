"""Where countries lie, meet and end, by the base map that every page carries."""

import pytest

from geomap.borders import Borders
from geomap.model import BBox

# Above this the map would be too coarse to catch a wrong point; see geomap.gazetteer.layers.lint_rules.
COARSE_KM = 25


@pytest.fixture(scope="module")
def borders():
    return Borders.load()


@pytest.mark.parametrize(
    ("country", "lat", "lon"),
    [
        pytest.param("LB", 33.28, 35.56, id="a village near a border"),
        pytest.param("RU", 66.0, -175.0, id="Russia goes on beyond the antimeridian"),
        pytest.param("FJ", -16.8, 180.0, id="on the antimeridian"),
        pytest.param("US", 51.9, 179.6, id="the last of the Aleutians"),
        pytest.param("AQ", -89.0, 10.0, id="around a pole"),
        pytest.param("FR", 4.9, -52.3, id="overseas, as the map counts it"),
        pytest.param("SO", 9.56, 44.06, id="a part with a government of its own"),
        pytest.param("CY", 35.3, 33.5, id="a part that one state calls a state"),
        pytest.param("VA", 41.9, 12.45, id="smaller than the map can draw"),
        pytest.param("LS", -29.3, 27.5, id="an enclave"),
    ],
)
def test_what_lies_in_a_country_is_not_outside_it(borders, country, lat, lon):
    """Borders are coarse, so some kilometres are nothing."""
    assert borders.distance_outside_km(country, lat=lat, lon=lon) <= COARSE_KM


@pytest.mark.parametrize(
    ("country", "lat", "lon", "km"),
    [
        pytest.param("LB", 35.56, 33.28, 261, id="swapped: in the sea off Cyprus"),
        pytest.param("IQ", 35.7, 51.4, 470, id="Tehran"),
        pytest.param("US", 66.0, 178.0, 550, id="Siberia, from Alaska's islands"),
        pytest.param("PT", 38.7, -20.0, 540, id="the Atlantic, from the Azores or Madeira"),
    ],
)
def test_what_lies_elsewhere_is_measured(borders, country, lat, lon, km):
    """The distance is over the ground, from the nearest part of the country, across the antimeridian too."""
    assert borders.distance_outside_km(country, lat=lat, lon=lon) == pytest.approx(km, rel=0.15)


def test_what_lies_inside_is_told_without_moving_the_outline(borders, monkeypatch):
    """Nearly all of the points of a layer lie in their countries, and a copy of a coast costs milliseconds."""
    monkeypatch.setattr("shapely.affinity.affine_transform", None)

    assert borders.distance_outside_km("IQ", lat=33.3, lon=44.4) == 0
    assert borders.distance_outside_km("RU", lat=66.0, lon=-175.0) == 0


def test_a_country_that_is_not_drawn_has_no_distance(borders):
    """French Guiana is part of France on this map; a wrong code is nothing at all."""
    assert borders.distance_outside_km("GF", lat=4.9, lon=-52.3) is None
    assert borders.distance_outside_km("", lat=4.9, lon=-52.3) is None


def test_the_main_land_is_what_people_mean(borders):
    """Islands nearby belong to it; Alaska, the Canaries and Svalbard do not."""
    states, japan, norway = (borders.main_box(code) for code in ("US", "JP", "NO"))

    assert (round(states.west), round(states.north)) == (-125, 49)
    assert japan.south < 31
    assert norway.north < 72
    assert borders.main_box("ZZ") is None


def test_a_box_cuts_a_patch_of_land(borders):
    """What lies in the box, with a point in it; nothing where the box is at sea."""
    patch = borders.within("LB", BBox(35.0, 33.0, 37.0, 33.6))

    assert borders.distance_outside_km("LB", lat=patch.lat, lon=patch.lon) == 0
    assert patch.bbox.north == 33.6
    assert 30 < patch.radius_km < 80
    assert borders.within("LB", BBox(0.0, 0.0, 1.0, 1.0)) is None


def test_neighbours_share_a_border_and_others_none(borders):
    """Enclaves too; the order of the two does not matter."""
    assert borders.border("ML", "NE") == borders.border("NE", "ML") != []
    assert borders.border("ZA", "LS")
    assert borders.border("ML", "LB") == []


def test_a_coast_is_where_no_neighbour_is(borders):
    """Lebanon's lies in the west; Mali has none."""
    assert max(lon for _, lon in borders.coast("LB")) < 36.1
    assert borders.coast("ML") == []
