"""Tables as people have them: other columns, other encodings, other separators, and rows that are wrong."""

import csv
import zipfile

import pytest

from geomap.errors import GazetteerError
from geomap.gazetteer.imports import given
from geomap.gazetteer.imports.columns import columns_of
from geomap.gazetteer.imports.formats import read_places
from geomap.gazetteer.imports.given import NO_POINT, drafts_of
from geomap.gazetteer.imports.report import Tally
from geomap.gazetteer.layers.entries import PlaceEntry
from geomap.gazetteer.slugs import Slugs
from geomap.model import BBox, Kind

HEADER = "name,lat,lon,country,kind,names,note,source\n"
KFAR_KILA = "Kfar Kila,33.28,35.56,LB,village,Kafr Kila|Kfarkela,border village,own map\n"


@pytest.fixture
def read(tmp_path):
    """Return a function that writes a table and reads its places."""

    def make(content, file="places.csv", /, **columns):
        path = tmp_path / file
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        tally = Tally()
        return list(read_places([path], tally, columns=columns)), tally

    return make


def test_a_row_becomes_a_place_with_its_note_and_source(read):
    """What a person wrote beside a place goes with it, onto the map."""
    (entry,), tally = read(HEADER + KFAR_KILA)

    assert (entry.name, entry.lat, entry.lon, entry.country, entry.kind) == ("Kfar Kila", 33.28, 35.56, "LB", "village")
    assert (entry.names, entry.note, entry.source) == (("Kafr Kila", "Kfarkela"), "border village", "own map")
    assert (entry.line, tally.rows, tally.wrong) == (2, 1, 0)


@pytest.mark.parametrize(
    ("encoding", "told"), [("utf-8", False), ("utf-8-sig", False), ("utf-16", False), ("cp1252", True)]
)
def test_the_encoding_is_found_and_a_guess_told(read, encoding, told):
    """Spreadsheets save what they like."""
    (entry,), tally = read("name,lat,lon\nMünster,51.96,7.63\n".encode(encoding))

    assert entry.name == "Münster"
    assert any("Windows-1252" in remark for remark in tally.remarks) is told


@pytest.mark.parametrize(
    "content",
    [
        "name;lat;lon\nAl Hol;36,39;41,15\n",
        "name\tlat\tlon\nAl Hol\t36.39\t41.15\n",
        "name|lat|lon\nAl Hol|36.39|41.15\n",
        'name,lat,lon\r\n"Al Hol","36.39","41.15"\r\n',
        'name,coordinates\nAl Hol,"36.39, 41.15"\n',
        "name,wkt\nAl Hol,POINT (41.15 36.39)\n",
    ],
)
def test_separators_quotes_and_points_of_all_sorts(read, content):
    """All say the same place."""
    (entry,), _ = read(content)

    assert (entry.name, entry.lat, entry.lon) == ("Al Hol", 36.39, 41.15)


def test_the_columns_are_guessed_and_told(read):
    """A guess is said aloud, and so is what was not used."""
    (entry,), tally = read("Ort,Latitude,LNG,Title,Remarks\nx,36.39,41.15,Al Hol,big\n")

    assert entry.name == "Al Hol"
    assert tally.remarks == ["columns   name=Title, lat=Latitude, lon=LNG (usual)", "not used  Ort, Remarks"]


