"""The tables written by hand keep their own rules, before any index is built from them."""

import csv
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from geomap.model import Kind
from geomap.words import name_key

CURATED = Path(__file__).parents[1] / "gazetteer" / "curated"
PLACE_COLUMNS = [
    "slug", "name", "kind", "lat", "lon", "country", "west", "south", "east", "north", "disputed", "geonameid",
    "names", "source", "note",
]  # fmt: skip
BOX_COLUMNS = ("west", "south", "east", "north")
# These kinds have an extent, never a point alone.
KINDS_WITH_BOX = frozenset({Kind.CONTINENT, Kind.REGION, Kind.SEA, Kind.STRAIT})
TARGET = re.compile(
    r"country:[A-Z]{2}"
    r"|admin1:[A-Z]{2}\.\w+"
    r"|geonames:[1-9]\d*"
    r"|geomap:[a-z0-9-]+"
    rf"|name:(?:{'|'.join(Kind)}):(?:[A-Z]{{2}})?:\S.*"
)
COUNTRIES = re.compile(r"(?:[A-Z]{2}(?:\|[A-Z]{2})*)?")


class Table(NamedTuple):
    """A table that names targets: its first column, and the rows it has at least."""

    file: str
    column: str
    least: int


TABLES = (
    Table("aliases.tsv", "name", 1050),
    Table("demonyms.tsv", "demonym", 700),
    Table("abbreviations.tsv", "abbreviation", 240),
    Table("preferred.tsv", "name", 265),
    Table("display.tsv", "name", 30),
)
LEAST_PLACES = 3550


def rows(file: str) -> list[dict[str, str]]:
    """Read a table; a row with a cell too few or too many fails here."""
    lines = [line for line in (CURATED / file).read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True))


def problems(table: list[dict[str, str]], is_wrong) -> list[str]:
    """Return the first cell of every row that breaks a rule, so that a failure names the rows."""
    return [next(iter(row.values())) for row in table if is_wrong(row)]


def box_of(row: dict[str, str]) -> tuple[float, ...] | None:
    """Return west, south, east, north, or None for a point."""
    return tuple(float(row[column]) for column in BOX_COLUMNS) if row["west"] else None


def outside(row: dict[str, str]) -> bool:
    """Say whether a place's point lies outside its own box."""
    box = box_of(row)
    if box is None:
        return False
    west, south, east, north = box
    lat, lon = float(row["lat"]), float(row["lon"])
    inside_lon = west <= lon <= east if west <= east else lon >= west or lon <= east
    return not (south <= lat <= north and inside_lon)


def badly_boxed(row: dict[str, str]) -> bool:
    """Say whether a box is torn, upside down or off the globe; west > east crosses the antimeridian."""
    cells = [row[column] for column in BOX_COLUMNS]
    if not any(cells):
        return False
    if not all(cells):
        return True
    west, south, east, north = map(float, cells)
    return not (-90 <= south < north <= 90 and -180 <= west <= 180 and -180 <= east <= 180 and west != east)


@pytest.mark.parametrize("file", ["places.tsv", *(table.file for table in TABLES)])
def test_every_row_has_every_cell(file):
    """A tab too many or too few would move a coordinate into a name."""
    wrong = problems(rows(file), lambda row: None in row or None in row.values())
    assert wrong == []
    assert problems(rows(file), lambda row: any(cell != cell.strip() for cell in row.values())) == []


def test_places_have_the_columns_that_the_build_reads():
    """The header is the contract with the build."""
    assert list(rows("places.tsv")[0]) == PLACE_COLUMNS


@pytest.mark.parametrize("table", TABLES)
def test_tables_have_the_columns_that_the_build_reads(table):
    """The header is the contract with the build."""
    assert list(rows(table.file)[0]) == [table.column, "target", "source", "note"]


def test_every_row_says_where_it_is_from():
    """A fact without a source cannot be checked."""
    for file in ("places.tsv", *(table.file for table in TABLES)):
        assert problems(rows(file), lambda row: not row["source"]) == []


