"""Asking online, told as conversations with a server on this machine that plays Nominatim."""

import json
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from geomap.cli.online_options import look_up_online, online_options
from geomap.errors import InputError
from geomap.gazetteer.online.ask import Fate, OnlineSettings, UnknownQuery, ask_all
from geomap.gazetteer.online.cache import Cache
from geomap.gazetteer.online.remembered import AskOutcome
from tests.nominatim import LICENCE, Mood, place, playing

pytestmark = pytest.mark.usefixtures("loopback")

ROOT = Path(__file__).parent.parent
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
FOUND = Mood(body=[place()])
NOTHING = Mood()


class Clock:
    """A time that passes only where someone sleeps."""

    def __init__(self, when=START):
        self.when, self.slept = when, []

    def now(self):
        return self.when

    def sleep(self, seconds):
        self.slept.append(round(seconds, 3))
        self.when += timedelta(seconds=seconds)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def cache(tmp_path):
    with Cache.open(tmp_path / "cache.sqlite") as opened:
        yield opened


@pytest.fixture
def ask(cache, clock):
    """Return a function that asks a server for names, written "Name" or "Name/LB"."""

    def run(server, *names, said=None, **settings):
        queries = [UnknownQuery(*name.split("/")) for name in names]
        given = OnlineSettings(endpoint=server.url, **settings)
        report = (said if said is not None else []).append
        return ask_all(queries, cache, given, now=clock.now, sleep=clock.sleep, report=report)

    return run


def outcomes(cache):
    return [(row.question.name, row.outcome) for row in cache.rows()]


def fates(report):
    assert sum(count for _, count in report.fates) == report.names
    return dict(report.fates)


def test_a_found_place_becomes_a_candidate(ask, cache):
    """The answer is kept as it came, and is a place with source, time and licence from then on."""
    with playing(FOUND) as server:
        report = ask(server, "Kafr Upper/LB")

    (row,) = cache.rows()
    overlay = cache.overlay()
    (found,) = overlay.places.values()
    assert fates(report) == {Fate.FOUND: 1}
    assert json.loads(row.raw) == [place()]
    assert row.asked_at == START
    assert (found.id, found.name, found.kind, found.country) == ("osm:relation:101", "Kafr Upper", "city", "LB")
    assert (found.lat, found.lon, found.bbox) == (33.28, 35.56, (35.55, 33.27, 35.57, 33.29))
    assert "2026-03-01" in found.note
    assert overlay.credits == (LICENCE,)
    assert not overlay.decisive


def test_the_service_learns_who_asks_and_what_is_needed_only(ask):
    """Nominatim's policy wants an honest User-Agent; the query holds the name and the hint, nothing of the text."""
    with playing(FOUND) as server:
        ask(server, "Kafr Upper/LB", contact="desk@example.org")

    ((path, query, headers),) = server.asked
    assert path == "/search"
    assert query == {
        "q": "Kafr Upper", "format": "json", "limit": "5", "addressdetails": "1", "countrycodes": "lb",
        "accept-language": "en",
    }  # fmt: skip
    assert headers["User-Agent"].startswith("geomap/")
    assert headers["User-Agent"].endswith("(+geo-mention-mapper; desk@example.org)")


def test_what_is_not_in_the_country_is_asked_for_without_it(ask, cache):
    """The guess of a country may be wrong: "not found" there is not the last word."""
    with playing(NOTHING, FOUND) as server:
        report = ask(server, "Kafr Upper/SY")

    assert server.names == [("Kafr Upper", "sy"), ("Kafr Upper", "")]
    assert fates(report) == {Fate.FOUND: 1}
    assert sorted(row.outcome for row in cache.rows()) == [AskOutcome.FOUND, AskOutcome.NOT_FOUND]


def test_nothing_is_asked_twice(ask):
    """Both "here it is" and "there is none" are remembered; neither needs the network again."""
    with playing(FOUND, NOTHING) as server:
        ask(server, "Kafr Upper", "Xanadu")
        again = ask(server, "Kafr Upper", "Xanadu", "Xanadu")

    assert len(server.asked) == 2
    assert (again.names, again.requests, fates(again)) == (2, 0, {Fate.REMEMBERED: 2})


