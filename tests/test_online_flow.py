"""The whole way of a name that no gazetteer knows: asked for online, put on the map, known offline ever after."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from geomap.gazetteer.home import CACHE_FILE, home
from geomap.gazetteer.online import cache_file
from geomap.gazetteer.online.cache import Cache
from geomap.gazetteer.online.remembered import AskOutcome
from geomap.model import NameKind
from tests.nominatim import Mood, place, playing

pytestmark = pytest.mark.usefixtures("loopback")

# The service knows the village under another spelling than the text's.
ASKED, ANSWERED = "Zqxrhaba", "Zaqsarhabbe"
STORY = f"""Shells fall along the border

Shells fell on the village of {ASKED} on Monday, officials in Beirut said. Families from {ASKED} fled to Tyre,
in the south of Lebanon. The road between {ASKED} and Sidon was cut.
"""
VILLAGE = place(ANSWERED, lat="33.30", lon="35.40", number=7)
ID = "osm:relation:7"
# One country only by half: what `geomap unknown` tells, but does not fill in.
TORN = f"Shells fell on the village of {ASKED} near Baghdad and Beirut."


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch):
    """A proxy of whoever runs the tests is none of their business."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def story(run):  # noqa: ARG001 - it changes to the folder of the test
    """The article in the current folder."""
    Path("story.txt").write_text(STORY, encoding="utf-8")
    return "story.txt"


@pytest.fixture
def online(run):
    """Run geomap with --online against a server that gives some answers."""

    def online(*arguments, answers=(VILLAGE,)):
        with playing(Mood(body=list(answers))) as server:
            return run(*arguments, "--online", "--endpoint", server.url), server.names

    return online


def places(done):
    """Return the place of every mention of the village in what `geomap parse` wrote."""
    toponyms = [toponym for line in done.stdout.splitlines() for toponym in json.loads(line)["toponyms"]]
    return [toponym["name"] for toponym in toponyms if toponym["text"] == ASKED]


def test_a_place_found_under_another_spelling_is_on_the_map(online, run, story):
    """The name that was asked for is a name of what was found, though the service spells it otherwise."""
    done, asked = online("map", story, "--no-links")
    explained = run("explain", story, "--name", ASKED)

    assert done.exit_code == 0
    assert asked == [(ASKED, "lb")]
    assert "unknown   every name found its place" in done.stderr
    assert ANSWERED in Path("map.html").read_text(encoding="utf-8")
    assert "found by its main name; from remembered online answers" in explained.stdout


def test_only_the_first_answer_is_what_was_asked_for(online, story):
    """What a service lists besides is called so too, or merely resembles it."""
    answers = (VILLAGE, place("Zaqsarhabbe Camp", number=8), place(ASKED, number=9))
    online("map", story, "--no-links", answers=answers)
    with Cache.open(home() / CACHE_FILE) as cache:
        (meant,) = cache.overlay().names.values()

    assert meant == ((ID, NameKind.NAME), ("osm:relation:8", NameKind.ALIAS), ("osm:relation:9", NameKind.NAME))


def test_what_was_found_once_is_known_offline(online, run, story):
    """Every later run has the answer without the network, and no switch."""
    done, _ = online("parse", story, "--no-links")
    again = run("parse", story, "--no-links")

    assert places(done) == places(again) == [ANSWERED] * 3
    assert "online" not in again.stderr


def test_a_sure_answer_stays_a_candidate_for_texts_elsewhere(online, run, story):
    """A village of that name in Lebanon is not what a text about Texas means."""
    online("map", story, "--no-links")
    Path("other.txt").write_text(
        f"Rain fell on the village of {ASKED} in Texas. Dallas and Houston saw none.", encoding="utf-8"
    )
    done = run("parse", "other.txt", "--no-links")

    assert ANSWERED not in places(done)


