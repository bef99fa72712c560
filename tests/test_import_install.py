"""Gazetteers of their own: what they may be called, what they replace, and what a damaged one does to the others."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from geomap.cli import main
from geomap.gazetteer.home import home
from geomap.gazetteer.imports.installed import install_folder
from geomap.gazetteer.layout import PLACES_FILE
from geomap.gazetteer.opening import open_gazetteer, usable_indexes
from geomap.gazetteer.store import Store
from geomap.model import Kind

HEADER = "id,name,lat,lon\n"


def dump_row(number, name):
    """Return a village's row of a GeoNames dump: 19 columns."""
    cells = [str(number), name, name, "", "33.3", "35.5", "P", "PPL", "LB", *[""] * 10]
    return "\t".join(cells) + "\n"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def geomap():
    """Return a function that runs `geomap gazetteer ...` and gives exit code, output and messages."""

    def make(*arguments):
        result = CliRunner().invoke(main, ["gazetteer", *arguments])
        return result.exit_code, result.stdout.splitlines(), result.stderr.splitlines()

    return make


@pytest.fixture
def install(desk, geomap):
    """Return a function that installs a table under a name and gives exit code and messages."""

    def make(name, rows=",Testopolis,1,2\n", file="places.csv"):
        (desk / file).write_text(HEADER + rows, "utf-8")
        code, _, lines = geomap("import", file, f"--install={name}")
        return code, lines

    return make


def installed():
    return sorted(folder.name for folder in home().glob("gazetteers/*"))


@pytest.mark.parametrize("name", ["digs", "LB", "My digs 2", "v1.2_final-b", "2024", "x" * 64, "owners", "console"])
def test_a_plain_name_is_taken(name):
    """Letters, digits, space, dot, hyphen and underscore make a folder on every system."""
    assert install_folder(name) == home() / "gazetteers" / name


@pytest.mark.parametrize(
    "name",
    ["", "é", "*", "-x", ".x", "x.", "x ", "a/b", "a\\b", "..", "a\nb", "a\n", "a:b", "a\0b", "مواقع", "x" * 65],
)
def test_a_name_that_is_no_folder_everywhere_is_refused(install, name):
    """One line tells the rule, and nothing is made."""
    code, (line,) = install(name)

    assert code == 1
    assert "cannot be the name of a gazetteer. Use letters a to z, digits, spaces, dots" in line
    assert installed() == []


@pytest.mark.parametrize("name", ["own", "geomap", "GeoNames", "wikidata", "pleiades", "osm", "OSM"])
def test_a_name_that_begins_the_ids_of_others_is_refused(install, name):
    """own:mosul is a place of a layer, geonames:1 one of GeoNames."""
    code, (line,) = install(name)

    assert (code, installed()) == (1, [])
    assert f"ids that begin with {name.lower()}: are taken. Choose another" in line


@pytest.mark.parametrize("name", ["CON", "nul", "aux.csv", "com1", "LPT9 .x"])
def test_a_device_of_windows_is_no_name(install, name):
    """No folder of this name can be made there, and a home folder may be carried there."""
    code, (line,) = install(name)

    assert (code, installed()) == (1, [])
    assert "on Windows it is a device" in line


def test_two_names_that_make_one_id_are_refused(install, geomap):
    """Both would call their village a-b:testopolis, and one of the two would be found no more."""
    install("a b", ",Testopolis,1,2\n")

    for name in ("a-b", "A B", "a_b"):
        code, (line,) = install(name, ",Testopolis,30,40\n")
        assert code == 1
        assert f"{name!r} cannot be the name of a gazetteer beside 'a b': both make ids a-b:" in line
        assert line.endswith("first remove that one: geomap gazetteer import --install 'a b' --undo")
    assert install("a b", ",Testopolis,30,40\n")[0] == 0

    geomap("import", "--install", "a b", "--undo")
    assert install("a-b", ",Testopolis,30,40\n")[0] == 0


def test_a_dump_whose_file_has_no_good_name_is_refused_before_it_is_read(desk, geomap):
    """The name of its file is the name of the gazetteer."""
    (desk / "my dump (1).txt").write_text(dump_row(90_000_001, "Testopolis"), "utf-8")

    code, _, lines = geomap("import", "my dump (1).txt")

    assert (code, installed()) == (1, [])
    assert "'my dump (1)' cannot be the name of a gazetteer" in lines[-1]
    assert geomap("import", "my dump (1).txt", "--install", "mine")[0] == 0


