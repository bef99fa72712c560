"""Tables that come into a layer again: corrected, renamed, exported, or to be taken back."""

import shlex
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from geomap.cli import main
from geomap.errors import GazetteerError
from geomap.gazetteer.imports.columns import columns_of
from geomap.gazetteer.imports.matching import matched
from geomap.gazetteer.layers.entries import AliasEntry, BlockEntry, PlaceEntry, PreferEntry
from geomap.gazetteer.layers.exchange import exchange
from geomap.gazetteer.layers.file import read_layer
from geomap.gazetteer.opening import open_gazetteer

HEADER = "name,lat,lon,country,note\n"
TABLE = f"{HEADER}Kfar Testah,33.3,35.5,LB,a note\nTestopolis,53.5,14.9,PL,\n"
LAYER = Path("gazetteer.toml")


@pytest.fixture
def geomap(tmp_path, monkeypatch):
    """Return a function that runs a command line in an empty folder, and gives exit code and lines."""
    monkeypatch.chdir(tmp_path)

    def run(line):
        result = CliRunner().invoke(main, shlex.split(line))
        return result.exit_code, result.output.splitlines()

    return run


def write(path, text):
    Path(path).write_text(text, "utf-8")


def told(lines, word):
    """Return what follows a word in each line that begins with it."""
    return [line[10:] for line in lines if line.startswith(f"{word:<10}")]


def test_swapped_coordinates_are_refused(geomap):
    """As `add` refuses them: both are in range, but only the other way round is the point in its country."""
    write("swap.csv", f"{HEADER}Sw1,35.56,33.28,LB,\nTestopolis,53.5,14.9,PL,\n")

    code, lines = geomap("gazetteer import swap.csv")

    assert code == 1
    assert lines[-1].startswith("Error: swap.csv:2: 'Sw1' with lat=35.56, lon=33.28 lies 261 km outside LB. lat=33.28")
    assert "--force takes it all the same" in lines[-1]
    assert [entry.name for entry in read_layer(LAYER)] == ["Testopolis"]

    assert geomap("gazetteer import swap.csv --force")[0] == 0
    assert [entry.name for entry in read_layer(LAYER)] == ["Testopolis", "Sw1"]


def test_swapped_coordinates_are_not_installed(geomap):
    """A gazetteer of its own is looked at as a layer is."""
    write("swap.csv", f"{HEADER}Sw1,35.56,33.28,LB,\nTestopolis,53.5,14.9,PL,\n")

    code, lines = geomap("gazetteer import swap.csv --install digs")

    assert code == 1
    assert lines[-1].startswith("Error: swap.csv:2: 'Sw1'")
    assert told(lines, "installed") == ["digs: 1 places, 1 names of 2 rows"]


def test_a_point_outside_its_country_comes_in_with_a_warning(geomap):
    """The first twenty are told, then their number."""
    rows = "".join(f"Far {chr(97 + n)},33.28,{40 + n / 10},LB,\n" for n in range(25))
    write("far.csv", HEADER + rows)

    code, lines = geomap("gazetteer import far.csv")

    assert (code, len(read_layer(LAYER))) == (0, 25)
    warnings = told(lines, "warning")
    assert len(warnings) == 21
    assert warnings[0].startswith("far.csv:2: 'Far a' with lat=33.28, lon=40 lies")
    assert warnings[-1] == "5 more rows look wrong"


@pytest.mark.parametrize(
    "options", ["", "--map name=Title --source 'my survey'", "--user", "--gazetteer 'other layer.csv'"]
)
def test_the_line_that_takes_an_import_back_can_be_pasted(geomap, options):
    """With the options of the import, and quotes where a shell needs them."""
    column = "Title" if "Title" in options else "name"
    write("-my villages.csv", TABLE.replace("name", column))

    _, lines = geomap(f"gazetteer import {options} -- '-my villages.csv'")
    (undo,) = told(lines, "undo")
    code, lines = geomap(undo.removeprefix("geomap "))

    assert code == 0
    assert lines[0].startswith("removed   2 places from ")