def test_not_found_is_asked_again_after_a_season(ask, clock):
    """A village may be on the map by then."""
    with playing(NOTHING, FOUND) as server:
        ask(server, "Kafr Upper")
        clock.when += timedelta(days=89)
        early = ask(server, "Kafr Upper")
        clock.when += timedelta(days=2)
        late = ask(server, "Kafr Upper")

    assert fates(early) == {Fate.REMEMBERED: 1}
    assert fates(late) == {Fate.FOUND: 1}


BAD = {
    "500": Mood(status=500, body=b"oops"),
    "404": Mood(status=404, body=b"<html>nginx</html>"),
    "a web page": Mood(body=b"<!DOCTYPE html><title>Welcome to the hotel</title>"),
    "no JSON": Mood(body=b"[{"),
    "no text": Mood(body=b"\xff\xfe\x00"),
    "null": Mood(body=b"null"),
    "an empty object": Mood(body=b"{}"),
    "a number": Mood(body=b"7"),
    "a list of numbers": Mood(body=b"[1, 2]"),
    "a place without coordinates": Mood(body=[{"display_name": "Nowhere"}]),
    "null coordinates": Mood(body=[place(lat=None, lon=None)]),
    "coordinates of letters": Mood(body=[place(lat="north")]),
    "latitude out of range": Mood(body=[place(lat="95.0")]),
    "longitude out of range": Mood(body=[place(lon="200.0")]),
    "NaN": Mood(body=[place(lat="NaN")]),
    "NaN of JSON": Mood(body=b'[{"lat": NaN, "lon": 1, "display_name": "x"}]'),
    "infinity": Mood(body=[place(lon="1e999")]),
    "a box of letters": Mood(body=[place(boundingbox=["a", "b", "c", "d"])]),
    "nested too deep": Mood(body=b"[" * 100_000),
    "too long": Mood(body=json.dumps([place()]).encode() + b" " * 2_100_000),
    "cut off": Mood(body=json.dumps([place()]).encode(), claim=10),
    "an error in the answer": Mood(body={"error": "Parameter 'q' missing"}),
    "a redirect, though there is an answer": Mood(status=302, headers={"Location": "/elsewhere"}),
    "a page that trickles": Mood(body=[place()], drip_s=0.02),
    "no answer in time": Mood(delay_s=0.5),
}


@pytest.mark.parametrize("mood", BAD.values(), ids=BAD)
def test_a_bad_answer_is_a_failure_and_not_a_missing_place(ask, cache, clock, mood):
    """It crashes nothing, is told, and stands in nobody's way: a minute later the name is asked again."""
    said = []
    with playing(mood, FOUND) as server:
        first = ask(server, "Kafr Upper", said=said, timeout_s=0.2)
        at_once = ask(server, "Kafr Upper")
        clock.when += timedelta(minutes=1)
        later = ask(server, "Kafr Upper")

    assert fates(first) == {Fate.FAILED: 1}
    assert said[0].startswith("failed    Kafr Upper: ")
    assert "\n" not in said[0]
    assert fates(at_once) == {Fate.WAITING: 1}
    assert fates(later) == {Fate.FOUND: 1}
    assert outcomes(cache) == [("Kafr Upper", AskOutcome.FOUND)]


DRIPS = {"headers": {"body": b"", "header_drip_s": 0.02}, "body": {"body": [place()], "drip_s": 0.02}}


@pytest.mark.parametrize("drips", DRIPS.values(), ids=DRIPS)
def test_nobody_waits_for_an_answer_that_trickles(ask, drips):
    """Headers count as much as the body: the time that was given is for all of it together."""
    said = []
    with playing(Mood(**drips)) as server:
        ask(server, "Kafr Upper", said=said, timeout_s=0.2)

    assert said == ["failed    Kafr Upper: no answer within 0.2 s"]


