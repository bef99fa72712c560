"""Whole runs with --online: a text's unknown name is asked for, found in the second reading, and kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.nominatim import Mood, place, playing

pytestmark = pytest.mark.usefixtures("loopback")

STORY = """Shells fall along the border

Shells fell on the village of Zqxrhaba on Monday, officials in Beirut said. Families from Zqxrhaba fled to Tyre,
in the south of Lebanon. The road between Zqxrhaba and Sidon was cut.
"""
NEAR = place("Zqxrhaba", number=101)
FAR = place("Zqxrhaba", number=102, lat="34.5", lon="36.2")
HEADER = "scope,name,place\n"


@pytest.fixture
def geomap(run):
    """Return a function that runs a command on the story, with a server to ask if one is given."""
    Path("story.txt").write_text(STORY, encoding="utf-8")

    def geomap(command, *options, server=None):
        online = ("--online", "--endpoint", server.url) if server else ()
        result = run(command, "story.txt", "--no-links", *options, *online)
        assert result.exit_code == 0, result.stderr
        return result

    return geomap


def meant(result):
    """Return the latitudes of what the unknown name of the story was taken to mean."""
    return [found["lat"] for found in json.loads(result.stdout)["toponyms"] if found["text"] == "Zqxrhaba"]


@pytest.mark.parametrize("command", ["map", "parse"])
def test_an_unknown_name_is_asked_for_and_found(geomap, command):
    """Once, with the country that its company lies in; names that are known stay at home."""
    with playing(Mood(body=[NEAR])) as server:
        result = geomap(command, "-o", "out", server=server)

    assert server.names == [("Zqxrhaba", "lb")]
    assert "found     Zqxrhaba (LB): Zqxrhaba, Nabatieh Governorate, Lebanon, 33.2800 35.5600" in result.stderr
    assert "online    1 names, 1 requests: 1 found" in result.stderr
    assert "33.28" in Path("out").read_text(encoding="utf-8")


def test_the_second_reading_resolves_every_mention(geomap):
    """The answer is a place of this run already, with its source and licence on the map."""
    with playing(Mood(body=[NEAR])) as server:
        parsed = geomap("parse", server=server)
        mapped = geomap("map", server=server)

    assert meant(parsed) == [33.28] * 3
    assert "every name found its place" in mapped.stderr
    assert "OpenStreetMap contributors" in Path("map.html").read_text(encoding="utf-8")


def test_a_later_run_has_it_from_the_cache(geomap):
    """With --online nobody is asked again, and without it nobody is asked at all."""
    with playing(Mood(body=[NEAR])) as server:
        geomap("parse", server=server)
        again = geomap("parse", server=server)
        offline = geomap("parse")

    assert len(server.asked) == 1
    assert meant(again) == meant(offline) == [33.28] * 3


def test_without_the_switch_the_name_stays_unknown(geomap):
    """Nothing is sent, though a server is there."""
    with playing(Mood(body=[NEAR])) as server:
        result = geomap("parse")

    assert server.asked == []
    assert meant(result) == [None] * 3


@pytest.mark.parametrize("command", ["map", "parse"])
def test_a_decision_may_name_a_place_that_the_run_learns(geomap, command):
    """Of two places that the service knows, the one decided on is taken, and no line says that it is unknown."""
    Path("decisions.csv").write_text(HEADER + "project,Zqxrhaba,osm:relation:102\n", encoding="utf-8")
    with playing(Mood(body=[NEAR, FAR])) as server:
        first = geomap(command, "--decisions", "decisions.csv", server=server)

    assert "no longer matches" not in first.stderr
    assert meant(geomap("parse", "--decisions", "decisions.csv")) == [34.5] * 3
    if command == "parse":
        assert meant(first) == [34.5] * 3
    else:
        assert "decided by hand (decisions.csv:2)" in Path("map.html").read_text(encoding="utf-8")


def test_what_a_person_called_no_place_is_not_sent(geomap):
    """A decision saves the question."""
    Path("decisions.csv").write_text(HEADER + "project,Zqxrhaba,not a place\n", encoding="utf-8")
    with playing(Mood(body=[NEAR])) as server:
        geomap("parse", "--decisions", "decisions.csv", server=server)

    assert server.asked == []