@pytest.mark.parametrize("form", ["csv", "toml"])
def test_what_export_writes_comes_in_whole(geomap, form):
    """Another project takes over places, aliases, blocked and preferred names; a second time adds nothing."""
    write("villages.csv", f"{HEADER}Kfar Testah,33.3,35.5,LB,a note\nKfar Testah,34.3,36.0,LB,\n")
    geomap("gazetteer import villages.csv")
    geomap("gazetteer alias Testkfar own:kfar-testah-2")
    geomap("gazetteer block Reading")
    geomap("gazetteer prefer Georgia --kind country")
    before = read_layer(LAYER)
    geomap(f"gazetteer export -o theirs.{form}")
    LAYER.unlink()

    code, lines = geomap(f"gazetteer import theirs.{form}")

    assert code == 0, lines
    assert [replace(entry, source="") for entry in read_layer(LAYER)] == [replace(e, source="") for e in before]
    code, lines = geomap(f"gazetteer import theirs.{form}")
    assert (code, lines) == (0, ["added     0 entries to gazetteer.toml", "known     5 entries there already"])
    assert geomap(f"gazetteer import theirs.{form} --undo")[1] == ["removed   5 entries from gazetteer.toml"]


def test_remarks_before_a_table_of_our_columns_are_passed_over(geomap):
    """A spreadsheet keeps them in its first cells."""
    write("theirs.csv", "# remark,,\nname,lat,lon\nKfar Testah,33.3,35.5\n")

    assert geomap("gazetteer import theirs.csv")[0] == 0
    assert [entry.name for entry in read_layer(LAYER)] == ["Kfar Testah"]


def test_an_alias_follows_its_place(geomap):
    """The place has another id here, because another of its name was here before."""
    write(
        "theirs.toml",
        '[[place]]\nname = "Testopolis"\nlat = 33.3\nlon = 35.5\ncountry = "LB"\n'
        '[[alias]]\nname = "Testburg"\nplace = "own:testopolis"\n',
    )
    geomap("gazetteer add Testopolis --lat 53.5 --lon 14.9 --country PL")

    geomap("gazetteer import theirs.toml")

    (found,) = open_gazetteer(project=LAYER).lookup("testburg")
    assert found.place.country == "LB"


def test_a_preferred_meaning_does_not_replace_another(geomap):
    """A name has one, and whose it is must be decided by a person."""
    geomap("gazetteer prefer Georgia --kind country")
    write("theirs.toml", '[[prefer]]\nname = "Georgia"\nplace = "geonames:4197000"\n')

    code, lines = geomap("gazetteer import theirs.toml")

    assert code == 1
    assert "'Georgia' means geonames:614540 here, not geonames:4197000" in lines[-1]


def test_the_places_of_a_layer_can_be_installed(geomap):
    """They get ids of the gazetteer; what is no place is counted."""
    write("theirs.csv", "# remark\nentry,name,lat,lon,id\n,Kfar Testah,33.3,35.5,own:kt\nblock,Reading,,,\n")

    code, lines = geomap("gazetteer import theirs.csv --install digs")

    assert code == 0
    assert told(lines, "left out") == ["1: an alias, block or prefer, which is no place"]
    assert "digs:kfar-testah" in "".join(geomap("gazetteer search 'Kfar Testah'")[1])


@pytest.mark.parametrize(
    "again",
    [
        TABLE,
        f"{HEADER}Kfar Testah,33.3,35.5,LB,\nTestopolis,53.5,14.9,,\n",
        f"{HEADER}KFAR-TESTAH,33.3,35.5,LB,\n".replace("KFAR-TESTAH", "Kfar Testah"),
    ],
)
def test_a_table_under_another_name_adds_nothing(geomap, again):
    """Also where it says less than before."""
    write("villages.csv", TABLE)
    geomap("gazetteer import villages.csv")
    before = LAYER.read_bytes()
    write("copy.csv", again)

    code, lines = geomap("gazetteer import copy.csv")

    assert (code, lines[0]) == (0, "added     0 places to gazetteer.toml")
    assert LAYER.read_bytes() == before


def test_a_place_added_by_hand_is_known(geomap):
    """The table that has it, too, does not double it."""
    geomap("gazetteer add 'Kfar Testah' --lat 33.3 --lon 35.5 --country LB --kind village")
    write("villages.csv", f"{HEADER}Kfar Testah,33.3,35.5,LB,\n")

    assert geomap("gazetteer import villages.csv")[1][:2] == [
        "added     0 places to gazetteer.toml",
        "known     1 place there already",
    ]