def test_a_service_that_is_not_there_fails_three_times_at_most(ask):
    """Nobody waits for fifty time-outs: after three failures on end the rest is left for another run."""
    with playing() as server:
        pass  # closed again: nobody listens there now

    report = ask(server, "One", "Two", "Three", "Four", "Five")

    assert fates(report) == {Fate.FAILED: 3, Fate.STOPPED: 2}
    assert "failed 3 times on end" in report.stopped
    assert report.lines()[1] == f"stopped   {report.stopped}"


def test_failures_between_answers_stop_nobody(ask):
    """Only failures on end mean that the service is down."""
    bad = Mood(status=500)
    with playing(bad, bad, NOTHING, bad, bad, NOTHING) as server:
        report = ask(server, *"ABCDEF")

    assert fates(report) == {Fate.FAILED: 4, Fate.NOT_FOUND: 2}


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_service_gets_the_rest_it_asks_for(ask, clock, status):
    """Retry-After is kept to, and the same name is asked once more."""
    said = []
    with playing(Mood(status=status, headers={"Retry-After": "7"}), FOUND) as server:
        report = ask(server, "Kafr Upper", said=said)

    assert fates(report) == {Fate.FOUND: 1}
    assert report.requests == 2
    assert clock.slept == [7.0]
    assert said[1] == f"waiting   7 s for {server.url}"


def test_a_service_that_stays_busy_is_asked_no_more(ask):
    """Two refusals in a row end the run for that service."""
    with playing(Mood(status=429)) as server:
        report = ask(server, "One", "Two")

    assert len(server.asked) == 2
    assert fates(report) == {Fate.FAILED: 1, Fate.STOPPED: 1}
    assert "too busy" in report.stopped


def test_a_long_rest_holds_for_later_runs_too(ask, clock):
    """Who says "in an hour" is not waited for, and not asked before."""
    with playing(Mood(status=429, headers={"Retry-After": "3600"}), FOUND) as server:
        first = ask(server, "One", "Two")
        clock.when += timedelta(minutes=30)
        second = ask(server, "Two")
        clock.when += timedelta(minutes=31)
        third = ask(server, "Two")

    assert clock.slept == []
    assert fates(first) == {Fate.FAILED: 1, Fate.STOPPED: 1}
    assert (second.requests, fates(second)) == (0, {Fate.STOPPED: 1})
    assert "left alone for another 1800 s" in second.stopped
    assert fates(third) == {Fate.FOUND: 1}


def test_an_absurd_retry_after_breaks_nothing(ask):
    """A header may hold any number."""
    with playing(Mood(status=429, headers={"Retry-After": "9" * 400})) as server:
        report = ask(server, "One")

    assert fates(report) == {Fate.FAILED: 1}


@pytest.mark.parametrize("status", [401, 403])
def test_forbidden_stops_at_once(ask, cache, status):
    """Who was told to stay away does so, and says why in one line; it is no "not found"."""
    with playing(Mood(status=status, body=b"You have been blocked: bulk use")) as server:
        report = ask(server, "One", "Two", "Three")

    assert len(server.asked) == 1
    assert fates(report) == {Fate.FORBIDDEN: 1, Fate.STOPPED: 2}
    assert report.stopped.startswith(
        f"{server.url} does not want to be asked (status {status}: You have been blocked: bulk use). "
    )
    assert outcomes(cache) == [("One", AskOutcome.FORBIDDEN)]


def test_a_failure_does_not_take_a_place_away(ask, cache, clock):
    """What was found once stays, whatever becomes of the service."""
    from geomap.gazetteer.online.remembered import Keeping

    with playing(FOUND, Mood(status=500)) as server:
        ask(server, "Kafr Upper")
        clock.when += timedelta(days=400)
        settings = OnlineSettings(endpoint=server.url)
        report = ask_all(
            [UnknownQuery("Kafr Upper")], cache, settings, now=clock.now, sleep=clock.sleep, report=print,
            keeping=Keeping(found=timedelta(days=365)),
        )  # fmt: skip

    assert fates(report) == {Fate.FAILED: 1}
    assert outcomes(cache) == [("Kafr Upper", AskOutcome.FOUND)]


