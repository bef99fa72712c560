"""`geomap gazetteer import`, as a person runs it: what it says, where things lie, and taking it back."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from geomap.cli import main
from geomap.gazetteer.home import home
from geomap.gazetteer.layers.file import read_layer
from geomap.gazetteer.opening import open_gazetteer
from geomap.gazetteer.store import Store
from tests.test_import_geonames import ROWS, VILLAGE, row

TABLE = "name,lat,lon,country,note\nKfar Testah,33.3,35.5,LB,a note\nTestopolis,53.5,14.5,PL,\n"


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(desk):  # noqa: ARG001 - it is the folder
    """Return a function that runs `geomap gazetteer import` and gives exit code and lines."""

    def make(*arguments):
        result = CliRunner().invoke(main, ["gazetteer", "import", *map(str, arguments)])
        return result.exit_code, result.output.splitlines()

    return make


def write(path, text):
    Path(path).write_text(text, "utf-8")


def dump(path, rows=ROWS):
    write(path, "".join(f"{line}\n" for line in rows))


def test_a_table_goes_into_the_layer_of_the_folder(run, desk):
    """The next map has the places, note and all."""
    write("villages.csv", TABLE)

    code, lines = run("villages.csv")

    assert code == 0
    assert lines[0].startswith("added     2 places to gazetteer.toml:")
    assert "undo      geomap gazetteer import villages.csv --undo" in lines
    assert [entry.note for entry in read_layer(desk / "gazetteer.toml")] == ["a note", ""]
    assert open_gazetteer(project=desk).lookup("kfar testah")[0].own


def test_the_same_file_again_adds_nothing(run, desk):
    """A list of villages grows, and is imported again and again."""
    write("villages.csv", TABLE)
    run("villages.csv")
    before = (desk / "gazetteer.toml").read_bytes()

    assert run("villages.csv")[1][:2] == ["added     0 places to gazetteer.toml", "known     2 places there already"]
    assert (desk / "gazetteer.toml").read_bytes() == before

    write("villages.csv", TABLE + "Newtest,1,1,,\n")
    assert run("villages.csv")[1][0].startswith("added     1 place to gazetteer.toml:")


def test_a_query_that_gives_a_place_twice_adds_it_once(run, desk):
    """Wikidata has a row for each type of a place; the first is kept and the others are counted."""
    row_ = "http://www.wikidata.org/entity/Q9,Testopolis,Point(14.5 53.5),"
    write("query.csv", f"item,itemLabel,coord,typeLabel\n{row_}town\n{row_}city\n")

    code, lines = run("query.csv")

    assert (code, len(read_layer(desk / "gazetteer.toml"))) == (0, 1)
    assert "left out  1: a place whose id came before in the file" in lines


def test_an_import_can_be_taken_back(run, desk):
    """What a person wrote beside it stays."""
    write("villages.csv", TABLE)
    write("gazetteer.toml", '# mine\n[[block]]\nname = "Reading"\n')
    run("villages.csv")

    assert run("villages.csv", "--undo")[1][0] == "removed   2 places from gazetteer.toml"
    assert (desk / "gazetteer.toml").read_text("utf-8") == '# mine\n[[block]]\nname = "Reading"\n'


def test_wrong_rows_are_told_and_the_exit_code_is_1(run, desk):
    """The good rows came in all the same."""
    write("villages.csv", TABLE + "Tokyo,139.69,35.68,JP,\n" * 30)

    code, lines = run("villages.csv")

    assert code == 1
    assert sum(line.startswith("Error: villages.csv:") for line in lines) == 20
    assert lines[-1] == "Error: 10 more rows are wrong"
    assert len(read_layer(desk / "gazetteer.toml")) == 2


@pytest.mark.parametrize("option", [["--user"], ["--gazetteer", "mine.csv"]])
def test_another_layer_can_be_named(run, desk, option):
    """The user's own serves all projects; a layer may be CSV."""
    write("villages.csv", TABLE)

    run("villages.csv", *option)

    layer = home() / "gazetteer.toml" if option == ["--user"] else desk / "mine.csv"
    assert len(read_layer(layer)) == 2
    assert not (desk / "gazetteer.toml").exists()


def test_a_table_can_be_installed(run):
    """A scholar's gazetteer lies in a folder of its own, with source and licence."""
    write("villages.csv", TABLE)

    code, lines = run("villages.csv", "--install", "digs", "--source", "Test Survey", "--licence", "CC0")

    assert code == 0
    # A large table takes a while.
    assert lines[:2] == ["reading   villages.csv", "sorting   2 places"]
    assert "installed digs: 2 places, 2 names of 2 rows" in lines
    gazetteer = open_gazetteer(home=home())
    assert gazetteer.lookup("kfar testah")[0].place.id == "digs:kfar-testah"
    assert gazetteer.lookup("kfar testah")[0].place.note == "a note"
    assert "Test Survey (CC0)" in gazetteer.credits
    assert run("--install", "digs", "--undo")[1][0].startswith("removed   digs from ")
    assert open_gazetteer(home=home()).lookup("kfar testah") == ()