@pytest.mark.parametrize(
    ("row", "difference"),
    [
        ("Kfar Testah,33.31,35.5,LB,a note", "lat 33.3 here, 33.31 in the file"),
        ("Kfar Testah,34.3,36.1,LB,a note", "lat 33.3 here, 34.3 in the file; lon 35.5 here, 36.1 in the file"),
        ("Kfar Testah,33.3,35.5,LB,a better note", "note 'a note' here, 'a better note' in the file"),
        ("Kfar Testeh,33.3,35.5,LB,a note", "name 'Kfar Testah' here, 'Kfar Testeh' in the file"),
    ],
)
def test_a_corrected_row_is_told_and_updates_its_place_when_asked(geomap, row, difference):
    """It makes no second place; the line to update it can be pasted, and aliases still mean the place."""
    write("villages.csv", TABLE)
    geomap("gazetteer import villages.csv")
    geomap("gazetteer alias Testkfar own:kfar-testah")
    write("villages.csv", f"{HEADER}{row}\nTestopolis,53.5,14.9,PL,\n")

    code, lines = geomap("gazetteer import villages.csv")

    assert code == 1
    assert lines[:2] == ["added     0 places to gazetteer.toml", "known     2 places there already, 1 differs"]
    assert told(lines, "differs") == [f"'Kfar Testah': {difference}"]
    (update,) = told(lines, "update")
    code, lines = geomap(update.removeprefix("geomap "))
    assert code == 0
    assert told(lines, "replaced") == [
        f"'Kfar Testah': {difference.replace('here', 'before').replace('in the file', 'now')}"
    ]
    place, *_ = read_layer(LAYER)
    name, lat, lon, _, note = row.split(",")
    assert (place.name, place.lat, place.lon, place.note) == (name, float(lat), float(lon), note)
    assert len(open_gazetteer(project=LAYER).lookup("testkfar")) == 1
    assert geomap("gazetteer import villages.csv")[0] == 0


def test_rows_of_one_name_stay_apart(geomap):
    """Two villages of one name, and each of their corrections finds its own."""
    rows = f"{HEADER}Old Mill,50.0,20.0,PL,\nOld Mill,51.0,20.0,PL,\nOld Mill,51.02,20.0,PL,\n"
    write("mills.csv", rows)
    geomap("gazetteer import mills.csv")
    assert geomap("gazetteer import mills.csv")[1][1] == "known     3 places there already"
    write("mills.csv", rows.replace("51.02", "51.03"))

    geomap("gazetteer import mills.csv --replace")

    assert [entry.lat for entry in read_layer(LAYER)] == [50.0, 51.0, 51.03]


@pytest.mark.parametrize(
    ("row", "there", "same"),
    [
        ({}, {}, True),
        ({"lat": 50.04}, {}, True),
        ({"lat": 49.98}, {}, True),
        ({"lat": 50.06}, {}, False),
        ({"lat": 50.06, "source": "x"}, {"source": "x"}, True),
        ({"country": "PL"}, {}, True),
        ({"country": "PL"}, {"country": "DE"}, False),
        ({"id": "wikidata:Q1"}, {"id": "wikidata:Q2"}, False),
        ({"id": "own:old-mill-2"}, {"id": "own:the-mill"}, True),
        ({"id": "copy:7"}, {"id": "villages:7"}, True),
        ({"id": "geonames:7", "lat": 10.0}, {"id": "geonames:7", "country": "DE"}, True),
        ({"name": "Another"}, {}, False),
        ({"name": "Another", "source": "x"}, {"source": "x"}, True),
    ],
)
def test_what_tells_two_places_apart(row, there, same):
    """Their ids, else name and country within 5 km, else the same row of the same source."""
    place = PlaceEntry("Old Mill", lat=50.0, lon=20.0)

    (match,) = matched([replace(place, **row)], [replace(place, **there)])

    assert (match.there is not None) is same


def test_the_nearer_row_is_the_place():
    """The other one is another village of the name."""
    mill = PlaceEntry("Old Mill", lat=50.0, lon=20.0)
    rows = [replace(mill, lat=50.04), replace(mill, lat=50.01)]

    assert [match.there for match in matched(rows, [mill])] == [None, mill]


def test_what_a_row_does_not_say_is_no_difference():
    """A table of names and points does not empty what somebody wrote."""
    mill = PlaceEntry("Old Mill", 50.0, 20.0, "PL", "village", ("Mill",), 100, disputed=True, note="x", source="y")

    (match,) = matched([PlaceEntry("Old Mill", 50.0, 20.0)], [mill])

    assert (match.there, match.differs) == (mill, ())


def test_an_updated_place_names_its_new_source(geomap):
    """The map must credit whoever says so now."""
    geomap("gazetteer add 'Kfar Testah' --lat 33.3 --lon 35.5 --country LB --kind village --source 'field notes'")
    write("villages.csv", f"{HEADER}Kfar Testah,33.31,35.5,LB,\n")

    geomap("gazetteer import villages.csv --replace")

    (place,) = read_layer(LAYER)
    assert (place.lat, place.kind, place.source) == (33.31, "village", "villages.csv")