def test_a_decision_may_name_a_place_that_this_very_run_finds(online, run, story):
    """The texts are read twice; only the second time the place is there, and then nothing is outdated."""
    rows = f"scope,name,place,document\nproject,{ASKED},{ID},\ndocument,{ASKED},{ID},story.txt\n"
    Path("decisions.csv").write_text(rows, encoding="utf-8")
    first, _ = online("parse", story, "--no-links", "--decisions", "decisions.csv")
    later = run("parse", story, "--no-links", "--decisions", "decisions.csv")

    assert places(first) == places(later) == [ANSWERED] * 3
    assert "no longer matches" not in first.stderr + later.stderr


@pytest.mark.parametrize(("text", "country"), [(STORY, "LB"), (TORN, "")], ids=["sure", "torn"])
def test_the_hint_of_the_country_is_what_unknown_fills_in(online, run, text, country):
    """A guess that is not good enough for a person is none for the service: a namesake there would stay."""
    Path("text.txt").write_text(text, encoding="utf-8")
    (row,) = csv.DictReader(io.StringIO(run("unknown", "text.txt", "--no-bom").stdout))
    _, asked = online("map", "text.txt", "--no-links", answers=())

    assert row["country"] == country
    assert asked[0] == (ASKED, country.lower())


@pytest.mark.usefixtures("run")
def test_a_headline_in_capitals_teaches_the_name_and_no_acronym(online):
    """QZAN is asked for as Qzan: under its capitals the body's name would not find it."""
    Path("text.txt").write_text(
        "QZAN SHELLED\n\nShells fell on the village of Qzan in Lebanon. The village of QZAN lies near Tyre.",
        encoding="utf-8",
    )
    _, asked = online("map", "text.txt", "--no-links")

    assert {name for name, _ in asked} == {"Qzan"}


# --- a cache that is damaged, or may not be written ----------------------------------------------


def garbage(file):
    file.write_text("garbage")


def empty(file):
    file.write_bytes(b"")


def unreadable_row(file):
    with Cache.open(file) as cache:
        cache._db.execute("UPDATE answers SET answers = '[{'")


HARMS = [garbage, empty, unreadable_row]


@pytest.fixture
def cache_path(online, story):
    """The cache of a person who went online once."""
    online("map", story, "--no-links")
    return home() / CACHE_FILE


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize(
    "command", [["map", "story.txt"], ["parse", "story.txt"], ["unknown", "story.txt"], ["gazetteer", "search", "Tyre"]]
)
def test_a_damaged_cache_stops_nobody(run, cache_path, harm, command):
    """The run goes on without remembered answers, and says so in one line with the way out."""
    harm(cache_path)
    done = run(*command)

    told = [line for line in done.stderr.splitlines() if str(cache_path) in line]
    assert done.exit_code == 0
    assert len(told) == 1
    assert told[0].startswith("note      ")
    assert "goes on without remembered answers. geomap cache clear --yes " in told[0]


@pytest.mark.parametrize("harm", HARMS)
def test_going_online_begins_a_new_cache(online, run, story, cache_path, harm):
    """The damaged one is kept beside it; a second one, too."""
    for name in ("cache.sqlite.damaged", "cache.sqlite.damaged1"):
        harm(cache_path)
        harmed = cache_path.read_bytes()
        done, asked = online("parse", story, "--no-links")

        assert places(done) == [ANSWERED] * 3
        assert len(asked) == 1
        assert f"lies in {cache_path.with_name(name)} now" in done.stderr
        assert cache_path.with_name(name).read_bytes() == harmed
    assert places(run("parse", story, "--no-links")) == [ANSWERED] * 3


@pytest.mark.parametrize("harm", HARMS)
def test_clearing_does_away_with_a_damaged_cache(run, cache_path, harm):
    """And with those put away before: nothing that was asked for stays on the disk."""
    cache_path.with_name("cache.sqlite.damaged").write_text("an older one")
    harm(cache_path)
    done = run("cache", "clear", "--yes")

    assert (done.exit_code, done.stderr) == (0, "forgot    everything: the cache was damaged\n")
    assert [file.name for file in home().iterdir() if file.suffix != ".lock"] == []
    assert "No answers are remembered yet" in run("cache", "info").stderr