def test_a_dump_is_installed_under_the_name_of_its_file(run):
    """GeoNames names its files after countries."""
    dump("LB.txt")

    code, lines = run("LB.txt")

    assert code == 0
    assert lines[0] == "reading   LB.txt"
    assert any(line.startswith("installed LB: 5 places, ") and line.endswith(" names of 7 rows") for line in lines)
    assert f"in        {home() / 'gazetteers' / 'LB'}" in lines
    assert "left out  1: H.WLL" in lines
    assert open_gazetteer(home=home()).lookup("kfar testah")[0].place.id == f"geonames:{VILLAGE}"


def test_the_files_of_a_dump_can_be_named_together(run, desk):
    """Tables that lie elsewhere are given; those beside the dump are found."""
    dump("LB.txt")
    (desk / "more").mkdir()
    write("more/alternateNamesV2.txt", f"1\t{VILLAGE}\ten\tTestbourg\t\t\t\t\t\t\n")

    run("LB.txt", "more/alternateNamesV2.txt", "--install", "lebanon")

    assert open_gazetteer(home=home()).lookup("testbourg")
    code, lines = run("more/alternateNamesV2.txt")
    assert (code, len(lines)) == (1, 1)
    assert "this adds to a GeoNames dump. Name the dump, too" in lines[0]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["villages.csv", "--map", "nonsense"], "'nonsense' is not FIELD=COLUMN"),
        (["villages.csv", "--install", "../evil"], "'../evil' cannot be the name of a gazetteer"),
        (["villages.csv", "--install", "digs", "--user"], "leave out --user and --gazetteer"),
        (["LB.txt", "villages.csv"], "a GeoNames dump is imported alone"),
        (["empty.csv", "--install", "digs"], "there is no place in it. Nothing was installed"),
        (["villages.csv", "--install", "none", "--undo"], "there is no gazetteer index"),
        (["folder.zip"], "this zip is damaged"),
        ([], "Missing argument 'FILE...'"),
        (["villages.csv", "--licence", "CC0"], "--licence belongs to --install"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(run, arguments, says):
    """With the remedy, and nothing half done."""
    write("villages.csv", TABLE)
    write("empty.csv", "name,lat,lon\n")
    Path("folder.zip").write_bytes(b"PK\3\4nonsense")
    dump("LB.txt")

    code, lines = run(*arguments)

    assert code != 0
    assert says in lines[-1]
    assert not Path("gazetteer.toml").exists()
    assert not list(home().glob("gazetteers/*/index.json"))


def test_a_table_too_large_for_a_layer_is_refused_at_once(run, monkeypatch):
    """A layer is read at every start; nothing slow is done before that is said."""
    monkeypatch.setattr("geomap.gazetteer.imports.layer.MAX_ROWS", 2)
    monkeypatch.setattr("geomap.gazetteer.imports.checking.swapped_coordinates", pytest.fail)
    write("villages.csv", TABLE + "Three,1,1,,\nFour,no number,1,,\n")

    code, lines = run("villages.csv")

    assert (code, len(lines)) == (1, 1)
    assert "villages.csv: more than the 2 places that a layer should hold. Install them" in lines[0]
    assert lines[0].endswith("--install NAME")


def test_what_the_layer_holds_counts_for_its_limit(run, monkeypatch):
    """Two tables that each fit do not fit together."""
    write("villages.csv", TABLE)
    run("villages.csv")
    monkeypatch.setattr("geomap.gazetteer.imports.layer.MAX_ROWS", 2)
    write("more.csv", "name,lat,lon\nThree,1,1\n")

    code, lines = run("more.csv")

    assert code == 1
    assert "2 places there and 1 new ones are more than the 2 of a layer" in lines[-1]


def test_a_full_disk_is_one_line(run, monkeypatch):
    """The installed gazetteer is as it was."""
    dump("LB.txt")
    run("LB.txt")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("geomap.gazetteer.building.write.publish", full)
    code, lines = run("LB.txt")

    assert code == 1
    assert "cannot be written ([Errno 28] No space left on device). Is there room on the disk?" in lines[-1]
    assert open_gazetteer(home=home()).lookup("kfar testah")


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL on this system")
@pytest.mark.parametrize("wait_s", [0.0, 0.4])
def test_a_kill_during_an_import_leaves_the_installed_gazetteer(run, desk, wait_s):
    """Whatever the moment, the old index answers, and the next import goes through."""
    dump("LB.txt")
    run("LB.txt")
    dump("big-LB.txt", [row(80_000_000 + n, f"Bigtest {n}", "P.PPL") for n in range(60_000)])
    command = [sys.executable, "-c", "from geomap.cli import main; main()", "gazetteer", "import", "big-LB.txt"]
    with subprocess.Popen([*command, "--install", "LB"], stderr=subprocess.PIPE, cwd=desk) as child:
        assert child.stderr.readline().startswith(b"reading")
        time.sleep(wait_s)
        child.send_signal(signal.SIGKILL)

    folder = home() / "gazetteers" / "LB"
    assert Store.open(folder).lookup("kfar testah")
    code, _ = run("LB.txt")
    assert code == 0
    assert len(list(folder.iterdir())) == 2