def test_a_mapping_given_wins(read):
    """The user knows the table."""
    (entry,), _ = read("Title,Ort,Y,X,lat,lon\nno,Al Hol,36.39,41.15,0,0\n", name="Ort", lat="Y", lon="X")

    assert (entry.name, entry.lat, entry.lon) == ("Al Hol", 36.39, 41.15)


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"name": "Nom"}, "--map name=Nom: no such column. There are: Ort, Y"),
        ({"nam": "Ort"}, "--map nam=Ort: no field 'nam'. There are: name, lat"),
        ({}, r"no column is clearly the name or the lon. Say which: --map name=COLUMN --map lon=COLUMN"),
    ],
)
def test_a_column_that_is_missing_is_asked_for(tmp_path, columns, says):
    """Nothing is guessed where it is not clear."""
    with pytest.raises(GazetteerError) as raised:
        columns_of(["Ort", "Y"], columns, path=tmp_path / "x.csv")

    assert says in str(raised.value)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (
            "Tokyo,139.69,35.68,JP",
            "places.csv:3: 'Tokyo' has lat=139.69, outside -90 to 90. lat=35.68, lon=139.69 would",
        ),
        ("Nowhere,0,0,", "lat=0, lon=0, in the Atlantic"),
        ("Nowhere,north,1,", "lat='north', which is no number"),
        ("Nowhere,1,,", "has no lon"),
        (",1,1,", "an entry without a name"),
        ("Nowhere,1,1,ZZ", "country='ZZ'"),
        ("Nowhere,1,1,LB,a,b,c,d,e", "places.csv:3: 9 cells, the header has 8"),
        ('Nowhere,"1"x,1', "places.csv:3: no CSV: ',' expected after '\"'. A cell that begins with a double quote"),
        (f'Nowhere,1,1,LB,city,,"{"x" * 140_000}"', "places.csv:3: no CSV: field larger than field limit"),
    ],
)
def test_a_wrong_row_says_where_and_what_to_do(read, row, says):
    """The good rows around it still come in."""
    entries, tally = read(f"{HEADER}{KFAR_KILA}{row}\nAl Hol,36.39,41.15\n")

    assert [entry.name for entry in entries] == ["Kfar Kila", "Al Hol"]
    assert tally.wrong == 1
    assert says in str(tally.problems[0])


@pytest.mark.parametrize("after", ["", 'Al Hol,36.39,41.15,SY,,,"a ""camp""\nDeltaville,4,4\n'])
def test_a_quote_that_is_never_closed_swallows_nothing_in_silence(read, after):
    """Where the rows after it begin nobody can know: that they were not read is said, and the line of the quote."""
    limit = csv.field_size_limit()
    entries, tally = read(f'{HEADER}{KFAR_KILA}Alphaville,1,1,,,,"half open\nBetaville,2,2\nGammaville,3,3\n{after}')

    assert [entry.name for entry in entries] == ["Kfar Kila"]
    assert (tally.wrong, tally.problems[0].line) == (1, 3)
    assert "and no row from here on was read. A cell that begins with a double quote" in str(tally.problems[0])
    assert csv.field_size_limit() == limit


def test_reading_a_table_changes_nothing_for_others(tmp_path):
    """The limit of a cell is the whole process's: whoever reads another table meanwhile keeps theirs."""
    path = tmp_path / "places.csv"
    path.write_text(HEADER + KFAR_KILA + KFAR_KILA, "utf-8")
    limit = csv.field_size_limit()

    halfway = read_places([path], Tally(), columns={})
    next(halfway)

    assert csv.field_size_limit() == limit


def test_the_list_of_unknown_names_can_be_filled_in_bit_by_bit(read):
    """Rows without a point are counted and left for later."""
    entries, tally = read("name,count,lat,lon\nTestville,3,,\nAl Hol,2,36.39,41.15\n")

    assert [entry.name for entry in entries] == ["Al Hol"]
    assert tally.left_out == {NO_POINT: 1}
    assert tally.wrong == 0


def test_a_query_of_wikidata(read):
    """As query.wikidata.org writes it."""
    content = (
        "item,itemLabel,coord,countryLabel,typeLabel\n"
        "http://www.wikidata.org/entity/Q201,Al-Hawl,Point(41.15 36.39),Syria,town\n"
    )
    (entry,), tally = read(content)

    assert (entry.id, entry.name, entry.lat, entry.lon) == ("wikidata:Q201", "Al-Hawl", 36.39, 41.15)
    assert (entry.country, entry.kind) == ("SY", "town")
    assert tally.remarks[0].endswith("(wikidata)")


def test_pleiades(read):
    """As pleiades.stoa.org writes its places."""
    content = (
        "authors,bbox,created,description,featureTypes,id,reprLat,reprLatLong,reprLong,timePeriods,title\n"
        '"X, Y","12.4,41.8,12.6,42.0",2010,"The seat of emperors.","urban,settlement,",423025,41.89,"41.89,12.48",'
        "12.48,R,Roma\n"
    )
    (entry,), tally = read(content)

    assert (entry.id, entry.name, entry.note) == ("pleiades:423025", "Roma", "The seat of emperors.")
    assert (entry.lat, entry.lon, entry.kind) == (41.89, 12.48, "settlement")
    assert tally.remarks[0].endswith("(pleiades)")