def test_clearing_a_part_of_a_damaged_cache_is_refused(run, cache_path):
    """Nobody can say which part is left."""
    garbage(cache_path)
    done = run("cache", "clear", "--yes", "--outcome", "failed")

    assert done.exit_code == 1
    assert "the cache is damaged" in done.stderr
    assert cache_path.read_text() == "garbage"


@pytest.mark.parametrize("harm", HARMS)
def test_a_copy_takes_the_place_of_a_damaged_cache(run, story, cache_path, harm):
    """As its message says: geomap cache import."""
    run("cache", "export", "-o", "copy.jsonl")
    harm(cache_path)
    done = run("cache", "import", "copy.jsonl")

    assert done.exit_code == 0
    assert "imported  1 rows" in done.stderr
    assert places(run("parse", story, "--no-links")) == [ANSWERED] * 3


def test_a_file_of_another_program_is_left_alone(online, run, story):
    """It is not damaged, and not ours: the run goes on, but nobody asks or clears."""
    import sqlite3

    file = home() / CACHE_FILE
    with sqlite3.connect(file) as photos:
        photos.execute("CREATE TABLE photos (name)")
    photos.close()
    before = file.read_bytes()

    assert run("parse", story, "--no-links").exit_code == 0
    assert online("parse", story, "--no-links")[0].exit_code == 1
    assert run("cache", "clear", "--yes").exit_code == 1
    assert file.read_bytes() == before


def test_a_cache_nobody_may_write_is_told_before_the_work(online, run, story, cache_path, monkeypatch):
    """No text is read and no name sent whose answer could not be kept; without the switch nothing is amiss."""
    monkeypatch.setattr(cache_file.os, "access", lambda *_: False)
    without = run("parse", story, "--no-links")
    monkeypatch.setattr("geomap.pipeline.annotate_all", lambda *_: pytest.fail("the texts were read"))
    done, asked = online("map", story, "--no-links", "-o", "late.html")

    assert places(without) == [ANSWERED] * 3
    assert done.exit_code == 1
    assert asked == []
    assert done.stderr.startswith(f"Error: {cache_path}: the cache may not be written, so nothing can be asked. ")
    assert not Path("late.html").exists()


def test_what_is_wrong_with_a_layer_is_told_once(online, story):
    """The layers are opened twice, for the second reading with the answers."""
    broken = home() / "gazetteers" / "broken"
    broken.mkdir(parents=True)
    (broken / "index.json").write_text("{")
    done, _ = online("parse", story, "--no-links")

    assert done.exit_code == 0
    assert done.stderr.count("the gazetteer 'broken' is left out") == 1


def test_a_geocoder_that_is_none_is_told_before_the_work(run, story, monkeypatch):
    """Nobody waits for a thousand texts to be read first."""
    monkeypatch.setattr("geomap.pipeline.annotate_all", lambda *_: pytest.fail("the texts were read"))
    done = run("map", story, "--no-links", "--online", "--geocoder", "nix")

    assert done.exit_code == 1
    assert done.stderr.startswith("Error: --geocoder: there is no geocoder called 'nix'")


def test_a_failure_is_told_and_the_map_is_written(run, story):
    """A service that is down costs nobody the map."""
    with playing(Mood(status=500, body=b"oops")) as server:
        done = run("map", story, "--no-links", "--online", "--endpoint", server.url)

    with Cache.open(home() / CACHE_FILE) as cache:
        assert [row.outcome for row in cache.rows()] == [AskOutcome.FAILED]
    assert done.exit_code == 0
    assert f"unknown   1 name without a place: {ASKED}" in done.stderr
    assert Path("map.html").exists()