def test_no_more_requests_are_sent_than_allowed(ask):
    """The limit counts requests, not names, and what it left out is counted too."""
    with playing(NOTHING) as server:
        report = ask(server, "One/LB", "Two/LB", "Three/LB", max_requests=3)

    assert len(server.asked) == report.requests == 3
    # "Two" still has a question left: it may lie in another country.
    assert fates(report) == {Fate.NOT_FOUND: 1, Fate.OVER_LIMIT: 2}


def test_what_is_no_name_is_not_asked_for(ask):
    """A service always answers something; a dash or a page of text is no question."""
    with playing(FOUND) as server:
        report = ask(server, "--", "x" * 101, "Half\ud800", "Bell\x07")

    assert server.asked == []
    assert fates(report) == {Fate.UNFIT: 4}


def test_a_shop_of_that_name_is_no_place(ask, cache):
    """What belongs on no map of news counts as not found, with the answer kept."""
    with playing(Mood(body=[place("Green", **{"class": "shop", "type": "florist", "addresstype": "shop"})])) as server:
        report = ask(server, "Green")

    (row,) = cache.rows()
    assert fates(report) == {Fate.NOT_FOUND: 1}
    assert row.detail == "1 answers, none of them a place"
    assert "florist" in row.raw
    assert not cache.overlay().places


def test_requests_are_a_second_apart(ask, clock):
    """Nominatim's policy: at most one a second."""
    with playing(NOTHING) as server:
        ask(server, "One", "Two", "Three")

    assert clock.slept == [1.0, 1.0]


def test_processes_share_the_pace(tmp_path):
    """Whoever asks next gets the next second, whichever process it is."""
    with Cache.open(tmp_path / "cache.sqlite") as one, Cache.open(tmp_path / "cache.sqlite") as other:
        waits = [cache.take_turn("http://a", now=START, pace_s=1.0) for cache in (one, other, one, other)]
        elsewhere = other.take_turn("http://b", now=START, pace_s=1.0)
        after_the_clock_was_set_back = one.take_turn("http://a", now=START - timedelta(days=1), pace_s=1.0)

    assert waits == [0.0, 1.0, 2.0, 3.0]
    assert (elsewhere, after_the_clock_was_set_back) == (0.0, 0.0)


def test_a_long_queue_is_a_queue(tmp_path):
    """Ten that wait at the slowest pace that settings allow are not taken for a clock that was set back."""
    with Cache.open(tmp_path / "cache.sqlite") as cache:
        waits = [cache.take_turn("http://a", now=START, pace_s=60.0) for _ in range(10)]

    assert waits == [60.0 * turn for turn in range(10)]


def test_an_answer_that_came_while_waiting_is_used(cache, clock):
    """Two processes with the same names share the work."""
    with playing(FOUND) as server:
        settings = OnlineSettings(endpoint=server.url)

        def other_process(seconds):
            clock.sleep(seconds)
            if len(server.asked) == 1:
                ask_all([UnknownQuery("Two")], cache, settings, now=clock.now, sleep=clock.sleep, report=print)

        names = [UnknownQuery("One"), UnknownQuery("Two")]
        report = ask_all(names, cache, settings, now=clock.now, sleep=other_process, report=print)

    assert len(server.asked) == 2
    assert fates(report) == {Fate.FOUND: 1, Fate.REMEMBERED: 1}


CHILD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from geomap.gazetteer.online.cache import Cache
from geomap.gazetteer.online.ask import OnlineSettings, UnknownQuery, ask_all

url, file, *names = sys.argv[1:]
with Cache.open(Path(file)) as cache:
    settings = OnlineSettings(endpoint=url, pace_s=0.0)
    queries = [UnknownQuery(name) for name in names]
    report = ask_all(queries, cache, settings, now=lambda: datetime.now(UTC), sleep=lambda _: None, report=print)
