"""GeoJSON and Linked Places: shapes become a point and an extent, properties become fields."""

import json

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer.imports.formats import read_places
from geomap.gazetteer.imports.given import NO_POINT
from geomap.gazetteer.imports.report import Tally
from geomap.model import BBox


@pytest.fixture
def read(tmp_path):
    """Return a function that writes a file and reads its places."""

    def make(content, **columns):
        path = tmp_path / "places.geojson"
        path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        tally = Tally()
        return list(read_places([path], tally, columns=columns)), tally

    return make


def collection(*features):
    return {"type": "FeatureCollection", "features": list(features)}


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def point(lon, lat):
    return {"type": "Point", "coordinates": [lon, lat]}


def square(west, south, east, north):
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def test_a_point_and_its_properties(read):
    """GeoJSON has the longitude first; a list is several names."""
    (entry,), _ = read(
        collection(feature(point(35.56, 33.28), title="Kfar Kila", cc="LB", aliases=["Kafr Kila", "KK"], pop=9))
    )

    assert (entry.name, entry.lat, entry.lon, entry.country) == ("Kfar Kila", 33.28, 35.56, "LB")
    assert (entry.names, entry.population, entry.source) == (("Kafr Kila", "KK"), 9, "places.geojson")


def test_an_area_gives_its_extent_and_a_point_inside(read):
    """The middle of a horseshoe lies outside of it."""
    shoe = {
        "type": "Polygon",
        "coordinates": [[[0, 0], [9, 0], [9, 9], [8, 9], [8, 1], [1, 1], [1, 9], [0, 9], [0, 0]]],
    }
    (entry,), _ = read(collection(feature(shoe, name="Horseshoe", kind="region")))

    assert entry.bbox == BBox(0, 0, 9, 9)
    assert not (1 < entry.lon < 8 and entry.lat > 1)


def test_an_area_on_both_sides_of_the_date_line(read):
    """Its extent begins in the east and ends in the west."""
    area = {"type": "MultiPolygon", "coordinates": [square(177, -19, 180, -16), square(-180, -18, -178, -16)]}
    (entry,), _ = read(collection(feature(area, name="Test Islands")))

    assert entry.bbox == BBox(177, -19, -178, -16)


@pytest.mark.parametrize(
    ("west", "east", "box", "lon"),
    [
        (176, 182, BBox(176, -19, -178, -16), 179),
        (178, 184, BBox(178, -19, -176, -16), -179),
        (-184, -178, BBox(176, -19, -178, -16), 179),
        (181, 185, BBox(-179, -19, -175, -16), -177),
        (-186, -182, BBox(174, -19, 178, -16), 176),
    ],
)
def test_degrees_beyond_the_date_line_are_degrees_on_the_other_side(read, west, east, box, lon):
    """Some files go on counting, so that an island group is one piece."""
    area = {"type": "MultiPolygon", "coordinates": [square(west, -19, east, -16)]}
    (entry,), _ = read(collection(feature(area, name="Test Islands")))

    assert (entry.bbox, entry.lat, entry.lon) == (box, -17.5, lon)


@pytest.mark.parametrize(
    ("kind", "coordinates", "box"),
    [
        ("Polygon", square(179, -19, -179, -16), BBox(179, -19, -179, -16)),
        ("MultiPolygon", [square(177, -19, -179, -16), square(-178, -18, -176, -16)], BBox(177, -19, -176, -16)),
        ("LineString", [[179, 1], [-178, 4]], BBox(179, 1, -178, 4)),
        ("Polygon", square(-80, 10, 95, 20), BBox(-80, 10, 95, 20)),
        ("Polygon", square(-180, -90, 180, -60), BBox(-180, -90, 180, -60)),
    ],
)
def test_an_area_that_was_not_cut_at_the_date_line(read, kind, coordinates, box):
    """From 179 to -179 degrees it is two degrees, not around the world; a large area stays as large as it is."""
    (entry,), _ = read(collection(feature({"type": kind, "coordinates": coordinates}, name="Test Islands")))

    assert entry.bbox == box
    assert (box.west <= entry.lon <= box.east) if box.west < box.east else abs(entry.lon) >= 176


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "LineString", "coordinates": [[0, 1], [4, 5]]},
        {"type": "MultiPoint", "coordinates": [[0, 1], [4, 5]]},
        {"type": "GeometryCollection", "geometries": [point(0, 1), point(4, 5)]},
    ],
)
def test_lines_and_collections_have_an_extent(read, geometry):
    """Their point is one of theirs."""
    (entry,), _ = read(collection(feature(geometry, name="Test Line")))

    assert entry.bbox == BBox(0, 1, 4, 5)


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (feature({"type": "Point", "coordinates": [3]}, name="X"), "feature 2 has a broken geometry"),
        (feature({"type": "Blob", "coordinates": [3, 4]}, name="X"), "feature 2 has a broken geometry"),
        (feature(point(33.28, 135.56), name="Swapped"), "feature 2: 'Swapped' has lat=135.56"),
        (feature(point("a", "b"), name="X"), "feature 2: 'X' has lat='b'"),
        (feature([3], name="X"), "feature 2 has a broken geometry"),
        ("nonsense", "feature 2 is no object"),
        (feature(point(1, 2)), "feature 2: it has no properties, so no name. A place has at least"),
        (feature(point(1, 2), rank=3), "feature 2: no column is clearly the name"),
    ],
)
def test_a_broken_feature_is_told_and_the_others_come_in(read, broken, says):
    """JSON has no lines that a reader knows: the number of the feature says which."""
    entries, tally = read(collection(feature(point(1, 2), name="Good"), broken))

    assert [entry.name for entry in entries] == ["Good"]
    assert says in str(tally.problems[0])