def test_a_word_of_another_collection_is_no_error(read):
    """A kind or country nobody here knows is counted, and the place comes in."""
    (entry,), tally = read("name,lat,lon,kind,country\nAl Hol,36.39,41.15,temple-2,Ottoman Empire\n")

    assert (entry.kind, entry.country) == ("", "")
    assert list(tally.lines())[-2:] == [
        "unknown   1 kinds nobody here knows, taken as places where people live: 'temple-2'",
        "unknown   1 countries nobody here knows, left empty: 'Ottoman Empire'",
    ]


def test_numbers_become_ids(read):
    """GeoNames' number is GeoNames' place; any other number is that of the file."""
    header = "name,lat,lon,id,geonameid\n"
    entries, _ = read(f"{header}One,1,1,17,\nTwo,2,2,17,99072\nThree,3,3,own:three,\nFour,4,4,https://x.org/p/9/,\n")

    assert [entry.id for entry in entries] == ["places:17", "geonames:99072", "own:three", "places:9"]


@pytest.mark.parametrize("number", ["0", "9" * 9, "9" * 5_000, "\u0661\u0662"])
def test_what_cannot_be_geonames_number_is_none(read, number):
    """The place keeps its own id, however long the number is."""
    (entry,), _ = read(f"name,lat,lon,id,geonameid\nOne,1,1,17,{number}\n")

    assert entry.id == "places:17"


def test_a_line_break_in_a_quoted_cell(read):
    """Lines are counted as an editor counts them."""
    entries, tally = read('name,lat,lon,note\nOne,1,1,"two\nlines"\nBad,99,1,\n')

    assert (len(entries), tally.problems[0].line) == (1, 4)


def test_a_zipped_table(read, tmp_path):
    """Downloads come zipped."""
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("places.csv", HEADER + KFAR_KILA)

    (entry,), _ = read((tmp_path / "x.zip").read_bytes(), "places.zip")

    assert entry.name == "Kfar Kila"


@pytest.mark.parametrize("content", ["", "\n", "\n\n"])
def test_an_empty_file_says_so(read, content):
    """There is nothing to guess from."""
    with pytest.raises(GazetteerError, match=r"this file is empty|no column is clearly"):
        read(content)


def test_places_of_an_installed_gazetteer_have_ids_of_its_name(read):
    """Two places of one name stay two."""
    entries, _ = read("name,lat,lon,kind,bbox\nOld Mill,1,1,village,0 0 2 2\nOld Mill,2,2,,\n")
    one, two = drafts_of(entries, name="Mills")

    assert (one.id, two.id) == ("mills:old-mill", "mills:old-mill-2")
    assert (one.kind, one.bbox, two.kind) == (Kind.CITY, BBox(0, 0, 2, 2), Kind.CITY)


def test_an_id_that_a_later_row_has_is_not_made(read):
    """A table may number some of its places itself."""
    entries, _ = read("name,lat,lon,id\nOld Mill,1,1,\nNew Mill,2,2,mills:old-mill\n")

    assert [draft.id for draft in drafts_of(entries, name="Mills")] == ["mills:old-mill-2", "mills:old-mill"]


def test_namesakes_are_numbered_without_counting_from_the_start(monkeypatch):
    """A table of ten thousand wells called "Well" takes as long as one of ten thousand names."""
    made = []
    monkeypatch.setattr(given, "slug", lambda name: made.append(name) or "well")
    ids = [draft.id for draft in drafts_of([PlaceEntry("Well", 1.0, 1.0)] * 500, name="wells")]

    assert (ids[0], ids[1], ids[-1]) == ("well:well", "well:well-2", "well:well-500")
    assert len(made) == 501


def test_the_next_number_of_a_name_is_kept():
    """Each id is looked for once or twice, not once for each namesake."""

    class Asked(set):
        times = 0

        def __contains__(self, item):
            Asked.times += 1
            return super().__contains__(item)

    slugs, taken = Slugs(), Asked({"own:well-3"})

    assert [slugs.of("own:well", taken) for _ in range(200)][:3] == ["own:well", "own:well-2", "own:well-4"]
    assert Asked.times == 201