print(report.lines())
"""


def child(server, path, *names):
    command = [sys.executable, "-W", "error", "-c", CHILD, server.url, str(path), *names]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_whoever_is_killed_loses_one_answer(tmp_path):
    """The cache is whole after `kill -9`, and holds what had been answered."""
    path = tmp_path / "cache.sqlite"
    victims = []

    def kill(query):
        if query["q"] == "Three":
            victims[0].kill()
        return FOUND

    with playing(kill) as server:
        victims.append(child(server, path, "One", "Two", "Three", "Four"))
        victims[0].communicate()
        with Cache.open(path) as cache:
            left = outcomes(cache)
        again = child(server, path, "One", "Two", "Three", "Four")
        out, err = again.communicate()

    assert victims[0].returncode == -signal.SIGKILL
    assert left == [("One", AskOutcome.FOUND), ("Two", AskOutcome.FOUND)]
    assert (again.returncode, err) == (0, b"")
    assert b"2 found, 2 known from the cache" in out


def test_two_processes_fill_one_cache(tmp_path):
    """Nothing is lost where both write at once, from the first moment on, when there is no file yet."""
    path = tmp_path / "cache.sqlite"
    names = [f"Name {number}" for number in range(40)]

    with playing(FOUND) as server:
        both = [child(server, path, *names[:25]), child(server, path, *names[15:])]
        errors = [process.communicate()[1] for process in both]

    with Cache.open(path) as cache:
        assert errors == [b"", b""]
        assert sorted(name for name, _ in outcomes(cache)) == sorted(names)


@pytest.mark.parametrize(
    ("settings", "where", "remedy"),
    [
        ({"geocoder": "atlantis"}, "--geocoder", "geopy knows: arcgis"),
        ({"geocoder": "opencage"}, "--geocoder", "GEOMAP_GEOCODER_KEY"),
        ({"geocoder": "pelias"}, "--geocoder", "Give --endpoint"),
        ({"geocoder": "photon", "pace_s": 0.1}, "pace_s", "one request a second"),
        ({"pace_s": 61.0}, "pace_s", "0 to 60 seconds"),
        ({"pace_s": float("nan")}, "pace_s", "0 to 60 seconds"),
        ({"pace_s": -1.0, "endpoint": "http://localhost"}, "pace_s", "0 to 60 seconds"),
        ({"max_requests": 5000}, "--max-requests", "forbid bulk use"),
        ({"geocoder": "nominatim", "endpoint": "localhost:8080"}, "--endpoint", "http://localhost:8080"),
        ({"endpoint": "http://me:secret@localhost"}, "--endpoint", "http://localhost:8080"),
        ({"endpoint": "http://[::1"}, "--endpoint", "http://localhost:8080"),
        ({"geocoder": "here", "endpoint": "http://localhost"}, "--endpoint", "Leave --endpoint out"),
        ({"contact": "me\r\nX-Evil: 1"}, "--contact", "plain ASCII"),
    ],
)
def test_settings_that_cannot_work_are_told_before_anything_is_sent(cache, clock, settings, where, remedy):
    """One line: which option, what is wrong, what to do."""
    with pytest.raises(InputError) as raised:
        ask_all([], cache, OnlineSettings(**settings), now=clock.now, sleep=clock.sleep, report=print)

    assert str(raised.value).startswith(f"{where}: ")
    assert remedy in str(raised.value)
    assert "secret" not in str(raised.value)


def test_another_geocoder_of_geopys_is_asked_in_its_own_way(ask, cache):
    """Photon answers in GeoJSON; its words are OpenStreetMap's."""
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [35.56, 33.28]},
        "properties": {
            "osm_type": "N", "osm_id": 7, "osm_key": "natural", "osm_value": "strait", "type": "other",
            "name": "Narrow Water", "countrycode": "LB", "country": "Lebanon", "extent": [35, 34, 36, 33],
        },
    }  # fmt: skip
    with playing(Mood(body={"type": "FeatureCollection", "features": [feature]})) as server:
        ask(server, "Narrow Water/LB", geocoder="Photon")

    (found,) = cache.overlay().places.values()
    assert server.asked[0][0] == "/api"
    assert (found.id, found.kind, found.country, found.bbox) == ("osm:node:7", "strait", "LB", (35, 33, 36, 34))
    assert "ODbL" in cache.overlay().credits[0]


