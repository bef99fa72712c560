"""`geomap cache`: what a person sees and does with the remembered online answers."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from geomap.cli import main
from geomap.gazetteer.home import CACHE_FILE, home
from geomap.gazetteer.online.cache import Cache
from geomap.gazetteer.online.remembered import AskOutcome
from tests.test_cache import FAILED, FOUND, NOT_FOUND, asked


def run(*words):
    return CliRunner().invoke(main, ["cache", *map(str, words)])


@pytest.fixture
def filled():
    """Someone's own cache with one question of each outcome but one."""
    with Cache.open(home() / CACHE_FILE) as cache:
        cache.merge([FOUND, asked(NOT_FOUND, name="Xanadu"), asked(FAILED, name="Shangri-La")])


@pytest.mark.parametrize("words", [["info"], ["list"], ["export"], ["clear", "--yes"]], ids=" ".join)
def test_without_a_cache_there_is_nothing_to_do(words):
    """No error, no new file: a person who never went online sees one line."""
    done = run(*words)

    assert done.exit_code == 0
    assert done.stderr.startswith("No answers are remembered yet")
    assert not (home() / CACHE_FILE).exists()


@pytest.mark.usefixtures("filled")
def test_info_counts_and_credits():
    """How many of which outcome, from whom, of when, under which licence."""
    lines = [line.split() for line in run("info").stdout.splitlines()]

    assert ["questions", "3"] in lines
    assert ["not_found", "1"] in lines
    assert ["nominatim", "at", "https://example.org", "3"] in lines
    assert ["asked", "2026-03-01", "to", "2026-03-01"] in lines
    assert ["licence", "ODbL"] in lines


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(("form", "separator"), [("csv", ","), ("tsv", "\t")])
def test_list_is_a_table(form, separator):
    """One row a question, with the first place of the answer."""
    done = run("list", "--outcome", "found", "--format", form)

    (row,) = csv.DictReader(io.StringIO(done.stdout), delimiter=separator)
    assert (row["query"], row["lat"], row["lon"], row["kind"]) == ("Kafr Upper", "33.28", "35.56", "city")


def test_a_cell_is_no_formula():
    """A name from a text is opened in a spreadsheet, where it must not run; coordinates stay numbers."""
    south = FOUND.answers[0].from_json({"name": "@x", "lat": -33.0, "lon": -1.0, "address": "+1"})
    with Cache.open(home() / CACHE_FILE) as cache:
        cache.merge([asked(NOT_FOUND, name='=HYPERLINK("http://x")'), asked(FAILED, name="-1+1")])
        cache.put(type(FOUND)(FOUND.question, AskOutcome.FOUND, FOUND.asked_at, (south,)))

    rows = list(csv.DictReader(io.StringIO(run("list").stdout)))

    assert [row["query"] for row in rows] == ["'-1+1", '\'=HYPERLINK("http://x")', "Kafr Upper"]
    assert (rows[2]["place"], rows[2]["lat"], rows[2]["lon"]) == ("'+1", "-33.0", "-1.0")


@pytest.mark.usefixtures("filled")
def test_export_and_import_carry_a_cache_to_a_colleague(tmp_path):
    """All rows, and the report says what was taken."""
    file, other = tmp_path / "answers.jsonl", tmp_path / "other.sqlite"

    exported = run("export", "-o", file)
    first = run("import", file, "--cache", other)
    second = run("import", file, "--cache", other)

    assert exported.exit_code == first.exit_code == second.exit_code == 0
    assert first.stderr == f"imported  3 rows from {file}; 0 were here already, as good or newer\n"
    assert second.stderr == f"imported  0 rows from {file}; 3 were here already, as good or newer\n"
    assert run("export", "--cache", other).stdout == file.read_text(encoding="utf-8")


@pytest.mark.usefixtures("filled")
def test_import_tells_bad_lines_and_fails(tmp_path):
    """What can be taken is; the exit code says that not all was."""
    file = tmp_path / "answers.jsonl"
    file.write_text("nonsense\n" + run("export").stdout, encoding="utf-8")

    done = run("import", file, "--cache", tmp_path / "other.sqlite")

    assert done.exit_code == 1
    assert done.stderr.splitlines()[0].startswith(f"Error: {file}:1: this is no row of a cache")
    assert "imported  3 rows" in done.stderr
    assert "left out  1 lines" in done.stderr


@pytest.mark.usefixtures("filled")
def test_export_is_one_object_a_line():
    """Other programs read it."""
    lines = [json.loads(line) for line in run("export", "--outcome", "found").stdout.splitlines()]

    assert [(line["name"], line["outcome"], line["raw"]) for line in lines] == [("Kafr Upper", "found", FOUND.raw)]


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--outcome", "failed"], "forgot    1 failed\n"),
        (["--provider", "nominatim"], "forgot    1 failed, 1 found, 1 not found\n"),
        (["--provider", "photon"], "forgot    nothing\n"),
        (["--older-than", "36500"], "forgot    nothing\n"),
        (["--older-than", "1"], "forgot    1 failed, 1 found, 1 not found\n"),
        (["--yes"], "forgot    1 failed, 1 found, 1 not found\n"),
    ],
)
def test_clear_says_what_went(words, told):
    """Counts by outcome."""
    assert run("clear", *words).stderr == told


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("days", [36_501, 9_999_999, -1])
def test_clear_knows_no_day_before_all_days(days):
    """A number of days that leads out of the calendar is refused in words, and nothing is forgotten."""
    done = run("clear", "--older-than", days)

    assert done.exit_code == 2
    assert "0<=x<=36500" in done.output
    assert "questions 3" in run("info").stdout


@pytest.mark.usefixtures("filled")
def test_clear_asks_before_it_forgets_everything():
    """Without a filter it needs --yes."""
    done = run("clear")

    assert done.exit_code == 2
    assert "--yes" in done.output
    assert "questions 3" in run("info").stdout


def test_a_bad_cache_is_one_line(tmp_path):
    """Not a traceback."""
    file = tmp_path / "cache.sqlite"
    file.write_text("no database")

    done = run("info", "--cache", file)

    assert done.exit_code == 1
    assert done.stderr.startswith(f"Error: {file}: ")
    assert len(done.stderr.splitlines()) == 1