def test_what_an_earlier_geomap_installed_can_be_removed(install, geomap):
    """Whatever it let a gazetteer be called."""
    install("digs")
    (home() / "gazetteers" / "digs").rename(home() / "gazetteers" / "-dïgs*")

    code, _, (line,) = geomap("import", "--install=-dïgs*", "--undo")

    assert (code, installed()) == (0, [])
    assert line.startswith("removed   -dïgs* from ")


@pytest.mark.parametrize("name", ["", ".", "..", "../gazetteers", "digs/..", "/"])
def test_undo_removes_nothing_but_an_installed_gazetteer(install, geomap, name):
    """A name leads nowhere else."""
    install("digs")
    (home() / "index.json").write_text("{}", "utf-8")

    code, _, lines = geomap("import", f"--install={name}", "--undo")

    assert (code, len(lines), installed()) == (1, 1, ["digs"])
    assert (home() / "index.json").exists()


def test_a_known_id_keeps_its_name_and_says_whose_point_it_has(install, geomap):
    """Whoever checks a wrong point must see which file gave it."""
    _, lines = install("fake", "geonames:99072,Fake Mosul,1,2\n", file="c3.csv")
    _, shown, _ = geomap("show", "geonames:99072")
    values = dict(line.split(maxsplit=1) for line in shown if len(line.split(maxsplit=1)) == 2)

    assert (values["name"], values["lat"], values["source"]) == ("Mosul", "1.0", "c3.csv")
    (moved,) = [line for line in lines if line.startswith("moved")]
    assert moved.startswith("moved     geonames:99072 by 5,")
    assert moved.endswith(" km: 'Fake Mosul' here, Mosul, IQ without this file")


@pytest.mark.parametrize(("lon", "told"), [(43.12, 0), (44.12, 0), (44.32, 1)])
def test_a_known_place_more_than_100_km_away_is_told(install, lon, told):
    """Two gazetteers never agree to the metre; at Mosul a degree is 90 km wide."""
    _, lines = install("near", f"geonames:99072,Mosul,36.335,{lon}\n,Testopolis,1,2\n")

    assert sum(line.startswith("moved") for line in lines) == told


def test_after_twenty_moved_places_only_their_number_is_told(install):
    """A table with swapped columns must not fill the screen."""
    numbers = sorted(Store.open().numbers_of_kind(Kind.COUNTRY))[:30]

    _, lines = install("swapped", "".join(f"geonames:{number},Testland,-60,-140\n" for number in numbers))

    moved = [line for line in lines if line.startswith("moved")]
    assert len(moved) == 21
    assert moved[-1] == "moved     10 more; are the ids right, and latitude and longitude?"


def test_installing_again_says_what_it_replaces(install):
    """The line of undo takes the new one away; the earlier one is gone."""
    first = install("digs", ",Testopolis,1,2\n,Testham,3,4\n", file="first.csv")[1]
    again = install("digs", ",Testville,1,2\n", file="second.csv")[1]
    third = install("digs", ",Testville,1,2\n", file="third.csv")[1]

    assert not any("replace" in line for line in first)
    assert "replaces  digs (first.csv, 2 places), which undo does not bring back" in again
    assert "replaces  digs (second.csv, 1 place), which undo does not bring back" in third
    assert all("undo      geomap gazetteer import --install digs --undo" in lines for lines in (first, again, third))
    assert not open_gazetteer(home=home()).lookup("testham")


def empty(file):
    file.write_bytes(b"")


def cut(file):
    file.write_bytes(file.read_bytes()[:100])


@pytest.mark.parametrize(
    ("pattern", "damage", "says"),
    [
        ("index.json", lambda file: file.write_text("{"), "this is not JSON"),
        ("index.json", lambda file: file.write_text('{"format": 1}'), "the index has format 1"),
        (f"*/{PLACES_FILE}", cut, "this file is damaged"),
        (f"*/{PLACES_FILE}", lambda file: file.unlink(), "the index lacks"),
        ("*/names-000.marisa", cut, "this file is damaged"),
        ("*/names-000.bin", empty, "this file is damaged"),
    ],
)
def test_a_damaged_gazetteer_does_not_stop_the_others(install, geomap, pattern, damage, says):
    """It is left out, one line says so and how to get rid of it, and that works."""
    install("good")
    install("b ad", ",Testham,1,2\n")
    (file,) = (home() / "gazetteers" / "b ad").glob(pattern)
    damage(file)

    code, found, (line,) = geomap("search", "Testopolis")

    assert (code, len(found)) == (0, 1)
    assert line.startswith("note      ")
    assert says in line
    assert "so the gazetteer 'b ad' is left out. Import it again, or remove it: " in line
    assert line.endswith(": geomap gazetteer import --install 'b ad' --undo")
    assert geomap("import", "--install", "b ad", "--undo")[0] == 0
    assert geomap("search", "Testopolis") == (0, found, [])