def test_what_geonames_answers_keeps_its_number(ask, cache, monkeypatch):
    """The same place in the gazetteer and online is one place."""
    monkeypatch.setenv("GEOMAP_GEOCODER_KEY", "desk")
    told = {
        "geonameId": 99072, "name": "Mosul", "lat": "36.335", "lng": "43.119", "fcl": "P", "fcode": "PPLA",
        "countryCode": "IQ", "countryName": "Iraq", "adminName1": "Nineveh",
    }  # fmt: skip
    with playing(Mood(body={"totalResultsCount": 1, "geonames": [told]})) as server:
        ask(server, "Mosul/IQ", geocoder="geonames")

    (found,) = cache.overlay().places.values()
    assert server.asked[0][1]["country"] == "iq"
    assert (found.id, found.kind, found.admin1) == ("geonames:99072", "city", "Nineveh")


def test_an_unknown_vocabulary_is_read_as_geopy_reads_it(ask, cache, monkeypatch):
    """Name, point and the service's terms; no more is known."""
    monkeypatch.setenv("GEOMAP_GEOCODER_KEY", "key")
    result = {"formatted": "Upper Village, Lebanon", "geometry": {"lat": 33.28, "lng": 35.56}}
    with playing(Mood(body={"results": [result], "status": {"code": 200}})) as server:
        ask(server, "Upper Village", geocoder="opencage")

    (found,) = cache.overlay().places.values()
    assert (found.name, found.lat, found.lon, found.source) == ("Upper Village", 33.28, 35.56, "opencage")
    assert cache.overlay().credits == ("Answered by opencage, whose terms apply",)


def test_a_missing_point_is_no_point(ask, monkeypatch):
    """Coordinates that are missing reach us from geopy as 0, 0: nobody is sent there."""
    monkeypatch.setenv("GEOMAP_GEOCODER_KEY", "key")
    result = {"formatted": "Upper Village, Lebanon", "geometry": {"lat": None, "lng": None}}
    with playing(Mood(body={"results": [result], "status": {"code": 200}})) as server:
        report = ask(server, "Upper Village", geocoder="opencage")

    assert fates(report) == {Fate.FAILED: 1}


def test_a_key_is_read_from_the_environment_and_kept_nowhere(ask, cache, monkeypatch):
    """Neither the cache nor a message holds it, even where the service repeats it."""
    monkeypatch.setenv("GEOMAP_GEOCODER_KEY", "s3cret")
    said = []
    with playing(Mood(status=401, body=b"bad key s3cret")) as server:
        ask(server, "One", geocoder="opencage", said=said)

    assert server.asked[0][1]["key"] == "s3cret"
    assert "s3cret" not in repr([said, list(cache.rows())])
    assert b"s3cret" not in cache.path.read_bytes()


def test_nothing_is_sent_without_the_switch():
    """A command that was not told --online asks nobody; a test that dials out fails."""

    @click.command()
    @online_options
    def command(online):
        assert look_up_online([UnknownQuery("One")], online) is None

    plain = CliRunner().invoke(command)
    half = CliRunner().invoke(command, ["--endpoint", "http://localhost:8080"])

    assert (plain.exit_code, plain.output) == (0, "")
    assert half.exit_code == 2
    assert "needs --online" in half.output


def test_the_switch_asks_and_says_how_it_went():
    """One line a question and one for all, on stderr."""

    @click.command()
    @online_options
    def command(online):
        look_up_online([UnknownQuery("Kafr Upper", "LB")], online)

    with playing(FOUND) as server:
        done = CliRunner().invoke(command, ["--online", "--endpoint", server.url])

    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "found     Kafr Upper (LB): Kafr Upper, Nabatieh Governorate, Lebanon, 33.2800 35.5600",
        "online    1 names, 1 requests: 1 found",
    ]


def test_the_help_says_that_names_leave_the_machine():
    """Nobody finds out afterwards."""

    @click.command()
    @online_options
    def command(online):
        """Do it."""

    assert "SENDS" in CliRunner().invoke(command, ["--help"]).output