def test_slugs_and_numbers_are_unique():
    """Two places under one id would be one pin."""
    table = rows("places.tsv")
    slugs = [row["slug"] for row in table]
    numbers = [row["geonameid"] for row in table if row["geonameid"]]

    assert len(slugs) == len(set(slugs))
    assert len(numbers) == len(set(numbers))
    assert problems(table, lambda row: not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", row["slug"])) == []
    assert problems(table, lambda row: not re.fullmatch(r"(?:[1-9]\d*)?", row["geonameid"])) == []


def test_places_are_of_a_known_kind_and_country():
    """The model knows no other kinds; countries are ISO codes."""
    table = rows("places.tsv")
    assert problems(table, lambda row: row["kind"] not in set(Kind)) == []
    assert problems(table, lambda row: not COUNTRIES.fullmatch(row["country"])) == []


def test_points_are_on_the_globe_and_boxes_are_whole():
    """A swapped pair or a torn box puts a place on the wrong side of the earth."""
    table = rows("places.tsv")
    assert problems(table, lambda row: not (-90 <= float(row["lat"]) <= 90 and -180 <= float(row["lon"]) <= 180)) == []
    assert problems(table, badly_boxed) == []


def test_the_point_of_a_place_lies_in_its_box():
    """The label stands where the area is."""
    assert problems(rows("places.tsv"), outside) == []


def test_areas_have_an_extent():
    """A sea or a region without a box would be drawn as a spot."""
    assert problems(rows("places.tsv"), lambda row: row["kind"] in KINDS_WITH_BOX and not row["west"]) == []


def test_contested_places_say_who_claims_them():
    """A reader is told, whatever the country column had to choose."""
    table = rows("places.tsv")
    assert problems(table, lambda row: row["disputed"] not in {"0", "1"}) == []
    assert problems(table, lambda row: row["disputed"] == "1" and not row["note"]) == []
    assert sum(row["disputed"] == "1" for row in table) >= 170


def test_a_name_is_not_given_twice_to_one_place():
    """Repeated names hide typing errors."""

    def repeated(row):
        keys = [name_key(name) for name in [row["name"], *filter(None, row["names"].split("|"))]]
        return len(keys) != len(set(keys)) or not all(keys)

    assert problems(rows("places.tsv"), repeated) == []


@pytest.mark.parametrize("table", TABLES)
def test_targets_are_well_formed_and_not_repeated(table):
    """A target is a code, a number, a slug or a name, and each pair of name and target stands once."""
    pairs = [(row[table.column], row["target"]) for row in rows(table.file)]

    assert [pair for pair in pairs if not TARGET.fullmatch(pair[1])] == []
    assert len(pairs) == len(set(pairs))
    assert all(name_key(name) for name, _ in pairs)


@pytest.mark.parametrize("table", TABLES)
def test_targets_in_our_own_list_are_there(table):
    """A slug that was renamed takes its aliases along."""
    slugs = {"geomap:" + row["slug"] for row in rows("places.tsv")}
    targets = {row["target"] for row in rows(table.file) if row["target"].startswith("geomap:")}

    assert sorted(targets - slugs) == []


def test_a_preferred_name_means_one_place():
    """Two answers would be no preference."""
    names = [name_key(row["name"]) for row in rows("preferred.tsv")]

    assert len(names) == len(set(names))


def test_the_tables_are_not_cut_short():
    """A table that lost rows in an edit is noticed."""
    assert len(rows("places.tsv")) >= LEAST_PLACES
    for table in TABLES:
        assert len(rows(table.file)) >= table.least


@pytest.mark.parametrize(
    "name",
    [
        "Jerusalem", "East Jerusalem", "Golan Heights", "Gaza Strip", "West Bank", "Shebaa Farms", "Ghajar", "Crimea",
        "Donbas", "Kashmir", "Azad Kashmir", "Jammu and Kashmir", "Ladakh", "Aksai Chin", "Arunachal Pradesh", "Taiwan",
        "Kosovo", "Western Sahara", "Northern Cyprus", "Abkhazia", "South Ossetia", "Transnistria", "Nagorno-Karabakh",
        "Somaliland", "Essequibo", "Spratly Islands", "Paracel Islands", "Senkaku Islands", "Liancourt Rocks",
        "Southern Kurils", "Falkland Islands", "Gibraltar", "Hala'ib Triangle", "Abyei", "Ilemi Triangle",
    ],
)  # fmt: skip
def test_the_best_known_disputes_are_told(name):
    """A reader of the map sees who holds the land and who claims it."""
    (row,) = (row for row in rows("places.tsv") if row["name"] == name)

    assert row["disputed"] == "1"
    assert len(row["note"]) > 20


@pytest.mark.parametrize(
    "name",
    ["Strait of Hormuz", "Gaza Strip", "Golan Heights", "Blue Line", "Senkaku Islands", "Crimea", "Sahel", "Kremlin"],
)
def test_names_that_no_package_has_are_there(name):
    """The tables exist for these."""
    assert name in {row["name"] for row in rows("places.tsv")}