def test_of_several_rows_of_a_source_none_is_guessed():
    """Which of two was corrected, nobody can say."""
    mill = PlaceEntry("Old Mill", lat=50.0, lon=20.0, source="x")
    rows = [replace(mill, lat=60.0), replace(mill, lat=61.0)]

    assert [match.there for match in matched(rows, [mill])] == [None, None]


def test_repeated_rows_are_counted(geomap):
    """Also those that say something else of the same name and point; different ids are different places."""
    write(
        "villages.csv",
        "name,lat,lon,country,note,wikidata\n"
        "Kfar Testah,33.3,35.5,LB,,\nKfar Testah,33.3,35.5,LB,,\nKfar Testah,33.3,35.5,LB,other,\n"
        "Twin,33.3,35.5,LB,,Q1\nTwin,33.3,35.5,LB,,Q2\n",
    )

    code, lines = geomap("gazetteer import villages.csv")

    assert (code, len(read_layer(LAYER))) == (0, 3)
    assert told(lines, "left out") == ["2: a row that repeats the name and point of one before"]
    lines = geomap("gazetteer import villages.csv --install digs")[1]
    assert told(lines, "installed") == ["digs: 3 places, 2 names of 5 rows"]


def test_an_undo_leaves_what_was_changed_since_and_says_so(geomap):
    """It is somebody's work; --force takes it out, too."""
    write("villages.csv", TABLE)
    geomap("gazetteer import villages.csv")
    write(LAYER, LAYER.read_text("utf-8").replace("a note", "a better note"))

    code, lines = geomap("gazetteer import villages.csv --undo")

    assert code == 1
    assert lines[0] == "removed   1 place from gazetteer.toml"
    assert told(lines, "stays") == ["'Kfar Testah' is not as it came: gazetteer.toml:8"]
    (remove,) = told(lines, "remove")
    assert geomap(remove.removeprefix("geomap "))[0] == 0
    assert read_layer(LAYER) == []


def test_an_undo_of_a_changed_file_says_what_stays(geomap):
    """Rows that the file has no more are still of its source, by which they can be taken out."""
    write("villages.csv", TABLE)
    geomap("gazetteer import villages.csv")
    write("villages.csv", f"{HEADER}Testopolis,53.5,14.9,PL,\n")

    code, lines = geomap("gazetteer import villages.csv --undo")

    assert code == 1
    assert told(lines, "stays") == ["1 place with the source 'villages.csv', in the file no more"]
    (remove,) = told(lines, "remove")
    assert geomap(remove.removeprefix("geomap ")) == (
        0,
        ["removed   1 entry of 'villages.csv' from gazetteer.toml"],
    )


def test_an_undo_needs_no_file(geomap):
    """Its name is the source of its places; what others brought stays."""
    write("villages.csv", TABLE)
    geomap("gazetteer import villages.csv")
    geomap("gazetteer add Ours --lat 33.3 --lon 35.5 --country LB")
    Path("villages.csv").unlink()

    assert geomap("gazetteer import villages.csv --undo")[0] == 0
    assert [entry.name for entry in read_layer(LAYER)] == ["Ours"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("villages.csv --undo", "none of these rows stands here as it came. Sources here are 'my survey'"),
        ("gone.csv --undo", "no entry here has the source 'gone.csv'. Sources here are 'my survey': --source"),
        ("gone.csv --source 'my survey' --undo", "geomap gazetteer import --source 'my survey' --undo"),
        ("gone.csv", "File 'gone.csv' does not exist"),
        ("villages.csv --gazetteer other.toml --undo", "there is no such layer"),
        ("gazetteer.toml", "gazetteer.toml: this is the layer itself"),
        ("a.toml b.toml", "layers are imported one by one"),
        ("villages.csv --install digs --replace", "--replace belongs to a layer"),
    ],
)
def test_an_import_that_can_do_nothing_is_an_error(geomap, line, says):
    """With the remedy, and the layer as it was."""
    write("villages.csv", TABLE)
    geomap("gazetteer import villages.csv --source 'my survey'")
    for name in ("a.toml", "b.toml"):
        write(name, '[[block]]\nname = "Reading"\n')
    before = LAYER.read_bytes()

    code, lines = geomap(f"gazetteer import {line}")

    assert code != 0
    assert says in lines[-1]
    assert LAYER.read_bytes() == before


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("name,latitude,longitude,lat,lng", "2 columns may be the lat: lat, latitude. Say which: --map lat=lat or"),
        ("name,lat,lon,LON", "2 columns may be the lon: lon, LON. Say which: --map lon=lon or --map lon=LON"),
        ("name,lat,lon,lon", "2 columns may be the lon: lon, lon. Call them different names"),
    ],
)
def test_two_columns_for_a_coordinate_are_asked_about(header, says):
    """One of a pair is not put with one of another."""
    with pytest.raises(GazetteerError) as raised:
        columns_of(header.split(","), {}, path=Path("x.csv"))

    assert says in str(raised.value)