@pytest.mark.parametrize("geometry", [None, {"type": "Polygon", "coordinates": []}])
def test_a_feature_without_a_place_is_counted(read, geometry):
    """It may get one later."""
    entries, tally = read(collection(feature(geometry, name="Lost")))

    assert (entries, dict(tally.left_out)) == ([], {NO_POINT: 1})


@pytest.mark.parametrize("content", ["{", "[]", '{"type": "Topology"}', "[" * 100_000])
def test_a_file_that_is_no_geojson_says_so(read, content):
    """One line, and what was expected."""
    with pytest.raises(GazetteerError, match=r"this is not JSON|this is no collection of features"):
        read(content)


def test_properties_can_be_mapped(read):
    """The user says which property is the name."""
    (entry,), _ = read(collection(feature(point(1, 2), NAME_1="Testshire", name="no")), name="NAME_1")

    assert entry.name == "Testshire"


def test_names_by_language_are_names(read):
    """An object of names gives its texts, and one of anything else gives nothing: no reader wants its brackets."""
    names = {"primary": "Al Hol", "common": {"en": "Hol, Al", "fr": None, "ku": "Hol"}, "rules": [{"value": "x"}]}
    (entry,), _ = read(collection(feature(point(1, 2), name="Al Hol", names=names, note={"a": "b"}, cc=["SY", {}])))

    assert (entry.name, entry.names, entry.note, entry.country) == ("Al Hol", ("Hol, Al", "Hol"), "", "SY")


@pytest.mark.parametrize("number", ["0", "9" * 20, "9" * 5_000])
def test_a_link_to_what_cannot_be_geonames_number_is_none(read, number):
    """The place keeps the id of its file."""
    place = {
        "@id": "https://example.org/places/77",
        "properties": {"title": "Abyssus"},
        "names": [{"toponym": "Abyssus"}, {"toponym": {"la": "?"}}],
        "links": [{"type": "exactMatch", "identifier": f"gn:{number}"}],
        "geometry": point(24.5, 35.3),
    }
    (entry,), _ = read(collection(place))

    assert (entry.id, entry.names) == ("places:77", ())


def test_linked_places(read):
    """Toponyms, types, country, years and the sameness with a place of GeoNames."""
    abyssus = {
        "@id": "https://example.org/places/77",
        "type": "Feature",
        "properties": {"title": "Abyssus", "ccodes": ["GR"]},
        "when": {"timespans": [{"start": {"in": "-0500"}, "end": {"in": "0200"}}]},
        "names": [{"toponym": "Abyssus", "lang": "la"}, {"toponym": "Abysos"}],
        "types": [{"identifier": "aat:300008347", "label": "inhabited place"}, {"label": "settlement"}],
        "descriptions": [{"value": "A town by the sea."}],
        "links": [{"type": "closeMatch", "identifier": "gn:1"}],
        "geometry": {**point(24.5, 35.3), "certainty": "certain"},
    }
    same = {**abyssus, "links": [{"type": "exactMatch", "identifier": "gn:264371"}]}
    (entry, known), _ = read(
        {
            "type": "FeatureCollection",
            "@context": "https://example.org/linkedplaces.jsonld",
            "features": [abyssus, same],
        }
    )

    assert (entry.id, entry.name, entry.names, entry.country) == ("places:77", "Abyssus", ("Abysos",), "GR")
    assert (entry.kind, entry.note) == ("settlement", "A town by the sea. (500 BC to 0200)")
    assert known.id == "geonames:264371"