def test_a_damaged_gazetteer_can_be_installed_again(install):
    """Nothing has to be removed first."""
    install("digs")
    (home() / "gazetteers" / "digs" / "index.json").write_text("{")

    code, lines = install("digs")

    assert code == 0
    assert "replaces  digs (damaged), which undo does not bring back" in lines
    assert open_gazetteer(home=home()).problems == ()


def test_a_gazetteer_that_may_not_be_read_is_left_out(install, monkeypatch):
    """The administrator installed it for himself."""
    install("digs")

    def refuse(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Store, "open", refuse)
    stores, (problem,) = usable_indexes(home() / "gazetteers")

    assert stores == []
    assert "cannot be read (Permission denied), so the gazetteer 'digs' is left out" in str(problem)


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1",
        bytes(range(1, 256)) * 20,
        "name,lat,lon\nTestopolis,1,2\n".encode("utf-16-le"),
        b"\x1f\x8b\x08\0packed",
    ],
)
def test_a_picture_is_no_table(desk, geomap, content):
    """One line of plain text says so, whatever the file is called."""
    (desk / "places.csv").write_bytes(content)

    for options in ([], ["--install", "digs"]):
        code, _, lines = geomap("import", "places.csv", *options)
        assert code == 1
        assert lines[-1] == "Error: places.csv: this is no text. Save it as CSV, TSV or GeoJSON, in UTF-8"


@pytest.mark.parametrize("start", ['<?xml version="1.0"?>\n<kml>', "\ufeff<!DOCTYPE html>", "\n<gpx>"])
def test_a_page_or_a_track_is_no_table(desk, geomap, start):
    """A spreadsheet is a zip of such files, too."""
    (desk / "places.csv").write_text(start, "utf-8")

    code, _, (line,) = geomap("import", "places.csv")

    assert code == 1
    assert "this is XML or HTML, or a spreadsheet, and no table. Save it as CSV" in line


def test_a_stray_control_character_makes_no_picture_of_a_table(desk, geomap):
    """Copied text brings some: only its row is refused."""
    rows = "Testopolis,1,2,a well\x02known place by the river\nTestham,3,4,\n"
    (desk / "places.csv").write_text(f"name,lat,lon,note\n{rows}", "utf-8")

    code, _, lines = geomap("import", "places.csv", "--install", "digs")

    assert (code, installed()) == (1, ["digs"])
    assert "places.csv:2: 'Testopolis' has the control character U+0002" in lines[-1]


@pytest.mark.parametrize("header", [",".join(f"column {n}" for n in range(500)), '"' + "a\nb\x1b " * 200 + '",c'])
def test_the_columns_of_a_wide_table_do_not_fill_the_screen(desk, geomap, header):
    """What there is is said in one line of bounded length, free of control characters."""
    (desk / "places.csv").write_text(f"{header}\n1,2\n", "utf-8")

    code, _, (line,) = geomap("import", "places.csv")

    assert code == 1
    assert len(line) < 400
    assert line.isprintable()
    assert line.endswith(" ...")


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL on this system")
@pytest.mark.parametrize("undo", [False, True])
def test_a_kill_during_a_first_install_stops_no_later_command(desk, geomap, undo):
    """What is left behind is no gazetteer; the next import of that name clears it, and so does undo."""
    folder = home() / "gazetteers" / "LB"
    rows = (dump_row(80_000_000 + n, f"Bigtest {n}") for n in range(60_000))
    (desk / "LB.txt").write_text("".join(rows), "utf-8")
    command = [sys.executable, "-c", "from geomap.cli import main; main()", "gazetteer", "import", "LB.txt"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, cwd=desk) as child:
        while child.poll() is None and not list(folder.glob(f".geomap-building-*/{PLACES_FILE}")):
            time.sleep(0.01)
        child.send_signal(signal.SIGKILL)
    assert list(folder.iterdir())

    assert geomap("search", "Mosul", "--limit", "1")[0] == 0
    assert geomap("info")[2] == []
    assert open_gazetteer(home=home()).problems == ()

    if undo:
        assert geomap("import", "--install", "LB", "--undo")[0] == 0
        assert installed() == []
        return
    (desk / "LB.txt").write_text(dump_row(80_000_001, "Testopolis"), "utf-8")
    code, _, lines = geomap("import", "LB.txt")

    assert code == 0
    assert not any("replace" in line for line in lines)
    assert len(list(folder.iterdir())) == 2
