"""What the readers of the packages make of single values."""

from collections import Counter
from pathlib import Path

import pytest

from geomap.gazetteer.building.commonness import Use, count_uses, measured_rows, verdict
from geomap.gazetteer.building.draft import Draft
from geomap.gazetteer.building.fetch import fetch_command
from geomap.gazetteer.building.naming import keep_alternate, plain, swapped, variants
from geomap.gazetteer.building.sources.extent import box_around, box_of_main_part, clusters
from geomap.gazetteer.building.sources.factbook import demonyms
from geomap.gazetteer.building.sources.packages import Package
from geomap.gazetteer.building.sources.transport import airport_names
from geomap.model import BBox, Kind


def test_a_box_takes_the_shorter_way_round():
    """Fiji lies on both sides of the date line, and is narrow."""
    assert box_around([BBox(177, -19, 180, -16), BBox(-180, -18, -179, -15)]) == BBox(177, -19, -179, -15)


def test_a_box_away_from_the_date_line_is_plain():
    """Two islands side by side."""
    assert box_around([BBox(5, 1, 6, 2), BBox(1, 0, 2, 3)]) == BBox(1, 0, 6, 3)


def test_far_land_is_left_out_of_a_countrys_box():
    """A country is drawn where its main land is; nearer islands belong to it."""
    main, island, overseas = BBox(-5, 42, 8, 51), BBox(8.5, 41, 9.6, 43), BBox(-55, 2, -51, 6)

    assert box_of_main_part([overseas, main, island]) == BBox(-5, 41, 9.6, 51)


def test_namesakes_far_apart_are_two():
    """Pieces of one river touch; another river of that name does not."""
    assert clusters([BBox(0, 0, 1, 1), BBox(50, 0, 51, 1), BBox(1, 1, 2, 2)], gap_deg=3) == [[0, 2], [1]]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("Iraqi(s)", ["Iraqis", "Iraqi"]),
        ("Lebanese (singular and plural)", ["Lebanese"]),
        ("Briton(s), British (collective plural)", ["Britons", "Briton", "British"]),
        ("Frenchman(men), Frenchwoman(women)", ["Frenchmen", "Frenchman", "Frenchwomen", "Frenchwoman"]),
        ("Lao(s) or Laotian(s)", ["Laos", "Lao", "Laotians", "Laotian"]),
        ("Aruban; Dutch", ["Aruban"]),
        ("NA (US citizens)", []),
        ("", []),
    ],
)
def test_demonyms_are_read_from_the_factbooks_forms(form, expected):
    """Plurals are spelled out, remarks and other peoples left out."""
    assert list(demonyms(form)) == expected


@pytest.mark.parametrize(
    ("name", "city", "expected"),
    [
        ("London Heathrow Airport", "London", ["Heathrow Airport", "Heathrow"]),
        ("Baghdad International Airport", "Baghdad", ["Baghdad Airport"]),
        ("Ramstein Air Base", "Ramstein", []),
    ],
)
def test_an_airport_is_never_found_by_its_towns_name_alone(name, city, expected):
    """Only a name of its own stands alone."""
    assert airport_names(name, city) == expected


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Al Mawsil", True),
        ("Bagdad", True),
        ("ba ge da", False),
        ("BGW", False),
        ("IQBGW", False),
        ("Frankfurt (Main)", False),
        ("Багдад", False),
        ("A very long description of a place that no text would ever print as its name", False),
    ],
)
def test_alternate_names_are_filtered(name, kept):
    """GeoNames does not say what an alternate name is."""
    assert keep_alternate(name) is kept


@pytest.mark.parametrize(
    ("kind", "country", "name", "expected"),
    [
        (Kind.CITY, "US", "St. Louis", {"Saint Louis"}),
        (Kind.CITY, "IQ", "Al Fallujah", {"Fallujah", "Al Fallujah"}),
        (Kind.CITY, "US", "Al Park", set()),
        (Kind.ADMIN2, "US", "King County", {"King", "King County", "County of King"}),
        (Kind.ADMIN1, "UA", "Kyiv Oblast", {"Kyiv", "Kyiv Oblast", "Oblast of Kyiv"}),
    ],
)
def test_a_name_has_the_forms_that_texts_use(kind, country, name, expected):
    """Saint and St., with and without the article, with and without the type."""
    assert set(variants(Draft("geonames:1", name, kind, country), name)) == expected


@pytest.mark.parametrize(
    ("country", "name", "shown"), [("IQ", "Al Fallūjah", "Al Fallujah"), ("TR", "Şanlıurfa", "Şanlıurfa")]
)
def test_only_romanised_names_lose_their_marks(country, name, shown):
    """Turkish is written in Latin letters; Arabic is not."""
    assert plain(Draft("geonames:1", name, Kind.CITY, country)) == shown


TAGGED = [
    ("The deal was a nice deal in Nice .", "O O O O O O O B-LOC O"),
    ("A deal , a nice deal .", "O O O O O O O"),
    ("Jordan Smith met Smith and Smith of Paris .", "B-PER I-PER O B-PER O B-PER O B-LOC O"),
    ("Smith leads Hamas , and Hamas and Hamas .", "B-PER O B-ORG O O B-ORG O B-ORG O"),
]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("deal", "ordinary word"),
        ("nice", "ordinary word"),
        ("smith", "person name"),
        ("hamas", "organisation name"),
        ("jordan", ""),
        ("paris", ""),
    ],
)
def test_what_a_name_mostly_is_is_measured(name, what):
    """A name that is seen more often as something else is no sure sign of a place."""
    uses = count_uses((words.split(), tags.split()) for words, tags in TAGGED)

    assert verdict(name, uses) == what
    assert list(measured_rows(uses, {name})) == ([(name, what)] if what else [])


def test_a_word_seen_once_is_not_judged():
    """One slip of a tagger is no measurement."""
    assert verdict("cork", Counter({Use("cork", "word"): 1})) == ""


@pytest.mark.parametrize(
    ("name", "registry", "version", "file", "end"),
    [
        ("a", "npm", "1", "a-1.tgz", ["--silent", "a@1"]),
        ("b", "pypi", "2", "b-2.whl", ["--no-deps", "b==2"]),
        ("c", "pypi", "3", "c-3.tar.gz", [":all:", "c==3"]),
    ],
)
def test_a_package_is_fetched_alone_and_by_version(name, registry, version, file, end):
    """What a package depends on is not wanted."""
    package = Package(name, "somebody", registry, version, file, "MIT", "2026", "0", "", "", Path("packages"))

    assert fetch_command(package)[-2:] == end


@pytest.mark.parametrize(
    ("kind", "name", "others"),
    [
        (Kind.FACILITY, "Engels air base", {"Engels air base", "Engels airbase", "Engels airfield"}),
        (Kind.FACILITY, "Erez crossing", {"Erez border crossing", "Erez crossing"}),
        (Kind.NEIGHBOURHOOD, "Balata refugee camp", {"Balata refugee camp", "Balata camp"}),
        (Kind.CITY, "Base Camp", set()),
        (Kind.FACILITY, "crossing", set()),
    ],
)
def test_what_is_built_goes_by_several_words(kind, name, others):
    """Papers write airbase, air base and airfield of the same place; a town called Camp keeps its name."""
    assert set(swapped(Draft("geomap:x", name, kind), name)) == others