def test_metres_beside_degrees_are_no_question():
    """Maps give x and y beside lat and lon; and what the user maps is sure."""
    assert columns_of(["name", "X", "Y", "lat", "lon"], {}, path=Path("x.csv")).by_field["lat"] == "lat"
    given = {"lat": "latitude", "lon": "longitude"}
    found = columns_of(["name", "latitude", "longitude", "lat", "lng"], given, path=Path("x.csv"))
    assert found.by_field == {"name": "name", **given}
    found = columns_of(["name", "lat", "lat", "lon", "both"], {"point": "both"}, path=Path("x.csv"))
    assert found.by_field == {"name": "name", "point": "both"}


def test_a_country_nobody_knows_is_told_with_the_one_that_may_be_meant(geomap):
    """The place comes in without a country."""
    write("villages.csv", f"{HEADER}Kfar Testah,33.3,35.5,Libanon,\nOld,33.4,35.5,Ottoman Empire,\n")

    code, lines = geomap("gazetteer import villages.csv")

    assert code == 0
    assert told(lines, "unknown") == [
        "2 countries nobody here knows, left empty: 'Libanon' (LB?), 'Ottoman Empire'",
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("end", ["\n", ""])
@pytest.mark.parametrize("name", ["layer.toml", "layer.csv"])
def test_an_exchange_leaves_every_other_byte(tmp_path, name, newline, end):
    """Remarks, order and line ends stay; the place keeps its id under another name."""
    layer = tmp_path / name
    texts = {
        "layer.toml": '# mine\n[[place]]\n# seen in May\nname = "One"\nlat = 1.0\nlon = 1.0\n# after\n\n'
        '[[block]]\nname = "Reading"\n',
        "layer.csv": "# mine\nentry,name,lat,lon,id\n,One,1.0,1.0,\n# after\nblock,Reading,,,\n",
    }
    layer.write_bytes((texts[name].removesuffix("\n") + end).replace("\n", newline).encode())
    one, block = read_layer(layer)

    exchange(layer, [(one, replace(one, name="Eins", lat=2.0))])

    assert read_layer(layer) == [replace(one, name="Eins", lat=2.0, id="own:one"), block]
    text = layer.read_bytes().decode()
    assert text.startswith(f"# mine{newline}")
    assert f"# after{newline}" in text
    assert text.endswith("\n") is bool(end)
    assert ("# seen in May" in text) is (name == "layer.toml")
    assert text.count("\r\n") == (text.count("\n") if newline == "\r\n" else 0)


def test_an_exchange_of_what_is_there_no_more_changes_nothing(tmp_path):
    """Another program was faster."""
    layer = tmp_path / "layer.toml"
    layer.write_text('[[place]]\nname = "One"\nlat = 1.0\nlon = 1.0\n', "utf-8")
    (one,) = read_layer(layer)

    for old in (replace(one, lat=3.0), replace(one, line=9)):
        with pytest.raises(GazetteerError, match="'One' was changed by another program just now"):
            exchange(layer, [(old, replace(one, lat=2.0))])

    assert read_layer(layer) == [one]


def test_a_column_that_the_layer_lacks_is_named(tmp_path):
    """Nothing is lost because a file has no room for it."""
    layer = tmp_path / "layer.csv"
    layer.write_text("name,lat,lon\nOne,1,1\n", "utf-8")
    (one,) = read_layer(layer)

    with pytest.raises(GazetteerError, match="the file has no column 'note'"):
        exchange(layer, [(one, replace(one, note="seen"))])


def test_names_are_taken_over_by_kind(geomap):
    """An alias does not make a block of the same name known."""
    write("theirs.toml", '[[block]]\nname = "Reading"\n[[alias]]\nname = "Mossul"\nplace = "geonames:99072"\n')
    geomap("gazetteer alias Reading geonames:99072")

    geomap("gazetteer import theirs.toml")

    kinds = [type(entry) for entry in read_layer(LAYER)]
    assert kinds == [AliasEntry, BlockEntry, AliasEntry]
    assert PreferEntry not in kinds
